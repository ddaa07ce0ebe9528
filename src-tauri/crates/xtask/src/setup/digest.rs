//! SHA-256 of files: for pinned downloads, and to know whether work is already done.

use std::{fs, io, path::Path};

use anyhow::{Context, Result};
use sha2::{Digest as _, Sha256};

/// SHA-256 of one file, in lower-case hexadecimal.
pub(super) fn of_file(path: &Path) -> Result<String> {
    let mut hash = Sha256::new();
    feed(&mut hash, path)?;
    Ok(hex::encode(hash.finalize()))
}

/// SHA-256 over the names and contents of files and folders, in a fixed order.
pub(super) fn of_tree(paths: &[std::path::PathBuf]) -> Result<String> {
    let mut files = Vec::new();
    for path in paths {
        collect(path, &mut files)?;
    }
    files.sort();
    let mut hash = Sha256::new();
    for file in &files {
        hash.update(file.as_os_str().as_encoded_bytes());
        hash.update([0]);
        feed(&mut hash, file)?;
    }
    Ok(hex::encode(hash.finalize()))
}

fn collect(path: &Path, files: &mut Vec<std::path::PathBuf>) -> Result<()> {
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    let entries = fs::read_dir(path).with_context(|| format!("cannot list {}", path.display()))?;
    for entry in entries {
        collect(&entry?.path(), files)?;
    }
    Ok(())
}

fn feed(hash: &mut Sha256, path: &Path) -> Result<()> {
    let mut file =
        fs::File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    io::copy(&mut file, hash).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(())
}

/// A note beside finished work: what it was made from.
pub(super) struct Stamp {
    path: std::path::PathBuf,
}

impl Stamp {
    pub(super) fn new(path: std::path::PathBuf) -> Self {
        Self { path }
    }

    pub(super) fn says(&self, digest: &str) -> bool {
        fs::read_to_string(&self.path).is_ok_and(|text| text.trim() == digest)
    }

    pub(super) fn write(&self, digest: &str) -> Result<()> {
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder)
                .with_context(|| format!("cannot make {}", folder.display()))?;
        }
        fs::write(&self.path, digest)
            .with_context(|| format!("cannot write {}", self.path.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_changes_its_digest_with_a_name_or_a_byte() {
        let folder = tempfile::tempdir().unwrap();
        let tree = [folder.path().to_owned()];
        fs::write(folder.path().join("a"), "x").unwrap();
        let first = of_tree(&tree).unwrap();
        assert_eq!(of_tree(&tree).unwrap(), first);
        fs::write(folder.path().join("a"), "y").unwrap();
        let second = of_tree(&tree).unwrap();
        fs::rename(folder.path().join("a"), folder.path().join("b")).unwrap();
        let third = of_tree(&tree).unwrap();
        assert!(first != second && second != third);
    }

    #[test]
    fn a_stamp_that_is_not_there_says_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let stamp = Stamp::new(folder.path().join("deep/stamp"));
        assert!(!stamp.says("abc"));
        stamp.write("abc").unwrap();
        assert!(stamp.says("abc") && !stamp.says("abd"));
    }
}
