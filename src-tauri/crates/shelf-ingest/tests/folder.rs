//! A folder of a department: files of all kinds, lists, sidecars, and what cannot be read.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod common;

use common::{data, ingest, ingest_with};
use shelf_ingest::{Candidate, Column, List, ListError, ObjectRole, Options, Reason};
use shelf_law::{FieldName, Level, Product, RelationKind, ValidityState};
use std::path::Path;

const ACT: &str = "ỦY BAN NHÂN DÂN TỈNH GIA LAI\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
Số: 12/2026/QĐ-UBND\tGia Lai, ngày 05 tháng 3 năm 2026\n\nQUYẾT ĐỊNH\nVề việc thử nghiệm\n\n\
Căn cứ Luật Tổ chức chính quyền địa phương;\n\nĐiều 1. Phạm vi\nQuyết định này quy định việc thử.\n\
Điều 2. Hiệu lực\nQuyết định này có hiệu lực từ ngày 15 tháng 3 năm 2026.\n";

fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

fn by_name<'a>(found: &'a [Candidate], name: &str) -> &'a Candidate {
    found
        .iter()
        .find(|c| c.objects.iter().any(|object| object.name == name))
        .unwrap_or_else(|| panic!("{name} was not read"))
}

/// An MP4 that lasts 90 seconds, as far as its index says.
fn mp4() -> Vec<u8> {
    let mut out = b"\0\0\0\x10ftypisom\0\0\0\0".to_vec();
    let mut mvhd = b"\0\0\0\x2cmvhd\0\0\0\0\0\0\0\0\0\0\0\0".to_vec();
    mvhd.extend(1000u32.to_be_bytes());
    mvhd.extend(90_000u32.to_be_bytes());
    mvhd.resize(44, 0);
    out.extend((8 + 44u32).to_be_bytes());
    out.extend(b"moov");
    out.extend(mvhd);
    out
}

#[test]
fn a_folder_gives_its_documents_in_order_and_every_failure_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    write(root, "b/quyet-dinh.txt", ACT);
    write(root, "a.mp4", mp4());
    write(
        root,
        "a.srt",
        "1\n00:00:01,000 --> 00:00:02,000\nChào bà con.\n",
    );
    write(root, "rong.docx", "");
    write(root, "rong.mp4", "");
    write(root, "cu.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    write(root, "la.exe", b"MZ\0\0");
    write(
        root,
        "dut.mp4",
        b"\0\0\0\x10ftypisom\0\0\0\0\0\0\xff\xffmdat",
    );
    write(root, "du-thao.txt", format!("DỰ THẢO LẦN 2\n{ACT}"));
    write(root, ".DS_Store", "x");
    write(root, "~$quyet-dinh.docx", "x");
    write(root, "trang_files/x.js", "x");
    write(root, "trang.html", "<html></html>");
    write(root, "mat.pdf", "%PDF-1.7");
    let (good, bad) = ingest(root);
    let names: Vec<_> = good.iter().map(|c| c.objects[0].name.as_str()).collect();
    assert_eq!(names, ["a.mp4", "quyet-dinh.txt"]);
    let failed: Vec<String> = bad
        .iter()
        .map(|f| f.file.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    assert_eq!(
        failed,
        [
            "cu.doc",
            "du-thao.txt",
            "dut.mp4",
            "la.exe",
            "mat.pdf",
            "rong.docx",
            "rong.mp4",
            "trang.html"
        ]
    );
    for (name, words) in [
        ("cu.doc", "save it as DOCX"),
        ("du-thao.txt", "never on the shelf"),
        ("dut.mp4", "breaks off"),
        ("mat.pdf", "libpdfium"),
        ("rong.mp4", "0 bytes"),
    ] {
        let failure = bad.iter().find(|f| f.file.ends_with(name)).unwrap();
        assert!(failure.to_string().contains(words), "{failure}");
    }
}

#[test]
fn a_text_gives_its_header_and_its_original_stays_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "so-tu-phap/qd.txt", ACT);
    let (good, _) = ingest(folder.path());
    let act = &good[0];
    assert_eq!(act.source, "so-tu-phap");
    assert_eq!(act.source_key, "12/2026/QĐ-UBND");
    assert_eq!(act.fields.value(FieldName::Issued), Some("2026-03-05"));
    assert_eq!(act.product, None);
    assert_eq!(act.validity.state, ValidityState::Unknown);
    assert_eq!(act.objects[0].role, ObjectRole::Original);
    assert_eq!(act.objects[0].media_type, "text/plain");
}

#[test]
fn a_video_has_its_subtitles_as_cues() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "bai-giang.mp4", mp4());
    write(
        folder.path(),
        "bai-giang.vtt",
        "WEBVTT\n\n00:01.000 --> 00:02.500\nKhi mua bán đất phải có hợp đồng.\n",
    );
    let (good, bad) = ingest(folder.path());
    assert!(bad.is_empty());
    let video = &good[0];
    assert_eq!(video.product, Some(Product::Video));
    assert_eq!(video.extra["duration_s"], 90);
    assert_eq!(video.fields.value(FieldName::Title), Some("bai giang"));
    let cue = &video.text.blocks[0];
    assert_eq!((cue.level, cue.time_ms), (Level::Cue, Some((1000, 2500))));
    assert_eq!(video.objects[1].role, ObjectRole::Subtitles);
}

/// A WebM of 90 seconds, as far as its start says: `kind` 1 has a picture, 2 only sound.
fn webm(kind: u8) -> Vec<u8> {
    let put = |id: &[u8], body: &[u8]| [id, &[0x80 | body.len() as u8], body].concat();
    let duration = put(b"\x44\x89", &90_000f64.to_be_bytes());
    let track = put(b"\xae", &put(b"\x83", &[kind]));
    let parts = [
        put(b"\x15\x49\xa9\x66", &duration),
        put(b"\x16\x54\xae\x6b", &track),
    ];
    let header = put(b"\x1a\x45\xdf\xa3", &put(b"\x42\x82", b"webm"));
    [header, put(b"\x18\x53\x80\x67", &parts.concat())].concat()
}

/// The start of a PNG of one pixel.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0";

#[test]
fn webm_is_a_video_or_a_sound_piece_with_its_length() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "bai.webm", webm(1));
    write(
        folder.path(),
        "bai.srt",
        "1\n00:00:01,000 --> 00:00:02,000\nChào.\n",
    );
    write(folder.path(), "loi.webm", webm(2));
    let (good, bad) = ingest(folder.path());
    assert!(bad.is_empty(), "{}", bad[0]);
    let [video, sound] = &good[..] else {
        panic!("two pieces");
    };
    assert_eq!(video.product, Some(Product::Video));
    assert_eq!(video.extra["duration_s"], 90);
    assert_eq!(video.objects[0].role, ObjectRole::Video);
    assert_eq!(video.objects[0].media_type, "video/webm");
    assert_eq!(video.objects[1].role, ObjectRole::Subtitles);
    assert_eq!(sound.product, Some(Product::Audio));
    assert_eq!(sound.objects[0].media_type, "audio/webm");
}

#[test]
fn a_picture_is_the_poster_of_a_video_by_its_name_by_the_sidecar_or_by_the_list() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    for name in ["a.mp4", "b.mp4", "c.mp4", "d.mp4"] {
        write(root, name, mp4());
    }
    write(root, "a.poster.png", PNG);
    write(root, "anh/b.png", PNG);
    write(root, "b.mp4.meta.json", r#"{"poster":"bia-b.png"}"#);
    write(root, "bia-b.png", PNG);
    write(root, "danh-muc.csv", "file,poster\nc.mp4,anh/c.png\n");
    write(root, "anh/c.png", PNG);
    write(root, "d.mp4.meta.json", r#"{"poster":"../x.png"}"#);
    let list = List::load(&root.join("danh-muc.csv"), &[]).unwrap();
    assert!(list.warnings.is_empty(), "{:?}", list.warnings);
    let mut options = Options::new("chung".parse().unwrap());
    options.list = Some(&list);
    let (good, bad) = ingest_with(root, &options);
    for (name, poster) in [
        ("a.mp4", "a.poster.png"),
        ("b.mp4", "bia-b.png"),
        ("c.mp4", "c.png"),
    ] {
        let objects = &by_name(&good, name).objects;
        assert_eq!(objects[1].role, ObjectRole::Poster, "{name}");
        assert_eq!(objects[1].name, poster);
        assert_eq!(objects[1].media_type, "image/png");
    }
    assert_eq!(
        good.len(),
        4,
        "three videos and a picture that is no poster"
    );
    assert!(good.iter().any(|c| c.objects[0].name == "b.png"));
    assert_eq!(bad.len(), 1, "a sidecar that reaches out of its folder");
}

#[test]
fn a_product_does_not_take_the_number_of_an_act_that_it_tells_about() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let lead = "Quyết định số 12/2026/QĐ-UBND";
    let own = "Số: 12/2026/QĐ-UBND";
    write(
        root,
        "tin-1.txt",
        format!(
            "{lead} của Ủy ban nhân dân tỉnh có hiệu lực từ ngày 15 tháng 3 năm 2026.\nBà con lưu ý.\n"
        ),
    );
    write(
        root,
        "tin-2.txt",
        format!("{lead}\nBà con lưu ý những điểm mới của quyết định này.\n"),
    );
    write(
        root,
        "tin-3.txt",
        format!("{own}\nBà con lưu ý những điểm mới của quyết định này.\n"),
    );
    write(root, "tin-4.txt", "Bà con lưu ý những điểm mới.\n");
    write(root, "qd.txt", ACT);
    write(
        root,
        "danh-muc.csv",
        "file,title,product,number\n\
         tin-1.txt,Quyết định 12/2026/QĐ-UBND: điểm mới,news,\n\
         tin-2.txt,Điểm mới,news,\ntin-3.txt,Điểm mới,news,\n\
         tin-4.txt,Điểm mới,news,5/TIN-STP\n",
    );
    let list = List::load(&root.join("danh-muc.csv"), &[]).unwrap();
    let mut options = Options::new("chung".parse().unwrap());
    options.list = Some(&list);
    let (good, _) = ingest_with(root, &options);
    let number = |name| by_name(&good, name).fields.value(FieldName::Number);
    for name in ["tin-1.txt", "tin-2.txt", "tin-3.txt"] {
        assert_eq!(number(name), None, "{name}");
        assert_eq!(by_name(&good, name).fields.value(FieldName::Kind), None);
    }
    assert_eq!(number("tin-4.txt"), Some("5/TIN-STP"), "what the list says");
    assert_eq!(number("qd.txt"), Some("12/2026/QĐ-UBND"));
    let lead = &by_name(&good, "tin-1.txt").text.blocks[0];
    assert_eq!(lead.level, Level::Paragraph, "no line of a header");
    // Without a list, a text that only names an act is none either.
    let (good, _) = ingest(&root.join("tin-1.txt"));
    assert_eq!(good[0].fields.value(FieldName::Number), None);
    assert_eq!(good[0].fields.value(FieldName::Place), None);
}

#[test]
fn the_list_wins_over_the_sidecar_and_the_sidecar_over_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    write(root, "qd.txt", ACT);
    write(
        root,
        "qd.txt.meta.json",
        r#"{"title":"Từ tệp kèm","signer":"Người A","collection":"gia-lai","ghi chú":"x","issued":null}"#,
    );
    write(
        root,
        "danh-sach.csv",
        "\u{feff}Tệp;Trích yếu;Tình trạng hiệu lực;Ngày kiểm tra;Áp dụng tại;Căn cứ;Hộp\n\
         qd.txt;\"Từ danh sách; có chấm phẩy\";Còn hiệu lực;01/09/2026;Bình Định (cũ);45/2019/QH14#dieu_5;H1\n",
    );
    let list = List::load(&root.join("danh-sach.csv"), &[]).unwrap();
    let warned: Vec<String> = list.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(warned.len(), 1, "{warned:?}");
    assert!(warned[0].starts_with("row 1, column “Hộp”: "), "{warned:?}");
    assert!(
        warned[0].contains("status (tình trạng hiệu lực)"),
        "{warned:?}"
    );
    let mut options = Options::new("chung".parse().unwrap());
    options.list = Some(&list);
    let (good, bad) = ingest_with(root, &options);
    assert!(bad.is_empty(), "{}", bad[0]);
    let act = &good[0];
    assert_eq!(
        act.fields.value(FieldName::Title),
        Some("Từ danh sách; có chấm phẩy")
    );
    assert_eq!(act.fields.value(FieldName::Signer), Some("Người A"));
    assert_eq!(act.fields.value(FieldName::Issued), Some("2026-03-05"));
    assert_eq!(act.fields.value(FieldName::Number), Some("12/2026/QĐ-UBND"));
    assert_eq!(act.validity.state, ValidityState::InForce);
    assert_eq!(act.validity.as_of.unwrap().to_string(), "2026-09-01");
    assert_eq!(act.collection.as_str(), "gia-lai");
    assert_eq!(act.applies_in, ["Bình Định (cũ)"]);
    assert_eq!(act.extra["ghi chú"], "x");
    assert_eq!(act.extra["Hộp"], "H1");
    let basis = act
        .relations
        .iter()
        .find(|r| r.to.number.as_deref() == Some("45/2019/QH14"));
    let basis = basis.unwrap();
    assert_eq!(basis.kind, RelationKind::Basis);
    assert_eq!(basis.to.provision.as_ref().unwrap().as_str(), "dieu_5");
}

#[test]
fn a_list_says_in_which_row_and_column_it_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    write(root, "qd.txt", ACT);
    write(
        root,
        "list.csv",
        "file,issued,product\nqd.txt,32/13/2026,tờ bay\nqd.txt,,\nkhong-co.txt,,\n",
    );
    let list = List::load(&root.join("list.csv"), &[]).unwrap();
    let warned: Vec<(usize, &str)> = list
        .warnings
        .iter()
        .map(|w| (w.row, w.column.as_str()))
        .collect();
    assert_eq!(
        warned,
        [(2, "issued"), (2, "product"), (3, "file"), (4, "file")]
    );
    let mut options = Options::new("chung".parse().unwrap());
    options.list = Some(&list);
    let (good, _) = ingest_with(root, &options);
    assert_eq!(
        good[0].fields.value(FieldName::Issued),
        Some("2026-03-05"),
        "a day that is none displaces nothing"
    );
    write(root, "no-file.csv", "number,title\n1,2\n");
    let error = List::load(&root.join("no-file.csv"), &[]).unwrap_err();
    assert!(matches!(error, ListError::MissingColumn { .. }));
    assert!(error.to_string().contains("number, title"), "{error}");
    write(root, "twice.csv", "file,title,trích yếu\n");
    let error = List::load(&root.join("twice.csv"), &[]).unwrap_err();
    assert!(matches!(error, ListError::TwoColumns { .. }));
    assert!(List::load(&root.join("none.csv"), &[]).is_err());
}

#[test]
fn a_state_that_is_not_understood_is_a_doubt_that_says_where_it_stands() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    write(root, "qd.txt", ACT);
    write(root, "qd2.txt", ACT);
    write(
        root,
        "list.csv",
        "stt,file,trang thai,ngay kiem tra\n1,qd.txt,hết hạn,01/09/2026\n2,qd2.txt,HET HL MOT PHAN,01/09/2026\n",
    );
    let list = List::load(&root.join("list.csv"), &[]).unwrap();
    assert_eq!(list.warnings.len(), 1, "{:?}", list.warnings);
    let mut options = Options::new("chung".parse().unwrap());
    options.list = Some(&list);
    let (good, _) = ingest_with(root, &options);
    let doubt = good[0]
        .doubts
        .iter()
        .find(|doubt| doubt.contains("hết hạn"));
    let doubt = doubt.unwrap();
    assert!(
        doubt.starts_with("list.csv, row 2, column “trang thai”: "),
        "{doubt}"
    );
    assert!(doubt.contains("Hết hiệu lực một phần"), "{doubt}");
    assert_eq!(good[0].validity.state, ValidityState::Unknown);
    assert_eq!(good[0].validity.as_of, None, "nothing was checked then");
    assert_eq!(good[1].validity.state, ValidityState::PartlyExpired);
    assert_eq!(good[1].validity.as_of.unwrap().to_string(), "2026-09-01");
}

#[test]
fn a_workbook_is_a_list_too() {
    use std::io::Write;
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    write(root, "qd.txt", ACT);
    let mut zip = zip::ZipWriter::new(std::fs::File::create(root.join("ds.xlsx")).unwrap());
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let parts = [
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"
                .to_string(),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!(
                "<worksheet xmlns=\"{main}\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>tệp</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>tên</t></is></c></row><row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>qd.txt</t></is></c><c r=\"B2\"><v>2026</v></c></row></sheetData></worksheet>"
            ),
        ),
    ];
    for (name, content) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
    let list = List::load(&root.join("ds.xlsx"), &[]).unwrap();
    assert_eq!(list.len(), 1, "{:?}", list.warnings);
    let mut options = Options::new("chung".parse().unwrap());
    options.list = Some(&list);
    let (good, bad) = ingest_with(root, &options);
    assert_eq!(good[0].fields.value(FieldName::Title), Some("2026"));
    assert!(bad.is_empty(), "the list itself is no input: {}", bad[0]);
}

#[test]
fn a_broken_sidecar_stops_its_file_and_a_lonely_one_is_told() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "qd.txt", ACT);
    write(folder.path(), "qd.txt.meta.json", "{\"title\": ");
    write(folder.path(), "khac.docx.meta.json", "{}");
    let (good, bad) = ingest(folder.path());
    assert!(good.is_empty());
    assert_eq!(bad.len(), 2);
    assert!(
        bad.iter()
            .all(|f| matches!(f.reason, Reason::BadDescription(_)))
    );
}

#[test]
fn the_names_of_columns_in_the_docs_are_known() {
    let docs = include_str!("../../../../docs/import.md");
    let lists = docs.split("## Lists").nth(1).unwrap();
    for row in lists.lines().filter(|line| line.starts_with("| `")) {
        let name_cells: Vec<&str> = row.split('|').take(3).collect();
        let names = name_cells[1]
            .split('`')
            .filter(|name| !name.trim_matches([' ', ',']).is_empty());
        let vietnamese = name_cells[2].split(',').map(str::trim);
        for name in names.chain(vietnamese) {
            assert!(Column::from_name(name).is_some(), "{name}");
        }
    }
}

#[test]
fn every_real_file_is_read_or_refused_with_a_reason() {
    let Some(path) = data("files") else { return };
    let (good, bad) = ingest(&path);
    for failure in &bad {
        eprintln!("{failure}");
    }
    let unread: Vec<_> = bad
        .iter()
        .filter(|f| {
            !matches!(
                f.reason,
                Reason::Word97 | Reason::NoReader(_) | Reason::NoWords | Reason::UnknownType
            )
        })
        .collect();
    assert!(unread.is_empty(), "{unread:?}");
    let leaflet = by_name(&good, "ky-nang-1-nhan-dien-phong-chong-lua-dao-so.png");
    assert_eq!(leaflet.product, Some(Product::Leaflet));
    let clip = by_name(&good, "4.mp4");
    assert!(clip.extra.contains_key("duration_s"));
    assert_eq!(by_name(&good, "cccd.mp3").product, Some(Product::Audio));
}
