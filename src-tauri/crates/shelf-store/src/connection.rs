//! Opening database files: pragmas, migrations, errors that name the file.

use crate::StoreError;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long one process waits for another that writes.
const PATIENCE: Duration = Duration::from_secs(10);

/// A connection that knows its file.
pub(crate) struct Database {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
}

/// Has the file written ahead. Two processes that make it at once would wait for each other, so that
/// SQLite lets one of them fail without waiting: here it tries again.
pub(crate) fn write_ahead(connection: &Connection) -> rusqlite::Result<()> {
    let begun = Instant::now();
    loop {
        match connection.pragma_update(None, "journal_mode", "WAL") {
            Err(error)
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
                    && begun.elapsed() < PATIENCE =>
            {
                std::thread::sleep(Duration::from_millis(10));
            }
            done => return done,
        }
    }
}

impl Database {
    /// Opens or creates a file that must survive a power cut: WAL, `synchronous=FULL`, and every
    /// migration that it lacks, each in its own transaction.
    pub(crate) fn durable(path: &Path, migrations: &[&str]) -> Result<Database, StoreError> {
        let database = Database::plain(path)?;
        database.run(|c| {
            write_ahead(c)?;
            c.pragma_update(None, "synchronous", "FULL")?;
            c.pragma_update(None, "foreign_keys", true)
        })?;
        database.migrate(migrations)?;
        Ok(database)
    }

    /// Opens or creates a file without a promise.
    pub(crate) fn plain(path: &Path) -> Result<Database, StoreError> {
        let connection = Connection::open(path).map_err(|source| StoreError::Sqlite {
            path: path.to_path_buf(),
            source,
        })?;
        let database = Database {
            connection,
            path: path.to_path_buf(),
        };
        database.run(|c| c.busy_timeout(PATIENCE))?;
        Ok(database)
    }

    /// Opens a finished file that nobody writes any more: no lock, no journal, no write right needed.
    pub(crate) fn immutable(path: &Path) -> Result<Database, StoreError> {
        let uri = format!("file:{}?immutable=1", uri_path(path));
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
            | OpenFlags::SQLITE_OPEN_URI
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection =
            Connection::open_with_flags(uri, flags).map_err(|source| StoreError::Sqlite {
                path: path.to_path_buf(),
                source,
            })?;
        Ok(Database {
            connection,
            path: path.to_path_buf(),
        })
    }

    /// Runs an operation and gives its error the name of the file.
    pub(crate) fn run<T>(
        &self,
        operation: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        operation(&self.connection).map_err(|source| self.error(source))
    }

    /// Runs an operation in a transaction that commits when it succeeds and rolls back otherwise.
    pub(crate) fn transact<T>(
        &mut self,
        operation: impl FnOnce(&rusqlite::Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let path = self.path.clone();
        let wrap = |source| StoreError::Sqlite {
            path: path.clone(),
            source,
        };
        let transaction = self
            .connection
            .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
            .map_err(wrap)?;
        let value = operation(&transaction).map_err(wrap)?;
        transaction.commit().map_err(wrap)?;
        Ok(value)
    }

    pub(crate) fn error(&self, source: rusqlite::Error) -> StoreError {
        StoreError::Sqlite {
            path: self.path.clone(),
            source,
        }
    }

    fn migrate(&self, migrations: &[&str]) -> Result<(), StoreError> {
        let found: i64 =
            self.run(|c| c.pragma_query_value(None, "user_version", |row| row.get(0)))?;
        let known = i64::try_from(migrations.len()).expect("few migrations");
        if found > known {
            return Err(StoreError::Newer {
                path: self.path.clone(),
                found,
                known,
            });
        }
        for (index, migration) in migrations
            .iter()
            .enumerate()
            .skip(found.unsigned_abs() as usize)
        {
            self.run(|c| {
                c.execute_batch(&format!(
                    "BEGIN IMMEDIATE; {migration} PRAGMA user_version = {}; COMMIT;",
                    index + 1
                ))
            })?;
        }
        Ok(())
    }
}

/// A path as the path part of a `file:` URI.
fn uri_path(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '%' => out.push_str("%25"),
            '?' => out.push_str("%3f"),
            '#' => out.push_str("%23"),
            _ => out.push(c),
        }
    }
    // A Windows path with a drive needs a slash before it to be the path of a URI.
    if out.as_bytes().get(1) == Some(&b':') {
        format!("/{out}")
    } else {
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_a_newer_program_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("état ? # %.db");
        Database::durable(&path, &["CREATE TABLE a(x);", "CREATE TABLE b(x);"]).unwrap();
        let refused = Database::durable(&path, &["CREATE TABLE a(x);"]);
        assert!(matches!(
            refused,
            Err(StoreError::Newer {
                found: 2,
                known: 1,
                ..
            })
        ));
        let again = Database::immutable(&path).unwrap();
        let tables: i64 = again
            .run(|c| c.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)))
            .unwrap();
        assert_eq!(tables, 2, "odd characters in a path do not matter");
    }

    #[test]
    fn a_failed_migration_leaves_the_file_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        Database::durable(&path, &["CREATE TABLE a(x);"]).unwrap();
        assert!(Database::durable(&path, &["", "CREATE TABLE b(x); BROKEN;"]).is_err());
        let database = Database::durable(&path, &["CREATE TABLE a(x);"]).unwrap();
        let tables: i64 = database
            .run(|c| c.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)))
            .unwrap();
        assert_eq!(tables, 1);
    }
}
