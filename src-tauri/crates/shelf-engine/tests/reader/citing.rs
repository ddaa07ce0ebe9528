//! A few provisions of the sample shelf, written in the ways people write them; the whole run over
//! thousands of acts is `cargo xtask bench citations`.

use crate::shelf::Shelf;
use shelf_engine::library::SearchOptions;

const ACTS: [&str; 9] = [
    "Quyết định số 9001/2026/QĐ-UBND",
    "9001/2026/qđ-ubnd",
    "9001 2026 qd ubnd",
    "quyết định9001/2026/QĐ-UBND",
    "9001.2026.QĐ.UBND",
    r"9001\2026\QĐ-UBND",
    "qd 9001",
    "QĐ9001/2026",
    "quyet dinh 9001 nam 2026",
];

const PLACES: [&str; 9] = [
    "khoản 2 Điều 6",
    "khoan 2, dieu 6",
    "Điều 6 khoản 2",
    "k2 d6",
    "đ6k2",
    "K2Đ6",
    "đ.6 k.2",
    "Điều 6.2",
    "khoản 02 điều 06",
];

#[test]
fn a_citation_lands_however_it_is_written() {
    let shelf = Shelf::synced();
    let mut library = shelf.opened();
    let options = SearchOptions::default();
    for act in ACTS {
        for place in PLACES {
            for query in [
                format!("{place} {act}"),
                format!("{act}, {place}"),
                format!("quy định tại {place} của {act} là gì"),
            ] {
                let answer = library.search(&query, &options).unwrap();
                let first = &answer.hits[0];
                let number = first.document.number.as_deref();
                assert_eq!(number, Some("9001/2026/QĐ-UBND"), "{query}");
                let label = first.provision.as_ref().map(|p| p.label.as_str());
                assert_eq!(label, Some("khoản 2 Điều 6"), "{query}");
                assert!(answer.citation.is_none(), "{query}: no doubt is left");
            }
        }
    }
}

#[test]
fn hostile_queries_are_answered() {
    let shelf = Shelf::synced();
    let mut library = shelf.opened();
    let words: Vec<String> = (0..500).map(|at| format!("từ{at} điều {at}")).collect();
    let queries = [
        "điều 5 luật ".repeat(9_000),
        "\u{202e}\u{200f}\u{0}điều 5\u{7} nd 100".to_string(),
        "?!,;/-.".repeat(15_000),
        words.join(" "),
        "thì là được không".to_string(),
        "' OR 1=1; DROP TABLE document; --".to_string(),
        "title:(luật AND \"đất\"~2)^3 [a TO *]".to_string(),
    ];
    for query in &queries {
        let answer = library.search(query, &SearchOptions::default());
        assert!(
            answer.is_ok(),
            "{:?}",
            query.chars().take(20).collect::<String>()
        );
    }
}
