//! The engines beside ours: SQLite FTS5 through an example of shelf-store, Xapian through a script.

use super::questions::Questions;
use super::row::{Answered, Row};
use crate::bench::measure::{Measured, bytes_of, json, json_of_both, lines};
use crate::{process, project::Project, say, setup};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const SCRIPT: &str = "src-tauri/crates/xtask/src/bench/search/ask_xapian.py";

/// What is needed beside a corpus and its questions.
pub(super) struct Peers {
    /// The example of shelf-store.
    program: PathBuf,
    /// Xapian's script and the Python that knows Xapian.
    script: PathBuf,
    python: Option<PathBuf>,
}

/// The rows of one corpus, and what the text has to say of them.
pub(super) struct Found {
    pub(super) rows: Vec<Row>,
    /// Of SQLite and, where it was asked, of Xapian.
    pub(super) versions: Vec<String>,
    /// Bytes of Xapian's index that only taking out a changed act needs.
    pub(super) term_lists: Option<u64>,
}

impl Peers {
    pub(super) fn prepare(project: &Project) -> Result<Peers> {
        let python = match setup::python_with_xapian() {
            Ok(python) => Some(python),
            Err(error) => {
                say::detail(&format!("Xapian is left out: {error:#}"));
                None
            }
        };
        Ok(Peers {
            program: super::ours::example(project, "shelf-store", "peers")?,
            script: project.path(SCRIPT),
            python,
        })
    }

    /// Builds and asks each engine in `folder`, which keeps what they make.
    pub(super) fn rows(
        &self,
        corpus: &Path,
        questions: &Questions,
        folder: &Path,
    ) -> Result<Found> {
        let mut found = Found {
            rows: Vec::new(),
            versions: Vec::new(),
            term_lists: None,
        };
        for (sort, name) in [("plain", "FTS5"), ("folded", "FTS5 + cặp · pairs")] {
            say::detail(name);
            let (built, row) = self
                .fts5(sort, corpus, questions, folder)
                .with_context(|| name.to_string())?;
            if found.versions.is_empty() {
                found.versions.push(format!("SQLite {}", said(&built)));
            }
            found.rows.push(Row {
                name: name.to_string(),
                ..row
            });
        }
        if let Some(python) = &self.python {
            let name = "Xapian + cặp · pairs";
            say::detail(name);
            let (built, row) = self
                .xapian(python, corpus, questions, folder)
                .context("Xapian")?;
            found.versions.push(format!("Xapian {}", said(&built)));
            found.term_lists = built.answer["term_lists"].as_u64();
            found.rows.push(Row {
                name: name.to_string(),
                ..row
            });
        }
        Ok(found)
    }

    fn fts5(
        &self,
        sort: &str,
        corpus: &Path,
        questions: &Questions,
        folder: &Path,
    ) -> Result<(Measured, Row)> {
        let database = folder.join(format!("fts5-{sort}.db"));
        if database.exists() {
            fs::remove_file(&database)?;
        }
        let mut build = super::one_core(&self.program);
        let built = json(
            build
                .args(["fts5", "build", sort])
                .arg(corpus)
                .arg(&database),
        )?;
        let row = Row::of(&built, questions, |field| {
            let out = folder.join(format!("fts5-{sort}.{field}.answers.jsonl"));
            let mut ask = Command::new(&self.program);
            ask.args(["fts5", "ask", sort])
                .args([&database, &questions.file])
                .arg(field);
            let (rows, peak) = lines(&mut ask, &out)?;
            Ok(Answered { rows, peak })
        })?;
        let index = fs::metadata(&database)?.len();
        Ok((built, Row { index, ..row }))
    }

    fn xapian(
        &self,
        python: &Path,
        corpus: &Path,
        questions: &Questions,
        folder: &Path,
    ) -> Result<(Measured, Row)> {
        let database = folder.join("xapian");
        if database.exists() {
            fs::remove_dir_all(&database)?;
        }
        let mut writes = super::one_core(&self.program);
        let mut reads = super::one_core(python);
        let built = json_of_both(
            writes.arg("articles").arg(corpus),
            reads.arg(&self.script).arg("build").arg(&database),
        )?;
        let row = Row::of(&built, questions, |field| {
            let terms = folder.join(format!("{field}.terms.jsonl"));
            let mut fold = Command::new(&self.program);
            fold.arg("questions").arg(&questions.file).arg(field);
            fs::write(&terms, process::stdout_of(&mut fold)?)?;
            let out = folder.join(format!("xapian.{field}.answers.jsonl"));
            let mut ask = Command::new(python);
            ask.arg(&self.script).arg("ask").args([&database, &terms]);
            let (rows, peak) = lines(&mut ask, &out)?;
            Ok(Answered { rows, peak })
        })?;
        let index = bytes_of(&database);
        Ok((built, Row { index, ..row }))
    }
}

fn said(built: &Measured) -> &str {
    built.answer["version"].as_str().unwrap_or_default()
}
