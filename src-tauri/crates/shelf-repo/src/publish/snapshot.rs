//! The shards and collections of a state, and the segments of the change log.

use super::PublishError;
use super::state::{State, collection_digest};
use super::writer::Writer;
use crate::changelog::{self, change_line, encode_segment};
use crate::format::{Collection, Head, SegmentRef, ShardKind, ShardRef};
use crate::shard::{encode_shard, part_digits, part_of};
use crate::{RepoReader, limits};
use rayon::prelude::*;
use shelf_law::{CollectionId, DocumentId};
use std::collections::BTreeMap;
use std::io::ErrorKind;

const KINDS: [ShardKind; 3] = [ShardKind::Browse, ShardKind::Headings, ShardKind::Objects];

/// Stores the shards of `state`. Those whose rows are as before keep their bytes.
pub(super) fn store_shards(
    state: &State,
    before: (Option<&Head>, &State),
    writer: &mut Writer<'_>,
) -> Result<Vec<ShardRef>, PublishError> {
    let groups = groups(state);
    let encoded: Vec<Result<ShardRef, Vec<u8>>> = groups
        .par_iter()
        .map(|((kind, collection, part), ids)| {
            let kept = before.0.and_then(|head| {
                let shard = head.shards.iter().find(|shard| {
                    shard.kind == *kind && shard.collection == *collection && shard.part == *part
                })?;
                let same = shard.rows == ids.len() as u64
                    && writer.has(&shard.blob)
                    && ids.iter().all(|id| {
                        before.1.get(*id).is_some_and(|rows| {
                            rows.collection == *collection
                                && rows.line(*kind) == state[*id].line(*kind)
                        })
                    });
                same.then(|| shard.clone())
            });
            if let Some(shard) = kept {
                return Ok(Ok(shard));
            }
            let lines = ids.iter().filter_map(|id| state[*id].line(*kind));
            let bytes = encode_shard(lines).map_err(PublishError::Compress)?;
            Ok(Err(bytes))
        })
        .collect::<Result<_, PublishError>>()?;
    let mut shards = Vec::new();
    for (((kind, collection, part), ids), encoded) in groups.iter().zip(encoded) {
        shards.push(match encoded {
            Ok(kept) => kept,
            Err(bytes) => ShardRef {
                kind: *kind,
                collection: collection.clone(),
                part: part.clone(),
                rows: ids.len() as u64,
                blob: writer.put(&bytes)?,
            },
        });
    }
    Ok(shards)
}

type Groups<'a> = BTreeMap<(ShardKind, CollectionId, String), Vec<&'a DocumentId>>;

/// Which documents go into which shard, in the order in which a head lists shards.
fn groups(state: &State) -> Groups<'_> {
    let mut counts: BTreeMap<(ShardKind, &CollectionId), usize> = BTreeMap::new();
    let rows_of = |kind: ShardKind| {
        state
            .iter()
            .filter(move |(_, rows)| rows.line(kind).is_some())
    };
    for kind in KINDS {
        for (_, rows) in rows_of(kind) {
            *counts.entry((kind, &rows.collection)).or_default() += 1;
        }
    }
    let mut groups = Groups::new();
    for kind in KINDS {
        for (id, rows) in rows_of(kind) {
            let digits = part_digits(counts[&(kind, &rows.collection)]);
            let key = (
                kind,
                rows.collection.clone(),
                part_of(id, digits).to_string(),
            );
            groups.entry(key).or_default().push(id);
        }
    }
    groups
}

/// The collections: those that rows belong to, and those that were listed before. What is declared
/// gives them names; a collection that nothing was ever in is not listed.
pub(super) fn collections(
    state: &State,
    declared: Vec<(CollectionId, String)>,
    before: Option<&Head>,
) -> Vec<Collection> {
    let mut names: BTreeMap<CollectionId, Option<String>> = BTreeMap::new();
    for rows in state.values() {
        if !names.contains_key(&rows.collection) {
            names.insert(rows.collection.clone(), None);
        }
    }
    for earlier in before.into_iter().flat_map(|head| &head.collections) {
        names.entry(earlier.id.clone()).or_default();
    }
    for (id, name) in declared {
        if let Some(unnamed) = names.get_mut(&id) {
            *unnamed = Some(name);
        }
    }
    names
        .into_iter()
        .map(|(id, name)| {
            let earlier = || {
                let listed = before?.collections.iter().find(|c| c.id == id)?;
                Some(listed.name.clone())
            };
            let live = || {
                let here = state.values().filter(|rows| rows.collection == id);
                here.filter_map(|rows| rows.objects.as_ref().map(|(row, _)| row))
            };
            let bytes = live().map(|row| {
                let objects = row.objects.iter().map(|object| object.blob.size);
                row.text.length + objects.sum::<u64>()
            });
            Collection {
                name: name
                    .or_else(earlier)
                    .unwrap_or_else(|| id.as_str().to_string()),
                documents: live().count() as u64,
                bytes: bytes.sum(),
                digest: collection_digest(state, &id),
                id,
            }
        })
        .collect()
}

/// Stores the change log that leads from the head before to `seq`.
pub(super) fn store_segments(
    seq: u64,
    state: &State,
    before: (&Head, &State),
    snapshot_bytes: u64,
    reader: RepoReader<'_>,
    writer: &mut Writer<'_>,
) -> Result<Vec<SegmentRef>, PublishError> {
    let (head, earlier) = before;
    let mut segments = standing(&head.segments, writer);
    let mut lines = Vec::new();
    for (id, rows) in state {
        if earlier.get(id) != Some(rows) {
            lines.push(change_line(seq, rows.lines()).map_err(PublishError::Json)?);
        }
    }
    if lines.is_empty() {
        // Names or data changed, but no document: the last segment reaches on to this sequence.
        if let Some(last) = segments.last_mut() {
            last.upto = seq;
        }
    } else {
        // A change of nearly everything is not worth telling beside the snapshot that it equals.
        let bytes = match encode_segment(lines.iter().map(Vec::as_slice)) {
            Ok(bytes) if bytes.len() as u64 <= snapshot_bytes.min(limits::MAX_SHARD) => bytes,
            Err(error) if error.kind() != ErrorKind::FileTooLarge => {
                return Err(PublishError::Compress(error));
            }
            _ => return Ok(Vec::new()),
        };
        segments.push(SegmentRef {
            after: head.seq,
            upto: seq,
            blob: writer.put(&bytes)?,
        });
    }
    let sizes = |segments: &[SegmentRef]| segments.iter().map(|s| s.blob.size).collect::<Vec<_>>();
    let dropped = changelog::count_to_drop(&sizes(&segments), snapshot_bytes);
    segments.drain(..dropped);
    while let Some(at) = changelog::pair_to_merge(&sizes(&segments)) {
        let (older, newer) = (&segments[at], &segments[at + 1]);
        let bytes = reader
            .blob(&older.blob, limits::MAX_SHARD)
            .and_then(|a| Ok((a, reader.blob(&newer.blob, limits::MAX_SHARD)?)))
            .and_then(|(a, b)| changelog::merge((older, &a), (newer, &b)));
        match bytes {
            Ok(bytes) if bytes.len() as u64 <= limits::MAX_SHARD => {
                let merged = SegmentRef {
                    after: older.after,
                    upto: newer.upto,
                    blob: writer.put(&bytes)?,
                };
                segments.splice(at..at + 2, [merged]);
            }
            // It only saves a download; what is damaged or too large is not worth failing for.
            other => {
                let error = other.err().map(|error| error.to_string());
                tracing::warn!(
                    error,
                    "the change log begins anew after a segment that cannot be"
                );
                segments.drain(..=at + 1);
            }
        }
    }
    Ok(segments)
}

/// The segments after the last one that is no longer there.
fn standing(segments: &[SegmentRef], writer: &Writer<'_>) -> Vec<SegmentRef> {
    let gone = segments.iter().rposition(|s| !writer.has(&s.blob));
    segments[gone.map_or(0, |at| at + 1)..].to_vec()
}

#[cfg(test)]
mod tests {
    use super::super::state::{Rows, read_state, state_digest};
    use super::*;
    use crate::canonical::to_canonical;
    use crate::format::BrowseRow;
    use crate::testing::{document, id};
    use crate::{FolderDestination, head::FORMAT, shard::MAX_SHARD_DOCUMENTS};
    use std::sync::atomic::AtomicBool;

    #[test]
    fn a_large_collection_is_divided_and_reads_back_whole() {
        let mut row = BrowseRow::of(&document(1, 0).document);
        let mut state = State::new();
        for n in 0..MAX_SHARD_DOCUMENTS as u32 + 100 {
            row.id = id(n);
            let rows = Rows {
                collection: row.collection.clone(),
                withdrawn: false,
                browse: serde_json::to_vec(&row).unwrap(),
                headings: None,
                objects: None,
            };
            state.insert(row.id.clone(), rows);
        }
        let folder = tempfile::tempdir().unwrap();
        let dest = FolderDestination::new(folder.path());
        let cancel = AtomicBool::new(false);
        let mut writer = Writer::open(&dest, &cancel).unwrap();
        let empty = State::new();
        let head = Head {
            format: FORMAT,
            shelf: "x".into(),
            seq: 1,
            published_at: jiff::Timestamp::UNIX_EPOCH,
            min_app: "0".into(),
            documents: state.len() as u64,
            state_digest: state_digest(&state),
            collections: collections(&state, Vec::new(), None),
            shards: store_shards(&state, (None, &empty), &mut writer).unwrap(),
            segments: Vec::new(),
            dictionaries: Vec::new(),
            data: Vec::new(),
        };
        assert_eq!(head.shards.len(), 16);
        let parsed = Head::parse(&to_canonical(&head).unwrap()).unwrap();
        let read = read_state(RepoReader::new(&dest), &parsed).unwrap();
        assert_eq!(read, state);
        let again = store_shards(&state, (Some(&head), &state), &mut writer).unwrap();
        assert_eq!(again, head.shards);
    }
}
