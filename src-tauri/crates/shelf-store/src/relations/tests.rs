//! The index of relations on small files.

use super::*;
use shelf_law::{DocumentId, Reference};

fn relation(kind: RelationKind, number: &str, provision: Option<&str>) -> Relation {
    Relation {
        kind,
        from: None,
        to: Reference {
            number: Some(number.to_string()),
            provision: provision.map(|id| id.parse().unwrap()),
            ..Reference::default()
        },
        quote: Some("lời văn".into()),
    }
}

fn source(key: u64, day: &str, relations: &[Relation]) -> RelationSource<'static> {
    RelationSource {
        key,
        revision: key + 1,
        day: day.parse().ok(),
        relations: relations.to_vec().leak(),
    }
}

#[test]
fn a_relation_is_found_from_its_far_end_however_its_number_is_spelt() {
    let folder = tempfile::tempdir().unwrap();
    let mut index = Relations::open(&folder.path().join("relations.db")).unwrap();
    let amends = relation(
        RelationKind::Amends,
        "09001/2026/QĐ - UBND",
        Some("dieu_6.khoan_2"),
    );
    let basis = relation(RelationKind::Basis, "9001/2026/QĐ-UBND", None);
    index
        .apply(
            &[],
            &[
                source(u64::MAX - 5, "2026-01-01", std::slice::from_ref(&basis)),
                source(2, "2026-05-01", &[amends, basis]),
            ],
        )
        .unwrap();
    let key = DocumentNumber::parse("9001/2026/QĐ-UBND").unwrap();
    let id = DocumentId::from_identity(&["9001"]);
    let found = index
        .towards(id.key(), Some(key.key()), RelationKind::Amends, (0, 10))
        .unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].source, found[0].revision), (2, 3));
    assert_eq!(index.revision(2).unwrap(), Some(3));
    assert_eq!(index.revision(4).unwrap(), None);
    assert_eq!(
        found[0].provision.as_ref().unwrap().as_str(),
        "dieu_6.khoan_2"
    );
    assert_eq!(found[0].quote.as_deref(), Some("lời văn"));
    let bases = index
        .towards(id.key(), Some(key.key()), RelationKind::Basis, (0, 10))
        .unwrap();
    let sources: Vec<u64> = bases.iter().map(|found| found.source).collect();
    assert_eq!(sources, [2, u64::MAX - 5], "newest first");
    assert_eq!(bases[0].quote, None, "what changes nothing needs no proof");
    assert_eq!(
        index.counts_towards(id.key(), Some(key.key())).unwrap(),
        [(RelationKind::Basis, 2), (RelationKind::Amends, 1)]
    );
    index.apply(&[2], &[]).unwrap();
    assert_eq!(index.sources().unwrap().len(), 1);
    assert_eq!(
        index.counts_towards(id.key(), Some(key.key())).unwrap(),
        [(RelationKind::Basis, 1)]
    );
}

#[test]
fn every_kind_has_a_code_and_an_index_of_another_schema_is_emptied() {
    for kind in KINDS {
        assert_eq!(kind_of(code(kind)), Some(kind));
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("relations.db");
    let mut index = Relations::open(&path).unwrap();
    index.set_stamp("a").unwrap();
    index
        .database
        .run(|c| c.pragma_update(None, "user_version", 99))
        .unwrap();
    drop(index);
    let index = Relations::open(&path).unwrap();
    assert_eq!(index.stamp().unwrap(), None);
    drop(index);
    std::fs::write(&path, vec![7_u8; 20_000]).unwrap();
    let broken = Relations::open(&path).err().unwrap();
    assert!(broken.is_corrupt());
    Relations::remove(&path).unwrap();
    assert!(Relations::open(&path).is_ok());
}
