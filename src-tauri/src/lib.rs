//! The desktop shell: a window over [`shelf_engine`]. Nothing else in the workspace knows Tauri.

use std::{io::Write as _, time::Instant};

// The shelf itself: the commands that show it call this crate and nothing below it.
use shelf_engine as _;

mod commands;
mod dto;
mod error;
mod options;

pub use error::ShellError;
pub use options::Options;

/// What every command can reach.
pub(crate) struct Shell {
    pub(crate) options: Options,
    pub(crate) started: Instant,
}

/// Opens the window and returns when the last one is closed.
///
/// # Errors
/// [`ShellError::Display`] without a display, [`ShellError::Window`] when the system cannot show a window.
pub fn run(options: Options) -> Result<(), ShellError> {
    if !has_display() {
        return Err(ShellError::Display);
    }
    let shell = Shell {
        options,
        started: Instant::now(),
    };
    commands::mount(tauri::Builder::default().manage(shell))
        .run(tauri::generate_context!())
        .map_err(ShellError::Window)
}

fn has_display() -> bool {
    let named = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || named("DISPLAY") || named("WAYLAND_DISPLAY")
}

/// Writes an error to the terminal, if there is one: before there is a window it has no other place.
pub fn complain(error: &ShellError) {
    // Nobody is left to tell when this fails.
    let _ = writeln!(std::io::stderr(), "{error}");
}

/// Writes a line for whoever started the app from a terminal.
pub(crate) fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}
