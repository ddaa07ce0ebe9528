//! Table `mark`: bookmarks and notes, which are one thing.

use super::place::{Place, cut, instant, nfc, optional_instant};
use super::{UserError, UserStore, folder};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, ToSql, params};
use shelf_law::DocumentId;
use shelf_law::fold::fold;
use std::collections::BTreeMap;

const LONGEST_NOTE: usize = 20_000;
const LONGEST_QUOTE: usize = 400;
const LONGEST_TITLE: usize = 1_000;
const LONGEST_LABEL: usize = 200;
/// More words in a filter than this narrow nothing down.
const MOST_WORDS: usize = 20;

/// A mark as it is put: everything but what the store adds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MarkDraft {
    /// The mark to change, or `None` for a new one.
    pub id: Option<i64>,
    /// The document.
    pub document: DocumentId,
    /// Where in it.
    pub place: Place,
    /// The words it stands on; 400 characters of them are kept.
    pub quote: String,
    /// The document's title, for when the document is not on the machine.
    pub title: String,
    /// How a reader cites the place: `khoản 2 Điều 12`, `trang 3`, `03:12`.
    pub label: String,
    /// The person's words; none make it a plain bookmark.
    pub note: String,
    /// 0 to 3.
    pub colour: u8,
    /// The folder it is in.
    pub folder: Option<i64>,
    /// Hash of the text that it was made on.
    pub revision: String,
}

/// A mark.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MarkRow {
    /// Its number, which is never given again.
    pub id: i64,
    /// The document.
    pub document: DocumentId,
    /// Where in it.
    pub place: Place,
    /// The words it stands on.
    pub quote: String,
    /// The document's title when it was made.
    pub title: String,
    /// How a reader cites the place.
    pub label: String,
    /// The person's words, perhaps none.
    pub note: String,
    /// 0 to 3.
    pub colour: u8,
    /// The folder it is in; none where that folder was removed.
    pub folder: Option<i64>,
    /// Hash of the text that it was made on.
    pub revision: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was put last.
    pub changed_at: Timestamp,
    /// When it was removed; it can be restored for 30 days.
    pub deleted_at: Option<Timestamp>,
}

/// Which folder marks are in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum InFolder {
    /// Any, or none.
    #[default]
    Any,
    /// None.
    Unfiled,
    /// This one.
    Folder(i64),
}

/// Which marks to list; the default is all that are not removed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct MarkFilter {
    /// Those on this document.
    pub document: Option<DocumentId>,
    /// Those in this folder.
    pub folder: InFolder,
    /// Only those with words of the person.
    pub with_note: bool,
    /// Those that hold every one of these words, or parts of words, in note, quote, title or label,
    /// whatever the accents and capitals.
    pub text: String,
}

/// How many marks there are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct MarkCounts {
    /// All that are not removed.
    pub all: u64,
    /// Those in no folder.
    pub unfiled: u64,
}

const SELECT: &str = "SELECT mark.id, document, provision, object, page, time_ms, quote, title,
        label, note, colour, folder.id, revision, created_at, changed_at, mark.deleted_at
    FROM mark LEFT JOIN folder ON folder.id = mark.folder AND folder.deleted_at IS NULL";

impl UserStore {
    /// Makes a mark, or replaces everything of one but its number and when it was made. Putting a
    /// mark that was removed meanwhile brings it back. A new mark that would say the same of the same
    /// words as one that is there is that one: whoever got no answer asks again. A note that is too
    /// long is refused as it is.
    pub fn put_mark(&mut self, draft: &MarkDraft, at: Timestamp) -> Result<MarkRow, UserError> {
        let note = nfc(&draft.note);
        let length = note.chars().count();
        if length > LONGEST_NOTE {
            return Err(UserError::TooLong {
                what: "note",
                length,
                most: LONGEST_NOTE,
            });
        }
        if draft.colour > 3 {
            return Err(UserError::NoColour(draft.colour));
        }
        let place = &draft.place;
        let quote = cut(&draft.quote, LONGEST_QUOTE);
        let title = cut(&draft.title, LONGEST_TITLE);
        let label = cut(&draft.label, LONGEST_LABEL);
        let folded = fold(&[&*title, &label, &quote, &note].join("\n"));
        self.write(|t| {
            if let Some(folder) = draft.folder {
                folder::require(t, folder)?;
            }
            let at = at.as_microsecond();
            let values = params![
                draft.document.as_str(),
                place.provision.as_ref().map(|id| id.as_str()),
                place.object.map(|hash| hash.to_string()),
                place.page,
                place.time_ms.and_then(|ms| i64::try_from(ms).ok()),
                quote,
                title,
                label,
                note,
                draft.colour,
                draft.folder,
                draft.revision,
                folded,
                at,
                draft.id,
            ];
            let id = match draft.id {
                Some(id) => {
                    let changed = t
                        .prepare_cached(
                            "UPDATE mark SET document = ?1, provision = ?2, object = ?3, page = ?4,
                                 time_ms = ?5, quote = ?6, title = ?7, label = ?8, note = ?9,
                                 colour = ?10, folder = ?11, revision = ?12, folded = ?13,
                                 changed_at = ?14, deleted_at = NULL
                             WHERE id = ?15",
                        )?
                        .execute(values)?;
                    match changed {
                        0 => return Err(missing(id).into()),
                        _ => id,
                    }
                }
                None => match same(t, draft, &[&quote, &note])? {
                    Some(id) => id,
                    None => {
                        t.prepare_cached(
                        "INSERT INTO mark(document, provision, object, page, time_ms, quote, title,
                             label, note, colour, folder, revision, folded, created_at, changed_at,
                             id)
                         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?14,
                             ?15)",
                    )?
                    .execute(values)?;
                        t.last_insert_rowid()
                    }
                },
            };
            Ok(one(t, id)?.ok_or_else(|| missing(id))?)
        })
    }

    /// Removes a mark, for 30 days with a way back. Says whether it was there.
    pub fn remove_mark(&mut self, id: i64, at: Timestamp) -> Result<bool, UserError> {
        self.write(|t| {
            let sql = "UPDATE mark SET deleted_at = ?2 WHERE id = ?1 AND deleted_at IS NULL";
            Ok(t.execute(sql, params![id, at.as_microsecond()])? > 0)
        })
    }

    /// Brings a removed mark back.
    pub fn restore_mark(&mut self, id: i64) -> Result<MarkRow, UserError> {
        self.write(|t| {
            t.execute("UPDATE mark SET deleted_at = NULL WHERE id = ?1", [id])?;
            Ok(one(t, id)?.ok_or_else(|| missing(id))?)
        })
    }

    /// The mark of this number, also where it was removed.
    pub fn mark(&self, id: i64) -> Result<Option<MarkRow>, UserError> {
        Ok(self.database.run(|c| one(c, id))?)
    }

    /// Marks that were not removed, those changed last first.
    pub fn marks(&self, filter: &MarkFilter) -> Result<Vec<MarkRow>, UserError> {
        Ok(self.database.run(|c| list(c, filter))?)
    }

    /// How many marks there are.
    pub fn mark_counts(&self) -> Result<MarkCounts, UserError> {
        Ok(self.database.run(|c| {
            c.query_row(
                "SELECT count(*), count(*) - count(folder.id)
                 FROM mark LEFT JOIN folder
                     ON folder.id = mark.folder AND folder.deleted_at IS NULL
                 WHERE mark.deleted_at IS NULL",
                [],
                |row| {
                    Ok(MarkCounts {
                        all: row.get::<_, i64>(0)?.unsigned_abs(),
                        unfiled: row.get::<_, i64>(1)?.unsigned_abs(),
                    })
                },
            )
        })?)
    }

    /// How many marks stand on each document that has any.
    pub fn marks_by_document(&self) -> Result<BTreeMap<DocumentId, u64>, UserError> {
        let counts: Vec<(String, i64)> = self.database.run(|c| {
            c.prepare_cached(
                "SELECT document, count(*) FROM mark WHERE deleted_at IS NULL GROUP BY document",
            )?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect()
        })?;
        let parsed = counts
            .into_iter()
            .filter_map(|(document, count)| Some((document.parse().ok()?, count.unsigned_abs())));
        Ok(parsed.collect())
    }
}

pub(super) fn any_removed_before(c: &Connection, limit: i64) -> rusqlite::Result<bool> {
    c.prepare("SELECT 1 FROM mark WHERE deleted_at < ?1")?
        .exists([limit])
}

pub(super) fn purge(c: &Connection, limit: i64) -> rusqlite::Result<()> {
    c.execute("DELETE FROM mark WHERE deleted_at < ?1", [limit])?;
    Ok(())
}

/// The mark that already says what this new one would say; its quote and note as they are kept.
fn same(
    c: &Connection,
    draft: &MarkDraft,
    [quote, note]: &[&str; 2],
) -> rusqlite::Result<Option<i64>> {
    let place = &draft.place;
    c.prepare_cached(
        "SELECT id FROM mark WHERE document = ?1 AND deleted_at IS NULL
             AND provision IS ?2 AND object IS ?3 AND page IS ?4 AND time_ms IS ?5
             AND quote = ?6 AND note = ?7 AND colour = ?8 AND folder IS ?9 AND revision = ?10
         ORDER BY id LIMIT 1",
    )?
    .query_row(
        params![
            draft.document.as_str(),
            place.provision.as_ref().map(|id| id.as_str()),
            place.object.map(|hash| hash.to_string()),
            place.page,
            place.time_ms.and_then(|ms| i64::try_from(ms).ok()),
            quote,
            note,
            draft.colour,
            draft.folder,
            draft.revision,
        ],
        |row| row.get(0),
    )
    .optional()
}

fn list(c: &Connection, filter: &MarkFilter) -> rusqlite::Result<Vec<MarkRow>> {
    let mut sql = format!("{SELECT} WHERE mark.deleted_at IS NULL");
    let mut values: Vec<&dyn ToSql> = Vec::new();
    let document = filter.document.as_ref().map(DocumentId::as_str);
    if let Some(document) = &document {
        sql.push_str(" AND document = ?");
        values.push(document);
    }
    match &filter.folder {
        InFolder::Any => {}
        InFolder::Unfiled => sql.push_str(" AND folder.id IS NULL"),
        InFolder::Folder(id) => {
            sql.push_str(" AND folder.id = ?");
            values.push(id);
        }
    }
    if filter.with_note {
        sql.push_str(" AND note <> ''");
    }
    let folded = fold(&filter.text);
    let words: Vec<&str> = folded.split_whitespace().take(MOST_WORDS).collect();
    for word in &words {
        sql.push_str(" AND instr(mark.folded, ?) > 0");
        values.push(word);
    }
    sql.push_str(" ORDER BY changed_at DESC, mark.id DESC");
    let mut statement = c.prepare_cached(&sql)?;
    let rows = statement.query_map(values.as_slice(), read)?;
    rows.filter_map(Result::transpose).collect()
}

fn one(c: &Connection, id: i64) -> rusqlite::Result<Option<MarkRow>> {
    let found = c
        .prepare_cached(&format!("{SELECT} WHERE mark.id = ?1"))?
        .query_row([id], read)
        .optional()?;
    Ok(found.flatten())
}

/// The row, or `None` where its document cannot be read: one such row must not hide the others.
fn read(row: &Row<'_>) -> rusqlite::Result<Option<MarkRow>> {
    let (id, document): (i64, String) = (row.get(0)?, row.get(1)?);
    let Ok(document) = document.parse() else {
        tracing::warn!(id, document, "a mark on no document");
        return Ok(None);
    };
    let (provision, object): (Option<String>, Option<String>) = (row.get(2)?, row.get(3)?);
    Ok(Some(MarkRow {
        id,
        document,
        // Without one of these the mark still stands on its document.
        place: Place {
            provision: provision.and_then(|id| id.parse().ok()),
            object: object.and_then(|hash| hash.parse().ok()),
            page: row.get(4)?,
            time_ms: row.get::<_, Option<i64>>(5)?.map(i64::unsigned_abs),
        },
        quote: row.get(6)?,
        title: row.get(7)?,
        label: row.get(8)?,
        note: row.get(9)?,
        colour: row.get(10)?,
        folder: row.get(11)?,
        revision: row.get(12)?,
        created_at: instant(row, 13)?,
        changed_at: instant(row, 14)?,
        deleted_at: optional_instant(row, 15)?,
    }))
}

fn missing(id: i64) -> UserError {
    UserError::Missing { what: "mark", id }
}
