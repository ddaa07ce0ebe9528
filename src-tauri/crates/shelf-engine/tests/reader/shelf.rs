//! The sample shelf, published into a folder and synced from there.

use shelf_engine::library::SyncOptions;
use shelf_engine::press::IngestOptions;
use shelf_engine::{Clock, Job, Library, Press};
use std::path::{Path, PathBuf};

/// After every day on which the sample shelf was checked.
pub(crate) fn clock() -> Clock {
    Clock::Fixed("2026-08-01T00:00:00Z".parse().unwrap())
}

/// A publisher's workspace, the repository it publishes to and a reader's data folder.
pub(crate) struct Shelf {
    folder: tempfile::TempDir,
}

impl Shelf {
    /// A shelf with the sample documents, which was published and not synced yet.
    pub(crate) fn published() -> Shelf {
        Shelf::published_with(&[])
    }

    /// The same, with more files beside the sample ones.
    pub(crate) fn published_with(files: &[(&str, &[u8])]) -> Shelf {
        let shelf = Shelf {
            folder: tempfile::tempdir().unwrap(),
        };
        copy(&assets().join("sample-shelf"), &shelf.input());
        for (name, bytes) in files {
            std::fs::write(shelf.input().join(name), bytes).unwrap();
        }
        Press::init(&shelf.workspace(), None, Some("Tủ sách thử"), clock()).unwrap();
        shelf.ingest();
        shelf.publish();
        shelf
    }

    /// The same, synced.
    pub(crate) fn synced() -> Shelf {
        let shelf = Shelf::published();
        shelf.sync().unwrap();
        shelf
    }

    pub(crate) fn ingest(&self) {
        let options = IngestOptions {
            list: Some(self.input().join("danh-muc.csv")),
            approve: true,
            ..IngestOptions::default()
        };
        let report = self
            .press()
            .ingest(&[self.input()], &options, &Job::silent())
            .unwrap();
        assert!(report.failed.is_empty(), "{:?}", report.failed);
    }

    pub(crate) fn publish(&self) {
        let mut press = self.press();
        press
            .publish(
                &self.repository(),
                shelf_engine::press::PublishOptions::default(),
                &Job::silent(),
            )
            .unwrap();
    }

    pub(crate) fn sync(&self) -> Result<shelf_engine::library::SyncReport, shelf_engine::Error> {
        Library::sync(&self.home(), &self.options(), clock(), &Job::silent())
    }

    pub(crate) fn options(&self) -> SyncOptions {
        SyncOptions {
            source: self.repository().display().to_string(),
            root: Some(std::fs::read(self.root()).unwrap()),
            collections: Vec::new(),
        }
    }

    pub(crate) fn library(&self) -> Library {
        Library::open(&self.home(), clock(), &Job::silent()).unwrap()
    }

    pub(crate) fn press(&self) -> Press {
        Press::open(&self.workspace(), clock()).unwrap()
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.workspace().join("root.json")
    }

    pub(crate) fn input(&self) -> PathBuf {
        self.folder.path().join("input")
    }

    pub(crate) fn repository(&self) -> PathBuf {
        self.folder.path().join("repository")
    }

    pub(crate) fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    fn workspace(&self) -> PathBuf {
        self.folder.path().join("workspace")
    }
}

fn assets() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets")
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &target),
            false => drop(std::fs::copy(entry.path(), target).unwrap()),
        }
    }
}
