//! Requests to Sở.

use super::*;

fn asked(question: &str) -> RequestDraft {
    RequestDraft {
        question: question.into(),
        field: Some("Đất đai".into()),
        searched: Some(Searched {
            words: "“hỗ trợ” máy cày".into(),
            filters: [("topic".to_string(), vec!["Đất đai".to_string()])].into(),
        }),
    }
}

#[test]
fn a_request_is_kept_as_it_was_said_and_once() {
    let mut store = memory();
    let first = store
        .put_request(&asked(" Mua máy cày\nthì có được hỗ trợ không? "), noon())
        .unwrap();
    assert_eq!(first.question, "Mua máy cày\nthì có được hỗ trợ không?");
    assert_eq!(first.searched.as_ref().unwrap().words, "“hỗ trợ” máy cày");
    assert_eq!(first.made_at, noon());
    let later = at("2026-03-02T12:00:00Z");
    let again = store
        .put_request(&asked("Mua máy cày\nthì có được hỗ trợ không?"), later)
        .unwrap();
    assert_eq!(again, first, "whoever got no answer asks again");
    let plain = RequestDraft {
        question: "Mẫu đơn".into(),
        field: Some("  ".into()),
        searched: None,
    };
    let plain = store.put_request(&plain, later).unwrap();
    assert_eq!(
        (plain.field.as_ref(), plain.searched.as_ref()),
        (None, None)
    );
    assert_eq!(store.requests().unwrap(), [plain, first], "newest first");
}

#[test]
fn what_cannot_be_kept_is_refused_and_nothing_changes() {
    let mut store = memory();
    let long = asked(&"ộ".repeat(2_001));
    assert!(matches!(
        store.put_request(&long, noon()),
        Err(UserError::TooLong { length: 2_001, .. })
    ));
    let mut filters = asked("a");
    filters.searched.as_mut().unwrap().filters =
        [("topic".to_string(), vec!["x".repeat(5_000)])].into();
    assert!(matches!(
        store.put_request(&filters, noon()),
        Err(UserError::TooLong {
            what: "filters",
            ..
        })
    ));
    assert!(matches!(
        store.put_request(&asked(" \n "), noon()),
        Err(UserError::NoQuestion)
    ));
    assert!(store.requests().unwrap().is_empty());
}

#[test]
fn a_removed_request_comes_back_for_thirty_days() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("user.db");
    let mut store = UserStore::open(&path, noon()).unwrap();
    let kept = store.put_request(&asked("giữ"), noon()).unwrap();
    let gone = store.put_request(&asked("bỏ"), noon()).unwrap().id;
    assert!(store.remove_request(gone, noon()).unwrap());
    assert!(!store.remove_request(gone, noon()).unwrap());
    assert_eq!(store.requests().unwrap(), std::slice::from_ref(&kept));
    assert_eq!(store.restore_request(gone).unwrap().question, "bỏ");
    store.remove_request(gone, noon()).unwrap();
    drop(store);
    let mut store = UserStore::open(&path, at("2026-06-01T00:00:00Z")).unwrap();
    assert!(matches!(
        store.restore_request(gone),
        Err(UserError::Missing {
            what: "request",
            ..
        })
    ));
    assert_eq!(store.requests().unwrap(), [kept]);
}

#[test]
fn the_number_of_a_guests_request_is_none_of_a_files() {
    let mut guest = memory();
    let id = guest.put_request(&asked("khách"), noon()).unwrap().id;
    assert!(id > GUEST_NUMBERS);
}
