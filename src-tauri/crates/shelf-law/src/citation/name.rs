//! Reads the name of an act out of the words of a query.

use super::act::{AbbreviatedAct, ActMention, NameMention};
use super::words::{Gap, Word};
use crate::abbreviations::Abbreviations;
use crate::kind::{DocumentKind, kind_at_start};

/// No name has more words.
const MAX_WORDS: usize = 24;

/// Folded words that no title of a law holds.
const ENDS: &[&str] = &[
    "gi", "nao", "sao", "ai", "neu", "nhu", "hay", "muon", "nhieu", "vay", "xin", "nay", "lau",
    "giua", "se",
];

/// Words that no title holds with these accents; without them they stand in titles (khí, dược).
const ACCENTED_ENDS: &[&str] = &["thì", "là", "được", "khi", "phải", "đã", "còn"];

/// Pairs of folded words that open a question.
const END_PAIRS: &[(&str, &str)] = &[
    ("quy", "dinh"),
    ("truong", "hop"),
    ("bao", "gio"),
    ("bao", "nhieu"),
    ("bao", "lau"),
    ("co", "duoc"),
    ("co", "phai"),
];

/// An act, as read, and the words that it takes.
pub(super) struct FoundAct {
    pub(super) act: ActMention,
    pub(super) count: usize,
}

/// Reads the act named or abbreviated at `words[start]`. `ends_at` says where something else begins.
pub(super) fn name_at(
    words: &[Word],
    start: usize,
    table: &Abbreviations,
    ends_at: impl Fn(usize) -> bool,
) -> Option<FoundAct> {
    let kind = kind_at_start(words[start..].iter().map(|w| w.term.as_str()))
        .filter(|(kind, _)| kind.is_known_by_name())
        .filter(|_| is_free_standing(words, start));
    let (end, asks) = match kind {
        Some(_) => name_end(words, start, ends_at),
        None => (words.len().min(start + MAX_WORDS), false),
    };
    let terms: Vec<&str> = words[start..end].iter().map(|w| w.term.as_str()).collect();
    let abbreviated = table
        .act_at_start(&terms)
        // `luat hon nhan` is also how longer names begin.
        .filter(|(_, count)| kind.is_none() || *count == terms.len());
    if let Some((title, count)) = abbreviated {
        let (year, year_words) = year_at(words, start + count);
        return Some(FoundAct {
            act: ActMention::Abbreviation(AbbreviatedAct {
                title: title.to_string(),
                year,
            }),
            count: count + year_words,
        });
    }
    let (kind, kind_words) = kind?;
    let count = match kind {
        DocumentKind::Constitution => kind_words,
        _ => terms.len(),
    };
    if count == kind_words && kind != DocumentKind::Constitution {
        return None;
    }
    let (year, year_words) = year_at(words, start + count);
    Some(FoundAct {
        act: ActMention::Name(NameMention {
            kind,
            terms: words[start..start + count]
                .iter()
                .map(|w| w.term.clone())
                .collect(),
            ranges: words[start..start + count]
                .iter()
                .map(|w| w.range.clone())
                .collect(),
            year,
            commas: (1..count)
                .filter(|at| words[start + at].gap == Gap::Comma)
                .collect(),
            asks,
        }),
        count: count + year_words,
    })
}

/// `2015`, `năm 2015`, `(2015)`, and what is said of amendments (`sửa đổi, bổ sung năm 2017`): the
/// year, and the words that it takes.
fn year_at(words: &[Word], at: usize) -> (Option<u16>, usize) {
    let Some((year, count)) = plain_year_at(words, at) else {
        return (None, 0);
    };
    let mut end = at + count;
    let pair = |at: usize, one, two| {
        words.get(at).is_some_and(|w| w.term == one)
            && words.get(at + 1).is_some_and(|w| w.term == two)
    };
    if pair(end, "sua", "doi") {
        let mut after = end + 2;
        after += if pair(after, "bo", "sung") { 2 } else { 0 };
        end = after + plain_year_at(words, after).map_or(0, |(_, count)| count);
    }
    (Some(year), end - at)
}

/// The year that ends the query at `at`.
pub(super) fn year_at_end(words: &[Word], at: usize) -> Option<u16> {
    let (year, count) = plain_year_at(words, at)?;
    (at + count == words.len()).then_some(year)
}

fn plain_year_at(words: &[Word], at: usize) -> Option<(u16, usize)> {
    let place = at + usize::from(words.get(at)?.term == "nam");
    let word = words.get(place)?;
    let year = word
        .year()
        .filter(|_| !matches!(word.gap, Gap::Slash | Gap::Dash))?;
    let goes_on = words.get(place + 1).is_some_and(|w| w.gap == Gap::Slash);
    (!goes_on).then_some((year, place + 1 - at))
}

/// Where the words that may be a name end, and whether it is a question that ends them.
fn name_end(words: &[Word], start: usize, ends_at: impl Fn(usize) -> bool) -> (usize, bool) {
    let mut end = start + 1;
    while end < words.len().min(start + MAX_WORDS) {
        let word = &words[end];
        let term = word.term.as_str();
        let next = words.get(end + 1).map_or("", |w| w.term.as_str());
        let asks = ENDS.contains(&term)
            || ACCENTED_ENDS.contains(&word.typed.as_str())
            // At the end it asks; elsewhere it may be that of hàng không.
            || (word.typed == "không" && words.get(end + 1).is_none_or(|w| w.gap == Gap::Other))
            || END_PAIRS.contains(&(term, next));
        let stops = asks
            || matches!(word.gap, Gap::Dot | Gap::Colon | Gap::Other | Gap::Slash)
            || word.year().is_some()
            || (term == "nam" && words.get(end + 1).is_some_and(|w| w.year().is_some()))
            || ends_at(end);
        if stops {
            return (end, asks);
        }
        end += 1;
    }
    (end, false)
}

/// Luật as the head of a name, not as a part of pháp luật, kỷ luật, luật sư.
fn is_free_standing(words: &[Word], at: usize) -> bool {
    if words[at].term != "luat" {
        return true;
    }
    let before = at.checked_sub(1).map_or("", |i| words[i].term.as_str());
    let after = words.get(at + 1).map_or("", |w| w.term.as_str());
    !matches!(
        before,
        "phap" | "ki" | "ky" | "quy" | "dinh" | "khoa" | "nganh" | "cu" | "hoc"
    ) && !matches!(after, "su" | "phap" | "le" | "gia" | "si" | "sy" | "hoc")
}
