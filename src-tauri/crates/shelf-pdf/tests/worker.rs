//! Real documents through a real worker process.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

use shelf_pdf::{PageText, PdfError, PdfWorker, find_library};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const WORKER: &str = env!("CARGO_BIN_EXE_shelf-pdf-worker");

fn library() -> Option<PathBuf> {
    let found = find_library();
    if found.is_none() {
        eprintln!("skipped: libpdfium is absent (set SHELF_PDFIUM)");
    }
    found
}

fn data(name: &str) -> Option<PathBuf> {
    let root = std::env::var_os("SHELF_DATA").map_or_else(
        || {
            PathBuf::from(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/../../../../shared/data"
            ))
        },
        PathBuf::from,
    );
    let path = root.join(name);
    if !path.exists() {
        eprintln!("skipped: {} is absent (set SHELF_DATA)", path.display());
        return None;
    }
    Some(path)
}

fn open(library: &Path, file: &Path) -> Result<PdfWorker, PdfError> {
    PdfWorker::open(Path::new(WORKER), library, file)
}

/// A PDF of one page that draws these words with a standard font.
fn pdf(words: &str, extra: &str) -> Vec<u8> {
    let content = format!("BT /F1 12 Tf 72 700 Td ({words}) Tj ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_string(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_string(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_string(),
        format!(
            "<< /Length {} >>\nstream\n{content}\nendstream",
            content.len()
        ),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_string(),
    ];
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", index + 1).bytes());
    }
    let start = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).bytes());
    for place in &places {
        out.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let size = places.len() + 1;
    out.extend(
        format!("trailer\n<< /Size {size} /Root 1 0 R {extra} >>\nstartxref\n{start}\n%%EOF\n")
            .bytes(),
    );
    out
}

fn saved(bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tệp có dấu.pdf");
    std::fs::write(&file, bytes).unwrap();
    (folder, file)
}

#[test]
fn the_words_of_a_page_come_back_over_the_process_border() {
    let Some(library) = library() else { return };
    let (_folder, file) = saved(&pdf("Dieu 1. Pham vi", ""));
    let mut worker = open(&library, &file).unwrap();
    assert_eq!(worker.page_count(), 1);
    let page = worker.page_text(0).unwrap();
    assert_eq!(page.lines, ["Dieu 1. Pham vi"]);
    assert_eq!(page.image_share, 0.0);
    assert!(matches!(worker.page_text(7), Err(PdfError::Damaged(_))));
    assert!(worker.page_text(0).is_ok(), "a wrong page costs nothing");
}

#[test]
fn what_is_no_sound_pdf_is_told_apart() {
    let Some(library) = library() else { return };
    let (_folder, broken) = saved(b"%PDF-1.7\nnothing that could be read");
    assert!(matches!(open(&library, &broken), Err(PdfError::Damaged(_))));
    let lock = "/ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 \
                /O <00000000000000000000000000000000000000000000000000000000000000ff> \
                /U <00000000000000000000000000000000000000000000000000000000000000ff> >>";
    let (_folder, locked) = saved(&pdf("x", lock));
    assert!(matches!(open(&library, &locked), Err(PdfError::Encrypted)));
    let (_folder, file) = saved(&pdf("x", ""));
    let missing = Path::new("/nowhere/libpdfium.so");
    assert!(matches!(open(missing, &file), Err(PdfError::NoLibrary(_))));
}

#[test]
fn a_program_that_is_no_worker_and_one_that_never_answers_are_errors() {
    let (_folder, file) = saved(&pdf("x", ""));
    let nothing = Path::new("/nowhere");
    let start = PdfWorker::open(Path::new("/nowhere/worker"), nothing, &file);
    assert!(matches!(start, Err(PdfError::Start(_))));
    if cfg!(unix) {
        let folder = tempfile::tempdir().unwrap();
        let sleeper = folder.path().join("sleeper");
        std::fs::write(&sleeper, "#!/bin/sh\nexec sleep 60\n").unwrap();
        make_executable(&sleeper);
        let began = Instant::now();
        let late = PdfWorker::open_within(&sleeper, nothing, &file, Duration::from_millis(300));
        assert!(matches!(late, Err(PdfError::TimedOut(_))));
        assert!(began.elapsed() < Duration::from_secs(20), "it was stopped");
    }
}

#[cfg(unix)]
fn make_executable(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(not(unix))]
fn make_executable(_: &Path) {}

fn all(file: &Path, library: &Path) -> Vec<PageText> {
    let mut worker = open(library, file).unwrap();
    (0..worker.page_count())
        .map(|page| worker.page_text(page).unwrap())
        .collect()
}

#[test]
fn born_digital_gazettes_give_words_and_scans_give_pictures() {
    let Some(library) = library() else { return };
    let Some(files) = data("files") else { return };
    let decree = all(
        &files.join("pdf_born_digital/01_2020_ND-CP_432442.pdf"),
        &library,
    );
    let text: String = decree
        .iter()
        .flat_map(|page| &page.lines)
        .cloned()
        .collect::<Vec<_>>()
        .join("\n");
    assert!(text.contains("Số: 01/2020/NĐ-CP"), "{text}");
    assert!(text.contains("Điều 1."), "{text}");
    assert!(decree.iter().all(|page| page.image_share < 0.5));
    let scan = all(&files.join("pdf_scanned/35-2018-qh14.pdf"), &library);
    assert_eq!(scan.len(), 69);
    assert!(scan.iter().all(|page| page.lines.is_empty()));
    let shares: Vec<f32> = scan.iter().map(|page| page.image_share).collect();
    assert!(shares.iter().all(|share| *share > 0.8), "{shares:?}");
}
