//! Sorting as a Vietnamese dictionary does, not by code point.
//!
//! Letters first: a ă â b c d đ e ê f g h i j k l m n o ô ơ p q r s t u ư v w x y z. Then tones:
//! ngang, huyền, hỏi, ngã, sắc, nặng, the order of Vietnamese dictionaries and of the `vi` tailoring
//! of CLDR (grave, hook above, tilde, acute, dot below). Then case, small before capital. Numbers
//! sort by value (Điều 2 before Điều 10), before letters; punctuation counts as a space. Letters of
//! the highland languages sort with their base letter, after it (ƀ after b, ĕ after e).

use crate::fold::normalised;
use std::cmp::Ordering;
use unicode_normalization::UnicodeNormalization;

/// A key whose byte order is the sorting order; store it beside what it sorts.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SortKey(Vec<u8>);

impl SortKey {
    /// The key of a text.
    pub fn of(text: &str) -> SortKey {
        let mut levels = Levels::default();
        let text = normalised(text);
        let mut chars = text
            .chars()
            .flat_map(|c| std::iter::once(c).nfd())
            .peekable();
        while let Some(c) = chars.next() {
            if c.is_ascii_digit() {
                let mut digits = String::from(c);
                while let Some(digit) = chars.next_if(char::is_ascii_digit) {
                    digits.push(digit);
                }
                levels.push_number(&digits);
                continue;
            }
            let mut marks = Marks::default();
            while let Some(mark) = chars.next_if(|&c| is_mark(c)) {
                marks.take(mark);
            }
            levels.push(c, marks);
        }
        SortKey(levels.into_bytes())
    }

    /// The key as bytes, for a column that is compared byte by byte.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// Compares two texts as a Vietnamese dictionary does; texts of equal keys by their code points.
pub fn compare(one: &str, other: &str) -> Ordering {
    SortKey::of(one)
        .cmp(&SortKey::of(other))
        .then_with(|| one.cmp(other))
}

/// The letters in their order; the place of each is its weight.
const LETTERS: &str = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";

/// Weight of a space or of any punctuation.
const SPACE: u8 = 0x02;
/// Weight that opens a number.
const NUMBER: u8 = 0x03;
/// Weight of the first letter; the levels are ended by 0x00, which is below every weight.
const FIRST_LETTER: u8 = 0x10;
/// Weight that opens a letter of another script.
const OTHER_SCRIPT: u8 = 0xf0;

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// The marks of one letter, told apart.
#[derive(Default)]
struct Marks {
    /// Breve, circumflex or horn, which make another letter.
    shape: Option<char>,
    /// Second-level weight; 0 for no tone.
    second: u8,
}

impl Marks {
    fn take(&mut self, mark: char) {
        let tone = match mark {
            '\u{300}' => 1,
            '\u{309}' => 2,
            '\u{303}' => 3,
            '\u{301}' => 4,
            '\u{323}' => 5,
            '\u{306}' | '\u{302}' | '\u{31b}' if self.shape.is_none() => {
                self.shape = Some(mark);
                return;
            }
            _ => 6,
        };
        self.second = self.second.saturating_mul(7).saturating_add(tone);
    }
}

/// The three levels of a key, filled side by side.
#[derive(Default)]
struct Levels {
    first: Vec<u8>,
    second: Vec<u8>,
    third: Vec<u8>,
}

impl Levels {
    fn push(&mut self, c: char, marks: Marks) {
        if !c.is_alphanumeric() {
            self.push_space();
            return;
        }
        let lower = c.to_lowercase().next().unwrap_or(c);
        let capital = u8::from(lower != c);
        let (letter, leftover) = shaped(lower, marks.shape);
        match weight(letter) {
            Some(weight) => self.first.push(weight),
            None => {
                self.first.push(OTHER_SCRIPT);
                self.first
                    .extend_from_slice(lower.encode_utf8(&mut [0; 4]).as_bytes());
            }
        }
        // Below 0x30 stand the Vietnamese tones; a mark that makes no Vietnamese letter comes after.
        let second = if leftover { 0x80_u8 } else { 0 }.saturating_add(marks.second);
        self.second.push(second.saturating_add(2));
        self.third.push(2 + capital);
    }

    fn push_space(&mut self) {
        if !self.first.is_empty() && self.first.last() != Some(&SPACE) {
            self.first.push(SPACE);
        }
    }

    /// A number by its value: how many digits, then the digits.
    fn push_number(&mut self, digits: &str) {
        let value = digits.trim_start_matches('0');
        let length = u8::try_from(value.len()).unwrap_or(u8::MAX);
        self.first.extend([NUMBER, length.saturating_add(1)]);
        self.first.extend_from_slice(value.as_bytes());
    }

    fn into_bytes(mut self) -> Vec<u8> {
        while self.first.last() == Some(&SPACE) {
            self.first.pop();
        }
        let mut key = self.first;
        key.push(0);
        key.extend(self.second);
        key.push(0);
        key.extend(self.third);
        key
    }
}

/// The letter that a base and a shape make, and whether the shape is left over.
fn shaped(base: char, shape: Option<char>) -> (char, bool) {
    match (base, shape) {
        ('ƀ', _) => ('b', true),
        (_, None) => (base, false),
        ('a', Some('\u{306}')) => ('ă', false),
        ('a', Some('\u{302}')) => ('â', false),
        ('e', Some('\u{302}')) => ('ê', false),
        ('o', Some('\u{302}')) => ('ô', false),
        ('o', Some('\u{31b}')) => ('ơ', false),
        ('u', Some('\u{31b}')) => ('ư', false),
        _ => (base, true),
    }
}

fn weight(letter: char) -> Option<u8> {
    let place = LETTERS.chars().position(|l| l == letter)?;
    u8::try_from(place).ok().map(|place| FIRST_LETTER + place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scramble::texts;

    #[track_caller]
    fn sorted(expected: &[&str]) {
        let mut shuffled = expected.to_vec();
        shuffled.reverse();
        shuffled.sort_by(|a, b| compare(a, b));
        assert_eq!(shuffled, expected);
    }

    #[test]
    fn letters_come_in_the_order_of_the_alphabet() {
        sorted(&[
            "an", "ăn", "ân", "ba", "da", "đa", "em", "êm", "on", "ôn", "ơn", "un", "ưn", "xa",
            "ya",
        ]);
    }

    #[test]
    fn tones_decide_where_letters_are_the_same() {
        sorted(&["ma", "mà", "mả", "mã", "má", "mạ", "mân"]);
        sorted(&["Hạ Long", "Hà Nam", "hà nội"]);
    }

    #[test]
    fn a_short_word_stands_before_a_longer_one_and_small_before_capital() {
        sorted(&["luật", "Luật", "luật đất đai", "luật sư", "luật xây dựng"]);
        sorted(&["ba", "ba ba", "bab"]);
    }

    #[test]
    fn numbers_sort_by_value() {
        sorted(&[
            "Điều 0",
            "Điều 1",
            "Điều 2",
            "Điều 02a",
            "Điều 10",
            "Điều 100",
            "Điều a",
        ]);
    }

    #[test]
    fn letters_of_the_highland_languages_stand_after_their_base() {
        sorted(&["ba", "ƀa", "be", "bĕ", "bê", "co", "čo", "do"]);
        assert!(SortKey::of("dơ\u{306}ng") > SortKey::of("dơng"));
        assert!(SortKey::of("dơ\u{306}ng") < SortKey::of("dơnh"));
    }

    #[test]
    fn composed_and_decomposed_text_have_one_key() {
        for text in texts(2000) {
            let decomposed: String = text.nfd().collect();
            assert_eq!(SortKey::of(&decomposed), SortKey::of(&text), "{text:?}");
        }
    }
}
