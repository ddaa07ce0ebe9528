//! What belongs to one person (`user.db`): marks and notes, folders for them, where reading stopped,
//! what was searched, requests to Sở, settings. Nothing of it can be had again from anywhere, so every write is on the
//! disk when it returns, and the file is copied before a migration.

mod error;
mod file;
mod folder;
mod mark;
mod place;
mod position;
mod request;
mod schema;
mod search;
mod setting;
#[cfg(test)]
mod tests;

pub use error::UserError;
pub use file::CopyInfo;
pub use folder::FolderRow;
pub use mark::{InFolder, MarkCounts, MarkDraft, MarkFilter, MarkRow};
pub use place::Place;
pub use position::PositionRow;
pub use request::{RequestDraft, RequestRow, Searched};

use crate::StoreError;
use crate::connection::Database;
use error::Stop;
use jiff::{SignedDuration, Timestamp};
use std::path::Path;

/// How long a removed mark, folder or request can be had back.
const KEPT_AFTER_REMOVAL: SignedDuration = SignedDuration::from_hours(30 * 24);

/// The numbers of a guest's marks, folders and requests begin behind it; no file ever gets that far, and it is a
/// whole number to a page too.
const GUEST_NUMBERS: i64 = 1 << 40;

/// An open `user.db`, or one in memory. Several processes may have the same file open.
pub struct UserStore {
    database: Database,
}

impl UserStore {
    /// Opens the file, creating it where there is none, and gives up for good what was removed more
    /// than 30 days before `now`. A damaged file is an error for which [`StoreError::is_corrupt`]
    /// holds; one of a newer program is [`StoreError::Newer`]. Before a migration the file is copied
    /// to `user.db.before-<version>` beside it.
    pub fn open(path: &Path, now: Timestamp) -> Result<UserStore, UserError> {
        UserStore::open_with(path, now, schema::MIGRATIONS)
    }

    /// A store that is gone when it is closed, and of which nothing is ever on the disk. What it holds
    /// has numbers that no file has: what is asked for by number and comes when another store
    /// is in its place finds nothing there.
    pub fn open_in_memory() -> Result<UserStore, UserError> {
        let database = file::in_memory()?;
        let mut store = UserStore { database };
        store.migrate(schema::MIGRATIONS)?;
        store.database.run(|c| {
            let sql = "INSERT INTO sqlite_sequence(name, seq)
                       VALUES ('mark', ?1), ('folder', ?1), ('request', ?1)";
            c.execute(sql, [GUEST_NUMBERS]).map(|_| ())
        })?;
        Ok(store)
    }

    fn open_with(path: &Path, now: Timestamp, known: &[&str]) -> Result<UserStore, UserError> {
        let database = file::open(path)?;
        let mut store = UserStore { database };
        store.migrate(known)?;
        store.purge(now)?;
        Ok(store)
    }

    /// Whether nothing of it is kept.
    pub fn is_in_memory(&self) -> bool {
        self.database.path == Path::new(file::IN_MEMORY)
    }

    /// Writes a consistent copy to `path`, which is there whole or not at all; whatever stood there is
    /// replaced.
    pub fn copy_to(&self, path: &Path, now: Timestamp) -> Result<(), UserError> {
        Ok(file::copy(&self.database, path, Some(now))?)
    }

    /// What a copy made by [`UserStore::copy_to`] is, after reading all of it. Writes nothing.
    pub fn inspect_copy(path: &Path) -> Result<CopyInfo, StoreError> {
        file::inspect_copy(path, schema::MIGRATIONS.len())
    }

    /// How many writes led to what is here: of two copies, the greater one is the later, whatever
    /// the clocks said.
    pub fn changes(&self) -> Result<u64, UserError> {
        Ok(self
            .database
            .run(|c| c.query_row("SELECT changes FROM meta", [], |row| row.get::<_, i64>(0)))?
            .unsigned_abs())
    }

    /// The one way to write: all that `work` does is kept, on the disk, when this returns `Ok`, and
    /// nothing of it otherwise.
    fn write<T>(
        &mut self,
        work: impl FnOnce(&rusqlite::Transaction<'_>) -> Result<T, Stop>,
    ) -> Result<T, UserError> {
        let path = self.database.path.clone();
        let failed = |source| StoreError::Sqlite {
            path: path.clone(),
            source,
        };
        let transaction = self
            .database
            .connection
            .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
            .map_err(failed)?;
        // Dropping the transaction rolls it back.
        let value = work(&transaction).map_err(|stop| match stop {
            Stop::Sqlite(source) => failed(source).into(),
            Stop::Refused(error) => error,
        })?;
        transaction
            .execute("UPDATE meta SET changes = changes + 1", [])
            .map_err(failed)?;
        transaction.commit().map_err(failed)?;
        Ok(value)
    }

    fn migrate(&mut self, known: &[&str]) -> Result<(), StoreError> {
        let found = file::version(&self.database)?;
        let newest = i64::try_from(known.len()).expect("few migrations");
        if found > newest {
            return Err(StoreError::Newer {
                path: self.database.path.clone(),
                found,
                known: newest,
            });
        }
        if found > 0 && found < newest && !self.is_in_memory() {
            let mut copy = self.database.path.clone().into_os_string();
            copy.push(format!(".before-{newest}"));
            file::copy(&self.database, Path::new(&copy), None)?;
        }
        for (version, migration) in (1_i64..).zip(known) {
            self.database.transact(|t| {
                // Read again under the lock: another process may have been faster.
                let found: i64 = t.pragma_query_value(None, "user_version", |row| row.get(0))?;
                if found < version {
                    t.execute_batch(migration)?;
                    t.pragma_update(None, "user_version", version)?;
                }
                Ok(())
            })?;
        }
        Ok(())
    }

    fn purge(&mut self, now: Timestamp) -> Result<(), UserError> {
        let Ok(limit) = now.checked_sub(KEPT_AFTER_REMOVAL) else {
            return Ok(());
        };
        let limit = limit.as_microsecond();
        let any = self.database.run(|c| {
            Ok(mark::any_removed_before(c, limit)?
                || folder::any_removed_before(c, limit)?
                || request::any_removed_before(c, limit)?)
        })?;
        if !any {
            return Ok(());
        }
        self.write(|t| {
            mark::purge(t, limit)?;
            folder::purge(t, limit)?;
            request::purge(t, limit)?;
            Ok(())
        })
    }
}
