//! `cargo xtask run`: the shelf at work, from files to the open app, or to an answer on the command line
//! where there is no display.

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
    if display {
        open(project, &journey, &material)
    } else {
        say::step("No display here (DISPLAY and WAYLAND_DISPLAY are not set): no window is opened");
        journey.walk(&material)?;
        say::detail(&format!("the shelf stays in {}", journey.home().display()));
        Ok(())
    }
}

/// The app, on the shelf that is served on this machine until its window is closed.
fn open(project: &Project, journey: &Journey<'_>, material: &Material) -> Result<()> {
    let app = release_app(project)?;
    journey.publish(material)?;
    say::step("Serving the published files on this machine");
    let server = journey.serve()?;
    // Not the home of the command line's walk: this one also holds what the person marks.
    let home = journey.app_home();
    let mut command = project.command(app);
    command.arg("--home").arg(&home);
    command
        .args(["--source", &server.url])
        .arg("--root")
        .arg(journey.root())
        .arg("--sync");
    say::step(
        "Opening the app: it receives the shelf from this machine, with its progress on the screen",
    );
    say::detail(&process::shown(&command));
    say::detail(
        "what it received stays readable when the server is gone; close the window, or press Ctrl+C here, to end both",
    );
    process::run(&mut command)?;
    say::detail(&format!("the shelf stays in {}", home.display()));
    Ok(())
}

/// Builds the app for use and says where it is. It embeds the pages, which must have been built.
pub(crate) fn release_app(project: &Project) -> Result<PathBuf> {
    say::step("Building the app (release)");
    process::run(
        project
            .cargo()
            .args(["build", "--release", "--package", "tusach"]),
    )?;
    project.binary("tusach", Profile::Release)
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
