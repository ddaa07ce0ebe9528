//! The heads that a workspace signed. Two copies of one workspace are told apart by them.

use super::Workspace;
use crate::StoreError;
use rusqlite::params;
use shelf_law::ContentHash;

impl Workspace {
    /// Remembers a head before it is published, so that one that stands is known even where the
    /// publish was killed right after.
    pub fn remember_head(&mut self, head: &ContentHash, seq: u64) -> Result<(), StoreError> {
        self.database.run(|c| {
            c.execute(
                "INSERT OR IGNORE INTO head(sha256, seq) VALUES (?1, ?2)",
                params![head.to_string(), i64::try_from(seq).unwrap_or(i64::MAX)],
            )
        })?;
        Ok(())
    }

    /// Whether this workspace published this head, or took it over.
    pub fn knows_head(&self, head: &ContentHash) -> Result<bool, StoreError> {
        self.database.run(|c| {
            c.prepare("SELECT 1 FROM head WHERE sha256 = ?1")?
                .exists([head.to_string()])
        })
    }

    /// The greatest sequence among the heads of this workspace; `None` where it has none.
    pub fn greatest_seq(&self) -> Result<Option<u64>, StoreError> {
        let seq: Option<i64> = self
            .database
            .run(|c| c.query_row("SELECT max(seq) FROM head", [], |row| row.get(0)))?;
        Ok(seq.and_then(|seq| u64::try_from(seq).ok()))
    }
}
