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
    /// What is to be said of a citation: its document is here without the place, or several acts
    /// share it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub citation: Option<SearchCitation>,
    /// What the query was taken to mean.
    pub understood: Understood,
}

/// A citation whose document has no such place, or that several documents share.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct SearchCitation {
    /// The document; the likeliest of several.
    pub document: DocumentId,
    /// Its number, or its title where it has none.
    pub name: String,
    /// The place that it does not have, as a reader says it: `Điều 99`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<String>,
    /// The documents that share what was cited, the likeliest first; none where it is clear.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<CitationChoice>,
}

/// One of several documents that a citation may mean.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct CitationChoice {
    /// The document.
    pub id: DocumentId,
    /// Its key in its source.
    pub source_key: String,
    /// Its number.
    pub number: Option<String>,
    /// Its title.
    pub title: String,
    /// Who issued it.
    pub issuer: Option<String>,
    /// Day of issue.
    pub issued: Option<Date>,
    /// Its validity today.
    pub validity: HitValidity,
    /// Units in which alone it holds.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub applies_in: Vec<String>,
    /// The provision cited, where one is and the document is known to have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provision: Option<ProvisionId>,
}

impl CitationChoice {
    /// A row as a choice, with its validity as of `today`.
    pub(super) fn of(row: &BrowseRow, provision: Option<ProvisionId>, today: Date) -> Self {
        let document = HitDocument::of(row, today);
        Self {
            id: document.id,
            source_key: document.source_key,
            number: document.number,
            title: document.title,
            issuer: document.issuer,
            issued: document.issued,
            validity: document.validity,
            applies_in: document.applies_in,
            provision,
        }
    }
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
