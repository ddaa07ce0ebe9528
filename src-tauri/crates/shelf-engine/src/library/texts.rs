//! The words of documents, read from the packs that were received.

use crate::{Error, ErrorCode};
use shelf_law::{ContentHash, DocumentFile};
use shelf_repo::dictionary::Dictionaries;
use shelf_repo::object::ObjectFolder;
use shelf_repo::reader::RepoReader;
use shelf_repo::{Head, ObjectRow, RepoError, limits};
use std::collections::VecDeque;
use std::sync::Arc;

/// Texts that are kept unpacked: those of two pages of results.
const KEPT: usize = 24;

/// Reads texts and keeps the last ones.
pub(crate) struct Texts {
    objects: ObjectFolder,
    dictionaries: Dictionaries,
    kept: VecDeque<(ContentHash, Arc<DocumentFile>)>,
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
            kept: VecDeque::new(),
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
        if let Some(at) = self.kept.iter().position(|(hash, _)| *hash == wanted) {
            // The one used last stands at the end and is dropped last.
            let entry = self.kept.remove(at).expect("found just now");
            let file = Arc::clone(&entry.1);
            self.kept.push_back(entry);
            return Ok(file);
        }
        let file = Arc::new(self.load_uncached(row)?);
        if self.kept.len() >= KEPT {
            self.kept.pop_front();
        }
        self.kept.push_back((wanted, Arc::clone(&file)));
        Ok(file)
    }

    /// The same, without keeping it.
    pub(crate) fn load_uncached(&self, row: &ObjectRow) -> Result<DocumentFile, Error> {
        read_document(&self.objects, &self.dictionaries, row).map_err(|error| match error {
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
        })
    }
}

/// Reads a document out of its pack, or by itself where only that was received.
pub(crate) fn read_document(
    objects: &ObjectFolder,
    dictionaries: &Dictionaries,
    row: &ObjectRow,
) -> Result<DocumentFile, RepoError> {
    let reader = RepoReader::new(objects);
    match !objects.has(&row.text.pack.sha256) && objects.has(&row.text.sha256) {
        true => reader.single(row),
        false => reader.document(row, dictionaries),
    }
}
