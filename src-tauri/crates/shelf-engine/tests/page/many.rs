//! A shelf with more of everything than a page shows at once.

use crate::few::{act, file_of, with};
use crate::shelf::Shelf;
use serde_json::json;
use shelf_engine::library::Direction;
use shelf_law::RelationKind;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::time::Instant;

/// Leaflets that rest on the act in force.
const LEAFLETS: usize = 30;
/// Decrees that do.
const DECREES: usize = 203;

/// An act in force and an expired one, decrees and leaflets on the first, and three old leaflets on
/// the second.
fn many() -> Shelf {
    let folder = tempfile::tempdir().unwrap();
    let law = |number: &str, title: &str| act(number, "Luật", title, "2020-01-02", &["Chợ."]);
    let expired = json!({"status": "Hết hiệu lực"});
    let mut rows = vec![
        law("1/2020/QH14", "Luật Chợ"),
        with(law("2/2020/QH14", "Luật Đường"), expired),
    ];
    for number in 1..=DECREES {
        let number = format!("{number}/2021/NĐ-CP");
        let decree = act(&number, "Nghị định", "Nghị định", "2021-01-02", &["Chợ."]);
        rows.push(with(decree, json!({"basis": "1/2020/QH14"})));
    }
    let mut list = String::from("file,title,product,issued,basis\n");
    let mut inputs = vec![file_of(&rows, folder.path())];
    for number in 0..LEAFLETS + 3 {
        let (day, basis) = match number < 3 {
            true => ("2020-02-01", "2/2020/QH14"),
            false => ("2024-02-01", "1/2020/QH14"),
        };
        let file = format!("to-gap-{number}.txt");
        writeln!(list, "{file},Tờ gấp số {number},leaflet,{day},{basis}").unwrap();
        let path = folder.path().join(file);
        std::fs::write(&path, format!("Tờ gấp số {number}")).unwrap();
        inputs.push(path);
    }
    let file = folder.path().join("danh-muc.csv");
    std::fs::write(&file, list).unwrap();
    Shelf::of(&inputs, Some(file))
}

#[test]
fn no_dead_basis_and_no_relation_is_out_of_reach_on_a_large_shelf() {
    let shelf = many();
    let mut library = shelf.open("home");
    let begun = Instant::now();
    let changed = library.changed_bases(2).unwrap();
    let first = begun.elapsed();
    assert_eq!(changed.count, 3, "the oldest of {LEAFLETS} products too");
    assert_eq!(changed.newest.len(), 2);
    let begun = Instant::now();
    assert_eq!(library.changed_bases(2).unwrap(), changed);
    println!(
        "bases of {LEAFLETS} products: {first:?}, then {:?}",
        begun.elapsed()
    );
    let ids: Vec<_> = changed.newest.iter().map(|line| line.id.clone()).collect();
    let told: Vec<_> = changed.newest.iter().map(|line| line.basis).collect();
    assert_eq!(library.basis_states(&ids).unwrap(), told);

    let id = shelf.id_of("Luật 1/2020/QH14");
    let page = library.page(&id).unwrap();
    let received = page
        .relations
        .iter()
        .find(|group| group.direction == Direction::In);
    let (mut documents, mut next) = (BTreeSet::new(), None);
    let mut materials: BTreeSet<_> = page.materials.iter().map(|line| line.id.clone()).collect();
    if let Some(group) = received {
        assert_eq!(group.kind, RelationKind::Basis);
        assert!(group.rows.len() < DECREES + LEAFLETS);
        next = group.next;
        documents.extend(group.rows.iter().filter_map(|row| row.number.clone()));
    }
    assert!(next.is_some(), "there is more");
    while let Some(after) = next {
        let more = library
            .related_more(&id, RelationKind::Basis, after)
            .unwrap();
        documents.extend(more.rows.iter().filter_map(|row| row.number.clone()));
        materials.extend(more.materials.iter().map(|line| line.id.clone()));
        next = more.next;
    }
    assert_eq!((documents.len(), materials.len()), (DECREES, LEAFLETS));
}
