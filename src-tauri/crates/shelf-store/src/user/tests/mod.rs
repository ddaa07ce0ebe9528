//! Nothing that a person was told is kept is ever lost.

mod file;
mod folder;
mod kill;
mod mark;
mod position;
mod request;
mod schema;
mod search;
mod setting;

use super::*;
use shelf_law::DocumentId;

fn memory() -> UserStore {
    UserStore::open_in_memory().unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn noon() -> Timestamp {
    at("2026-03-01T12:00:00Z")
}

fn document(name: &str) -> DocumentId {
    DocumentId::from_identity(&[name])
}

fn draft(name: &str, note: &str) -> MarkDraft {
    MarkDraft {
        id: None,
        document: document(name),
        place: Place {
            provision: Some("dieu_12.khoan_2".parse().unwrap()),
            ..Place::default()
        },
        quote: "Người sử dụng đất".into(),
        title: "Luật Đất đai".into(),
        label: "khoản 2 Điều 12".into(),
        note: note.into(),
        colour: 1,
        folder: None,
        revision: "r1".into(),
    }
}

fn ids(store: &UserStore, filter: &MarkFilter) -> Vec<i64> {
    let marks = store.marks(filter).unwrap();
    marks.into_iter().map(|mark| mark.id).collect()
}
