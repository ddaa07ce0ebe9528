//! Takes apart what the columns and soft breaks of a header ran together.

use super::basis::is_basis;
use super::header::{LONGEST, MOTTO, MOTTO_SECOND, PARTY, number_line};
use super::line::{Line, find_folded, fold, is_mostly_caps};
use super::marker;

/// Takes apart what columns and soft breaks ran together in the first lines of a source: cells,
/// the motto, drawn rules, number beside day, one Căn cứ after another.
pub(super) fn untangle(lines: Vec<Line>) -> Vec<Line> {
    let body = lines
        .iter()
        .take(LONGEST)
        .position(opens_body)
        .unwrap_or(lines.len().min(LONGEST));
    let mut out: Vec<Line> = Vec::with_capacity(lines.len() + 8);
    for (i, line) in lines.into_iter().enumerate() {
        if i >= body || line.is_table() || line.cut.is_some() {
            out.push(line);
            continue;
        }
        // "Hà Nội, ngày" and the day below it.
        if let Some(last) = out.last_mut()
            && last.text.ends_with("ngày")
            && line.text.starts_with(|c: char| c.is_ascii_digit())
            && line.text.contains("tháng")
        {
            last.text.push(' ');
            last.text.push_str(&line.text);
            continue;
        }
        let mut apart = line.apart;
        for part in pieces(&line.text) {
            let mut piece = line.with_text(part);
            piece.hint.clone_from(&line.hint);
            piece.apart = apart;
            apart = true;
            out.push(piece);
        }
    }
    out
}

pub(super) fn opens_body(line: &Line) -> bool {
    line.cut.is_some()
        || marker::article(&line.text).is_some()
        || marker::upper(&line.text).is_some()
        || marker::roman_item(&line.text).is_some_and(|(n, ..)| n == 1)
}

fn pieces(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for cell in text.split('\t') {
        for stretch in without_rules(cell) {
            let mut rest = stretch.as_str();
            for motto in [MOTTO, MOTTO_SECOND, PARTY] {
                if rest.len() < 400
                    && let Some(range) = find_folded(rest, motto)
                    && !fold(&rest[..range.start]).trim_end().ends_with("nuoc")
                    && is_mostly_caps(&rest[range.clone()]) | (motto == MOTTO_SECOND)
                {
                    push(&mut out, &rest[..range.start]);
                    push(&mut out, &rest[range.clone()]);
                    rest = &rest[range.end..];
                }
            }
            split_bases(rest, &mut out);
        }
    }
    out
}

fn push(out: &mut Vec<String>, text: &str) {
    let text = text.trim();
    if !text.is_empty() {
        out.push(text.to_string());
    }
}

/// The stretches between drawn rules (three dashes or more).
fn without_rules(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut words: Vec<&str> = Vec::new();
    for word in text.split(' ') {
        let drawn = word.len() >= 3
            && word
                .chars()
                .all(|c| matches!(c, '-' | '_' | '=' | '*' | '–'));
        if drawn {
            push(&mut out, &words.join(" "));
            words.clear();
        } else {
            words.push(word);
        }
    }
    push(&mut out, &words.join(" "));
    out
}

/// `Căn cứ A; Căn cứ B; Theo đề nghị của C;` as lines of their own; a number and the day beside it too.
fn split_bases(text: &str, out: &mut Vec<String>) {
    if number_line(text).is_some()
        && let Some(at) = text.find(", ngày")
        && let Some((_, end)) = number_line(text)
        && end < at
    {
        push(out, &text[..end]);
        push(out, &text[end..]);
        return;
    }
    // "TỔNG CỤC THUẾ Số: 5184/TCT-TVQT".
    if is_mostly_caps(text)
        && let Some(at) = [" Số:", " Số ", " SỐ:"]
            .iter()
            .find_map(|word| text.find(word))
        && number_line(text[at..].trim_start()).is_some()
    {
        push(out, &text[..at]);
        push(out, &text[at..]);
        return;
    }
    let mut rest = text;
    while is_basis(rest) {
        let next = [
            "; Căn cứ ",
            "; Theo đề nghị",
            "; Xét đề nghị",
            ", Căn cứ ",
            ". Căn cứ ",
        ]
        .iter()
        .filter_map(|mark| rest.find(mark))
        .min();
        let Some(at) = next else {
            break;
        };
        push(out, &rest[..at + 1]);
        rest = rest[at + 1..].trim_start();
    }
    push(out, rest);
}
