//! What belongs to the person who reads: marks and notes, where reading stopped, what was searched,
//! requests to Sở, settings. One file, `user.db`, or nothing at all for a guest. How marks stand to the law of today is
//! not known here.

mod backup;
mod open;
mod settings;
#[cfg(test)]
mod tests;

pub use open::Recovered;
pub use settings::{Language, Settings, SettingsPatch, TEXT_SIZES, Theme};
pub use shelf_store::user::{
    FolderRow as Folder, InFolder, MarkCounts, MarkDraft, MarkFilter, MarkRow as Mark, Place,
    PositionRow as Position, RequestDraft, RequestRow as Request, Searched,
};

use crate::{Clock, Error, ErrorCode};
use shelf_law::DocumentId;
use shelf_store::{UserError, UserStore};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A person's open data. What was written is on the disk when a method returns; several processes
/// may have the same data open.
pub struct Profile {
    store: UserStore,
    clock: Clock,
    /// The data folder; a guest has none.
    home: Option<PathBuf>,
    recovered: Option<Recovered>,
}

impl Profile {
    /// Opens `user.db` in a data folder, creating both where they are missing. A damaged file is moved
    /// aside and the latest readable backup taken instead, which [`Profile::recovered`] then tells;
    /// so is the backup where the file is gone. A file of a newer program is left alone:
    /// [`ErrorCode::Newer`].
    pub fn open(home: &Path, clock: Clock) -> Result<Profile, Error> {
        let (store, recovered) = open::open(home, clock.now())?;
        Ok(Profile {
            store,
            clock,
            home: Some(home.to_path_buf()),
            recovered,
        })
    }

    /// The profile of a guest: the settings are the defaults, nothing is ever written to the disk, and
    /// all is gone with it.
    pub fn guest(clock: Clock) -> Result<Profile, Error> {
        Ok(Profile {
            store: UserStore::open_in_memory()?,
            clock,
            home: None,
            recovered: None,
        })
    }

    /// Whether this is a guest's.
    pub fn is_guest(&self) -> bool {
        self.home.is_none()
    }

    /// What was lost and taken from a backup when this profile was opened, where anything was.
    pub fn recovered(&self) -> Option<&Recovered> {
        self.recovered.as_ref()
    }

    /// Makes a mark, or replaces everything of one but its number and the day it was made; one that
    /// was removed meanwhile is back. A note of more than 20,000 characters is refused
    /// ([`ErrorCode::BadInput`]) and the mark stays as it was; a quote is cut after 400.
    pub fn put_mark(&mut self, draft: &MarkDraft) -> Result<Mark, Error> {
        Ok(self.store.put_mark(draft, self.clock.now())?)
    }

    /// Removes a mark, for 30 days with a way back. Says whether it was there.
    pub fn remove_mark(&mut self, id: i64) -> Result<bool, Error> {
        Ok(self.store.remove_mark(id, self.clock.now())?)
    }

    /// Brings a removed mark back.
    pub fn restore_mark(&mut self, id: i64) -> Result<Mark, Error> {
        Ok(self.store.restore_mark(id)?)
    }

    /// The mark of this number, also where it was removed.
    pub fn mark(&self, id: i64) -> Result<Option<Mark>, Error> {
        Ok(self.store.mark(id)?)
    }

    /// Marks that were not removed, those changed last first.
    pub fn marks(&self, filter: &MarkFilter) -> Result<Vec<Mark>, Error> {
        Ok(self.store.marks(filter)?)
    }

    /// How many marks there are, and how many in no folder.
    pub fn mark_counts(&self) -> Result<MarkCounts, Error> {
        Ok(self.store.mark_counts()?)
    }

    /// How many marks stand on each document that has any.
    pub fn marks_by_document(&self) -> Result<BTreeMap<DocumentId, u64>, Error> {
        Ok(self.store.marks_by_document()?)
    }

    /// The folders in their order, with the marks in each.
    pub fn folders(&self) -> Result<Vec<Folder>, Error> {
        Ok(self.store.folders()?)
    }

    /// Makes a folder (`id` is `None`) or renames one. A name stands once, whatever its accents and
    /// capitals ([`ErrorCode::BadInput`]).
    pub fn put_folder(&mut self, id: Option<i64>, name: &str) -> Result<Folder, Error> {
        Ok(self.store.put_folder(id, name)?)
    }

    /// Removes a folder; its marks stay, without a folder. Says whether it was there.
    pub fn remove_folder(&mut self, id: i64) -> Result<bool, Error> {
        Ok(self.store.remove_folder(id, self.clock.now())?)
    }

    /// Brings a removed folder back, for 30 days, with its marks.
    pub fn restore_folder(&mut self, id: i64) -> Result<Folder, Error> {
        Ok(self.store.restore_folder(id)?)
    }

    /// Notes that a document was opened; where reading stopped in it stays.
    pub fn note_opening(&mut self, document: &DocumentId) -> Result<(), Error> {
        Ok(self.store.note_opening(document, self.clock.now())?)
    }

    /// Notes where reading stopped: the place, and how much of the document lies above it (0 to 1).
    pub fn note_position(
        &mut self,
        document: &DocumentId,
        place: &Place,
        fraction: f64,
    ) -> Result<(), Error> {
        let now = self.clock.now();
        Ok(self.store.note_position(document, place, fraction, now)?)
    }

    /// Where reading stopped in this document.
    pub fn position(&self, document: &DocumentId) -> Result<Option<Position>, Error> {
        Ok(self.store.position(document)?)
    }

    /// What was read last, newest first.
    pub fn recent_positions(&self, limit: u32) -> Result<Vec<Position>, Error> {
        Ok(self.store.recent_positions(limit)?)
    }

    /// Forgets what was read.
    pub fn forget_positions(&mut self) -> Result<(), Error> {
        Ok(self.store.forget_positions()?)
    }

    /// Notes a search; the newest 50 are kept, each once.
    pub fn note_search(&mut self, text: &str) -> Result<(), Error> {
        Ok(self.store.note_search(text, self.clock.now())?)
    }

    /// What was searched, newest first.
    pub fn recent_searches(&self, limit: u32) -> Result<Vec<String>, Error> {
        Ok(self.store.recent_searches(limit)?)
    }

    /// Forgets what was searched.
    pub fn forget_searches(&mut self) -> Result<(), Error> {
        Ok(self.store.forget_searches()?)
    }

    /// Keeps a request to Sở; it is on this machine only until there is a way to send it. One that
    /// says the same is kept once. A question of more than 2,000 characters, or none, is refused
    /// ([`ErrorCode::BadInput`]).
    pub fn put_request(&mut self, draft: &RequestDraft) -> Result<Request, Error> {
        Ok(self.store.put_request(draft, self.clock.now())?)
    }

    /// Requests that were not removed, the newest first.
    pub fn requests(&self) -> Result<Vec<Request>, Error> {
        Ok(self.store.requests()?)
    }

    /// Removes a request, for 30 days with a way back. Says whether it was there.
    pub fn remove_request(&mut self, id: i64) -> Result<bool, Error> {
        Ok(self.store.remove_request(id, self.clock.now())?)
    }

    /// Brings a removed request back.
    pub fn restore_request(&mut self, id: i64) -> Result<Request, Error> {
        Ok(self.store.restore_request(id)?)
    }

    /// The settings; what was never set, or cannot be read, is as by default.
    pub fn settings(&self) -> Result<Settings, Error> {
        Ok(Settings::read(&self.store.settings()?))
    }

    /// Changes settings, all of the patch or nothing of it, and gives the new ones.
    pub fn change(&mut self, patch: &SettingsPatch) -> Result<Settings, Error> {
        self.store.change_settings(&patch.changes()?)?;
        self.settings()
    }

    /// Copies `user.db` into `backups/user-<day>.db` unless there is one of this day, and keeps the
    /// last seven. Gives the new copy. A guest has none.
    pub fn back_up_if_due(&self) -> Result<Option<PathBuf>, Error> {
        match &self.home {
            Some(home) => backup::make_if_due(home, &self.store, self.clock.now()),
            None => Ok(None),
        }
    }
}

impl From<UserError> for Error {
    fn from(error: UserError) -> Error {
        let code = match error {
            UserError::Store(error) => return error.into(),
            UserError::Missing { .. } => ErrorCode::NotFound,
            UserError::TooLong { .. }
            | UserError::NoName
            | UserError::NoQuestion
            | UserError::NameTaken(_)
            | UserError::NoColour(_) => ErrorCode::BadInput,
        };
        Error::new(code, error.to_string())
    }
}
