//! Documents and provisions by what people call them.

use crate::shelf::{Shelf, two_acts};
use serde_json::{Value, json};

#[test]
fn a_citation_stands_first_at_the_deepest_provision_it_names() {
    let shelf = Shelf::with(&two_acts());
    for (query, key, provision) in [
        ("nd 100 dieu 6", "k2", "dieu_6"),
        ("Điều 5 Nghị định 100/2019/NĐ-CP", "k2", "dieu_5"),
        (
            "điểm đ khoản 2 Điều 2 nghị định 12/2024",
            "k1",
            "dieu_2.khoan_2.diem_dd",
        ),
        ("k1 d2 nd12", "k1", "dieu_2.khoan_1"),
    ] {
        let answer = shelf.search(query);
        let first = &answer["hits"][0];
        assert_eq!(first["document"]["source_key"], key, "{query}");
        assert_eq!(first["provision"]["id"], provision, "{query}");
    }
    let label = &shelf.search("điểm đ khoản 2 Điều 2 nđ 12/2024")["hits"][0]["provision"]["label"];
    assert_eq!(label, "điểm đ khoản 2 Điều 2");
    let nowhere = shelf.search("Điều 77 Nghị định 100/2019/NĐ-CP");
    assert_ne!(
        nowhere["hits"][0]["provision"]["id"], "dieu_77",
        "nothing pretends"
    );
}

#[test]
fn a_document_is_shown_by_id_key_or_number_and_by_provision() {
    let shelf = Shelf::with(&two_acts());
    let shown = shelf.show("k1");
    let id = shown["document"]["id"]["value"]
        .as_str()
        .unwrap()
        .to_string();
    assert_eq!(
        shown["document"]["number"],
        json!({"value": "12/2024/NĐ-CP", "raw": "12/2024/NĐ-CP"})
    );
    assert_eq!(shown["document"]["issued"]["value"], "2024-05-06");
    assert_eq!(
        shown["outline"][1]["children"][1]["children"][1]["label"],
        "điểm đ"
    );
    for name in [
        id.as_str(),
        "12/2024/NĐ-CP",
        "12/2024/nd-cp",
        "12 / 2024 / NĐ-CP",
    ] {
        assert_eq!(
            shelf.show(name)["document"]["source_key"]["value"],
            "k1",
            "{name}"
        );
    }
    let provision = shelf.show("k1#dieu_2.khoan_1");
    assert_eq!(provision["provision"]["label"], "khoản 1 Điều 2");
    assert_eq!(
        provision["text"],
        "1. Diện tích mỗi mộ hung táng không quá 5 m2."
    );
}

#[test]
fn a_document_is_shown_by_the_name_of_its_file_as_well() {
    let shelf = Shelf::new();
    std::fs::create_dir_all(shelf.path("files/sub")).unwrap();
    std::fs::write(
        shelf.path("files/sub/noi-quy.txt"),
        "NỘI QUY\nĐiều 1. Giờ mở cửa\nMở cửa từ 7 giờ.\n",
    )
    .unwrap();
    let (workspace, files) = (shelf.workspace(), shelf.path("files"));
    shelf.json(&[
        "ingest",
        &files,
        "--workspace",
        &workspace,
        "--approve",
        "--json",
    ]);
    shelf.publish();
    shelf.sync();
    let shown = shelf.show("noi-quy.txt#Điều 1");
    assert_eq!(shown["provision"]["id"], "dieu_1");
    let error = shelf.error(&["show", "noi-quy.pdf", "--home", &shelf.home()]);
    assert_eq!(error, "not_found");
}

#[test]
fn a_number_whose_place_is_nowhere_still_finds_the_act_and_no_provision() {
    let shelf = Shelf::with(&two_acts());
    let first = shelf.search("Điều 77 Nghị định 100/2019/NĐ-CP")["hits"][0].clone();
    assert_eq!(first["document"]["source_key"], "k2");
    assert_eq!(first["provision"], Value::Null);
}

#[test]
fn a_citation_without_its_place_is_told_and_one_with_it_is_not() {
    let shelf = Shelf::with(&two_acts());
    let answer = shelf.search("Điều 77 Nghị định 100/2019/NĐ-CP");
    assert_eq!(answer["citation"]["missing"], "Điều 77");
    assert_eq!(answer["citation"]["name"], "100/2019/NĐ-CP");
    assert_eq!(
        answer["citation"]["document"],
        answer["hits"][0]["document"]["id"]
    );
    let deeper = shelf.search("khoản 9 Điều 2 nđ 12/2024");
    assert_eq!(deeper["citation"]["missing"], "khoản 9 Điều 2");
    for found in ["nd 100 dieu 6", "100/2019/NĐ-CP", "nghĩa trang"] {
        assert!(shelf.search(found).get("citation").is_none(), "{found}");
    }
    let line = shelf.say(&["search", "nd 100 dieu 77", "--home", &shelf.home()]);
    assert!(
        line.starts_with("Không có Điều 77 trong 100/2019/NĐ-CP."),
        "{line}"
    );
}

#[test]
fn a_place_is_named_as_people_write_it_and_its_id_is_shown() {
    let shelf = Shelf::with(&two_acts());
    for (place, id) in [
        ("Điều 2", "dieu_2"),
        ("dieu 2", "dieu_2"),
        ("khoản 1 Điều 2", "dieu_2.khoan_1"),
        ("điểm đ khoản 2 Điều 2", "dieu_2.khoan_2.diem_dd"),
        ("dieu_2.khoan_2.diem_dd", "dieu_2.khoan_2.diem_dd"),
    ] {
        let shown = shelf.show(&format!("12/2024/NĐ-CP#{place}"));
        assert_eq!(shown["provision"]["id"], id, "{place}");
    }
    let home = shelf.home();
    assert!(
        shelf
            .say(&["show", "k1", "--home", &home])
            .contains("[#dieu_2]")
    );
    let outline = shelf.say(&["show", "k1", "--outline", "--home", &home]);
    assert!(
        outline.contains("điểm đ [#dieu_2.khoan_2.diem_dd]"),
        "{outline}"
    );
}
