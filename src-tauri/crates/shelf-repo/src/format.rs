//! The types that travel. Each is one JSON value; their meaning is in `docs/format.md`.

use crate::limits;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use shelf_law::{
    CollectionId, ContentHash, Date, Document, DocumentFile, DocumentId, FieldName, Product,
    ProvisionId, Validity,
};

/// Bytes of the repository that are named by their hash and stand at `/o/ab/cd/<sha256>`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Blob {
    /// SHA-256 of the bytes.
    pub sha256: ContentHash,
    /// Number of bytes.
    pub size: u64,
    /// Above 256 KiB: the hash of the piece list, itself a blob of 32 bytes for each 256 KiB piece.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pieces: Option<ContentHash>,
}

/// The head: the one target that TUF signs. Everything else is named by hash from here.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Head {
    /// Version of this format; 1.
    pub format: u32,
    /// The shelf's name as readers see it.
    pub shelf: String,
    /// Sequence number; grows by one with each change.
    pub seq: u64,
    /// When this sequence was published. Not the day on which any status was checked.
    pub published_at: Timestamp,
    /// Oldest app that shows everything; older ones read the rest.
    pub min_app: String,
    /// Documents on the shelf, withdrawn ones not counted.
    pub documents: u64,
    /// Digest over every browse and heading row; what a client computes after applying changes.
    pub state_digest: ContentHash,
    /// The collections, with a digest over the object rows of each.
    pub collections: Vec<Collection>,
    /// The snapshot.
    pub shards: Vec<ShardRef>,
    /// The change log, oldest first.
    pub segments: Vec<SegmentRef>,
    /// Dictionaries that text frames are compressed with.
    pub dictionaries: Vec<Blob>,
    /// Signed data: unit aliases, abbreviations, weights, templates.
    pub data: Vec<DataFile>,
}

/// A collection (bộ) as the head lists it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Collection {
    /// Its id.
    pub id: CollectionId,
    /// Its name as readers see it.
    pub name: String,
    /// Documents in it.
    pub documents: u64,
    /// Bytes of all its texts and objects.
    pub bytes: u64,
    /// Digest over its object rows.
    pub digest: ContentHash,
}

/// What the rows of a shard are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShardKind {
    /// [`BrowseRow`]s: all that a list, a title search and a validity badge need.
    Browse,
    /// [`HeadingRow`]s: the headings of all provisions.
    Headings,
    /// [`ObjectRow`]s: where the bytes of each document are.
    Objects,
}

/// One snapshot shard: zstd-compressed JSON lines, sorted by document id.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ShardRef {
    /// What its rows are.
    pub kind: ShardKind,
    /// The collection its documents belong to.
    pub collection: CollectionId,
    /// Leading hexadecimal digits that its document ids share; empty where it is the only one.
    pub part: String,
    /// Rows in it.
    pub rows: u64,
    /// Its bytes.
    #[serde(flatten)]
    pub blob: Blob,
}

/// One segment of the change log: zstd-compressed JSON lines of [`Change`]s, in sequence order.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SegmentRef {
    /// It holds the changes after this sequence …
    pub after: u64,
    /// … up to and with this one.
    pub upto: u64,
    /// Its bytes.
    #[serde(flatten)]
    pub blob: Blob,
}

/// A file of signed data, by name.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DataFile {
    /// Its name (`abbreviations.json`).
    pub name: String,
    /// Its bytes.
    #[serde(flatten)]
    pub blob: Blob,
}

/// All that a list, a title search and a validity badge need. Carries no hashes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BrowseRow {
    /// The document.
    pub id: DocumentId,
    /// Its key in its source.
    pub source_key: String,
    /// Its collection.
    pub collection: CollectionId,
    /// Its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Its kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Its title.
    pub title: String,
    /// Who issued it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// Day of issue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued: Option<Date>,
    /// Its validity as recorded, with first and last day.
    pub validity: Validity,
    /// Lĩnh vực.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// The product it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<Product>,
    /// Units in which it holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub applies_in: Vec<String>,
    /// Set once it was withdrawn from the shelf; it has no object row then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawn>,
}

impl BrowseRow {
    /// The row of a document.
    pub fn of(document: &Document) -> BrowseRow {
        let field = |name| document.fields.value(name).map(str::to_string);
        BrowseRow {
            id: document.id.clone(),
            source_key: document.source_key.clone(),
            collection: document.collection.clone(),
            number: field(FieldName::Number),
            kind: field(FieldName::Kind),
            title: document.display_title(),
            issuer: field(FieldName::Issuer),
            issued: field(FieldName::Issued).and_then(|text| text.parse().ok()),
            validity: document.validity.clone(),
            topic: field(FieldName::Topic),
            product: document.product,
            applies_in: document.applies_in.clone(),
            withdrawn: None,
        }
    }
}

/// Why and when a document left the shelf.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Withdrawn {
    /// The day.
    pub on: Date,
    /// The reason, in the publisher's words.
    pub reason: String,
}

/// The headings of one document's search units, in reading order. A document without headings has
/// no such row.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct HeadingRow {
    /// The document.
    pub id: DocumentId,
    /// Provision id and heading line of each unit that has one.
    pub headings: Vec<(ProvisionId, String)>,
}

impl HeadingRow {
    /// The row of a document, `None` where none of its units has a heading. Long headings are cut
    /// and the last of very many left out [F-7]: a row is for finding, the text is in its frame.
    pub fn of(file: &DocumentFile) -> Option<HeadingRow> {
        let mut room = limits::MAX_HEADINGS;
        let headings: Vec<_> = file
            .text
            .units()
            .into_iter()
            .filter_map(|unit| {
                let heading = unit.heading.trim();
                let cut: String = heading.chars().take(limits::MAX_HEADING_CHARS).collect();
                (!cut.is_empty()).then_some((unit.provision?, cut))
            })
            .take_while(|(provision, heading)| {
                let bytes = provision.as_str().len() + heading.len() + 8;
                let fits = bytes <= room;
                room = room.saturating_sub(bytes);
                fits
            })
            .collect();
        (!headings.is_empty()).then(|| HeadingRow {
            id: file.document.id.clone(),
            headings,
        })
    }
}

/// Where the bytes of one document are.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ObjectRow {
    /// The document.
    pub id: DocumentId,
    /// Its text frame.
    pub text: TextRef,
    /// Its originals and media.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub objects: Vec<ObjectRef>,
}

/// One frame of a text pack: a `shelf_law::DocumentFile` as JSON, compressed by itself.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TextRef {
    /// The pack.
    pub pack: Blob,
    /// First byte of the frame in the pack.
    pub offset: u64,
    /// Bytes of the frame.
    pub length: u64,
    /// Bytes of the JSON after decompression.
    pub size: u64,
    /// SHA-256 of the JSON: the document's revision.
    pub sha256: ContentHash,
    /// The dictionary it was compressed with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dictionary: Option<ContentHash>,
}

/// What an object is to its document.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ObjectRole {
    /// The file as it came (PDF, DOCX, HTML …).
    Original,
    /// A page picture or a leaflet.
    Image,
    /// A video.
    Video,
    /// A sound piece.
    Audio,
    /// Subtitles.
    Subtitles,
    /// A still that stands for a video.
    Poster,
}

/// An original or a media file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ObjectRef {
    /// What it is to the document.
    pub role: ObjectRole,
    /// File name to offer when it is taken out.
    pub name: String,
    /// IANA media type.
    pub media_type: String,
    /// Its bytes.
    #[serde(flatten)]
    pub blob: Blob,
}

/// One change of the log. Applying it replaces all rows of the document.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Change {
    /// The sequence that made it.
    pub seq: u64,
    /// The document's browse row; a withdrawn one is a tombstone.
    pub browse: BrowseRow,
    /// Its headings; absent for a tombstone, and where it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headings: Option<HeadingRow>,
    /// Its objects; absent for a tombstone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub objects: Option<ObjectRow>,
}
