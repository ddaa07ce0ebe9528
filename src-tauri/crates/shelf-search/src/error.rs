//! What can go wrong with an index.

use std::path::{Path, PathBuf};
use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenReadError};

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

/// How the standard library ends the words of a full disk.
const DISK_FULL: &str = if cfg!(windows) {
    "(os error 112)"
} else {
    "(os error 28)"
};

impl Error {
    /// Whether the disk is full.
    pub fn is_disk_full(&self) -> bool {
        match self {
            Error::Io { source, .. } => source.kind() == std::io::ErrorKind::StorageFull,
            // Tantivy wraps the system's error in layers that hide its kind, and of one in its own
            // threads it keeps the words alone: the number in them is the system's.
            Error::Write { source, .. } => source.to_string().contains(DISK_FULL),
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
