//! What filters ask of every document, kept in memory: reading a row from the catalogue for each
//! candidate of a search would cost more than the search.

use super::Library;
use super::territory::Territory;
use crate::Error;
use shelf_law::{ContentHash, Date, Product, ValidityState};
use shelf_repo::{BrowseRow, ObjectRole, ObjectRow};
use std::collections::HashMap;

/// A place in a list of names; [`NO_NAME`] where a document has none.
pub(super) type NameId = u32;
pub(super) const NO_NAME: NameId = u32::MAX;

/// The facts of all documents of one catalogue, in order of their keys.
#[derive(Default)]
pub(super) struct Facts {
    pub(super) rows: Vec<Fact>,
    pub(super) kinds: Names,
    pub(super) topics: Names,
    pub(super) issuers: Names,
    /// Each combination of units that documents name, joined by line feeds.
    pub(super) units: Names,
    pub(super) collections: Names,
}

/// The facts of one document.
pub(super) struct Fact {
    pub(super) key: u64,
    pub(super) kind: NameId,
    pub(super) topic: NameId,
    pub(super) issuer: NameId,
    pub(super) units: NameId,
    pub(super) collection: NameId,
    pub(super) product: Option<Product>,
    pub(super) issued: Option<Date>,
    pub(super) state: ValidityState,
    pub(super) withdrawn: bool,
    /// Its words are on this machine.
    pub(super) here: bool,
    /// It has an original that may be a picture of words.
    pub(super) pictured: bool,
    /// Bytes of its text and objects on this machine.
    pub(super) bytes_here: u64,
}

/// Distinct names, each with a number.
#[derive(Default)]
pub(super) struct Names {
    pub(super) list: Vec<String>,
    places: HashMap<String, NameId>,
}

impl Names {
    fn add(&mut self, name: Option<&str>) -> NameId {
        let Some(name) = name.map(str::trim).filter(|name| !name.is_empty()) else {
            return NO_NAME;
        };
        if let Some(place) = self.places.get(name) {
            return *place;
        }
        let place = self.list.len() as NameId;
        self.list.push(name.to_string());
        self.places.insert(name.to_string(), place);
        place
    }

    pub(super) fn get(&self, id: NameId) -> Option<&str> {
        self.list.get(id as usize).map(String::as_str)
    }

    pub(super) fn find(&self, name: &str) -> Option<NameId> {
        self.places.get(name.trim()).copied()
    }
}

impl Facts {
    fn read(library: &Library) -> Result<Facts, Error> {
        let mut facts = Facts::default();
        let today = library.today();
        let mut packs: HashMap<ContentHash, bool> = HashMap::new();
        library.catalog.for_each(|row| {
            let objects = row.objects.as_ref();
            let here = objects.is_some_and(|objects| {
                let pack = objects.text.pack.sha256;
                let objects_here = library.texts.objects();
                *packs.entry(pack).or_insert_with(|| objects_here.has(&pack))
                    || objects_here.has(&objects.text.sha256)
            });
            let fact = facts.of(&row.browse, objects, today);
            facts.rows.push(Fact {
                here,
                // What is not here is not searched by its words, pictured or not.
                pictured: here && fact.pictured,
                bytes_here: objects.map_or(0, |objects| bytes_here(library, objects, here)),
                ..fact
            });
            Ok::<_, Error>(())
        })?;
        // The catalogue counts keys as signed numbers.
        facts.rows.sort_unstable_by_key(|fact| fact.key);
        Ok(facts)
    }

    fn of(&mut self, row: &BrowseRow, objects: Option<&ObjectRow>, today: Date) -> Fact {
        let units = (!row.applies_in.is_empty()).then(|| row.applies_in.join("\n"));
        Fact {
            key: row.id.key(),
            kind: self.kinds.add(row.kind.as_deref()),
            topic: self.topics.add(row.topic.as_deref()),
            issuer: self.issuers.add(row.issuer.as_deref()),
            units: self.units.add(units.as_deref()),
            collection: self.collections.add(Some(row.collection.as_str())),
            product: row.product,
            issued: row.issued,
            state: row.validity.on(today),
            withdrawn: row.withdrawn.is_some(),
            here: false,
            pictured: objects.is_some_and(may_be_pictured),
            bytes_here: 0,
        }
    }

    pub(super) fn get(&self, key: u64) -> Option<&Fact> {
        let place = self.rows.binary_search_by_key(&key, |fact| fact.key).ok()?;
        self.rows.get(place)
    }

    /// Which combinations of units hold where a reader stands; `None` is asked about nothing.
    pub(super) fn covering(&self, territory: &Territory) -> Vec<bool> {
        let covers = |joined: &String| {
            let units: Vec<String> = joined.split('\n').map(str::to_string).collect();
            territory.is_covered_by(&units)
        };
        self.units.list.iter().map(covers).collect()
    }
}

/// A PDF or a picture may hold words that nobody has read.
fn may_be_pictured(row: &ObjectRow) -> bool {
    row.objects.iter().any(|object| {
        let picture =
            object.media_type == "application/pdf" || object.media_type.starts_with("image/");
        picture && matches!(object.role, ObjectRole::Original | ObjectRole::Image)
    })
}

fn bytes_here(library: &Library, row: &ObjectRow, text: bool) -> u64 {
    let objects = library.texts.objects();
    let here = row
        .objects
        .iter()
        .filter(|object| objects.has(&object.blob.sha256));
    let media: u64 = here.map(|object| object.blob.size).sum();
    media + if text { row.text.length } else { 0 }
}

impl Library {
    /// Reads the facts of all documents, once for each opened catalogue and day.
    pub(super) fn read_facts(&mut self) -> Result<(), Error> {
        let today = self.today();
        if self.facts.as_ref().is_none_or(|(day, _)| *day != today) {
            self.facts = Some((today, Facts::read(self)?));
        }
        Ok(())
    }

    /// Looks again at what is on this machine: after originals and media have come.
    pub fn look_again(&mut self) {
        self.facts = None;
        self.scans = None;
    }

    /// The facts, where they were read.
    pub(super) fn facts(&self) -> Option<&Facts> {
        self.facts.as_ref().map(|(_, facts)| facts)
    }
}
