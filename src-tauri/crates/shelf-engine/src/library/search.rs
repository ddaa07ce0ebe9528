//! Finding provisions.

use super::Library;
use super::cite::Cited;
use super::headings;
use super::hit::{Hit, HitDocument, SearchResult};
use super::indexing::index_error;
use super::passages::ShownPlace;
use super::texts::structure;
use super::understanding::{Asked, wanted};
use crate::{Error, ErrorCode, Job};
use shelf_law::{ProvisionId, Understood};
use shelf_search::{Error as IndexError, Hit as IndexHit, Index, Query, Ranking};
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
        let shown = self.shown(&found, &query, &weights);
        let mut hits = Vec::with_capacity(found.len());
        for (found, shown) in found.into_iter().zip(shown) {
            hits.push(self.hit(hits.len() + 1, &found, shown)?);
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
        let json = self.json_of(&ranked.row)?;
        let Some(structure) = structure(&json, &ranked.row.browse.id) else {
            return Ok(false);
        };
        let Some(blocks) = structure.unit_blocks().nth(ordinal as usize) else {
            return Ok(false);
        };
        Ok(places
            .iter()
            .any(|id| structure.find(id).is_some_and(|i| blocks.contains(&i))))
    }

    fn hit(&self, rank: usize, found: &Found, shown: ShownPlace) -> Result<Hit, Error> {
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
