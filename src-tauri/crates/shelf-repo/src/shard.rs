//! Snapshot shards: the rows of one kind and collection, sorted by document id.

use crate::RepoName;
use crate::error::RepoError;
use crate::format::{BrowseRow, HeadingRow, ObjectRow, ShardKind, ShardRef};
use crate::limits;
use crate::lines::{self, Lines};
use serde::de::DeserializeOwned;
use shelf_law::DocumentId;

/// Documents that a shard holds before its collection is divided.
pub const MAX_SHARD_DOCUMENTS: usize = 16_384;

/// A row of a shard.
pub trait Row: DeserializeOwned {
    /// The kind of shard that holds such rows.
    const KIND: ShardKind;
    /// The document that the row is about.
    fn id(&self) -> &DocumentId;
}

impl Row for BrowseRow {
    const KIND: ShardKind = ShardKind::Browse;
    fn id(&self) -> &DocumentId {
        &self.id
    }
}

impl Row for HeadingRow {
    const KIND: ShardKind = ShardKind::Headings;
    fn id(&self) -> &DocumentId {
        &self.id
    }
}

impl Row for ObjectRow {
    const KIND: ShardKind = ShardKind::Objects;
    fn id(&self) -> &DocumentId {
        &self.id
    }
}

/// Number of leading hexadecimal digits by which a collection of so many documents is divided.
pub fn part_digits(documents: usize) -> usize {
    let mut digits = 0;
    while documents > MAX_SHARD_DOCUMENTS << (4 * digits) {
        digits += 1;
    }
    digits
}

/// The part that a document falls in when a collection is divided by so many digits.
pub fn part_of(id: &DocumentId, digits: usize) -> &str {
    &id.as_str()[1..1 + digits.min(24)]
}

/// The bytes of a shard with these lines, which are in the order of their ids and have no line feed;
/// an error where they are more than a reader takes [F-7].
pub fn encode_shard<'a>(lines: impl IntoIterator<Item = &'a [u8]>) -> std::io::Result<Vec<u8>> {
    let mut all = Vec::new();
    for line in lines {
        all.extend(line);
        all.push(b'\n');
    }
    if all.len() as u64 > limits::MAX_SHARD_LINES {
        return Err(std::io::ErrorKind::FileTooLarge.into());
    }
    lines::compress(&all)
}

/// Reads a shard row by row.
pub struct ShardReader<'a> {
    shard: &'a ShardRef,
    lines: Lines<'a>,
    last: Option<DocumentId>,
    rows: u64,
}

impl<'a> ShardReader<'a> {
    /// Reads `bytes`, which must have been verified to be those of `shard`.
    pub fn open(shard: &'a ShardRef, bytes: &'a [u8]) -> Result<ShardReader<'a>, RepoError> {
        let name = RepoName::object(&shard.blob.sha256).to_string();
        Ok(ShardReader {
            shard,
            lines: Lines::open(name, bytes)?,
            last: None,
            rows: 0,
        })
    }

    /// The next row and the exact bytes of its line, which digests are taken over; `None` after the
    /// last one.
    pub fn next_row<T: Row>(&mut self) -> Result<Option<(T, &[u8])>, RepoError> {
        let name = self.lines.name().to_string();
        let refused = |rule, reason: String| RepoError::refused(&name, rule, reason);
        if T::KIND != self.shard.kind {
            return Err(refused("F-17", "its rows are of another kind".into()));
        }
        let Some(line) = self.lines.next()? else {
            // [F-17] As many rows as the head says.
            return match self.rows == self.shard.rows {
                true => Ok(None),
                false => Err(refused("F-17", format!("{} rows", self.rows))),
            };
        };
        self.rows += 1;
        let row: T = serde_json::from_slice(line).map_err(|error| {
            refused("F-17", format!("row {} cannot be read: {error}", self.rows))
        })?;
        // [F-17] Ids grow, and lie within the part.
        if self.last.as_ref().is_some_and(|last| last >= row.id()) {
            return Err(refused("F-17", format!("{} is not in order", row.id())));
        }
        if !row.id().as_str()[1..].starts_with(&self.shard.part) || self.rows > self.shard.rows {
            return Err(refused(
                "F-17",
                format!("{} does not belong here", row.id()),
            ));
        }
        self.last = Some(row.id().clone());
        Ok(Some((row, line)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blob::blob_of;

    fn id(n: u32) -> DocumentId {
        format!("d{n:024x}").parse().unwrap()
    }

    fn line(n: u32) -> Vec<u8> {
        format!(r#"{{"id":"{}","headings":[]}}"#, id(n)).into_bytes()
    }

    fn read(lines: &[Vec<u8>], part: &str, rows: u64) -> Result<usize, RepoError> {
        let bytes = encode_shard(lines.iter().map(Vec::as_slice)).unwrap();
        let shard = ShardRef {
            kind: ShardKind::Headings,
            collection: "chung".parse().unwrap(),
            part: part.into(),
            rows,
            blob: blob_of(&bytes).blob,
        };
        let mut reader = ShardReader::open(&shard, &bytes)?;
        let mut count = 0;
        while let Some((row, exact)) = reader.next_row::<HeadingRow>()? {
            assert_eq!(exact, lines[count], "the exact bytes of {:?}", row.id);
            count += 1;
        }
        Ok(count)
    }

    #[test]
    fn rows_come_back_in_order_with_their_exact_bytes() {
        assert_eq!(read(&[line(1), line(2), line(9)], "000", 3).unwrap(), 3);
    }

    #[test]
    fn wrong_order_wrong_part_wrong_count_and_other_rows_are_refused() {
        assert!(read(&[line(2), line(1)], "", 2).is_err(), "order");
        assert!(read(&[line(1), line(1)], "", 2).is_err(), "twice");
        assert!(read(&[line(1)], "f", 1).is_err(), "part");
        assert!(read(&[line(1)], "", 2).is_err(), "too few");
        assert!(read(&[line(1), line(2)], "", 1).is_err(), "too many");
        assert!(
            read(&[b"{\"id\":\"x\"}".to_vec()], "", 1).is_err(),
            "not an id"
        );
        assert!(
            read(&[b"[".repeat(100_000)], "", 1).is_err(),
            "deep nesting"
        );
    }

    #[test]
    fn a_collection_is_divided_when_it_grows_large() {
        assert_eq!(part_digits(MAX_SHARD_DOCUMENTS), 0);
        assert_eq!(part_digits(MAX_SHARD_DOCUMENTS + 1), 1);
        assert_eq!(part_digits(100_000), 1);
        assert_eq!(part_digits(1_000_000), 2);
        assert_eq!(
            part_of(&"dabc000000000000000000000".parse().unwrap(), 2),
            "ab"
        );
    }
}
