//! PDF: the text layer of born-digital files, cleaned; scans are told as scans.

mod clean;
mod syllable;

use crate::draft::Draft;
use crate::{Options, Reason};
#[cfg(test)]
use shelf_law::grammar::Piece;
use std::path::Path;

/// What reads the pages of a PDF. The engine wires it to a reader in a process of its own.
pub trait PdfPages: Sync {
    /// The pages of the file, in order.
    ///
    /// # Errors
    /// Where the file as a whole cannot be read.
    fn pages(&self, path: &Path) -> Result<Vec<PdfPage>, PdfFailure>;
}

/// The words of one page.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct PdfPage {
    /// Its lines; a tab stands between cells that are side by side, an empty line where a paragraph
    /// ends.
    pub lines: Vec<String>,
    /// Share of the page that pictures cover, 0 to 1.
    pub image_share: f32,
    /// Share of the page's height that lines of words fill, 0 to 1.
    pub text_share: f32,
    /// Why the page could not be read.
    pub broken: Option<String>,
}

/// Why a PDF cannot be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PdfFailure {
    /// It asks for a password.
    Encrypted,
    /// It is damaged, or crashes the reader, or takes it too long.
    Damaged(String),
    /// There is no reader.
    Unavailable(String),
}

/// Small words on a page below which it is looked at as a scan.
const FEW_WORDS: usize = 15;
/// Share of a page that a picture covers on a scan.
const SCAN: f32 = 0.6;
/// Share of a page above which a picture may hold words that the text layer lacks …
const PICTURE: f32 = 0.2;
/// … where the lines fill less of it than this.
const PARTIAL: f32 = 0.35;
/// Share of the small words of a page that must be Vietnamese syllables; garbage of fonts without a
/// letter table and of old encodings stays far below.
const KNOWN: f32 = 0.75;

/// What a page turned out to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Verdict {
    Good,
    /// No words, or none that can be used.
    Empty,
    /// A picture without words.
    Scan,
    /// A picture with words on a small part of it.
    Partial,
    /// Words in letters that mean something else.
    Garbage,
    /// The reader failed on it.
    Broken,
}

pub(crate) fn read(path: &Path, options: &Options<'_>) -> Result<Draft, Reason> {
    let Some(reader) = options.pdf else {
        return Err(Reason::NoReader(
            "PDF files need libpdfium; run the set-up, or set SHELF_PDFIUM to its path".into(),
        ));
    };
    let pages = reader.pages(path).map_err(|failure| match failure {
        PdfFailure::Encrypted => Reason::Encrypted,
        PdfFailure::Damaged(what) => Reason::Damaged(what),
        PdfFailure::Unavailable(what) => Reason::NoReader(what),
    })?;
    Ok(of_pages(pages))
}

fn of_pages(mut pages: Vec<PdfPage>) -> Draft {
    let count = pages.len();
    clean::drop_heads(&mut pages);
    let verdicts: Vec<Verdict> = pages.iter().map(verdict).collect();
    let numbers = |wanted: &[Verdict]| -> Vec<usize> {
        let found = verdicts.iter().enumerate();
        found
            .filter(|(_, v)| wanted.contains(v))
            .map(|(i, _)| i + 1)
            .collect()
    };
    let usable = numbers(&[Verdict::Good, Verdict::Partial]).len();
    let mut draft = Draft::default();
    if usable == 0 {
        let words = match numbers(&[Verdict::Garbage]).len() {
            0 => "bản quét, chưa có chữ",
            _ => "lớp chữ hỏng, chưa có chữ dùng được",
        };
        draft.notes.push(words.into());
        draft.doubts.push(format!("{words} ({count} trang)"));
        return draft;
    }
    let mut tabbed = 0;
    for (index, page) in pages.iter().enumerate() {
        if !matches!(verdicts[index], Verdict::Good | Verdict::Partial) {
            continue;
        }
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        tabbed += page
            .lines
            .iter()
            .filter(|line| line.matches('\t').count() > 1)
            .count();
        clean::add_page(&mut draft.pieces, &page.lines, number);
    }
    let said = [
        (&[Verdict::Scan][..], "là bản quét, chưa có chữ"),
        (
            &[Verdict::Partial][..],
            "có thể thiếu chữ (một phần là ảnh)",
        ),
        (&[Verdict::Garbage][..], "có lớp chữ hỏng, không lấy"),
        (&[Verdict::Broken][..], "không đọc được"),
    ];
    for (verdicts, words) in said {
        let found = numbers(verdicts);
        if !found.is_empty() {
            let line = format!("trang {} {words}", ranges(&found));
            draft.notes.push(line.clone());
            draft.doubts.push(line);
        }
    }
    if tabbed >= 3 {
        draft.doubts.push("có bảng trong PDF, cần xem lại".into());
    }
    draft
}

fn verdict(page: &PdfPage) -> Verdict {
    if page.broken.is_some() {
        return Verdict::Broken;
    }
    let text = page.lines.join(" ");
    let (small, known) = syllable::count(&text);
    let partial = page.image_share >= PICTURE && page.text_share < PARTIAL;
    if small < FEW_WORDS {
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        let strange = text.chars().filter(|c| syllable::is_strange(*c)).count();
        let pictured = page.image_share >= SCAN || (partial && letters < FEW_WORDS);
        return match letters + strange {
            _ if pictured => Verdict::Scan,
            0 => Verdict::Empty,
            _ if strange * 5 > letters => Verdict::Garbage,
            _ if partial => Verdict::Partial,
            // A title page, a short table, a page of signatures has few letters.
            400.. => Verdict::Garbage,
            _ => Verdict::Good,
        };
    }
    if (known as f32) < KNOWN * small as f32 {
        return Verdict::Garbage;
    }
    match partial {
        true => Verdict::Partial,
        false => Verdict::Good,
    }
}

/// `1–3, 7`.
fn ranges(numbers: &[usize]) -> String {
    let mut out: Vec<(usize, usize)> = Vec::new();
    for number in numbers {
        match out.last_mut() {
            Some((_, end)) if *end + 1 == *number => *end = *number,
            _ => out.push((*number, *number)),
        }
    }
    let parts = out.iter().map(|(from, to)| match from == to {
        true => from.to_string(),
        false => format!("{from}–{to}"),
    });
    parts.collect::<Vec<_>>().join(", ")
}

/// The lines that hold words, each with its page.
#[cfg(test)]
fn words(pieces: &[Piece]) -> Vec<(String, Option<u32>)> {
    pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Line { text, page, .. } if !text.is_empty() => Some((text.clone(), *page)),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(lines: &[&str]) -> PdfPage {
        PdfPage {
            lines: lines.iter().map(|line| line.to_string()).collect(),
            text_share: 0.5,
            ..PdfPage::default()
        }
    }

    /// A page's own sentence.
    fn body(page: usize) -> String {
        let words = [
            "đất đai",
            "nhà ở",
            "hộ tịch",
            "giao thông",
            "lao động",
            "môi trường",
        ];
        let word = words[page % words.len()];
        format!("Nghị định này quy định chi tiết một số điều của luật về {word} và việc thi hành")
    }

    #[test]
    fn heads_and_feet_go_and_a_sentence_runs_on_over_the_page() {
        let pages = (1..=6)
            .map(|n| {
                let head = format!("CÔNG BÁO/Số 271 + 272/Ngày 12-05-2026\t{n}");
                let body = body(n);
                let rest = format!("áp dụng với {body}");
                page(&[&head, "", &body, &rest, &n.to_string()])
            })
            .collect();
        let pieces = of_pages(pages).pieces;
        assert_eq!(pieces.len(), 12, "nothing stands between the pages");
        let lines = words(&pieces);
        assert_eq!(lines[2].1, Some(2));
        assert!(lines.iter().all(|(line, _)| !line.contains("CÔNG BÁO")));
    }

    #[test]
    fn a_scan_is_told_and_its_stamp_is_not_its_text() {
        let scan = PdfPage {
            image_share: 0.95,
            ..page(&["CÔNG BÁO/Số 271/Ngày 12-05-2026 86"])
        };
        let draft = of_pages(vec![scan.clone(), scan]);
        assert!(draft.pieces.is_empty());
        assert_eq!(draft.notes, ["bản quét, chưa có chữ"]);
    }

    #[test]
    fn pages_that_are_scans_are_counted_beside_those_that_are_not() {
        let scan = PdfPage {
            image_share: 0.95,
            ..PdfPage::default()
        };
        let draft = of_pages(vec![page(&[&body(0), &body(1)]), scan.clone(), scan]);
        assert_eq!(words(&draft.pieces).len(), 2);
        assert_eq!(draft.doubts, ["trang 2–3 là bản quét, chưa có chữ"]);
    }

    #[test]
    fn letters_that_mean_something_else_are_not_taken_for_words() {
        let shifted = "qjk wkh vdx fkr elhw qkw jlx vdu wkx vhu qow pji tkw zkj qww hhk ttq wvv";
        let draft = of_pages(vec![page(&[
            "", shifted, "jlx vdu", shifted, "wkx", shifted,
        ])]);
        assert!(draft.pieces.is_empty());
        assert!(draft.notes[0].contains("hỏng"));
    }
}
