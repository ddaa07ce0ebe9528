//! Two copies of one workspace.

use super::*;
use crate::press::publish::LAST_SEQ;
use shelf_law::ContentHash;

/// A desk with one act published to `repo` as sequence 1.
fn desk() -> Desk {
    let mut desk = Desk::new();
    change(&mut desk, "Một.");
    assert_eq!(desk.publish("repo").seq, 1);
    desk
}

fn change(desk: &mut Desk, text: &str) {
    desk.file("qd.txt", &act("12/2026/QĐ-UBND", text));
    desk.ingest(None);
}

/// The workspace as it is now, restored elsewhere.
fn copy(desk: &Desk) -> Press {
    let backup = desk.path("ws.backup");
    desk.press.backup(&backup).unwrap();
    Press::restore(&backup, &desk.path("copy")).unwrap();
    Press::open(&desk.path("copy"), Clock::System).unwrap()
}

#[test]
fn what_another_copy_published_is_only_replaced_by_a_persons_word() {
    let mut desk = desk();
    let mut copy = copy(&desk);
    change(&mut desk, "Hai.");
    desk.file("qd2.txt", &act("13/2026/QĐ-UBND", "Chỉ ở đây."));
    desk.ingest(None);
    assert_eq!(desk.publish("repo").seq, 2);

    let repo = desk.path("repo");
    let error = publish(&mut copy, &repo, false).unwrap_err();
    assert_eq!(error.code, ErrorCode::Diverged);
    assert_eq!(error.code.as_str(), "diverged");
    assert!(error.words.contains("add --take-over"), "{error}");
    assert!(error.words.contains("sequence 2"), "{error}");
    assert!(!error.to_string().contains('\n'));

    let outcome = publish(&mut copy, &repo, true).unwrap();
    assert_eq!(outcome.seq, 3, "nobody is locked out");
    assert_eq!((outcome.documents, outcome.withdrawn), (1, 1));
    assert_eq!(publish(&mut copy, &repo, false).unwrap().seq, 3);
    let error = publish(&mut desk.press, &repo, false).unwrap_err();
    assert_eq!(
        error.code,
        ErrorCode::Diverged,
        "and now it is the other's turn"
    );
}

#[test]
fn a_restored_workspace_publishes_on_where_the_backup_was_the_last_word() {
    let desk = desk();
    let mut copy = copy(&desk);
    let repo = desk.path("repo");
    assert!(!publish(&mut copy, &repo, false).unwrap().changed);
}

#[test]
fn what_was_taken_over_at_one_place_is_known_at_its_mirror() {
    let mut desk = desk();
    desk.publish("mirror");
    let mut copy = copy(&desk);
    change(&mut desk, "Hai.");
    let seq = desk.publish("repo").seq;
    assert_eq!(desk.publish("mirror").seq, seq + 1);
    publish(&mut copy, &desk.path("repo"), true).unwrap();
    // The mirror's own release is another one, and may hold what `repo` did not.
    let error = publish(&mut copy, &desk.path("mirror"), false).unwrap_err();
    assert_eq!(error.code, ErrorCode::Diverged);
}

#[test]
fn empty_places_and_mirrors_that_lag_behind_are_published_to() {
    let mut desk = desk();
    let lagging = desk.publish("mirror").seq;
    for text in ["Hai.", "Ba."] {
        change(&mut desk, text);
        desk.publish("repo");
    }
    let mirror = desk.publish("mirror");
    assert!(mirror.changed && mirror.seq > lagging);
    assert!(desk.publish("new").seq >= mirror.seq);
    assert!(!desk.publish("repo").changed);
}

#[test]
fn a_killed_publish_is_gone_on_with_wherever_it_was_killed() {
    let mut desk = desk();
    change(&mut desk, "Hai.");
    // Killed before the new head came to stand.
    let unborn = ContentHash::of(b"never stood");
    desk.press.workspace.remember_head(&unborn, 2).unwrap();
    let seq = desk.publish("repo").seq;
    assert_eq!(seq, 3, "its number is used up");
    // Killed after it stood, before the end.
    desk.press.workspace.set_setting(LAST_SEQ, "1").unwrap();
    assert!(!desk.publish("repo").changed);
    change(&mut desk, "Ba.");
    assert_eq!(desk.publish("repo").seq, 4);
}

#[test]
fn a_workspace_that_only_remembers_its_last_sequence_goes_on_from_there() {
    let mut desk = Desk::new();
    change(&mut desk, "Một.");
    let mut old = copy(&desk);
    desk.publish("repo");
    let repo = desk.path("repo");
    let stranger = publish(&mut old, &repo, false).unwrap_err();
    assert_eq!(stranger.code, ErrorCode::Diverged);
    old.workspace.set_setting(LAST_SEQ, "1").unwrap();
    assert!(!publish(&mut old, &repo, false).unwrap().changed);
}
