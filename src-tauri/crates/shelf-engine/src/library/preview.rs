//! The words of a hit, shown beside the list.

use super::headings::provision_by_heading;
use super::indexing::index_error;
use super::line::DocumentLine;
use super::passages::{opening, provision_of};
use super::{Absent, HitProvision, Library};
use crate::{Error, ErrorCode};
use serde::Serialize;
use shelf_law::{Block, DocumentId, ProvisionId};
use shelf_search::{Query, Ranking, Weights, marks};

/// Characters that a preview shows; the rest is a click away.
const MOST_CHARS: usize = 6_000;

/// A provision, or the beginning of a document, with the words of a question marked.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Preview {
    /// The document.
    pub document: DocumentLine,
    /// The provision; `None` where the document is shown from its beginning.
    pub provision: Option<HitProvision>,
    /// Where the first block stands in the document's text.
    pub first: usize,
    /// The blocks.
    pub blocks: Vec<Block>,
    /// The words of the question.
    pub marks: Vec<BlockMark>,
    /// Whether more follows.
    pub cut: bool,
    /// Set where the text is not on this machine: there are no blocks, and the provision is named by
    /// its heading.
    pub absent: Option<Absent>,
}

/// A word of the question in the text of a block.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct BlockMark {
    /// Which of the preview's blocks.
    pub block: usize,
    /// First character, in Unicode scalar values of the block's text.
    pub from: usize,
    /// One past the last.
    pub to: usize,
}

impl Library {
    /// Shows a provision, or a document from its beginning, with the words of `text` marked.
    pub fn preview(
        &mut self,
        id: &DocumentId,
        provision: Option<&ProvisionId>,
        text: &str,
    ) -> Result<Preview, Error> {
        let row = self.catalog.get(id)?.ok_or_else(|| {
            Error::new(
                ErrorCode::NotFound,
                format!("{id}: no such document on this shelf"),
            )
        })?;
        let document = self.line(&row);
        if let Some(absent) = self.absent(&row)? {
            let headings = self.catalog.headings(id)?;
            return Ok(Preview {
                document,
                provision: provision.map(|id| provision_by_heading(id.clone(), headings.as_ref())),
                first: 0,
                blocks: Vec::new(),
                marks: Vec::new(),
                cut: false,
                absent: Some(absent),
            });
        }
        let file = self.text_of(&row)?;
        let (range, provision) = match provision {
            None => (opening(&file.text), None),
            Some(wanted) => {
                let index = file.text.find(wanted).ok_or_else(|| {
                    let words = format!("{id}: has no provision {wanted}");
                    Error::new(ErrorCode::NotFound, words)
                })?;
                let provision = provision_of(&file.text, index);
                (file.text.subtree(index), provision)
            }
        };
        let first = range.start;
        let (blocks, cut) = cut_off(&file.text.blocks[range.clone()]);
        let cut = cut || (provision.is_none() && range.end < file.text.blocks.len());
        let marks = self.marks(&blocks, text)?;
        Ok(Preview {
            document,
            provision,
            first,
            blocks,
            marks,
            cut,
            absent: None,
        })
    }

    fn marks(&self, blocks: &[Block], text: &str) -> Result<Vec<BlockMark>, Error> {
        let query = Query::parse(text);
        let weights = match self.index() {
            Ok(index) if !query.is_empty() => index
                .weights(&query, &Ranking::default())
                .map_err(index_error)?,
            _ => Weights::default(),
        };
        let mut all = Vec::new();
        for (block, shown) in blocks.iter().enumerate() {
            let found = marks(&shown.text, &query, &|term| weights.get(term));
            all.extend(
                found
                    .into_iter()
                    .map(|(from, to)| BlockMark { block, from, to }),
            );
        }
        Ok(all)
    }
}

/// The first blocks that fit, the last of them shortened where it alone is too long; and whether
/// something was left out.
fn cut_off(blocks: &[Block]) -> (Vec<Block>, bool) {
    let mut room = MOST_CHARS;
    let mut shown = Vec::new();
    for block in blocks {
        let length = length_of(block);
        if length > room {
            if shown.is_empty() {
                shown.push(shortened(block, room));
            }
            return (shown, true);
        }
        room -= length;
        shown.push(block.clone());
    }
    (shown, false)
}

fn length_of(block: &Block) -> usize {
    let cells = block.rows.iter().flatten();
    let parts = [&block.marker, &block.heading, &block.text];
    parts
        .into_iter()
        .chain(cells)
        .map(|part| part.chars().count())
        .sum()
}

fn shortened(block: &Block, mut room: usize) -> Block {
    let mut block = block.clone();
    block.text = block.text.chars().take(room).collect();
    room = room.saturating_sub(block.text.chars().count());
    block.rows.retain(|row| {
        let length: usize = row.iter().map(|cell| cell.chars().count()).sum();
        let fits = length <= room;
        room = if fits { room - length } else { 0 };
        fits
    });
    block
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_provision_is_cut_between_blocks_and_a_long_block_within() {
        let block = |chars: usize| Block::paragraph(0, "ổ".repeat(chars));
        let (shown, cut) = cut_off(&[block(4_000), block(1_000), block(4_000)]);
        assert_eq!((shown.len(), cut), (2, true));
        let (shown, cut) = cut_off(&[block(9_000)]);
        assert_eq!((shown[0].text.chars().count(), cut), (6_000, true));
        assert!(!cut_off(&[block(10)]).1);
    }
}
