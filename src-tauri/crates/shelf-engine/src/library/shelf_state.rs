//! What stands on this machine: the shelf, its collections, and what they take of the disk.

use super::history::{self, Carrier};
use super::{Home, Library, ShelfAge};
use crate::{Error, ErrorCode};
use jiff::Timestamp;
use serde::Serialize;
use shelf_law::CollectionId;
use shelf_repo::ObjectRole;
use shelf_store::State;
use std::collections::{BTreeSet, HashSet};
use std::path::Path;

pub(super) const CHOSEN: &str = "collections.chosen";

/// The shelf in use.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ShelfState {
    /// Its name.
    pub name: String,
    /// How old it is.
    pub age: ShelfAge,
    /// The clock stands before the newest signed time that came here.
    pub clock_is_slow: bool,
    /// Acts on it.
    pub acts: usize,
    /// Products on it.
    pub materials: usize,
    /// Documents whose words are on this machine.
    pub readable: usize,
    /// Documents on it.
    pub documents: usize,
    /// Its collections.
    pub collections: Vec<CollectionState>,
    /// Where it was synced from last.
    pub source: Option<String>,
    /// When the last sync ended well.
    pub received_at: Option<Timestamp>,
    /// What carried it then.
    pub received_from: Option<Carrier>,
}

/// A collection of the shelf in use.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct CollectionState {
    /// Its id.
    pub id: CollectionId,
    /// Its name as readers see it.
    pub name: String,
    /// Documents in it.
    pub documents: u64,
    /// Bytes of its texts, originals and media.
    pub bytes: u64,
    /// Of these, bytes on this machine.
    pub bytes_here: u64,
    /// Whether a sync keeps it here.
    pub taken: bool,
    /// Whether it cannot be left out. The format knows no such collection.
    pub locked: bool,
}

/// What a data folder takes of the disk, in bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct DiskUse {
    /// Packs of texts.
    pub texts: u64,
    /// Originals and pictures.
    pub originals: u64,
    /// Videos, sound, subtitles and stills.
    pub media: u64,
    /// The search index and the catalogues.
    pub index: u64,
    /// Free on that disk.
    pub free: u64,
}

impl Library {
    /// The shelf in use, in numbers.
    pub fn shelf_state(&mut self) -> Result<ShelfState, Error> {
        self.read_facts()?;
        let state = State::open_for_reading(&self.home.state())?;
        let received = history::read(&state)?.into_iter().find(|run| run.ok);
        let chosen = chosen(&state)?;
        let head = self.catalog.head();
        let facts = self.facts();
        let rows = || facts.iter().flat_map(|facts| &facts.rows);
        let living = || rows().filter(|fact| !fact.withdrawn);
        let collections = head.collections.iter().map(|collection| {
            let id = facts.and_then(|facts| facts.collections.find(collection.id.as_str()));
            let own = rows().filter(|fact| Some(fact.collection) == id);
            CollectionState {
                id: collection.id.clone(),
                name: collection.name.clone(),
                documents: collection.documents,
                bytes: collection.bytes,
                bytes_here: own.map(|fact| fact.bytes_here).sum(),
                taken: chosen
                    .as_ref()
                    .is_none_or(|chosen| chosen.contains(&collection.id)),
                locked: false,
            }
        });
        let acts = living().filter(|fact| fact.product.is_none()).count();
        let documents = living().count();
        Ok(ShelfState {
            name: head.shelf.clone(),
            age: self.age(),
            clock_is_slow: self.clock_is_slow(),
            acts,
            materials: documents - acts,
            readable: living().filter(|fact| fact.here).count(),
            documents,
            collections: collections.collect(),
            source: state.setting("source")?,
            received_at: received.as_ref().map(|run| run.at),
            received_from: received.map(|run| run.from),
        })
    }

    /// Whether the clock stands before the newest signed time that came to this machine.
    pub fn clock_is_slow(&self) -> bool {
        self.newest_signed
            .is_some_and(|signed| self.clock.now() < signed)
    }

    /// Where a data folder was synced from last.
    pub fn source_of(home: &Path) -> Result<Option<String>, Error> {
        match open(home)? {
            Some(state) => Ok(state.setting("source")?),
            None => Ok(None),
        }
    }

    /// Chooses the collections that syncs keep in a data folder from now on.
    pub fn choose_collections(home: &Path, ids: &[String]) -> Result<(), Error> {
        let library = Library::open_for_reading(home, crate::Clock::System)?;
        let offered = &library.catalog.head().collections;
        let mut chosen = BTreeSet::new();
        for id in ids {
            let known = offered
                .iter()
                .find(|collection| collection.id.as_str() == id);
            let known = known.ok_or_else(|| {
                let words = format!("{id}: the shelf has no such collection");
                Error::new(ErrorCode::BadInput, words)
            })?;
            chosen.insert(known.id.clone());
        }
        if chosen.is_empty() {
            let words = "a shelf without any collection cannot be read; choose one at least";
            return Err(Error::new(ErrorCode::BadInput, words));
        }
        let text = serde_json::to_string(&chosen).expect("ids are plain data");
        Ok(State::open(&library.home.state())?.set_setting(CHOSEN, &text)?)
    }

    /// What a data folder takes of the disk.
    pub fn disk_use(home: &Path) -> Result<DiskUse, Error> {
        let place = Home::new(home);
        let mut used = DiskUse {
            index: folder_bytes(&place.index()),
            free: fs4::available_space(nearest(home)).map_err(Error::io(home))?,
            ..DiskUse::default()
        };
        for entry in std::fs::read_dir(home).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with("catalog-") {
                used.index += entry.metadata().map_or(0, |file| file.len());
            }
        }
        let library = match Library::open_for_reading(home, crate::Clock::System) {
            Err(error) if error.code == ErrorCode::NoShelf => return Ok(used),
            library => library?,
        };
        let objects = library.texts.objects();
        let mut seen = HashSet::new();
        library.catalog.for_each(|row| {
            let single = row.single;
            let Some(row) = row.objects else {
                return Ok::<_, Error>(());
            };
            let text = &row.text;
            if single && seen.insert(text.sha256) && objects.has(&text.sha256) {
                used.texts += text.size;
            }
            let pack = &text.pack;
            if !single && seen.insert(pack.sha256) && objects.has(&pack.sha256) {
                used.texts += pack.size;
            }
            for object in &row.objects {
                let hash = &object.blob.sha256;
                if seen.insert(*hash) && objects.has(hash) {
                    match object.role {
                        ObjectRole::Original | ObjectRole::Image => {
                            used.originals += object.blob.size;
                        }
                        _ => used.media += object.blob.size,
                    }
                }
            }
            Ok(())
        })?;
        Ok(used)
    }
}

/// The collections that a person chose; `None` where nobody did, and all are kept.
pub(super) fn chosen(state: &State) -> Result<Option<BTreeSet<CollectionId>>, Error> {
    let text = state.setting(CHOSEN)?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

fn open(home: &Path) -> Result<Option<State>, Error> {
    let path = Home::new(home).state();
    match path.is_file() {
        true => Ok(Some(State::open_for_reading(&path)?)),
        false => Ok(None),
    }
}

/// The folder, or the nearest one above it that exists.
fn nearest(folder: &Path) -> &Path {
    let mut folders = folder.ancestors();
    folders.find(|folder| folder.is_dir()).unwrap_or(folder)
}

/// Bytes of the files of a folder that has no folders in it.
fn folder_bytes(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| entry.metadata().map_or(0, |file| file.len()))
        .sum()
}
