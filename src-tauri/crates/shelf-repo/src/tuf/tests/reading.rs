//! The reading side.

use super::*;
use crate::tuf::{FetchMetadata, SourceError, TrustStore};

#[test]
fn a_published_head_is_read() {
    let shelf = Shelf::published("{\"seq\":1}");
    let mut trust = MemoryTrust::default();
    let head = shelf.read(&mut trust).unwrap();
    assert_eq!(head.head, b"{\"seq\":1}");
    assert_eq!((head.root_version, head.timestamp_version), (1, 1));
    assert_eq!(head.confirmed_at, now());
    assert!(head.changed && !head.expired);
    assert_eq!(trust.saves(), 1);
}

#[test]
fn a_second_publish_replaces_the_head() {
    let mut shelf = Shelf::published("a");
    let mut trust = MemoryTrust::default();
    shelf.read(&mut trust).unwrap();
    shelf.publish("b");
    let head = shelf.read(&mut trust).unwrap();
    assert_eq!(head.head, b"b");
    assert!(head.changed);
}

#[test]
fn a_confirmation_changes_the_date_and_not_the_head() {
    let mut shelf = Shelf::published("a");
    let mut trust = MemoryTrust::default();
    shelf.read(&mut trust).unwrap();
    let later = time("2026-04-01T07:00:00Z");
    shelf.confirm(later);
    let head = shelf.read(&mut trust).unwrap();
    assert_eq!((head.confirmed_at, head.changed), (later, false));
}

/// Counts what is asked for.
struct Counting<'a>(&'a Files, std::sync::Mutex<Vec<String>>);

impl FetchMetadata for Counting<'_> {
    async fn fetch(&self, name: &str, _max: u64) -> Result<Option<Vec<u8>>, SourceError> {
        self.1.lock().unwrap().push(name.to_string());
        Ok(self.0.get(name).cloned())
    }
}

#[test]
fn an_unchanged_shelf_costs_two_requests_and_no_write() {
    let shelf = Shelf::published("a");
    let mut trust = MemoryTrust::default();
    shelf.read(&mut trust).unwrap();
    let source = Counting(&shelf.files, Default::default());
    let head = done(refresh(None, &source, &mut trust, now())).unwrap();
    assert!(!head.changed);
    assert_eq!(*source.1.lock().unwrap(), ["2.root.json", "timestamp.json"]);
    assert_eq!(trust.saves(), 1);
}

#[test]
fn a_refresh_can_run_on_any_thread() {
    fn sendable<T: Send>(value: T) -> T {
        value
    }
    let shelf = Shelf::published("a");
    let mut trust = MemoryTrust::default();
    let root = shelf.root();
    done(sendable(refresh(
        Some(&root),
        &shelf.files,
        &mut trust,
        now(),
    )))
    .unwrap();
}

#[test]
fn metadata_long_expired_is_read_and_reported() {
    let shelf = Shelf::published("a");
    let mut trust = MemoryTrust::default();
    let far = time("2199-01-01T00:00:00Z");
    for _ in 0..2 {
        let head = done(refresh(Some(&shelf.root()), &shelf.files, &mut trust, far)).unwrap();
        assert_eq!(head.head, b"a");
        assert!(head.expired);
    }
}

#[test]
fn a_clock_that_steps_back_locks_nobody_out() {
    let mut shelf = Shelf::published("a");
    let mut trust = MemoryTrust::default();
    done(refresh(None, &shelf.files, &mut trust, now())).unwrap_err();
    done(refresh(
        Some(&shelf.root()),
        &shelf.files,
        &mut trust,
        time("2035-01-01T00:00:00Z"),
    ))
    .unwrap();
    shelf.publish("b");
    let early = time("1980-01-01T00:00:00Z");
    let head = done(refresh(None, &shelf.files, &mut trust, early)).unwrap();
    assert_eq!(head.head, b"b");
    assert!(
        !head.expired,
        "the signed confirmation is later than this clock and still valid"
    );
}

#[test]
fn a_publisher_with_a_wrong_clock_goes_on() {
    let mut shelf = Shelf::published("a");
    let mut trust = MemoryTrust::default();
    shelf.read(&mut trust).unwrap();
    shelf.confirm(time("1999-12-31T23:59:59Z"));
    assert_eq!(shelf.read(&mut trust).unwrap().timestamp_version, 2);
}

#[test]
fn first_contact_without_a_root_is_refused() {
    let shelf = Shelf::published("a");
    let error = done(refresh(
        None,
        &shelf.files,
        &mut MemoryTrust::default(),
        now(),
    ));
    assert_eq!(error.unwrap_err().code(), "root_missing");
}

#[test]
fn two_of_three_root_signatures_are_enough_for_a_reader_and_one_is_not() {
    let shelf = Shelf::published("a");
    let mut root: serde_json::Value = serde_json::from_slice(&shelf.root()).unwrap();
    for (left, accepted) in [(2, true), (1, false)] {
        root["signatures"].as_array_mut().unwrap().truncate(left);
        let bytes = serde_json::to_vec(&root).unwrap();
        let read = done(refresh(
            Some(&bytes),
            &shelf.files,
            &mut MemoryTrust::default(),
            now(),
        ));
        assert_eq!(read.is_ok(), accepted, "{left} signatures");
    }
}

#[test]
fn new_root_and_online_keys_signed_by_old_and_new_are_followed() {
    let mut shelf = Shelf::published("a");
    let first_root = shelf.root();
    let mut trust = MemoryTrust::default();
    shelf.read(&mut trust).unwrap();
    shelf.rotate(&SigningKey::generate().unwrap());
    shelf.publish("b");
    let head = done(refresh(Some(&first_root), &shelf.files, &mut trust, now())).unwrap();
    assert_eq!((head.root_version, head.head.as_slice()), (2, &b"b"[..]));
    assert_eq!(trust.load().unwrap().unwrap().roots.len(), 2);

    // The old root and the new one stay acceptable, with a source and without the old root there.
    let second_root = shelf.files["2.root.json"].clone();
    for root in [&first_root, &second_root] {
        done(refresh(Some(root), &shelf.files, &mut trust, now())).unwrap();
        done(refresh(
            Some(root),
            &shelf.files,
            &mut MemoryTrust::default(),
            now(),
        ))
        .unwrap();
    }
}

#[test]
fn a_huge_version_signed_with_a_stolen_key_falls_with_the_key() {
    let mut shelf = Shelf::published("a");
    let sound = shelf.files.clone();
    let huge = Versions {
        targets: 1 << 50,
        snapshot: 1 << 50,
        timestamp: 1 << 50,
    };
    let versions = std::fs::read(shelf.path().join("versions.json")).unwrap();
    let theft = shelf.signer().sign_head(b"stolen", huge, now()).unwrap();
    shelf.files.extend(theft.files);
    let mut trust = MemoryTrust::default();
    assert_eq!(shelf.read(&mut trust).unwrap().head, b"stolen");

    std::fs::write(shelf.path().join("versions.json"), versions).unwrap();
    shelf.files = sound;
    shelf.rotate(&SigningKey::generate().unwrap());
    shelf.publish("b");
    let head = done(refresh(None, &shelf.files, &mut trust, now())).unwrap();
    assert_eq!(
        (head.head.as_slice(), head.timestamp_version),
        (&b"b"[..], 2)
    );
}

#[test]
fn a_root_rotation_with_the_same_online_key_keeps_the_floor() {
    let mut shelf = Shelf::published("a");
    let old = shelf.files.clone();
    shelf.publish("b");
    let mut trust = MemoryTrust::default();
    shelf.read(&mut trust).unwrap();
    let online = SigningKey::read(&shelf.path().join("keys/online.key"), None).unwrap();
    shelf.rotate(&online);
    let mut replayed = old;
    replayed.insert("2.root.json".into(), shelf.files["2.root.json"].clone());
    let error = done(refresh(None, &replayed, &mut trust, now())).unwrap_err();
    assert_eq!(error.code(), "rollback");
    let head = done(refresh(None, &shelf.files, &mut trust, now())).unwrap();
    assert_eq!((head.root_version, head.head.as_slice()), (2, &b"b"[..]));
}

#[test]
fn a_newer_root_given_by_hand_is_followed_without_the_source() {
    let mut shelf = Shelf::published("a");
    let mut trust = MemoryTrust::default();
    shelf.read(&mut trust).unwrap();
    let online = SigningKey::read(&shelf.path().join("keys/online.key"), None).unwrap();
    shelf.rotate(&online);
    let second = shelf.files.remove("2.root.json").unwrap();
    let head = done(refresh(Some(&second), &shelf.files, &mut trust, now())).unwrap();
    assert_eq!(head.root_version, 2);
}

#[test]
fn a_gap_in_the_chain_of_roots_ends_it() {
    let mut shelf = Shelf::published("a");
    shelf
        .files
        .insert("3.root.json".into(), b"whatever".to_vec());
    let head = shelf.read(&mut MemoryTrust::default()).unwrap();
    assert_eq!(head.root_version, 1);
}
