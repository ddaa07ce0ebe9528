//! Splitting text into folded syllables.

use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Calls `visit` with the byte range and the folded form of each syllable.
pub(crate) fn for_each_syllable(text: &str, mut visit: impl FnMut(Range<usize>, &str)) {
    let mut folded = String::new();
    let mut start = None;
    let flush = |start: &mut Option<usize>,
                     end: usize,
                     folded: &mut String,
                     visit: &mut dyn FnMut(Range<usize>, &str)| {
        if let Some(from) = start.take() {
            let bytes = folded.as_bytes();
            if bytes.len() == 2 && bytes[1] == b'y' && b"hklmst".contains(&bytes[0]) {
                folded.pop();
                folded.push('i');
            }
            if !folded.is_empty() {
                visit(from..end, folded);
            }
            folded.clear();
        }
    };
    for (at, c) in text.char_indices() {
        let c = look_alike(c);
        if c.is_alphanumeric() {
            start.get_or_insert(at);
            if c.is_ascii() {
                folded.push(c.to_ascii_lowercase());
            } else {
                for lower in c.to_lowercase() {
                    for part in std::iter::once(lower).nfd().filter(|p| !is_combining_mark(*p)) {
                        folded.push(if part == 'đ' { 'd' } else { part });
                    }
                }
            }
        } else if !is_combining_mark(c) {
            flush(&mut start, at, &mut folded, &mut visit);
        }
    }
    flush(&mut start, text.len(), &mut folded, &mut visit);
}

fn look_alike(c: char) -> char {
    match c {
        'А' => 'A',
        'В' => 'B',
        'С' => 'C',
        'Е' => 'E',
        'Н' => 'H',
        'К' => 'K',
        'М' => 'M',
        'О' => 'O',
        'Р' => 'P',
        'Т' => 'T',
        'Х' => 'X',
        'а' => 'a',
        'с' => 'c',
        'е' => 'e',
        'о' => 'o',
        'р' => 'p',
        'х' => 'x',
        'у' => 'y',
        'ƣ' => 'ư',
        'Ƣ' => 'Ư',
        other => other,
    }
}
