//! The publisher's side: keys, ingest, review, publish. One workspace folder holds it all; a lock
//! keeps two of them from working in it at once.

mod backup;
mod data;
mod find;
mod ingest;
mod pdf;
mod place;
mod publish;
mod restore;
mod said;
mod signer;

pub use backup::BackupReport;
pub use ingest::{FailedInput, IngestOptions, IngestReport};
pub use publish::{PublishOptions, PublishOutcome};
pub use shelf_store::{ApprovalState, EntrySummary, Facts, StatedValidity};

use crate::library::lock_file;
use crate::{Clock, Error, ErrorCode};
use serde::Serialize;
use shelf_law::{Date, DocumentId};
use shelf_repo::object::ObjectFolder;
use shelf_repo::tuf::keys;
use shelf_store::Workspace;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// An open workspace.
pub struct Press {
    folder: PathBuf,
    clock: Clock,
    workspace: Workspace,
    objects: ObjectFolder,
    _lock: File,
}

/// The keys of a new shelf.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct NewKeys {
    /// The root to hand out.
    pub root: PathBuf,
    /// Its SHA-256.
    pub fingerprint: String,
    /// The root keys, to be moved off the machine.
    pub root_keys: Vec<PathBuf>,
    /// Whether they are encrypted.
    pub encrypted: bool,
}

const SHELF_NAME: &str = "shelf.name";
const DEFAULT_NAME: &str = "Tủ sách pháp luật";

impl Press {
    /// Makes the keys of a new shelf in `workspace`, which is created; keys that are there are
    /// never overwritten.
    pub fn init(
        workspace: &Path,
        passphrase: Option<&[u8]>,
        shelf_name: Option<&str>,
        clock: Clock,
    ) -> Result<NewKeys, Error> {
        let report = keys::init(workspace, passphrase, clock.now()).map_err(|error| {
            let code = match &error {
                keys::InitError::AlreadyThere(_) => ErrorCode::KeysExist,
                _ => ErrorCode::Io,
            };
            Error::caused(code, &error, error.to_string())
        })?;
        let mut press = Press::open(workspace, clock)?;
        if let Some(name) = shelf_name {
            press.workspace.set_setting(SHELF_NAME, name)?;
        }
        Ok(NewKeys {
            root: report.root,
            fingerprint: report.fingerprint,
            root_keys: report.root_keys,
            encrypted: report.encrypted,
        })
    }

    /// Opens a workspace.
    pub fn open(folder: &Path, clock: Clock) -> Result<Press, Error> {
        if !folder.is_dir() {
            return Err(Error::new(
                ErrorCode::KeysMissing,
                format!(
                    "{}: no workspace there; make one with shelf keys init --workspace {}",
                    folder.display(),
                    folder.display()
                ),
            ));
        }
        let lock = lock_file(&folder.join("lock"), folder)?;
        let objects = ObjectFolder::new(folder);
        // What a killed ingest left unfinished is nobody's.
        objects
            .remove_unfinished()
            .map_err(|error| Error::caused(ErrorCode::Io, &error, error.to_string()))?;
        Ok(Press {
            workspace: Workspace::open(&folder.join("workspace.db"))?,
            objects,
            folder: folder.to_path_buf(),
            clock,
            _lock: lock,
        })
    }

    /// Root keys that still stand on this machine and should not.
    pub fn root_keys_here(&self) -> Vec<PathBuf> {
        keys::root_keys_present(&self.folder)
    }

    /// One warning for all root keys that still stand on this machine; `None` where there are none.
    pub fn root_key_warning(&self) -> Option<String> {
        let keys = self.root_keys_here();
        if keys.is_empty() {
            return None;
        }
        let paths: Vec<String> = keys.iter().map(|key| key.display().to_string()).collect();
        Some(format!(
            "{} root key file(s) still on this machine; move them to safe places apart from each other, publishing does not need them: {}",
            keys.len(),
            paths.join(", ")
        ))
    }

    /// Everything that was read in, with where it stands.
    pub fn entries(&self) -> Result<Vec<EntrySummary>, Error> {
        Ok(self.workspace.summaries()?)
    }

    /// Approves what was read last of these documents, named by id, source key, file name or number.
    pub fn approve(&mut self, names: &[String]) -> Result<usize, Error> {
        let ids = self.find(names)?;
        self.approve_ids(&ids)
    }

    /// Approves everything that waits.
    pub fn approve_all(&mut self) -> Result<usize, Error> {
        let ids: Vec<DocumentId> = self
            .entries()?
            .into_iter()
            .filter(|entry| entry.state.waits())
            .map(|entry| entry.id)
            .collect();
        self.approve_ids(&ids)
    }

    fn approve_ids(&mut self, ids: &[DocumentId]) -> Result<usize, Error> {
        self.workspace.batch(|workspace| {
            let mut approved = 0;
            for id in ids {
                approved += usize::from(workspace.approve(id)?);
            }
            Ok(approved)
        })
    }

    /// Takes a document off the shelf with the next publish; readers see the reason. It is named as
    /// in [`Press::approve`].
    pub fn withdraw(&mut self, name: &str, reason: &str) -> Result<(), Error> {
        let reason = reason.trim();
        if reason.is_empty() {
            let words = "a reason is needed, as readers will see it; add --reason \"…\"";
            return Err(Error::new(ErrorCode::BadInput, format!("{name}: {words}")));
        }
        let today = Date::of_instant(self.clock.now());
        for id in self.find(&[name.to_string()])? {
            if !self.workspace.withdraw(&id, today, reason)? {
                return Err(Error::new(
                    ErrorCode::NotFound,
                    format!("{name}: is not on the shelf, so there is nothing to withdraw"),
                ));
            }
        }
        Ok(())
    }
}

/// Where this program was started as a reader of one PDF, does that and says how it ended. Every host
/// program asks this before anything else.
pub fn pdf_worker() -> Option<ExitCode> {
    let first = std::env::args_os().nth(1);
    first
        .filter(|first| first == shelf_pdf::WORKER_ARGUMENT)
        .map(|_| shelf_pdf::worker_main())
}

#[cfg(test)]
mod tests;
