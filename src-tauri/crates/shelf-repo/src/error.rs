//! What can be wrong with a repository as it is read.

use crate::destination::StoreError;
use shelf_law::ContentHash;

/// A repository, or a part of it, was not taken.
#[derive(Debug, thiserror::Error)]
pub enum RepoError {
    /// The place it stands in did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file that is referred to is not there.
    #[error("{name} is missing")]
    Missing {
        /// The file.
        name: String,
    },
    /// The bytes are not those that were signed.
    #[error("{name} is damaged: its bytes have the hash {found}")]
    Hash {
        /// The file.
        name: String,
        /// The hash of what is there.
        found: ContentHash,
    },
    /// The file has another size than was signed.
    #[error("{name} has {found} bytes instead of {expected}")]
    Size {
        /// The file.
        name: String,
        /// The signed size.
        expected: u64,
        /// The size found.
        found: u64,
    },
    /// The bytes break a rule of the format.
    #[error("{name} is refused by [{rule}]: {reason}")]
    Refused {
        /// The file, or the part of it.
        name: String,
        /// The number of the rule in `docs/format.md`.
        rule: &'static str,
        /// What is wrong.
        reason: String,
    },
}

impl RepoError {
    /// The code by which other programs know it.
    pub fn code(&self) -> &'static str {
        match self {
            RepoError::Store(_) => "io",
            RepoError::Missing { .. } => "missing",
            RepoError::Hash { .. } | RepoError::Size { .. } => "damaged",
            RepoError::Refused { .. } => "refused",
        }
    }

    /// Builds a refusal.
    pub fn refused(name: impl ToString, rule: &'static str, reason: impl ToString) -> RepoError {
        RepoError::Refused {
            name: name.to_string(),
            rule,
            reason: reason.to_string(),
        }
    }
}
