//! PDF text and pages through pdfium, in a process of its own.
//!
//! A PDF is hostile until shown otherwise, and pdfium is a large C++ library. So each document is
//! opened by a child process ([`worker_main`], entered when the host binary is started with
//! [`WORKER_ARGUMENT`]) that is limited in memory and killed when it takes too long. A crash costs a
//! document, not the host. Parent and child speak JSON, one message a line.
//!
//! [`PdfWorker`] is one such process. [`PdfView`] is what a reading window needs: it starts them again
//! where a page brought one down, and keeps the pictures of pages.

mod cache;
mod client;
mod columns;
mod layer;
mod layout;
mod library;
mod lines;
mod page;
mod protocol;
mod render;
mod view;
mod worker;

pub use client::PdfWorker;
pub use layer::{PageLayer, Place, TextLine};
pub use library::find_library;
pub use protocol::{ImageFormat, MOST_PIXELS, PageImage, PageSize, PageText};
pub use view::{PdfView, ViewLimits};
pub use worker::worker_main;

/// The first argument with which a host binary must hand over to [`worker_main`].
pub const WORKER_ARGUMENT: &str = "--pdf-worker";

/// Why a PDF, or a page of it, cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// It asks for a password.
    #[error("protected by a password; save it without one")]
    Encrypted,
    /// pdfium refuses it.
    #[error("damaged, or no PDF ({0})")]
    Damaged(String),
    /// It took too long and was stopped.
    #[error("reading it took more than {0} seconds and was stopped")]
    TimedOut(u64),
    /// The worker ended without an answer.
    #[error("the PDF reader crashed on it")]
    Crashed,
    /// It took too long, or the worker ended, when this page was asked for before.
    #[error("page {} cannot be shown: reading it failed before", .0.saturating_add(1))]
    PageFailed(u32),
    /// It was closed while it was read.
    #[error("the document was closed")]
    Closed,
    /// libpdfium is not there.
    #[error(
        "libpdfium is missing or does not fit ({0}); run the set-up or set SHELF_PDFIUM to its path"
    )]
    NoLibrary(String),
    /// The worker cannot be started or spoken to.
    #[error("the PDF reader cannot be started ({0})")]
    Start(#[from] std::io::Error),
}
