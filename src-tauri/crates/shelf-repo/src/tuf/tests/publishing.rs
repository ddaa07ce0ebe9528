//! The signing side.

use super::*;
use crate::tuf::{KeyError, SignError, keys::InitError};

#[test]
fn keys_are_made_once_and_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = folder.path().join("ws");
    let report = init_with(&workspace, None, FAST, now()).unwrap();
    assert_eq!(report.root_keys.len(), 3);
    assert_eq!(report.root_keys, keys::root_keys_present(&workspace));
    let root = std::fs::read(&report.root).unwrap();
    assert_eq!(report.fingerprint, keys::fingerprint(&root));

    let again = init_with(&workspace, None, FAST, now());
    assert!(matches!(again, Err(InitError::AlreadyThere(_))));
    std::fs::remove_dir_all(workspace.join("keys")).unwrap();
    let other_keys = init_with(&workspace, None, FAST, now());
    assert!(
        matches!(other_keys, Err(InitError::AlreadyThere(_))),
        "a root without its keys still means a shelf that others trust"
    );
    assert_eq!(std::fs::read(&report.root).unwrap(), root);
}

#[test]
fn initialising_leaves_nothing_but_keys_and_root() {
    let shelf = Shelf::new();
    let names = |folder: &Path| {
        let mut names: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    assert_eq!(names(shelf.path()), ["keys", "root.json"]);
    assert_eq!(
        names(&shelf.path().join("keys")),
        [
            "1.root.json",
            "online.key",
            "root-1.key",
            "root-2.key",
            "root-3.key"
        ]
    );
}

#[cfg(unix)]
#[test]
fn private_keys_are_readable_by_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let shelf = Shelf::new();
    for name in ["online.key", "root-1.key", "root-2.key", "root-3.key"] {
        let path = shelf.path().join("keys").join(name);
        assert_eq!(
            path.metadata().unwrap().permissions().mode() & 0o777,
            0o600,
            "{name}"
        );
    }
}

#[test]
fn root_keys_are_encrypted_where_a_passphrase_is_given() {
    let folder = tempfile::tempdir().unwrap();
    let report = init_with(folder.path(), Some("mật khẩu".as_bytes()), FAST, now()).unwrap();
    assert!(report.encrypted);
    let path = &report.root_keys[0];
    assert!(matches!(
        SigningKey::read(path, None),
        Err(KeyError::PassphraseNeeded(_))
    ));
    assert!(matches!(
        SigningKey::read(path, Some(b"another")),
        Err(KeyError::CannotDecrypt { .. })
    ));
    let key = SigningKey::read(path, Some("mật khẩu".as_bytes())).unwrap();
    let root = std::fs::read_to_string(&report.root).unwrap();
    assert!(root.contains(key.id()), "it is the key that the root names");
    HeadSigner::open(folder.path()).expect("publishing needs no passphrase");
    assert!(matches!(
        init_with(&folder.path().join("b"), Some(b""), FAST, now()),
        Err(InitError::Key(KeyError::BadPassphrase))
    ));
}

#[test]
fn a_failed_initialisation_leaves_no_keys_behind() {
    let folder = tempfile::tempdir().unwrap();
    init_with(folder.path(), Some(b"\xff"), FAST, now()).unwrap_err();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_file_that_is_no_key_is_refused_by_name() {
    let shelf = Shelf::new();
    std::fs::write(shelf.path().join("keys/online.key"), "-----BEGIN X-----\n").unwrap();
    let error = HeadSigner::open(shelf.path()).unwrap_err();
    assert!(error.to_string().contains("online.key"), "{error}");
}

#[test]
fn publishing_needs_no_root_key() {
    let mut shelf = Shelf::new();
    for path in keys::root_keys_present(shelf.path()) {
        std::fs::remove_file(path).unwrap();
    }
    assert_eq!(
        keys::root_keys_present(shelf.path()),
        Vec::<std::path::PathBuf>::new()
    );
    shelf.publish("{}");
    shelf.read(&mut MemoryTrust::default()).unwrap();
}

#[test]
fn a_workspace_without_keys_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let error = HeadSigner::open(folder.path()).unwrap_err();
    assert!(error.to_string().contains("keys init"), "{error}");
}

#[test]
fn a_missing_root_json_is_put_back() {
    let shelf = Shelf::new();
    let root = shelf.root();
    std::fs::remove_file(shelf.path().join("root.json")).unwrap();
    shelf.signer();
    assert_eq!(shelf.root(), root);
}

#[test]
fn another_online_key_than_the_roots_is_refused() {
    let shelf = Shelf::new();
    let other = SigningKey::generate().unwrap().to_file(None, FAST).unwrap();
    std::fs::write(shelf.path().join("keys/online.key"), &*other).unwrap();
    let error = HeadSigner::open(shelf.path()).unwrap_err();
    assert!(matches!(error, SignError::OtherOnlineKey(_)));
}

#[test]
fn a_release_ends_with_the_timestamp() {
    let mut shelf = Shelf::new();
    let release = shelf.publish("{\"seq\":1}");
    let names: Vec<&str> = release
        .files
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    let hash = shelf_law::ContentHash::of(b"{\"seq\":1}");
    let head = format!("targets/{hash}.head.json");
    assert_eq!(
        names,
        [&head, "1.targets.json", "1.snapshot.json", "timestamp.json"]
    );
}

#[test]
fn versions_grow_past_the_workspace_and_past_the_destination() {
    let mut shelf = Shelf::published("a");
    assert_eq!(
        shelf.publish("b").versions,
        Versions {
            targets: 2,
            snapshot: 2,
            timestamp: 2
        }
    );
    shelf.confirm(now());
    // A workspace restored from a backup has forgotten.
    std::fs::remove_file(shelf.path().join("versions.json")).unwrap();
    assert_eq!(
        shelf.publish("c").versions,
        Versions {
            targets: 3,
            snapshot: 3,
            timestamp: 4
        }
    );
    // A new destination knows nothing.
    shelf.files.clear();
    assert_eq!(
        shelf.publish("d").versions,
        Versions {
            targets: 4,
            snapshot: 4,
            timestamp: 5
        }
    );
}

#[test]
fn versions_are_kept_before_anything_leaves_the_workspace() {
    let shelf = Shelf::new();
    let first = shelf
        .signer()
        .sign_head(b"a", Versions::default(), now())
        .unwrap();
    let second = shelf
        .signer()
        .sign_head(b"b", Versions::default(), now())
        .unwrap();
    assert!(second.versions.snapshot > first.versions.snapshot);
}

#[test]
fn a_planted_version_does_not_use_up_the_numbers() {
    let planted = ["18446744073709551615.snapshot.json"];
    let error = versions_of(planted, None).unwrap_err();
    assert!(matches!(error, SignError::VersionsUsedUp(_)));
    let not_numbers = [
        "-1.snapshot.json",
        "007.targets.json",
        "99999999999999999999.x",
        "+3.x",
    ];
    assert_eq!(versions_of(not_numbers, None).unwrap(), Versions::default());
    assert!(versions_of([], Some(b"<html>")).is_err());
}

#[test]
fn a_confirmation_moves_only_the_timestamp() {
    let mut shelf = Shelf::published("a");
    let before = shelf.files.clone();
    let release = shelf.confirm(time("2026-04-01T00:00:00Z"));
    assert_eq!(
        release.versions,
        Versions {
            targets: 1,
            snapshot: 1,
            timestamp: 2
        }
    );
    let changed: Vec<_> = shelf
        .files
        .iter()
        .filter(|(name, bytes)| before.get(*name) != Some(bytes))
        .collect();
    assert_eq!(changed.len(), 1);
    assert_eq!(changed[0].0, TIMESTAMP);
}

#[test]
fn leftovers_of_a_killed_publish_are_passed_over() {
    let mut shelf = Shelf::published("a");
    let killed = shelf
        .signer()
        .sign_head(b"b", shelf.floor(), now())
        .unwrap();
    shelf.files.extend(killed.files.into_iter().take(3));
    let current = shelf.files[TIMESTAMP].clone();
    let error = shelf
        .signer()
        .confirm(&current, shelf.floor(), now())
        .unwrap_err();
    assert!(matches!(
        error,
        SignError::Behind {
            destination: 1,
            workspace: 2
        }
    ));
    let next = shelf.publish("c");
    assert_eq!(next.versions.snapshot, 3);
    assert_eq!(shelf.read(&mut MemoryTrust::default()).unwrap().head, b"c");
    shelf.confirm(now());
    shelf.confirm(now());
}

#[test]
fn a_restored_workspace_can_confirm_over_leftovers_twice() {
    let mut shelf = Shelf::published("a");
    let versions = std::fs::read(shelf.path().join("versions.json")).unwrap();
    let killed = shelf
        .signer()
        .sign_head(b"b", shelf.floor(), now())
        .unwrap();
    shelf.files.extend(killed.files.into_iter().take(3));
    std::fs::write(shelf.path().join("versions.json"), versions).unwrap();
    shelf.confirm(now());
    shelf.confirm(now());
    assert_eq!(
        shelf.publish("c").versions.snapshot,
        3,
        "a published number is not used again"
    );
}

#[test]
fn a_timestamp_of_another_shelf_is_not_confirmed() {
    let (shelf, other) = (Shelf::published("a"), Shelf::published("a"));
    let theirs = &other.files[TIMESTAMP];
    let error = shelf
        .signer()
        .confirm(theirs, Versions::default(), now())
        .unwrap_err();
    assert!(matches!(error, SignError::Timestamp(_)));
}

#[test]
fn a_destination_under_another_root_is_refused() {
    let (shelf, other) = (Shelf::published("a"), Shelf::published("b"));
    let theirs = [("1.root.json", other.files["1.root.json"].as_slice())];
    assert!(matches!(
        shelf.signer().check_roots(theirs),
        Err(SignError::RootDiffers(_))
    ));
    let ours = [("1.root.json", shelf.files["1.root.json"].as_slice())];
    shelf.signer().check_roots(ours).unwrap();
}
