//! Numbers of documents as they stand in running words: `45/2019/QH14`, `36-NQ/TW`, `8-CP`.

/// The number that a text opens with, after the name of a kind and "số": `Nghị định số 12/2011/NĐ-CP
/// về …` gives `12/2011/NĐ-CP`. A number further inside may be that of another document and is not
/// taken.
pub(crate) fn leading_number<'a>(text: &'a str, kind: &str) -> Option<&'a str> {
    let mut rest = text.trim_start();
    if !kind.is_empty() {
        rest = strip_words(rest, kind)?.trim_start();
    }
    let rest = strip_words(rest, "số").map_or(rest, |after| after.trim_start_matches([':', ' ']));
    let end = rest
        .find(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '(' | ')'))
        .unwrap_or(rest.len());
    let word = rest[..end].trim_end_matches(['.', '"', '”']);
    is_unmistakable(word).then_some(word)
}

/// Whether a word can be nothing but the number of a document: it starts with a digit and goes on,
/// after `/` or `-`, with the capitals of an issuer.
pub(crate) fn is_unmistakable(word: &str) -> bool {
    let Some(at) = word.find(['/', '-']) else {
        return false;
    };
    let (head, tail) = word.split_at(at);
    head.starts_with(|c: char| c.is_ascii_digit())
        && head.len() <= 8
        && head.chars().all(|c| c.is_ascii_alphanumeric() || c == '.')
        && word.chars().count() <= 60
        && tail.chars().filter(|c| c.is_uppercase()).count() >= 2
        && tail
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '/' | '-' | '.' | '&' | '_' | '–'))
}

/// The first number in a text that can be nothing else, for relations that people write as
/// `Nghị định số 82/2020/NĐ-CP`.
pub(crate) fn find_number(text: &str) -> Option<&str> {
    text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')' | '“' | '”'))
        .map(|word| word.trim_end_matches('.'))
        .find(|word| is_unmistakable(word))
}

/// What follows `words` at the start of `text`, in any case and with any white space between.
pub(crate) fn strip_words<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    let mut rest = text;
    for word in words.split_whitespace() {
        rest = rest.trim_start();
        let mut chars = rest.char_indices();
        for expected in word.chars().flat_map(char::to_lowercase) {
            let (_, found) = chars.next()?;
            if found.to_lowercase().ne([expected]) {
                return None;
            }
        }
        rest = chars.as_str();
        if rest.starts_with(char::is_alphanumeric) {
            return None;
        }
    }
    Some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_gives_the_number_it_opens_with_and_no_other() {
        let title = "Nghị định 12/2011/NĐ-CP Về tổ chức";
        assert_eq!(leading_number(title, "Nghị định"), Some("12/2011/NĐ-CP"));
        let title = "THÔNG TƯ SỐ: 7/2020/TT-BTP, về …";
        assert_eq!(leading_number(title, "Thông tư"), Some("7/2020/TT-BTP"));
        let title = "Nghị định sửa đổi Nghị định 12/2011/NĐ-CP";
        assert_eq!(leading_number(title, "Nghị định"), None);
    }

    #[test]
    fn words_that_only_look_like_numbers_are_not_taken() {
        for word in ["17", "Không", "07/06/2019", "24/7", "2019-2025", "60-70kg"] {
            assert!(!is_unmistakable(word), "{word}");
        }
        for word in [
            "36-NQ/TW",
            "8-CP",
            "45/2019/QH14",
            "66.7/2025/NQ-CP",
            "279/2002/QĐ-TTg",
        ] {
            assert!(is_unmistakable(word), "{word}");
        }
    }
}
