//! Version numbers, which carry the protection against rollback: they only ever grow.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::TIMESTAMP;
use super::files::{self, FileError};
use super::sign::SignError;

/// Largest version that is taken over from a destination: what JSON numbers hold everywhere. A
/// carrier who plants a greater one must not use up the numbers.
const MAX_VERSION: u64 = (1 << 53) - 1;

/// The greatest version of each role that is in use somewhere; 0 where there is none.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Versions {
    /// Of the targets role.
    pub targets: u64,
    /// Of the snapshot role.
    pub snapshot: u64,
    /// Of the timestamp role.
    pub timestamp: u64,
}

impl Versions {
    /// The greater of both, role by role.
    pub fn max(self, other: Versions) -> Versions {
        Versions {
            targets: self.targets.max(other.targets),
            snapshot: self.snapshot.max(other.snapshot),
            timestamp: self.timestamp.max(other.timestamp),
        }
    }
}

/// The versions in use at a destination, from the names of its files under `/tuf` and the bytes of
/// its timestamp. Nothing is verified: a forged number can only make the next one greater.
///
/// # Errors
/// [`SignError::Timestamp`] where the timestamp cannot be read as one, for going on would risk a
/// version that clients have seen; [`SignError::VersionsUsedUp`] for a number beyond 2^53.
pub fn versions_of<'a>(
    names: impl IntoIterator<Item = &'a str>,
    timestamp: Option<&[u8]>,
) -> Result<Versions, SignError> {
    let mut versions = Versions::default();
    for name in names {
        if let Some(version) = numbered(name, "targets") {
            versions.targets = versions.targets.max(version);
        } else if let Some(version) = numbered(name, "snapshot") {
            versions.snapshot = versions.snapshot.max(version);
        }
    }
    if let Some(bytes) = timestamp {
        versions.timestamp = version_inside(bytes).ok_or_else(|| {
            SignError::Timestamp(format!("{TIMESTAMP} at the destination has no version"))
        })?;
    }
    next(versions)?;
    Ok(versions)
}

/// Each version plus one.
pub(super) fn next(versions: Versions) -> Result<Versions, SignError> {
    Ok(Versions {
        targets: after(versions.targets)?,
        snapshot: after(versions.snapshot)?,
        timestamp: after(versions.timestamp)?,
    })
}

/// One more than `version`.
pub(super) fn after(version: u64) -> Result<u64, SignError> {
    match version {
        0..MAX_VERSION => Ok(version + 1),
        _ => Err(SignError::VersionsUsedUp(version)),
    }
}

/// The number in `N.role.json`, written as TUF writes it (no sign, no leading zero).
pub(super) fn numbered(name: &str, role: &str) -> Option<u64> {
    let digits = name
        .strip_suffix(".json")?
        .strip_suffix(role)?
        .strip_suffix('.')?;
    let plain = digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
    digits.parse().ok().filter(|_| plain)
}

fn version_inside(bytes: &[u8]) -> Option<u64> {
    let value: serde_json::Value = serde_json::from_slice(bytes).ok()?;
    value.get("signed")?.get("version")?.as_u64()
}

/// The last versions that this workspace signed.
pub(super) fn load(workspace: &Path) -> Result<Versions, SignError> {
    let path = path(workspace);
    match files::read_optional(&path)? {
        None => Ok(Versions::default()),
        Some(bytes) => serde_json::from_slice(&bytes)
            .map_err(|source| SignError::DamagedVersions { path, source }),
    }
}

/// Keeps the versions before anything signed with them leaves the workspace.
pub(super) fn save(workspace: &Path, versions: Versions) -> Result<(), FileError> {
    let bytes = serde_json::to_vec(&versions).expect("three numbers are JSON");
    files::write_atomic(&path(workspace), &bytes)
}

fn path(workspace: &Path) -> PathBuf {
    workspace.join("versions.json")
}
