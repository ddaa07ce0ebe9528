//! Search with filters: the ranking of [`Library::search`], what it hides counted, and the counts
//! that filters show.

use super::filter::{FacetCounter, Facets, Filters, Sieve, counts_in_facets};
use super::indexing::index_error;
use super::line::DocumentLine;
use super::passages::ShownPlace;
use super::search::Found;
use super::understanding::{Asked, wanted};
use super::{Absent, HitProvision, Library, SearchCitation};
use crate::Error;
use serde::Serialize;
use shelf_law::{ProvisionId, Understood};
use shelf_search::{Query, Ranked, Ranking, Survey, Weights};
use shelf_store::CatalogRow;
use std::cmp::Reverse;
use std::collections::HashSet;
use std::time::Instant;

/// Documents over which facets are counted, and from which the newest are taken.
const CANDIDATES: usize = 400;
/// A document that scores less than this share of the best is no answer worth counting.
const LEAST_SHARE: f32 = 0.5;
/// Documents that a shared number or name may offer for a choice.
const MOST_SHARED: usize = 10;

/// What to find.
#[derive(Clone, PartialEq, Debug)]
pub struct FindRequest {
    /// The question.
    pub text: String,
    /// What to let through. A document that the question cites is found whatever they say.
    pub filters: Filters,
    /// In which order.
    pub sort: FindSort,
    /// Hits at most.
    pub limit: usize,
    /// Provisions rather than documents: several of one document may be listed.
    pub provisions: bool,
    /// Searches the words as they were typed: nothing is read into them, and a citation is words too.
    pub exactly: bool,
}

impl Default for FindRequest {
    fn default() -> FindRequest {
        FindRequest {
            text: String::new(),
            filters: Filters::default(),
            sort: FindSort::Relevance,
            limit: 10,
            provisions: false,
            exactly: false,
        }
    }
}

/// The order of hits. What the question cites always stands first.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum FindSort {
    /// Best first.
    #[default]
    Relevance,
    /// Of the documents that answer well, the one issued last first.
    Newest,
}

/// What was found.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct FindAnswer {
    /// Microseconds from the text of the query to hits with snippets.
    pub took_us: u64,
    /// The hits.
    pub hits: Vec<FindHit>,
    /// Documents that answer the question well and that the filters let through; several hundred
    /// are counted at most.
    pub documents: usize,
    /// Whether there are hits beyond the limit.
    pub more: bool,
    /// Counts over the documents that answer well.
    pub facets: Facets,
    /// Of these, documents hidden only because they expired.
    pub hidden_expired: usize,
    /// Of `documents`, those whose text is not on this machine: found by title and headings.
    pub absent: usize,
    /// Documents in reach of the filters that are only pictures of words: nothing in them can be
    /// found.
    pub scans_not_searched: usize,
    /// What the question cites; `None` where it cites nothing that is on the shelf.
    pub citation: Option<CitationAnswer>,
    /// What the question was taken to mean.
    pub understood: Understood,
}

/// What a question cites.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct CitationAnswer {
    /// The place that was named and that the document does not have: `Điều 99`.
    pub missing: Option<String>,
    /// The document meant, or the likeliest of several.
    pub document: Option<DocumentLine>,
    /// The provision meant.
    pub provision: Option<ProvisionId>,
    /// The documents that share the number or name, the likeliest first, where several do.
    pub shared: Vec<DocumentLine>,
}

/// One hit.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct FindHit {
    /// The document.
    pub document: DocumentLine,
    /// Its best provision; `None` where the text stands in none.
    pub provision: Option<HitProvision>,
    /// The line that names the hit: the provision's own, else the document's title.
    pub heading: String,
    /// The headings above it.
    pub path: String,
    /// Page of the original, where known.
    pub page: Option<u32>,
    /// Where it begins in a video or sound piece.
    pub time_ms: Option<u64>,
    /// A passage that shows why it was found.
    pub snippet: String,
    /// What to mark in the snippet, in Unicode scalar values.
    pub marks: Vec<(usize, usize)>,
    /// Set where the text is not on this machine: it was found by its title and headings, and the
    /// snippet is no more than the heading.
    pub absent: Option<Absent>,
    /// Whether the question cites it, with the place where one is named: an act without that place
    /// stands first all the same, but is not what was cited.
    pub cited: bool,
    /// Score within this list; 0 where it is cited.
    pub score: f32,
}

impl Library {
    /// Finds what a question asks for, within filters. Ranking, and the place of citations, are
    /// those of [`Library::search`].
    pub fn find(&mut self, request: &FindRequest) -> Result<FindAnswer, Error> {
        self.mending_index(|library| library.find_once(request))
    }

    fn find_once(&mut self, request: &FindRequest) -> Result<FindAnswer, Error> {
        let begun = Instant::now();
        self.read_facts()?;
        let Asked {
            query,
            understood,
            cited: mut found,
            resolves,
            missing,
        } = self.asked(&request.text, request.exactly)?;
        let cited = found.len();
        let citation = self.citation_answer(&found, missing)?;
        let cited_keys: HashSet<u64> = found.iter().map(|f| f.row.browse.id.key()).collect();

        let most = request.limit.saturating_add(cited).saturating_add(1);
        let Surveyed {
            hits,
            mut counted,
            weights,
        } = self.survey(&query, request, wanted(&understood, most))?;
        let hits = self.found(hits)?;
        let hits = self.with_exact_words(hits, &understood, most, request.provisions);
        if !understood.exact.is_empty() {
            counted.documents = 0;
        }
        for hit in hits {
            let repeated = cited_keys.contains(&hit.row.browse.id.key());
            if !repeated || (request.provisions && !self.is_cited_unit(&found[..cited], &hit)?) {
                found.push(hit);
            }
        }
        let more = found.len() > request.limit;
        found.truncate(request.limit);
        let shown = self.shown(&found, &query, &weights);
        let mut hits = Vec::with_capacity(found.len());
        for (found, shown) in found.iter().zip(shown) {
            let resolved = resolves.get(hits.len()).is_some_and(|resolves| *resolves);
            hits.push(self.find_hit(found, resolved, shown)?);
        }
        let shown: HashSet<&str> = hits.iter().map(|hit| hit.document.id.as_str()).collect();
        counted.documents = counted.documents.max(shown.len());
        let absent = hits.iter().filter(|hit| hit.absent.is_some());
        let absent: HashSet<&str> = absent.map(|hit| hit.document.id.as_str()).collect();
        let absent = absent.len();
        Ok(FindAnswer {
            took_us: u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX),
            hits,
            documents: counted.documents,
            more,
            facets: counted.facets,
            hidden_expired: counted.hidden_expired,
            absent: counted.absent.max(absent),
            scans_not_searched: counted.scans,
            citation,
            understood,
        })
    }

    fn survey(
        &mut self,
        query: &Query,
        request: &FindRequest,
        wanted: usize,
    ) -> Result<Surveyed, Error> {
        self.read_scans()?;
        let ranking = self.ranking();
        let index = self.index()?;
        let weights = index.weights(query, &Ranking::default());
        let weights = weights.map_err(index_error)?;
        let Some(facts) = self.facts() else {
            return Ok(Surveyed::default());
        };
        let sieve = Sieve::new(&request.filters, facts);
        let failed = |key: u64| facts.get(key).map(|fact| (fact, sieve.failed(fact)));
        let passes = |key: u64| failed(key).is_some_and(|(_, failed)| failed == 0);
        let nearly = |key: u64| failed(key).is_some_and(|(_, failed)| counts_in_facets(failed));
        let newest = request.sort == FindSort::Newest;
        let options = shelf_search::SearchOptions {
            limit: if newest { CANDIDATES } else { wanted },
            per_unit: request.provisions,
            units_per_hit: 1,
            filter: Some(&passes),
            ranking,
            ..shelf_search::SearchOptions::default()
        };
        let survey = Survey {
            limit: CANDIDATES,
            least_share: LEAST_SHARE,
            filter: &nearly,
        };
        let (mut hits, ranked) = index
            .search_and_survey(query, &options, &survey)
            .map_err(index_error)?;
        let mut counter = FacetCounter::default();
        let mut counted = Counted::default();
        for Ranked { key, .. } in &ranked {
            if let Some((fact, failed)) = failed(*key) {
                counter.add(fact, failed);
                counted.documents += usize::from(failed == 0);
                counted.absent += usize::from(failed == 0 && !fact.here);
                counted.hidden_expired += usize::from(sieve.hides_as_expired(failed, fact));
            }
        }
        counted.facets = counter.finish(facts);
        let scans = self.scans.iter().flatten();
        counted.scans = scans.filter(|key| passes(**key)).count();
        if newest {
            let good: HashSet<u64> = ranked.iter().map(|ranked| ranked.key).collect();
            let day = |key: u64| facts.get(key).and_then(|fact| fact.issued);
            hits.retain(|hit| good.contains(&hit.key));
            // Units of one document stay together, its best first.
            hits.sort_by_key(|hit| (Reverse(day(hit.key)), Reverse(hit.key)));
            hits.truncate(wanted);
        }
        Ok(Surveyed {
            hits,
            counted,
            weights,
        })
    }

    /// Notes which documents are only pictures of words, once for each opened index.
    fn read_scans(&mut self) -> Result<(), Error> {
        if self.scans.is_some() || !self.index_is_current {
            return Ok(());
        }
        let wordless = self.index()?.wordless();
        let Some(facts) = self.facts() else {
            return Ok(());
        };
        let pictured = |key: &u64| facts.get(*key).is_some_and(|fact| fact.pictured);
        let scans = wordless.into_iter().filter(pictured).collect();
        self.scans = Some(scans);
        Ok(())
    }

    fn find_hit(
        &mut self,
        found: &Found,
        cited: bool,
        shown: ShownPlace,
    ) -> Result<FindHit, Error> {
        let document = self.line(&found.row);
        Ok(FindHit {
            absent: self.absent(&found.row)?,
            heading: match shown.heading.is_empty() {
                true => document.title.clone(),
                false => shown.heading,
            },
            document,
            provision: shown.provision,
            path: shown.above,
            page: shown.page,
            time_ms: shown.time_ms,
            snippet: shown.snippet,
            marks: shown.marks,
            cited,
            score: found.score,
        })
    }

    fn citation_answer(
        &mut self,
        found: &[Found],
        missing: Option<SearchCitation>,
    ) -> Result<Option<CitationAnswer>, Error> {
        let Some(first) = found.first() else {
            // The act may be here without the place.
            let Some(missing) = missing else {
                return Ok(None);
            };
            return Ok(Some(CitationAnswer {
                document: self.line_by_id(&missing.document)?,
                missing: missing.missing,
                provision: None,
                shared: Vec::new(),
            }));
        };
        let provision = first.provision().cloned();
        let mut shared: Vec<&CatalogRow> = Vec::new();
        for Found { row, .. } in found {
            if !shared.iter().any(|other| other.browse.id == row.browse.id) {
                shared.push(row);
            }
        }
        let shared = match shared.len() {
            0 | 1 => Vec::new(),
            _ => {
                let shared = shared.into_iter().take(MOST_SHARED);
                shared.map(|row| self.line(row)).collect()
            }
        };
        Ok(Some(CitationAnswer {
            missing: missing.and_then(|citation| citation.missing),
            document: Some(self.line(&first.row)),
            provision,
            shared,
        }))
    }
}

#[derive(Default)]
struct Surveyed {
    hits: Vec<shelf_search::Hit>,
    counted: Counted,
    weights: Weights,
}

#[derive(Default)]
struct Counted {
    documents: usize,
    facets: Facets,
    hidden_expired: usize,
    absent: usize,
    scans: usize,
}
