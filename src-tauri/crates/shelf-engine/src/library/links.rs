//! Citations inside a text, and where they lead on this shelf. No link is better than a wrong one: what
//! could be another act, or a place that the act has not, is plain text.

use super::Library;
use super::amending::Amended;
use super::blocks::provision_at;
use super::targets::{Known, Places, exists, provisions, up_to};
use crate::Error;
use shelf_law::citation::in_text::{CitedAct, CitedPlace, CitedRange, PlaceBase, citations_in};
use shelf_law::{DocumentFile, DocumentId, ProvisionId, Role};
use std::collections::HashMap;
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
        let in_form = own
            .as_str()
            .split('.')
            .any(|segment| segment.starts_with("phuluc_") || segment.starts_with("mau_"));
        let base = match place.base {
            // A form has Điều of its own, and a form of a decision calls itself "Quyết định này".
            PlaceBase::Act if in_form && this.is_none_or(|kind| kind == "quyet dinh") => {
                return None;
            }
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
