//! Issuers named after the number of an act: `nghị định 100/2019 của Chính phủ`.

use super::provision::level_at;
use super::words::{Gap, Word};
use crate::abbreviations::Abbreviations;

/// Issuers whose names are known to the last word, the longest first.
const FIXED_ISSUERS: &[&str] = &[
    "thu tuong chinh phu",
    "thu tuong",
    "chinh phu",
    "uy ban thuong vu quoc hoi",
    "quoc hoi",
    "chu tich nuoc",
];

/// How the names of other issuers begin.
const ISSUER_OPENINGS: &[&str] = &[
    "bo",
    "lien bo",
    "uy ban",
    "ubnd",
    "chu tich",
    "hoi dong",
    "hdnd",
    "ngan hang",
    "thong doc",
    "toa an",
    "vien",
    "kiem toan",
    "tong",
    "thanh tra",
    "ban",
    "so",
    "van phong",
];

/// Folded words that no name of an issuer holds.
const AFTER_ISSUERS: &[&str] = &["quy", "huong", "ngay", "la", "thi", "gi", "theo"];

/// Words that no name of an issuer holds with these accents; Bộ Tài chính and Việt Nam do without.
const ACCENTED_AFTER_ISSUERS: &[&str] = &["tại", "về", "có", "còn", "năm"];

/// No name of an issuer has more words.
const MAX_ISSUER: usize = 14;

/// Reads `của Chính phủ`, `của Bộ Tài chính` at `words[at]`: the folded words of the issuer, perhaps
/// with words after it; none where no issuer is named there.
pub(super) fn issuer_at(words: &[Word], at: usize, table: &Abbreviations) -> Vec<String> {
    let rest = words.get(at..).unwrap_or_default();
    let named = match rest.split_first() {
        Some((of, named)) if of.term == "cua" => named,
        _ => return Vec::new(),
    };
    let opens = |names: &str| {
        let mut terms = named.iter().map(|w| w.term.as_str());
        names.split(' ').all(|name| terms.next() == Some(name))
    };
    let fixed = FIXED_ISSUERS.iter().find(|names| opens(names));
    let count = match fixed {
        Some(names) => names.split(' ').count(),
        None if ISSUER_OPENINGS.iter().any(|names| opens(names)) => {
            let ends = |(at, word): &(usize, &Word)| {
                matches!(word.gap, Gap::Dot | Gap::Colon | Gap::Slash | Gap::Other)
                    || AFTER_ISSUERS.contains(&word.term.as_str())
                    || ACCENTED_AFTER_ISSUERS.contains(&word.typed.as_str())
                    || level_at(named, *at, true).is_some()
            };
            let most = named.len().min(MAX_ISSUER);
            let mut words = named.iter().enumerate().take(most).skip(1);
            words.find(ends).map_or(most, |(at, _)| at)
        }
        None => usize::from(named.first().is_some_and(|w| table.is_issuer(&w.term))),
    };
    named[..count].iter().map(|w| w.term.clone()).collect()
}
