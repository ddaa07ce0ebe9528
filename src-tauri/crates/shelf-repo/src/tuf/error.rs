//! Why a shelf's head was not accepted.

use super::trust::{SourceError, StoreError};

/// Why a shelf's head was not accepted. Whatever it is, the trusted state is as before.
#[derive(Debug, thiserror::Error)]
pub enum TufError {
    /// First contact without a root: there is no trust on first use.
    #[error(
        "this shelf has no root yet; give the root.json that came with the program or from the department"
    )]
    RootMissing,
    /// The root that was given is no root, or is not signed by its own keys.
    #[error("the root file is not a shelf's root ({reason}); get it anew from the department")]
    BadRoot {
        /// What is wrong with it.
        reason: String,
    },
    /// Another root than the trusted one was given, or the source is under another root.
    #[error(
        "{what}; changing the source never changes the root, use another data folder for another shelf"
    )]
    RootDiffers {
        /// Which roots differ.
        what: String,
    },
    /// An older state than one already seen.
    #[error(
        "{file} offers version {offered}, version {trusted} was seen before; the source is outdated or somebody replays an old state"
    )]
    Rollback {
        /// The file.
        file: String,
        /// The version that is trusted.
        trusted: u64,
        /// The older version offered.
        offered: u64,
    },
    /// Too few valid signatures.
    #[error("{file} is not signed as the root demands ({reason}); nothing was taken over")]
    Signature {
        /// The file.
        file: String,
        /// What is wrong with the signatures.
        reason: String,
    },
    /// Another file than the one that was signed for.
    #[error(
        "{file} is not what was signed for ({reason}); the source is damaged or changed while it was read: try again"
    )]
    Mismatch {
        /// The file.
        file: String,
        /// Length, hash or version that differs.
        reason: String,
    },
    /// A file that is no metadata.
    #[error("{file} is malformed ({reason}); the source is damaged or no shelf")]
    Malformed {
        /// The file.
        file: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A web page where metadata should be: the log-in page of a network, or a wrong address.
    #[error(
        "not a shelf: a web page answered in place of {file}; log in to the network, or check the address"
    )]
    WebPage {
        /// The file asked for.
        file: String,
    },
    /// The source has no timestamp.
    #[error("not a shelf: the source has no tuf/timestamp.json; check the address or folder")]
    NotAShelf,
    /// A file that signed metadata names is missing.
    #[error(
        "{file} is missing at the source, though it is signed for; copy the shelf again or try later"
    )]
    Missing {
        /// The file.
        file: String,
    },
    /// The source could not be read.
    #[error("cannot read {file} from the source: {source}")]
    Transport {
        /// The file.
        file: String,
        /// What the transport said.
        source: SourceError,
    },
    /// The stored trust state does not verify any more.
    #[error("the stored trust state is damaged ({reason}); use a new data folder and sync into it")]
    DamagedState {
        /// What does not verify.
        reason: String,
    },
    /// The stored trust state could not be read or written.
    #[error("cannot read or write the stored trust state: {source}")]
    Store {
        /// What the store said.
        source: StoreError,
    },
}

impl TufError {
    /// The code by which other programs know it.
    pub fn code(&self) -> &'static str {
        match self {
            TufError::RootMissing => "root_missing",
            TufError::BadRoot { .. } => "bad_root",
            TufError::RootDiffers { .. } => "root_differs",
            TufError::Rollback { .. } => "rollback",
            TufError::Signature { .. } => "bad_signature",
            TufError::Mismatch { .. } => "mismatch",
            TufError::Malformed { .. } => "malformed",
            TufError::WebPage { .. } => "web_page",
            TufError::NotAShelf => "not_a_shelf",
            TufError::Missing { .. } => "missing",
            TufError::Transport { .. } => "transport",
            TufError::DamagedState { .. } => "damaged_state",
            TufError::Store { .. } => "store",
        }
    }
}

/// Translates the verifier's error about `file`, whose bytes were `bytes`.
pub(super) fn refused(file: &str, bytes: &[u8], error: sigstore_tuf::Error) -> TufError {
    use sigstore_tuf::Error as E;
    let file = file.to_string();
    match error {
        E::Rollback { trusted, new, .. } => TufError::Rollback {
            file,
            trusted,
            offered: new,
        },
        E::BadRootVersion { trusted, new } => TufError::Mismatch {
            file,
            reason: format!(
                "it carries version {new}, {} was expected",
                trusted.saturating_add(1)
            ),
        },
        E::ThresholdNotMet { .. }
        | E::DuplicateSignature { .. }
        | E::UnknownRole(_)
        | E::UnusableKey { .. }
        | E::UnsupportedScheme { .. }
        | E::Crypto(_) => TufError::Signature {
            file,
            reason: error.to_string(),
        },
        E::IntegrityMismatch(reason) => TufError::Mismatch { file, reason },
        E::Json(ref source) if !looks_like_a_page(bytes) => TufError::Malformed {
            file,
            reason: format!("no JSON: {source}"),
        },
        E::Json(_) => TufError::WebPage { file },
        other => TufError::Malformed {
            file,
            reason: other.to_string(),
        },
    }
}

/// Whether bytes begin like HTML or XML, which no metadata does.
pub(super) fn looks_like_a_page(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    text.trim_ascii_start().starts_with(b"<")
}

/// The verifier's error about a stored file.
pub(super) fn damaged(error: sigstore_tuf::Error) -> TufError {
    TufError::DamagedState {
        reason: error.to_string(),
    }
}
