//! The chain of roots that a reader trusts.

use sigstore_tuf::TrustedMetadataSet;
use sigstore_tuf::metadata::{Metadata, Root};

use super::MAX_ROOT;
use super::error::{TufError, damaged, refused};
use super::fetch::fetch;
use super::trust::{FetchMetadata, TrustState};

/// Roots that are followed in one go.
const MAX_ROTATIONS: usize = 1024;

/// The chain of roots: each signed by itself and by the one before it.
pub(super) struct RootChain {
    pub(super) roots: Vec<Vec<u8>>,
    pub(super) trusted: TrustedMetadataSet,
    /// Whether a root was added to the stored ones.
    pub(super) rotated: bool,
}

impl RootChain {
    pub(super) fn begin(
        root: Option<&[u8]>,
        stored: Option<&TrustState>,
    ) -> Result<RootChain, TufError> {
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
    pub(super) async fn follow(&mut self, source: &impl FetchMetadata) -> Result<(), TufError> {
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
    pub(super) fn require(&self, given: &[u8]) -> Result<(), TufError> {
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
    pub(super) async fn explain(
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

fn bad_root(error: sigstore_tuf::Error) -> TufError {
    TufError::BadRoot {
        reason: error.to_string(),
    }
}
