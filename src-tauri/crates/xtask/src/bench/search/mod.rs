//! `cargo xtask bench search`: our search beside SQLite FTS5 and Xapian, on the same acts and the same
//! questions, written into docs/measured.md. Each engine is built and asked in a process of its own.

mod ours;
mod peers;
mod questions;
mod row;
mod section;

use super::measure::mb;
use super::retrieval::synced;
use crate::{process, project::Project, say};
use anyhow::{Context, Result};
use ours::Ours;
use peers::Peers;
use questions::Questions;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Where the tables go.
const MEASURED: &str = "docs/measured.md";

/// A corpus, questions about it, and how many of them are asked at most.
const SETS: [(&str, &str, usize); 2] = [
    ("dsc_small_docs", "dsc_small_dev", 721),
    ("dsc2026_docs", "dsc_dev", 200),
];

pub(super) fn run(
    project: &Project,
    shelf: &Path,
    data: &Path,
    corpora: &[String],
    seed: u64,
) -> Result<()> {
    say::step("Search beside others");
    let peers = Peers::prepare(project)?;
    let (mut tables, mut notes, mut loads) = (String::new(), Notes::default(), vec![load()]);
    let mut measured = 0;
    for (corpus, set, most) in SETS {
        if !corpora.is_empty() && corpora.iter().all(|asked| asked != corpus) {
            continue;
        }
        measured += 1;
        let home = synced(project, shelf, data, corpus)?;
        let folder = project.made("bench/search").join(corpus);
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let file = folder.join("questions.jsonl");
        let questions = Questions::pick(&data.join("queries"), set, most, seed, file)?;
        say::step(&format!("{corpus}, {} questions", questions.texts.len()));
        let our = Ours {
            shelf,
            home,
            questions: &questions,
        };
        let our = [our.row()?];
        loads.push(load());
        let acts = data.join("corpus").join(format!("{corpus}.jsonl.zst"));
        let found = peers.rows(&acts, &questions, &folder)?;
        loads.push(load());
        let table = row::table(&our, &found.rows);
        say::line(&format!("\n{table}"));
        let asked = questions.texts.len();
        // Writing to a string cannot fail.
        let _ = write!(tables, "\n**{corpus}**, {set}: {asked}\n\n{table}");
        notes.add(corpus, &found);
    }
    if measured < SETS.len() {
        say::detail(&format!(
            "{MEASURED} is written when both corpora are measured"
        ));
        return Ok(());
    }
    let body = format!("{}{tables}", notes.text(seed, &loads));
    section::write(&project.path(MEASURED), &body)?;
    say::detail(&format!("{MEASURED} has these tables now"));
    Ok(())
}

/// What stands above the tables.
#[derive(Default)]
struct Notes {
    versions: Vec<String>,
    term_lists: Vec<String>,
}

impl Notes {
    fn add(&mut self, corpus: &str, found: &peers::Found) {
        self.versions.clone_from(&found.versions);
        if let Some(bytes) = found.term_lists {
            self.term_lists.push(format!("{} ({corpus})", mb(bytes)));
        }
    }

    fn text(&self, seed: u64, loads: &[f64]) -> String {
        let least = loads.iter().copied().fold(f64::INFINITY, f64::min);
        let most = loads.iter().copied().fold(0.0, f64::max);
        let xapian = match self.term_lists.is_empty() {
            true => "Xapian chưa đo: `apt-get install python3-xapian`.".to_string(),
            false => format!(
                "Of Xapian's index, its term lists take {} MB; only taking out a changed act, which all \
                 can do, needs them.",
                self.term_lists.join(", ")
            ),
        };
        let pinned = match one_core("true").get_program() == "taskset" {
            true => "all builds on one core",
            false => "builds not kept to one core (no `taskset`)",
        };
        format!(
            "`cargo xtask bench search --seed {seed}`; {}; {pinned}; load {least:.1} to {most:.1}. Only \
             questions that the second stage did not learn from. {xapian}\n",
            self.versions.join(", ")
        )
    }
}

/// A command that stays on one core with all its threads, where the system can do that.
fn one_core(program: impl AsRef<OsStr>) -> Command {
    let cores = allowed_cores();
    if let Some(core) = cores.as_deref().and_then(last_core)
        && process::succeeds("taskset", &["-c", core, "true"])
    {
        let mut command = Command::new("taskset");
        command.args(["-c", core]).arg(program);
        return command;
    }
    Command::new(program)
}

fn allowed_cores() -> Option<String> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let list = status
        .lines()
        .find_map(|line| line.strip_prefix("Cpus_allowed_list:"))?;
    Some(list.trim().to_string())
}

/// The last core of a list such as `0-3,6`.
fn last_core(list: &str) -> Option<&str> {
    list.rsplit([',', '-'])
        .next()
        .filter(|core| !core.is_empty())
}

/// How many processes wanted to run during the last minute; 0 where the system does not tell.
fn load() -> f64 {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let first = text.split(' ').next();
    first.and_then(|first| first.parse().ok()).unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_the_allowed_cores_is_taken() {
        assert_eq!(last_core("0-3,6"), Some("6"));
        assert_eq!(last_core("0-1"), Some("1"));
        assert_eq!(last_core("5"), Some("5"));
        assert_eq!(last_core(""), None);
    }

    #[test]
    fn an_engine_that_is_not_there_is_said_to_be_missing_and_how_to_get_it() {
        let text = Notes::default().text(1, &[0.5, 2.0]);
        assert!(text.contains("apt-get install python3-xapian"), "{text}");
        assert!(text.contains("load 0.5 to 2.0"), "{text}");
    }
}
