//! The one spelling of a metadata file.

use serde_json::Value;

use super::envelope::canonical_or_none;

/// A metadata file has one spelling: canonical JSON of `signatures` and `signed`, signatures in the
/// order of their key ids, each with `keyid` and `sig` in lower-case hexadecimal digits. Else a
/// changed byte could leave all signatures valid.
pub(super) fn canonical_file(bytes: &[u8]) -> Result<(), String> {
    let value: Value =
        serde_json::from_slice(bytes).map_err(|error| format!("it is no JSON: {error}"))?;
    if canonical_or_none(&value).as_deref() != Some(bytes) {
        return Err("its bytes are not canonical JSON".to_string());
    }
    let object = value.as_object().filter(|object| object.len() == 2);
    let signatures = object
        .filter(|object| object.contains_key("signed"))
        .and_then(|object| object.get("signatures")?.as_array())
        .ok_or("it must hold `signatures` and `signed` and nothing else")?;
    let mut ids = Vec::new();
    for signature in signatures {
        let field = |name| {
            signature
                .get(name)
                .and_then(Value::as_str)
                .filter(|s| is_hex(s))
        };
        match (field("keyid"), field("sig"), signature.as_object()) {
            (Some(id), Some(_), Some(fields)) if fields.len() == 2 => ids.push(id),
            _ => return Err("a signature must be `keyid` and `sig` in lower-case hex".to_string()),
        }
    }
    if !ids.is_sorted_by(|a, b| a < b) {
        return Err("its signatures are not in the order of their key ids".to_string());
    }
    Ok(())
}

fn is_hex(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}
