//! A place in a document, and the small conversions between rows and types.

use jiff::Timestamp;
use rusqlite::types::Type;
use serde::{Deserialize, Serialize};
use shelf_law::{ContentHash, ProvisionId};
use unicode_normalization::UnicodeNormalization;

/// Where in a document something stands. With nothing set it is the document as a whole.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    /// The provision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provision: Option<ProvisionId>,
    /// The original or media file, where the place is in one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<ContentHash>,
    /// The page, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Milliseconds from the start of a recording.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_ms: Option<u64>,
}

/// NFC, and otherwise letter by letter what the person wrote.
pub(super) fn nfc(text: &str) -> String {
    text.nfc().collect()
}

/// At most this many characters of a text, in NFC.
pub(super) fn cut(text: &str, most: usize) -> String {
    text.nfc().take(most).collect()
}

/// The words of a text in one line with single spaces, in NFC.
pub(super) fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    nfc(&words.join(" "))
}

/// The instant in column `at`.
pub(super) fn instant(row: &rusqlite::Row<'_>, at: usize) -> rusqlite::Result<Timestamp> {
    read_instant(at, row.get(at)?)
}

pub(super) fn optional_instant(
    row: &rusqlite::Row<'_>,
    at: usize,
) -> rusqlite::Result<Option<Timestamp>> {
    let stored: Option<i64> = row.get(at)?;
    stored.map(|stored| read_instant(at, stored)).transpose()
}

fn read_instant(at: usize, microseconds: i64) -> rusqlite::Result<Timestamp> {
    Timestamp::from_microsecond(microseconds)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(at, Type::Integer, error.into()))
}
