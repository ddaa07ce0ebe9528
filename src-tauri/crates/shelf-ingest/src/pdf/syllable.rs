//! Whether words can be Vietnamese: a syllable has an onset and a rhyme from short lists.

use std::collections::HashSet;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

const ONSETS: [&str; 28] = [
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g",
    "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
];

static RHYMES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây \
     e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu i ia ich im in inh ip it iu \
     iêc iêm iên iêng iêp iêt iêu o oc oi om on ong op ot oong oa oac oach oai oam oan oang oanh \
     oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt \
     u ua uc ui um un ung up ut uân uâng uât uây uê uêch uên uênh uôc uôi uôm uôn uông uôt uơ \
     uy uya uych uyên uyêt uyn uynh uyt uyu ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp \
     ươt ươu y yêm yên yêng yêt yêu"
        .split_whitespace()
        .collect()
});

/// Words of at least two small letters in a text, and how many of them can be Vietnamese.
pub(super) fn count(text: &str) -> (usize, usize) {
    let mut small = 0;
    let mut known = 0;
    for word in text.split(|c: char| !c.is_alphabetic() && !is_mark(c)) {
        if word.chars().nth(1).is_none() || !word.chars().all(|c| c.is_lowercase() || is_mark(c)) {
            continue;
        }
        small += 1;
        known += usize::from(is_syllable(word));
    }
    (small, known)
}

/// Signs that no Vietnamese text holds: controls, private use, the sign for a letter that is lost.
pub(super) fn is_strange(c: char) -> bool {
    matches!(c, '\u{1}'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{e000}'..='\u{f8ff}' | '\u{fffd}')
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn is_syllable(word: &str) -> bool {
    let bare: String = word
        .nfd()
        .filter(|c| !matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}'))
        .nfc()
        .collect();
    ONSETS
        .iter()
        .filter_map(|onset| bare.strip_prefix(onset))
        .any(|rhyme| RHYMES.contains(rhyme))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_law_are_syllables_and_shifted_letters_are_not() {
        let law = "quy định chi tiết thi hành một số điều của luật giám sát khuyến nghị quốc gia \
                   nguyên tắc giải quyết hoà hòa thuỷ thủy gìn giữ ngoằn ngoèo xuống người";
        let (small, known) = count(law);
        assert_eq!(small, known);
        let (small, known) = count("qjj wkr vdx fkr elhw zkdw pji tkw");
        assert!(known * 2 < small, "{known} of {small}");
    }
}
