//! The whole way of a corpus, each step as a process of its own.

use super::measure::{Measured, bytes_of, json, mb};
use crate::project::Project;
use anyhow::{Context, Result, ensure};
use std::path::Path;
use std::process::Command;

const CORPORA: [&str; 3] = ["dsc_small_docs", "phapdien_laws", "dsc2026_docs"];

pub(super) fn run(project: &Project, shelf: &Path, data: &Path, corpora: &[String]) -> Result<()> {
    println!(
        "| corpus | documents | ingest s / MB | publish s / MB | again s | sync+index s / MB | repository MB | packs MB | catalogue MB | index MB | workspace MB |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|");
    for corpus in CORPORA {
        if corpora.is_empty() || corpora.iter().any(|asked| asked == corpus) {
            one(project, shelf, data, corpus).with_context(|| format!("measuring {corpus}"))?;
        }
    }
    Ok(())
}

fn one(project: &Project, shelf: &Path, data: &Path, corpus: &str) -> Result<()> {
    let folder = project.made("bench").join(corpus);
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    let (workspace, repository, home) = (
        folder.join("workspace"),
        folder.join("repository"),
        folder.join("home"),
    );
    let command = |words: &[&str]| {
        let mut command = Command::new(shelf);
        command.args(words);
        command
    };
    json(command(&["keys", "init", "--json", "--workspace"]).arg(&workspace))?;
    let ingest = json(
        command(&["ingest", "--json", "--approve", "--workspace"])
            .arg(&workspace)
            .arg(data.join("corpus").join(format!("{corpus}.jsonl.zst"))),
    )?;
    let publish = |what: &str| {
        json(
            command(&["publish", "--json", "--workspace"])
                .arg(&workspace)
                .arg("--to")
                .arg(&repository),
        )
        .with_context(|| what.to_string())
    };
    let first = publish("publishing")?;
    let again = publish("publishing again")?;
    ensure!(
        again.answer["changed"] == false,
        "publishing twice changed something"
    );
    let sync = json(
        command(&["sync", "--json"])
            .arg(&repository)
            .arg("--home")
            .arg(&home)
            .arg("--root")
            .arg(workspace.join("root.json")),
    )?;
    ensure!(
        sync.answer["documents"] == ingest.answer["documents"],
        "{} rows were ingested and {} documents are readable",
        ingest.answer["documents"],
        sync.answer["documents"]
    );
    let catalogue: u64 = std::fs::read_dir(&home)?
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().starts_with("catalog-"))
        .filter_map(|entry| entry.metadata().ok())
        .map(|metadata| metadata.len())
        .sum();
    let step = |m: &Measured| format!("{:.1} / {}", m.wall.as_secs_f64(), mb(m.peak));
    println!(
        "| {corpus} | {} | {} | {} | {:.1} | {} | {} | {} | {} | {} | {} |",
        sync.answer["documents"],
        step(&ingest),
        step(&first),
        again.wall.as_secs_f64(),
        step(&sync),
        mb(bytes_of(&repository)),
        mb(bytes_of(&home.join("o"))),
        mb(catalogue),
        mb(bytes_of(&home.join("index"))),
        mb(bytes_of(&workspace)),
    );
    Ok(())
}
