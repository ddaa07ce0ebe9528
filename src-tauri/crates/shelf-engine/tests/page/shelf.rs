//! The sample shelf, published and received in a folder that goes away.

use shelf_engine::library::{Page, PageNode, SyncOptions};
use shelf_engine::press::IngestOptions;
use shelf_engine::{Clock, Job, Library, Press};
use shelf_law::{DocumentId, ProvisionId};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// A day on which everything of the sample but the act of 2027 applies.
pub(crate) const CLOCK: &str = "2026-07-20T03:00:00Z";

pub(crate) struct Shelf {
    folder: tempfile::TempDir,
}

impl Shelf {
    /// Publishes these inputs and receives them.
    pub(crate) fn of(inputs: &[PathBuf], list: Option<PathBuf>) -> Shelf {
        let shelf = Shelf {
            folder: tempfile::tempdir().unwrap(),
        };
        Press::init(&shelf.path("workspace"), None, None, clock()).unwrap();
        shelf.publish(inputs, list);
        shelf.receive("home", &[]);
        shelf
    }

    /// Publishes these inputs beside or in place of what was published before.
    pub(crate) fn publish(&self, inputs: &[PathBuf], list: Option<PathBuf>) {
        let mut press = Press::open(&self.path("workspace"), clock()).unwrap();
        let options = IngestOptions {
            list,
            collection: None,
            approve: true,
        };
        press.ingest(inputs, &options, &Job::silent()).unwrap();
        let options = shelf_engine::press::PublishOptions::default();
        press
            .publish(&self.path("repository"), options, &Job::silent())
            .unwrap();
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn receive(&self, home: &str, collections: &[&str]) {
        let options = SyncOptions {
            source: self.path("repository").to_str().unwrap().to_string(),
            root: Some(std::fs::read(self.path("workspace/root.json")).unwrap()),
            collections: collections.iter().map(|name| name.to_string()).collect(),
        };
        Library::sync(&self.path(home), &options, clock(), &Job::silent()).unwrap();
    }

    pub(crate) fn open(&self, home: &str) -> Library {
        let mut library = Library::open(&self.path(home), clock(), &Job::silent()).unwrap();
        library.ensure_relations(&Job::silent()).unwrap();
        library
    }

    /// The document with this key in its source.
    pub(crate) fn id_of(&self, key: &str) -> DocumentId {
        let press = Press::open(&self.path("workspace"), clock()).unwrap();
        let mut entries = press.entries().unwrap().into_iter();
        let found = entries.find(|entry| entry.facts.source_key == key);
        found.unwrap().id
    }

    /// Takes a document off the shelf, and publishes that.
    pub(crate) fn withdraw(&self, name: &str, reason: &str) {
        let mut press = Press::open(&self.path("workspace"), clock()).unwrap();
        press.withdraw(name, reason).unwrap();
        let options = shelf_engine::press::PublishOptions::default();
        press
            .publish(&self.path("repository"), options, &Job::silent())
            .unwrap();
    }
}

pub(crate) fn clock() -> Clock {
    Clock::Fixed(CLOCK.parse().unwrap())
}

fn assets() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets/sample-shelf")
}

/// The sample shelf, from which one article of the press was withdrawn.
pub(crate) fn sample() -> &'static Shelf {
    static SHELF: OnceLock<Shelf> = OnceLock::new();
    SHELF.get_or_init(|| {
        let folders = [assets().join("van-ban"), assets().join("tai-lieu")];
        let shelf = Shelf::of(&folders, Some(assets().join("danh-muc.csv")));
        let press = Press::open(&shelf.path("workspace"), clock()).unwrap();
        let name = |title: &str| {
            let entries = press.entries().unwrap();
            let found = entries
                .into_iter()
                .find(|entry| entry.title.contains(title));
            found.unwrap().id.to_string()
        };
        let withdrawn = name("bên nhà rông");
        drop(press);
        shelf.withdraw(&withdrawn, "Sai tên xã");
        shelf.receive("home", &[]);
        drop(shelf.open("home"));
        shelf
    })
}

/// The id of what a number or part of a title names on the sample shelf.
pub(crate) fn id(library: &mut Library, name: &str) -> DocumentId {
    if let Ok(shown) = library.show(name) {
        return shown.document["id"]["value"]
            .as_str()
            .unwrap()
            .parse()
            .unwrap();
    }
    let mut press = Press::open(&sample().path("workspace"), clock());
    // Another test may be asking at this moment.
    while press.is_err() {
        std::thread::sleep(std::time::Duration::from_millis(5));
        press = Press::open(&sample().path("workspace"), clock());
    }
    let entries = press.unwrap().entries().unwrap();
    let mut found = entries
        .into_iter()
        .filter(|entry| entry.title.contains(name));
    let wanted = found
        .next()
        .unwrap_or_else(|| panic!("{name}: not on the sample shelf"));
    assert!(found.next().is_none(), "{name}: several have it");
    wanted.id
}

pub(crate) fn page(library: &mut Library, name: &str) -> Page {
    let id = id(library, name);
    library.page(&id).unwrap()
}

pub(crate) fn provision(text: &str) -> ProvisionId {
    text.parse().unwrap()
}

/// The node of the outline with this id.
pub(crate) fn node<'a>(nodes: &'a [PageNode], id: &str) -> Option<&'a PageNode> {
    nodes.iter().find_map(|found| {
        let own = found.id.as_ref().is_some_and(|own| own.as_str() == id);
        match own {
            true => Some(found),
            false => node(&found.children, id),
        }
    })
}
