//! Quality and speed of `shelf search --queries`.

use super::measure::{json, lines, mb};
use super::scores::{ASIDE, LEARNED_FROM, Scores, relevant};
use crate::project::Project;
use anyhow::Result;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A corpus, questions about it, and whether the answers are articles.
const SETS: [(&str, &str, bool); 3] = [
    ("dsc_small_docs", "dsc_small_dev", false),
    ("alqac2024_laws", "alqac_dev", true),
    ("dsc2026_docs", "dsc_dev", false),
];

pub(super) fn run(project: &Project, shelf: &Path, data: &Path) -> Result<()> {
    println!("| questions | typed | R@1 | R@10 | MRR@10 | p50 ms | p95 ms | p99 ms | peak MB |");
    println!("|---|---|---|---|---|---|---|---|---|");
    for (corpus, questions, articles) in SETS {
        let home = synced(project, shelf, data, corpus)?;
        let file = data.join("queries").join(format!("{questions}.jsonl"));
        let all = relevant(&file, articles, 1)?;
        let mut shown = vec![(questions.to_string(), &all)];
        let aside = relevant(&file, articles, ASIDE)?;
        if questions == LEARNED_FROM {
            shown.push((format!("{questions}, not learned from"), &aside));
        }
        for (field, typed) in [("text", "accented"), ("text_khong_dau", "unaccented")] {
            let (answers, peak) = ask(shelf, &home, &file, field, articles)?;
            for (name, relevant) in &shown {
                let scores = Scores::of(&answers, relevant, articles);
                println!(
                    "| {name} ({}) | {typed} | {:.3} | {:.3} | {:.3} | {:.1} | {:.1} | {:.1} | {} |",
                    relevant.len(),
                    scores.at_1,
                    scores.at_10,
                    scores.mrr,
                    scores.percentile(50),
                    scores.percentile(95),
                    scores.percentile(99),
                    mb(peak),
                );
            }
        }
    }
    Ok(())
}

/// The data folder of a corpus that was synced before, made where it is missing.
pub(crate) fn synced(
    project: &Project,
    shelf: &Path,
    data: &Path,
    corpus: &str,
) -> Result<PathBuf> {
    let folder = project.made("bench").join(corpus);
    let home = folder.join("home");
    if home.join("index").is_dir() {
        return Ok(home);
    }
    let workspace = folder.join("workspace");
    let repository = folder.join("repository");
    let command = || Command::new(shelf);
    if !workspace.join("root.json").exists() {
        json(
            command()
                .args(["keys", "init", "--json", "--workspace"])
                .arg(&workspace),
        )?;
    }
    json(
        command()
            .args(["ingest", "--json", "--approve", "--workspace"])
            .arg(&workspace)
            .arg(data.join("corpus").join(format!("{corpus}.jsonl.zst"))),
    )?;
    json(
        command()
            .args(["publish", "--json", "--workspace"])
            .arg(&workspace)
            .arg("--to")
            .arg(&repository),
    )?;
    json(
        command()
            .args(["sync", "--json"])
            .arg(&repository)
            .arg("--home")
            .arg(&home)
            .arg("--root")
            .arg(workspace.join("root.json")),
    )?;
    Ok(home)
}

/// What `shelf search --queries` answers to a file of questions, and the most memory it held, in bytes.
pub(super) fn ask(
    shelf: &Path,
    home: &Path,
    file: &Path,
    field: &str,
    articles: bool,
) -> Result<(Vec<Value>, u64)> {
    let out = home.with_extension(format!("{field}.answers.jsonl"));
    let mut command = Command::new(shelf);
    command
        .args(["search", "--field", field, "--queries"])
        .arg(file)
        .arg("--home")
        .arg(home);
    if articles {
        command.arg("--provisions");
    }
    lines(&mut command, &out)
}
