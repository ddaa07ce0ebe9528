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

use crate::{project::Project, say};

pub(crate) use tools::cargo_deny;
pub(crate) use ui::npm;

/// Everything: for building, running and testing.
pub(crate) fn all(project: &Project) -> Result<()> {
    for_running(project)?;
    system::install(system::FOR_TESTS)?;
    tools::install(project)
}

/// What `run` needs.
pub(crate) fn for_running(project: &Project) -> Result<()> {
    say::step("Set-up");
    system::install(system::FOR_BUILDING)?;
    pdfium::install(project)?;
    ui::install(project)?;
    ui::build(project)
}
