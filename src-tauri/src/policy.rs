//! What the department of justice, or whoever looks after the machine, has set for it.
//!
//! `policy.json` and the root stand beside the program, or in the system's place for settings:
//! `{"source": "https://…", "root": "root.json", "guest": true}`. Options of the command line win.

use crate::Options;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The settings of the machine.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Policy {
    /// Where the shelf comes from.
    pub(crate) source: Option<String>,
    /// The root to trust on a machine that trusts none yet.
    pub(crate) root: Option<PathBuf>,
    /// Every reader is a guest.
    pub(crate) guest: bool,
}

#[derive(Deserialize, Default)]
struct PolicyFile {
    #[serde(default)]
    source: Option<String>,
    #[serde(default)]
    root: Option<PathBuf>,
    #[serde(default)]
    guest: bool,
}

impl Policy {
    /// The policy that holds: options, then the first policy file that can be read.
    pub(crate) fn read(options: &Options) -> Policy {
        let found = places().iter().find_map(|file| Policy::from_file(file));
        let found = found.unwrap_or_default();
        Policy {
            source: options.source.clone().or(found.source),
            root: options.root.clone().or(found.root),
            guest: options.guest || found.guest,
        }
    }

    fn from_file(file: &Path) -> Option<Policy> {
        let bytes = std::fs::read(file).ok()?;
        match serde_json::from_slice::<PolicyFile>(&bytes) {
            Ok(read) => Some(Policy {
                source: read.source,
                root: read.root.map(|root| beside(file, &root)),
                guest: read.guest,
            }),
            Err(error) => {
                tracing::warn!(%error, file = %file.display(), "a policy that cannot be read");
                None
            }
        }
    }
}

/// A path of the policy is relative to the policy.
fn beside(file: &Path, root: &Path) -> PathBuf {
    file.parent().unwrap_or(Path::new("")).join(root)
}

fn places() -> Vec<PathBuf> {
    let mut places = Vec::new();
    if cfg!(target_os = "linux") {
        places.push(PathBuf::from("/etc/tusach/policy.json"));
    }
    if let Ok(program) = std::env::current_exe()
        && let Some(folder) = program.parent()
    {
        places.push(folder.join("policy.json"));
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_root_is_looked_for_beside_its_policy_and_options_win() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("policy.json");
        std::fs::write(
            &file,
            r#"{"source": "https://example.vn/kho", "root": "root.json", "guest": true}"#,
        )
        .unwrap();
        let policy = Policy::from_file(&file).unwrap();
        assert!(policy.guest, "as on a library's shared PC");
        assert_eq!(policy.root, Some(folder.path().join("root.json")));
        assert_eq!(policy.source.as_deref(), Some("https://example.vn/kho"));
    }

    #[test]
    fn a_broken_policy_is_left_aside() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("policy.json");
        std::fs::write(&file, "{").unwrap();
        assert_eq!(Policy::from_file(&file), None);
    }
}
