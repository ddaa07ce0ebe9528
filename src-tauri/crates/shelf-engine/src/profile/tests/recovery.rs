//! A damaged file is never deleted, and the latest readable copy takes its place.

use super::*;

/// Three days with a note each, a copy in the morning after the day's note, and one note after.
fn three_days(home: &Path) {
    for day in 1..=3 {
        let mut profile = Profile::open(home, morning(day)).unwrap();
        profile.put_mark(&draft(&format!("ngày {day}"))).unwrap();
        profile.back_up_if_due().unwrap();
    }
    let mut profile = Profile::open(home, morning(3)).unwrap();
    profile.put_mark(&draft("sau bản sao")).unwrap();
}

#[test]
fn the_latest_copy_takes_the_place_of_a_damaged_file_and_what_was_lost_is_told() {
    let home = tempfile::tempdir().unwrap();
    three_days(home.path());
    let path = home.path().join("user.db");
    let whole = std::fs::read(&path).unwrap();
    let mut hole = whole.clone();
    hole[4096..8192].fill(0x5a);
    let damages = [
        vec![0; whole.len()],
        b"not a database".to_vec(),
        hole,
        whole[..9000].to_vec(),
    ];
    for (number, bytes) in (1..).zip(damages) {
        std::fs::write(&path, &bytes).unwrap();
        let profile = Profile::open(home.path(), morning(4)).unwrap();
        let recovered = profile.recovered().unwrap().clone();
        assert_eq!(recovered.from, Some("2026-03-03".parse().unwrap()));
        assert_eq!(recovered.lost_since, Some(morning(3).now()));
        let aside = home.path().join(format!("user.db.damaged-{number}"));
        assert_eq!(recovered.damaged.as_deref(), Some(aside.as_path()));
        assert_eq!(
            std::fs::read(aside).unwrap(),
            bytes,
            "kept to the last byte"
        );
        assert_eq!(notes(&profile), ["ngày 3", "ngày 2", "ngày 1"]);
        drop(profile);
        let profile = Profile::open(home.path(), morning(4)).unwrap();
        assert_eq!(profile.recovered(), None, "told once");
    }
}

#[test]
fn a_copy_that_cannot_be_read_gives_way_to_the_one_before() {
    let home = tempfile::tempdir().unwrap();
    three_days(home.path());
    std::fs::write(home.path().join("user.db"), b"damaged").unwrap();
    std::fs::write(
        home.path().join("backups/user-2026-03-03.db"),
        b"damaged too",
    )
    .unwrap();
    let mut profile = Profile::open(home.path(), morning(4)).unwrap();
    let from = profile.recovered().unwrap().from.unwrap();
    assert_eq!(from.to_string(), "2026-03-02");
    assert_eq!(notes(&profile), ["ngày 2", "ngày 1"]);
    profile.put_mark(&draft("tiếp")).unwrap();
}

#[test]
fn the_later_copy_is_the_one_that_more_writes_led_to_whatever_the_clock_said() {
    let home = tempfile::tempdir().unwrap();
    three_days(home.path());
    let mut profile = Profile::open(home.path(), clock("2001-01-01T00:00:00Z")).unwrap();
    profile.put_mark(&draft("pin hết")).unwrap();
    profile.back_up_if_due().unwrap();
    drop(profile);
    std::fs::write(home.path().join("user.db"), b"damaged").unwrap();
    let profile = Profile::open(home.path(), morning(4)).unwrap();
    assert_eq!(notes(&profile).len(), 5);
}

#[test]
fn a_file_that_is_gone_or_empty_is_had_back_from_its_copy() {
    let home = tempfile::tempdir().unwrap();
    three_days(home.path());
    let path = home.path().join("user.db");
    std::fs::remove_file(&path).unwrap();
    // A log without its file must not meet the copy.
    std::fs::write(home.path().join("user.db-wal"), b"left over").unwrap();
    let profile = Profile::open(home.path(), morning(4)).unwrap();
    assert_eq!(notes(&profile).len(), 3);
    assert!(profile.recovered().is_some());
    drop(profile);
    std::fs::write(&path, b"").unwrap();
    let profile = Profile::open(home.path(), morning(4)).unwrap();
    assert_eq!(notes(&profile).len(), 3);
}

#[test]
fn without_any_copy_all_begins_anew_beside_the_damaged_file() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("user.db"), b"damaged").unwrap();
    let profile = Profile::open(home.path(), morning(4)).unwrap();
    let recovered = profile.recovered().unwrap();
    assert_eq!((recovered.from, recovered.lost_since), (None, None));
    assert!(notes(&profile).is_empty());
    assert_eq!(
        std::fs::read(home.path().join("user.db.damaged-1")).unwrap(),
        b"damaged"
    );
}

#[test]
fn a_file_or_copy_of_a_newer_program_is_refused_and_nothing_is_touched() {
    /// Where SQLite keeps `user_version`, big-endian.
    const VERSION: std::ops::Range<usize> = 60..64;
    let home = tempfile::tempdir().unwrap();
    three_days(home.path());
    let path = home.path().join("user.db");
    let whole = std::fs::read(&path).unwrap();
    let mut newer = whole.clone();
    newer[VERSION].copy_from_slice(&99_u32.to_be_bytes());
    std::fs::write(&path, &newer).unwrap();
    let refused = Profile::open(home.path(), morning(4))
        .map(|_| ())
        .unwrap_err();
    assert_eq!(refused.code, ErrorCode::Newer, "{refused}");
    assert_eq!(std::fs::read(&path).unwrap(), newer);

    std::fs::write(&path, b"damaged").unwrap();
    let copy = home.path().join("backups/user-2026-03-03.db");
    let mut newer = std::fs::read(&copy).unwrap();
    newer[VERSION].copy_from_slice(&99_u32.to_be_bytes());
    std::fs::write(&copy, &newer).unwrap();
    let refused = Profile::open(home.path(), morning(4))
        .map(|_| ())
        .unwrap_err();
    assert_eq!(refused.code, ErrorCode::Newer, "{refused}");
    assert_eq!(std::fs::read(&path).unwrap(), b"damaged");
}

#[test]
fn of_several_windows_that_find_the_damage_one_repairs_it() {
    let home = tempfile::tempdir().unwrap();
    three_days(home.path());
    std::fs::write(home.path().join("user.db"), b"damaged").unwrap();
    let openers: Vec<_> = (0..6)
        .map(|number| {
            let home = home.path().to_path_buf();
            std::thread::spawn(move || {
                let mut profile = Profile::open(&home, morning(4)).unwrap();
                profile
                    .put_mark(&draft(&format!("cửa sổ {number}")))
                    .unwrap();
                profile.recovered().is_some()
            })
        })
        .collect();
    let told = openers.into_iter().map(|opener| opener.join().unwrap());
    assert_eq!(told.filter(|told| *told).count(), 1);
    let profile = Profile::open(home.path(), morning(4)).unwrap();
    assert_eq!(
        notes(&profile).len(),
        3 + 6,
        "no window wrote into the file that was moved"
    );
    assert!(!home.path().join("user.db.damaged-2").exists());
}
