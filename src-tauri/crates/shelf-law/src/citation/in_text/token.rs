//! The words of a text with what stands between them.

use crate::fold::fold;
use std::ops::Range;

/// One word.
#[derive(Clone, Debug)]
pub(super) struct Token<'t> {
    pub(super) text: &'t str,
    pub(super) range: Range<usize>,
    /// In lower case, with its accents.
    pub(super) lower: String,
    /// What stands before it.
    pub(super) gap: &'t str,
}

impl Token<'_> {
    /// Whether only white space stands before it.
    pub(super) fn follows(&self) -> bool {
        !self.gap.is_empty()
            && self.gap.chars().all(char::is_whitespace)
            && !self.gap.contains('\n')
    }

    /// Whether a comma, and nothing else, stands before it.
    pub(super) fn after_comma(&self) -> bool {
        self.gap.trim() == ","
    }

    /// Whether a semicolon, and nothing else, stands before it.
    pub(super) fn after_semicolon(&self) -> bool {
        self.gap.trim() == ";"
    }

    /// Whether a sentence, or an item of a list, begins with it.
    pub(super) fn opens_sentence(&self) -> bool {
        self.range.start == 0
            || self.gap.contains([';', '\n', ':'])
            || self.gap.contains('.') && self.gap.contains(char::is_whitespace)
    }

    pub(super) fn is_capital(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }

    /// A number of a Điều or khoản: `12`, `12a`, `2đ`, as it stands in ids.
    pub(super) fn ordinal(&self) -> Option<String> {
        let digits = self.lower.bytes().take_while(u8::is_ascii_digit).count();
        let (number, letter) = self.lower.split_at(digits);
        let number: u16 = number.parse().ok().filter(|_| (1..=3).contains(&digits))?;
        let letter = match letter {
            "" => "",
            letter => letter_of_point(letter)?,
        };
        (number > 0).then(|| format!("{number}{letter}"))
    }

    /// The letter of a điểm: `a`, `đ`, `b1`, as it stands in ids.
    pub(super) fn point(&self) -> Option<String> {
        let letter = self.lower.trim_end_matches(|c: char| c.is_ascii_digit());
        let number = &self.lower[letter.len()..];
        let letter = letter_of_point(letter)?;
        (number.len() <= 2).then(|| format!("{letter}{number}"))
    }
}

fn letter_of_point(letter: &str) -> Option<&str> {
    match letter {
        "đ" => Some("dd"),
        _ => (letter.len() == 1 && letter.as_bytes()[0].is_ascii_lowercase()).then_some(letter),
    }
}

/// The words of a text.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut start = None;
    let mut last_end = 0;
    for (at, c) in text.char_indices() {
        let inside = c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c);
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                push(text, from..at, &mut last_end, &mut tokens);
                start = None;
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        push(text, from..text.len(), &mut last_end, &mut tokens);
    }
    tokens
}

fn push<'t>(text: &'t str, range: Range<usize>, last_end: &mut usize, to: &mut Vec<Token<'t>>) {
    to.push(Token {
        text: &text[range.clone()],
        lower: text[range.clone()].to_lowercase(),
        gap: &text[*last_end..range.start],
        range: range.clone(),
    });
    *last_end = range.end;
}

/// Words as kinds of act are compared by.
pub(super) fn folded(tokens: &[Token<'_>]) -> String {
    let words: Vec<String> = tokens.iter().map(|token| fold(token.text)).collect();
    words.join(" ")
}
