//! The words of a query with what stands between them.

use crate::fold::{fold, normalise};
use crate::number::{is_dash, plausible_year};
use crate::tokens::for_each_syllable;
use std::ops::Range;

/// What stands before a word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Gap {
    /// The start of the query.
    Start,
    /// Nothing: `k2` is two words.
    Glued,
    /// White space only.
    Space,
    /// A slash, a dash, a dot, a comma, a colon, perhaps with spaces.
    Slash,
    Dash,
    Dot,
    Comma,
    Colon,
    /// `&`, inside codes: `BGD&ĐT`.
    And,
    /// Anything else: `?`, brackets, quotation marks, a line break.
    Other,
}

/// A word of a query.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// Where it stands in the query, in bytes.
    pub(super) range: Range<usize>,
    /// As typed, in NFC and lower case: `đ` and `d` differ.
    pub(super) typed: String,
    /// Folded.
    pub(super) term: String,
    /// What stands before it.
    pub(super) gap: Gap,
    /// Whether white space stands before it.
    pub(super) spaced: bool,
    /// Whether it holds no lower-case letter.
    pub(super) capital: bool,
}

impl Word {
    /// A number that counts articles, clauses, parts: up to three digits and a letter, without
    /// leading zeros, đ as `dd`: `12a`, `12dd`.
    pub(super) fn ordinal(&self) -> Option<String> {
        let end = self.typed.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, letter) = self.typed.split_at(end);
        if digits.trim_start_matches('0').len() > 3 || end > 5 {
            return None;
        }
        let number: u16 = digits.parse().ok()?;
        let letter = match letter {
            "" => String::new(),
            letter => point_letter(letter)?,
        };
        (number > 0).then(|| format!("{number}{letter}"))
    }

    /// The other reading of an ordinal whose letter is a `d` typed without accents: `12dd` for `12d`.
    pub(super) fn ordinal_or(&self) -> Option<String> {
        let digits = self.typed.strip_suffix('d')?;
        let single = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        let own = self.ordinal().filter(|_| single)?;
        Some(own + "d")
    }

    /// The letter of a point, perhaps with a number: `a`, `dd` for đ, `b1`.
    pub(super) fn point(&self) -> Option<String> {
        let digits = self.typed.trim_start_matches(|c: char| !c.is_ascii_digit());
        let letter = point_letter(&self.typed[..self.typed.len() - digits.len()])?;
        let numbered = digits.len() <= 2 && digits.bytes().all(|b| b.is_ascii_digit());
        numbered.then(|| letter + digits)
    }

    /// A running number of a document: up to six digits, perhaps with a letter.
    pub(super) fn is_sequence(&self) -> bool {
        let digits = self.term.bytes().take_while(u8::is_ascii_digit).count();
        let rest = &self.term[digits..];
        (1..=6).contains(&digits)
            && (rest.is_empty() || rest.len() == 1 && rest.as_bytes()[0].is_ascii_lowercase())
    }

    /// Digits only.
    pub(super) fn is_digits(&self) -> bool {
        self.term.bytes().all(|b| b.is_ascii_digit())
    }

    /// A year.
    pub(super) fn year(&self) -> Option<u16> {
        plausible_year(&self.term)
    }

    /// A small number, Arabic or Roman up to 39, as its value.
    pub(super) fn arabic_or_roman(&self) -> Option<u16> {
        if self.is_digits() && self.term.len() <= 2 {
            return self.term.parse().ok().filter(|&n| n > 0);
        }
        roman(&self.term)
    }

    /// Whether the word starts with a letter.
    pub(super) fn starts_with_letter(&self) -> bool {
        self.term.starts_with(char::is_alphabetic)
    }
}

/// The letter of a point as it stands in ids: đ is `dd`, also when it was typed so (Telex).
fn point_letter(typed: &str) -> Option<String> {
    match typed {
        "đ" | "dd" => Some("dd".to_string()),
        _ if typed.len() == 1 && typed.as_bytes()[0].is_ascii_lowercase() => {
            Some(typed.to_string())
        }
        _ => None,
    }
}

fn roman(term: &str) -> Option<u16> {
    let value = |c: char| match c {
        'i' => Some(1),
        'v' => Some(5),
        'x' => Some(10),
        _ => None,
    };
    if term.is_empty() || term.len() > 6 {
        return None;
    }
    let digits: Vec<u16> = term.chars().map(value).collect::<Option<_>>()?;
    let total = digits.iter().enumerate().fold(0_i32, |sum, (i, &digit)| {
        let digit_value = i32::from(digit);
        let smaller = digits.get(i + 1).is_some_and(|&next| digit < next);
        sum + if smaller { -digit_value } else { digit_value }
    });
    u16::try_from(total).ok().filter(|&n| n > 0)
}

/// Abbreviations that are typed against the number after them: `k2`, `d8`, `nd100`.
const BEFORE_NUMBERS: &[&str] = &[
    "k", "d", "dieu", "khoan", "diem", "muc", "nd", "tt", "ttlt", "qd", "nq", "ct", "kh", "cv",
    "tb", "hd", "vbhn", "tcvn", "qcvn", "pl", "sl", "so",
];

/// Last syllables of the names of kinds, where the space before the number was missed:
/// `nghị định100`.
const KIND_ENDS: &[&str] = &[
    "dinh", "tu", "tich", "quyet", "luat", "lenh", "thi", "hoach", "van", "dan", "bao", "trinh",
    "nhat",
];

/// Codes that are typed against the number before them: `7079VBHN`, `1367QĐ`.
const AFTER_NUMBERS: &[&str] = &[
    "nd", "tt", "ttlt", "qd", "nq", "ct", "kh", "cv", "tb", "hd", "vbhn",
];

/// The words of a query.
pub(super) fn words(query: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut last_end = 0;
    for_each_syllable(query, |range, term| {
        let between = &query[last_end..range.start];
        let gap = match words.is_empty() {
            true => Gap::Start,
            false => gap(between),
        };
        let spaced = between.contains(char::is_whitespace);
        last_end = range.end;
        let parts = parts(query, range);
        let whole = parts.len() == 1;
        for (index, range) in parts.into_iter().enumerate() {
            let text = normalise(&query[range.clone()]);
            words.push(Word {
                term: if whole { term.to_string() } else { fold(&text) },
                capital: !text.chars().any(char::is_lowercase),
                typed: text.to_lowercase(),
                range,
                gap: if index == 0 { gap } else { Gap::Glued },
                spaced: spaced && index == 0,
            });
        }
    });
    words
}

fn gap(between: &str) -> Gap {
    if between.contains(['\n', '\r']) {
        return Gap::Other;
    }
    let mut signs = between.chars().filter(|c| !c.is_whitespace());
    let Some(sign) = signs.next() else {
        return Gap::Space;
    };
    let repeated = signs.all(|other| other == sign);
    match sign {
        '/' | '\\' if repeated => Gap::Slash,
        sign if is_dash(sign) && repeated => Gap::Dash,
        '.' if repeated => Gap::Dot,
        ',' if repeated => Gap::Comma,
        ':' if repeated => Gap::Colon,
        '&' if repeated => Gap::And,
        _ => Gap::Other,
    }
}

/// A syllable cut into words where an abbreviation and a number were typed as one.
fn parts(query: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut in_digits = None;
    for (offset, c) in query[range.clone()].char_indices() {
        let at = range.start + offset;
        let end = at + c.len_utf8();
        match runs.last_mut() {
            Some(run) if in_digits == Some(c.is_ascii_digit()) => run.end = end,
            _ => runs.push(at..end),
        }
        in_digits = Some(c.is_ascii_digit());
    }
    if runs.len() < 2 {
        return vec![range];
    }
    let term = |run: &Range<usize>| fold(&query[run.clone()]);
    let first = term(&runs[0]);
    if BEFORE_NUMBERS.contains(&first.as_str()) || KIND_ENDS.contains(&first.as_str()) {
        return with_letters(query, &runs);
    }
    if first.bytes().all(|b| b.is_ascii_digit()) && AFTER_NUMBERS.contains(&term(&runs[1]).as_str())
    {
        return vec![runs[0].clone(), runs[1].start..range.end];
    }
    vec![range]
}

/// The runs of letters and digits of `d15ak2`: the letter of `15a` belongs to its number, the k of
/// `k2` opens another one.
fn with_letters(query: &str, runs: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    for (index, run) in runs.iter().enumerate() {
        let mut run = run.clone();
        let letters = &query[run.clone()];
        let numbered = index > 1 && !letters.starts_with(|c: char| c.is_ascii_digit());
        if numbered && let Some(number) = parts.last_mut() {
            let last = index + 1 == runs.len();
            let first = letters.chars().next().map_or(0, char::len_utf8);
            let opens = matches!(
                fold(&letters[first..]).as_str(),
                "k" | "d" | "khoan" | "dieu"
            );
            let whole = last && fold(letters).len() == 1;
            if whole || (opens && !last) {
                let end = if whole { run.end } else { run.start + first };
                number.end = end;
                run.start = end;
            }
        }
        if !run.is_empty() {
            parts.push(run);
        }
    }
    parts
}
