//! What a list said holds until somebody says otherwise.

use super::*;
use shelf_law::{FieldName, ValidityState};

const LIST: &str = "file,status,status_as_of,title,issuer\n\
    qd.txt,Còn hiệu lực,01/09/2026,Tên trong danh sách,UBND tỉnh Gia Lai\n";

fn state(desk: &Desk, name: &str) -> (ValidityState, Option<String>) {
    let validity = desk.approved(name).document.validity;
    (validity.state, validity.as_of.map(|day| day.to_string()))
}

#[test]
fn a_status_from_a_list_outlives_a_changed_file_that_is_read_without_the_list() {
    let mut desk = Desk::new();
    desk.file("qd.txt", &act("12/2026/QĐ-UBND", "Bản đầu."));
    assert_eq!(desk.ingest(Some(LIST)).kept_from_list, 0);
    desk.publish("repo");

    desk.file("qd.txt", &act("12/2026/QĐ-UBND", "Bản sau."));
    let report = desk.ingest(None);
    assert_eq!((report.added, report.updated), (0, 1), "{report:?}");
    assert_eq!(report.kept_from_list, 1);
    let outcome = desk.publish("repo");
    assert_eq!((outcome.documents, outcome.updated), (1, 1));
    let kept = (ValidityState::InForce, Some("2026-09-01".to_string()));
    assert_eq!(state(&desk, "qd.txt"), kept);
    let document = desk.approved("qd.txt").document;
    let title = document.fields.value(FieldName::Title);
    assert_eq!(title, Some("Tên trong danh sách"));

    let report = desk.ingest(None);
    assert_eq!((report.updated, report.kept_from_list), (0, 1));
    let unknown_header = "file,status cua van ban\nqd.txt,Hết hiệu lực\n";
    let report = desk.ingest(Some(unknown_header));
    assert_eq!(report.kept_from_list, 1);
    assert_eq!(report.warnings.len(), 1, "{:?}", report.warnings);
    assert_eq!(state(&desk, "qd.txt"), kept);
    let report = desk.ingest(Some("file,status\nqd.txt,hết hạn\n"));
    assert_eq!(report.doubtful, 1, "what is not understood is a doubt");
    assert_eq!(state(&desk, "qd.txt"), kept);
}

#[test]
fn a_new_row_replaces_what_was_said_and_an_empty_cell_says_nothing() {
    let mut desk = Desk::new();
    desk.file("qd.txt", &act("12/2026/QĐ-UBND", "Bản đầu."));
    desk.ingest(Some(LIST));
    desk.ingest(Some("file,status,title\nqd.txt,,Tên mới\n"));
    let document = desk.approved("qd.txt").document;
    assert_eq!(document.validity.state, ValidityState::InForce);
    assert_eq!(document.fields.value(FieldName::Title), Some("Tên mới"));

    desk.ingest(Some("file,status\nqd.txt,HET HIEU LUC TOAN BO\n"));
    let expired = (ValidityState::Expired, None);
    assert_eq!(state(&desk, "qd.txt"), expired, "no day of another state");
    desk.ingest(Some("file,status\nqd.txt,-\n"));
    assert_eq!(state(&desk, "qd.txt"), (ValidityState::Unknown, None));
    assert_eq!(desk.ingest(None).updated, 0, "and that is remembered too");
}

#[test]
fn a_dated_status_in_the_file_outweighs_an_undated_one_of_a_list_and_a_person_is_told() {
    let mut desk = Desk::new();
    desk.file("qd.txt", &act("12/2026/QĐ-UBND", "Một."));
    desk.ingest(Some("file,status\nqd.txt,Còn hiệu lực\n"));
    let stated = "Hiệu lực văn bản\nTình trạng: Hết hiệu lực toàn bộ\nLĩnh vực: Thương mại\n\
        Ngày có hiệu lực: 10/03/2026\nNgày cập nhật: 01/09/2026\n";
    desk.file(
        "qd.txt",
        &format!("{}\n{stated}", act("12/2026/QĐ-UBND", "Một.")),
    );
    let report = desk.ingest(None);
    assert_eq!(report.doubtful, 1, "{report:?}");
    let expired = (ValidityState::Expired, Some("2026-09-01".to_string()));
    assert_eq!(state(&desk, "qd.txt"), expired);
}

#[test]
fn a_number_from_a_list_still_belongs_to_the_file_when_its_text_changes() {
    let mut desk = Desk::new();
    desk.file("qd.txt", &act("12/2026/QĐ-UBND", "Số đọc sai."));
    desk.ingest(Some(
        "file,number,status\nqd.txt,21/2026/QĐ-UBND,Còn hiệu lực\n",
    ));
    desk.file("qd.txt", &act("12/2026/QĐ-UBND", "Số vẫn đọc sai."));
    let report = desk.ingest(None);
    assert_eq!((report.added, report.updated), (0, 1), "{report:?}");
    let document = desk.approved("21/2026/QĐ-UBND").document;
    assert_eq!(document.validity.state, ValidityState::InForce);
}

#[test]
fn what_was_said_of_one_act_is_never_said_of_another_in_a_file_of_the_same_name() {
    let mut desk = Desk::new();
    desk.file("qd.txt", &act("12/2026/QĐ-UBND", "Một."));
    desk.ingest(Some(LIST));
    desk.file("qd.txt", &act("77/2026/QĐ-UBND", "Việc khác hẳn."));
    let report = desk.ingest(None);
    assert_eq!((report.added, report.kept_from_list), (1, 0), "{report:?}");
    assert_eq!(
        state(&desk, "77/2026/QĐ-UBND"),
        (ValidityState::Unknown, None)
    );
    assert_eq!(state(&desk, "12/2026/QĐ-UBND").0, ValidityState::InForce);
}

#[test]
fn a_sidecar_is_remembered_like_a_list() {
    let mut desk = Desk::new();
    desk.file("qd.txt", &act("12/2026/QĐ-UBND", "Một."));
    let sidecar = "qd.txt.meta.json";
    desk.file(
        sidecar,
        r#"{"status":"Hết hiệu lực một phần","topic":"Đất đai"}"#,
    );
    desk.ingest(None);
    desk.file(sidecar, r#"{"status":"hết hạn"}"#);
    let report = desk.ingest(None);
    assert_eq!((report.doubtful, report.kept_from_list), (1, 1));
    std::fs::remove_file(desk.path("in").join(sidecar)).unwrap();
    assert_eq!(desk.ingest(None).kept_from_list, 1);
    let document = desk.approved("qd.txt").document;
    assert_eq!(document.validity.state, ValidityState::PartlyExpired);
    assert_eq!(document.fields.value(FieldName::Topic), Some("Đất đai"));
}

#[test]
fn a_file_without_a_number_waits_when_its_own_title_changes() {
    let about = |what: &str| act("12/2026/QĐ-UBND", "Một.").replace("thử nghiệm", what);
    let unnumbered = |what: &str| about(what).replace("Số: 12/2026/QĐ-UBND", "Số:");
    let mut desk = Desk::new();
    desk.file("bai.txt", &unnumbered("phòng cháy rừng"));
    desk.ingest(Some(
        "file,title,status\nbai.txt,Tên trong danh sách,Còn hiệu lực\n",
    ));
    desk.file("bai.txt", &unnumbered("phòng chống lừa đảo"));
    for _ in 0..2 {
        let report = desk.ingest(None);
        assert_eq!(report.warnings.len(), 1, "{:?}", report.warnings);
        let waiting = desk.press.entries().unwrap().remove(0);
        assert_eq!(
            waiting.state,
            ApprovalState::Changed,
            "also the second time"
        );
        let reason = waiting.waits_for.unwrap();
        assert!(reason.contains("phòng cháy rừng"), "{reason}");
    }
}
