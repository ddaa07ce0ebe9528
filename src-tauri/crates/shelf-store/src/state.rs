//! What a client must not forget: whom it trusts, how far it has seen, and which catalogue is active.

mod wishes;

pub use wishes::Wish;

use crate::StoreError;
use crate::connection::Database;
use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};
use std::path::Path;

const MIGRATIONS: &[&str] = &[
    "
    CREATE TABLE trust(name TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
    CREATE TABLE setting(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
",
    wishes::SCHEMA,
];

/// The state of a client's data folder (`state.db`).
pub struct State {
    database: Database,
}

/// The catalogue that readers use.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ActiveCatalog {
    /// Sequence of the head it was built from.
    pub seq: u64,
    /// File name of the catalogue in the data folder.
    pub file: String,
}

impl State {
    /// Opens the state, creating it where there is none.
    pub fn open(path: &Path) -> Result<State, StoreError> {
        Ok(State {
            database: Database::durable(path, MIGRATIONS)?,
        })
    }

    /// Opens the state for somebody who only reads: also on a full or write-protected disk, where
    /// the files that SQLite keeps beside an open database cannot be made.
    pub fn open_for_reading(path: &Path) -> Result<State, StoreError> {
        match State::open(path) {
            Err(error) if !error.is_corrupt() && is_closed(path) => {
                let database = Database::immutable(path)?;
                let schema: i64 = database
                    .run(|c| c.pragma_query_value(None, "user_version", |row| row.get(0)))?;
                // One that was never finished holds nothing to read.
                match schema {
                    0 => Err(error),
                    _ => Ok(State { database }),
                }
            }
            opened => opened,
        }
    }

    /// The trusted bytes under this name (`root.json`, `timestamp.json` …).
    pub fn trusted(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.database.run(|c| {
            c.query_row("SELECT bytes FROM trust WHERE name = ?1", [name], |row| {
                row.get(0)
            })
            .optional()
        })
    }

    /// Replaces all trusted bytes at once; a crash leaves the old ones or the new ones.
    pub fn replace_trust(&mut self, entries: &[(String, Vec<u8>)]) -> Result<(), StoreError> {
        self.database.transact(|t| {
            t.execute("DELETE FROM trust", [])?;
            for (name, bytes) in entries {
                t.execute(
                    "INSERT INTO trust(name, bytes) VALUES (?1, ?2)",
                    params![name, bytes],
                )?;
            }
            Ok(())
        })
    }

    /// All trusted bytes, by name.
    pub fn trust_entries(&self) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        self.database.run(|c| {
            let mut statement = c.prepare("SELECT name, bytes FROM trust ORDER BY name")?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect()
        })
    }

    /// A setting, where it was set.
    pub fn setting(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.database.run(|c| {
            c.query_row("SELECT value FROM setting WHERE key = ?1", [key], |row| {
                row.get(0)
            })
            .optional()
        })
    }

    /// Sets a setting.
    pub fn set_setting(&mut self, key: &str, value: &str) -> Result<(), StoreError> {
        self.database.transact(|t| put_setting(t, key, value))
    }

    /// Forgets a setting.
    pub fn remove_setting(&mut self, key: &str) -> Result<(), StoreError> {
        self.database.transact(|t| {
            t.execute("DELETE FROM setting WHERE key = ?1", [key])?;
            Ok(())
        })
    }

    /// The active catalogue, once there is one.
    pub fn active(&self) -> Result<Option<ActiveCatalog>, StoreError> {
        let (Some(seq), Some(file)) = (self.setting("active.seq")?, self.setting("active.file")?)
        else {
            return Ok(None);
        };
        let seq = seq.parse().map_err(|_| {
            StoreError::corrupt(&self.database.path, "the active sequence is no number")
        })?;
        Ok(Some(ActiveCatalog { seq, file }))
    }

    /// Makes a finished catalogue the active one, confirmed at this time: the one pointer swap of a
    /// sync.
    pub fn activate(
        &mut self,
        active: &ActiveCatalog,
        confirmed_at: Timestamp,
    ) -> Result<(), StoreError> {
        self.activate_with(active, confirmed_at, &[])
    }

    /// The same, and settings that belong to it, in one write.
    pub fn activate_with(
        &mut self,
        active: &ActiveCatalog,
        confirmed_at: Timestamp,
        settings: &[(&str, &str)],
    ) -> Result<(), StoreError> {
        self.database.transact(|t| {
            for (key, value) in settings {
                put_setting(t, key, value)?;
            }
            put_setting(t, "active.confirmed_at", &confirmed_at.to_string())?;
            put_setting(t, "active.seq", &active.seq.to_string())?;
            put_setting(t, "active.file", &active.file)
        })
    }

    /// When the publisher last confirmed the shelf that is in use. A later confirmation, of a shelf
    /// that was not received, says nothing about this one.
    pub fn active_confirmed_at(&self) -> Result<Option<Timestamp>, StoreError> {
        let text = self.setting("active.confirmed_at")?;
        Ok(text.and_then(|text| text.parse().ok()))
    }

    /// The greatest confirmation ever seen here, of whatever shelf: a floor for the clock.
    pub fn confirmed_at(&self) -> Result<Option<Timestamp>, StoreError> {
        Ok(self
            .setting("confirmed_at")?
            .and_then(|text| text.parse().ok()))
    }

    /// Notes a confirmation. The greatest signed time ever seen is a floor for the clock, so an
    /// earlier one never replaces a later one.
    pub fn note_confirmation(&mut self, at: Timestamp) -> Result<(), StoreError> {
        if self.confirmed_at()?.is_none_or(|seen| seen < at) {
            self.set_setting("confirmed_at", &at.to_string())?;
        }
        Ok(())
    }
}

/// Whether everything stands in the file itself, and there is something: the last one who wrote
/// closed it.
fn is_closed(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    let length = |path: &Path| match std::fs::metadata(path) {
        Ok(found) if found.is_file() => found.len(),
        _ => 0,
    };
    length(path) > 0 && length(log.as_ref()) == 0
}

fn put_setting(t: &rusqlite::Transaction<'_>, key: &str, value: &str) -> rusqlite::Result<()> {
    t.execute(
        "INSERT INTO setting(key, value) VALUES (?1, ?2)
         ON CONFLICT(key) DO UPDATE SET value = excluded.value",
        [key, value],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trust_is_replaced_as_a_whole_and_time_never_goes_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.db");
        let mut state = State::open(&path).unwrap();
        state
            .replace_trust(&[("root.json".into(), vec![1]), ("old".into(), vec![2])])
            .unwrap();
        state
            .replace_trust(&[("root.json".into(), vec![3])])
            .unwrap();
        let late: Timestamp = "2026-02-01T00:00:00Z".parse().unwrap();
        state.note_confirmation(late).unwrap();
        state
            .note_confirmation("2020-01-01T00:00:00Z".parse().unwrap())
            .unwrap();
        drop(state);

        let state = State::open(&path).unwrap();
        assert_eq!(
            state.trust_entries().unwrap(),
            [("root.json".to_string(), vec![3])]
        );
        assert_eq!(state.confirmed_at().unwrap(), Some(late));
        assert_eq!(state.active().unwrap(), None);
    }

    #[test]
    fn what_was_closed_can_be_read_where_nothing_can_be_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.db");
        let active = ActiveCatalog {
            seq: 7,
            file: "catalog-7-0.db".into(),
        };
        let confirmed_at = "2026-02-01T00:00:00Z".parse().unwrap();
        State::open(&path)
            .unwrap()
            .activate(&active, confirmed_at)
            .unwrap();
        // A folder in its place keeps SQLite from making its log, as a full disk does.
        std::fs::create_dir(folder.path().join("state.db-wal")).unwrap();
        std::fs::create_dir(folder.path().join("state.db-shm")).unwrap();
        let state = State::open_for_reading(&path);
        assert!(State::open(&path).is_err(), "it cannot be written");
        assert_eq!(state.unwrap().active().unwrap(), Some(active));
    }

    #[test]
    fn an_unfinished_state_is_not_taken_for_one_that_can_be_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.db");
        std::fs::write(&path, b"").unwrap();
        std::fs::create_dir(folder.path().join("state.db-wal")).unwrap();
        assert!(State::open_for_reading(&path).is_err());
    }
}
