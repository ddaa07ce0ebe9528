//! Every file by itself: is it allowed here, and are its bytes those it is named for.

use super::{Fault, FoundFiles, VerifyReport};
use crate::blob::{Hashed, blob_for};
use crate::files::{self, FileError, Found};
use crate::{RepoName, limits};
use rayon::prelude::*;
use std::path::Path;

/// What one file turned out to be.
enum Kind {
    Object(Hashed),
    Head,
    /// Signed metadata, which is verified by its signatures.
    Metadata,
    Unfinished,
    Bad(String),
}

pub(super) fn verify_files(
    folder: &Path,
    report: &mut VerifyReport,
) -> Result<FoundFiles, FileError> {
    let all = files::walk(folder)?;
    let judged: Vec<_> = all
        .par_iter()
        .map(|found| {
            let relative = found.path.strip_prefix(folder).unwrap_or(&found.path);
            let name = relative.to_string_lossy().replace('\\', "/");
            let kind = judge(found, &name);
            (name, kind)
        })
        .collect();
    let mut result = FoundFiles::default();
    for (found, (name, kind)) in all.iter().zip(judged) {
        report.files += 1;
        report.bytes += found.size;
        match kind {
            Kind::Object(hashed) => {
                result.objects.insert(hashed.blob.sha256, hashed.blob);
            }
            Kind::Head => {
                result.heads.insert(name);
            }
            Kind::Metadata => {}
            Kind::Unfinished => report.unfinished += 1,
            Kind::Bad(reason) => {
                result.bad.insert(name.clone());
                report.faults.push(Fault { file: name, reason });
            }
        }
    }
    Ok(result)
}

fn judge(found: &Found, text: &str) -> Kind {
    let bad = |reason: &str| Kind::Bad(reason.to_string());
    if !found.plain {
        return bad("it is a link or a device, not a file");
    }
    let file_name = text.rsplit('/').next().unwrap_or(text);
    let inside = text.starts_with("o/") || text.starts_with("tuf/");
    if inside && files::is_temporary(file_name) {
        return Kind::Unfinished;
    }
    let Ok(name) = text.parse::<RepoName>() else {
        return bad("it has no business in a repository");
    };
    let hashed = || {
        let file = files::open(&found.path).map_err(|error| error.to_string())?;
        blob_for(file, limits::MAX_OBJECT).map_err(|error| format!("it cannot be read: {error}"))
    };
    // [F-4] [F-5] Objects and heads are named by their hash.
    let (expected, is_object) = match (name.object_hash(), name.head_hash()) {
        (Some(hash), _) => (hash, true),
        (None, Some(hash)) => (hash, false),
        (None, None) if is_metadata(text) => return Kind::Metadata,
        (None, None) => return bad("it has no business in a repository"),
    };
    match hashed() {
        Err(reason) => Kind::Bad(reason),
        Ok(hashed) if hashed.blob.sha256 != expected => {
            let found = hashed.blob.sha256;
            Kind::Bad(format!("it is damaged: its bytes have the hash {found}"))
        }
        Ok(hashed) if is_object => Kind::Object(hashed),
        Ok(_) => Kind::Head,
    }
}

/// [F-5] `timestamp.json`, `N.root.json`, `N.snapshot.json`, `N.targets.json`.
fn is_metadata(name: &str) -> bool {
    let Some(file) = name.strip_prefix("tuf/") else {
        return false;
    };
    if file == "timestamp.json" {
        return true;
    }
    let Some((version, role)) = file.split_once('.') else {
        return false;
    };
    let number = version.len() <= 20
        && !version.starts_with('0')
        && version.bytes().all(|b| b.is_ascii_digit())
        && !version.is_empty();
    number && matches!(role, "root.json" | "snapshot.json" | "targets.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_metadata_that_the_format_names_may_stand_beside_the_objects() {
        for good in [
            "tuf/timestamp.json",
            "tuf/1.root.json",
            "tuf/12.targets.json",
        ] {
            assert!(is_metadata(good), "{good}");
        }
        for bad in [
            "tuf/root.json",
            "tuf/01.root.json",
            "tuf/1.timestamp.json",
            "1.root.json",
            "tuf/x.root.json",
            "tuf/targets/1.root.json",
            "tuf/.root.json",
        ] {
            assert!(!is_metadata(bad), "{bad}");
        }
    }
}
