//! Where the files of an index are read: postings by plain reads, everything else as a map.
//!
//! A mapped file counts as memory of the process as far as it was ever read, which for the postings
//! of a large shelf comes to more than all the rest. Read plainly, they are held only while a term is
//! scored, and the cache of the system keeps them for the next question all the same.

use std::fs::File;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tantivy::HasLen;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, OwnedBytes, WatchCallback,
    WatchHandle, WritePtr,
};

/// Extension of the files that hold postings.
const POSTINGS: &str = "idx";

/// The folder of an index.
#[derive(Clone, Debug)]
pub(crate) struct IndexDirectory {
    folder: PathBuf,
    mapped: MmapDirectory,
}

impl IndexDirectory {
    pub(crate) fn open(folder: &Path) -> Result<IndexDirectory, tantivy::TantivyError> {
        Ok(IndexDirectory {
            folder: folder.to_path_buf(),
            mapped: MmapDirectory::open(folder)?,
        })
    }
}

impl Directory for IndexDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        if path
            .extension()
            .is_none_or(|extension| extension != POSTINGS)
        {
            return self.mapped.get_file_handle(path);
        }
        let opened = ReadFile::open(&self.folder.join(path));
        let file = opened.map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => OpenReadError::FileDoesNotExist(path.to_path_buf()),
            _ => OpenReadError::wrap_io_error(error, path.to_path_buf()),
        })?;
        Ok(Arc::new(file))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.mapped.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.mapped.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.mapped.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.mapped.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.mapped.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.mapped.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.mapped.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.mapped.watch(callback)
    }
}

/// A file that is read where it is asked for.
#[derive(Debug)]
struct ReadFile {
    file: File,
    length: usize,
}

impl ReadFile {
    fn open(path: &Path) -> io::Result<ReadFile> {
        let file = File::open(path)?;
        let length = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
        Ok(ReadFile { file, length })
    }

    #[cfg(unix)]
    fn read_at(&self, buffer: &mut [u8], at: u64) -> io::Result<()> {
        std::os::unix::fs::FileExt::read_exact_at(&self.file, buffer, at)
    }

    #[cfg(windows)]
    fn read_at(&self, mut buffer: &mut [u8], mut at: u64) -> io::Result<()> {
        while !buffer.is_empty() {
            let read = std::os::windows::fs::FileExt::seek_read(&self.file, buffer, at)?;
            if read == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            buffer = &mut buffer[read..];
            at += read as u64;
        }
        Ok(())
    }
}

impl HasLen for ReadFile {
    fn len(&self) -> usize {
        self.length
    }
}

impl FileHandle for ReadFile {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.start > range.end || range.end > self.length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let mut buffer = vec![0; range.len()];
        self.read_at(&mut buffer, range.start as u64)?;
        Ok(OwnedBytes::new(buffer))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_read_where_it_stands_and_none_beyond_the_end() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.idx"), b"0123456789").unwrap();
        let directory = IndexDirectory::open(folder.path()).unwrap();
        let file = directory.get_file_handle(Path::new("a.idx")).unwrap();
        assert_eq!(file.len(), 10);
        assert_eq!(file.read_bytes(3..6).unwrap().as_slice(), b"345");
        assert_eq!(file.read_bytes(10..10).unwrap().as_slice(), b"");
        assert!(file.read_bytes(8..11).is_err());
        let absent = directory.get_file_handle(Path::new("b.idx"));
        assert!(matches!(absent, Err(OpenReadError::FileDoesNotExist(_))));
    }
}
