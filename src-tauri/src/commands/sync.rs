//! Receiving the shelf.

use crate::dto::{
    CollectionState, Failure, JobState, JobStatus, Phase, Root, RootOrigin, SyncCheck, SyncOutcome,
    SyncRequest, SyncState, Wanted,
};
use crate::shell::{Desk, Shell};
use shelf_engine::library::{SyncOptions, read_root_file};
use shelf_engine::{Cancel, Error, ErrorCode, Job, Library, Progress};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tauri::{AppHandle, Emitter as _, Manager as _, Runtime, State};
use tauri_plugin_dialog::{Dialog, FilePath};

#[tauri::command]
pub(crate) async fn sync_state(shell: State<'_, Shell>) -> Result<SyncState, Failure> {
    shell
        .run(|desk| {
            let collections = desk.shelf(|library| Ok(library.shelf_state()?.collections))?;
            let collections = collections.unwrap_or_default();
            let root = match Library::root_of(&desk.home)? {
                Some(_) => None,
                None => desk
                    .policy
                    .root
                    .as_deref()
                    .and_then(|root| read_root_file(root).ok()),
            };
            let folders = Library::carried_shelves(&desk.home, root.as_deref(), desk.clock)?;
            let history = Library::sync_history(&desk.home)?;
            Ok(SyncState {
                running: desk.jobs.state(),
                source: desk
                    .policy
                    .source
                    .clone()
                    .or(Library::source_of(&desk.home)?),
                source_is_policy: desk.policy.source.is_some(),
                root: super::start::root_of(desk),
                history: history.into_iter().map(Into::into).collect(),
                bytes: Library::disk_use(&desk.home)?.into(),
                kept: Library::kept_bytes(&desk.home)?,
                collections: collections.into_iter().map(Into::into).collect(),
                folders: folders.into_iter().map(Into::into).collect(),
            })
        })
        .await
}

#[tauri::command]
pub(crate) async fn sync_check(
    shell: State<'_, Shell>,
    request: SyncRequest,
) -> Result<SyncCheck, Failure> {
    shell
        .run(move |desk| {
            let options = options_of(desk, &request)?;
            // Behind a sync one does not wait: that something else is at work is the answer then.
            let running = desk.jobs.state().map(|job| job.state) == Some(JobStatus::Running);
            let _turn = match running {
                true => None,
                false => Some(desk.folder.turn(&Cancel::default())?),
            };
            let check = Library::check(&desk.home, &options, desk.clock, &Job::silent())?;
            let marked = desk.profile().marks_by_document()?;
            Ok(SyncCheck::of(check, &marked))
        })
        .await
}

#[tauri::command]
pub(crate) async fn sync_start<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    request: SyncRequest,
) -> Result<JobState, Failure> {
    let desk = Arc::clone(shell.desk());
    let options = shell.run(move |desk| options_of(desk, &request)).await?;
    let (state, cancel) = match desk.jobs.begin() {
        Ok(begun) => begun,
        // Asking twice is asking once.
        Err(running) => return Ok(*running),
    };
    std::thread::spawn(move || {
        // A job whose thread is gone would run for ever, and no other could begin.
        let outcome = catch_unwind(AssertUnwindSafe(|| receive(&app, &desk, &options, cancel)));
        let outcome = outcome.unwrap_or_else(|_| {
            Err(Failure {
                code: "unexpected".to_owned(),
                detail: "the sync was given up".to_owned(),
            })
        });
        tell(&app, desk.jobs.end(outcome));
        // One that failed may have left the index behind, or stopped what was catching up.
        desk.catch_up();
    });
    Ok(state)
}

/// Receives the shelf, and uses it as soon as it can be read.
fn receive<R: Runtime>(
    app: &AppHandle<R>,
    desk: &Desk,
    options: &SyncOptions,
    cancel: Cancel,
) -> Result<SyncOutcome, Failure> {
    let _turn = desk.folder.turn(&cancel)?;
    let opened = AtomicBool::new(false);
    let report = |progress: Progress| {
        if progress.readable && !opened.swap(true, Ordering::SeqCst) {
            use_new_shelf(app, desk);
        }
        tell(app, desk.jobs.note(|state| state.take(&progress)));
    };
    let job = Job::new(&report, cancel);
    let outcome = Library::sync(&desk.home, options, desk.clock, &job);
    // One that was stopped or failed after the new shelf was taken over leaves that one in use.
    if outcome.is_ok() || !opened.load(Ordering::SeqCst) {
        use_new_shelf(app, desk);
    }
    Ok(outcome?.into())
}

fn tell<R: Runtime>(app: &AppHandle<R>, state: Option<JobState>) {
    if let Some(state) = state {
        // No page may be there to hear it.
        let _ = app.emit("job", state);
    }
}

fn use_new_shelf<R: Runtime>(app: &AppHandle<R>, desk: &Desk) {
    desk.open();
    if let Ok(shelf) = desk.with_shelf(|library| library.shelf_state()) {
        let _ = app.emit("shelf", crate::dto::ShelfState::from(shelf));
    }
}

#[tauri::command]
pub(crate) fn sync_pause(shell: State<'_, Shell>) {
    shell.desk().jobs.stop(true);
}

#[tauri::command]
pub(crate) fn sync_cancel(shell: State<'_, Shell>) {
    shell.desk().jobs.stop(false);
}

#[tauri::command]
pub(crate) async fn collections_choose(
    shell: State<'_, Shell>,
    ids: Vec<String>,
) -> Result<Vec<CollectionState>, Failure> {
    shell
        .run(move |desk| {
            Library::choose_collections(&desk.home, &ids)?;
            let state = desk.with_shelf(|library| library.shelf_state())?;
            Ok(state.collections.into_iter().map(Into::into).collect())
        })
        .await
}

/// Asks for a document that is not on this machine; all that are waited for.
#[tauri::command]
pub(crate) async fn want(
    shell: State<'_, Shell>,
    document: String,
) -> Result<Vec<Wanted>, Failure> {
    let id = super::parsed(&document)?;
    shell
        .ask(move |library| {
            library.want(&id)?;
            waited_for(library)
        })
        .await
}

/// Asks for it no longer; all that are waited for.
#[tauri::command]
pub(crate) async fn unwant(
    shell: State<'_, Shell>,
    document: String,
) -> Result<Vec<Wanted>, Failure> {
    let id = super::parsed(&document)?;
    shell
        .ask(move |library| {
            library.unwant(&id)?;
            waited_for(library)
        })
        .await
}

#[tauri::command]
pub(crate) async fn wants(shell: State<'_, Shell>) -> Result<Vec<Wanted>, Failure> {
    shell.ask(|library| waited_for(library)).await
}

fn waited_for(library: &Library) -> Result<Vec<Wanted>, Error> {
    Ok(library.wants()?.into_iter().map(Into::into).collect())
}

/// The fingerprint of a root file, before it is trusted.
#[tauri::command]
pub(crate) async fn root_read(shell: State<'_, Shell>, path: String) -> Result<Root, Failure> {
    shell
        .run(move |_| {
            let root = Library::read_root(Path::new(&path))?;
            Ok(Root::of(&root, RootOrigin::File))
        })
        .await
}

/// What to sync from, and which root to trust where none is trusted yet.
fn options_of(desk: &Desk, request: &SyncRequest) -> Result<SyncOptions, Error> {
    let source = match (&request.source, &desk.policy.source) {
        (Some(source), _) | (None, Some(source)) => source.clone(),
        (None, None) => Library::source_of(&desk.home)?.ok_or_else(|| {
            Error::new(
                ErrorCode::NotAShelf,
                "no source is set; choose an address or a folder",
            )
        })?,
    };
    let root = match &request.root_file {
        Some(file) => Some(read_root_file(Path::new(file))?),
        None if Library::root_of(&desk.home)?.is_some() => None,
        None => desk
            .policy
            .root
            .as_deref()
            .map(read_root_file)
            .transpose()?,
    };
    Ok(SyncOptions {
        source,
        root,
        collections: Vec::new(),
    })
}

#[tauri::command]
pub(crate) async fn pick_folder<R: Runtime>(app: AppHandle<R>) -> Result<Option<String>, Failure> {
    let picked = ask(&app, |dialog, answer| dialog.file().pick_folder(answer)).await?;
    Ok(picked.map(|path| path.display().to_string()))
}

#[tauri::command]
pub(crate) async fn pick_root_file<R: Runtime>(
    app: AppHandle<R>,
) -> Result<Option<String>, Failure> {
    let picked = ask(&app, |dialog, answer| {
        dialog
            .file()
            .add_filter("root.json", &["json"])
            .pick_file(answer);
    })
    .await?;
    Ok(picked.map(|path| path.display().to_string()))
}

/// Asks in one of the system's own dialogs; `None` where the person changed their mind.
pub(super) async fn ask<R: Runtime>(
    app: &AppHandle<R>,
    open: impl FnOnce(&Dialog<R>, Box<dyn FnOnce(Option<FilePath>) + Send>),
) -> Result<Option<PathBuf>, Failure> {
    let failure = |detail: &str| Failure {
        code: "dialog".to_owned(),
        detail: detail.to_owned(),
    };
    let dialog = app
        .try_state::<Dialog<R>>()
        .ok_or_else(|| failure("this host has no dialogs"))?;
    let (sender, receiver) = tokio::sync::oneshot::channel();
    open(
        &dialog,
        Box::new(move |picked| {
            // The page may have gone meanwhile.
            let _ = sender.send(picked);
        }),
    );
    let picked = receiver
        .await
        .map_err(|_| failure("the dialog was closed"))?;
    picked
        .map(|path| {
            path.into_path()
                .map_err(|error| failure(&error.to_string()))
        })
        .transpose()
}

impl JobState {
    fn take(&mut self, progress: &Progress) {
        self.phase = Phase::of(progress.phase);
        self.done = progress.done;
        self.total = progress.total;
        self.bytes = progress.bytes;
        self.readable |= progress.readable;
    }
}
