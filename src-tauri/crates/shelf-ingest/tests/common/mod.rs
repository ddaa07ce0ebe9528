//! What the tests of this crate share.
#![allow(dead_code)]

use shelf_ingest::{Candidate, Failure, Options, read_input};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// Everything that reading `path` gives.
pub(crate) fn ingest(path: &Path) -> (Vec<Candidate>, Vec<Failure>) {
    ingest_with(path, &Options::new("chung".parse().unwrap()))
}

pub(crate) fn ingest_with(path: &Path, options: &Options<'_>) -> (Vec<Candidate>, Vec<Failure>) {
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    let summary = read_input(
        path,
        options,
        &mut |result| {
            match result {
                Ok(candidate) => good.push(candidate),
                Err(failure) => bad.push(failure),
            }
            ControlFlow::Continue(())
        },
        &mut |_| {},
    );
    assert_eq!(summary.documents, good.len() as u64);
    assert_eq!(summary.failed, bad.len() as u64);
    (good, bad)
}

/// A file of the real material, or `None` with a message where it is absent.
pub(crate) fn data(name: &str) -> Option<PathBuf> {
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
