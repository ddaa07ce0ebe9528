//! The desktop app on a screen, or on a screen in memory where there is none.

use std::{env, path::Path, process::Stdio, time::Duration};

use anyhow::{Context, Result, bail};

use crate::{journey, process::Background, project::Project, say};

/// Slow machines under load need several seconds for the first window.
const PATIENCE: Duration = Duration::from_secs(120);

pub(crate) fn has_display() -> bool {
    cfg!(any(windows, target_os = "macos"))
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// Starts the app on a screen in memory and waits until its page says that it is drawn.
pub(crate) fn opens(project: &Project, app: &Path) -> Result<()> {
    let mut xvfb = project.command("Xvfb");
    // Xvfb looks for a free display itself and writes its number.
    xvfb.args([
        "-displayfd",
        "1",
        "-screen",
        "0",
        "1366x768x24",
        "-nolisten",
        "tcp",
    ])
    .stdout(Stdio::piped())
    .stderr(Stdio::null());
    let (_screen, streams) = Background::start(&mut xvfb)?;
    let number = journey::first_line(streams.stdout.context("Xvfb has no stdout")?, PATIENCE)?;

    let mut command = project.command(app);
    command
        .arg("--exit-when-ready")
        .env("DISPLAY", format!(":{number}"))
        .env_remove("WAYLAND_DISPLAY")
        .env("NO_AT_BRIDGE", "1")
        .stdout(Stdio::piped());
    let (running, streams) = Background::start(&mut command)?;
    let line = journey::first_line(streams.stdout.context("the app has no stdout")?, PATIENCE)?;
    let status = running.wait()?;
    if !status.success() {
        bail!("the app said {line:?} and ended with {status}");
    }
    say::detail(&format!("the app's window opened and closed: {line}"));
    Ok(())
}
