//! What a question is taken to mean, with the tables that the publisher signed.

use crate::shelf::Shelf;
use shelf_engine::Library;
use shelf_engine::library::{
    FindRequest, PartKind, SearchOptions, SearchResult, Suggestion, SuggestionKind,
};
use std::sync::{LazyLock, Mutex};

static SHELF: LazyLock<Shelf> = LazyLock::new(Shelf::synced);
static LIBRARY: LazyLock<Mutex<Library>> = LazyLock::new(|| Mutex::new(SHELF.opened()));

fn search(text: &str, options: &SearchOptions) -> SearchResult {
    LIBRARY.lock().unwrap().search(text, options).unwrap()
}

fn parts(result: &SearchResult) -> Vec<(PartKind, &str)> {
    let parts = result.understood.parts.iter();
    parts.map(|part| (part.kind, part.says.as_str())).collect()
}

fn suggest(text: &str, kind: SuggestionKind) -> Vec<Suggestion> {
    let mut found = LIBRARY.lock().unwrap().suggest(text).unwrap();
    found.retain(|suggestion| suggestion.kind == kind);
    found
}

#[test]
fn a_search_says_what_it_understood_and_one_option_takes_it_back() {
    let plain = SearchOptions::default();
    let result = search("sổ đỏ ở huyện Chư Prông", &plain);
    assert_eq!(
        parts(&result)[0],
        (PartKind::LayWord, "giấy chứng nhận quyền sử dụng đất")
    );
    assert_eq!(parts(&result)[1].0, PartKind::Unit);
    assert!(
        result
            .understood
            .text_searched
            .starts_with("sổ đỏ ở huyện Chư Prông; giấy")
    );
    let exactly = SearchOptions {
        exactly: true,
        ..plain
    };
    let typed = search("sổ đỏ ở huyện Chư Prông", &exactly);
    assert!(typed.understood.parts.is_empty());
    let cited = search("khoản 2 điều 6 qđ 9001/2026", &plain);
    let (kind, says) = parts(&cited)[0];
    assert_eq!(kind, PartKind::Citation);
    assert!(
        says.contains("khoản 2 Điều 6") && says.contains("9001/2026/QĐ-UBND"),
        "{says}"
    );
    assert_eq!(
        cited.understood.parts.len(),
        1,
        "nothing else is read into a citation"
    );
    let words = search("khoản 2 điều 6 qđ 9001/2026", &exactly);
    assert!(words.citation.is_none(), "a citation is words too");
    assert!(
        words.hits.iter().all(|hit| hit.score != 0.0),
        "and what it cites is ranked as any other"
    );
}

#[test]
fn words_in_quotation_marks_stand_in_every_hit() {
    let all = SearchOptions {
        limit: 30,
        ..SearchOptions::default()
    };
    let loose = search("tủ sách pháp luật", &all);
    let quoted = search("“tủ sách pháp luật”", &all);
    assert!(!quoted.hits.is_empty() && quoted.hits.len() <= loose.hits.len());
    let unaccented = search("\"tu sach phap luat\"", &all);
    assert_eq!(unaccented.hits.len(), quoted.hits.len());
    assert!(
        search("“tù sách pháp luật”", &all).hits.is_empty(),
        "typed accents count"
    );
    assert!(search("“pháp luật tủ sách tủ”", &all).hits.is_empty());
    for provisions in [false, true] {
        let request = FindRequest {
            text: "“tủ sách pháp luật” xã".into(),
            limit: 30,
            provisions,
            ..FindRequest::default()
        };
        let found = LIBRARY.lock().unwrap().find(&request).unwrap();
        assert!(!found.hits.is_empty() && found.documents <= 30);
        assert_eq!(found.understood.parts[0].kind, PartKind::Exact);
    }
}

#[test]
fn provisions_of_the_act_named_are_suggested_by_their_headings() {
    let found = suggest("qđ 9001/2026 mượn s", SuggestionKind::Provision);
    assert!(!found.is_empty());
    for provision in &found {
        let folded = shelf_engine::law::tokens::folded_terms(&provision.text);
        assert!(folded.contains("muon") && folded.contains(" s"), "{folded}");
        assert!(provision.provision.is_some() && provision.document.is_some());
    }
    assert_eq!(
        found,
        suggest("qd 9001/2026 muon s", SuggestionKind::Provision)
    );
    assert!(suggest("qđ 9001/2026 zzz", SuggestionKind::Provision).is_empty());
    assert!(suggest("qđ 9001/2026", SuggestionKind::Provision).is_empty());
}

#[test]
fn lay_words_are_suggested_with_what_they_mean() {
    let found = suggest("sổ đ", SuggestionKind::Word);
    assert_eq!(found[0].text, "sổ đỏ");
    assert_eq!(
        found[0].means.as_deref(),
        Some("giấy chứng nhận quyền sử dụng đất")
    );
    assert_eq!(found, suggest("so d", SuggestionKind::Word));
    let twice = [
        suggest("bằng", SuggestionKind::Word),
        suggest("bằng", SuggestionKind::Word),
    ];
    assert_eq!(twice[0], twice[1], "one order for one beginning");
}

#[test]
fn a_publishers_words_reach_a_reader_with_the_next_sync() {
    let shelf = Shelf::synced();
    let understood = |text: &str| {
        let understood = shelf.opened().understood(text).unwrap();
        let says = understood.parts.into_iter().map(|part| part.says);
        says.collect::<Vec<_>>()
    };
    assert!(understood("cúng làng").is_empty());
    let folder = shelf.workspace().join("data");
    std::fs::create_dir(&folder).unwrap();
    let words = r#"{"words":{"cúng làng":"lễ hội truyền thống","ly dị":null}}"#;
    std::fs::write(folder.join("words.json"), words).unwrap();
    let abbreviations = r#"{"acts":{"qctsx":"Quyết định Tủ sách xã"}}"#;
    std::fs::write(folder.join("abbreviations.json"), abbreviations).unwrap();
    shelf.publish();
    assert!(understood("cúng làng").is_empty(), "not synced yet");
    shelf.sync().unwrap();
    assert_eq!(understood("cúng làng"), ["lễ hội truyền thống"]);
    assert_eq!(understood("cung lang"), ["lễ hội truyền thống"]);
    assert_eq!(understood("qctsx"), ["Quyết định Tủ sách xã"]);
    assert!(understood("ly dị").is_empty(), "taken out");
    assert_eq!(
        understood("đi tù"),
        ["phạt tù"],
        "the rest of the table came along"
    );
}

#[test]
fn tables_that_are_gone_from_the_disk_leave_the_built_in_ones() {
    let shelf = Shelf::synced();
    // The data files are the only objects that are JSON.
    let mut removed = 0;
    for entry in walk(&shelf.home().join("o")) {
        let bytes = std::fs::read(&entry).unwrap();
        if bytes.starts_with(b"{\"format\"") {
            std::fs::write(&entry, b"{\"format\":1,\"words\":{\"x\":").unwrap();
            removed += 1;
        }
    }
    assert_eq!(removed, 3);
    let mut library = shelf.opened();
    let says = library.understood("sổ đỏ").unwrap().parts[0].says.clone();
    assert_eq!(says, "giấy chứng nhận quyền sử dụng đất");
}

pub(crate) fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path());
    paths
        .flat_map(|path| match path.is_dir() {
            true => walk(&path),
            false => vec![path],
        })
        .collect()
}

/// Lines of Bahnar law; none where the material is not here.
fn bahnar() -> Option<Vec<String>> {
    let data = std::env::var_os("SHELF_DATA").map_or_else(
        || concat!(env!("CARGO_MANIFEST_DIR"), "/../../../../shared/data").into(),
        std::path::PathBuf::from,
    );
    let text = std::fs::read_to_string(data.join("minority/bahnar_law_parallel.tsv")).ok()?;
    let lines = text.lines().filter_map(|line| line.split('\t').next());
    let lines = lines
        .map(str::trim)
        .filter(|line| line.split(' ').count() >= 6);
    Some(lines.take(300).map(str::to_string).collect())
}

#[test]
fn bahnar_is_found_with_and_without_its_letters() {
    let Some(lines) = bahnar() else {
        eprintln!("skipped: the Bahnar texts are not here");
        return;
    };
    let shelf = Shelf::published_with(&[("luat-tuc.txt", lines.join("\n").as_bytes())]);
    shelf.sync().unwrap();
    let mut library = shelf.opened();
    let options = SearchOptions::default();
    for line in lines.iter().step_by(25) {
        let words: Vec<&str> = line.split(' ').skip(1).take(5).collect();
        let typed = words.join(" ");
        let folded = shelf_engine::law::fold::fold(&typed);
        let mut found = Vec::new();
        for question in [
            &typed,
            &folded,
            &format!("“{typed}”"),
            &format!("\"{folded}\""),
        ] {
            let result = library.search(question, &options).unwrap();
            let first = result
                .hits
                .first()
                .map(|hit| hit.document.source_key.clone());
            assert!(first.is_some(), "{question} is not found");
            found.push(first);
        }
        assert!(
            found.iter().all(|first| *first == found[0]),
            "{typed}: {found:?}"
        );
    }
}
