//! The catalogue of a client: `catalog-<seq>.db`. Built aside from verified rows, finished, then only
//! read. It keeps the exact line of every row, because the feed's digests are over those bytes.

mod singles;

use crate::StoreError;
use crate::connection::Database;
use rusqlite::{OptionalExtension, params};
use shelf_law::number::DocumentNumber;
use shelf_law::{CollectionId, DocumentId};
use shelf_repo::{BrowseRow, Head, HeadingRow, ObjectRow};
use std::path::{Path, PathBuf};

const SCHEMA: &str = "
    CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
    CREATE TABLE document(
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL,
        source_key TEXT NOT NULL,
        collection TEXT NOT NULL,
        number_key TEXT,
        number_sequence TEXT,
        withdrawn INTEGER NOT NULL,
        browse TEXT NOT NULL,
        headings TEXT,
        objects TEXT
    ) STRICT;
";

const INDEXES: &str = "
    CREATE INDEX document_source_key ON document(source_key);
    CREATE INDEX document_number_key ON document(number_key);
    CREATE INDEX document_number_sequence ON document(number_sequence);
";

/// One document of the catalogue.
#[derive(Clone, PartialEq, Debug)]
pub struct CatalogRow {
    /// What a list shows.
    pub browse: BrowseRow,
    /// Where its bytes are; absent for a withdrawn document and for a collection that was not taken,
    /// unless the document is received by itself.
    pub objects: Option<ObjectRow>,
    /// Whether it is received by itself, without its collection: its text stands here under its own
    /// hash, not in a pack.
    pub single: bool,
}

/// Builds a catalogue file. Nothing is active until the caller says so.
pub struct CatalogBuilder {
    database: Database,
}

impl CatalogBuilder {
    /// Starts an empty catalogue at `path`, replacing a half-built one.
    pub fn create(path: &Path) -> Result<CatalogBuilder, StoreError> {
        remove_if_there(path)?;
        let database = Database::plain(path)?;
        database.run(|c| {
            // Derived data: a crash throws the file away, so no journal is kept while it is built.
            c.pragma_update(None, "journal_mode", "OFF")?;
            c.pragma_update(None, "synchronous", "OFF")?;
            c.pragma_update(None, "page_size", 8192)?;
            c.execute_batch(SCHEMA)?;
            c.execute_batch(singles::SCHEMA)?;
            c.execute_batch("BEGIN")
        })?;
        Ok(CatalogBuilder { database })
    }

    /// Starts from a finished catalogue, to which changes will be applied.
    pub fn from_previous(path: &Path, previous: &Path) -> Result<CatalogBuilder, StoreError> {
        remove_if_there(path)?;
        std::fs::copy(previous, path).map_err(StoreError::io(path))?;
        let database = Database::plain(path)?;
        database.run(|c| {
            c.pragma_update(None, "journal_mode", "OFF")?;
            c.pragma_update(None, "synchronous", "OFF")?;
            c.execute_batch(singles::SCHEMA)?;
            c.execute_batch(
                "DROP INDEX IF EXISTS document_source_key;
                 DROP INDEX IF EXISTS document_number_key;
                 DROP INDEX IF EXISTS document_number_sequence;
                 BEGIN",
            )
        })?;
        Ok(CatalogBuilder { database })
    }

    /// Puts the browse row of a document, replacing every row it had.
    pub fn put_browse(&mut self, row: &BrowseRow, line: &str) -> Result<(), StoreError> {
        let number = row.number.as_deref().and_then(DocumentNumber::parse);
        self.database.run(|c| {
            c.prepare_cached(
                "INSERT OR REPLACE INTO document(key, id, source_key, collection, number_key,
                     number_sequence, withdrawn, browse)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                row.id.key().cast_signed(),
                row.id.as_str(),
                row.source_key,
                row.collection.as_str(),
                number.as_ref().map(DocumentNumber::key),
                number.as_ref().map(DocumentNumber::sequence),
                row.withdrawn.is_some(),
                line,
            ])?;
            c.prepare_cached("DELETE FROM single WHERE key = ?1")?
                .execute([row.id.key().cast_signed()])?;
            Ok(())
        })
    }

    /// Adds the headings of a document whose browse row was put before.
    pub fn put_headings(&mut self, id: &DocumentId, line: &str) -> Result<(), StoreError> {
        self.set_line("UPDATE document SET headings = ?2 WHERE key = ?1", id, line)
    }

    /// Adds the object row of a document whose browse row was put before.
    pub fn put_objects(&mut self, id: &DocumentId, line: &str) -> Result<(), StoreError> {
        self.set_line("UPDATE document SET objects = ?2 WHERE key = ?1", id, line)
    }

    fn set_line(&mut self, sql: &str, id: &DocumentId, line: &str) -> Result<(), StoreError> {
        let changed = self.database.run(|c| {
            c.prepare_cached(sql)?
                .execute(params![id.key().cast_signed(), line])
        })?;
        if changed == 1 {
            return Ok(());
        }
        Err(StoreError::corrupt(
            &self.database.path,
            format!("{id} has no browse row"),
        ))
    }

    /// Visits the exact lines of every document, in order of id: browse and headings, for the
    /// state digest, and objects, for the digest of its collection.
    pub fn for_each_line<E: From<StoreError>>(
        &self,
        visit: impl FnMut(Lines<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        for_each_line(&self.database, visit)
    }

    /// Writes the head and the indexes and closes the file, which is on the disk when this returns.
    pub fn finish(self, head: &Head) -> Result<(), StoreError> {
        let head = serde_json::to_string(head).expect("a head is plain data");
        self.database.run(|c| {
            c.execute(
                "INSERT OR REPLACE INTO meta(key, value) VALUES ('head', ?1)",
                [&head],
            )?;
            c.execute_batch("COMMIT")?;
            c.execute_batch(INDEXES)?;
            c.execute_batch("ANALYZE")
        })?;
        let path = self.database.path.clone();
        self.database
            .connection
            .close()
            .map_err(|(_, source)| StoreError::Sqlite {
                path: path.clone(),
                source,
            })?;
        let file = std::fs::OpenOptions::new().write(true).open(&path);
        file.and_then(|f| f.sync_all())
            .map_err(StoreError::io(&path))
    }
}

/// The exact lines of one document.
#[derive(Clone, Copy, Debug)]
pub struct Lines<'a> {
    /// Its id.
    pub id: &'a DocumentId,
    /// Its collection.
    pub collection: &'a CollectionId,
    /// Browse row.
    pub browse: &'a str,
    /// Heading row.
    pub headings: Option<&'a str>,
    /// Object row.
    pub objects: Option<&'a str>,
}

fn for_each_line<E: From<StoreError>>(
    database: &Database,
    mut visit: impl FnMut(Lines<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let wrap = |source| E::from(database.error(source));
    let mut statement = database
        .connection
        .prepare("SELECT id, collection, browse, headings, objects FROM document ORDER BY id")
        .map_err(wrap)?;
    let mut rows = statement.query([]).map_err(wrap)?;
    let corrupt =
        |error: shelf_law::IdError| E::from(StoreError::corrupt(&database.path, error.to_string()));
    while let Some(row) = rows.next().map_err(wrap)? {
        let text = |index| {
            row.get_ref(index)?
                .as_str_or_null()
                .map_err(rusqlite::Error::from)
        };
        let required = |index| text(index).map(Option::unwrap_or_default).map_err(wrap);
        let (id, collection) = (required(0)?, required(1)?);
        visit(Lines {
            id: &id.parse().map_err(corrupt)?,
            collection: &collection.parse().map_err(corrupt)?,
            browse: required(2)?,
            headings: text(3).map_err(wrap)?,
            objects: text(4).map_err(wrap)?,
        })?;
    }
    Ok(())
}

fn remove_if_there(path: &Path) -> Result<(), StoreError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(StoreError::io(path)(error))
        }
        _ => Ok(()),
    }
}

/// A finished catalogue, opened for reading.
pub struct Catalog {
    database: Database,
    head: Head,
    /// Whether it knows of documents received by themselves; one that an older program built does not.
    singles: bool,
}

const ROW: &str = "browse, coalesce(objects,
    (SELECT single.objects FROM single WHERE single.key = document.key AND kept)), objects IS NULL";
const ROW_WITHOUT_SINGLES: &str = "browse, objects, 0";

type Line = (String, Option<String>, bool);

impl Catalog {
    /// Opens a finished catalogue.
    pub fn open(path: &Path) -> Result<Catalog, StoreError> {
        if !path.is_file() {
            return Err(StoreError::corrupt(
                path,
                "the catalogue is missing; sync again",
            ));
        }
        let database = Database::immutable(path)?;
        let head: String = database.run(|c| {
            c.query_row("SELECT value FROM meta WHERE key = 'head'", [], |r| {
                r.get(0)
            })
        })?;
        let head = serde_json::from_str(&head)
            .map_err(|error| StoreError::corrupt(path, format!("head: {error}")))?;
        let singles = database.run(|c| c.table_exists(None, "single"))?;
        Ok(Catalog {
            database,
            head,
            singles,
        })
    }

    /// The file.
    pub fn path(&self) -> &PathBuf {
        &self.database.path
    }

    /// The head it was built from.
    pub fn head(&self) -> &Head {
        &self.head
    }

    fn columns(&self) -> &'static str {
        match self.singles {
            true => ROW,
            false => ROW_WITHOUT_SINGLES,
        }
    }

    /// The document with this id.
    pub fn get(&self, id: &DocumentId) -> Result<Option<CatalogRow>, StoreError> {
        let row = self.by_key(id.key())?;
        Ok(row.filter(|row| &row.browse.id == id))
    }

    /// The document whose id has this key.
    pub fn by_key(&self, key: u64) -> Result<Option<CatalogRow>, StoreError> {
        let row = self.database.run(|c| {
            c.prepare_cached(&format!(
                "SELECT {} FROM document WHERE key = ?1",
                self.columns()
            ))?
            .query_row([key.cast_signed()], line)
            .optional()
        })?;
        row.map(|lines| self.parse(lines)).transpose()
    }

    /// The headings of a document, also of one whose texts are not here.
    pub fn headings(&self, id: &DocumentId) -> Result<Option<HeadingRow>, StoreError> {
        let line: Option<Option<String>> = self.database.run(|c| {
            c.prepare_cached("SELECT headings FROM document WHERE key = ?1")?
                .query_row([id.key().cast_signed()], |row| row.get(0))
                .optional()
        })?;
        line.flatten().map(|line| self.json(&line)).transpose()
    }

    /// Documents with this key of their source.
    pub fn by_source_key(&self, source_key: &str) -> Result<Vec<CatalogRow>, StoreError> {
        self.select("source_key = ?1", source_key)
    }

    /// Documents with this number, however it is spelt (see [`DocumentNumber::key`]).
    pub fn by_number_key(&self, number_key: &str) -> Result<Vec<CatalogRow>, StoreError> {
        self.select("number_key = ?1", number_key)
    }

    /// Documents whose number begins with this running number, without leading zeros.
    pub fn by_sequence(&self, sequence: &str) -> Result<Vec<CatalogRow>, StoreError> {
        self.select("number_sequence = ?1", sequence)
    }

    /// Visits every row in order of key; stops at the first error.
    pub fn for_each<E: From<StoreError>>(
        &self,
        mut visit: impl FnMut(CatalogRow) -> Result<(), E>,
    ) -> Result<(), E> {
        let wrap = |source| E::from(self.database.error(source));
        let mut statement = self
            .database
            .connection
            .prepare(&format!(
                "SELECT {} FROM document ORDER BY key",
                self.columns()
            ))
            .map_err(wrap)?;
        let mut rows = statement.query([]).map_err(wrap)?;
        while let Some(row) = rows.next().map_err(wrap)? {
            let lines = line(row).map_err(wrap)?;
            visit(self.parse(lines).map_err(E::from)?)?;
        }
        Ok(())
    }

    /// Visits the browse row of every document, in order of key: for what needs no more.
    pub fn for_each_browse<E: From<StoreError>>(
        &self,
        mut visit: impl FnMut(BrowseRow) -> Result<(), E>,
    ) -> Result<(), E> {
        let wrap = |source| E::from(self.database.error(source));
        let mut statement = self
            .database
            .connection
            .prepare("SELECT browse FROM document ORDER BY key")
            .map_err(wrap)?;
        let mut rows = statement.query([]).map_err(wrap)?;
        while let Some(row) = rows.next().map_err(wrap)? {
            let line: String = row.get(0).map_err(wrap)?;
            visit(self.json(&line).map_err(E::from)?)?;
        }
        Ok(())
    }

    /// Visits the exact lines of every document, in order of id.
    pub fn for_each_line<E: From<StoreError>>(
        &self,
        visit: impl FnMut(Lines<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        for_each_line(&self.database, visit)
    }

    /// Collections whose object rows are in this catalogue.
    pub fn collections_taken(&self) -> Result<Vec<CollectionId>, StoreError> {
        let names: Vec<String> = self.database.run(|c| {
            let mut statement = c.prepare(
                "SELECT DISTINCT collection FROM document WHERE objects IS NOT NULL ORDER BY 1",
            )?;
            let rows = statement.query_map([], |row| row.get(0))?;
            rows.collect()
        })?;
        names
            .into_iter()
            .map(|name| {
                name.parse().map_err(|error| {
                    StoreError::corrupt(&self.database.path, format!("collection: {error}"))
                })
            })
            .collect()
    }

    fn select(&self, condition: &str, value: &str) -> Result<Vec<CatalogRow>, StoreError> {
        let lines: Vec<Line> = self.database.run(|c| {
            let columns = self.columns();
            let sql = format!("SELECT {columns} FROM document WHERE {condition} ORDER BY key");
            let mut statement = c.prepare_cached(&sql)?;
            let rows = statement.query_map([value], line)?;
            rows.collect()
        })?;
        lines.into_iter().map(|lines| self.parse(lines)).collect()
    }

    fn parse(&self, (browse, objects, single): Line) -> Result<CatalogRow, StoreError> {
        Ok(CatalogRow {
            single: single && objects.is_some(),
            browse: self.json(&browse)?,
            objects: objects.map(|line| self.json(&line)).transpose()?,
        })
    }

    fn json<T: serde::de::DeserializeOwned>(&self, line: &str) -> Result<T, StoreError> {
        serde_json::from_str(line)
            .map_err(|error| StoreError::corrupt(&self.database.path, error.to_string()))
    }
}

fn line(row: &rusqlite::Row<'_>) -> rusqlite::Result<Line> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
}
