//! A publisher's workspace: every document that was ever read in, what was read last, and what a
//! person approved. What is published is only ever the approved copy.

mod approved;
mod heads;
mod review;

pub use approved::ApprovedForm;
pub use review::{ApprovalState, EntrySummary, Facts, StatedValidity};

use crate::StoreError;
use crate::connection::Database;
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};
use shelf_law::{ContentHash, DocumentFile, DocumentId, DocumentNumber, FieldName};
use shelf_repo::{Blob, ObjectRole};
use std::path::Path;

const MIGRATIONS: &[&str] = &[
    "
    CREATE TABLE entry(
        id TEXT PRIMARY KEY,
        source TEXT NOT NULL,
        source_key TEXT NOT NULL,
        ordinal INTEGER NOT NULL,
        identity TEXT,
        number_key TEXT,
        title TEXT NOT NULL,
        doubts TEXT NOT NULL,
        draft BLOB,
        draft_sha256 TEXT,
        draft_objects TEXT,
        approved BLOB,
        approved_sha256 TEXT,
        approved_objects TEXT,
        withdrawn_on TEXT,
        withdrawn_reason TEXT,
        UNIQUE(source, source_key, ordinal)
    ) STRICT;
    CREATE INDEX entry_identity ON entry(identity) WHERE identity IS NOT NULL;
    CREATE TABLE setting(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
",
    "
    ALTER TABLE entry ADD COLUMN said TEXT;
    ALTER TABLE entry ADD COLUMN waits_for TEXT;
    ALTER TABLE entry ADD COLUMN facts TEXT;
    CREATE TABLE head(sha256 TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT;
",
];

/// An original or media file that stands in the workspace's object folder.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StagedObject {
    /// What it is to its document.
    pub role: ObjectRole,
    /// File name to offer.
    pub name: String,
    /// IANA media type.
    pub media_type: String,
    /// Its bytes.
    #[serde(flatten)]
    pub blob: Blob,
}

/// What was read from an origin before.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OriginEntry {
    /// Its id.
    pub id: DocumentId,
    /// The identity it had, where it had one.
    pub identity: Option<String>,
    /// The number it had, in the form for comparing.
    pub number_key: Option<String>,
    /// The title it had.
    pub title: String,
    /// Its files.
    pub objects: Vec<StagedObject>,
    /// What its list and sidecar said last, as the engine wrote it.
    pub said: Option<String>,
    /// Why a person must look at it before it is approved.
    pub waits_for: Option<String>,
}

/// A document as it was read.
#[derive(Clone, Copy, Debug)]
pub struct NewForm<'a> {
    /// Where it came from: source, key there, ordinal among equals.
    pub origin: (&'a str, &'a str, u32),
    /// Its identity, where it has one.
    pub identity: Option<&'a str>,
    /// The document.
    pub file: &'a DocumentFile,
    /// Its files.
    pub objects: &'a [StagedObject],
    /// What the reader of the file was not sure of.
    pub doubts: &'a [String],
    /// What its list and sidecar said, to be remembered as it stands here.
    pub said: Option<&'a str>,
    /// Why a person must look at it before it is approved: it is then never approved with this call.
    pub waits_for: Option<&'a str>,
}

/// What reading a document in did to the workspace.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PutOutcome {
    /// It was not there before.
    Added,
    /// It was there in another form.
    Updated,
    /// It was there exactly so.
    Unchanged,
}

/// What tells one form of a document from another.
#[derive(PartialEq, Eq)]
struct Form {
    /// Hash of its JSON.
    sha256: String,
    /// Its objects as JSON.
    objects: String,
}

/// An open workspace database (`workspace.db`).
pub struct Workspace {
    database: Database,
}

impl Workspace {
    /// Opens the database, creating it where there is none.
    pub fn open(path: &Path) -> Result<Workspace, StoreError> {
        Ok(Workspace {
            database: Database::durable(path, MIGRATIONS)?,
        })
    }

    /// The entry of this origin, where it was read in before.
    pub fn by_origin(
        &self,
        source: &str,
        source_key: &str,
        ordinal: u32,
    ) -> Result<Option<OriginEntry>, StoreError> {
        let found = self.database.run(|c| {
            c.prepare_cached(
                "SELECT id, identity, number_key, title, coalesce(draft_objects, approved_objects),
                     said, waits_for
                 FROM entry WHERE source = ?1 AND source_key = ?2 AND ordinal = ?3",
            )?
            .query_row(params![source, source_key, ordinal], |row| {
                let texts = (row.get::<_, String>(0)?, row.get::<_, String>(4)?);
                let kept = (row.get(5)?, row.get(6)?);
                Ok((texts, row.get(1)?, row.get(2)?, row.get(3)?, kept))
            })
            .optional()
        })?;
        let Some(((id, objects), identity, number_key, title, kept)) = found else {
            return Ok(None);
        };
        let corrupt = |error: serde_json::Error| {
            StoreError::corrupt(&self.database.path, format!("{id}: {error}"))
        };
        Ok(Some(OriginEntry {
            objects: serde_json::from_str(&objects).map_err(corrupt)?,
            id: self.parse_id(&id)?,
            identity,
            number_key,
            title,
            said: kept.0,
            waits_for: kept.1,
        }))
    }

    /// Documents of this identity (kind, number, issuer, day), sorted by id.
    pub fn by_identity(&self, identity: &str) -> Result<Vec<DocumentId>, StoreError> {
        let ids: Vec<String> = self.database.run(|c| {
            let mut statement =
                c.prepare_cached("SELECT id FROM entry WHERE identity = ?1 ORDER BY id")?;
            let rows = statement.query_map([identity], |row| row.get(0))?;
            rows.collect()
        })?;
        ids.iter().map(|id| self.parse_id(id)).collect()
    }

    /// Whether this id is taken.
    pub fn contains(&self, id: &DocumentId) -> Result<bool, StoreError> {
        self.database.run(|c| {
            c.prepare_cached("SELECT 1 FROM entry WHERE id = ?1")?
                .exists([id.as_str()])
        })
    }

    /// Runs several writes as one: all of them are kept, or none.
    pub fn batch<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&mut Workspace) -> Result<T, E>,
    ) -> Result<T, E> {
        self.database.run(|c| c.execute_batch("BEGIN IMMEDIATE"))?;
        match work(self) {
            Ok(value) => {
                self.database.run(|c| c.execute_batch("COMMIT"))?;
                Ok(value)
            }
            Err(error) => {
                // The first error counts; a failing rollback leaves an open transaction that
                // closing the file undoes.
                let _ = self.database.run(|c| c.execute_batch("ROLLBACK"));
                Err(error)
            }
        }
    }

    /// Keeps a document as read. Reading the same thing again changes nothing; an approval stays
    /// with the form that was approved. With `approve`, this form is approved at once.
    pub fn put(&mut self, new: &NewForm<'_>, approve: bool) -> Result<PutOutcome, StoreError> {
        let NewForm { file, objects, .. } = *new;
        let approve = approve && new.waits_for.is_none();
        let json = serde_json::to_vec(file).expect("a document is plain data");
        let form = Form {
            sha256: ContentHash::of(&json).to_string(),
            objects: serde_json::to_string(objects).expect("objects are plain data"),
        };
        let doubts = serde_json::to_string(new.doubts).expect("doubts are plain data");
        let facts = serde_json::to_string(&Facts::of(file)).expect("facts are plain data");
        let id = file.document.id.as_str();
        let found = self.database.run(|c| {
            c.prepare_cached(
                "SELECT draft_sha256, draft_objects, approved_sha256, approved_objects,
                     withdrawn_on IS NOT NULL FROM entry WHERE id = ?1",
            )?
            .query_row([id], |row| {
                let form = |at| {
                    let pair = (row.get::<_, Option<String>>(at)?, row.get(at + 1)?);
                    let form = |(sha256, objects): (Option<String>, Option<String>)| {
                        Some(Form {
                            sha256: sha256?,
                            objects: objects?,
                        })
                    };
                    Ok::<_, rusqlite::Error>(form(pair))
                };
                Ok((form(0)?, form(2)?, row.get::<_, bool>(4)?))
            })
            .optional()
        })?;
        let is_new = found.is_none();
        let (draft, approved, withdrawn) = found.unwrap_or_default();
        let is_approved_form = approved.as_ref() == Some(&form);
        let unchanged = draft.as_ref().or(approved.as_ref()) == Some(&form);
        if unchanged {
            // The words are the same; what is said and doubted about them may not be.
            self.database.run(|c| {
                c.prepare_cached(
                    "UPDATE entry SET said = ?2, doubts = ?3, facts = ?4 WHERE id = ?1
                     AND (said IS NOT ?2 OR doubts IS NOT ?3 OR facts IS NOT ?4)",
                )?
                .execute(params![id, new.said, doubts, facts])
            })?;
        }
        if unchanged && (!approve || (is_approved_form && !withdrawn)) {
            return Ok(PutOutcome::Unchanged);
        }
        if !unchanged {
            let blob = zstd::encode_all(json.as_slice(), 3)
                .map_err(StoreError::io(&self.database.path))?;
            let title = file.document.display_title();
            let number = file.document.fields.value(FieldName::Number);
            let number = number.and_then(DocumentNumber::parse);
            let number_key = number.as_ref().map(DocumentNumber::key);
            // A form that equals the approved one needs no draft beside it.
            let draft = (!is_approved_form).then_some((blob, form));
            let (blob, form) = draft.unzip();
            let waits_for = new.waits_for.filter(|_| form.is_some());
            self.database.run(|c| {
                c.prepare_cached(
                    "INSERT INTO entry(id, source, source_key, ordinal, identity, title, doubts,
                         draft, draft_sha256, draft_objects, number_key, said, waits_for, facts)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
                     ON CONFLICT(id) DO UPDATE SET identity = excluded.identity,
                         number_key = excluded.number_key, title = excluded.title,
                         doubts = excluded.doubts, draft = excluded.draft,
                         draft_sha256 = excluded.draft_sha256,
                         draft_objects = excluded.draft_objects, said = excluded.said,
                         waits_for = excluded.waits_for, facts = excluded.facts",
                )?
                .execute(params![
                    id,
                    new.origin.0,
                    new.origin.1,
                    new.origin.2,
                    new.identity,
                    title,
                    doubts,
                    blob,
                    form.as_ref().map(|form| &form.sha256),
                    form.as_ref().map(|form| &form.objects),
                    number_key,
                    new.said,
                    waits_for,
                    facts,
                ])
            })?;
        }
        if approve {
            self.approve(&file.document.id)?;
        }
        Ok(match (is_new, unchanged) {
            (true, _) => PutOutcome::Added,
            (false, false) => PutOutcome::Updated,
            (false, true) => PutOutcome::Unchanged,
        })
    }

    /// Writes a consistent copy of the database to a new file.
    pub fn copy_to(&self, path: &Path) -> Result<(), StoreError> {
        self.database.run(|c| {
            c.execute("VACUUM INTO ?1", [path.to_string_lossy().as_ref()])
                .map(|_| ())
        })
    }

    /// A setting of the workspace (the shelf's name …).
    pub fn setting(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.database.run(|c| {
            c.query_row("SELECT value FROM setting WHERE key = ?1", [key], |row| {
                row.get(0)
            })
            .optional()
        })
    }

    /// Sets a setting of the workspace.
    pub fn set_setting(&mut self, key: &str, value: &str) -> Result<(), StoreError> {
        self.database.run(|c| {
            c.execute(
                "INSERT OR REPLACE INTO setting(key, value) VALUES (?1, ?2)",
                [key, value],
            )
        })?;
        Ok(())
    }

    fn ids(&self, condition: &str) -> Result<Vec<DocumentId>, StoreError> {
        let ids: Vec<String> = self.database.run(|c| {
            let mut statement = c.prepare(&format!(
                "SELECT id FROM entry WHERE {condition} ORDER BY id"
            ))?;
            let rows = statement.query_map([], |row| row.get(0))?;
            rows.collect()
        })?;
        ids.iter().map(|id| self.parse_id(id)).collect()
    }

    fn parse_id(&self, id: &str) -> Result<DocumentId, StoreError> {
        id.parse()
            .map_err(|error| StoreError::corrupt(&self.database.path, format!("{error}")))
    }
}

#[cfg(test)]
mod tests;
