//! What the page asks first, settings, and visits.

use crate::dto::{About, Failure, Root, RootOrigin, Settings, SettingsPatch, Start};
use crate::leaving;
use crate::shell::{Desk, Shell, Sitting};
use shelf_engine::{Error, Library};
use tauri::{AppHandle, Runtime, State, Window};

#[tauri::command]
pub(crate) fn about(shell: State<'_, Shell>) -> About {
    let desk = shell.desk();
    About {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        home: desk.home.display().to_string(),
        pdf: desk.pdf.is_some(),
    }
}

/// The page is drawn. `--exit-when-ready` ends here, and says how long the start took.
#[tauri::command]
pub(crate) fn page_ready<R: Runtime>(app: AppHandle<R>, shell: State<'_, Shell>) {
    let desk = shell.desk();
    if desk.options.exit_when_ready {
        crate::say(&format!(
            "ready after {} ms",
            desk.started.elapsed().as_millis()
        ));
        app.exit(0);
    }
}

/// The page has kept what it had to, and the window may go.
#[tauri::command]
pub(crate) fn page_left<R: Runtime>(window: Window<R>) {
    leaving::close(&window);
}

#[tauri::command]
pub(crate) async fn start(shell: State<'_, Shell>) -> Result<Start, Failure> {
    shell.run(start_of).await
}

#[tauri::command]
pub(crate) async fn settings_change(
    shell: State<'_, Shell>,
    patch: SettingsPatch,
) -> Result<Settings, Failure> {
    shell
        .run(move |desk| Ok(desk.profile().change(&patch.into())?.into()))
        .await
}

#[tauri::command]
pub(crate) async fn visit_start(shell: State<'_, Shell>) -> Result<Start, Failure> {
    shell.run(|desk| start_of(&desk.change_reader(true)?)).await
}

#[tauri::command]
pub(crate) async fn visit_end(shell: State<'_, Shell>) -> Result<Start, Failure> {
    shell
        .run(|desk| start_of(&desk.change_reader(false)?))
        .await
}

fn start_of(desk: &Sitting) -> Result<Start, Error> {
    let shelf = desk.shelf(|library| library.shelf_state())?;
    let known = Library::source_of(&desk.home)?;
    let unfinished_sync = Library::kept_bytes(&desk.home)? > 0;
    let profile = desk.profile();
    Ok(Start {
        shelf: shelf.map(Into::into),
        root: root_of(desk),
        source_is_policy: desk.policy.source.is_some(),
        source: desk.policy.source.clone().or(known),
        settings: profile.settings()?.into(),
        guest: profile.is_guest(),
        unkept: desk.unkept().map(Into::into),
        unfinished_sync,
        sync_now: desk.options.sync,
        recovered_from: profile.recovered().map(|recovered| {
            recovered
                .from
                .map(|day| day.to_string())
                .unwrap_or_default()
        }),
    })
}

/// The root that is trusted here, or the one that this machine was given.
pub(super) fn root_of(desk: &Desk) -> Option<Root> {
    if let Ok(Some(root)) = Library::root_of(&desk.home) {
        return Some(Root::of(&root, RootOrigin::Trusted));
    }
    let root = Library::read_root(desk.policy.root.as_ref()?).ok()?;
    Some(Root::of(&root, RootOrigin::Machine))
}
