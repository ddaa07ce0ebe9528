//! What the app says about itself.

use tauri::{AppHandle, Runtime, State};

use crate::{Shell, dto::About};

#[tauri::command]
pub(crate) fn about() -> About {
    About {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        home: String::new(),
        pdf: false,
    }
}

/// The page is drawn. `--exit-when-ready` ends here, and says how long the start took.
#[tauri::command]
pub(crate) fn page_ready<R: Runtime>(app: AppHandle<R>, shell: State<'_, Shell>) {
    if shell.options.exit_when_ready {
        crate::say(&format!(
            "ready after {} ms",
            shell.started.elapsed().as_millis()
        ));
        app.exit(0);
    }
}
