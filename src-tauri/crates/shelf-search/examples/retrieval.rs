//! Measures retrieval on the public question sets, straight from the corpora:
//! `cargo run --release -p shelf-search --example retrieval -- small alqac full`.
//!
//! `SHELF_DATA` names the folder with `corpus/` and `queries/`. Options: `preamble` also indexes the
//! preamble of acts that have articles; `labels` puts "Điều N." before headings, as documents do;
//! `understood` adds what the built-in tables make of a question, with the weight `added=NUMBER`;
//! `keep=FOLDER` keeps the indexes there and uses those that are there;
//! `threads=N`, `memory=BYTES`; `NAME=NUMBER` sets a weight of the formula.
//! `first` stops after the formula; `kept` asks only the third of the questions that never train;
//! `ranking=FILE` takes another ranking than the shipped one.

#![allow(clippy::print_stdout, reason = "a report is what it is for")]

use serde_json::Value;
use shelf_law::{DocumentId, Tables, kind_from_wording, understand};
use shelf_search::{
    Facts, Index, IndexInput, Options, Query, Ranking, SearchOptions, UnitInput, snippet,
};
use std::collections::HashMap;
use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::time::Instant;

type Outcome<T> = Result<T, Box<dyn Error>>;

#[derive(Clone, Default)]
struct Settings {
    preamble: bool,
    labels: bool,
    first: bool,
    kept: bool,
    understood: bool,
    added: Option<f32>,
    keep: Option<PathBuf>,
    options: Options,
    ranking: Ranking,
}

fn main() -> Outcome<()> {
    let mut settings = Settings::default();
    let mut sets = Vec::new();
    for argument in std::env::args().skip(1) {
        match argument.split_once('=') {
            None if argument == "preamble" => settings.preamble = true,
            None if argument == "kept" => settings.kept = true,
            None if argument == "first" => settings.first = true,
            Some(("ranking", file)) => {
                settings.ranking = Ranking::from_json(&std::fs::read(file)?)?
            }
            None if argument == "labels" => settings.labels = true,
            None if argument == "understood" => settings.understood = true,
            Some((name, value)) => set(&mut settings, name, value)?,
            None => sets.push(argument),
        }
    }
    for name in sets {
        match name.as_str() {
            "small" => {
                measure(&settings, "dsc_small_docs", &[("dsc_small_dev", false)])?;
            }
            "alqac" => measure(&settings, "alqac2024_laws", &[("alqac_dev", true)])?,
            "full" => measure(&settings, "dsc2026_docs", &[("dsc_dev", false)])?,
            other => return Err(format!("unknown set {other}: small, alqac or full").into()),
        }
    }
    Ok(())
}

fn set(settings: &mut Settings, name: &str, value: &str) -> Outcome<()> {
    if name == "keep" {
        settings.keep = Some(PathBuf::from(value));
        return Ok(());
    }
    let number: f32 = value.parse()?;
    let ranking = &mut settings.ranking.formula;
    match name {
        "added" => settings.added = Some(number),
        "threads" => settings.options.threads = value.parse()?,
        "memory" => settings.options.memory = value.parse()?,
        "commit_units" => settings.options.commit_units = value.parse()?,
        "commit_bytes" => settings.options.commit_bytes = value.parse()?,
        "k1" => ranking.k1 = number,
        "b_text" => ranking.b_text = number,
        "b_short" => ranking.b_short = number,
        "pairs" => ranking.pairs = number,
        "heading" => ranking.heading = number,
        "heading_pairs" => ranking.heading_pairs = number,
        "title" => ranking.title = number,
        "title_pairs" => ranking.title_pairs = number,
        "whole" => ranking.whole = number,
        "whole_of_unit" => ranking.whole_of_unit = number,
        "common_share" => ranking.common_share = number,
        "common_floor" => ranking.common_floor = value.parse()?,
        "keep_at_least" => ranking.keep_at_least = value.parse()?,
        other => return Err(format!("unknown option {other}").into()),
    }
    Ok(())
}

fn data() -> PathBuf {
    std::env::var_os("SHELF_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/data"),
        PathBuf::from,
    )
}

/// What a key and an ordinal stand for in the question sets.
struct Act {
    law_id: String,
    articles: Vec<String>,
}

fn measure(settings: &Settings, corpus: &str, question_sets: &[(&str, bool)]) -> Outcome<()> {
    let path = data().join(format!("corpus/{corpus}.jsonl.zst"));
    let aside = tempfile::tempdir()?;
    let kept = settings.keep.as_ref().map(|keep| keep.join(corpus));
    let folder = kept.as_deref().unwrap_or(aside.path());
    let index = match Index::open(folder, settings.options.clone()) {
        Ok(index) => index,
        Err(_) => {
            std::fs::create_dir_all(folder)?;
            Index::create(folder, settings.options.clone())?
        }
    };
    println!("## {corpus}");
    let started = Instant::now();
    let acts = build(settings, &index, corpus, &path)?;
    let built = started.elapsed();
    let (segments, bytes) = (index.segments(), index.bytes()?);
    println!(
        "built {:.1} s, {} acts, {} units, {segments} segments, {:.1} MB, peak {:.0} MB (of it anonymous now {:.0} MB)",
        built.as_secs_f32(),
        index.documents(),
        index.units(),
        bytes as f64 / 1e6,
        memory("VmHWM")?,
        memory("RssAnon")?,
    );
    if kept.is_none() {
        for (questions, per_article) in question_sets {
            ask(settings, &index, &acts, questions, "text", *per_article)?;
        }
    }
    let started = Instant::now();
    index.merge_when_idle()?;
    println!(
        "merged {:.1} s, {} segment, {:.1} MB, peak {:.0} MB",
        started.elapsed().as_secs_f32(),
        index.segments(),
        index.bytes()? as f64 / 1e6,
        memory("VmHWM")?,
    );
    drop(index);
    let started = Instant::now();
    let index = Index::open(folder, settings.options.clone())?;
    println!("opened {:.1} ms", started.elapsed().as_secs_f64() * 1e3);
    for (questions, per_article) in question_sets {
        for field in ["text", "text_khong_dau"] {
            ask(settings, &index, &acts, questions, field, *per_article)?;
        }
    }
    Ok(())
}

fn rows(path: &Path) -> Outcome<Box<dyn Iterator<Item = Outcome<Value>>>> {
    let file = File::open(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let reader: Box<dyn BufRead> = if path.extension().is_some_and(|e| e == "zst") {
        Box::new(BufReader::new(zstd::Decoder::new(file)?))
    } else {
        Box::new(BufReader::new(file))
    };
    Ok(Box::new(reader.lines().map(|line| {
        let row = serde_json::from_str(&line?)?;
        Ok(row)
    })))
}

fn text(row: &Value, name: &str) -> String {
    row[name].as_str().unwrap_or_default().to_string()
}

fn build(
    settings: &Settings,
    index: &Index,
    corpus: &str,
    path: &Path,
) -> Outcome<HashMap<u64, Act>> {
    let mut acts = HashMap::new();
    let mut current = Vec::new();
    for (row, ordinal) in rows(path)?.zip(0..) {
        let row = row?;
        let law_id = text(&row, "law_id");
        let identity = [corpus, law_id.as_str(), &format!("{ordinal}")];
        let key = DocumentId::from_identity(&identity).key();
        let (_, articles) = read(settings, &row);
        current.push((key, 1));
        acts.insert(key, Act { law_id, articles });
    }
    // The rows are read again, one at a time, in the order in which they are asked for.
    let mut again = rows(path)?;
    let report = index.update(
        &current,
        |_| match again.next() {
            Some(Ok(row)) => Ok(read(settings, &row).0),
            Some(Err(e)) => Err(e.to_string()),
            None => Err("the corpus has changed".to_string()),
        },
        "measured",
        |_| {},
        || false,
    )?;
    if let Some((_, error)) = report.failed.first() {
        return Err(error.clone().into());
    }
    Ok(acts)
}

/// The units of a row, and the article of each.
fn read(settings: &Settings, row: &Value) -> (IndexInput, Vec<String>) {
    let mut input = IndexInput {
        title: text(row, "title"),
        number: text(row, "number"),
        facts: Facts {
            kind: kind_from_wording(&text(row, "type")),
            year: text(row, "date").get(..4).and_then(|y| y.parse().ok()),
            product: None,
            national: true,
            local: false,
            headings_only: false,
        },
        units: Vec::new(),
    };
    let mut names = Vec::new();
    let mut add = |name: String, heading: String, text: String| {
        input.units.push(UnitInput {
            ordinal: names.len() as u32,
            heading,
            text,
        });
        names.push(name);
    };
    let articles = row["articles"].as_array().map_or(&[][..], Vec::as_slice);
    let preamble = text(row, "preamble");
    if articles.is_empty() || (settings.preamble && !preamble.is_empty()) {
        add(String::new(), String::new(), preamble);
    }
    for article in articles {
        let id = text(article, "id");
        let mut heading = text(article, "title");
        if settings.labels {
            heading = format!("Điều {id}. {heading}");
        }
        add(id, heading, text(article, "text"));
    }
    (input, names)
}

fn ask(
    settings: &Settings,
    index: &Index,
    acts: &HashMap<u64, Act>,
    questions: &str,
    field: &str,
    per_article: bool,
) -> Outcome<()> {
    let options = SearchOptions {
        limit: 10,
        per_unit: per_article,
        ranking: settings.ranking.clone(),
        second_stage: !settings.first,
        ..SearchOptions::default()
    };
    let path = data().join(format!("queries/{questions}.jsonl"));
    let (mut first, mut ten, mut reciprocal, mut marked) = (0.0, 0.0, 0.0, 0);
    let mut understanding = 0;
    let mut times = Vec::new();
    let worked = cpu_ticks();
    for (place, row) in rows(&path)?.enumerate() {
        let row = row?;
        if settings.kept && place % 3 != 0 {
            continue;
        }
        let judged: Vec<(String, String)> = row["relevant"]
            .as_array()
            .map_or(&[][..], Vec::as_slice)
            .iter()
            .map(|r| {
                let article = if per_article {
                    text(r, "article_id")
                } else {
                    String::new()
                };
                (text(r, "law_id"), article)
            })
            .collect();
        let question = text(&row, field);
        let started = Instant::now();
        let mut query = Query::parse(&question);
        if settings.understood {
            let understood = understand(&question, Tables::builtin(), None);
            understanding += usize::from(!understood.added.is_empty());
            for added in &understood.added {
                query.add(&added.words, settings.added.unwrap_or(added.weight));
            }
        }
        let hits = index.search(&query, &options)?;
        times.push(started.elapsed().as_secs_f64() * 1e3);
        if times.len() % 50 == 0 {
            let weights = index.weights(&query, &settings.ranking)?;
            let shown = snippet(&question, &query, &|term| weights.get(term));
            marked += usize::from(!shown.marks.is_empty());
        }
        let found: Vec<(String, String)> = hits
            .iter()
            .filter_map(|hit| {
                let act = acts.get(&hit.key)?;
                let (ordinal, _) = hit.units.first().copied().unwrap_or_default();
                let article = per_article.then(|| act.articles.get(ordinal as usize).cloned());
                Some((act.law_id.clone(), article.flatten().unwrap_or_default()))
            })
            .collect();
        let share = |k: usize| {
            let top = &found[..found.len().min(k)];
            judged.iter().filter(|j| top.contains(j)).count() as f64 / judged.len().max(1) as f64
        };
        first += share(1);
        ten += share(10);
        if let Some(rank) = found.iter().position(|f| judged.contains(f)) {
            reciprocal += 1.0 / (rank + 1) as f64;
        }
    }
    let count = times.len() as f64;
    let worked = (cpu_ticks() - worked) * 10.0 / count;
    times.sort_by(f64::total_cmp);
    println!(
        "{questions} {field}: {count} questions, R@1 {:.3}, R@10 {:.3}, MRR {:.3}; p50 {:.2} ms, p95 {:.2} ms, max {:.1} ms, CPU with reading the file {worked:.2} ms ({marked} snippets); words added to {understanding}",
        first / count,
        ten / count,
        reciprocal / count,
        times[times.len() / 2],
        times[times.len() * 95 / 100],
        times.last().copied().unwrap_or_default(),
    );
    Ok(())
}

/// Megabytes from the process's own status; 0 where the system has none.
fn memory(name: &str) -> Outcome<f64> {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kilobytes = line
        .and_then(|l| l.split_whitespace().nth(1))
        .unwrap_or("0");
    Ok(kilobytes.parse::<f64>()? / 1e3)
}

/// Hundredths of a second that this process has worked; wall time says little on a busy machine.
fn cpu_ticks() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_whitespace();
    fields
        .skip(11)
        .take(2)
        .filter_map(|t| t.parse::<f64>().ok())
        .sum()
}
