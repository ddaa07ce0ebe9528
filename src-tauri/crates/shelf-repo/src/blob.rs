//! Hash, size and piece list of some bytes, computed in one pass.

use crate::error::RepoError;
use crate::format::Blob;
use crate::limits::PIECE;
use sha2::{Digest, Sha256};
use shelf_law::ContentHash;
use std::io::{self, Read};

/// A blob together with its piece list, which is a blob of its own and has to be stored too.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hashed {
    /// Hash, size and the hash of the piece list.
    pub blob: Blob,
    /// The piece list: 32 bytes for each piece; `None` up to [`PIECE`] bytes.
    pub pieces: Option<Vec<u8>>,
}

/// Computes a [`Hashed`] from bytes that come in any portions.
#[derive(Default)]
pub struct BlobHasher {
    whole: Sha256,
    piece: Sha256,
    size: u64,
    pieces: Vec<u8>,
}

impl BlobHasher {
    /// A hasher that has seen nothing.
    pub fn new() -> BlobHasher {
        BlobHasher::default()
    }

    /// Takes the next bytes.
    pub fn update(&mut self, mut bytes: &[u8]) {
        self.whole.update(bytes);
        while !bytes.is_empty() {
            let room = (PIECE - self.size % PIECE) as usize;
            let (now, later) = bytes.split_at(room.min(bytes.len()));
            self.piece.update(now);
            self.size += now.len() as u64;
            if self.size.is_multiple_of(PIECE) {
                self.pieces.extend(self.piece.finalize_reset());
            }
            bytes = later;
        }
    }

    /// Bytes taken so far.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The blob of everything taken.
    pub fn finish(mut self) -> Hashed {
        if !self.size.is_multiple_of(PIECE) {
            self.pieces.extend(self.piece.finalize());
        }
        let pieces = (self.size > PIECE).then_some(self.pieces);
        Hashed {
            blob: Blob {
                sha256: ContentHash::from_bytes(self.whole.finalize().into()),
                size: self.size,
                pieces: pieces.as_deref().map(ContentHash::of),
            },
            pieces,
        }
    }
}

/// The blob of `bytes`.
pub fn blob_of(bytes: &[u8]) -> Hashed {
    let mut hasher = BlobHasher::new();
    hasher.update(bytes);
    hasher.finish()
}

/// The blob of everything that `reader` gives; an error of kind `FileTooLarge` beyond `max` bytes.
pub fn blob_for(mut reader: impl Read, max: u64) -> io::Result<Hashed> {
    let mut hasher = BlobHasher::new();
    let mut buffer = vec![0; PIECE as usize];
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => return Ok(hasher.finish()),
            Ok(read) => hasher.update(&buffer[..read]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
        if hasher.size() > max {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
    }
}

/// A verified piece list: which bytes of a blob may be trusted before all of it has arrived [F-6].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PieceList {
    hashes: Vec<u8>,
    size: u64,
}

impl PieceList {
    /// Reads the piece list of `blob`. Refuses bytes that are not the list that `blob` names, and a
    /// list whose length does not fit the size of the blob.
    pub fn parse(blob: &Blob, bytes: Vec<u8>) -> Result<PieceList, RepoError> {
        let name = || format!("the piece list of {}", blob.sha256);
        let found = ContentHash::of(&bytes);
        if blob.pieces != Some(found) {
            return Err(RepoError::Hash {
                name: name(),
                found,
            });
        }
        // [F-6] 32 bytes for each piece.
        let expected = blob.size.div_ceil(PIECE).saturating_mul(32);
        if bytes.len() as u64 != expected {
            return Err(RepoError::Size {
                name: name(),
                expected,
                found: bytes.len() as u64,
            });
        }
        Ok(PieceList {
            hashes: bytes,
            size: blob.size,
        })
    }

    /// Bytes of the piece list of a blob of this size, 0 where it has none.
    pub fn length_for(size: u64) -> u64 {
        match size > PIECE {
            true => size.div_ceil(PIECE) * 32,
            false => 0,
        }
    }

    /// Number of pieces.
    pub fn count(&self) -> u64 {
        self.size.div_ceil(PIECE)
    }

    /// First byte and length of a piece.
    pub fn range(&self, piece: u64) -> (u64, u64) {
        let start = piece.saturating_mul(PIECE).min(self.size);
        (start, PIECE.min(self.size - start))
    }

    /// Whether `bytes` are this piece.
    pub fn matches(&self, piece: u64, bytes: &[u8]) -> bool {
        let start = piece as usize * 32;
        bytes.len() as u64 == self.range(piece).1
            && self.hashes.get(start..start + 32)
                == Some(ContentHash::of(bytes).as_bytes().as_slice())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_the_same_in_whatever_portions_the_bytes_come() {
        let bytes: Vec<u8> = (0..PIECE * 2 + 77).map(|i| (i % 251) as u8).collect();
        let whole = blob_of(&bytes);
        let mut hasher = BlobHasher::new();
        bytes.chunks(1000).for_each(|chunk| hasher.update(chunk));
        assert_eq!(hasher.finish(), whole);
        assert_eq!(blob_for(&bytes[..], u64::MAX).unwrap(), whole);
        assert_eq!(whole.blob.sha256, ContentHash::of(&bytes));

        let list = PieceList::parse(&whole.blob, whole.pieces.unwrap()).unwrap();
        assert_eq!(list.count(), 3);
        assert_eq!(list.range(2), (PIECE * 2, 77));
        assert!(list.matches(2, &bytes[PIECE as usize * 2..]));
        assert!(list.matches(0, &bytes[..PIECE as usize]));
        assert!(!list.matches(1, &bytes[..PIECE as usize]), "another piece");
        assert!(!list.matches(9, b""), "no such piece");
    }

    #[test]
    fn only_what_is_larger_than_a_piece_has_a_piece_list() {
        assert_eq!(blob_of(&vec![0; PIECE as usize]).pieces, None);
        let larger = blob_of(&vec![0; PIECE as usize + 1]);
        assert_eq!(larger.pieces.map(|list| list.len()), Some(64));
        assert_eq!(blob_of(b"").blob.size, 0);
    }

    #[test]
    fn a_reader_that_gives_too_much_is_an_error() {
        let error = blob_for(io::repeat(0), 1000).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::FileTooLarge);
    }

    #[test]
    fn a_list_that_does_not_fit_the_size_is_refused() {
        let list = vec![0; 96];
        let blob = Blob {
            sha256: ContentHash::of(b"x"),
            size: PIECE * 2,
            pieces: Some(ContentHash::of(&list)),
        };
        assert!(PieceList::parse(&blob, list).is_err());
    }
}
