//! The trust state of the verifier, kept in `state.db`.

use crate::State;
use shelf_repo::tuf::{TrustState, TrustStore};

/// Names under which the parts of a trust state stand; roots are numbered after theirs.
const PARTS: [&str; 4] = ["timestamp", "snapshot", "targets", "head"];

impl TrustStore for State {
    fn load(&self) -> Result<Option<TrustState>, Box<dyn std::error::Error + Send + Sync>> {
        let entries = self.trust_entries()?;
        if entries.is_empty() {
            return Ok(None);
        }
        let mut state = TrustState::default();
        let mut roots = Vec::new();
        for (name, bytes) in entries {
            match name.as_str() {
                "timestamp" => state.timestamp = bytes,
                "snapshot" => state.snapshot = bytes,
                "targets" => state.targets = bytes,
                "head" => state.head = bytes,
                name => match name
                    .strip_prefix("root.")
                    .and_then(|n| n.parse::<usize>().ok())
                {
                    Some(number) => roots.push((number, bytes)),
                    None => return Err(format!("state.db: unknown trust entry {name:?}").into()),
                },
            }
        }
        roots.sort();
        state.roots = roots.into_iter().map(|(_, bytes)| bytes).collect();
        Ok(Some(state))
    }

    fn save(&mut self, state: &TrustState) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let parts = [
            &state.timestamp,
            &state.snapshot,
            &state.targets,
            &state.head,
        ];
        let roots = state.roots.iter().enumerate();
        let entries: Vec<(String, Vec<u8>)> = roots
            .map(|(number, bytes)| (format!("root.{number}"), bytes.clone()))
            .chain(
                PARTS
                    .iter()
                    .zip(parts)
                    .map(|(name, bytes)| (name.to_string(), bytes.clone())),
            )
            .collect();
        Ok(self.replace_trust(&entries)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trust_state_comes_back_as_it_was_saved() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.db");
        let mut state = State::open(&path).unwrap();
        assert_eq!(state.load().unwrap(), None);
        let saved = TrustState {
            roots: (0..12).map(|n| vec![n]).collect(),
            timestamp: vec![1, 0, 255],
            snapshot: vec![2],
            targets: vec![3],
            head: vec![],
        };
        state.save(&saved).unwrap();
        drop(state);
        assert_eq!(State::open(&path).unwrap().load().unwrap(), Some(saved));
    }
}
