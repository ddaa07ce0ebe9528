//! What ingest hands over: documents that have no id yet, and files that gave none.

use crate::{Said, Unsaid};
use serde_json::{Map, Value};
use shelf_law::{CollectionId, DocumentText, Fields, Product, Relation, Validity};
use std::fmt;
use std::path::PathBuf;

/// A document without an id. Its identity is the engine's business.
#[derive(Clone, PartialEq, Debug)]
pub struct Candidate {
    /// The source: the stem of an imported file, or the name of the folder a single file stood in.
    pub source: String,
    /// Its key there: the `law_id` of an imported row, else the number, else the file name.
    pub source_key: String,
    /// What tells it from others of its source, and stays when its fields are corrected: the
    /// `law_id` of an imported row, else the file name.
    pub origin_key: String,
    /// Its fields: detected, overridden by the sidecar, overridden by the list.
    pub fields: Fields,
    /// Its validity as the fields state it.
    pub validity: Validity,
    /// Its words.
    pub text: DocumentText,
    /// The product it is; `None` for an act.
    pub product: Option<Product>,
    /// The collection it goes to.
    pub collection: CollectionId,
    /// Units in which it holds.
    pub applies_in: Vec<String>,
    /// Its relations.
    pub relations: Vec<Relation>,
    /// What a reader should know about the text ("bản quét, chưa có chữ").
    pub notes: Vec<String>,
    /// What a person should look at before approving it.
    pub doubts: Vec<String>,
    /// Fields of the source that have no name here, kept as they were.
    pub extra: Map<String, Value>,
    /// Its original, media and subtitles.
    pub objects: Vec<CandidateObject>,
    /// What its sidecar and its row in the list say.
    pub said: Said,
    /// What it was before they spoke; `None` for a row of an import, which nobody describes.
    pub unsaid: Option<Box<Unsaid>>,
}

/// A file that belongs to a document.
#[derive(Clone, PartialEq, Debug)]
pub struct CandidateObject {
    /// What it is to the document.
    pub role: ObjectRole,
    /// File name to offer when it is taken out.
    pub name: String,
    /// IANA media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub content: Content,
}

/// Where the bytes of an object are.
#[derive(Clone, PartialEq, Debug)]
pub enum Content {
    /// In this file.
    File(PathBuf),
    /// Here.
    Bytes(Vec<u8>),
}

/// What an object is to its document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ObjectRole {
    /// The file as it came.
    Original,
    /// A page picture or a leaflet.
    Image,
    /// A video.
    Video,
    /// A sound piece.
    Audio,
    /// Subtitles.
    Subtitles,
    /// The picture that stands for a video before it plays.
    Poster,
}

/// A file, or a row of one, that gave no document.
#[derive(Debug)]
pub struct Failure {
    /// The file.
    pub file: PathBuf,
    /// The line in it, from 1, where one line is at fault.
    pub line: Option<u64>,
    /// Why, and what to do.
    pub reason: Reason,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        write!(f, ": {}", self.reason)
    }
}

/// Why a file gave no document. The words say what to do.
#[derive(Debug, thiserror::Error)]
pub enum Reason {
    /// Nothing stands at the path.
    #[error("there is no such file; check the path")]
    Missing,
    /// A link to somewhere else.
    #[error("is a link; put the file itself here")]
    Link,
    /// A folder in a folder in a folder …
    #[error("stands too deep in folders of folders; move it up")]
    TooDeep,
    /// The system refused.
    #[error("cannot be read ({0}); check its permissions and the disk")]
    Io(#[from] std::io::Error),
    /// No bytes.
    #[error("the file is empty (0 bytes); copy it again from where it came")]
    Empty,
    /// Above the cap.
    #[error("too large: {size} bytes, {limit} are allowed; split it")]
    TooLarge {
        /// Its bytes, or as many as were seen.
        size: u64,
        /// What is allowed.
        limit: u64,
    },
    /// No reader for this type.
    #[error("files of this type are not read; save it as DOCX, PDF, HTML or plain text")]
    UnknownType,
    /// A video in a format that the readers' machines do not play.
    #[error("videos of this format are not played; save it as MP4 (H.264, AAC) or WebM")]
    UnknownVideo,
    /// A binary Word file.
    #[error("Word 97 (.doc) is not read yet; open it in Word and save it as DOCX")]
    Word97,
    /// Protected by a password.
    #[error("protected by a password; save it without one")]
    Encrypted,
    /// Broken inside.
    #[error("damaged: {0}; copy it again from where it came, or open and save it anew")]
    Damaged(String),
    /// Bytes in none of the encodings that are read.
    #[error("its letters are in no encoding that is read ({0}); save it as UTF-8")]
    Encoding(String),
    /// The file holds no words.
    #[error(
        "no words of a document were found in it; of a web page, save the one that shows the full text"
    )]
    NoWords,
    /// What may never be on the shelf.
    #[error("never on the shelf: its header is marked “{0}”")]
    Restricted(String),
    /// A row of an import.
    #[error("not a row of the import format: {0}; see docs/import.md")]
    BadRow(String),
    /// A sidecar or list entry.
    #[error("its description is not usable: {0}")]
    BadDescription(String),
    /// A reader that is not there.
    #[error("{0}")]
    NoReader(String),
}
