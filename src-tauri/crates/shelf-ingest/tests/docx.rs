//! Word documents.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod common;

use common::{data, ingest};
use shelf_ingest::{Candidate, Failure, Reason};
use shelf_law::{FieldName, Level, Role};
use std::io::Write;

const NAMESPACE: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
                         xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"";

fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(*name, options).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn document(body: &str) -> String {
    format!("<?xml version=\"1.0\"?><w:document {NAMESPACE}><w:body>{body}</w:body></w:document>")
}

fn read_bytes(bytes: &[u8]) -> (Vec<Candidate>, Vec<Failure>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("van-ban.docx");
    std::fs::write(&path, bytes).unwrap();
    ingest(&path)
}

fn text(document: &Candidate) -> String {
    document.text.plain_text(0..document.text.blocks.len())
}

fn text_of(parts: &[(&str, &str)]) -> String {
    let (good, bad) = read_bytes(&package(parts));
    assert!(bad.is_empty(), "{}", bad[0]);
    text(&good[0])
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

fn numbered(list: u32, level: u32, text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr>\
         <w:r><w:t>{text}</w:t></w:r></w:p>"
    )
}

const NUMBERING: &str = r#"<w:numbering xmlns:w="x">
<w:abstractNum w:abstractNumId="0">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Dieu"/><w:lvlText w:val="Điều %1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
</w:numbering>"#;
const STYLES: &str = r#"<w:styles xmlns:w="x">
<w:style w:type="paragraph" w:styleId="Dieu"><w:name w:val="Dieu"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="DieuCon"><w:name w:val="Dieu con"/><w:basedOn w:val="Dieu"/></w:style>
</w:styles>"#;

#[test]
fn numbers_that_word_draws_are_written_out_also_by_style() {
    let by_style = |style: &str, text: &str| {
        format!(
            "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let body = [
        by_style("Dieu", "Phạm vi điều chỉnh"),
        numbered(1, 1, "Quyết định này quy định việc thứ nhất."),
        numbered(1, 1, "Việc thứ hai gồm có:"),
        numbered(1, 2, "Điểm đầu tiên;"),
        numbered(1, 2, "Điểm tiếp theo."),
        by_style("DieuCon", "Hiệu lực thi hành"),
        numbered(1, 1, "Quyết định này có hiệu lực kể từ ngày ký."),
    ]
    .concat();
    let (good, _) = read_bytes(&package(&[
        ("word/document.xml", &document(&body)),
        ("word/numbering.xml", NUMBERING),
        ("word/styles.xml", STYLES),
    ]));
    let ids: Vec<_> = good[0]
        .text
        .blocks
        .iter()
        .filter_map(|block| block.id.as_ref().map(|id| id.as_str()))
        .collect();
    assert_eq!(
        ids,
        [
            "dieu_1",
            "dieu_1.khoan_1",
            "dieu_1.khoan_2",
            "dieu_1.khoan_2.diem_a",
            "dieu_1.khoan_2.diem_b",
            "dieu_2",
            "dieu_2.khoan_1"
        ]
    );
}

#[test]
fn inserted_text_is_kept_deleted_and_hidden_text_is_not() {
    let body = "<w:p><w:ins><w:r><w:t>Thêm vào </w:t></w:r></w:ins>\
                <w:del><w:r><w:delText>bỏ đi </w:delText></w:r></w:del>\
                <w:r><w:t>số 12</w:t></w:r><w:r><w:noBreakHyphen/><w:t>NQ/TW</w:t></w:r>\
                <w:r><w:rPr><w:vanish/></w:rPr><w:t> ẩn</w:t></w:r>\
                <w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t> &amp; h&#7871;t.</w:t></w:r></w:p>";
    let (good, _) = read_bytes(&package(&[("word/document.xml", &document(body))]));
    assert_eq!(text(&good[0]), "Thêm vào số 12-NQ/TW & hết.");
    assert!(
        good[0]
            .doubts
            .iter()
            .any(|doubt| doubt.contains("Track Changes"))
    );
}

#[test]
fn a_text_box_is_read_once() {
    let shape = |kind: &str, name: &str| {
        format!(
            "<mc:{kind}><w:txbxContent>{}</w:txbxContent></mc:{kind}>",
            paragraph(name)
        )
    };
    let body = format!(
        "<w:p><w:r><mc:AlternateContent>{}{}</mc:AlternateContent></w:r><w:r><w:t>Dòng chính.</w:t></w:r></w:p>",
        shape("Choice", "Trong khung."),
        shape("Fallback", "Trong khung.")
    );
    let words = text_of(&[("word/document.xml", &document(&body))]);
    assert_eq!(words.matches("Trong khung.").count(), 1, "{words}");
    assert!(words.contains("Dòng chính."));
}

#[test]
fn merged_cells_stand_once_and_a_table_in_a_cell_is_part_of_it() {
    let cell = |properties: &str, content: &str| {
        format!("<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>")
    };
    let inner = format!(
        "<w:tbl><w:tr>{}</w:tr></w:tbl><w:p/>",
        cell("", &paragraph("bảng trong"))
    );
    let body = format!(
        "{}<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}{}</w:tr></w:tbl>",
        paragraph("Bảng kê:"),
        cell("<w:vMerge w:val=\"restart\"/>", &paragraph("STT")),
        cell("<w:gridSpan w:val=\"2\"/>", &paragraph("Mức phạt")),
        cell("<w:vMerge/>", &paragraph("")),
        cell("", &paragraph("thấp")),
        cell("", &inner),
    );
    let (good, _) = read_bytes(&package(&[("word/document.xml", &document(&body))]));
    let table = good[0]
        .text
        .blocks
        .iter()
        .find(|b| b.level == Level::Table)
        .unwrap();
    assert_eq!(table.rows[0], ["STT", "Mức phạt", ""]);
    assert_eq!(table.rows[1], ["", "thấp", "bảng trong"]);
}

#[test]
fn notes_follow_the_text_under_their_marks() {
    let body = "<w:p><w:r><w:t>Luật Đất đai</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r>\
                <w:r><w:t> được sửa đổi.</w:t></w:r></w:p>";
    let footnotes = "<w:footnotes xmlns:w=\"x\"><w:footnote w:type=\"separator\" w:id=\"0\"><w:p/></w:footnote>\
                     <w:footnote w:id=\"2\"><w:p><w:r><w:t>Sửa đổi theo Luật số 1.</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let words = text_of(&[
        ("word/document.xml", &document(body)),
        ("word/footnotes.xml", footnotes),
    ]);
    assert_eq!(
        words,
        "Luật Đất đai[1] được sửa đổi.\n[1] Sửa đổi theo Luật số 1."
    );
}

#[test]
fn damaged_encrypted_and_foreign_packages_are_told_apart() {
    let whole = package(&[("word/document.xml", &document(&paragraph("Một câu.")))]);
    let (_, bad) = read_bytes(&whole[..whole.len() / 2]);
    assert!(matches!(bad[0].reason, Reason::Damaged(_)), "{}", bad[0]);
    let (_, bad) = read_bytes(&package(&[(
        "word/document.xml",
        "<w:document><w:body><w:p",
    )]));
    assert!(matches!(bad[0].reason, Reason::Damaged(_)), "{}", bad[0]);
    let (_, bad) = read_bytes(&package(&[("xl/workbook.xml", "<workbook/>")]));
    assert!(matches!(bad[0].reason, Reason::UnknownType), "{}", bad[0]);
    let (_, bad) = read_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 EncryptedPackage");
    assert!(matches!(bad[0].reason, Reason::Encrypted), "{}", bad[0]);
    let (_, bad) = read_bytes(&package(&[("word/document.xml", &document("<w:p/>"))]));
    assert!(matches!(bad[0].reason, Reason::NoWords), "{}", bad[0]);
}

#[test]
fn no_byte_flipped_anywhere_in_a_package_is_a_panic() {
    let body = [paragraph("Điều 1. Phạm vi"), numbered(1, 0, "Một câu.")].concat();
    let whole = package(&[
        ("word/document.xml", &document(&body)),
        ("word/numbering.xml", NUMBERING),
    ]);
    for at in (0..whole.len()).step_by(7) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        let (good, bad) = read_bytes(&bytes);
        assert_eq!(good.len() + bad.len(), 1, "byte {at}");
    }
}

#[test]
fn real_codes_have_their_articles_in_order() {
    for (name, articles) in [
        ("files/docx/45_2019_QH14_333670.docx", 220),
        ("files/docx/100_2015_QH13_296661.docx", 426),
        ("files/docx/145_2020_ND-CP_459400.docx", 115),
    ] {
        let Some(path) = data(name) else { return };
        let (good, bad) = ingest(&path);
        assert!(bad.is_empty(), "{}", bad[0]);
        let own: Vec<&str> = good[0]
            .text
            .blocks
            .iter()
            .filter(|b| b.level == Level::Article && b.role == Role::Own)
            .filter_map(|b| b.id.as_ref().map(|id| id.as_str()))
            .filter(|id| !id.contains('.'))
            .collect();
        assert_eq!(own.len(), articles, "{name}: {:?}", own.last());
        assert!(good[0].fields.value(FieldName::Issued).is_some());
    }
}
