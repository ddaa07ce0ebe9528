//! Settings have a default, and what cannot be read is as by default.

use super::*;

#[test]
fn what_was_never_set_is_as_by_default_and_a_change_touches_nothing_else() {
    let home = tempfile::tempdir().unwrap();
    let mut profile = Profile::open(home.path(), morning(1)).unwrap();
    assert_eq!(profile.settings().unwrap(), Settings::default());
    let patch = SettingsPatch {
        theme: Some(Theme::Dark),
        text_size: Some(150),
        language: Some(Language::En),
        commune: Some(Some(" Xã  Tuy Phước ".into())),
        former_province: Some(Some("Bình Định (cũ)".into())),
        single_keys: Some(false),
        show_expired: Some(true),
    };
    let all = Settings {
        theme: Theme::Dark,
        text_size: 150,
        language: Language::En,
        commune: Some("Xã Tuy Phước".into()),
        former_province: Some("Bình Định (cũ)".into()),
        single_keys: false,
        show_expired: true,
    };
    assert_eq!(profile.change(&patch).unwrap(), all);
    drop(profile);

    let mut profile = Profile::open(home.path(), morning(1)).unwrap();
    assert_eq!(profile.settings().unwrap(), all);
    assert_eq!(profile.change(&SettingsPatch::default()).unwrap(), all);
    let forget = SettingsPatch {
        commune: Some(None),
        former_province: Some(Some("  ".into())),
        ..SettingsPatch::default()
    };
    let left = profile.change(&forget).unwrap();
    assert_eq!(
        (left.commune, left.former_province, left.text_size),
        (None, None, 150)
    );
}

#[test]
fn a_bad_value_is_as_by_default_and_the_keys_of_a_later_program_stay() {
    let mut profile = Profile::guest(morning(1)).unwrap();
    let bad = [
        ("theme", "pink"),
        ("text_size", "9999"),
        ("single_keys", ""),
        ("later", "kept"),
    ];
    let bad = bad.map(|(key, value)| (key, Some(value.to_string())));
    profile.store.change_settings(&bad).unwrap();
    assert_eq!(profile.settings().unwrap(), Settings::default());
    let patch = SettingsPatch {
        theme: Some(Theme::Light),
        ..SettingsPatch::default()
    };
    assert_eq!(profile.change(&patch).unwrap().theme, Theme::Light);
    assert_eq!(profile.store.settings().unwrap()["later"], "kept");
}

#[test]
fn a_patch_with_one_bad_value_changes_nothing() {
    let mut profile = Profile::guest(morning(1)).unwrap();
    for patch in [
        SettingsPatch {
            theme: Some(Theme::Dark),
            text_size: Some(101),
            ..SettingsPatch::default()
        },
        SettingsPatch {
            theme: Some(Theme::Dark),
            commune: Some(Some("x".repeat(201))),
            ..SettingsPatch::default()
        },
    ] {
        assert_eq!(
            profile.change(&patch).unwrap_err().code,
            ErrorCode::BadInput
        );
        assert_eq!(profile.settings().unwrap(), Settings::default());
    }
}
