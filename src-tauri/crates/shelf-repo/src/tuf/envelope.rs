//! The signed envelope: canonical JSON around canonical JSON.

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};
use shelf_law::ContentHash;
use sigstore_tuf::canonical_json::to_canonical_bytes;

use super::SPEC_VERSION;
use super::key::{KeyError, SigningKey};

/// Signs `signed` with each key. The file is canonical JSON as a whole, so that it has one
/// spelling; the signatures stand in the order of their key ids.
pub(super) fn seal(signed: Value, keys: &[&SigningKey]) -> Result<Vec<u8>, KeyError> {
    let message = canonical(&signed);
    let mut signatures = Vec::with_capacity(keys.len());
    for key in keys {
        signatures.push((key.id().to_string(), key.sign(&message)?));
    }
    signatures.sort();
    let signatures: Vec<Value> = signatures
        .into_iter()
        .map(|(keyid, sig)| json!({"keyid": keyid, "sig": sig}))
        .collect();
    Ok(canonical(
        &json!({"signatures": signatures, "signed": signed}),
    ))
}

/// The fields that every role has.
pub(super) fn role(kind: &str, version: u64, expires: Timestamp) -> serde_json::Map<String, Value> {
    let mut fields = serde_json::Map::new();
    fields.insert("_type".into(), kind.into());
    fields.insert("spec_version".into(), SPEC_VERSION.into());
    fields.insert("version".into(), version.into());
    fields.insert("expires".into(), seconds(expires).into());
    fields
}

/// How a parent names a file: version, length and hash.
pub(super) fn pin(version: u64, bytes: &[u8]) -> Value {
    json!({
        "version": version,
        "length": bytes.len(),
        "hashes": {"sha256": ContentHash::of(bytes).to_string()},
    })
}

pub(super) fn canonical(value: &Value) -> Vec<u8> {
    canonical_or_none(value).expect("our metadata holds whole numbers only")
}

/// The canonical bytes; `None` for a value with a fraction, which has none.
pub(super) fn canonical_or_none(value: &Value) -> Option<Vec<u8>> {
    to_canonical_bytes(value).ok()
}

/// `2026-01-31T08:00:00Z`: whole seconds, as TUF wants them.
pub(super) fn seconds(time: Timestamp) -> String {
    Timestamp::from_second(time.as_second())
        .unwrap_or(time)
        .to_string()
}

/// The same moment `years` later, or the last representable one.
pub(super) fn years_after(now: Timestamp, years: i32) -> Timestamp {
    now.to_zoned(TimeZone::UTC)
        .checked_add(years.years())
        .map_or(Timestamp::MAX, |later| later.timestamp())
}
