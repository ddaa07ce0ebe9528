//! What can go wrong with an index.

use std::path::{Path, PathBuf};
use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenReadError, OpenWriteError};

/// An index could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no index in this folder yet: create one.
    #[error("no search index in {}; create one", .dir.display())]
    Absent {
        /// The folder.
        dir: PathBuf,
    },
    /// The index cannot be read, or was made by other rules: rebuild it. Nothing but time is lost.
    #[error("the search index in {} cannot be used and has to be rebuilt: {why}", .dir.display())]
    Damaged {
        /// The folder.
        dir: PathBuf,
        /// What was found.
        why: String,
    },
    /// Another process is writing to the index: try again when it has finished.
    #[error("the search index in {} is being written by another program; try again later", .dir.display())]
    Busy {
        /// The folder.
        dir: PathBuf,
    },
    /// Writing failed (disk full, no permission). What was committed before is still there.
    #[error("writing the search index in {} failed; check free space and permissions: {source}", .dir.display())]
    Write {
        /// The folder.
        dir: PathBuf,
        /// The cause.
        #[source]
        source: Box<TantivyError>,
    },
    /// An operation on a file of the index failed.
    #[error("{operation} {} failed: {source}", .path.display())]
    Io {
        /// What was tried.
        operation: &'static str,
        /// On which file or folder.
        path: PathBuf,
        /// The cause.
        #[source]
        source: std::io::Error,
    },
}

impl Error {
    /// Whether the disk is full.
    pub fn is_disk_full(&self) -> bool {
        let full = |error: &std::io::Error| error.kind() == std::io::ErrorKind::StorageFull;
        match self {
            Error::Io { source, .. } => full(source),
            Error::Write { source, .. } => match &**source {
                TantivyError::IoError(error) => full(error),
                TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, .. }) => {
                    full(io_error)
                }
                // Of an error in its own threads tantivy keeps the words alone.
                TantivyError::ErrorInThread(words) | TantivyError::SystemError(words) => {
                    words.contains("StorageFull")
                }
                _ => false,
            },
            _ => false,
        }
    }

    pub(crate) fn damaged(dir: &Path, why: impl ToString) -> Error {
        Error::Damaged {
            dir: dir.to_path_buf(),
            why: why.to_string(),
        }
    }

    /// What an error met while writing means to the caller.
    pub(crate) fn writing(dir: &Path, error: TantivyError) -> Error {
        let dir = dir.to_path_buf();
        match error {
            TantivyError::LockFailure(LockError::LockBusy, _) => Error::Busy { dir },
            TantivyError::DataCorruption(_)
            | TantivyError::SchemaError(_)
            | TantivyError::IncompatibleIndex(_)
            | TantivyError::OpenReadError(
                OpenReadError::FileDoesNotExist(_) | OpenReadError::IncompatibleIndex(_),
            ) => Error::Damaged {
                dir,
                why: error.to_string(),
            },
            source => Error::Write {
                dir,
                source: Box::new(source),
            },
        }
    }
}
