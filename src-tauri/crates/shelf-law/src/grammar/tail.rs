//! Metadata blocks that sites put below or above a text: `HIỆU LỰC VĂN BẢN` with its nine fields,
//! and the field list of the national database.

use super::line::{Line, fold, longer_than};
use crate::{Date, Field, FieldName, Fields, ValidityState};
use std::ops::Range;

/// A block of fields and the lines that it takes.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Tail {
    pub(super) lines: Range<usize>,
    pub(super) fields: Fields,
}

/// Labels, as folded words, longest first where one begins another.
const LABELS: [(&str, FieldName); 26] = [
    ("so hieu van ban", FieldName::Number),
    ("so ky hieu", FieldName::Number),
    ("so/ky hieu", FieldName::Number),
    ("so hieu", FieldName::Number),
    ("loai van ban", FieldName::Kind),
    ("ngay ban hanh", FieldName::Issued),
    ("noi ban hanh", FieldName::Issuer),
    ("co quan ban hanh/ chuc danh/ nguoi ky", FieldName::Issuer),
    ("co quan ban hanh", FieldName::Issuer),
    ("nguoi ky", FieldName::Signer),
    ("chuc danh", FieldName::SignerTitle),
    ("ngay cong bao", FieldName::GazetteDate),
    ("ngay dang cong bao", FieldName::GazetteDate),
    ("so cong bao", FieldName::GazetteNumber),
    ("ngay hieu luc", FieldName::Effective),
    ("ngay co hieu luc", FieldName::Effective),
    ("ngay het hieu luc", FieldName::Expires),
    ("tinh trang hieu luc", FieldName::Status),
    ("tinh trang", FieldName::Status),
    ("hieu luc", FieldName::Status),
    ("linh vuc", FieldName::Topic),
    ("linh vuc, nganh", FieldName::Topic),
    ("nganh", FieldName::Topic),
    ("trich yeu", FieldName::Title),
    ("ten van ban", FieldName::Title),
    ("ngay cap nhat", FieldName::StatusAsOf),
];

/// The heading of the block that a text site puts below a text.
const HEADING: &str = "hieu luc van ban";
/// A block without that heading stands near the beginning or the end of the source.
const NEAR: usize = 60;
/// Fewer fields in a row are no block.
const FEWEST: usize = 3;
/// Other lines that may stand between two fields of a block.
const BETWEEN: usize = 2;

/// The last block of fields in the lines, with the heading and title line above it.
pub(super) fn find(lines: &[Line]) -> Option<Tail> {
    let heading = lines
        .iter()
        .rposition(|line| line.text.len() < 40 && fold(line.text.trim_end_matches(':')) == HEADING);
    if let Some(at) = heading
        && let Some((first, _, mut fields)) = block(lines, at + 1)
    {
        let title = lines[at + 1..first]
            .iter()
            .map(|line| line.text.as_str())
            .collect::<Vec<_>>()
            .join(" ");
        if !title.is_empty() && !fields.0.contains_key(&FieldName::Title) {
            fields.set(FieldName::Title, Field::plain(title));
        }
        return Some(Tail {
            lines: at..lines.len(),
            fields,
        });
    }
    let near = |at: &usize| *at < NEAR || at + NEAR >= lines.len();
    (0..lines.len()).filter(near).find_map(|at| {
        labelled(lines, at)?;
        let (first, end, fields) = block(lines, at)?;
        let tells = fields.0.contains_key(&FieldName::Status)
            || fields.0.contains_key(&FieldName::Number)
                && fields.0.contains_key(&FieldName::Issued);
        tells.then_some(Tail {
            lines: first..end,
            fields,
        })
    })
}

/// The run of fields at or soon after `from`: first line, line after the last, and fields.
fn block(lines: &[Line], from: usize) -> Option<(usize, usize, Fields)> {
    let mut fields = Fields::default();
    let mut first = None;
    let mut end = from;
    let mut at = from;
    while at < lines.len() && at <= end + if first.is_some() { BETWEEN } else { 3 } {
        let Some((name, value, taken)) = labelled(lines, at) else {
            at += 1;
            continue;
        };
        first.get_or_insert(at);
        at += taken;
        end = at;
        if !fields.0.contains_key(&name) {
            fields.set(name, field(name, &value));
        }
    }
    (fields.0.len() >= FEWEST).then_some((first?, end, fields))
}

/// A field at this line: its name, its words, and how many lines it takes. The label may be glued to
/// the value, or stand alone above it.
fn labelled(lines: &[Line], at: usize) -> Option<(FieldName, String, usize)> {
    let text = lines[at]
        .text
        .trim_start_matches(['•', '-', '*', '+', '·', '●', ' ']);
    if lines[at].cut.is_some() || longer_than(text, 400) || !text.starts_with(char::is_uppercase) {
        return None;
    }
    let head: String = text.chars().take(40).collect();
    let folded = fold(&head);
    let (label, name) = LABELS
        .iter()
        .filter(|(label, _)| folded.starts_with(label))
        .max_by_key(|(label, _)| label.len())?;
    // Folding keeps the number of letters, so the label is as long as its words.
    let cut = text
        .char_indices()
        .nth(label.chars().count())
        .map_or(text.len(), |(i, _)| i);
    let after = &text[cut..];
    let value = after.trim_start_matches([':', '\t', ' ', '|']).trim();
    let marked = after.trim_start().starts_with([':', '\t', '|']) || after.starts_with('\t');
    let glued = after.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '-');
    if !value.is_empty() {
        return (marked || glued).then(|| (*name, value.to_string(), 1));
    }
    let next = lines.get(at + 1).filter(|line| !line.is_table())?;
    let own = !longer_than(&next.text, 200) && labelled(&lines[at + 1..], 0).is_none();
    own.then(|| (*name, next.text.clone(), 2))
}

/// A field from the words of a source: dates as ISO, states as codes, "Đang cập nhật" as no value.
pub(super) fn field(name: FieldName, raw: &str) -> Field {
    let raw = raw.trim();
    let unstated = matches!(
        fold(raw).as_str(),
        "dang cap nhat" | "da biet" | "khong xac dinh" | "" | "khong" | "chua biet"
    ) || super::line::is_rule(raw);
    match name {
        FieldName::Status => {
            let state = ValidityState::from_wording(raw).unwrap_or_default();
            Field::read(state.code(), raw)
        }
        _ if unstated => Field::unstated(raw),
        FieldName::Issued
        | FieldName::Effective
        | FieldName::Expires
        | FieldName::GazetteDate
        | FieldName::StatusAsOf => match Date::parse_any(raw) {
            Ok(day) => Field::read(day.to_string(), raw),
            Err(_) => Field::unstated(raw),
        },
        _ => Field::plain(raw),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::line::split_into;

    fn read(text: &str) -> Option<Tail> {
        let mut lines = Vec::new();
        split_into(&mut lines, text, None, None);
        find(&lines)
    }

    #[test]
    fn labels_glued_to_their_values_are_told_apart() {
        let tail = read(
            "Quyết định số 432/1998/QĐ-BGTVT\n\nSố hiệu432/1998/QĐ-BGTVT\nLoại văn bảnQuyết định\n\n\
            NgànhGiao thông Vận tải\nNgày ban hành20/03/1998\n\nTình trạng hiệu lựcHết hiệu lực toàn bộ\n\n\
            Ngày hết hiệu lực--\n\nCơ quan ban hànhBộ Giao thông vận tải\n\nChức danhBộ trưởng\nNgười kýLê Ngọc Hoàn",
        )
        .unwrap();
        assert_eq!(tail.lines, 1..10);
        assert_eq!(
            tail.fields.value(FieldName::Number),
            Some("432/1998/QĐ-BGTVT")
        );
        assert_eq!(tail.fields.value(FieldName::Issued), Some("1998-03-20"));
        assert_eq!(tail.fields.value(FieldName::Status), Some("expired"));
        assert_eq!(tail.fields.value(FieldName::Expires), None);
        assert_eq!(tail.fields.raw(FieldName::Expires), Some("--"));
        assert_eq!(tail.fields.value(FieldName::Signer), Some("Lê Ngọc Hoàn"));
    }

    #[test]
    fn a_field_named_in_passing_is_no_block() {
        assert_eq!(
            read("1. Lĩnh vực: đất đai\nNgày ban hành: 01/02/2020\nxin chào"),
            None
        );
    }
}
