//! Bytes from a source, with a cap on their length.

use super::error::{TufError, looks_like_a_page};
use super::trust::FetchMetadata;

/// A file that signed metadata names, of the length that it names.
pub(super) async fn fetch_named(
    source: &impl FetchMetadata,
    name: &str,
    length: Option<u64>,
    max: u64,
) -> Result<Vec<u8>, TufError> {
    let max = match length {
        Some(length) if length > max => {
            return Err(malformed(
                name,
                &format!("{length} bytes are announced, {max} allowed"),
            ));
        }
        Some(length) => length,
        None => max,
    };
    match fetch(source, name, max).await? {
        None => Err(TufError::Missing {
            file: name.to_string(),
        }),
        Some(bytes) if length.is_some_and(|length| bytes.len() as u64 != length) => {
            let reason = format!("{} bytes in place of {max}", bytes.len());
            Err(mismatch(name, &reason))
        }
        Some(bytes) => Ok(bytes),
    }
}

pub(super) async fn fetch(
    source: &impl FetchMetadata,
    name: &str,
    max: u64,
) -> Result<Option<Vec<u8>>, TufError> {
    let fetched = source.fetch(name, max).await;
    let bytes = fetched.map_err(|source| TufError::Transport {
        file: name.to_string(),
        source,
    })?;
    if let Some(bytes) = &bytes {
        // No metadata and no head begins like a page.
        if looks_like_a_page(bytes) {
            return Err(TufError::WebPage {
                file: name.to_string(),
            });
        }
        if bytes.len() as u64 > max {
            return Err(mismatch(name, &format!("it is longer than {max} bytes")));
        }
    }
    Ok(bytes)
}

pub(super) fn malformed(file: &str, reason: &str) -> TufError {
    TufError::Malformed {
        file: file.to_string(),
        reason: reason.to_string(),
    }
}

pub(super) fn mismatch(file: &str, reason: &str) -> TufError {
    TufError::Mismatch {
        file: file.to_string(),
        reason: reason.to_string(),
    }
}
