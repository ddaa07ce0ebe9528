//! Words in capitals as a reader writes them: `ỦY BAN NHÂN DÂN TỈNH GIA LAI` is "Ủy ban nhân dân
//! tỉnh Gia Lai".

use super::line::{fold, is_mostly_caps};

/// Units whose name follows them.
const UNITS: [&str; 9] = [
    "tỉnh",
    "thành phố",
    "huyện",
    "quận",
    "xã",
    "phường",
    "thị xã",
    "thị trấn",
    "đặc khu",
];

/// Words after a unit that are not its name.
const NOT_NAMES: [&str; 18] = [
    "trực", "thuộc", "và", "về", "năm", "giai", "theo", "của", "đến", "tại", "trên", "trong",
    "khóa", "khoá", "ủy", "uỷ", "hội", "đạt",
];

/// Bodies whose field is written with capitals (Bộ Kế hoạch và Đầu tư).
const FIELD_BODIES: [&str; 14] = [
    "bo",
    "so",
    "cuc",
    "tong cuc",
    "vu",
    "phong",
    "vien",
    "hoc vien",
    "ban",
    "ngan hang",
    "chi cuc",
    "uy ban",
    "hoi",
    "trung tam",
];

/// Names that keep their capitals wherever they stand.
const NAMES: [&str; 29] = [
    "Việt Nam",
    "Hà Nội",
    "Hồ Chí Minh",
    "Gia Lai",
    "Bình Định",
    "Đà Nẵng",
    "Hải Phòng",
    "Cần Thơ",
    "Chính phủ",
    "Quốc hội",
    "Thủ tướng",
    "Nhà nước",
    "Trung ương",
    "Đảng",
    "Bộ Tài chính",
    "Bộ Tư pháp",
    "Bộ Công an",
    "Bộ Quốc phòng",
    "Bộ Y tế",
    "Bộ Nội vụ",
    "Bộ luật",
    "Nghị định",
    "Nghị quyết",
    "Thông tư",
    "Pháp lệnh",
    "Hiến pháp",
    "Ủy ban",
    "Tây Nguyên",
    "Chủ tịch",
];

/// The capitals of `text` as a reader writes them. Text that is not in capitals stays as it is;
/// numbers, Roman numerals and abbreviations with figures keep their form.
pub(super) fn readable(text: &str) -> String {
    spell(text, false)
}

/// The same for the name of a body or of who leads it: Bộ Kế hoạch và Đầu tư, Giám đốc Sở Tư pháp.
pub(super) fn readable_body(text: &str) -> String {
    spell(text, true)
}

fn spell(text: &str, body: bool) -> String {
    if !is_mostly_caps(text) {
        return text.to_string();
    }
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    let mut out: Vec<String> = words.iter().map(|word| lower_word(word)).collect();
    let folded: Vec<String> = words
        .iter()
        .map(|word| fold(word.trim_matches(|c: char| !c.is_alphanumeric())))
        .collect();
    if body {
        name_bodies(&folded, &mut out, &words);
    }
    let small: Vec<String> = words
        .iter()
        .map(|word| {
            word.trim_matches(|c: char| !c.is_alphanumeric())
                .to_lowercase()
        })
        .collect();
    name_units(&small, &mut out, &words);
    keep_names(&mut out, &folded);
    name_laws(&mut out, &small);
    for (i, word) in out.iter_mut().enumerate() {
        if i == 0 || word.starts_with(['“', '"', '«']) {
            *word = capitalised(word);
        }
    }
    out.join(" ")
}

fn lower_word(word: &str) -> String {
    let core = word.trim_matches(|c: char| !c.is_alphanumeric());
    let keeps = core.chars().any(|c| c.is_ascii_digit())
        || core.contains('/')
        || super::marker::roman(core).is_some();
    if keeps {
        word.to_string()
    } else {
        word.to_lowercase()
    }
}

/// The word with its first letter in capitals.
pub(super) fn capitalised(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut done = false;
    for c in word.chars() {
        if !done && c.is_alphabetic() {
            out.extend(c.to_uppercase());
            done = true;
        } else {
            out.push(c);
        }
    }
    out
}

/// How many words a phrase of the list takes at `at`, 0 where none stands there.
fn phrase(folded: &[String], at: usize, list: &[&str]) -> usize {
    list.iter()
        .map(|phrase| {
            let parts: Vec<&str> = phrase.split(' ').collect();
            let fits = folded.len() >= at + parts.len()
                && parts
                    .iter()
                    .zip(&folded[at..])
                    .all(|(part, word)| part == word);
            if fits { parts.len() } else { 0 }
        })
        .max()
        .unwrap_or(0)
}

/// After tỉnh, huyện, xã … up to four words are the name.
fn name_units(small: &[String], out: &mut [String], words: &[&str]) {
    let mut at = 0;
    while at < small.len() {
        let unit = phrase(small, at, &UNITS);
        if unit == 0 {
            at += 1;
            continue;
        }
        let begin = at + unit;
        at = begin.max(at + 1);
        for i in begin..small.len().min(begin + 3) {
            let stops = NOT_NAMES.contains(&small[i].as_str())
                || phrase(small, i, &UNITS) > 0
                || small[i].is_empty();
            if stops {
                break;
            }
            out[i] = capitalised(&out[i]);
            at = i + 1;
            if words[i].ends_with([',', ';', '.', ')']) {
                break;
            }
        }
    }
}

/// A body that leads the text: Bộ Kế hoạch và Đầu tư, Sở Tư pháp, Bộ trưởng Bộ Y tế.
fn name_bodies(folded: &[String], out: &mut [String], words: &[&str]) {
    let mut at = 0;
    while at < folded.len() {
        let body = phrase(folded, at, &FIELD_BODIES);
        let starts = at == 0
            || matches!(words[at - 1], "-" | "–")
            || folded[at - 1] == "truong"
            || folded[at - 1] == "doc";
        let next = folded.get(at + body).map_or("", String::as_str);
        let field = !matches!(
            next,
            "" | "nhan" | "thuong" | "truong" | "luat" | "dong" | "hanh"
        );
        if body > 0 && starts && field {
            out[at] = capitalised(&out[at]);
            let mut fresh = true;
            for i in at + body..folded.len() {
                let joins = folded[i] == "va" || matches!(words[i], "-" | "–");
                if joins {
                    fresh = true;
                    continue;
                }
                if fresh {
                    out[i] = capitalised(&out[i]);
                    // After a dash another body may follow: Bộ Y tế - Bộ Tài chính.
                    if phrase(folded, i, &FIELD_BODIES) == 1 {
                        continue;
                    }
                }
                fresh = words[i].ends_with(',');
            }
            return;
        }
        at += body.max(1);
    }
}

fn keep_names(out: &mut [String], folded: &[String]) {
    for name in NAMES {
        let parts: Vec<&str> = name.split(' ').collect();
        let plain: Vec<String> = parts.iter().map(|part| fold(part)).collect();
        for at in 0..folded.len().saturating_sub(parts.len() - 1) {
            let whole = |word: &str, part: &str| {
                word.trim_matches(|c: char| !c.is_alphanumeric())
                    .to_lowercase()
                    == part.to_lowercase()
            };
            let stands = folded[at..at + parts.len()] == plain[..]
                && out[at..at + parts.len()]
                    .iter()
                    .zip(&parts)
                    .all(|(word, part)| whole(word, part));
            if stands {
                for (word, part) in out[at..at + parts.len()].iter_mut().zip(&parts) {
                    if part.starts_with(char::is_uppercase) {
                        *word = capitalised(word);
                    }
                }
            }
        }
    }
}

/// Luật Đất đai, but pháp luật, kỷ luật, luật sư.
fn name_laws(out: &mut [String], small: &[String]) {
    for at in 0..small.len() {
        let before = at.checked_sub(1).map_or("", |i| small[i].as_str());
        let after = small.get(at + 1).map_or("", String::as_str);
        let common = matches!(before, "pháp" | "kỷ" | "kỉ" | "quy" | "bộ")
            || matches!(after, "sư" | "gia" | "pháp" | "này" | "sửa" | "");
        if small[at] == "luật" && !common {
            out[at] = capitalised(&out[at]);
            out[at + 1] = capitalised(&out[at + 1]);
        }
    }
}

/// The form in small letters that some line has of words printed in capitals, if any does.
pub(super) fn mixed_form<'a>(
    caps: &str,
    mut lines: impl Iterator<Item = &'a str>,
) -> Option<String> {
    let wanted: Vec<char> = caps.chars().flat_map(char::to_lowercase).collect();
    if wanted.len() < 4 {
        return None;
    }
    let small = |c: char| c.to_lowercase().next().unwrap_or(c);
    let first = wanted[0];
    lines.find_map(|line| {
        line.char_indices().find_map(|(at, c)| {
            if c != first && small(c) != first {
                return None;
            }
            let mut rest = line[at..].chars();
            if !wanted.iter().all(|w| rest.next().map(small) == Some(*w)) {
                return None;
            }
            let found = &line[at..line.len() - rest.as_str().len()];
            let whole = !rest.next().is_some_and(char::is_alphanumeric);
            (whole && !is_mostly_caps(found)).then(|| found.to_string())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_units_and_titles_read_as_people_write_them() {
        for (caps, expected) in [
            (
                "ỦY BAN NHÂN DÂN TỈNH GIA LAI",
                "Ủy ban nhân dân tỉnh Gia Lai",
            ),
            ("BỘ KẾ HOẠCH VÀ ĐẦU TƯ", "Bộ Kế hoạch và Đầu tư"),
            (
                "BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI",
                "Bộ Lao động - Thương binh và Xã hội",
            ),
            ("BỘ TRƯỞNG BỘ Y TẾ", "Bộ trưởng Bộ Y tế"),
            ("CHÍNH PHỦ", "Chính phủ"),
            ("PHÓ CHỦ TỊCH", "Phó Chủ tịch"),
            ("THỦ TƯỚNG CHÍNH PHỦ", "Thủ tướng Chính phủ"),
            (
                "SỬA ĐỔI MỘT SỐ ĐIỀU CỦA LUẬT ĐẤT ĐAI VÀ PHÁP LUẬT VỀ “NHÀ Ở”",
                "Sửa đổi một số điều của Luật Đất đai và pháp luật về “Nhà ở”",
            ),
            (
                "VỀ PHÍ TRÊN ĐỊA BÀN TỈNH GIA LAI NĂM 2019",
                "Về phí trên địa bàn tỉnh Gia Lai năm 2019",
            ),
        ] {
            assert_eq!(readable_body(caps), expected);
        }
    }

    #[test]
    fn the_form_that_the_text_itself_has_is_found() {
        let lines = ["Bộ trưởng Bộ Y tế ban hành Thông tư quy định về khám bệnh."];
        assert_eq!(
            mixed_form("QUY ĐỊNH VỀ KHÁM BỆNH", lines.into_iter()).as_deref(),
            Some("quy định về khám bệnh")
        );
    }
}
