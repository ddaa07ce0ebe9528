//! The header of an act: issuer beside the Quốc hiệu, number, place and date, kind, title.

use super::basis::{is_basis, is_number};
use super::header_lines::{is_body, kind_line, number_line, place_and_day};
use super::line::{Line, fold, is_mostly_caps, is_rule};
use super::readable::{capitalised, mixed_form, readable_body};
use super::title::{issuing_body, title};
use super::untangle::opens_body;
use crate::{Field, FieldName, Fields};

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
