//! Table `folder`: folders for marks, on one level.

use super::error::Stop;
use super::place::one_line;
use super::{UserError, UserStore};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use shelf_law::fold::fold;

const LONGEST_NAME: usize = 100;

/// A folder.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FolderRow {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its place among the others, from 0.
    pub position: i64,
    /// Marks in it.
    pub marks: u64,
}

const SELECT: &str = "SELECT id, name, position,
        (SELECT count(*) FROM mark WHERE folder = folder.id AND deleted_at IS NULL)
    FROM folder";

impl UserStore {
    /// The folders in their order, with the marks in each.
    pub fn folders(&self) -> Result<Vec<FolderRow>, UserError> {
        let sql = format!("{SELECT} WHERE deleted_at IS NULL ORDER BY position, id");
        Ok(self
            .database
            .run(|c| c.prepare_cached(&sql)?.query_map([], read)?.collect())?)
    }

    /// Makes a folder, the last one (`id` is `None`), or renames one.
    pub fn put_folder(&mut self, id: Option<i64>, name: &str) -> Result<FolderRow, UserError> {
        let name = one_line(name);
        let length = name.chars().count();
        let folded = fold(&name);
        if folded.trim().is_empty() {
            return Err(UserError::NoName);
        }
        if length > LONGEST_NAME {
            return Err(UserError::TooLong {
                what: "folder's name",
                length,
                most: LONGEST_NAME,
            });
        }
        self.write(|t| {
            refuse_taken(t, &folded, &name, id)?;
            let id = match id {
                Some(id) => {
                    let sql = "UPDATE folder SET name = ?2, folded = ?3
                               WHERE id = ?1 AND deleted_at IS NULL";
                    match t.execute(sql, params![id, name, folded])? {
                        0 => return Err(missing(id).into()),
                        _ => id,
                    }
                }
                None => {
                    t.execute(
                        "INSERT INTO folder(name, folded, position)
                         SELECT ?1, ?2, coalesce(max(position) + 1, 0) FROM folder",
                        params![name, folded],
                    )?;
                    t.last_insert_rowid()
                }
            };
            Ok(row(t, id)?)
        })
    }

    /// Removes a folder; its marks stay, without a folder, and are in it again when it is restored.
    /// Says whether it was there.
    pub fn remove_folder(&mut self, id: i64, at: Timestamp) -> Result<bool, UserError> {
        self.write(|t| {
            let sql = "UPDATE folder SET deleted_at = ?2 WHERE id = ?1 AND deleted_at IS NULL";
            Ok(t.execute(sql, params![id, at.as_microsecond()])? > 0)
        })
    }

    /// Brings a removed folder back, with the marks that were in it and are nowhere else now.
    pub fn restore_folder(&mut self, id: i64) -> Result<FolderRow, UserError> {
        self.write(|t| {
            let found = t
                .query_row(
                    "SELECT folded, name FROM folder WHERE id = ?1",
                    [id],
                    |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)),
                )
                .optional()?;
            let (folded, name) = found.ok_or_else(|| missing(id))?;
            refuse_taken(t, &folded, &name, Some(id))?;
            t.execute("UPDATE folder SET deleted_at = NULL WHERE id = ?1", [id])?;
            Ok(row(t, id)?)
        })
    }
}

/// Refuses a folder that is not there.
pub(super) fn require(c: &Connection, id: i64) -> Result<(), Stop> {
    let sql = "SELECT 1 FROM folder WHERE id = ?1 AND deleted_at IS NULL";
    match c.prepare_cached(sql)?.exists([id])? {
        true => Ok(()),
        false => Err(missing(id).into()),
    }
}

pub(super) fn any_removed_before(c: &Connection, limit: i64) -> rusqlite::Result<bool> {
    c.prepare("SELECT 1 FROM folder WHERE deleted_at < ?1")?
        .exists([limit])
}

pub(super) fn purge(c: &Connection, limit: i64) -> rusqlite::Result<()> {
    c.execute("DELETE FROM folder WHERE deleted_at < ?1", [limit])?;
    Ok(())
}

fn refuse_taken(c: &Connection, folded: &str, name: &str, id: Option<i64>) -> Result<(), Stop> {
    let sql = "SELECT 1 FROM folder WHERE folded = ?1 AND deleted_at IS NULL AND id IS NOT ?2";
    match c.prepare_cached(sql)?.exists(params![folded, id])? {
        true => Err(UserError::NameTaken(name.to_string()).into()),
        false => Ok(()),
    }
}

fn row(c: &Connection, id: i64) -> rusqlite::Result<FolderRow> {
    c.query_row(&format!("{SELECT} WHERE id = ?1"), [id], read)
}

fn read(row: &Row<'_>) -> rusqlite::Result<FolderRow> {
    Ok(FolderRow {
        id: row.get(0)?,
        name: row.get(1)?,
        position: row.get(2)?,
        marks: row.get::<_, i64>(3)?.unsigned_abs(),
    })
}

fn missing(id: i64) -> UserError {
    UserError::Missing { what: "folder", id }
}
