//! A workspace from its backup, whole or not at all.

use super::Press;
use super::backup::{BackupReport, FORMAT, MANIFEST, Manifest, private_file};
use crate::library::lock_file;
use crate::{Error, ErrorCode};
use std::fs::File;
use std::io::Read;
use std::path::{Component, Path};

/// No manifest of a real workspace is larger.
const LARGEST_MANIFEST: u64 = 256 << 20;

/// Two copies of one workspace sign with the same key: readers cannot tell their releases apart.
const TWO_COPIES: &str = "do not publish from both copies: the workspace that this backup was taken from and this one sign as \
the same shelf; from now on publish from one of them only and put the other away. Where the other one published after the backup, \
the first publish from here asks for --take-over";

impl Press {
    /// Makes a workspace from a backup. The folder must not exist, or be empty; it appears whole, with
    /// every file checked, or not at all.
    pub fn restore(from: &Path, folder: &Path) -> Result<BackupReport, Error> {
        let occupied = std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
        if occupied {
            return Err(Error::new(
                ErrorCode::BadInput,
                format!(
                    "{}: is not empty; restore into a new folder",
                    folder.display()
                ),
            ));
        }
        let parent = folder
            .parent()
            .filter(|p| !p.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        std::fs::create_dir_all(parent).map_err(Error::io(parent))?;
        let aside = tempfile::Builder::new()
            .prefix(".restore-")
            .tempdir_in(parent)
            .map_err(Error::io(parent))?;
        let report = unpack(from, aside.path())?;
        // An empty folder in the way is none: a rename over it would fail on some systems.
        let _ = std::fs::remove_dir(folder);
        let made = aside.keep();
        std::fs::rename(&made, folder).map_err(Error::io(folder))?;
        let _lock = lock_file(&folder.join("lock"), folder)?;
        Ok(report)
    }
}

fn open_backup(from: &Path) -> Result<File, Error> {
    if from.is_dir() {
        return Err(no_backup(from));
    }
    File::open(from).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Error::new(
            ErrorCode::BadInput,
            format!(
                "{}: there is no such file; name one that shelf workspace backup wrote",
                from.display()
            ),
        ),
        _ => Error::io(from)(error),
    })
}

fn no_backup(from: &Path) -> Error {
    Error::new(
        ErrorCode::BadInput,
        format!(
            "{}: is no backup of a workspace, or damaged at its very beginning; name a file that \
             shelf workspace backup wrote, nothing was restored",
            from.display()
        ),
    )
}

fn unpack(from: &Path, to: &Path) -> Result<BackupReport, Error> {
    let bad = |reason: &str| {
        Error::new(
            ErrorCode::Damaged,
            format!(
                "{}: {reason}; nothing was restored, take another backup",
                from.display()
            ),
        )
    };
    let unreadable = |error: std::io::Error| bad(&error.to_string());
    let file = open_backup(from)?;
    let mut archive = tar::Archive::new(zstd::Decoder::new(file).map_err(unreadable)?);
    let mut entries = archive.entries().map_err(|_| no_backup(from))?;
    let first = entries.next().and_then(Result::ok);
    let first = first.ok_or_else(|| no_backup(from))?;
    if !first.path().is_ok_and(|name| *name == *Path::new(MANIFEST)) {
        return Err(no_backup(from));
    }
    let mut json = Vec::new();
    first
        .take(LARGEST_MANIFEST)
        .read_to_end(&mut json)
        .map_err(unreadable)?;
    let manifest: Manifest =
        serde_json::from_slice(&json).map_err(|error| bad(&error.to_string()))?;
    if manifest.format != FORMAT {
        return Err(bad("was written by a newer version"));
    }
    let mut bytes = 0;
    for listed in &manifest.files {
        if !is_name_of_a_workspace(&listed.name) {
            return Err(bad(&format!(
                "holds a file that belongs to no workspace, {}",
                listed.name
            )));
        }
        let entry = entries
            .next()
            .ok_or_else(|| bad("ends early"))?
            .map_err(unreadable)?;
        if entry.path().map_err(unreadable)?.as_ref() != Path::new(&listed.name) {
            return Err(bad("its files are not in the order of its list"));
        }
        let path = to.join(&listed.name);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(Error::io(folder))?;
        }
        let mut out = private_file(&path).map_err(Error::io(&path))?;
        let mut content = Hashing {
            inner: entry.take(listed.size),
            hasher: Default::default(),
        };
        std::io::copy(&mut content, &mut out).map_err(unreadable)?;
        out.sync_all().map_err(Error::io(&path))?;
        if content.hasher.finish().blob.sha256 != listed.sha256 {
            return Err(bad(&format!("{} is damaged in it", listed.name)));
        }
        bytes += listed.size;
    }
    Ok(BackupReport {
        file: from.to_path_buf(),
        files: manifest.files.len(),
        bytes,
        warning: Some(TWO_COPIES.to_string()),
    })
}

/// Hashes what is read through it.
struct Hashing<R> {
    inner: R,
    hasher: shelf_repo::blob::BlobHasher,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.hasher.update(&buffer[..read]);
        Ok(read)
    }
}

fn is_name_of_a_workspace(name: &str) -> bool {
    let plain = Path::new(name)
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    let known = ["workspace.db", "root.json", "versions.json"].contains(&name)
        || name.starts_with("keys/")
        || name.starts_with("o/")
        || name.starts_with("data/");
    plain && known
}
