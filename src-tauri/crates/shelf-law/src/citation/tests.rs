//! What people type, and what it must be read as.

use super::*;
use crate::DocumentNumber;
use crate::kind::DocumentKind;
use crate::scramble::texts;
use unicode_normalization::UnicodeNormalization;

mod ways;

/// A citation as one line: `act | ids`.
fn read(query: &str) -> String {
    let Some(found) = parse_query(query) else {
        return "none".to_string();
    };
    let year = |year: Option<u16>| year.map_or(String::new(), |y| format!(" {y}"));
    let act = match &found.act {
        None => "-".to_string(),
        Some(ActMention::Number(n)) => format!(
            "{}{}{}{}",
            n.kind
                .map_or(String::new(), |k| format!("{} ", k.vietnamese())),
            n.sequence,
            year(n.year),
            n.code.as_ref().map_or(String::new(), |c| format!(" {c}"))
        ),
        Some(ActMention::Name(n)) => format!("{}{}", n.title(), year(n.year)),
        Some(ActMention::Abbreviation(a)) => format!("{}{}", a.title, year(a.year)),
    };
    match found.provision_id() {
        Some(id) => format!("{act} | {id}"),
        None => act,
    }
}

#[track_caller]
fn reads(cases: &[(&str, &str)]) {
    for (query, meaning) in cases {
        assert_eq!(&read(query), meaning, "{query}");
        let decomposed: String = query.nfd().collect();
        assert_eq!(&read(&decomposed), meaning, "decomposed: {query}");
    }
}

#[test]
fn what_people_type_for_a_document() {
    reads(&[
        ("nd 100", "Nghị định 100"),
        ("NĐ100", "Nghị định 100"),
        ("nghị định 100/2019", "Nghị định 100 2019"),
        ("nghị định số 100 năm 2019", "Nghị định 100 2019"),
        ("nđ-cp 100", "Nghị định 100 nd-cp"),
        ("qd 14 2019 ttg", "Quyết định 14 2019 qd-ttg"),
        ("qd ttg 14/2019", "Quyết định 14 2019 qd-ttg"),
        ("471/QĐ-TTg", "Quyết định 471 qd-ttg"),
        ("471 qd ttg", "Quyết định 471 qd-ttg"),
        ("số 471/qđ-ttg", "Quyết định 471 qd-ttg"),
        ("tt btc 80/2021", "Thông tư 80 2021 tt-btc"),
        ("1236/KH-UBND", "Kế hoạch 1236 kh-ubnd"),
        ("kế hoạch số 1236", "Kế hoạch 1236"),
        ("luật đất đai", "luat dat dai"),
        ("Bộ luật Lao động số 45/2019/QH14", "45 2019 qh14"),
        ("luật số 31/2024/QH15", "Luật 31 2024 qh15"),
        ("8-CP", "8 cp"),
        ("50-QĐ/TW", "50 qd-tw"),
        ("7079VBHN-BVHTTDL", "Văn bản hợp nhất 7079 vbhn-bvhttdl"),
        ("5512/BGDĐT-GDTrH", "5512 bgddt-gdtrh"),
        ("66.9/2025/NQ-CP", "Nghị quyết 66.9 2025 nq-cp"),
        ("hiến pháp 2013", "hien phap 2013"),
        ("TCVN 7722:2009", "Tiêu chuẩn quốc gia 7722 2009"),
        ("100/2019", "100 2019"),
        ("100/2019 phạt nồng độ cồn xe máy", "100 2019"),
        ("quyết định 500/QĐ-TTg 2023", "Quyết định 500 2023 qd-ttg"),
        (
            "01/2006/TTLT-BGD&ĐT-BNV",
            "Thông tư liên tịch 1 2006 ttlt-bgddt-bnv",
        ),
        ("88 2014 qh13", "88 2014 qh13"),
        ("85 qd qld", "Quyết định 85 qd-qld"),
        ("2143/syt-nvy", "2143 syt-nvy"),
        ("82-TC/TCT", "82 tc-tct"),
        ("blhs", "Bộ luật Hình sự"),
        ("LĐĐ 2013", "Luật Đất đai 2013"),
        ("luật đất đai 2024 (sửa đổi)", "luat dat dai 2024"),
        ("luật hngđ năm 2014", "Luật Hôn nhân và gia đình 2014"),
        ("luật hôn nhân và gia đình", "luat hon nhan va gia dinh"),
    ]);
}

#[test]
fn the_day_of_issue_is_read_with_the_number() {
    for query in [
        "quyết định 1236 ngày 05/6/2019",
        "kế hoạch 1236/KH-UBND ngày 5 tháng 6 năm 2019",
    ] {
        let found = parse_query(query).unwrap();
        let Some(ActMention::Number(mention)) = found.act else {
            panic!("{query}");
        };
        assert_eq!(mention.issued, "2019-06-05".parse().ok(), "{query}");
        assert!(found.is_whole, "{query}");
    }
}

#[test]
fn what_people_type_for_a_provision() {
    reads(&[
        ("blhs điều 173", "Bộ luật Hình sự | dieu_173"),
        ("điểm đ khoản 1 điều 62", "- | dieu_62.khoan_1.diem_dd"),
        ("k2 d8 nd100", "Nghị định 100 | dieu_8.khoan_2"),
        ("đ8 k2 nđ 100/2019", "Nghị định 100 2019 | dieu_8.khoan_2"),
        (
            "điều 117 bộ luật dân sự 2015",
            "bo luat dan su 2015 | dieu_117",
        ),
        (
            "điều 117 luật đầu tư công 2019",
            "luat dau tu cong 2019 | dieu_117",
        ),
        ("dieu 62 luat dat dai 2024", "luat dat dai 2024 | dieu_62"),
        (
            "điều 8 khoản 2 nghị định 82/2020/NĐ-CP",
            "Nghị định 82 2020 nd-cp | dieu_8.khoan_2",
        ),
        ("nd 100 dieu 6", "Nghị định 100 | dieu_6"),
        (
            "điểm a khoản 1 Điều 58 Nghị định số 82/2020/NĐ-CP",
            "Nghị định 82 2020 nd-cp | dieu_58.khoan_1.diem_a",
        ),
        (
            "Nghị định 82/2020/NĐ-CP, Điều 58, khoản 1, điểm a",
            "Nghị định 82 2020 nd-cp | dieu_58.khoan_1.diem_a",
        ),
        (
            "quy định tại khoản 3 Điều 2 Luật An ninh mạng",
            "luat an ninh mang | dieu_2.khoan_3",
        ),
        ("Đ.8 K.2 NĐ100", "Nghị định 100 | dieu_8.khoan_2"),
        (
            "bộ luật hình sự 2015 sửa đổi, bổ sung năm 2017 điều 173",
            "bo luat hinh su 2015 | dieu_173",
        ),
        ("điều 12a luật thuế", "luat thue | dieu_12a"),
        ("Điều 12Đ Luật Thuế", "luat thue | dieu_12dd"),
        ("khoản 2a điều 05 nđ 10", "Nghị định 10 | dieu_5.khoan_2a"),
        (
            "điểm b1 k3 đ7 tt 8/2020",
            "Thông tư 8 2020 | dieu_7.khoan_3.diem_b1",
        ),
        ("d12a k1 nd5", "Nghị định 5 | dieu_12a.khoan_1"),
        ("k1d5 nd 34", "Nghị định 34 | dieu_5.khoan_1"),
        ("điểm a điều 5 nđ 10", "Nghị định 10 | dieu_5.diem_a"),
        (
            "khoản 1, 2 và 3 Điều 9 Luật Cư trú",
            "luat cu tru | dieu_9.khoan_1",
        ),
        (
            "điểm a, b và c khoản 1 Điều 9 Luật Cư trú",
            "luat cu tru | dieu_9.khoan_1.diem_a",
        ),
        (
            "mục 2.4 phần III 1236/KH-UBND",
            "Kế hoạch 1236 kh-ubnd | phan_3.muc_2_4",
        ),
        (
            "phụ lục II nghị định 15/2021",
            "Nghị định 15 2021 | phuluc_2",
        ),
    ]);
}

#[test]
fn the_letter_of_a_point_is_kept_as_typed() {
    reads(&[
        ("điểm d khoản 1 điều 62", "- | dieu_62.khoan_1.diem_d"),
        ("điểm đ khoản 1 điều 62", "- | dieu_62.khoan_1.diem_dd"),
        ("ĐIỂM Đ KHOẢN 1 ĐIỀU 62", "- | dieu_62.khoan_1.diem_dd"),
        ("diem dd khoan 1 dieu 62", "- | dieu_62.khoan_1.diem_dd"),
    ]);
    let candidates = |query: &str| -> Vec<String> {
        let found = parse_query(query).unwrap();
        found
            .provision_candidates()
            .iter()
            .map(|id| id.to_string())
            .collect()
    };
    assert_eq!(
        candidates("điểm d khoản 1 điều 62"),
        ["dieu_62.khoan_1.diem_d", "dieu_62.khoan_1", "dieu_62"]
    );
    assert_eq!(
        candidates("diem d khoan 1 dieu 62"),
        [
            "dieu_62.khoan_1.diem_d",
            "dieu_62.khoan_1.diem_dd",
            "dieu_62.khoan_1",
            "dieu_62"
        ],
        "without any accents the letter may be either"
    );
}

#[test]
fn a_lone_d_is_a_point_before_a_letter_and_an_article_before_a_number() {
    reads(&[
        ("d a k1 d5 nd 10", "Nghị định 10 | dieu_5.khoan_1.diem_a"),
        ("đ đ k 1 đ 5 nđ 10", "Nghị định 10 | dieu_5.khoan_1.diem_dd"),
        ("d d k1 d5 nd 10", "Nghị định 10 | dieu_5.khoan_1.diem_d"),
        ("đ 5 blhs", "Bộ luật Hình sự | dieu_5"),
    ]);
}

#[test]
fn digits_of_a_code_leading_zeros_and_look_alikes_do_no_harm() {
    reads(&[
        ("45/2019/QH14", "45 2019 qh14"),
        ("luat 45 2019 qh14", "Luật 45 2019 qh14"),
        ("nghị quyết 63/2022/QH15", "Nghị quyết 63 2022 qh15"),
        ("nd 0100", "Nghị định 100"),
        (
            "01/1999/TTLT-BTP-BCA",
            "Thông tư liên tịch 1 1999 ttlt-btp-bca",
        ),
        ("152/2025/TT-BTС", "Thông tư 152 2025 tt-btc"),
        ("07/2025/NĐ-СР", "Nghị định 7 2025 nd-cp"),
        ("8376 /VBHN-BTP", "Văn bản hợp nhất 8376 vbhn-btp"),
        ("82/2020/NĐ – CP", "Nghị định 82 2020 nd-cp"),
    ]);
}

#[test]
fn a_year_a_date_or_a_count_is_no_citation() {
    for query in [
        "năm 2022",
        "2022",
        "lương tối thiểu năm 2022",
        "từ ngày 01/7/2023",
        "áp dụng từ tháng 7/2023 như thế nào",
        "nghỉ lễ 2/9",
        "thương binh hạng 3/4",
        "01 lần/tháng",
        "tài khoản 515 doanh thu",
        "bằng lái hạng D 2023",
        "mẫu D02-LT",
        "chỉ thị 3 ngày",
        "kế hoạch 5 năm gồm những gì",
        "luật đất đai quy định thế nào về tách thửa",
        "luật sư có được từ chối không",
        "theo pháp luật hiện hành",
        "điều kiện tách thửa",
        "khoản tiền 500 triệu",
        "các điểm mới",
        "theo BLHS thì trộm cắp bị xử lý sao",
        "nghị định mới nhất",
        "covid-19",
        "giai đoạn 1990-2000",
        "điều chỉnh năm học 2023/2024 thế nào",
        "đóng góp 1 / 2024",
        "d8",
        "tai khoan 515 la gi",
        "6 tháng/lần",
        "3 ct thuế nào",
        "",
        "?",
    ] {
        assert_eq!(read(query), "none", "{query}");
    }
}

#[test]
fn a_question_with_a_number_or_an_article_holds_a_citation() {
    let query = "Hồ sơ kiểm dịch tại Thông tư 26/2016/TT-BNNPTNT gồm gì?";
    let found = parse_query(query).unwrap();
    assert!(!found.is_whole);
    assert_eq!(&query[found.span.clone()], "Thông tư 26/2016/TT-BNNPTNT");

    let query = "Theo Điều 62 Luật Đất đai thì ai được bồi thường?";
    let found = parse_query(query).unwrap();
    assert_eq!(&query[found.span.clone()], "Điều 62 Luật Đất đai");
    assert_eq!(read(query), "luat dat dai | dieu_62");

    let query = "theo Thông tư 133 và Thông tư 200 khác gì nhau?";
    let found = parse_query(query).unwrap();
    assert_eq!(&query[found.span], "Thông tư 133");

    assert_eq!(
        read("Thông tư 23/2023/TT-BTC không thay thế Thông tư 45/2013/TT-BTC"),
        "Thông tư 23 2023 tt-btc",
        "the first of two"
    );
}

#[test]
fn a_query_of_nothing_else_is_whole() {
    for query in [
        "luật đất đai",
        "xem nội dung điều 5 của blds",
        "471/QĐ-TTg",
        "nd 100 dieu 6",
    ] {
        assert!(parse_query(query).unwrap().is_whole, "{query}");
    }
    assert!(!parse_query("điều 5 blds tách thửa").unwrap().is_whole);
}

#[test]
fn a_name_offers_its_beginnings_longest_first() {
    let found = parse_query("luật đất đai tách thửa").unwrap();
    let Some(ActMention::Name(name)) = found.act else {
        panic!("a name");
    };
    assert_eq!(name.kind, DocumentKind::Law);
    let titles: Vec<_> = name.titles().collect();
    assert_eq!(titles[0], (5, "luat dat dai tach thua".to_string()));
    assert_eq!(titles.last(), Some(&(2, "luat dat".to_string())));
}

#[test]
fn a_mention_matches_the_numbers_it_can_mean() {
    let matches = |query: &str, number: &str| {
        let Some(ActMention::Number(mention)) = parse_query(query).unwrap().act else {
            panic!("{query}");
        };
        mention.matches(&DocumentNumber::parse(number).unwrap())
    };
    assert!(matches("nd 100", "100/2019/NĐ-CP"));
    assert!(!matches("nd 100", "100/2019/TT-BTC"), "another kind");
    assert!(!matches("nd 100/2020", "100/2019/NĐ-CP"), "another year");
    assert!(matches("qd 14 2019 ttg", "14/2019/QĐ-TTg"));
    assert!(!matches("qd 14 2019 ttg", "14/2019/QĐ-UBND"));
    assert!(
        matches("nghị định 8", "8-CP"),
        "its code does not show the kind"
    );
    assert!(matches("45/2019/qh14", "45/2019/QH14"));
    assert!(!matches("45/2019/qh14", "45/2019/QH1"));
    let Some(ActMention::Number(full)) = parse_query("152/2025/TT-BTС").unwrap().act else {
        panic!("a number");
    };
    assert_eq!(full.key().as_deref(), Some("152/2025/tt-btc"));
}

#[test]
fn no_text_breaks_the_reader_and_spans_are_inside_it() {
    let mut found_some = 0;
    for text in texts(4000) {
        if let Some(found) = parse_query(&text) {
            assert!(text.get(found.span.clone()).is_some(), "{text:?}");
            assert!(!found.span.is_empty());
            found_some += 1;
        }
    }
    assert!(found_some > 100, "{found_some}");
    assert!(parse_query(&"điều 5 luật ".repeat(100_000)).is_some());
}

#[test]
fn a_place_in_what_was_issued_with_an_act_is_told_from_one_in_the_act() {
    let text = "điểm đ khoản 1 Điều 12 Quy chế quản lý tủ sách ban hành kèm theo Quyết định số 9001/2026/QĐ-UBND";
    let citation = parse_query(text).unwrap();
    assert!(citation.in_attachment);
    assert_eq!(
        citation.provision_id().unwrap().as_str(),
        "dieu_12.khoan_1.diem_dd"
    );
    assert!(matches!(&citation.act, Some(ActMention::Number(number)) if number.sequence == "9001"));
    assert!(
        !parse_query("Điều 12 Quyết định số 9001/2026/QĐ-UBND")
            .unwrap()
            .in_attachment
    );
}

#[test]
fn a_place_alone_is_read_with_and_without_accents() {
    let id = |text: &str| parse_place(text).and_then(|path| path.id());
    for (text, expected) in [
        ("Điều 2", "dieu_2"),
        ("dieu 2", "dieu_2"),
        ("Điều 12a", "dieu_12a"),
        ("khoản 1 Điều 5", "dieu_5.khoan_1"),
        ("điểm đ khoản 1 Điều 12", "dieu_12.khoan_1.diem_dd"),
        ("k2 d8", "dieu_8.khoan_2"),
        ("mục 2.4 phần III", "phan_3.muc_2_4"),
        ("phụ lục II", "phuluc_2"),
    ] {
        assert_eq!(id(text).unwrap().as_str(), expected, "{text}");
    }
    assert_eq!(parse_place("nghĩa trang"), None);
}
