//! Heads and feet out, pages joined.

use super::PdfPage;
use crate::words::nfc;
use shelf_law::grammar::Piece;
use std::collections::HashMap;

/// Lines at each end of a page among which heads and feet are looked for.
const ENDS: usize = 2;

/// Takes away lines that stand at the top or foot of at least a quarter of the pages, digits apart
/// (odd pages differ from even ones), and bare page numbers.
pub(super) fn drop_heads(pages: &mut [PdfPage]) {
    let mut seen: HashMap<(bool, String), usize> = HashMap::new();
    for page in pages.iter() {
        for (top, index) in ends(&page.lines) {
            *seen.entry((top, mask(&page.lines[index]))).or_default() += 1;
        }
    }
    let least = (pages.len().div_ceil(4)).max(2);
    for page in pages.iter_mut() {
        let mut drop: Vec<usize> = Vec::new();
        for (top, index) in ends(&page.lines) {
            let line = &page.lines[index];
            let often = seen.get(&(top, mask(line))).copied().unwrap_or(0) >= least;
            if (often && !is_content(line)) || is_page_number(line) {
                drop.push(index);
            }
        }
        drop.sort_unstable();
        drop.dedup();
        for index in drop.into_iter().rev() {
            page.lines.remove(index);
        }
    }
}

/// The first and last lines that hold anything; `true` for the top.
fn ends(lines: &[String]) -> Vec<(bool, usize)> {
    let filled: Vec<usize> = (0..lines.len())
        .filter(|index| !lines[*index].trim().is_empty())
        .collect();
    let top = filled.iter().take(ENDS).map(|index| (true, *index));
    let foot = filled.iter().rev().take(ENDS).map(|index| (false, *index));
    top.chain(foot).collect()
}

/// The line with every run of digits as one sign.
fn mask(line: &str) -> String {
    let mut out = String::new();
    for c in line.chars() {
        match c {
            c if c.is_ascii_digit() => {
                if !out.ends_with('0') {
                    out.push('0');
                }
            }
            c if c.is_whitespace() => {}
            c => out.push(c),
        }
    }
    out
}

/// Lines that repeat because the text does: `Điều 5.`, `a)`, `1.`.
fn is_content(line: &str) -> bool {
    let line = line.trim();
    line.starts_with("Điều ") || line.ends_with([';', ':'])
}

/// `12`, `- 12 -`, `Trang 12`, `12/40`.
fn is_page_number(line: &str) -> bool {
    let line = line.trim().trim_matches(['-', '–', '—', '|', ' ', '.']);
    let line = line.strip_prefix("Trang ").unwrap_or(line);
    let digits = line.chars().filter(char::is_ascii_digit).count();
    (1..=8).contains(&digits)
        && digits <= 4 * line.split(['/', ' ']).count()
        && line
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '/' | ' '))
}

/// Adds the lines of a page. Where the page before it stopped inside a sentence nothing stands
/// between, so that the sentence goes on.
pub(super) fn add_page(pieces: &mut Vec<Piece>, lines: &[String], page: u32) {
    let is_blank = |line: &String| line.trim().is_empty();
    let from = lines.iter().position(|line| !is_blank(line));
    let to = lines.iter().rposition(|line| !is_blank(line));
    let (Some(from), Some(to)) = (from, to) else {
        return;
    };
    let whole = match pieces.last() {
        Some(Piece::Line { text, .. }) => {
            let end = text.trim_end().chars().next_back();
            end.is_none_or(|c| matches!(c, '.' | ';' | ':' | '!' | '?' | '/' | '”' | '"'))
        }
        _ => false,
    };
    let mut push = |text: String| {
        pieces.push(Piece::Line {
            text,
            page: Some(page),
            hint: None,
            lang: None,
        });
    };
    if whole {
        push(String::new());
    }
    for line in &lines[from..=to] {
        push(nfc(line.trim().to_string()));
    }
}
