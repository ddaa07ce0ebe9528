//! Shelves on sticks that are plugged in.

use super::root::trusted_root;
use super::sync::{Metadata, parse_head};
use super::{Home, Library};
use crate::{Clock, Error};
use jiff::Timestamp;
use serde::Serialize;
use shelf_repo::tuf::client;
use shelf_repo::tuf::trust::MemoryTrust;
use shelf_sync::Source;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// How long is looked at most: a stick that answers slowly must not hold up a page.
const AT_MOST: Duration = Duration::from_secs(3);
/// Folders of one stick that are looked into.
const MOST_FOLDERS: usize = 200;

/// A shelf on a stick, signed under the root that is trusted here.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CarriedShelf {
    /// Its folder.
    pub path: PathBuf,
    /// Its name.
    pub name: String,
    /// Its sequence.
    pub seq: u64,
    /// When it was published.
    pub published_at: Timestamp,
    /// Whole days by which it is newer than the shelf in use; below 0 it is older.
    pub newer: i64,
}

impl Library {
    /// The shelves on mounted sticks and shares, newest first: at the top of each, or in a folder
    /// there. `root` is the one to go by where none is trusted yet; without any there are none, as
    /// nothing can be told from what somebody put there.
    pub fn carried_shelves(
        home: &Path,
        root: Option<&[u8]>,
        clock: Clock,
    ) -> Result<Vec<CarriedShelf>, Error> {
        carried(home, root, clock, mounts)
    }
}

fn carried(
    home: &Path,
    root: Option<&[u8]>,
    clock: Clock,
    places: impl FnOnce() -> Vec<PathBuf> + Send + 'static,
) -> Result<Vec<CarriedShelf>, Error> {
    let trusted = trusted_root(&Home::new(home))?.or_else(|| root.map(<[u8]>::to_vec));
    let Some(root) = trusted else {
        return Ok(Vec::new());
    };
    let ours = match Library::open_for_reading(home, clock) {
        Ok(library) => Some(library.catalog.head().published_at),
        Err(_) => None,
    };
    let (send, receive) = mpsc::channel();
    let now = clock.now();
    // A thread of its own, left behind where a dead network drive never answers.
    std::thread::spawn(move || {
        let candidates = places().into_iter().flat_map(|place| shelves_in(&place));
        for folder in candidates {
            let found = verified(&folder, &root, now);
            if send.send(found).is_err() {
                return;
            }
        }
    });
    let until = Instant::now() + AT_MOST;
    let mut found = Vec::new();
    while let Ok(one) = receive.recv_timeout(until.saturating_duration_since(Instant::now())) {
        found.extend(one);
    }
    for shelf in &mut found {
        let since = ours.map_or(0, |ours| shelf.published_at.duration_since(ours).as_hours());
        shelf.newer = since / 24;
    }
    found.sort_by(|a, b| (b.published_at, &a.path).cmp(&(a.published_at, &b.path)));
    Ok(found)
}

/// Where sticks and shares are mounted.
fn mounts() -> Vec<PathBuf> {
    if cfg!(windows) {
        // The system's own drive holds no stick.
        let drives =
            (b'D'..=b'Z').map(|letter| PathBuf::from(format!("{}:\\", char::from(letter))));
        return drives.filter(|drive| drive.is_dir()).collect();
    }
    if cfg!(target_os = "macos") {
        return folders_of(Path::new("/Volumes"));
    }
    let by_user = ["/media", "/run/media"].map(Path::new);
    let by_user = by_user.into_iter().flat_map(folders_of);
    let mut mounts: Vec<PathBuf> = by_user
        .flat_map(|user| {
            // Some systems mount without a folder for each account.
            let inside = folders_of(&user);
            std::iter::once(user).chain(inside)
        })
        .collect();
    mounts.extend(folders_of(Path::new("/mnt")));
    mounts
}

/// The place itself and the folders in it that hold the files of a shelf. Links are not followed.
fn shelves_in(place: &Path) -> Vec<PathBuf> {
    let is_folder = |path: PathBuf| path.symlink_metadata().is_ok_and(|found| found.is_dir());
    let is_shelf = |folder: &PathBuf| {
        is_folder(folder.join("tuf")) && folder.join("tuf/timestamp.json").is_file()
    };
    let itself = std::iter::once(place.to_path_buf());
    itself.chain(folders_of(place)).filter(is_shelf).collect()
}

fn folders_of(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    let mut folders: Vec<PathBuf> = folders.take(MOST_FOLDERS).map(|e| e.path()).collect();
    folders.sort();
    folders
}

/// The shelf in a folder, where its signatures go back to this root. An older one than ours counts
/// too: it is only shown, and a sync refuses it.
fn verified(folder: &Path, root: &[u8], now: Timestamp) -> Option<CarriedShelf> {
    let source = Source::Folder(folder.to_path_buf());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .ok()?;
    let mut trust = MemoryTrust::default();
    let metadata = Metadata(&source);
    let refreshed = client::refresh(Some(root), &metadata, &mut trust, now);
    let head = parse_head(&runtime.block_on(refreshed).ok()?.head).ok()?;
    Some(CarriedShelf {
        path: folder.to_path_buf(),
        name: head.shelf,
        seq: head.seq,
        published_at: head.published_at,
        newer: 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::press::IngestOptions;
    use crate::{Job, Press};

    fn at(day: &str) -> Clock {
        Clock::Fixed(format!("{day}T00:00:00Z").parse().unwrap())
    }

    /// A shelf with one document.
    fn publish(workspace: &Path, to: &Path, day: &str, words: &str) {
        if !workspace.exists() {
            Press::init(workspace, None, Some("Tủ sách thử"), at(day)).unwrap();
        }
        let input = workspace.with_extension("input");
        std::fs::create_dir_all(&input).unwrap();
        std::fs::write(input.join("to-gap.txt"), words).unwrap();
        let mut press = Press::open(workspace, at(day)).unwrap();
        let options = IngestOptions {
            approve: true,
            ..IngestOptions::default()
        };
        press.ingest(&[input], &options, &Job::silent()).unwrap();
        press
            .publish(to, crate::press::PublishOptions::default(), &Job::silent())
            .unwrap();
    }

    #[test]
    fn shelves_on_a_stick_are_found_and_compared_and_those_of_others_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let place = |name: &str| folder.path().join(name);
        let (workspace, home, stick) = (place("ws"), place("home"), place("stick"));
        publish(&workspace, &stick.join("cu"), "2026-03-01", "Một tờ gấp.");
        publish(&workspace, &place("web"), "2026-03-11", "Tờ gấp khác.");
        let options = crate::library::SyncOptions {
            source: place("web").display().to_string(),
            root: Some(std::fs::read(workspace.join("root.json")).unwrap()),
            collections: Vec::new(),
        };
        let now = at("2026-06-01");
        let mounted = stick.clone();
        let before = carried(&home, options.root.as_deref(), now, {
            let mounted = mounted.clone();
            move || vec![mounted]
        });
        assert_eq!(
            before.unwrap().len(),
            1,
            "by the root that came with the app"
        );
        Library::sync(&home, &options, now, &Job::silent()).unwrap();
        publish(
            &workspace,
            &stick.join("moi"),
            "2026-03-31",
            "Một tờ gấp mới.",
        );
        publish(
            &place("other"),
            &stick.join("nguoi-khac"),
            "2026-05-01",
            "Của ai đó.",
        );
        std::fs::create_dir_all(stick.join("anh/tuf")).unwrap();
        std::fs::write(stick.join("anh/tuf/timestamp.json"), b"x").unwrap();
        let found = carried(&home, None, now, move || vec![mounted]).unwrap();
        let told: Vec<_> = found.iter().map(|s| (s.path.clone(), s.newer)).collect();
        assert_eq!(told, [(stick.join("moi"), 20), (stick.join("cu"), -10)]);
        assert_eq!(found[0].name, "Tủ sách thử");
        let nobody = place("nobody");
        assert!(carried(&nobody, None, now, Vec::new).unwrap().is_empty());
    }
}
