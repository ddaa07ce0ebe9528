//! Marks and notes.

use super::*;

#[test]
fn a_mark_comes_back_as_it_was_put_and_keeps_the_day_it_was_made() {
    let mut store = memory();
    let first = store.put_mark(&draft("a", ""), noon()).unwrap();
    let changed = MarkDraft {
        id: Some(first.id),
        note: "Hỏi lại địa chính xã".into(),
        place: Place {
            object: Some(shelf_law::ContentHash::of("tờ gấp".as_bytes())),
            page: Some(3),
            time_ms: Some(192_000),
            provision: None,
        },
        colour: 3,
        ..draft("a", "")
    };
    let later = at("2026-03-02T00:00:00.25Z");
    let second = store.put_mark(&changed, later).unwrap();
    assert_eq!((second.created_at, second.changed_at), (noon(), later));
    assert_eq!(
        (&second.note, &second.place),
        (&changed.note, &changed.place)
    );
    assert_eq!(store.mark(first.id).unwrap(), Some(second.clone()));
    assert_eq!(store.marks(&MarkFilter::default()).unwrap(), [second]);
}

#[test]
fn a_new_mark_that_is_put_twice_is_one_mark() {
    let mut store = memory();
    let new = MarkDraft {
        quote: "Định ky\u{300} 06 tháng".into(),
        ..draft("a", "Hỏi lại")
    };
    let first = store.put_mark(&new, noon()).unwrap();
    let later = at("2026-03-02T00:00:00Z");
    assert_eq!(store.put_mark(&new, later).unwrap(), first);
    for other in [
        MarkDraft {
            note: "Khác".into(),
            ..new.clone()
        },
        MarkDraft {
            place: Place {
                page: Some(3),
                ..Place::default()
            },
            ..new.clone()
        },
        MarkDraft {
            revision: "another text".into(),
            ..new.clone()
        },
    ] {
        assert_ne!(store.put_mark(&other, later).unwrap().id, first.id);
    }
    store.remove_mark(first.id, later).unwrap();
    let again = store.put_mark(&new, later).unwrap();
    assert_ne!(again.id, first.id, "what was removed stays removed");
}

#[test]
fn a_note_that_is_too_long_is_refused_and_the_old_one_stays() {
    let mut store = memory();
    let longest = "ộ".repeat(20_000);
    let mark = store.put_mark(&draft("a", &longest), noon()).unwrap();
    let longer = MarkDraft {
        id: Some(mark.id),
        ..draft("a", &format!("{longest}!"))
    };
    let refused = store.put_mark(&longer, noon()).unwrap_err();
    assert!(
        matches!(refused, UserError::TooLong { length: 20_001, .. }),
        "{refused}"
    );
    assert_eq!(store.mark(mark.id).unwrap().unwrap().note, longest);
    let loud = MarkDraft {
        colour: 4,
        ..draft("a", "")
    };
    assert!(matches!(
        store.put_mark(&loud, noon()),
        Err(UserError::NoColour(4))
    ));
}

#[test]
fn a_long_quote_is_cut_and_text_is_kept_in_its_composed_form() {
    let mut store = memory();
    let decomposed = "Hỏi đáp 👨\u{200d}👩\u{200d}👧".to_string();
    let put = MarkDraft {
        quote: "đ".repeat(900),
        ..draft("a", &format!("{decomposed} o\u{323}\u{302}"))
    };
    let mark = store.put_mark(&put, noon()).unwrap();
    assert_eq!(mark.quote.chars().count(), 400);
    assert_eq!(
        mark.note,
        format!("{decomposed} ộ"),
        "the person's signs stay as they are"
    );
}

#[test]
fn marks_are_found_by_document_note_folder_and_by_words_without_accents() {
    let mut store = memory();
    let folder = store.put_folder(None, "Hòa giải").unwrap().id;
    let plain = store.put_mark(&draft("a", ""), noon()).unwrap().id;
    let note = store
        .put_mark(&draft("a", "Hoà giải ở cơ sở"), noon())
        .unwrap()
        .id;
    let filed = MarkDraft {
        folder: Some(folder),
        ..draft("b", "100% _ 'x'")
    };
    let filed = store
        .put_mark(&filed, at("2026-03-01T13:00:00Z"))
        .unwrap()
        .id;
    let by = |filter: MarkFilter| ids(&store, &filter);

    assert_eq!(
        by(MarkFilter::default()),
        [filed, note, plain],
        "changed last first"
    );
    let of_a = Some(document("a"));
    assert_eq!(
        by(MarkFilter {
            document: of_a,
            ..Default::default()
        }),
        [note, plain]
    );
    assert_eq!(
        by(MarkFilter {
            with_note: true,
            ..Default::default()
        }),
        [filed, note]
    );
    let in_folder = |folder| MarkFilter {
        folder,
        ..Default::default()
    };
    assert_eq!(by(in_folder(InFolder::Folder(folder))), [filed]);
    assert_eq!(by(in_folder(InFolder::Unfiled)), [note, plain]);
    let text = |text: &str| MarkFilter {
        text: text.into(),
        ..Default::default()
    };
    assert_eq!(
        by(text("hòa GIAI")),
        [note],
        "hoà and hòa, with and without accents"
    );
    assert_eq!(
        by(text("giai dieu dat")),
        [note],
        "words of note, label and title together"
    );
    assert_eq!(by(text("0% _ 'x")), [filed], "signs mean themselves");
    assert_eq!(by(text("không có")), [] as [i64; 0]);

    let expected = MarkCounts { all: 3, unfiled: 2 };
    assert_eq!(store.mark_counts().unwrap(), expected);
    let counts = store.marks_by_document().unwrap();
    assert_eq!((counts[&document("a")], counts[&document("b")]), (2, 1));
}

#[test]
fn a_removed_mark_can_be_had_back_for_thirty_days() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("user.db");
    let mut store = UserStore::open(&path, noon()).unwrap();
    let mark = store.put_mark(&draft("a", "nháp"), noon()).unwrap();
    assert!(store.remove_mark(mark.id, noon()).unwrap());
    assert!(
        !store.remove_mark(mark.id, noon()).unwrap(),
        "once is enough"
    );
    assert!(store.marks(&MarkFilter::default()).unwrap().is_empty());
    assert!(store.marks_by_document().unwrap().is_empty());
    drop(store);

    let mut store = UserStore::open(&path, at("2026-03-31T11:59:59Z")).unwrap();
    assert_eq!(store.restore_mark(mark.id).unwrap(), mark);
    store.remove_mark(mark.id, noon()).unwrap();
    let put = MarkDraft {
        id: Some(mark.id),
        ..draft("a", "vẫn đang viết")
    };
    let back = store.put_mark(&put, noon()).unwrap();
    assert_eq!(back.deleted_at, None, "who writes in it wants it");
    store.remove_mark(mark.id, noon()).unwrap();
    drop(store);

    let mut store = UserStore::open(&path, at("2026-03-31T12:00:01Z")).unwrap();
    assert_eq!(store.mark(mark.id).unwrap(), None);
    for refused in [store.restore_mark(mark.id), store.put_mark(&put, noon())] {
        assert!(matches!(
            refused,
            Err(UserError::Missing { what: "mark", .. })
        ));
    }
    let next = store.put_mark(&draft("a", ""), noon()).unwrap();
    assert!(next.id > mark.id, "a number is never given again");
}

#[test]
fn a_row_that_cannot_be_read_hides_no_other() {
    let mut store = memory();
    let good = store.put_mark(&draft("a", ""), noon()).unwrap().id;
    let odd = store.put_mark(&draft("a", "Hai"), noon()).unwrap().id;
    let bad = store.put_mark(&draft("a", "Ba"), noon()).unwrap().id;
    let sql = format!(
        "UPDATE mark SET provision = 'Điều 5' WHERE id = {odd};
         UPDATE mark SET document = 'x' WHERE id = {bad};"
    );
    store.database.run(|c| c.execute_batch(&sql)).unwrap();
    assert_eq!(ids(&store, &MarkFilter::default()), [odd, good]);
    assert_eq!(store.mark(odd).unwrap().unwrap().place, Place::default());
    assert_eq!(store.marks_by_document().unwrap().len(), 1);
}

#[test]
fn a_note_of_a_guest_that_comes_late_replaces_none_of_the_person() {
    let folder = tempfile::tempdir().unwrap();
    let mut own = UserStore::open(&folder.path().join("user.db"), noon()).unwrap();
    let mut guest = memory();
    let kept = own.put_mark(&draft("a", "mine"), noon()).unwrap();
    let late = guest.put_mark(&draft("a", "a guest's"), noon()).unwrap();
    let late = MarkDraft {
        id: Some(late.id),
        ..draft("a", "a guest's")
    };
    assert!(matches!(
        own.put_mark(&late, noon()),
        Err(UserError::Missing { .. })
    ));
    assert_eq!(own.mark(kept.id).unwrap().unwrap().note, "mine");
    let mine = own.put_folder(None, "Đất đai").unwrap();
    let theirs = guest.put_folder(None, "Hộ tịch").unwrap();
    assert_ne!(mine.id, theirs.id);
}
