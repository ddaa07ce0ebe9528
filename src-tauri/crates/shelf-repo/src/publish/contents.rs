//! What a publisher needs from outside: the shelf's contents, and somebody who signs.

use crate::destination::Destination;
use crate::format::{ObjectRole, ObjectRow, Withdrawn};
use jiff::Timestamp;
use shelf_law::{CollectionId, ContentHash, DocumentFile, DocumentId};
use std::path::PathBuf;

/// An error of the side that implements a trait of this module.
pub type OutsideError = Box<dyn std::error::Error + Send + Sync>;

/// A document as it is to be published.
#[derive(Clone, Debug)]
pub struct Staged {
    /// The document with its words.
    pub file: DocumentFile,
    /// Its originals and media, in the order in which they are shown.
    pub objects: Vec<StagedObject>,
}

/// An original or a media file as it is to be published.
#[derive(Clone, Debug)]
pub struct StagedObject {
    /// What it is to the document.
    pub role: ObjectRole,
    /// File name to offer when it is taken out.
    pub name: String,
    /// IANA media type.
    pub media_type: String,
    /// Where its bytes are now.
    pub path: PathBuf,
    /// Their hash, where it is known: a file that was published before is then not read again.
    pub sha256: Option<ContentHash>,
}

/// The approved contents of a shelf. Called from several threads.
pub trait ShelfContents: Sync {
    /// The shelf's name as readers see it.
    fn shelf_name(&self) -> String;

    /// The collections with their names. One that is missing here keeps the name it had, or goes by
    /// its id.
    fn collections(&self) -> Vec<(CollectionId, String)>;

    /// The documents on the shelf, in any order, each once.
    fn ids(&self) -> Result<Vec<DocumentId>, OutsideError>;

    /// A document.
    fn load(&self, id: &DocumentId) -> Result<Staged, OutsideError>;

    /// Whether the document is known to be just as it was when `published` was written, so that it
    /// need not be loaded. "No" is always a correct answer.
    fn is_as_published(&self, id: &DocumentId, published: &ObjectRow) -> bool {
        let _ = (id, published);
        false
    }

    /// Why and when a document left the shelf, where that was recorded.
    fn withdrawn(&self, id: &DocumentId) -> Result<Option<Withdrawn>, OutsideError>;

    /// Files of signed data by name (`abbreviations.json`).
    fn data_files(&self) -> Result<Vec<(String, Vec<u8>)>, OutsideError>;
}

/// A head that stands in a destination and was verified under the publisher's own root.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CurrentHead {
    /// Its bytes.
    pub head_bytes: Vec<u8>,
}

/// Signs heads. It writes everything under `tuf/`, the timestamp last.
pub trait SignHead {
    /// The head that stands in `dest`, verified; `None` where there is no repository yet. An error
    /// where `dest` belongs to another root, or its signatures do not hold.
    fn current(&self, dest: &dyn Destination) -> Result<Option<CurrentHead>, OutsideError>;

    /// Writes `head_bytes` as the target and signs it: head, targets, snapshot, timestamp. Only with
    /// the last of these does the new head stand.
    fn release(
        &self,
        dest: &dyn Destination,
        head_bytes: &[u8],
        now: Timestamp,
    ) -> Result<(), OutsideError>;

    /// Signs that at `now` the head that stands is still the newest; where an interrupted publish
    /// left greater versions behind, by signing that head anew.
    fn confirm(&self, dest: &dyn Destination, now: Timestamp) -> Result<(), OutsideError>;
}
