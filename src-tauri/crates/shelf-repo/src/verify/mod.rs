//! Verifying a whole repository: every file of it, and everything that the head says [F-23].
//! Signatures are verified by whoever gives the head.

mod content;
mod files;

#[cfg(test)]
mod tests;

use crate::destination::FolderDestination;
use crate::files::FileError;
use crate::format::{Blob, Head};
use crate::{RepoError, RepoName, RepoReader};
use shelf_law::ContentHash;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Something that is wrong with a repository.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Fault {
    /// The file, relative to the repository, or the part of the repository.
    pub file: String,
    /// What is wrong.
    pub reason: String,
}

/// What a verification saw.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct VerifyReport {
    /// Files that were hashed or read.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Documents on the shelf whose text was read.
    pub documents: u64,
    /// Sound objects that this head does not refer to: those of the head before, or of a publish
    /// that was killed.
    pub unreferenced: u64,
    /// Unfinished files of a publish that was killed; the next one removes them.
    pub unfinished: u64,
    /// What is wrong, sorted by file.
    pub faults: Vec<Fault>,
}

impl VerifyReport {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.faults.is_empty()
    }

    fn fault(&mut self, file: impl ToString, reason: impl ToString) {
        self.faults.push(Fault {
            file: file.to_string(),
            reason: reason.to_string(),
        });
    }

    /// Records an error of reading, unless the file it is about has been reported by itself.
    fn note(&mut self, error: RepoError, bad: &BTreeSet<String>) {
        let (file, reason) = match &error {
            RepoError::Missing { name }
            | RepoError::Hash { name, .. }
            | RepoError::Size { name, .. }
            | RepoError::Refused { name, .. } => (name.clone(), error.to_string()),
            RepoError::Store(_) => ("the repository".to_string(), error.to_string()),
        };
        if !bad.contains(&file) {
            self.fault(file, reason);
        }
    }
}

/// Verifies the repository in `folder` against the bytes of its head. Every file is hashed, whether
/// it is referred to or not; a file that has no business there is a fault. An error only where the
/// folder cannot be listed; everything else stands in the report.
pub fn verify_objects(folder: &Path, head_bytes: &[u8]) -> Result<VerifyReport, FileError> {
    let mut report = VerifyReport::default();
    let found = files::verify_files(folder, &mut report)?;
    let store = FolderDestination::new(folder);
    let reader = RepoReader::new(&store);
    match Head::parse(head_bytes) {
        Ok(head) => {
            let head_name = RepoName::head(&ContentHash::of(head_bytes)).to_string();
            if !found.heads.contains(&head_name) && !found.bad.contains(&head_name) {
                report.fault(&head_name, "it is missing");
            }
            content::verify_content(reader, &head, &found, &mut report);
        }
        Err(error) => report.note(error, &found.bad),
    }
    report.faults.sort();
    report.faults.dedup();
    Ok(report)
}

/// The files of a repository.
#[derive(Default)]
struct FoundFiles {
    /// Sound objects, as they are computed from their bytes.
    objects: BTreeMap<ContentHash, Blob>,
    /// Sound heads.
    heads: BTreeSet<String>,
    /// Files that a fault has been reported for.
    bad: BTreeSet<String>,
}
