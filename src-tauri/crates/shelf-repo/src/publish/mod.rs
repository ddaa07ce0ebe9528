//! Publishing: from the approved contents of a shelf to a signed repository.
//!
//! Everything is written before the signer sets the new timestamp, nothing that a standing head
//! refers to is overwritten or removed before that, and what the head before referred to stays for
//! those who are in the middle of a sync. A publish that is killed leaves garbage, never a broken
//! head [F-22].

mod contents;
mod outcome;
mod snapshot;
mod state;
mod texts;
mod writer;

#[cfg(test)]
mod tests;

pub use contents::{CurrentHead, OutsideError, ShelfContents, SignHead, Staged, StagedObject};
pub use outcome::{Progress, PublishError, PublishOptions, PublishReport, Step};

use crate::canonical::to_canonical;
use crate::destination::{Destination, StoreError};
use crate::dictionary::{Dictionaries, FrameEncoder};
use crate::format::{Blob, BrowseRow, DataFile, Head, Withdrawn};
use crate::head::FORMAT;
use crate::{RepoName, RepoReader, limits};
use jiff::Timestamp;
use shelf_law::{ContentHash, Date, DocumentId};
use state::{Rows, State};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicBool;
use texts::Texts;
use writer::Writer;

/// The reason given for a document that is gone without a record of why.
const GONE: &str = "rút khỏi tủ sách";

/// Publishes `contents` to `dest`. What stands there is read first: documents that are as they were
/// keep their place, and where nothing changed only a new confirmation is signed.
pub fn publish(
    contents: &dyn ShelfContents,
    dest: &dyn Destination,
    signer: &dyn SignHead,
    options: &PublishOptions,
    now: Timestamp,
    progress: &(dyn Fn(Progress) + Sync),
    cancel: &AtomicBool,
) -> Result<PublishReport, PublishError> {
    let step = |step| {
        progress(Progress {
            step,
            done: 0,
            total: 0,
        });
    };
    step(Step::Reading);
    let ids = checked_ids(contents)?;
    let reader = RepoReader::new(dest);
    let current = signer.current(dest).map_err(PublishError::Sign)?;
    dest.remove_unfinished()?;
    let mut writer = Writer::open(dest, cancel)?;
    let before = Before::read(current.as_ref(), reader, options.rebuild)?;
    if options.rebuild {
        writer.distrust();
    }

    let dictionary = match before.dictionary.clone() {
        Some(bytes) => Some(bytes),
        None => {
            step(Step::Dictionary);
            texts::train_dictionary(contents, &ids, &writer)?
        }
    };
    let mut dictionaries = before.dictionaries;
    if let Some(bytes) = &dictionary {
        dictionaries.add(bytes);
    }
    let mut state = Texts {
        contents,
        previous: &before.state,
        encoder: &FrameEncoder::new(dictionary.as_deref()),
        dictionaries: &dictionaries,
        reader,
        progress,
    }
    .build(&ids, &mut writer)?;
    add_tombstones(&mut state, &before.state, contents, now)?;
    check_keys(state.keys())?;

    step(Step::Catalogue);
    let earlier = before.head.as_ref();
    let shards = snapshot::store_shards(&state, (earlier, &before.state), &mut writer)?;
    let mut head = Head {
        format: FORMAT,
        shelf: contents.shelf_name(),
        seq: earlier.map_or(0, |head| head.seq),
        published_at: earlier.map_or(now, |head| head.published_at),
        min_app: options.min_app.clone(),
        documents: state.values().filter(|rows| !rows.withdrawn).count() as u64,
        state_digest: state::state_digest(&state),
        collections: snapshot::collections(&state, contents.collections(), earlier),
        shards,
        segments: earlier.map_or(Vec::new(), |head| head.segments.clone()),
        dictionaries: store_dictionaries(&state, earlier, dictionary.as_deref(), &mut writer)?,
        data: store_data(contents, &mut writer)?,
    };
    let same = earlier == Some(&head) && head.segments.iter().all(|s| writer.has(&s.blob));
    if same && let Some(current) = &current {
        step(Step::Signing);
        signer.confirm(dest, now).map_err(PublishError::Sign)?;
        return Ok(report(
            &head,
            &state,
            &before.state,
            &current.head_bytes,
            &writer,
        ));
    }

    // [F-11] One more than everything that was ever seen.
    head.seq = before.seq.max(options.last_seq) + 1;
    head.published_at = whole_seconds(now);
    head.segments = match earlier {
        None => Vec::new(),
        Some(earlier) => snapshot::store_segments(
            head.seq,
            &state,
            (earlier, &before.state),
            head.shards.iter().map(|shard| shard.blob.size).sum(),
            reader,
            &mut writer,
        )?,
    };
    let head_bytes = to_canonical(&head)?;
    Head::parse(&head_bytes).map_err(PublishError::Head)?;
    writer.check_cancel()?;
    step(Step::Signing);
    signer
        .release(dest, &head_bytes, now)
        .map_err(PublishError::Sign)?;

    step(Step::Sweeping);
    let mut report = report(&head, &state, &before.state, &head_bytes, &writer);
    report.changed = true;
    let old = current.map(|current| ContentHash::of(&current.head_bytes));
    let heads: BTreeSet<_> = old
        .into_iter()
        .chain([ContentHash::of(&head_bytes)])
        .collect();
    let mut keep = state::referenced(&head, &state);
    // After a rebuild nobody knows what the head before referred to: leave everything.
    if !options.rebuild {
        keep.extend(earlier.map_or(BTreeMap::new(), |head| {
            state::referenced(head, &before.state)
        }));
        if let Err(error) = sweep(dest, &keep, &heads) {
            tracing::warn!(%error, "what is no longer referred to could not be removed");
        }
    }
    Ok(report)
}

/// What stood in the destination before.
struct Before {
    head: Option<Head>,
    /// Its sequence, also where nothing else of it is taken over.
    seq: u64,
    state: State,
    dictionaries: Dictionaries,
    /// The dictionary that new frames are compressed with.
    dictionary: Option<Vec<u8>>,
}

impl Before {
    fn read(
        current: Option<&CurrentHead>,
        reader: RepoReader<'_>,
        rebuild: bool,
    ) -> Result<Before, PublishError> {
        let mut before = Before {
            head: None,
            seq: 0,
            state: State::new(),
            dictionaries: Dictionaries::new(),
            dictionary: None,
        };
        let Some(current) = current else {
            return Ok(before);
        };
        let head = Head::parse(&current.head_bytes).map_err(PublishError::Previous)?;
        before.seq = head.seq;
        if rebuild {
            return Ok(before);
        }
        before.state = state::read_state(reader, &head).map_err(PublishError::Previous)?;
        for blob in &head.dictionaries {
            let bytes = reader
                .blob(blob, limits::MAX_DICTIONARY)
                .map_err(PublishError::Previous)?;
            before.dictionaries.add(&bytes);
            before.dictionary = Some(bytes);
        }
        before.head = Some(head);
        Ok(before)
    }
}

fn checked_ids(contents: &dyn ShelfContents) -> Result<Vec<DocumentId>, PublishError> {
    let mut ids = contents.ids().map_err(PublishError::Contents)?;
    ids.sort();
    check_keys(ids.iter())?;
    Ok(ids)
}

/// [F-2] No two documents share a key. Sorted ids put equal keys side by side.
fn check_keys<'a>(ids: impl Iterator<Item = &'a DocumentId>) -> Result<(), PublishError> {
    let mut last: Option<&DocumentId> = None;
    for id in ids {
        if let Some(last) = last.filter(|last| last.key() == id.key()) {
            return Err(PublishError::SameKey(last.clone(), id.clone()));
        }
        last = Some(id);
    }
    Ok(())
}

/// Documents that were published and are gone stay as tombstones: a reader is told why.
fn add_tombstones(
    state: &mut State,
    before: &State,
    contents: &dyn ShelfContents,
    now: Timestamp,
) -> Result<(), PublishError> {
    for (id, rows) in before {
        if state.contains_key(id) {
            continue;
        }
        let mut row: BrowseRow =
            serde_json::from_slice(&rows.browse).map_err(PublishError::Json)?;
        let recorded = contents
            .withdrawn(id)
            .map_err(|source| PublishError::Document {
                id: id.clone(),
                source,
            })?;
        let withdrawn = recorded
            .or_else(|| row.withdrawn.clone())
            .unwrap_or_else(|| Withdrawn {
                on: Date::of_instant(now),
                reason: GONE.to_string(),
            });
        let browse = match row.withdrawn.as_ref() == Some(&withdrawn) {
            true => rows.browse.clone(),
            false => {
                row.withdrawn = Some(withdrawn);
                state::line_of(id, &row)?
            }
        };
        let tombstone = Rows {
            collection: rows.collection.clone(),
            withdrawn: true,
            browse,
            headings: None,
            objects: None,
        };
        state.insert(id.clone(), tombstone);
    }
    Ok(())
}

/// The dictionaries that rows use, the newest last.
fn store_dictionaries(
    state: &State,
    earlier: Option<&Head>,
    newest: Option<&[u8]>,
    writer: &mut Writer<'_>,
) -> Result<Vec<Blob>, PublishError> {
    let in_use = state::dictionaries_in_use(state);
    let mut blobs: Vec<Blob> = earlier.map_or(Vec::new(), |head| head.dictionaries.clone());
    blobs.retain(|blob| in_use.contains(&blob.sha256));
    if let Some(bytes) = newest.filter(|bytes| in_use.contains(&ContentHash::of(bytes))) {
        let blob = writer.put(bytes)?;
        if !blobs.contains(&blob) {
            blobs.push(blob);
        }
    }
    Ok(blobs)
}

fn store_data(
    contents: &dyn ShelfContents,
    writer: &mut Writer<'_>,
) -> Result<Vec<DataFile>, PublishError> {
    let mut files = contents.data_files().map_err(PublishError::Contents)?;
    files.sort();
    let stored = files.into_iter().map(|(name, bytes)| {
        let blob = writer.put(&bytes)?;
        Ok(DataFile { name, blob })
    });
    stored.collect()
}

/// Removes objects that neither this head nor the one before refers to, and older heads.
fn sweep(
    dest: &dyn Destination,
    keep: &BTreeMap<ContentHash, u64>,
    heads: &BTreeSet<ContentHash>,
) -> Result<(), StoreError> {
    let stale = |name: &RepoName| {
        let object = name.object_hash().map(|hash| !keep.contains_key(&hash));
        let head = name.head_hash().map(|hash| !heads.contains(&hash));
        object.or(head).unwrap_or(false)
    };
    for prefix in ["o/", "tuf/targets/"] {
        for (name, _) in dest.list(prefix)? {
            if stale(&name) {
                dest.remove(&name)?;
            }
        }
    }
    Ok(())
}

fn whole_seconds(now: Timestamp) -> Timestamp {
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}

fn report(
    head: &Head,
    state: &State,
    before: &State,
    head_bytes: &[u8],
    writer: &Writer<'_>,
) -> PublishReport {
    let live = |rows: &&Rows| !rows.withdrawn;
    let mut report = PublishReport {
        seq: head.seq,
        documents: head.documents,
        bytes: state::referenced(head, state).values().sum::<u64>() + head_bytes.len() as u64,
        written: writer.written,
        changed: false,
        added: 0,
        updated: 0,
        withdrawn: 0,
    };
    for (id, rows) in state {
        let earlier = before.get(id).filter(live);
        match (earlier, rows.withdrawn) {
            (None, false) => report.added += 1,
            (Some(_), true) => report.withdrawn += 1,
            (Some(earlier), false) if !rows.reads_like(earlier) => report.updated += 1,
            _ => {}
        }
    }
    report
}
