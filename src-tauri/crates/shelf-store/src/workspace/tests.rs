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
    workspace
        .put(("s", &key, 0), None, file, &[], &[], approve)
        .unwrap()
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
