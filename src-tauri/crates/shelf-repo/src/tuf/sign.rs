//! Signing a head, or only confirming that the last one still holds.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde_json::{Value, json};
use shelf_law::ContentHash;
use sigstore_tuf::metadata::{Metadata, Root, Timestamp as TimestampRole};

use super::envelope::{pin, role, seal, seconds, years_after};
use super::files::{self, FileError};
use super::key::{KeyError, SigningKey};
use super::keys::{online_key_path, root_chain, root_path};
use super::versions::{self, Versions};
use super::{CONFIRMED_AT, HEAD_TARGET, MAX_HEAD, TIMESTAMP, head_path};

/// Expiry never blocks reading here; other TUF clients do mind it.
const ONLINE_YEARS: i32 = 5;

/// Why nothing was signed.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// The workspace has no keys.
    #[error("{} has no keys: run `shelf keys init --workspace …` first", .0.display())]
    NoKeys(PathBuf),
    /// The newest root does not give its three online roles to the workspace's online key.
    #[error("{} is not the online key of the newest root: restore the key that belongs to it", .0.display())]
    OtherOnlineKey(PathBuf),
    /// A root of the workspace is damaged.
    #[error("{name} in the workspace's keys folder is damaged ({reason}): restore it from a copy")]
    DamagedRoot {
        /// The root file.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The record of the last versions is damaged.
    #[error("{} is damaged ({source}): delete it when the destination can be listed, whose versions then count", path.display())]
    DamagedVersions {
        /// The record.
        path: PathBuf,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// The destination belongs to another shelf.
    #[error(
        "{0} at the destination is another root: it belongs to another shelf, nothing was written"
    )]
    RootDiffers(String),
    /// The timestamp at the destination cannot be used.
    #[error("the destination's timestamp cannot be used: {0}")]
    Timestamp(String),
    /// The destination is behind this workspace, so that its head cannot just be confirmed.
    #[error(
        "the destination's snapshot is version {destination}, this workspace signed {workspace} already: sign the head anew"
    )]
    Behind {
        /// The version that the destination's timestamp names.
        destination: u64,
        /// The last version that this workspace signed.
        workspace: u64,
    },
    /// No greater version number is left.
    #[error(
        "version {0} leaves no room for a next one: the destination's metadata was tampered with, publish to a clean one"
    )]
    VersionsUsedUp(u64),
    /// The head is longer than any client reads.
    #[error(
        "the head has {0} bytes, more than the {MAX_HEAD} that a reader takes: let its change log be merged"
    )]
    HeadTooLong(usize),
    /// A key failed.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A file failed.
    #[error(transparent)]
    File(#[from] FileError),
}

impl SignError {
    /// The code by which other programs know it.
    pub fn code(&self) -> &'static str {
        match self {
            SignError::NoKeys(_) => "no_keys",
            SignError::OtherOnlineKey(_) => "online_key_differs",
            SignError::DamagedRoot { .. } => "damaged_root",
            SignError::DamagedVersions { .. } => "damaged_versions",
            SignError::RootDiffers(_) => "root_differs",
            SignError::Timestamp(_) => "bad_timestamp",
            SignError::Behind { .. } => "destination_behind",
            SignError::VersionsUsedUp(_) => "versions_used_up",
            SignError::HeadTooLong(_) => "head_too_long",
            SignError::Key(error) => error.code(),
            SignError::File(_) => "io",
        }
    }
}

/// Signed files, in the order in which they are to be published.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TufRelease {
    /// Name under `/tuf` and bytes; `timestamp.json` is the last.
    pub files: Vec<(String, Vec<u8>)>,
    /// The versions that they carry.
    pub versions: Versions,
}

/// The publisher's signer. Needs the online key and the roots, no root key.
///
/// One publisher at a time: whoever calls holds the workspace's lock.
#[derive(Debug)]
pub struct HeadSigner {
    workspace: PathBuf,
    online: SigningKey,
    roots: Vec<(String, Vec<u8>)>,
    root: Root,
}

impl HeadSigner {
    /// Opens the keys of a workspace and puts `root.json` back where it is missing.
    pub fn open(workspace: &Path) -> Result<HeadSigner, SignError> {
        let roots = root_chain(workspace)?;
        let key_path = online_key_path(workspace);
        let Some((name, newest)) = roots.last().filter(|_| key_path.exists()) else {
            return Err(SignError::NoKeys(workspace.to_owned()));
        };
        let root = Metadata::<Root>::from_slice(newest)
            .map_err(|error| SignError::DamagedRoot {
                name: name.clone(),
                reason: error.to_string(),
            })?
            .into_signed();
        let online = SigningKey::read(&key_path, None)?;
        for role in ["targets", "snapshot", "timestamp"] {
            let known = root.role(role).is_some_and(|role| {
                role.threshold == 1 && role.keyids.iter().any(|id| id == online.id())
            });
            if !known {
                return Err(SignError::OtherOnlineKey(key_path));
            }
        }
        if files::read_optional(&root_path(workspace))?.is_none() {
            files::write_atomic(&root_path(workspace), newest)?;
        }
        Ok(HeadSigner {
            workspace: workspace.to_owned(),
            online,
            root,
            roots,
        })
    }

    /// The chain of roots, `1.root.json` first: published before everything else under `/tuf`.
    pub fn root_files(&self) -> &[(String, Vec<u8>)] {
        &self.roots
    }

    /// Refuses a destination under another root: each of its root files must be ours, byte for byte.
    pub fn check_roots<'a>(
        &self,
        at_destination: impl IntoIterator<Item = (&'a str, &'a [u8])>,
    ) -> Result<(), SignError> {
        for (name, bytes) in at_destination {
            if !self
                .roots
                .iter()
                .any(|(ours, root)| ours == name && root == bytes)
            {
                return Err(SignError::RootDiffers(name.to_string()));
            }
        }
        Ok(())
    }

    /// Signs a head. `floor` holds the versions in use at the destination ([`versions::versions_of`]);
    /// the new ones are greater than these and than all that this workspace ever signed. They are
    /// kept in the workspace before this returns.
    pub fn sign_head(
        &self,
        head_json: &[u8],
        floor: Versions,
        now: Timestamp,
    ) -> Result<TufRelease, SignError> {
        if head_json.len() as u64 > MAX_HEAD {
            return Err(SignError::HeadTooLong(head_json.len()));
        }
        let versions = versions::next(versions::load(&self.workspace)?.max(floor))?;
        let expires = years_after(now, ONLINE_YEARS);
        let hash = ContentHash::of(head_json);

        let mut targets = role("targets", versions.targets, expires);
        targets.insert(
            "targets".into(),
            json!({HEAD_TARGET: {
                "length": head_json.len(),
                "hashes": {"sha256": hash.to_string()},
            }}),
        );
        let targets = seal(targets.into(), &[&self.online])?;

        let mut snapshot = role("snapshot", versions.snapshot, expires);
        let targets_pin = pin(versions.targets, &targets);
        snapshot.insert("meta".into(), json!({"targets.json": targets_pin}));
        let snapshot = seal(snapshot.into(), &[&self.online])?;

        let timestamp = self.timestamp(versions, pin(versions.snapshot, &snapshot), now)?;
        versions::save(&self.workspace, versions)?;
        Ok(TufRelease {
            files: vec![
                (head_path(&hash), head_json.to_vec()),
                (format!("{}.targets.json", versions.targets), targets),
                (format!("{}.snapshot.json", versions.snapshot), snapshot),
                (TIMESTAMP.to_string(), timestamp),
            ],
            versions,
        })
    }

    /// Confirms the head that the destination has: a new timestamp over the same snapshot, whose
    /// signature is checked first.
    ///
    /// # Errors
    /// [`SignError::Timestamp`] where the current timestamp is not ours;
    /// [`SignError::Behind`] where this workspace signed a newer snapshot meanwhile (an interrupted
    /// publish, another destination): sign the head anew then.
    pub fn confirm(
        &self,
        current_timestamp: &[u8],
        floor: Versions,
        now: Timestamp,
    ) -> Result<TufRelease, SignError> {
        let unusable = |error: sigstore_tuf::Error| SignError::Timestamp(error.to_string());
        let current = Metadata::<TimestampRole>::from_slice(current_timestamp).map_err(unusable)?;
        let keys = self
            .root
            .role("timestamp")
            .expect("checked when the signer was opened");
        current
            .verify_threshold(&self.root.keys, keys, "timestamp")
            .map_err(unusable)?;
        let current = current.signed();
        let snapshot = current
            .snapshot_meta()
            .ok_or_else(|| SignError::Timestamp("it names no snapshot".to_string()))?;

        let own = versions::load(&self.workspace)?;
        if snapshot.version < own.snapshot {
            return Err(SignError::Behind {
                destination: snapshot.version,
                workspace: own.snapshot,
            });
        }
        // Only the timestamp moves: leftovers of an interrupted publish at the destination may carry
        // greater snapshot numbers, and must not make this snapshot look outdated next time.
        let seen = own.timestamp.max(floor.timestamp).max(current.version);
        let versions = Versions {
            targets: own.targets,
            snapshot: snapshot.version,
            timestamp: versions::after(seen)?,
        };
        let pinned = serde_json::to_value(snapshot).expect("it came from JSON");
        let timestamp = self.timestamp(versions, pinned, now)?;
        versions::save(&self.workspace, versions)?;
        Ok(TufRelease {
            files: vec![(TIMESTAMP.to_string(), timestamp)],
            versions,
        })
    }

    fn timestamp(
        &self,
        versions: Versions,
        snapshot: Value,
        now: Timestamp,
    ) -> Result<Vec<u8>, KeyError> {
        let mut fields = role(
            "timestamp",
            versions.timestamp,
            years_after(now, ONLINE_YEARS),
        );
        fields.insert(CONFIRMED_AT.into(), seconds(now).into());
        fields.insert("meta".into(), json!({"snapshot.json": snapshot}));
        seal(fields.into(), &[&self.online])
    }
}
