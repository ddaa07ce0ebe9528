//! Spelling: one normal form for what is shown and stored, and one folded form for what is compared.
//!
//! Both work on text that is Unicode already: what came in TCVN3 or VNI is converted before, because
//! there U+00AD is the letter ư and not an invisible hyphen.

use std::borrow::Cow;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The text as it is stored and shown: NFC; Cyrillic and Greek look-alikes in words that are
/// otherwise Latin (`TT-BTС`, `NĐ-СР`), ƣ for ư and Ð for Đ replaced by the letter meant; odd spaces
/// made plain; zero-width, bidirectional and other invisible control characters removed. Line breaks
/// and tabs stay. Applying it twice changes nothing more.
pub fn normalise(text: &str) -> String {
    normalised(text).into_owned()
}

/// [`normalise`], without a copy where the text is in that form already.
pub fn normalised(text: &str) -> Cow<'_, str> {
    let Some(dirty) = text.find(|c| !is_plain(c)) else {
        return Cow::Borrowed(text);
    };
    // Word by word, since dirt is rare and nothing composes across a space.
    let clean = text[..dirty].rfind(char::is_whitespace).map_or(0, |at| {
        at + text[at..].chars().next().map_or(0, char::len_utf8)
    });
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..clean]);
    for word in text[clean..].split_inclusive(char::is_whitespace) {
        if word.chars().all(is_plain) {
            out.push_str(word);
        } else {
            normalise_word(word, &mut out);
        }
    }
    Cow::Owned(out)
}

fn normalise_word(word: &str, out: &mut String) {
    // Decomposed first, so that a Cyrillic е under a Vietnamese tone is seen as the letter it stands for.
    let plain: String = word
        .nfd()
        .filter(|&c| !is_ignorable(c))
        .map(|c| wrong_letter(plain_space(c)))
        .collect();
    if is_meant_in_latin(&plain) {
        out.extend(plain.chars().map(|c| look_alike(c).unwrap_or(c)).nfc());
    } else {
        out.extend(plain.nfc());
    }
}

/// The text as it is compared: normalised, lower case, without marks, đ→d and ƀ→b, so that
/// accented and unaccented typing, hoà and hòa, NFC and NFD give the same. Here look-alikes are
/// replaced in every word, which keeps the rule the same for a text and for a query of one word.
/// Punctuation and line breaks stay. Applying it twice changes nothing more.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match FoldTable::get().class(c) {
            Class::Letter(byte) => folded.push(char::from(byte)),
            Class::Mark | Class::Invisible => {}
            Class::Break if c.is_ascii() => folded.push(c),
            // A few signs decompose (the Greek question mark into a semicolon).
            Class::Break => folded.extend(
                std::iter::once(plain_space(c))
                    .nfd()
                    .filter(|&part| !is_combining_mark(part))
                    .map(plain_space),
            ),
            Class::Other => fold_slowly(c, &mut folded),
        }
    }
    folded
}

/// What a character is to a word, and what it folds to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Class {
    /// A letter or digit that folds to this one ASCII byte.
    Letter(u8),
    /// A combining mark: inside its word, dropped by folding.
    Mark,
    /// Zero-width and control characters: as if they were not there.
    Invisible,
    /// Space and punctuation.
    Break,
    /// A letter or digit that [`fold_slowly`] folds.
    Other,
}

/// Folding of the characters that Vietnamese and its neighbours are written with, by code point.
pub(crate) struct FoldTable {
    low: [Class; LOW],
    vietnamese: [Class; 256],
}

/// Basic Latin up to the combining marks (U+0000 to U+036F).
const LOW: usize = 0x370;
/// Latin Extended Additional, where the Vietnamese letters with tones stand.
const VIETNAMESE: usize = 0x1e00;

impl FoldTable {
    /// The table, made on first use.
    pub(crate) fn get() -> &'static FoldTable {
        static TABLE: LazyLock<FoldTable> = LazyLock::new(|| FoldTable {
            low: std::array::from_fn(FoldTable::compute),
            vietnamese: std::array::from_fn(|i| FoldTable::compute(VIETNAMESE + i)),
        });
        &TABLE
    }

    /// The class of `c`.
    #[inline]
    pub(crate) fn class(&self, c: char) -> Class {
        let code = c as usize;
        if let Some(&class) = self.low.get(code) {
            class
        } else if let Some(&class) = self.vietnamese.get(code.wrapping_sub(VIETNAMESE)) {
            class
        } else {
            class_of(c)
        }
    }

    /// The class of an ASCII byte.
    #[inline]
    pub(crate) fn ascii(&self, byte: u8) -> Class {
        self.low[usize::from(byte)]
    }

    fn compute(code: usize) -> Class {
        let Some(c) = u32::try_from(code).ok().and_then(char::from_u32) else {
            return Class::Break;
        };
        match class_of(c) {
            Class::Other => {
                let mut folded = String::new();
                fold_slowly(c, &mut folded);
                match folded.as_bytes() {
                    [byte] if byte.is_ascii_alphanumeric() => Class::Letter(*byte),
                    _ => Class::Other,
                }
            }
            class => class,
        }
    }
}

fn class_of(c: char) -> Class {
    if is_ignorable(c) {
        Class::Invisible
    } else if is_combining_mark(c) {
        Class::Mark
    } else if c.is_alphanumeric() {
        Class::Other
    } else {
        Class::Break
    }
}

/// Appends the folded form of a letter or digit, whatever its script.
pub(crate) fn fold_slowly(c: char, folded: &mut String) {
    for part in std::iter::once(c).nfd() {
        let part = look_alike(part).unwrap_or(part);
        for lower in part.to_lowercase() {
            let lower = look_alike(lower).unwrap_or(lower);
            if !is_combining_mark(lower) {
                folded.push(base_letter(lower));
            }
        }
    }
}

/// Letters and digits whose variants have no decomposition.
fn base_letter(lower: char) -> char {
    match lower {
        'đ' | 'ð' | 'ɖ' => 'd',
        'ƀ' => 'b',
        'ƣ' => 'u',
        'ø' => 'o',
        'ł' => 'l',
        'ı' => 'i',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        other => other,
    }
}

/// A character that [`normalised`] keeps whatever stands beside it.
fn is_plain(c: char) -> bool {
    match c {
        ' '..='~' | '\t' | '\n' | '\r' => true,
        '\u{a1}'..='\u{2ff}' => wrong_letter(c) == c && c != '\u{ad}',
        // Letters with tones; typographic dashes, quotes and dots; đồng.
        '\u{1e00}'..='\u{1eff}' | '\u{2010}'..='\u{2027}' | '\u{20ab}' => true,
        _ => false,
    }
}

/// Invisible characters that carry nothing: controls, zero-width, bidirectional, soft hyphen.
fn is_ignorable(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' => false,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{feff}' => true,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => true,
        other => other.is_control(),
    }
}

/// A space of any width is a space; a line or paragraph separator is a line break.
fn plain_space(c: char) -> char {
    match c {
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => {
            ' '
        }
        '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        other => other,
    }
}

/// Letters that Vietnamese never uses and whose Vietnamese double is always meant.
fn wrong_letter(c: char) -> char {
    match c {
        'ƣ' => 'ư',
        'Ƣ' => 'Ư',
        'Ð' | 'Ɖ' => 'Đ',
        'ð' | 'ɖ' => 'đ',
        other => other,
    }
}

/// Scripts whose letters may stand for Latin ones, decomposed or not.
fn may_look_alike(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{52f}' | '\u{1f00}'..='\u{1fff}')
}

/// A word is meant in Latin letters when it holds one, or when it is a number (`07/2025/СР`) whose
/// every foreign letter has a Latin double. Real Greek and Russian words stay as they are.
fn is_meant_in_latin(word: &str) -> bool {
    let mut digit = false;
    let mut double = false;
    let mut foreign = false;
    let mut latin = false;
    for c in word.chars().filter(|c| c.is_alphanumeric()) {
        digit |= c.is_ascii_digit();
        latin |= c.is_alphabetic() && (c < '\u{250}' || ('\u{1e00}'..='\u{1eff}').contains(&c));
        double |= look_alike(c).is_some();
        foreign |= c.is_alphabetic() && may_look_alike(c) && look_alike(c).is_none();
    }
    double && (latin || (digit && !foreign))
}

/// The Latin letter that a Cyrillic or Greek letter cannot be told from on paper.
fn look_alike(c: char) -> Option<char> {
    Some(match c {
        'А' | 'Α' => 'A',
        'В' | 'Β' => 'B',
        'С' | 'Ϲ' => 'C',
        'Е' | 'Ε' => 'E',
        'Ԍ' => 'G',
        'Н' | 'Η' => 'H',
        'І' | 'Ι' | 'Ӏ' => 'I',
        'Ј' => 'J',
        'К' | 'Κ' => 'K',
        'М' | 'Μ' => 'M',
        'Ν' => 'N',
        'О' | 'Ο' => 'O',
        'Р' | 'Ρ' => 'P',
        'Ԛ' => 'Q',
        'Ѕ' => 'S',
        'Т' | 'Τ' => 'T',
        'Ԝ' => 'W',
        'Х' | 'Χ' => 'X',
        'У' | 'Υ' | 'Ү' => 'Y',
        'Ζ' => 'Z',
        'а' => 'a',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' => 'e',
        'һ' => 'h',
        'і' => 'i',
        'ј' => 'j',
        'о' | 'ο' => 'o',
        'р' => 'p',
        'ԛ' => 'q',
        'ѕ' => 's',
        'ԝ' => 'w',
        'х' => 'x',
        'у' => 'y',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scramble::texts;

    #[test]
    fn look_alike_letters_become_the_letters_meant() {
        assert_eq!(
            normalise("152/2025/TT-BTС"),
            "152/2025/TT-BTC",
            "Cyrillic С"
        );
        assert_eq!(normalise("07/2025/NĐ-СР"), "07/2025/NĐ-CP", "Cyrillic СР");
        assert_eq!(normalise("89/2015/NÐ-CP"), "89/2015/NĐ-CP", "Icelandic Ð");
        assert_eq!(normalise("ƣu tiên ngƣời"), "ưu tiên người");
        assert_eq!(normalise("nghi\u{323}\u{302}"), "nghị\u{302}", "NFC only");
    }

    #[test]
    fn a_cyrillic_vowel_under_a_vietnamese_tone_is_replaced_with_its_tone() {
        assert_eq!(normalise("quyе\u{302}\u{301}t"), "quyết");
    }

    #[test]
    fn real_words_of_other_scripts_stay() {
        assert_eq!(normalise("Российская Федерация"), "Российская Федерация");
        assert_eq!(normalise("góc α và 5 μm"), "góc α và 5 μm");
    }

    #[test]
    fn spaces_are_plain_and_invisible_characters_are_gone() {
        assert_eq!(
            normalise("Điều\u{a0}5\u{2003}a\u{200b}b\u{feff}"),
            "Điều 5 ab"
        );
        assert_eq!(normalise("a\u{202e}b\u{ad}c\0d\te\nf"), "abcd\te\nf");
    }

    #[test]
    fn normal_text_is_composed() {
        for text in texts(3000) {
            let normal = normalise(&text);
            assert_eq!(normal.nfc().collect::<String>(), normal, "{text:?}");
        }
    }

    #[test]
    fn clean_text_is_not_copied() {
        assert!(matches!(
            normalised("Luật Đất đai năm 2024"),
            Cow::Borrowed(_)
        ));
    }

    #[test]
    fn both_ways_of_typing_fold_to_one() {
        assert_eq!(fold("Hoà giải ở CƠ SỞ"), "hoa giai o co so");
        assert_eq!(fold("hòa"), fold("hoà"));
        assert_eq!(fold("ĐIỀU 12Đ"), "dieu 12d");
        assert_eq!(fold("TT-BTС"), "tt-btc");
        assert_eq!(
            fold("Điều lệ".nfd().collect::<String>().as_str()),
            "dieu le"
        );
        assert_eq!(fold("100 m²"), "100 m2");
    }

    #[test]
    fn letters_of_the_highland_languages_fold_to_their_base() {
        assert_eq!(
            fold("dơ\u{306}ng ƀĕ čư\u{306} ñô\u{306} Ƀ"),
            "dong be cu no b"
        );
    }

    #[test]
    fn folding_any_character_twice_changes_nothing_more() {
        for c in '\0'..=char::MAX {
            let once = fold(c.encode_utf8(&mut [0; 4]));
            assert_eq!(fold(&once), once, "U+{:04X}", c as u32);
        }
    }

    #[test]
    fn folding_and_normalising_any_text_twice_changes_nothing_more() {
        for text in texts(3000) {
            let folded = fold(&text);
            assert_eq!(fold(&folded), folded, "{text:?}");
            let normal = normalise(&text);
            assert_eq!(normalise(&normal), normal, "{text:?}");
        }
    }

    #[test]
    fn normalising_before_folding_changes_nothing() {
        for text in texts(3000) {
            assert_eq!(fold(&normalise(&text)), fold(&text), "{text:?}");
        }
    }
}
