//! The processes behind a view: they are replaced, ended, and never left behind.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod common;

use common::{Page, WORKER, library, pages, pdf, processes_with, saved, with_a_bomb};
use shelf_pdf::{PdfError, PdfView, ViewLimits};
use std::path::Path;
use std::time::{Duration, Instant};

const SOUND: &str = "BT /F1 12 Tf 72 700 Td (Dieu 1. Pham vi) Tj ET";

fn patient(library: &Path) -> PdfView {
    let limits = ViewLimits {
        patience: Duration::from_secs(60),
        ..ViewLimits::default()
    };
    PdfView::new(WORKER, library, limits)
}

/// Waits until it is so, at most ten seconds.
fn soon(mut so: impl FnMut() -> bool) -> bool {
    let began = Instant::now();
    while began.elapsed() < Duration::from_secs(10) {
        if so() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    false
}

fn kill(id: u32) {
    use rustix::process::{Pid, Signal, kill_process};
    let id = Pid::from_raw(i32::try_from(id).unwrap()).unwrap();
    kill_process(id, Signal::KILL).unwrap();
}

#[test]
fn a_worker_that_is_killed_is_replaced_and_the_page_shown() {
    let Some(library) = library() else { return };
    let (_folder, file) = saved(&pages(&[Page::of(SOUND), Page::of(SOUND)], &[], ""));
    let view = patient(&library);
    view.picture(&file, 0, 300).unwrap();
    let before = processes_with(&file);
    assert_eq!(before.len(), 1);
    kill(before[0]);
    assert!(view.picture(&file, 1, 300).is_ok());
    let after = processes_with(&file);
    assert!(after.len() == 1 && after != before);
}

#[test]
fn a_worker_that_is_killed_at_a_page_twice_costs_that_page() {
    let Some(library) = library() else { return };
    let (_folder, file) = saved(&with_a_bomb());
    let view = patient(&library);
    view.open(&file).unwrap();
    std::thread::scope(|scope| {
        let asked = scope.spawn(|| view.picture(&file, 1, 300));
        let mut killed = Vec::new();
        assert!(soon(|| {
            for id in processes_with(&file) {
                // Time to get at the page.
                std::thread::sleep(Duration::from_millis(300));
                if !killed.contains(&id) {
                    kill(id);
                    killed.push(id);
                }
            }
            asked.is_finished()
        }));
        let answer = asked.join().unwrap();
        assert!(matches!(answer, Err(PdfError::Crashed)), "{answer:?}");
        assert_eq!(killed.len(), 2);
    });
    let again = view.picture(&file, 1, 300);
    assert!(matches!(again, Err(PdfError::PageFailed(1))));
    assert!(view.picture(&file, 0, 300).is_ok());
}

#[test]
fn closing_ends_the_process_also_while_a_page_is_drawn() {
    let Some(library) = library() else { return };
    let (_folder, file) = saved(&with_a_bomb());
    let view = patient(&library);
    view.picture(&file, 0, 300).unwrap();
    view.close(&file);
    assert!(processes_with(&file).is_empty());
    view.open(&file).unwrap();
    std::thread::scope(|scope| {
        let asked = scope.spawn(|| view.picture(&file, 1, 300));
        std::thread::sleep(Duration::from_millis(300));
        view.close(&file);
        assert!(processes_with(&file).is_empty());
        assert!(matches!(asked.join().unwrap(), Err(PdfError::Closed)));
    });
    assert!(
        view.picture(&file, 0, 300).is_ok(),
        "it can be opened again"
    );
    view.close_all();
    assert!(processes_with(&file).is_empty());
}

#[test]
fn documents_that_others_push_out_are_closed() {
    let Some(library) = library() else { return };
    let files: Vec<_> = (0..3).map(|_| saved(&pdf("x", ""))).collect();
    let view = patient(&library);
    for (_, file) in &files {
        view.open(file).unwrap();
    }
    let open: Vec<usize> = files
        .iter()
        .map(|(_, file)| processes_with(file).len())
        .collect();
    assert_eq!(open, [0, 1, 1]);
    drop(view);
    for (_, file) in &files {
        assert!(processes_with(file).is_empty());
    }
}

#[test]
fn a_worker_whose_parent_is_gone_ends_even_while_it_draws() {
    let Some(library) = library() else { return };
    let (_folder, file) = saved(&with_a_bomb());
    for request in ["", "{\"Render\":{\"page\":1,\"width\":300}}\n"] {
        use std::io::{BufRead, Write};
        let mut child = std::process::Command::new(WORKER)
            .arg(shelf_pdf::WORKER_ARGUMENT)
            .args([&library, &file])
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut output = std::io::BufReader::new(child.stdout.take().unwrap());
        output.read_line(&mut line).unwrap();
        assert!(line.starts_with("{\"Open\""), "{line}");
        let mut input = child.stdin.take().unwrap();
        input.write_all(request.as_bytes()).unwrap();
        std::thread::sleep(Duration::from_millis(200));
        assert!(child.try_wait().unwrap().is_none(), "it waits or works");
        drop(input);
        assert!(soon(|| child.try_wait().unwrap().is_some()));
    }
}

#[test]
fn a_worker_sees_little_of_the_environment() {
    let Some(library) = library() else { return };
    let (_folder, file) = saved(&pdf("x", ""));
    let view = patient(&library);
    view.open(&file).unwrap();
    let id = processes_with(&file)[0];
    let environment = std::fs::read(format!("/proc/{id}/environ")).unwrap();
    let names: Vec<_> = environment
        .split(|byte| *byte == 0)
        .map(|entry| String::from_utf8_lossy(entry).into_owned())
        .filter(|entry| !entry.is_empty() && !entry.starts_with("LD_LIBRARY_PATH="))
        .collect();
    assert!(names.is_empty(), "{names:?}");
}
