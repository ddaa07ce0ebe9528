//! Puts objects into a destination, each once.

use super::PublishError;
use crate::RepoName;
use crate::blob::{PieceList, blob_for, blob_of};
use crate::destination::Destination;
use crate::format::Blob;
use crate::{files, limits};
use shelf_law::ContentHash;
use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

pub(super) struct Writer<'a> {
    dest: &'a dyn Destination,
    cancel: &'a AtomicBool,
    /// What stands in the destination, by hash, with its size.
    present: HashMap<ContentHash, u64>,
    /// Bytes written so far.
    pub(super) written: u64,
}

impl<'a> Writer<'a> {
    pub(super) fn open(
        dest: &'a dyn Destination,
        cancel: &'a AtomicBool,
    ) -> Result<Writer<'a>, PublishError> {
        let present = dest
            .list("o/")?
            .into_iter()
            .filter_map(|(name, size)| Some((name.object_hash()?, size)))
            .collect();
        Ok(Writer {
            dest,
            cancel,
            present,
            written: 0,
        })
    }

    /// Trusts nothing that stands there: everything will be written anew.
    pub(super) fn distrust(&mut self) {
        self.present.clear();
    }

    /// Whether a blob and its piece list stand in the destination with the right sizes. A store puts
    /// files whole or not at all, so that a right size means the right bytes.
    pub(super) fn has(&self, blob: &Blob) -> bool {
        let pieces = PieceList::length_for(blob.size);
        self.present.get(&blob.sha256) == Some(&blob.size)
            && blob
                .pieces
                .is_none_or(|hash| self.present.get(&hash) == Some(&pieces))
    }

    /// Stores bytes with their piece list.
    pub(super) fn put(&mut self, bytes: &[u8]) -> Result<Blob, PublishError> {
        let hashed = blob_of(bytes);
        if let Some(pieces) = &hashed.pieces {
            self.put_one(ContentHash::of(pieces), pieces)?;
        }
        self.put_one(hashed.blob.sha256, bytes)?;
        Ok(hashed.blob)
    }

    /// Stores a file with its piece list. Read once to hash it, and again to copy it where needed.
    pub(super) fn put_file(&mut self, path: &Path) -> Result<Blob, PublishError> {
        let file = files::open(path)?;
        let hashed = blob_for(file, limits::MAX_OBJECT).map_err(files::fail("read", path))?;
        if let Some(pieces) = &hashed.pieces {
            self.put_one(ContentHash::of(pieces), pieces)?;
        }
        let blob = hashed.blob;
        if self.present.get(&blob.sha256) != Some(&blob.size) {
            self.check_cancel()?;
            let name = RepoName::object(&blob.sha256);
            self.dest.put_file(&name, path, &blob.sha256)?;
            self.note(blob.sha256, blob.size);
        }
        Ok(blob)
    }

    fn put_one(&mut self, hash: ContentHash, bytes: &[u8]) -> Result<(), PublishError> {
        let size = bytes.len() as u64;
        if self.present.get(&hash) != Some(&size) {
            self.check_cancel()?;
            self.dest.put(&RepoName::object(&hash), bytes)?;
            self.note(hash, size);
        }
        Ok(())
    }

    fn note(&mut self, hash: ContentHash, size: u64) {
        self.present.insert(hash, size);
        self.written += size;
    }

    pub(super) fn check_cancel(&self) -> Result<(), PublishError> {
        match self.cancel.load(Ordering::Relaxed) {
            true => Err(PublishError::Cancelled),
            false => Ok(()),
        }
    }
}
