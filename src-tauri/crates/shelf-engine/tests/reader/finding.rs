//! Search with filters, and lists.

use crate::shelf::Shelf;
use shelf_engine::library::{
    Filters, FindAnswer, FindRequest, FindSort, ListRequest, ListSort, SearchOptions, Territory,
};
use shelf_engine::{Library, library::DocumentLine};
use std::sync::{LazyLock, Mutex};

static SHELF: LazyLock<Shelf> = LazyLock::new(Shelf::synced);
static LIBRARY: LazyLock<Mutex<Library>> = LazyLock::new(|| Mutex::new(SHELF.opened()));

fn find(text: &str, filters: Filters) -> FindAnswer {
    let request = FindRequest {
        text: text.into(),
        filters,
        limit: 30,
        ..FindRequest::default()
    };
    LIBRARY.lock().unwrap().find(&request).unwrap()
}

fn numbers(answer: &FindAnswer) -> Vec<&str> {
    let lines = answer.hits.iter().map(|hit| &hit.document);
    lines.filter_map(|line| line.number.as_deref()).collect()
}

const DEAD: &str = "9004/2016/QĐ-UBND";

#[test]
fn what_expired_is_hidden_and_counted_until_somebody_asks_for_it() {
    let question = "thống kê và báo cáo về công tác chứng thực";
    let hidden = find(question, Filters::default());
    assert!(!numbers(&hidden).contains(&DEAD));
    assert!(hidden.hidden_expired >= 1);
    let states = |answer: &FindAnswer| -> Vec<(String, usize)> {
        let states = answer.facets.states.iter();
        states
            .map(|count| (count.value.clone(), count.count))
            .collect()
    };
    let expired = |answer: &FindAnswer| {
        let all = states(answer);
        all.into_iter().find(|(state, _)| state == "expired")
    };
    assert_eq!(
        expired(&hidden).map(|(_, count)| count),
        Some(hidden.hidden_expired),
        "the filter shows what it would bring back"
    );
    let shown = find(
        question,
        Filters {
            show_expired: true,
            ..Filters::default()
        },
    );
    assert!(numbers(&shown).contains(&DEAD));
    assert_eq!(shown.hidden_expired, 0);
}

#[test]
fn a_typed_number_finds_a_dead_act_whatever_the_filters_hide() {
    let filters = Filters {
        kinds: vec!["Nghị quyết".into()],
        year_from: Some(2026),
        ..Filters::default()
    };
    let answer = find("quyết định 9004/2016/QĐ-UBND", filters);
    assert_eq!(answer.hits[0].document.number.as_deref(), Some(DEAD));
    assert!(answer.hits[0].cited);
    let citation = answer.citation.unwrap();
    assert_eq!(citation.document.unwrap().number.as_deref(), Some(DEAD));
    assert_eq!((citation.missing, citation.shared.len()), (None, 0));
    let others = answer.hits.iter().skip(1);
    for hit in others {
        assert_eq!(hit.document.kind.as_deref(), Some("Nghị quyết"));
    }
}

#[test]
fn a_place_that_an_act_does_not_have_is_named() {
    let citation = find("khoản 3 Điều 99 9010/2026/QĐ-UBND", Filters::default()).citation;
    let citation = citation.unwrap();
    assert_eq!(citation.missing.as_deref(), Some("khoản 3 Điều 99"));
    assert_eq!(
        citation.document.unwrap().number.as_deref(),
        Some("9010/2026/QĐ-UBND")
    );
    assert!(
        find("tách thửa đất ở", Filters::default())
            .citation
            .is_none()
    );
}

#[test]
fn a_hit_is_named_by_its_provision_and_a_clause_by_its_article() {
    let answer = find("k2 d6 qd 9001/2026", Filters::default());
    let hit = &answer.hits[0];
    assert!(
        hit.heading.starts_with("khoản 2 Điều 6. "),
        "{}",
        hit.heading
    );
    let ranked = find(
        "mượn sách ở tủ sách pháp luật được bao nhiêu ngày",
        Filters::default(),
    );
    let article = ranked
        .hits
        .iter()
        .find(|hit| hit.heading.starts_with("Điều "));
    let article = article.unwrap();
    assert!(
        !article.path.contains(&article.heading),
        "the path is what stands above"
    );
    let chars = article.snippet.chars().count();
    assert!(
        article
            .marks
            .iter()
            .all(|(from, to)| from < to && *to <= chars)
    );
}

#[test]
fn a_filter_lets_through_what_it_says_and_the_other_counts_stay() {
    let question = "đất ở, tách thửa";
    let all = find(question, Filters::default());
    let products = vec![shelf_product("qa")];
    let questions = find(
        question,
        Filters {
            products: products.clone(),
            ..Filters::default()
        },
    );
    assert!(!questions.hits.is_empty());
    for hit in &questions.hits {
        assert_eq!(hit.document.product, Some(products[0]));
    }
    assert_eq!(
        questions.facets.products, all.facets.products,
        "the counts of a filter do not depend on what it chose itself"
    );
    assert!(questions.documents < all.documents);
    let none = find(
        question,
        Filters {
            topics: vec!["Không có lĩnh vực này".into()],
            ..Filters::default()
        },
    );
    assert!(none.hits.is_empty() && !none.facets.topics.is_empty());
    let years = find(
        question,
        Filters {
            year_to: Some(2022),
            ..Filters::default()
        },
    );
    assert!(
        years
            .hits
            .iter()
            .all(|hit| hit.document.issued.unwrap().year() <= 2022)
    );
}

#[test]
fn an_act_of_another_former_province_is_left_out_where_the_reader_says_so() {
    let at = |former: &str| Filters {
        territory: Some(Territory {
            commune: None,
            former_province: Some(former.into()),
        }),
        ..Filters::default()
    };
    let question = "phòng cháy rừng mùa khô";
    let there = find(question, at("Bình Định"));
    assert!(numbers(&there).contains(&"9009/2022/QĐ-UBND"));
    let elsewhere = find(question, at("Gia Lai"));
    assert!(!numbers(&elsewhere).contains(&"9009/2022/QĐ-UBND"));
    assert!(!elsewhere.hits.is_empty());
}

#[test]
fn without_filters_the_hits_are_those_of_plain_search_with_accents_or_without() {
    for question in [
        "mượn sách ở tủ sách pháp luật được bao nhiêu ngày",
        "muon sach o tu sach phap luat duoc bao nhieu ngay",
        "9001/2026/QĐ-UBND",
    ] {
        for provisions in [false, true] {
            let plain = SearchOptions {
                limit: 10,
                provisions,
                ..SearchOptions::default()
            };
            let plain = LIBRARY.lock().unwrap().search(question, &plain).unwrap();
            let request = FindRequest {
                text: question.into(),
                filters: Filters {
                    show_expired: true,
                    ..Filters::default()
                },
                provisions,
                ..FindRequest::default()
            };
            let found = LIBRARY.lock().unwrap().find(&request).unwrap();
            let plain: Vec<_> = plain
                .hits
                .into_iter()
                .map(|hit| (hit.document.id, hit.provision, hit.snippet))
                .collect();
            let found: Vec<_> = found
                .hits
                .into_iter()
                .map(|hit| (hit.document.id, hit.provision, hit.snippet))
                .collect();
            assert_eq!(plain, found, "{question}");
        }
    }
}

#[test]
fn the_newest_of_what_answers_well_comes_first_when_asked_for() {
    let request = FindRequest {
        text: "tủ sách pháp luật".into(),
        sort: FindSort::Newest,
        ..FindRequest::default()
    };
    let answer = LIBRARY.lock().unwrap().find(&request).unwrap();
    let days: Vec<_> = answer.hits.iter().map(|hit| hit.document.issued).collect();
    assert!(
        days.len() > 3 && days.is_sorted_by(|a, b| a >= b),
        "{days:?}"
    );
}

/// The smallest picture.
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa75\x81\x84\x00\x00\x00\x00IEND\xaeB`\x82";

#[test]
fn a_picture_of_words_is_counted_as_not_searched() {
    let shelf = Shelf::published_with(&[("to-gap-chup-lai.png", PICTURE)]);
    shelf.sync().unwrap();
    let count = |filters: Filters| {
        let request = FindRequest {
            text: "tờ gấp".into(),
            filters,
            ..FindRequest::default()
        };
        shelf.opened().find(&request).unwrap().scans_not_searched
    };
    assert_eq!(count(Filters::default()), 1);
    let elsewhere = Filters {
        topics: vec!["Đất đai".into()],
        ..Filters::default()
    };
    assert_eq!(count(elsewhere), 0, "the filters would not let it through");
}

#[test]
fn strange_questions_find_nothing_and_break_nothing() {
    for question in ["", "?!", "\u{0}\u{301}", &"đ".repeat(50_000)] {
        let answer = find(question, Filters::default());
        assert!(answer.hits.is_empty() && !answer.more);
    }
}

#[test]
fn a_list_pages_through_titles_as_a_dictionary_has_them() {
    let page = |offset| {
        let request = ListRequest {
            sort: ListSort::Title,
            offset,
            limit: 10,
            ..ListRequest::default()
        };
        LIBRARY.lock().unwrap().list(&request).unwrap()
    };
    let (first, second) = (page(0), page(10));
    let titles = |lines: &[DocumentLine]| -> Vec<String> {
        lines.iter().map(|line| line.title.clone()).collect()
    };
    let mut all = titles(&first.documents);
    all.extend(titles(&second.documents));
    assert_eq!(all.len(), 20);
    let bai = all.iter().position(|title| title.starts_with("Bãi bỏ"));
    let ban = all.iter().position(|title| title.starts_with("Ban hành"));
    assert!(bai < ban, "i stands before n, whatever the tones: {all:?}");
    assert_eq!(first.total, 27, "28 documents, of which one act expired");
    assert_eq!(page(100).documents.len(), 0);
    let states = first.facets.states.iter();
    assert_eq!(states.map(|count| count.count).sum::<usize>(), 28);
}

#[test]
fn lists_by_number_and_by_day_know_where_to_put_what_has_none() {
    let list = |sort| {
        let request = ListRequest {
            sort,
            ..ListRequest::default()
        };
        LIBRARY.lock().unwrap().list(&request).unwrap().documents
    };
    let by_number = list(ListSort::Number);
    assert_eq!(by_number[0].number.as_deref(), Some("9001/2026/QĐ-UBND"));
    assert!(by_number.is_sorted_by_key(|line| line.number.is_none()));
    let newest = list(ListSort::Newest);
    assert!(newest.is_sorted_by(|a, b| a.issued >= b.issued));
    assert!(
        newest
            .iter()
            .all(|line| line.here && line.sample && line.bytes > Some(0))
    );
}

fn shelf_product(code: &str) -> shelf_engine::library::Product {
    shelf_engine::library::Product::from_wording(code).unwrap()
}
