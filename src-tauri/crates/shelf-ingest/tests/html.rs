//! Saved pages.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod common;

use common::{data, ingest};
use shelf_ingest::{Candidate, Reason};
use shelf_law::{FieldName, Level, ValidityState};
use std::path::Path;

fn page(html: &str) -> (Vec<Candidate>, Vec<shelf_ingest::Failure>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("trang.html");
    std::fs::write(&path, html).unwrap();
    ingest(&path)
}

fn text(document: &Candidate) -> String {
    let blocks = 0..document.text.blocks.len();
    document.text.plain_text(blocks)
}

const PAGE: &str = "<html><head><title>Cổng</title></head><body>
<nav><a href=/>Trang chủ</a></nav>
<div class=menu><ul><li><a href=/a>Văn bản quy phạm pháp luật của Trung ương và của địa phương</a></li></ul></div>
<div><h1>Nghị định số 1/2026/NĐ-CP về trang lưu</h1><div>Còn hiệu lực</div>
<span>Ngày có hiệu lực:</span><span>19/09/2026</span><span>Ngày cập nhật:</span><span>07/10/2026</span></div>
<div class=main><table><tr><td>CHÍNH PHỦ</td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</td></tr>
<tr><td>Số: 1/2026/NĐ-CP</td><td>Hà Nội, ngày 1 tháng 9 năm 2026</td></tr></table>
<p>NGHỊ ĐỊNH</p><p>Về trang lưu</p><p>Căn cứ Luật Ban hành văn bản quy phạm pháp luật;</p>
<p>Điều 1. Phạm vi</p><p>Nghị định này quy định việc lấy văn bản ra khỏi trang lưu của một cổng thông tin.</p>
<table><tr><th>STT</th><th>Mức phạt</th></tr><tr><td>1</td><td>500.000 đồng</td></tr></table>
<p>Điều 2. Hiệu lực</p><p>Nghị định này có hiệu lực thi hành kể từ ngày 19 tháng 9 năm 2026.</p></div>
<div class=side><span>Điều 1. Phạm vi</span><span>Điều 2. Hiệu lực</span></div>
<div class=foot>Đơn vị chủ quản: Bộ Tư pháp</div></body></html>";

#[test]
fn the_document_is_taken_out_of_the_page() {
    let (good, bad) = page(PAGE);
    assert!(bad.is_empty(), "{}", bad[0]);
    let text = text(&good[0]);
    assert!(text.contains("Điều 1."), "{text}");
    assert!(
        text.contains("CHÍNH PHỦ"),
        "the header belongs to it: {text}"
    );
    for foreign in [
        "Trang chủ",
        "chủ quản",
        "Văn bản quy phạm pháp luật của Trung ương",
    ] {
        assert!(!text.contains(foreign), "{foreign} in {text}");
    }
    assert_eq!(
        text.matches("Phạm vi").count(),
        1,
        "no outline from the side: {text}"
    );
    let tables = good[0]
        .text
        .blocks
        .iter()
        .filter(|b| b.level == Level::Table);
    assert_eq!(tables.count(), 1);
}

#[test]
fn the_badge_and_the_labels_of_a_page_are_claims() {
    let (good, _) = page(PAGE);
    let validity = &good[0].validity;
    assert_eq!(validity.state, ValidityState::InForce);
    assert_eq!(validity.as_of.unwrap().to_string(), "2026-10-07");
    assert_eq!(validity.effective.unwrap().to_string(), "2026-09-19");
}

#[test]
fn a_page_without_a_document_is_told_so() {
    let html = "<html><body><ul><li><a href=/>Trang chủ</a><li>Liên hệ</ul></body></html>";
    let (good, bad) = page(html);
    assert!(good.is_empty());
    assert!(matches!(bad[0].reason, Reason::NoWords));
}

#[test]
fn a_menu_of_states_is_no_state() {
    let html = PAGE.replace(
        "<div>Còn hiệu lực</div>",
        "<ul><li>Còn hiệu lực<li>Hết hiệu lực toàn bộ</ul>",
    );
    assert_eq!(page(&html).0[0].validity.state, ValidityState::Unknown);
}

/// Share of the words of `wanted` that `found` has, in any order.
fn share(wanted: &str, found: &str) -> f64 {
    use std::collections::HashMap;
    let words = |text: &str| {
        let mut count: HashMap<String, i64> = HashMap::new();
        for word in text.split(|c: char| !c.is_alphanumeric()) {
            if !word.is_empty() {
                *count.entry(word.to_lowercase()).or_default() += 1;
            }
        }
        count
    };
    let (wanted, found) = (words(wanted), words(found));
    let all: i64 = wanted.values().sum();
    let kept: i64 = wanted
        .iter()
        .map(|(word, n)| (*n).min(found.get(word).copied().unwrap_or(0)))
        .sum();
    kept as f64 / all.max(1) as f64
}

#[test]
fn saved_pages_hold_the_words_of_the_same_acts_in_the_corpora() {
    let mut acts = std::collections::HashMap::new();
    for corpus in [
        "corpus/vbpl2026_docs.jsonl.zst",
        "corpus/tvpl_laws_2024.jsonl.zst",
    ] {
        let Some(path) = data(corpus) else { return };
        for document in ingest(&path).0 {
            if let Some(number) = document.fields.value(FieldName::Number) {
                acts.entry(number.to_string())
                    .or_insert_with(|| text(&document));
            }
        }
    }
    for name in [
        "files/html_vbpl/doc_000001.html",
        "files/html_vbpl/doc_000007.html",
        "files/html_vbpl/doc_000312.html",
        "files/html_thuvienphapluat/Luat-phong-chong-thien-tai-nam-2013-197310.html",
    ] {
        let Some(path) = data(name) else { return };
        let (good, bad) = ingest(Path::new(&path));
        assert!(bad.is_empty(), "{}", bad[0]);
        let page = &good[0];
        let number = page.fields.value(FieldName::Number).unwrap_or_default();
        let page_text = text(page);
        let Some(act) = acts.get(number) else {
            eprintln!("{name}: {number} is in no corpus");
            continue;
        };
        let (kept, strange) = (share(act, &page_text), share(&page_text, act));
        eprintln!("{name}: {number} has {kept:.4} of the act, {strange:.4} of it is in the act");
        assert!(kept > 0.97, "{name}");
    }
}

#[test]
fn every_saved_page_is_read_or_refused_with_a_reason() {
    let Some(path) = data("files") else { return };
    for folder in [
        "html_vbpl",
        "html_other",
        "html_phapdien",
        "html_thuvienphapluat",
        "html_pbgdpl",
    ] {
        let (good, bad) = ingest(&path.join(folder));
        for page in &good {
            eprintln!(
                "{}: {} {:?} blocks {} letters {} {:?} {:?}",
                page.objects[0].name,
                page.fields.value(FieldName::Number).unwrap_or("-"),
                page.fields
                    .value(FieldName::Title)
                    .map(|t| t.chars().take(60).collect::<String>()),
                page.text.blocks.len(),
                text(page).chars().count(),
                page.validity,
                page.doubts,
            );
        }
        for failure in bad {
            eprintln!("{failure}");
            assert!(matches!(failure.reason, Reason::NoWords), "{failure}");
        }
    }
}
