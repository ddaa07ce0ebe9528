//! The file: damage, copies, several processes.

use super::*;

#[test]
fn a_damaged_file_is_an_error_that_says_so_and_is_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("user.db");
    let mut store = UserStore::open(&path, noon()).unwrap();
    for number in 0..200 {
        store
            .put_mark(
                &draft("a", &format!("{number} {}", "x".repeat(500))),
                noon(),
            )
            .unwrap();
    }
    drop(store);
    let whole = std::fs::read(&path).unwrap();
    let zeros = vec![0; whole.len()];
    let text = b"not a database at all, but long enough to be looked at as one".to_vec();
    let mut holed = whole.clone();
    let middle = whole.len() / 2;
    holed[middle..middle + 8192].fill(0xa5);
    let mut short = whole.clone();
    short.truncate(whole.len() / 3);
    for (name, bytes) in [
        ("zeros", zeros),
        ("text", text),
        ("a hole", holed),
        ("short", short),
    ] {
        std::fs::write(&path, &bytes).unwrap();
        match UserStore::open(&path, noon()).map(|_| ()) {
            Err(UserError::Store(error)) => assert!(error.is_corrupt(), "{name}: {error}"),
            other => panic!("{name}: {other:?}"),
        }
        assert_eq!(std::fs::read(&path).unwrap().len(), bytes.len(), "{name}");
        assert!(UserStore::inspect_copy(&path).is_err(), "{name}");
    }
}

#[test]
fn a_copy_is_one_whole_file_that_says_what_it_holds() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("người dùng # % ?.db");
    let copy = folder.path().join("bản sao # %.db");
    let mut store = UserStore::open(&path, noon()).unwrap();
    let mark = store.put_mark(&draft("a", "giữ"), noon()).unwrap();
    store.copy_to(&copy, noon()).unwrap();
    let first = UserStore::inspect_copy(&copy).unwrap();
    assert_eq!((first.changes, first.made_at), (1, Some(noon())));
    store.put_mark(&draft("a", "sau"), noon()).unwrap();
    std::fs::write(
        folder.path().join("bản sao # %.db.tmp"),
        b"of a killed writer",
    )
    .unwrap();
    store.copy_to(&copy, noon()).unwrap();
    assert!(UserStore::inspect_copy(&copy).unwrap().changes > first.changes);
    drop(store);
    let mut names: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(
        names,
        ["bản sao # %.db", "người dùng # % ?.db"],
        "nothing else is left"
    );
    let opened = UserStore::open(&copy, noon()).unwrap();
    assert_eq!(opened.mark(mark.id).unwrap(), Some(mark));
}

#[cfg(unix)]
#[test]
fn no_other_account_can_read_what_a_person_wrote() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("user.db");
    let mut store = UserStore::open(&path, noon()).unwrap();
    store.put_mark(&draft("a", "riêng"), noon()).unwrap();
    store
        .copy_to(&folder.path().join("copy.db"), noon())
        .unwrap();
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{:?}", entry.file_name());
    }
}

#[test]
fn a_refused_write_leaves_nothing() {
    let mut store = memory();
    let before = store.changes().unwrap();
    let refused: Result<(), UserError> = store.write(|t| {
        t.execute("INSERT INTO setting(key, value) VALUES ('a', 'b')", [])?;
        Err(UserError::NoName.into())
    });
    assert!(refused.is_err());
    assert!(store.settings().unwrap().is_empty());
    assert_eq!(store.changes().unwrap(), before);
}
