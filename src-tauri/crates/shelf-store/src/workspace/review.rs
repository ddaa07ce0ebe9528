//! The review list: what was read in, and why it waits.

use super::Workspace;
use crate::StoreError;
use serde::{Deserialize, Serialize};
use shelf_law::{Date, DocumentFile, DocumentId, FieldName, Product, ValidityState};

/// Where an entry stands on its way to the shelf.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApprovalState {
    /// Read in, not approved yet.
    Pending,
    /// Approved, and what was read last is what was approved.
    Approved,
    /// Approved in an earlier form; a newer one waits.
    Changed,
    /// Taken off the shelf.
    Withdrawn,
}

impl ApprovalState {
    /// Whether a person has to approve it before it is published as it was read last.
    pub fn waits(self) -> bool {
        matches!(self, ApprovalState::Pending | ApprovalState::Changed)
    }
}

/// One line of the review list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct EntrySummary {
    /// The document.
    pub id: DocumentId,
    /// Its source.
    pub source: String,
    /// Its name there: the file, or the `law_id` of an imported row.
    pub file: String,
    /// What it is, as it was read last.
    #[serde(flatten)]
    pub facts: Facts,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub state: ApprovalState,
    /// Why it waits, in words; `None` where it does not wait.
    pub waits_for: Option<String>,
    /// What the reader of the file was not sure of.
    pub doubts: Vec<String>,
}

/// What a person needs to know of a document to approve it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Facts {
    /// Its key as people are shown it: the `law_id` of an imported row, else the number, else the file.
    pub source_key: String,
    /// Its number.
    pub number: Option<String>,
    /// Its kind.
    pub kind: Option<String>,
    /// The product it is; `None` for an act.
    pub product: Option<Product>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// The day on which it was issued.
    pub issued: Option<Date>,
    /// Its validity as recorded.
    pub validity: StatedValidity,
}

/// A state of validity with the day of its check.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct StatedValidity {
    /// The state.
    pub state: ValidityState,
    /// The day on which it was last checked.
    pub as_of: Option<Date>,
}

impl Facts {
    pub(super) fn of(file: &DocumentFile) -> Facts {
        let document = &file.document;
        let text = |name| document.fields.value(name).map(str::to_string);
        Facts {
            source_key: document.source_key.clone(),
            number: text(FieldName::Number),
            kind: text(FieldName::Kind),
            product: document.product,
            issuer: text(FieldName::Issuer),
            issued: text(FieldName::Issued).and_then(|day| day.parse().ok()),
            validity: StatedValidity {
                state: document.validity.state,
                as_of: document.validity.as_of,
            },
        }
    }
}

/// One row as it stands in the table.
struct Row {
    id: String,
    source: String,
    file: String,
    title: String,
    doubts: String,
    waits_for: Option<String>,
    facts: Option<String>,
    /// The packed document, for an entry that was kept before its facts were.
    packed: Option<Vec<u8>>,
    state: ApprovalState,
}

impl Workspace {
    /// Every entry with where it stands, in order of source and key.
    pub fn summaries(&self) -> Result<Vec<EntrySummary>, StoreError> {
        let rows: Vec<Row> = self.database.run(|c| {
            let mut statement = c.prepare(
                "SELECT id, source, source_key, title, doubts, waits_for, facts,
                     CASE WHEN facts IS NULL THEN coalesce(draft, approved) END,
                     draft IS NOT NULL, approved IS NOT NULL, withdrawn_on IS NOT NULL
                 FROM entry ORDER BY source, source_key, ordinal",
            )?;
            let rows = statement.query_map([], |row| {
                let (draft, approved, withdrawn) = (row.get(8)?, row.get(9)?, row.get(10)?);
                Ok(Row {
                    id: row.get(0)?,
                    source: row.get(1)?,
                    file: row.get(2)?,
                    title: row.get(3)?,
                    doubts: row.get(4)?,
                    waits_for: row.get(5)?,
                    facts: row.get(6)?,
                    packed: row.get(7)?,
                    state: match (withdrawn, approved, draft) {
                        (true, ..) => ApprovalState::Withdrawn,
                        (_, false, _) => ApprovalState::Pending,
                        (_, true, false) => ApprovalState::Approved,
                        (_, true, true) => ApprovalState::Changed,
                    },
                })
            })?;
            rows.collect()
        })?;
        rows.into_iter().map(|row| self.summary(row)).collect()
    }

    /// How many entries wait for a person.
    pub fn waiting(&self) -> Result<u64, StoreError> {
        let count: i64 = self.database.run(|c| {
            c.query_row(
                "SELECT count(*) FROM entry WHERE withdrawn_on IS NULL
                     AND (approved IS NULL OR draft IS NOT NULL)",
                [],
                |row| row.get(0),
            )
        })?;
        Ok(count.unsigned_abs())
    }

    /// Whether what was read last of this document waits for a person.
    pub fn waits(&self, id: &DocumentId) -> Result<bool, StoreError> {
        self.database.run(|c| {
            c.prepare_cached("SELECT 1 FROM entry WHERE id = ?1 AND draft IS NOT NULL")?
                .exists([id.as_str()])
        })
    }

    fn summary(&self, row: Row) -> Result<EntrySummary, StoreError> {
        let path = &self.database.path;
        let corrupt = |error: serde_json::Error| StoreError::corrupt(path, error.to_string());
        let facts = match (&row.facts, &row.packed) {
            (Some(facts), _) => serde_json::from_str(facts).map_err(corrupt)?,
            (None, Some(packed)) => {
                let json = zstd::decode_all(packed.as_slice()).map_err(StoreError::io(path))?;
                Facts::of(&serde_json::from_slice(&json).map_err(corrupt)?)
            }
            (None, None) => Facts::default(),
        };
        Ok(EntrySummary {
            id: self.parse_id(&row.id)?,
            source: row.source,
            file: row.file,
            facts,
            title: row.title,
            state: row.state,
            waits_for: match row.state {
                ApprovalState::Approved | ApprovalState::Withdrawn => None,
                _ if row.waits_for.is_some() => row.waits_for,
                ApprovalState::Pending => Some("new, not approved yet".to_string()),
                ApprovalState::Changed => Some("changed since it was approved".to_string()),
            },
            doubts: serde_json::from_str(&row.doubts).unwrap_or_default(),
        })
    }
}
