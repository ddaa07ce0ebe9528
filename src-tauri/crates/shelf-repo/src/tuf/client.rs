//! From a root to a verified head.
//!
//! The order is TUF's (5.3 to 5.7): roots, timestamp, snapshot, targets, head. Versions carry the
//! protection against rollback. Expiry is reported and blocks nothing: a commune whose clock is
//! wrong, or whose department stopped publishing, must go on reading.

use jiff::Timestamp;
use shelf_law::ContentHash;
use sigstore_tuf::TrustedMetadataSet;
use sigstore_tuf::metadata::{MetaFile, Role};

use super::error::{damaged, refused};
use super::fetch::{fetch, fetch_named, malformed, mismatch};
use super::roots::RootChain;
use super::trust::{FetchMetadata, TrustState, TrustStore};
use super::{
    CONFIRMED_AT, HEAD_TARGET, MAX_HEAD, MAX_METADATA, MAX_TIMESTAMP, TIMESTAMP, head_path,
};

pub use super::error::TufError;

/// Time handed to the verifier: nothing has expired at the beginning of time.
const NEVER_EXPIRED: Timestamp = Timestamp::MIN;

/// A head whose whole chain of signatures and hashes is verified.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct VerifiedHead {
    /// Its bytes.
    pub head: Vec<u8>,
    /// Their hash.
    pub sha256: ContentHash,
    /// Whether this is another head than the one trusted before.
    pub changed: bool,
    /// Version of the root now trusted.
    pub root_version: u64,
    /// Version of the timestamp now trusted.
    pub timestamp_version: u64,
    /// Version of the snapshot now trusted.
    pub snapshot_version: u64,
    /// When the publisher last confirmed the shelf (signed): "xác nhận lần cuối ngày …".
    pub confirmed_at: Timestamp,
    /// The earliest expiry of the four roles.
    pub expires: Timestamp,
    /// Whether that has passed, by the later of the clock and `confirmed_at`. Only a label.
    pub expired: bool,
}

/// Brings the trusted state up to date with a source and returns its head.
///
/// `root` is the root that came with the installer, a policy file or an import; `None` goes on with
/// the stored one. A given root must agree with the stored chain. `now` only feeds
/// [`VerifiedHead::expired`]. Nothing is stored before all of it is verified; the new state is
/// saved in one call, and not at all when it is the old one.
pub async fn refresh(
    root: Option<&[u8]>,
    source: &impl FetchMetadata,
    store: &mut dyn TrustStore,
    now: Timestamp,
) -> Result<VerifiedHead, TufError> {
    let stored = store.load().map_err(|source| TufError::Store { source })?;
    let mut chain = RootChain::begin(root, stored.as_ref())?;
    chain.follow(source).await?;
    if let Some(given) = root {
        chain.require(given)?;
    }
    let mut trusted = match &stored {
        Some(stored) => with_floor(&chain, stored)?,
        None => chain.trusted.clone(),
    };
    let release = update(&mut trusted, source, stored.as_ref(), &chain).await?;
    let state = TrustState {
        roots: chain.roots,
        ..release
    };
    let verified = describe(&trusted, &state, stored.as_ref(), now)?;
    if stored.as_ref() != Some(&state) {
        store
            .save(&state)
            .map_err(|source| TufError::Store { source })?;
    }
    Ok(verified)
}

/// The trusted set with the stored metadata under it, so that no version may fall. After a change
/// of keys that no longer verifies, and TUF 5.3.11 drops it: so a shelf recovers from a thief who
/// signed a huge version number.
fn with_floor(chain: &RootChain, stored: &TrustState) -> Result<TrustedMetadataSet, TufError> {
    let floor = || -> sigstore_tuf::Result<TrustedMetadataSet> {
        let mut trusted = chain.trusted.clone();
        trusted.update_timestamp(&stored.timestamp, NEVER_EXPIRED)?;
        trusted.update_snapshot(&stored.snapshot, NEVER_EXPIRED)?;
        trusted.update_targets(&stored.targets, NEVER_EXPIRED)?;
        Ok(trusted)
    };
    match floor() {
        Err(sigstore_tuf::Error::ThresholdNotMet { .. }) if chain.rotated => {
            Ok(chain.trusted.clone())
        }
        other => other.map_err(damaged),
    }
}

/// Timestamp, snapshot, targets and head of the source, each verified; unchanged ones are taken
/// from the stored state.
async fn update(
    trusted: &mut TrustedMetadataSet,
    source: &impl FetchMetadata,
    stored: Option<&TrustState>,
    chain: &RootChain,
) -> Result<TrustState, TufError> {
    let kept = |part: fn(&TrustState) -> &Vec<u8>| stored.map(part).cloned().unwrap_or_default();
    let mut state = TrustState::default();
    let floor = trusted.clone();

    let bytes = fetch(source, TIMESTAMP, MAX_TIMESTAMP)
        .await?
        .ok_or(TufError::NotAShelf)?;
    state.timestamp = match trusted.update_timestamp(&bytes, NEVER_EXPIRED) {
        Ok(()) => bytes,
        Err(sigstore_tuf::Error::EqualVersion { .. }) => {
            match later_twin(trusted, chain, &bytes)? {
                Some(twin) => {
                    *trusted = twin;
                    bytes
                }
                None => kept(|state| &state.timestamp),
            }
        }
        Err(error) => return Err(chain.explain(source, TIMESTAMP, &bytes, error).await),
    };

    let pin = trusted
        .timestamp()
        .and_then(|timestamp| timestamp.snapshot_meta())
        .cloned();
    let pin = pin.ok_or_else(|| malformed(TIMESTAMP, "it names no snapshot"))?;
    let current = kept(|state| &state.snapshot);
    let known = trusted
        .snapshot()
        .is_some_and(|known| known.version == pin.version);
    state.snapshot = if known && names(&pin, &current) {
        current
    } else {
        let name = format!("{}.snapshot.json", pin.version);
        let bytes = fetch_named(source, &name, pin.length, MAX_METADATA).await?;
        trusted
            .update_snapshot(&bytes, NEVER_EXPIRED)
            .map_err(|error| refused(&name, &bytes, error))?;
        bytes
    };

    let pin = trusted
        .snapshot()
        .and_then(|snapshot| snapshot.meta.get("targets.json"))
        .cloned();
    let pin = pin.ok_or_else(|| malformed("snapshot.json", "it names no targets.json"))?;
    let least = floor
        .targets_role("targets")
        .map_or(0, |known| known.version);
    require_version("targets.json", least, pin.version)?;
    let current = kept(|state| &state.targets);
    let known = trusted
        .targets_role("targets")
        .is_some_and(|known| known.version == pin.version);
    state.targets = if known && names(&pin, &current) {
        current
    } else {
        let name = format!("{}.targets.json", pin.version);
        let bytes = fetch_named(source, &name, pin.length, MAX_METADATA).await?;
        trusted
            .update_targets(&bytes, NEVER_EXPIRED)
            .map_err(|error| refused(&name, &bytes, error))?;
        bytes
    };

    let target = trusted
        .targets_role("targets")
        .and_then(|targets| targets.target(HEAD_TARGET));
    let target = target.ok_or_else(|| malformed("targets.json", "it names no head.json"))?;
    let sha256: ContentHash = target
        .hashes
        .get("sha256")
        .and_then(|hash| hash.parse().ok())
        .ok_or_else(|| malformed("targets.json", "head.json has no SHA-256"))?;
    let current = kept(|state| &state.head);
    let is_head =
        |bytes: &[u8]| bytes.len() as u64 == target.length && ContentHash::of(bytes) == sha256;
    state.head = if is_head(&current) {
        current
    } else {
        let name = head_path(&sha256);
        let bytes = fetch_named(source, &name, Some(target.length), MAX_HEAD).await?;
        if !is_head(&bytes) {
            return Err(mismatch(&name, "its hash differs"));
        }
        bytes
    };
    Ok(state)
}

/// A timestamp of the trusted version over other content: two workspaces that were once one signed
/// on, as after a restore from a backup. TUF 5.4.3 keeps what is trusted, and a reader would then
/// hear that there is nothing new, for ever. Here the content that was confirmed later counts (of two
/// of the same second, the one offered), so that no carrier can choose; the earlier one is refused
/// like any older state.
///
/// `None` where the content is the trusted one.
fn later_twin(
    trusted: &TrustedMetadataSet,
    chain: &RootChain,
    bytes: &[u8],
) -> Result<Option<TrustedMetadataSet>, TufError> {
    let mut twin = chain.trusted.clone();
    twin.update_timestamp(bytes, NEVER_EXPIRED)
        .map_err(|error| refused(TIMESTAMP, bytes, error))?;
    let (Some(known), Some(offered)) = (trusted.timestamp(), twin.timestamp()) else {
        return Ok(None);
    };
    let (known_pin, pin) = (known.snapshot_meta(), offered.snapshot_meta());
    if known_pin == pin {
        return Ok(None);
    }
    if confirmed_at(offered)? < confirmed_at(known)? {
        return Err(TufError::Rollback {
            file: TIMESTAMP.to_string(),
            trusted: known.version,
            offered: offered.version,
        });
    }
    let version = |pin: Option<&MetaFile>| pin.map_or(0, |pin| pin.version);
    require_version("snapshot.json", version(known_pin), version(pin))?;
    Ok(Some(twin))
}

/// No version may fall.
fn require_version(file: &str, trusted: u64, offered: u64) -> Result<(), TufError> {
    match offered < trusted {
        true => Err(TufError::Rollback {
            file: file.to_string(),
            trusted,
            offered,
        }),
        false => Ok(()),
    }
}

fn confirmed_at(timestamp: &sigstore_tuf::metadata::Timestamp) -> Result<Timestamp, TufError> {
    timestamp
        .extra
        .get(CONFIRMED_AT)
        .and_then(|value| value.as_str()?.parse().ok())
        .ok_or_else(|| malformed(TIMESTAMP, "it has no confirmation time"))
}

fn describe(
    trusted: &TrustedMetadataSet,
    state: &TrustState,
    stored: Option<&TrustState>,
    now: Timestamp,
) -> Result<VerifiedHead, TufError> {
    let (Some(timestamp), Some(snapshot), Some(targets)) = (
        trusted.timestamp(),
        trusted.snapshot(),
        trusted.targets_role("targets"),
    ) else {
        return Err(malformed(TIMESTAMP, "the chain of metadata is incomplete"));
    };
    let confirmed_at = confirmed_at(timestamp)?;
    let expires = [
        trusted.root().expires(),
        timestamp.expires(),
        snapshot.expires(),
        targets.expires(),
    ]
    .into_iter()
    .min()
    .unwrap_or(Timestamp::MAX);
    Ok(VerifiedHead {
        head: state.head.clone(),
        sha256: ContentHash::of(&state.head),
        changed: stored.is_none_or(|stored| stored.head != state.head),
        root_version: trusted.root().version,
        timestamp_version: timestamp.version,
        snapshot_version: snapshot.version,
        confirmed_at,
        expires,
        expired: expires < now.max(confirmed_at),
    })
}

/// Whether bytes are those that a pin names by SHA-256.
fn names(pin: &MetaFile, bytes: &[u8]) -> bool {
    let hash = pin.hashes.as_ref().and_then(|hashes| hashes.get("sha256"));
    hash.is_some_and(|hash| *hash == ContentHash::of(bytes).to_string())
}
