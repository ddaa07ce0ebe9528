//! Quality and speed of `shelf search --queries`.

use super::measure::{json, mb};
use crate::project::Project;
use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The second stage learned from questions of this set whose place divided by three leaves a rest
/// (see `cargo xtask train`); the others are shown apart.
const LEARNED_FROM: &str = "dsc_dev";

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
        let aside = relevant(&file, articles, 3)?;
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

type Relevant = HashMap<String, BTreeSet<(String, Option<String>)>>;

/// The answers to every `step`-th question of a file.
fn relevant(file: &Path, articles: bool, step: usize) -> Result<Relevant> {
    let text =
        std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    let mut all = Relevant::new();
    for line in text.lines().step_by(step) {
        let row: Value = serde_json::from_str(line)?;
        let answers = row["relevant"]
            .as_array()
            .context("a question without answers")?;
        let answers = answers
            .iter()
            .map(|answer| {
                let law = answer["law_id"].as_str().unwrap_or_default().to_string();
                let article = answer["article_id"].as_str().map(str::to_string);
                (law, article.filter(|_| articles))
            })
            .collect();
        all.insert(row["qid"].as_str().unwrap_or_default().to_string(), answers);
    }
    Ok(all)
}

fn ask(
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
    let mut child = command
        .stdout(Stdio::from(std::fs::File::create(&out)?))
        .stderr(Stdio::null())
        .spawn()
        .context("cannot start the search")?;
    let peak = super::measure::watch(&mut child)?;
    let text = std::fs::read_to_string(&out)?;
    let answers = text
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()?;
    Ok((answers, peak))
}

struct Scores {
    at_1: f64,
    at_10: f64,
    mrr: f64,
    times_us: Vec<u64>,
}

impl Scores {
    #[allow(clippy::cast_precision_loss)]
    fn of(answers: &[Value], relevant: &Relevant, articles: bool) -> Scores {
        let mut scores = Scores {
            at_1: 0.0,
            at_10: 0.0,
            mrr: 0.0,
            times_us: Vec::new(),
        };
        for answer in answers {
            let Some(wanted) = answer["qid"].as_str().and_then(|qid| relevant.get(qid)) else {
                continue;
            };
            scores.times_us.extend(answer["took_us"].as_u64());
            let hits = answer["hits"].as_array().map_or(&[][..], Vec::as_slice);
            let found: Vec<(String, Option<String>)> = hits
                .iter()
                .take(10)
                .map(|hit| {
                    let law = hit["document"]["source_key"].as_str().unwrap_or_default();
                    let provision = hit["provision"]["id"].as_str().unwrap_or_default();
                    let article = provision
                        .split('.')
                        .find_map(|segment| segment.strip_prefix("dieu_"))
                        .map(str::to_string);
                    (law.to_string(), article.filter(|_| articles))
                })
                .collect();
            let right = |hit: &(String, Option<String>)| wanted.contains(hit);
            scores.at_1 += f64::from(u8::from(found.first().is_some_and(right)));
            let seen: BTreeSet<_> = found.iter().filter(|hit| right(hit)).collect();
            scores.at_10 += seen.len() as f64 / wanted.len() as f64;
            if let Some(rank) = found.iter().position(right) {
                scores.mrr += 1.0 / (rank + 1) as f64;
            }
        }
        let questions = relevant.len().max(1) as f64;
        scores.at_1 /= questions;
        scores.at_10 /= questions;
        scores.mrr /= questions;
        scores.times_us.sort_unstable();
        scores
    }

    #[allow(clippy::cast_precision_loss)]
    fn percentile(&self, p: usize) -> f64 {
        let at = (self.times_us.len() * p / 100).min(self.times_us.len().saturating_sub(1));
        self.times_us.get(at).map_or(0.0, |us| *us as f64 / 1000.0)
    }
}
