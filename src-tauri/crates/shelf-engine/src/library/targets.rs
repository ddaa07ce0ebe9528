//! Looking up on the shelf what a citation inside a text names.

use super::Library;
use super::links::LinkTarget;
use crate::Error;
use shelf_law::kind::{DocumentKind, kind_from_wording};
use shelf_law::number::DocumentNumber;
use shelf_law::tokens::folded_terms;
use shelf_law::{Date, DocumentFile, ProvisionId, Role};
use shelf_store::CatalogRow;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

/// What is looked up once for all blocks of a window.
#[derive(Default)]
pub(crate) struct Known {
    numbers: HashMap<String, Option<CatalogRow>>,
    pub(super) places: HashMap<u64, Places>,
}

/// The provisions of a document.
pub(super) enum Places {
    /// All of them.
    Text(HashSet<ProvisionId>),
    /// Those that the catalogue has a heading of.
    Headings(HashSet<ProvisionId>),
}

impl Library {
    /// A place in a document of the shelf, or the document as a whole.
    pub(super) fn place_in(
        &mut self,
        row: &CatalogRow,
        segments: Option<&str>,
        attached: bool,
        from: &DocumentFile,
        known: &mut Known,
    ) -> Result<Option<LinkTarget>, Error> {
        let same = row.browse.id == from.document.id;
        let mut target = LinkTarget {
            document: Some(row.browse.id.clone()),
            number: row.browse.number.clone(),
            provision: None,
            on_shelf: true,
            same,
        };
        let Some(segments) = segments else {
            return Ok((!same).then_some(target));
        };
        let key = row.browse.id.key();
        if let Entry::Vacant(free) = known.places.entry(key) {
            let places = match self.text_of(row) {
                Ok(file) => Places::Text(provisions(&file)),
                Err(_) => {
                    let headings = self.catalog.headings(&row.browse.id)?;
                    let ids = headings.into_iter().flat_map(|row| row.headings);
                    Places::Headings(ids.map(|(id, _)| id).collect())
                }
            };
            free.insert(places);
        }
        let places = &known.places[&key];
        let wanted = match (attached, places) {
            (false, _) => vec![segments.to_string()],
            (true, Places::Text(ids) | Places::Headings(ids)) => attachments(ids)
                .into_iter()
                .map(|outer| format!("{outer}.{segments}"))
                .collect(),
        };
        let mut found = wanted
            .iter()
            .filter_map(|id| id.parse::<ProvisionId>().ok())
            .filter_map(|id| match places {
                Places::Text(_) => exists(places, &id).then_some(id),
                Places::Headings(_) => {
                    let article: ProvisionId = up_to(&id, "dieu_")?.parse().ok()?;
                    exists(places, &article).then_some(article)
                }
            });
        target.provision = found.next();
        // In two attached regulations: which one is meant, is not said.
        let twice = found.next().is_some();
        let silent = matches!(places, Places::Headings(_)) && target.provision.is_none();
        Ok((!twice && (target.provision.is_some() || silent && !same)).then_some(target))
    }

    /// An act that is not here: its number is known, and what the citation says of a place.
    pub(super) fn off_shelf(
        &self,
        number: &str,
        segments: Option<&str>,
        attached: bool,
    ) -> Result<Option<LinkTarget>, Error> {
        // What was issued with an act that is not here: the act has a link of its own.
        if attached {
            return Ok(None);
        }
        let several = match DocumentNumber::parse(number) {
            Some(parsed) => !self.catalog.by_number_key(parsed.key())?.is_empty(),
            None => true,
        };
        Ok((!several).then(|| LinkTarget {
            document: None,
            number: Some(number.to_string()),
            provision: segments.and_then(|segments| segments.parse().ok()),
            on_shelf: false,
            same: false,
        }))
    }

    /// The one act on the shelf that has this number, and agrees with what else is said of it.
    pub(crate) fn by_cited_number(
        &self,
        number: &str,
        kind: Option<DocumentKind>,
        issued: Option<Date>,
        known: &mut Known,
    ) -> Result<Option<CatalogRow>, Error> {
        let Some(parsed) = DocumentNumber::parse(number) else {
            return Ok(None);
        };
        let key = format!("{} {kind:?} {issued:?}", parsed.key());
        if let Some(found) = known.numbers.get(&key) {
            return Ok(found.clone());
        }
        let mut rows = self.catalog.by_number_key(parsed.key())?;
        rows.retain(|row| row.browse.withdrawn.is_none() && agrees(kind, row));
        if rows.len() > 1 && issued.is_some() {
            rows.retain(|row| row.browse.issued == issued);
        }
        let found = match rows.len() {
            1 => rows.pop(),
            _ => None,
        };
        known.numbers.insert(key, found.clone());
        Ok(found)
    }

    /// The one act on the shelf that has this name and is of this year or day.
    pub(super) fn by_cited_name(
        &mut self,
        kind: DocumentKind,
        name: &str,
        year: Option<u16>,
        issued: Option<Date>,
    ) -> Result<Option<CatalogRow>, Error> {
        let mut rows = self.by_titles(std::iter::once(folded_terms(name)), None)?;
        rows.retain(|row| {
            let own = row.browse.issued;
            let number = row.browse.number.as_deref().and_then(DocumentNumber::parse);
            let of_year = |year: u16| {
                own.is_some_and(|day| day.year() == year.cast_signed())
                    || number.as_ref().and_then(DocumentNumber::year) == Some(year)
            };
            let consolidated =
                number.as_ref().and_then(DocumentNumber::kind) == Some(DocumentKind::Consolidation);
            agrees(Some(kind), row)
                && row.browse.withdrawn.is_none()
                && !consolidated
                && issued.is_none_or(|day| own == Some(day))
                && year.is_none_or(of_year)
        });
        rows.dedup_by(|one, other| one.browse.id == other.browse.id);
        Ok(match rows.len() {
            1 => rows.pop(),
            _ => None,
        })
    }
}

/// Whether a document can be of the kind that a citation names.
fn agrees(kind: Option<DocumentKind>, row: &CatalogRow) -> bool {
    let own = row.browse.kind.as_deref().and_then(kind_from_wording);
    let (Some(kind), Some(own)) = (kind, own) else {
        return true;
    };
    // Lists call a code a law, and a joint circular a circular.
    let broad = |kind| match kind {
        DocumentKind::Code | DocumentKind::Constitution => DocumentKind::Law,
        DocumentKind::JointCircular => DocumentKind::Circular,
        DocumentKind::JointResolution => DocumentKind::Resolution,
        kind => kind,
    };
    broad(kind) == broad(own)
}

/// The provisions of a text that are its own.
pub(super) fn provisions(file: &DocumentFile) -> HashSet<ProvisionId> {
    file.text
        .blocks
        .iter()
        .filter(|block| block.role == Role::Own)
        .filter_map(|block| block.id.clone())
        .collect()
}

/// Whether a provision exists, and its number only once: where Điều 5 stands twice, which one is meant
/// is not known.
pub(super) fn exists(places: &Places, id: &ProvisionId) -> bool {
    let (Places::Text(ids) | Places::Headings(ids)) = places;
    let twice = || {
        let article = up_to(id, "dieu_")?;
        let again: ProvisionId = format!("{article}_2").parse().ok()?;
        ids.contains(&again).then_some(())
    };
    ids.contains(id) && twice().is_none()
}

/// The attached regulations among some provisions.
fn attachments(ids: &HashSet<ProvisionId>) -> Vec<&str> {
    let mut outer: Vec<&str> = ids
        .iter()
        .filter_map(|id| id.as_str().split('.').next())
        .filter(|first| first.starts_with("kemtheo_"))
        .collect();
    outer.sort_unstable();
    outer.dedup();
    outer
}

/// The part of an id up to and with its last segment of this level.
pub(super) fn up_to(id: &ProvisionId, level: &str) -> Option<String> {
    let segments: Vec<&str> = id.as_str().split('.').collect();
    let last = segments
        .iter()
        .rposition(|segment| segment.starts_with(level))?;
    Some(segments[..=last].join("."))
}
