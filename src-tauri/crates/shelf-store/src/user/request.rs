//! Table `request`: what a person wants to ask Sở for, kept until it can be sent. Nothing here sends
//! anything.

use super::place::{cut, instant, nfc, one_line, optional_instant};
use super::{UserError, UserStore};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const LONGEST_QUESTION: usize = 2_000;
const LONGEST_FIELD: usize = 200;
const LONGEST_SEARCH: usize = 300;
/// Of all filters together, as they are kept.
const LONGEST_FILTERS: usize = 4_000;

/// A search that goes along with a request.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Searched {
    /// The words that were searched.
    pub words: String,
    /// The filters that were set: values by name, as in the address of the search.
    pub filters: BTreeMap<String, Vec<String>>,
}

/// A request as a person makes it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RequestDraft {
    /// The question, as citizens say it.
    pub question: String,
    /// The field that it belongs to (lĩnh vực), where one was named.
    pub field: Option<String>,
    /// The search behind it, where the person lets it go along.
    pub searched: Option<Searched>,
}

/// A request that is kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RequestRow {
    /// Its number, which is never given again.
    pub id: i64,
    /// The question, as citizens say it.
    pub question: String,
    /// The field that it belongs to, where one was named.
    pub field: Option<String>,
    /// The search behind it, where the person lets it go along.
    pub searched: Option<Searched>,
    /// When it was made.
    pub made_at: Timestamp,
    /// When it was removed; it can be restored for 30 days.
    pub deleted_at: Option<Timestamp>,
}

const SELECT: &str = "SELECT id, question, field, searched, made_at, deleted_at FROM request";

impl UserStore {
    /// Keeps a request. One that says the same and is there already is that one: whoever got no
    /// answer asks again. A question or filters that are too long are refused as they are; the words
    /// of the search are cut after 300 characters.
    pub fn put_request(
        &mut self,
        draft: &RequestDraft,
        at: Timestamp,
    ) -> Result<RequestRow, UserError> {
        let question = nfc(draft.question.trim());
        if question.is_empty() {
            return Err(UserError::NoQuestion);
        }
        within("question", &question, LONGEST_QUESTION)?;
        let field = draft
            .field
            .as_deref()
            .map(|field| cut(&one_line(field), LONGEST_FIELD))
            .filter(|field| !field.is_empty());
        let searched = draft.searched.as_ref().map(kept).transpose()?;
        self.write(|t| {
            let same = t
                .prepare_cached(
                    "SELECT id FROM request WHERE deleted_at IS NULL
                         AND question = ?1 AND field IS ?2 AND searched IS ?3 ORDER BY id LIMIT 1",
                )?
                .query_row(params![question, field, searched], |row| row.get(0))
                .optional()?;
            let id: i64 = match same {
                Some(id) => id,
                None => {
                    t.prepare_cached(
                        "INSERT INTO request(question, field, searched, made_at)
                         VALUES (?1, ?2, ?3, ?4)",
                    )?
                    .execute(params![
                        question,
                        field,
                        searched,
                        at.as_microsecond()
                    ])?;
                    t.last_insert_rowid()
                }
            };
            Ok(one(t, id)?.ok_or_else(|| missing(id))?)
        })
    }

    /// Requests that were not removed, the newest first.
    pub fn requests(&self) -> Result<Vec<RequestRow>, UserError> {
        Ok(self.database.run(|c| {
            c.prepare_cached(&format!(
                "{SELECT} WHERE deleted_at IS NULL ORDER BY id DESC"
            ))?
            .query_map([], read)?
            .collect()
        })?)
    }

    /// Removes a request, for 30 days with a way back. Says whether it was there.
    pub fn remove_request(&mut self, id: i64, at: Timestamp) -> Result<bool, UserError> {
        self.write(|t| {
            let sql = "UPDATE request SET deleted_at = ?2 WHERE id = ?1 AND deleted_at IS NULL";
            Ok(t.execute(sql, params![id, at.as_microsecond()])? > 0)
        })
    }

    /// Brings a removed request back.
    pub fn restore_request(&mut self, id: i64) -> Result<RequestRow, UserError> {
        self.write(|t| {
            t.execute("UPDATE request SET deleted_at = NULL WHERE id = ?1", [id])?;
            Ok(one(t, id)?.ok_or_else(|| missing(id))?)
        })
    }
}

pub(super) fn any_removed_before(c: &Connection, limit: i64) -> rusqlite::Result<bool> {
    c.prepare("SELECT 1 FROM request WHERE deleted_at < ?1")?
        .exists([limit])
}

pub(super) fn purge(c: &Connection, limit: i64) -> rusqlite::Result<()> {
    c.execute("DELETE FROM request WHERE deleted_at < ?1", [limit])?;
    Ok(())
}

fn kept(searched: &Searched) -> Result<String, UserError> {
    let filters = searched.filters.iter().map(|(name, values)| {
        let values = values.iter().map(|value| one_line(value)).collect();
        (one_line(name), values)
    });
    let searched = Searched {
        words: cut(&one_line(&searched.words), LONGEST_SEARCH),
        filters: filters.collect(),
    };
    let text = serde_json::to_string(&searched).expect("strings under strings");
    within("filters", &text, LONGEST_SEARCH + LONGEST_FILTERS)?;
    Ok(text)
}

fn within(what: &'static str, text: &str, most: usize) -> Result<(), UserError> {
    match text.chars().count() {
        length if length > most => Err(UserError::TooLong { what, length, most }),
        _ => Ok(()),
    }
}

fn one(c: &Connection, id: i64) -> rusqlite::Result<Option<RequestRow>> {
    c.prepare_cached(&format!("{SELECT} WHERE id = ?1"))?
        .query_row([id], read)
        .optional()
}

fn read(row: &Row<'_>) -> rusqlite::Result<RequestRow> {
    let searched: Option<String> = row.get(3)?;
    Ok(RequestRow {
        id: row.get(0)?,
        question: row.get(1)?,
        field: row.get(2)?,
        // The question is what counts: it is there without a search that cannot be read.
        searched: searched.and_then(|text| serde_json::from_str(&text).ok()),
        made_at: instant(row, 4)?,
        deleted_at: optional_instant(row, 5)?,
    })
}

fn missing(id: i64) -> UserError {
    UserError::Missing {
        what: "request",
        id,
    }
}
