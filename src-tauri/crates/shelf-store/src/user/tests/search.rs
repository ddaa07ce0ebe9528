//! What was searched.

use super::*;

#[test]
fn the_same_words_stand_once_the_newest_first_and_fifty_at_most() {
    let mut store = memory();
    for text in [
        "đất đai",
        "hộ tịch",
        "  ĐẤT   dai ",
        "   ",
        &"x".repeat(400),
    ] {
        // The clock does not move, and may even go back.
        store.note_search(text, noon()).unwrap();
    }
    assert_eq!(store.recent_searches(10).unwrap(), ["ĐẤT dai", "hộ tịch"]);
    for number in 0..60 {
        store
            .note_search(&format!("điều {number}"), noon())
            .unwrap();
    }
    let recent = store.recent_searches(100).unwrap();
    assert_eq!((recent.len(), recent[0].as_str()), (50, "điều 59"));
    store.forget_searches().unwrap();
    assert!(store.recent_searches(10).unwrap().is_empty());
}

#[test]
fn quotes_are_kept_and_make_another_search() {
    let mut store = memory();
    for text in ["đất ở", "\"đất ở\"", "“đất ở”"] {
        store.note_search(text, noon()).unwrap();
    }
    let kept = store.recent_searches(9).unwrap();
    assert_eq!(kept, ["“đất ở”", "\"đất ở\"", "đất ở"]);
}
