//! One copy a day, seven at most.

use super::*;

#[test]
fn a_day_has_one_copy_and_the_last_seven_days_are_kept() {
    let home = tempfile::tempdir().unwrap();
    let backups = home.path().join("backups");
    for day in 1..=10 {
        let mut profile = Profile::open(home.path(), morning(day)).unwrap();
        profile.put_mark(&draft(&format!("ngày {day}"))).unwrap();
        let made = profile.back_up_if_due().unwrap().unwrap();
        assert_eq!(made, backups.join(format!("user-2026-03-{day:02}.db")));
        profile.put_mark(&draft("cùng ngày")).unwrap();
        assert_eq!(profile.back_up_if_due().unwrap(), None);
    }
    let kept: Vec<String> = (4..=10)
        .map(|day| format!("user-2026-03-{day:02}.db"))
        .collect();
    assert_eq!(names(&backups), kept);
    // Late in the evening in UTC it is the next day in Việt Nam.
    let evening = Profile::open(home.path(), clock("2026-03-10T20:00:00Z")).unwrap();
    assert!(evening.back_up_if_due().unwrap().is_some());
}

#[test]
fn a_clock_that_was_wrong_does_not_keep_old_copies_for_years() {
    let home = tempfile::tempdir().unwrap();
    let backups = home.path().join("backups");
    let open = |clock| Profile::open(home.path(), clock).unwrap();
    open(clock("2099-01-01T00:00:00Z"))
        .back_up_if_due()
        .unwrap();
    for day in 1..=7 {
        open(morning(day)).back_up_if_due().unwrap();
    }
    assert!(!names(&backups).contains(&"user-2099-01-01.db".to_string()));
    // A dead battery: the copy of today is kept though every other seems to be of later.
    let made = open(clock("2001-01-01T00:00:00Z"))
        .back_up_if_due()
        .unwrap()
        .unwrap();
    assert!(made.is_file());
    assert_eq!(names(&backups).len(), 7);
}

#[test]
fn what_a_killed_process_left_is_cleared_and_other_files_stay() {
    let home = tempfile::tempdir().unwrap();
    let backups = home.path().join("backups");
    std::fs::create_dir(&backups).unwrap();
    for name in ["user-2026-02-28.db.tmp", "của tôi.txt", "user-x.db"] {
        std::fs::write(backups.join(name), b"x").unwrap();
    }
    let profile = Profile::open(home.path(), morning(1)).unwrap();
    assert_eq!(profile.recovered(), None, "none of these is a copy");
    profile.back_up_if_due().unwrap();
    assert_eq!(
        names(&backups),
        ["của tôi.txt", "user-2026-03-01.db", "user-x.db"]
    );
}
