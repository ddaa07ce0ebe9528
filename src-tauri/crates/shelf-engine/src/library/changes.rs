//! What a sync brought: which documents came, changed or left between two catalogues. Worked out
//! from the rows themselves, so that it is the same whether the change log or the snapshot came.

use super::Library;
use super::line::DocumentLine;
use crate::Error;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use shelf_law::{Date, DocumentId, ValidityState};
use shelf_repo::ObjectRow;
use shelf_store::{ActiveCatalog, Catalog, CatalogRow, State};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;

/// Where the changes of the last sync stand in the state.
const NEWS: &str = "news";
/// Changes that are remembered by name; beyond that only their number.
const MOST_KEPT: usize = 2_000;

/// What became of a document.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// It left the shelf.
    Withdrawn,
    /// It reads differently, or another validity was recorded.
    Changed,
    /// It is new here.
    Added,
}

/// A change as a reader sees it.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ShelfChange {
    /// What became of the document.
    pub change: ChangeKind,
    /// The document as it is now.
    pub document: DocumentLine,
    /// Its state before, where that is another one now.
    pub before: Option<ValidityState>,
    /// Why it was withdrawn, in the publisher's words.
    pub reason: Option<String>,
}

/// What the last sync that changed something brought.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct News {
    /// When that was.
    pub at: Timestamp,
    /// The sequence before; `None` where it was the first sync, after which nothing is news.
    pub from_seq: Option<u64>,
    /// The sequence that it brought.
    pub seq: u64,
    /// How many changes there were; at the first sync, how many documents came.
    pub total: usize,
    /// The changes, the most important first, as many as were asked for.
    pub changes: Vec<ShelfChange>,
}

/// A change between two catalogues.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(super) struct Difference {
    pub(super) id: DocumentId,
    pub(super) change: ChangeKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) before: Option<ValidityState>,
}

/// What stands in the state.
#[derive(Serialize, Deserialize)]
struct Record {
    at: Timestamp,
    from_seq: Option<u64>,
    seq: u64,
    total: usize,
    rows: Vec<Difference>,
}

impl Library {
    /// What the last sync that changed something brought; `None` where none was recorded yet.
    pub fn news(&self, limit: usize) -> Result<Option<News>, Error> {
        let state = State::open_for_reading(&self.home.state())?;
        let record = state.setting(NEWS)?;
        // Derived data: what cannot be read is as good as absent.
        let record: Option<Record> = record.and_then(|text| serde_json::from_str(&text).ok());
        let Some(record) = record else {
            return Ok(None);
        };
        Ok(Some(News {
            at: record.at,
            from_seq: record.from_seq,
            seq: record.seq,
            total: record.total,
            changes: self.shelf_changes(&record.rows, limit)?,
        }))
    }

    /// The first of these changes, with the lines of their documents.
    pub(super) fn shelf_changes(
        &self,
        differences: &[Difference],
        limit: usize,
    ) -> Result<Vec<ShelfChange>, Error> {
        let mut changes = Vec::new();
        for difference in differences {
            if changes.len() == limit {
                break;
            }
            if let Some(document) = self.line_by_id(&difference.id)? {
                let withdrawn = document.withdrawn.as_ref();
                changes.push(ShelfChange {
                    change: difference.change,
                    before: difference.before,
                    reason: withdrawn.map(|withdrawn| withdrawn.reason.clone()),
                    document,
                });
            }
        }
        Ok(changes)
    }
}

/// Makes a catalogue the active one, and in the same write notes what it changes.
pub(super) fn activate(
    state: &mut State,
    (active, catalog): (&ActiveCatalog, &Catalog),
    before: Option<PathBuf>,
    confirmed_at: Timestamp,
    now: Timestamp,
) -> Result<(), Error> {
    let before = before.map(|path| Catalog::open(&path)).transpose();
    let record = before
        .map_err(Error::from)
        .and_then(|before| record(catalog, before.as_ref(), now));
    let record = record.unwrap_or_else(|error| {
        // A damaged catalogue is replaced; what it held, nobody can say.
        tracing::warn!(%error, "what changed cannot be told");
        None
    });
    let text = record.map(|record| serde_json::to_string(&record).expect("plain data"));
    let news: Vec<(&str, &str)> = text.iter().map(|text| (NEWS, text.as_str())).collect();
    Ok(state.activate_with(active, confirmed_at, &news)?)
}

/// What is to be noted; nothing where no document changed.
fn record(
    catalog: &Catalog,
    before: Option<&Catalog>,
    now: Timestamp,
) -> Result<Option<Record>, Error> {
    let seq = catalog.head().seq;
    let Some(before) = before else {
        return Ok(Some(Record {
            at: now,
            from_seq: None,
            seq,
            total: usize::try_from(catalog.head().documents).unwrap_or(usize::MAX),
            rows: Vec::new(),
        }));
    };
    let mut rows = differences(before, catalog, Date::of_instant(now))?;
    let total = rows.len();
    rows.truncate(MOST_KEPT);
    Ok((total > 0).then(|| Record {
        at: now,
        from_seq: Some(before.head().seq),
        seq,
        total,
        rows,
    }))
}

/// How `after` differs from `before`, the most important first: what left, what holds otherwise,
/// what reads otherwise, what is new; the newest of each first.
pub(super) fn differences(
    before: &Catalog,
    after: &Catalog,
    today: Date,
) -> Result<Vec<Difference>, Error> {
    let mut known: HashMap<u64, u64> = HashMap::new();
    before.for_each_line(|lines| {
        let print = fingerprint(lines.browse, lines.objects);
        known.insert(lines.id.key(), print);
        Ok::<_, Error>(())
    })?;
    let mut suspects = Vec::new();
    after.for_each_line(|lines| {
        let key = lines.id.key();
        if known.get(&key) != Some(&fingerprint(lines.browse, lines.objects)) {
            suspects.push(key);
        }
        Ok::<_, Error>(())
    })?;
    let mut found = Vec::new();
    for key in suspects {
        let Some(new) = after.by_key(key)? else {
            continue;
        };
        let old = match known.contains_key(&key) {
            true => before.by_key(key)?,
            false => None,
        };
        if let Some((change, before)) = difference(old.as_ref(), &new, today) {
            let id = new.browse.id.clone();
            let order = (
                change,
                before.is_none(),
                Reverse(new.browse.issued),
                id.clone(),
            );
            found.push((order, Difference { id, change, before }));
        }
    }
    found.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(found
        .into_iter()
        .map(|(_, difference)| difference)
        .collect())
}

fn difference(
    old: Option<&CatalogRow>,
    new: &CatalogRow,
    today: Date,
) -> Option<(ChangeKind, Option<ValidityState>)> {
    let old = old.filter(|old| old.browse.withdrawn.is_none());
    match (old, new.browse.withdrawn.is_some()) {
        (None, true) => None,
        (None, false) => Some((ChangeKind::Added, None)),
        (Some(_), true) => Some((ChangeKind::Withdrawn, None)),
        (Some(old), false) => {
            let (was, is) = (&old.browse.validity, &new.browse.validity);
            let state = was.on(today);
            let before = (state != is.on(today)).then_some(state);
            let reads_differently = old.browse != new.browse
                || content_differs(old.objects.as_ref(), new.objects.as_ref());
            reads_differently.then_some((ChangeKind::Changed, before))
        }
    }
}

/// Whether words or objects differ. Packs are laid anew now and then, and a collection that is taken
/// for the first time brings rows: neither is a change.
fn content_differs(old: Option<&ObjectRow>, new: Option<&ObjectRow>) -> bool {
    let (Some(old), Some(new)) = (old, new) else {
        return false;
    };
    let objects = |row: &ObjectRow| {
        let objects = row.objects.iter();
        objects.map(|object| object.blob.sha256).collect::<Vec<_>>()
    };
    old.text.sha256 != new.text.sha256 || objects(old) != objects(new)
}

fn fingerprint(browse: &str, objects: Option<&str>) -> u64 {
    let mut hasher = DefaultHasher::new();
    (browse, objects).hash(&mut hasher);
    hasher.finish()
}
