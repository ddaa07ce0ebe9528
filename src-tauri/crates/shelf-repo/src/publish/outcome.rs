//! What a publish is told, says on its way, and ends with.

use super::OutsideError;
use crate::RepoError;
use crate::canonical::CanonicalError;
use crate::destination::StoreError;
use crate::files::FileError;
use shelf_law::DocumentId;

/// What the publisher decides beside the contents.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PublishOptions {
    /// Oldest app that shows everything.
    pub min_app: String,
    /// The greatest sequence that the workspace remembers, 0 for none: a new destination goes on
    /// from there, so that clients who come to it are not turned back.
    pub last_seq: u64,
    /// Takes nothing over from the destination but its sequence: for one that is damaged.
    pub rebuild: bool,
}

/// What is being done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// Reading what stands in the destination.
    Reading,
    /// Making the dictionary.
    Dictionary,
    /// Reading, compressing and storing documents.
    Documents,
    /// Storing the catalogue.
    Catalogue,
    /// Signing.
    Signing,
    /// Removing what is no longer referred to.
    Sweeping,
}

/// How far it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Progress {
    /// What is being done.
    pub step: Step,
    /// Documents done in this step, 0 where it does not count.
    pub done: usize,
    /// Documents of this step, 0 where it does not count.
    pub total: usize,
}

/// What a publish did.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PublishReport {
    /// The sequence that stands now.
    pub seq: u64,
    /// Documents on the shelf.
    pub documents: u64,
    /// Bytes of the repository: the head and everything it refers to.
    pub bytes: u64,
    /// Bytes that had to be written as objects.
    pub written: u64,
    /// Whether there is a new sequence; else the standing one was confirmed.
    pub changed: bool,
    /// Documents that were not on the shelf before.
    pub added: u64,
    /// Documents that read differently now.
    pub updated: u64,
    /// Documents that left the shelf.
    pub withdrawn: u64,
}

/// Why nothing was published. What stood in the destination stands as before.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The destination failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What stands in the destination cannot be read.
    #[error(
        "what was published before cannot be read: {0} ; publish with --rebuild writes it anew"
    )]
    Previous(#[source] RepoError),
    /// The head that was made breaks the format.
    #[error("the new head would be refused by readers: {0}")]
    Head(#[source] RepoError),
    /// The contents could not be listed.
    #[error("the contents of the shelf cannot be listed: {0}")]
    Contents(#[source] OutsideError),
    /// A document could not be loaded.
    #[error("document {id} cannot be read from the workspace: {source}")]
    Document {
        /// The document.
        id: DocumentId,
        /// Why.
        source: OutsideError,
    },
    /// A document is larger than a reader takes.
    #[error("{what} of document {id} has {bytes} bytes, too many to publish; divide the document")]
    TooLarge {
        /// The document.
        id: DocumentId,
        /// What of it.
        what: &'static str,
        /// Its bytes.
        bytes: u64,
    },
    /// Two documents are the same, or their ids begin alike.
    #[error("documents {0} and {1} cannot stand on one shelf: their keys are the same")]
    SameKey(DocumentId, DocumentId),
    /// A name that every reader spells alike is needed.
    #[error("a name on the shelf cannot be signed: {0}")]
    Name(#[from] CanonicalError),
    /// Signing failed.
    #[error("signing failed: {0}")]
    Sign(#[source] OutsideError),
    /// A row could not be written.
    #[error("a row cannot be written as JSON: {0}")]
    Json(#[source] serde_json::Error),
    /// Compression failed.
    #[error("compression failed: {0}")]
    Compress(#[source] std::io::Error),
    /// It was cancelled.
    #[error("cancelled; publish again to go on")]
    Cancelled,
}

impl From<FileError> for PublishError {
    fn from(error: FileError) -> PublishError {
        PublishError::Store(error.into())
    }
}

impl PublishError {
    /// The code by which other programs know it. An error of the signer has its own code, which the
    /// caller finds by its type.
    pub fn code(&self) -> &'static str {
        match self {
            PublishError::Store(_) => "io",
            PublishError::Previous(_) => "destination_damaged",
            PublishError::Head(_) | PublishError::Name(_) => "bad_head",
            PublishError::Contents(_) | PublishError::Document { .. } => "bad_workspace",
            PublishError::TooLarge { .. } => "document_too_large",
            PublishError::SameKey(..) => "same_key",
            PublishError::Sign(_) => "signing_failed",
            PublishError::Json(_) | PublishError::Compress(_) => "encoding_failed",
            PublishError::Cancelled => "cancelled",
        }
    }
}
