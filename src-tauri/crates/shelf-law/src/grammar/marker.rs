//! What a line opens with: Điều, Chương, khoản, điểm, Roman numerals, dashes.

use super::line::{fold, is_caps, is_mostly_caps, unquoted};
use crate::Level;

/// A number with an optional inserted letter: 12, 12a, 2đ.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) struct Number {
    pub(super) value: u32,
    /// Position of the letter in the alphabet, from 1; 0 is no letter.
    pub(super) letter: u8,
}

/// The letters of điểm and of inserted provisions, in order.
pub(super) const LETTERS: &str = "abcdđefghijklmnopqrstuvwxyz";

impl Number {
    pub(super) fn plain(value: u32) -> Number {
        Number { value, letter: 0 }
    }

    /// `12a`, for labels.
    pub(super) fn text(self) -> String {
        match letter_at(self.letter) {
            Some(letter) => format!("{}{letter}", self.value),
            None => self.value.to_string(),
        }
    }

    /// `12a`, `12dd`, for ids.
    pub(super) fn ascii(self) -> String {
        match letter_at(self.letter) {
            Some(letter) => format!("{}{}", self.value, ascii_letter(letter)),
            None => self.value.to_string(),
        }
    }
}

fn letter_at(position: u8) -> Option<char> {
    LETTERS.chars().nth(usize::from(position).checked_sub(1)?)
}

/// Position of a small letter in the alphabet of điểm, from 1.
pub(super) fn letter_position(letter: char) -> Option<u8> {
    let at = LETTERS.chars().position(|c| c == letter)?;
    u8::try_from(at + 1).ok()
}

/// đ = dd.
pub(super) fn ascii_letter(letter: char) -> String {
    match letter {
        'đ' => "dd".to_string(),
        other => other.to_string(),
    }
}

/// Splits off a decimal number of at most `digits` digits.
fn take_number(text: &str, digits: usize) -> Option<(u32, &str)> {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    if end == 0 || end > digits {
        return None;
    }
    Some((text[..end].parse().ok()?, &text[end..]))
}

/// Splits off an inserted letter (`12a`): a small letter that no other letter follows.
fn take_letter(text: &str) -> (u8, &str) {
    let mut chars = text.chars();
    if let Some(letter) = chars.next()
        && let Some(position) = letter_position(letter)
        && !chars.as_str().starts_with(char::is_alphanumeric)
    {
        return (position, chars.as_str());
    }
    (0, text)
}

/// The value of a Roman numeral in capitals, 1 to 399.
pub(super) fn roman(text: &str) -> Option<u32> {
    let digit = |c: char| match c {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        'L' => Some(50),
        'C' => Some(100),
        _ => None,
    };
    if text.is_empty() || text.len() > 12 {
        return None;
    }
    let digits: Vec<i32> = text.chars().map(digit).collect::<Option<_>>()?;
    let mut total = 0;
    for (i, d) in digits.iter().enumerate() {
        let less = digits.get(i + 1).is_some_and(|next| next > d);
        total += if less { -d } else { *d };
    }
    u32::try_from(total).ok().filter(|n| (1..400).contains(n))
}

/// A heading `Điều 12a.` at the start of a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct ArticleMark<'a> {
    pub(super) number: Number,
    /// As printed, quotation mark excluded.
    pub(super) marker: &'a str,
    pub(super) rest: &'a str,
}

/// Reads `Điều 5.`, `ĐIỀU 5:`, `Điều 5. -`, `Điều 12a.`, `Điều I.`, `Điều thứ 5`, with or without a
/// quotation mark before it. A mention inside a sentence (`Điều 5 của Luật`) is none.
pub(super) fn article(line: &str) -> Option<ArticleMark<'_>> {
    let text = unquoted(line);
    let after = ["Điều", "ĐIỀU", "Ðiều", "ÐIỀU", "Điêu"]
        .iter()
        .find_map(|word| text.strip_prefix(word))?;
    let spaced = after.trim_start_matches([' ', '\t']);
    if spaced.len() == after.len() && !after.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let spaced = spaced.strip_prefix("thứ ").unwrap_or(spaced);
    let (number, tail) = match take_number(spaced, 4) {
        Some((value, tail)) => {
            let (letter, tail) = take_letter(tail);
            (Number { value, letter }, tail)
        }
        None => {
            let end = spaced
                .find(|c: char| !matches!(c, 'I' | 'V' | 'X' | 'l'))
                .unwrap_or(spaced.len());
            let digits = spaced[..end].replace('l', "I");
            (Number::plain(roman(&digits)?), &spaced[end..])
        }
    };
    if number.value == 0 {
        return None;
    }
    let body = tail.trim_start();
    let marked = body.trim_start_matches(['.', ':', '-', '–', '—', '/', ')', ' ']);
    let separated = marked.len() < body.len();
    let opens = body.is_empty()
        || (separated && !body.starts_with('/') && !body.starts_with(')'))
        || (tail.starts_with(' ') && is_mostly_caps(body));
    // "Điều 5, Điều 6" and "Điều 5 khoản 2" are mentions.
    if !opens {
        return None;
    }
    // A decimal as in "Điều 1.2" is none either.
    if marked.starts_with(|c: char| c.is_ascii_digit())
        && body.starts_with('.')
        && !body[1..].starts_with(' ')
    {
        return None;
    }
    let marker = text[..text.len() - marked.len()].trim_end();
    Some(ArticleMark {
        number,
        marker: marker.trim_end_matches(['-', '–', '—', ' ']),
        rest: marked,
    })
}

/// A heading of Phần, Chương, Mục or Tiểu mục.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct UpperMark<'a> {
    pub(super) level: Level,
    /// `Chương II`.
    pub(super) label: String,
    pub(super) marker: &'a str,
    pub(super) rest: &'a str,
}

const ORDINALS: [&str; 24] = [
    "nhat",
    "mot",
    "hai",
    "nhi",
    "ba",
    "tu",
    "bon",
    "nam",
    "sau",
    "bay",
    "tam",
    "chin",
    "muoi",
    "muoi mot",
    "muoi hai",
    "muoi ba",
    "muoi bon",
    "muoi lam",
    "muoi sau",
    "muoi bay",
    "muoi tam",
    "muoi chin",
    "hai muoi",
    "chung",
];

/// Reads `Chương II`, `CHƯƠNG 2. …`, `Phần thứ nhất`, `Mục 1: …`, `Tiểu mục 2`.
pub(super) fn upper(line: &str) -> Option<UpperMark<'_>> {
    if !line.starts_with(['P', 'C', 'M', 'T']) {
        return None;
    }
    let words: [(&str, &str, Level, &str); 8] = [
        ("Tiểu mục ", "TIỂU MỤC ", Level::Subsection, "Tiểu mục"),
        ("Tiểu Mục ", "TIỂU MỤC", Level::Subsection, "Tiểu mục"),
        ("Phần thứ ", "PHẦN THỨ ", Level::Part, "Phần thứ"),
        ("Phần Thứ ", "PHẦN THỨ", Level::Part, "Phần thứ"),
        ("Phần ", "PHẦN ", Level::Part, "Phần"),
        ("Chương ", "CHƯƠNG ", Level::Chapter, "Chương"),
        ("Chương", "CHƯƠNG", Level::Chapter, "Chương"),
        ("Mục ", "MỤC ", Level::Section, "Mục"),
    ];
    let (after, level, word) = words.iter().find_map(|(a, b, level, word)| {
        let after = line.strip_prefix(a).or_else(|| line.strip_prefix(b))?;
        Some((after.trim_start(), *level, *word))
    })?;
    let (number, rest) = upper_number(after, level)?;
    let body = rest.trim_start();
    let rest_text = body.trim_start_matches(['.', ':', '-', '–', '—', ' ']);
    let separated = rest_text.len() < body.len();
    let fits = rest_text.is_empty()
        || is_mostly_caps(rest_text)
        || (separated
            && rest_text.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
            && !rest_text.ends_with([';', ',', '.', ':']));
    if !fits || line.chars().count() > 400 {
        return None;
    }
    Some(UpperMark {
        level,
        label: format!("{word} {number}"),
        marker: line[..line.len() - rest_text.len()].trim_end(),
        rest: rest_text,
    })
}

fn upper_number(after: &str, level: Level) -> Option<(&str, &str)> {
    let end = after
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(after.len());
    let word = &after[..end];
    let base = word.trim_end_matches(|c: char| c.is_lowercase());
    let short_letter = level != Level::Chapter
        && word.chars().count() == 1
        && word.starts_with(|c: char| c.is_ascii_uppercase());
    let numeral = (base.len() <= 4 && base.parse::<u16>().is_ok() && word.len() <= base.len() + 2)
        || (!base.is_empty() && roman(base).is_some() && word.len() <= base.len() + 2)
        || short_letter;
    if numeral {
        return Some((word, &after[end..]));
    }
    // "Phần thứ nhất", "Phần hai": the longest ordinal that the line starts with.
    if level != Level::Part {
        return None;
    }
    let ends: Vec<usize> = after
        .char_indices()
        .filter(|(_, c)| matches!(c, ' ' | '.' | ':'))
        .map(|(i, _)| i)
        .chain([after.len()])
        .take(3)
        .collect();
    ends.into_iter()
        .rev()
        .find(|end| ORDINALS.contains(&fold(&after[..*end]).as_str()))
        .map(|end| (&after[..end], &after[end..]))
}

/// A khoản: `2.`, `2a.`; a number before a decimal or a year is none.
pub(super) fn clause(line: &str) -> Option<(Number, &str, &str)> {
    let (value, tail) = take_number(line, 3)?;
    let (letter, tail) = take_letter(tail);
    let after = tail
        .strip_prefix(". ")
        .or_else(|| tail.strip_prefix('.').filter(|rest| glued(rest)))
        .or_else(|| tail.strip_prefix("/ "))
        .or_else(|| (tail == ".").then_some(""))?;
    if value == 0 {
        return None;
    }
    let marker = line[..line.len() - after.len()].trim_end();
    Some((Number { value, letter }, marker, after.trim_start()))
}

fn glued(rest: &str) -> bool {
    rest.starts_with(|c: char| c.is_alphabetic() || c == '“' || c == '(')
}

/// A điểm: `đ)`, `b1)`, `a.`. Gives the letter, an inserted number, the marker and the rest.
pub(super) fn point(line: &str) -> Option<(char, Option<u32>, &str, &str)> {
    let mut chars = line.chars();
    let letter = chars.next()?;
    letter_position(letter)?;
    let (inserted, tail) = match take_number(chars.as_str(), 2) {
        Some((n, tail)) => (Some(n), tail),
        None => (None, chars.as_str()),
    };
    let after = tail
        .strip_prefix(')')
        .or_else(|| tail.strip_prefix(" )"))
        .or_else(|| tail.strip_prefix(". "))
        .or_else(|| tail.strip_prefix("/ "))?;
    let marker = line[..line.len() - after.len()].trim_end();
    Some((letter, inserted, marker, after.trim_start()))
}

/// An Arabic number of an outline: `1.`, `1.1.`, `2.3.1`, `1)`. Gives the parts, marker and rest.
pub(super) fn decimal(line: &str) -> Option<(Vec<u32>, &str, &str)> {
    let mut parts = Vec::new();
    let mut rest = line;
    let mut closed = false;
    while let Some((value, tail)) = take_number(rest, 3) {
        if value == 0 {
            return None;
        }
        parts.push(value);
        match tail.strip_prefix('.') {
            Some(after) => {
                rest = after;
                closed = true;
            }
            None => {
                rest = tail;
                closed = false;
                break;
            }
        }
        if parts.len() == 6 {
            break;
        }
    }
    let depth = parts.len();
    if depth == 1 && !closed {
        rest = rest.strip_prefix('/').or_else(|| rest.strip_prefix(')'))?;
    }
    if depth == 0 || (!rest.is_empty() && !rest.starts_with(' ') && !glued(rest)) {
        return None;
    }
    // "2.000 đồng", "31.12.2019", "1.5 triệu": figures, not markers.
    if depth > 1 && !closed && !rest.trim_start().starts_with(char::is_uppercase) {
        return None;
    }
    let marker = line[..line.len() - rest.len()].trim_end();
    Some((parts, marker, rest.trim_start()))
}

/// A Roman heading of an outline: `III.`, `IV/`, `V -`.
pub(super) fn roman_item(line: &str) -> Option<(u32, &str, &str)> {
    let end = line.find(|c: char| !matches!(c, 'I' | 'V' | 'X' | 'L' | 'C'))?;
    let value = roman(&line[..end])?;
    let tail = &line[end..];
    let after = tail
        .strip_prefix('.')
        .or_else(|| tail.strip_prefix('/'))
        .or_else(|| tail.strip_prefix(')'))
        .or_else(|| tail.strip_prefix(" -"))
        .or_else(|| tail.strip_prefix(" –"))
        .or_else(|| tail.strip_prefix(':'))?;
    let after = after.trim_start_matches(['-', '–', ' ']);
    if after.is_empty() || !after.starts_with(|c: char| c.is_uppercase() || c == '“') {
        return None;
    }
    Some((value, line[..line.len() - after.len()].trim_end(), after))
}

/// A capital letter that heads a part of an outline: `A. TÌNH HÌNH`.
pub(super) fn capital_item(line: &str) -> Option<(char, &str, &str)> {
    let letter = line.chars().next().filter(char::is_ascii_uppercase)?;
    let after = line[1..]
        .strip_prefix(". ")
        .or_else(|| line[1..].strip_prefix("/ "))?
        .trim_start();
    is_caps(after).then(|| (letter, &line[..2], after))
}

/// A dash or plus item: its sign and the rest.
pub(super) fn dash(line: &str) -> Option<(char, &str)> {
    let sign = line.chars().next()?;
    if !matches!(
        sign,
        '-' | '–' | '—' | '+' | '•' | '*' | '●' | '▪' | '\u{f0b7}'
    ) {
        return None;
    }
    let rest = line[sign.len_utf8()..].trim_start();
    rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '“' | '"' | '(' | '…'))
        .then_some((sign, rest))
}

/// Whether a line opens an item of any kind, so that it cannot be the rest of the one before.
pub(super) fn opens_item(line: &str) -> bool {
    let text = unquoted(line);
    article(text).is_some()
        || upper(text).is_some()
        || clause(text).is_some()
        || point(text).is_some()
        || decimal(text).is_some()
        || roman_item(text).is_some()
        || dash(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_heading_an_article_is_read_and_a_mention_is_not() {
        let number = |text| article(text).map(|mark| mark.number.text());
        assert_eq!(number("Điều 5. Phạm vi").as_deref(), Some("5"));
        assert_eq!(number("Điều 12a. Phạm vi").as_deref(), Some("12a"));
        assert_eq!(number("“Điều 5đ. Phạm vi").as_deref(), Some("5đ"));
        assert_eq!(number("ĐIỀU 7: Hiệu lực").as_deref(), Some("7"));
        assert_eq!(number("Điều 3.- Quyết định").as_deref(), Some("3"));
        assert_eq!(number("Điều I. Phạm vi").as_deref(), Some("1"));
        assert_eq!(number("Điều 9").as_deref(), Some("9"));
        assert_eq!(number("Điều 5 của Luật Đất đai"), None);
        assert_eq!(number("Điều 5, Điều 6 Nghị định này"), None);
        assert_eq!(number("Điều kiện. Người nộp"), None);
        assert_eq!(article("Điều 5. Phạm vi").unwrap().marker, "Điều 5.");
    }

    #[test]
    fn upper_headings_are_told_from_sentences_about_them() {
        let label = |text| upper(text).map(|mark| mark.label);
        assert_eq!(label("Chương II").as_deref(), Some("Chương II"));
        assert_eq!(
            label("CHƯƠNG 2. QUY ĐỊNH CHUNG").as_deref(),
            Some("Chương 2")
        );
        assert_eq!(label("Phần thứ nhất").as_deref(), Some("Phần thứ nhất"));
        assert_eq!(label("Mục 1: THỦ TỤC").as_deref(), Some("Mục 1"));
        assert_eq!(label("Tiểu mục 2").as_deref(), Some("Tiểu mục 2"));
        assert_eq!(
            label("Mục 3 Chương II Nghị định này quy định về việc cấp."),
            None
        );
        assert_eq!(label("Phần mềm quản lý"), None);
        assert_eq!(label("Chương trình mục tiêu"), None);
    }

    #[test]
    fn markers_below_the_article_are_read() {
        assert_eq!(clause("2a. Người").unwrap().0.ascii(), "2a");
        assert!(clause("2019. Năm").is_none());
        assert!(clause("1.000 đồng").is_none());
        assert_eq!(point("đ) Có").unwrap().0, 'đ');
        assert_eq!(point("b1) Có").unwrap().1, Some(1));
        assert!(point("ông) Có").is_none());
        assert_eq!(decimal("1.1. Sở Tư pháp").unwrap().0, [1, 1]);
        assert!(decimal("31.12.2019").is_none());
        assert!(decimal("1.5 triệu đồng").is_none());
        assert_eq!(roman_item("IV. TỔ CHỨC").unwrap().0, 4);
        assert_eq!(dash("- Lưu: VT").unwrap(), ('-', "Lưu: VT"));
    }
}
