//! Finding provisions.

use super::Library;
use super::hit::{Hit, HitDocument, HitProvision, SearchCitation, SearchResult};
use crate::{Error, ErrorCode, Job, Phase};
use shelf_law::{DocumentText, Level, ProvisionId};
use shelf_search::{
    Error as IndexError, Index, IndexInput, Options, Query, Ranking, UnitInput, Weights, snippet,
};
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
}

impl Default for SearchOptions {
    fn default() -> SearchOptions {
        SearchOptions {
            limit: 10,
            provisions: false,
        }
    }
}

/// A place in a document, before its words are read.
struct Found {
    row: CatalogRow,
    score: f32,
    place: Place,
}

enum Place {
    /// The n-th search unit.
    Unit(u32),
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
        match self.search_once(text, options) {
            Err(error) if error.code == ErrorCode::Damaged && self.index_is_damaged() => {
                tracing::warn!(%error, "the index is damaged and is made again");
                let _lock = self.home.lock()?;
                self.index = None;
                self.drop_unsound_index()?;
                self.update_index(&Job::silent())?;
                self.search_once(text, options)
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
        let query = Query::parse(text);
        let (mut found, citation) = self.cited(text, options.limit)?;
        let cited: HashSet<u64> = found.iter().map(|f| f.row.browse.id.key()).collect();
        for ranked in self.ranked(&query, options)? {
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
        })
    }

    /// The documents and provisions that the query cites, and what it cites in vain.
    fn cited(
        &mut self,
        text: &str,
        limit: usize,
    ) -> Result<(Vec<Found>, Option<SearchCitation>), Error> {
        let (cited, missing) = self.citations(text)?;
        let found = cited
            .into_iter()
            .take(limit)
            .map(|cited| Found {
                row: cited.row,
                score: 0.0,
                place: cited.provision.map_or(Place::Whole, Place::Provision),
            })
            .collect();
        Ok((found, missing))
    }

    fn ranked(&mut self, query: &Query, options: &SearchOptions) -> Result<Vec<Found>, Error> {
        let how = shelf_search::SearchOptions {
            limit: options.limit,
            per_unit: options.provisions,
            units_per_hit: 1,
            ..shelf_search::SearchOptions::default()
        };
        let hits = self.index()?.search(query, &how).map_err(index_error)?;
        let mut found = Vec::with_capacity(hits.len());
        for hit in hits {
            let row = self.catalog.by_key(hit.key)?;
            // An index that lags behind may still know it.
            if let Some(row) = row.filter(|row| row.browse.withdrawn.is_none()) {
                // The units of an index that lags behind may be those of an earlier text.
                let unit = hit.units.first().filter(|_| self.index_is_current);
                let place = unit.map_or(Place::Whole, |(unit, _)| Place::Unit(*unit));
                found.push(Found {
                    row,
                    score: hit.score,
                    place,
                });
            }
        }
        Ok(found)
    }

    fn index(&self) -> Result<&Index, Error> {
        self.index.as_ref().ok_or_else(|| {
            Error::new(
                ErrorCode::NoShelf,
                "the texts are not searchable yet; sync again",
            )
        })
    }

    /// Whether a ranked unit is one that stands among the cited hits already.
    fn is_cited_unit(&mut self, cited: &[Found], ranked: &Found) -> Result<bool, Error> {
        let Place::Unit(ordinal) = ranked.place else {
            return Ok(false);
        };
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
        let document = HitDocument::of(&found.row.browse, self.today());
        let mut hit = Hit {
            rank,
            score: found.score,
            document,
            provision: None,
            page: None,
            snippet: String::new(),
            marks: Vec::new(),
        };
        // A text that is damaged or not here does not hide that the document was found.
        let Ok(file) = self.text_of(&found.row) else {
            return Ok(hit);
        };
        let text = &file.text;
        let blocks = match &found.place {
            Place::Whole => 0..text.blocks.len(),
            Place::Provision(id) => match text.find(id) {
                Some(index) => text.subtree(index),
                None => 0..0,
            },
            Place::Unit(ordinal) => match text.units().into_iter().nth(*ordinal as usize) {
                Some(unit) => unit.blocks,
                None => 0..0,
            },
        };
        if let Some(first) = text.blocks.get(blocks.start).filter(|_| !blocks.is_empty()) {
            hit.page = first.page;
            if !matches!(found.place, Place::Whole) {
                hit.provision = provision_of(text, blocks.start);
            }
        }
        let words = match &found.place {
            Place::Whole => text.plain_text(opening(text)),
            _ => text.plain_text(blocks),
        };
        let snippet = snippet(&words, query, &|term| weights.get(term));
        hit.snippet = snippet.text;
        hit.marks = snippet.marks;
        Ok(hit)
    }

    /// Makes sure that the index is that of the active catalogue. Where another process is at it,
    /// this one searches what is there.
    pub(crate) fn ensure_index(&mut self, job: &Job<'_>) -> Result<(), Error> {
        let opened = Index::open(&self.home.index(), Options::default());
        let stamp = self.index_stamp();
        if let Ok(index) = opened {
            let current = index.stamp() == Some(stamp);
            self.index_is_current = current;
            self.index = Some(index);
            if current {
                return Ok(());
            }
        }
        let _lock = match self.home.lock() {
            Err(error) if error.code == ErrorCode::Busy && self.index.is_some() => return Ok(()),
            lock => lock?,
        };
        let held = self.index.take();
        match self.update_index(job) {
            // On a full disk what was searchable stays searchable.
            Err(error) if error.code == ErrorCode::DiskFull && held.is_some() => {
                self.index = held;
                Ok(())
            }
            updated => updated,
        }
    }

    /// What an index of this catalogue carries: the digest of all rows, and the rules of indexing.
    fn index_stamp(&self) -> String {
        // The file tells one choice of collections from another at the same sequence.
        let file = self.catalog.path().file_name().unwrap_or_default();
        let digest = self.catalog.head().state_digest;
        format!("{RULES} {} {digest}", file.display())
    }

    /// Throws the index away where a file of it is not what was written. Reads all of it.
    pub(crate) fn drop_unsound_index(&mut self) -> Result<(), Error> {
        let folder = self.home.index();
        let checked = Index::open(&folder, Options::default()).and_then(|index| index.verify());
        if let Err(IndexError::Damaged { why, .. }) = checked {
            tracing::warn!(why, "the index is damaged and is made again");
            Index::rebuild(&folder, Options::default()).map_err(index_error)?;
        }
        Ok(())
    }

    /// Brings the index up to date with the catalogue; the caller holds the lock of the folder. A
    /// damaged index is made again: it is derived from the texts.
    pub(crate) fn update_index(&mut self, job: &Job<'_>) -> Result<(), Error> {
        self.index = None;
        let folder = self.home.index();
        let index = match Index::open(&folder, Options::default()) {
            Err(IndexError::Absent { .. }) => Index::create(&folder, Options::default()),
            Err(IndexError::Damaged { why, .. }) => {
                tracing::warn!(why, "the index is damaged and is made again");
                Index::rebuild(&folder, Options::default())
            }
            opened => opened,
        }
        .map_err(index_error)?;
        let mut current = Vec::new();
        let texts = &self.texts;
        self.catalog.for_each(|row| {
            if let Some(objects) = row.objects.filter(|_| row.browse.withdrawn.is_none())
                && texts.has(&objects)
            {
                current.push((row.browse.id.key(), revision(&objects.text.sha256)));
            }
            Ok::<_, Error>(())
        })?;
        let (catalog, texts) = (&self.catalog, &self.texts);
        let load = |key: u64| -> Result<IndexInput, Error> {
            let row = catalog.by_key(key)?;
            let Some(CatalogRow {
                objects: Some(objects),
                ..
            }) = row
            else {
                return Err(Error::new(
                    ErrorCode::NotFound,
                    "left the catalogue meanwhile",
                ));
            };
            let file = texts.load_uncached(&objects)?;
            Ok(index_input(&file.document.display_title(), &file.text))
        };
        let progress = |at: shelf_search::Progress| {
            job.tell(Phase::Indexing, at.done as u64, Some(at.total as u64));
        };
        let report = index
            .update(&current, load, &self.index_stamp(), progress, || {
                job.cancel.is_cancelled()
            })
            .map_err(index_error)?;
        if report.cancelled {
            return Err(Error::new(
                ErrorCode::Cancelled,
                "stopped; it goes on next time",
            ));
        }
        for (key, error) in &report.failed {
            // It was whole when it was received: the disk lost it. `verify` names it, the rest of
            // the shelf stays searchable.
            tracing::warn!(key, %error, "left out of the index");
        }
        self.index = Some(index);
        self.index_is_current = true;
        Ok(())
    }
}

/// Grows when the same texts give other units or terms, so that indexes are made anew.
const RULES: u64 = 1;

/// What a document gives to the index.
fn index_input(title: &str, text: &DocumentText) -> IndexInput {
    let units = text.units();
    IndexInput {
        title: title.to_string(),
        units: units
            .iter()
            .enumerate()
            .map(|(ordinal, unit)| {
                let mut body = String::new();
                for block in &text.blocks[unit.blocks.clone()] {
                    let line = match block.level {
                        // The heading is a field of its own.
                        _ if block.id.is_some() && block.id == unit.provision => &block.text,
                        _ => &block.line(),
                    };
                    body.push_str(line);
                    body.push('\n');
                }
                UnitInput {
                    ordinal: u32::try_from(ordinal).unwrap_or(u32::MAX),
                    heading: unit.heading.clone(),
                    text: body,
                }
            })
            .collect(),
    }
}

/// A 64-bit fingerprint of what was indexed: the text's hash and the rules.
fn revision(sha256: &shelf_law::ContentHash) -> u64 {
    let bytes: [u8; 8] = sha256.as_bytes()[..8]
        .try_into()
        .expect("a hash has 32 bytes");
    u64::from_le_bytes(bytes) ^ RULES
}

/// The provision that a hit at block `index` names: the block's own, or the nearest above it.
fn provision_of(text: &DocumentText, index: usize) -> Option<HitProvision> {
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
fn opening(text: &DocumentText) -> std::ops::Range<usize> {
    let first = text
        .blocks
        .iter()
        .position(|block| block.level != Level::Furniture)
        .unwrap_or(0);
    first..text.blocks.len().min(first + 40)
}

fn index_error(error: IndexError) -> Error {
    let code = match &error {
        IndexError::Busy { .. } => ErrorCode::Busy,
        error if error.is_disk_full() => ErrorCode::DiskFull,
        IndexError::Damaged { .. } => ErrorCode::Damaged,
        _ => ErrorCode::Io,
    };
    Error::new(code, error.to_string())
}
