//! The fingerprint of a root as eight words that two people can read to each other by phone.
//!
//! The list has 2,048 syllables of Vietnamese, no two of which are the same without tones and
//! marks, so that it does not matter how a line or a keyboard treats them. Eight of them say the
//! first 88 bits of the hash: enough for people to see that two roots differ, while the machine
//! compares the whole hash.
//!
//! `assets/make/root_words.py` holds the rule: the most common spelling of each toneless syllable,
//! ranked over law texts, people's questions and village law; Vietnamese has fewer common syllables
//! that differ without tones, so the list is filled up with those that are read most easily. It is
//! sorted by its folded form, and never changes once a root is handed out, because people write the
//! words down.

use crate::ContentHash;
use std::sync::OnceLock;

const LIST: &str = include_str!("../data/root-words.txt");

/// Words of the list.
pub const COUNT: usize = 2_048;
/// Words of a fingerprint.
pub const WORDS: usize = 8;
/// Bits that a word says.
const BITS: usize = 11;

/// The words of a hash: eleven bits each, from the first bit on.
pub fn root_words(sha256: &ContentHash) -> [&'static str; WORDS] {
    let bytes = sha256.as_bytes();
    std::array::from_fn(|word| {
        let bits = (word * BITS)..((word + 1) * BITS);
        let place = bits.fold(0, |place, bit| {
            place << 1 | usize::from(bytes[bit / 8] >> (7 - bit % 8) & 1)
        });
        list().get(place).copied().unwrap_or_default()
    })
}

fn list() -> &'static [&'static str] {
    static WORDS: OnceLock<Vec<&'static str>> = OnceLock::new();
    WORDS.get_or_init(|| LIST.lines().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::{fold, normalised};
    use crate::tokens::folded_terms;
    use std::collections::HashSet;

    #[test]
    fn no_two_words_of_the_list_are_the_same_without_tones() {
        assert_eq!(list().len(), COUNT);
        let folded: HashSet<String> = list().iter().map(|word| fold(word)).collect();
        assert_eq!(folded.len(), COUNT, "as they are typed");
        let terms: HashSet<String> = list().iter().map(|word| folded_terms(word)).collect();
        assert_eq!(
            terms.len(),
            COUNT,
            "as they are searched, where i and y are one"
        );
        assert!(
            folded
                .iter()
                .all(|word| word.bytes().all(|b| b.is_ascii_lowercase()))
        );
    }

    #[test]
    fn each_word_is_a_short_syllable_in_composed_form() {
        for word in list() {
            assert!((2..=6).contains(&word.chars().count()), "{word:?}");
            assert_eq!(normalised(word), *word);
            assert!(word.chars().all(char::is_alphabetic) && word.to_lowercase() == *word);
        }
    }

    #[test]
    fn eight_words_say_the_first_88_bits() {
        let words = |bytes: [u8; 32]| root_words(&ContentHash::from_bytes(bytes));
        assert_eq!(words([0; 32]), [list()[0]; WORDS]);
        assert_eq!(words([0xff; 32]), [list()[COUNT - 1]; WORDS]);
        let mut last = [0; 32];
        last[10] = 1;
        assert_eq!(
            words(last)[7],
            list()[1],
            "the last bit that counts is the 88th"
        );
        last[11] = 0xff;
        assert_eq!(
            words(last),
            words({
                let mut same = [0; 32];
                same[10] = 1;
                same
            })
        );
        let mut first = [0; 32];
        first[0] = 0b1000_0000;
        assert_eq!(words(first)[0], list()[1 << 10]);
    }
}
