//! Slips and habits of typing, and queries that nobody should be slowed down by.

use super::{read, reads};
use crate::abbreviations::Abbreviations;
use crate::citation::{ActMention, NumberMention, parse_query, parse_query_with};
use std::time::{Duration, Instant};

#[test]
fn a_missing_space_and_any_sign_between_the_parts_do_no_harm() {
    reads(&[
        ("nghị định100/2019/NĐ-CP", "Nghị định 100 2019 nd-cp"),
        ("thông tư liên tịch01/2010", "Thông tư liên tịch 1 2010"),
        ("luật32/2004/QH11", "Luật 32 2004 qh11"),
        ("nd100 dieu6", "Nghị định 100 | dieu_6"),
        ("66.2023.NĐ.CP", "Nghị định 66 2023 nd-cp"),
        ("07.2012.TT.BTNMT", "Thông tư 7 2012 tt-btnmt"),
        (r"100\2019\NĐ-CP", "Nghị định 100 2019 nd-cp"),
        ("100_2019_NĐ_CP", "Nghị định 100 2019 nd-cp"),
        ("100 2019 nd cp", "Nghị định 100 2019 nd-cp"),
        ("nd  0100/2019", "Nghị định 100 2019"),
        (
            "khoản 2 Điều 23a, 123 2013 nd cp",
            "Nghị định 123 2013 nd-cp | dieu_23a.khoan_2",
        ),
        (
            "Điều 7, 01-2010-TTLT-BCA",
            "Thông tư liên tịch 1 2010 ttlt-bca | dieu_7",
        ),
    ]);
}

#[test]
fn a_place_is_read_however_short_it_is_written() {
    reads(&[
        ("a k2 d8 nd 5", "Nghị định 5 | dieu_8.khoan_2.diem_a"),
        ("đ k3 đ32h nđ 46", "Nghị định 46 | dieu_32h.khoan_3.diem_dd"),
        ("đ15ak2 tt 107/2020", "Thông tư 107 2020 | dieu_15a.khoan_2"),
        ("đ8k2 nđ 5", "Nghị định 5 | dieu_8.khoan_2"),
        ("K2Đ8 NĐ5", "Nghị định 5 | dieu_8.khoan_2"),
        ("đ.8 k.2 nđ 5", "Nghị định 5 | dieu_8.khoan_2"),
        ("Điều 8.2.a nđ 5", "Nghị định 5 | dieu_8.khoan_2.diem_a"),
        ("Điều 8.2 nđ 5", "Nghị định 5 | dieu_8.khoan_2"),
        ("khoản 02 điều 08 nđ 5", "Nghị định 5 | dieu_8.khoan_2"),
        ("Điều 8 - khoản 2 nđ 5", "Nghị định 5 | dieu_8.khoan_2"),
        ("“Điều 8 nđ 5”", "Nghị định 5 | dieu_8"),
        ("nđ 5 (Điều 8)", "Nghị định 5 | dieu_8"),
        (
            "cho hỏi điều 8 của nđ 5 quy định gì",
            "Nghị định 5 | dieu_8",
        ),
    ]);
}

fn number(query: &str) -> NumberMention {
    match parse_query(query).and_then(|found| found.act) {
        Some(ActMention::Number(number)) => number,
        _ => panic!("{query}: no number"),
    }
}

#[test]
fn an_issuer_and_a_subject_may_stand_between_an_act_and_its_place() {
    for (query, issuer) in [
        ("nghị định 5/2019 của Chính phủ điều 8", "chinh phu"),
        (
            "thông tư 5/2019 của Bộ Tài chính tại điều 8",
            "bo tai chinh",
        ),
        ("điều 8 tt 5/2019 của BTC", "btc"),
    ] {
        assert_eq!(number(query).issuer.join(" "), issuer, "{query}");
        assert!(read(query).ends_with("5 2019 | dieu_8"), "{query}");
    }
    assert_eq!(
        read("luật số 8/2017/QH14 về thủy lợi, Điều 42"),
        "Luật 8 2017 qh14 | dieu_42"
    );
    assert_eq!(
        read("nghị định 5/2019 về phạt tiền, Điều 8 Luật Cư trú"),
        "Nghị định 5 2019",
        "the place belongs to the act after it"
    );
}

#[test]
fn a_year_beside_a_number_is_told_from_one_in_it() {
    assert!(number("nghị định 100 năm 2020").year_named);
    assert!(!number("nghị định 100/2020").year_named);
    assert!(number("471/QĐ-TTg 2023").year_named);
}

#[test]
fn a_year_after_the_place_belongs_to_the_name() {
    reads(&[
        ("blds điều 117 2015", "Bộ luật Dân sự 2015 | dieu_117"),
        (
            "luật cư trú k2 đ8 năm 2020",
            "luat cu tru 2020 | dieu_8.khoan_2",
        ),
    ]);
}

#[test]
fn hang_khong_is_no_question() {
    assert_eq!(
        read("điều 8 luật hàng không dân dụng việt nam"),
        "luat hang khong dan dung viet nam | dieu_8"
    );
    assert_eq!(
        read("điều 8 luật cư trú có cho không?"),
        "luat cu tru co cho | dieu_8"
    );
}

#[test]
fn no_query_is_slow_or_breaks_the_reader() {
    let table = Abbreviations::builtin();
    let many = |piece: &str| piece.repeat(100_000 / piece.len() + 1);
    let mut queries: Vec<String> = [
        "điều 5 luật ",
        "k2",
        "d8k2",
        "1/",
        "nd ",
        "a k2 ",
        "khoản 1, ",
        "điểm a, ",
        "8.",
        "của bộ ",
        "luật ",
        "?!,;",
        "\u{202e}\u{200f}",
        "\u{0}\u{7}",
        "\u{300}",
        "đ",
        "năm 2019 ",
        "-",
        "/ ",
        "kèm theo ",
        "nghị định 100/2019/NĐ-CP về ",
        "qd-",
        "\u{1f600}",
        "' OR 1=1 -- ",
        "+(*:^~",
    ]
    .iter()
    .map(|piece| many(piece))
    .collect();
    let words: Vec<String> = (0..500).map(|at| format!("từ{at}")).collect();
    queries.push(words.join(" "));
    for query in &queries {
        let begun = Instant::now();
        let found = parse_query_with(query, table);
        let took = begun.elapsed();
        let shown: String = query.chars().take(20).collect();
        assert!(took < Duration::from_millis(500), "{shown:?}: {took:?}");
        if let Some(found) = found {
            assert!(query.get(found.span).is_some(), "{shown:?}");
        }
    }
}

#[test]
fn an_inserted_article_typed_without_accents_has_two_readings() {
    let candidates = |query: &str| -> Vec<String> {
        let ids =
            parse_query_with(query, Abbreviations::builtin()).map(|c| c.provision_candidates());
        ids.into_iter().flatten().map(|id| id.to_string()).collect()
    };
    assert_eq!(
        candidates("khoan 1 dieu 12d nd 100/2019"),
        [
            "dieu_12d.khoan_1",
            "dieu_12dd.khoan_1",
            "dieu_12d",
            "dieu_12dd"
        ]
    );
    assert_eq!(candidates("Điều 12d nd 100/2019"), ["dieu_12d"]);
    assert_eq!(candidates("dieu 12dd nd 100/2019"), ["dieu_12dd"]);
}

#[test]
fn the_code_of_an_issuer_may_end_with_the_number_of_its_unit() {
    assert_eq!(number("16 2012 qd nhnn2").code.as_deref(), Some("qd-nhnn2"));
}
