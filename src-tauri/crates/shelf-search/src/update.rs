//! Bringing the index up to date, so that a kill at any moment costs only the work since the last
//! commit.

use crate::cites::for_each_number;
use crate::schema::{Backlog, UnitDocument, key_field};
use crate::terms::append_prepared;
use crate::{Error, Facts, Index};
use std::collections::HashMap;
use std::sync::Arc;
use tantivy::index::SegmentId;
use tantivy::{IndexWriter, Term};

/// Bytes of prepared words that may wait for the indexing threads.
const BACKLOG_BYTES: usize = 4_000_000;

/// Segments that an update leaves at most.
const MAX_SEGMENTS: usize = 6;

/// A document to be indexed.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct IndexInput {
    /// Its title. It is found even where the document has no units.
    pub title: String,
    /// Its number (số hiệu), by which others cite it; empty where it has none.
    pub number: String,
    /// What is known of it besides its words.
    pub facts: Facts,
    /// Its units.
    pub units: Vec<UnitInput>,
}

/// A unit to be indexed.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct UnitInput {
    /// Its place in [`shelf_law::DocumentText::units`].
    pub ordinal: u32,
    /// Its heading, without which the text stands.
    pub heading: String,
    /// Its text, without the heading.
    pub text: String,
}

/// How far an update is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Progress {
    /// Documents indexed in this update.
    pub done: usize,
    /// Documents that this update has to index.
    pub total: usize,
}

/// What an update did. `E` is the caller's error for a document that could not be loaded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UpdateReport<E> {
    /// Documents that were new.
    pub added: usize,
    /// Documents whose fingerprint had changed.
    pub changed: usize,
    /// Documents taken out.
    pub removed: usize,
    /// Documents that were right already.
    pub unchanged: usize,
    /// Units indexed.
    pub units: usize,
    /// Documents that could not be loaded. What the index held of them stays.
    pub failed: Vec<(u64, E)>,
    /// The update was cancelled; what it had done by then is kept.
    pub cancelled: bool,
}

impl<E> UpdateReport<E> {
    /// Whether the index now holds exactly what was asked for, and carries the stamp.
    pub fn is_complete(&self) -> bool {
        !self.cancelled && self.failed.is_empty()
    }
}

impl Index {
    /// Makes the index hold exactly the documents of `current`: pairs of key and fingerprint.
    ///
    /// Only what differs is loaded, in the order of `current`, and committed in portions; the stamp
    /// is written with the last one. `progress` is told about every document, `cancel` asked before
    /// each.
    ///
    /// # Errors
    /// [`Error::Busy`] while another process writes; [`Error::Write`] on a full disk. What was
    /// committed before stays.
    pub fn update<E>(
        &self,
        current: &[(u64, u64)],
        mut load: impl FnMut(u64) -> Result<IndexInput, E>,
        stamp: &str,
        mut progress: impl FnMut(Progress),
        cancel: impl Fn() -> bool,
    ) -> Result<UpdateReport<E>, Error> {
        let mut update = Update::start(self)?;
        let wanted: HashMap<u64, u64> = current.iter().copied().collect();
        let mut report = UpdateReport {
            added: 0,
            changed: 0,
            removed: 0,
            unchanged: 0,
            units: 0,
            failed: Vec::new(),
            cancelled: false,
        };
        for key in update.held.keys().filter(|key| !wanted.contains_key(key)) {
            update.writer.delete_term(term(*key));
            report.removed += 1;
        }
        let mut todo: Vec<(u64, u64)> = Vec::new();
        let mut seen = HashMap::with_capacity(wanted.len());
        for (key, _) in current {
            let revision = wanted[key];
            if seen.insert(*key, ()).is_some() {
                continue;
            }
            if update.held.get(key) == Some(&revision) {
                report.unchanged += 1;
            } else {
                todo.push((*key, revision));
            }
        }
        for (done, (key, revision)) in todo.iter().enumerate() {
            progress(Progress {
                done,
                total: todo.len(),
            });
            if cancel() {
                report.cancelled = true;
                break;
            }
            let input = match load(*key) {
                Ok(input) => input,
                Err(error) => {
                    report.failed.push((*key, error));
                    continue;
                }
            };
            if update.held.contains_key(key) {
                update.writer.delete_term(term(*key));
                report.changed += 1;
            } else {
                report.added += 1;
            }
            report.units += update.add(*key, *revision, input)?;
        }
        if !report.cancelled {
            progress(Progress {
                done: todo.len(),
                total: todo.len(),
            });
        }
        let changed = report.added + report.changed + report.removed > 0;
        let stamped = self.stamp();
        let stamp = if report.is_complete() {
            Some(stamp)
        } else {
            None
        };
        if changed || stamped.as_deref() != stamp {
            update.commit(stamp)?;
        }
        update.finish()?;
        Ok(report)
    }
}

fn term(key: u64) -> Term {
    Term::from_field_u64(key_field(), key)
}

struct Update<'i> {
    index: &'i Index,
    writer: IndexWriter<UnitDocument>,
    backlog: Arc<Backlog>,
    /// Fingerprints of what the index held when the update began.
    held: HashMap<u64, u64>,
    /// Units and bytes since the last commit.
    pending: (usize, usize),
}

impl Update<'_> {
    /// Takes the writer's lock and then looks at what the index holds, so that nobody else changes it.
    fn start(index: &Index) -> Result<Update<'_>, Error> {
        let writer = index.writer()?;
        // A writer that was killed may have left a file that this one is about to make.
        writer
            .garbage_collect_files()
            .wait()
            .map_err(|e| Error::writing(&index.dir, e))?;
        index.reload()?;
        let held = index
            .snapshot()
            .revisions()
            .map_err(|e| Error::damaged(&index.dir, e))?;
        Ok(Update {
            index,
            writer,
            backlog: Backlog::new(BACKLOG_BYTES),
            held,
            pending: (0, 0),
        })
    }

    /// Adds a document whole, and commits where enough has come together: never inside a document.
    fn add(&mut self, key: u64, revision: u64, mut input: IndexInput) -> Result<usize, Error> {
        let mut title = String::new();
        append_prepared(&mut title, &input.title);
        let mut number = String::new();
        append_prepared(&mut number, &input.number);
        let mut own = 0;
        for_each_number(&number, |mark| own = mark);
        let facts = input.facts.encode() | u64::from(own) << 32;
        let units = input.units.len();
        if input.units.is_empty() {
            input.units.push(UnitInput::default());
        }
        for unit in input.units {
            let mut words = String::with_capacity(unit.heading.len() + unit.text.len());
            append_prepared(&mut words, &unit.heading);
            let heading = words.len();
            append_prepared(&mut words, &unit.text);
            // Accents fold away: a third of the bytes is given back while the unit waits.
            words.shrink_to_fit();
            let mut cites = Vec::new();
            for_each_number(&words, |mark| cites.push(mark));
            cites.retain(|mark| *mark != own);
            cites.sort_unstable();
            cites.dedup();
            let bytes = words.len() + title.len();
            self.pending.0 += 1;
            self.pending.1 += bytes;
            let document = UnitDocument {
                key,
                unit: u64::from(unit.ordinal),
                revision,
                facts,
                cites,
                words,
                heading,
                title: std::mem::take(&mut title),
                _ticket: self.backlog.enter(bytes),
            };
            self.writer
                .add_document(document)
                .map_err(|e| Error::writing(&self.index.dir, e))?;
        }
        let options = &self.index.options;
        if self.pending.0 >= options.commit_units || self.pending.1 >= options.commit_bytes {
            self.commit(None)?;
        }
        Ok(units)
    }

    fn commit(&mut self, stamp: Option<&str>) -> Result<(), Error> {
        let committed = self.writer.prepare_commit().and_then(|mut prepared| {
            prepared.set_payload(stamp.unwrap_or(""));
            prepared.commit()
        });
        committed.map_err(|e| Error::writing(&self.index.dir, e))?;
        tracing::debug!(units = self.pending.0, bytes = self.pending.1, "committed");
        self.pending = (0, 0);
        self.index.reload()
    }

    /// Makes one segment of all where none holds most of the index, as after the first build: it is
    /// a third smaller and faster to read. Later updates add small ones beside it; where there are
    /// too many, the smallest are merged with each other.
    fn finish(mut self) -> Result<(), Error> {
        let snapshot = self.index.snapshot();
        let sizes = snapshot.segment_sizes();
        let most = sizes.iter().map(|(_, units)| *units).max().unwrap_or(0);
        let wasted = snapshot.places - snapshot.units as usize;
        if sizes.len() > 1 && most < snapshot.places / 2 || wasted > snapshot.places / 4 {
            let all: Vec<SegmentId> = sizes.into_iter().map(|(id, _)| id).collect();
            drop(snapshot);
            self.index.merge(&mut self.writer, &all)?;
        }
        loop {
            let snapshot = self.index.snapshot();
            let mut sizes = snapshot.segment_sizes();
            if sizes.len() <= MAX_SEGMENTS {
                break;
            }
            sizes.sort_by_key(|(_, units)| *units);
            let quarter = snapshot.places / 4;
            drop(snapshot);
            let mut sum = 0;
            let small = sizes.iter().zip(0..).take_while(|((_, units), place)| {
                sum += units;
                *place < 2 || sum <= quarter
            });
            let small: Vec<SegmentId> = small.map(|((id, _), _)| *id).collect();
            self.index.merge(&mut self.writer, &small)?;
        }
        self.writer
            .wait_merging_threads()
            .map_err(|e| Error::writing(&self.index.dir, e))
    }
}
