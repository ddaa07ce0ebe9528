//! Opening `user.db`, whatever state it is in.

use super::backup::{self, Backup};
use crate::library::lock_file;
use crate::{Error, ErrorCode};
use jiff::Timestamp;
use shelf_law::Date;
use shelf_store::{UserError, UserStore};
use std::ffi::OsString;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

const PATIENCE: u32 = 100;
const PAUSE: Duration = Duration::from_millis(100);

/// What happened when `user.db` was found damaged or gone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Recovered {
    /// The day of the backup that was taken; `None` where none could be read and all begins anew.
    pub from: Option<Date>,
    /// What was written after this instant is not in that backup.
    pub lost_since: Option<Timestamp>,
    /// Where the damaged file stands now; `None` where there was none.
    pub damaged: Option<PathBuf>,
}

/// Opens the file, or what can be had in its place.
pub(super) fn open(home: &Path, now: Timestamp) -> Result<(UserStore, Option<Recovered>), Error> {
    std::fs::create_dir_all(home).map_err(Error::io(home))?;
    // Held until the file is open, so that no other process opens the one that is being replaced.
    let _lock = lock(home)?;
    let path = home.join("user.db");
    // SQLite takes no file and an empty one for a new database; beside backups it is a lost one, also
    // where a recovery was cut off between its two renames.
    let is_lost = is_empty(&path) && backup::any(home)?;
    if !is_lost {
        match UserStore::open(&path, now) {
            Err(UserError::Store(error)) if error.is_corrupt() => {
                tracing::error!(%error, "the person's data is damaged; a backup is taken");
            }
            opened => return Ok((opened?, None)),
        }
    }
    recover(home, &path, now).map(|(store, recovered)| (store, Some(recovered)))
}

fn recover(home: &Path, path: &Path, now: Timestamp) -> Result<(UserStore, Recovered), Error> {
    // The copy is made before anything is moved, while a full disk changes nothing yet.
    let mut taken = None;
    let ready = home.join("user.db.restoring");
    for backup in backup::readable(home)? {
        match copy_whole(&backup, &ready) {
            Ok(()) => {
                taken = Some(backup);
                break;
            }
            Err(error) if error.code == ErrorCode::DiskFull => return Err(error),
            Err(error) => tracing::warn!(%error, "a backup that cannot be copied"),
        }
    }
    let damaged = move_aside(path)?;
    if taken.is_some() {
        shelf_repo::rename_into(&ready, path)
            .map_err(|error| Error::io(&error.path)(error.source))?;
    }
    let store = UserStore::open(path, now)?;
    let recovered = Recovered {
        from: taken.as_ref().map(|backup| backup.day),
        lost_since: taken.as_ref().and_then(|backup| backup.made_at),
        damaged,
    };
    Ok((store, recovered))
}

fn copy_whole(backup: &Backup, to: &Path) -> Result<(), Error> {
    // The copy has the rights of its original: no other account can read it.
    std::fs::copy(&backup.path, to).map_err(Error::io(to))?;
    let file = File::options().write(true).open(to);
    file.and_then(|file| file.sync_all()).map_err(Error::io(to))
}

/// Moves the file and its logs to the first free `user.db.damaged-<n>`, where they still belong
/// together. A log must not meet the file that takes the place.
fn move_aside(path: &Path) -> Result<Option<PathBuf>, Error> {
    const PARTS: [&str; 3] = ["", "-wal", "-shm"];
    let parts = |stem: &Path| PARTS.map(|part| with_suffix(stem, part));
    let mut number = 1;
    let aside = loop {
        let aside = with_suffix(path, &format!(".damaged-{number}"));
        if parts(&aside).iter().all(|part| !part.exists()) {
            break aside;
        }
        number += 1;
    };
    let mut moved = None;
    for (from, to) in parts(path).iter().zip(parts(&aside)) {
        match std::fs::rename(from, &to) {
            Ok(()) => moved = moved.or(Some(to)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(Error::io(from)(error)),
        }
    }
    Ok(moved)
}

/// The right to open, replace or back up the file. Others hold it for moments only.
pub(super) fn lock(home: &Path) -> Result<File, Error> {
    let path = home.join("user.lock");
    for _ in 0..PATIENCE {
        match lock_file(&path, &home.join("user.db")) {
            Err(error) if error.code == ErrorCode::Busy => std::thread::sleep(PAUSE),
            locked => return locked,
        }
    }
    lock_file(&path, &home.join("user.db"))
}

fn is_empty(path: &Path) -> bool {
    match std::fs::metadata(path) {
        Ok(meta) => meta.len() == 0,
        Err(error) => error.kind() == std::io::ErrorKind::NotFound,
    }
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    PathBuf::from(name)
}
