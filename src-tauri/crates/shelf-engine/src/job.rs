//! Long work: progress that is told, a cancel that is heard at each step.

use shelf_sync::Cancel;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// What a job is doing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Reading files in.
    Reading,
    /// Compressing and writing the repository.
    Publishing,
    /// Asking the source for the signed head.
    Checking,
    /// Receiving the catalogue.
    Catalogue,
    /// Receiving texts.
    Texts,
    /// Receiving originals and media.
    Objects,
    /// Making the texts searchable.
    Indexing,
    /// Hashing files.
    Verifying,
}

/// One report of progress.
#[derive(Clone, Copy, Debug, serde::Serialize)]
pub struct Progress {
    /// What is being done.
    pub phase: Phase,
    /// Units done: documents, files or bytes, by phase.
    pub done: u64,
    /// Units in all, where known.
    pub total: Option<u64>,
}

/// Listens to a job and can stop it.
pub struct Job<'a> {
    report: &'a (dyn Fn(Progress) + Sync),
    /// Stops the job at its next step.
    pub cancel: Cancel,
    last: Mutex<Option<(Phase, Instant)>>,
}

const SHORTEST_INTERVAL: Duration = Duration::from_millis(100);

impl<'a> Job<'a> {
    /// A job that reports here.
    pub fn new(report: &'a (dyn Fn(Progress) + Sync), cancel: Cancel) -> Job<'a> {
        Job {
            report,
            cancel,
            last: Mutex::new(None),
        }
    }

    /// A job that nobody listens to.
    pub fn silent() -> Job<'static> {
        Job::new(&|_| {}, Cancel::default())
    }

    /// Tells how far the job is, at most every 100 ms within a phase; the first and the last word
    /// of a phase always pass.
    pub fn tell(&self, phase: Phase, done: u64, total: Option<u64>) {
        let mut last = self
            .last
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let finished = total.is_some_and(|total| done >= total);
        let due =
            last.is_none_or(|(earlier, at)| earlier != phase || at.elapsed() >= SHORTEST_INTERVAL);
        if due || finished {
            *last = Some((phase, Instant::now()));
            (self.report)(Progress { phase, done, total });
        }
    }
}
