//! Object rows of documents whose collection was not taken: what they would cost, and which of them
//! are received one by one because somebody asked for them.

use super::{Catalog, CatalogBuilder};
use crate::StoreError;
use rusqlite::{OptionalExtension, params};
use shelf_law::{CollectionId, DocumentId};
use shelf_repo::ObjectRow;
use std::collections::BTreeSet;

pub(super) const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS single(
        key INTEGER PRIMARY KEY,
        objects TEXT NOT NULL,
        kept INTEGER NOT NULL
    ) STRICT;
";

impl CatalogBuilder {
    /// Adds the object row of a document whose collection is not taken. It is not of the rows whose
    /// digest is signed: readers see it only as a size, until [`CatalogBuilder::keep_single`].
    pub fn put_offer(&mut self, id: &DocumentId, line: &str) -> Result<(), StoreError> {
        self.database.run(|c| {
            c.prepare_cached(
                "INSERT OR REPLACE INTO single(key, objects, kept) VALUES (?1, ?2, 0)",
            )?
            .execute(params![id.key().cast_signed(), line])?;
            Ok(())
        })
    }

    /// No document is received by itself any more.
    pub fn forget_singles(&mut self) -> Result<(), StoreError> {
        self.database
            .run(|c| c.execute_batch("UPDATE single SET kept = 0 WHERE kept"))
    }

    /// Receives this document by itself from now on. `false` where its object row is not known.
    pub fn keep_single(&mut self, id: &DocumentId) -> Result<bool, StoreError> {
        let changed = self.database.run(|c| {
            c.prepare_cached("UPDATE single SET kept = 1 WHERE key = ?1")?
                .execute([id.key().cast_signed()])
        })?;
        Ok(changed == 1)
    }

    /// The collection of a document that is on the shelf and was not withdrawn.
    pub fn collection_of(&self, id: &DocumentId) -> Result<Option<CollectionId>, StoreError> {
        let found: Option<String> = self.database.run(|c| {
            c.prepare_cached(
                "SELECT collection FROM document WHERE key = ?1 AND id = ?2 AND NOT withdrawn",
            )?
            .query_row(params![id.key().cast_signed(), id.as_str()], |row| {
                row.get(0)
            })
            .optional()
        })?;
        let parsed = found.map(|name| name.parse());
        parsed.transpose().map_err(|error: shelf_law::IdError| {
            StoreError::corrupt(&self.database.path, format!("collection: {error}"))
        })
    }
}

impl Catalog {
    /// Where the bytes of a document are whose collection was not taken, where that is known.
    pub fn offer(&self, id: &DocumentId) -> Result<Option<ObjectRow>, StoreError> {
        if !self.singles {
            return Ok(None);
        }
        let line: Option<String> = self.database.run(|c| {
            c.prepare_cached("SELECT objects FROM single WHERE key = ?1")?
                .query_row([id.key().cast_signed()], |row| row.get(0))
                .optional()
        })?;
        let row: Option<ObjectRow> = line.map(|line| self.json(&line)).transpose()?;
        Ok(row.filter(|row| &row.id == id))
    }

    /// The documents that are received by themselves.
    pub fn kept_singles(&self) -> Result<BTreeSet<DocumentId>, StoreError> {
        if !self.singles {
            return Ok(BTreeSet::new());
        }
        let ids: Vec<String> = self.database.run(|c| {
            let mut statement = c.prepare(
                "SELECT id FROM document JOIN single USING (key) WHERE kept AND document.objects IS NULL",
            )?;
            let rows = statement.query_map([], |row| row.get(0))?;
            rows.collect()
        })?;
        let parsed = ids.iter().map(|id| id.parse());
        parsed
            .collect::<Result<_, _>>()
            .map_err(|error: shelf_law::IdError| {
                StoreError::corrupt(&self.database.path, error.to_string())
            })
    }
}
