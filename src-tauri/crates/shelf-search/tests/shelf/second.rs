//! The second stage: what it may change and what it may not.

use crate::{Shelf, create, keys, many_acts, small_steps};
use shelf_law::{DocumentKind, Product};
use shelf_search::{Facts, Hit, Index, Options, Query, SearchOptions};

fn ask(index: &Index, question: &str) -> Vec<Hit> {
    index
        .search(&Query::parse(question), &SearchOptions::default())
        .unwrap()
}

/// Acts of which kind and year are known.
fn known_acts(count: u64) -> Shelf {
    let mut shelf = many_acts(count);
    let kinds = [
        DocumentKind::Law,
        DocumentKind::Decree,
        DocumentKind::Circular,
    ];
    for (key, (_, input)) in &mut shelf.0 {
        input.number = format!("{key}/2019/NĐ-CP");
        input.facts = Facts {
            kind: Some(kinds[(key % 3) as usize]),
            year: Some(2000 + (key % 20) as u16),
            product: None,
            national: true,
            local: false,
            headings_only: false,
        };
        let cited = key % 9;
        input.units[0].text += &format!(" Căn cứ Nghị định số {cited}/2019/NĐ-CP.");
    }
    shelf
}

#[test]
fn several_segments_and_merged_ones_are_ordered_alike() {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::create(dir.path(), small_steps()).unwrap();
    let mut shelf = known_acts(60);
    shelf.bring(&index, "1");
    shelf.0.remove(&5);
    shelf.put(8, 2, "Nghị định 8 sửa", &[("Thẩm quyền", "Về đất đai.")]);
    shelf.bring(&index, "2");
    assert!(index.segments() > 1, "this is about several segments");
    let whole_dir = tempfile::tempdir().unwrap();
    let whole = Index::create(whole_dir.path(), Options::default()).unwrap();
    shelf.bring(&whole, "2");
    let questions = [
        "thẩm quyền đất đai",
        "nghị định 8 năm 2008",
        "thủ tục hộ tịch",
        "luật khiếu nại",
    ];
    let before: Vec<_> = questions.iter().map(|q| ask(&index, q)).collect();
    assert!(index.merge_when_idle().unwrap());
    for (question, before) in questions.iter().zip(before) {
        assert_eq!(before, ask(&index, question), "{question}, after merging");
        assert_eq!(before, ask(&whole, question), "{question}, made in one go");
    }
}

#[test]
fn a_local_decision_and_a_leaflet_that_answer_stand_above_national_acts_that_do_not() {
    let dir = tempfile::tempdir().unwrap();
    let index = create(dir.path());
    let mut shelf = known_acts(60);
    shelf.put(
        101,
        1,
        "Quyết định quy định mức hỗ trợ hòa giải viên trên địa bàn tỉnh",
        &[(
            "Mức hỗ trợ",
            "Hòa giải viên được hỗ trợ thù lao theo vụ việc hòa giải thành.",
        )],
    );
    shelf.put(
        102,
        1,
        "Tờ gấp: hòa giải viên cần biết",
        &[("", "Hòa giải viên nhận thù lao theo vụ việc tại xã.")],
    );
    shelf.bring(&index, "1");
    for question in [
        "thù lao của hòa giải viên",
        "hoa giai vien duoc ho tro bao nhieu mot vu viec",
    ] {
        let first = keys(&ask(&index, question));
        let mut first = first[..2].to_vec();
        first.sort_unstable();
        assert_eq!(first, [101, 102], "{question}");
    }
}

/// A document of a product.
fn product(product: Product) -> Facts {
    Facts {
        product: Some(product),
        local: true,
        ..Facts::default()
    }
}

#[test]
fn a_product_that_is_named_stands_above_what_has_more_of_the_words() {
    let dir = tempfile::tempdir().unwrap();
    let index = create(dir.path());
    let mut shelf = known_acts(300);
    for (key, kind) in [(901, Product::Video), (902, Product::Leaflet)] {
        shelf.put(key, 1, "Bảo vệ rừng", &[("", "Bảo vệ rừng là việc chung.")]);
        shelf.0.get_mut(&key).unwrap().1.facts = product(kind);
    }
    shelf.bring(&index, "1");
    let first = |named: &[Product]| {
        let mut query = Query::parse("video bảo vệ rừng");
        query.ask_for(named);
        let hits = index.search(&query, &SearchOptions::default()).unwrap();
        assert_eq!(hits.len(), 10, "no place is taken from others");
        keys(&hits)[0]
    };
    assert_eq!(first(&[Product::Video]), 901);
    assert_eq!(first(&[Product::Leaflet]), 902);
    assert_eq!(first(&[Product::Book]), first(&[]), "there is no book");
}

#[test]
fn what_has_no_words_is_found_by_its_title_as_others_by_their_words() {
    let dir = tempfile::tempdir().unwrap();
    let index = create(dir.path());
    let mut shelf = known_acts(60);
    shelf.put(101, 1, "Tờ gấp Uống rượu thì không lái xe", &[]);
    let other = "Cơ quan có nhiều việc phải làm. ".repeat(10) + "Người lái xe.";
    shelf.put(102, 1, "Quyết định về xe", &[("", &other)]);
    shelf.bring(&index, "1");
    assert_eq!(index.wordless(), [101]);
    for second_stage in [false, true] {
        let options = SearchOptions {
            second_stage,
            ..SearchOptions::default()
        };
        let hits = index.search(&Query::parse("uong ruou khong lai xe"), &options);
        let first = &keys(&hits.unwrap())[..2];
        assert!(first.contains(&101), "{second_stage}: {first:?}");
        assert!(second_stage || first[0] == 101, "{first:?}");
    }
}

#[test]
fn what_is_known_by_headings_only_keeps_the_place_that_the_formula_gives_it() {
    let dir = tempfile::tempdir().unwrap();
    let index = create(dir.path());
    let mut shelf = known_acts(60);
    let held = [4, 9, 23, 41];
    for key in held {
        shelf.0.get_mut(&key).unwrap().1.facts.headings_only = true;
    }
    shelf.bring(&index, "1");
    let places = |question: &str, second_stage: bool| -> Vec<(u64, usize)> {
        let options = SearchOptions {
            limit: 60,
            second_stage,
            ..SearchOptions::default()
        };
        let hits = index.search(&Query::parse(question), &options).unwrap();
        assert!(hits.windows(2).all(|two| two[0].score >= two[1].score));
        let places = keys(&hits).into_iter().enumerate();
        let places = places.map(|(place, key)| (key, place));
        places.filter(|(key, _)| held.contains(key)).collect()
    };
    for question in ["thẩm quyền đất đai", "thủ tục hộ tịch", "nghị định 9"] {
        let by_formula = places(question, false);
        assert!(!by_formula.is_empty(), "{question}");
        assert_eq!(places(question, true), by_formula, "{question}");
    }
}

#[test]
fn below_the_candidates_the_order_of_the_formula_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let index = create(dir.path());
    known_acts(700).bring(&index, "1");
    let query = Query::parse("thẩm quyền đất đai");
    for per_unit in [false, true] {
        let options = SearchOptions {
            limit: 700,
            per_unit,
            ..SearchOptions::default()
        };
        let all = index.search(&query, &options).unwrap();
        assert!(all.len() > 600);
        assert!(all.windows(2).all(|two| two[0].score >= two[1].score));
        let first = SearchOptions {
            limit: 10,
            ..options
        };
        let ten = index.search(&query, &first).unwrap();
        assert_eq!(
            keys(&ten),
            keys(&all[..10]),
            "a longer list begins the same"
        );
    }
}
