//! The files of an index. Everything else about them is tantivy's.

use crate::Error;
use std::fs;
use std::path::Path;

fn failed<'a>(
    operation: &'static str,
    path: &'a Path,
) -> impl FnOnce(std::io::Error) -> Error + use<'a> {
    move |source| Error::Io {
        operation,
        path: path.to_path_buf(),
        source,
    }
}

/// Whether the folder holds an index, damaged or not.
pub(crate) fn holds_index(dir: &Path) -> bool {
    dir.join("meta.json").exists()
}

/// Makes the folder and those above it.
pub(crate) fn make_folder(dir: &Path) -> Result<(), Error> {
    fs::create_dir_all(dir).map_err(failed("creating folder", dir))
}

/// Removes what an index left in the folder, but not the lock files, which other processes may hold.
pub(crate) fn clear(dir: &Path) -> Result<(), Error> {
    // The list of segments goes first: an interruption then leaves an absent index, not a false one.
    let meta = dir.join("meta.json");
    if meta.exists() {
        fs::remove_file(&meta).map_err(failed("removing", &meta))?;
    }
    for entry in fs::read_dir(dir).map_err(failed("reading folder", dir))? {
        let path = entry.map_err(failed("reading folder", dir))?.path();
        let is_lock = path.extension().is_some_and(|e| e == "lock");
        if path.is_file() && !is_lock {
            fs::remove_file(&path).map_err(failed("removing", &path))?;
        }
    }
    Ok(())
}

/// Bytes of all files in the folder.
pub(crate) fn bytes(dir: &Path) -> Result<u64, Error> {
    let mut sum = 0;
    for entry in fs::read_dir(dir).map_err(failed("reading folder", dir))? {
        let entry = entry.map_err(failed("reading folder", dir))?;
        // A file may vanish while a writer tidies up.
        sum += entry.metadata().map_or(0, |meta| meta.len());
    }
    Ok(sum)
}
