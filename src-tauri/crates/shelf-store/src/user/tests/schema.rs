//! Every released schema opens in this program with all that was in it.

use super::*;
use crate::user::schema::MIGRATIONS;
use rusqlite::Connection;

/// One file per schema that was released, as a person's file was then: the tables, and the same rows
/// in each. A new migration adds a line.
const RELEASED: &[&str] = &[
    include_str!("../frozen/schema-1.sql"),
    include_str!("../frozen/schema-2.sql"),
];

/// What a later release may do.
const LATER: &str = "ALTER TABLE mark ADD COLUMN later TEXT; CREATE TABLE later(x TEXT) STRICT;";

fn tables(c: &Connection) -> Vec<(String, String)> {
    let mut statement = c
        .prepare("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
        .unwrap();
    let rows = statement.query_map([], |row| {
        let sql: String = row.get(1)?;
        Ok((
            row.get(0)?,
            sql.split_whitespace().collect::<Vec<_>>().join(" "),
        ))
    });
    rows.unwrap().map(Result::unwrap).collect()
}

fn frozen(sql: &str, path: &Path) {
    Connection::open(path).unwrap().execute_batch(sql).unwrap();
}

#[test]
fn a_released_migration_was_never_edited() {
    assert_eq!(
        RELEASED.len(),
        MIGRATIONS.len(),
        "freeze the new schema as well"
    );
    for (index, sql) in RELEASED.iter().enumerate() {
        let migrated = Connection::open_in_memory().unwrap();
        migrated
            .execute_batch(&MIGRATIONS[..=index].concat())
            .unwrap();
        let released = Connection::open_in_memory().unwrap();
        released.execute_batch(sql).unwrap();
        assert_eq!(tables(&migrated), tables(&released), "schema {}", index + 1);
    }
}

#[test]
fn every_released_file_opens_with_all_that_was_in_it() {
    for (index, sql) in RELEASED.iter().enumerate() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("user.db");
        frozen(sql, &path);
        let store = UserStore::open(&path, at("2026-01-02T00:00:00Z")).unwrap();
        let marks = store.marks(&MarkFilter::default()).unwrap();
        assert_eq!(marks.len(), 2, "schema {}", index + 1);
        assert_eq!(marks[0].label, "khoản 2 Điều 12");
        assert_eq!(marks[0].folder, Some(1));
        assert_eq!(marks[1].place.page, Some(3));
        assert_eq!(marks[1].folder, None, "its folder was removed");
        assert!(store.mark(5).unwrap().unwrap().deleted_at.is_some());
        assert_eq!(store.folders().unwrap().len(), 1);
        assert_eq!(store.recent_positions(9).unwrap()[0].opens, 3);
        assert_eq!(store.recent_searches(9).unwrap(), ["đất đai"]);
        assert_eq!(store.settings().unwrap()["of_a_later_release"], "kept");
        let requests = store.requests().unwrap();
        // Requests came with the second.
        assert_eq!(requests.len(), usize::from(index >= 1));
        assert!(requests.iter().all(|r| r.searched.is_some()));
        let older = index + 1 < RELEASED.len();
        let copy = folder
            .path()
            .join(format!("user.db.before-{}", RELEASED.len()));
        assert_eq!(copy.is_file(), older);
    }
}

#[test]
fn a_file_is_copied_before_a_migration_and_refused_by_an_older_program() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("user.db");
    let mut store = UserStore::open(&path, noon()).unwrap();
    let mark = store.put_mark(&draft("a", "của tôi"), noon()).unwrap();
    drop(store);

    let next = MIGRATIONS.len() + 1;
    let later = [MIGRATIONS, &[LATER]].concat();
    let broken = [MIGRATIONS, &["CREATE TABLE later(x); BROKEN;"]].concat();
    assert!(UserStore::open_with(&path, noon(), &broken).is_err());
    let store = UserStore::open(&path, noon()).unwrap();
    assert_eq!(
        store.mark(mark.id).unwrap().as_ref(),
        Some(&mark),
        "it is as it was"
    );
    drop(store);

    let migrated = UserStore::open_with(&path, noon(), &later).unwrap();
    assert_eq!(migrated.mark(mark.id).unwrap().as_ref(), Some(&mark));
    drop(migrated);
    let refused = UserStore::open(&path, noon()).map(|_| ()).unwrap_err();
    assert!(
        matches!(refused, UserError::Store(StoreError::Newer { .. })),
        "{refused}"
    );
    let copy = folder.path().join(format!("user.db.before-{next}"));
    let before = UserStore::open(&copy, noon()).unwrap();
    assert_eq!(before.mark(mark.id).unwrap(), Some(mark));
}
