//! `kill -9` of an ingest: reading the same again makes up for it.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::{
    Faults,
    corpus::Corpus,
    files, kill,
    kill_publish::{head_of, same_shelf},
    tally::Tally,
};

pub(super) fn run(mut faults: Faults<'_>) -> Result<Vec<Tally>> {
    let base = faults.path("base");
    let mut corpus = Corpus::new(faults.project, 250, 2)?;
    let import = faults.path("gia-dinh.jsonl");
    corpus.write(&import)?;
    faults.keys(&base)?;
    faults
        .shelf
        .json(&mut faults.shelf.ingest(&base, &import))?;
    let empty = faults.path("empty");
    faults.keys(&empty)?;

    let mut tally = Tally::new("kill -9 ingest");
    for round in 0..faults.rounds {
        corpus.change(&mut faults.random, 40, 3);
        corpus.write(&import)?;
        // Into a workspace that holds the acts already, and into one that holds none.
        let from = if round % 2 == 0 { &base } else { &empty };
        let outcome = self::round(&mut faults, from, &import, round % 5 == 0);
        tally.note(&format!("round {round}"), outcome);
    }
    Ok(vec![tally])
}

fn round(faults: &mut Faults<'_>, from: &Path, import: &Path, publish: bool) -> Result<bool> {
    let shelf = &faults.shelf;
    let (workspace, quiet) = (faults.path("workspace"), faults.path("quiet"));
    files::copy(from, &workspace)?;
    files::copy(from, &quiet)?;
    // Files with originals too: they are copied before anything is noted.
    let (samples, list) = faults.sample();
    let ingest = |workspace: &Path| {
        let mut command = shelf.ingest(workspace, import);
        command.args(&samples).arg("--list").arg(&list);
        command
    };
    let undisturbed = shelf.run(&mut ingest(&quiet))?;
    let wanted = undisturbed.json()?;

    let delay = faults.random.moment(undisturbed.took);
    let hit = kill::after(shelf, &mut ingest(&workspace), delay)?;
    // What was read so far is whole.
    let found = entries(faults, &workspace)?;
    let all = entries(faults, &quiet)?;
    let before = entries(faults, from)?;
    ensure!(
        found.len() >= before.len() && found.len() <= all.len(),
        "{} entries stand after a kill, {} before, {} in the end",
        found.len(),
        before.len(),
        all.len()
    );
    let again = shelf
        .json(&mut ingest(&workspace))
        .context("ingesting again")?;
    ensure!(
        again["documents"] == wanted["documents"],
        "{} documents were read again and {} at once",
        again["documents"],
        wanted["documents"]
    );
    ensure!(
        entries(faults, &workspace)? == all,
        "what stands in the workspace differs after a kill at {} ms",
        delay.as_millis()
    );
    if !publish {
        return Ok(hit);
    }
    let (repository, expected) = (faults.path("repository"), faults.path("expected"));
    files::remove(&repository)?;
    files::remove(&expected)?;
    shelf.json(&mut shelf.publish(&workspace, &repository))?;
    shelf.json(&mut shelf.publish(&quiet, &expected))?;
    same_shelf(&head_of(&repository)?, &head_of(&expected)?)?;
    faults.nothing_unverified(&repository, false)?;
    Ok(hit)
}

fn entries(faults: &Faults<'_>, workspace: &Path) -> Result<Vec<Value>> {
    let mut review = faults.shelf.command(["review", "--json", "--workspace"]);
    let listed = faults.shelf.json(review.arg(workspace))?;
    Ok(listed
        .as_array()
        .context("`shelf review` lists nothing")?
        .clone())
}
