//! One changed byte in any file of a repository: `verify` names the file, and a reader takes nothing of it.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::{Faults, answers, corpus::Corpus, files, tally::Tally};

pub(super) fn run(faults: &Faults<'_>) -> Result<Vec<Tally>> {
    let (workspace, repository) = published_twice(faults)?;
    let root = workspace.join("root.json");
    let clean = faults.path("clean");
    faults
        .shelf
        .json(&mut faults.shelf.sync(&repository, &clean, Some(&root)))?;
    let expected = faults.answers(&clean)?;

    let mut verify = Tally::new("byte in a repository: verify");
    let mut sync = Tally::new("byte in a repository: sync");
    let places = if faults.is_long() { 3 } else { 1 };
    for file in files::all(&repository)? {
        let path = repository.join(&file);
        let bytes = std::fs::read(&path)?;
        for at in files::places(bytes.len(), places) {
            files::flip(&path, at)?;
            let what = format!("{} byte {at}", files::slashed(&file));
            verify.check(&what, named(faults, &repository, &file));
            sync.check(&what, taken(faults, &repository, &root, &expected));
        }
        std::fs::write(&path, bytes)?;
    }
    let sound = faults
        .shelf
        .json(faults.shelf.verify(&repository).arg("--root").arg(&root));
    verify.check("restored", sound.map(|_| ()));
    Ok(vec![verify, sync])
}

/// A small repository with a past: change log, older metadata, a withdrawn act.
pub(super) fn published_twice(
    faults: &Faults<'_>,
) -> Result<(std::path::PathBuf, std::path::PathBuf)> {
    let (workspace, repository) = faults.published_sample()?;
    let mut random = super::Random::new(5);
    let mut corpus = Corpus::new(faults.project, 20, 5)?;
    let import = faults.path("gia-dinh.jsonl");
    for round in 0..2 {
        corpus.write(&import)?;
        faults
            .shelf
            .json(&mut faults.shelf.ingest(&workspace, &import))?;
        if round == 1 {
            let mut withdraw =
                faults
                    .shelf
                    .command(["review", "--json", "--reason", "thử", "--withdraw"]);
            faults.shelf.json(
                withdraw
                    .arg(Corpus::key(3))
                    .arg("--workspace")
                    .arg(&workspace),
            )?;
        }
        faults
            .shelf
            .json(&mut faults.shelf.publish(&workspace, &repository))?;
        corpus.change(&mut random, 4, 2);
    }
    Ok((workspace, repository))
}

fn named(faults: &Faults<'_>, repository: &Path, file: &Path) -> Result<()> {
    let outcome = faults.shelf.run(&mut faults.shelf.verify(repository))?;
    outcome.fails_with(&["damaged"])?;
    let report = outcome.value()?;
    let named = report["faults"].as_array().context("no list of faults")?;
    let name = files::slashed(file);
    ensure!(
        named.iter().any(|fault| fault["file"] == name.as_str()),
        "verify does not name it: {}",
        report["faults"]
    );
    Ok(())
}

fn taken(faults: &Faults<'_>, repository: &Path, root: &Path, expected: &[Value]) -> Result<()> {
    let home = faults.path("home");
    files::remove(&home)?;
    let outcome = faults
        .shelf
        .run(&mut faults.shelf.sync(repository, &home, Some(root)))?;
    outcome.orderly()?;
    if outcome.code == Some(0) {
        // Something that a new reader has no need of: an older head, the change log.
        faults.nothing_unverified(&home, false)?;
        return answers::same(&faults.answers(&home)?, expected);
    }
    outcome.fails_with(&["damaged", "not_a_shelf"])?;
    if outcome.stdout.is_empty() {
        let found = faults.answers_or_no_shelf(&home)?;
        ensure!(
            found.is_none(),
            "the sync failed and yet something was taken over"
        );
        return Ok(());
    }
    let failed = outcome.value()?;
    let failed = failed["failed"]
        .as_array()
        .context("no list of what failed")?;
    ensure!(
        !failed.is_empty(),
        "exit code 1, and nothing stands in “failed”"
    );
    faults.nothing_unverified(&home, true)?;
    faults.answers(&home)?;
    Ok(())
}
