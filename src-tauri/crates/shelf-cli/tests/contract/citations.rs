//! Citations that several documents share, or that name what is nowhere.

use crate::shelf::{Shelf, act};
use serde_json::{Value, json};

fn issued(mut act: Value, kind: &str, issuer: &str, issued: &str, effective: &str) -> Value {
    act["type"] = json!(kind);
    act["issuer"] = json!(issuer);
    act["date"] = json!(issued);
    act["effective"] = json!(effective);
    act
}

fn shelf() -> Shelf {
    let article = |text| [("1", "Phạm vi điều chỉnh", text)];
    let two = [
        ("1", "Phạm vi", "Luật này quy định."),
        ("2", "Nghĩa vụ", "1. Một.\n2. Hai."),
    ];
    let mut dead = issued(
        act("l3", "5/2023/QH15", "Luật Thử nghiệm", &two),
        "Luật",
        "Quốc hội",
        "2023-05-01",
        "2024-01-01",
    );
    dead["status"] = json!("Hết hiệu lực toàn bộ");
    Shelf::with(&[
        issued(
            act("q1", "15/2021/QĐ-UBND", "Tách thửa", &article("Thửa đất.")),
            "Quyết định",
            "UBND tỉnh Gia Lai",
            "2021-03-01",
            "2021-04-01",
        ),
        issued(
            act("q2", "15/2021/QĐ-UBND", "Quản lý chợ", &article("Chợ.")),
            "Quyết định",
            "UBND tỉnh Bình Định",
            "2021-06-01",
            "2021-07-01",
        ),
        issued(
            act("n1", "88/2019/NĐ-CP", "Về kiểm thử", &two),
            "Nghị định",
            "Chính phủ",
            "2019-11-14",
            "2020-01-01",
        ),
        issued(
            act("l1", "7/2012/QH13", "Luật Thử nghiệm", &two),
            "Luật",
            "Quốc hội",
            "2012-05-01",
            "2013-01-01",
        ),
        dead,
    ])
}

fn first(shelf: &Shelf, query: &str) -> (String, String) {
    let answer = shelf.search(query);
    let hit = &answer["hits"][0];
    let text = |value: &Value| value.as_str().unwrap_or_default().to_string();
    (
        text(&hit["document"]["source_key"]),
        text(&hit["provision"]["id"]),
    )
}

#[test]
fn one_number_of_two_issuers_is_a_choice_newest_first() {
    let shelf = shelf();
    let answer = shelf.search("qd 15 2021 dieu 1");
    assert_eq!(answer["hits"][0]["document"]["source_key"], "q2");
    let citation = &answer["citation"];
    assert!(citation.get("missing").is_none());
    let choices = citation["choices"].as_array().unwrap();
    let issuers: Vec<_> = choices.iter().map(|choice| &choice["issuer"]).collect();
    assert_eq!(issuers, ["UBND tỉnh Bình Định", "UBND tỉnh Gia Lai"]);
    assert_eq!(choices[1]["issued"], "2021-03-01");
    assert_eq!(choices[1]["validity"]["state"], "in_force");
    assert_eq!(choices[1]["provision"], "dieu_1");
    assert_eq!(citation["document"], choices[0]["id"]);
    let named = "quyết định 15/2021 của UBND tỉnh Gia Lai điều 1";
    assert_eq!(first(&shelf, named).0, "q1");
    assert!(shelf.search(named).get("citation").is_none());
}

#[test]
fn of_laws_of_one_name_the_one_in_force_stands_first_and_a_year_says_which() {
    let shelf = shelf();
    let place = |key: &str| (key.to_string(), "dieu_2.khoan_2".to_string());
    assert_eq!(first(&shelf, "k2 đ2 luật thử nghiệm"), place("l1"));
    let choices = shelf.search("k2 đ2 luật thử nghiệm")["citation"]["choices"].clone();
    assert_eq!(choices.as_array().map(Vec::len), Some(2));
    for (year, key) in [
        ("2023", "l3"),
        ("2024", "l3"),
        ("2012", "l1"),
        ("2013", "l1"),
    ] {
        let query = format!("khoản 2 điều 2 luật thử nghiệm {year}");
        assert_eq!(first(&shelf, &query), place(key), "{query}");
    }
    for asked in [
        "luat tn d2 k2 2023",
        "khoản 2 điều 2 luật thử nghiệm 2023 quy định gì",
    ] {
        assert_eq!(first(&shelf, asked), place("l3"), "{asked}");
    }
}

#[test]
fn a_year_of_effect_is_understood_and_a_whole_number_is_taken_at_its_word() {
    let shelf = shelf();
    for query in [
        "nghị định 88 năm 2020 điều 2",
        "nd 88/2020 d2",
        "nd 88 năm 2019 điều 2",
    ] {
        assert_eq!(
            first(&shelf, query),
            ("n1".into(), "dieu_2".into()),
            "{query}"
        );
    }
    let answer = shelf.search("88/2020/NĐ-CP điều 2");
    assert_ne!(answer["hits"][0]["score"], 0.0, "there is no such number");
}

#[test]
fn what_is_nowhere_does_not_pretend() {
    let shelf = shelf();
    for query in [
        "nd 89 dieu 2",
        "điều 2 luật thử nghiệm hạt nhân",
        "luật thử nghiệm 1999 điều 2",
        "năm 2021",
    ] {
        let answer = shelf.search(query);
        assert_ne!(answer["hits"][0]["score"], 0.0, "{query}");
        assert!(answer.get("citation").is_none(), "{query}");
    }
    for (query, missing) in [
        ("điều 99 nd 88/2019", "Điều 99"),
        (
            "điểm a khoản 2 Điều 2 88/2019/NĐ-CP",
            "điểm a khoản 2 Điều 2",
        ),
        ("luật thử nghiệm 2012 điều 99", "Điều 99"),
    ] {
        let answer = shelf.search(query);
        assert_eq!(answer["citation"]["missing"], missing, "{query}");
        assert_ne!(answer["hits"][0]["score"], 0.0, "{query}");
    }
}
