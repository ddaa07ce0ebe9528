//! Names of files in a repository: parsed once, safe to join to a folder or an address.

use shelf_law::ContentHash;
use std::fmt;
use std::str::FromStr;

/// The name of a file in a repository, relative to its top: ASCII, `/` between segments, nothing
/// that could leave the repository [F-3].
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct RepoName(String);

/// A text is not the name of a repository file.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not a name of a repository file: {0:?}")]
pub struct NameError(pub String);

impl RepoName {
    /// Where an object of this hash stands: `o/ab/cd/<sha256>` [F-4].
    pub fn object(hash: &ContentHash) -> RepoName {
        let hex = hash.to_string();
        RepoName(format!("o/{}/{}/{hex}", &hex[..2], &hex[2..4]))
    }

    /// Where a head of this hash stands: `tuf/targets/<sha256>.head.json` [F-5].
    pub fn head(hash: &ContentHash) -> RepoName {
        RepoName(format!("tuf/targets/{hash}.head.json"))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The hash, where this is the name of an object in its own place.
    pub fn object_hash(&self) -> Option<ContentHash> {
        let hash: ContentHash = self.0.rsplit('/').next()?.parse().ok()?;
        (RepoName::object(&hash) == *self).then_some(hash)
    }

    /// The hash, where this is the name of a head.
    pub fn head_hash(&self) -> Option<ContentHash> {
        let file = self.0.strip_prefix("tuf/targets/")?;
        file.strip_suffix(".head.json")?.parse().ok()
    }
}

impl FromStr for RepoName {
    type Err = NameError;
    fn from_str(text: &str) -> Result<Self, NameError> {
        let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-');
        let well_formed = text.len() <= 200
            && text.split('/').all(|segment| {
                !segment.is_empty()
                    && !segment.starts_with('.')
                    && !segment.ends_with('.')
                    && segment.bytes().all(allowed)
            });
        match well_formed {
            true => Ok(RepoName(text.to_string())),
            false => Err(NameError(text.chars().take(200).collect())),
        }
    }
}

impl fmt::Display for RepoName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_the_repository() {
        for bad in [
            "", "/etc", "o//x", "../x", "o/../x", "o/.", "o/.x", "ổ/x", "o\\x", "C:x", "o/x/",
        ] {
            assert!(bad.parse::<RepoName>().is_err(), "{bad:?} must be refused");
        }
        let hash = ContentHash::of(b"x");
        let name = RepoName::object(&hash);
        assert_eq!(name.as_str().parse(), Ok(name.clone()));
        assert_eq!(name.object_hash(), Some(hash));
        assert_eq!(RepoName::head(&hash).head_hash(), Some(hash));
        let misplaced: RepoName = format!("o/00/00/{hash}").parse().unwrap();
        assert_eq!(misplaced.object_hash(), None, "only in its own place");
    }
}
