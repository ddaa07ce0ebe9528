//! Reading a repository by name and hash: nothing is handed out that has not been verified.

use crate::changelog::{RowLines, SegmentReader};
use crate::destination::RepoRead;
use crate::dictionary::Dictionaries;
use crate::error::RepoError;
use crate::format::{Blob, Change, Head, ObjectRow, SegmentRef, ShardRef};
use crate::shard::{Row, ShardReader};
use crate::{RepoName, limits, pack};
use shelf_law::{ContentHash, DocumentFile};

/// Reads what a head names. The head itself was verified by its signature.
#[derive(Clone, Copy)]
pub struct RepoReader<'a> {
    store: &'a dyn RepoRead,
}

impl<'a> RepoReader<'a> {
    /// A reader of the repository in `store`.
    pub fn new(store: &'a dyn RepoRead) -> RepoReader<'a> {
        RepoReader { store }
    }

    /// The bytes of a blob: as many as were signed, and those.
    pub fn blob(&self, blob: &Blob, max: u64) -> Result<Vec<u8>, RepoError> {
        let name = RepoName::object(&blob.sha256);
        // [F-7] What is too large is not asked for.
        if blob.size > max {
            let reason = format!("{} bytes, more than {max}", blob.size);
            return Err(RepoError::refused(name, "F-7", reason));
        }
        let bytes = self.hashed(&blob.sha256, max)?;
        match bytes.len() as u64 {
            found if found != blob.size => Err(RepoError::Size {
                name: name.to_string(),
                expected: blob.size,
                found,
            }),
            _ => Ok(bytes),
        }
    }

    /// The bytes of this hash, `max` at most.
    pub fn hashed(&self, hash: &ContentHash, max: u64) -> Result<Vec<u8>, RepoError> {
        let name = RepoName::object(hash);
        let Some(bytes) = self.store.get(&name, max)? else {
            return Err(RepoError::Missing {
                name: name.to_string(),
            });
        };
        // [F-4] The name of an object is its hash.
        match ContentHash::of(&bytes) {
            found if found != *hash => Err(RepoError::Hash {
                name: name.to_string(),
                found,
            }),
            _ => Ok(bytes),
        }
    }

    /// Hands every row of a shard to `take`, with the exact bytes of its line.
    pub fn rows<T: Row>(
        &self,
        shard: &ShardRef,
        mut take: impl FnMut(T, &[u8]) -> Result<(), RepoError>,
    ) -> Result<(), RepoError> {
        let bytes = self.blob(&shard.blob, limits::MAX_SHARD)?;
        let mut reader = ShardReader::open(shard, &bytes)?;
        while let Some((row, line)) = reader.next_row::<T>()? {
            take(row, line)?;
        }
        Ok(())
    }

    /// Hands every change of a segment to `take`, with the exact lines of its rows.
    pub fn changes(
        &self,
        segment: &SegmentRef,
        mut take: impl FnMut(Change, RowLines<'_>) -> Result<(), RepoError>,
    ) -> Result<(), RepoError> {
        let bytes = self.blob(&segment.blob, limits::MAX_SHARD)?;
        let mut reader = SegmentReader::open(segment, &bytes)?;
        while let Some((change, rows, _)) = reader.next_change()? {
            take(change, rows)?;
        }
        Ok(())
    }

    /// All dictionaries of a head.
    pub fn dictionaries(&self, head: &Head) -> Result<Dictionaries, RepoError> {
        let mut dictionaries = Dictionaries::new();
        for blob in &head.dictionaries {
            dictionaries.add(&self.blob(blob, limits::MAX_DICTIONARY)?);
        }
        Ok(dictionaries)
    }

    /// The compressed frame of a document, fetched without the rest of its pack. Not verified yet:
    /// [`pack::read_frame`] does that.
    pub fn frame(&self, row: &ObjectRow) -> Result<Vec<u8>, RepoError> {
        let text = &row.text;
        let name = RepoName::object(&text.pack.sha256);
        // [F-7] A frame is no larger than a pack.
        if text.length > limits::MAX_PACK {
            return Err(RepoError::refused(name, "F-7", "a frame is too large"));
        }
        match self.store.get_range(&name, text.offset, text.length)? {
            None => Err(RepoError::Missing {
                name: name.to_string(),
            }),
            Some(bytes) if bytes.len() as u64 != text.length => Err(RepoError::refused(
                name,
                "F-20",
                format!("it ends within the frame of {}", row.id),
            )),
            Some(bytes) => Ok(bytes),
        }
    }

    /// The document of an object row.
    pub fn document(
        &self,
        row: &ObjectRow,
        dictionaries: &Dictionaries,
    ) -> Result<DocumentFile, RepoError> {
        pack::parse_json(&self.json(row, dictionaries)?, &row.id)
    }

    /// The JSON of a document, verified by its hash and not yet parsed.
    pub fn json(&self, row: &ObjectRow, dictionaries: &Dictionaries) -> Result<Vec<u8>, RepoError> {
        pack::read_json(&self.frame(row)?, &row.text, dictionaries)
    }

    /// The same of a document that was received by itself: its JSON stands under its own hash.
    pub fn single(&self, row: &ObjectRow) -> Result<Vec<u8>, RepoError> {
        self.hashed(&row.text.sha256, limits::MAX_TEXT)
    }
}
