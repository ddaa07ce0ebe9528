//! A reading window's documents: pages cost themselves, not the window.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod common;

use common::{Page, WORKER, data, library, pages, pdf, saved, with_a_bomb};
use shelf_pdf::{ImageFormat, PdfError, PdfView, ViewLimits};
use std::path::Path;
use std::time::{Duration, Instant};

const SOUND: &str = "BT /F1 12 Tf 72 700 Td (Dieu 1. Pham vi) Tj ET";

fn view(library: &Path, patience: Duration) -> PdfView {
    let limits = ViewLimits {
        patience,
        ..ViewLimits::default()
    };
    PdfView::new(WORKER, library, limits)
}

fn patient(library: &Path) -> PdfView {
    view(library, Duration::from_secs(60))
}

/// Colour type and size, from the head of a PNG.
fn head(bytes: &[u8]) -> (u8, u32, u32) {
    assert_eq!(&bytes[..8], b"\x89PNG\r\n\x1a\n");
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    (bytes[25], number(16), number(20))
}

#[test]
fn a_page_comes_back_as_a_picture_with_its_words_in_place() {
    let Some(library) = library() else { return };
    let (_folder, file) = saved(&pdf("Dieu 1. Pham vi", ""));
    let view = patient(&library);
    let sizes = view.open(&file).unwrap();
    assert_eq!(sizes.len(), 1);
    assert_eq!((sizes[0].width, sizes[0].height), (595.0, 842.0));
    let image = view.picture(&file, 0, 893).unwrap();
    assert_eq!(image.format, ImageFormat::Png);
    assert_eq!((image.width, image.height), (893, 1264));
    assert_eq!(head(&image.bytes), (0, 893, 1264), "gray");
    let layer = view.layer(&file, 0).unwrap();
    assert_eq!(layer.lines.len(), 1);
    assert_eq!(layer.lines[0].text, "Dieu 1. Pham vi");
    let place = layer.lines[0].place;
    // Drawn at 72 points from the left, 700 from below, in a font of 12.
    assert!((place.left - 72.0 / 595.0).abs() < 0.003, "{place:?}");
    let baseline = 1.0 - 700.0 / 842.0;
    assert!(place.top < baseline - 0.008 && place.top > baseline - 0.018);
    assert!(place.top + place.height > baseline && place.height < 0.025);
    assert_eq!(view.find(&file, 0, "phạm vi").unwrap().len(), 1);
    assert!(view.labels(&file).unwrap().is_empty());
}

#[test]
fn a_page_that_is_turned_or_cut_has_its_words_where_the_picture_has_them() {
    let Some(library) = library() else { return };
    let page = |media_box, more| Page {
        media_box,
        more,
        content: SOUND.to_string(),
    };
    let (_folder, file) = saved(&pages(
        &[
            page("0 0 595 842", ""),
            page("0 0 595 842", "/Rotate 180"),
            page("50 600 595 842", ""),
            page("-100 -100 595 842", "/CropBox [50 600 595 842] /Rotate 180"),
            Page {
                media_box: "0 0 595 842",
                more: "/Rotate 90",
                content: "BT /F1 12 Tf 0 1 -1 0 200 100 Tm (Dieu 1. Pham vi) Tj ET".to_string(),
            },
        ],
        &[],
        "",
    ));
    let view = patient(&library);
    let sizes = view.open(&file).unwrap();
    assert_eq!((sizes[2].width, sizes[2].height), (545.0, 242.0));
    assert_eq!((sizes[3].width, sizes[3].height), (545.0, 242.0));
    let place = |page| view.layer(&file, page).unwrap().lines[0].place;
    let close =
        |value: f32, wanted: f32| assert!((value - wanted).abs() < 0.005, "{value} {wanted}");
    let middle = |page| {
        let place = place(page);
        (
            place.left + place.width / 2.0,
            place.top + place.height / 2.0,
        )
    };
    let (x, y) = middle(0);
    let turned = middle(1);
    close(turned.0, 1.0 - x);
    close(turned.1, 1.0 - y);
    let cut = middle(2);
    close(cut.0, (x * 595.0 - 50.0) / 545.0);
    close(cut.1, y * 842.0 / 242.0);
    let both = middle(3);
    close(both.0, 1.0 - cut.0);
    close(both.1, 1.0 - cut.1);
    // Words that run up the sheet, which is turned to the right: they read as they should.
    assert_eq!((sizes[4].width, sizes[4].height), (842.0, 595.0));
    let line = &view.layer(&file, 4).unwrap().lines[0];
    assert_eq!(line.text, "Dieu 1. Pham vi");
    close(line.place.left, 100.0 / 842.0);
    let baseline = 200.0 / 595.0;
    assert!(line.place.top < baseline && line.place.top + line.place.height > baseline);
}

#[test]
fn colours_are_kept_and_the_numbers_of_pages_told() {
    let Some(library) = library() else { return };
    let red = Page::of("1 0 0 rg 100 100 200 200 re f");
    let bytes = pages(&[red, Page::of(SOUND)], &[], "");
    let labels = "<< /Type /Catalog /PageLabels << /Nums [0 << /S /r /St 4 >>] >> /Pages 2 0 R >>";
    // The catalogue is longer than the table of objects says: pdfium finds the objects by itself.
    let text = String::from_utf8(bytes).unwrap();
    let text = text.replacen("<< /Type /Catalog /Pages 2 0 R >>", labels, 1);
    let (_folder, file) = saved(text.as_bytes());
    let view = patient(&library);
    let image = view.picture(&file, 0, 400).unwrap();
    assert_eq!(image.format, ImageFormat::WebP);
    assert_eq!(
        (&image.bytes[..4], &image.bytes[8..12]),
        (&b"RIFF"[..], &b"WEBP"[..])
    );
    assert_eq!(view.labels(&file).unwrap(), ["iv", "v"]);
}

#[test]
fn absurd_pages_are_shown_within_the_limit() {
    let Some(library) = library() else { return };
    let page = |media_box| Page {
        media_box,
        more: "",
        content: SOUND.to_string(),
    };
    let (_folder, file) = saved(&pages(
        &[
            page("0 0 1000000 1000000"),
            page("0 0 1 1000000"),
            page("0 0 1e38 1e38"),
            page("0 0 0 0"),
            page("0 0 595 842"),
        ],
        &[],
        "",
    ));
    let view = patient(&library);
    let sizes = view.open(&file).unwrap();
    assert_eq!(sizes.len(), 5);
    for size in &sizes {
        assert!((1.0..=1e6).contains(&size.width), "{size:?}");
        assert!((1.0..=1e6).contains(&size.height), "{size:?}");
    }
    for page in 0..5 {
        if let Ok(image) = view.picture(&file, page, 1_000_000) {
            assert!(image.width <= 4000 && image.height <= 4000);
        }
    }
    assert!(view.picture(&file, 0, 893).is_ok());
    assert!(view.picture(&file, 4, 893).is_ok());
    assert!(view.layer(&file, 4).is_ok());
    assert!(
        view.picture(&file, 5, 893).is_err(),
        "there is no such page"
    );
    assert!(view.picture(&file, u32::MAX, 893).is_err());
}

#[test]
fn a_page_that_takes_too_long_costs_that_page_alone() {
    let Some(library) = library() else { return };
    let (_folder, file) = saved(&with_a_bomb());
    let view = view(&library, Duration::from_secs(3));
    assert_eq!(view.open(&file).unwrap().len(), 3);
    assert!(view.picture(&file, 0, 300).is_ok());
    let error = view.picture(&file, 1, 300).unwrap_err();
    assert!(
        matches!(error, PdfError::TimedOut(_) | PdfError::Crashed),
        "{error}"
    );
    let began = Instant::now();
    for _ in 0..3 {
        let again = view.picture(&file, 1, 300);
        assert!(matches!(again, Err(PdfError::PageFailed(1))));
        assert!(matches!(view.layer(&file, 1), Err(PdfError::PageFailed(1))));
    }
    assert!(began.elapsed() < Duration::from_millis(500), "at once");
    assert!(view.picture(&file, 2, 300).is_ok(), "other pages go on");
    assert!(view.picture(&file, 0, 400).is_ok());
    view.close(&file);
    assert!(
        !matches!(view.layer(&file, 1), Err(PdfError::PageFailed(_))),
        "closing forgets it"
    );
}

#[test]
fn cut_off_files_are_errors_or_documents_but_end_nothing() {
    let Some(library) = library() else { return };
    let whole = with_a_bomb();
    let view = view(&library, Duration::from_secs(3));
    for part in 1..12 {
        let (_folder, file) = saved(&whole[..whole.len() * part / 12]);
        if let Ok(pages) = view.open(&file) {
            assert!(pages.len() <= 3);
            // Whatever this is, it comes back.
            let _ = view.picture(&file, 0, 200);
        }
    }
    let (_folder, file) = saved(&pdf("x", ""));
    assert!(view.picture(&file, 0, 200).is_ok());
    assert!(matches!(
        view.open(Path::new("/nowhere/no.pdf")),
        Err(PdfError::Damaged(_))
    ));
}

#[test]
fn threads_share_a_view() {
    let Some(library) = library() else { return };
    let (_one, first) = saved(&pages(&[Page::of(SOUND), Page::of(SOUND)], &[], ""));
    let (_two, second) = saved(&pdf("Dieu 2", ""));
    let (_three, third) = saved(&pdf("Dieu 3", ""));
    let view = patient(&library);
    std::thread::scope(|scope| {
        for thread in 0..6u32 {
            let files = [&first, &second, &third];
            let view = &view;
            scope.spawn(move || {
                for round in 0..3 {
                    let file = files[(thread as usize + round) % 3];
                    assert!(view.picture(file, 0, 200 + round as u32).is_ok());
                    assert_eq!(view.layer(file, 0).unwrap().lines.len(), 1);
                }
            });
        }
    });
    let one = view.picture(&first, 1, 200).unwrap();
    let same = view.picture(&first, 1, 200).unwrap();
    assert!(std::sync::Arc::ptr_eq(&one, &same), "kept");
}

#[test]
fn real_gazettes_scans_and_signed_files_show_their_first_page() {
    let Some(library) = library() else { return };
    let Some(files) = data("files") else { return };
    let view = patient(&library);
    let mut seen = 0;
    for folder in [
        "pdf_born_digital",
        "pdf_gazette_image",
        "pdf_gazette_signed",
        "pdf_scan_with_ocr_layer",
        "pdf_scanned",
    ] {
        let Ok(entries) = std::fs::read_dir(files.join(folder)) else {
            continue;
        };
        for entry in entries {
            let file = entry.unwrap().path();
            let sizes = view.open(&file).unwrap();
            let image = view.picture(&file, 0, 893).unwrap();
            let shape = sizes[0].height / sizes[0].width;
            let drawn = image.height as f32 / image.width as f32;
            assert!((shape - drawn).abs() < 0.01, "{}", file.display());
            for line in view.layer(&file, 0).unwrap().lines {
                assert_eq!(line.edges.len(), line.text.chars().count());
                let place = line.place;
                assert!(place.left >= 0.0 && place.left + place.width <= 1.0001);
                assert!(place.top >= 0.0 && place.top + place.height <= 1.0001);
            }
            seen += 1;
        }
    }
    assert!(seen > 0, "there are files");
    let decree = files.join("pdf_born_digital/01_2020_ND-CP_432442.pdf");
    if decree.exists() {
        let found = view.find(&decree, 0, "nghi dinh").unwrap();
        assert!(!found.is_empty());
    }
}
