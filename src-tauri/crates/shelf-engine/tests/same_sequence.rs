//! Two shelves of one publisher under the same sequence: a workspace was copied, or restored from a
//! backup, and both copies went on.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

use shelf_engine::library::{SyncOptions, SyncReport};
use shelf_engine::press::IngestOptions;
use shelf_engine::{Clock, Error, ErrorCode, Job, Library, Press};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn clock(hour: u8) -> Clock {
    Clock::Fixed(format!("2026-05-05T{hour:02}:00:00Z").parse().unwrap())
}

struct Twins {
    folder: TempDir,
}

impl Twins {
    /// Two copies of a workspace that has published once.
    fn new() -> Twins {
        let twins = Twins {
            folder: tempfile::tempdir().unwrap(),
        };
        Press::init(&twins.path("a"), None, None, clock(0)).unwrap();
        twins.publish("a", "Quy định chung.", 1);
        copy(&twins.path("a"), &twins.path("b"));
        copy(&twins.path("a-kho"), &twins.path("b-kho"));
        twins
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn publish(&self, workspace: &str, words: &str, hour: u8) -> u64 {
        let file = self.path("van-ban.jsonl");
        let row = format!(
            r#"{{"law_id":"k1","number":"1/2026/QĐ-UBND","type":"Quyết định","title":"Thử","text":"Điều 1. Một\n{words}"}}"#
        );
        std::fs::write(&file, row).unwrap();
        let mut press = Press::open(&self.path(workspace), clock(hour)).unwrap();
        let options = IngestOptions {
            approve: true,
            ..IngestOptions::default()
        };
        press.ingest(&[file], &options, &Job::silent()).unwrap();
        let to = self.path(&format!("{workspace}-kho"));
        press
            .publish(
                &to,
                shelf_engine::press::PublishOptions::default(),
                &Job::silent(),
            )
            .unwrap()
            .seq
    }

    fn sync(&self, workspace: &str) -> Result<SyncReport, Error> {
        let source = self.path(&format!("{workspace}-kho"));
        let options = SyncOptions {
            source: source.to_str().unwrap().to_string(),
            root: Some(std::fs::read(self.path("a/root.json")).unwrap()),
            collections: Vec::new(),
        };
        Library::sync(&self.path("home"), &options, clock(20), &Job::silent())
    }

    fn words(&self) -> String {
        let mut library = Library::open_for_reading(&self.path("home"), clock(20)).unwrap();
        library.show("k1").unwrap().text
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &target),
            false => drop(std::fs::copy(entry.path(), target).unwrap()),
        }
    }
}

#[test]
fn another_head_of_the_same_sequence_is_a_change() {
    let twins = Twins::new();
    assert_eq!(twins.publish("a", "Bản của máy thứ nhất.", 2), 2);
    assert_eq!(twins.publish("b", "Bản của máy thứ hai.", 3), 2);
    assert_eq!(twins.sync("a").unwrap().seq, 2);
    assert!(twins.words().contains("thứ nhất"));
    let report = twins.sync("b").unwrap();
    assert_eq!((report.seq, report.changed), (2, true));
    assert!(twins.words().contains("thứ hai"), "{}", twins.words());
    assert!(!twins.sync("b").unwrap().changed, "and then nothing is new");
    let home = shelf_engine::verify(&twins.path("home"), None, &Job::silent()).unwrap();
    assert!(home.ok, "{:?}", home.faults);
}

#[test]
fn a_later_signature_over_the_same_sequence_brings_its_content() {
    let twins = Twins::new();
    twins.publish("a", "Bản của máy thứ nhất.", 2);
    twins.publish("b", "Bản của máy thứ hai.", 2);
    twins.publish("b", "Bản của máy thứ hai.", 4);
    twins.sync("a").unwrap();
    let report = twins.sync("b").unwrap();
    assert_eq!((report.seq, report.changed), (2, true));
    assert!(twins.words().contains("thứ hai"));
}

#[test]
fn the_twin_that_was_confirmed_earlier_is_an_older_state_and_is_said_to_be() {
    let twins = Twins::new();
    twins.publish("a", "Bản của máy thứ nhất.", 2);
    twins.publish("b", "Bản của máy thứ hai.", 3);
    twins.sync("b").unwrap();
    assert_eq!(twins.sync("a").unwrap_err().code, ErrorCode::Rollback);
    assert!(twins.words().contains("thứ hai"));
}
