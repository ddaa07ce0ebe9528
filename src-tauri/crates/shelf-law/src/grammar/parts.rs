//! The parts of a file: the act itself, what is "ban hành kèm theo", and appendices.

use super::line::{
    Line, fold, is_caps, is_mostly_caps, longer_than, opens_with_quote, quote_balance,
};
use super::marker;

/// What a part is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum PartKind {
    /// Ban hành kèm theo.
    Attachment,
    /// Phụ lục; its printed number, where it has one.
    Appendix(Option<String>),
    /// Mẫu số, inside an appendix where one is open.
    Form(Option<String>),
}

/// A part opens at this line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Opening {
    pub(super) line: usize,
    pub(super) kind: PartKind,
}

/// Kinds of text that are issued with a deciding act.
const ATTACHED: [&str; 30] = [
    "quy che",
    "quy dinh",
    "dieu le",
    "noi quy",
    "quy trinh",
    "chuong trinh",
    "de an",
    "ke hoach",
    "chien luoc",
    "huong dan",
    "danh muc",
    "quy chuan",
    "quy tac",
    "phuong an",
    "tieu chuan",
    "quy uoc",
    "bang gia",
    "ho so",
    "chuong",
    "quy hoach",
    "bo tieu chi",
    "tieu chi",
    "dinh muc",
    "muc thu",
    "bieu",
    "thoa thuan",
    "hiep dinh",
    "dieu khoan",
    "cong uoc",
    "nghi dinh thu",
];

/// How many lines a title of an attachment may take before its "(Ban hành kèm theo …)".
const TITLE_LINES: usize = 8;

/// The openings of attachments and appendices among the lines, in order.
pub(super) fn openings(lines: &[Line]) -> Vec<Opening> {
    let mut out: Vec<Opening> = Vec::new();
    let mut signed = false;
    let mut quoted = false;
    let mut taken_until = 0;
    for (i, line) in lines.iter().enumerate() {
        let text = line.text.as_str();
        let balance = quote_balance(text);
        if super::foot::opens_foot(lines, i) {
            signed = true;
            quoted = false;
        }
        let inside = quoted || opens_with_quote(text);
        if balance != 0 {
            quoted = balance > 0;
        }
        if inside || i < taken_until || line.cut.is_some() {
            continue;
        }
        let appended = out
            .iter()
            .any(|opening| opening.kind != PartKind::Attachment);
        let kind = appendix(text, signed).or_else(|| attachment(lines, i, signed, appended));
        if let Some(kind) = kind {
            if kind == PartKind::Attachment {
                signed = false;
            }
            taken_until = title_end(lines, i);
            out.push(Opening { line: i, kind });
        }
    }
    out
}

/// `PHỤ LỤC II`, `Phụ lục 1. …`, `Mẫu số 01`: in capitals anywhere, otherwise only after a signature.
fn appendix(text: &str, signed: bool) -> Option<PartKind> {
    if !text.starts_with(['P', 'M', 'B']) || longer_than(text, 250) {
        return None;
    }
    let words = ["PHỤ LỤC", "Phụ lục", "Phụ Lục"];
    let forms = [
        "MẪU SỐ",
        "Mẫu số",
        "Mẫu Số",
        "MẪU",
        "Mẫu",
        "BIỂU MẪU SỐ",
        "Biểu mẫu số",
        "BIỂU SỐ",
        "Biểu số",
        "Biểu mẫu",
        "BIỂU MẪU",
        "Phụ biểu",
        "PHỤ BIỂU",
    ];
    let (word, after) = words
        .iter()
        .chain(&forms)
        .find_map(|word| Some((*word, text.strip_prefix(word)?)))?;
    if after.starts_with(char::is_alphabetic) {
        return None;
    }
    let after = after.trim_start_matches([' ', ':']);
    let after = after
        .strip_prefix("SỐ")
        .or_else(|| after.strip_prefix("số"))
        .unwrap_or(after)
        .trim_start_matches([' ', ':']);
    let end = after
        .find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '/')))
        .unwrap_or(after.len());
    let token = &after[..end];
    let base = token.trim_end_matches(char::is_lowercase);
    let numbered = token.starts_with(|c: char| c.is_ascii_digit())
        || (token.len() <= 8 && marker::roman(base).is_some())
        || (token.chars().count() == 1 && is_mostly_caps(&format!("{token}A")));
    let rest = if numbered { &after[end..] } else { after };
    let rest = rest.trim_start_matches([' ', '.', ':', '-', '–', '—']);
    let caps = is_caps(word);
    let is_form = forms.contains(&word);
    if is_form && !numbered {
        return None;
    }
    if !(caps || signed && (numbered || rest.is_empty())) {
        return None;
    }
    let ends_open = !rest.trim_end().ends_with([';', ',', '.', ':']);
    let fits = rest.is_empty()
        || rest.starts_with('(')
        || is_mostly_caps(rest)
        || (signed && ends_open && rest.starts_with(char::is_uppercase));
    let number = numbered.then(|| token.to_string());
    match (fits, is_form) {
        (false, _) => None,
        (true, true) => Some(PartKind::Form(number)),
        (true, false) => Some(PartKind::Appendix(number)),
    }
}

/// `QUY CHẾ` alone in capitals, with `(Ban hành kèm theo …)` below it, or after a signature with a
/// first heading below it.
fn attachment(lines: &[Line], at: usize, signed: bool, appended: bool) -> Option<PartKind> {
    let text = lines[at].text.as_str();
    if !is_mostly_caps(text) || longer_than(text, 200) {
        return None;
    }
    let folded = fold(text);
    let named = ATTACHED.iter().any(|word| {
        folded
            .strip_prefix(word)
            .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    });
    if marker::upper(text).is_some() {
        return None;
    }
    let below = &lines[at + 1..lines.len().min(at + 1 + TITLE_LINES)];
    // Whatever it is called, a title of capitals with its act in brackets below it.
    if !named {
        let title = below
            .iter()
            .take_while(|line| is_mostly_caps(&line.text) && marker::upper(&line.text).is_none())
            .count();
        let bracket = below
            .get(title)
            .is_some_and(|line| names_its_act(&line.text));
        return (bracket && !appended).then_some(PartKind::Attachment);
    }
    for line in below {
        if names_its_act(&line.text) {
            return Some(PartKind::Attachment);
        }
        if line.cut.is_some() || marker::article(&line.text).is_some() {
            return signed.then_some(PartKind::Attachment);
        }
        let first = marker::upper(&line.text).is_some()
            || marker::roman_item(&line.text).is_some_and(|(n, ..)| n == 1);
        if first {
            return signed.then_some(PartKind::Attachment);
        }
    }
    None
}

/// `(Ban hành kèm theo Quyết định số …)`.
pub(super) fn names_its_act(text: &str) -> bool {
    let head: String = text.chars().take(60).collect();
    text.starts_with(['(', '[']) && fold(&head).contains("kem theo")
}

/// The line after the title that begins at `at`: capitals, the bracket that names the act, dashes.
pub(super) fn title_end(lines: &[Line], at: usize) -> usize {
    let mut end = at + 1;
    while let Some(line) = lines.get(end) {
        if end - at > TITLE_LINES || line.is_table() || line.cut.is_some() {
            break;
        }
        let text = line.text.as_str();
        if names_its_act(text) {
            return end + 1;
        }
        let title = is_mostly_caps(text)
            && marker::upper(text).is_none()
            && marker::article(text).is_none()
            && marker::roman_item(text).is_none()
            && appendix(text, true).is_none();
        if !title && !super::line::is_rule(text) {
            // A title in small letters counts only with its bracket below.
            let bracket = lines[end + 1..lines.len().min(end + 4)]
                .iter()
                .position(|below| names_its_act(&below.text));
            match bracket {
                Some(offset) if !super::marker::opens_item(text) && !longer_than(text, 300) => {
                    return end + 2 + offset;
                }
                _ => break,
            }
        }
        end += 1;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::line::split_into;

    fn found(text: &str) -> Vec<(usize, PartKind)> {
        let mut lines = Vec::new();
        split_into(&mut lines, text, None, None);
        openings(&lines)
            .into_iter()
            .map(|opening| (opening.line, opening.kind))
            .collect()
    }

    #[test]
    fn what_is_issued_with_an_act_and_its_appendices_are_found() {
        let text = "Điều 1. Ban hành Quy chế.\nNơi nhận:\n- Lưu: VT.\nCHỦ TỊCH\nTrần Văn An\n\
            QUY CHẾ\nTIẾP CÔNG DÂN\n(Ban hành kèm theo Quyết định số 1/QĐ-UBND)\nĐiều 1. Phạm vi\n\
            PHỤ LỤC II\nDANH MỤC";
        assert_eq!(
            found(text),
            [
                (5, PartKind::Attachment),
                (9, PartKind::Appendix(Some("II".into())))
            ]
        );
    }

    #[test]
    fn a_mention_of_an_appendix_in_the_text_opens_nothing() {
        assert_eq!(found("Điều 1. Kèm theo\nPhụ lục I: Danh mục thuốc;"), []);
        assert_eq!(
            found("Mẫu đơn theo quy định\nMẫu số 01 ban hành kèm theo Thông tư này."),
            []
        );
    }
}
