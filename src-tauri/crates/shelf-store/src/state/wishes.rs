//! Documents that somebody asked to have here although their collection is not kept.

use super::State;
use crate::StoreError;
use jiff::Timestamp;
use rusqlite::params;
use shelf_law::DocumentId;

pub(super) const SCHEMA: &str = "
    CREATE TABLE wish(
        document TEXT PRIMARY KEY,
        asked_at TEXT NOT NULL,
        received_at TEXT
    ) STRICT;
";

/// A document that somebody asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wish {
    /// The document.
    pub document: DocumentId,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// When it came; `None` while it is waited for.
    pub received_at: Option<Timestamp>,
}

impl State {
    /// What was asked for, received or not, the oldest first.
    pub fn wishes(&self) -> Result<Vec<Wish>, StoreError> {
        // A state that can only be read may be that of an older program.
        if !self.database.run(|c| c.table_exists(None, "wish"))? {
            return Ok(Vec::new());
        }
        let rows: Vec<(String, String, Option<String>)> = self.database.run(|c| {
            let mut statement = c.prepare(
                "SELECT document, asked_at, received_at FROM wish ORDER BY asked_at, document",
            )?;
            let rows =
                statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            rows.collect()
        })?;
        let corrupt = |reason: String| StoreError::corrupt(&self.database.path, reason);
        let time = |text: &str| -> Result<Timestamp, StoreError> {
            text.parse()
                .map_err(|error: jiff::Error| corrupt(format!("wish: {error}")))
        };
        rows.into_iter()
            .map(|(document, asked_at, received_at)| {
                Ok(Wish {
                    document: document
                        .parse()
                        .map_err(|error| corrupt(format!("wish: {error}")))?,
                    asked_at: time(&asked_at)?,
                    received_at: received_at.as_deref().map(time).transpose()?,
                })
            })
            .collect()
    }

    /// Notes a wish while fewer than `most` are waited for; one that was noted before stays as it is.
    /// `false` where there was no room.
    pub fn put_wish(
        &mut self,
        document: &DocumentId,
        at: Timestamp,
        most: usize,
    ) -> Result<bool, StoreError> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        self.database.transact(|t| {
            let known: i64 = t.query_row(
                "SELECT count(*) FROM wish WHERE document = ?1",
                [document.as_str()],
                |row| row.get(0),
            )?;
            let waiting: i64 = t.query_row(
                "SELECT count(*) FROM wish WHERE received_at IS NULL",
                [],
                |row| row.get(0),
            )?;
            if known == 0 && waiting >= most {
                return Ok(false);
            }
            t.execute(
                "INSERT OR IGNORE INTO wish(document, asked_at) VALUES (?1, ?2)",
                params![document.as_str(), at.to_string()],
            )?;
            Ok(true)
        })
    }

    /// Notes that a wish came true: its document stays here from now on.
    pub fn note_received(
        &mut self,
        document: &DocumentId,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.database.transact(|t| {
            t.execute(
                "UPDATE wish SET received_at = ?2 WHERE document = ?1 AND received_at IS NULL",
                params![document.as_str(), at.to_string()],
            )?;
            Ok(())
        })
    }

    /// Forgets a wish, whether it came true or not. `false` where there was none.
    pub fn remove_wish(&mut self, document: &DocumentId) -> Result<bool, StoreError> {
        self.database.transact(|t| {
            let removed = t.execute("DELETE FROM wish WHERE document = ?1", [document.as_str()])?;
            Ok(removed > 0)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_is_kept_once_waited_for_in_a_number_and_forgotten_on_demand() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.db");
        let mut state = State::open(&path).unwrap();
        let id = |text: &str| DocumentId::from_identity(&[text]);
        let (one, two, three) = (id("1"), id("2"), id("3"));
        let day = |day: &str| -> Timestamp { format!("2026-08-0{day}T00:00:00Z").parse().unwrap() };
        assert!(state.put_wish(&one, day("1"), 2).unwrap());
        assert!(state.put_wish(&two, day("2"), 2).unwrap());
        assert!(!state.put_wish(&three, day("3"), 2).unwrap(), "no room");
        assert!(state.put_wish(&one, day("3"), 2).unwrap(), "noted before");
        state.note_received(&one, day("4")).unwrap();
        assert!(state.put_wish(&three, day("3"), 2).unwrap());
        drop(state);
        let mut state = State::open(&path).unwrap();
        let wishes = state.wishes().unwrap();
        let told: Vec<_> = wishes
            .iter()
            .map(|wish| (&wish.document, wish.asked_at, wish.received_at))
            .collect();
        assert_eq!(
            told,
            [
                (&one, day("1"), Some(day("4"))),
                (&two, day("2"), None),
                (&three, day("3"), None)
            ]
        );
        assert!(state.remove_wish(&two).unwrap());
        assert!(!state.remove_wish(&two).unwrap());
    }

    #[test]
    fn a_state_of_before_gains_the_wishes_and_keeps_what_it_held() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.db");
        let old = crate::connection::Database::durable(&path, &super::super::MIGRATIONS[..1]);
        old.unwrap()
            .run(|c| c.execute("INSERT INTO setting VALUES ('source', 'x')", []))
            .unwrap();
        let state = State::open(&path).unwrap();
        assert_eq!(state.setting("source").unwrap().as_deref(), Some("x"));
        assert!(state.wishes().unwrap().is_empty());
    }
}
