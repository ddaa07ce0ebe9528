//! `kill -9` of a sync and of its indexing: the shelf in use stays in use, and the next sync goes on.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::{Faults, answers, corpus::Corpus, files, kill, server::Served, tally::Tally};

/// What `shelf` says when it begins to index.
const INDEXING: &str = "making texts searchable";

/// Two editions of a shelf, and readers that hold none, the old and the new one.
struct Editions {
    root: PathBuf,
    new: PathBuf,
    old_reader: PathBuf,
    old_answers: Vec<Value>,
    /// What an undisturbed sync ends with, from nothing and from the old edition.
    wanted: [Wanted; 2],
}

struct Wanted {
    report: Value,
    answers: Vec<Value>,
    took: std::time::Duration,
    indexing: std::time::Duration,
}

pub(super) fn run(mut faults: Faults<'_>) -> Result<Vec<Tally>> {
    let editions = Editions::make(&mut faults)?;
    let served = Served::folder(&faults.shelf, &editions.new)?;
    let mut tallies = Vec::new();
    for (name, source) in [
        (
            "kill -9 sync from a folder",
            editions.new.display().to_string(),
        ),
        ("kill -9 sync over HTTP", served.url.clone()),
    ] {
        let mut tally = Tally::new(name);
        // The two kinds share the rounds.
        for round in 0..faults.rounds.div_ceil(2) {
            let fresh = round % 2 == 0;
            let moment = faults
                .random
                .moment(editions.wanted[usize::from(!fresh)].took);
            let kill = |faults: &Faults<'_>, home: &Path| {
                let mut sync = faults.shelf.sync(&source, home, Some(&editions.root));
                kill::after(&faults.shelf, &mut sync, moment)
            };
            let outcome = editions.round(&faults, &source, fresh, round, kill);
            tally.note(
                &format!("round {round} at {} ms", moment.as_millis()),
                outcome,
            );
        }
        tallies.push(tally);
    }
    Ok(tallies)
}

pub(super) fn run_indexing(mut faults: Faults<'_>) -> Result<Vec<Tally>> {
    let editions = Editions::make(&mut faults)?;
    let source = editions.new.display().to_string();
    let mut tally = Tally::new("kill -9 indexing, by sync");
    for round in 0..faults.rounds.div_ceil(2) {
        let fresh = round % 2 == 0;
        let moment = faults
            .random
            .moment(editions.wanted[usize::from(!fresh)].indexing);
        let kill = |faults: &Faults<'_>, home: &Path| {
            let mut sync = faults.shelf.sync(&source, home, Some(&editions.root));
            kill::after_words(&faults.shelf, &mut sync, INDEXING, moment)
        };
        let outcome = editions.round(&faults, &source, fresh, round, kill);
        tally.note(
            &format!("round {round} {} ms into it", moment.as_millis()),
            outcome,
        );
    }
    // A search finds the index missing and makes it; that too may be cut off.
    let mut by_search = Tally::new("kill -9 indexing, by search");
    let whole = faults.path("whole");
    editions.sync(&faults, &source, &whole)?;
    for round in 0..faults.rounds.div_ceil(2) {
        let moment = faults.random.moment(editions.wanted[0].indexing);
        let outcome = (|| {
            let home = faults.path("home");
            files::copy(&whole, &home)?;
            files::remove(&home.join("index"))?;
            let mut search = faults
                .shelf
                .command(["search", "khai sinh", "--json", "--home"]);
            search.arg(&home);
            let hit = kill::after_words(&faults.shelf, &mut search, INDEXING, moment)?;
            answers::same(&faults.answers(&home)?, &editions.wanted[0].answers)?;
            faults.nothing_unverified(&home, false)?;
            Ok(hit)
        })();
        by_search.note(
            &format!("round {round} {} ms into it", moment.as_millis()),
            outcome,
        );
    }
    Ok(vec![tally, by_search])
}

impl Editions {
    fn make(faults: &mut Faults<'_>) -> Result<Self> {
        let (workspace, old, new) = (faults.path("ws"), faults.path("old"), faults.path("new"));
        let shelf = &faults.shelf;
        faults.keys(&workspace)?;
        let mut corpus = Corpus::new(faults.project, 300, 3)?;
        let import = faults.path("gia-dinh.jsonl");
        corpus.write(&import)?;
        shelf.json(&mut shelf.ingest(&workspace, &import))?;
        // Originals of all sizes, one of them in many pieces.
        let large = faults.path("phu-luc-lon.txt");
        std::fs::write(
            &large,
            std::fs::read(&import)?.get(..3_000_000).unwrap_or_default(),
        )
        .context("a large original")?;
        let (samples, list) = faults.sample();
        let mut ingest = shelf.ingest(&workspace, &large);
        shelf.json(ingest.args(samples).arg("--list").arg(list))?;
        shelf.json(&mut shelf.publish(&workspace, &old))?;
        files::copy(&old, &new)?;
        corpus.change(&mut faults.random, 80, 20);
        corpus.write(&import)?;
        let shelf = &faults.shelf;
        shelf.json(&mut shelf.ingest(&workspace, &import))?;
        shelf.json(&mut shelf.publish(&workspace, &new))?;

        let root = workspace.join("root.json");
        let old_reader = faults.path("old-reader");
        shelf.json(&mut shelf.sync(&old, &old_reader, Some(&root)))?;
        let old_answers = faults.answers(&old_reader)?;
        let undisturbed = |fresh: bool| -> Result<Wanted> {
            let home = faults.path("undisturbed");
            let prepare = || match fresh {
                true => files::remove(&home),
                false => files::copy(&old_reader, &home),
            };
            prepare()?;
            let indexing =
                kill::time_after_words(shelf, &mut shelf.sync(&new, &home, Some(&root)), INDEXING)?;
            let mut took = std::time::Duration::MAX;
            let mut report = Value::Null;
            // The faster of two: a moment after the end of a sync kills nothing.
            for _ in 0..2 {
                prepare()?;
                let outcome = shelf.run(&mut shelf.sync(&new, &home, Some(&root)))?;
                took = took.min(outcome.took);
                report = outcome.json()?;
            }
            Ok(Wanted {
                report,
                answers: faults.answers(&home)?,
                took,
                indexing,
            })
        };
        let wanted = [undisturbed(true)?, undisturbed(false)?];
        answers::same(&wanted[1].answers, &wanted[0].answers)
            .context("a reader who was there before finds something else than a new one")?;
        Ok(Self {
            root,
            new,
            old_answers,
            old_reader,
            wanted,
        })
    }

    fn sync(&self, faults: &Faults<'_>, source: &str, home: &Path) -> Result<Value> {
        faults
            .shelf
            .json(&mut faults.shelf.sync(source, home, Some(&self.root)))
    }

    fn round(
        &self,
        faults: &Faults<'_>,
        source: &str,
        fresh: bool,
        round: u32,
        kill: impl FnOnce(&Faults<'_>, &Path) -> Result<bool>,
    ) -> Result<bool> {
        let home = faults.path("home");
        match fresh {
            true => files::empty_folder(&home)?,
            false => files::copy(&self.old_reader, &home)?,
        }
        let wanted = &self.wanted[usize::from(!fresh)];
        let hit = kill(faults, &home)?;

        // Half of the readers search before they sync again, which may mend the index; for the other
        // half a copy is searched.
        let asked = match round % 4 {
            0 | 3 => home.clone(),
            _ => {
                let copy = faults.path("copy");
                files::copy(&home, &copy)?;
                copy
            }
        };
        faults.nothing_unverified(&home, true)?;
        match faults.answers_or_no_shelf(&asked)? {
            None => ensure!(fresh, "the shelf that was in use is gone"),
            Some(found) => {
                let is_old = !fresh && answers::same(&found, &self.old_answers).is_ok();
                if !is_old {
                    answers::same(&found, &wanted.answers)
                        .context("the killed reader finds neither the old nor the new shelf")?;
                }
            }
        }

        let report = self.sync(faults, source, &home).context("syncing again")?;
        for field in ["seq", "documents", "failed", "published_at", "collections"] {
            ensure!(
                report[field] == wanted.report[field],
                "{field} is {} and not {} after syncing again",
                report[field],
                wanted.report[field]
            );
        }
        faults.nothing_unverified(&home, false)?;
        answers::same(&faults.answers(&home)?, &wanted.answers)
            .context("after syncing again something else is found")?;
        let partial = home.join("partial");
        ensure!(
            !partial.exists() || files::all(&partial)?.is_empty(),
            "pieces are left behind in {}",
            partial.display()
        );
        Ok(hit)
    }
}
