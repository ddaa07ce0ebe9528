//! A guest's visit leaves nothing.

use super::*;
use std::process::Command;

const WATCHED: &str = "SHELF_TEST_GUEST";
const CHILD: &str = "profile::tests::guest::as_a_child_it_is_a_guest";

/// What the parent starts, with every folder for files set to an empty one; without its variable it
/// does nothing.
#[test]
fn as_a_child_it_is_a_guest() {
    let Some(watched) = std::env::var_os(WATCHED) else {
        return;
    };
    let watched = Path::new(&watched);
    let mut profile = Profile::guest(morning(1)).unwrap();
    assert!(profile.is_guest());
    let folder = profile.put_folder(None, "Tạm").unwrap();
    // Far more than what SQLite keeps in its cache before it turns to files.
    let long = "điều khoản ".repeat(1_800);
    for number in 0..1_000 {
        let mut draft = draft(&format!("{number} {long}"));
        draft.folder = Some(folder.id);
        let mark = profile.put_mark(&draft).unwrap();
        profile
            .note_position(&mark.document, &mark.place, 0.5)
            .unwrap();
        profile.note_search(&format!("tìm {number}")).unwrap();
        let question = format!("hỏi {number}");
        let draft = RequestDraft {
            question,
            ..RequestDraft::default()
        };
        profile.put_request(&draft).unwrap();
    }
    assert_eq!(notes(&profile).len(), 1_000, "a sort of all of them");
    profile
        .change(&SettingsPatch {
            theme: Some(Theme::Dark),
            ..Default::default()
        })
        .unwrap();
    assert_eq!(profile.back_up_if_due().unwrap(), None);
    assert!(names(watched).is_empty());
    // A file that is deleted while it is open shows in no listing.
    #[cfg(target_os = "linux")]
    for entry in std::fs::read_dir("/proc/self/fd").unwrap().flatten() {
        let target = std::fs::read_link(entry.path()).unwrap_or_default();
        let target = target.to_string_lossy();
        assert!(!target.ends_with("(deleted)"), "{target}");
    }
}

#[test]
fn a_visit_writes_no_file_anywhere() {
    let watched = tempfile::tempdir().unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap());
    child
        .args(["--exact", CHILD])
        .current_dir(watched.path())
        .env(WATCHED, watched.path());
    for folder in [
        "TMPDIR",
        "SQLITE_TMPDIR",
        "TMP",
        "TEMP",
        "HOME",
        "XDG_DATA_HOME",
        "XDG_CACHE_HOME",
    ] {
        child.env(folder, watched.path());
    }
    let output = child.output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("1 passed"), "the visit took place: {said}");
    assert!(names(watched.path()).is_empty());
}
