//! Canonical JSON: one value, one spelling, so that a signature or a hash speaks about the value.
//! Keys in the order of their bytes, no space, no fraction; in strings only `"` and `\` are
//! escaped. Control characters are refused, so that OLPC canonical JSON, which TUF uses, and JSON
//! proper agree on every byte [F-8].

use serde::Serialize;
use serde_json::Value;

/// A value has no canonical spelling.
#[derive(Debug, thiserror::Error)]
pub enum CanonicalError {
    /// It cannot be written as JSON, or it is not JSON.
    #[error("not JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// It holds a fraction, or a number beyond 64 bits.
    #[error("{0} is not a whole number")]
    Number(serde_json::Number),
    /// It holds a control character.
    #[error("{0:?} holds a control character")]
    Control(String),
}

/// The canonical bytes of a value.
pub fn to_canonical(value: &impl Serialize) -> Result<Vec<u8>, CanonicalError> {
    let mut out = Vec::new();
    write(&serde_json::to_value(value)?, &mut out)?;
    Ok(out)
}

/// Whether `bytes` are the canonical spelling of the value they hold.
pub fn is_canonical(bytes: &[u8]) -> Result<bool, CanonicalError> {
    let value: Value = serde_json::from_slice(bytes)?;
    let mut out = Vec::with_capacity(bytes.len());
    write(&value, &mut out)?;
    Ok(out == bytes)
}

fn write(value: &Value, out: &mut Vec<u8>) -> Result<(), CanonicalError> {
    match value {
        Value::Null => out.extend(b"null"),
        Value::Bool(true) => out.extend(b"true"),
        Value::Bool(false) => out.extend(b"false"),
        Value::Number(number) if number.is_f64() => {
            return Err(CanonicalError::Number(number.clone()));
        }
        Value::Number(number) => out.extend(number.to_string().bytes()),
        Value::String(text) => write_string(text, out)?,
        Value::Array(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                write(item, out)?;
            }
            out.push(b']');
        }
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by_key(|(name, _)| name.as_bytes());
            out.push(b'{');
            for (index, (name, value)) in fields.into_iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                write_string(name, out)?;
                out.push(b':');
                write(value, out)?;
            }
            out.push(b'}');
        }
    }
    Ok(())
}

fn write_string(text: &str, out: &mut Vec<u8>) -> Result<(), CanonicalError> {
    if text.chars().any(|c| c < ' ') {
        return Err(CanonicalError::Control(text.chars().take(100).collect()));
    }
    out.push(b'"');
    for byte in text.bytes() {
        if matches!(byte, b'"' | b'\\') {
            out.push(b'\\');
        }
        out.push(byte);
    }
    out.push(b'"');
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_value_has_one_spelling() {
        let value = json!({"b": [1, true, null], "a": {"đ": "x\"\\y", "d": -5}, "B": ""});
        let bytes = to_canonical(&value).unwrap();
        let expected = r#"{"B":"","a":{"d":-5,"đ":"x\"\\y"},"b":[1,true,null]}"#;
        assert_eq!(String::from_utf8(bytes.clone()).unwrap(), expected);
        assert!(is_canonical(&bytes).unwrap());
        assert!(!is_canonical(br#"{"a": 1}"#).unwrap(), "a space");
        assert!(!is_canonical(br#"{"b":1,"a":1}"#).unwrap(), "order");
        assert!(
            !is_canonical("\"\\u0111\"".as_bytes()).unwrap(),
            "an escape"
        );
        assert!(!is_canonical(br#"{"a":1,"a":1}"#).unwrap(), "a key twice");
    }

    #[test]
    fn what_two_readers_could_read_differently_is_refused() {
        assert!(to_canonical(&json!({"a": 1.5})).is_err());
        assert!(to_canonical(&json!("line\nbreak")).is_err());
        assert!(is_canonical(b"{").is_err());
    }
}
