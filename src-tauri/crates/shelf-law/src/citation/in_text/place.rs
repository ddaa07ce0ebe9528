//! Places that a text names, and how they hang together: in `các khoản 1, 2 và 7 Điều 4` each number
//! is a khoản of Điều 4.

use super::act::{Act, act_at};
use super::token::Token;
use super::{CitedPlace, PlaceBase};
use std::ops::Range;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Level {
    Article,
    Clause,
    Point,
}

/// One place: `khoản 5`, or a further number of a list.
#[derive(Clone, Debug)]
struct Item {
    level: Level,
    /// The id's segment; `None` for `này`.
    segment: Option<String>,
    range: Range<usize>,
    /// Nothing but `của` stands between this and the next one.
    leads_on: bool,
}

/// Places that hang together, with the act that they are in.
#[derive(Clone, Debug)]
pub(super) struct Chain {
    items: Vec<Item>,
    pub(super) act: Option<Act>,
    /// The act follows at once.
    act_leads_on: bool,
    /// The first word after the places, before any act.
    after: usize,
    /// The first word after all of it.
    pub(super) next: usize,
}

/// One place of a chain, in full.
pub(super) struct Cite {
    pub(super) range: Range<usize>,
    pub(super) place: CitedPlace,
    /// The act stands right behind it.
    pub(super) is_last: bool,
}

/// Words that join places.
const JOINING: [&str; 4] = ["và", "hoặc", "đến", "hay"];

/// Words after a number that make it a count of something else.
const COUNTED: &[&str] = &[
    "ngày",
    "tháng",
    "năm",
    "tuần",
    "giờ",
    "phút",
    "lần",
    "người",
    "triệu",
    "tỷ",
    "tỉ",
    "nghìn",
    "ngàn",
    "đồng",
    "loại",
    "bước",
    "trường",
    "cấp",
    "hình",
    "nhóm",
    "bộ",
    "bản",
    "tổ",
    "cơ",
    "phần",
    "mét",
    "m",
    "km",
    "kg",
    "ha",
    "tấn",
    "cái",
    "chiếc",
    "hộ",
];

/// The chain of places that begins at `at`.
pub(super) fn chain_at(text: &str, tokens: &[Token<'_>], at: usize) -> Option<Chain> {
    let mut items = Vec::new();
    let mut next = items_at(text, tokens, at, &mut items)?;
    loop {
        let mut index = next;
        let mut leads_on = false;
        let Some(token) = tokens.get(index) else {
            break;
        };
        if token.follows() && token.lower == "của" {
            index += 1;
            leads_on = true;
        } else if token.follows() && JOINING.contains(&token.lower.as_str()) {
            index += 1;
        } else if token.after_comma() || token.after_semicolon() {
            let and = JOINING.contains(&token.lower.as_str());
            index += usize::from(and);
        } else if token.follows() {
            leads_on = true;
        } else {
            break;
        }
        if tokens
            .get(index)
            .is_some_and(|token| token.lower == "các" || token.lower == "tại")
        {
            index += 1;
            leads_on = false;
        }
        if index > next && !tokens.get(index).is_some_and(Token::follows) {
            break;
        }
        let before = items.len();
        let Some(after) = items_at(text, tokens, index, &mut items) else {
            break;
        };
        items[before - 1].leads_on = leads_on;
        next = after;
    }
    let after = next;
    let mut index = after;
    while let Some(end) = container_at(tokens, index) {
        index = end;
    }
    let mut act_leads_on = tokens.get(index).is_some_and(Token::follows);
    let mut act_at_index = index;
    if act_leads_on && tokens[index].lower == "của" {
        act_at_index += 1;
    }
    let mut act = None;
    if act_leads_on && tokens.get(act_at_index).is_some_and(Token::follows) {
        act = act_at(text, tokens, act_at_index);
    } else if tokens.get(index).is_some_and(Token::after_comma) {
        // `Điều 5, Luật này` can only mean one thing; with another act it may be a list.
        act = act_at(text, tokens, index).filter(|act| !act.is_other());
        act_leads_on = act.is_some();
    }
    let next = act.as_ref().map_or(after, |act| act.next);
    Some(Chain {
        items,
        act,
        act_leads_on,
        after: index,
        next,
    })
}

impl Chain {
    /// Each place with all that it stands in. What lacks its Điều is left out.
    pub(super) fn cites(&self) -> Vec<Cite> {
        let mut cites = Vec::new();
        let mut swallowed = 0;
        for (index, item) in self.items.iter().enumerate() {
            let mut segments = Vec::new();
            let mut base = PlaceBase::Act;
            let mut level = item.level;
            let mut holder = index;
            loop {
                match &self.items[holder].segment {
                    Some(segment) => segments.push(segment.as_str()),
                    None => {
                        base = match level {
                            Level::Article => PlaceBase::ThisArticle,
                            Level::Clause => PlaceBase::ThisClause,
                            Level::Point => PlaceBase::ThisPoint,
                        };
                        break;
                    }
                }
                let outer = self.items[holder + 1..]
                    .iter()
                    .position(|later| later.level < level);
                let Some(outer) = outer.filter(|_| level != Level::Article) else {
                    break;
                };
                holder += 1 + outer;
                level = self.items[holder].level;
            }
            if index < swallowed || (base == PlaceBase::Act && level != Level::Article) {
                continue;
            }
            segments.reverse();
            // Words up to what the place stands in belong to its link, while nothing comes between.
            let mut last = index;
            while self.items[last].leads_on
                && self
                    .items
                    .get(last + 1)
                    .is_some_and(|later| later.level < self.items[last].level)
            {
                last += 1;
            }
            swallowed = last + 1;
            cites.push(Cite {
                range: item.range.start..self.items[last].range.end,
                place: CitedPlace {
                    base,
                    segments: segments.join("."),
                },
                is_last: last + 1 == self.items.len() && self.act_leads_on,
            });
        }
        cites
    }

    /// Whether nothing after the chain claims it for another act.
    pub(super) fn is_free(&self, text: &str, tokens: &[Token<'_>]) -> bool {
        let first = self.items[0].range.start;
        // `Luật Đất đai (Điều 5)`.
        if text[..first].trim_end().ends_with('(') {
            return false;
        }
        let Some(token) = tokens.get(self.after) else {
            return true;
        };
        let gap = token.gap.trim();
        if gap.starts_with(',') {
            return !act_at(text, tokens, self.after).is_some_and(|act| act.is_other());
        }
        if !gap.is_empty() {
            return !gap.starts_with(['(', '-', '–', '/']);
        }
        if token.gap.contains('\n') {
            return true;
        }
        let second = tokens.get(self.after + 1).map(|token| token.lower.as_str());
        let claims = match token.lower.as_str() {
            "của" | "ban" | "kèm" | "luật" | "nêu" | "nói" | "trên" | "cũ" | "dưới" | "mới"
            | "trong" | "thuộc" => true,
            "bộ" | "nghị" | "pháp" | "thông" | "hiến" | "công" => {
                matches!(
                    second,
                    Some("luật" | "định" | "quyết" | "lệnh" | "tư" | "pháp" | "ước")
                )
            }
            _ => token.is_capital(),
        };
        !claims
    }
}

/// Reads `các điểm a, b và c`, one item for each; gives the first word after them.
fn items_at(text: &str, tokens: &[Token<'_>], at: usize, items: &mut Vec<Item>) -> Option<usize> {
    let word = tokens.get(at)?;
    let before = at.checked_sub(1).map(|index| tokens[index].lower.as_str());
    let level = match word.lower.as_str() {
        "điều" => Level::Article,
        "khoản" if before != Some("tài") => Level::Clause,
        "điểm"
            if !matches!(
                before,
                Some("thời" | "địa" | "quan" | "đặc" | "ưu" | "nhược" | "trọng" | "cao" | "thí")
            ) =>
        {
            Level::Point
        }
        _ => return None,
    };
    let value = tokens.get(at + 1).filter(|value| value.follows())?;
    if value.lower == "này" {
        let plain = matches!(
            before,
            Some("tại" | "của" | "theo" | "trong" | "thuộc" | "với" | "và" | "hoặc")
        );
        let held = !items.is_empty();
        if before == Some("các") || !(plain || held) {
            return None;
        }
        items.push(Item {
            level,
            segment: None,
            range: word.range.start..value.range.end,
            leads_on: false,
        });
        return Some(at + 2);
    }
    let segment = segment(level, value)?;
    if goes_on(text, value) || is_heading(text, tokens, at) {
        return None;
    }
    items.push(Item {
        level,
        segment: Some(segment),
        range: word.range.start..value.range.end,
        leads_on: false,
    });
    let mut next = at + 2;
    while let Some((segment, index)) = listed(text, tokens, level, next) {
        items.push(Item {
            level,
            segment: Some(segment),
            range: tokens[index].range.clone(),
            leads_on: false,
        });
        next = index + 1;
    }
    Some(next)
}

/// A further number of the same level: after a comma, `và`, `đến`.
fn listed(text: &str, tokens: &[Token<'_>], level: Level, at: usize) -> Option<(String, usize)> {
    let token = tokens.get(at)?;
    let comma = token.after_comma();
    let joined = JOINING.contains(&token.lower.as_str()) && (comma || token.follows());
    if !comma && !joined {
        return None;
    }
    let index = at + usize::from(joined);
    let value = tokens
        .get(index)
        .filter(|value| !joined || value.follows())?;
    let segment = segment(level, value).filter(|_| !goes_on(text, value))?;
    let after = tokens.get(index + 1);
    let counted =
        after.is_some_and(|after| after.follows() && COUNTED.contains(&after.lower.as_str()));
    let percent = text[value.range.end..].trim_start().starts_with('%');
    (!counted && !percent).then_some((segment, index))
}

fn segment(level: Level, value: &Token<'_>) -> Option<String> {
    Some(match level {
        Level::Article => format!("dieu_{}", value.ordinal()?),
        Level::Clause => format!("khoan_{}", value.ordinal()?),
        Level::Point => format!("diem_{}", value.point()?),
    })
}

/// Whether a number goes on as a date, a decimal or a number of a document.
fn goes_on(text: &str, value: &Token<'_>) -> bool {
    let mut rest = text[value.range.end..].chars();
    match rest.next() {
        Some('/') => true,
        Some('.' | '-' | '–') => rest.next().is_some_and(|c| c.is_ascii_digit()),
        _ => false,
    }
}

/// `Điều 5. Phạm vi` at the start of a line or a quotation is a heading, not a citation.
fn is_heading(text: &str, tokens: &[Token<'_>], at: usize) -> bool {
    let word = &tokens[at];
    // Dots to write on are those of a form.
    let opens = word.range.start == 0
        || word.gap.contains('\n')
        || word.gap.contains("...")
        || word.gap.contains('…')
        || word.gap.ends_with(['“', '"', '«', '”']);
    let rest = &text[tokens[at + 1].range.end..];
    let dots = rest.trim_start();
    opens && (rest.starts_with(['.', ':']) || dots.starts_with("..") || dots.starts_with('…'))
}

/// `Mục 1`, `Chương II`, `Phần thứ nhất` between a Điều and its act; where it ends.
fn container_at(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    let mut at = at;
    let token = tokens.get(at)?;
    if !(token.follows() || token.after_comma()) {
        return None;
    }
    if token.lower == "của" {
        at += 1;
    }
    let token = tokens.get(at)?;
    match token.lower.as_str() {
        "mục" | "chương" | "phần" => {}
        "tiểu" if tokens.get(at + 1)?.lower == "mục" => at += 1,
        _ => return None,
    }
    if !token.is_capital() {
        return None;
    }
    let value = tokens.get(at + 1).filter(|value| value.follows())?;
    if value.lower == "thứ" {
        tokens.get(at + 2)?;
        return Some(at + 3);
    }
    let numbered = value.text.chars().all(|c| c.is_ascii_digit())
        || value.text.chars().all(|c| "IVXLABCDE".contains(c));
    numbered.then_some(at + 2)
}
