//! Content-addressed local storage: `o/ab/cd/<sha256>`, the same in a client's home, a publisher's
//! workspace and a repository.

use crate::blob::{BlobHasher, Hashed};
use crate::destination::{RepoRead, StoreError, read_capped, read_range};
use crate::files::{self, FileError};
use crate::{RepoError, RepoName};
use shelf_law::ContentHash;
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// Why an object was not stored or read.
#[derive(Debug, thiserror::Error)]
pub enum ObjectError {
    /// The file system said no.
    #[error(transparent)]
    File(#[from] FileError),
    /// The one who gives the bytes stopped giving them.
    #[error("reading the bytes of an object failed: {0}")]
    Reading(#[source] std::io::Error),
    /// More bytes came than were allowed.
    #[error("an object has more than {max} bytes")]
    TooLarge {
        /// The limit.
        max: u64,
    },
    /// The bytes are not those of the hash.
    #[error("an object has the hash {found} instead of {expected}")]
    Differs {
        /// The hash asked for.
        expected: ContentHash,
        /// The hash of the bytes.
        found: ContentHash,
    },
}

/// Objects in a folder, by hash.
#[derive(Clone, Debug)]
pub struct ObjectFolder {
    root: PathBuf,
}

impl ObjectFolder {
    /// The objects below `root`, in its folder `o`, which is created with the first one.
    pub fn new(root: impl Into<PathBuf>) -> ObjectFolder {
        ObjectFolder { root: root.into() }
    }

    /// Where the object of this hash stands, or would stand.
    pub fn path(&self, hash: &ContentHash) -> PathBuf {
        self.root.join(RepoName::object(hash).as_str())
    }

    /// Whether it is there. Its bytes are not looked at.
    pub fn has(&self, hash: &ContentHash) -> bool {
        self.path(hash).is_file()
    }

    /// Its size, `None` where it is not there.
    pub fn size(&self, hash: &ContentHash) -> Result<Option<u64>, ObjectError> {
        Ok(files::size(&self.path(hash))?)
    }

    /// Opens it for reading; `None` where it is not there.
    pub fn open(&self, hash: &ContentHash) -> Result<Option<File>, ObjectError> {
        Ok(files::open_if_there(&self.path(hash))?)
    }

    /// Its bytes, hashed again; `None` where it is not there.
    pub fn read(&self, hash: &ContentHash, max: u64) -> Result<Option<Vec<u8>>, ObjectError> {
        let bytes = match read_capped(&self.path(hash), &RepoName::object(hash), max) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return Ok(None),
            Err(StoreError::File(error)) => return Err(error.into()),
            Err(_) => return Err(ObjectError::TooLarge { max }),
        };
        match ContentHash::of(&bytes) {
            found if found == *hash => Ok(Some(bytes)),
            found => Err(ObjectError::Differs {
                expected: *hash,
                found,
            }),
        }
    }

    /// Hashes it again: `Some(true)` where its bytes are the ones it is named for, `None` where it
    /// is not there. After a loss of power a file may have the right length and be full of zeros.
    pub fn is_sound(&self, hash: &ContentHash) -> Result<Option<bool>, ObjectError> {
        let Some(file) = self.open(hash)? else {
            return Ok(None);
        };
        let hashed = crate::blob::blob_for(file, u64::MAX).map_err(ObjectError::Reading)?;
        Ok(Some(hashed.blob.sha256 == *hash))
    }

    /// Stores bytes. What is there already is left alone while it is sound, else replaced.
    pub fn insert_bytes(&self, bytes: &[u8]) -> Result<ContentHash, ObjectError> {
        let hash = ContentHash::of(bytes);
        if self.is_sound(&hash)? != Some(true) {
            files::write_whole(&self.path(&hash), bytes)?;
        }
        Ok(hash)
    }

    /// Stores what `reader` gives, hashing and counting in the stream: nothing larger than `max`
    /// and nothing but `expected`, where that is given, ever gets a name.
    pub fn insert_reader(
        &self,
        mut reader: impl Read,
        max: u64,
        expected: Option<&ContentHash>,
    ) -> Result<Hashed, ObjectError> {
        let mut temporary = files::temporary_in(&self.root.join("o"))?;
        let mut hasher = BlobHasher::new();
        let mut buffer = vec![0; 256 << 10];
        loop {
            let read = match reader.read(&mut buffer) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(ObjectError::Reading(error)),
            };
            hasher.update(&buffer[..read]);
            if hasher.size() > max {
                return Err(ObjectError::TooLarge { max });
            }
            temporary
                .write_all(&buffer[..read])
                .map_err(files::fail("write", temporary.path()))?;
        }
        let hashed = hasher.finish();
        if let Some(expected) = expected.filter(|hash| **hash != hashed.blob.sha256) {
            return Err(ObjectError::Differs {
                expected: *expected,
                found: hashed.blob.sha256,
            });
        }
        if self.is_sound(&hashed.blob.sha256)? != Some(true) {
            files::finish(temporary, &self.path(&hashed.blob.sha256))?;
        }
        Ok(hashed)
    }

    /// Stores a copy of a file.
    pub fn insert_file(&self, path: &Path, max: u64) -> Result<Hashed, ObjectError> {
        self.insert_reader(files::open(path)?, max, None)
    }

    /// Takes over a finished file that stands on the same disk and whose hash the caller has just
    /// computed: it gets its name, and is gone from where it was.
    pub fn adopt(&self, path: &Path, hash: &ContentHash) -> Result<(), ObjectError> {
        Ok(files::rename_into(path, &self.path(hash))?)
    }

    /// Removes an object; no error where there is none.
    pub fn remove(&self, hash: &ContentHash) -> Result<(), ObjectError> {
        Ok(files::remove(&self.path(hash))?)
    }

    /// Removes what killed writers left behind and says how much. Only for the one process that
    /// holds the right to write here.
    pub fn remove_unfinished(&self) -> Result<u64, ObjectError> {
        Ok(files::remove_temporaries(&self.root.join("o"))?)
    }

    /// Hash and size of every object, sorted by hash.
    pub fn list(&self) -> Result<Vec<(ContentHash, u64)>, ObjectError> {
        let mut list = Vec::new();
        for found in files::walk(&self.root.join("o"))? {
            let name = found.path.file_name().and_then(|name| name.to_str());
            if let Some(hash) = name.and_then(|name| name.parse().ok()) {
                list.push((hash, found.size));
            }
        }
        list.sort();
        Ok(list)
    }
}

impl RepoRead for ObjectFolder {
    fn get(&self, name: &RepoName, max: u64) -> Result<Option<Vec<u8>>, StoreError> {
        read_capped(&self.root.join(name.as_str()), name, max)
    }

    fn get_range(
        &self,
        name: &RepoName,
        offset: u64,
        length: u64,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        read_range(&self.root.join(name.as_str()), offset, length)
    }

    fn size(&self, name: &RepoName) -> Result<Option<u64>, StoreError> {
        Ok(files::size(&self.root.join(name.as_str()))?)
    }
}

impl From<ObjectError> for RepoError {
    fn from(error: ObjectError) -> RepoError {
        match error {
            ObjectError::File(error) => RepoError::Store(error.into()),
            ObjectError::Differs { expected, found } => RepoError::Hash {
                name: RepoName::object(&expected).to_string(),
                found,
            },
            other => RepoError::refused("an object", "F-7", other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_is_stored_once_and_read_by_its_hash() {
        let folder = tempfile::tempdir().unwrap();
        let objects = ObjectFolder::new(folder.path());
        let hash = objects.insert_bytes(b"abc").unwrap();
        assert_eq!(hash, ContentHash::of(b"abc"));
        let again = objects.insert_reader(&b"abc"[..], 3, Some(&hash)).unwrap();
        assert_eq!(again.blob.sha256, hash);
        assert_eq!(objects.read(&hash, 3).unwrap().unwrap(), b"abc");
        assert_eq!(objects.list().unwrap(), [(hash, 3)]);
        assert!(objects.path(&hash).ends_with(format!("ba/78/{hash}")));
        objects.remove(&hash).unwrap();
        assert!(!objects.has(&hash));
    }

    #[test]
    fn too_many_or_other_bytes_never_get_a_name() {
        let folder = tempfile::tempdir().unwrap();
        let objects = ObjectFolder::new(folder.path());
        let large = objects.insert_reader(std::io::repeat(7), 1 << 20, None);
        assert!(matches!(large, Err(ObjectError::TooLarge { .. })));
        let other = objects.insert_reader(&b"abc"[..], 99, Some(&ContentHash::of(b"x")));
        assert!(matches!(other, Err(ObjectError::Differs { .. })));
        assert!(files::walk(folder.path()).unwrap().is_empty());
    }

    #[test]
    fn bytes_that_rotted_on_disk_are_noticed_and_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let objects = ObjectFolder::new(folder.path());
        let hash = objects.insert_bytes(b"abc").unwrap();
        files::write_whole(&objects.path(&hash), &[0, 0, 0]).unwrap();
        assert_eq!(objects.is_sound(&hash).unwrap(), Some(false));
        assert!(objects.read(&hash, 9).is_err());
        objects.insert_reader(&b"abc"[..], 9, Some(&hash)).unwrap();
        assert_eq!(objects.is_sound(&hash).unwrap(), Some(true), "it heals");
    }

    #[test]
    fn what_a_killed_writer_left_is_swept() {
        let folder = tempfile::tempdir().unwrap();
        let objects = ObjectFolder::new(folder.path());
        objects.insert_bytes(b"abc").unwrap();
        let orphan = files::temporary_in(&folder.path().join("o")).unwrap();
        let (_, path) = orphan.keep().unwrap();
        assert_eq!(objects.remove_unfinished().unwrap(), 1);
        assert!(!path.exists());
        assert_eq!(objects.list().unwrap().len(), 1);
    }
}
