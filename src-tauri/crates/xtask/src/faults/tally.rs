//! What came of the rounds.

use std::time::{Duration, Instant};

use anyhow::Result;

use crate::say;

/// The rounds of one kind of fault.
pub(super) struct Tally {
    pub(super) name: String,
    pub(super) rounds: u32,
    /// Kills that met a running process; for other faults the same as `rounds`.
    pub(super) hits: u32,
    /// What went against the contract.
    pub(super) failures: Vec<String>,
    /// Why it was not tried.
    pub(super) skipped: Option<String>,
    begun: Instant,
    took: Duration,
}

/// Failures that are shown as they happen; the rest is counted.
const SHOWN: usize = 8;

impl Tally {
    pub(super) fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            rounds: 0,
            hits: 0,
            failures: Vec::new(),
            skipped: None,
            begun: Instant::now(),
            took: Duration::ZERO,
        }
    }

    pub(super) fn skipped(name: impl Into<String>, why: impl Into<String>) -> Self {
        let mut tally = Self::new(name);
        let why = why.into();
        say::detail(&format!("skipped: {}: {why}", tally.name));
        tally.skipped = Some(why);
        tally
    }

    /// Notes one round: whether its fault took effect, or what went wrong.
    pub(super) fn note(&mut self, what: &str, outcome: Result<bool>) {
        self.rounds += 1;
        match outcome {
            Ok(hit) => self.hits += u32::from(hit),
            Err(error) => {
                self.hits += 1;
                if self.failures.len() < SHOWN {
                    say::detail(&format!("FAILED: {}: {what}: {error:#}", self.name));
                }
                self.failures.push(format!("{what}: {error:#}"));
            }
        }
        self.took = self.begun.elapsed();
    }

    /// Notes a situation that has only one outcome that is right.
    pub(super) fn check(&mut self, what: &str, outcome: Result<()>) {
        self.note(what, outcome.map(|()| true));
    }
}

pub(super) fn table(tallies: &[Tally]) -> String {
    let mut text = format!(
        "\n{:<34} {:>7} {:>6} {:>9} {:>8}\n",
        "fault", "rounds", "hit", "failures", "time"
    );
    for tally in tallies {
        if let Some(why) = &tally.skipped {
            text += &format!("{:<34} skipped: {why}\n", tally.name);
            continue;
        }
        text += &format!(
            "{:<34} {:>7} {:>6} {:>9} {:>6} s\n",
            tally.name,
            tally.rounds,
            tally.hits,
            tally.failures.len(),
            tally.took.as_secs()
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_round_counts_as_one_that_took_effect() {
        let mut tally = Tally::new("x");
        tally.note("1", Ok(true));
        tally.note("2", Ok(false));
        tally.note("3", Err(anyhow::anyhow!("lost")));
        assert_eq!((tally.rounds, tally.hits, tally.failures.len()), (3, 2, 1));
        assert!(table(&[tally]).contains("3      2         1"));
    }
}
