//! The messages between parent and worker: JSON, one message a line. Behind the line of a picture
//! come its bytes as they are.

use crate::layer::PageLayer;
use serde::{Deserialize, Serialize};

/// Pages that a document may have; the thickest gazettes have some thousands.
pub(crate) const MOST_PAGES: usize = 50_000;
/// Pixels that a side of a picture of a page may have.
pub const MOST_PIXELS: u32 = 4000;

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

/// The size of a page as it is shown (turned, where it asks for that), in points: 1/72 inch. At least
/// 1, at most 1,000,000.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct PageSize {
    /// From left to right.
    pub width: f32,
    /// From top to bottom.
    pub height: f32,
}

/// How a picture of a page is encoded.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum ImageFormat {
    /// Of a page without colours, gray.
    Png,
    /// Of one with colours; lossless.
    WebP,
}

impl ImageFormat {
    /// Its media type.
    pub fn mime(self) -> &'static str {
        match self {
            ImageFormat::Png => "image/png",
            ImageFormat::WebP => "image/webp",
        }
    }
}

/// A picture of a page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PageImage {
    /// How the bytes are encoded.
    pub format: ImageFormat,
    /// Pixels from left to right; less than asked for where the page is so tall that a side would
    /// have more than [`MOST_PIXELS`].
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
    /// The encoded picture.
    pub bytes: Vec<u8>,
}

/// What the parent asks. Pages count from 0.
#[derive(Serialize, Deserialize)]
pub(crate) enum Request {
    /// The words of a page.
    Text(u32),
    /// The words of a page with their places.
    Layer(u32),
    /// A picture of a page, so many pixels wide.
    Render { page: u32, width: u32 },
    /// The numbers that the document gives its pages.
    Labels,
}

/// What the worker answers.
#[derive(Serialize, Deserialize)]
pub(crate) enum Answer {
    /// The document is open and has these pages.
    Open { pages: Vec<PageSize> },
    /// The words of the page.
    Text(PageText),
    /// The words of the page with their places.
    Layer(PageLayer),
    /// A picture of the page, whose bytes follow the line.
    Image {
        format: ImageFormat,
        width: u32,
        height: u32,
        length: u64,
    },
    /// The number printed on each page; empty where the document gives none.
    Labels(Vec<String>),
    /// It asks for a password.
    Encrypted,
    /// It cannot be read.
    Damaged(String),
    /// libpdfium cannot be used.
    NoLibrary(String),
}
