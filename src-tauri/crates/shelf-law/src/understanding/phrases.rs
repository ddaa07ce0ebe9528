//! Finding phrases in what was typed: whole words, the longest phrase first; accents that were typed
//! decide between phrases that fold to the same.

use crate::fold::normalised;
use crate::tables::MAX_SYLLABLES;
use crate::tokens::for_each_syllable;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// A syllable as it was typed.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    /// Where it stands, in bytes.
    pub(crate) range: Range<usize>,
    /// Its folded term.
    pub(crate) term: String,
    /// Its spelling: see [`spelling_of`].
    pub(crate) spelling: String,
    /// It begins with a capital and goes on in small letters, as names do.
    pub(crate) is_named: bool,
}

/// The syllables of a text with their spellings.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    for_each_syllable(text, |range, term| {
        let typed = &text[range.clone()];
        words.push(Word {
            spelling: spelling_of(typed),
            is_named: typed.starts_with(char::is_uppercase) && typed.contains(char::is_lowercase),
            term: term.to_string(),
            range,
        });
    });
    words
}

/// A text for comparing with accents: lower case, hoà as hòa, kỹ as kĩ, single spaces.
pub(crate) fn spelling(text: &str) -> String {
    let words = words(text).into_iter().map(|word| word.spelling);
    words.collect::<Vec<_>>().join(" ")
}

/// A syllable for comparing with accents: lower case, its tone behind its letters, y as i after h k
/// l m s t in two letters.
fn spelling_of(syllable: &str) -> String {
    let lower = normalised(syllable).to_lowercase();
    let is_tone = |c: &char| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
    let mut letters: String = lower.nfd().filter(|c| !is_tone(c)).nfc().collect();
    if let [first @ (b'h' | b'k' | b'l' | b'm' | b's' | b't'), b'y'] = *letters.as_bytes() {
        letters = format!("{}i", char::from(first));
    }
    letters.extend(lower.nfd().filter(is_tone));
    letters
}

/// Which accents must agree.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Accents {
    /// All, where the question has any: `so` in `hồ so` is no sổ.
    OfQuestion,
    /// Those of words that have some, where the table has some: `gd` may be GĐ, `ge` may not.
    OfWord,
    /// None: names of units in minority languages are typed in many ways.
    None,
}

/// Phrases with what each stands for.
#[derive(Clone, Debug)]
pub(crate) struct Phrases<T> {
    entries: Vec<(Vec<String>, T)>,
    /// Entries by their folded terms joined by spaces.
    places: HashMap<String, Vec<usize>>,
    openings: HashSet<String>,
    longest: usize,
}

impl<T> Default for Phrases<T> {
    fn default() -> Phrases<T> {
        Phrases {
            entries: Vec::new(),
            places: HashMap::new(),
            openings: HashSet::new(),
            longest: 0,
        }
    }
}

/// Entries that one folded phrase may have.
const MOST_ALIKE: usize = 16;

impl<T> Phrases<T> {
    /// Adds a phrase; one without letters and digits, or too long, is left out.
    pub(crate) fn add(&mut self, phrase: &str, value: T) {
        let words = words(phrase);
        let (Some(first), 1..=MAX_SYLLABLES) = (words.first(), words.len()) else {
            return;
        };
        self.openings.insert(first.term.clone());
        self.longest = self.longest.max(words.len());
        let terms: Vec<&str> = words.iter().map(|word| word.term.as_str()).collect();
        let alike = self.places.entry(terms.join(" ")).or_default();
        if alike.len() < MOST_ALIKE {
            alike.push(self.entries.len());
            let spellings = words.into_iter().map(|word| word.spelling).collect();
            self.entries.push((spellings, value));
        }
    }

    /// The entries of the longest phrase that these words begin with, and how many words that takes.
    /// `accented` says whether the question has accents.
    pub(crate) fn at_start(
        &self,
        words: &[Word],
        accents: Accents,
        accented: bool,
    ) -> Option<(Vec<&T>, usize)> {
        let first = words.first()?;
        if !self.openings.contains(&first.term) {
            return None;
        }
        let mut joined = first.term.clone();
        let mut ends = vec![joined.len()];
        for word in words.iter().take(self.longest).skip(1) {
            joined.push(' ');
            joined.push_str(&word.term);
            ends.push(joined.len());
        }
        (1..=ends.len()).rev().find_map(|count| {
            let alike = self.places.get(&joined[..ends[count - 1]])?;
            let agrees = |spellings: &[String]| {
                spellings
                    .iter()
                    .zip(&words[..count])
                    .all(|(own, word)| match accents {
                        Accents::None => true,
                        Accents::OfQuestion => !accented || *own == word.spelling,
                        Accents::OfWord => {
                            word.spelling.is_ascii() || own.is_ascii() || *own == word.spelling
                        }
                    })
            };
            let is_spelt = |spellings: &[String]| {
                let typed = words.iter().map(|word| &word.spelling);
                spellings.iter().zip(typed).all(|(own, typed)| own == typed)
            };
            let alike = alike.iter().map(|at| &self.entries[*at]);
            let mut found: Vec<_> = alike.filter(|(spellings, _)| agrees(spellings)).collect();
            // What is spelt just so is meant rather than what only may be.
            if found.iter().any(|(spellings, _)| is_spelt(spellings)) {
                found.retain(|(spellings, _)| is_spelt(spellings));
            }
            let found: Vec<&T> = found.into_iter().map(|(_, value)| value).collect();
            (!found.is_empty()).then_some((found, count))
        })
    }

    /// All entries, in the order in which they were added: spelling and value.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (String, &T)> {
        self.entries
            .iter()
            .map(|(spellings, value)| (spellings.join(" "), value))
    }

    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tone_may_stand_on_either_vowel_and_y_be_i() {
        for (one, two) in [
            ("hoà giải", "hòa giải"),
            ("thuỷ", "thủy"),
            ("kỹ thuật", "kĩ thuật"),
            ("QUÝ", "quý"),
            ("Ly Hôn", "li hôn"),
            ("ngƣời", "người"),
            ("BTС", "BTC"),
        ] {
            assert_eq!(spelling(one), spelling(two));
        }
        for (one, two) in [
            ("hòa", "hóa"),
            ("sổ đỏ", "sơ đồ"),
            ("điểm d", "điểm đ"),
            ("quý", "qui"),
        ] {
            assert_ne!(spelling(one), spelling(two));
        }
    }

    #[test]
    fn the_longest_phrase_wins_and_accents_decide() {
        let mut phrases = Phrases::default();
        phrases.add("sổ đỏ", 1);
        phrases.add("sơ đồ", 2);
        phrases.add("làm sổ đỏ", 3);
        let find = |text: &str, accented| {
            let words = words(text);
            let found = phrases.at_start(&words, Accents::OfQuestion, accented);
            found.map(|(values, count)| (values.into_iter().copied().collect::<Vec<_>>(), count))
        };
        assert_eq!(find("Sổ đỏ bị mất", true), Some((vec![1], 2)));
        assert_eq!(find("sơ đồ", true), Some((vec![2], 2)));
        assert_eq!(find("so do", false), Some((vec![1, 2], 2)));
        assert_eq!(
            find("so do", true),
            None,
            "so without an accent is another word there"
        );
        assert_eq!(find("lam so do o dau", false), Some((vec![3], 3)));
        assert_eq!(find("soo do", false), None, "whole words only");
    }
}
