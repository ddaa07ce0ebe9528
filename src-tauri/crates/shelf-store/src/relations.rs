//! Relations by their far end (`relations.db`). A feed carries each relation with the document that
//! states it; a reader also asks the other way round: who amends this, what rests on it. Derived from
//! the texts: brought up to date document by document, thrown away and made again when damaged.

use crate::StoreError;
use crate::connection::{Database, write_ahead};
use rusqlite::{OptionalExtension, params};
use shelf_law::number::DocumentNumber;
use shelf_law::{Date, ProvisionId, Relation, RelationKind};
use std::collections::HashMap;
use std::path::Path;

/// Grows with the tables below; a file of another one is made again.
const SCHEMA_VERSION: i64 = 1;

const SCHEMA: &str = "
    CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
    CREATE TABLE source(
        key INTEGER PRIMARY KEY,
        revision INTEGER NOT NULL,
        day INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE relation(
        source INTEGER NOT NULL,
        ordinal INTEGER NOT NULL,
        kind INTEGER NOT NULL,
        origin TEXT,
        document INTEGER,
        number TEXT,
        provision TEXT,
        quote TEXT,
        PRIMARY KEY(source, ordinal)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX relation_document ON relation(document, kind) WHERE document IS NOT NULL;
    CREATE INDEX relation_number ON relation(number, kind) WHERE number IS NOT NULL;
";

/// Kinds as they stand in the file. New ones are added at the end.
const KINDS: [RelationKind; 12] = [
    RelationKind::Basis,
    RelationKind::Guides,
    RelationKind::Amends,
    RelationKind::Replaces,
    RelationKind::Repeals,
    RelationKind::Corrects,
    RelationKind::Consolidates,
    RelationKind::Cites,
    RelationKind::Interprets,
    RelationKind::Suspends,
    RelationKind::MovesPower,
    RelationKind::Related,
];

/// The index of relations by their far end.
pub struct Relations {
    database: Database,
}

/// One document as it was read: what it says of others.
#[derive(Clone, Debug)]
pub struct RelationSource<'a> {
    /// Key of its id.
    pub key: u64,
    /// Fingerprint of its text.
    pub revision: u64,
    /// The day that sorts it among others.
    pub day: Option<Date>,
    /// Its relations.
    pub relations: &'a [Relation],
}

/// A relation, seen from its far end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StoredRelation {
    /// Key of the document that states it.
    pub source: u64,
    /// Fingerprint of the text in which it was read.
    pub revision: u64,
    /// How that document stands to this one.
    pub kind: RelationKind,
    /// Where in that document.
    pub from: Option<ProvisionId>,
    /// Key of the document that it points to, where the publisher joined it.
    pub document: Option<u64>,
    /// Key of the number that it points to ([`DocumentNumber::key`]).
    pub number: Option<String>,
    /// The provision of the far end that it points to.
    pub provision: Option<ProvisionId>,
    /// The words that prove it, kept for relations that change the far end.
    pub quote: Option<String>,
}

impl Relations {
    /// Opens the index, creating it where there is none. One of another schema is emptied.
    pub fn open(path: &Path) -> Result<Relations, StoreError> {
        let mut database = Database::plain(path)?;
        database.run(|c| {
            write_ahead(c)?;
            // Derived data: a power cut may cost the last documents, never the file.
            c.pragma_update(None, "synchronous", "NORMAL")
        })?;
        let found: i64 =
            database.run(|c| c.pragma_query_value(None, "user_version", |row| row.get(0)))?;
        if found != SCHEMA_VERSION {
            database.transact(|t| {
                for table in ["meta", "source", "relation"] {
                    t.execute_batch(&format!("DROP TABLE IF EXISTS {table}"))?;
                }
                t.execute_batch(SCHEMA)?;
                t.pragma_update(None, "user_version", SCHEMA_VERSION)
            })?;
        }
        Ok(Relations { database })
    }

    /// Opens a finished index where nothing can be written.
    pub fn open_for_reading(path: &Path) -> Result<Relations, StoreError> {
        let database = Database::immutable(path)?;
        let found: i64 =
            database.run(|c| c.pragma_query_value(None, "user_version", |row| row.get(0)))?;
        if found != SCHEMA_VERSION {
            return Err(StoreError::corrupt(path, "the index is of another version"));
        }
        Ok(Relations { database })
    }

    /// Throws the file away, so that it is made again.
    pub fn remove(path: &Path) -> Result<(), StoreError> {
        for suffix in ["", "-wal", "-shm"] {
            let mut file = path.as_os_str().to_owned();
            file.push(suffix);
            let file = Path::new(&file);
            match std::fs::remove_file(file) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(StoreError::io(file)(error));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// What the last complete update left: of which shelf this is the index.
    pub fn stamp(&self) -> Result<Option<String>, StoreError> {
        self.database.run(|c| {
            c.query_row("SELECT value FROM meta WHERE key = 'stamp'", [], |row| {
                row.get(0)
            })
            .optional()
        })
    }

    /// Says that the index is now that of this shelf.
    pub fn set_stamp(&mut self, stamp: &str) -> Result<(), StoreError> {
        self.database.transact(|t| {
            t.execute(
                "INSERT OR REPLACE INTO meta(key, value) VALUES ('stamp', ?1)",
                [stamp],
            )?;
            Ok(())
        })
    }

    /// The documents that the index holds: key and fingerprint.
    pub fn sources(&self) -> Result<HashMap<u64, u64>, StoreError> {
        self.database.run(|c| {
            let mut statement = c.prepare("SELECT key, revision FROM source")?;
            let rows = statement.query_map([], |row| {
                let (key, revision): (i64, i64) = (row.get(0)?, row.get(1)?);
                Ok((key.cast_unsigned(), revision.cast_unsigned()))
            })?;
            rows.collect()
        })
    }

    /// Fingerprint of the text that was read of a document; `None` where none was.
    pub fn revision(&self, source: u64) -> Result<Option<u64>, StoreError> {
        self.database.run(|c| {
            let mut statement = c.prepare_cached("SELECT revision FROM source WHERE key = ?1")?;
            let found = statement.query_row([source.cast_signed()], |row| row.get::<_, i64>(0));
            Ok(found.optional()?.map(i64::cast_unsigned))
        })
    }

    /// Takes documents out, and puts documents in with all that they say, in one transaction.
    pub fn apply(&mut self, out: &[u64], put: &[RelationSource<'_>]) -> Result<(), StoreError> {
        self.database.transact(|t| {
            for key in out.iter().chain(put.iter().map(|source| &source.key)) {
                let key = key.cast_signed();
                t.prepare_cached("DELETE FROM relation WHERE source = ?1")?
                    .execute([key])?;
                t.prepare_cached("DELETE FROM source WHERE key = ?1")?
                    .execute([key])?;
            }
            let mut insert_source = t.prepare_cached("INSERT INTO source VALUES (?1, ?2, ?3)")?;
            let mut insert =
                t.prepare_cached("INSERT INTO relation VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?;
            for source in put {
                let key = source.key.cast_signed();
                insert_source.execute(params![
                    key,
                    source.revision.cast_signed(),
                    source.day.map_or(0, sortable)
                ])?;
                for (ordinal, relation) in source.relations.iter().enumerate() {
                    let number = relation
                        .to
                        .number
                        .as_deref()
                        .and_then(DocumentNumber::parse);
                    let quote = relation.quote.as_deref().filter(|_| changes(relation.kind));
                    insert.execute(params![
                        key,
                        i64::try_from(ordinal).unwrap_or(i64::MAX),
                        code(relation.kind),
                        relation.from.as_ref().map(ProvisionId::as_str),
                        relation
                            .to
                            .document
                            .as_ref()
                            .map(|id| id.key().cast_signed()),
                        number.as_ref().map(DocumentNumber::key),
                        relation.to.provision.as_ref().map(ProvisionId::as_str),
                        quote,
                    ])?;
                }
            }
            Ok(())
        })
    }

    /// Relations of one kind that point to a document, by its key or by its number where they name
    /// no document; the newest sources first, `most` at most after the first `after`.
    pub fn towards(
        &self,
        document: u64,
        number_key: Option<&str>,
        kind: RelationKind,
        (after, most): (usize, usize),
    ) -> Result<Vec<StoredRelation>, StoreError> {
        let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        self.select(
            "(relation.document = ?1 OR relation.document IS NULL AND relation.number = ?2)
             AND relation.kind = ?3 ORDER BY source.day DESC, relation.source, relation.ordinal
             LIMIT ?4 OFFSET ?5",
            params![
                document.cast_signed(),
                number_key,
                code(kind),
                count(most),
                count(after)
            ],
        )
    }

    /// How many relations of each kind point to a document, in the order of the kinds.
    pub fn counts_towards(
        &self,
        document: u64,
        number_key: Option<&str>,
    ) -> Result<Vec<(RelationKind, usize)>, StoreError> {
        let found: Vec<(i64, i64)> = self.database.run(|c| {
            let mut statement = c.prepare_cached(
                "SELECT kind, count(*) FROM relation
                 WHERE document = ?1 OR document IS NULL AND number = ?2
                 GROUP BY kind ORDER BY kind",
            )?;
            let rows = statement.query_map(params![document.cast_signed(), number_key], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
            rows.collect()
        })?;
        Ok(found
            .into_iter()
            .filter_map(|(code, count)| {
                Some((kind_of(code)?, usize::try_from(count).unwrap_or(usize::MAX)))
            })
            .collect())
    }

    /// Relations of one kind that a document states, in its order.
    pub fn stated(
        &self,
        source: u64,
        kind: RelationKind,
    ) -> Result<Vec<StoredRelation>, StoreError> {
        self.select(
            "relation.source = ?1 AND relation.kind = ?2 ORDER BY relation.ordinal",
            params![source.cast_signed(), code(kind)],
        )
    }

    fn select(
        &self,
        condition: &str,
        values: &[&dyn rusqlite::ToSql],
    ) -> Result<Vec<StoredRelation>, StoreError> {
        self.database.run(|c| {
            let mut statement = c.prepare_cached(&format!(
                "SELECT relation.source, relation.kind, relation.origin, relation.document,
                        relation.number, relation.provision, relation.quote, source.revision
                 FROM relation JOIN source ON source.key = relation.source WHERE {condition}"
            ))?;
            let mut rows = statement.query(values)?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let Some(kind) = kind_of(row.get(1)?) else {
                    continue;
                };
                let source: i64 = row.get(0)?;
                let provision = |index: usize| -> rusqlite::Result<Option<ProvisionId>> {
                    let text: Option<String> = row.get(index)?;
                    Ok(text.and_then(|text| text.parse().ok()))
                };
                found.push(StoredRelation {
                    source: source.cast_unsigned(),
                    revision: row.get::<_, i64>(7)?.cast_unsigned(),
                    kind,
                    from: provision(2)?,
                    document: row.get::<_, Option<i64>>(3)?.map(i64::cast_unsigned),
                    number: row.get(4)?,
                    provision: provision(5)?,
                    quote: row.get(6)?,
                });
            }
            Ok(found)
        })
    }
}

/// Whether a relation of this kind changes what the far end says.
fn changes(kind: RelationKind) -> bool {
    matches!(
        kind,
        RelationKind::Amends
            | RelationKind::Replaces
            | RelationKind::Repeals
            | RelationKind::Corrects
            | RelationKind::Suspends
            | RelationKind::MovesPower
    )
}

fn code(kind: RelationKind) -> i64 {
    let at = KINDS.iter().position(|known| *known == kind);
    at.and_then(|at| i64::try_from(at).ok())
        .expect("every kind stands in the table, as a test shows")
}

fn kind_of(code: i64) -> Option<RelationKind> {
    KINDS.get(usize::try_from(code).ok()?).copied()
}

/// A day as a number that sorts.
fn sortable(day: Date) -> i64 {
    day.to_string().replace('-', "").parse().unwrap_or_default()
}

#[cfg(test)]
mod tests;
