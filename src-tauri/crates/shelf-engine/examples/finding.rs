//! Measures what a reader waits for in a synced data folder:
//! `cargo run --release -p shelf-engine --example finding -- HOME QUESTIONS.jsonl`.
//!
//! Each question is asked as plain search and as search with filters, then typed letter by letter;
//! lists, previews and the first page are timed beside it.

#![allow(clippy::print_stdout, reason = "a report is what it is for")]

use shelf_engine::library::{
    Filters, FindRequest, FindSort, ListRequest, ListSort, SearchOptions, ValidityState,
};
use shelf_engine::{Clock, Job, Library};
use std::path::PathBuf;
use std::time::Instant;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome<()> {
    let mut arguments = std::env::args().skip(1).map(PathBuf::from);
    let (Some(home), Some(questions)) = (arguments.next(), arguments.next()) else {
        return Err("name a data folder and a file of questions".into());
    };
    let most = arguments.next().and_then(|n| n.to_str()?.parse().ok());
    let mut texts = Vec::new();
    for line in std::fs::read_to_string(questions)?.lines() {
        let row: serde_json::Value = serde_json::from_str(line)?;
        texts.extend(row["text"].as_str().map(str::to_string));
    }
    texts.truncate(most.unwrap_or(500));

    let mut library = Library::open(&home, Clock::System, &Job::silent())?;
    timed("open: facts, first find", || {
        library.find(&request("đất đai")).map(drop)
    })?;
    timed("open: first suggestion", || {
        library.suggest("đất").map(drop)
    })?;
    timed("open: first page", || library.home_page().map(drop))?;
    timed("open: first list by title", || {
        library.list(&by_title(0)).map(drop)
    })?;
    timed("open: state of the shelf", || {
        library.shelf_state().map(drop)
    })?;

    let plain = SearchOptions::default();
    each("search", &texts, |text| {
        library.search(text, &plain).map(drop)
    })?;
    each("find", &texts, |text| {
        library.find(&request(text)).map(drop)
    })?;
    let filtered = |text: &str| FindRequest {
        filters: Filters {
            states: vec![ValidityState::Unknown],
            year_from: Some(2015),
            ..Filters::default()
        },
        ..request(text)
    };
    each("find, filtered", &texts, |text| {
        library.find(&filtered(text)).map(drop)
    })?;
    let newest = |text: &str| FindRequest {
        sort: FindSort::Newest,
        ..request(text)
    };
    each("find, newest", &texts, |text| {
        library.find(&newest(text)).map(drop)
    })?;
    let many = |text: &str| FindRequest {
        limit: 30,
        ..request(text)
    };
    each("find, 30 hits", &texts, |text| {
        library.find(&many(text)).map(drop)
    })?;
    let typed: Vec<String> = texts
        .iter()
        .take(100)
        .flat_map(|text| {
            let letters: Vec<char> = text.chars().take(24).collect();
            (2..=letters.len()).map(move |end| letters[..end].iter().collect())
        })
        .collect();
    each("suggest", &typed, |text| library.suggest(text).map(drop))?;
    let offsets: Vec<String> = (0..100).map(|page| (page * 50).to_string()).collect();
    each("list by title", &offsets, |offset| {
        library
            .list(&by_title(offset.parse().unwrap_or(0)))
            .map(drop)
    })?;
    let mut places = Vec::new();
    let mut counted = Vec::new();
    for text in texts.iter().take(200) {
        let found = library.find(&request(text))?;
        counted.push(found.documents);
        places.extend(
            found
                .hits
                .into_iter()
                .filter_map(|hit| Some((hit.document.id, hit.provision?.id, text.clone()))),
        );
    }
    counted.sort_unstable();
    let at = |share: usize| counted.get(counted.len() * share / 100).copied();
    println!(
        "documents that answer well: p10 {:?}  p50 {:?}  p90 {:?}",
        at(10),
        at(50),
        at(90)
    );
    let mut preview = Vec::new();
    for (id, provision, text) in &places {
        let begun = Instant::now();
        library.preview(id, Some(provision), text)?;
        preview.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    report("preview", preview);
    Ok(())
}

fn request(text: &str) -> FindRequest {
    FindRequest {
        text: text.to_string(),
        ..FindRequest::default()
    }
}

fn by_title(offset: usize) -> ListRequest {
    ListRequest {
        sort: ListSort::Title,
        offset,
        ..ListRequest::default()
    }
}

fn timed<E>(what: &str, work: impl FnOnce() -> Result<(), E>) -> Result<(), E> {
    let begun = Instant::now();
    work()?;
    println!("{what:<28} {:>8.1} ms", begun.elapsed().as_secs_f64() * 1e3);
    Ok(())
}

fn each<E>(
    what: &str,
    texts: &[String],
    mut work: impl FnMut(&str) -> Result<(), E>,
) -> Result<(), E> {
    let mut took = Vec::with_capacity(texts.len());
    for text in texts {
        let begun = Instant::now();
        work(text)?;
        took.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    report(what, took);
    Ok(())
}

fn report(what: &str, mut took: Vec<f64>) {
    took.sort_by(f64::total_cmp);
    let at = |share: usize| took.get(took.len() * share / 100).copied().unwrap_or(0.0);
    println!(
        "{what:<28} p50 {:>7.1}  p95 {:>7.1}  p99 {:>7.1} ms  of {}",
        at(50),
        at(95),
        at(99),
        took.len()
    );
}
