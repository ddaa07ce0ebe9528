//! The kind of a document from its title or from the code in its number.

use crate::number::strip_words;

/// Kinds with the codes that numbers carry (Decree 30/2020/NĐ-CP, appendix III; Decree 78/2025/NĐ-CP),
/// longest names first so that "Nghị quyết liên tịch" is not taken for "Nghị quyết".
const KINDS: [(&str, &[&str]); 37] = [
    ("Văn bản hợp nhất", &["VBHN"]),
    ("Thông tư liên tịch", &["TTLT"]),
    ("Nghị quyết liên tịch", &["NQLT"]),
    ("Quy chuẩn kỹ thuật quốc gia", &[]),
    ("Tiêu chuẩn quốc gia", &[]),
    ("Thông báo kết luận", &[]),
    ("Hiến pháp", &[]),
    ("Bộ luật", &[]),
    ("Luật", &[]),
    ("Pháp lệnh", &["PL"]),
    ("Sắc lệnh", &["SL"]),
    ("Lệnh", &["L"]),
    ("Nghị định", &["NĐ"]),
    ("Nghị quyết", &["NQ"]),
    ("Quyết định", &["QĐ"]),
    ("Thông tư", &["TT"]),
    ("Chỉ thị", &["CT"]),
    ("Kế hoạch", &["KH"]),
    ("Kết luận", &["KL"]),
    ("Công điện", &["CĐ"]),
    ("Công văn", &["CV"]),
    ("Thông báo", &["TB"]),
    ("Thông tri", &[]),
    ("Báo cáo", &["BC"]),
    ("Hướng dẫn", &["HD"]),
    ("Quy định", &["QyĐ"]),
    ("Quy chế", &["QC"]),
    ("Quy trình", &[]),
    ("Tờ trình", &["TTr"]),
    ("Chương trình", &["CTr"]),
    ("Phương án", &["PA"]),
    ("Đề án", &["ĐA"]),
    ("Điều lệ", &[]),
    ("Hiệp định", &[]),
    ("Nghị định thư", &[]),
    ("Biên bản", &["BB"]),
    ("Giấy mời", &["GM"]),
];

/// The kind that a title opens with.
pub(crate) fn of_title(title: &str) -> Option<&'static str> {
    KINDS
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| strip_words(title, name).is_some())
        .max_by_key(|name| name.len())
}

/// The kind whose code the number carries: `14/2019/QĐ-TTg` is a Quyết định. The numbers of laws
/// and resolutions of the National Assembly look the same and tell nothing.
pub(crate) fn of_number(number: &str) -> Option<&'static str> {
    let codes = number
        .split(['/', '-', ' '])
        .skip(1)
        .filter(|code| code.starts_with(char::is_alphabetic));
    for code in codes {
        let found = KINDS.iter().find(|(_, known)| {
            known.contains(&code)
                || known
                    .iter()
                    .any(|k| k.len() > 2 && k.eq_ignore_ascii_case(code))
        });
        if let Some((name, _)) = found {
            return Some(name);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_of_a_number_tells_the_kind() {
        assert_eq!(of_number("14/2019/QĐ-TTg"), Some("Quyết định"));
        assert_eq!(
            of_number("22/2012/TTLT-BGTVT-BVHTTDL"),
            Some("Thông tư liên tịch")
        );
        assert_eq!(of_number("36-NQ/TW"), Some("Nghị quyết"));
        assert_eq!(
            of_number("18/2008/QH12"),
            None,
            "a law and a resolution share it"
        );
    }

    #[test]
    fn the_longest_name_at_the_start_of_a_title_wins() {
        assert_eq!(
            of_title("THÔNG TƯ LIÊN TỊCH về …"),
            Some("Thông tư liên tịch")
        );
        assert_eq!(of_title("Nghị định thư Kyoto"), Some("Nghị định thư"));
        assert_eq!(of_title("Luật sư"), Some("Luật"));
        assert_eq!(of_title("Văn bản pháp luật"), None);
    }
}
