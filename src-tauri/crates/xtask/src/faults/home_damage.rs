//! One changed byte in any file of a reader's data folder: no panic, nothing wrong is shown as right, and
//! the next sync mends what can be had again.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::{Faults, answers, files, repository_damage::published_twice, tally::Tally};

struct Clean {
    root: PathBuf,
    repository: PathBuf,
    home: PathBuf,
    answers: Vec<Value>,
    /// A document that can be shown.
    document: String,
}

/// What a file of a data folder is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Object,
    Catalogue,
    Index,
    State,
}

pub(super) fn run(faults: &Faults<'_>) -> Result<Vec<Tally>> {
    let (workspace, repository) = published_twice(faults)?;
    let (root, home) = (workspace.join("root.json"), faults.path("clean"));
    faults
        .shelf
        .json(&mut faults.shelf.sync(&repository, &home, Some(&root)))?;
    let answers = faults.answers(&home)?;
    let document = answers
        .iter()
        .find_map(|answer| answer["hits"][0]["document"]["id"].as_str())
        .context("no question has an answer")?
        .to_owned();
    let clean = Clean {
        root,
        repository,
        home,
        answers,
        document,
    };
    let mut tallies = Vec::new();
    for (part, name) in [
        (Part::Object, "byte in a home: objects"),
        (Part::Catalogue, "byte in a home: catalogue"),
        (Part::Index, "byte in a home: index"),
        (Part::State, "byte in a home: state"),
    ] {
        let mut tally = Tally::new(name);
        for file in files::all(&clean.home)? {
            if part_of(&file) == Some(part) {
                for at in places(faults, &clean.home.join(&file), part)? {
                    let what = format!("{} byte {at}", files::slashed(&file));
                    tally.check(&what, clean.round(faults, &file, at, part));
                }
            }
        }
        tallies.push(tally);
    }
    Ok(tallies)
}

fn part_of(file: &Path) -> Option<Part> {
    let name = files::slashed(file);
    if name.starts_with("o/") {
        Some(Part::Object)
    } else if name.starts_with("catalog") {
        Some(Part::Catalogue)
    } else if name.starts_with("index/") && !name.ends_with(".lock") {
        Some(Part::Index)
    } else if name.starts_with("state.db") {
        Some(Part::State)
    } else {
        None
    }
}

fn places(faults: &Faults<'_>, path: &Path, part: Part) -> Result<Vec<usize>> {
    let bytes = std::fs::read(path)?;
    let many = faults.is_long();
    let mut places = files::places(
        bytes.len(),
        match (part, many) {
            (Part::Object, true) => 2,
            (_, true) => 24,
            (Part::Object, false) => 1,
            (_, false) => 4,
        },
    );
    if part == Part::Catalogue {
        // In the middle of rows, where a change would be seen.
        let is_in_row = |at: &usize| IN_ROWS.iter().any(|before| bytes[..*at].ends_with(before));
        let rows = (0..bytes.len()).filter(is_in_row);
        let rows: Vec<usize> = rows.collect();
        places.extend(
            files::places(rows.len(), if many { 24 } else { 4 })
                .iter()
                .map(|n| rows[*n]),
        );
    }
    Ok(places)
}

const IN_ROWS: [&[u8]; 3] = [b"\"title\":\"", b"\"sha256\":\"", b"\"state\":\""];

impl Clean {
    fn round(&self, faults: &Faults<'_>, file: &Path, at: usize, part: Part) -> Result<()> {
        let (home, shelf) = (faults.path("home"), &faults.shelf);
        files::copy(&self.home, &home)?;
        let path = home.join(file);
        files::flip(&path, at)?;

        let outcome = shelf.run(&mut shelf.verify(&home))?;
        outcome.orderly()?;
        let name = files::slashed(file);
        if part == Part::Object {
            outcome
                .fails_with(&["damaged"])
                .context("verify does not notice it")?;
            let report = outcome.value()?;
            let faults = report["faults"].as_array().context("no list of faults")?;
            ensure!(
                faults.iter().any(|fault| fault["file"] == name.as_str()),
                "verify does not name it: {}",
                report["faults"]
            );
        }
        let found = faults.ask(&home)?;
        if outcome.code == Some(0) {
            // What verify does not mind may be an unused byte, and nothing else.
            let found = faults.answers(&home).context("verify does not notice it")?;
            answers::same(&found, &self.answers).context("verify does not notice it")?;
        } else if found.code == Some(0) && part == Part::Object {
            self.only_known_hits(&found.stdout)?;
        }
        let mut show = shelf.command(["show", "--json", "--home"]);
        shelf.run(show.arg(&home).arg(&self.document))?.orderly()?;

        let synced = shelf.run(&mut shelf.sync(&self.repository, &home, Some(&self.root)))?;
        synced.orderly()?;
        if part == Part::State && synced.code != Some(0) {
            // Trust cannot be had again from a source; that it is lost has to be said.
            ensure!(
                synced.error_code().is_some(),
                "no error code: {}",
                synced.last_line()
            );
            return Ok(());
        }
        synced.json().context("a sync does not mend it")?;
        faults
            .nothing_unverified(&home, false)
            .context("a sync does not mend it")?;
        answers::same(&faults.answers(&home)?, &self.answers).context("a sync does not mend it")
    }

    /// Every hit is one that the undamaged shelf has the words of.
    fn only_known_hits(&self, stdout: &str) -> Result<()> {
        let titles: Vec<&Value> = self.hits().map(|hit| &hit["document"]).collect();
        for line in stdout.lines() {
            let answer: Value = serde_json::from_str(line)?;
            for hit in answer["hits"].as_array().into_iter().flatten() {
                let known = titles
                    .iter()
                    .find(|known| known["id"] == hit["document"]["id"]);
                ensure!(
                    known.is_none_or(|known| **known == hit["document"]),
                    "a hit shows {}",
                    hit["document"]
                );
            }
        }
        Ok(())
    }

    fn hits(&self) -> impl Iterator<Item = &Value> {
        self.answers
            .iter()
            .flat_map(|answer| answer["hits"].as_array().into_iter().flatten())
    }
}
