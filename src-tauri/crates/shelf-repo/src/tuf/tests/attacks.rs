//! What a carrier may try.

use super::*;
use crate::tuf::{FetchMetadata, SourceError, TrustState, TrustStore};

/// Reads with an established trust; asserts that a refusal leaves the trust as it was.
fn refusal(files: &Files, trust: &mut MemoryTrust) -> TufError {
    let before = trust.load().unwrap();
    let error = done(refresh(None, files, trust, now())).unwrap_err();
    assert_eq!(
        trust.load().unwrap(),
        before,
        "nothing is stored before all is verified"
    );
    error
}

fn trusting(shelf: &Shelf) -> MemoryTrust {
    let mut trust = MemoryTrust::default();
    shelf.read(&mut trust).unwrap();
    trust
}

#[test]
fn an_old_state_as_a_whole_is_a_rollback() {
    let mut shelf = Shelf::published("a");
    let old = shelf.files.clone();
    shelf.publish("b");
    let error = refusal(&old, &mut trusting(&shelf));
    assert!(
        matches!(
            error,
            TufError::Rollback {
                trusted: 2,
                offered: 1,
                ..
            }
        ),
        "{error}"
    );
}

#[test]
fn an_old_snapshot_behind_a_new_timestamp_is_refused() {
    let mut shelf = Shelf::published("a");
    let first = shelf.files.clone();
    shelf.publish("b");
    let mut trust = trusting(&shelf);
    shelf.publish("c");
    let mut mixed = shelf.files.clone();
    mixed.insert("3.snapshot.json".into(), first["1.snapshot.json"].clone());
    assert_eq!(refusal(&mixed, &mut trust).code(), "mismatch");
    let mut mixed = shelf.files.clone();
    mixed.insert("3.targets.json".into(), first["1.targets.json"].clone());
    assert_eq!(refusal(&mixed, &mut trust).code(), "mismatch");
}

#[test]
fn a_signed_timestamp_over_an_older_snapshot_is_a_rollback() {
    let mut shelf = Shelf::published("a");
    let old_timestamp = shelf.files[TIMESTAMP].clone();
    shelf.publish("b");
    let mut trust = trusting(&shelf);
    // Somebody with the online key, or a workspace that lost its versions, signs the past anew.
    std::fs::remove_file(shelf.path().join("versions.json")).unwrap();
    let floor = Versions {
        timestamp: 7,
        ..Versions::default()
    };
    let release = shelf
        .signer()
        .confirm(&old_timestamp, floor, now())
        .unwrap();
    shelf.files.extend(release.files);
    let error = refusal(&shelf.files, &mut trust);
    assert!(matches!(error, TufError::Rollback { .. }), "{error}");
}

#[test]
fn a_signed_snapshot_over_older_targets_is_a_rollback() {
    let mut shelf = Shelf::published("a");
    shelf.publish("b");
    let mut trust = trusting(&shelf);
    std::fs::remove_file(shelf.path().join("versions.json")).unwrap();
    let floor = Versions {
        timestamp: 7,
        snapshot: 7,
        targets: 0,
    };
    let release = shelf.signer().sign_head(b"c", floor, now()).unwrap();
    shelf.files.extend(release.files);
    let error = refusal(&shelf.files, &mut trust);
    assert!(
        matches!(
            error,
            TufError::Rollback {
                trusted: 2,
                offered: 1,
                ..
            }
        ),
        "{error}"
    );
}

#[test]
fn another_shelf_at_the_source_is_told_from_a_bad_signature() {
    let (shelf, other) = (Shelf::published("a"), Shelf::published("b"));
    let mut trust = trusting(&shelf);
    assert_eq!(refusal(&other.files, &mut trust).code(), "root_differs");
    let mut forged = shelf.files.clone();
    forged.insert(TIMESTAMP.into(), other.files[TIMESTAMP].clone());
    assert_eq!(refusal(&forged, &mut trust).code(), "bad_signature");
}

#[test]
fn another_root_than_the_trusted_one_is_refused() {
    let (shelf, other) = (Shelf::published("a"), Shelf::published("b"));
    let mut trust = trusting(&shelf);
    for files in [&shelf.files, &other.files, &Files::new()] {
        let error = done(refresh(Some(&other.root()), files, &mut trust, now())).unwrap_err();
        assert_eq!(error.code(), "root_differs");
    }
    assert_eq!(trust.saves(), 1);
    let error = done(refresh(Some(b"no root"), &shelf.files, &mut trust, now())).unwrap_err();
    assert_eq!(error.code(), "bad_root");
}

#[test]
fn a_root_not_signed_by_the_old_keys_is_refused() {
    let mut shelf = Shelf::published("a");
    let mut trust = trusting(&shelf);
    let new: Vec<SigningKey> = (0..3).map(|_| SigningKey::generate().unwrap()).collect();
    let new: Vec<&SigningKey> = new.iter().collect();
    let root = envelope::seal(root_value(2, &new, new[0], now()), &new).unwrap();
    shelf.files.insert("2.root.json".into(), root);
    assert_eq!(refusal(&shelf.files, &mut trust).code(), "bad_signature");
}

#[test]
fn a_root_that_skips_a_version_is_refused() {
    let mut shelf = Shelf::published("a");
    let mut trust = trusting(&shelf);
    let keys = shelf.root_keys();
    let keys: Vec<&SigningKey> = keys.iter().collect();
    let root = envelope::seal(root_value(3, &keys, keys[0], now()), &keys).unwrap();
    shelf.files.insert("2.root.json".into(), root);
    assert_eq!(refusal(&shelf.files, &mut trust).code(), "mismatch");
}

#[test]
fn a_head_of_other_bytes_or_other_length_is_refused() {
    let mut shelf = Shelf::published("a");
    let mut trust = trusting(&shelf);
    let name = shelf.publish("the head").files[0].0.clone();
    for head in ["the haed", "the head ", "the hea", ""] {
        shelf.files.insert(name.clone(), head.into());
        assert_eq!(
            refusal(&shelf.files, &mut trust).code(),
            "mismatch",
            "{head:?}"
        );
    }
    shelf.files.remove(&name);
    assert_eq!(refusal(&shelf.files, &mut trust).code(), "missing");
}

#[test]
fn a_web_page_in_place_of_any_file_is_called_one() {
    let page = "\u{feff}\n <!DOCTYPE html><html><body>Đăng nhập</body></html>";
    let mut shelf = Shelf::published("a");
    let mut trust = trusting(&shelf);
    shelf.publish("b");
    let names: Vec<String> = shelf
        .files
        .keys()
        .filter(|n| !n.starts_with('1'))
        .cloned()
        .collect();
    for name in names.iter().chain([&"2.root.json".to_string()]) {
        let mut files = shelf.files.clone();
        files.insert(name.clone(), page.repeat(1000).into());
        let error = done(refresh(None, &files, &mut trust.clone(), now()));
        match error {
            Err(error) => assert_eq!(error.code(), "web_page", "{name}"),
            Ok(_) => assert!(
                name.contains(&hash_of("a")),
                "{name} is not needed any more"
            ),
        }
    }
    let everywhere: Files = names
        .iter()
        .map(|name| (name.clone(), page.into()))
        .collect();
    assert_eq!(refusal(&everywhere, &mut trust).code(), "web_page");
}

fn hash_of(head: &str) -> String {
    shelf_law::ContentHash::of(head.as_bytes()).to_string()
}

#[test]
fn a_source_without_a_timestamp_is_not_a_shelf() {
    let shelf = Shelf::published("a");
    let error = refusal(&Files::new(), &mut trusting(&shelf));
    assert_eq!(error.code(), "not_a_shelf");
}

#[test]
fn garbage_in_place_of_metadata_is_malformed_and_never_a_panic() {
    let shelf = Shelf::published("a");
    let mut trust = trusting(&shelf);
    let deep = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
    let garbage: [&[u8]; 8] = [
        b"",
        b"\0\0\0\0",
        b"{}",
        b"null",
        b"{\"signed\":{},\"signatures\":[]}",
        b"{\"signed\":{\"_type\":\"timestamp\",\"version\":1e9},\"signatures\":[]}",
        b"{\"error\":\"not found\"}",
        deep.as_bytes(),
    ];
    for bytes in garbage {
        let mut files = shelf.files.clone();
        files.insert(TIMESTAMP.into(), bytes.to_vec());
        let error = refusal(&files, &mut trust);
        assert_eq!(
            error.code(),
            "malformed",
            "{:?}",
            String::from_utf8_lossy(bytes)
        );
    }
}

#[test]
fn a_timestamp_without_end_is_cut_off() {
    let mut shelf = Shelf::published("a");
    let mut trust = trusting(&shelf);
    shelf.files.insert(TIMESTAMP.into(), vec![b' '; 1 << 20]);
    assert_eq!(refusal(&shelf.files, &mut trust).code(), "mismatch");
}

/// Loses the connection at one file.
struct Broken<'a>(&'a Files, &'a str);

impl FetchMetadata for Broken<'_> {
    async fn fetch(&self, name: &str, _max: u64) -> Result<Option<Vec<u8>>, SourceError> {
        match name == self.1 {
            true => Err(std::io::Error::other("connection reset").into()),
            false => Ok(self.0.get(name).cloned()),
        }
    }
}

#[test]
fn a_lost_connection_is_not_the_end_of_the_root_chain() {
    let mut shelf = Shelf::published("a");
    let mut trust = trusting(&shelf);
    let head = shelf.publish("b").files[0].0.clone();
    for name in [
        "2.root.json",
        TIMESTAMP,
        "2.snapshot.json",
        "2.targets.json",
        &head,
    ] {
        let source = Broken(&shelf.files, name);
        let error = done(refresh(None, &source, &mut trust, now())).unwrap_err();
        let TufError::Transport { file, source } = error else {
            panic!("{error}")
        };
        assert_eq!(file, name);
        assert!(
            source.downcast_ref::<std::io::Error>().is_some(),
            "the cause is handed on"
        );
    }
    assert_eq!(trust.saves(), 1);
}

#[test]
fn a_stored_state_that_no_longer_verifies_is_reported_and_not_dropped() {
    let shelf = Shelf::published("a");
    let mut trust = trusting(&shelf);
    let sound = trust.load().unwrap().unwrap();
    let damage: [fn(&mut TrustState); 4] = [
        |state| state.timestamp.truncate(10),
        |state| state.snapshot.clear(),
        |state| state.targets.fill(0),
        |state| state.roots[0].truncate(100),
    ];
    for damage in damage {
        let mut state = sound.clone();
        damage(&mut state);
        trust.save(&state).unwrap();
        assert_eq!(refusal(&shelf.files, &mut trust).code(), "damaged_state");
    }
    let mut state = sound.clone();
    state.head.clear();
    trust.save(&state).unwrap();
    done(refresh(None, &shelf.files, &mut trust, now())).expect("a lost head is fetched again");
    assert_eq!(trust.load().unwrap().unwrap(), sound);
}
