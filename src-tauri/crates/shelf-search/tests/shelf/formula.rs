//! What formula F gives, against numbers computed by hand.

use crate::{Shelf, ask, create, keys, many_acts, small_steps};
use shelf_search::{Formula, Index, Options, Query, Ranking, SearchOptions};

fn bm25(total: f32, n: f32, tf: f32, b: f32, length: f32, average: f32) -> f32 {
    let idf = (1.0 + (total - n + 0.5) / (n + 0.5)).ln();
    idf * tf * 2.2 / (tf + 1.2 * (1.0 - b + b * length / average))
}

fn close(a: f32, b: f32) -> bool {
    (a - b).abs() < 1e-5
}

/// Two acts: the first with two units, the second with one.
fn tiny() -> Shelf {
    let mut shelf = Shelf::default();
    shelf.put(
        7,
        1,
        "Luật rừng",
        &[("Rừng", "đất rừng đất"), ("", "đất đai")],
    );
    shelf.put(9, 1, "Luật nước", &[("", "nước mưa")]);
    shelf
}

#[test]
fn a_tiny_shelf_scores_as_computed_by_hand() {
    let dir = tempfile::tempdir().unwrap();
    let index = create(dir.path());
    tiny().bring(&index, "1");
    let hits = ask(&index, "đất rừng");
    // Units: {rung dat rung dat}, {dat dai}, {nuoc mua}; the wall keeps "rung_dat" of heading and
    // text apart, so the pairs are {dat_rung rung_dat}, {dat_dai}, {nuoc_mua}.
    let s = 8.0 / 3.0;
    let first = bm25(3.0, 2.0, 2.0, 0.75, 4.0, s)
        + bm25(3.0, 1.0, 2.0, 0.75, 4.0, s)
        + 0.6 * bm25(3.0, 1.0, 1.0, 0.75, 2.0, 4.0 / 3.0)
        + 0.1 * bm25(3.0, 1.0, 1.0, 0.5, 1.0, 1.0 / 3.0);
    let second = bm25(3.0, 2.0, 1.0, 0.75, 2.0, s);
    let title = 0.2 * bm25(2.0, 1.0, 1.0, 0.5, 2.0, 2.0);
    let whole = 0.5 * bm25(2.0, 1.0, 1.0, 0.75, 3.0, 2.0);
    assert_eq!(keys(&hits), [7]);
    let units = &hits[0].units;
    assert_eq!((units[0].0, units[1].0), (0, 1), "best unit first");
    assert!(close(units[0].1, first), "{} is not {first}", units[0].1);
    assert!(close(units[1].1, second), "{} is not {second}", units[1].1);
    let act = first + title + whole;
    assert!(close(hits[0].score, act), "{} is not {act}", hits[0].score);
}

#[test]
fn a_title_counts_once_however_many_units_the_act_has() {
    let dir = tempfile::tempdir().unwrap();
    let index = create(dir.path());
    let mut shelf = Shelf::default();
    shelf.put(1, 1, "Luật Thủy lợi", &[("", "một"); 1]);
    shelf.put(2, 1, "Luật Thủy lợi", &[("", "hai"); 50]);
    shelf.bring(&index, "1");
    let hits = ask(&index, "thủy lợi");
    assert_eq!(
        keys(&hits),
        [1, 2],
        "equal scores stand in the order of their keys"
    );
    assert_eq!(hits[0].score, hits[1].score);
    assert!(hits[0].units.is_empty(), "only the title answers");
}

#[test]
fn a_document_without_text_is_found_by_its_title() {
    let dir = tempfile::tempdir().unwrap();
    let index = create(dir.path());
    let mut shelf = tiny();
    shelf.put(11, 1, "Video hòa giải ở cơ sở", &[]);
    let report = shelf.bring(&index, "1");
    assert_eq!((report.added, report.units), (3, 3));
    assert_eq!(keys(&ask(&index, "hoa giai")), [11]);
}

#[test]
fn a_term_said_twice_counts_twice() {
    let dir = tempfile::tempdir().unwrap();
    let index = create(dir.path());
    tiny().bring(&index, "1");
    let bare = Formula {
        pairs: 0.0,
        title: 0.0,
        title_pairs: 0.0,
        whole: 0.0,
        ..Formula::default()
    };
    let options = SearchOptions {
        second_stage: false,
        ranking: Ranking::default().with_formula(bare),
        ..SearchOptions::default()
    };
    let score = |question| index.search(&Query::parse(question), &options).unwrap()[0].score;
    assert!(close(score("mưa mưa"), 2.0 * score("mưa")));
}

#[test]
fn accented_and_unaccented_typing_find_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let index = create(dir.path());
    many_acts(60).bring(&index, "1");
    for (accented, plain) in [
        ("thẩm quyền hoà giải ở cơ sở", "tham quyen hoa giai o co so"),
        ("THỦ TỤC ĐẤT ĐAI", "thu tuc dat dai"),
        ("hộ tịch số 12", "ho tich so 12"),
    ] {
        let hits = ask(&index, accented);
        assert!(!hits.is_empty());
        assert_eq!(hits, ask(&index, plain), "{accented}");
    }
}

#[test]
fn common_terms_are_dropped_unless_nothing_else_is_asked() {
    let dir = tempfile::tempdir().unwrap();
    let index = create(dir.path());
    many_acts(60).bring(&index, "1");
    let ranking = Ranking::default().with_formula(Formula {
        common_floor: 0,
        keep_at_least: 1,
        ..Formula::default()
    });
    let query = Query::parse("nghị định về hộ tịch");
    let weights = index.weights(&query, &ranking).unwrap();
    assert_eq!(weights.get("nghi"), 0.0, "it stands in two of three units");
    assert!(weights.get("tich") > 0.0 && weights.get("ho_tich") > 0.0);
    assert_eq!(weights.get("vang"), 0.0, "it is not in the question");
    let only = Query::parse("nghị định");
    assert!(index.weights(&only, &ranking).unwrap().get("nghi") > 0.0);
}

#[test]
fn one_hit_per_unit_ranks_units_and_respects_limit_and_filter() {
    let dir = tempfile::tempdir().unwrap();
    let index = create(dir.path());
    many_acts(60).bring(&index, "1");
    let odd = |key: u64| key % 2 == 1;
    let options = SearchOptions {
        limit: 25,
        per_unit: true,
        filter: Some(&odd),
        ..SearchOptions::default()
    };
    let hits = index
        .search(&Query::parse("thẩm quyền đất đai"), &options)
        .unwrap();
    assert_eq!(hits.len(), 25);
    assert!(
        hits.iter()
            .all(|hit| hit.key % 2 == 1 && hit.units.len() == 1)
    );
    assert!(hits.windows(2).all(|two| two[0].score >= two[1].score));
    let mut places: Vec<_> = hits.iter().map(|hit| (hit.key, hit.units[0].0)).collect();
    places.sort_unstable();
    places.dedup();
    assert_eq!(places.len(), 25, "no unit twice");
    let acts = SearchOptions {
        per_unit: false,
        ..options
    };
    let hits = index
        .search(&Query::parse("thẩm quyền đất đai"), &acts)
        .unwrap();
    assert!(!hits.is_empty() && hits.iter().all(|hit| hit.key % 2 == 1));
}

#[test]
fn several_segments_and_merged_ones_give_identical_hits() {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::create(dir.path(), small_steps()).unwrap();
    let mut shelf = many_acts(24);
    shelf.bring(&index, "1");
    shelf.0.remove(&5);
    shelf.put(
        8,
        2,
        "Nghị định 8 sửa",
        &[("Thẩm quyền", "Thẩm quyền về đất đai.")],
    );
    shelf.bring(&index, "2");
    assert!(index.segments() > 1, "this is about several segments");
    let whole_dir = tempfile::tempdir().unwrap();
    let whole = Index::create(whole_dir.path(), Options::default()).unwrap();
    shelf.bring(&whole, "2");
    let questions = [
        "thẩm quyền đất đai",
        "nghị định 8",
        "thủ tục hộ tịch",
        "hiệu lực",
    ];
    let before: Vec<_> = questions.iter().map(|q| ask(&index, q)).collect();
    assert!(index.merge_when_idle().unwrap());
    assert_eq!(index.segments(), 1);
    assert!(
        !index.merge_when_idle().unwrap(),
        "there is nothing left to merge"
    );
    assert_eq!(
        index.stamp().as_deref(),
        Some("2"),
        "merging keeps the stamp"
    );
    for (question, before) in questions.iter().zip(before) {
        assert_eq!(ask(&index, question), before, "{question}");
        assert_eq!(ask(&whole, question), before, "{question}: built in one go");
    }
}
