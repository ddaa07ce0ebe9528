//! The only place of this crate that touches the file system. Every error names the operation and
//! the path; every file appears whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// An operation on a file or folder failed.
#[derive(Debug, thiserror::Error)]
#[error("cannot {operation} {}: {source}", path.display())]
pub struct FileError {
    /// What was tried.
    pub operation: &'static str,
    /// On what.
    pub path: PathBuf,
    /// What the system said.
    pub source: io::Error,
}

/// Name of an unfinished file; one that stays behind belongs to a writer that was killed.
pub(crate) const TEMPORARY_PREFIX: &str = ".tmp-";

/// Whether a file name is that of an unfinished file, and of nothing else [F-5].
pub fn is_temporary(name: &str) -> bool {
    name.strip_prefix(TEMPORARY_PREFIX)
        .is_some_and(|rest| rest.len() == 12 && rest.bytes().all(|b| b.is_ascii_alphanumeric()))
}

pub(crate) fn fail(operation: &'static str, path: &Path) -> impl FnOnce(io::Error) -> FileError {
    let path = path.to_path_buf();
    move |source| FileError {
        operation,
        path,
        source,
    }
}

pub(crate) fn open(path: &Path) -> Result<File, FileError> {
    File::open(path).map_err(fail("open", path))
}

/// The file, or `None` where there is none.
pub(crate) fn open_if_there(path: &Path) -> Result<Option<File>, FileError> {
    match File::open(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if is_absence(&error) => Ok(None),
        Err(error) => Err(fail("open", path)(error)),
    }
}

/// Bytes of the file, or `None` where there is no such file.
pub(crate) fn size(path: &Path) -> Result<Option<u64>, FileError> {
    match fs::metadata(path) {
        Ok(meta) if meta.is_file() => Ok(Some(meta.len())),
        Ok(_) => Ok(None),
        Err(error) if is_absence(&error) => Ok(None),
        Err(error) => Err(fail("look at", path)(error)),
    }
}

pub(crate) fn remove(path: &Path) -> Result<(), FileError> {
    match fs::remove_file(path) {
        Err(error) if !is_absence(&error) => Err(fail("remove", path)(error)),
        _ => Ok(()),
    }
}

fn is_absence(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

/// Creates a folder and what is missing above it, so that it survives a loss of power.
pub(crate) fn ensure_folder(path: &Path) -> Result<(), FileError> {
    if path.is_dir() {
        return Ok(());
    }
    if let Some(parent) = path.parent().filter(|p| !p.as_os_str().is_empty()) {
        ensure_folder(parent)?;
    }
    match fs::create_dir(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            return Err(fail("create the folder", path)(error));
        }
        _ => {}
    }
    path.parent().map_or(Ok(()), sync_folder)
}

/// Makes names in a folder durable. Windows has no such call and needs none.
fn sync_folder(folder: &Path) -> Result<(), FileError> {
    if cfg!(unix) {
        let folder = match folder.as_os_str().is_empty() {
            true => Path::new("."),
            false => folder,
        };
        let handle = File::open(folder).map_err(fail("open the folder", folder))?;
        match handle.sync_all() {
            // Some network and USB file systems cannot; the rename has been done all the same.
            Err(error)
                if !matches!(
                    error.kind(),
                    io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported
                ) =>
            {
                return Err(fail("sync the folder", folder)(error));
            }
            _ => {}
        }
    }
    Ok(())
}

/// An unfinished file in `folder`, readable by everybody once it stands: web servers and other
/// accounts of a shared PC read what one account wrote.
pub(crate) fn temporary_in(folder: &Path) -> Result<NamedTempFile, FileError> {
    ensure_folder(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY_PREFIX).rand_bytes(12);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
        .tempfile_in(folder)
        .map_err(fail("create a file in", folder))
}

/// Gives a finished file its name.
pub(crate) fn finish(temporary: NamedTempFile, path: &Path) -> Result<(), FileError> {
    temporary
        .as_file()
        .sync_all()
        .map_err(fail("sync", temporary.path()))?;
    let folder = path.parent().unwrap_or(Path::new(""));
    ensure_folder(folder)?;
    let mut temporary = temporary;
    // On Windows a virus scanner may hold the file for a moment.
    for pause_ms in [10, 50, 250, 1000] {
        match temporary.persist(path) {
            Ok(_) => return sync_folder(folder),
            Err(error) if cfg!(windows) => {
                temporary = error.file;
                std::thread::sleep(std::time::Duration::from_millis(pause_ms));
            }
            Err(error) => return Err(fail("put in place", path)(error.error)),
        }
    }
    match temporary.persist(path) {
        Ok(_) => sync_folder(folder),
        Err(error) => Err(fail("put in place", path)(error.error)),
    }
}

/// Gives a finished and synced file at `from` its name.
pub fn rename_into(from: &Path, path: &Path) -> Result<(), FileError> {
    let folder = path.parent().unwrap_or(Path::new(""));
    ensure_folder(folder)?;
    // On Windows a virus scanner may hold the file for a moment.
    for pause_ms in [10, 50, 250, 1000] {
        match fs::rename(from, path) {
            Ok(()) => return sync_folder(folder),
            Err(_) if cfg!(windows) => {
                std::thread::sleep(std::time::Duration::from_millis(pause_ms));
            }
            Err(error) => return Err(fail("put in place", path)(error)),
        }
    }
    fs::rename(from, path).map_err(fail("put in place", path))?;
    sync_folder(folder)
}

/// Writes a file whole or not at all.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut temporary = temporary_in(folder)?;
    temporary
        .write_all(bytes)
        .map_err(fail("write", temporary.path()))?;
    finish(temporary, path)
}

/// What stands somewhere below a folder.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) path: PathBuf,
    pub(crate) size: u64,
    /// A plain file, rather than a link or a device.
    pub(crate) plain: bool,
}

/// Everything but folders that stands below `folder`, sorted by path; nothing where it is absent.
pub(crate) fn walk(folder: &Path) -> Result<Vec<Found>, FileError> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if is_absence(&error) => continue,
            Err(error) => return Err(fail("list", &folder)(error)),
        };
        for entry in entries {
            let entry = entry.map_err(fail("list", &folder))?;
            let path = entry.path();
            let meta = match fs::symlink_metadata(&path) {
                Ok(meta) => meta,
                Err(error) if is_absence(&error) => continue,
                Err(error) => return Err(fail("look at", &path)(error)),
            };
            if meta.is_dir() {
                folders.push(path);
            } else {
                found.push(Found {
                    path,
                    size: meta.len(),
                    plain: meta.is_file(),
                });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

/// Removes what killed writers left below `folder`. Only for the one who alone writes there.
pub(crate) fn remove_temporaries(folder: &Path) -> Result<u64, FileError> {
    let mut removed = 0;
    for found in walk(folder)? {
        let name = found.path.file_name().and_then(|name| name.to_str());
        if name.is_some_and(is_temporary) {
            remove(&found.path)?;
            removed += 1;
        }
    }
    Ok(removed)
}
