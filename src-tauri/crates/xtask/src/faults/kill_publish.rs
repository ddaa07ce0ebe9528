//! `kill -9` of a publish, at any moment of it.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::{Faults, answers, corpus::Corpus, files, kill, tally::Tally};

/// The publisher's side, and a reader who follows.
struct Press {
    workspace: PathBuf,
    repository: PathBuf,
    reader: PathBuf,
    corpus: Corpus,
}

pub(super) fn run(mut faults: Faults<'_>) -> Result<Vec<Tally>> {
    let mut press = Press {
        workspace: faults.path("workspace"),
        repository: faults.path("repository"),
        reader: faults.path("reader"),
        corpus: Corpus::new(faults.project, 150, 1)?,
    };
    faults.keys(&press.workspace)?;
    let mut tally = Tally::new("kill -9 publish");
    for round in 0..faults.rounds {
        // Every tenth round publishes to a new place, the others on top of what stands there.
        if round % 10 == 5 {
            files::remove(&press.repository)?;
            files::remove(&press.reader)?;
        }
        press.change(&mut faults, round)?;
        let outcome = press.round(&mut faults);
        let failed = outcome.is_err();
        tally.note(&format!("round {round}"), outcome);
        if failed {
            // What a failed round left behind would fail every later one.
            files::copy(&press.repository, &faults.path(&format!("failed-{round}")))?;
            files::remove(&press.repository)?;
            files::remove(&press.reader)?;
        }
    }
    Ok(vec![tally])
}

impl Press {
    /// Gives the next publish work: changed, new and withdrawn acts, sometimes many.
    fn change(&mut self, faults: &mut Faults<'_>, round: u32) -> Result<()> {
        let count = if round.is_multiple_of(4) { 40 } else { 6 };
        self.corpus.change(&mut faults.random, count, 2);
        let import = faults.path("gia-dinh.jsonl");
        self.corpus.write(&import)?;
        faults
            .shelf
            .json(&mut faults.shelf.ingest(&self.workspace, &import))?;
        if round % 3 == 1 {
            let key = Corpus::key(faults.random.below(self.corpus.len()));
            let mut withdraw =
                faults
                    .shelf
                    .command(["review", "--json", "--reason", "thử", "--withdraw"]);
            withdraw.arg(key).arg("--workspace").arg(&self.workspace);
            // It may have been withdrawn before.
            faults.shelf.run(&mut withdraw)?.orderly()?;
        }
        Ok(())
    }

    fn round(&self, faults: &mut Faults<'_>) -> Result<bool> {
        let shelf = &faults.shelf;
        let (quiet_workspace, quiet) = (faults.path("quiet-workspace"), faults.path("quiet"));
        files::copy(&self.workspace, &quiet_workspace)?;
        files::remove(&quiet)?;
        let before = match self.repository.exists() {
            true => {
                files::copy(&self.repository, &quiet)?;
                Some(head_of(&self.repository)?)
            }
            false => None,
        };
        let undisturbed = shelf.run(&mut shelf.publish(&quiet_workspace, &quiet))?;
        let wanted = undisturbed.json()?;
        ensure!(wanted["changed"] == true, "there was nothing to publish");
        let wanted_head = head_of(&quiet)?;

        let delay = faults.random.moment(undisturbed.took);
        let mut publish = shelf.publish(&self.workspace, &self.repository);
        let hit = kill::after(shelf, &mut publish, delay)?;
        self.stands(faults, before.as_ref(), &wanted_head)
            .with_context(|| format!("after a kill at {} ms", delay.as_millis()))?;

        let again = shelf.json(&mut publish).context("publishing again")?;
        for field in ["seq", "documents"] {
            ensure!(
                again[field] == wanted[field],
                "{field} is {} and not {} after publishing again",
                again[field],
                wanted[field]
            );
        }
        let head = head_of(&self.repository)?;
        same_shelf(&head, &wanted_head)?;
        faults.nothing_unverified(&self.repository, false)?;

        let (fresh, expected) = (faults.path("fresh"), faults.path("expected"));
        self.sync(faults, &self.repository, &fresh, true)?;
        self.sync(faults, &quiet, &expected, true)?;
        answers::same(&faults.answers(&fresh)?, &faults.answers(&expected)?)
            .context("a new reader finds something else")?;
        self.sync(faults, &self.repository, &self.reader, false)?;
        faults.nothing_unverified(&self.reader, false)?;
        Ok(hit)
    }

    /// What a killed publish leaves: a repository that is sound, with the old head or the new one.
    fn stands(&self, faults: &Faults<'_>, before: Option<&Value>, after: &Value) -> Result<()> {
        let root = self.workspace.join("root.json");
        let timestamp = self.repository.join("tuf/timestamp.json");
        if before.is_none() && !timestamp.exists() {
            // Nothing was published yet, and nothing may be taken for a shelf.
            let home = faults.path("nobody");
            files::remove(&home)?;
            if self.repository.exists() {
                let mut sync = faults.shelf.sync(&self.repository, &home, Some(&root));
                faults.shelf.run(&mut sync)?.fails_with(&["not_a_shelf"])?;
            }
            return Ok(());
        }
        let mut verify = faults.shelf.verify(&self.repository);
        faults
            .shelf
            .json(verify.arg("--root").arg(&root))
            .context("what stands in the repository is not sound")?;
        let head = head_of(&self.repository)?;
        let is_old = before.is_some_and(|before| same_shelf(&head, before).is_ok());
        ensure!(
            is_old || same_shelf(&head, after).is_ok(),
            "the head is neither the old nor the new one: seq {}",
            head["seq"]
        );
        let fresh = faults.path("fresh");
        self.sync(faults, &self.repository, &fresh, true)?;
        faults.nothing_unverified(&fresh, false)?;
        faults.answers(&fresh)?;
        Ok(())
    }

    fn sync(&self, faults: &Faults<'_>, from: &Path, home: &Path, fresh: bool) -> Result<()> {
        if fresh {
            files::remove(home)?;
        }
        let root = self.workspace.join("root.json");
        let synced = faults
            .shelf
            .json(&mut faults.shelf.sync(from, home, Some(&root)))?;
        let head = head_of(from)?;
        for field in ["seq", "documents"] {
            ensure!(
                synced[field] == head[field],
                "{field} is {} at the reader's and {} in the head",
                synced[field],
                head[field]
            );
        }
        Ok(())
    }
}

/// The head that the signed metadata of a repository names.
pub(super) fn head_of(repository: &Path) -> Result<Value> {
    let tuf = repository.join("tuf");
    let read = |name: &str| -> Result<Value> {
        let path = tuf.join(name);
        let bytes =
            std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        serde_json::from_slice(&bytes).with_context(|| path.display().to_string())
    };
    let version = |of: &Value, name: &str| -> Result<u64> {
        of["signed"]["meta"][name]["version"]
            .as_u64()
            .with_context(|| format!("no version of {name}"))
    };
    let snapshot = version(&read("timestamp.json")?, "snapshot.json")?;
    let targets = version(&read(&format!("{snapshot}.snapshot.json"))?, "targets.json")?;
    let targets = read(&format!("{targets}.targets.json"))?;
    let hash = targets["signed"]["targets"]["head.json"]["hashes"]["sha256"]
        .as_str()
        .context("the targets name no head")?
        .to_owned();
    read(&format!("targets/{hash}.head.json"))
}

/// Whether two heads are the same shelf, whenever they were signed.
pub(super) fn same_shelf(found: &Value, expected: &Value) -> Result<()> {
    for field in ["seq", "documents", "state_digest"] {
        ensure!(
            found[field] == expected[field] && !found[field].is_null(),
            "{field} is {} and not {}",
            found[field],
            expected[field]
        );
    }
    Ok(())
}
