//! The header of an act: issuer beside the Quốc hiệu, number, place and date, kind, title.

use super::basis::{is_basis, is_number};
use super::line::{Line, find_folded, fold, is_mostly_caps, is_rule};
use super::marker;
use super::readable::{capitalised, mixed_form, readable, readable_body};
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
const LONGEST: usize = 60;
const MOTTO: &str = "cong hoa xa hoi chu nghia viet nam";
const MOTTO_SECOND: &str = "doc lap - tu do - hanh phuc";
const PARTY: &str = "dang cong san viet nam";

/// What a header says, and how many lines it takes.
#[derive(Default)]
pub(super) struct Header {
    pub(super) end: usize,
    pub(super) fields: Fields,
}

/// Takes apart what columns and soft breaks ran together in the first lines of a source: cells,
/// the motto, drawn rules, number beside day, one Căn cứ after another.
pub(super) fn untangle(lines: Vec<Line>) -> Vec<Line> {
    let body = lines
        .iter()
        .take(LONGEST)
        .position(opens_body)
        .unwrap_or(lines.len().min(LONGEST));
    let mut out = Vec::with_capacity(lines.len() + 8);
    for (i, line) in lines.into_iter().enumerate() {
        if i >= body || line.is_table() || line.cut.is_some() {
            out.push(line);
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

fn opens_body(line: &Line) -> bool {
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
                if let Some(range) = find_folded(rest, motto)
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

/// A line `Số: 1236/KH-UBND`, `Luật số: 45/2019/QH14`: the number and where it ends.
fn number_line(text: &str) -> Option<(String, usize)> {
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
    let lead = rest.len() - rest.trim_start_matches([':', ' ', '.']).len();
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
    (number.contains(['/', '-']) && number.chars().nth(80).is_none()).then_some((number, end))
}

/// A line `Gia Lai, ngày 07 tháng 6 năm 2019`: place and day.
fn place_and_day(text: &str) -> Option<(Option<String>, Field)> {
    if text.chars().nth(90).is_some() {
        return None;
    }
    let at = find_folded(text, "ngay")?.start;
    let day = &text[at..];
    let folded = fold(day);
    if !folded.contains("thang") || !folded.contains("nam") {
        return None;
    }
    let place = text[..at].trim_end_matches([',', ' ', '.']).trim();
    if !place.is_empty() && (!place.starts_with(char::is_uppercase) || place.split(' ').count() > 6)
    {
        return None;
    }
    let field = match Date::parse_any(day) {
        Ok(date) => Field::read(date.to_string(), day.trim()),
        Err(_) => Field::unstated(day.trim()),
    };
    Some(((!place.is_empty()).then(|| readable(place)), field))
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

fn is_body(text: &str) -> bool {
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
    for (i, line) in head.iter().enumerate() {
        let text = line.text.as_str();
        let folded = fold(&text.chars().take(60).collect::<String>());
        if is_rule(text) || line.is_table() {
            continue;
        }
        if folded.starts_with(MOTTO) || folded.starts_with(MOTTO_SECOND) || folded == PARTY {
            seen_mark = true;
            end = i + 1;
        } else if let Some((number, _)) = number_line(text)
            && fields.value(FieldName::Number).is_none()
            && kind_at.is_none()
        {
            seen_mark = true;
            end = i + 1;
            let stated = is_number(&number);
            let raw = number.clone();
            fields.set(
                FieldName::Number,
                if stated {
                    Field::read(number, raw)
                } else {
                    Field::unstated(raw)
                },
            );
        } else if let Some((place, day)) = place_and_day(text)
            && !fields.0.contains_key(&FieldName::Issued)
        {
            seen_mark = true;
            end = i + 1;
            fields.set(FieldName::Issued, day);
            if let Some(place) = place {
                fields.set(FieldName::Place, Field::plain(place));
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
        } else if is_mostly_caps(text) && (is_body(text) || !issuer.is_empty()) && i < 12 {
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
        let later = lines[end..].iter().map(|line| line.text.as_str()).take(400);
        let value = mixed_form(&body, later)
            .filter(|form| form.starts_with(char::is_uppercase))
            .unwrap_or_else(|| readable_body(&body));
        fields.set(FieldName::Issuer, Field::read(value, body));
    }
    Header { end, fields }
}

/// The body that issues: the last one named, with the lines that go on with its name.
fn issuing_body(lines: &[&str]) -> Option<String> {
    let mut body = String::new();
    for line in lines {
        let line = line.trim_end_matches([' ', '-', '–']);
        let goes_on = fold(&body) == "uy ban thuong vu" || body.ends_with(['-', '–', ',']);
        if is_body(line) && !body.is_empty() && !goes_on {
            // Several bodies that issue together stand one below the other with a dash between.
            if line.starts_with(['-', '–']) {
                body.push_str(" - ");
                body.push_str(line.trim_start_matches(['-', '–', ' ']));
            } else {
                body = line.to_string();
            }
        } else {
            if !body.is_empty() {
                body.push(' ');
            }
            body.push_str(line);
        }
    }
    (!body.is_empty()).then_some(body)
}

/// Reads the title below the kind; gives the line after the header.
fn title(
    lines: &[Line],
    limit: usize,
    (at, kind, rest): (usize, &'static str, &str),
    issuer: &str,
    fields: &mut Fields,
) -> usize {
    let mut parts: Vec<&str> = Vec::new();
    if !rest.is_empty() {
        parts.push(rest);
    }
    let mut end = at + 1;
    while end < limit {
        let text = lines[end].text.as_str();
        if is_rule(text) {
            end += 1;
            continue;
        }
        if lines[end].is_table() || is_basis(text) || text.trim_end().ends_with(':') {
            break;
        }
        if is_mostly_caps(text) {
            let below = lines[end + 1..limit]
                .iter()
                .find(|line| !is_rule(&line.text));
            let leads = below.is_none_or(|line| !is_mostly_caps(&line.text));
            let authority =
                is_body(text) && (fold(text) == fold(issuer) || (leads && !parts.is_empty()));
            if authority {
                break;
            }
            parts.push(text);
            end += 1;
            continue;
        }
        let fits = parts.is_empty()
            && !text.ends_with(['.', ';'])
            && text.chars().nth(600).is_none()
            && marker::decimal(text).is_none()
            && !text.starts_with('(')
            && !fold(text).starts_with("kinh gui");
        if fits {
            parts.push(text);
            end += 1;
        }
        break;
    }
    if !parts.is_empty() {
        let raw = parts.join(" ");
        let later = lines[end..].iter().map(|line| line.text.as_str()).take(60);
        fields.set(
            FieldName::Title,
            Field::read(full_title(kind, &raw, later), raw),
        );
    }
    end
}

/// Kind and subject as one readable line: `Nghị định quy định chi tiết …`, `Luật Đất đai`.
fn full_title<'a>(kind: &str, raw: &str, later: impl Iterator<Item = &'a str>) -> String {
    let printed_in_caps = is_mostly_caps(raw);
    let subject = if printed_in_caps {
        mixed_form(raw, later).unwrap_or_else(|| readable(raw))
    } else {
        raw.to_string()
    };
    if fold(&subject).starts_with(&fold(kind)) {
        return capitalised(&subject);
    }
    let law = matches!(kind, "Luật" | "Bộ luật" | "Pháp lệnh");
    let lowered = !law && (printed_in_caps || subject.starts_with("Về "));
    let subject = if law {
        capitalised(&subject)
    } else if lowered {
        let first_word = subject.split(' ').next().unwrap_or("");
        let proper = ["Ủy", "Bộ", "Chính", "Quốc", "Thủ"].contains(&first_word);
        if proper {
            subject
        } else {
            let mut letters = subject.chars();
            letters
                .next()
                .map(|c| c.to_lowercase().chain(letters).collect())
                .unwrap_or_default()
        }
    } else {
        subject
    };
    format!("{kind} {subject}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::line::split_into;

    fn parse(text: &str) -> Header {
        let mut lines = Vec::new();
        split_into(&mut lines, text, None, None);
        read(&untangle(lines))
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
    fn a_plain_text_has_no_header() {
        assert_eq!(parse("Chuyện ông Năm\nNgày xưa có một làng.").end, 0);
    }
}
