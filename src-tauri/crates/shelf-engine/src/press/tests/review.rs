//! What a person sees of what waits, and how documents are named.

use super::*;
use shelf_law::ValidityState;

fn desk() -> Desk {
    let desk = Desk::new();
    desk.file("qd.txt", &act("12/2026/QĐ-UBND", "Một."));
    desk.file("qd-2.txt", &act("13/2026/QĐ-UBND", "Hai."));
    desk
}

fn read(desk: &mut Desk, list: &str) {
    let file = desk.path("list.csv");
    std::fs::write(&file, list).unwrap();
    let options = IngestOptions {
        list: Some(file),
        ..IngestOptions::default()
    };
    let inputs = [desk.path("in")];
    in_job(|job| desk.press.ingest(&inputs, &options, job)).unwrap();
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(ToString::to_string).collect()
}

#[test]
fn what_waits_is_listed_with_what_a_person_needs_to_approve_it() {
    let mut desk = desk();
    read(
        &mut desk,
        "file,status,status_as_of\nqd.txt,Còn hiệu lực,01/09/2026\nqd-2.txt,hết hạn,\n",
    );
    let entries = desk.press.entries().unwrap();
    let by_file = |file: &str| entries.iter().find(|e| e.file == file).unwrap();
    let first = by_file("qd.txt");
    assert_eq!(first.facts.source_key, "12/2026/QĐ-UBND");
    assert_eq!(first.facts.number.as_deref(), Some("12/2026/QĐ-UBND"));
    assert_eq!(first.facts.kind.as_deref(), Some("Quyết định"));
    assert_eq!(first.facts.issued.unwrap().to_string(), "2026-03-05");
    assert_eq!(first.facts.validity.state, ValidityState::InForce);
    assert_eq!(
        first.facts.validity.as_of.unwrap().to_string(),
        "2026-09-01"
    );
    assert_eq!(first.state, ApprovalState::Pending);
    assert_eq!(first.waits_for.as_deref(), Some("new, not approved yet"));
    let second = by_file("qd-2.txt");
    let told = second.doubts.iter().any(|doubt| doubt.contains("hết hạn"));
    assert!(told, "{:?}", second.doubts);
    let json = serde_json::to_value(first).unwrap();
    assert_eq!(json["source_key"], "12/2026/QĐ-UBND");
    assert_eq!(json["validity"]["state"], "in_force");
}

#[test]
fn documents_are_named_by_id_source_key_file_or_number() {
    let mut desk = desk();
    read(&mut desk, "file\n");
    let id = desk.press.entries().unwrap()[0].id.to_string();
    for name in [id.as_str(), "qd-2.txt", "13/2026/qd-ubnd", "in/qd-2.txt"] {
        assert!(desk.press.find(&names(&[name])).is_ok(), "{name}");
    }
    assert_eq!(
        desk.press
            .approve(&names(&["qd.txt", "13/2026/QĐ-UBND"]))
            .unwrap(),
        2
    );
    let unknown = desk.press.approve(&names(&["không có"])).unwrap_err();
    assert_eq!(unknown.code, ErrorCode::NotFound);
    assert_eq!(
        desk.press.withdraw("qd.txt", " ").unwrap_err().code,
        ErrorCode::BadInput
    );
    desk.press.withdraw("qd.txt", "đăng nhầm").unwrap();
    let again = desk.press.withdraw("qd.txt", "đăng nhầm").unwrap_err();
    assert_eq!(again.code, ErrorCode::NotFound);
}

#[test]
fn a_name_of_several_documents_is_answered_with_their_ids() {
    let mut desk = desk();
    desk.file("ban-sao.txt", &act("12/2026/QĐ-UBND", "Bản khác."));
    read(&mut desk, "file\n");
    let error = desk
        .press
        .approve(&names(&["12/2026/QĐ-UBND"]))
        .unwrap_err();
    assert_eq!(error.code, ErrorCode::Ambiguous);
    for entry in desk.press.entries().unwrap() {
        let named = error.words.contains(entry.id.as_str());
        assert_eq!(named, entry.file != "qd-2.txt", "{error}");
    }
}

#[test]
fn a_publish_says_how_many_documents_wait() {
    let mut desk = desk();
    read(&mut desk, "file\n");
    desk.press.approve(&names(&["qd.txt"])).unwrap();
    let outcome = desk.publish("repo");
    assert_eq!((outcome.documents, outcome.waiting), (1, 1));
    desk.press.approve_all().unwrap();
    assert_eq!(desk.publish("repo").waiting, 0);
}

#[test]
fn root_keys_that_stand_here_are_one_warning() {
    let desk = desk();
    let warning = desk.press.root_key_warning().unwrap();
    assert_eq!(warning.lines().count(), 1);
    for key in desk.press.root_keys_here() {
        assert!(warning.contains(&key.display().to_string()));
        std::fs::remove_file(key).unwrap();
    }
    assert_eq!(desk.press.root_key_warning(), None);
}
