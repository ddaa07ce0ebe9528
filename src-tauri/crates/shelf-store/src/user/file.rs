//! The file of a person's store: opening, checking, copying.

use crate::StoreError;
use crate::connection::{Database, write_ahead};
use jiff::Timestamp;
use rusqlite::Connection;
use std::ffi::OsString;
use std::fs::File;
use std::path::{Path, PathBuf};

/// What SQLite calls a database that is in no file.
pub(super) const IN_MEMORY: &str = ":memory:";

/// What a copy holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CopyInfo {
    /// How many writes led to it: the greater one is the later copy.
    pub changes: u64,
    /// When it was made, by the clock of that day.
    pub made_at: Option<Timestamp>,
}

/// Opens or creates the file, durable, and reads through it once.
pub(super) fn open(path: &Path) -> Result<Database, StoreError> {
    create_private(path)?;
    let database = Database::plain(path)?;
    database.run(|c| {
        write_ahead(c)?;
        c.pragma_update(None, "synchronous", "FULL")?;
        c.pragma_update(None, "foreign_keys", true)
    })?;
    check(&database)?;
    Ok(database)
}

pub(super) fn in_memory() -> Result<Database, StoreError> {
    let path = PathBuf::from(IN_MEMORY);
    let opened = Connection::open_in_memory().and_then(|c| {
        // Large sorts would otherwise go through a file.
        c.pragma_update(None, "temp_store", "MEMORY")?;
        c.pragma_update(None, "foreign_keys", true)?;
        Ok(c)
    });
    match opened {
        Ok(connection) => Ok(Database { connection, path }),
        Err(source) => Err(StoreError::Sqlite { path, source }),
    }
}

pub(super) fn version(database: &Database) -> Result<i64, StoreError> {
    database.run(|c| c.pragma_query_value(None, "user_version", |row| row.get(0)))
}

/// Copies the database to `path`, which is there whole or not at all. The copy is one file without a
/// log, and says when it was made.
pub(super) fn copy(
    database: &Database,
    path: &Path,
    made_at: Option<Timestamp>,
) -> Result<(), StoreError> {
    let unfinished = with_suffix(path, ".tmp");
    for left in ["", "-journal"] {
        remove(&with_suffix(&unfinished, left))?;
    }
    create_private(&unfinished)?;
    let written = write_copy(database, &unfinished, made_at).and_then(|()| {
        shelf_repo::rename_into(&unfinished, path).map_err(|error| StoreError::Io {
            path: error.path,
            source: error.source,
        })
    });
    if written.is_err() {
        // The first error counts.
        let _ = std::fs::remove_file(&unfinished);
    }
    written
}

fn write_copy(
    database: &Database,
    unfinished: &Path,
    made_at: Option<Timestamp>,
) -> Result<(), StoreError> {
    let name = unfinished.to_str().ok_or_else(|| {
        let reason = "a copy needs a folder whose name is proper Unicode";
        let source = std::io::Error::new(std::io::ErrorKind::InvalidInput, reason);
        StoreError::io(unfinished)(source)
    })?;
    database.run(|c| c.execute("VACUUM INTO ?1", [name]).map(|_| ()))?;
    if let Some(made_at) = made_at {
        let copy = Database::plain(unfinished)?;
        copy.run(|c| {
            c.pragma_update(None, "journal_mode", "DELETE")?;
            let sql = "UPDATE meta SET copied_at = ?1";
            c.execute(sql, [made_at.as_microsecond()]).map(|_| ())
        })?;
        close(copy)?;
    }
    let file = File::options().write(true).open(unfinished);
    file.and_then(|file| file.sync_all())
        .map_err(StoreError::io(unfinished))
}

/// Reads all of a copy without writing anything.
pub(super) fn inspect_copy(path: &Path, known: usize) -> Result<CopyInfo, StoreError> {
    let copy = Database::immutable(path)?;
    check(&copy)?;
    let known = i64::try_from(known).expect("few migrations");
    let found = version(&copy)?;
    if found > known {
        return Err(StoreError::Newer {
            path: path.to_path_buf(),
            found,
            known,
        });
    }
    if found == 0 {
        return Err(StoreError::corrupt(path, "holds no person's data"));
    }
    let (changes, made_at): (i64, Option<i64>) = copy.run(|c| {
        c.query_row("SELECT changes, copied_at FROM meta", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
    })?;
    Ok(CopyInfo {
        changes: changes.unsigned_abs(),
        made_at: made_at.and_then(|at| Timestamp::from_microsecond(at).ok()),
    })
}

/// Reads through the pages: damage in the middle of a file shows here and not in the middle of work.
fn check(database: &Database) -> Result<(), StoreError> {
    let found: String =
        database.run(|c| c.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)))?;
    match found.as_str() {
        "ok" => Ok(()),
        wrong => Err(StoreError::corrupt(&database.path, wrong)),
    }
}

fn close(database: Database) -> Result<(), StoreError> {
    let path = database.path;
    let closed = database.connection.close();
    closed.map_err(|(_, source)| StoreError::Sqlite { path, source })
}

/// Makes an empty file where there is none that only this account can read; SQLite gives its logs
/// the same rights.
fn create_private(path: &Path) -> Result<(), StoreError> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
            Err(StoreError::io(path)(error))
        }
        _ => Ok(()),
    }
}

fn remove(path: &Path) -> Result<(), StoreError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(StoreError::io(path)(error))
        }
        _ => Ok(()),
    }
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    PathBuf::from(name)
}
