//! Finding words inside one document.

use super::Library;
use crate::Error;
use shelf_law::fold::fold;
use shelf_law::{Block, DocumentId};
use std::collections::HashMap;

/// Places that are listed; one who looks for a letter is not served by more.
const MOST: usize = 5000;

/// In which words of a block something was found.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum BlockPart {
    /// Its heading.
    Heading,
    /// Its text.
    Text,
    /// A cell of its table: row and column, from 0.
    Cell(usize, usize),
}

/// A place in a document where the words stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FoundInBlock {
    /// The block.
    pub block: usize,
    /// In which words of it.
    pub part: BlockPart,
    /// First character (Unicode scalar values).
    pub from: usize,
    /// One past the last character.
    pub to: usize,
}

impl Library {
    /// Every place of a document where these words stand: in any case, with or without accents, within
    /// words too; 5,000 at most.
    ///
    /// # Errors
    /// As [`Library::blocks`].
    pub fn find_in(&mut self, id: &DocumentId, words: &str) -> Result<Vec<FoundInBlock>, Error> {
        let row = self.row_of(id)?;
        let file = self.text_of(&row)?;
        let mut finder = Finder::new(words);
        let mut found = Vec::new();
        for (index, block) in file.text.blocks.iter().enumerate() {
            finder.in_block(index, block, &mut found);
            if found.len() >= MOST {
                found.truncate(MOST);
                break;
            }
        }
        Ok(found)
    }
}

/// Looks for folded words, and knows where each folded letter came from.
pub(crate) struct Finder {
    wanted: String,
    folds: HashMap<char, String>,
    folded: String,
    /// For each byte of `folded`, the character of the text that it came from.
    origins: Vec<u32>,
}

impl Finder {
    pub(crate) fn new(words: &str) -> Finder {
        let mut finder = Finder {
            wanted: String::new(),
            folds: HashMap::new(),
            folded: String::new(),
            origins: Vec::new(),
        };
        finder.fold(words.trim());
        finder.wanted = std::mem::take(&mut finder.folded);
        finder
    }

    /// The ranges of characters where the words stand, without overlaps.
    pub(crate) fn ranges(&mut self, text: &str) -> Vec<(usize, usize)> {
        if self.wanted.is_empty() {
            return Vec::new();
        }
        self.fold(text);
        let mut found = Vec::new();
        for (at, matched) in self.folded.match_indices(&self.wanted) {
            let first = self.origins[at] as usize;
            let last = self.origins[at + matched.len() - 1] as usize;
            found.push((first, last + 1));
        }
        found
    }

    fn in_block(&mut self, index: usize, block: &Block, found: &mut Vec<FoundInBlock>) {
        let mut add = |part, ranges: Vec<(usize, usize)>| {
            found.extend(ranges.into_iter().map(|(from, to)| FoundInBlock {
                block: index,
                part,
                from,
                to,
            }));
        };
        add(BlockPart::Heading, self.ranges(&block.heading));
        add(BlockPart::Text, self.ranges(&block.text));
        for (row, cells) in block.rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                add(BlockPart::Cell(row, column), self.ranges(cell));
            }
        }
    }

    /// Folds a text letter by letter; white space of any length is one space.
    fn fold(&mut self, text: &str) {
        self.folded.clear();
        self.origins.clear();
        for (position, c) in text.chars().enumerate() {
            let before = self.folded.len();
            if c.is_ascii_graphic() {
                self.folded.push(c.to_ascii_lowercase());
            } else if c.is_whitespace() {
                if !self.folded.ends_with(' ') {
                    self.folded.push(' ');
                }
            } else {
                let folded = self
                    .folds
                    .entry(c)
                    .or_insert_with(|| fold(c.encode_utf8(&mut [0; 4])));
                self.folded.push_str(folded);
            }
            let origin = u32::try_from(position).unwrap_or(u32::MAX);
            self.origins
                .extend(std::iter::repeat_n(origin, self.folded.len() - before));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Finder;

    #[test]
    fn words_are_found_without_accents_and_inside_words() {
        let text = "Điều 5.  Hoà giải ở cơ sở; ĐIỀU kiện";
        assert_eq!(Finder::new("dieu").ranges(text), [(0, 4), (27, 31)]);
        assert_eq!(Finder::new("hòa giải").ranges(text), [(9, 17)]);
        assert_eq!(
            Finder::new("5. hoa").ranges(text),
            [(5, 12)],
            "two spaces are one"
        );
        assert_eq!(Finder::new("ở c").ranges(text), [(18, 21)]);
        assert!(Finder::new("  ").ranges(text).is_empty());
    }

    #[test]
    fn a_combining_breve_belongs_to_its_letter() {
        let text = "dơ\u{306}ng ƀĕ";
        assert_eq!(Finder::new("dong").ranges(text), [(0, 5)]);
        assert_eq!(Finder::new("be").ranges(text), [(6, 8)]);
    }
}
