//! Citations inside a text, and where they lead on this shelf. No link is better than a wrong one: what
//! could be another act, or a place that the act has not, is plain text.

use super::Library;
use super::amending::Amended;
use super::blocks::provision_at;
use crate::Error;
use shelf_law::citation::in_text::{CitedAct, CitedPlace, CitedRange, PlaceBase, citations_in};
use shelf_law::kind::{DocumentKind, kind_from_wording};
use shelf_law::number::DocumentNumber;
use shelf_law::tokens::folded_terms;
use shelf_law::{Date, DocumentFile, DocumentId, ProvisionId, Role};
use shelf_store::CatalogRow;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// A citation in a block's text that leads somewhere.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// First character (Unicode scalar values).
    pub from: usize,
    /// One past the last character.
    pub to: usize,
    /// Where it leads.
    pub target: LinkTarget,
}

/// Where a citation leads.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LinkTarget {
    /// The document on the shelf.
    pub document: Option<DocumentId>,
    /// Its number, as known.
    pub number: Option<String>,
    /// The provision. It exists, where the text of the document is here or the catalogue knows its
    /// headings; of an act that is not on the shelf it is what the citation says.
    pub provision: Option<ProvisionId>,
    /// Whether the document is on the shelf.
    pub on_shelf: bool,
    /// It leads to another place of the same document.
    pub same: bool,
}

/// The links of some blocks.
pub(crate) struct Links(HashMap<usize, Vec<Link>>);

impl Links {
    /// Takes out the links of a block.
    pub(crate) fn next_of(&mut self, index: usize) -> Vec<Link> {
        self.0.remove(&index).unwrap_or_default()
    }
}

/// What is looked up once for all blocks of a window.
#[derive(Default)]
pub(crate) struct Known {
    numbers: HashMap<String, Option<CatalogRow>>,
    places: HashMap<u64, Places>,
}

/// The provisions of a document.
enum Places {
    /// All of them.
    Text(HashSet<ProvisionId>),
    /// Those that the catalogue has a heading of.
    Headings(HashSet<ProvisionId>),
}

/// Where in its document a citation stands.
struct Standing<'a> {
    file: &'a DocumentFile,
    index: usize,
    text: &'a str,
    amended: Option<Amended>,
}

impl Library {
    /// The links in these blocks.
    pub(crate) fn links_in(
        &mut self,
        file: &DocumentFile,
        range: Range<usize>,
    ) -> Result<Links, Error> {
        let mut known = Known::default();
        let mut links = HashMap::new();
        for index in range {
            let block = &file.text.blocks[index];
            let cited = citations_in(&block.text);
            if cited.is_empty() {
                continue;
            }
            let amended = self.amended_at(file, index, &mut known)?;
            let standing = Standing {
                file,
                index,
                text: &block.text,
                amended,
            };
            let mut characters = Characters::new(&block.text);
            let mut found = Vec::new();
            for cited in cited {
                let Some(target) = self.target(&cited, &standing, &mut known)? else {
                    continue;
                };
                found.push(Link {
                    from: characters.before(cited.range.start),
                    to: characters.before(cited.range.end),
                    target,
                });
            }
            if !found.is_empty() {
                links.insert(index, found);
            }
        }
        Ok(Links(links))
    }

    fn target(
        &mut self,
        cited: &CitedRange,
        at: &Standing<'_>,
        known: &mut Known,
    ) -> Result<Option<LinkTarget>, Error> {
        let quoted = at.file.text.blocks[at.index].role == Role::Quoted
            || at.amended.is_some() && in_quotation(&at.text[..cited.range.start]);
        match &cited.act {
            CitedAct::Number {
                kind,
                number,
                issued,
                attached,
            } => {
                let place = cited.place.as_ref().map(|place| place.segments.as_str());
                match self.by_cited_number(number, *kind, *issued, known)? {
                    Some(row) => self.place_in(&row, place, *attached, at.file, known),
                    None => Ok(self.off_shelf(number, place, *attached)?),
                }
            }
            CitedAct::Name {
                kind,
                name,
                year,
                issued,
            } => {
                let Some(row) = self.by_cited_name(*kind, name, *year, *issued)? else {
                    return Ok(None);
                };
                let place = cited.place.as_ref().map(|place| place.segments.as_str());
                self.place_in(&row, place, false, at.file, known)
            }
            CitedAct::Unnamed | CitedAct::This(_) => {
                let Some(place) = &cited.place else {
                    return Ok(None);
                };
                let this = match &cited.act {
                    CitedAct::This(kind) => Some(kind.as_str()),
                    _ => None,
                };
                // What an amending act says of places is about the act that it amends; only
                // "Luật này", outside what it quotes, is the amending act itself.
                if quoted || at.amended.is_some() && this.is_none() {
                    let Some(Amended::Act { row, attached }) = &at.amended else {
                        return Ok(None);
                    };
                    if place.base != PlaceBase::Act {
                        return Ok(None);
                    }
                    let attached = match this {
                        Some(kind) => *attached && !is_of_acts(kind),
                        None => *attached,
                    };
                    return self.place_in(row, Some(&place.segments), attached, at.file, known);
                }
                Ok(self.place_here(place, this, at, known))
            }
        }
    }

    /// A place in the document in which the words stand.
    fn place_here(
        &self,
        place: &CitedPlace,
        this: Option<&str>,
        at: &Standing<'_>,
        known: &mut Known,
    ) -> Option<LinkTarget> {
        // A leaflet has no Điều of its own.
        if at.file.document.product.is_some() {
            return None;
        }
        let own = provision_at(&at.file.text, at.index)?;
        let scope = own
            .as_str()
            .split('.')
            .next()
            .filter(|first| first.starts_with("kemtheo_"));
        let base = match place.base {
            PlaceBase::Act => match this {
                Some(kind) if is_of_acts(kind) => None,
                Some("van ban" | "danh muc" | "phu luc" | "mau" | "bieu") => return None,
                // `Quy chế này` in an act to which one is attached, said outside of it.
                Some(_) if scope.is_none() && has_attachment(at.file) => return None,
                _ => scope.map(str::to_string),
            },
            PlaceBase::ThisArticle => Some(up_to(own, "dieu_")?),
            PlaceBase::ThisClause => Some(up_to(own, "khoan_")?),
            PlaceBase::ThisPoint => Some(up_to(own, "diem_")?),
        };
        let parts = [base.as_deref(), Some(place.segments.as_str())];
        let id = parts
            .into_iter()
            .flatten()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(".");
        let id: ProvisionId = id.parse().ok()?;
        // A link to where one reads already is none.
        if id == *own {
            return None;
        }
        let key = at.file.document.id.key();
        let places = known
            .places
            .entry(key)
            .or_insert_with(|| Places::Text(provisions(at.file)));
        exists(places, &id).then(|| LinkTarget {
            document: Some(at.file.document.id.clone()),
            number: None,
            provision: Some(id),
            on_shelf: true,
            same: true,
        })
    }

    /// A place in a document of the shelf, or the document as a whole.
    fn place_in(
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
    fn off_shelf(
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
    fn by_cited_name(
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

/// Whether `… này` after these words means an act, not what is attached to one.
fn is_of_acts(kind: &str) -> bool {
    matches!(
        kind,
        "luat"
            | "bo luat"
            | "hien phap"
            | "phap lenh"
            | "nghi quyet"
            | "nghi quyet lien tich"
            | "nghi dinh"
            | "thong tu"
            | "thong tu lien tich"
            | "quyet dinh"
            | "chi thi"
            | "sac lenh"
    )
}

fn has_attachment(file: &DocumentFile) -> bool {
    file.text.blocks.iter().any(|block| {
        let id = block.id.as_ref();
        id.is_some_and(|id| id.as_str().starts_with("kemtheo_"))
    })
}

/// The provisions of a text that are its own.
fn provisions(file: &DocumentFile) -> HashSet<ProvisionId> {
    file.text
        .blocks
        .iter()
        .filter(|block| block.role == Role::Own)
        .filter_map(|block| block.id.clone())
        .collect()
}

/// Whether a provision exists, and its number only once: where Điều 5 stands twice, which one is meant
/// is not known.
fn exists(places: &Places, id: &ProvisionId) -> bool {
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
fn up_to(id: &ProvisionId, level: &str) -> Option<String> {
    let segments: Vec<&str> = id.as_str().split('.').collect();
    let last = segments
        .iter()
        .rposition(|segment| segment.starts_with(level))?;
    Some(segments[..=last].join("."))
}

/// Whether the words before a place opened a quotation that is not closed.
fn in_quotation(before: &str) -> bool {
    let mut open = false;
    for c in before.chars() {
        match c {
            '“' | '«' => open = true,
            '”' | '»' => open = false,
            '"' => open = !open,
            _ => {}
        }
    }
    open
}

/// Counts characters up to growing places of a text.
struct Characters<'t> {
    text: &'t str,
    bytes: usize,
    count: usize,
}

impl<'t> Characters<'t> {
    fn new(text: &'t str) -> Characters<'t> {
        Characters {
            text,
            bytes: 0,
            count: 0,
        }
    }

    fn before(&mut self, at: usize) -> usize {
        if at < self.bytes {
            (self.bytes, self.count) = (0, 0);
        }
        self.count += self.text[self.bytes..at].chars().count();
        self.bytes = at;
        self.count
    }
}
