//! The header of an act: issuer beside the Quốc hiệu, number, place and date, kind, title.

use super::basis::{is_basis, is_number};
use super::line::{Line, find_folded, fold, is_mostly_caps, is_rule, longer_than};
use super::readable::{capitalised, mixed_form, readable, readable_body};
use super::title::{issuing_body, title};
use super::untangle::opens_body;
use crate::{Date, Field, FieldName, Fields};

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

/// The header ends within this many lines.
pub(super) const LONGEST: usize = 60;
/// The Quốc hiệu, folded.
pub(super) const MOTTO: &str = "cong hoa xa hoi chu nghia viet nam";
pub(super) const MOTTO_SECOND: &str = "doc lap - tu do - hanh phuc";
pub(super) const PARTY: &str = "dang cong san viet nam";

/// What a header says, and how many lines it takes.
#[derive(Default)]
pub(super) struct Header {
    pub(super) end: usize,
    pub(super) fields: Fields,
}

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
fn place_and_day(text: &str) -> Option<(Option<String>, Field)> {
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
fn kind_line(text: &str) -> Option<(&'static str, &str)> {
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

/// Reads the header at the start of the lines (already untangled).
pub(super) fn read(lines: &[Line]) -> Header {
    let limit = lines
        .iter()
        .take(LONGEST)
        .position(|line| opens_body(line) || line.furniture)
        .unwrap_or(lines.len().min(LONGEST));
    let head = &lines[..limit];
    let mut fields = Fields::default();
    let mut end = 0;
    let mut issuer: Vec<&str> = Vec::new();
    let mut seen_mark = false;
    let mut kind_at = None;
    let mut issuer_at: Option<usize> = None;
    for (i, line) in head.iter().enumerate() {
        let text = line.text.as_str();
        let folded = fold(&text.chars().take(60).collect::<String>());
        if is_rule(text) || line.is_table() {
            continue;
        }
        if folded.starts_with(MOTTO) || folded.starts_with(MOTTO_SECOND) || folded == PARTY {
            seen_mark = true;
            end = i + 1;
        } else if let Some((number, _)) = number_line(text).filter(|_| kind_at.is_none()) {
            seen_mark = true;
            end = i + 1;
            if fields.value(FieldName::Number).is_none() {
                let field = match is_number(&number) {
                    true => Field::plain(number),
                    false => Field::unstated(number),
                };
                fields.set(FieldName::Number, field);
            }
        } else if let Some((place, day)) = place_and_day(text) {
            seen_mark = true;
            end = i + 1;
            if fields.value(FieldName::Issued).is_none() {
                fields.set(FieldName::Issued, day);
                if let Some(place) = place {
                    fields.set(FieldName::Place, Field::plain(place));
                }
            }
        } else if folded.starts_with("v/v") || folded.starts_with("ve viec") && kind_at.is_none() {
            end = i + 1;
            let subject = text.trim_start_matches(['V', '/', 'v', ':', '.', ' ']);
            fields.set(FieldName::Title, Field::read(capitalised(subject), text));
            if folded.starts_with("v/v") {
                fields.set(FieldName::Kind, Field::read("Công văn", "V/v"));
            }
        } else if let Some((kind, rest)) = kind_line(text)
            && (seen_mark || rest.is_empty())
        {
            kind_at = Some((i, kind, rest));
            break;
        } else if is_mostly_caps(text)
            && i < 12
            && !folded.starts_with("du thao")
            && match issuer_at {
                None => is_body(text),
                Some(last) => last + 1 == i,
            }
        {
            issuer_at = Some(i);
            issuer.push(text);
        } else if is_basis(text) || folded.starts_with("kinh gui") {
            break;
        }
    }
    if let Some((at, kind, rest)) = kind_at {
        fields.set(FieldName::Kind, Field::read(kind, head[at].text.as_str()));
        let body = if issuer.is_empty() {
            String::new()
        } else {
            issuer.join(" ")
        };
        end = title(lines, limit, (at, kind, rest), &body, &mut fields);
    } else if !seen_mark {
        return Header::default();
    }
    if let Some(body) = issuing_body(&issuer) {
        let later = lines[end..].iter().map(|line| line.text.as_str()).take(150);
        let value = mixed_form(&body, later)
            .filter(|form| form.starts_with(char::is_uppercase))
            .unwrap_or_else(|| readable_body(&body));
        fields.set(FieldName::Issuer, Field::read(value, body));
    }
    Header { end, fields }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::line::split_into;

    fn parse(text: &str) -> Header {
        let mut lines = Vec::new();
        split_into(&mut lines, text, None, None);
        read(&crate::grammar::untangle::untangle(lines))
    }

    #[test]
    fn a_header_whose_columns_ran_together_is_read() {
        let header = parse(
            "BỘ GIÁO DỤC VÀ ĐÀO TẠO -------\n\nCỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc ---------\n\n\
            Số: 28 /2009/TT-BGDĐT\n\nHà Nội, ngày 21 tháng 10 năm 2009\n\nTHÔNG TƯ\n\n\
            BAN HÀNH QUY ĐỊNH VỀ CHẾ ĐỘ LÀM VIỆC\n\nBỘ TRƯỞNG BỘ GIÁO DỤC VÀ ĐÀO TẠO\n\n\
            Căn cứ Nghị định số 178/2007/NĐ-CP; Căn cứ Nghị định số 32/2008/NĐ-CP;",
        );
        let value = |name| header.fields.value(name);
        assert_eq!(value(FieldName::Number), Some("28/2009/TT-BGDĐT"));
        assert_eq!(value(FieldName::Issued), Some("2009-10-21"));
        assert_eq!(value(FieldName::Place), Some("Hà Nội"));
        assert_eq!(value(FieldName::Kind), Some("Thông tư"));
        assert_eq!(value(FieldName::Issuer), Some("Bộ Giáo dục và Đào tạo"));
        assert_eq!(
            value(FieldName::Title),
            Some("Thông tư ban hành quy định về chế độ làm việc")
        );
        assert_eq!(header.end, 7);
    }

    #[test]
    fn a_law_takes_its_name_from_the_form_the_text_has() {
        let header = parse(
            "QUỐC HỘI\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\nĐộc lập - Tự do - Hạnh phúc\n\n\
            Luật số: 121/2025/QH15\tHà Nội, ngày 10 tháng 12 năm 2025\n\nLUẬT\n\nHOẠT ĐỘNG GIÁM SÁT CỦA QUỐC HỘI\n\n\
            Căn cứ Hiến pháp;\n\nQuốc hội ban hành Luật Hoạt động giám sát của Quốc hội.",
        );
        let value = |name| header.fields.value(name);
        assert_eq!(value(FieldName::Number), Some("121/2025/QH15"));
        assert_eq!(value(FieldName::Issuer), Some("Quốc hội"));
        assert_eq!(
            value(FieldName::Title),
            Some("Luật Hoạt động giám sát của Quốc hội")
        );
    }

    #[test]
    fn a_department_below_its_committee_is_the_issuer() {
        let header = parse(
            "UBND TỈNH GIA LAI\nSỞ TƯ PHÁP\nSố: 15/STP-PB\nV/v tổ chức hội nghị\n\
            Gia Lai, ngày 1 tháng 2 năm 2024\nKính gửi: Các xã",
        );
        assert_eq!(header.fields.value(FieldName::Issuer), Some("Sở Tư pháp"));
        assert_eq!(header.fields.value(FieldName::Kind), Some("Công văn"));
        assert_eq!(
            header.fields.value(FieldName::Title),
            Some("Tổ chức hội nghị")
        );
    }

    #[test]
    fn the_lowest_body_on_a_line_issues_and_a_number_beside_it_is_cut_off() {
        let header = parse(
            "BỘ TÀI CHÍNH TỔNG CỤC THUẾ Số: 5184/TCT-TVQT\nHà Nội, ngày\n06 tháng 7 năm 2020\nV/v thuế",
        );
        assert_eq!(
            header.fields.value(FieldName::Issuer),
            Some("Tổng cục Thuế")
        );
        assert_eq!(
            header.fields.value(FieldName::Number),
            Some("5184/TCT-TVQT")
        );
        assert_eq!(header.fields.value(FieldName::Issued), Some("2020-07-06"));
    }

    #[test]
    fn a_number_or_a_day_in_a_sentence_is_no_line_of_a_header() {
        for text in [
            "Quyết định số 12/2026/QĐ-UBND của Ủy ban nhân dân tỉnh có hiệu lực.\nBà con lưu ý.",
            "Số 45/2019/QH14 là Bộ luật Lao động.\nBà con lưu ý.",
            "Quyết định có hiệu lực từ ngày 01 tháng 8 năm 2026 (khoản 1 Điều 8).",
            "Ngày 01 tháng 8 năm 2026, Sở mở hội nghị.",
        ] {
            let header = parse(text);
            assert_eq!((header.end, header.fields.0.len()), (0, 0), "{text}");
        }
    }

    #[test]
    fn a_number_stands_alone_with_its_label_or_before_place_and_day() {
        for text in [
            "Số hiệu46/VBHN-BTC\nNgành",
            "Số hiệu: 46/VBHN-BTC",
            "Số: 46/VBHN-BTC Hà Nội, ngày 26 tháng 9 năm 2019",
            "Văn bản hợp nhất số: 46/VBHN-BTC",
        ] {
            let number = parse(text).fields;
            assert_eq!(
                number.value(FieldName::Number),
                Some("46/VBHN-BTC"),
                "{text}"
            );
        }
    }

    #[test]
    fn a_plain_text_has_no_header() {
        assert_eq!(parse("Chuyện ông Năm\nNgày xưa có một làng.").end, 0);
    }
}
