//! The one tokenizer, for index and query alike: folded syllables, and pairs of adjacent ones.
//!
//! A syllable is a maximal run of letters, digits and marks, so `/`, `-` and `.` split; its term is
//! folded ([`crate::fold`]), and `y` is `i` in two-letter syllables after h k l m s t (kỹ = kĩ).

use crate::fold::{Class, FoldTable, fold_slowly};
use std::ops::Range;

/// No term is longer, in bytes; what is longer is cut. Real syllables have at most seven letters, so
/// only page-long runs without a space (damaged text, other scripts) are touched.
pub const MAX_TERM: usize = 64;

/// One syllable of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Token {
    /// Where it stands in the text as given, in bytes.
    pub range: Range<usize>,
    /// Its folded term.
    pub term: String,
}

/// Walks over the syllables of a text with one buffer for all of them.
///
/// ```
/// let mut syllables = shelf_law::tokens::Syllables::new("Luật Đất đai");
/// let mut terms = Vec::new();
/// while syllables.advance() {
///     terms.push(syllables.term().to_string());
/// }
/// assert_eq!(terms, ["luat", "dat", "dai"]);
/// ```
pub struct Syllables<'t> {
    text: &'t str,
    table: &'static FoldTable,
    at: usize,
    range: Range<usize>,
    term: String,
}

impl<'t> Syllables<'t> {
    /// Starts before the first syllable of `text`.
    pub fn new(text: &'t str) -> Syllables<'t> {
        Syllables {
            text,
            table: FoldTable::get(),
            at: 0,
            range: 0..0,
            term: String::with_capacity(MAX_TERM),
        }
    }

    /// Goes to the next syllable; `false` when there is none.
    pub fn advance(&mut self) -> bool {
        self.term.clear();
        let bytes = self.text.as_bytes();
        let (mut start, mut end) = (self.at, self.at);
        while let Some(&byte) = bytes.get(self.at) {
            let here = self.at;
            let (class, c) = if byte < 0x80 {
                self.at += 1;
                (self.table.ascii(byte), char::from(byte))
            } else {
                let Some(c) = self.text[here..].chars().next() else {
                    break;
                };
                self.at += c.len_utf8();
                (self.table.class(c), c)
            };
            match class {
                Class::Break if self.term.is_empty() => continue,
                Class::Break => break,
                Class::Invisible => continue,
                Class::Mark if self.term.is_empty() => continue,
                Class::Mark => {}
                Class::Letter(_) | Class::Other => {
                    if self.term.is_empty() {
                        start = here;
                    }
                    self.push(class, c);
                }
            }
            end = self.at;
        }
        self.range = start..end;
        if let [first @ (b'h' | b'k' | b'l' | b'm' | b's' | b't'), b'y'] = *self.term.as_bytes() {
            self.term.clear();
            self.term.push(char::from(first));
            self.term.push('i');
        }
        !self.term.is_empty()
    }

    /// The folded term of the syllable.
    pub fn term(&self) -> &str {
        &self.term
    }

    /// Where the syllable stands in the text, in bytes.
    pub fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    #[inline]
    fn push(&mut self, class: Class, c: char) {
        // The longest folded form of one character is four bytes.
        if self.term.len() > MAX_TERM - 4 {
            return;
        }
        match class {
            Class::Letter(byte) => self.term.push(char::from(byte)),
            _ => {
                let before = self.term.len();
                fold_slowly(c, &mut self.term);
                if self.term.len() > MAX_TERM {
                    self.term.truncate(before);
                }
            }
        }
    }
}

/// Walks over the pairs `a_b` of adjacent syllables of a text.
pub struct Pairs<'t> {
    syllables: Syllables<'t>,
    previous: String,
    previous_start: usize,
    pair: String,
}

impl<'t> Pairs<'t> {
    /// Starts before the first pair of `text`.
    pub fn new(text: &'t str) -> Pairs<'t> {
        Pairs {
            syllables: Syllables::new(text),
            previous: String::with_capacity(MAX_TERM),
            previous_start: 0,
            pair: String::with_capacity(2 * MAX_TERM + 1),
        }
    }

    /// Goes to the next pair; `false` when there is none.
    pub fn advance(&mut self) -> bool {
        if self.previous.is_empty() && !self.syllables.advance() {
            return false;
        }
        self.keep();
        if !self.syllables.advance() {
            self.previous.clear();
            return false;
        }
        join_pair(&self.previous, self.syllables.term(), &mut self.pair);
        true
    }

    /// The pair's term.
    pub fn term(&self) -> &str {
        &self.pair
    }

    /// From the start of its first to the end of its second syllable, in bytes.
    pub fn range(&self) -> Range<usize> {
        self.previous_start..self.syllables.range.end
    }

    fn keep(&mut self) {
        self.previous.clear();
        self.previous.push_str(&self.syllables.term);
        self.previous_start = self.syllables.range.start;
    }
}

/// Calls `f` with each syllable: its byte range in `text`, its folded term.
pub fn for_each_syllable(text: &str, mut f: impl FnMut(Range<usize>, &str)) {
    let mut syllables = Syllables::new(text);
    while syllables.advance() {
        f(syllables.range(), syllables.term());
    }
}

/// Calls `f` with each syllable's term and, from the second on, the pair it ends, in one walk.
pub fn for_each_term(text: &str, mut f: impl FnMut(&str, Option<&str>)) {
    let mut syllables = Syllables::new(text);
    let mut previous = String::with_capacity(MAX_TERM);
    let mut pair = String::with_capacity(2 * MAX_TERM + 1);
    while syllables.advance() {
        if previous.is_empty() {
            f(syllables.term(), None);
        } else {
            join_pair(&previous, syllables.term(), &mut pair);
            f(syllables.term(), Some(&pair));
        }
        previous.clear();
        previous.push_str(syllables.term());
    }
}

/// The syllables of a text.
pub fn syllables(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    for_each_syllable(text, |range, term| {
        tokens.push(Token {
            range,
            term: term.to_string(),
        });
    });
    tokens
}

/// The pairs of adjacent syllables, `a_b`.
pub fn pairs(tokens: &[Token]) -> Vec<String> {
    tokens
        .windows(2)
        .map(|two| format!("{}_{}", two[0].term, two[1].term))
        .collect()
}

/// The folded terms of a text, joined by single spaces: the form in which titles and names are
/// compared.
pub fn folded_terms(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for_each_syllable(text, |_, term| {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(term);
    });
    joined
}

fn join_pair(first: &str, second: &str, pair: &mut String) {
    pair.clear();
    pair.push_str(first);
    pair.push('_');
    pair.push_str(second);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::fold;
    use crate::scramble::texts;
    use unicode_normalization::UnicodeNormalization;

    fn terms(text: &str) -> Vec<String> {
        syllables(text).into_iter().map(|t| t.term).collect()
    }

    #[test]
    fn slash_dash_and_dot_split_a_number() {
        assert_eq!(
            terms("Số: 100/2019/NĐ-CP."),
            ["so", "100", "2019", "nd", "cp"]
        );
        assert_eq!(
            pairs(&syllables("100/2019/NĐ-CP")),
            ["100_2019", "2019_nd", "nd_cp"]
        );
    }

    #[test]
    fn i_and_y_are_one_in_two_letter_syllables_only() {
        assert_eq!(
            terms("kỹ kĩ lý mỹ sỹ tỷ hy quy ky1 y my"),
            [
                "ki", "ki", "li", "mi", "si", "ti", "hi", "quy", "ky1", "y", "mi"
            ]
        );
    }

    #[test]
    fn a_combining_breve_stays_inside_its_word() {
        assert_eq!(terms("dơ\u{306}ng ‘nhŏng"), ["dong", "nhong"]);
    }

    #[test]
    fn invisible_characters_do_not_split_and_do_not_widen() {
        let text = "\u{feff}đấ\u{200b}t\u{200b} đai";
        let tokens = syllables(text);
        assert_eq!(&text[tokens[0].range.clone()], "đấ\u{200b}t");
        assert_eq!(tokens[0].term, "dat");
    }

    #[test]
    fn offsets_are_right_on_decomposed_text() {
        let text: String = "Điều 5. Hoà giải".nfd().collect();
        let tokens = syllables(&text);
        let words: Vec<String> = tokens
            .iter()
            .map(|t| text[t.range.clone()].nfc().collect())
            .collect();
        assert_eq!(words, ["Điều", "5", "Hoà", "giải"]);
    }

    #[test]
    fn a_run_without_end_gives_one_short_term() {
        let text = "中".repeat(100_000);
        let tokens = syllables(&text);
        assert_eq!(tokens.len(), 1);
        assert_eq!(tokens[0].range, 0..text.len());
        assert!(tokens[0].term.len() <= MAX_TERM);
    }

    #[test]
    fn every_walk_gives_the_same_terms() {
        for text in texts(1500) {
            let tokens = syllables(&text);
            let (mut ones, mut twos) = (Vec::new(), Vec::new());
            for_each_term(&text, |one, two| {
                ones.push(one.to_string());
                twos.extend(two.map(str::to_string));
            });
            assert_eq!(ones, terms(&text), "{text:?}");
            assert_eq!(twos, pairs(&tokens), "{text:?}");
            let mut walk = Pairs::new(&text);
            let mut walked = Vec::new();
            while walk.advance() {
                walked.push(walk.term().to_string());
                assert!(text.get(walk.range()).is_some());
            }
            assert_eq!(walked, twos, "{text:?}");
        }
    }

    #[test]
    fn ranges_of_any_text_are_increasing_character_boundaries() {
        for text in texts(3000) {
            let mut last = 0;
            for token in syllables(&text) {
                assert!(token.range.start >= last, "{text:?}");
                assert!(token.range.end > token.range.start, "{text:?}");
                assert!(text.get(token.range.clone()).is_some(), "{text:?}");
                assert!(!token.term.is_empty() && token.term.len() <= MAX_TERM);
                last = token.range.end;
            }
        }
    }

    #[test]
    fn terms_do_not_depend_on_composition_or_on_folding_before() {
        for text in texts(3000) {
            let decomposed: String = text.nfd().collect();
            let composed: String = text.nfc().collect();
            assert_eq!(terms(&decomposed), terms(&composed), "{text:?}");
            assert_eq!(terms(&fold(&text)), terms(&text), "{text:?}");
        }
    }
}
