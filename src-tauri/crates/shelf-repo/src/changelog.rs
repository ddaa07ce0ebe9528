//! The change log: what became of documents since an earlier sequence, in segments that are merged
//! as they age.

use crate::RepoName;
use crate::error::RepoError;
use crate::format::{Change, SegmentRef};
use crate::lines::Lines;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use shelf_law::DocumentId;
use std::collections::BTreeMap;

/// Segments that stand at most.
pub const MAX_SEGMENTS: usize = 12;

/// A change whose rows are kept as the bytes that digests are taken over.
#[derive(Serialize, Deserialize)]
struct RawChange<'a> {
    seq: u64,
    #[serde(borrow)]
    browse: &'a RawValue,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    headings: Option<&'a RawValue>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    objects: Option<&'a RawValue>,
}

/// The lines of one document's rows, as they stand in shards.
#[derive(Clone, Copy, Debug)]
pub struct RowLines<'a> {
    /// The browse row.
    pub browse: &'a [u8],
    /// Its headings, where it has any.
    pub headings: Option<&'a [u8]>,
    /// Its object row; none for a withdrawn document.
    pub objects: Option<&'a [u8]>,
}

/// The line of a change, which embeds rows byte for byte.
pub fn change_line(seq: u64, rows: RowLines<'_>) -> serde_json::Result<Vec<u8>> {
    fn raw(line: &[u8]) -> serde_json::Result<&RawValue> {
        serde_json::from_slice(line)
    }
    serde_json::to_vec(&RawChange {
        seq,
        browse: raw(rows.browse)?,
        headings: rows.headings.map(raw).transpose()?,
        objects: rows.objects.map(raw).transpose()?,
    })
}

/// The bytes of a segment with these lines, sorted by sequence and id, without line feeds.
pub fn encode_segment<'a>(lines: impl IntoIterator<Item = &'a [u8]>) -> std::io::Result<Vec<u8>> {
    crate::shard::encode_shard(lines)
}

/// Reads a segment change by change.
pub struct SegmentReader<'a> {
    segment: &'a SegmentRef,
    lines: Lines<'a>,
    last: Option<(u64, DocumentId)>,
}

impl<'a> SegmentReader<'a> {
    /// Reads `bytes`, which must have been verified to be those of `segment`.
    pub fn open(segment: &'a SegmentRef, bytes: &'a [u8]) -> Result<SegmentReader<'a>, RepoError> {
        let name = RepoName::object(&segment.blob.sha256).to_string();
        Ok(SegmentReader {
            segment,
            lines: Lines::open(name, bytes)?,
            last: None,
        })
    }

    /// The next change, the exact lines of its rows, and its own line; `None` after the last one.
    #[allow(clippy::type_complexity)]
    pub fn next_change(&mut self) -> Result<Option<(Change, RowLines<'_>, &[u8])>, RepoError> {
        let name = self.lines.name().to_string();
        let refused = |reason: String| RepoError::refused(&name, "F-19", reason);
        let Some(line) = self.lines.next()? else {
            return Ok(None);
        };
        let unreadable = |error| refused(format!("a change cannot be read: {error}"));
        let raw: RawChange = serde_json::from_slice(line).map_err(unreadable)?;
        let change: Change = serde_json::from_slice(line).map_err(unreadable)?;
        let id = &change.browse.id;
        // [F-19] Within the segment's span, sorted by sequence and id.
        if change.seq <= self.segment.after || change.seq > self.segment.upto {
            return Err(refused(format!("{id} changed at sequence {}", change.seq)));
        }
        let key = (change.seq, id.clone());
        if self.last.as_ref().is_some_and(|last| *last >= key) {
            return Err(refused(format!("{id} is not in order")));
        }
        // [F-19] All rows are about one document; only one that is on the shelf has an object row.
        let others = [
            change.headings.as_ref().map(|row| &row.id),
            change.objects.as_ref().map(|row| &row.id),
        ];
        let withdrawn = change.browse.withdrawn.is_some();
        if others.into_iter().flatten().any(|other| other != id)
            || withdrawn == change.objects.is_some()
            || (withdrawn && change.headings.is_some())
        {
            return Err(refused(format!("the rows of {id} do not fit each other")));
        }
        self.last = Some(key);
        let rows = RowLines {
            browse: raw.browse.get().as_bytes(),
            headings: raw.headings.map(|raw| raw.get().as_bytes()),
            objects: raw.objects.map(|raw| raw.get().as_bytes()),
        };
        Ok(Some((change, rows, line)))
    }
}

/// Joins two segments that follow each other: of each document the last change remains.
pub fn merge(
    older: (&SegmentRef, &[u8]),
    newer: (&SegmentRef, &[u8]),
) -> Result<Vec<u8>, RepoError> {
    let mut latest: BTreeMap<DocumentId, (u64, Vec<u8>)> = BTreeMap::new();
    for (segment, bytes) in [older, newer] {
        let mut reader = SegmentReader::open(segment, bytes)?;
        while let Some((change, _, line)) = reader.next_change()? {
            latest.insert(change.browse.id, (change.seq, line.to_vec()));
        }
    }
    let mut changes: Vec<_> = latest.into_iter().collect();
    changes.sort_by(|(a, (a_seq, _)), (b, (b_seq, _))| (a_seq, a).cmp(&(b_seq, b)));
    encode_segment(changes.iter().map(|(_, (_, line))| line.as_slice()))
        .map_err(|error| RepoError::refused("a merged segment", "F-16", error))
}

/// Which segment to join with the one after it, oldest first; `None` while there are few enough.
/// The pair is taken whose older half is smallest beside the newer one, so that sizes come to grow
/// with age: the newest days stay apart for those who come daily, old ones become months and years.
pub fn pair_to_merge(sizes: &[u64]) -> Option<usize> {
    if sizes.len() <= MAX_SEGMENTS {
        return None;
    }
    let ratio = |i: usize| (u128::from(sizes[i]), u128::from(sizes[i + 1].max(1)));
    (0..sizes.len() - 1).min_by(|&a, &b| {
        let ((a_old, a_new), (b_old, b_new)) = (ratio(a), ratio(b));
        (a_old * b_new).cmp(&(b_old * a_new))
    })
}

/// How many of the oldest segments to drop, so that the log is never larger than the snapshot.
pub fn count_to_drop(sizes: &[u64], snapshot: u64) -> usize {
    let mut total: u64 = sizes.iter().sum();
    let mut dropped = 0;
    while total > snapshot {
        total -= sizes[dropped];
        dropped += 1;
    }
    dropped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blob::blob_of;

    fn change(seq: u64, n: u8, title: &str) -> Vec<u8> {
        let id = format!("d{n:024x}");
        // The inner spaces stand for a newer publisher whose bytes this code would not write.
        let browse = format!(
            r#"{{"id":"{id}", "source_key":"x","collection":"chung","title":"{title}","validity":{{"state":"unknown","as_of":null}},"withdrawn":{{"on":"2026-01-02","reason":"r"}},"later":1}}"#
        );
        change_line(
            seq,
            RowLines {
                browse: browse.as_bytes(),
                headings: None,
                objects: None,
            },
        )
        .unwrap()
    }

    fn segment(after: u64, upto: u64, lines: &[Vec<u8>]) -> (SegmentRef, Vec<u8>) {
        let bytes = encode_segment(lines.iter().map(Vec::as_slice)).unwrap();
        let blob = blob_of(&bytes).blob;
        (SegmentRef { after, upto, blob }, bytes)
    }

    fn titles(segment: &SegmentRef, bytes: &[u8]) -> Result<Vec<(u64, String)>, RepoError> {
        let mut reader = SegmentReader::open(segment, bytes)?;
        let mut all = Vec::new();
        while let Some((change, rows, _)) = reader.next_change()? {
            let exact = String::from_utf8(rows.browse.to_vec()).unwrap();
            assert!(exact.contains("\", \"source_key\"") && exact.contains("later"));
            all.push((change.seq, change.browse.title));
        }
        Ok(all)
    }

    #[test]
    fn merging_keeps_the_last_change_of_each_document_byte_for_byte() {
        let older = segment(
            1,
            3,
            &[change(2, 1, "a"), change(2, 2, "b"), change(3, 3, "c")],
        );
        let newer = segment(3, 4, &[change(4, 2, "d")]);
        let bytes = merge((&older.0, &older.1), (&newer.0, &newer.1)).unwrap();
        let joined = SegmentRef {
            after: 1,
            upto: 4,
            blob: blob_of(&bytes).blob,
        };
        let expected = [(2, "a".into()), (3, "c".into()), (4, "d".into())];
        assert_eq!(titles(&joined, &bytes).unwrap(), expected);
    }

    #[test]
    fn changes_outside_the_span_or_out_of_order_are_refused() {
        let outside = segment(1, 3, &[change(4, 1, "a")]);
        assert!(titles(&outside.0, &outside.1).is_err());
        let disorder = segment(1, 3, &[change(3, 1, "a"), change(2, 2, "b")]);
        assert!(titles(&disorder.0, &disorder.1).is_err());
        let no_rows = br#"{"seq":2,"browse":{"id":"d000000000000000000000001","source_key":"x","collection":"chung","title":"t","validity":{"state":"unknown","as_of":null}}}"#;
        let no_rows = segment(1, 3, &[no_rows.to_vec()]);
        assert!(
            titles(&no_rows.0, &no_rows.1).is_err(),
            "on the shelf without bytes"
        );
    }

    #[test]
    fn a_year_of_days_stays_in_few_segments_with_the_newest_ones_small() {
        let mut sizes: Vec<u64> = Vec::new();
        let mut moved = 0;
        for _ in 0..365 {
            sizes.extend([8]);
            while let Some(i) = pair_to_merge(&sizes) {
                sizes[i] += sizes.remove(i + 1);
                moved += sizes[i];
            }
        }
        assert!(sizes.len() <= MAX_SEGMENTS);
        assert_eq!(sizes.iter().sum::<u64>(), 365 * 8, "nothing was lost");
        assert!(sizes[11] == 8 && sizes[10] <= 16, "{sizes:?}");
        assert!(moved < 365 * 8 * 12, "merging stays cheap: {moved}");
    }

    #[test]
    fn the_log_is_never_larger_than_the_snapshot() {
        assert_eq!(count_to_drop(&[50, 30, 20], 100), 0);
        assert_eq!(count_to_drop(&[50, 30, 20], 99), 1);
        assert_eq!(count_to_drop(&[50, 30, 20], 19), 3);
    }
}
