//! Imports, row by row.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod common;

use common::{data, ingest, ingest_with};
use shelf_ingest::{Options, Reason, read_input};
use shelf_law::{FieldName, ValidityState};
use std::ops::ControlFlow;
use std::path::PathBuf;

fn file(name: &str, rows: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, rows).unwrap();
    (folder, path)
}

const ROW: &str = r#"{"law_id":"249/2025/NĐ-CP","number":"249/2025/NĐ-CP","title":"Nghị định số 249/2025/NĐ-CP Quy định cơ chế","status":"Còn hiệu lực","effective":"19/09/2025","updated":"07/04/2026","saved_at":"2026-04-26T08:47:01+00:00","url":"https://example.org/1","preamble":"CHÍNH PHỦ\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM","articles":[{"id":"1","title":"Phạm vi","text":"1. Nghị định này.","phapdien_code":"36.3","see_also":null}],"chars":12}"#;

#[test]
fn the_state_carries_the_day_of_the_check_and_not_the_day_of_the_download() {
    let (_folder, path) = file("vbpl.jsonl", ROW);
    let (good, bad) = ingest(&path);
    assert!(bad.is_empty(), "{bad:?}");
    let law = &good[0];
    assert_eq!(
        (law.source.as_str(), law.source_key.as_str()),
        ("vbpl", "249/2025/NĐ-CP")
    );
    assert_eq!(law.validity.state, ValidityState::InForce);
    assert_eq!(law.validity.as_of.unwrap().to_string(), "2026-04-07");
    assert_eq!(law.validity.effective.unwrap().to_string(), "2025-09-19");
    assert_eq!(law.fields.raw(FieldName::Effective), Some("19/09/2025"));
    assert_eq!(law.fields.value(FieldName::Kind), Some("Nghị định"));
    assert_eq!(
        law.fields.value(FieldName::Link),
        Some("https://example.org/1")
    );
}

#[test]
fn what_has_no_name_here_is_kept_as_it_was() {
    let (_folder, path) = file("vbpl.jsonl", ROW);
    let (good, _) = ingest(&path);
    let law = &good[0];
    assert_eq!(law.extra["saved_at"], "2026-04-26T08:47:01+00:00");
    assert_eq!(law.extra["chars"], 12);
    let extra: Vec<_> = law
        .text
        .blocks
        .iter()
        .filter(|b| !b.extra.is_empty())
        .collect();
    assert_eq!(extra.len(), 1);
    assert_eq!(extra[0].extra["phapdien_code"], "36.3");
    assert!(extra[0].extra["see_also"].is_null());
}

#[test]
fn a_bad_row_is_named_by_its_line_and_the_rest_goes_on() {
    let rows = format!(
        "\u{feff}{ROW}\n\n{{\"law_id\": \n[1]\n{}\n{ROW}",
        r#"{"law_id":"x","articles":"none"}"#
    );
    let (_folder, path) = file("a.jsonl", &rows);
    let (good, bad) = ingest(&path);
    assert_eq!(
        good.len(),
        2,
        "nothing is merged, though both rows are the same"
    );
    assert_eq!(good[0], good[1]);
    let lines: Vec<_> = bad.iter().map(|failure| failure.line.unwrap()).collect();
    assert_eq!(lines, [3, 4, 5]);
    assert!(bad.iter().all(|f| matches!(f.reason, Reason::BadRow(_))));
}

#[test]
fn a_missing_number_is_taken_from_the_title_and_a_malformed_one_stays_as_it_is() {
    let rows = [
        r#"{"law_id":"1","title":"Luật 57/2020/QH14 Luật Thanh niên","articles":[{"id":"1","text":"a"}]}"#,
        r#"{"law_id":"2","title":"Thông tư sửa đổi Thông tư 05/2022/TT-BCT","text":"Một câu."}"#,
        r#"{"law_id":"3","number":"Không","title":"Luật 57/2020/QH14","text":"Một câu."}"#,
        r#"{"law_id":"4","number":"","title":"Luật 57/2020/QH14","text":"Một câu."}"#,
        r#"{"law_id":"12/2011/NĐ-CP","title":"Về thanh niên xung phong","text":"Một câu."}"#,
        r#"{"law_id":"17","title":"Về thanh niên","date":"Đang cập nhật","text":"Một câu."}"#,
    ]
    .join("\n");
    let (_folder, path) = file("a.jsonl", &rows);
    let (good, _) = ingest(&path);
    let numbers: Vec<_> = good
        .iter()
        .map(|d| d.fields.value(FieldName::Number))
        .collect();
    assert_eq!(
        numbers,
        [
            Some("57/2020/QH14"),
            None,
            None,
            None,
            Some("12/2011/NĐ-CP"),
            None
        ]
    );
    assert_eq!(good[2].fields.raw(FieldName::Number), Some("Không"));
    assert_eq!(good[3].fields.raw(FieldName::Number), Some(""));
    assert_eq!(good[5].fields.raw(FieldName::Issued), Some("Đang cập nhật"));
    assert_eq!(good[0].fields.value(FieldName::Kind), Some("Luật"));
    assert_eq!(good[4].fields.value(FieldName::Kind), Some("Nghị định"));
}

#[test]
fn a_compressed_import_gives_the_same_rows_and_a_broken_one_gives_those_before_the_break() {
    let rows = vec![ROW; 2000].join("\n");
    let (folder, plain) = file("a.jsonl", &rows);
    let packed = zstd::encode_all(rows.as_bytes(), 3).unwrap();
    let whole = folder.path().join("b.jsonl.zst");
    std::fs::write(&whole, &packed).unwrap();
    let broken = folder.path().join("c.jsonl.zst");
    std::fs::write(&broken, &packed[..packed.len() / 2]).unwrap();
    assert_eq!(ingest(&plain).0.len(), 2000);
    let (good, _) = ingest(&whole);
    assert_eq!((good.len(), good[0].source.as_str()), (2000, "b"));
    let (_, bad) = ingest(&broken);
    assert!(matches!(bad.last().unwrap().reason, Reason::Damaged(_)));
}

#[test]
fn a_secret_row_is_refused_and_a_draft_is_refused_or_marked() {
    let rows = [
        r#"{"law_id":"1","preamble":"BỘ CÔNG AN\nTỐI MẬT\nSố: 1/KH-BCA","text":"Một câu."}"#,
        r#"{"law_id":"2","preamble":"CHÍNH PHỦ\nDỰ THẢO 2\nNGHỊ ĐỊNH","text":"Một câu."}"#,
    ]
    .join("\n");
    let (_folder, path) = file("a.jsonl", &rows);
    let (good, bad) = ingest(&path);
    assert_eq!((good.len(), bad.len()), (1, 1));
    assert!(matches!(bad[0].reason, Reason::Restricted(_)));
    assert!(good[0].notes[0].contains("dự thảo"), "{:?}", good[0].notes);
    let mut options = Options::new("chung".parse().unwrap());
    options.refuse_draft_rows = true;
    assert_eq!(ingest_with(&path, &options).1.len(), 2);
}

#[test]
fn the_caller_can_stop_at_any_row() {
    let (_folder, path) = file("a.jsonl", &vec![ROW; 500].join("\n"));
    let mut seen = 0;
    let summary = read_input(
        &path,
        &Options::new("chung".parse().unwrap()),
        &mut |_| {
            seen += 1;
            match seen {
                7 => ControlFlow::Break(()),
                _ => ControlFlow::Continue(()),
            }
        },
        &mut |_| {},
    );
    assert_eq!(seen, 7);
    assert!(summary.stopped);
}

#[test]
fn every_row_of_the_real_corpora_gives_one_document() {
    for (name, rows, numbered) in [
        ("corpus/dsc_small_docs.jsonl.zst", 1200, 1157),
        ("corpus/tvpl_laws_2024.jsonl.zst", 255, 253),
        ("corpus/vbpl2026_docs.jsonl.zst", 999, 727),
        ("corpus/alqac2024_laws.jsonl.zst", 17, 0),
    ] {
        let Some(path) = data(name) else { continue };
        let (good, bad) = ingest(&path);
        assert!(bad.is_empty(), "{name}: {}", bad[0]);
        assert_eq!(good.len(), rows, "{name}");
        let with = |field| {
            good.iter()
                .filter(|d| d.fields.value(field).is_some())
                .count()
        };
        eprintln!(
            "{name}: number {} kind {} issuer {} issued {} doubtful {}",
            with(FieldName::Number),
            with(FieldName::Kind),
            with(FieldName::Issuer),
            with(FieldName::Issued),
            good.iter().filter(|d| !d.doubts.is_empty()).count()
        );
        assert!(with(FieldName::Number) >= numbered, "{name}");
        let unread = good.iter().filter(|d| {
            let number = d.fields.0.get(&FieldName::Number);
            number.is_some_and(|n| n.value.is_none())
        });
        assert!(
            unread.count() < 5,
            "{name}: the numbers that are given are read"
        );
    }
}
