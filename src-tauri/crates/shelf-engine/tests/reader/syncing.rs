//! What a sync would bring, what it brought, and what is remembered of it.

use crate::shelf::{Shelf, clock};
use shelf_engine::library::{
    Carrier, ChangeKind, FindRequest, ListRequest, ShelfChange, SyncOptions,
};
use shelf_engine::{Cancel, ErrorCode, Job, Library, Progress};
use std::sync::Mutex;

/// Publishes another shelf: one document leaves, one expires, one reads otherwise, one is new.
fn change(shelf: &Shelf) {
    let list = shelf.input().join("danh-muc.csv");
    let text = std::fs::read_to_string(&list).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_string).collect();
    for line in &mut lines {
        if line.contains("\"9010/2026/QĐ-UBND\",\"Quyết định\"") {
            *line = line.replacen("in_force", "expired", 1);
        }
    }
    std::fs::write(&list, lines.join("\n")).unwrap();
    let story = shelf
        .input()
        .join("tai-lieu/cau-chuyen-vay-tien-mua-phan.txt");
    let mut words = std::fs::read_to_string(&story).unwrap();
    words.push_str("\nLời kết: hỏi tổ hòa giải trước khi ký giấy vay.\n");
    std::fs::write(&story, words).unwrap();
    std::fs::write(
        shelf.input().join("tai-lieu/to-gap-moi.txt"),
        "TỜ GẤP MỚI\n\nNội dung của tờ gấp mới về đăng ký tạm trú.\n",
    )
    .unwrap();
    shelf.ingest();
    let request = FindRequest {
        text: "9007/2025/QĐ-UBND".into(),
        ..FindRequest::default()
    };
    let found = shelf.opened().find(&request).unwrap();
    let id = found.hits[0].document.id.to_string();
    shelf
        .press()
        .withdraw(&id, "Nhập nhầm bản dự thảo")
        .unwrap();
    shelf.publish();
}

fn told(changes: &[ShelfChange]) -> Vec<(ChangeKind, String)> {
    let name = |change: &ShelfChange| {
        let line = &change.document;
        line.number.clone().unwrap_or_else(|| line.title.clone())
    };
    let all = changes.iter();
    all.map(|change| (change.change, name(change))).collect()
}

#[test]
fn a_sync_tells_what_changed_by_name_before_and_after_by_log_or_by_snapshot() {
    let shelf = Shelf::synced();
    let first = shelf.opened().news(10).unwrap().unwrap();
    assert_eq!(
        (first.from_seq, first.total),
        (None, 28),
        "nothing is news at first"
    );
    assert!(first.changes.is_empty());
    change(&shelf);

    let options = SyncOptions {
        root: None,
        ..shelf.options()
    };
    let check = Library::check(&shelf.home(), &options, clock(), &Job::silent()).unwrap();
    assert!(!check.nothing_new && !check.first && check.bytes > 0);
    assert_eq!(
        (check.total, check.changes.len()),
        (4, 4),
        "{:?}",
        told(&check.changes)
    );
    assert_eq!(check.name, "Tủ sách thử");
    assert_eq!(shelf.opened().age().seq, 1, "looking changes nothing");
    let listed = |library: &mut Library| library.list(&ListRequest::default()).unwrap().total;
    assert_eq!(listed(&mut shelf.opened()), 27);

    // A copy that goes the way of the snapshot, because something there was found damaged.
    let by_snapshot = Shelf::published();
    let other = SyncOptions {
        collections: Vec::new(),
        ..by_snapshot.options()
    };
    Library::sync(&by_snapshot.home(), &other, clock(), &Job::silent()).unwrap();
    change(&by_snapshot);
    std::fs::write(by_snapshot.home().join("recheck"), b"").unwrap();
    by_snapshot.sync().unwrap();

    shelf.sync().unwrap();
    for shelf in [&shelf, &by_snapshot] {
        let library = shelf.opened();
        let news = library.news(10).unwrap().unwrap();
        assert_eq!((news.from_seq, news.total), (Some(1), 4));
        let changes = told(&news.changes);
        assert_eq!(
            changes[0],
            (ChangeKind::Withdrawn, "9007/2025/QĐ-UBND".into())
        );
        assert_eq!(
            changes[1],
            (ChangeKind::Changed, "9010/2026/QĐ-UBND".into())
        );
        assert_eq!(changes[2].0, ChangeKind::Changed);
        assert_eq!(changes[3].0, ChangeKind::Added);
        assert_eq!(
            news.changes[0].reason.as_deref(),
            Some("Nhập nhầm bản dự thảo")
        );
        let before = news.changes[1]
            .before
            .map(shelf_engine::library::ValidityState::code);
        assert_eq!(before, Some("in_force"));
        assert_eq!(news.changes[1].document.validity.state.code(), "expired");
        assert_eq!(
            news.changes[2].before, None,
            "it reads otherwise and holds as before"
        );
    }
    let again = Library::check(&shelf.home(), &options, clock(), &Job::silent()).unwrap();
    assert!(again.nothing_new && again.total == 0 && again.bytes == 0);
    shelf.sync().unwrap();
    assert_eq!(
        shelf.opened().news(1).unwrap().unwrap().total,
        4,
        "still the last news"
    );

    let request = ListRequest {
        withdrawn: true,
        ..ListRequest::default()
    };
    let withdrawn = shelf.opened().list(&request).unwrap();
    assert_eq!(withdrawn.total, 1);
    assert_eq!(
        withdrawn.documents[0].number.as_deref(),
        Some("9007/2025/QĐ-UBND")
    );
    assert!(withdrawn.documents[0].withdrawn.is_some() && !withdrawn.documents[0].here);
}

#[test]
fn looking_at_a_source_first_trusts_nothing_and_tells_what_would_come() {
    let shelf = Shelf::published();
    let refused = SyncOptions {
        root: None,
        ..shelf.options()
    };
    let error = Library::check(&shelf.home(), &refused, clock(), &Job::silent()).unwrap_err();
    assert_eq!(error.code, ErrorCode::RootMissing);
    let check = Library::check(&shelf.home(), &shelf.options(), clock(), &Job::silent()).unwrap();
    assert!(check.first && check.documents == 28 && check.changes.is_empty());
    assert!(check.bytes > 0);
    assert_eq!(
        Library::root_of(&shelf.home()).unwrap(),
        None,
        "nothing is trusted yet"
    );
    assert_eq!(Library::read_root(&shelf.root()).unwrap(), check.root);
    let catalogues = std::fs::read_dir(shelf.home()).unwrap().flatten();
    let catalogues = catalogues.filter(|e| e.file_name().to_string_lossy().ends_with(".db"));
    assert_eq!(catalogues.count(), 1, "only the state");
    shelf.sync().unwrap();
    assert_eq!(Library::root_of(&shelf.home()).unwrap(), Some(check.root));
    let other = shelf.home().join("other.json");
    std::fs::write(&other, b"{\"signed\":{}}").unwrap();
    assert_eq!(
        Library::read_root(&other).unwrap_err().code,
        ErrorCode::BadInput
    );
}

#[test]
fn a_run_tells_its_bytes_says_when_reading_can_begin_and_is_remembered() {
    let shelf = Shelf::published();
    let heard = Mutex::new(Vec::<Progress>::new());
    let report = |progress: Progress| heard.lock().unwrap().push(progress);
    let cancel = Cancel::default();
    cancel.cancel();
    let stopped = Library::sync(
        &shelf.home(),
        &shelf.options(),
        clock(),
        &Job::new(&report, cancel),
    );
    assert_eq!(stopped.unwrap_err().code, ErrorCode::Cancelled);
    let job = Job::new(&report, Cancel::default());
    let done = Library::sync(&shelf.home(), &shelf.options(), clock(), &job).unwrap();
    let heard = heard.into_inner().unwrap();
    assert!(!heard[0].readable && heard.last().unwrap().readable);
    assert_eq!(heard.last().unwrap().bytes, done.bytes_received);

    let runs = Library::sync_history(&shelf.home()).unwrap();
    assert_eq!(runs.len(), 2);
    assert!(runs[0].ok && runs[0].bytes == done.bytes_received && runs[0].seq == Some(1));
    assert_eq!(runs[0].from, Carrier::Folder);
    assert_eq!(runs[1].code.as_deref(), Some("cancelled"));
    assert_eq!(Library::kept_bytes(&shelf.home()).unwrap(), 0);
    let state = shelf.opened().shelf_state().unwrap();
    assert_eq!(state.received_from, Some(Carrier::Folder));
    assert_eq!(state.received_at, Some(clock().now()));
}

#[test]
fn the_shelf_is_told_in_numbers_and_a_collection_can_be_left_out() {
    let shelf = Shelf::synced();
    let state = shelf.opened().shelf_state().unwrap();
    assert_eq!((state.acts, state.materials, state.documents), (12, 16, 28));
    assert_eq!((state.readable, state.collections.len()), (28, 2));
    for collection in &state.collections {
        assert!(collection.taken && !collection.locked);
        assert_eq!(collection.bytes, collection.bytes_here, "{}", collection.id);
    }
    let used = Library::disk_use(&shelf.home()).unwrap();
    assert!(used.texts > 0 && used.originals > 0 && used.index > 0 && used.free > 0);

    assert!(Library::choose_collections(&shelf.home(), &[]).is_err());
    assert!(Library::choose_collections(&shelf.home(), &["khac".into()]).is_err());
    Library::choose_collections(&shelf.home(), &["van-ban".into()]).unwrap();
    shelf.sync().unwrap();
    let state = shelf.opened().shelf_state().unwrap();
    let here: Vec<_> = state
        .collections
        .iter()
        .map(|c| (c.taken, c.bytes_here > 0))
        .collect();
    assert_eq!(here, [(false, false), (true, true)]);
    assert_eq!(state.readable, 12);
    let news = shelf.opened().news(1).unwrap().unwrap();
    assert_eq!(
        news.from_seq, None,
        "another choice of collections is no news"
    );
    Library::choose_collections(&shelf.home(), &["van-ban".into(), "tai-lieu".into()]).unwrap();
    shelf.sync().unwrap();
    assert_eq!(shelf.opened().news(1).unwrap().unwrap().from_seq, None);
    assert_eq!(shelf.opened().shelf_state().unwrap().readable, 28);
}
