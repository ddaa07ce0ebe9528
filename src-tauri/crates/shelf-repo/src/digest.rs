//! Digests over rows: what a client computes from what it holds, and compares with the signed head
//! before it shows anything [F-18]. A digest of each document is enough to carry on from, so that a
//! change costs one hash and not the whole catalogue.

use sha2::{Digest, Sha256};
use shelf_law::{ContentHash, DocumentId};

/// The digest of one document's browse row and headings, from the exact bytes of their lines.
pub fn row_digest(browse: &[u8], headings: Option<&[u8]>) -> ContentHash {
    let mut hasher = Sha256::new();
    hasher.update(browse);
    // JSON on one line holds no line feed, so that no two pairs of lines run together.
    if let Some(headings) = headings {
        hasher.update(b"\n");
        hasher.update(headings);
    }
    ContentHash::from_bytes(hasher.finalize().into())
}

/// The digest of one document's object row, from the exact bytes of its line.
pub fn object_digest(objects: &[u8]) -> ContentHash {
    ContentHash::of(objects)
}

/// A digest over documents in the order of their ids.
#[derive(Default)]
pub struct DigestBuilder {
    hasher: Sha256,
    last: Option<DocumentId>,
}

/// Documents were given out of order, or one of them twice.
#[derive(Debug, thiserror::Error)]
#[error("{0} is out of order; a digest takes documents sorted by id")]
pub struct DigestOrder(pub DocumentId);

impl DigestBuilder {
    /// A digest over nothing yet.
    pub fn new() -> DigestBuilder {
        DigestBuilder::default()
    }

    /// Takes the next document.
    pub fn push(&mut self, id: &DocumentId, digest: &ContentHash) -> Result<(), DigestOrder> {
        if self.last.as_ref().is_some_and(|last| last >= id) {
            return Err(DigestOrder(id.clone()));
        }
        self.hasher.update(id.as_str().as_bytes());
        self.hasher.update(digest.as_bytes());
        self.last = Some(id.clone());
        Ok(())
    }

    /// The digest over everything taken.
    pub fn finish(self) -> ContentHash {
        ContentHash::from_bytes(self.hasher.finalize().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u8) -> DocumentId {
        format!("d{n:024x}").parse().unwrap()
    }

    #[test]
    fn a_digest_depends_on_every_byte_and_on_nothing_else() {
        let digest = |rows: &[(u8, &[u8])]| {
            let mut builder = DigestBuilder::new();
            for (n, row) in rows {
                builder.push(&id(*n), &row_digest(row, None)).unwrap();
            }
            builder.finish()
        };
        assert_eq!(
            digest(&[(1, b"a"), (2, b"b")]),
            digest(&[(1, b"a"), (2, b"b")])
        );
        assert_ne!(
            digest(&[(1, b"a"), (2, b"b")]),
            digest(&[(1, b"a"), (2, b"c")])
        );
        assert_ne!(digest(&[(1, b"a")]), digest(&[(2, b"a")]));
        assert_ne!(row_digest(b"a", None), row_digest(b"a", Some(b"")));
        assert_eq!(digest(&[]), ContentHash::of(b""), "an empty shelf");
    }

    #[test]
    fn documents_out_of_order_are_an_error() {
        let mut builder = DigestBuilder::new();
        builder.push(&id(2), &ContentHash::of(b"")).unwrap();
        assert!(builder.push(&id(2), &ContentHash::of(b"")).is_err());
        assert!(builder.push(&id(1), &ContentHash::of(b"")).is_err());
    }
}
