//! What a person approved, and what they took off the shelf.

use super::{StagedObject, Workspace};
use crate::StoreError;
use rusqlite::{OptionalExtension, params};
use shelf_law::{Date, DocumentFile, DocumentId};
use shelf_repo::Withdrawn;
use std::path::PathBuf;

/// The approved form of a document, packed.
#[derive(Clone, Debug)]
pub struct ApprovedForm {
    path: PathBuf,
    blob: Vec<u8>,
    objects: String,
}

impl ApprovedForm {
    /// Unpacks it.
    pub fn open(&self) -> Result<(DocumentFile, Vec<StagedObject>), StoreError> {
        let corrupt = |error: serde_json::Error| StoreError::corrupt(&self.path, error.to_string());
        let json = zstd::decode_all(self.blob.as_slice()).map_err(StoreError::io(&self.path))?;
        let file = serde_json::from_slice(&json).map_err(corrupt)?;
        let objects = serde_json::from_str(&self.objects).map_err(corrupt)?;
        Ok((file, objects))
    }
}

impl Workspace {
    /// Approves what was read last; a withdrawn document returns to the shelf. Says whether
    /// anything changed.
    pub fn approve(&mut self, id: &DocumentId) -> Result<bool, StoreError> {
        let changed = self.database.run(|c| {
            c.prepare_cached(
                "UPDATE entry SET
                     approved = coalesce(draft, approved),
                     approved_sha256 = coalesce(draft_sha256, approved_sha256),
                     approved_objects = coalesce(draft_objects, approved_objects),
                     draft = NULL, draft_sha256 = NULL, draft_objects = NULL, waits_for = NULL,
                     withdrawn_on = NULL, withdrawn_reason = NULL
                 WHERE id = ?1 AND (draft IS NOT NULL OR withdrawn_on IS NOT NULL)",
            )?
            .execute([id.as_str()])
        })?;
        Ok(changed > 0)
    }

    /// Takes a document off the shelf, with the reason that readers will see. Says whether it was
    /// on it.
    pub fn withdraw(
        &mut self,
        id: &DocumentId,
        on: Date,
        reason: &str,
    ) -> Result<bool, StoreError> {
        let changed = self.database.run(|c| {
            c.execute(
                "UPDATE entry SET withdrawn_on = ?2, withdrawn_reason = ?3
                 WHERE id = ?1 AND withdrawn_on IS NULL AND approved IS NOT NULL",
                params![id.as_str(), on.to_string(), reason],
            )
        })?;
        Ok(changed > 0)
    }

    /// The ids of everything approved and not withdrawn, sorted.
    pub fn approved_ids(&self) -> Result<Vec<DocumentId>, StoreError> {
        self.ids("approved IS NOT NULL AND withdrawn_on IS NULL")
    }

    /// The ids of everything that was approved once and then withdrawn, sorted.
    pub fn withdrawn_ids(&self) -> Result<Vec<DocumentId>, StoreError> {
        self.ids("approved IS NOT NULL AND withdrawn_on IS NOT NULL")
    }

    /// The approved form of a document, still packed: unpacking it needs no database.
    pub fn approved(&self, id: &DocumentId) -> Result<Option<ApprovedForm>, StoreError> {
        self.database.run(|c| {
            c.prepare_cached(
                "SELECT approved, approved_objects FROM entry
                 WHERE id = ?1 AND approved IS NOT NULL",
            )?
            .query_row([id.as_str()], |row| {
                Ok(ApprovedForm {
                    path: self.database.path.clone(),
                    blob: row.get(0)?,
                    objects: row.get(1)?,
                })
            })
            .optional()
        })
    }

    /// What tells one approved form from another: the hash of its JSON, and its objects.
    pub fn approved_hashes(
        &self,
        id: &DocumentId,
    ) -> Result<Option<(String, Vec<StagedObject>)>, StoreError> {
        let found: Option<(String, String)> = self.database.run(|c| {
            c.prepare_cached(
                "SELECT approved_sha256, approved_objects FROM entry
                 WHERE id = ?1 AND approved IS NOT NULL",
            )?
            .query_row([id.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()
        })?;
        let Some((sha256, objects)) = found else {
            return Ok(None);
        };
        let objects = serde_json::from_str(&objects)
            .map_err(|error| StoreError::corrupt(&self.database.path, format!("{id}: {error}")))?;
        Ok(Some((sha256, objects)))
    }

    /// When and why a document was withdrawn.
    pub fn withdrawal(&self, id: &DocumentId) -> Result<Option<Withdrawn>, StoreError> {
        let found: Option<(String, String)> = self.database.run(|c| {
            c.query_row(
                "SELECT withdrawn_on, withdrawn_reason FROM entry
                 WHERE id = ?1 AND withdrawn_on IS NOT NULL",
                [id.as_str()],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()
        })?;
        found
            .map(|(on, reason)| {
                let on = on
                    .parse()
                    .map_err(|e| StoreError::corrupt(&self.database.path, format!("{id}: {e}")))?;
                Ok(Withdrawn { on, reason })
            })
            .transpose()
    }
}
