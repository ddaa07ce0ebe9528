//! The first page, suggestions, previews.

use crate::shelf::Shelf;
use shelf_engine::Library;
use shelf_engine::library::SuggestionKind;
use std::sync::{LazyLock, Mutex};

static SHELF: LazyLock<Shelf> = LazyLock::new(Shelf::synced);
static LIBRARY: LazyLock<Mutex<Library>> = LazyLock::new(|| Mutex::new(SHELF.opened()));

#[test]
fn the_first_page_counts_topics_problems_and_products() {
    let page = LIBRARY.lock().unwrap().home_page().unwrap();
    let topics: Vec<&str> = page
        .topics
        .iter()
        .map(|topic| topic.name.as_str())
        .collect();
    assert_eq!(topics[..2], ["Dân sự", "Đất đai"], "đ after d");
    let problem = |id: &str| {
        let found = page.problems.iter().find(|problem| problem.id == id);
        found.unwrap().documents
    };
    assert_eq!(page.problems.len(), 7);
    assert_eq!(problem("land"), 3, "an act, a form, questions and answers");
    assert!(problem("forest") >= 3 && problem("loans") >= 1 && problem("civil_status") >= 2);
    assert_eq!(problem("marriage"), 0);
    let land = page.problems.iter().find(|problem| problem.id == "land");
    assert_eq!(land.unwrap().topic.as_deref(), Some("Đất đai"));
    let leaflets = page
        .products
        .iter()
        .find(|count| count.product.vietnamese() == "Tờ gấp");
    assert_eq!(leaflets.unwrap().count, 4);
}

#[test]
fn half_a_word_half_a_number_and_a_citation_are_understood() {
    let suggest = |text: &str| LIBRARY.lock().unwrap().suggest(text).unwrap();
    let first = |text: &str| suggest(text).into_iter().next().unwrap();
    let cited = first("k2 d6 qd 9001/2026");
    assert_eq!(cited.kind, SuggestionKind::Citation);
    assert!(cited.text.starts_with("khoản 2 Điều 6."), "{}", cited.text);
    assert!(cited.provision.is_some());
    let number = first("901");
    assert_eq!(
        number.document.unwrap().number.as_deref(),
        Some("9010/2026/QĐ-UBND")
    );
    let title = first("điều kiện tách th");
    assert_eq!(title.kind, SuggestionKind::Document);
    let unaccented = first("dieu kien tach th");
    assert_eq!(unaccented.text, title.text);
    let topic = suggest("đất");
    let topic = topic
        .iter()
        .find(|found| found.kind == SuggestionKind::Topic);
    assert_eq!(topic.unwrap().text, "Đất đai");
    assert!(suggest("").is_empty() && suggest("…").is_empty());
    assert!(suggest("không văn bản nào nói như thế").is_empty());
}

#[test]
fn a_preview_marks_the_words_of_the_question_where_they_stand() {
    let mut library = LIBRARY.lock().unwrap();
    let row = library.list(&shelf_engine::library::ListRequest {
        sort: shelf_engine::library::ListSort::Number,
        ..Default::default()
    });
    let id = row.unwrap().documents[0].id.clone();
    let provision = "kemtheo_1.dieu_9".parse().unwrap();
    let preview = library.preview(&id, Some(&provision), "muon sach").unwrap();
    assert_eq!(preview.provision.unwrap().id, provision);
    assert!(!preview.cut && !preview.marks.is_empty());
    let mut marked = preview.marks.iter().map(|mark| {
        let text = &preview.blocks[mark.block].text;
        let chars: Vec<char> = text.chars().collect();
        chars[mark.from..mark.to]
            .iter()
            .collect::<String>()
            .to_lowercase()
    });
    assert!(marked.any(|words| words == "mượn sách"));
    let opening = library.preview(&id, None, "").unwrap();
    assert!(opening.provision.is_none() && opening.marks.is_empty() && !opening.blocks.is_empty());
    assert!(
        library
            .preview(&id, Some(&"dieu_999".parse().unwrap()), "")
            .is_err()
    );
}
