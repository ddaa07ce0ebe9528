//! Numbers of documents (số, ký hiệu): `14/2019/QĐ-TTg`, `471/QĐ-TTg`, `45/2019/QH14`, `8-CP`.
//!
//! One number is spelled in many ways (`8376 /VBHN-BTP`, `152/2025/TT-BTС` with a Cyrillic С,
//! `05/2018/tt-btc`, `109/2009/TTLT/BTC-BGD&ĐT`); its [`DocumentNumber::key`] is one. A number alone
//! still does not name one document: provinces and years share them.

use crate::fold::{fold, normalised};
use crate::kind::{DocumentKind, kind_of_number_code};
use std::fmt;
use std::hash::{Hash, Hasher};

/// A number, read into its parts. Two are equal when their keys are.
#[derive(Clone, Debug)]
pub struct DocumentNumber {
    sequence: String,
    year: Option<u16>,
    code: String,
    display: String,
    key: String,
}

/// Longer texts are no numbers; the longest known, of five joint issuers, has 60 letters.
const MAX_CHARS: usize = 120;

impl DocumentNumber {
    /// Reads a whole text as a number; what may stand around it is `Số:`, quotation marks and
    /// stray punctuation. `None` for anything else. A bare `2144` is a number without a code.
    pub fn parse(text: &str) -> Option<DocumentNumber> {
        if text.len() > 8 * MAX_CHARS {
            return None;
        }
        let clean = clean(text);
        if clean.chars().count() > MAX_CHARS {
            return None;
        }
        let sequence_end = sequence_end(&clean)?;
        let sequence = &clean[..sequence_end];
        let rest = &clean[sequence_end..];
        let mut display = sequence.to_string();
        let (year, code) = match strip_separator(rest) {
            None if rest.is_empty() => (None, ""),
            None if starts_with_letter(rest) => {
                display.push('/');
                (None, rest)
            }
            None => return None,
            Some(after) => match leading_year(after) {
                Some((year, left)) => match strip_separator(left) {
                    Some(code) => (Some(year), code),
                    None if left.is_empty() => (Some(year), ""),
                    None => return None,
                },
                None => (None, after),
            },
        };
        let code_is_sound = code
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '/' | '&' | '.' | '(' | ')'));
        let has_code = starts_with_letter(code);
        if !code_is_sound || !(has_code || code.is_empty()) {
            return None;
        }
        if !has_code && year.is_none() && !rest.is_empty() {
            return None;
        }
        display.push_str(rest);
        let sequence = canonical_sequence(sequence);
        let mut key = sequence.clone();
        if let Some(year) = year {
            key.push_str(&format!("/{year}"));
        }
        if has_code {
            key.push('/');
            key.push_str(&code_key(code));
        }
        Some(DocumentNumber {
            sequence,
            year,
            code: code.to_string(),
            display,
            key,
        })
    }

    /// The running number, without leading zeros and in lower case: `14`, `66.9`, `2089a`.
    pub fn sequence(&self) -> &str {
        &self.sequence
    }

    /// The year that the number carries.
    pub fn year(&self) -> Option<u16> {
        self.year
    }

    /// What stands after sequence and year: `QĐ-TTg`, `QH14`; empty where nothing does.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The form for comparing: the same for every spelling of one number (`14/2019/qd-ttg`).
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The form for showing: NFC, letters meant, no spaces, plain hyphens; zeros and case as written.
    pub fn normalised(&self) -> &str {
        &self.display
    }

    /// The kind that the code shows.
    pub fn kind(&self) -> Option<DocumentKind> {
        kind_of_number_code(&self.code)
    }
}

impl PartialEq for DocumentNumber {
    fn eq(&self, other: &DocumentNumber) -> bool {
        self.key == other.key
    }
}

impl Eq for DocumentNumber {}

impl Hash for DocumentNumber {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}

impl fmt::Display for DocumentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.display)
    }
}

/// The code of a number in the form for comparing: folded, every separator a hyphen, `&` dropped,
/// a footnote mark `(1)` dropped.
pub fn code_key(code: &str) -> String {
    let mut key = String::with_capacity(code.len());
    let folded = fold(code);
    let mut rest = folded.as_str();
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        if c == '('
            && let Some((inside, after)) = rest.split_once(')')
            && inside.chars().all(|c| c.is_ascii_digit())
        {
            rest = after;
        } else if c.is_alphanumeric() {
            key.push(c);
        } else if c != '&' && c != '.' && !key.is_empty() && !key.ends_with('-') {
            key.push('-');
        }
    }
    key.truncate(key.trim_end_matches('-').len());
    key
}

/// A running number without leading zeros, in lower case.
pub(crate) fn canonical_sequence(sequence: &str) -> String {
    let folded = fold(sequence);
    let stripped = folded.trim_start_matches('0');
    if stripped.starts_with(|c: char| c.is_ascii_digit()) {
        stripped.to_string()
    } else {
        format!("0{stripped}")
    }
}

/// A year that a number or a title may carry.
pub(crate) fn plausible_year(digits: &str) -> Option<u16> {
    let year: u16 = digits.parse().ok().filter(|_| digits.len() == 4)?;
    (1930..=2099).contains(&year).then_some(year)
}

/// Every hyphen and dash, as `-`.
pub(crate) fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '_' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{ff0d}'
    )
}

/// The text in the form for showing: prefix, outer punctuation and spaces at separators gone.
fn clean(text: &str) -> String {
    let text = normalised(text);
    let outer = |c: char| !c.is_alphanumeric() && c != '(' && c != ')';
    let mut text = text.trim_matches(outer);
    let mut word = text.char_indices();
    if let (Some((_, 's' | 'S')), Some((at, 'ố' | 'Ố' | 'o' | 'O'))) = (word.next(), word.next())
    {
        let after = text[at..].chars().next().map_or(at, |c| at + c.len_utf8());
        text = text[after..].trim_matches(outer);
    }
    let mut clean = String::with_capacity(text.len());
    let mut spaces = false;
    for c in text.chars() {
        let c = if is_dash(c) { '-' } else { c };
        if c.is_whitespace() {
            spaces = true;
            continue;
        }
        let separator = c == '-' || c == '/';
        let after_separator = clean.ends_with(['-', '/']);
        if separator && after_separator {
            continue;
        }
        if spaces && !separator && !after_separator {
            // `8376 VBHN-BTP`: a space between the digits and the code stands for the slash; a space
            // elsewhere shows that this is a sentence, which the caller then refuses.
            let digits = clean.chars().all(|c| c.is_ascii_digit() || c == '/');
            clean.push(if digits { '/' } else { ' ' });
        }
        spaces = false;
        clean.push(c);
    }
    clean
}

/// Where the running number at the start ends: digits, a decimal (`66.9`), one letter (`2089A`).
fn sequence_end(text: &str) -> Option<usize> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut end = digits(text);
    if end == 0 || end > 8 {
        return None;
    }
    if let Some(decimals) = text[end..].strip_prefix('.')
        && digits(decimals) > 0
    {
        end += 1 + digits(decimals);
    }
    let mut rest = text[end..].chars();
    if let Some(letter) = rest.next()
        && letter.is_alphabetic()
        && !rest.next().is_some_and(char::is_alphanumeric)
    {
        end += letter.len_utf8();
    }
    Some(end)
}

fn strip_separator(text: &str) -> Option<&str> {
    text.strip_prefix(['/', '-'])
}

fn starts_with_letter(text: &str) -> bool {
    text.starts_with(char::is_alphabetic)
}

/// The year that opens `text`, and what follows it. Two digits (`10/98/QĐ-BTC`) mean the 1900s and
/// count only before a code.
fn leading_year(text: &str) -> Option<(u16, &str)> {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at(end);
    if let Some(year) = plausible_year(digits) {
        return Some((year, rest));
    }
    let short: u16 = digits.parse().ok().filter(|_| end == 2)?;
    let before_code = strip_separator(rest).is_some_and(starts_with_letter);
    ((45..=99).contains(&short) && before_code).then_some((1900 + short, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scramble::texts;
    use unicode_normalization::UnicodeNormalization;

    fn parts(text: &str) -> (String, Option<u16>, String) {
        let number = DocumentNumber::parse(text).unwrap_or_else(|| panic!("{text}"));
        (number.sequence.clone(), number.year, number.code.clone())
    }

    fn key(text: &str) -> String {
        DocumentNumber::parse(text)
            .unwrap_or_else(|| panic!("{text}"))
            .key
    }

    #[test]
    fn a_number_has_a_sequence_a_year_and_a_code() {
        let expect = |s: &str, y, c: &str| (s.to_string(), y, c.to_string());
        assert_eq!(parts("14/2019/QĐ-TTg"), expect("14", Some(2019), "QĐ-TTg"));
        assert_eq!(parts("471/QĐ-TTg"), expect("471", None, "QĐ-TTg"));
        assert_eq!(parts("1236/KH-UBND"), expect("1236", None, "KH-UBND"));
        assert_eq!(parts("45/2019/QH14"), expect("45", Some(2019), "QH14"));
        assert_eq!(parts("44/VBHN-VPQH"), expect("44", None, "VBHN-VPQH"));
        assert_eq!(
            parts("01/1999/TTLT-BTP-BCA"),
            expect("1", Some(1999), "TTLT-BTP-BCA")
        );
        assert_eq!(parts("8-CP"), expect("8", None, "CP"));
        assert_eq!(parts("50-QĐ/TW"), expect("50", None, "QĐ/TW"));
        assert_eq!(
            parts("66.9/2025/NQ-CP"),
            expect("66.9", Some(2025), "NQ-CP")
        );
        assert_eq!(parts("2089A/QĐ-BCT"), expect("2089a", None, "QĐ-BCT"));
        assert_eq!(parts("1367QĐ-KTNN"), expect("1367", None, "QĐ-KTNN"));
        assert_eq!(parts("10/98/QĐ-BTC"), expect("10", Some(1998), "QĐ-BTC"));
        assert_eq!(parts("47/2006"), expect("47", Some(2006), ""));
        assert_eq!(parts("2144"), expect("2144", None, ""));
    }

    #[test]
    fn every_spelling_of_one_number_gives_one_key() {
        for (one, other) in [
            ("8376 /VBHN-BTP", "8376/VBHN-BTP"),
            ("7079VBHN-BVHTTDL", "7079/VBHN-BVHTTDL"),
            ("152/2025/TT-BTС", "152/2025/TT-BTC"),
            ("07/2025/NĐ-СР", "7/2025/NĐ-CP"),
            ("89/2015/NÐ-CP", "89/2015/NĐ-CP"),
            ("279/2002/qđ-ttg", "279/2002/QĐ-TTg"),
            ("279/2002/qd-ttg", "279/2002/QĐ-TTg"),
            ("01/2012/QĐ- TTg", "1/2012/QĐ – TTg"),
            ("Số: 12 /2018/QĐ-TTg", "12/2018/QĐ-TTg"),
            ("12/2018//TT-BKHCN", "12/2018/TT-BKHCN"),
            ("''42/2022/TT-BCT", "42/2022/TT-BCT."),
            ("50/2022/NĐ_CP", "50/2022/NĐ-CP"),
            ("109/2009/TTLT/BTC-BGDĐT", "109/2009/TTLT-BTC-BGD&ĐT"),
            ("44/2016/TT-BTNMT(1)", "44/2016/TT-BTNMT"),
            ("23-L/CTN", "23/L-CTN"),
            ("10/98/QĐ-BTC", "10/1998/QĐ-BTC"),
        ] {
            assert_eq!(key(one), key(other), "{one} and {other}");
        }
        let decomposed: String = "14/2019/QĐ-TTg".nfd().collect();
        assert_eq!(key(&decomposed), "14/2019/qd-ttg");
        assert_ne!(
            key("14/2019/QĐ-TTg"),
            key("14/QĐ-TTg"),
            "the year belongs to it"
        );
        assert_ne!(key("04/TT-BCA(X13)"), key("04/TT-BCA(C13)"));
    }

    #[test]
    fn the_shown_form_is_clean_and_keeps_zeros_and_case() {
        for (dirty, shown) in [
            ("8376 /VBHN-BTP", "8376/VBHN-BTP"),
            ("152/2025/TT-BTС", "152/2025/TT-BTC"),
            ("số 05/2018/tt–bgtvt.", "05/2018/tt-bgtvt"),
            ("7079VBHN-BVHTTDL", "7079/VBHN-BVHTTDL"),
            ("04/TT-BCA(X13)", "04/TT-BCA(X13)"),
        ] {
            let number = DocumentNumber::parse(dirty).unwrap();
            assert_eq!(number.normalised(), shown);
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in [
            "",
            "Không",
            "QĐ-TTg",
            "15/02/2023",
            "24/7",
            "3/4",
            "1.2.3",
            "12-34-56",
            "TT 07",
            "14/2019/QĐ-TTg của Thủ tướng",
            "doc_000708.html",
            "123456789012/QĐ",
            "số",
        ] {
            assert!(DocumentNumber::parse(text).is_none(), "{text}");
        }
        assert!(DocumentNumber::parse(&"1/".repeat(100_000)).is_none());
    }

    #[test]
    fn reading_the_shown_form_again_gives_the_same_number() {
        let mut read = 0;
        for text in texts(6000) {
            if let Some(number) = DocumentNumber::parse(&text) {
                let again = DocumentNumber::parse(number.normalised())
                    .unwrap_or_else(|| panic!("{text:?}"));
                assert_eq!(again.normalised(), number.normalised(), "{text:?}");
                assert_eq!(again, number, "{text:?}");
                read += 1;
            }
        }
        assert!(read > 50, "the generated texts hold numbers: {read}");
    }
}
