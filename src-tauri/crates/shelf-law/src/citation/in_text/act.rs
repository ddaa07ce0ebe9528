//! Acts that a text names: `Luật này`, `Nghị định số 82/2020/NĐ-CP`, `Bộ luật Dân sự năm 2015`.

use super::number::{day_after, number_after, number_at};
use super::token::{Token, folded};
use super::{CitedAct, CitedRange};
use crate::Date;
use crate::kind::{DocumentKind, kind_from_wording};
use crate::number::{DocumentNumber, plausible_year};
use std::ops::Range;

/// Words of the longest name of an act that is followed to its number.
const LONGEST_NAME: usize = 45;

/// Words for what a place can be in. The longest match counts.
const KINDS: &[&str] = &[
    "hiến pháp",
    "bộ luật",
    "luật",
    "pháp lệnh",
    "nghị quyết liên tịch",
    "nghị quyết",
    "nghị định thư",
    "nghị định",
    "thông tư liên tịch",
    "thông tư liên bộ",
    "thông tư",
    "quyết định",
    "chỉ thị",
    "sắc lệnh",
    "sắc luật",
    "lệnh",
    "công văn",
    "công điện",
    "kế hoạch",
    "chương trình",
    "đề án",
    "phương án",
    "văn bản hợp nhất",
    "văn bản",
    "thông báo",
    "hướng dẫn",
    "kết luận",
    "báo cáo",
    "tờ trình",
    "quy chế",
    "quy định",
    "quy chuẩn",
    "quy tắc",
    "quy trình",
    "điều lệ",
    "nội quy",
    "tiêu chuẩn",
    "danh mục",
    "hiệp định",
    "hiệp ước",
    "công ước",
    "thỏa thuận",
    "thoả thuận",
    "hợp đồng",
    "bản quy định",
    "bản quy chế",
    "bản điều lệ",
    "phụ lục",
    "mẫu",
    "biểu",
];

/// Of these, the ones that open a sentence as verbs or as plain words.
const ALSO_WORDS: &[&str] = &[
    "quyết định",
    "quy định",
    "hướng dẫn",
    "thông báo",
    "kết luận",
    "báo cáo",
    "kế hoạch",
    "chỉ thị",
    "lệnh",
    "mẫu",
    "biểu",
    "văn bản",
    "hợp đồng",
    "danh mục",
    "tiêu chuẩn",
    "thỏa thuận",
    "thoả thuận",
    "chương trình",
    "phương án",
];

/// Of these, the ones whose numbers are not those of acts (`mẫu 01/TB/TEM`).
const WITHOUT_NUMBERS: &[&str] = &[
    "mẫu",
    "biểu",
    "phụ lục",
    "danh mục",
    "hợp đồng",
    "tiêu chuẩn",
    "quy chuẩn",
    "quy trình",
];

/// Words with which the name of an act has ended.
const AFTER_NAMES: &[&str] = &[
    "theo", "tại", "được", "do", "thì", "phải", "không", "có", "là", "hoặc", "để", "khi", "nếu",
    "này", "trên", "ngày", "năm", "bị", "từ", "đã", "khoản", "điểm", "nêu", "nói",
];

/// Words that no name of a regulation holds; those are as long and as plain as a sentence.
const NEVER_IN_NAMES: &[&str] = &["này", "khoản", "điểm", "nêu", "nói", "thì"];

/// An act named in a text.
#[derive(Clone, Debug)]
pub(super) struct Act {
    pub(super) range: Range<usize>,
    /// The first word after it.
    pub(super) next: usize,
    what: What,
}

#[derive(Clone, Debug)]
enum What {
    This(String),
    Number {
        kind: Option<DocumentKind>,
        number: String,
        issued: Option<Date>,
        /// Where the words for the act with this number begin, for a place in what is attached.
        attached_to: Option<usize>,
    },
    Name {
        kind: DocumentKind,
        name: String,
        year: Option<u16>,
        issued: Option<Date>,
    },
    /// An act that these words do not tell from others.
    Other,
}

impl Act {
    /// Whether it is another act than the one in which it is named.
    pub(super) fn is_other(&self) -> bool {
        !matches!(self.what, What::This(_))
    }

    /// The act that a place before it is in; `None` where these words do not tell.
    pub(super) fn cited_act(&self) -> Option<CitedAct> {
        Some(match &self.what {
            What::This(kind) => CitedAct::This(kind.clone()),
            What::Number {
                kind,
                number,
                issued,
                attached_to,
            } => CitedAct::Number {
                kind: *kind,
                number: number.clone(),
                issued: *issued,
                attached: attached_to.is_some(),
            },
            What::Name {
                kind,
                name,
                year,
                issued,
            } => CitedAct::Name {
                kind: *kind,
                name: name.clone(),
                year: *year,
                issued: *issued,
            },
            What::Other => return None,
        })
    }

    /// It as a citation of its own: of the act as a whole.
    pub(super) fn cited(&self) -> Option<CitedRange> {
        let start = match &self.what {
            What::This(_) | What::Other => return None,
            What::Number { attached_to, .. } => attached_to.unwrap_or(self.range.start),
            What::Name { .. } => self.range.start,
        };
        let mut act = self.cited_act()?;
        if let CitedAct::Number { attached, .. } = &mut act {
            *attached = false;
        }
        Some(CitedRange {
            range: start..self.range.end,
            place: None,
            act,
        })
    }
}

/// The act whose words begin at `at`.
pub(super) fn act_at(text: &str, tokens: &[Token<'_>], at: usize) -> Option<Act> {
    let Some((count, words)) = kind_words(tokens, at) else {
        return bare_number(text, tokens, at);
    };
    let after = at + count;
    let start = tokens[at].range.start;
    let next = tokens.get(after);
    let said = next.filter(|next| next.follows());
    if let Some(this) = said.filter(|next| next.lower == "này") {
        return Some(Act {
            range: start..this.range.end,
            next: after + 1,
            what: What::This(folded(&tokens[at..after])),
        });
    }
    let kind = kind_from_wording(words);
    let numbered = !WITHOUT_NUMBERS.contains(&words);
    if numbered && let Some((number, end, next)) = number_after(text, tokens, after) {
        return Some(with_number(
            text, tokens, start, next, kind, number, end, None,
        ));
    }
    if !tokens[at].is_capital() {
        return None;
    }
    let small = said.is_none_or(|next| !next.is_capital());
    if small && ALSO_WORDS.contains(&words) && tokens[at].opens_sentence() {
        return None;
    }
    // `Luật sư` is a person.
    if words == "luật" && said.is_some_and(|next| matches!(next.lower.as_str(), "sư" | "gia")) {
        return None;
    }
    Some(by_name(text, tokens, at, after, kind))
}

/// An act whose name goes on after its kind, perhaps to a number, a year or a day.
fn by_name(
    text: &str,
    tokens: &[Token<'_>],
    at: usize,
    after: usize,
    kind: Option<DocumentKind>,
) -> Act {
    let start = tokens[at].range.start;
    let other = |next: usize| Act {
        range: start..tokens[next - 1].range.end,
        next,
        what: What::Other,
    };
    let mut index = after;
    while let Some(token) = tokens.get(index) {
        let gap = token.gap.trim();
        if !(gap.is_empty() || gap == "," || gap == "-" || gap == "–")
            || token.gap.contains('\n')
            || index - at > LONGEST_NAME
        {
            break;
        }
        if token.lower == "số"
            && gap.is_empty()
            && let Some((number, end, next)) = number_after(text, tokens, index)
        {
            return with_number(text, tokens, start, next, kind, number, end, None);
        }
        // `Quy chế … ban hành kèm theo Quyết định số …`: the place is in what is attached.
        if token.lower == "kèm"
            && let Some(theo) = tokens.get(index + 1).filter(|next| next.lower == "theo")
            && theo.follows()
            && let Some((count, words)) = kind_words(tokens, index + 2)
            && let Some((number, end, next)) = number_after(text, tokens, index + 2 + count)
        {
            let host = tokens[index + 2].range.start;
            let kind = kind_from_wording(words);
            return with_number(text, tokens, start, next, kind, number, end, Some(host));
        }
        // Names of acts are known in full only with the day or year of the act.
        if let Some(kind) = kind.filter(|kind| kind.is_known_by_name())
            && matches!(token.lower.as_str(), "năm" | "ngày")
            && gap.is_empty()
            && (index > after || kind == DocumentKind::Constitution)
        {
            let name = text[start..tokens[index - 1].range.end].to_string();
            if let Some((issued, end, next)) = day_after(text, tokens, index) {
                return named(start..end, next, kind, name, None, Some(issued));
            }
            if token.lower == "năm"
                && let Some(year) = tokens.get(index + 1).filter(|next| next.follows())
                && let Some(value) = plausible_year(year.text)
            {
                return named(
                    start..year.range.end,
                    index + 2,
                    kind,
                    name,
                    Some(value),
                    None,
                );
            }
        }
        let is_kind = kind_words(tokens, index).is_some_and(|_| token.is_capital());
        let by_name = kind.is_some_and(DocumentKind::is_known_by_name);
        let over = match by_name {
            true => {
                let next = tokens.get(index + 1);
                AFTER_NAMES.contains(&token.lower.as_str())
                    || token.lower == "quy" && next.is_some_and(|next| next.lower == "định")
            }
            false => NEVER_IN_NAMES.contains(&token.lower.as_str()),
        };
        if is_kind || over {
            break;
        }
        index += 1;
    }
    // Where the name ends is not known, only that it began; the next words are read by themselves.
    other(after)
}

fn named(
    range: Range<usize>,
    next: usize,
    kind: DocumentKind,
    name: String,
    year: Option<u16>,
    issued: Option<Date>,
) -> Act {
    Act {
        range,
        next,
        what: What::Name {
            kind,
            name,
            year,
            issued,
        },
    }
}

#[allow(clippy::too_many_arguments)]
fn with_number(
    text: &str,
    tokens: &[Token<'_>],
    start: usize,
    next: usize,
    kind: Option<DocumentKind>,
    number: DocumentNumber,
    end: usize,
    attached_to: Option<usize>,
) -> Act {
    let day = day_after(text, tokens, next);
    Act {
        range: start..end,
        next,
        what: What::Number {
            kind: kind.or_else(|| number.kind()),
            issued: day.map(|(day, ..)| day),
            number: number.normalised().to_string(),
            attached_to,
        },
    }
}

/// `số 82/2020/NĐ-CP` without the words for its kind, as in a list of acts.
fn bare_number(text: &str, tokens: &[Token<'_>], at: usize) -> Option<Act> {
    let said = tokens[at].lower == "số";
    let first = at + usize::from(said);
    if said && !tokens.get(first)?.follows() {
        return None;
    }
    let before = at.checked_sub(1).map(|index| tokens[index].lower.as_str());
    if matches!(before, Some("mẫu" | "biểu" | "lục" | "mục" | "đồng")) {
        return None;
    }
    let (number, end) = number_at(text, tokens.get(first)?)?;
    if !said && number.year().is_none() {
        return None;
    }
    let next = tokens[first..]
        .iter()
        .position(|token| token.range.start >= end)
        .map_or(tokens.len(), |offset| first + offset);
    let start = tokens[at].range.start;
    Some(with_number(
        text, tokens, start, next, None, number, end, None,
    ))
}

/// How many words from `at` name what a place can be in, and those words.
fn kind_words(tokens: &[Token<'_>], at: usize) -> Option<(usize, &'static str)> {
    let first = tokens.get(at)?;
    KINDS
        .iter()
        .filter(|kind| kind.starts_with(first.lower.as_str()))
        .filter_map(|kind| {
            let count = kind.split(' ').count();
            let words = tokens.get(at..at + count)?;
            let same =
                words
                    .iter()
                    .zip(kind.split(' '))
                    .enumerate()
                    .all(|(index, (token, word))| {
                        token.lower == word && (index == 0 || token.follows())
                    });
            same.then_some((count, *kind))
        })
        .max_by_key(|(count, _)| *count)
}
