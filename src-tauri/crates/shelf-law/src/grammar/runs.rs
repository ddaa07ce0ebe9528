//! Items that soft breaks ran together in one line, and headings that ran into the text before them.

use super::line::{Line, fold};
use super::marker::{self, LETTERS};

/// Splits `a) …; b) …`, `1. …. 2. …`, `- …; - …` where each marker is the one that comes next.
pub(super) fn split(lines: Vec<Line>) -> Vec<Line> {
    let mut out = Vec::with_capacity(lines.len());
    for line in lines {
        if line.furniture || line.is_table() {
            out.push(line);
            continue;
        }
        let cuts = cuts(&line.text);
        if cuts.is_empty() {
            out.push(line);
            continue;
        }
        let mut from = 0;
        for cut in cuts.into_iter().chain([line.text.len()]) {
            let piece = line.text[from..cut].trim();
            if from == 0 {
                let mut first = line.clone();
                first.text = piece.to_string();
                out.push(first);
            } else {
                out.push(line.with_text(piece));
            }
            from = cut;
        }
    }
    out
}

/// Where in the line further items begin.
fn cuts(text: &str) -> Vec<usize> {
    let mut cuts = Vec::new();
    if fold(&text.chars().take(10).collect::<String>()).starts_with("noi nhan") {
        cut_dashes(text, ": - ", &mut cuts);
        cut_dashes(text, "; - ", &mut cuts);
        cuts.sort_unstable();
        return cuts;
    }
    if text.starts_with("- ") {
        cut_dashes(text, "; - ", &mut cuts);
        return cuts;
    }
    let mut from = 0;
    // "1. a) …": the first điểm on the line of its khoản.
    if let Some((_, _, rest)) = marker::clause(text)
        && marker::point(rest).is_some_and(|(letter, ..)| letter == 'a')
    {
        from = text.len() - rest.len();
        cuts.push(from);
    }
    if let Some((letter, None, _, _)) = marker::point(&text[from..]) {
        cut_letters(text, from, letter, &mut cuts);
    } else if let Some((number, ..)) = marker::clause(text)
        && number.letter == 0
    {
        cut_numbers(text, number.value, &mut cuts);
    }
    cuts
}

fn cut_dashes(text: &str, mark: &str, cuts: &mut Vec<usize>) {
    cuts.extend(text.match_indices(mark).map(|(at, _)| at + 2));
}

fn cut_letters(text: &str, mut from: usize, mut letter: char, cuts: &mut Vec<usize>) {
    loop {
        // Lists pass over f, j and w.
        let next = LETTERS
            .chars()
            .skip_while(|c| *c != letter)
            .skip(1)
            .take(2)
            .filter_map(|next| {
                ["; ", ". "]
                    .iter()
                    .filter_map(|end| text[from..].find(&format!("{end}{next}) ")))
                    .min()
                    .map(|at| (at + from + 2, next))
            })
            .next();
        let Some((at, next)) = next else {
            return;
        };
        cuts.push(at);
        (from, letter) = (at, next);
    }
}

fn cut_numbers(text: &str, mut number: u32, cuts: &mut Vec<usize>) {
    let mut from = 0;
    loop {
        number += 1;
        let mark = format!(". {number}. ");
        let Some(at) = text[from..].find(&mark).map(|at| at + from) else {
            return;
        };
        if !text[at + mark.len()..].starts_with(char::is_uppercase) {
            return;
        }
        cuts.push(at + 2);
        from = at + 2;
    }
}

/// Where in the line the heading of this Điều runs in: "… dưới nước. Điều 29. Trách nhiệm".
pub(super) fn article_inside(text: &str, number: u32) -> Option<usize> {
    ["Điều ", "ĐIỀU "].iter().find_map(|word| {
        let heading = format!("{word}{number}");
        text.match_indices(&heading).find_map(|(at, _)| {
            let before = text[..at].trim_end();
            let after = text[at + heading.len()..].trim_start();
            let after_mark = after.strip_prefix(['.', ':'])?.trim_start();
            let ends = before.ends_with(['.', ';', ':', '/', '”', '"'])
                || before
                    .chars()
                    .next_back()
                    .is_some_and(char::is_alphanumeric);
            let begins = after_mark
                .trim_start_matches(['-', '–', ' '])
                .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
            (at > 0 && ends && begins).then_some(at)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<String> {
        split(vec![Line::new(text, None)])
            .into_iter()
            .map(|line| line.text)
            .collect()
    }

    #[test]
    fn items_on_one_line_come_apart_in_their_order() {
        assert_eq!(
            pieces("a) Một; b) Hai; d) Bốn; đ) Năm"),
            ["a) Một;", "b) Hai;", "d) Bốn;", "đ) Năm"].map(String::from)
        );
        assert_eq!(
            pieces("1. Một. 2. Hai. 4. Bốn"),
            ["1. Một.", "2. Hai. 4. Bốn"]
        );
        assert_eq!(pieces("1. a) Một"), ["1.", "a) Một"]);
        assert_eq!(pieces("- Bộ; - Sở."), ["- Bộ;", "- Sở."]);
        assert_eq!(
            pieces("theo điểm a) khoản 1; b) thì"),
            ["theo điểm a) khoản 1; b) thì"]
        );
    }

    #[test]
    fn a_heading_inside_a_line_is_found_and_a_mention_is_not() {
        let text = "thuốc nổ dưới nước. Điều 29. Trách nhiệm của";
        assert_eq!(article_inside(text, 29), text.find("Điều"));
        assert_eq!(article_inside("quy định tại Điều 29 của Luật", 29), None);
    }
}
