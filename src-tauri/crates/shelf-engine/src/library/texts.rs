//! The words of documents, read from the packs that were received.

use crate::{Error, ErrorCode};
use shelf_law::{ContentHash, DocumentFile, DocumentId, Structure};
use shelf_repo::dictionary::Dictionaries;
use shelf_repo::object::ObjectFolder;
use shelf_repo::reader::RepoReader;
use shelf_repo::{Head, ObjectRow, RepoError, limits, pack};
use std::collections::VecDeque;
use std::sync::Arc;

/// Documents that are kept parsed: those that are being read.
const KEPT: usize = 6;

/// Bytes of JSON that are kept unfolded: the texts of the last hits.
const KEPT_BYTES: usize = 12 << 20;

/// Reads texts and keeps the last ones.
pub(crate) struct Texts {
    objects: ObjectFolder,
    dictionaries: Dictionaries,
    /// What was used last stands at the end and is dropped last.
    documents: VecDeque<(ContentHash, Arc<DocumentFile>)>,
    json: VecDeque<(ContentHash, Arc<Vec<u8>>)>,
}

impl Texts {
    /// The texts of a head. A dictionary that is missing or rotten makes the texts that need it
    /// unreadable, not the others.
    pub(crate) fn new(objects: ObjectFolder, head: &Head) -> Texts {
        let mut dictionaries = Dictionaries::new();
        let reader = RepoReader::new(&objects);
        for blob in &head.dictionaries {
            match reader.blob(blob, limits::MAX_DICTIONARY) {
                Ok(bytes) => {
                    dictionaries.add(&bytes);
                }
                Err(error) => tracing::warn!(%error, "a dictionary cannot be read"),
            }
        }
        Texts {
            objects,
            dictionaries,
            documents: VecDeque::new(),
            json: VecDeque::new(),
        }
    }

    pub(crate) fn objects(&self) -> &ObjectFolder {
        &self.objects
    }

    /// Whether the pack with this text is here, or the text by itself.
    pub(crate) fn has(&self, row: &ObjectRow) -> bool {
        self.objects.has(&row.text.pack.sha256) || self.objects.has(&row.text.sha256)
    }

    /// The document of a row, verified by its hash.
    pub(crate) fn load(&mut self, row: &ObjectRow) -> Result<Arc<DocumentFile>, Error> {
        let wanted = row.text.sha256;
        if let Some(file) = kept(&mut self.documents, &wanted) {
            return Ok(file);
        }
        let json = self.json(row)?;
        let file = Arc::new(pack::parse_json(&json, &row.id).map_err(|e| unreadable(row, e))?);
        if self.documents.len() >= KEPT {
            self.documents.pop_front();
        }
        self.documents.push_back((wanted, Arc::clone(&file)));
        Ok(file)
    }

    /// The same, without keeping it.
    pub(crate) fn load_uncached(&self, row: &ObjectRow) -> Result<DocumentFile, Error> {
        let json = self.read(row).map_err(|e| unreadable(row, e))?;
        pack::parse_json(&json, &row.id).map_err(|e| unreadable(row, e))
    }

    /// The JSON of a row's document, verified by its hash, for [`structure`].
    pub(crate) fn json(&mut self, row: &ObjectRow) -> Result<Arc<Vec<u8>>, Error> {
        if let Some(json) = self.kept_json(row) {
            return Ok(json);
        }
        let json = self.read_json(row)?;
        self.keep_json(row, Arc::clone(&json));
        Ok(json)
    }

    /// The same, where it is kept.
    pub(super) fn kept_json(&mut self, row: &ObjectRow) -> Option<Arc<Vec<u8>>> {
        kept(&mut self.json, &row.text.sha256)
    }

    /// The same, read anew.
    pub(super) fn read_json(&self, row: &ObjectRow) -> Result<Arc<Vec<u8>>, Error> {
        let json = self.read(row).map_err(|e| unreadable(row, e))?;
        Ok(Arc::new(json))
    }

    /// Keeps it for the next reader.
    pub(super) fn keep_json(&mut self, row: &ObjectRow, json: Arc<Vec<u8>>) {
        if self.kept_json(row).is_some() {
            return;
        }
        self.json.push_back((row.text.sha256, json));
        let mut bytes: usize = self.json.iter().map(|(_, json)| json.len()).sum();
        while bytes > KEPT_BYTES
            && let Some((_, dropped)) = self.json.pop_front()
        {
            bytes -= dropped.len();
        }
    }

    /// Reads a text out of its pack, or by itself where only that was received.
    fn read(&self, row: &ObjectRow) -> Result<Vec<u8>, RepoError> {
        let reader = RepoReader::new(&self.objects);
        let objects = &self.objects;
        match !objects.has(&row.text.pack.sha256) && objects.has(&row.text.sha256) {
            true => reader.single(row),
            false => reader.json(row, &self.dictionaries),
        }
    }
}

/// The structure of this document; `None` where the JSON is none or that of another ([F-21]).
pub(super) fn structure<'j>(json: &'j [u8], id: &DocumentId) -> Option<Structure<'j>> {
    let read = Structure::read(json).ok();
    read.filter(|structure| structure.id == *id)
}

fn kept<T>(kept: &mut VecDeque<(ContentHash, Arc<T>)>, wanted: &ContentHash) -> Option<Arc<T>> {
    let at = kept.iter().position(|(hash, _)| hash == wanted)?;
    let entry = kept.remove(at)?;
    let found = Arc::clone(&entry.1);
    kept.push_back(entry);
    Some(found)
}

fn unreadable(row: &ObjectRow, error: RepoError) -> Error {
    match error {
        RepoError::Missing { .. } => Error::new(
            ErrorCode::NotOnThisMachine,
            format!(
                "{}: its text is not on this machine yet; sync again",
                row.id
            ),
        ),
        error => Error::new(
            ErrorCode::Damaged,
            format!("{error}; the copy on this machine is damaged, sync again to mend it"),
        ),
    }
}
