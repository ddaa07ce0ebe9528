//! Writing to people (stderr) and to programs (stdout).

use serde::Serialize;
use shelf_engine::{Cancel, Error, ErrorCode, Job, Phase, Progress};
use std::io::{IsTerminal, Write};

/// Writes the one JSON value of a command. A reader that hung up is no error of ours.
pub(crate) fn print_json(value: &impl Serialize) {
    let text =
        serde_json::to_string(value).unwrap_or_else(|error| format!("{{\"error\":\"{error}\"}}"));
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// Writes a line for a person.
pub(crate) fn print_line(text: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// Shows progress on a terminal, and the beginning of each phase elsewhere.
pub(crate) fn with_job<T>(work: impl FnOnce(&Job<'_>) -> T) -> T {
    let terminal = std::io::stderr().is_terminal();
    let last = std::sync::Mutex::new(None);
    let report = |progress: Progress| {
        let mut last = last
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let begun = *last != Some(progress.phase);
        *last = Some(progress.phase);
        let words = words_of(progress.phase);
        if terminal {
            let amount = match progress.total {
                Some(total) => format!("{}/{total}", progress.done),
                None => progress.done.to_string(),
            };
            let start = if begun { "\n" } else { "\r" };
            eprint!("{start}{words} {amount} ");
        } else if begun {
            eprintln!("{words}");
        }
    };
    let cancel = Cancel::default();
    let job = Job::new(&report, cancel);
    let value = work(&job);
    if terminal {
        eprintln!();
    }
    value
}

fn words_of(phase: Phase) -> &'static str {
    match phase {
        Phase::Reading => "reading files",
        Phase::Publishing => "packing and signing",
        Phase::Checking => "checking the signed head",
        Phase::Catalogue => "receiving the catalogue",
        Phase::Texts => "receiving texts",
        Phase::Objects => "receiving originals and media",
        Phase::Indexing => "making texts searchable",
        Phase::Verifying => "checking every file",
    }
}

/// Reads a small file that the person named.
pub(crate) fn read_file(path: &std::path::Path) -> Result<Vec<u8>, Error> {
    std::fs::read(path)
        .map_err(|error| Error::new(ErrorCode::BadInput, format!("{}: {error}", path.display())))
}
