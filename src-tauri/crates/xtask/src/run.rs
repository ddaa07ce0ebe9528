//! `cargo xtask run`: the shelf at work, from files to an answer without a network.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::{
    journey::{Journey, Material},
    process,
    project::{Profile, Project},
    say, setup, window,
};

pub(crate) fn run(project: &Project, corpus: Option<&Path>) -> Result<()> {
    let material = match corpus {
        Some(file) => Material::corpus(file)?,
        None => Material::sample(project),
    };
    let name = match corpus {
        Some(file) => file
            .file_name()
            .context("--corpus needs a file")?
            .to_string_lossy(),
        None => "sample".into(),
    };
    let display = window::has_display();
    say::step("Set-up");
    setup::for_run(project, display)?;

    let shelf = release_shelf(project)?;

    let folder = project.made("run").join(&*name);
    let journey = Journey::new(project, shelf, folder)?;
    journey.walk(&material)?;

    if display {
        say::step("Building the app (release)");
        process::run(
            project
                .cargo()
                .args(["build", "--release", "--package", "tusach"]),
        )?;
        say::step("Opening the app; close its window to end");
        process::run(&mut project.command(project.binary("tusach", Profile::Release)?))?;
    } else {
        say::step("No display here (DISPLAY and WAYLAND_DISPLAY are not set): no window is opened");
    }
    say::detail(&format!("the shelf stays in {}", journey.home().display()));
    Ok(())
}

/// Builds the command line for use and says where it is.
pub(crate) fn release_shelf(project: &Project) -> Result<PathBuf> {
    say::step("Building `shelf` (release)");
    process::run(
        project
            .cargo()
            .args(["build", "--release", "--package", "shelf-cli"]),
    )?;
    project.binary("shelf", Profile::Release)
}
