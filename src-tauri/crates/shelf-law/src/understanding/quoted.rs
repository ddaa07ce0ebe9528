//! Words in quotation marks: they must stand in a text as they are.

use super::{Part, PartKind, part, words};
use std::ops::Range;

/// Quotations of one question.
const MOST: usize = 4;
/// Syllables of one.
const LONGEST: usize = 40;

/// Words that must stand in a text one after the other.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Quotation {
    /// The words, without the marks.
    pub words: String,
    /// Where they stand in the question with the marks, in bytes.
    pub range: Range<usize>,
    /// Folded terms, with spellings where the words were typed with accents.
    terms: Vec<(String, Option<String>)>,
}

impl Quotation {
    /// Words that are sought: what was typed with an accent must stand there with it, what was typed
    /// without any is found with any. `None` without letters and digits.
    fn new(typed: &str, range: Range<usize>) -> Option<Quotation> {
        let found = words(typed);
        let accented = found.iter().any(|word| !word.spelling.is_ascii());
        if found.is_empty() || found.len() > LONGEST {
            return None;
        }
        Some(Quotation {
            words: typed.trim().to_string(),
            range,
            terms: found
                .into_iter()
                .map(|word| (word.term, accented.then_some(word.spelling)))
                .collect(),
        })
    }

    /// Whether the words stand in a text.
    pub fn stands_in(&self, text: &str) -> bool {
        // A fold of the whole text is cheap; spellings are made only where the terms agree.
        let mut tokens: Vec<(Range<usize>, u64)> = Vec::new();
        let wanted: Vec<u64> = self.terms.iter().map(|(term, _)| hash(term)).collect();
        crate::tokens::for_each_syllable(text, |range, term| tokens.push((range, hash(term))));
        tokens.windows(wanted.len()).any(|window| {
            window.iter().map(|(_, term)| term).eq(&wanted) && self.is_spelt(text, window)
        })
    }

    fn is_spelt(&self, text: &str, window: &[(Range<usize>, u64)]) -> bool {
        self.terms
            .iter()
            .zip(window)
            .all(|((term, spelling), (range, _))| {
                let there = words(&text[range.clone()]);
                match (&there[..], spelling) {
                    ([one], Some(spelling)) => one.spelling == *spelling,
                    ([one], None) => one.term == *term,
                    _ => false,
                }
            })
    }

    pub(super) fn part(&self, question: &str) -> Part {
        let says = format!("đúng chữ “{}”", self.words);
        part(question, self.range.clone(), PartKind::Exact, says)
    }
}

fn hash(term: &str) -> u64 {
    // FNV-1a: equal terms have equal hashes, and what is equal by chance is compared once more.
    term.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The quotations of a question: between “ ”, « » or " ". A mark without its double opens none.
pub(super) fn quotations(question: &str) -> Vec<Quotation> {
    let mut found = Vec::new();
    let mut at = 0;
    while found.len() < MOST {
        let Some((offset, open)) = question[at..]
            .char_indices()
            .find(|(_, c)| matches!(c, '"' | '“' | '„' | '«'))
        else {
            break;
        };
        let start = at + offset;
        let inner = start + open.len_utf8();
        let closes = |c: char| match open {
            '"' => matches!(c, '"' | '”'),
            '«' => c == '»',
            _ => matches!(c, '”' | '“' | '"'),
        };
        let Some((length, close)) = question[inner..].char_indices().find(|(_, c)| closes(*c))
        else {
            break;
        };
        let end = inner + length + close.len_utf8();
        found.extend(Quotation::new(&question[inner..inner + length], start..end));
        at = end;
    }
    found
}
