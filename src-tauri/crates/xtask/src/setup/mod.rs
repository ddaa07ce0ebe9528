//! What a fresh machine needs before it can build, run and test. Each part looks first and does
//! nothing when its work is done.

mod digest;
mod pdfium;
mod pinned;
mod python;
mod system;
mod tools;
mod ui;

use anyhow::Result;

use crate::project::Project;

pub(crate) use pdfium::is_pinned as reads_pdf;
pub(crate) use python::{with_packages as python_with, with_xapian as python_with_xapian};
pub(crate) use tools::cargo_deny;
pub(crate) use ui::npm;

/// Everything: for building, running and testing.
pub(crate) fn all(project: &Project) -> Result<()> {
    // In one go, so that a person without the right to install is asked once.
    system::install(
        &[
            system::COMPILER,
            system::WEBVIEW,
            system::PLAYER,
            system::CHECKS,
        ]
        .concat(),
    )?;
    pdfium::install(project)?;
    pages(project)?;
    ui::install(project, "tests")?;
    tools::install(project)
}

/// What `run` needs: the command line always, the app only where there is a display for it.
pub(crate) fn for_run(project: &Project, with_window: bool) -> Result<()> {
    if !with_window {
        system::install(system::COMPILER)?;
        return pdfium::install(project);
    }
    system::install(&[system::COMPILER, system::WEBVIEW, system::PLAYER].concat())?;
    pdfium::install(project)?;
    pages(project)
}

/// Whether this is root, who may install packages.
pub(crate) fn may_install() -> bool {
    system::is_root()
}

fn pages(project: &Project) -> Result<()> {
    ui::install(project, "ui")?;
    ui::build(project)
}
