//! From a root to a verified head.
//!
//! The order is TUF's (5.3 to 5.7): roots, timestamp, snapshot, targets, head. Versions carry the
//! protection against rollback. Expiry is reported and blocks nothing: a commune whose clock is
//! wrong, or whose department stopped publishing, must go on reading.

use jiff::Timestamp;
use shelf_law::ContentHash;
use sigstore_tuf::TrustedMetadataSet;
use sigstore_tuf::metadata::{MetaFile, Metadata, Role, Root};

use super::error::{looks_like_a_page, refused};
use super::trust::{FetchMetadata, TrustState, TrustStore};
use super::{
    CONFIRMED_AT, HEAD_TARGET, MAX_HEAD, MAX_METADATA, MAX_ROOT, MAX_TIMESTAMP, TIMESTAMP,
    head_path,
};

pub use super::error::TufError;

/// Time handed to the verifier: nothing has expired at the beginning of time.
const NEVER_EXPIRED: Timestamp = Timestamp::MIN;
/// Roots that are followed in one go.
const MAX_ROTATIONS: usize = 1024;

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

/// The chain of roots: each signed by itself and by the one before it.
struct RootChain {
    roots: Vec<Vec<u8>>,
    trusted: TrustedMetadataSet,
    /// Whether a root was added to the stored ones.
    rotated: bool,
}

impl RootChain {
    fn begin(root: Option<&[u8]>, stored: Option<&TrustState>) -> Result<RootChain, TufError> {
        let Some(first) = stored.and_then(|state| state.roots.first()) else {
            let root = root.ok_or(TufError::RootMissing)?;
            let trusted = TrustedMetadataSet::from_root(root).map_err(bad_root)?;
            return Ok(RootChain {
                roots: vec![root.to_vec()],
                trusted,
                rotated: false,
            });
        };
        let trusted = TrustedMetadataSet::from_root(first).map_err(damaged)?;
        let mut chain = RootChain {
            roots: vec![first.clone()],
            trusted,
            rotated: false,
        };
        for next in stored.map_or(&[][..], |state| &state.roots[1..]) {
            chain.trusted.update_root(next).map_err(damaged)?;
            chain.roots.push(next.clone());
        }
        if let Some(given) = root {
            let version = Metadata::<Root>::from_slice(given)
                .map_err(bad_root)?
                .signed()
                .version;
            let current = chain.trusted.root().version;
            if version <= current {
                chain.require(given)?;
            } else if version == current.saturating_add(1)
                && chain.trusted.update_root(given).is_ok()
            {
                chain.add(given.to_vec());
            }
        }
        Ok(chain)
    }

    fn add(&mut self, root: Vec<u8>) {
        self.roots.push(root);
        self.rotated = true;
    }

    /// Follows the chain to the first version that the source does not have.
    async fn follow(&mut self, source: &impl FetchMetadata) -> Result<(), TufError> {
        for _ in 0..MAX_ROTATIONS {
            let name = format!(
                "{}.root.json",
                self.trusted.root().version.saturating_add(1)
            );
            let Some(bytes) = fetch(source, &name, MAX_ROOT).await? else {
                return Ok(());
            };
            if let Err(error) = self.trusted.update_root(&bytes) {
                return Err(self.explain(source, &name, &bytes, error).await);
            }
            self.add(bytes);
        }
        Err(TufError::Malformed {
            file: "root chain".to_string(),
            reason: format!("more than {MAX_ROTATIONS} roots follow each other"),
        })
    }

    /// Refuses a given root that is not in the chain. A root older than the first of the chain must
    /// be proved by somebody who has the roots between, so it is refused as well.
    fn require(&self, given: &[u8]) -> Result<(), TufError> {
        let given = Metadata::<Root>::from_slice(given).map_err(bad_root)?;
        let same = |bytes: &Vec<u8>| {
            Metadata::<Root>::from_slice(bytes)
                .is_ok_and(|root| root.signed_canonical() == given.signed_canonical())
        };
        if self.roots.iter().any(same) {
            return Ok(());
        }
        let what = format!(
            "the root given (version {}) is not the trusted one (version {})",
            given.signed().version,
            self.trusted.root().version
        );
        Err(TufError::RootDiffers { what })
    }

    /// Why `bytes` were refused. Where a signature is missing, the source may be another shelf's: its
    /// root proves nothing, it only makes the message better.
    async fn explain(
        &self,
        source: &impl FetchMetadata,
        name: &str,
        bytes: &[u8],
        error: sigstore_tuf::Error,
    ) -> TufError {
        let error = refused(name, bytes, error);
        if !matches!(error, TufError::Signature { .. }) {
            return error;
        }
        let root = format!("{}.root.json", self.trusted.root().version);
        match fetch(source, &root, MAX_ROOT).await {
            Ok(Some(theirs)) if self.require(&theirs).is_err() => TufError::RootDiffers {
                what: "the source is signed under another root than the trusted one".to_string(),
            },
            _ => error,
        }
    }
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

    let bytes = fetch(source, TIMESTAMP, MAX_TIMESTAMP)
        .await?
        .ok_or(TufError::NotAShelf)?;
    state.timestamp = match trusted.update_timestamp(&bytes, NEVER_EXPIRED) {
        Ok(()) => bytes,
        Err(sigstore_tuf::Error::EqualVersion { .. }) => kept(|state| &state.timestamp),
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
    let confirmed_at: Timestamp = timestamp
        .extra
        .get(CONFIRMED_AT)
        .and_then(|value| value.as_str()?.parse().ok())
        .ok_or_else(|| malformed(TIMESTAMP, "it has no confirmation time"))?;
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

/// A file that signed metadata names, of the length that it names.
async fn fetch_named(
    source: &impl FetchMetadata,
    name: &str,
    length: Option<u64>,
    max: u64,
) -> Result<Vec<u8>, TufError> {
    let max = match length {
        Some(length) if length > max => {
            return Err(malformed(
                name,
                &format!("{length} bytes are announced, {max} allowed"),
            ));
        }
        Some(length) => length,
        None => max,
    };
    match fetch(source, name, max).await? {
        None => Err(TufError::Missing {
            file: name.to_string(),
        }),
        Some(bytes) if length.is_some_and(|length| bytes.len() as u64 != length) => {
            let reason = format!("{} bytes in place of {max}", bytes.len());
            Err(mismatch(name, &reason))
        }
        Some(bytes) => Ok(bytes),
    }
}

async fn fetch(
    source: &impl FetchMetadata,
    name: &str,
    max: u64,
) -> Result<Option<Vec<u8>>, TufError> {
    let fetched = source.fetch(name, max).await;
    let bytes = fetched.map_err(|source| TufError::Transport {
        file: name.to_string(),
        source,
    })?;
    if let Some(bytes) = &bytes {
        // No metadata and no head begins like a page.
        if looks_like_a_page(bytes) {
            return Err(TufError::WebPage {
                file: name.to_string(),
            });
        }
        if bytes.len() as u64 > max {
            return Err(mismatch(name, &format!("it is longer than {max} bytes")));
        }
    }
    Ok(bytes)
}

fn malformed(file: &str, reason: &str) -> TufError {
    TufError::Malformed {
        file: file.to_string(),
        reason: reason.to_string(),
    }
}

fn mismatch(file: &str, reason: &str) -> TufError {
    TufError::Mismatch {
        file: file.to_string(),
        reason: reason.to_string(),
    }
}

fn bad_root(error: sigstore_tuf::Error) -> TufError {
    TufError::BadRoot {
        reason: error.to_string(),
    }
}

fn damaged(error: sigstore_tuf::Error) -> TufError {
    TufError::DamagedState {
        reason: error.to_string(),
    }
}
