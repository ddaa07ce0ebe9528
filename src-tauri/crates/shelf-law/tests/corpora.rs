//! Real acts: no words are lost, ids are unique, the own Điều run 1 to N.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test says what it measured"
)]

use serde_json::{Map, Value};
use shelf_law::grammar::{ArticleRow, Piece, Reading, from_articles, read};
use shelf_law::{Level, Role};
use std::collections::{HashMap, HashSet};
use std::io::BufRead;
use std::time::{Duration, Instant};
use unicode_normalization::UnicodeNormalization;

fn data() -> Option<std::path::PathBuf> {
    let path = std::env::var_os("SHELF_DATA").map_or_else(
        || concat!(env!("CARGO_MANIFEST_DIR"), "/../../../../shared/data").into(),
        std::path::PathBuf::from,
    );
    path.is_dir().then_some(path)
}

/// Rows of a corpus, every so many.
fn rows(file: &str, every: usize) -> Option<impl Iterator<Item = Value>> {
    let file = std::fs::File::open(data()?.join("corpus").join(file)).ok()?;
    let lines = std::io::BufReader::new(zstd::Decoder::new(file).ok()?).lines();
    Some(
        lines
            .map_while(Result::ok)
            .step_by(every)
            .map(|line| serde_json::from_str(&line).unwrap()),
    )
}

fn text<'a>(row: &'a Value, key: &str) -> &'a str {
    row[key].as_str().unwrap_or("")
}

fn articles(row: &Value) -> Vec<ArticleRow<'_>> {
    let list = row["articles"].as_array().map_or(&[][..], Vec::as_slice);
    list.iter()
        .map(|article| ArticleRow {
            id: text(article, "id"),
            title: text(article, "title"),
            text: text(article, "text"),
            chapter: article["chapter"].as_str(),
            extra: Map::new(),
        })
        .collect()
}

fn count<'a>(words: &mut HashMap<String, i64>, text: impl Iterator<Item = &'a str>, sign: i64) {
    for part in text {
        let part: String = part
            .nfc()
            .filter(|c| !matches!(c, '\u{200b}' | '\u{feff}' | '\u{200e}' | '\u{200f}'))
            .collect();
        for word in part
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
        {
            *words.entry(word.to_string()).or_default() += sign;
        }
    }
}

/// Words of the source that the blocks lack, and how many they have too many.
fn lost(row: &Value, reading: &Reading) -> Vec<String> {
    let mut words = HashMap::new();
    let list = articles(row);
    count(&mut words, [text(row, "preamble")].into_iter(), 1);
    for article in &list {
        count(&mut words, [article.title, article.text].into_iter(), 1);
    }
    for block in &reading.text.blocks {
        let line = block.line();
        count(&mut words, [line.as_str()].into_iter(), -1);
    }
    // "NAMĐộc lập" may have come apart: then all its letters are there.
    let mut letters: HashMap<char, i64> = HashMap::new();
    for (word, n) in &words {
        for letter in word.chars() {
            *letters.entry(letter).or_default() += n;
        }
    }
    if letters.values().all(|n| *n <= 0) {
        return Vec::new();
    }
    let mut missing: Vec<String> = words
        .into_iter()
        .filter(|(_, n)| *n > 0)
        .map(|(word, n)| format!("{word}×{n}"))
        .collect();
    missing.sort();
    missing
}

/// Whether the act's own Điều (outside attachments) are 1, 2, … N.
fn one_to_n(reading: &Reading) -> bool {
    let own: Vec<u32> = reading
        .text
        .blocks
        .iter()
        .filter(|b| b.level == Level::Article && b.role == Role::Own && !b.doubtful)
        .filter_map(|b| b.id.as_ref())
        .filter_map(|id| id.as_str().strip_prefix("dieu_")?.parse().ok())
        .collect();
    own.iter().enumerate().all(|(i, n)| *n as usize == i + 1)
}

/// Own Điều of the act and of what is attached, as ids.
fn own_articles(reading: &Reading) -> Vec<String> {
    let blocks = &reading.text.blocks;
    blocks
        .iter()
        .filter(|b| b.level == Level::Article && b.role == Role::Own)
        .filter_map(|b| Some(b.id.as_ref()?.to_string()))
        .collect()
}

/// The act as a plain text, its list of articles forgotten.
fn as_text(row: &Value) -> String {
    let mut text = text(row, "preamble").to_string();
    for article in articles(row) {
        let (id, title, body) = (article.id, article.title, article.text);
        text.push_str(&format!("\n\nĐiều {id}. {title}\n\n{body}"));
    }
    text
}

#[derive(Default)]
struct Tally {
    read_as_text: usize,
    same_from_text: usize,
    acts: usize,
    with_articles: usize,
    in_order: usize,
    doubtful: usize,
    bytes: usize,
    time: Duration,
    blocks: usize,
}

fn check(file: &str, every: usize) -> Option<Tally> {
    let mut tally = Tally::default();
    let show = std::env::var_os("SHELF_SHOW").is_some();
    for row in rows(file, every)? {
        let list = articles(&row);
        tally.bytes += text(&row, "preamble").len()
            + list
                .iter()
                .map(|a| a.title.len() + a.text.len())
                .sum::<usize>();
        let start = Instant::now();
        let reading = from_articles(text(&row, "preamble"), &list);
        tally.time += start.elapsed();
        tally.acts += 1;
        tally.blocks += reading.text.blocks.len();
        tally.doubtful += usize::from(reading.text.blocks.iter().any(|b| b.doubtful));
        let name = text(&row, "law_id");
        if !reading.doubts.iter().any(|doubt| doubt.contains("mục lục")) {
            let lost = lost(&row, &reading);
            assert!(lost.is_empty(), "{file} {name} lost {lost:?}");
        }
        let mut ids = HashSet::new();
        for block in &reading.text.blocks {
            if let Some(id) = &block.id {
                assert!(ids.insert(id.clone()), "{file} {name}: {id} twice");
            }
        }
        let blocks = reading.text.blocks.iter().enumerate();
        for (i, block) in blocks.filter(|(_, block)| block.depth > 0) {
            let above = reading.text.ancestors(i).len();
            assert_eq!(
                above,
                usize::from(block.depth),
                "{file} {name}: depth of {}",
                block.line()
            );
        }
        if !list.is_empty() {
            tally.with_articles += 1;
            if one_to_n(&reading) {
                tally.in_order += 1;
            } else if show {
                eprintln!(
                    "not 1..N: {name} {} {}",
                    text(&row, "number"),
                    text(&row, "title")
                );
            }
            // Some of them once more, as a file would bring them.
            if tally.with_articles % 5 == 0 {
                tally.read_as_text += 1;
                let whole = read(&Piece::lines(&as_text(&row)));
                if own_articles(&whole) == own_articles(&reading) {
                    tally.same_from_text += 1;
                } else if show {
                    eprintln!("other list from text: {name} {}", text(&row, "number"));
                }
            }
        }
    }
    let mb = tally.bytes as f64 / 1e6;
    eprintln!(
        "{file}: {} acts, {} with articles, own Điều 1..N in {:.2} %, {} with a doubtful block, {} of {} with the same list from plain text, {} blocks, {:.1} MB, {:.0} ms/MB",
        tally.acts,
        tally.with_articles,
        100.0 * tally.in_order as f64 / tally.with_articles.max(1) as f64,
        tally.doubtful,
        tally.same_from_text,
        tally.read_as_text,
        tally.blocks,
        mb,
        tally.time.as_secs_f64() * 1000.0 / mb,
    );
    Some(tally)
}

#[test]
fn acts_of_the_small_corpus_lose_no_words_and_list_their_own_articles_in_order() {
    let Some(tally) = check("dsc_small_docs.jsonl.zst", 1) else {
        eprintln!("skipped: no SHELF_DATA/corpus/dsc_small_docs.jsonl.zst");
        return;
    };
    let share = tally.in_order as f64 / tally.with_articles as f64;
    assert!(share >= 0.98, "{share}");
    assert_eq!(
        tally.same_from_text, tally.read_as_text,
        "both ways of reading agree"
    );
}

#[test]
fn acts_of_the_other_corpora_lose_no_words() {
    for (file, every) in [
        ("phapdien_laws.jsonl.zst", 20),
        ("vbpl2026_docs.jsonl.zst", 8),
        ("tvpl_laws_2024.jsonl.zst", 10),
        ("alqac2024_laws.jsonl.zst", 1),
    ] {
        if check(file, every).is_none() {
            eprintln!("skipped: no SHELF_DATA/corpus/{file}");
        }
    }
}
