//! Workers that a document has taken over: they say what they like, or nothing.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod common;

use common::{make_executable, pdf, saved};
use shelf_pdf::{PdfError, PdfView, ViewLimits};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A script must not be open for writing in any process when it is started, and a process that
/// another test starts at that moment has all that this one has open: one test at a time.
static ONE: Mutex<()> = Mutex::new(());

const OPEN: &str = r#"echo '{"Open":{"pages":[{"width":595,"height":842}]}}'"#;

/// What the first and second request for the page give where the worker runs this script.
fn ask(script: &str) -> (PdfError, PdfError) {
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let (folder, file) = saved(&pdf("x", ""));
    let worker = folder.path().join("worker");
    std::fs::write(
        &worker,
        format!("#!/bin/sh\n{OPEN}\nread request\n{script}\n"),
    )
    .unwrap();
    make_executable(&worker);
    let limits = ViewLimits {
        patience: Duration::from_secs(2),
        ..ViewLimits::default()
    };
    let view = PdfView::new(worker, Path::new("/nowhere"), limits);
    assert_eq!(view.open(&file).unwrap().len(), 1);
    let began = Instant::now();
    let first = view.picture(&file, 0, 893).unwrap_err();
    let second = view.picture(&file, 0, 893).unwrap_err();
    assert!(began.elapsed() < Duration::from_secs(10));
    (first, second)
}

#[test]
fn one_that_hangs_is_stopped() {
    let (first, second) = ask("exec sleep 60");
    assert!(matches!(first, PdfError::TimedOut(2)), "{first}");
    assert!(matches!(second, PdfError::PageFailed(0)), "{second}");
}

#[test]
fn one_that_hangs_in_the_midst_of_a_picture_is_stopped() {
    let head = r#"{"Image":{"format":"Png","width":1,"height":1,"length":100}}"#;
    let (first, _) = ask(&format!("echo '{head}'\necho abc\nexec sleep 60"));
    assert!(matches!(first, PdfError::TimedOut(2)), "{first}");
}

#[test]
fn one_that_ends_or_talks_nonsense_has_crashed() {
    let large = r#"{"Image":{"format":"Png","width":1,"height":1,"length":9999999999}}"#;
    let short = r#"{"Image":{"format":"Png","width":1,"height":1,"length":100}}"#;
    for script in [
        "exit 3",
        "echo nonsense",
        "printf '{\"Text\":'",
        "echo '{\"Labels\":[\"i\"]}'",
        &format!("echo '{large}'"),
        &format!("echo '{short}'\necho abc"),
    ] {
        let (first, second) = ask(script);
        assert!(matches!(first, PdfError::Crashed), "{script}: {first}");
        assert!(matches!(second, PdfError::PageFailed(0)), "{script}");
    }
}

#[test]
fn closing_does_not_wait_for_one_that_never_opens() {
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let (folder, file) = saved(&pdf("x", ""));
    let worker = folder.path().join("worker");
    std::fs::write(&worker, "#!/bin/sh\nexec sleep 60\n").unwrap();
    make_executable(&worker);
    let view = PdfView::new(worker, Path::new("/nowhere"), ViewLimits::default());
    std::thread::scope(|scope| {
        let asked = scope.spawn(|| view.open(&file));
        std::thread::sleep(Duration::from_millis(300));
        let began = Instant::now();
        view.close(&file);
        assert!(matches!(asked.join().unwrap(), Err(PdfError::Closed)));
        assert!(began.elapsed() < Duration::from_secs(5));
    });
}

#[test]
fn one_that_floods_is_held_back() {
    let (first, _) = ask("echo '{\"Damaged\":\"no\"}'\nexec yes '{\"Labels\":[]}'");
    assert!(matches!(first, PdfError::Damaged(_)), "{first}");
}
