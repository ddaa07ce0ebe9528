//! The messages between parent and worker.

use serde::{Deserialize, Serialize};

/// The words of one page.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct PageText {
    /// Its lines from top to bottom, column after column; a tab stands between cells that are side by
    /// side, an empty line where a paragraph ends.
    pub lines: Vec<String>,
    /// Share of the page that pictures cover, 0 to 1.
    pub image_share: f32,
    /// Share of the page's height that lines of words fill, 0 to 1.
    pub text_share: f32,
}

/// What the parent asks.
#[derive(Serialize, Deserialize)]
pub(crate) enum Request {
    /// The words of a page, from 0.
    Text(u32),
}

/// What the worker answers.
#[derive(Serialize, Deserialize)]
pub(crate) enum Answer {
    /// The document is open and has this many pages.
    Open { pages: u32 },
    /// The words of the page.
    Text(PageText),
    /// It asks for a password.
    Encrypted,
    /// It cannot be read.
    Damaged(String),
    /// libpdfium cannot be used.
    NoLibrary(String),
}
