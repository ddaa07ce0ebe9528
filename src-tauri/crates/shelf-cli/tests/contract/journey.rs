//! What works, end to end.

use crate::shelf::{Shelf, act, two_acts};
use serde_json::{Value, json};

#[test]
fn an_export_becomes_an_answer_without_a_network() {
    let shelf = Shelf::new();
    let ingested = shelf.ingest(&two_acts());
    assert_eq!(ingested["documents"], 2);
    assert_eq!(
        shelf.ingest(&two_acts())["added"],
        0,
        "reading again changes nothing"
    );
    let published = shelf.publish();
    assert_eq!(published["documents"], 2);
    assert_eq!(published["changed"], true);
    let synced = shelf.sync();
    assert_eq!(synced["documents"], 2);
    assert_eq!(synced["failed"], json!([]));
    std::fs::remove_dir_all(shelf.repository()).unwrap();

    for query in ["không đội mũ bảo hiểm", "khong doi mu bao hiem"] {
        let hits = shelf.search(query)["hits"].clone();
        let first = &hits[0];
        assert_eq!(first["rank"], 1);
        assert_eq!(first["document"]["source_key"], "k2", "{query}");
        assert_eq!(first["provision"]["id"], "dieu_6");
        assert_eq!(first["provision"]["label"], "Điều 6");
        assert_eq!(first["document"]["validity"]["state"], "in_force");
        assert_eq!(first["document"]["validity"]["as_of"], "2026-04-07");
        let snippet: Vec<char> = first["snippet"].as_str().unwrap().chars().collect();
        let marks = first["marks"].as_array().unwrap();
        assert!(!marks.is_empty());
        for mark in marks {
            let (from, to) = (mark[0].as_u64().unwrap(), mark[1].as_u64().unwrap());
            assert!(
                from < to && to as usize <= snippet.len(),
                "marks stand inside the snippet"
            );
        }
    }
}

#[test]
fn provisions_are_listed_once_each_and_zero_hits_are_no_failure() {
    let shelf = Shelf::with(&two_acts());
    let answer = shelf.json(&[
        "search",
        "phạt tiền",
        "--provisions",
        "--home",
        &shelf.home(),
        "--json",
    ]);
    let ids: Vec<&Value> = answer["hits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|hit| &hit["provision"]["id"])
        .collect();
    assert!(
        ids.contains(&&json!("dieu_5")) && ids.contains(&&json!("dieu_6")),
        "{ids:?}"
    );
    assert_eq!(shelf.search("zzzzqqq")["hits"], json!([]));
    for odd in ["…?!", "\"(*", "đ"] {
        assert!(shelf.search(odd)["hits"].is_array(), "{odd:?} is answered");
    }
}

#[test]
fn a_file_of_queries_is_answered_in_order_and_a_bad_row_says_so() {
    let shelf = Shelf::with(&two_acts());
    let file = shelf.path("queries.jsonl");
    std::fs::write(
        &file,
        "{\"qid\":\"a\",\"q\":\"nghĩa trang\"}\nnot json\n{\"qid\":7}\n",
    )
    .unwrap();
    let output = shelf.run(&[
        "search",
        "--queries",
        &file,
        "--field",
        "q",
        "--home",
        &shelf.home(),
    ]);
    assert!(output.status.success());
    let rows: Vec<Value> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[0]["qid"], "a");
    assert_eq!(rows[0]["hits"][0]["document"]["source_key"], "k1");
    assert!(rows[0]["took_us"].is_u64());
    assert_eq!(rows[1]["hits"], json!([]));
    assert!(rows[1]["error"].is_string());
    assert_eq!(rows[2]["qid"], 7);
    assert!(rows[2]["error"].is_string());
}

#[test]
fn publishing_twice_changes_nothing_but_the_confirmation() {
    let shelf = Shelf::new();
    shelf.ingest(&two_acts());
    shelf.publish();
    let before = shelf.files("repository");
    let again = shelf.publish();
    assert_eq!(again["changed"], false);
    let after = shelf.files("repository");
    let names = |files: &[(std::path::PathBuf, Vec<u8>)]| -> Vec<String> {
        files
            .iter()
            .map(|(path, _)| path.display().to_string())
            .collect()
    };
    assert_eq!(names(&before), names(&after));
    let changed: Vec<_> = before
        .iter()
        .zip(&after)
        .filter(|(b, a)| b.1 != a.1)
        .map(|(b, _)| &b.0)
        .collect();
    assert_eq!(changed.len(), 1, "{changed:?}");
    assert!(changed[0].ends_with("tuf/timestamp.json"));
}

#[test]
fn changes_and_withdrawals_reach_a_reader_through_the_change_log() {
    let mut rows = two_acts();
    for n in 0..60 {
        let number = format!("{}/2023/NĐ-CP", n + 500);
        let text = format!("Nội dung thứ {n} về phòng cháy, chữa cháy rừng.");
        rows.push(act(
            &format!("x{n}"),
            &number,
            "Nghị định khác",
            &[("1", "Nội dung", &text)],
        ));
    }
    let shelf = Shelf::with(&rows);
    rows[0] = act(
        "k1",
        "12/2024/NĐ-CP",
        "Nghị định về quản lý nghĩa trang",
        &[("1", "Phạm vi điều chỉnh", "Quy định về hỏa táng văn minh.")],
    );
    shelf.ingest(&rows);
    shelf.json(&[
        "review",
        "--workspace",
        &shelf.workspace(),
        "--withdraw",
        "k2",
        "--reason",
        "đăng nhầm",
        "--json",
    ]);
    let published = shelf.publish();
    assert_eq!(
        (published["seq"].as_u64(), published["updated"].as_u64()),
        (Some(2), Some(1))
    );
    assert_eq!(published["withdrawn"], 1);

    let server = shelf.serve();
    let synced = shelf.json(&["sync", &server.url, "--home", &shelf.home(), "--json"]);
    assert_eq!(synced["seq"], 2);
    assert_eq!(synced["documents"], 61);
    assert_eq!(
        shelf.search("hỏa táng văn minh")["hits"][0]["document"]["source_key"],
        "k1"
    );
    let hits = shelf.search("nd 100 dieu 6")["hits"].clone();
    let found = hits
        .as_array()
        .unwrap()
        .iter()
        .any(|hit| hit["document"]["source_key"] == "k2");
    assert!(!found, "a withdrawn document is not found");
    assert_eq!(
        shelf.error(&["show", "k2", "--home", &shelf.home()]),
        "not_found"
    );
    let fresh = shelf.path("fresh");
    let whole = shelf.json(&[
        "sync",
        &server.url,
        "--home",
        &fresh,
        "--root",
        &shelf.root(),
        "--json",
    ]);
    assert_eq!(
        whole["documents"], 61,
        "a fresh reader comes to the same state"
    );
    assert_eq!(shelf.json(&["verify", &fresh, "--json"])["ok"], true);
}

#[test]
fn rows_are_never_merged_even_when_they_say_the_same() {
    let mut rows = two_acts();
    rows.push(rows[0].clone());
    rows.push(act(
        "k9",
        "12/2024/NĐ-CP",
        "Nghị định về quản lý nghĩa trang",
        &[("1", "Khác", "Khác hẳn.")],
    ));
    let shelf = Shelf::new();
    assert_eq!(shelf.ingest(&rows)["documents"], 4);
    shelf.publish();
    assert_eq!(shelf.sync()["documents"], 4);
    assert_eq!(
        shelf.error(&["show", "k1", "--home", &shelf.home()]),
        "ambiguous"
    );
}

#[test]
fn another_act_under_a_known_name_gets_a_place_of_its_own() {
    let shelf = Shelf::with(&two_acts());
    let other = act(
        "k1",
        "77/2025/NĐ-CP",
        "Nghị định về việc khác",
        &[("1", "Khác", "Việc khác hẳn.")],
    );
    let again = shelf.ingest(&[other]);
    assert_eq!(
        (again["added"].as_u64(), again["updated"].as_u64()),
        (Some(1), Some(0))
    );
    shelf.publish();
    shelf.sync();
    assert_eq!(
        shelf.show("12/2024/NĐ-CP")["document"]["source_key"]["value"],
        "k1"
    );
    assert_eq!(
        shelf.show("77/2025/NĐ-CP")["document"]["source_key"]["value"],
        "k1"
    );
}

#[test]
fn a_number_in_two_spellings_is_never_one_of_them_by_chance() {
    let rows = [
        act(
            "01/2024/NĐ-CP",
            "01/2024/NĐ-CP",
            "Nghị định thứ nhất",
            &[("1", "Một", "Một.")],
        ),
        act(
            "1/2024/NĐ-CP",
            "1/2024/NĐ-CP",
            "Nghị định thứ hai",
            &[("1", "Hai", "Hai.")],
        ),
    ];
    let shelf = Shelf::with(&rows);
    for name in ["01/2024/NĐ-CP", "1/2024/NĐ-CP", "001/2024/nd-cp"] {
        assert_eq!(
            shelf.error(&["show", name, "--home", &shelf.home()]),
            "ambiguous",
            "{name}"
        );
    }
}

#[test]
fn a_withheld_shelf_does_not_look_confirmed_today() {
    let shelf = Shelf::with(&two_acts());
    let before = shelf.show("k1")["shelf"]["confirmed_at"].clone();
    let mut rows = two_acts();
    rows[0]["title"] = "Tên mới".into();
    shelf.ingest(&rows);
    shelf.publish();
    // The carrier gives the new signatures and keeps everything else to itself.
    std::fs::remove_dir_all(shelf.path("repository/o")).unwrap();
    let code = shelf.error(&["sync", &shelf.repository(), "--home", &shelf.home()]);
    assert_eq!(code, "damaged");
    assert_eq!(shelf.show("k1")["shelf"]["confirmed_at"], before);
}

#[test]
fn a_damaged_repository_is_written_anew_by_its_publisher() {
    let shelf = Shelf::with(&two_acts());
    for (path, bytes) in shelf.files("repository/o") {
        let mut broken = bytes;
        broken[0] ^= 1;
        std::fs::write(&path, broken).unwrap();
    }
    let (workspace, repository) = (shelf.workspace(), shelf.repository());
    let args = [
        "publish",
        "--workspace",
        &workspace,
        "--to",
        &repository,
        "--rebuild",
        "--json",
    ];
    assert_eq!(shelf.json(&args)["documents"], 2);
    assert_eq!(shelf.json(&["verify", &repository, "--json"])["ok"], true);
}

#[test]
fn what_was_withdrawn_stays_so_when_its_file_is_read_again() {
    let shelf = Shelf::with(&two_acts());
    let workspace = shelf.workspace();
    let review = ["review", "--workspace", &workspace, "--json"];
    let withdraw = [&review[..], &["--withdraw", "k2", "--reason", "đăng nhầm"]].concat();
    shelf.json(&withdraw);
    let again = shelf.ingest(&two_acts());
    assert_eq!(again["warnings"].as_array().unwrap().len(), 1);
    shelf.publish();
    assert_eq!(shelf.sync()["documents"], 1);
    shelf.json(&[&review[..], &["--approve", "k2"]].concat());
    shelf.publish();
    assert_eq!(
        shelf.sync()["documents"],
        2,
        "a person's word brings it back"
    );
}

#[test]
fn own_tables_are_published_once_and_a_bad_one_stops_before_anything_is_written() {
    let shelf = Shelf::new();
    shelf.ingest(&two_acts());
    let folder = std::path::Path::new(&shelf.workspace()).join("data");
    std::fs::create_dir(&folder).unwrap();
    let file = folder.join("words.json");
    std::fs::write(&file, r#"{"words":{"nón cối":5}}"#).unwrap();
    let (workspace, repository) = (shelf.workspace(), shelf.repository());
    let publish = ["publish", "--workspace", &workspace, "--to", &repository];
    let last = shelf.last_line(&publish);
    assert!(
        last.starts_with("error[bad_input]: ") && last.contains("words › nón cối"),
        "{last}"
    );
    assert!(!std::path::Path::new(&repository).join("tuf").exists());
    std::fs::write(&file, r#"{"words":{"nón cối":"mũ bảo hiểm"}}"#).unwrap();
    assert_eq!(shelf.publish()["seq"], 1);
    let before = shelf.files("repository");
    assert_eq!(shelf.publish()["changed"], false);
    let after = shelf.files("repository");
    let changed = before
        .iter()
        .zip(&after)
        .filter(|(b, a)| b.1 != a.1)
        .count();
    assert_eq!(
        (before.len(), changed),
        (after.len(), 1),
        "the confirmation alone"
    );
    shelf.sync();
    let answer = shelf.search("nón cối");
    assert_eq!(answer["understood"]["parts"][0]["kind"], "lay_word");
    assert_eq!(answer["understood"]["parts"][0]["range"], json!([0, 7]));
    assert_eq!(
        answer["hits"][0]["provision"]["id"], "dieu_6",
        "by what it means"
    );
    let exactly = shelf.json(&[
        "search",
        "nón cối",
        "--exactly",
        "--home",
        &shelf.home(),
        "--json",
    ]);
    assert_eq!(exactly["understood"]["parts"], json!([]));
}
