//! What can go wrong before there is a page to say it on.

/// Why the app did not start.
#[derive(Debug, thiserror::Error)]
pub enum ShellError {
    /// An argument that the app does not know.
    #[error("error[argument]: unknown argument {0}; the only one is --exit-when-ready")]
    Argument(String),
    /// There is nowhere to open a window. The toolkit itself would panic.
    #[error(
        "error[display]: no display: neither DISPLAY nor WAYLAND_DISPLAY is set; \
         start the app in a graphical session, or use the `shelf` command"
    )]
    Display,
    /// The system gave no window.
    #[error("error[window]: no window can be opened: {0}; start the app in a graphical session")]
    Window(#[source] tauri::Error),
}
