//! What a single line of a header is: a number, place and day, a kind, a body.

use super::line::{find_folded, fold, is_mostly_caps, longer_than};
use super::readable::readable;
use crate::{Date, Field};

/// The kinds of act, as a reader writes them.
const KINDS: [&str; 44] = [
    "Hiến pháp",
    "Bộ luật",
    "Luật",
    "Pháp lệnh",
    "Lệnh",
    "Nghị quyết liên tịch",
    "Nghị quyết",
    "Nghị định",
    "Quyết định",
    "Thông tư liên tịch",
    "Thông tư",
    "Chỉ thị",
    "Kế hoạch liên tịch",
    "Kế hoạch",
    "Thông báo",
    "Báo cáo",
    "Hướng dẫn",
    "Công điện",
    "Công văn",
    "Tờ trình",
    "Chương trình",
    "Đề án",
    "Phương án",
    "Quy chế",
    "Quy định",
    "Quy trình",
    "Điều lệ",
    "Biên bản",
    "Thông cáo",
    "Thông tri",
    "Kết luận",
    "Văn bản hợp nhất",
    "Giấy mời",
    "Sắc lệnh",
    "Sắc luật",
    "Đề cương",
    "Dự án",
    "Hợp đồng",
    "Giấy phép",
    "Tuyên bố",
    "Chiến lược",
    "Quy chuẩn kỹ thuật quốc gia",
    "Tiêu chuẩn quốc gia",
    "Lời kêu gọi",
];

/// First words of bodies and of those who decide for them.
const BODIES: [&str; 34] = [
    "uy ban",
    "ubnd",
    "hoi dong",
    "hdnd",
    "bo ",
    "so ",
    "tong cuc",
    "cuc ",
    "chi cuc",
    "chinh phu",
    "thu tuong",
    "quoc hoi",
    "toa an",
    "vien ",
    "ngan hang",
    "ban ",
    "kiem toan",
    "thanh tra",
    "bao hiem",
    "van phong",
    "tinh uy",
    "dang uy",
    "chu tich",
    "chanh an",
    "vien truong",
    "thong doc",
    "giam doc",
    "tong ",
    "chu nhiem",
    "huyen uy",
    "thanh uy",
    "lien ",
    "lien doan",
    "bo truong",
];

/// A line `Số: 1236/KH-UBND`, `Luật số: 45/2019/QH14`: the number and where it ends.
pub(super) fn number_line(text: &str) -> Option<(String, usize)> {
    let head: String = text.chars().take(40).collect();
    let folded = fold(&head);
    let at = folded.find("so")?;
    let before = folded[..at].trim();
    let known = before.is_empty() || KINDS.iter().any(|kind| fold(kind) == before);
    let after_word = &folded[at + 2..];
    if !known || !after_word.starts_with([':', ' ', '.']) {
        return None;
    }
    // Folded letters are as many as the letters they came from.
    let skip = folded[..at + 2].chars().count();
    let start = text.char_indices().nth(skip)?.0;
    let rest = &text[start..];
    let bare = rest.trim_start_matches([':', ' ', '.']);
    // "Số hiệu 46/VBHN-BTC", as the national database labels it.
    let label = bare.strip_prefix("hiệu");
    let bare = label.map_or(bare, |bare| bare.trim_start_matches([':', ' ']));
    let lead = rest.len() - bare.len();
    let mut number = String::new();
    let mut end = start + lead;
    for word in text[end..].split_inclusive(' ') {
        let token = word.trim();
        let joins =
            number.is_empty() || number.ends_with(['/', '-']) || token.starts_with(['/', '-']);
        if !joins || fold(token).starts_with("ngay") {
            break;
        }
        number.push_str(token);
        end += word.len();
    }
    let number = number.trim_end_matches(['.', ',', ';']).to_string();
    let labelled = before.is_empty() && (label.is_some() || after_word.starts_with([':', '.']));
    let named = labelled || stands_alone(&text[end..]);
    (named && number.contains(['/', '-']) && !longer_than(&number, 80)).then_some((number, end))
}

/// Whether what follows a number leaves it the document's own: nothing, capitals, or place and day.
/// `Quyết định số 12/2026/QĐ-UBND của …` is a sentence about another act.
fn stands_alone(after: &str) -> bool {
    let after = after.trim_matches([' ', ',', '.', ';', '\t']);
    after.is_empty() || is_mostly_caps(after) || place_and_day(after).is_some()
}

/// A line `Gia Lai, ngày 07 tháng 6 năm 2019`: place and day.
pub(super) fn place_and_day(text: &str) -> Option<(Option<String>, Field)> {
    if longer_than(text, 90) {
        return None;
    }
    let at = find_folded(text, "ngay")?.start;
    let day = &text[at..];
    let folded = fold(day);
    if !folded.contains("thang") || !folded.contains("nam") {
        return None;
    }
    let place = text[..at].trim_end_matches([',', ' ', '.']).trim();
    let apart = text[..at].trim_end().ends_with([',', '.']);
    let named = is_place(place, apart) && place.split(' ').count() <= 6;
    if !place.is_empty() && !named {
        return None;
    }
    // "… ngày 01 tháng 8 năm 2026 (khoản 1 Điều 8)" is a sentence that names a day.
    let after = &day[find_folded(day, "nam")?.end..];
    let goes_on = after.chars().any(char::is_lowercase) && after.contains(' ');
    if goes_on && after.split_whitespace().count() > 2 {
        return None;
    }
    let field = match Date::parse_any(day) {
        Ok(date) => Field::read(date.to_string(), day.trim()),
        Err(_) => Field::unstated(day.trim()),
    };
    Some(((!place.is_empty()).then(|| readable(place)), field))
}

/// Whether words before a day can be the place: a name, or what a comma parts from the day.
fn is_place(words: &str, apart: bool) -> bool {
    let capital = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let mut all = words.split([' ', '-']).filter(|word| !word.is_empty());
    words.starts_with(char::is_uppercase) && (apart || all.all(capital))
}

/// The kind that a line of capitals names, and what the line says after it.
pub(super) fn kind_line(text: &str) -> Option<(&'static str, &str)> {
    if !is_mostly_caps(text) {
        return None;
    }
    let folded = fold(text);
    KINDS
        .iter()
        .filter(|kind| {
            folded
                .strip_prefix(fold(kind).as_str())
                .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })
        .max_by_key(|kind| kind.len())
        .and_then(|kind| {
            let cut = text.char_indices().nth(kind.chars().count());
            let rest = cut.map_or("", |(i, _)| &text[i..]);
            let rest = rest.trim_start_matches([' ', ':', '.', '-']);
            // "QUYẾT ĐỊNH:" announces the decision, it does not name the kind.
            (!text.trim_end().ends_with(':')).then_some((*kind, rest))
        })
}

pub(super) fn is_body(text: &str) -> bool {
    let folded = format!("{} ", fold(text));
    is_mostly_caps(text) && BODIES.iter().any(|body| folded.starts_with(body))
}
