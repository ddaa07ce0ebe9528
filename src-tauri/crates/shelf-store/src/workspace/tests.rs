//! Approvals stay with what was approved.

use super::*;
use shelf_law::{Document, DocumentText, Field, FieldName, Fields, Validity};

fn document(key: &str, title: &str) -> DocumentFile {
    let mut fields = Fields::default();
    fields.set(FieldName::Title, Field::plain(title));
    DocumentFile {
        document: Document {
            id: DocumentId::from_identity(&["s", key, "0"]),
            source: "s".into(),
            source_key: key.into(),
            fields,
            validity: Validity::default(),
            collection: "van-ban".parse().unwrap(),
            product: None,
            applies_in: vec![],
            relations: vec![],
            notes: vec![],
            extra: serde_json::Map::new(),
        },
        text: DocumentText::default(),
    }
}

fn approved(workspace: &Workspace, id: &DocumentId) -> DocumentFile {
    workspace.approved(id).unwrap().unwrap().open().unwrap().0
}

fn put(workspace: &mut Workspace, file: &DocumentFile, approve: bool) -> PutOutcome {
    let key = file.document.source_key.clone();
    workspace.put(&form(&key, file), approve).unwrap()
}

fn form<'a>(key: &'a str, file: &'a DocumentFile) -> NewForm<'a> {
    NewForm {
        origin: ("s", key, 0),
        identity: None,
        file,
        objects: &[],
        doubts: &[],
        said: None,
        waits_for: None,
    }
}

#[test]
fn what_a_person_must_look_at_is_approved_by_a_person_only() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = Workspace::open(&folder.path().join("workspace.db")).unwrap();
    let (first, second) = (document("1", "Một"), document("1", "Hai"));
    put(&mut workspace, &first, true);
    let waits = NewForm {
        waits_for: Some("tên khác"),
        said: Some("{}"),
        ..form("1", &second)
    };
    workspace.put(&waits, true).unwrap();
    let line = workspace.summaries().unwrap().remove(0);
    assert_eq!(line.state, ApprovalState::Changed);
    assert_eq!(line.waits_for.as_deref(), Some("tên khác"));
    assert_eq!(workspace.waiting().unwrap(), 1);
    let known = workspace.by_origin("s", "1", 0).unwrap().unwrap();
    assert_eq!(known.said.as_deref(), Some("{}"));
    assert_eq!(approved(&workspace, &line.id), first);

    workspace.approve(&line.id).unwrap();
    assert_eq!(approved(&workspace, &line.id), second);
    assert_eq!(workspace.summaries().unwrap()[0].waits_for, None);
    assert_eq!(workspace.waiting().unwrap(), 0);
}

#[test]
fn a_workspace_of_the_first_schema_still_tells_what_waits() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("workspace.db");
    drop(Database::durable(&path, &MIGRATIONS[..1]).unwrap());
    let mut file = document("1", "Quyết định");
    let number = Field::plain("12/2026/QĐ-UBND");
    file.document.fields.set(FieldName::Number, number);
    let blob = zstd::encode_all(serde_json::to_vec(&file).unwrap().as_slice(), 3).unwrap();
    let old = rusqlite::Connection::open(&path).unwrap();
    old.execute(
        "INSERT INTO entry(id, source, source_key, ordinal, title, doubts, draft, draft_sha256,
             draft_objects) VALUES (?1, 's', '1', 0, 'Quyết định', '[]', ?2, 'x', '[]')",
        params![file.document.id.as_str(), blob],
    )
    .unwrap();
    drop(old);
    let line = Workspace::open(&path).unwrap().summaries().unwrap();
    assert_eq!(line[0].facts.number.as_deref(), Some("12/2026/QĐ-UBND"));
    assert_eq!(line[0].state, ApprovalState::Pending);
}

#[test]
fn a_head_is_known_once_it_was_signed() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = Workspace::open(&folder.path().join("workspace.db")).unwrap();
    let head = ContentHash::of(b"head");
    assert_eq!(workspace.greatest_seq().unwrap(), None);
    assert!(!workspace.knows_head(&head).unwrap());
    workspace.remember_head(&head, 7).unwrap();
    workspace.remember_head(&head, 7).unwrap();
    assert!(workspace.knows_head(&head).unwrap());
    assert_eq!(workspace.greatest_seq().unwrap(), Some(7));
}

#[test]
fn an_approval_stays_with_the_form_that_was_approved() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = Workspace::open(&folder.path().join("workspace.db")).unwrap();
    let first = document("1", "Bản đầu");
    let second = document("1", "Bản sau");
    let id = &first.document.id;

    assert_eq!(put(&mut workspace, &first, false), PutOutcome::Added);
    assert!(
        workspace.approved_ids().unwrap().is_empty(),
        "nothing is approved by itself"
    );
    assert_eq!(put(&mut workspace, &first, true), PutOutcome::Unchanged);
    assert_eq!(workspace.approved_ids().unwrap(), std::slice::from_ref(id));

    assert_eq!(put(&mut workspace, &second, false), PutOutcome::Updated);
    assert_eq!(approved(&workspace, id), first, "the new form waits");
    assert_eq!(
        workspace.summaries().unwrap()[0].state,
        ApprovalState::Changed
    );

    assert_eq!(put(&mut workspace, &first, false), PutOutcome::Updated);
    assert_eq!(
        workspace.summaries().unwrap()[0].state,
        ApprovalState::Approved
    );

    put(&mut workspace, &second, true);
    assert_eq!(approved(&workspace, id), second);
}

#[test]
fn a_withdrawn_document_keeps_its_reason_until_it_is_approved_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = Workspace::open(&folder.path().join("workspace.db")).unwrap();
    let file = document("1", "Tờ gấp");
    let id = &file.document.id;
    put(&mut workspace, &file, true);
    let day = "2026-02-01".parse().unwrap();
    assert!(
        workspace
            .withdraw(id, day, "căn cứ đã hết hiệu lực")
            .unwrap()
    );
    assert!(!workspace.withdraw(id, day, "lần nữa").unwrap());
    assert!(workspace.approved_ids().unwrap().is_empty());
    assert_eq!(
        workspace.withdrawal(id).unwrap().unwrap().reason,
        "căn cứ đã hết hiệu lực"
    );
    assert_eq!(put(&mut workspace, &file, true), PutOutcome::Unchanged);
    assert_eq!(
        workspace.approved_ids().unwrap().len(),
        1,
        "approving brings it back"
    );
}

#[test]
fn a_failed_batch_keeps_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = Workspace::open(&folder.path().join("workspace.db")).unwrap();
    let failed: Result<(), StoreError> = workspace.batch(|w| {
        put(w, &document("1", "a"), true);
        Err(StoreError::corrupt(Path::new("x"), "stop"))
    });
    assert!(failed.is_err());
    assert!(workspace.summaries().unwrap().is_empty());
}
