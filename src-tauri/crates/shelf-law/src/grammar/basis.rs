//! The acts on which an act says that it rests.

use super::line::longer_than;
use crate::{Reference, Relation, RelationKind};

const OPENERS: [&str; 6] = [
    "Căn cứ ",
    "CĂN CỨ ",
    "Căn cứ vào ",
    "Thực hiện ",
    "Thi hành ",
    "- Căn cứ ",
];

/// Kinds of act that carry a number.
const KINDS: [&str; 14] = [
    "Hiến pháp",
    "Bộ luật",
    "Bộ Luật",
    "Luật",
    "Pháp lệnh",
    "Nghị quyết",
    "Nghị định",
    "Lệnh",
    "Quyết định",
    "Thông tư liên tịch",
    "Thông tư",
    "Chỉ thị",
    "Kế hoạch",
    "Công văn",
];

/// Whether the line says on what the act rests.
pub(super) fn is_basis(text: &str) -> bool {
    OPENERS.iter().any(|opener| text.starts_with(opener))
}

/// The acts that the line rests on, each with its number; an act without one is left out, and of an
/// act named as amended by another only the act itself is taken.
pub(super) fn relations(text: &str) -> Vec<Relation> {
    if !is_basis(text) {
        return Vec::new();
    }
    text.split(';').filter_map(relation).collect()
}

fn relation(part: &str) -> Option<Relation> {
    let (at, kind) = KINDS
        .iter()
        .filter_map(|kind| part.find(kind).map(|at| (at, *kind)))
        .min_by_key(|(at, kind)| (*at, std::cmp::Reverse(kind.len())))?;
    let act = &part[at..];
    let (before, number) = number_in(act)?;
    // A second act between the kind and the number would make the number another's.
    let between = &act[kind.len()..before];
    if between.contains(" sửa đổi") && !between.starts_with(" sửa đổi") || between.len() > 300
    {
        return None;
    }
    let name = act[..before].trim_end();
    let title = if name.len() > kind.len() {
        name.to_string()
    } else {
        short(act)
    };
    Some(Relation {
        kind: RelationKind::Basis,
        from: None,
        to: Reference {
            number: Some(number),
            title: Some(title),
            ..Reference::default()
        },
        quote: Some(part.trim().trim_end_matches([',', '.']).to_string()),
    })
}

/// The act without its day and issuer where they lead on to its subject, at most 300 letters.
fn short(act: &str) -> String {
    act.trim()
        .trim_end_matches([',', '.', ';'])
        .chars()
        .take(300)
        .collect()
}

/// The first number after "số" that looks like an act's, and where "số" stands.
fn number_in(text: &str) -> Option<(usize, String)> {
    let mut from = 0;
    while let Some(at) = text[from..].find("số").map(|i| i + from) {
        let after = text[at + "số".len()..].trim_start_matches([' ', ':']);
        let end = after
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '/' | '-' | '.' | '&')))
            .unwrap_or(after.len());
        let token = after[..end].trim_end_matches(['.', '-', '/']);
        if is_number(token) {
            return Some((at, token.to_string()));
        }
        from = at + "số".len();
    }
    None
}

/// `82/2020/NĐ-CP`, `471/QĐ-TTg`, `18-L/CTN`.
pub(super) fn is_number(token: &str) -> bool {
    token.starts_with(|c: char| c.is_ascii_digit())
        && token.contains(['/', '-'])
        && token.chars().any(char::is_uppercase)
        && !longer_than(token, 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> Vec<(String, String)> {
        relations(text)
            .into_iter()
            .map(|r| (r.to.number.unwrap(), r.to.title.unwrap()))
            .collect()
    }

    #[test]
    fn the_acts_of_a_basis_line_are_read_with_their_numbers() {
        let got = numbers("Căn cứ Luật Tổ chức Chính phủ số 63/2025/QH15;");
        assert_eq!(
            got,
            [("63/2025/QH15".into(), "Luật Tổ chức Chính phủ".into())]
        );
        let got = numbers(
            "Căn cứ Luật Viên chức số 58/2010/QH12; Luật sửa đổi, bổ sung một số điều của Luật Viên chức số 52/2019/QH14;",
        );
        assert_eq!(got[0].0, "58/2010/QH12");
        assert_eq!(got[1].0, "52/2019/QH14");
        let got =
            numbers("Thực hiện Quyết định số 471/QĐ-TTg ngày 26/4/2019 của Thủ tướng Chính phủ");
        assert_eq!(got[0].0, "471/QĐ-TTg");
    }

    #[test]
    fn an_act_without_a_number_is_not_guessed() {
        assert!(numbers("Căn cứ Luật Đất đai ngày 29 tháng 11 năm 2013;").is_empty());
        assert!(numbers("Theo đề nghị của Giám đốc Sở Tư pháp số 5/TTr-STP;").is_empty());
    }
}
