//! Tables as they come: read, merged, refused.

use super::*;
use crate::understanding::understand;
use serde_json::json;

fn value(name: TableName) -> Value {
    serde_json::from_str(name.builtin()).unwrap()
}

#[test]
fn the_tables_in_the_crate_are_sound_and_small() {
    let mut bytes = 0;
    for name in TableName::ALL {
        assert_eq!(name.faults(&value(name)), [], "{name:?}");
        bytes += merged(name, None).unwrap().len();
    }
    assert!(bytes < 100_000, "{bytes} bytes");
    assert!(Tables::builtin().words.iter().count() >= 150);
}

#[test]
fn a_publishers_file_adds_replaces_and_takes_out() {
    let own = r#"{"words":{"SỔ ĐỎ":"giấy chứng nhận","Nhà Rông":"nhà sinh hoạt cộng đồng","ly dị":null}}"#;
    let table: Value = serde_json::from_str(&merged(TableName::Words, Some(own)).unwrap()).unwrap();
    assert_eq!(
        table["words"]["sổ đỏ"], "giấy chứng nhận",
        "in its own spelling"
    );
    assert_eq!(table["words"]["Nhà Rông"], "nhà sinh hoạt cộng đồng");
    assert!(table["words"].get("ly dị").is_none());
    assert_eq!(
        table["words"]["đi tù"], "phạt tù",
        "what is not named stays"
    );
    let again = merged(TableName::Words, Some(own)).unwrap();
    assert_eq!(
        again,
        merged(TableName::Words, Some(own)).unwrap(),
        "byte for byte"
    );
}

#[test]
fn a_deep_entry_can_be_changed_alone() {
    let own = r#"{"districts":{"Tỉnh Gia Lai":{"Huyện Chư Prông":{"Xã Mới":"Xã Bàu Cạn"}}}}"#;
    let table: Value = serde_json::from_str(&merged(TableName::Units, Some(own)).unwrap()).unwrap();
    let district = &table["districts"]["Tỉnh Gia Lai"]["Huyện Chư Prông"];
    assert_eq!(district["Xã Mới"], "Xã Bàu Cạn");
    assert!(district.as_object().unwrap().len() > 10);
}

#[test]
fn a_bad_entry_is_named_with_what_to_do() {
    let long = "x".repeat(2000);
    for (name, own, said) in [
        (
            TableName::Words,
            r#"{"words":{"sổ đỏ":7}}"#.to_string(),
            "words › sổ đỏ: a meaning must",
        ),
        (
            TableName::Words,
            r#"{"words":{"…":"giấy"}}"#.to_string(),
            "words › …: needs 1 to 12 words",
        ),
        (
            TableName::Words,
            r#"{"words":{"a":[]}}"#.to_string(),
            "words › a: needs 1 to 12 meanings",
        ),
        (
            TableName::Words,
            r#"{"products":{"tờ bướm":"Tờ bay"}}"#.to_string(),
            "products › tờ bướm: Tờ bay is no product; they are Đề cương, Sách",
        ),
        (
            TableName::Words,
            format!(r#"{{"words":{{"a":"{long}"}}}}"#),
            "400 characters",
        ),
        (
            TableName::Words,
            r#"{"tu":{"a":"b"}}"#.to_string(),
            "tu: is no part of this table",
        ),
        (TableName::Words, r#"["a"]"#.to_string(), "one object"),
        (
            TableName::Words,
            r#"{"words":["a"]}"#.to_string(),
            "words: must be an object",
        ),
        (
            TableName::Words,
            r#"{"words":{"a":"b"},}"#.to_string(),
            "line 1 column 20",
        ),
        (
            TableName::Words,
            r#"{"format":2}"#.to_string(),
            "format: must be 1",
        ),
        (
            TableName::Abbreviations,
            r#"{"words":{"gd":["gia đình","giám đốc"]}}"#.to_string(),
            "one thing only",
        ),
        (
            TableName::Units,
            r#"{"since":"1/7/2025"}"#.to_string(),
            "2025-07-01",
        ),
        (
            TableName::Units,
            r#"{"authorities":{"Phòng X":{"typed":["phòng x"]}}}"#.to_string(),
            "authorities › Phòng X",
        ),
    ] {
        let error = merged(name, Some(&own)).unwrap_err().to_string();
        assert!(error.contains(said), "{own:.60}: {error}");
    }
    let huge = format!(r#"{{"words":{{"a":"{}"}}}}"#, "x".repeat(MAX_TABLE));
    assert!(matches!(
        merged(TableName::Words, Some(&huge)),
        Err(TableError::TooLarge(_))
    ));
}

#[test]
fn a_reader_takes_what_can_be_read_and_nothing_of_a_newer_form() {
    let read = |words: Value| {
        Tables::read(|name| (name == TableName::Words).then(|| words.to_string().into_bytes()))
    };
    let says = |tables: &Tables, text: &str| {
        let understood = understand(text, tables, None);
        understood
            .parts
            .into_iter()
            .map(|part| part.says)
            .collect::<Vec<_>>()
    };
    let half =
        read(json!({"format": 1, "news": 3, "words": {"sổ đỏ": "bìa", "bìa đỏ": 7, "": "x"}}));
    assert_eq!(says(&half, "sổ đỏ"), ["bìa"]);
    assert!(
        says(&half, "bìa đỏ").is_empty() && says(&half, "ly dị").is_empty(),
        "in place of ours"
    );
    let newer = read(json!({"format": 2, "words": {"sổ đỏ": "bìa"}}));
    assert_eq!(says(&newer, "sổ đỏ"), ["giấy chứng nhận quyền sử dụng đất"]);
    for broken in [
        "",
        "{",
        "null",
        "[]",
        "\u{0}",
        "{\"words\":{\"a\":{\"b\":[[[]]]}}}",
    ] {
        let tables = Tables::read(|_| Some(broken.as_bytes().to_vec()));
        understand("nd 100 huyện Chư Prông sổ đỏ", &tables, None);
    }
}

#[test]
fn hostile_tables_are_bounded() {
    let mut words = Map::new();
    for n in 0..MAX_ENTRIES + 5_000 {
        words.insert(format!("a{n}"), json!("b"));
    }
    for n in 0..500 {
        // All fold to one phrase.
        words.insert(
            format!("sô{}đo", " ".repeat(n % 80 + 1)),
            json!(vec!["x"; 12]),
        );
    }
    let table = json!({ "words": words, "accents_only": words, "acts": words, "issuers": words });
    let bytes = table.to_string().into_bytes();
    let tables = Tables::read(|_| Some(bytes.clone()));
    let question = "a1 a2 so do ".repeat(2000);
    let understood = understand(&question, &tables, None);
    assert!(understood.parts.len() <= 24);
    let nested = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    Tables::read(|_| Some(nested.clone().into_bytes()));
    let depth = format!("{}1{}", "{\"districts\":".repeat(100), "}".repeat(100));
    Tables::read(|_| Some(depth.clone().into_bytes()));
}
