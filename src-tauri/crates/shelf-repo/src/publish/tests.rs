//! Publishing: what stands, what changes, what a killed publish leaves.

mod kill;
mod real;

use super::*;
use crate::destination::{FolderDestination, RepoRead};
use crate::testing::{Shelf, Unsigned, files_in, head_in, id, publish_on};
use crate::verify::{VerifyReport, verify_objects};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use tempfile::TempDir;

fn head(folder: &Path) -> Head {
    Head::parse(&head_in(folder).unwrap()).unwrap()
}

fn verified(folder: &Path) -> VerifyReport {
    let report = verify_objects(folder, &head_in(folder).unwrap()).unwrap();
    assert!(report.is_sound(), "{:#?}", report.faults);
    report
}

/// What a client that applied the change log since `seq` holds, as a digest.
fn digest_after_log(folder: &Path, older: (&Head, State), newer: &Head) -> ContentHash {
    let store = FolderDestination::new(folder);
    let reader = RepoReader::new(&store);
    let (old_head, mut state) = older;
    for segment in newer.segments_since(old_head.seq).unwrap() {
        reader
            .changes(segment, |change, lines| {
                if change.seq > old_head.seq {
                    let rows = Rows {
                        collection: change.browse.collection.clone(),
                        withdrawn: change.browse.withdrawn.is_some(),
                        browse: lines.browse.to_vec(),
                        headings: lines.headings.map(<[u8]>::to_vec),
                        objects: change
                            .objects
                            .map(|row| (row, lines.objects.unwrap().to_vec())),
                    };
                    state.insert(change.browse.id, rows);
                }
                Ok(())
            })
            .unwrap();
    }
    for collection in &newer.collections {
        assert_eq!(
            state::collection_digest(&state, &collection.id),
            collection.digest,
            "object rows of {} follow from the log",
            collection.id
        );
    }
    state::state_digest(&state)
}

fn state_in(folder: &Path, head: &Head) -> State {
    let store = FolderDestination::new(folder);
    state::read_state(RepoReader::new(&store), head).unwrap()
}

#[test]
fn a_shelf_is_published_confirmed_changed_and_withdrawn_from() {
    let folder = TempDir::new().unwrap();
    let dest = FolderDestination::new(folder.path());
    let mut shelf = Shelf::new(200);

    let first = publish_on(1, &shelf, &dest).unwrap();
    assert_eq!((first.seq, first.documents, first.added), (1, 200, 200));
    assert!(first.changed);
    let report = verified(folder.path());
    assert_eq!((report.documents, report.unreferenced), (200, 0));
    let one = head(folder.path());
    assert_eq!(
        one.dictionaries.len(),
        1,
        "200 documents are worth a dictionary"
    );
    assert_eq!(one.published_at.subsec_nanosecond(), 0);
    let state_one = state_in(folder.path(), &one);
    let total: usize = files_in(folder.path())
        .iter()
        .filter(|(name, _)| *name != "tuf/timestamp.json")
        .map(|(_, bytes)| bytes.len())
        .sum();
    assert_eq!(first.bytes, total as u64, "the report counts what is there");

    let before = files_in(folder.path());
    let second = publish_on(2, &shelf, &dest).unwrap();
    assert_eq!((second.seq, second.changed, second.written), (1, false, 0));
    assert_eq!(second.bytes, first.bytes);
    let after = files_in(folder.path());
    let differing: Vec<_> = after
        .iter()
        .filter(|(name, bytes)| before.get(*name) != Some(bytes))
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(
        differing,
        ["tuf/timestamp.json"],
        "only the confirmation is new"
    );
    assert_eq!(before.len(), after.len());

    shelf.revise(5, 1);
    shelf.documents.remove(&id(6));
    shelf.documents.remove(&id(7));
    let reason = Withdrawn {
        on: "2026-06-30".parse().unwrap(),
        reason: "in sai".into(),
    };
    shelf.withdrawn.insert(id(7), reason.clone());
    let third = publish_on(3, &shelf, &dest).unwrap();
    assert_eq!((third.seq, third.documents), (2, 198));
    assert_eq!((third.added, third.updated, third.withdrawn), (0, 1, 2));
    verified(folder.path());
    let two = head(folder.path());
    assert_eq!(two.dictionaries, one.dictionaries, "the dictionary stays");
    let digest = digest_after_log(folder.path(), (&one, state_one), &two);
    assert_eq!(digest, two.state_digest, "the log leads to the same state");
    let tombstone = |n| {
        let rows = state_in(folder.path(), &two);
        let row: BrowseRow = serde_json::from_slice(&rows[&id(n)].browse).unwrap();
        row.withdrawn.unwrap()
    };
    assert_eq!(tombstone(7), reason);
    assert_eq!(tombstone(6).reason, GONE);
    assert_eq!(tombstone(6).on.to_string(), "2026-07-03");

    let fourth = publish_on(9, &shelf, &dest).unwrap();
    assert!(!fourth.changed, "a tombstone does not move on with the day");
}

#[test]
fn the_same_contents_give_the_same_bytes_on_any_number_of_threads() {
    let shelf = Shelf::new(120);
    let published = |threads| {
        let folder = TempDir::new().unwrap();
        let dest = FolderDestination::new(folder.path());
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        let pool = pool.build().unwrap();
        pool.install(|| publish_on(1, &shelf, &dest)).unwrap();
        files_in(folder.path())
    };
    let one = published(1);
    assert_eq!(one, published(1), "again");
    assert_eq!(one, published(4), "with four threads");
}

#[test]
fn documents_that_know_they_are_unchanged_are_not_loaded() {
    let folder = TempDir::new().unwrap();
    let dest = FolderDestination::new(folder.path());
    let mut shelf = Shelf::new(60);
    publish_on(1, &shelf, &dest).unwrap();
    shelf.knows_what_is_published = true;
    shelf.revise(3, 1);
    shelf.loaded = AtomicUsize::new(0);
    let report = publish_on(2, &shelf, &dest).unwrap();
    assert_eq!((report.updated, report.changed), (1, true));
    assert_eq!(shelf.loaded.load(Ordering::Relaxed), 1);
    verified(folder.path());
}

#[test]
fn a_pack_that_is_mostly_dead_is_packed_anew_and_garbage_goes_after_one_more_publish() {
    let folder = TempDir::new().unwrap();
    let dest = FolderDestination::new(folder.path());
    let mut shelf = Shelf::new(60);
    publish_on(1, &shelf, &dest).unwrap();
    let packs = |folder: &Path| {
        let state = state_in(folder, &head(folder));
        let rows = state.values().filter_map(|rows| rows.objects.as_ref());
        rows.map(|(row, _)| row.text.pack.sha256)
            .collect::<BTreeSet<_>>()
    };
    let first = packs(folder.path());
    for n in 0..40 {
        shelf.revise(n, 1);
    }
    let report = publish_on(2, &shelf, &dest).unwrap();
    assert_eq!(
        (report.updated, report.added),
        (40, 0),
        "moved is not updated"
    );
    assert!(
        packs(folder.path()).is_disjoint(&first),
        "no frame stays behind"
    );
    let kept = verified(folder.path()).unreferenced;
    assert!(
        kept > 0,
        "a client in the middle of a sync still finds the old packs"
    );

    shelf.name = "Tên mới".into();
    let report = publish_on(3, &shelf, &dest).unwrap();
    assert_eq!((report.seq, report.changed, report.updated), (3, true, 0));
    assert_eq!(verified(folder.path()).unreferenced, 0, "now they are gone");
    let heads = files_in(folder.path());
    let heads = heads.keys().filter(|name| name.ends_with("head.json"));
    assert_eq!(heads.count(), 2, "this head and the one before");
}

#[test]
fn the_small_packs_of_many_small_updates_are_joined() {
    let folder = TempDir::new().unwrap();
    let dest = FolderDestination::new(folder.path());
    let mut shelf = Shelf::new(0);
    let all = Shelf::new(120).documents;
    let mut most = 0;
    for (day, (id, mut staged)) in all.into_iter().take(40).enumerate() {
        staged.objects.clear();
        staged.file.document.collection = "tinh".parse().unwrap();
        shelf.documents.insert(id, staged);
        publish_on(day as i64 + 1, &shelf, &dest).unwrap();
        let state = state_in(folder.path(), &head(folder.path()));
        let rows = state.values().filter_map(|rows| rows.objects.as_ref());
        let packs: BTreeSet<_> = rows.map(|(row, _)| row.text.pack.sha256).collect();
        most = most.max(packs.len());
    }
    assert!((20..=33).contains(&most), "{most} packs");
    assert_eq!(verified(folder.path()).documents, 40);
}

#[test]
fn the_change_log_stays_short_and_leads_from_every_sequence_it_covers() {
    let folder = TempDir::new().unwrap();
    let dest = FolderDestination::new(folder.path());
    let mut shelf = Shelf::new(150);
    publish_on(1, &shelf, &dest).unwrap();
    let mut history = Vec::new();
    for day in 2..40 {
        let current = head(folder.path());
        history.push((current.clone(), state_in(folder.path(), &current)));
        shelf.revise(day as u32 % 7, day as u32);
        if day == 20 {
            shelf.documents.remove(&id(140));
        }
        publish_on(day, &shelf, &dest).unwrap();
    }
    let last = head(folder.path());
    assert!(last.segments.len() <= crate::changelog::MAX_SEGMENTS);
    let log: u64 = last.segments.iter().map(|s| s.blob.size).sum();
    let snapshot: u64 = last.shards.iter().map(|s| s.blob.size).sum();
    assert!(log <= snapshot, "{log} <= {snapshot}");
    verified(folder.path());
    let mut covered = 0;
    for (older, state) in history {
        if last.segments_since(older.seq).is_some() {
            covered += 1;
            let digest = digest_after_log(folder.path(), (&older, state), &last);
            assert_eq!(digest, last.state_digest, "from sequence {}", older.seq);
        }
    }
    assert!(covered >= 12, "{covered} sequences are covered");
}

#[test]
fn what_went_missing_in_the_destination_is_published_again() {
    let folder = TempDir::new().unwrap();
    let dest = FolderDestination::new(folder.path());
    let shelf = Shelf::new(60);
    publish_on(1, &shelf, &dest).unwrap();
    let state = state_in(folder.path(), &head(folder.path()));
    let (row, _) = state[&id(10)].objects.clone().unwrap();
    let lost = [row.text.pack.sha256, row.objects[0].blob.sha256];
    for hash in lost {
        dest.remove(&RepoName::object(&hash)).unwrap();
    }
    publish_on(2, &shelf, &dest).unwrap();
    verified(folder.path());
}

#[test]
fn a_damaged_catalogue_is_said_and_a_rebuild_heals_it() {
    let folder = TempDir::new().unwrap();
    let dest = FolderDestination::new(folder.path());
    let shelf = Shelf::new(60);
    publish_on(1, &shelf, &dest).unwrap();
    let shard = RepoName::object(&head(folder.path()).shards[0].blob.sha256);
    let size = dest.size(&shard).unwrap().unwrap();
    dest.put(&shard, &vec![0; size as usize]).unwrap();
    let error = publish_on(2, &shelf, &dest).unwrap_err();
    assert!(error.to_string().contains(shard.as_str()), "{error}");

    let options = PublishOptions {
        min_app: "0.1.0".into(),
        last_seq: 7,
        rebuild: true,
    };
    let now = "2026-07-03T00:00:00Z".parse().unwrap();
    let cancel = AtomicBool::new(false);
    let report = publish(&shelf, &dest, &Unsigned, &options, now, &|_| {}, &cancel).unwrap();
    assert_eq!(report.seq, 8, "after everything that was ever seen");
    verified(folder.path());
}

#[test]
fn two_documents_whose_keys_are_the_same_are_refused() {
    let folder = TempDir::new().unwrap();
    let dest = FolderDestination::new(folder.path());
    let mut shelf = Shelf::new(2);
    let mut twin = shelf.documents[&id(1)].clone();
    let text = id(1).to_string();
    twin.file.document.id = format!("{}{}", &text[..17], "0".repeat(8)).parse().unwrap();
    shelf.documents.insert(twin.file.document.id.clone(), twin);
    let error = publish_on(1, &shelf, &dest).unwrap_err();
    assert!(matches!(error, PublishError::SameKey(..)));
    assert!(files_in(folder.path()).is_empty(), "nothing was written");
}

#[test]
fn a_cancelled_publish_changes_nothing() {
    let folder = TempDir::new().unwrap();
    let dest = FolderDestination::new(folder.path());
    let shelf = Shelf::new(60);
    publish_on(1, &shelf, &dest).unwrap();
    let before = files_in(folder.path());
    let options = PublishOptions {
        min_app: "9".into(),
        last_seq: 0,
        rebuild: false,
    };
    let now = "2026-07-03T00:00:00Z".parse().unwrap();
    let cancel = AtomicBool::new(true);
    let result = publish(&shelf, &dest, &Unsigned, &options, now, &|_| {}, &cancel);
    assert!(matches!(result, Err(PublishError::Cancelled)));
    assert_eq!(files_in(folder.path()), before);
}

#[test]
fn a_name_with_a_line_feed_is_refused_before_anything_is_signed() {
    let folder = TempDir::new().unwrap();
    let dest = FolderDestination::new(folder.path());
    let mut shelf = Shelf::new(1);
    shelf.name = "Tủ\nsách".into();
    assert!(matches!(
        publish_on(1, &shelf, &dest),
        Err(PublishError::Name(_))
    ));
    assert_eq!(head_in(folder.path()), None);
}

#[test]
fn an_empty_shelf_and_a_document_without_headings_can_be_published() {
    let folder = TempDir::new().unwrap();
    let dest = FolderDestination::new(folder.path());
    let mut shelf = Shelf::new(0);
    shelf.data.clear();
    assert_eq!(publish_on(1, &shelf, &dest).unwrap().documents, 0);
    verified(folder.path());
    let mut full = Shelf::new(1);
    let plain = full.documents.get_mut(&id(0)).unwrap();
    plain.file.text.blocks.retain(|block| block.id.is_none());
    publish_on(2, &full, &dest).unwrap();
    assert_eq!(verified(folder.path()).documents, 1);
    assert!(
        !head(folder.path())
            .shards
            .iter()
            .any(|s| s.kind == crate::ShardKind::Headings)
    );
}
