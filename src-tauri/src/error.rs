//! What can go wrong before there is a page to say it on.

/// Why the app did not start.
#[derive(Debug, thiserror::Error)]
pub enum ShellError {
    /// An argument that the app does not know.
    #[error("error[argument]: unknown argument {0}; tusach --help lists them")]
    Argument(String),
    /// An option without its value.
    #[error("error[argument]: {0} needs a value after it; tusach --help shows which")]
    Value(String),
    /// There is nowhere to open a window. The toolkit itself would panic.
    #[error(
        "error[display]: no display: neither DISPLAY nor WAYLAND_DISPLAY is set; \
         start the app in a graphical session, or use the `shelf` command"
    )]
    Display,
    /// The data folder cannot be used.
    #[error("{0}")]
    Home(#[from] shelf_engine::Error),
    /// The server of pages and media cannot listen on this machine.
    #[error("error[media]: no free port on 127.0.0.1: {0}; close other programs and try again")]
    Media(#[source] std::io::Error),
    /// The system gave no window.
    #[error("error[window]: no window can be opened: {0}; start the app in a graphical session")]
    Window(#[source] tauri::Error),
}
