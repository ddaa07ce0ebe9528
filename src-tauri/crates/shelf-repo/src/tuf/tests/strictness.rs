//! The check of every signature and byte.

use super::*;
use crate::tuf::{StrictReport, check_metadata};

fn check(files: &Files, root: Option<&[u8]>) -> StrictReport {
    let names: Vec<String> = files.keys().cloned().collect();
    check_metadata(|name| Ok(files.get(name).cloned()), &names, root)
}

/// A repository with some history: two heads, a change of all keys, a third head, a confirmation.
fn history() -> Shelf {
    let mut shelf = Shelf::published("{\"seq\":1}");
    shelf.publish("{\"seq\":2}");
    shelf.rotate(&SigningKey::generate().unwrap());
    shelf.publish("{\"seq\":3}");
    shelf.confirm(now());
    shelf
}

#[test]
fn a_sound_repository_has_no_fault() {
    let shelf = history();
    let report = check(&shelf.files, Some(&shelf.root()));
    assert_eq!(report.faults, []);
    assert!(report.anchored);
    assert_eq!(report.head.as_deref(), Some(&b"{\"seq\":3}"[..]));
    assert_eq!(report.files, shelf.files.len());
}

#[test]
fn without_a_root_it_is_not_anchored_and_with_another_it_fails() {
    let shelf = history();
    let report = check(&shelf.files, None);
    assert!(report.faults.is_empty() && !report.anchored);
    let report = check(&shelf.files, Some(&Shelf::new().root()));
    assert!(!report.anchored);
    assert!(report.faults.iter().any(|fault| fault.file == "root.json"));
    assert!(!check(&shelf.files, Some(b"<html>")).faults.is_empty());
}

#[test]
fn every_flipped_bit_in_every_file_is_reported() {
    let shelf = history();
    let root = shelf.root();
    let mut tried = 0;
    for (name, bytes) in &shelf.files {
        let mut flipped = shelf.files.clone();
        // A stride that is coprime to eight visits all bits of a byte in turn.
        for (turn, at) in (0..bytes.len()).step_by(7).enumerate() {
            let bit = 1u8 << (turn % 8);
            flipped.get_mut(name).unwrap()[at] ^= bit;
            let report = check(&flipped, Some(&root));
            assert!(
                !report.faults.is_empty(),
                "{name}: bit {bit:#x} of byte {at} went unseen"
            );
            flipped.get_mut(name).unwrap()[at] = bytes[at];
            tried += 1;
        }
    }
    assert!(tried > 1000, "{tried}");
}

#[test]
fn a_letter_of_other_case_in_a_signature_is_reported() {
    // Hexadecimal digits have two cases: the one bit that could leave a signature valid.
    let shelf = history();
    let root = shelf.root();
    for name in ["2.root.json", TIMESTAMP] {
        let bytes = &shelf.files[name];
        let end = bytes
            .windows(9)
            .position(|text| text == b"\"signed\":")
            .unwrap();
        for at in (0..end).filter(|at| bytes[*at].is_ascii_alphabetic()) {
            let mut flipped = shelf.files.clone();
            flipped.get_mut(name).unwrap()[at] ^= 0x20;
            assert!(
                !check(&flipped, Some(&root)).faults.is_empty(),
                "{name}: byte {at}"
            );
        }
    }
}

#[test]
fn a_cut_or_longer_file_is_reported() {
    let shelf = history();
    for name in shelf.files.keys() {
        let changes: [fn(&mut Vec<u8>); 3] = [
            |bytes| bytes.truncate(bytes.len() - 1),
            |bytes| bytes.push(b'\n'),
            Vec::clear,
        ];
        for change in changes {
            let mut files = shelf.files.clone();
            change(files.get_mut(name).unwrap());
            assert!(!check(&files, None).faults.is_empty(), "{name}");
        }
    }
}

#[test]
fn one_broken_signature_of_three_is_not_hidden_by_the_threshold() {
    let shelf = Shelf::published("a");
    let mut root: serde_json::Value = serde_json::from_slice(&shelf.root()).unwrap();
    let sig = root["signatures"][1]["sig"].as_str().unwrap().to_string();
    let other = if sig.starts_with('0') { "1" } else { "0" };
    root["signatures"][1]["sig"] = format!("{other}{}", &sig[1..]).into();
    let mut files = shelf.files.clone();
    files.insert("1.root.json".into(), envelope::canonical(&root));
    assert!(
        shelf.read(&mut MemoryTrust::default()).is_ok(),
        "a reader is content with two"
    );
    let report = check(&files, Some(&shelf.root()));
    assert_eq!(report.faults.len(), 1, "{:?}", report.faults);
    assert_eq!(report.faults[0].file, "1.root.json");
}

#[test]
fn a_signature_by_a_key_of_no_role_is_reported() {
    let shelf = Shelf::published("a");
    let stranger = SigningKey::generate().unwrap();
    let online = SigningKey::read(&shelf.path().join("keys/online.key"), None).unwrap();
    let timestamp: serde_json::Value = serde_json::from_slice(&shelf.files[TIMESTAMP]).unwrap();
    let signed = timestamp["signed"].clone();
    let mut files = shelf.files.clone();
    files.insert(
        TIMESTAMP.into(),
        envelope::seal(signed, &[&online, &stranger]).unwrap(),
    );
    let report = check(&files, None);
    assert_eq!(report.faults.len(), 1, "{:?}", report.faults);
    assert!(report.faults[0].reason.contains(stranger.id()));
}

#[test]
fn other_spellings_of_the_same_json_are_reported() {
    let shelf = Shelf::published("a");
    for name in [
        "1.root.json",
        TIMESTAMP,
        "1.snapshot.json",
        "1.targets.json",
    ] {
        let value: serde_json::Value = serde_json::from_slice(&shelf.files[name]).unwrap();
        let mut files = shelf.files.clone();
        files.insert(name.into(), serde_json::to_vec_pretty(&value).unwrap());
        let report = check(&files, None);
        assert!(
            report.faults.iter().any(|fault| fault.file == name),
            "{name}"
        );
    }
}

#[test]
fn missing_files_and_strangers_are_reported() {
    let shelf = history();
    for name in [
        "1.root.json",
        "2.root.json",
        TIMESTAMP,
        "3.snapshot.json",
        "3.targets.json",
    ] {
        let mut files = shelf.files.clone();
        files.remove(name);
        assert!(
            !check(&files, Some(&shelf.root())).faults.is_empty(),
            "{name}"
        );
    }
    for name in [
        "readme.txt",
        "targets/x.head.json",
        "01.root.json",
        "9.root.json",
        "a/b",
    ] {
        let mut files = shelf.files.clone();
        files.insert(name.into(), b"hello".to_vec());
        let report = check(&files, None);
        assert!(
            report.faults.iter().any(|fault| fault.file == name),
            "{name}"
        );
    }
    assert!(!check(&Files::new(), None).faults.is_empty());
}

#[test]
fn sound_leftovers_of_a_killed_publish_are_no_fault() {
    let mut shelf = history();
    let killed = shelf
        .signer()
        .sign_head(b"d", shelf.floor(), now())
        .unwrap();
    for (name, bytes) in killed.files.into_iter().take(3) {
        shelf.files.insert(name, bytes);
        let report = check(&shelf.files, Some(&shelf.root()));
        assert_eq!(report.faults, []);
        assert_eq!(report.head.as_deref(), Some(&b"{\"seq\":3}"[..]));
    }
}

#[test]
fn a_file_that_cannot_be_read_is_reported_by_name() {
    let shelf = history();
    let names: Vec<String> = shelf.files.keys().cloned().collect();
    let read = |name: &str| match name {
        "2.snapshot.json" => Err(std::io::Error::other("input/output error")),
        _ => Ok(shelf.files.get(name).cloned()),
    };
    let report = check_metadata(read, &names, None);
    assert_eq!(report.faults.len(), 1, "{:?}", report.faults);
    assert_eq!(report.faults[0].file, "2.snapshot.json");
}
