//! Finding words inside one document.

use super::Library;
use crate::Error;
use shelf_law::fold::{fold, normalise};
use shelf_law::{Block, DocumentId};
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

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
    /// words too; 5,000 at most. Words in quotes stand there letter by letter, as whole words.
    ///
    /// # Errors
    /// As [`Library::blocks`].
    pub fn find_in(&mut self, id: &DocumentId, words: &str) -> Result<Vec<FoundInBlock>, Error> {
        let row = self.row_of(id)?;
        let file = self.text_of(&row)?;
        let mut finder = Finder::asked(words);
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
    /// What stands there letter by letter, in lower case; `None` where the folded words are enough.
    exact: Option<String>,
    folds: HashMap<char, String>,
    folded: String,
    /// For each byte of `folded`, the character of the text that it came from.
    origins: Vec<u32>,
}

impl Finder {
    pub(crate) fn new(words: &str) -> Finder {
        let mut finder = Finder {
            wanted: String::new(),
            exact: None,
            folds: HashMap::new(),
            folded: String::new(),
            origins: Vec::new(),
        };
        finder.fold(words.trim());
        finder.wanted = std::mem::take(&mut finder.folded);
        finder
    }

    /// What a person typed: `"đất ở"` in quotes means these words and no others.
    fn asked(words: &str) -> Finder {
        let quote = |c: char| matches!(c, '"' | '\u{201c}' | '\u{201d}');
        let inside = words
            .trim()
            .strip_prefix(quote)
            .and_then(|rest| rest.strip_suffix(quote));
        let Some(inside) = inside.map(str::trim).filter(|words| !words.is_empty()) else {
            return Finder::new(words);
        };
        Finder {
            exact: Some(letters(inside)),
            ..Finder::new(inside)
        }
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
        if let (Some(exact), false) = (&self.exact, found.is_empty()) {
            let chars: Vec<char> = text.chars().collect();
            found.retain(|&(from, to)| stands_alone(&chars, from, to, exact));
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

/// Whether a whole word, or several, stands in this range, letter by letter as wanted.
fn stands_alone(chars: &[char], from: usize, mut to: usize, exact: &str) -> bool {
    // Marks that fold to nothing belong to the letter before them.
    while chars.get(to).is_some_and(|&c| is_combining_mark(c)) {
        to += 1;
    }
    let in_word = |at: Option<&char>| at.is_some_and(|c| c.is_alphanumeric());
    !in_word(from.checked_sub(1).and_then(|at| chars.get(at)))
        && !in_word(chars.get(to))
        && letters(&chars[from..to].iter().collect::<String>()) == exact
}

/// A text as its letters are compared: normalised, in lower case, white space as one space, the tone
/// of oa, oe, uy on its second vowel however it was typed.
fn letters(text: &str) -> String {
    let lower = normalise(text).to_lowercase();
    let words: Vec<String> = lower.split_whitespace().map(tone_moved).collect();
    words.join(" ")
}

/// `hòa` as `hoà`: where o or u carries a tone before the a, e or y that ends the word, both
/// spellings are one.
fn tone_moved(word: &str) -> String {
    let parts: Vec<char> = word.nfd().collect();
    let mut out = parts.clone();
    for at in 0..parts.len() {
        let [vowel, tone, last] = match parts.get(at..at + 3) {
            Some(&[vowel, tone, last]) => [vowel, tone, last],
            _ => break,
        };
        let is_tone = matches!(
            tone,
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}'
        );
        let pair = matches!((vowel, last), ('o', 'a' | 'e') | ('u', 'y'));
        let ends = !parts
            .get(at + 3)
            .is_some_and(|c| c.is_alphabetic() || is_combining_mark(*c));
        if is_tone && pair && ends {
            out[at + 1] = last;
            out[at + 2] = tone;
        }
    }
    out.into_iter().nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::Finder;

    #[test]
    fn words_in_quotes_stand_there_letter_by_letter_and_whole() {
        let text = "Đất đai; ĐẶT cọc, dat dai, đất\u{a0}đai; đất đaing; Hoà giải, hòa giải";
        let found = |words: &str| Finder::asked(words).ranges(text);
        assert_eq!(found("\"đất đai\""), [(0, 7), (27, 34)]);
        assert_eq!(found("“dat dai”"), [(18, 25)]);
        assert_eq!(found("\"đặt\""), [(9, 12)]);
        assert_eq!(found("\"hòa giải\"").len(), 2, "both places of the tone");
        assert_eq!(found("dat dai").len(), 4, "without quotes as ever");
        assert!(found("\"\"").is_empty());
        assert_eq!(Finder::new("\"a\"").ranges("x \"a\""), [(2, 5)]);
        let breve = "dơ\u{306}ng";
        assert_eq!(Finder::asked("\"dơ\u{306}ng\"").ranges(breve), [(0, 5)]);
        assert!(Finder::asked("\"dơ\"").ranges("dơ\u{306}").is_empty());
    }

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
    fn a_hundred_thousand_characters_are_searched_while_one_types() {
        let text = "Người sử dụng đất được cấp Giấy chứng nhận; ".repeat(2_300) + "ở cuối";
        assert!(text.chars().count() > 100_000);
        let begun = std::time::Instant::now();
        assert_eq!(Finder::asked("giay chung").ranges(&text).len(), 2_300);
        assert_eq!(Finder::asked("\"giấy chứng\"").ranges(&text).len(), 2_300);
        assert_eq!(Finder::asked("\"ở cuối\"").ranges(&text).len(), 1);
        let took = begun.elapsed();
        // Without optimisation, on a machine that does other things too.
        assert!(took.as_millis() < 2_000, "{took:?}");
        eprintln!("three searches: {took:?}");
    }

    #[test]
    fn a_combining_breve_belongs_to_its_letter() {
        let text = "dơ\u{306}ng ƀĕ";
        assert_eq!(Finder::new("dong").ranges(text), [(0, 5)]);
        assert_eq!(Finder::new("be").ranges(text), [(6, 8)]);
    }
}
