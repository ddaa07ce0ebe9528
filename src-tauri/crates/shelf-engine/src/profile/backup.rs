//! The daily copies of `user.db`.

use super::open::lock;
use crate::Error;
use jiff::Timestamp;
use shelf_law::Date;
use shelf_store::{StoreError, UserStore};
use std::path::{Path, PathBuf};

const KEPT: usize = 7;

/// A copy that can be read.
pub(super) struct Backup {
    pub(super) path: PathBuf,
    pub(super) day: Date,
    pub(super) made_at: Option<Timestamp>,
    changes: u64,
}

/// Copies unless there is a copy of today.
pub(super) fn make_if_due(
    home: &Path,
    store: &UserStore,
    now: Timestamp,
) -> Result<Option<PathBuf>, Error> {
    let today = Date::of_instant(now);
    let path = folder(home).join(format!("user-{today}.db"));
    if path.is_file() {
        return Ok(None);
    }
    let _lock = lock(home)?;
    // Another process may have made it while this one waited.
    if path.is_file() {
        return Ok(None);
    }
    std::fs::create_dir_all(folder(home)).map_err(Error::io(&folder(home)))?;
    store.copy_to(&path, now)?;
    rotate(home, today)?;
    Ok(Some(path))
}

/// Whether there is any copy, readable or not.
pub(super) fn any(home: &Path) -> Result<bool, Error> {
    Ok(!list(home)?.is_empty())
}

/// The copies that can be read, the latest first. One of a newer program is an error: to put an
/// older one in its place would lose what it holds.
pub(super) fn readable(home: &Path) -> Result<Vec<Backup>, Error> {
    let mut found = Vec::new();
    for (day, path) in list(home)? {
        match UserStore::inspect_copy(&path) {
            Ok(info) => found.push(Backup {
                path,
                day,
                made_at: info.made_at,
                changes: info.changes,
            }),
            Err(error @ StoreError::Newer { .. }) => return Err(error.into()),
            Err(error) => tracing::warn!(%error, "a backup that cannot be read"),
        }
    }
    // By what led to them rather than by their days: clocks jump.
    found.sort_by_key(|backup| std::cmp::Reverse((backup.changes, backup.day)));
    Ok(found)
}

/// Removes all but the newest. A copy of a day that is still to come is from a time when the clock was
/// wrong and counts as the oldest, so that it is not kept for years in the place of true ones.
fn rotate(home: &Path, today: Date) -> Result<(), Error> {
    let mut copies = list(home)?;
    copies.sort_by_key(|(day, _)| std::cmp::Reverse((*day <= today, *day)));
    for (_, path) in copies.into_iter().skip(KEPT) {
        std::fs::remove_file(&path).map_err(Error::io(&path))?;
    }
    // What a killed process left; nobody else copies while the lock is held.
    for path in paths(home)? {
        let name = path.file_name().and_then(|name| name.to_str());
        if name.is_some_and(|name| name.starts_with("user-") && name.contains(".db.tmp")) {
            std::fs::remove_file(&path).map_err(Error::io(&path))?;
        }
    }
    Ok(())
}

fn list(home: &Path) -> Result<Vec<(Date, PathBuf)>, Error> {
    let copies = paths(home)?.into_iter().filter_map(|path| {
        let name = path.file_name()?.to_str()?;
        let day = name.strip_prefix("user-")?.strip_suffix(".db")?;
        Some((day.parse().ok()?, path))
    });
    Ok(copies.collect())
}

fn paths(home: &Path) -> Result<Vec<PathBuf>, Error> {
    let folder = folder(home);
    let entries = match std::fs::read_dir(&folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(Error::io(&folder))?,
    };
    entries
        .map(|entry| Ok(entry.map_err(Error::io(&folder))?.path()))
        .collect()
}

fn folder(home: &Path) -> PathBuf {
    home.join("backups")
}
