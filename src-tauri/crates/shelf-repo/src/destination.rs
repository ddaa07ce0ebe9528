//! Where a repository stands: a folder today, an object store later. Nothing here knows what the
//! bytes mean.

use crate::RepoName;
use crate::files::{self, FileError};
use sha2::{Digest, Sha256};
use shelf_law::ContentHash;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// A store failed to do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file system said no.
    #[error(transparent)]
    File(#[from] FileError),
    /// The file is larger than may be read at once.
    #[error("{name} has more than {max} bytes")]
    TooLarge {
        /// The file.
        name: String,
        /// The limit that was given.
        max: u64,
    },
    /// A file to be stored is not what it was when its hash was taken.
    #[error("{} changed while it was being published; publish again", path.display())]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// Any other store's own error.
    #[error("{operation} {name}: {source}")]
    Other {
        /// What was tried.
        operation: &'static str,
        /// On which file.
        name: String,
        /// What the store said.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// Gives the files of a repository by name.
pub trait RepoRead: Sync {
    /// The bytes of a file, at most `max`; `None` where there is no such file.
    fn get(&self, name: &RepoName, max: u64) -> Result<Option<Vec<u8>>, StoreError>;

    /// Bytes from `offset` on, `length` of them or fewer where the file ends before.
    fn get_range(
        &self,
        name: &RepoName,
        offset: u64,
        length: u64,
    ) -> Result<Option<Vec<u8>>, StoreError>;

    /// The size of a file, `None` where there is no such file.
    fn size(&self, name: &RepoName) -> Result<Option<u64>, StoreError>;
}

/// A place that a publisher may write a repository to.
pub trait Destination: RepoRead {
    /// Stores a file whole or not at all, in place of one of the same name.
    fn put(&self, name: &RepoName, bytes: &[u8]) -> Result<(), StoreError>;

    /// Stores a copy of the file at `path` whole or not at all; an error when its bytes no longer
    /// have the hash `expected`.
    fn put_file(
        &self,
        name: &RepoName,
        path: &Path,
        expected: &ContentHash,
    ) -> Result<(), StoreError>;

    /// Names and sizes of the files whose name begins with `prefix`, sorted by name.
    fn list(&self, prefix: &str) -> Result<Vec<(RepoName, u64)>, StoreError>;

    /// Removes a file; no error where there is none.
    fn remove(&self, name: &RepoName) -> Result<(), StoreError>;

    /// Removes what writers that were killed left behind; called while nobody else writes.
    fn remove_unfinished(&self) -> Result<(), StoreError> {
        Ok(())
    }
}

/// A repository in a folder.
#[derive(Clone, Debug)]
pub struct FolderDestination {
    root: PathBuf,
}

impl FolderDestination {
    /// The repository in the folder `root`, which is created with the first file.
    pub fn new(root: impl Into<PathBuf>) -> FolderDestination {
        FolderDestination { root: root.into() }
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    fn path(&self, name: &RepoName) -> PathBuf {
        self.root.join(name.as_str())
    }
}

pub(crate) fn read_capped(
    path: &Path,
    name: &RepoName,
    max: u64,
) -> Result<Option<Vec<u8>>, StoreError> {
    let Some(file) = files::open_if_there(path)? else {
        return Ok(None);
    };
    let mut bytes = Vec::new();
    file.take(max.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(files::fail("read", path))?;
    match bytes.len() as u64 > max {
        true => Err(StoreError::TooLarge {
            name: name.to_string(),
            max,
        }),
        false => Ok(Some(bytes)),
    }
}

pub(crate) fn read_range(
    path: &Path,
    offset: u64,
    length: u64,
) -> Result<Option<Vec<u8>>, StoreError> {
    use std::io::{Seek, SeekFrom};
    let Some(mut file) = files::open_if_there(path)? else {
        return Ok(None);
    };
    file.seek(SeekFrom::Start(offset))
        .map_err(files::fail("read", path))?;
    let mut bytes = Vec::new();
    file.take(length)
        .read_to_end(&mut bytes)
        .map_err(files::fail("read", path))?;
    Ok(Some(bytes))
}

impl RepoRead for FolderDestination {
    fn get(&self, name: &RepoName, max: u64) -> Result<Option<Vec<u8>>, StoreError> {
        read_capped(&self.path(name), name, max)
    }

    fn get_range(
        &self,
        name: &RepoName,
        offset: u64,
        length: u64,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        read_range(&self.path(name), offset, length)
    }

    fn size(&self, name: &RepoName) -> Result<Option<u64>, StoreError> {
        Ok(files::size(&self.path(name))?)
    }
}

impl Destination for FolderDestination {
    fn put(&self, name: &RepoName, bytes: &[u8]) -> Result<(), StoreError> {
        Ok(files::write_whole(&self.path(name), bytes)?)
    }

    fn put_file(
        &self,
        name: &RepoName,
        path: &Path,
        expected: &ContentHash,
    ) -> Result<(), StoreError> {
        let place = self.path(name);
        let mut source = files::open(path)?;
        let mut temporary = files::temporary_in(place.parent().unwrap_or(&self.root))?;
        let mut hasher = Sha256::new();
        let mut buffer = vec![0; 256 << 10];
        loop {
            let read = source
                .read(&mut buffer)
                .map_err(files::fail("read", path))?;
            if read == 0 {
                break;
            }
            hasher.update(&buffer[..read]);
            temporary
                .write_all(&buffer[..read])
                .map_err(files::fail("write", temporary.path()))?;
        }
        if ContentHash::from_bytes(hasher.finalize().into()) != *expected {
            return Err(StoreError::Changed {
                path: path.to_path_buf(),
            });
        }
        Ok(files::finish(temporary, &place)?)
    }

    fn list(&self, prefix: &str) -> Result<Vec<(RepoName, u64)>, StoreError> {
        // Only the folder that the prefix names needs to be walked.
        let folder = prefix.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut names = Vec::new();
        for found in files::walk(&self.root.join(folder))? {
            let relative = found.path.strip_prefix(&self.root).ok();
            let text = relative
                .and_then(Path::to_str)
                .map(|t| t.replace('\\', "/"));
            let name = text.and_then(|text| text.parse::<RepoName>().ok());
            if let Some(name) = name.filter(|name| name.as_str().starts_with(prefix)) {
                names.push((name, found.size));
            }
        }
        names.sort();
        Ok(names)
    }

    fn remove(&self, name: &RepoName) -> Result<(), StoreError> {
        Ok(files::remove(&self.path(name))?)
    }

    fn remove_unfinished(&self) -> Result<(), StoreError> {
        for folder in ["o", "tuf"] {
            files::remove_temporaries(&self.root.join(folder))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> RepoName {
        text.parse().unwrap()
    }

    #[test]
    fn a_folder_gives_back_what_was_put_and_lists_it() {
        let folder = tempfile::tempdir().unwrap();
        let store = FolderDestination::new(folder.path().join("repo"));
        assert!(
            store
                .get(&name("tuf/timestamp.json"), 10)
                .unwrap()
                .is_none()
        );
        store.put(&name("tuf/timestamp.json"), b"one").unwrap();
        store.put(&name("tuf/timestamp.json"), b"two!").unwrap();
        store.put(&name("o/x"), b"0123456789").unwrap();
        assert_eq!(
            store.get(&name("tuf/timestamp.json"), 4).unwrap().unwrap(),
            b"two!"
        );
        assert!(matches!(
            store.get(&name("tuf/timestamp.json"), 3),
            Err(StoreError::TooLarge { .. })
        ));
        assert_eq!(
            store.get_range(&name("o/x"), 8, 5).unwrap().unwrap(),
            b"89",
            "a range ends with the file"
        );
        assert_eq!(
            store.list("tuf/").unwrap(),
            [(name("tuf/timestamp.json"), 4)]
        );
        assert_eq!(store.list("").unwrap().len(), 2, "no temporary file stays");
        store.remove(&name("o/x")).unwrap();
        store.remove(&name("o/x")).unwrap();
        assert_eq!(store.size(&name("o/x")).unwrap(), None);
    }

    #[test]
    fn a_file_that_changed_since_it_was_hashed_is_not_stored() {
        let folder = tempfile::tempdir().unwrap();
        let store = FolderDestination::new(folder.path().join("repo"));
        let source = folder.path().join("a.pdf");
        files::write_whole(&source, b"new bytes").unwrap();
        let stored = name("o/a");
        let error = store.put_file(&stored, &source, &ContentHash::of(b"old bytes"));
        assert!(matches!(error, Err(StoreError::Changed { .. })));
        assert_eq!(store.size(&stored).unwrap(), None);
        store
            .put_file(&stored, &source, &ContentHash::of(b"new bytes"))
            .unwrap();
        assert_eq!(store.size(&stored).unwrap(), Some(9));
    }

    #[cfg(unix)]
    #[test]
    fn a_web_server_of_another_account_may_read_what_was_put() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let store = FolderDestination::new(folder.path());
        store.put(&name("o/x"), b"x").unwrap();
        std::fs::write(folder.path().join("plain"), b"x").unwrap();
        let mode = |name: &str| {
            let meta = folder.path().join(name).metadata().unwrap();
            meta.permissions().mode()
        };
        assert_eq!(mode("o/x"), mode("plain"), "the umask decides, not 0600");
    }
}
