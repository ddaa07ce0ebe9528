//! Files and folders of the rounds.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};

/// An empty folder; what was there is removed.
pub(super) fn empty_folder(folder: &Path) -> Result<()> {
    remove(folder)?;
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))
}

/// Removes a file or folder, if it is there.
pub(super) fn remove(path: &Path) -> Result<()> {
    let removed = match path.symlink_metadata() {
        Err(_) => return Ok(()),
        Ok(found) if found.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
    };
    removed.with_context(|| format!("cannot remove {}", path.display()))
}

/// Makes `to` a copy of the folder `from`.
pub(super) fn copy(from: &Path, to: &Path) -> Result<()> {
    empty_folder(to)?;
    for file in all(from)? {
        let target = to.join(&file);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::copy(from.join(&file), &target)
            .with_context(|| format!("cannot copy {}", file.display()))?;
    }
    Ok(())
}

/// All files below a folder, relative to it, in order of name.
pub(super) fn all(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(current) = folders.pop() {
        let listed =
            fs::read_dir(&current).with_context(|| format!("cannot read {}", current.display()))?;
        for entry in listed {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path.strip_prefix(folder)?.to_owned());
            }
        }
    }
    files.sort();
    Ok(files)
}

/// A name as the repository writes it.
pub(super) fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// Changes one bit of one byte.
pub(super) fn flip(path: &Path, at: usize) -> Result<()> {
    let mut bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    ensure!(at < bytes.len(), "{} has no byte {at}", path.display());
    bytes[at] ^= 0x10;
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

/// Bytes of all files below a folder.
pub(super) fn bytes(folder: &Path) -> Result<u64> {
    let sizes = all(folder)?
        .into_iter()
        .map(|file| Ok(folder.join(file).metadata()?.len()));
    sizes.sum()
}

/// `count` places in a file of `length` bytes: the first, the last, and others evenly between them.
pub(super) fn places(length: usize, count: usize) -> Vec<usize> {
    let last = length.saturating_sub(1);
    let mut places: Vec<usize> = match (length, count) {
        (0, _) | (_, 0) => Vec::new(),
        (_, 1) => vec![last / 2],
        _ => (0..count).map(|n| last * n / (count - 1)).collect(),
    };
    places.dedup();
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lie_inside_the_file() {
        assert!(places(0, 3).is_empty());
        assert_eq!(places(1, 3), [0]);
        assert_eq!(places(101, 3), [0, 50, 100]);
        assert_eq!(places(10, 1), [4]);
    }

    #[test]
    fn a_copy_has_the_same_files() {
        let from = tempfile::tempdir().unwrap();
        fs::create_dir(from.path().join("a")).unwrap();
        fs::write(from.path().join("a/b"), b"12").unwrap();
        let to = tempfile::tempdir().unwrap();
        fs::write(to.path().join("old"), b"x").unwrap();
        copy(from.path(), to.path()).unwrap();
        assert_eq!(all(to.path()).unwrap(), [PathBuf::from("a/b")]);
        assert_eq!(bytes(to.path()).unwrap(), 2);
        flip(&to.path().join("a/b"), 1).unwrap();
        assert_eq!(fs::read(to.path().join("a/b")).unwrap(), b"1\x22");
    }
}
