//! The lines of a source, cleaned; soft wraps joined; small questions about words.

use super::Piece;
use serde_json::{Map, Value};
use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// One line of the source on its way to a block.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) page: Option<u32>,
    pub(super) rows: Vec<Vec<String>>,
    /// Name of a bookmark, or a heading style, that the source put on this line.
    pub(super) hint: Option<String>,
    /// Its language where it is not Vietnamese.
    pub(super) lang: Option<String>,
    /// An empty line, or another paragraph mark, stands before it.
    pub(super) apart: bool,
    /// It belongs to header, foot or a metadata block, never to a provision.
    pub(super) furniture: bool,
    /// The source itself cut an article here.
    pub(super) cut: Option<Box<Cut>>,
}

/// An article that came already cut.
#[derive(Clone, Debug, Default)]
pub(super) struct Cut {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) extra: Map<String, Value>,
}

impl Line {
    pub(super) fn new(text: impl Into<String>, page: Option<u32>) -> Line {
        Line {
            text: text.into(),
            page,
            ..Line::default()
        }
    }

    /// The same place of the source with other words.
    pub(super) fn with_text(&self, text: impl Into<String>) -> Line {
        Line {
            text: text.into(),
            page: self.page,
            lang: self.lang.clone(),
            apart: self.apart,
            ..Line::default()
        }
    }

    /// What a block made of it keeps beside its words: `lang`.
    pub(super) fn extra(&self) -> Map<String, Value> {
        let lang = self.lang.clone();
        lang.map(|lang| ("lang".to_string(), Value::String(lang)))
            .into_iter()
            .collect()
    }

    pub(super) fn is_table(&self) -> bool {
        !self.rows.is_empty()
    }
}

fn needs_cleaning(c: char) -> bool {
    c != ' ' && (c.is_whitespace() || c.is_control()) || is_invisible(c)
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{feff}' | '\u{200e}' | '\u{200f}')
}

/// NFC, one space between words, nothing invisible.
pub(super) fn clean(text: &str) -> String {
    let plain = is_nfc_quick(text.chars()) == IsNormalized::Yes;
    if plain && !text.chars().any(needs_cleaning) && !text.contains("  ") {
        return text.trim().to_string();
    }
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.nfc() {
        if is_invisible(c) {
            continue;
        }
        if c.is_whitespace() || c.is_control() {
            gap = true;
            continue;
        }
        if gap && !out.is_empty() {
            out.push(' ');
        }
        gap = false;
        out.push(c);
    }
    out
}

/// Adds the lines of `text`; a tab between words is a cell border and is kept as one.
pub(super) fn split_into(out: &mut Vec<Line>, text: &str, page: Option<u32>, hint: Option<&str>) {
    let mut apart = false;
    for raw in text.split(['\n', '\r', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}']) {
        let cells: Vec<String> = raw
            .split('\t')
            .map(clean)
            .filter(|cell| !cell.is_empty())
            .collect();
        if cells.is_empty() {
            apart = true;
            continue;
        }
        out.push(Line {
            apart,
            hint: hint.map(str::to_string),
            ..Line::new(cells.join("\t"), page)
        });
        apart = false;
    }
}

/// The lines of these pieces, in order, without joining anything.
pub(super) fn lines_of(pieces: &[Piece]) -> Vec<Line> {
    let mut out = Vec::new();
    let mut apart = false;
    for piece in pieces {
        let first = out.len();
        match piece {
            Piece::Line {
                text,
                page,
                hint,
                lang,
            } => {
                split_into(&mut out, text, *page, hint.as_deref());
                for line in &mut out[first..] {
                    line.lang.clone_from(lang);
                }
            }
            Piece::Table { rows, page } => {
                let rows: Vec<Vec<String>> = rows
                    .iter()
                    .map(|row| row.iter().map(|cell| clean(cell)).collect())
                    .collect();
                if rows.iter().flatten().any(|cell: &String| !cell.is_empty()) {
                    out.push(Line {
                        rows,
                        ..Line::new("", *page)
                    });
                }
            }
        }
        match out.get_mut(first) {
            Some(line) => {
                line.apart |= apart;
                apart = false;
            }
            None => apart = true,
        }
    }
    out
}

/// Lower case, no accents, đ as d: for comparing words with lists of words.
pub(super) fn fold(text: &str) -> String {
    text.nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'đ' { 'd' } else { c })
        .collect()
}

/// Whether the text has more than `letters` letters, counted only where its bytes leave a doubt.
pub(super) fn longer_than(text: &str, letters: usize) -> bool {
    text.len() > letters && (text.len() > 4 * letters || text.chars().nth(letters).is_some())
}

/// Where folded words stand in a text, as byte positions.
pub(super) fn find_folded(text: &str, folded: &str) -> Option<std::ops::Range<usize>> {
    let wanted: Vec<char> = folded.chars().collect();
    let places: Vec<(usize, char)> = text
        .char_indices()
        .map(|(i, c)| {
            (
                i,
                fold(c.encode_utf8(&mut [0; 4])).chars().next().unwrap_or(c),
            )
        })
        .collect();
    let at = places
        .windows(wanted.len().max(1))
        .position(|window| window.iter().map(|(_, c)| c).eq(&wanted))?;
    let end = places
        .get(at + wanted.len())
        .map_or(text.len(), |(i, _)| *i);
    Some(places[at].0..end)
}

/// At least two letters, and none of them small.
pub(super) fn is_caps(text: &str) -> bool {
    let mut letters = 0;
    for c in text.chars() {
        if c.is_lowercase() {
            return false;
        }
        letters += usize::from(c.is_uppercase());
    }
    letters >= 2
}

/// Nearly all capitals: `QUY CHẾ (sửa đổi)` is not, `ĐIỀU LỆ HỘI ĐịA CHẤT` is.
pub(super) fn is_mostly_caps(text: &str) -> bool {
    let (mut upper, mut lower) = (0, 0);
    for c in text.chars() {
        if c.is_lowercase() {
            lower += 1;
            // Body text shows itself at once; no heading begins with so many small letters.
            if lower >= 8 && lower > upper {
                return false;
            }
        } else if c.is_uppercase() {
            upper += 1;
        }
    }
    upper >= 2 && lower * 8 <= upper
}

/// Whether the line ends what it says (closing quotes and brackets looked through).
pub(super) fn ends_sentence(text: &str) -> bool {
    let trimmed = text.trim_end_matches(['”', '"', '»', '’', ')', ']', ' ']);
    match trimmed.chars().next_back() {
        Some(c) => matches!(c, '.' | ';' | ':' | '!' | '?' | '…' | '/'),
        None => true,
    }
}

/// Whether it opens with a quotation mark.
pub(super) fn opens_with_quote(text: &str) -> bool {
    text.starts_with(['“', '"', '«', '„'])
}

/// The text without quotation marks in front.
pub(super) fn unquoted(text: &str) -> &str {
    text.trim_start_matches(['“', '"', '«', '„', '”', ' ', '‘'])
}

/// What the line does to an open quotation: more marks opened than closed, or the reverse.
/// Straight marks open before a word and close after one.
pub(super) fn quote_balance(text: &str) -> i32 {
    if !text.contains(['"', '“', '”', '«', '»', '„']) {
        return 0;
    }
    let mut balance = 0;
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '“' | '«' | '„' => balance += 1,
            '”' | '»' => balance -= 1,
            '"' => {
                let opens = before.is_whitespace() || matches!(before, '(' | '[' | ':');
                let word_follows = chars.peek().is_some_and(|next| next.is_alphanumeric());
                balance += if opens && word_follows { 1 } else { -1 };
            }
            _ => {}
        }
        before = c;
    }
    balance
}

/// A line of dashes, underscores, stars or dots, which only draws.
pub(super) fn is_rule(text: &str) -> bool {
    !text.is_empty() && !text.chars().any(char::is_alphanumeric)
}

/// Joins the soft wraps inside sentences. A line goes on where it opens no item and the one before
/// it ends no sentence: surely so when it starts with a small letter, and only right below a long
/// unmarked line otherwise, because headings end no sentence either.
pub(super) fn join_wraps(lines: Vec<Line>) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::with_capacity(lines.len());
    for line in lines {
        if let Some(last) = out.last_mut()
            && goes_on(last, &line)
        {
            last.text.push(' ');
            last.text.push_str(&line.text);
            continue;
        }
        out.push(line);
    }
    out
}

fn goes_on(last: &Line, line: &Line) -> bool {
    if last.furniture || line.furniture || last.lang != line.lang {
        return false;
    }
    if last.is_table() || line.is_table() || line.cut.is_some() || line.text.is_empty() {
        return false;
    }
    if last.cut.as_ref().is_some_and(|cut| cut.title.is_empty()) {
        return false;
    }
    if line.text.contains('\t') || last.text.contains('\t') || line.hint.is_some() {
        return false;
    }
    if ends_sentence(&last.text) || is_mostly_caps(&last.text) || is_rule(&last.text) {
        return false;
    }
    let long = longer_than(&last.text, 50);
    let Some(first) = line.text.chars().next() else {
        return false;
    };
    if first.is_lowercase() {
        let cells = !long && line.apart && !longer_than(&line.text, 25);
        let item = super::marker::opens_item(&last.text);
        return !super::marker::opens_item(&line.text) && (item || !cells);
    }
    let unmarked = |text: &str| !super::marker::opens_item(text);
    !line.apart
        && long
        && unmarked(&last.text)
        && unmarked(&line.text)
        && !is_mostly_caps(&line.text)
        && !opens_with_quote(&line.text)
        && first.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(text: &str) -> Vec<String> {
        let mut lines = Vec::new();
        split_into(&mut lines, text, None, None);
        join_wraps(lines).into_iter().map(|l| l.text).collect()
    }

    #[test]
    fn a_sentence_broken_over_lines_is_one_line_again_and_items_stay_apart() {
        let text = "1. Cơ quan, tổ chức, cá nhân có liên quan đến việc quản\nlý nhà nước về đất đai.\na) Bộ;\nb) Sở";
        assert_eq!(
            joined(text),
            [
                "1. Cơ quan, tổ chức, cá nhân có liên quan đến việc quản lý nhà nước về đất đai.",
                "a) Bộ;",
                "b) Sở"
            ]
        );
    }

    #[test]
    fn a_heading_does_not_swallow_the_text_below_it() {
        let text = "Điều 5. Trách nhiệm của Ủy ban nhân dân tỉnh, thành phố trực thuộc Trung ương\nỦy ban nhân dân có trách nhiệm sau.";
        assert_eq!(joined(text).len(), 2);
    }

    #[test]
    fn quotation_marks_inside_a_line_balance_out() {
        assert_eq!(quote_balance("gọi là “Đề án” hoặc \"Kế hoạch\"."), 0);
        assert_eq!(quote_balance("“Điều 5. Gọi là “A” thì"), 1);
        assert_eq!(quote_balance("hết.\";"), -1);
    }
}
