//! Numbers and days of acts inside a text.

use super::token::Token;
use crate::Date;
use crate::kind::kind_of_number_code;
use crate::number::DocumentNumber;

/// The number that follows `at`, after `số` or at once, with where it ends.
pub(super) fn number_after(
    text: &str,
    tokens: &[Token<'_>],
    at: usize,
) -> Option<(DocumentNumber, usize, usize)> {
    let mut index = at;
    let first = tokens.get(index)?;
    if first.lower == "số" && first.follows() {
        index += 1;
    }
    let token = tokens.get(index)?;
    let gap = token.gap.trim();
    if !(gap.is_empty() || gap == ":") || token.gap.contains('\n') {
        return None;
    }
    let (number, end) = number_at(text, token)?;
    let next = tokens[index..]
        .iter()
        .position(|token| token.range.start >= end)
        .map_or(tokens.len(), |offset| index + offset);
    Some((number, end, next))
}

/// The number of a document that begins with this word: it has letters of a kind of act.
pub(super) fn number_at(text: &str, token: &Token<'_>) -> Option<(DocumentNumber, usize)> {
    if !token.text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    // Not the end of something longer: `01/2020/…` is read from its first digit on.
    if token.gap.ends_with(['/', '-', '.']) {
        return None;
    }
    let from = token.range.start;
    let rest = &text[from..];
    let end = rest
        .find(|c: char| !(c.is_alphanumeric() || matches!(c, '/' | '-' | '–' | '.' | '&')))
        .unwrap_or(rest.len());
    let written = rest[..end].trim_end_matches(['.', '-', '–', '/', '&']);
    if !written.contains(['/', '-']) {
        return None;
    }
    let number = DocumentNumber::parse(written)?;
    let code = number.code();
    let of_assembly = ["QH", "UBTVQH", "HĐNN", "LCT", "L/CTN", "SL"]
        .iter()
        .any(|issuer| code.starts_with(issuer) || code.ends_with(issuer));
    let known = kind_of_number_code(code).is_some() || of_assembly;
    (known && code.contains(char::is_uppercase)).then_some((number, from + written.len()))
}

/// `ngày 05 tháng 6 năm 2019`, `ngày 05/6/2019` from `at` on, and where it ends.
pub(super) fn day_after(
    text: &str,
    tokens: &[Token<'_>],
    at: usize,
) -> Option<(Date, usize, usize)> {
    let first = tokens
        .get(at)
        .filter(|first| first.lower == "ngày" && first.follows())?;
    let named = tokens
        .get(at + 2)
        .is_some_and(|token| token.lower == "tháng");
    let last = at + if named { 5 } else { 3 };
    let end = tokens.get(last)?.range.end;
    let day = Date::parse_any(&text[first.range.start..end]).ok()?;
    Some((day, end, last + 1))
}
