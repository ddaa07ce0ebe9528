//! The kind of a document from its title or from the code in its number.

use crate::number::strip_words;
use shelf_law::{DocumentKind, DocumentNumber};

/// The kind that a title opens with; the longest name wins.
pub(crate) fn of_title(title: &str) -> Option<DocumentKind> {
    DocumentKind::all()
        .filter(|kind| strip_words(title, kind.vietnamese()).is_some())
        .max_by_key(|kind| kind.vietnamese().len())
}

/// The kind whose code the number carries: `14/2019/QĐ-TTg` is a Quyết định. The numbers of laws
/// and resolutions of the National Assembly look the same and tell nothing.
pub(crate) fn of_number(number: &str) -> Option<DocumentKind> {
    DocumentNumber::parse(number)?.kind()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_of_a_number_tells_the_kind() {
        let name = |number| of_number(number).map(DocumentKind::vietnamese);
        assert_eq!(name("14/2019/QĐ-TTg"), Some("Quyết định"));
        assert_eq!(
            name("22/2012/TTLT-BGTVT-BVHTTDL"),
            Some("Thông tư liên tịch")
        );
        assert_eq!(name("36-NQ/TW"), Some("Nghị quyết"));
        assert_eq!(
            name("18/2008/QH12"),
            None,
            "a law and a resolution share it"
        );
    }

    #[test]
    fn the_longest_name_at_the_start_of_a_title_wins() {
        let name = |title| of_title(title).map(DocumentKind::vietnamese);
        assert_eq!(name("THÔNG TƯ LIÊN TỊCH về …"), Some("Thông tư liên tịch"));
        assert_eq!(name("Luật Đất đai"), Some("Luật"));
        assert_eq!(name("Văn bản pháp luật"), None);
    }
}
