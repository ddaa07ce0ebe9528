//! Plain text.

use crate::encoding::decode;
use crate::{Reason, draft::Draft};
use shelf_law::grammar::Piece;

/// The lines of a text file, empty ones too: they stand for paragraph ends.
pub(crate) fn read(bytes: &[u8]) -> Result<Draft, Reason> {
    let decoded = decode(bytes)?;
    if decoded.text.trim().is_empty() {
        return Err(Reason::NoWords);
    }
    Ok(Draft {
        pieces: lines(&decoded.text),
        doubts: decoded.doubt.into_iter().collect(),
        ..Draft::default()
    })
}

/// One piece a line.
pub(crate) fn lines(text: &str) -> Vec<Piece> {
    text.lines().map(|text| line(text, None)).collect()
}

/// A piece that is one line.
pub(crate) fn line(text: impl Into<String>, page: Option<u32>) -> Piece {
    Piece::Line {
        text: text.into(),
        page,
        hint: None,
        lang: None,
    }
}
