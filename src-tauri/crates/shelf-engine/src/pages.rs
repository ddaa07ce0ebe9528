//! The pages of a PDF as pictures with words in place, drawn by a child process of the host program.

use crate::{Error, ErrorCode};
use shelf_pdf::{PdfError, PdfView, ViewLimits, find_library};
use std::path::Path;

/// The PDF documents that a reader has open.
pub struct PdfPages {
    view: PdfView,
}

/// The size of a page in points.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct PageSize {
    /// From left to right.
    pub width: f32,
    /// From top to bottom.
    pub height: f32,
}

/// A picture of a page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PagePicture {
    /// Its media type.
    pub media_type: &'static str,
    /// The encoded picture.
    pub bytes: Vec<u8>,
}

/// Left, top, right, bottom in shares of the page.
pub type Area = [f32; 4];

/// The words of a page in place.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct PageWords {
    /// Lines, or parts of lines, in reading order.
    pub lines: Vec<(String, Area)>,
    /// Where the phrase that was looked for stands.
    pub hits: Vec<Area>,
}

impl PdfPages {
    /// A reader of pages, where libpdfium is on this machine. The host program must hand over to
    /// [`crate::pdf_worker`] before anything else.
    pub fn find() -> Option<PdfPages> {
        let executable = std::env::current_exe().ok()?;
        Some(PdfPages {
            view: PdfView::new(executable, find_library()?, ViewLimits::default()),
        })
    }

    /// The size of each page.
    ///
    /// # Errors
    /// [`ErrorCode::BadInput`] for a PDF with a password, [`ErrorCode::Damaged`] for one that cannot
    /// be read, [`ErrorCode::Io`] where the reader cannot be started.
    pub fn sizes(&self, file: &Path) -> Result<Vec<PageSize>, Error> {
        let sizes = self
            .view
            .open(file)
            .map_err(|error| page_error(file, &error))?;
        let size = |page: &shelf_pdf::PageSize| PageSize {
            width: page.width,
            height: page.height,
        };
        Ok(sizes.iter().map(size).collect())
    }

    /// A picture of a page, from 1, so many pixels wide.
    ///
    /// # Errors
    /// As [`PdfPages::sizes`]; a page that failed once fails at once the next time.
    /// [`ErrorCode::NotFound`] for page 0.
    pub fn picture(&self, file: &Path, page: u32, width: u32) -> Result<PagePicture, Error> {
        let picture = self
            .view
            .picture(file, place_of(file, page)?, width)
            .map_err(|error| page_error(file, &error))?;
        Ok(PagePicture {
            media_type: picture.format.mime(),
            bytes: picture.bytes.clone(),
        })
    }

    /// The words of a page, from 1, and where `phrase` stands on it.
    ///
    /// # Errors
    /// As [`PdfPages::picture`].
    pub fn words(&self, file: &Path, page: u32, phrase: &str) -> Result<PageWords, Error> {
        let layer = self
            .view
            .layer(file, place_of(file, page)?)
            .map_err(|error| page_error(file, &error))?;
        let area = |place: &shelf_pdf::Place| {
            let (right, bottom) = (place.left + place.width, place.top + place.height);
            [place.left, place.top, right, bottom]
        };
        let hits = match phrase.trim() {
            "" => Vec::new(),
            phrase => layer.find(phrase).iter().flatten().map(area).collect(),
        };
        let lines = layer.lines.into_iter();
        Ok(PageWords {
            lines: lines.map(|line| (line.text, area(&line.place))).collect(),
            hits,
        })
    }

    /// Closes a document.
    pub fn close(&self, file: &Path) {
        self.view.close(file);
    }

    /// Closes all documents.
    pub fn close_all(&self) {
        self.view.close_all();
    }
}

/// Where a page stands among the pages of its file, from 0.
fn place_of(file: &Path, page: u32) -> Result<u32, Error> {
    page.checked_sub(1).ok_or_else(|| {
        let words = format!("{}: has no page 0; the first one is 1", file.display());
        Error::new(ErrorCode::NotFound, words)
    })
}

fn page_error(file: &Path, error: &PdfError) -> Error {
    let code = match error {
        PdfError::Encrypted => ErrorCode::BadInput,
        PdfError::NoLibrary(_) | PdfError::Start(_) => ErrorCode::Io,
        _ => ErrorCode::Damaged,
    };
    Error::new(code, format!("{}: {error}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_no_page_0() {
        let pages = PdfPages {
            view: PdfView::new("no program", "no library", ViewLimits::default()),
        };
        let file = Path::new("to-gap.pdf");
        let picture = pages.picture(file, 0, 800).unwrap_err();
        assert_eq!(picture.code, ErrorCode::NotFound, "{}", picture.words);
        let words = pages.words(file, 0, "").unwrap_err();
        assert_eq!(words.code, ErrorCode::NotFound, "{}", words.words);
        assert_eq!(place_of(file, 1).unwrap(), 0);
    }
}
