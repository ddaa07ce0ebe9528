//! The reader of PDF pages that ingest is given: pdfium in a child process of this program.

use shelf_ingest::{PdfFailure, PdfPage, PdfPages};
use shelf_pdf::{PdfError, PdfWorker, find_library};
use std::path::{Path, PathBuf};

/// Reads pages through the host program's own worker.
pub(crate) struct PdfReader {
    executable: PathBuf,
    pdfium: PathBuf,
}

impl PdfReader {
    /// The reader, where libpdfium is on this machine.
    pub(crate) fn find() -> Option<PdfReader> {
        Some(PdfReader {
            executable: std::env::current_exe().ok()?,
            pdfium: find_library()?,
        })
    }
}

impl PdfPages for PdfReader {
    fn pages(&self, path: &Path) -> Result<Vec<PdfPage>, PdfFailure> {
        let open = || PdfWorker::open(&self.executable, &self.pdfium, path);
        let mut worker = open().map_err(failure)?;
        let mut pages = Vec::new();
        for number in 0..worker.page_count() {
            pages.push(match worker.page_text(number) {
                Ok(text) => PdfPage {
                    lines: text.lines,
                    image_share: text.image_share,
                    text_share: text.text_share,
                    broken: None,
                },
                // A page that brings the worker down costs that page: the next ones get another.
                Err(error) => {
                    if matches!(error, PdfError::Crashed | PdfError::TimedOut(_)) {
                        worker = open().map_err(failure)?;
                    }
                    PdfPage {
                        broken: Some(error.to_string()),
                        ..PdfPage::default()
                    }
                }
            });
        }
        Ok(pages)
    }
}

fn failure(error: PdfError) -> PdfFailure {
    match error {
        PdfError::Encrypted => PdfFailure::Encrypted,
        PdfError::NoLibrary(_) | PdfError::Start(_) => PdfFailure::Unavailable(error.to_string()),
        error => PdfFailure::Damaged(error.to_string()),
    }
}
