//! Our own index, built anew by `shelf search` and asked as it was built.

use super::questions::Questions;
use super::row::{Answered, Row};
use crate::bench::measure::{Measured, bytes_of, json};
use crate::bench::retrieval::ask;
use crate::{process, project::Project};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// First questions of which the middle one counts.
const COLD: usize = 5;

pub(super) struct Ours<'a> {
    pub(super) shelf: &'a Path,
    pub(super) home: PathBuf,
    pub(super) questions: &'a Questions,
}

impl Ours<'_> {
    pub(super) fn row(&self) -> Result<Row> {
        let index = self.home.join("index");
        if index.exists() {
            fs::remove_dir_all(&index)
                .with_context(|| format!("cannot remove {}", index.display()))?;
        }
        let built = self
            .first(super::one_core(self.shelf))
            .context("building our index")?;
        let ask = |field: &str| {
            let file = &self.questions.file;
            let (rows, peak) = ask(self.shelf, &self.home, file, field, false)?;
            Ok(Answered { rows, peak })
        };
        Ok(Row {
            name: "ta · ours".to_string(),
            index: bytes_of(&index),
            cold: self.cold()?,
            ..Row::of(&built, self.questions, ask)?
        })
    }

    /// One question in a process of its own, by a command that starts `shelf`.
    fn first(&self, mut shelf: Command) -> Result<Measured> {
        self.ask_first(&mut shelf, "thời hạn giải quyết")
    }

    fn ask_first(&self, shelf: &mut Command, question: &str) -> Result<Measured> {
        json(
            shelf
                .args(["search", "--json", "--home"])
                .arg(&self.home)
                .arg(question),
        )
    }

    /// From starting `shelf` to its answer when neither the program nor the shelf is in memory; `None`
    /// where the system cannot be asked to forget them.
    fn cold(&self) -> Result<Option<Duration>> {
        let mut times = Vec::new();
        for question in self.questions.texts.iter().take(COLD) {
            if !forget(&self.home)? || !forget(self.shelf)? {
                return Ok(None);
            }
            times.push(
                self.ask_first(&mut Command::new(self.shelf), question)?
                    .wall,
            );
        }
        times.sort_unstable();
        Ok(times.get(times.len() / 2).copied())
    }
}

/// An example of a crate, built for use.
pub(super) fn example(project: &Project, package: &str, name: &str) -> Result<PathBuf> {
    process::run(
        project
            .cargo()
            .args(["build", "--quiet", "--release", "--package", package])
            .args(["--example", name]),
    )?;
    let folder = project.binary("shelf", crate::project::Profile::Release)?;
    Ok(folder.with_file_name("examples").join(name))
}

/// Takes a file, or all below a folder, out of the system's cache: GNU dd asks for it without the
/// rights of root (`nocache` on a copy of nothing). `false` where that is not understood.
fn forget(path: &Path) -> Result<bool> {
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            if !forget(&entry?.path())? {
                return Ok(false);
            }
        }
        return Ok(true);
    }
    // What was not written to the disk yet cannot be forgotten.
    fs::File::open(path)?.sync_all()?;
    let mut dd = Command::new("dd");
    dd.arg(format!("if={}", path.display()))
        .args(["iflag=nocache", "count=0", "status=none"]);
    Ok(dd.status().is_ok_and(|status| status.success()))
}
