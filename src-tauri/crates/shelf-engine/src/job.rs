//! Long work: progress that is told, a cancel that is heard at each step.

use shelf_sync::Cancel;
use std::sync::{Mutex, MutexGuard, PoisonError};
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
    /// Units done: bytes while something is received or hashed, else documents or files.
    pub done: u64,
    /// Units in all, where known.
    pub total: Option<u64>,
    /// Bytes that came over the line since the job began.
    pub bytes: u64,
    /// What was received can be read and searched by now, though the job goes on.
    pub readable: bool,
}

/// Listens to a job and can stop it.
pub struct Job<'a> {
    report: &'a (dyn Fn(Progress) + Sync),
    /// Stops the job at its next step.
    pub cancel: Cancel,
    told: Mutex<Told>,
}

/// What was told last, and what has come since.
struct Told {
    phase: Option<Phase>,
    at: Instant,
    done: u64,
    total: Option<u64>,
    /// Bytes received by then.
    bytes_then: u64,
    bytes: u64,
    readable: bool,
}

const SHORTEST_INTERVAL: Duration = Duration::from_millis(100);

impl<'a> Job<'a> {
    /// A job that reports here.
    pub fn new(report: &'a (dyn Fn(Progress) + Sync), cancel: Cancel) -> Job<'a> {
        Job {
            report,
            cancel,
            told: Mutex::new(Told {
                phase: None,
                at: Instant::now(),
                done: 0,
                total: None,
                bytes_then: 0,
                bytes: 0,
                readable: false,
            }),
        }
    }

    /// A job that nobody listens to.
    pub fn silent() -> Job<'static> {
        Job::new(&|_| {}, Cancel::default())
    }

    /// Tells how far the job is, at most every 100 ms within a phase; the first and the last word
    /// of a phase always pass.
    pub fn tell(&self, phase: Phase, done: u64, total: Option<u64>) {
        let mut told = self.told();
        let finished = total.is_some_and(|total| done >= total);
        let begins = told.phase != Some(phase);
        (told.phase, told.done, told.total) = (Some(phase), done, total);
        told.bytes_then = told.bytes;
        if begins || finished || told.at.elapsed() >= SHORTEST_INTERVAL {
            self.pass(&mut told, phase, done);
        }
    }

    /// Notes bytes that came over the line; where the phase counts bytes, it moves on by them.
    pub fn receive(&self, bytes: u64) {
        let mut told = self.told();
        told.bytes = told.bytes.saturating_add(bytes);
        if let Some(phase) = told.phase
            && told.at.elapsed() >= SHORTEST_INTERVAL
        {
            let since = told.bytes - told.bytes_then;
            let done = told.done.saturating_add(since);
            let done = told.total.map_or(told.done, |total| done.min(total));
            self.pass(&mut told, phase, done);
        }
    }

    /// Says that what was received can be read from now on.
    pub fn say_readable(&self) {
        let mut told = self.told();
        told.readable = true;
        let (phase, done) = (told.phase.unwrap_or(Phase::Indexing), told.done);
        self.pass(&mut told, phase, done);
    }

    /// Bytes that came over the line so far.
    pub fn received(&self) -> u64 {
        self.told().bytes
    }

    fn pass(&self, told: &mut Told, phase: Phase, done: u64) {
        told.at = Instant::now();
        (self.report)(Progress {
            phase,
            done,
            total: told.total,
            bytes: told.bytes,
            readable: told.readable,
        });
    }

    fn told(&self) -> MutexGuard<'_, Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_come_move_a_phase_on_and_never_past_its_end() {
        let heard = Mutex::new(Vec::new());
        let report = |progress: Progress| heard.lock().unwrap().push(progress);
        let job = Job::new(&report, Cancel::default());
        job.tell(Phase::Texts, 0, Some(100));
        job.receive(30);
        std::thread::sleep(SHORTEST_INTERVAL);
        job.receive(90);
        job.tell(Phase::Texts, 100, Some(100));
        job.say_readable();
        assert_eq!(job.received(), 120);
        let heard = heard.lock().unwrap();
        let said: Vec<_> = heard
            .iter()
            .map(|p| (p.done, p.bytes, p.readable))
            .collect();
        assert_eq!(
            said,
            [
                (0, 0, false),
                (100, 120, false),
                (100, 120, false),
                (100, 120, true)
            ]
        );
    }
}
