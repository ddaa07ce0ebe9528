//! Table `position`: where reading stopped, one row a document.

use super::place::{Place, instant};
use super::{UserError, UserStore};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use shelf_law::DocumentId;

/// Where reading stopped in a document.
#[derive(Clone, PartialEq, Debug)]
pub struct PositionRow {
    /// The document.
    pub document: DocumentId,
    /// Where in it.
    pub place: Place,
    /// How much of it lies above, 0 to 1.
    pub fraction: f64,
    /// When it was last opened or read in.
    pub opened_at: Timestamp,
    /// How often it was opened.
    pub opens: u64,
}

const COLUMNS: &str = "document, place, fraction, opened_at, opens";

impl UserStore {
    /// Notes that a document was opened; where reading stopped in it stays.
    pub fn note_opening(&mut self, document: &DocumentId, at: Timestamp) -> Result<(), UserError> {
        self.write(|t| {
            t.execute(
                "INSERT INTO position(document, place, fraction, opened_at, opens)
                 VALUES (?1, '{}', 0.0, ?2, 1)
                 ON CONFLICT(document) DO UPDATE SET
                     opened_at = excluded.opened_at, opens = opens + 1",
                params![document.as_str(), at.as_microsecond()],
            )?;
            Ok(())
        })
    }

    /// Notes where reading stopped; a fraction outside 0 to 1 is brought into it.
    pub fn note_position(
        &mut self,
        document: &DocumentId,
        place: &Place,
        fraction: f64,
        at: Timestamp,
    ) -> Result<(), UserError> {
        let fraction = match fraction.is_nan() {
            true => 0.0,
            false => fraction.clamp(0.0, 1.0),
        };
        let place = serde_json::to_string(place).expect("a place is plain data");
        self.write(|t| {
            t.execute(
                "INSERT INTO position(document, place, fraction, opened_at, opens)
                 VALUES (?1, ?2, ?3, ?4, 1)
                 ON CONFLICT(document) DO UPDATE SET place = excluded.place,
                     fraction = excluded.fraction, opened_at = excluded.opened_at",
                params![document.as_str(), place, fraction, at.as_microsecond()],
            )?;
            Ok(())
        })
    }

    /// Where reading stopped in this document.
    pub fn position(&self, document: &DocumentId) -> Result<Option<PositionRow>, UserError> {
        let found = self.database.run(|c| {
            c.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM position WHERE document = ?1"
            ))?
            .query_row([document.as_str()], read)
            .optional()
        })?;
        Ok(found.flatten())
    }

    /// What was read last, newest first.
    pub fn recent_positions(&self, limit: u32) -> Result<Vec<PositionRow>, UserError> {
        Ok(self.database.run(|c| recent(c, limit))?)
    }

    /// Forgets what was read and where reading stopped.
    pub fn forget_positions(&mut self) -> Result<(), UserError> {
        self.write(|t| {
            t.execute("DELETE FROM position", [])?;
            Ok(())
        })
    }
}

fn recent(c: &Connection, limit: u32) -> rusqlite::Result<Vec<PositionRow>> {
    let mut statement = c.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM position ORDER BY opened_at DESC, document LIMIT ?1"
    ))?;
    let rows = statement.query_map([limit], read)?;
    rows.filter_map(Result::transpose).collect()
}

/// The row, or `None` where its document cannot be read: one such row must not hide the others.
fn read(row: &Row<'_>) -> rusqlite::Result<Option<PositionRow>> {
    let document: String = row.get(0)?;
    let Ok(document) = document.parse() else {
        tracing::warn!(document, "a reading position of no document");
        return Ok(None);
    };
    let place: String = row.get(1)?;
    Ok(Some(PositionRow {
        document,
        // Without its place the document still opens, at its start.
        place: serde_json::from_str(&place).unwrap_or_default(),
        fraction: row.get(2)?,
        opened_at: instant(row, 3)?,
        opens: row.get::<_, i64>(4)?.unsigned_abs(),
    }))
}
