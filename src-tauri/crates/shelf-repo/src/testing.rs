//! Shelves for tests, made from numbers.

use crate::publish::{
    CurrentHead, OutsideError, PublishError, PublishOptions, PublishReport, ShelfContents,
    SignHead, Staged, StagedObject, publish,
};
use crate::{Destination, FolderDestination, ObjectRole, ObjectRow, RepoName, Withdrawn};
use jiff::Timestamp;
use shelf_law::{
    Block, CollectionId, ContentHash, Document, DocumentFile, DocumentId, DocumentText, Field,
    FieldName, Fields, Level, Validity,
};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use tempfile::TempDir;

/// The id of the generated document `n`.
pub(crate) fn id(n: u32) -> DocumentId {
    DocumentId::from_identity(&["test", &n.to_string()])
}

/// Words that look like none others, so that documents are not all alike to a compressor.
fn words(seed: u32, count: u32) -> String {
    let syllables = [
        "quy",
        "định",
        "về",
        "đất",
        "đai",
        "hộ",
        "tịch",
        "ủy",
        "ban",
        "nhân",
        "dân",
        "xã",
        "phường",
        "công",
        "chức",
        "tư",
        "pháp",
        "quyết",
        "nghị",
        "thông",
    ];
    let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(12_345);
    let mut text = String::new();
    for _ in 0..count {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        text.push_str(syllables[(state >> 24) as usize % syllables.len()]);
        text.push(' ');
    }
    text.trim_end().to_string()
}

/// The generated document `n` in its revision `revision`.
pub(crate) fn document(n: u32, revision: u32) -> DocumentFile {
    let mut fields = Fields::default();
    let number = format!("{n}/2026/QĐ-UBND");
    fields.set(FieldName::Number, Field::plain(&number));
    fields.set(FieldName::Kind, Field::plain("Quyết định"));
    fields.set(FieldName::Title, Field::plain(words(n, 12)));
    let mut blocks = Vec::new();
    for article in 1..=3 + n % 4 {
        blocks.push(Block {
            id: Some(format!("dieu_{article}").parse().unwrap()),
            marker: format!("Điều {article}."),
            label: format!("Điều {article}"),
            heading: words(n + article * 7, 5),
            ..Block::new(Level::Article, 0)
        });
        blocks.push(Block::paragraph(1, words(n * 31 + article + revision, 60)));
    }
    DocumentFile {
        document: Document {
            id: id(n),
            source: "test".into(),
            source_key: number,
            fields,
            validity: Validity::default(),
            collection: if n.is_multiple_of(3) {
                "trung-uong"
            } else {
                "tinh"
            }
            .parse()
            .unwrap(),
            product: None,
            applies_in: Vec::new(),
            relations: Vec::new(),
            notes: Vec::new(),
            extra: serde_json::Map::new(),
        },
        text: DocumentText { blocks },
    }
}

/// A shelf of generated documents.
pub(crate) struct Shelf {
    pub(crate) documents: BTreeMap<DocumentId, Staged>,
    pub(crate) withdrawn: BTreeMap<DocumentId, Withdrawn>,
    pub(crate) data: Vec<(String, Vec<u8>)>,
    pub(crate) name: String,
    /// Documents loaded so far.
    pub(crate) loaded: AtomicUsize,
    /// Whether documents say by themselves that they did not change.
    pub(crate) knows_what_is_published: bool,
    files: TempDir,
}

impl Shelf {
    /// Documents `0..count`; every tenth has an original, one of them a large one.
    pub(crate) fn new(count: u32) -> Shelf {
        let mut shelf = Shelf {
            documents: BTreeMap::new(),
            withdrawn: BTreeMap::new(),
            data: vec![("abbreviations.json".into(), b"{\"tt\":\"nghi\"}".to_vec())],
            name: "Tủ sách thử".into(),
            loaded: AtomicUsize::new(0),
            knows_what_is_published: false,
            files: TempDir::new().unwrap(),
        };
        for n in 0..count {
            let objects = match n % 10 {
                0 => vec![shelf.original(n)],
                _ => Vec::new(),
            };
            let file = document(n, 0);
            shelf
                .documents
                .insert(file.document.id.clone(), Staged { file, objects });
        }
        shelf
    }

    fn original(&self, n: u32) -> StagedObject {
        let size = if n == 10 { 600_000 } else { 900 };
        let bytes: Vec<u8> = (0..size).map(|i: u32| (i * 7 + n) as u8).collect();
        let path = self.files.path().join(format!("{n}.pdf"));
        std::fs::write(&path, &bytes).unwrap();
        StagedObject {
            role: ObjectRole::Original,
            name: format!("{n}.pdf"),
            media_type: "application/pdf".into(),
            path,
            sha256: n.is_multiple_of(20).then(|| ContentHash::of(&bytes)),
        }
    }

    /// Gives the document `n` other words.
    pub(crate) fn revise(&mut self, n: u32, revision: u32) {
        let staged = self.documents.get_mut(&id(n)).unwrap();
        staged.file = document(n, revision);
    }
}

impl ShelfContents for Shelf {
    fn shelf_name(&self) -> String {
        self.name.clone()
    }
    fn collections(&self) -> Vec<(CollectionId, String)> {
        vec![("tinh".parse().unwrap(), "Tỉnh".into())]
    }
    fn ids(&self) -> Result<Vec<DocumentId>, OutsideError> {
        Ok(self.documents.keys().rev().cloned().collect())
    }
    fn load(&self, id: &DocumentId) -> Result<Staged, OutsideError> {
        self.loaded.fetch_add(1, Ordering::Relaxed);
        self.documents
            .get(id)
            .cloned()
            .ok_or_else(|| "no such document".into())
    }
    fn is_as_published(&self, id: &DocumentId, published: &ObjectRow) -> bool {
        let json = crate::pack::to_json(&self.documents[id].file).unwrap();
        self.knows_what_is_published && published.text.sha256 == ContentHash::of(&json)
    }
    fn withdrawn(&self, id: &DocumentId) -> Result<Option<Withdrawn>, OutsideError> {
        Ok(self.withdrawn.get(id).cloned())
    }
    fn data_files(&self) -> Result<Vec<(String, Vec<u8>)>, OutsideError> {
        Ok(self.data.clone())
    }
}

/// Names the head in the timestamp, without any signature.
pub(crate) struct Unsigned;

impl Unsigned {
    fn timestamp() -> RepoName {
        "tuf/timestamp.json".parse().unwrap()
    }
}

impl SignHead for Unsigned {
    fn current(&self, dest: &dyn Destination) -> Result<Option<CurrentHead>, OutsideError> {
        let Some(timestamp) = dest.get(&Self::timestamp(), 1 << 20)? else {
            return Ok(None);
        };
        let value: serde_json::Value = serde_json::from_slice(&timestamp)?;
        let hash = value["head"].as_str().ok_or("no head")?.parse()?;
        let head_bytes = dest
            .get(&RepoName::head(&hash), crate::limits::MAX_HEAD)?
            .ok_or("the head is missing")?;
        Ok(Some(CurrentHead { head_bytes }))
    }

    fn release(
        &self,
        dest: &dyn Destination,
        head_bytes: &[u8],
        now: Timestamp,
    ) -> Result<(), OutsideError> {
        let hash = ContentHash::of(head_bytes);
        dest.put(&RepoName::head(&hash), head_bytes)?;
        let timestamp = serde_json::json!({"head": hash, "confirmed_at": now});
        Ok(dest.put(&Self::timestamp(), timestamp.to_string().as_bytes())?)
    }

    fn confirm(&self, dest: &dyn Destination, now: Timestamp) -> Result<(), OutsideError> {
        let current = self.current(dest)?.ok_or("nothing to confirm")?;
        self.release(dest, &current.head_bytes, now)
    }
}

/// Publishes on the given day of July 2026.
pub(crate) fn publish_on(
    day: i64,
    shelf: &Shelf,
    dest: &dyn Destination,
) -> Result<PublishReport, PublishError> {
    let first: Timestamp = "2026-07-01T01:02:03.456Z".parse().unwrap();
    let now = first + jiff::SignedDuration::from_hours(24 * (day - 1));
    let options = PublishOptions {
        min_app: "0.1.0".into(),
        last_seq: 0,
        rebuild: false,
    };
    let cancel = AtomicBool::new(false);
    publish(shelf, dest, &Unsigned, &options, now, &|_| {}, &cancel)
}

/// The head that stands in a folder.
pub(crate) fn head_in(folder: &Path) -> Option<Vec<u8>> {
    let current = Unsigned.current(&FolderDestination::new(folder)).unwrap();
    current.map(|current| current.head_bytes)
}

/// Every file below a folder with its bytes.
pub(crate) fn files_in(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let found = crate::files::walk(folder).unwrap();
    let read = found.into_iter().map(|found| {
        let name = found.path.strip_prefix(folder).unwrap();
        let bytes = std::fs::read(&found.path).unwrap();
        (name.to_str().unwrap().to_string(), bytes)
    });
    read.collect()
}
