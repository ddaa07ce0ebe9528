//! Where reading stopped.

use super::*;

#[test]
fn reading_goes_on_where_it_stopped_and_the_last_read_stands_first() {
    let mut store = memory();
    let (a, b) = (document("a"), document("b"));
    let place = draft("a", "").place;
    store.note_opening(&a, noon()).unwrap();
    store.note_position(&a, &place, 0.25, noon()).unwrap();
    store
        .note_position(&b, &Place::default(), f64::NAN, at("2026-03-01T13:00:00Z"))
        .unwrap();
    store.note_opening(&a, at("2026-03-01T14:00:00Z")).unwrap();

    let found = store.position(&a).unwrap().unwrap();
    assert_eq!(
        (&found.place, found.fraction, found.opens),
        (&place, 0.25, 2)
    );
    let recent = store.recent_positions(5).unwrap();
    assert_eq!(
        recent.iter().map(|row| &row.document).collect::<Vec<_>>(),
        [&a, &b]
    );
    assert_eq!((recent[1].fraction, recent[1].opens), (0.0, 1));
    assert_eq!(store.recent_positions(1).unwrap().len(), 1);
    store.forget_positions().unwrap();
    assert_eq!(store.position(&a).unwrap(), None);
}
