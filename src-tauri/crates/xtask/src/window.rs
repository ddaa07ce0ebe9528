//! The desktop app on a screen, or on a screen in memory where there is none.

use std::{env, path::Path, process::Stdio};

use anyhow::{Context, Result, bail};

use crate::{
    display::Display,
    journey,
    process::{Background, PATIENCE},
    project::Project,
    say,
};

pub(crate) fn has_display() -> bool {
    cfg!(any(windows, target_os = "macos"))
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// Starts the app on a screen in memory and waits until its page says that it is drawn; what it said.
pub(crate) fn opens(project: &Project, app: &Path, home: &Path) -> Result<String> {
    let screen = Display::start(project)?;
    let mut command = project.command(app);
    command
        .arg("--exit-when-ready")
        .arg("--home")
        .arg(home)
        .stdout(Stdio::piped());
    screen.show(&mut command);
    let (running, streams) = Background::start(&mut command)?;
    let line = journey::first_line(streams.stdout.context("the app has no stdout")?, PATIENCE)?;
    let status = running.wait()?;
    if !status.success() {
        bail!("the app said {line:?} and ended with {status}");
    }
    say::detail(&format!("the app's window opened and closed: {line}"));
    Ok(line)
}
