//! What search gives: the values of the command line's contract.

use super::Absent;
use serde::Serialize;
use shelf_law::Understood;
use shelf_law::{Date, DocumentId, ProvisionId, ValidityState};
use shelf_repo::BrowseRow;

/// The answer to one query.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct SearchResult {
    /// Microseconds from the text of the query to hits with snippets.
    pub took_us: u64,
    /// Best first.
    pub hits: Vec<Hit>,
    /// What the query cites and the shelf does not have, where its document is here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub citation: Option<SearchCitation>,
    /// What the query was taken to mean.
    pub understood: Understood,
}

/// A citation whose document is on the shelf and has no such place.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct SearchCitation {
    /// The document.
    pub document: DocumentId,
    /// Its number, or its title where it has none.
    pub name: String,
    /// The place that it does not have, as a reader says it: `Điều 99`.
    pub missing: String,
}

/// One hit.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Hit {
    /// From 1.
    pub rank: usize,
    /// Score within this list; citations that resolve have no score of their own and stand first.
    pub score: f32,
    /// The document.
    pub document: HitDocument,
    /// Its best provision; `None` where the text stands in none.
    pub provision: Option<HitProvision>,
    /// Page of the original, where known.
    pub page: Option<u32>,
    /// A passage that shows why it was found.
    pub snippet: String,
    /// What to mark in the snippet: first and one-past-last character (Unicode scalar values).
    pub marks: Vec<(usize, usize)>,
    /// Set where the text is not on this machine: it was found by its title and headings, and the
    /// snippet is no more than the heading.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub absent: Option<Absent>,
}

/// The document of a hit.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct HitDocument {
    /// Its id.
    pub id: DocumentId,
    /// Its key in its source.
    pub source_key: String,
    /// Its number.
    pub number: Option<String>,
    /// Its title.
    pub title: String,
    /// Its kind.
    pub kind: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// Day of issue.
    pub issued: Option<Date>,
    /// Its validity today.
    pub validity: HitValidity,
    /// Units in which alone it holds.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub applies_in: Vec<String>,
}

/// A validity with the day of its check.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct HitValidity {
    /// The state on the day of reading.
    pub state: ValidityState,
    /// The day on which the recorded state was last checked.
    pub as_of: Option<Date>,
}

/// The provision of a hit.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct HitProvision {
    /// Its id in the document.
    pub id: ProvisionId,
    /// How a reader cites it, up to the Điều it stands in.
    pub label: String,
    /// The headings above it and its own.
    pub path: String,
}

impl HitDocument {
    /// The document of a row, with its validity as of `today`.
    pub fn of(row: &BrowseRow, today: Date) -> HitDocument {
        HitDocument {
            id: row.id.clone(),
            source_key: row.source_key.clone(),
            number: row.number.clone(),
            title: row.title.clone(),
            kind: row.kind.clone(),
            issuer: row.issuer.clone(),
            issued: row.issued,
            validity: HitValidity {
                state: row.validity.on(today),
                as_of: row.validity.as_of,
            },
            applies_in: row.applies_in.clone(),
        }
    }
}
