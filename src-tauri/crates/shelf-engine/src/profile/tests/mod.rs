//! A person's data outlives damage, and a guest's is nowhere.

mod backup;
mod guest;
mod recovery;
mod settings;

use super::*;

fn clock(text: &str) -> Clock {
    Clock::Fixed(text.parse().unwrap())
}

fn morning(day: i8) -> Clock {
    clock(&format!("2026-03-{day:02}T03:00:00Z"))
}

fn draft(note: &str) -> MarkDraft {
    MarkDraft {
        id: None,
        document: DocumentId::from_identity(&["a"]),
        place: Place::default(),
        quote: String::new(),
        title: "Luật Đất đai".into(),
        label: "Điều 12".into(),
        note: note.into(),
        colour: 0,
        folder: None,
        revision: "r1".into(),
    }
}

fn notes(profile: &Profile) -> Vec<String> {
    let marks = profile.marks(&MarkFilter::default()).unwrap();
    marks.into_iter().map(|mark| mark.note).collect()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn what_is_refused_has_a_code_and_says_why() {
    let mut profile = Profile::guest(morning(1)).unwrap();
    let long = profile.put_mark(&draft(&"x".repeat(20_001))).unwrap_err();
    assert_eq!(long.code, ErrorCode::BadInput);
    assert!(
        long.words.contains("20001") && long.words.contains("20000"),
        "{long}"
    );
    assert_eq!(
        profile.restore_mark(7).unwrap_err().code,
        ErrorCode::NotFound
    );
    profile.put_folder(None, "Đất đai").unwrap();
    assert_eq!(
        profile.put_folder(None, "dat dai").unwrap_err().code,
        ErrorCode::BadInput
    );
}

#[test]
fn two_windows_share_one_profile() {
    let home = tempfile::tempdir().unwrap();
    let writers: Vec<_> = (0..4)
        .map(|writer| {
            let home = home.path().to_path_buf();
            std::thread::spawn(move || {
                let mut profile = Profile::open(&home, morning(1)).unwrap();
                for number in 0..25 {
                    profile
                        .put_mark(&draft(&format!("{writer} {number}")))
                        .unwrap();
                }
                profile.back_up_if_due().unwrap().is_some()
            })
        })
        .collect();
    let copies = writers.into_iter().map(|writer| writer.join().unwrap());
    assert_eq!(copies.filter(|made| *made).count(), 1, "one copy a day");
    let profile = Profile::open(home.path(), morning(1)).unwrap();
    assert_eq!(notes(&profile).len(), 100);
}

#[test]
fn a_profile_can_be_used_from_any_thread() {
    fn goes_to_another_thread<T: Send>(_: T) {}
    goes_to_another_thread(Profile::guest(morning(1)).unwrap());
}
