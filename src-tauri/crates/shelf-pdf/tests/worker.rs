//! Real documents through a real worker process.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod common;

use common::{WORKER, data, library, make_executable, pdf, saved};
use shelf_pdf::{PageText, PdfError, PdfWorker};
use std::path::Path;
use std::time::{Duration, Instant};

fn open(library: &Path, file: &Path) -> Result<PdfWorker, PdfError> {
    PdfWorker::open(Path::new(WORKER), library, file)
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
