//! Reading a head whose signature has been verified: the rules it must keep besides.

use crate::canonical::is_canonical;
use crate::error::RepoError;
use crate::format::{Blob, Head, ShardKind};
use crate::limits;
use std::collections::BTreeSet;

/// The version of the format that this code writes and reads.
pub const FORMAT: u32 = 1;

impl Head {
    /// Reads the bytes of a head. They must be the bytes that were signed: nothing here looks at a
    /// signature.
    pub fn parse(bytes: &[u8]) -> Result<Head, RepoError> {
        let refused = |rule, reason: String| RepoError::refused("the head", rule, reason);
        // [F-7] Capped before it is read.
        if bytes.len() as u64 > limits::MAX_HEAD {
            return Err(refused("F-7", format!("{} bytes", bytes.len())));
        }
        // [F-8] One spelling.
        if !is_canonical(bytes).map_err(|error| refused("F-8", error.to_string()))? {
            return Err(refused("F-8", "its bytes are not canonical".into()));
        }
        // [F-10] A version that is not known is not guessed at.
        let format = serde_json::from_slice::<serde_json::Value>(bytes)
            .ok()
            .and_then(|value| value.get("format")?.as_u64());
        if format != Some(FORMAT.into()) {
            return Err(refused("F-10", format!("format {format:?} is not known")));
        }
        let head: Head = serde_json::from_slice(bytes)
            .map_err(|error| refused("F-9", format!("not a head: {error}")))?;
        head.check()?;
        Ok(head)
    }

    fn check(&self) -> Result<(), RepoError> {
        let refuse = |rule, reason: String| Err(RepoError::refused("the head", rule, reason));
        if self.seq == 0 {
            return refuse("F-11", "sequence numbers begin at 1".into());
        }
        // [F-12] Collections sorted by id, each once.
        if !self.collections.is_sorted_by(|a, b| a.id < b.id) {
            return refuse("F-12", "collections are not in order".into());
        }
        // [F-13] Shards sorted by kind, collection and part; parts do not overlap.
        for pair in self.shards.windows(2) {
            let key = |i: usize| (pair[i].kind, &pair[i].collection, &pair[i].part);
            let same = pair[0].kind == pair[1].kind && pair[0].collection == pair[1].collection;
            if key(0) >= key(1) || (same && pair[1].part.starts_with(&pair[0].part)) {
                return refuse("F-13", "shards are not in order, or overlap".into());
            }
        }
        let known: BTreeSet<_> = self.collections.iter().map(|c| &c.id).collect();
        for shard in &self.shards {
            let hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
            if !known.contains(&shard.collection)
                || shard.part.len() > 4
                || !shard.part.bytes().all(hex)
                || shard.rows == 0
            {
                return refuse("F-13", format!("an impossible shard: {shard:?}"));
            }
        }
        // [F-14] Segments follow each other without a gap and end at the head's own sequence.
        for (index, segment) in self.segments.iter().enumerate() {
            let next = self.segments.get(index + 1);
            let follows = next.map_or(self.seq, |next| next.after);
            if segment.after >= segment.upto || segment.upto != follows {
                return refuse("F-14", format!("a gap in the change log after {segment:?}"));
            }
        }
        // [F-15] Data files: plain names, each once, in order.
        for file in &self.data {
            let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-');
            let name = &file.name;
            if name.is_empty()
                || name.len() > 100
                || name.starts_with('.')
                || !name.bytes().all(plain)
            {
                return refuse(
                    "F-15",
                    format!("{name:?} cannot be the name of a data file"),
                );
            }
        }
        if !self.data.is_sorted_by(|a, b| a.name < b.name) {
            return refuse("F-15", "data files are not in order".into());
        }
        // [F-7] What would not be read is refused before it is fetched.
        for (blob, max) in self.blobs() {
            if blob.size > max {
                return refuse(
                    "F-7",
                    format!("{} would have {} bytes", blob.sha256, blob.size),
                );
            }
        }
        Ok(())
    }

    /// Every blob that the head itself names, with the most bytes a reader takes of its kind.
    pub fn blobs(&self) -> impl Iterator<Item = (&Blob, u64)> {
        let shards = self.shards.iter().map(|s| (&s.blob, limits::MAX_SHARD));
        let segments = self.segments.iter().map(|s| (&s.blob, limits::MAX_SHARD));
        let dictionaries = self.dictionaries.iter();
        let data = self.data.iter().map(|d| (&d.blob, limits::MAX_DATA));
        shards
            .chain(segments)
            .chain(dictionaries.map(|blob| (blob, limits::MAX_DICTIONARY)))
            .chain(data)
    }

    /// The segments that bring a client at `seq` up to this head: it then skips changes up to `seq`.
    /// `None` where the log does not reach back so far, or `seq` is not older: take the snapshot.
    pub fn segments_since(&self, seq: u64) -> Option<&[crate::SegmentRef]> {
        if seq >= self.seq || self.segments.first()?.after > seq {
            return None;
        }
        let start = self.segments.iter().position(|s| s.upto > seq)?;
        Some(&self.segments[start..])
    }

    /// The shards of one kind.
    pub fn shards_of(&self, kind: ShardKind) -> impl Iterator<Item = &crate::ShardRef> {
        self.shards.iter().filter(move |shard| shard.kind == kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SegmentRef;
    use crate::canonical::to_canonical;
    use shelf_law::ContentHash;

    fn blob() -> Blob {
        Blob {
            sha256: ContentHash::of(b"x"),
            size: 1,
            pieces: None,
        }
    }

    fn head(spans: &[(u64, u64)]) -> Head {
        Head {
            format: 1,
            shelf: "Tủ sách".into(),
            seq: 9,
            published_at: "2026-07-01T00:00:00Z".parse().unwrap(),
            min_app: "0.1.0".into(),
            documents: 0,
            state_digest: ContentHash::of(b""),
            collections: Vec::new(),
            shards: Vec::new(),
            segments: spans
                .iter()
                .map(|&(after, upto)| SegmentRef {
                    after,
                    upto,
                    blob: blob(),
                })
                .collect(),
            dictionaries: Vec::new(),
            data: Vec::new(),
        }
    }

    fn parsed(head: &Head) -> Result<Head, RepoError> {
        Head::parse(&to_canonical(head).unwrap())
    }

    #[test]
    fn a_head_reads_back_and_knows_which_segments_a_client_needs() {
        let head = parsed(&head(&[(2, 5), (5, 8), (8, 9)])).unwrap();
        let upto = |seq| {
            head.segments_since(seq)
                .map(|list| list.iter().map(|s| s.upto).collect::<Vec<_>>())
        };
        assert_eq!(upto(8), Some(vec![9]));
        assert_eq!(upto(6), Some(vec![8, 9]));
        assert_eq!(upto(2), Some(vec![5, 8, 9]));
        assert_eq!(upto(1), None, "the log does not reach back so far");
        assert_eq!(upto(9), None);
    }

    #[test]
    fn a_head_with_a_gap_a_strange_name_or_another_format_is_refused() {
        assert!(parsed(&head(&[(2, 5), (6, 9)])).is_err(), "a gap");
        assert!(parsed(&head(&[(2, 5)])).is_err(), "it ends too early");
        let mut strange = head(&[]);
        strange.data.push(crate::DataFile {
            name: "../x".into(),
            blob: blob(),
        });
        assert!(parsed(&strange).is_err());
        let mut newer = head(&[]);
        newer.format = 2;
        assert!(parsed(&newer).unwrap_err().to_string().contains("F-10"));
        let spaced = serde_json::to_vec_pretty(&head(&[])).unwrap();
        assert!(
            Head::parse(&spaced)
                .unwrap_err()
                .to_string()
                .contains("F-8")
        );
    }

    #[test]
    fn a_newer_field_is_let_be() {
        let mut value = serde_json::to_value(head(&[])).unwrap();
        value["later"] = "x".into();
        assert!(Head::parse(&to_canonical(&value).unwrap()).is_ok());
    }
}
