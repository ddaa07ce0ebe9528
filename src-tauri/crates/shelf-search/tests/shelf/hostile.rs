//! Questions and texts that nobody should send.

use crate::{Shelf, ask, create, many_acts};
use shelf_search::{Query, Ranking, SearchOptions, snippet};

fn questions() -> Vec<String> {
    vec![
        String::new(),
        " \t\n\u{0}\u{7}\u{1b}[31m".into(),
        "?!.,;:()[]{}\"'“”…—–-*/\\+^~&|".into(),
        "đất* AND (đai OR NOT \"rừng\"~3) +s:dat -g:dat_dai [a TO b]".into(),
        "\u{301}\u{309}\u{feff}\u{202e}".into(),
        "a".repeat(100_000),
        "đất đai ".repeat(12_500),
        (0..20_000).map(|n| format!("số {n} ")).collect(),
        "🦀👩‍👩‍👧‍👦 中文 русский".into(),
        "_ a_b __ dat_dai".into(),
    ]
}

#[test]
fn hostile_questions_are_answered_without_a_fuss() {
    let dir = tempfile::tempdir().unwrap();
    let index = create(dir.path());
    for question in questions() {
        assert!(
            ask(&index, &question).is_empty(),
            "an empty index finds nothing"
        );
    }
    many_acts(60).bring(&index, "1");
    for question in questions() {
        let query = Query::parse(&question);
        for (limit, per_unit) in [(0, false), (0, true), (10, false), (usize::MAX, true)] {
            let options = SearchOptions {
                limit,
                per_unit,
                ..SearchOptions::default()
            };
            let hits = index.search(&query, &options).unwrap();
            assert!(hits.len() <= limit);
            assert!(hits.iter().all(|hit| hit.score.is_finite()));
        }
        let weights = index.weights(&query, &Ranking::default()).unwrap();
        let shown = snippet(&question, &query, &|term| weights.get(term));
        assert!(shown.text.chars().count() <= 240);
    }
}

#[test]
fn of_too_many_words_the_rarest_are_looked_for() {
    let dir = tempfile::tempdir().unwrap();
    let index = create(dir.path());
    let mut shelf = Shelf::default();
    let common: String = (0..300).map(|n| format!("chung{n} ")).collect();
    for key in 1..=20 {
        shelf.put(key, 1, "", &[("", &common)]);
    }
    shelf.put(21, 1, "", &[("", "hiếmhoi")]);
    shelf.bring(&index, "1");
    let options = SearchOptions {
        limit: 100,
        ..SearchOptions::default()
    };
    let query = Query::parse(&format!("{common} hiếmhoi"));
    let hits = index.search(&query, &options).unwrap();
    assert!(hits.iter().any(|hit| hit.key == 21));
}

#[test]
fn hostile_texts_are_indexed() {
    let dir = tempfile::tempdir().unwrap();
    let index = create(dir.path());
    let mut shelf = Shelf::default();
    for (key, text) in (1..).zip(questions()) {
        shelf.put(key, 1, &text, &[(&text, &text), ("", "")]);
    }
    shelf.put(99, 1, "Luật Đất đai", &[("", &"rừng ".repeat(400_000))]);
    let report = shelf.bring(&index, "1");
    assert_eq!(report.added, 11);
    assert!(crate::keys(&ask(&index, "rung")).contains(&99));
    assert!(!ask(&index, "đất đai").is_empty());
}
