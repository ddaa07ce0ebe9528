//! Verifying: every fault is named, and nothing sound is blamed.

use super::*;
use crate::canonical::to_canonical;
use crate::testing::{Shelf, files_in, head_in, id, publish_on};
use std::fs;
use tempfile::TempDir;

fn published(count: u32) -> (TempDir, Vec<u8>) {
    let folder = TempDir::new().unwrap();
    let dest = FolderDestination::new(folder.path());
    let mut shelf = Shelf::new(count);
    publish_on(1, &shelf, &dest).unwrap();
    shelf.revise(1, 1);
    shelf.documents.remove(&id(2));
    publish_on(2, &shelf, &dest).unwrap();
    let head = head_in(folder.path()).unwrap();
    (folder, head)
}

fn faults(folder: &Path, head: &[u8]) -> Vec<Fault> {
    verify_objects(folder, head).unwrap().faults
}

#[test]
fn one_flipped_bit_in_any_file_is_reported_with_the_name_of_the_file() {
    let (folder, head) = published(60);
    assert_eq!(faults(folder.path(), &head), []);
    let mut flips = 0;
    for (name, bytes) in files_in(folder.path()) {
        if name == "tuf/timestamp.json" {
            continue;
        }
        let path = folder.path().join(&name);
        let stride = (bytes.len() / 3).max(1);
        for at in (0..bytes.len()).step_by(stride).chain([bytes.len() - 1]) {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1 << (at % 8);
            fs::write(&path, &damaged).unwrap();
            let found = faults(folder.path(), &head);
            assert!(
                found.len() == 1 && found[0].file == name,
                "byte {at} of {name}: {found:#?}"
            );
            flips += 1;
        }
        fs::write(&path, &bytes).unwrap();
    }
    assert!(flips > 60, "{flips} flips");
    assert_eq!(faults(folder.path(), &head), []);
}

#[test]
fn a_file_that_is_missing_cut_off_or_emptied_is_reported() {
    let (folder, head) = published(60);
    for (name, bytes) in files_in(folder.path()) {
        if name == "tuf/timestamp.json" {
            continue;
        }
        let path = folder.path().join(&name);
        for length in [0, bytes.len() / 2] {
            fs::write(&path, &bytes[..length]).unwrap();
            let found = faults(folder.path(), &head);
            assert!(found.iter().any(|fault| fault.file == name), "{name} cut");
        }
        fs::remove_file(&path).unwrap();
        let found = faults(folder.path(), &head);
        let referenced = !found.is_empty();
        assert!(
            !referenced || found.iter().any(|fault| fault.file == name),
            "{name} gone: {found:#?}"
        );
        fs::write(&path, &bytes).unwrap();
    }
}

#[test]
fn strangers_are_faults_and_sound_garbage_is_counted() {
    let (folder, head) = published(20);
    let sound = verify_objects(folder.path(), &head).unwrap();
    assert!(sound.is_sound());
    let put = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    };
    let hash = ContentHash::of(b"x").to_string();
    for stranger in [
        "index.html".to_string(),
        "o/readme.txt".into(),
        "o/.hidden".into(),
        ".tmp-abcdefghijkl".into(),
        "tuf/targets/head.json".into(),
        "tuf/1.root.json.bak".into(),
        format!("o/00/00/{hash}"),
        format!("o/{hash}"),
    ] {
        let path = put(&stranger, b"x");
        let found = faults(folder.path(), &head);
        assert_eq!(found.len(), 1, "{stranger}");
        assert_eq!(found[0].file, stranger);
        fs::remove_file(path).unwrap();
    }
    put(RepoName::object(&ContentHash::of(b"x")).as_str(), b"x");
    put("o/.tmp-abcdefghijkl", b"unfinished");
    let report = verify_objects(folder.path(), &head).unwrap();
    assert!(report.is_sound(), "{:#?}", report.faults);
    assert_eq!(report.unreferenced, sound.unreferenced + 1);
    assert_eq!(report.unfinished, 1);
}

#[cfg(unix)]
#[test]
fn a_link_is_never_followed() {
    let (folder, head) = published(3);
    let hash = ContentHash::of(b"x");
    let name = RepoName::object(&hash);
    let path = folder.path().join(name.as_str());
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let outside = TempDir::new().unwrap();
    fs::write(outside.path().join("x"), b"x").unwrap();
    std::os::unix::fs::symlink(outside.path().join("x"), &path).unwrap();
    assert_eq!(faults(folder.path(), &head)[0].file, name.as_str());
}

/// Stores a changed head beside its objects, as a publisher with a bug would sign it.
fn with_head(folder: &Path, head: &[u8], change: impl FnOnce(&mut Head)) -> Vec<Fault> {
    let mut changed = Head::parse(head).unwrap();
    change(&mut changed);
    let bytes = to_canonical(&changed).unwrap();
    let path = folder.join(RepoName::head(&ContentHash::of(&bytes)).as_str());
    fs::write(&path, &bytes).unwrap();
    let found = faults(folder, &bytes);
    fs::remove_file(path).unwrap();
    found
}

#[test]
fn a_head_that_says_other_than_its_rows_is_reported() {
    let (folder, head) = published(60);
    let none = |_: &mut Head| {};
    assert_eq!(with_head(folder.path(), &head, none), []);
    let reports = |rule: &str, change: &dyn Fn(&mut Head)| {
        let found = with_head(folder.path(), &head, change);
        assert!(
            found.iter().any(|fault| fault.reason.contains(rule)),
            "{rule}: {found:#?}"
        );
    };
    reports("F-18", &|head| head.documents += 1);
    reports("F-18", &|head| head.state_digest = ContentHash::of(b"x"));
    reports("F-18", &|head| {
        head.collections[0].digest = ContentHash::of(b"x")
    });
    reports("F-18", &|head| head.collections[0].bytes += 1);
    reports("F-17", &|head| head.shards[0].rows += 1);
    reports("F-17", &|head| {
        head.shards.retain(|s| s.kind != crate::ShardKind::Objects)
    });
    reports("F-6", &|head| head.shards[0].blob.size += 1);
    reports("F-6", &|head| {
        head.data[0].blob.pieces = Some(ContentHash::of(b""))
    });
    reports("F-21", &|head| head.dictionaries.clear());
    reports("F-14", &|head| head.segments[0].upto += 1);
    reports("missing", &|head| {
        head.data[0].blob.sha256 = ContentHash::of(b"nowhere");
    });
    reports("F-10", &|head| head.format = 2);
}

#[test]
fn a_log_that_tells_another_story_than_the_snapshot_is_reported() {
    let (folder, head) = published(60);
    let lies = crate::changelog::encode_segment([]).unwrap();
    let store = FolderDestination::new(folder.path());
    let parsed = Head::parse(&head).unwrap();
    let mut line = Vec::new();
    RepoReader::new(&store)
        .changes(&parsed.segments[0], |change, rows| {
            let browse = String::from_utf8(rows.browse.to_vec()).unwrap();
            let browse = browse.replace("Quyết định", "Nghị quyết");
            let rows = crate::changelog::RowLines {
                browse: browse.as_bytes(),
                ..rows
            };
            line = crate::changelog::change_line(change.seq, rows).unwrap();
            Ok(())
        })
        .unwrap();
    let other = crate::changelog::encode_segment([line.as_slice()]).unwrap();
    for (bytes, sound) in [(lies, true), (other, false)] {
        let hash = ContentHash::of(&bytes);
        let name = RepoName::object(&hash);
        crate::Destination::put(&store, &name, &bytes).unwrap();
        let found = with_head(folder.path(), &head, |head| {
            head.segments[0].blob = crate::blob::blob_of(&bytes).blob;
        });
        assert_eq!(found.is_empty(), sound, "{found:#?}");
    }
}
