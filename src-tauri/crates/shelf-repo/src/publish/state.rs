//! The rows of a shelf, as the lines that travel.

use super::PublishError;
use crate::changelog::RowLines;
use crate::digest::{DigestBuilder, object_digest, row_digest};
use crate::format::{Blob, BrowseRow, Head, HeadingRow, ObjectRow, ShardKind};
use crate::{RepoError, RepoReader};
use serde::Serialize;
use shelf_law::{CollectionId, ContentHash, DocumentId};
use std::collections::{BTreeMap, BTreeSet};

/// The rows of one document.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Rows {
    pub(super) collection: CollectionId,
    pub(super) withdrawn: bool,
    pub(super) browse: Vec<u8>,
    pub(super) headings: Option<Vec<u8>>,
    /// The object row and its line; none for a tombstone.
    pub(super) objects: Option<(ObjectRow, Vec<u8>)>,
}

impl Rows {
    pub(super) fn lines(&self) -> RowLines<'_> {
        RowLines {
            browse: &self.browse,
            headings: self.headings.as_deref(),
            objects: self.line(ShardKind::Objects),
        }
    }

    /// The line of one kind, where the document has it.
    pub(super) fn line(&self, kind: ShardKind) -> Option<&[u8]> {
        match kind {
            ShardKind::Browse => Some(&self.browse),
            ShardKind::Headings => self.headings.as_deref(),
            ShardKind::Objects => self.objects.as_ref().map(|(_, line)| line.as_slice()),
        }
    }

    /// Whether a reader sees the same document, wherever its bytes lie.
    pub(super) fn reads_like(&self, other: &Rows) -> bool {
        let content = |rows: &Rows| {
            let (row, _) = rows.objects.clone()?;
            Some((row.text.sha256, row.objects))
        };
        self.browse == other.browse
            && self.headings == other.headings
            && content(self) == content(other)
    }
}

/// All rows, by document.
pub(super) type State = BTreeMap<DocumentId, Rows>;

/// A row as its line, which no reader will refuse for its length.
pub(super) fn line_of(id: &DocumentId, row: &impl Serialize) -> Result<Vec<u8>, PublishError> {
    let line = serde_json::to_vec(row).map_err(PublishError::Json)?;
    // A change holds three rows in one line [F-7].
    match line.len() > crate::limits::MAX_LINE / 4 {
        true => Err(PublishError::TooLarge {
            id: id.clone(),
            what: "a catalogue row",
            bytes: line.len() as u64,
        }),
        false => Ok(line),
    }
}

/// Reads the rows that a head names, and verifies its digests.
pub(super) fn read_state(reader: RepoReader<'_>, head: &Head) -> Result<State, RepoError> {
    let mut state = State::new();
    let unknown = |id: &DocumentId| {
        let reason = format!("{id} has no browse row");
        RepoError::refused("the snapshot", "F-17", reason)
    };
    for shard in head.shards_of(ShardKind::Browse) {
        reader.rows::<BrowseRow>(shard, |row, line| {
            let rows = Rows {
                collection: row.collection,
                withdrawn: row.withdrawn.is_some(),
                browse: line.to_vec(),
                headings: None,
                objects: None,
            };
            state.insert(row.id, rows);
            Ok(())
        })?;
    }
    for shard in head.shards_of(ShardKind::Headings) {
        reader.rows::<HeadingRow>(shard, |row, line| {
            let rows = state.get_mut(&row.id).ok_or_else(|| unknown(&row.id))?;
            rows.headings = Some(line.to_vec());
            Ok(())
        })?;
    }
    for shard in head.shards_of(ShardKind::Objects) {
        reader.rows::<ObjectRow>(shard, |row, line| {
            let rows = state.get_mut(&row.id).ok_or_else(|| unknown(&row.id))?;
            rows.objects = Some((row, line.to_vec()));
            Ok(())
        })?;
    }
    // [F-18] What was read is what was signed.
    match state_digest(&state) == head.state_digest {
        true => Ok(state),
        false => Err(RepoError::refused(
            "the snapshot",
            "F-18",
            "its rows have another digest than the head says",
        )),
    }
}

/// The digest over every browse and heading row [F-18].
pub(super) fn state_digest(state: &State) -> ContentHash {
    let mut digest = DigestBuilder::new();
    for (id, rows) in state {
        digest
            .push(id, &row_digest(&rows.browse, rows.headings.as_deref()))
            .expect("a map gives its keys in order");
    }
    digest.finish()
}

/// The digest over the object rows of a collection [F-18].
pub(super) fn collection_digest(state: &State, collection: &CollectionId) -> ContentHash {
    let mut digest = DigestBuilder::new();
    for (id, rows) in state {
        if let Some((_, line)) = rows
            .objects
            .as_ref()
            .filter(|_| rows.collection == *collection)
        {
            digest
                .push(id, &object_digest(line))
                .expect("a map gives its keys in order");
        }
    }
    digest.finish()
}

/// Hash and size of every object that a head and its rows refer to.
pub(super) fn referenced(head: &Head, state: &State) -> BTreeMap<ContentHash, u64> {
    let mut all = BTreeMap::new();
    let mut add = |blob: &Blob| {
        all.insert(blob.sha256, blob.size);
        if let Some(pieces) = blob.pieces {
            all.insert(pieces, crate::blob::PieceList::length_for(blob.size));
        }
    };
    head.blobs().for_each(|(blob, _)| add(blob));
    for (row, _) in state.values().filter_map(|rows| rows.objects.as_ref()) {
        add(&row.text.pack);
        row.objects.iter().for_each(|object| add(&object.blob));
    }
    all
}

/// Dictionaries that rows are compressed with.
pub(super) fn dictionaries_in_use(state: &State) -> BTreeSet<ContentHash> {
    let rows = state.values().filter_map(|rows| rows.objects.as_ref());
    rows.filter_map(|(row, _)| row.text.dictionary).collect()
}
