//! The foot of an act: Nơi nhận, authority (TM., KT., TL., TUQ.), title and name of the signer.

use super::line::{Line, fold, is_mostly_caps, is_rule, longer_than};
use super::readable::readable_body;
use crate::{Field, FieldName, Fields};

const AUTHORITY: [&str; 12] = [
    "TM.", "T.M", "T/M", "KT.", "K.T", "K/T", "TL.", "T/L", "TUQ.", "TUQ ", "Q. ", "TM ",
];

/// Titles in which people sign.
const TITLES: [&str; 34] = [
    "chu tich",
    "pho chu tich",
    "bo truong",
    "thu truong",
    "thu tuong",
    "pho thu tuong",
    "giam doc",
    "pho giam doc",
    "cuc truong",
    "pho cuc truong",
    "tong cuc truong",
    "pho tong cuc truong",
    "chanh an",
    "pho chanh an",
    "vien truong",
    "pho vien truong",
    "tong kiem toan",
    "thong doc",
    "pho thong doc",
    "tong giam doc",
    "pho tong giam doc",
    "truong ban",
    "pho truong ban",
    "chanh van phong",
    "pho chanh van phong",
    "truong phong",
    "vu truong",
    "pho vu truong",
    "chu nhiem",
    "pho chu nhiem",
    "tong thanh tra",
    "bi thu",
    "pho bi thu",
    "tong bi thu",
];

/// Family names that most people have, Jrai and Bahnar ones included.
const FAMILIES: [&str; 56] = [
    "nguyen", "tran", "le", "pham", "hoang", "huynh", "phan", "vu", "vo", "dang", "bui", "do",
    "ho", "ngo", "duong", "ly", "dao", "dinh", "trinh", "mai", "truong", "lam", "ha", "cao",
    "luong", "to", "ta", "thai", "chu", "quach", "doan", "luu", "ton", "la", "phung", "kieu",
    "trieu", "nong", "ma", "lo", "quang", "cam", "be", "hua", "dam", "chau", "thach", "ksor",
    "siu", "rah", "rcom", "kpa", "nay", "rmah", "ro", "y",
];

/// How many lines below a title the name may stand.
const NAME_WITHIN: usize = 5;

fn is_title(text: &str) -> bool {
    let folded = fold(text);
    TITLES.iter().any(|title| {
        folded
            .strip_prefix(title)
            .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    })
}

fn is_authority(text: &str) -> bool {
    text.starts_with(['T', 'K', 'Q'])
        && AUTHORITY.iter().any(|word| {
            text.strip_prefix(word).is_some_and(|rest| {
                rest.trim_start_matches([' ', '.'])
                    .starts_with(char::is_uppercase)
            })
        })
        && !longer_than(text, 150)
}

fn is_recipients(text: &str) -> bool {
    if !text.starts_with(['N', 'n']) {
        return false;
    }
    let head: String = text.chars().take(12).collect();
    let folded = fold(&head);
    [
        "noi nhan:",
        "noi nhan :",
        "noi nhan",
        "noi gui:",
        "kinh gui:",
    ]
    .iter()
    .take(4)
    .any(|word| folded.trim_end() == *word || (folded.starts_with(word) && word.ends_with(':')))
}

/// `Luật này được Quốc hội … thông qua ngày …`.
fn was_passed(text: &str) -> bool {
    if !text.starts_with(['L', 'B', 'N', 'P', 'H']) || !text.contains("thông qua") {
        return false;
    }
    let folded = fold(&text.chars().take(60).collect::<String>());
    [
        "luat nay",
        "bo luat nay",
        "nghi quyet nay",
        "phap lenh nay",
        "hien phap nay",
    ]
    .iter()
    .filter_map(|word| folded.strip_prefix(word))
    .map(|rest| rest.trim_start().trim_start_matches("da "))
    .any(|rest| {
        [
            "duoc quoc hoi",
            "duoc uy ban thuong vu",
            "duoc hoi dong nhan dan",
        ]
        .iter()
        .any(|body| rest.starts_with(body))
    })
}

/// A person's name: two to six capitalised words without digits; a degree or rank before it counts.
pub(super) fn person(text: &str) -> Option<&str> {
    let text = text.trim().trim_end_matches(['.', ',']);
    let name = match text.rsplit_once(". ") {
        Some((degree, name)) if degree.chars().count() <= 20 => name,
        _ => text,
    };
    let mut words = 0;
    for word in name.split(' ') {
        let mut chars = word.chars();
        if !chars.next().is_some_and(char::is_uppercase)
            || !chars.all(|c| c.is_alphabetic() || c == '\'' || c == '-')
        {
            return None;
        }
        words += 1;
    }
    let fits = (2..=6).contains(&words) && name.chars().count() <= 40;
    // Capitals may be any heading; only a family name makes them a person's.
    let family = fold(name.split(' ').next().unwrap_or(""));
    if is_mostly_caps(name) && !FAMILIES.contains(&family.as_str()) {
        return None;
    }
    let other = is_title(name) || is_authority(name) || fold(name).starts_with("noi nhan");
    (fits && !other).then_some(name)
}

/// Whether a foot opens at this line: Nơi nhận, an authority, or a title with a name below it.
pub(super) fn opens_foot(lines: &[Line], at: usize) -> bool {
    let text = lines[at].text.as_str();
    if lines[at].cut.is_some() || lines[at].is_table() {
        return false;
    }
    if is_recipients(text) || is_authority(text) || was_passed(text) {
        return true;
    }
    if !is_mostly_caps(text) || !is_title(text) || longer_than(text, 120) {
        return false;
    }
    lines[at + 1..lines.len().min(at + 1 + NAME_WITHIN)]
        .iter()
        .take_while(|line| line.cut.is_none() && !super::marker::opens_item(&line.text))
        .any(|line| person(&line.text).is_some() && !is_mostly_caps(&line.text))
}

/// Lines of a foot at most; a longer one is text.
const LONGEST_FOOT: usize = 120;

/// Where the foot that opens at `at` ends: after the recipients and the name; `None` where what
/// follows does not look like a foot.
pub(super) fn end_of(lines: &[Line], at: usize, limit: usize) -> Option<usize> {
    let mut end = at + 1;
    let mut named = false;
    for i in at..limit.min(at + LONGEST_FOOT) {
        let text = lines[i].text.as_str();
        let long = longer_than(text, 220);
        let listed = text.starts_with(['-', '–', '+', '•', '*']);
        if lines[i].furniture || lines[i].is_table() || lines[i].cut.is_some() {
            break;
        }
        if opens_foot(lines, i) {
            end = i + 1;
            named &= person(text).is_none() && !is_mostly_caps(text);
            continue;
        }
        let name = person(text).is_some() && !is_mostly_caps(text);
        let signs = is_mostly_caps(text) || text.starts_with('(') || is_rule(text);
        if listed || name || (signs && !named && !long) {
            named |= name;
            end = i + 1;
        } else if named || long {
            break;
        }
    }
    (named || end > at + 1 || limit - at <= 3).then_some(end)
}

/// Signer and title, from the lines of a foot.
pub(super) fn fields(lines: &[Line]) -> Fields {
    let mut fields = Fields::default();
    let start = lines
        .iter()
        .position(|line| is_authority(&line.text))
        .or_else(|| {
            (0..lines.len()).find(|&i| {
                is_title(&lines[i].text)
                    && is_mostly_caps(&lines[i].text)
                    && !is_recipients(&lines[i].text)
            })
        });
    let Some(start) = start else {
        return fields;
    };
    let mut titles: Vec<&str> = Vec::new();
    for line in &lines[start..lines.len().min(start + 12)] {
        let text = line.text.trim();
        if is_recipients(text) {
            break;
        }
        let signing = is_authority(text) || (is_mostly_caps(text) && is_title(text));
        if signing {
            titles.push(text);
        } else if let Some(name) = person(text) {
            if !titles.is_empty() {
                fields.set(FieldName::Signer, Field::read(name, text));
            }
            break;
        } else if is_mostly_caps(text) && titles.len() > 1 {
            break;
        }
    }
    if let Some(title) = titles.iter().rev().find_map(|text| signing_title(text)) {
        fields.set(
            FieldName::SignerTitle,
            Field::read(readable_body(&title), titles.join("\n")),
        );
    }
    fields
}

/// The title in which the person signs: `KT. BỘ TRƯỞNG THỨ TRƯỞNG` signs as THỨ TRƯỞNG.
fn signing_title(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    let authority = is_authority(text);
    let first = usize::from(authority);
    let mut best = None;
    for at in first..words.len() {
        // After KT. and TM. the first title is the one signed for.
        if authority && at == first {
            continue;
        }
        if is_title(&words[at..].join(" ")) {
            best = Some(words[at..].join(" "));
            break;
        }
    }
    best.or_else(|| (!authority).then(|| text.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::line::split_into;

    fn read(text: &str) -> (Option<String>, Option<String>) {
        let mut lines = Vec::new();
        split_into(&mut lines, text, None, None);
        let fields = fields(&lines);
        let value = |name| fields.value(name).map(str::to_string);
        (value(FieldName::Signer), value(FieldName::SignerTitle))
    }

    #[test]
    fn the_signer_and_the_title_are_read() {
        let got = read(
            "Nơi nhận:\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nHuỳnh Nữ Thu Hà",
        );
        assert_eq!(got.0.as_deref(), Some("Huỳnh Nữ Thu Hà"));
        assert_eq!(got.1.as_deref(), Some("Phó Chủ tịch"));
        let got = read("KT. BỘ TRƯỞNG THỨ TRƯỞNG\n(Đã ký)\nNguyễn Nhật");
        assert_eq!(got.0.as_deref(), Some("Nguyễn Nhật"));
        assert_eq!(got.1.as_deref(), Some("Thứ trưởng"));
        let got = read("TM. CHÍNH PHỦ THỦ TƯỚNG\nNguyễn Xuân Phúc");
        assert_eq!(got.1.as_deref(), Some("Thủ tướng"));
    }

    #[test]
    fn names_are_told_from_other_short_lines() {
        assert_eq!(person("PGS.TS. Nguyễn Thị Xuyên"), Some("Nguyễn Thị Xuyên"));
        assert_eq!(person("(Đã ký)"), None);
        assert_eq!(person("Nơi nhận"), None);
        assert_eq!(person("Như Điều 3;"), None);
    }
}
