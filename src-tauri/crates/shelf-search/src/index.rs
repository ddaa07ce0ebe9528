//! The index in its folder: opening, rebuilding, merging, searching.

use crate::directory::IndexDirectory;
use crate::keep::{self, Weights};
use crate::rank::{Hit, SearchOptions};
use crate::schema::{UnitDocument, register_tokenizers, schema};
use crate::scratch::Scratch;
use crate::snapshot::Snapshot;
use crate::survey::{Ranked, Survey};
use crate::{Error, Query, Ranking, files, rank};
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use tantivy::directory::error::LockError;
use tantivy::directory::{Directory, INDEX_WRITER_LOCK, MmapDirectory};
use tantivy::index::SegmentId;
use tantivy::indexer::{IndexWriterOptions, NoMergePolicy};
use tantivy::{IndexSettings, IndexWriter};

/// Scratch arrays that are kept for later queries.
const POOLED: usize = 4;

/// How an index is written. It changes nothing in what is found.
#[derive(Clone, Debug)]
pub struct Options {
    /// Indexing threads besides the one that prepares the words.
    pub threads: usize,
    /// Bytes that all indexing threads together collect before they write a segment; at least 15 MB
    /// a thread are used.
    pub memory: usize,
    /// Units after which an update commits, so that a killed one goes on from there.
    pub commit_units: usize,
    /// Bytes of prepared words after which it commits.
    pub commit_bytes: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            threads: 1,
            memory: 40_000_000,
            commit_units: 8_000,
            commit_bytes: 24_000_000,
        }
    }
}

/// A search index in a folder of its own. It is derived data: it can always be made again.
///
/// Many threads and processes may read at once; one process writes.
pub struct Index {
    pub(crate) dir: PathBuf,
    pub(crate) options: Options,
    inner: tantivy::Index,
    snapshot: RwLock<Arc<Snapshot>>,
    scratch: Mutex<Vec<Scratch>>,
}

impl Index {
    /// Opens the index in `dir` for reading and, later, updating.
    ///
    /// # Errors
    /// [`Error::Absent`] where there is none, [`Error::Damaged`] where it cannot be used.
    pub fn open(dir: &Path, options: Options) -> Result<Index, Error> {
        if !files::holds_index(dir) {
            return Err(Error::Absent {
                dir: dir.to_path_buf(),
            });
        }
        guarded(dir, || {
            let opened = IndexDirectory::open(dir).and_then(tantivy::Index::open);
            let inner = opened.map_err(|e| Error::damaged(dir, e))?;
            if inner.schema() != schema() {
                return Err(Error::damaged(dir, "it was made by other rules"));
            }
            Index::with(inner, dir, options)
        })
    }

    /// Makes an empty index in `dir`.
    ///
    /// # Errors
    /// [`Error::Busy`] while another process makes one there; [`Error::Damaged`] where one stands
    /// already.
    pub fn create(dir: &Path, options: Options) -> Result<Index, Error> {
        files::make_folder(dir)?;
        let _lock = lock(dir)?;
        if files::holds_index(dir) {
            return Err(Error::damaged(dir, "an index stands there already"));
        }
        Index::create_locked(dir, options)
    }

    /// Throws away whatever stands in `dir` and makes an empty index. Readers that have the old one
    /// open keep it.
    ///
    /// # Errors
    /// [`Error::Busy`] while another process writes there.
    pub fn rebuild(dir: &Path, options: Options) -> Result<Index, Error> {
        files::make_folder(dir)?;
        let _lock = lock(dir)?;
        files::clear(dir)?;
        Index::create_locked(dir, options)
    }

    fn create_locked(dir: &Path, options: Options) -> Result<Index, Error> {
        let settings = IndexSettings {
            docstore_compress_dedicated_thread: false,
            ..IndexSettings::default()
        };
        let inner = IndexDirectory::open(dir)
            .and_then(|directory| tantivy::Index::create(directory, schema(), settings))
            .map_err(|e| Error::writing(dir, e))?;
        Index::with(inner, dir, options)
    }

    fn with(inner: tantivy::Index, dir: &Path, options: Options) -> Result<Index, Error> {
        register_tokenizers(inner.tokenizers());
        let snapshot = Snapshot::load(&inner, dir)?;
        Ok(Index {
            dir: dir.to_path_buf(),
            options,
            inner,
            snapshot: RwLock::new(Arc::new(snapshot)),
            scratch: Mutex::new(Vec::new()),
        })
    }

    pub(crate) fn snapshot(&self) -> Arc<Snapshot> {
        let snapshot = self.snapshot.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&snapshot)
    }

    /// Shows what was committed since, by this process or another.
    pub fn reload(&self) -> Result<(), Error> {
        let fresh = guarded(&self.dir, || Snapshot::load(&self.inner, &self.dir))?;
        *self
            .snapshot
            .write()
            .unwrap_or_else(PoisonError::into_inner) = Arc::new(fresh);
        Ok(())
    }

    /// What the last complete update was told to remember; `None` after an unfinished one.
    pub fn stamp(&self) -> Option<String> {
        self.snapshot().stamp.clone()
    }

    /// How many documents the index holds.
    pub fn documents(&self) -> usize {
        self.snapshot().keys.len()
    }

    /// How many units the index holds.
    pub fn units(&self) -> usize {
        self.snapshot().units as usize
    }

    /// How many segments the index lies in; one is fastest to read.
    pub fn segments(&self) -> usize {
        self.snapshot().segments.len()
    }

    /// Bytes of the index on disk.
    pub fn bytes(&self) -> Result<u64, Error> {
        files::bytes(&self.dir)
    }

    /// Reads every file of the index against its checksum. It costs as much as reading them, so it
    /// is for a check-up or after an unclean stop.
    ///
    /// # Errors
    /// [`Error::Damaged`] names the files.
    pub fn verify(&self) -> Result<(), Error> {
        let damaged = guarded(&self.dir, || {
            // Mapped, because whole files are read.
            tantivy::Index::open_in_dir(&self.dir)
                .and_then(|mapped| mapped.validate_checksum())
                .map_err(|e| Error::damaged(&self.dir, e))
        })?;
        if damaged.is_empty() {
            return Ok(());
        }
        let mut names: Vec<String> = damaged.iter().map(|p| p.display().to_string()).collect();
        names.sort();
        Err(Error::damaged(
            &self.dir,
            format!("wrong checksum: {}", names.join(", ")),
        ))
    }

    /// Opens the index for writing.
    pub(crate) fn writer(&self) -> Result<IndexWriter<UnitDocument>, Error> {
        let threads = self.options.threads.clamp(1, 8);
        let options = IndexWriterOptions::builder()
            .num_worker_threads(threads)
            .memory_budget_per_thread((self.options.memory / threads).max(15_000_000))
            .num_merge_threads(1)
            .build();
        let writer = self
            .inner
            .writer_with_options(options)
            .map_err(|e| Error::writing(&self.dir, e))?;
        // When to merge is decided here, not in the middle of an update.
        writer.set_merge_policy(Box::new(NoMergePolicy));
        Ok(writer)
    }

    /// Makes one segment of all, where that would help, and says whether it did. It reads and writes
    /// the whole index: for when nobody is waiting.
    ///
    /// # Errors
    /// [`Error::Busy`] while another process writes.
    pub fn merge_when_idle(&self) -> Result<bool, Error> {
        let mut writer = self.writer()?;
        self.reload()?;
        let snapshot = self.snapshot();
        if !snapshot.is_scattered() {
            return Ok(false);
        }
        let all: Vec<SegmentId> = snapshot.segment_sizes().iter().map(|(id, _)| *id).collect();
        drop(snapshot);
        self.merge(&mut writer, &all)?;
        writer
            .wait_merging_threads()
            .map_err(|e| Error::writing(&self.dir, e))?;
        Ok(true)
    }

    /// Makes one segment of these, which are committed.
    pub(crate) fn merge(
        &self,
        writer: &mut IndexWriter<UnitDocument>,
        segments: &[SegmentId],
    ) -> Result<(), Error> {
        writer
            .merge(segments)
            .wait()
            .map_err(|e| Error::writing(&self.dir, e))?;
        self.reload()
    }

    /// The best documents, or units, for a question.
    ///
    /// # Errors
    /// [`Error::Damaged`] where the index cannot be read.
    pub fn search(&self, query: &Query, options: &SearchOptions<'_>) -> Result<Vec<Hit>, Error> {
        Ok(self.run(query, options, None)?.0)
    }

    /// The same, and in the same pass the documents that a survey lists.
    ///
    /// # Errors
    /// [`Error::Damaged`] where the index cannot be read.
    pub fn search_and_survey(
        &self,
        query: &Query,
        options: &SearchOptions<'_>,
        survey: &Survey<'_>,
    ) -> Result<(Vec<Hit>, Vec<Ranked>), Error> {
        self.run(query, options, Some(survey))
    }

    /// Keys of the documents in which there is not one pair of words to find.
    pub fn wordless(&self) -> Vec<u64> {
        let snapshot = self.snapshot();
        let lengths = snapshot.keys.iter().zip(&snapshot.act_lengths);
        lengths
            .filter(|(_, length)| **length == 0)
            .map(|(key, _)| *key)
            .collect()
    }

    /// What the second stage sees of the best documents: for each its key, whatever it is worth, and
    /// the values of [`crate::ACT_FEATURES`]. For training.
    ///
    /// # Errors
    /// [`Error::Damaged`] where the index cannot be read.
    pub fn act_features(&self, query: &Query, limit: usize) -> Result<Vec<(u64, Vec<f32>)>, Error> {
        self.dumped(query, limit, |search, limit| search.act_rows(limit))
    }

    /// The same of the best units, by key and ordinal, with the values of [`crate::UNIT_FEATURES`].
    ///
    /// # Errors
    /// [`Error::Damaged`] where the index cannot be read.
    pub fn unit_features(&self, query: &Query, limit: usize) -> Result<rank::UnitRows, Error> {
        self.dumped(query, limit, |search, limit| search.unit_rows(limit))
    }

    fn dumped<T>(
        &self,
        query: &Query,
        limit: usize,
        rows: impl Fn(&rank::Search<'_>, usize) -> T,
    ) -> Result<T, Error> {
        let options = SearchOptions::default();
        let snapshot = self.snapshot();
        let mut scratch = self.take_scratch();
        let rows = guarded(&self.dir, || {
            rank::look(&snapshot, &mut scratch, query, &options, |search| {
                rows(search, limit)
            })
            .map_err(|e| Error::damaged(&self.dir, e))
        })?;
        self.give_back(scratch);
        Ok(rows)
    }

    fn run(
        &self,
        query: &Query,
        options: &SearchOptions<'_>,
        survey: Option<&Survey<'_>>,
    ) -> Result<(Vec<Hit>, Vec<Ranked>), Error> {
        let snapshot = self.snapshot();
        let mut scratch = self.take_scratch();
        let hits = guarded(&self.dir, || {
            rank::search(&snapshot, &mut scratch, query, options, survey)
                .map_err(|e| Error::damaged(&self.dir, e))
        })?;
        self.give_back(scratch);
        Ok(hits)
    }

    fn give_back(&self, scratch: Scratch) {
        let mut pool = self.scratch.lock().unwrap_or_else(PoisonError::into_inner);
        if pool.len() < POOLED {
            pool.push(scratch);
        }
    }

    fn take_scratch(&self) -> Scratch {
        let mut pool = self.scratch.lock().unwrap_or_else(PoisonError::into_inner);
        pool.pop().unwrap_or_default()
    }

    /// What each term of a question says, for [`crate::snippet`].
    ///
    /// # Errors
    /// [`Error::Damaged`] where the index cannot be read.
    pub fn weights(&self, query: &Query, ranking: &Ranking) -> Result<Weights, Error> {
        let snapshot = self.snapshot();
        guarded(&self.dir, || {
            keep::weights(&snapshot, query, &ranking.formula)
                .map_err(|e| Error::damaged(&self.dir, e))
        })
    }
}

/// Takes the lock that tantivy's own writer takes.
fn lock(dir: &Path) -> Result<tantivy::directory::DirectoryLock, Error> {
    let directory = MmapDirectory::open(dir)
        .map_err(|e| Error::writing(dir, tantivy::TantivyError::from(e)))?;
    directory
        .acquire_lock(&INDEX_WRITER_LOCK)
        .map_err(|e| match e {
            LockError::LockBusy => Error::Busy {
                dir: dir.to_path_buf(),
            },
            e @ LockError::IoError(_) => {
                Error::writing(dir, tantivy::TantivyError::LockFailure(e, None))
            }
        })
}

thread_local! {
    /// Whether this thread is where a panic is caught and told as a damaged index.
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Does work in another thread whose panic comes to [`guarded`] all the same.
pub(crate) fn as_guarded<T>(work: impl FnOnce() -> T) -> T {
    GUARDED.set(true);
    work()
}

/// Keeps the panics that are caught here from being told as crashes. For programs, once, at their
/// start; every other panic is told as before.
pub fn quiet_caught_panics() {
    let told = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !GUARDED.get() {
            told(panic);
        }
    }));
}

/// Tantivy panics on some damaged files; to the caller that is a damaged index like any other.
fn guarded<T>(dir: &Path, work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    let outer = GUARDED.replace(true);
    let outcome = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(outer);
    outcome.unwrap_or_else(|panic| {
        let why = panic
            .downcast_ref::<&str>()
            .map(ToString::to_string)
            .or_else(|| panic.downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "unreadable file".to_string());
        Err(Error::damaged(dir, why))
    })
}
