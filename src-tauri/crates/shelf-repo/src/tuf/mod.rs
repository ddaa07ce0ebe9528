//! The signatures of a shelf: TUF 1.0.34 over one target, the head.
//!
//! - [`keys`] makes the keys and the root of a new shelf (publisher, once).
//! - [`sign`] signs a head, or only confirms that nothing changed (publisher, each time).
//! - [`client`] follows the signatures from a root to a verified head (reader). It knows no
//!   transport and no database: [`trust`] names the two traits that it needs.
//! - [`strict`] checks every signature and every byte of all metadata (`shelf verify REPO`).
//!
//! All names in this module are relative to the `/tuf` folder of the repository.

pub mod client;
mod envelope;
mod error;
mod fetch;
mod files;
pub mod key;
pub mod keys;
mod roots;
pub mod sign;
mod spelling;
pub mod strict;
pub mod trust;
pub mod versions;

#[cfg(test)]
mod tests;

pub use client::{TufError, VerifiedHead, refresh};
pub use files::FileError;
pub use key::{KeyError, SigningKey};
pub use keys::{InitError, InitReport, init, root_keys_present};
pub use sign::{HeadSigner, SignError, TufRelease};
pub use strict::{Fault, StrictReport, check_metadata};
pub use trust::{FetchMetadata, MemoryTrust, SourceError, StoreError, TrustState, TrustStore};
pub use versions::{Versions, versions_of};

/// Name of the only target.
pub const HEAD_TARGET: &str = "head.json";
/// The file that names the newest snapshot and carries the confirmation time.
pub const TIMESTAMP: &str = "timestamp.json";
/// Extra signed field of the timestamp: when the publisher last confirmed the shelf (RFC 3339,
/// whole seconds).
pub const CONFIRMED_AT: &str = "x_confirmed_at";
/// The TUF specification that the metadata follows.
pub const SPEC_VERSION: &str = "1.0.34";

/// Most bytes of a root that a client reads.
pub const MAX_ROOT: u64 = 512 * 1024;
/// Most bytes of a timestamp that a client reads.
pub const MAX_TIMESTAMP: u64 = 16 * 1024;
/// Most bytes of a snapshot or targets file that a client reads.
pub const MAX_METADATA: u64 = 1024 * 1024;
/// Most bytes of a head that a client reads.
pub const MAX_HEAD: u64 = crate::limits::MAX_HEAD;

/// Whether these bytes are a root that a reader could begin to trust: well-formed and signed by its
/// own keys. Whether to trust it, people decide.
pub fn check_root(bytes: &[u8]) -> Result<(), TufError> {
    roots::RootChain::begin(Some(bytes), None).map(|_| ())
}

/// Where the head with this hash stands (consistent snapshots: the hash leads the name).
pub fn head_path(sha256: &shelf_law::ContentHash) -> String {
    format!("targets/{sha256}.{HEAD_TARGET}")
}
