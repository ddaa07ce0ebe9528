//! Prints how long the first page of each named file takes: opening, picture, words.
//!
//! `cargo build --release -p shelf-pdf --bins --examples`, then
//! `target/release/examples/first_page target/release/shelf-pdf-worker 893 FILE…`
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use shelf_pdf::{PdfView, ViewLimits, find_library};
use std::path::PathBuf;
use std::time::Instant;

fn main() {
    let mut arguments = std::env::args_os().skip(1);
    let worker = PathBuf::from(arguments.next().expect("the worker"));
    let width = arguments
        .next()
        .and_then(|width| width.to_str()?.parse().ok());
    let width: u32 = width.expect("a width in pixels");
    let library = find_library().expect("libpdfium, at SHELF_PDFIUM");
    println!("open ms | picture ms | both ms | words ms | labels ms | pages | KB | format | file");
    for file in arguments.map(PathBuf::from) {
        let mut runs: Vec<[f64; 5]> = Vec::new();
        let mut about = String::new();
        for _ in 0..5 {
            let view = PdfView::new(&worker, &library, ViewLimits::default());
            let ms = |began: Instant| began.elapsed().as_secs_f64() * 1000.0;
            let began = Instant::now();
            let pages = view.open(&file).unwrap().len();
            let open = ms(began);
            let image = view.picture(&file, 0, width).unwrap();
            let both = ms(began);
            let began = Instant::now();
            view.layer(&file, 0).unwrap();
            let words = ms(began);
            let began = Instant::now();
            view.labels(&file).unwrap();
            let labels = ms(began);
            runs.push([open, both - open, both, words, labels]);
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            about = format!(
                "{pages} | {} | {:?} | {name}",
                image.bytes.len() / 1000,
                image.format
            );
        }
        let median = |column: usize| {
            let mut values: Vec<f64> = runs.iter().map(|run| run[column]).collect();
            values.sort_by(f64::total_cmp);
            values[values.len() / 2]
        };
        let figures: Vec<String> = (0..5).map(|at| format!("{:.1}", median(at))).collect();
        println!("{} | {about}", figures.join(" | "));
    }
}
