//! What may never be on the shelf: state secrets and drafts, told by the marks in their header.

use std::fmt;

/// A mark that forbids a document, as it is printed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Mark {
    /// A degree of secrecy.
    Secret(String),
    /// Dự thảo.
    Draft(String),
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Mark::Secret(words) | Mark::Draft(words) => f.write_str(words),
        }
    }
}

/// Lines of a text that count as its header.
const HEADER_LINES: usize = 30;
/// Degrees of secrecy as they are stamped (Law on Protection of State Secrets 29/2018/QH14, article 8).
const SECRET: [&str; 3] = ["TUYỆT MẬT", "TỐI MẬT", "MẬT"];

/// The mark that forbids this document, if its first lines carry one. A line counts only where the
/// mark is all of it: an act about secrets, or about drafts, is welcome.
pub(crate) fn mark<'a>(lines: impl Iterator<Item = &'a str>) -> Option<Mark> {
    let header = lines
        .flat_map(|line| line.split(['\t', '|']))
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .take(HEADER_LINES);
    for line in header {
        if is_body(line) {
            return None;
        }
        let bare = line.trim_matches(|c: char| !c.is_alphanumeric());
        let degree = bare
            .strip_prefix("Độ mật")
            .or_else(|| bare.strip_prefix("ĐỘ MẬT"))
            .map(|rest| {
                rest.trim_matches(|c: char| !c.is_alphanumeric())
                    .to_uppercase()
            });
        let stamped = SECRET.contains(&bare)
            || degree.is_some_and(|degree| SECRET.contains(&degree.as_str()));
        if stamped {
            return Some(Mark::Secret(bare.to_string()));
        }
        if is_draft(bare) {
            return Some(Mark::Draft(bare.to_string()));
        }
    }
    None
}

/// From here on a line belongs to the text, where the words may mean anything.
fn is_body(line: &str) -> bool {
    ["Căn cứ", "Điều 1", "Thực hiện", "Kính gửi"]
        .iter()
        .any(|start| line.starts_with(start))
}

/// `DỰ THẢO`, `Dự thảo 2`, `DỰ THẢO LẦN 3`, `Dự thảo ngày 12/5/2026`.
fn is_draft(bare: &str) -> bool {
    let lower = bare.to_lowercase();
    let lower = lower.strip_prefix("bản ").unwrap_or(&lower);
    let Some(rest) = lower.strip_prefix("dự thảo") else {
        return false;
    };
    let mut words = rest
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.all(|word| {
        word.chars().all(|c| c.is_ascii_digit())
            || matches!(
                word,
                "lần" | "thứ" | "ngày" | "tháng" | "năm" | "số" | "version" | "lấy" | "ý" | "kiến"
            )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str) -> Option<String> {
        mark(text.lines()).map(|mark| mark.to_string())
    }

    #[test]
    fn stamps_of_secrecy_and_of_drafts_forbid_a_document() {
        assert_eq!(
            marked("BỘ CÔNG AN\nTỐI MẬT\nSố: 1").as_deref(),
            Some("TỐI MẬT")
        );
        assert_eq!(marked("UBND TỈNH\t(MẬT)\nSố: 1").as_deref(), Some("MẬT"));
        assert!(marked("Độ mật: Tuyệt mật\nSố: 1").is_some());
        assert!(marked("CHÍNH PHỦ\nDự thảo lần 2\nSố:    /2026/NĐ-CP").is_some());
        assert!(marked("DỰ THẢO 12/5/2026\nCHÍNH PHỦ").is_some());
    }

    #[test]
    fn an_act_about_secrets_or_drafts_is_no_secret_and_no_draft() {
        for text in [
            "QUỐC HỘI\nLUẬT\nBẢO VỆ BÍ MẬT NHÀ NƯỚC\nCăn cứ Hiến pháp",
            "KẾ HOẠCH\nLấy ý kiến dự thảo Luật Đất đai",
            "BÁO CÁO\nTIẾP THU Ý KIẾN VỀ\nDỰ THẢO LUẬT ĐẤT ĐAI",
            "QUYẾT ĐỊNH\nCăn cứ Luật\nMẬT",
        ] {
            assert_eq!(marked(text), None, "{text}");
        }
    }
}
