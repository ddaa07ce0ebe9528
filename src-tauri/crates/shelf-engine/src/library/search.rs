//! Finding provisions.

use super::Library;
use super::cite::Cited;
use super::headings;
use super::hit::{Hit, HitDocument, HitProvision, SearchResult};
use super::indexing::index_error;
use super::understanding::{Asked, wanted};
use crate::{Error, ErrorCode, Job};
use shelf_law::{DocumentText, Level, ProvisionId, Understood};
use shelf_search::{Error as IndexError, Hit as IndexHit, Index, Query, Ranking, Weights, snippet};
use shelf_store::CatalogRow;
use std::collections::HashSet;
use std::time::Instant;

/// How to search.
#[derive(Clone, Copy, Debug)]
pub struct SearchOptions {
    /// Hits at most.
    pub limit: usize,
    /// Provisions rather than documents: at most one hit per Điều, outline item, page or cue.
    pub provisions: bool,
    /// Searches the words as they were typed: nothing is read into them, and a citation is words too.
    pub exactly: bool,
}

impl Default for SearchOptions {
    fn default() -> SearchOptions {
        SearchOptions {
            limit: 10,
            provisions: false,
            exactly: false,
        }
    }
}

/// A place in a document, before its words are read.
pub(super) struct Found {
    pub(super) row: CatalogRow,
    pub(super) score: f32,
    pub(super) place: Place,
}

pub(super) enum Place {
    /// The n-th search unit of the text.
    Unit(u32),
    /// The n-th heading that the catalogue knows of a document whose text is not here.
    Heading(usize),
    /// A provision that a citation names.
    Provision(ProvisionId),
    /// The document as a whole.
    Whole,
}

impl Library {
    /// Finds what `text` asks for. A citation that resolves stands first, at the deepest provision
    /// named; no state of validity is hidden.
    ///
    /// An index that turns out to be damaged is made again, once.
    pub fn search(&mut self, text: &str, options: &SearchOptions) -> Result<SearchResult, Error> {
        self.mending_index(|library| library.search_once(text, options))
    }

    /// Runs a search, and once more after a damaged index was made again.
    pub(super) fn mending_index<T>(
        &mut self,
        search: impl Fn(&mut Library) -> Result<T, Error>,
    ) -> Result<T, Error> {
        match search(self) {
            Err(error) if error.code == ErrorCode::Damaged && self.index_is_damaged() => {
                tracing::warn!(%error, "the index is damaged and is made again");
                let _lock = self.home.lock()?;
                self.index = None;
                self.drop_unsound_index()?;
                self.update_index(&Job::silent())?;
                search(self)
            }
            outcome => outcome,
        }
    }

    fn index_is_damaged(&self) -> bool {
        let checked = self.index.as_ref().map(Index::verify);
        matches!(checked, Some(Err(IndexError::Damaged { .. })))
    }

    fn search_once(&mut self, text: &str, options: &SearchOptions) -> Result<SearchResult, Error> {
        let begun = Instant::now();
        let Asked {
            query,
            understood,
            cited: mut found,
            missing: citation,
            ..
        } = self.asked(text, options.exactly)?;
        found.truncate(options.limit);
        let cited: HashSet<u64> = found.iter().map(|f| f.row.browse.id.key()).collect();
        for ranked in self.ranked(&query, &understood, options)? {
            let repeated = cited.contains(&ranked.row.browse.id.key());
            if !repeated || (options.provisions && !self.is_cited_unit(&found, &ranked)?) {
                found.push(ranked);
            }
        }
        found.truncate(options.limit);
        let weights = self
            .index()?
            .weights(&query, &Ranking::default())
            .map_err(index_error)?;
        let mut hits = Vec::with_capacity(found.len());
        for (index, found) in found.into_iter().enumerate() {
            hits.push(self.hit(index + 1, found, &query, &weights)?);
        }
        let took_us = u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX);
        Ok(SearchResult {
            took_us,
            hits,
            citation,
            understood,
        })
    }

    fn ranked(
        &mut self,
        query: &Query,
        understood: &Understood,
        options: &SearchOptions,
    ) -> Result<Vec<Found>, Error> {
        let how = shelf_search::SearchOptions {
            limit: wanted(understood, options.limit),
            per_unit: options.provisions,
            units_per_hit: 1,
            ranking: self.ranking(),
            ..shelf_search::SearchOptions::default()
        };
        let hits = self.index()?.search(query, &how).map_err(index_error)?;
        let found = self.found(hits)?;
        Ok(self.with_exact_words(found, understood, options.limit, options.provisions))
    }

    /// Where the hits of the index are on the shelf.
    pub(super) fn found(&self, hits: Vec<IndexHit>) -> Result<Vec<Found>, Error> {
        let mut found = Vec::with_capacity(hits.len());
        for hit in hits {
            let row = self.catalog.by_key(hit.key)?;
            // An index that lags behind may still know it.
            if let Some(row) = row.filter(|row| row.browse.withdrawn.is_none()) {
                // The units of an index that lags behind may be those of an earlier text.
                let unit = hit.units.first().filter(|_| self.index_is_current);
                let place = unit.map_or(Place::Whole, |(unit, _)| headings::place_of(*unit));
                found.push(Found {
                    row,
                    score: hit.score,
                    place,
                });
            }
        }
        Ok(found)
    }

    pub(super) fn index(&self) -> Result<&Index, Error> {
        self.index.as_ref().ok_or_else(|| {
            Error::new(
                ErrorCode::NoShelf,
                "the texts are not searchable yet; sync again",
            )
        })
    }

    /// Whether a ranked unit is one that stands among the cited hits already.
    pub(super) fn is_cited_unit(&mut self, cited: &[Found], ranked: &Found) -> Result<bool, Error> {
        if matches!(ranked.place, Place::Whole | Place::Provision(_)) {
            return Ok(false);
        }
        let same = cited
            .iter()
            .filter(|f| f.row.browse.id == ranked.row.browse.id);
        let places: Vec<ProvisionId> = same
            .filter_map(|f| match &f.place {
                Place::Provision(id) => Some(id.clone()),
                _ => None,
            })
            .collect();
        if places.is_empty() {
            return Ok(false);
        }
        if let Some(heading) = self.provision_of_heading(ranked) {
            return Ok(places.iter().any(|id| {
                let rest = id.as_str().strip_prefix(heading.as_str());
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            }));
        }
        let Place::Unit(ordinal) = ranked.place else {
            return Ok(false);
        };
        let file = self.text_of(&ranked.row)?;
        let units = file.text.units();
        let Some(unit) = units.get(ordinal as usize) else {
            return Ok(false);
        };
        Ok(places
            .iter()
            .any(|id| file.text.find(id).is_some_and(|i| unit.blocks.contains(&i))))
    }

    /// Reads the words of a found place and makes the hit that is shown.
    fn hit(
        &mut self,
        rank: usize,
        found: Found,
        query: &Query,
        weights: &Weights,
    ) -> Result<Hit, Error> {
        let shown = self.shown(&found, query, weights);
        Ok(Hit {
            absent: self.absent(&found.row)?,
            rank,
            score: found.score,
            document: HitDocument::of(&found.row.browse, self.today()),
            provision: shown.provision,
            page: shown.page,
            snippet: shown.snippet,
            marks: shown.marks,
        })
    }

    /// Reads the words of a found place. A text that is damaged or not here does not hide that the
    /// document was found: then there are none.
    pub(super) fn shown(&mut self, found: &Found, query: &Query, weights: &Weights) -> ShownPlace {
        let Ok(file) = self.text_of(&found.row) else {
            return self.shown_by_heading(found, query, weights);
        };
        let mut shown = ShownPlace::default();
        let text = &file.text;
        let of_provision = |id: &ProvisionId| match text.find(id) {
            Some(index) => text.subtree(index),
            None => 0..0,
        };
        let blocks = match &found.place {
            Place::Whole => 0..text.blocks.len(),
            Place::Provision(id) => of_provision(id),
            // Its text came after the index was made.
            Place::Heading(_) => self
                .provision_of_heading(found)
                .map_or(0..0, |id| of_provision(&id)),
            Place::Unit(ordinal) => match text.units().into_iter().nth(*ordinal as usize) {
                Some(unit) => unit.blocks,
                None => 0..0,
            },
        };
        if let Some(first) = text.blocks.get(blocks.start).filter(|_| !blocks.is_empty()) {
            shown.page = first.page;
            shown.time_ms = first.time_ms.map(|(from, _)| from);
            if !matches!(found.place, Place::Whole) {
                shown.provision = provision_of(text, blocks.start);
                shown.heading = heading_of(text, blocks.start);
                shown.above = text.path_label(blocks.start);
            }
        }
        let words = match &found.place {
            Place::Whole => text.plain_text(opening(text)),
            _ => text.plain_text(blocks),
        };
        let snippet = snippet(&words, query, &|term| weights.get(term));
        shown.snippet = snippet.text;
        shown.marks = snippet.marks;
        shown
    }
}

/// What is shown of a found place.
#[derive(Default)]
pub(super) struct ShownPlace {
    pub(super) provision: Option<HitProvision>,
    /// Its own name and heading; empty where it has none.
    pub(super) heading: String,
    /// The headings above it.
    pub(super) above: String,
    pub(super) page: Option<u32>,
    pub(super) time_ms: Option<u64>,
    pub(super) snippet: String,
    pub(super) marks: Vec<(usize, usize)>,
}

impl Found {
    /// The provision that a citation names.
    pub(super) fn provision(&self) -> Option<&ProvisionId> {
        match &self.place {
            Place::Provision(id) => Some(id),
            _ => None,
        }
    }
}

impl From<Cited> for Found {
    fn from(cited: Cited) -> Found {
        Found {
            row: cited.row,
            // Only what resolves stands above all scores.
            score: if cited.resolves { 0.0 } else { 1.0 },
            place: cited.provision.map_or(Place::Whole, Place::Provision),
        }
    }
}

/// The line that names the block at `index`: `Điều 138. Cấp Giấy chứng nhận …`, and for a khoản or
/// điểm, which have no heading, that of the Điều it stands in.
pub(super) fn heading_of(text: &DocumentText, index: usize) -> String {
    let Some(block) = text
        .blocks
        .get(index)
        .filter(|block| !block.label.is_empty())
    else {
        return String::new();
    };
    let label = text.citation_label(index);
    let above = text.ancestors(index).into_iter().rev();
    let inside = matches!(block.level, Level::Clause | Level::Point);
    let headings = std::iter::once(index).chain(above.filter(|_| inside));
    let mut headings = headings.map(|at| &text.blocks[at].heading);
    match headings.find(|heading| !heading.is_empty()) {
        Some(heading) => format!("{label}. {heading}"),
        None => label,
    }
}

/// The provision that a hit at block `index` names: the block's own, or the nearest above it.
pub(super) fn provision_of(text: &DocumentText, index: usize) -> Option<HitProvision> {
    let own = text.blocks[index].id.is_some().then_some(index);
    let index = own.or_else(|| {
        text.ancestors(index)
            .into_iter()
            .rev()
            .find(|&above| text.blocks[above].id.is_some())
    })?;
    let block = &text.blocks[index];
    let mut path = text.path_label(index);
    if !block.heading.is_empty() {
        let own = format!("{}. {}", block.label, block.heading);
        path = if path.is_empty() {
            own
        } else {
            format!("{path} › {own}")
        };
    }
    Some(HitProvision {
        id: block.id.clone()?,
        label: text.citation_label(index),
        path,
    })
}

/// The blocks that show what a document is about: from its first own words on.
pub(super) fn opening(text: &DocumentText) -> std::ops::Range<usize> {
    let first = text
        .blocks
        .iter()
        .position(|block| block.level != Level::Furniture)
        .unwrap_or(0);
    first..text.blocks.len().min(first + 40)
}
