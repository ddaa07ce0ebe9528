//! Folders for marks.

use super::*;

#[test]
fn a_name_stands_once_whatever_its_accents_and_capitals() {
    let mut store = memory();
    let first = store.put_folder(None, "  Đất   đai ").unwrap();
    assert_eq!((first.name.as_str(), first.position), ("Đất đai", 0));
    for taken in ["ĐẤT ĐAI", "dat dai"] {
        assert!(
            matches!(store.put_folder(None, taken), Err(UserError::NameTaken(_))),
            "{taken}"
        );
    }
    let second = store.put_folder(None, "Hộ tịch").unwrap();
    assert!(matches!(
        store.put_folder(Some(second.id), "đất đai"),
        Err(UserError::NameTaken(_))
    ));
    let renamed = store.put_folder(Some(first.id), "ĐẤT ĐAI").unwrap();
    assert_eq!((renamed.id, renamed.name.as_str()), (first.id, "ĐẤT ĐAI"));
    assert!(matches!(
        store.put_folder(None, " \u{200b} "),
        Err(UserError::NoName)
    ));
    let long = "x".repeat(101);
    assert!(matches!(
        store.put_folder(None, &long),
        Err(UserError::TooLong { .. })
    ));
    assert!(matches!(
        store.put_folder(Some(99), "a"),
        Err(UserError::Missing { .. })
    ));
    let names: Vec<String> = store
        .folders()
        .unwrap()
        .into_iter()
        .map(|f| f.name)
        .collect();
    assert_eq!(names, ["ĐẤT ĐAI", "Hộ tịch"]);
}

#[test]
fn marks_outlive_their_folder_and_are_in_it_again_when_it_is_restored() {
    let mut store = memory();
    let folder = store.put_folder(None, "Hòa giải").unwrap().id;
    let filed = MarkDraft {
        folder: Some(folder),
        ..draft("a", "")
    };
    let mark = store.put_mark(&filed, noon()).unwrap().id;
    let other = MarkDraft {
        note: "Khác".into(),
        ..filed.clone()
    };
    let gone = store.put_mark(&other, noon()).unwrap().id;
    store.remove_mark(gone, noon()).unwrap();
    assert_eq!(
        store.folders().unwrap()[0].marks,
        1,
        "removed marks do not count"
    );

    assert!(store.remove_folder(folder, noon()).unwrap());
    assert!(!store.remove_folder(folder, noon()).unwrap());
    assert!(store.folders().unwrap().is_empty());
    assert_eq!(store.mark(mark).unwrap().unwrap().folder, None);
    assert_eq!(store.mark_counts().unwrap().unfiled, 1);
    assert!(matches!(
        store.put_mark(&filed, noon()),
        Err(UserError::Missing { what: "folder", .. })
    ));

    let other = store.put_folder(None, "hoà giải").unwrap().id;
    assert!(matches!(
        store.restore_folder(folder),
        Err(UserError::NameTaken(_))
    ));
    store.put_folder(Some(other), "Khác").unwrap();
    assert_eq!(store.restore_folder(folder).unwrap().marks, 1);
    assert_eq!(store.mark(mark).unwrap().unwrap().folder, Some(folder));
}

#[test]
fn a_folder_removed_long_ago_is_given_up_and_its_marks_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("user.db");
    let mut store = UserStore::open(&path, noon()).unwrap();
    let folder = store.put_folder(None, "Cũ").unwrap().id;
    let filed = MarkDraft {
        folder: Some(folder),
        ..draft("a", "giữ")
    };
    let mark = store.put_mark(&filed, noon()).unwrap().id;
    store.remove_folder(folder, noon()).unwrap();
    drop(store);
    let mut store = UserStore::open(&path, at("2026-06-01T00:00:00Z")).unwrap();
    assert!(matches!(
        store.restore_folder(folder),
        Err(UserError::Missing { .. })
    ));
    assert_eq!(store.mark(mark).unwrap().unwrap().note, "giữ");
}
