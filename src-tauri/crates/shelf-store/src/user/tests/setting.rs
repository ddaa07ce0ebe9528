//! Settings.

use super::*;

#[test]
fn settings_change_together_and_others_stay() {
    let mut store = memory();
    store
        .change_settings(&[
            ("theme", Some("dark".into())),
            ("later", Some("kept".into())),
        ])
        .unwrap();
    let before = store.changes().unwrap();
    store.change_settings(&[]).unwrap();
    assert_eq!(
        store.changes().unwrap(),
        before,
        "nothing to write is not written"
    );
    store
        .change_settings(&[("theme", None), ("language", Some("en".into()))])
        .unwrap();
    let settings = store.settings().unwrap();
    assert_eq!(settings.len(), 2);
    assert_eq!(
        (settings["language"].as_str(), settings["later"].as_str()),
        ("en", "kept")
    );
}
