//! Table `recent_search`: what was searched, the newest 50.

use super::place::one_line;
use super::{UserError, UserStore};
use jiff::Timestamp;
use rusqlite::params;
use shelf_law::fold::fold;

const KEPT: u32 = 50;
/// Something pasted by accident is no search to offer again.
const LONGEST: usize = 300;

impl UserStore {
    /// Notes a search; the same words, whatever their accents and capitals, are there once.
    pub fn note_search(&mut self, text: &str, at: Timestamp) -> Result<(), UserError> {
        let text = one_line(text);
        if text.is_empty() || text.chars().count() > LONGEST {
            return Ok(());
        }
        let folded = fold(&text);
        self.write(|t| {
            // A new row each time: the order is that of the rows, since a clock may jump.
            t.execute("DELETE FROM recent_search WHERE folded = ?1", [&folded])?;
            t.execute(
                "INSERT INTO recent_search(text, folded, at) VALUES (?1, ?2, ?3)",
                params![text, folded, at.as_microsecond()],
            )?;
            t.execute(
                "DELETE FROM recent_search WHERE id NOT IN
                     (SELECT id FROM recent_search ORDER BY id DESC LIMIT ?1)",
                [KEPT],
            )?;
            Ok(())
        })
    }

    /// What was searched, newest first.
    pub fn recent_searches(&self, limit: u32) -> Result<Vec<String>, UserError> {
        Ok(self.database.run(|c| {
            c.prepare_cached("SELECT text FROM recent_search ORDER BY id DESC LIMIT ?1")?
                .query_map([limit], |row| row.get(0))?
                .collect()
        })?)
    }

    /// Forgets all searches.
    pub fn forget_searches(&mut self) -> Result<(), UserError> {
        self.write(|t| {
            t.execute("DELETE FROM recent_search", [])?;
            Ok(())
        })
    }
}
