//! A note that was confirmed is there after the process was killed, and beside another process.

use super::*;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const FILE: &str = "SHELF_TEST_USER_DB";
const NOTES: &str = "SHELF_TEST_NOTES";
const CHILD: &str = "user::tests::kill::as_a_child_it_puts_notes";

/// What the parent starts; without its variables it does nothing.
#[test]
fn as_a_child_it_puts_notes() {
    let Some(path) = std::env::var_os(FILE) else {
        return;
    };
    let notes: u32 = std::env::var(NOTES).unwrap().parse().unwrap();
    let mut store = UserStore::open(Path::new(&path), noon()).unwrap();
    let mut out = std::io::stdout().lock();
    for number in 0..notes {
        let note = format!("ghi chú {} {number}", std::process::id());
        let mark = store.put_mark(&draft("a", &note), noon()).unwrap();
        writeln!(out, "kept {} {note}", mark.id).unwrap();
        out.flush().unwrap();
    }
}

fn start(path: &Path, notes: u32) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", CHILD, "--nocapture", "--test-threads=1"])
        .env(FILE, path)
        .env(NOTES, notes.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

fn confirmed(child: &mut Child) -> impl Iterator<Item = (i64, String)> + use<> {
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    lines.map_while(Result::ok).filter_map(|line| {
        // The test harness may have begun the line.
        let (_, kept) = line.split_once("kept ")?;
        let (id, note) = kept.split_once(' ')?;
        Some((id.parse().ok()?, note.to_string()))
    })
}

#[test]
fn every_confirmed_note_is_there_after_twenty_kills() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("user.db");
    let mut kept = Vec::new();
    for round in 0..20 {
        let mut child = start(&path, u32::MAX);
        let mut lines = confirmed(&mut child);
        // Every other time it may be killed before its first note, at first while the file is made.
        if round % 2 == 1 {
            kept.push(lines.next().unwrap());
        }
        let nanoseconds = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap()
            .subsec_nanos();
        std::thread::sleep(Duration::from_micros(u64::from(nanoseconds % 60_000)));
        child.kill().unwrap();
        child.wait().unwrap();
        // What stood in the pipe was confirmed too.
        kept.extend(lines);
        let store = UserStore::open(&path, noon()).unwrap();
        for (id, note) in &kept {
            let found = store.mark(*id).unwrap().map(|mark| mark.note);
            assert_eq!(found.as_ref(), Some(note), "round {round}, mark {id}");
        }
    }
    assert!(kept.len() >= 10);
    println!("{} notes confirmed, none lost", kept.len());
}

#[test]
fn two_processes_write_in_one_file_and_a_third_reads() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("user.db");
    let mut children = [start(&path, 60), start(&path, 60)];
    let reader = UserStore::open(&path, noon()).unwrap();
    let mut kept = Vec::new();
    for child in &mut children {
        for line in confirmed(child) {
            assert!(reader.mark(line.0).unwrap().is_some(), "seen at once");
            kept.push(line);
        }
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(kept.len(), 120);
    assert_eq!(reader.mark_counts().unwrap().all, 120);
}
