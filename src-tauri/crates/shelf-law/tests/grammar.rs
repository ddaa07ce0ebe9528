//! Situations of real acts, each written small.

#![allow(clippy::unwrap_used, reason = "tests")]

use serde_json::Map;
use shelf_law::grammar::{ArticleRow, Grammar, Piece, Reading, from_articles, read};
use shelf_law::{FieldName, Level, Role};

fn parse(text: &str) -> Reading {
    read(&Piece::lines(text))
}

fn ids(reading: &Reading, level: Level) -> Vec<String> {
    let blocks = reading.text.blocks.iter().filter(|b| b.level == level);
    blocks
        .map(|b| {
            let id = b.id.as_ref().map_or("-".to_string(), ToString::to_string);
            match (b.role, b.doubtful) {
                (Role::Quoted, _) => format!("“{id}”"),
                (_, true) => format!("{id}?"),
                _ => id,
            }
        })
        .collect()
}

fn labels(reading: &Reading) -> Vec<String> {
    (0..reading.text.blocks.len())
        .map(|i| reading.text.citation_label(i))
        .filter(|label| !label.is_empty())
        .collect()
}

#[test]
fn clauses_and_points_have_ids_and_labels_with_inserted_ones_and_dd() {
    let reading = parse(
        "Chương I\nQUY ĐỊNH CHUNG\nMục 1\nPHẠM VI\nĐiều 1. Phạm vi\n1. Một:\na) A;\nd) D;\nđ) Đ;\n\
         2. Hai:\nb) không phải điểm đầu\n2a. Hai a:\na) A;\nb) B;\nb1) B1.\nĐiều 1a. Thêm\na) A;\nb) B.",
    );
    assert_eq!(
        labels(&reading),
        [
            "Chương I",
            "Mục 1",
            "Điều 1",
            "khoản 1 Điều 1",
            "điểm a khoản 1 Điều 1",
            "điểm d khoản 1 Điều 1",
            "điểm đ khoản 1 Điều 1",
            "khoản 2 Điều 1",
            "khoản 2a Điều 1",
            "điểm a khoản 2a Điều 1",
            "điểm b khoản 2a Điều 1",
            "điểm b1 khoản 2a Điều 1",
            "Điều 1a",
            "điểm a Điều 1a",
            "điểm b Điều 1a"
        ]
    );
    let points = ids(&reading, Level::Point);
    assert!(points.contains(&"dieu_1.khoan_1.diem_dd".to_string()));
    assert!(points.contains(&"dieu_1.khoan_2a.diem_b1".to_string()));
    assert!(points.contains(&"dieu_1a.diem_a".to_string()));
    let at = reading.text.find(&"dieu_1".parse().unwrap()).unwrap();
    assert_eq!(
        reading.text.path_label(at),
        "Chương I. QUY ĐỊNH CHUNG › Mục 1. PHẠM VI"
    );
}

#[test]
fn upper_levels_are_read_in_every_numbering() {
    let reading = parse(
        "PHẦN THỨ NHẤT\nCHUNG\nChương 1.\nMỘT\nĐiều 1. A\nMục I. HAI\nTiểu mục 1\nBA\nĐiều 2. B\n\
         Phần hai\nRIÊNG\nChương IIa\nBỐN\nĐiều 3. C",
    );
    let depths: Vec<(Level, u8)> = reading
        .text
        .blocks
        .iter()
        .map(|block| (block.level, block.depth))
        .collect();
    use Level::*;
    assert_eq!(
        depths,
        [
            (Part, 0),
            (Chapter, 1),
            (Article, 2),
            (Section, 2),
            (Subsection, 3),
            (Article, 4),
            (Part, 0),
            (Chapter, 1),
            (Article, 2)
        ]
    );
    assert_eq!(reading.text.blocks[7].label, "Chương IIa");
}

#[test]
fn what_is_issued_with_a_decision_restarts_and_its_appendix_stands_apart() {
    let reading = parse(
        "ỦY BAN NHÂN DÂN\nTỈNH GIA LAI\nSố: 5/2020/QĐ-UBND\nQUYẾT ĐỊNH\nBan hành Quy chế tiếp công dân\n\
         Căn cứ Luật Tiếp công dân số 42/2013/QH13;\nQUYẾT ĐỊNH:\n\
         Điều 1. Ban hành kèm theo Quyết định này Quy chế.\nĐiều 2. Thi hành./.\n\
         Nơi nhận:\n- Như Điều 2;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nTrần Văn An\n\
         QUY CHẾ\nTIẾP CÔNG DÂN\n(Ban hành kèm theo Quyết định số 5/2020/QĐ-UBND)\nChương I\nCHUNG\n\
         Điều 1. Phạm vi\n1. Một.\nĐiều 2. Đối tượng\n2 người.\n\
         PHỤ LỤC II\nMẪU HỢP ĐỒNG\nĐiều 1. Bên A\nĐiều 2. Bên B",
    );
    assert_eq!(
        ids(&reading, Level::Article),
        [
            "dieu_1",
            "dieu_2",
            "kemtheo_1.dieu_1",
            "kemtheo_1.dieu_2",
            "phuluc_2.dieu_1",
            "phuluc_2.dieu_2"
        ]
    );
    let attached = &reading.text.blocks[reading.text.find(&"kemtheo_1".parse().unwrap()).unwrap()];
    assert_eq!(attached.heading, "TIẾP CÔNG DÂN");
    assert_eq!(attached.label, "Quy chế kèm theo");
    let field = |name| reading.fields.value(name);
    assert_eq!(field(FieldName::Signer), Some("Trần Văn An"));
    assert_eq!(field(FieldName::SignerTitle), Some("Chủ tịch"));
    assert_eq!(
        field(FieldName::Title),
        Some("Quyết định Ban hành Quy chế tiếp công dân")
    );
    assert_eq!(
        reading.relations[0].to.number.as_deref(),
        Some("42/2013/QH13")
    );
    assert!(reading.doubts.is_empty(), "{:?}", reading.doubts);
}

#[test]
fn articles_quoted_for_another_act_are_not_own() {
    let reading = parse(
        "Điều 1. Sửa đổi, bổ sung một số điều của Luật A\n1. Sửa đổi Điều 5 như sau:\n\
         “Điều 5. Năm\n1. Một.\n2. Hai:\na) A.”.\n2. Bổ sung Điều 5a như sau:\n“Điều 5a. Năm a\nChữ.\n\
         Điều 5b. Năm b\nChữ.”\nĐiều 2. Hiệu lực",
    );
    assert_eq!(
        ids(&reading, Level::Article),
        [
            "dieu_1",
            "“dieu_1.khoan_1.trich_1.dieu_5”",
            "“dieu_1.khoan_2.trich_2.dieu_5a”",
            "“dieu_1.khoan_2.trich_2.dieu_5b”",
            "dieu_2"
        ]
    );
    assert_eq!(
        ids(&reading, Level::Clause),
        [
            "dieu_1.khoan_1",
            "“dieu_1.khoan_1.trich_1.dieu_5.khoan_1”",
            "“dieu_1.khoan_1.trich_1.dieu_5.khoan_2”",
            "dieu_1.khoan_2"
        ]
    );
}

#[test]
fn a_quotation_that_never_closes_swallows_neither_clauses_nor_articles() {
    let reading = parse(
        "Điều 1. Sửa đổi, bổ sung Luật A\n1. Sửa đổi khoản 1 Điều 7 như sau:\n“1. Chữ.\n\
         2. Sửa đổi Điều 8 như sau:\n“Điều 8. Tám\nChữ.\n3. Bãi bỏ Điều 9.\nĐiều 2. Hiệu lực\nChữ.",
    );
    assert_eq!(
        ids(&reading, Level::Article),
        ["dieu_1", "“dieu_1.khoan_2.trich_1.dieu_8”", "dieu_2"]
    );
    assert_eq!(
        ids(&reading, Level::Clause),
        ["dieu_1.khoan_1", "dieu_1.khoan_2", "dieu_1.khoan_3"]
    );
}

#[test]
fn a_heading_that_ran_into_the_text_is_cut_free_and_one_that_broke_off_goes_back() {
    let reading = parse(
        "Điều 28. A\nThuốc nổ dưới nước. Điều 29. Trách nhiệm\nChữ.\nĐiều 30. B\n\
         2. Bãi bỏ một số nội dung sau tại\nĐiều 7: chữ.\nĐiều 31. C",
    );
    assert_eq!(
        ids(&reading, Level::Article),
        ["dieu_28", "dieu_29", "dieu_30", "dieu_31"]
    );
    let clause = &reading.text.blocks[reading
        .text
        .find(&"dieu_30.khoan_2".parse().unwrap())
        .unwrap()];
    assert_eq!(clause.text, "Bãi bỏ một số nội dung sau tại Điều 7: chữ.");
}

#[test]
fn a_number_that_comes_twice_without_a_reason_is_doubtful() {
    let reading = parse("Điều 1. A\nChữ.\nĐiều 2. B\nChữ.\nĐiều 2. C\nChữ.\nĐiều 3. D\nChữ.");
    assert_eq!(
        ids(&reading, Level::Article),
        ["dieu_1", "dieu_2", "dieu_2_2?", "dieu_3"]
    );
    assert_eq!(reading.doubts.len(), 2);
}

#[test]
fn a_decision_may_hold_an_outline_inside_an_article() {
    let reading = parse(
        "Điều 1. Phê duyệt Đề án với các nội dung sau:\nI. MỤC TIÊU\n1. Chung\n- Một.\nII. NHIỆM VỤ\n\
         1. Riêng\n1.1. Nhỏ\nĐiều 2. Hiệu lực",
    );
    assert_eq!(reading.grammar, Grammar::Normative);
    assert_eq!(
        ids(&reading, Level::Item),
        [
            "dieu_1.phan_1",
            "dieu_1.phan_1.muc_1",
            "dieu_1.phan_1.muc_1.gach_1",
            "dieu_1.phan_2",
            "dieu_1.phan_2.muc_1",
            "dieu_1.phan_2.muc_1_1"
        ]
    );
}

#[test]
fn articles_that_a_source_cut_get_their_chapters_from_the_text_before_them() {
    let row = |id, title, text| ArticleRow {
        id,
        title,
        text,
        chapter: None,
        extra: Map::new(),
    };
    let reading = from_articles(
        "CHÍNH PHỦ\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 1/2020/NĐ-CP\nNGHỊ ĐỊNH\nVề phí\nChương I\nCHUNG",
        &[
            row("1", "Phạm vi", "1. Một.\n\nChương II\n\nRIÊNG"),
            row("2", "", "Chữ."),
        ],
    );
    let shape: Vec<(Level, &str)> = reading
        .text
        .blocks
        .iter()
        .filter(|block| block.is_container())
        .map(|block| (block.level, block.heading.as_str()))
        .collect();
    assert_eq!(
        shape,
        [
            (Level::Chapter, "CHUNG"),
            (Level::Article, "Phạm vi"),
            (Level::Clause, ""),
            (Level::Chapter, "RIÊNG"),
            (Level::Article, "")
        ]
    );
    assert_eq!(reading.fields.value(FieldName::Issuer), Some("Chính phủ"));
}

#[test]
fn chapters_that_a_source_names_are_shown_only_where_they_are_the_acts_own() {
    let row = |id, chapter| ArticleRow {
        id,
        title: "A",
        text: "Chữ.",
        chapter: Some(chapter),
        extra: Map::new(),
    };
    let own = from_articles(
        "",
        &[
            row("1", "Chương I — CHUNG"),
            row("2", "Chương II — RIÊNG — Mục 1 — NHỎ"),
        ],
    );
    assert_eq!(own.text.path_label(5), "Chương II. RIÊNG › Mục 1. NHỎ");
    let filed = from_articles(
        "",
        &[row("2", "Chương I — CHUNG"), row("1", "Chương III — RIÊNG")],
    );
    assert_eq!(
        ids(&filed, Level::Article),
        ["dieu_1", "dieu_2"],
        "in order"
    );
    assert_eq!(filed.text.blocks[0].extra["chapter"], "Chương III — RIÊNG");
}

#[test]
fn tables_and_pages_are_kept() {
    let reading = read(&[
        Piece::Line {
            text: "Điều 1. Mức phí".into(),
            page: Some(3),
            hint: None,
            lang: None,
        },
        Piece::Table {
            rows: vec![
                vec!["TT".into(), "Mức".into()],
                vec!["1".into(), "5.000".into()],
            ],
            page: Some(4),
        },
    ]);
    assert_eq!(reading.text.blocks[0].page, Some(3));
    assert_eq!(reading.text.blocks[1].rows[1], ["1", "5.000"]);
    assert_eq!(reading.text.blocks[1].page, Some(4));
    assert_eq!(reading.text.subtree(0), 0..2);
}

#[test]
fn hostile_input_is_read_in_linear_time_and_without_panic() {
    let long = "Điều 1. ".repeat(20_000);
    assert!(!parse(&long).text.blocks.is_empty());
    let many: String = (0..20_000)
        .map(|i| format!("Điều {}. “\n{i}. a) “\n", i % 7))
        .collect();
    assert!(!parse(&many).text.blocks.is_empty());
    for odd in [
        "",
        "\u{0}",
        "“",
        "Điều",
        "Điều 99999999999.",
        "1.",
        "a)",
        "-",
        "Số:",
        "I.",
        "Mục",
        "\t\t",
    ] {
        parse(odd);
        from_articles(
            odd,
            &[ArticleRow {
                id: odd,
                title: odd,
                text: odd,
                chapter: Some(odd),
                extra: Map::new(),
            }],
        );
    }
}

#[test]
fn a_block_keeps_the_language_of_its_lines_and_joins_no_other() {
    let said = |text: &str, lang: Option<&str>| Piece::Line {
        text: text.into(),
        page: None,
        hint: None,
        lang: lang.map(String::from),
    };
    let reading = read(&[
        said("Lời làng", None),
        said(
            "1. Một câu tiếng Việt nói trước câu của làng về việc hòa giải",
            None,
        ),
        said("kon pơlei hơdai băt ƀơm", Some("bdq")),
    ]);
    let langs: Vec<Option<&str>> = reading
        .text
        .blocks
        .iter()
        .map(|block| block.extra.get("lang").and_then(|lang| lang.as_str()))
        .collect();
    assert_eq!(langs, [None, None, Some("bdq")]);
}
