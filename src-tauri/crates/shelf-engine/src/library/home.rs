//! What stands where in a client's data folder.

use crate::{Error, ErrorCode};
use std::fs::File;
use std::path::{Path, PathBuf};

/// A client's data folder.
#[derive(Clone, Debug)]
pub(crate) struct Home(PathBuf);

impl Home {
    pub(crate) fn new(folder: &Path) -> Home {
        Home(folder.to_path_buf())
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.0
    }

    /// Trust, the active catalogue, settings.
    pub(crate) fn state(&self) -> PathBuf {
        self.0.join("state.db")
    }

    /// What is on its way.
    pub(crate) fn partial(&self) -> PathBuf {
        self.0.join("partial")
    }

    /// The search index; derived.
    pub(crate) fn index(&self) -> PathBuf {
        self.0.join("index")
    }

    /// Stands where something here was found damaged: the next sync hashes everything again.
    pub(crate) fn recheck(&self) -> PathBuf {
        self.0.join("recheck")
    }

    pub(crate) fn clear_recheck(&self) -> Result<(), Error> {
        match std::fs::remove_file(self.recheck()) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(Error::io(&self.recheck())(error))
            }
            _ => Ok(()),
        }
    }

    /// A catalogue; derived.
    pub(crate) fn catalog(&self, file: &str) -> PathBuf {
        self.0.join(file)
    }

    /// Creates the folder and takes the right to change what is in it. Readers need no lock.
    pub(crate) fn lock(&self) -> Result<File, Error> {
        std::fs::create_dir_all(&self.0).map_err(Error::io(&self.0))?;
        lock_file(&self.0.join("lock"), &self.0)
    }
}

/// Takes an exclusive lock that the system gives back when this process ends, however it ends.
pub(crate) fn lock_file(path: &Path, what: &Path) -> Result<File, Error> {
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path)
        .map_err(Error::io(path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(Error::new(
            ErrorCode::Busy,
            format!(
                "{}: another process is at work in it; wait until it is done",
                what.display()
            ),
        )),
        Err(std::fs::TryLockError::Error(error)) => Err(Error::io(path)(error)),
    }
}
