//! What the head says against what is there: references, rows, digests, counts, texts, change log.

use super::{FoundFiles, VerifyReport};
use crate::dictionary::Dictionaries;
use crate::digest::{DigestBuilder, object_digest, row_digest};
use crate::format::{Blob, BrowseRow, Head, HeadingRow, ObjectRow, ShardKind, ShardRef};
use crate::pack::{frame_in, read_frame};
use crate::{RepoError, RepoName, RepoReader, limits};
use rayon::prelude::*;
use shelf_law::{CollectionId, ContentHash, DocumentId};
use std::collections::{BTreeMap, BTreeSet};

/// What the rows of one document hash to, and where its bytes are.
struct Entry {
    collection: CollectionId,
    withdrawn: bool,
    browse: ContentHash,
    browse_line: Vec<u8>,
    headings: Option<ContentHash>,
    headings_line: Option<Vec<u8>>,
    objects: Option<(ObjectRow, ContentHash)>,
}

pub(super) fn verify_content(
    reader: RepoReader<'_>,
    head: &Head,
    found: &FoundFiles,
    report: &mut VerifyReport,
) {
    let mut used = BTreeSet::new();
    for (blob, _) in head.blobs() {
        check_blob(blob, found, &mut used, report);
    }
    // What is missing or damaged was reported; its rows would only repeat that.
    let readable = |blob: &Blob| found.objects.contains_key(&blob.sha256);
    let whole = head.shards.iter().all(|shard| readable(&shard.blob));
    let before = report.faults.len();
    let rows = read_rows(reader, head, &readable, found, report);
    if whole && report.faults.len() == before {
        check_rows(head, &rows, report);
        check_log(reader, head, &rows, &readable, found, report);
    }
    for (row, _) in rows.values().filter_map(|entry| entry.objects.as_ref()) {
        check_blob(&row.text.pack, found, &mut used, report);
        for object in &row.objects {
            check_blob(&object.blob, found, &mut used, report);
        }
    }
    check_texts(reader, head, &rows, &readable, found, report);
    report.unreferenced = found
        .objects
        .keys()
        .filter(|hash| !used.contains(*hash))
        .count() as u64;
}

/// [F-6] A blob is there, has the size and piece list that are named, and the list is there too.
fn check_blob(
    blob: &Blob,
    found: &FoundFiles,
    used: &mut BTreeSet<ContentHash>,
    report: &mut VerifyReport,
) {
    let first = used.insert(blob.sha256);
    let missing = |hash: &ContentHash, report: &mut VerifyReport| {
        let name = RepoName::object(hash).to_string();
        if !found.bad.contains(&name) {
            report.fault(name, "it is missing");
        }
    };
    match found.objects.get(&blob.sha256) {
        Some(actual) if actual != blob => {
            let reason = format!("[F-6] it is referred to with {blob:?} and is {actual:?}");
            report.fault(RepoName::object(&blob.sha256), reason);
        }
        None if first => missing(&blob.sha256, report),
        _ => {}
    }
    if let Some(pieces) = &blob.pieces
        && used.insert(*pieces)
        && !found.objects.contains_key(pieces)
    {
        missing(pieces, report);
    }
}

fn read_rows(
    reader: RepoReader<'_>,
    head: &Head,
    readable: &dyn Fn(&Blob) -> bool,
    found: &FoundFiles,
    report: &mut VerifyReport,
) -> BTreeMap<DocumentId, Entry> {
    let mut rows: BTreeMap<DocumentId, Entry> = BTreeMap::new();
    let refused = |shard: &ShardRef, reason: String| {
        RepoError::refused(RepoName::object(&shard.blob.sha256), "F-17", reason)
    };
    // Where browse rows are missing, other rows of the same documents are no fault of their own.
    let all_known = head
        .shards_of(ShardKind::Browse)
        .all(|shard| readable(&shard.blob));
    for shard in head.shards.iter().filter(|shard| readable(&shard.blob)) {
        let result = match shard.kind {
            ShardKind::Browse => reader.rows::<BrowseRow>(shard, |row, line| {
                if row.collection != shard.collection {
                    return Err(refused(
                        shard,
                        format!("{} is of another collection", row.id),
                    ));
                }
                let entry = Entry {
                    collection: row.collection,
                    withdrawn: row.withdrawn.is_some(),
                    browse: ContentHash::of(line),
                    browse_line: line.to_vec(),
                    headings: None,
                    headings_line: None,
                    objects: None,
                };
                match rows.insert(row.id.clone(), entry) {
                    Some(_) => Err(refused(shard, format!("{} stands twice", row.id))),
                    None => Ok(()),
                }
            }),
            ShardKind::Headings => reader.rows::<HeadingRow>(shard, |row, line| {
                let entry = rows.get_mut(&row.id);
                match entry.filter(|e| e.collection == shard.collection && !e.withdrawn) {
                    None if !all_known => Ok(()),
                    None => Err(refused(shard, format!("{} has no business here", row.id))),
                    Some(entry) => {
                        entry.headings = Some(ContentHash::of(line));
                        entry.headings_line = Some(line.to_vec());
                        Ok(())
                    }
                }
            }),
            ShardKind::Objects => reader.rows::<ObjectRow>(shard, |row, line| {
                let entry = rows.get_mut(&row.id);
                match entry.filter(|e| e.collection == shard.collection && !e.withdrawn) {
                    None if !all_known => Ok(()),
                    None => Err(refused(shard, format!("{} has no business here", row.id))),
                    Some(entry) => {
                        entry.objects = Some((row, object_digest(line)));
                        Ok(())
                    }
                }
            }),
        };
        if let Err(error) = result {
            report.note(error, &found.bad);
        }
    }
    rows
}

/// [F-18] Digests and counts of the head follow from the rows.
fn check_rows(head: &Head, rows: &BTreeMap<DocumentId, Entry>, report: &mut VerifyReport) {
    let mut state = DigestBuilder::new();
    let mut of_collection: BTreeMap<&CollectionId, (u64, u64, DigestBuilder)> = BTreeMap::new();
    let mut last: Option<&DocumentId> = None;
    for (id, entry) in rows {
        let digest = row_digest(&entry.browse_line, entry.headings_line.as_deref());
        let mut in_order = state.push(id, &digest);
        let sums = of_collection.entry(&entry.collection).or_default();
        match &entry.objects {
            Some((row, digest)) => {
                let objects = row.objects.iter().map(|object| object.blob.size);
                sums.0 += 1;
                sums.1 = objects.fold(sums.1.saturating_add(row.text.length), u64::saturating_add);
                in_order = in_order.and(sums.2.push(id, digest));
            }
            None if !entry.withdrawn => report.fault(id, "[F-17] it has no object row"),
            None => {}
        }
        if let Err(error) = in_order {
            report.fault("the snapshot", error);
        }
        // [F-2] No two documents share a key.
        if last.is_some_and(|last| last.key() == id.key()) {
            report.fault(id, "[F-2] another document has the same key");
        }
        last = Some(id);
    }
    let live = rows.values().filter(|entry| !entry.withdrawn).count() as u64;
    if live != head.documents {
        let reason = format!("[F-18] it counts {} documents of {live}", head.documents);
        report.fault("the head", reason);
    }
    if state.finish() != head.state_digest {
        report.fault(
            "the head",
            "[F-18] its state digest is not that of the rows",
        );
    }
    for collection in &head.collections {
        let sums = of_collection.remove(&collection.id).unwrap_or_default();
        if (sums.0, sums.1) != (collection.documents, collection.bytes)
            || sums.2.finish() != collection.digest
        {
            let reason = format!(
                "[F-18] collection {} is not that of its rows",
                collection.id
            );
            report.fault("the head", reason);
        }
    }
}

/// [F-19] The last change of each document is what the snapshot says of it.
fn check_log(
    reader: RepoReader<'_>,
    head: &Head,
    rows: &BTreeMap<DocumentId, Entry>,
    readable: &dyn Fn(&Blob) -> bool,
    found: &FoundFiles,
    report: &mut VerifyReport,
) {
    type Latest = (ContentHash, Option<ContentHash>, Option<ContentHash>);
    let mut latest: BTreeMap<DocumentId, (String, Latest)> = BTreeMap::new();
    for segment in head.segments.iter().filter(|s| readable(&s.blob)) {
        let name = RepoName::object(&segment.blob.sha256).to_string();
        let read = reader.changes(segment, |change, lines| {
            let hashes = (
                ContentHash::of(lines.browse),
                lines.headings.map(ContentHash::of),
                lines.objects.map(ContentHash::of),
            );
            latest.insert(change.browse.id, (name.clone(), hashes));
            Ok(())
        });
        if let Err(error) = read {
            report.note(error, &found.bad);
        }
    }
    if !head.segments.iter().all(|s| readable(&s.blob)) {
        return;
    }
    for (id, (name, hashes)) in latest {
        let snapshot = rows.get(&id).map(|entry| {
            let objects = entry.objects.as_ref().map(|(_, digest)| *digest);
            (entry.browse, entry.headings, objects)
        });
        if snapshot != Some(hashes) {
            let reason = format!("[F-19] its last change of {id} is not what the snapshot says");
            report.fault(name, reason);
        }
    }
}

/// [F-20] [F-21] Every frame lies in its pack and holds its document.
fn check_texts(
    reader: RepoReader<'_>,
    head: &Head,
    rows: &BTreeMap<DocumentId, Entry>,
    readable: &dyn Fn(&Blob) -> bool,
    found: &FoundFiles,
    report: &mut VerifyReport,
) {
    let mut dictionaries = Dictionaries::new();
    for blob in head.dictionaries.iter().filter(|blob| readable(blob)) {
        match reader.blob(blob, limits::MAX_DICTIONARY) {
            Ok(bytes) => {
                dictionaries.add(&bytes);
            }
            Err(error) => report.note(error, &found.bad),
        }
    }
    let named: BTreeSet<_> = head.dictionaries.iter().map(|blob| blob.sha256).collect();
    let mut packs: BTreeMap<ContentHash, (&Blob, Vec<&ObjectRow>)> = BTreeMap::new();
    for (row, _) in rows.values().filter_map(|entry| entry.objects.as_ref()) {
        let pack = packs.entry(row.text.pack.sha256);
        pack.or_insert((&row.text.pack, Vec::new())).1.push(row);
    }
    let packs: Vec<_> = packs
        .into_values()
        .filter(|(pack, _)| readable(pack))
        .collect();
    let results: Vec<(RepoName, Result<(), RepoError>)> = packs
        .par_iter()
        .flat_map_iter(|(pack, rows)| {
            let name = RepoName::object(&pack.sha256);
            let bytes = match reader.blob(pack, limits::MAX_PACK) {
                Ok(bytes) => bytes,
                Err(error) => return vec![(name, Err(error))],
            };
            let read = rows.iter().map(|row| {
                let text = &row.text;
                let read = match text.dictionary {
                    // A dictionary that is damaged or missing was reported by itself.
                    Some(hash) if named.contains(&hash) && !dictionaries.has(&hash) => Ok(()),
                    _ => frame_in(&bytes, text)
                        .and_then(|frame| read_frame(frame, &row.id, text, &dictionaries))
                        .map(drop),
                };
                (name.clone(), read)
            });
            read.collect()
        })
        .collect();
    for (pack, result) in results {
        match result {
            Ok(()) => report.documents += 1,
            Err(error) => report.fault(pack, error),
        }
    }
}
