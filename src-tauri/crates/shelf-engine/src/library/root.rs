//! The root that a data folder trusts, as people compare it.

use super::{Home, Library};
use crate::{Error, ErrorCode};
use serde::Serialize;
use shelf_law::{ContentHash, root_words};
use shelf_repo::tuf::{self, TrustStore};
use shelf_store::State;
use std::io::Read;
use std::path::Path;

/// A root.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct RootInfo {
    /// SHA-256 of its file: what the machine compares.
    pub sha256: ContentHash,
    /// The same in part, as words that two people can read to each other.
    pub words: [&'static str; 8],
}

impl RootInfo {
    /// The root with these bytes.
    pub fn of(bytes: &[u8]) -> RootInfo {
        let sha256 = ContentHash::of(bytes);
        RootInfo {
            sha256,
            words: root_words::root_words(&sha256),
        }
    }
}

impl Library {
    /// The root that a data folder trusts now; `None` before its first sync.
    pub fn root_of(home: &Path) -> Result<Option<RootInfo>, Error> {
        Ok(trusted_root(&Home::new(home))?.map(|bytes| RootInfo::of(&bytes)))
    }

    /// Reads a root file that somebody wants to trust, and changes nothing.
    pub fn read_root(path: &Path) -> Result<RootInfo, Error> {
        Ok(RootInfo::of(&read_root_file(path)?))
    }
}

/// The bytes of a root file, which are a well-formed root.
pub fn read_root_file(path: &Path) -> Result<Vec<u8>, Error> {
    let file = std::fs::File::open(path).map_err(Error::io(path))?;
    let mut bytes = Vec::new();
    let mut capped = file.take(tuf::MAX_ROOT + 1);
    capped.read_to_end(&mut bytes).map_err(Error::io(path))?;
    let refused = |reason: String| {
        let words = format!("{}: not a root of a shelf: {reason}", path.display());
        Error::new(ErrorCode::BadInput, words)
    };
    if bytes.len() as u64 > tuf::MAX_ROOT {
        return Err(refused("the file is too long".into()));
    }
    tuf::check_root(&bytes).map_err(|error| refused(error.to_string()))?;
    Ok(bytes)
}

/// The root trusted now.
pub(super) fn trusted_root(home: &Home) -> Result<Option<Vec<u8>>, Error> {
    if !home.state().is_file() {
        return Ok(None);
    }
    let state = State::open_for_reading(&home.state())?;
    let trust = state.load().map_err(|error| {
        let words = format!("{}: {error}", home.state().display());
        Error::new(ErrorCode::Damaged, words)
    })?;
    Ok(trust.and_then(|trust| trust.roots.last().cloned()))
}
