//! Updates, interruptions, damage.

use crate::{Shelf, ask, create, keys, many_acts, small_steps};
use shelf_search::{Error, Index, IndexInput, Options};
use std::cell::Cell;

fn one(index: &Index, question: &str) -> Vec<u64> {
    keys(&ask(index, question))
}

#[test]
fn an_update_touches_only_what_differs() {
    let dir = tempfile::tempdir().unwrap();
    let index = create(dir.path());
    let mut shelf = Shelf::default();
    shelf.put(1, 1, "Một", &[("", "cà phê")]);
    shelf.put(2, 1, "Hai", &[("", "cao su")]);
    shelf.put(3, 1, "Ba", &[("", "hồ tiêu"), ("", "hạt điều")]);
    let report = shelf.bring(&index, "a");
    assert_eq!((report.added, report.units), (3, 4));
    assert_eq!(index.stamp().as_deref(), Some("a"));

    shelf.put(2, 2, "Hai", &[("", "sầu riêng")]);
    shelf.0.remove(&3);
    shelf.put(4, 1, "Bốn", &[("", "chanh dây")]);
    let loaded = Cell::new(0);
    let load = |key| {
        loaded.set(loaded.get() + 1);
        shelf.load(key)
    };
    let report = index
        .update(&shelf.current(), load, "b", |_| {}, || false)
        .unwrap();
    let counts = (
        report.added,
        report.changed,
        report.removed,
        report.unchanged,
    );
    assert_eq!(counts, (1, 1, 1, 1));
    assert_eq!(loaded.get(), 2, "what stayed the same is not loaded");
    assert!(report.is_complete());
    assert_eq!(one(&index, "cao su"), [] as [u64; 0]);
    assert_eq!(one(&index, "hạt điều"), [] as [u64; 0]);
    assert_eq!(one(&index, "sầu riêng"), [2]);
    assert_eq!(one(&index, "chanh dây"), [4]);
    assert_eq!((index.documents(), index.units()), (3, 3));

    let report = shelf.bring(&index, "c");
    assert_eq!((report.added, report.changed, report.unchanged), (0, 0, 3));
    assert_eq!(
        index.stamp().as_deref(),
        Some("c"),
        "a new stamp alone is written"
    );
    let again = Index::open(dir.path(), Options::default()).unwrap();
    assert_eq!(again.stamp().as_deref(), Some("c"));
    assert_eq!(one(&again, "ca phe"), [1]);
    again.verify().unwrap();
}

#[test]
fn a_key_listed_twice_is_indexed_once() {
    let dir = tempfile::tempdir().unwrap();
    let index = create(dir.path());
    let load = |_| Ok::<_, String>(IndexInput::default());
    let report = index
        .update(&[(1, 1), (1, 2)], load, "", |_| {}, || false)
        .unwrap();
    assert_eq!((report.added, index.units()), (1, 1));
    assert_eq!(index.stamp(), None, "an empty stamp is none");
}

#[test]
fn a_cancelled_update_keeps_what_it_did_and_goes_on_from_there() {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::create(dir.path(), small_steps()).unwrap();
    let shelf = many_acts(40);
    let asked = Cell::new(0);
    let cancel = || {
        asked.set(asked.get() + 1);
        asked.get() > 25
    };
    let report = index
        .update(&shelf.current(), |key| shelf.load(key), "x", |_| {}, cancel)
        .unwrap();
    assert!(report.cancelled && !report.is_complete());
    assert_eq!((report.added, index.documents()), (25, 25));
    assert_eq!(index.stamp(), None, "an unfinished index carries no stamp");
    let report = shelf.bring(&index, "x");
    assert_eq!((report.added, report.unchanged), (15, 25));
    assert_eq!((index.documents(), index.units()), (40, 120));
}

#[test]
fn a_killed_update_resumes_at_its_last_commit() {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::create(dir.path(), small_steps()).unwrap();
    let shelf = many_acts(40);
    // The process dies while a document is loaded: nothing of this update's is dropped in order.
    let killed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let load = |key| match key {
            30 => panic!("killed"),
            _ => shelf.load(key),
        };
        index.update(&shelf.current(), load, "x", |_| {}, || false)
    }));
    assert!(killed.is_err());
    drop(index);
    let index = Index::open(dir.path(), small_steps()).unwrap();
    let held = index.documents();
    assert_eq!(held, 28, "four documents of three units make a commit");
    assert_eq!(index.units(), 3 * held, "no document is there by halves");
    let report = shelf.bring(&index, "x");
    assert_eq!((report.unchanged, report.added), (held, 40 - held));
    assert_eq!(index.units(), 120);
}

#[test]
fn a_document_that_cannot_be_loaded_does_not_hold_up_the_others() {
    let dir = tempfile::tempdir().unwrap();
    let index = create(dir.path());
    let mut shelf = many_acts(5);
    shelf.bring(&index, "a");
    for key in 1..=5 {
        shelf.put(key, 2, "Mới", &[("", "văn bản mới")]);
    }
    let load = |key| match key {
        3 => Err("damaged"),
        _ => shelf.load(key).map_err(|_| "never"),
    };
    let report = index
        .update(&shelf.current(), load, "b", |_| {}, || false)
        .unwrap();
    assert_eq!(report.failed, [(3, "damaged")]);
    assert_eq!(report.changed, 4);
    assert_eq!(index.stamp(), None, "so that the next start tries again");
    assert_eq!(index.units(), 4 + 3, "what the index held of it stays");
    let report = shelf.bring(&index, "b");
    assert_eq!((report.changed, report.unchanged), (1, 4));
    assert_eq!(index.stamp().as_deref(), Some("b"));
}

#[test]
fn progress_is_told_from_the_first_to_the_last_document() {
    let dir = tempfile::tempdir().unwrap();
    let index = create(dir.path());
    let shelf = many_acts(3);
    let mut told = Vec::new();
    let progress = |p: shelf_search::Progress| told.push((p.done, p.total));
    index
        .update(
            &shelf.current(),
            |key| shelf.load(key),
            "x",
            progress,
            || false,
        )
        .unwrap();
    assert_eq!(told, [(0, 3), (1, 3), (2, 3), (3, 3)]);
}

#[test]
fn a_second_writer_is_told_that_the_index_is_busy() {
    let dir = tempfile::tempdir().unwrap();
    let index = create(dir.path());
    let shelf = many_acts(3);
    let load = |key| {
        let other = Index::open(dir.path(), Options::default()).unwrap();
        let none = |_| Err::<IndexInput, ()>(());
        let update = other.update(&[], none, "", |_| {}, || false);
        assert!(matches!(update, Err(Error::Busy { .. })));
        assert!(matches!(other.merge_when_idle(), Err(Error::Busy { .. })));
        let rebuilt = Index::rebuild(dir.path(), Options::default());
        assert!(matches!(rebuilt, Err(Error::Busy { .. })));
        shelf.load(key)
    };
    index
        .update(&shelf.current(), load, "x", |_| {}, || false)
        .unwrap();
    assert_eq!(index.documents(), 3);
}

#[test]
fn a_lock_file_left_by_a_killed_process_does_not_block() {
    let dir = tempfile::tempdir().unwrap();
    drop(create(dir.path()));
    std::fs::write(dir.path().join(".tantivy-writer.lock"), "").unwrap();
    let index = Index::open(dir.path(), Options::default()).unwrap();
    many_acts(3).bring(&index, "x");
    assert_eq!(index.documents(), 3);
}

#[test]
fn a_reader_sees_what_another_process_wrote_after_a_reload() {
    let dir = tempfile::tempdir().unwrap();
    let writer = create(dir.path());
    let reader = Index::open(dir.path(), Options::default()).unwrap();
    many_acts(3).bring(&writer, "x");
    assert_eq!(reader.documents(), 0);
    reader.reload().unwrap();
    assert_eq!(
        (reader.documents(), reader.stamp().as_deref()),
        (3, Some("x"))
    );
}

#[test]
fn an_absent_index_is_not_a_damaged_one() {
    let dir = tempfile::tempdir().unwrap();
    let nowhere = dir.path().join("nowhere");
    assert!(matches!(
        Index::open(&nowhere, Options::default()),
        Err(Error::Absent { .. })
    ));
    create(&nowhere);
    let second = Index::create(&nowhere, Options::default());
    assert!(
        matches!(second, Err(Error::Damaged { .. })),
        "create overwrites nothing"
    );
}

/// Every file of an index, emptied, cut, zeroed (as NTFS leaves it after a power cut) and garbled.
#[test]
fn a_damaged_file_is_reported_and_a_rebuild_cures_it() {
    let dir = tempfile::tempdir().unwrap();
    let shelf = many_acts(12);
    {
        let index = create(dir.path());
        shelf.bring(&index, "x");
    }
    let files: Vec<_> = std::fs::read_dir(dir.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_none_or(|e| e != "lock"))
        .collect();
    assert!(files.len() > 5);
    for file in &files {
        let whole = std::fs::read(file).unwrap();
        let garbled = whole.iter().map(|b| b ^ 0x5a).collect();
        let half = whole[..whole.len() / 2].to_vec();
        for damaged in [Vec::new(), half, vec![0; whole.len()], garbled] {
            std::fs::write(file, &damaged).unwrap();
            // It may show on opening, on searching or only on verifying; it never panics.
            let outcome = Index::open(dir.path(), Options::default()).and_then(|index| {
                let query = shelf_search::Query::parse("thẩm quyền đất đai");
                index.search(&query, &shelf_search::SearchOptions::default())?;
                index.verify()
            });
            let is_list = file.file_name().is_some_and(|n| n == ".managed.json");
            match outcome {
                Err(Error::Damaged { .. }) => {}
                Err(other) => panic!("{}: {other}", file.display()),
                Ok(()) => assert!(
                    is_list || whole.len() == damaged.len(),
                    "{}",
                    file.display()
                ),
            }
        }
        std::fs::write(file, &whole).unwrap();
    }
    std::fs::write(dir.path().join("meta.json"), "{").unwrap();
    let index = Index::rebuild(dir.path(), Options::default()).unwrap();
    shelf.bring(&index, "x");
    assert_eq!(index.documents(), 12);
    assert!(!one(&index, "đất đai").is_empty());
}

const KILLED_DIR: &str = "SHELF_SEARCH_KILLED_DIR";

/// What the process does that the next test starts and kills; on its own it does nothing.
#[test]
fn update_until_killed() {
    let Some(dir) = std::env::var_os(KILLED_DIR) else {
        return;
    };
    let index = Index::open(dir.as_ref(), small_steps()).unwrap();
    many_acts(150).bring(&index, "x");
}

#[test]
fn a_process_killed_at_any_moment_leaves_a_usable_index() {
    let dir = tempfile::tempdir().unwrap();
    drop(Index::create(dir.path(), small_steps()).unwrap());
    let shelf = many_acts(150);
    let mut held = 0;
    for round in 1..=6 {
        let mut child = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "updating::update_until_killed"])
            .env(KILLED_DIR, dir.path())
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(60 * round));
        child.kill().unwrap();
        child.wait().unwrap();
        let index = Index::open(dir.path(), small_steps()).unwrap();
        index.verify().unwrap();
        assert_eq!(
            index.units(),
            3 * index.documents(),
            "no document by halves"
        );
        assert!(index.documents() >= held, "what was committed stays");
        held = index.documents();
    }
    let index = Index::open(dir.path(), small_steps()).unwrap();
    let report = shelf.bring(&index, "x");
    assert_eq!((report.unchanged, report.added), (held, 150 - held));
    assert_eq!((index.units(), index.stamp().as_deref()), (450, Some("x")));
    assert!(index.segments() <= 6);
}
