//! The desktop shell: a window over [`shelf_engine`]. Nothing else in the workspace knows Tauri.

use std::io::Write as _;
use std::process::ExitCode;

mod commands;
mod convert;
mod dto;
mod error;
mod folder;
mod jobs;
mod leaving;
mod media;
mod options;
mod policy;
mod shell;

pub use error::ShellError;
pub use options::{Asked, Options};
use shell::Shell;
use tauri::{Builder, Manager as _, Runtime};

/// Opens the window and returns when the last one is closed.
///
/// # Errors
/// [`ShellError::Display`] without a display, [`ShellError::Window`] when the system cannot show a window.
pub fn run(options: Options) -> Result<(), ShellError> {
    if !has_display() {
        return Err(ShellError::Display);
    }
    shelf_engine::quiet_caught_panics();
    build(
        Builder::default().plugin(tauri_plugin_dialog::init()),
        options,
    )?
    .run(|_, _| {});
    Ok(())
}

/// The app over any runtime: the window's, and the one without a window that tests use.
///
/// # Errors
/// As [`run`].
pub fn build<R: Runtime>(
    builder: Builder<R>,
    options: Options,
) -> Result<tauri::App<R>, ShellError> {
    let shell = Shell::new(options)?;
    commands::mount(builder.manage(shell))
        .manage(leaving::Leaving::default())
        .on_window_event(leaving::on_window_event)
        .setup(|app| {
            // Reading the shelf takes as long as bringing up the window: both at once.
            let desk = std::sync::Arc::clone(app.state::<Shell>().desk());
            std::thread::spawn(move || {
                desk.open();
                desk.back_up_if_due();
                desk.catch_up();
            });
            Ok(())
        })
        .build(context())
        .map_err(ShellError::Window)
}

/// The configuration. A window keeps its profile in memory only, and WebDriver cannot reach such a
/// window: the environment variable by which Tauri lets itself be driven takes that back.
fn context<R: Runtime>() -> tauri::Context<R> {
    let mut context = tauri::generate_context!();
    if std::env::var_os("TAURI_WEBVIEW_AUTOMATION").is_some_and(|value| value == "true") {
        for window in &mut context.config_mut().app.windows {
            window.incognito = false;
        }
    }
    context
}

/// Where this process was started to read one PDF, does that; the exit code.
pub fn pdf_worker() -> Option<ExitCode> {
    shelf_engine::pdf_worker()
}

fn has_display() -> bool {
    let named = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || named("DISPLAY") || named("WAYLAND_DISPLAY")
}

/// 128 bits that nobody can guess, in hexadecimal.
///
/// # Panics
/// Where the system has no source of randomness: nothing could be kept apart then.
pub fn random_token() -> String {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Writes an error to the terminal, if there is one: before there is a window it has no other place.
pub fn complain(error: &ShellError) {
    // Nobody is left to tell when this fails.
    let _ = writeln!(std::io::stderr(), "{error}");
}

/// Writes a line for whoever started the app from a terminal.
pub fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}
