//! Closing the window: what was typed last is kept first.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tauri::{Emitter as _, Manager as _, Runtime, Window, WindowEvent};

/// How long the page has to keep what is not kept yet; after that the window goes as it is.
const PATIENCE: Duration = Duration::from_millis(1500);

/// Somebody asked the window to close.
#[derive(Default)]
pub(crate) struct Leaving(AtomicBool);

/// Has the page keep what is open, and closes the window when it says so. Whoever asks a second time
/// does not wait.
pub(crate) fn on_window_event<R: Runtime>(window: &Window<R>, event: &WindowEvent) {
    let WindowEvent::CloseRequested { api, .. } = event else {
        return;
    };
    if window.state::<Leaving>().0.swap(true, Ordering::Relaxed)
        || window.emit("leaving", ()).is_err()
    {
        return;
    }
    api.prevent_close();
    let window = window.clone();
    std::thread::spawn(move || {
        std::thread::sleep(PATIENCE);
        close(&window);
    });
}

/// Closes the window without asking the page.
pub(crate) fn close<R: Runtime>(window: &Window<R>) {
    if let Err(error) = window.destroy() {
        tracing::warn!(%error, "the window does not close");
    }
}
