//! Small things done to words everywhere in this crate.

use serde_json::{Map, Value};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The text in NFC, without a copy where it already is.
pub(crate) fn nfc(text: String) -> String {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => text,
        _ => text.nfc().collect(),
    }
}

/// One line: NFC, runs of white space as one space, none at the ends.
pub(crate) fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    nfc(out)
}

/// Letters and digits only, lower case, without marks and spaces: how names of columns are compared.
pub(crate) fn key(text: &str) -> String {
    text.nfd()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'đ' { 'd' } else { c })
        .collect()
}

/// All strings of a JSON value in NFC.
pub(crate) fn nfc_value(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(nfc(text)),
        Value::Array(items) => items.into_iter().map(nfc_value).collect(),
        Value::Object(map) => Value::Object(nfc_map(map)),
        other => other,
    }
}

/// All keys and strings of a JSON object in NFC.
pub(crate) fn nfc_map(map: Map<String, Value>) -> Map<String, Value> {
    map.into_iter()
        .map(|(name, value)| (nfc(name), nfc_value(value)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_columns_are_compared_without_marks_case_and_spaces() {
        assert_eq!(key("Ngày  ban hành"), "ngaybanhanh");
        assert_eq!(key("Đối tượng"), "doituong");
        assert_eq!(key("applies_in"), "appliesin");
    }

    #[test]
    fn decomposed_letters_become_nfc() {
        assert_eq!(
            one_line(" Luật\u{a0}Đa\u{302}\u{301}t  đai\n"),
            "Luật Đất đai"
        );
    }
}
