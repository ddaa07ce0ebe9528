//! States of validity as people write them in lists: without marks, in capitals, abbreviated.

use shelf_law::ValidityState;
use shelf_law::fold::fold;

/// What is accepted for a state, as a person is told it.
pub(crate) const ACCEPTED: &str = "Chưa có hiệu lực, Còn hiệu lực, Hết hiệu lực một phần, Hết hiệu lực toàn bộ, \
Ngưng hiệu lực, Ngưng hiệu lực một phần, Không còn phù hợp, Chưa xác định";

/// Wordings of lists beside the names of the states and those that `shelf_law` knows of sources.
const MORE: &[(&str, ValidityState)] = &[
    ("có hiệu lực", ValidityState::InForce),
    ("đang hiệu lực", ValidityState::InForce),
    ("còn hiệu lực thi hành", ValidityState::InForce),
    ("đang có hiệu lực thi hành", ValidityState::InForce),
    ("chưa có hiệu lực thi hành", ValidityState::NotYet),
    ("chưa đến ngày có hiệu lực", ValidityState::NotYet),
    ("còn hiệu lực một phần", ValidityState::PartlyExpired),
    ("hết một phần hiệu lực", ValidityState::PartlyExpired),
    ("hết hiệu lực thi hành", ValidityState::Expired),
    ("đã hết hiệu lực", ValidityState::Expired),
    ("hết toàn bộ hiệu lực", ValidityState::Expired),
    (
        "tạm ngưng hiệu lực một phần",
        ValidityState::PartlySuspended,
    ),
    ("tạm ngưng hiệu lực toàn bộ", ValidityState::Suspended),
    ("không xác định", ValidityState::Unknown),
];

/// The wordings that `shelf_law` knows beside the states' own names.
const SOURCES: [&str; 8] = [
    "chưa hiệu lực",
    "đang có hiệu lực",
    "đang còn hiệu lực",
    "hết hiệu lực",
    "ngưng hiệu lực toàn bộ",
    "tạm ngưng hiệu lực",
    "đang cập nhật",
    "chưa xác định",
];

/// The state that a wording means, whatever its case, marks and punctuation; "HL" reads "hiệu lực"
/// and "1 phần" reads "một phần". Wordings that do not say a state ("bãi bỏ", "hết hạn") are not
/// guessed at.
pub(crate) fn state_of(wording: &str) -> Option<ValidityState> {
    if let Some(state) = ValidityState::from_wording(wording) {
        return Some(state);
    }
    let wording = plain(wording);
    let names = ValidityState::ALL
        .into_iter()
        .flat_map(|state| [(state.vietnamese(), state), (state.code(), state)]);
    let sources = SOURCES
        .into_iter()
        .filter_map(|known| Some((known, ValidityState::from_wording(known)?)));
    names
        .chain(sources)
        .chain(MORE.iter().copied())
        .find(|(known, _)| plain(known) == wording)
        .map(|(_, state)| state)
}

fn plain(wording: &str) -> String {
    let folded = fold(wording);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words
        .filter(|word| !word.is_empty())
        .map(|word| match word {
            "hl" => "hieu luc",
            "1" => "mot",
            word => word,
        })
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_read_in_capitals_without_marks_and_abbreviated() {
        use ValidityState::*;
        for (wording, state) in [
            ("Con hieu luc", InForce),
            ("CÒN HIỆU LỰC.", InForce),
            ("CON HL", InForce),
            ("in force", InForce),
            ("het hieu luc mot phan", PartlyExpired),
            ("Hết HL 1 phần", PartlyExpired),
            ("Hết hiệu lực (toàn bộ)", Expired),
            ("DA HET HIEU LUC", Expired),
            ("chua co hieu luc", NotYet),
            ("ngung hieu luc mot phan", PartlySuspended),
            ("Khong con phu hop", NoLongerSuitable),
            ("chua xac dinh", Unknown),
        ] {
            assert_eq!(state_of(wording), Some(state), "{wording}");
        }
        for wording in ["", "bãi bỏ", "hết hạn", "hiệu lực", "còn"] {
            assert_eq!(state_of(wording), None, "{wording}");
        }
    }

    #[test]
    fn what_a_person_is_told_is_accepted() {
        let told: Vec<_> = ACCEPTED.split(", ").map(state_of).collect();
        let all: Vec<_> = ValidityState::ALL.into_iter().map(Some).collect();
        assert_eq!(told, all);
        let docs = include_str!("../../../../docs/import.md");
        let table = docs.split("## States of validity").nth(1).unwrap();
        let table = table.split("\n## ").next().unwrap();
        for row in table.lines().filter(|line| line.contains("| `")) {
            let cells: Vec<&str> = row.split('|').map(str::trim).collect();
            let state = ValidityState::from_wording(cells[1]);
            assert!(state.is_some(), "{row}");
            let also = cells[3].split(", ").filter(|word| !word.is_empty());
            for wording in also.chain([cells[2].trim_matches('`')]) {
                assert_eq!(state_of(wording), state, "{wording}");
            }
        }
        for known in SOURCES {
            assert!(ValidityState::from_wording(known).is_some(), "{known}");
        }
        for (known, state) in MORE {
            assert_eq!(state_of(known), Some(*state));
        }
    }
}
