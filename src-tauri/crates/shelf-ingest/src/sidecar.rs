//! `<file>.meta.json`: what somebody says about the file beside it.

use crate::claims::Claims;
use crate::{Column, Reason};
use serde_json::Value;
use std::path::{Component, Path, PathBuf};

const SUFFIX: &str = ".meta.json";
/// The largest sidecar that is read.
const MAX_BYTES: u64 = 4 << 20;

/// Whether the file describes another.
pub(crate) fn is_sidecar(path: &Path) -> bool {
    target(path).is_some()
}

/// The file that a sidecar describes.
pub(crate) fn target(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?.to_str()?;
    let file = name.strip_suffix(SUFFIX).filter(|file| !file.is_empty())?;
    Some(path.with_file_name(file))
}

/// What the sidecar of `file` says, where there is one. The keys are those of a list; others are
/// kept as they are.
pub(crate) fn read(file: &Path) -> Result<Option<Claims>, Reason> {
    let mut name = file.file_name().unwrap_or_default().to_os_string();
    name.push(SUFFIX);
    let path = file.with_file_name(&name);
    let bad = |what: String| Reason::BadDescription(format!("{}: {what}", name.to_string_lossy()));
    let size = match std::fs::metadata(&path) {
        Ok(meta) => meta.len(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(bad(error.to_string())),
    };
    if size > MAX_BYTES {
        return Err(bad(format!("{size} bytes are too many")));
    }
    let bytes = std::fs::read(&path).map_err(|error| bad(error.to_string()))?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let value = serde_json::from_slice(bytes).map_err(|error| bad(error.to_string()))?;
    let Value::Object(said) = value else {
        return Err(bad("it is no JSON object".into()));
    };
    let mut claims = Claims::default();
    for (key, value) in said {
        match Column::from_name(&key) {
            Some(Column::File) => {}
            _ if value.is_null() => {}
            Some(column) if claims.put_json(column, &value) => {}
            _ => claims.keep(&key, value),
        }
    }
    claims.drop_unread();
    claims.poster = match claims.poster.take() {
        Some(named) if !is_plain(&named) => {
            return Err(bad("a poster is a file beside it, or below".into()));
        }
        Some(named) => Some(file.with_file_name(named)),
        None => None,
    };
    Ok(Some(claims))
}

/// Whether a path leads down only: what a sidecar names must not reach out of its folder.
fn is_plain(path: &Path) -> bool {
    path.components()
        .all(|part| matches!(part, Component::Normal(_)))
}
