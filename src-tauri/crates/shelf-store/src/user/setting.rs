//! Table `setting`: keys and values, of which the store knows no meaning.

use super::{UserError, UserStore};
use rusqlite::params;
use std::collections::BTreeMap;

impl UserStore {
    /// Every setting, also those that a newer program made.
    pub fn settings(&self) -> Result<BTreeMap<String, String>, UserError> {
        Ok(self.database.run(|c| {
            c.prepare_cached("SELECT key, value FROM setting")?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        })?)
    }

    /// Sets (`Some`) and forgets (`None`) settings, all or none; others stay as they are.
    pub fn change_settings(&mut self, changes: &[(&str, Option<String>)]) -> Result<(), UserError> {
        if changes.is_empty() {
            return Ok(());
        }
        self.write(|t| {
            for (key, value) in changes {
                match value {
                    Some(value) => t.execute(
                        "INSERT INTO setting(key, value) VALUES (?1, ?2)
                         ON CONFLICT(key) DO UPDATE SET value = excluded.value",
                        params![key, value],
                    )?,
                    None => t.execute("DELETE FROM setting WHERE key = ?1", [key])?,
                };
            }
            Ok(())
        })
    }
}
