//! Ending a process in the middle, without a warning.

use std::{
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Result, bail};

use super::shelf::Shelf;

/// Kills the command this long after its start. Says whether it still ran then.
pub(super) fn after(shelf: &Shelf, command: &mut Command, delay: Duration) -> Result<bool> {
    let started = shelf.start(command)?;
    let begun = Instant::now();
    while begun.elapsed() < delay {
        if let Some(outcome) = started.finished()? {
            outcome.orderly()?;
            return Ok(false);
        }
        std::thread::sleep((delay.saturating_sub(begun.elapsed())).min(Duration::from_millis(2)));
    }
    let ran = started.finished()?.is_none();
    // Dropping it is a SIGKILL.
    drop(started);
    Ok(ran)
}

/// Kills the command this long after it said `words`.
pub(super) fn after_words(
    shelf: &Shelf,
    command: &mut Command,
    words: &str,
    delay: Duration,
) -> Result<bool> {
    let started = shelf.start(command)?;
    while !started.said().contains(words) {
        if started.finished()?.is_some() {
            return Ok(false);
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    std::thread::sleep(delay);
    let ran = started.finished()?.is_none();
    drop(started);
    Ok(ran)
}

/// How long a command goes on after it said `words`.
pub(super) fn time_after_words(
    shelf: &Shelf,
    command: &mut Command,
    words: &str,
) -> Result<Duration> {
    let started = shelf.start(command)?;
    let mut said = None;
    loop {
        if said.is_none() && started.said().contains(words) {
            said = Some(Instant::now());
        }
        if let Some(outcome) = started.finished()? {
            let Some(said) = said else {
                bail!("it never said “{words}”: {}", outcome.stderr);
            };
            return Ok(said.elapsed());
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}
