//! A committed state of the index, opened for reading, with what every query needs computed once.

use crate::ranking::idf;
use crate::schema::{FACTS, KEY, REVISION, TextField, UNIT, cites_field};
use crate::{Error, Facts};
use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tantivy::directory::error::OpenReadError;
use tantivy::fastfield::Column;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::SegmentId;
use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::{InvertedIndexReader, SegmentReader, TantivyError};

/// Stands for the act of a deleted unit.
pub(crate) const NO_ACT: u32 = u32::MAX;

/// One segment of the index.
pub(crate) struct Segment {
    /// Place of its first unit in the dense arrays of a query.
    pub(crate) base: usize,
    /// The act of each unit, as a place in [`Snapshot::keys`]; [`NO_ACT`] where it was deleted.
    pub(crate) acts: Vec<u32>,
    units: Column<u64>,
    inverted: [Arc<InvertedIndexReader>; 6],
    norms: [Vec<u8>; 6],
    reader: SegmentReader,
}

impl Segment {
    pub(crate) fn inverted(&self, field: TextField) -> &InvertedIndexReader {
        &self.inverted[field as usize]
    }

    /// The coded length of each unit's field ([`FieldNormReader::id_to_fieldnorm`]).
    pub(crate) fn norms(&self, field: TextField) -> &[u8] {
        &self.norms[field as usize]
    }

    /// In how many living units a term stands.
    fn living(
        &self,
        inverted: &InvertedIndexReader,
        info: &TermInfo,
    ) -> Result<u32, std::io::Error> {
        if !self.reader.has_deletes() {
            return Ok(info.doc_freq);
        }
        let mut postings =
            inverted.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
        let mut living = 0;
        while postings.block_len() > 0 {
            let alive = |doc: &&u32| self.acts[**doc as usize] != NO_ACT;
            living += postings.docs().iter().filter(alive).count() as u32;
            postings.advance();
        }
        Ok(living)
    }

    /// The ordinal of a unit within its document.
    pub(crate) fn ordinal(&self, doc: u32) -> u32 {
        self.units
            .first(doc)
            .map_or(0, |unit| u32::try_from(unit).unwrap_or(u32::MAX))
    }
}

/// Living units of one act that stand in a row.
pub(crate) struct Run {
    /// Place of the act in [`Snapshot::keys`].
    pub(crate) act: usize,
    /// Place of the segment in [`Snapshot::segments`].
    pub(crate) segment: usize,
    /// The units' numbers in the segment.
    pub(crate) docs: Range<u32>,
}

/// What ranking knows of an act before any question.
#[derive(Clone, Copy, Default)]
pub(crate) struct Act {
    pub(crate) facts: Facts,
    /// Its units.
    pub(crate) units: u32,
    /// Syllables of its title.
    pub(crate) title_length: u32,
    /// The weights of its title's distinct syllables, summed up.
    pub(crate) title_weight: f32,
    /// Units of other acts that cite it by its number; `None` where it has no number to be cited by.
    pub(crate) cited: Option<u32>,
    /// Whether its title says that it amends others (sửa đổi, bổ sung).
    pub(crate) amending: bool,
}

/// A committed state of the index.
pub(crate) struct Snapshot {
    pub(crate) segments: Vec<Segment>,
    /// All living units: those of an act mostly stand in one row.
    pub(crate) runs: Vec<Run>,
    /// Places in the dense arrays per unit: living and deleted units.
    pub(crate) places: usize,
    /// Living units.
    pub(crate) units: u32,
    /// Keys of the acts, by place in the dense arrays per act.
    pub(crate) keys: Vec<u64>,
    /// Pairs in each act.
    pub(crate) act_lengths: Vec<u32>,
    /// What else is known of each act.
    pub(crate) acts: Vec<Act>,
    /// Terms of all living units, per field.
    totals: [u64; 6],
    /// What the last complete update was told to remember.
    pub(crate) stamp: Option<String>,
}

impl Snapshot {
    /// Opens what was last committed. It takes no lock, so that a reader without write rights can do
    /// it; a writer may tidy a file away between two steps, and then the next try sees its new state.
    pub(crate) fn load(index: &tantivy::Index, dir: &Path) -> Result<Snapshot, Error> {
        let mut tries = 0;
        loop {
            match Snapshot::try_load(index) {
                Err(TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(_)))
                    if tries < 5 =>
                {
                    tries += 1;
                    std::thread::sleep(Duration::from_millis(20 * tries));
                }
                result => return result.map_err(|e| Error::damaged(dir, e)),
            }
        }
    }

    /// Counts by whom each act is cited: the dictionary of what is cited is small and read in a row.
    fn count_citations(&mut self, marks: &[u32]) -> Result<(), TantivyError> {
        let mut counts: HashMap<u32, u32> = HashMap::new();
        for segment in &self.segments {
            let inverted = segment.reader.inverted_index(cites_field())?;
            let mut terms = inverted.terms().stream()?;
            while terms.advance() {
                let mark = terms
                    .key()
                    .last_chunk::<4>()
                    .map(|m| u32::from_be_bytes(*m));
                let count = counts.entry(mark.unwrap_or(0)).or_default();
                *count += segment.living(&inverted, terms.value())?;
            }
        }
        for (act, mark) in self.acts.iter_mut().zip(marks) {
            act.cited = (*mark != 0).then(|| counts.get(mark).copied().unwrap_or(0));
        }
        Ok(())
    }

    fn try_load(index: &tantivy::Index) -> Result<Snapshot, TantivyError> {
        let metas = index.load_metas()?;
        let mut snapshot = Snapshot {
            segments: Vec::with_capacity(metas.segments.len()),
            runs: Vec::new(),
            places: 0,
            units: 0,
            keys: Vec::new(),
            act_lengths: Vec::new(),
            acts: Vec::new(),
            totals: [0; 6],
            stamp: metas.payload.filter(|payload| !payload.is_empty()),
        };
        let mut places = HashMap::new();
        let mut marks = Vec::new();
        for meta in metas.segments {
            let reader = SegmentReader::open(&index.segment(meta))?;
            snapshot.add(reader, &mut places, &mut marks)?;
        }
        snapshot.weigh_titles()?;
        snapshot.count_citations(&marks)?;
        Ok(snapshot)
    }

    fn add(
        &mut self,
        reader: SegmentReader,
        places: &mut HashMap<u64, u32>,
        marks: &mut Vec<u32>,
    ) -> Result<(), TantivyError> {
        let inverted = each_field(|field| reader.inverted_index(field.field()))?;
        let norms = each_field(|field| {
            let norms = reader.get_fieldnorms_reader(field.field())?;
            let ids: Vec<u8> = (0..reader.max_doc())
                .map(|doc| norms.fieldnorm_id(doc))
                .collect();
            Ok(ids)
        })?;
        let keys = reader.fast_fields().u64(KEY)?;
        let units = reader.fast_fields().u64(UNIT)?;
        let facts = reader.fast_fields().u64(FACTS)?;
        let alive = reader.alive_bitset();
        let mut acts = vec![NO_ACT; reader.max_doc() as usize];
        for (doc, act) in (0..).zip(acts.iter_mut()) {
            if alive.is_some_and(|alive| alive.is_deleted(doc)) {
                continue;
            }
            let Some(key) = keys.first(doc) else { continue };
            *act = *places.entry(key).or_insert_with(|| {
                self.keys.push(key);
                self.act_lengths.push(0);
                let known = facts.first(doc).unwrap_or(0);
                marks.push((known >> 32) as u32);
                self.acts.push(Act {
                    facts: Facts::decode(known),
                    ..Act::default()
                });
                (self.keys.len() - 1) as u32
            });
            self.units += 1;
            let length = |norms: &Vec<u8>| FieldNormReader::id_to_fieldnorm(norms[doc as usize]);
            self.act_lengths[*act as usize] += length(&norms[TextField::Pairs as usize]);
            let known = &mut self.acts[*act as usize];
            known.units += 1;
            known.title_length += length(&norms[TextField::Title as usize]);
            for (total, norms) in self.totals.iter_mut().zip(&norms) {
                *total += u64::from(length(norms));
            }
        }
        let segment = self.segments.len();
        let mut doc = 0;
        for units in acts.chunk_by(|a, b| a == b) {
            let docs = doc..doc + units.len() as u32;
            doc = docs.end;
            if units[0] != NO_ACT {
                self.runs.push(Run {
                    act: units[0] as usize,
                    segment,
                    docs,
                });
            }
        }
        self.segments.push(Segment {
            base: self.places,
            acts,
            units,
            inverted,
            norms,
            reader,
        });
        self.places += self.segments.last().map_or(0, |s| s.acts.len());
        Ok(())
    }

    /// Sums up what each title's words weigh, which needs every term of every segment.
    fn weigh_titles(&mut self) -> Result<(), TantivyError> {
        let mut counts: HashMap<Vec<u8>, u32> = HashMap::new();
        let mut standing: Vec<(Vec<u8>, Vec<u32>)> = Vec::new();
        for segment in &self.segments {
            let inverted = segment.inverted(TextField::Title);
            let mut terms = inverted.terms().stream()?;
            while terms.advance() {
                let mut postings = inverted
                    .read_block_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)?;
                let mut acts = Vec::new();
                while postings.block_len() > 0 {
                    let docs = postings.docs().iter();
                    let living = docs.map(|doc| segment.acts[*doc as usize]);
                    acts.extend(living.filter(|act| *act != NO_ACT));
                    postings.advance();
                }
                *counts.entry(terms.key().to_vec()).or_default() += acts.len() as u32;
                standing.push((terms.key().to_vec(), acts));
            }
        }
        // Sums of floats depend on their order: that of the terms, however the segments lie.
        standing.sort();
        for (term, acts) in standing {
            let weight = idf(self.keys.len() as u32, counts[&term]);
            for act in acts {
                self.acts[act as usize].title_weight += weight;
            }
        }
        let amending = self.find(TextField::TitlePairs, "sua_doi")?;
        for (at, info) in amending.places {
            let segment = &self.segments[at];
            let inverted = segment.inverted(TextField::TitlePairs);
            let mut postings =
                inverted.read_block_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
            while postings.block_len() > 0 {
                for doc in postings.docs() {
                    if let Some(act) = self.acts.get_mut(segment.acts[*doc as usize] as usize) {
                        act.amending = true;
                    }
                }
                postings.advance();
            }
        }
        Ok(())
    }

    /// The mean length of a field over all units; of title fields, over all acts.
    pub(crate) fn average(&self, field: TextField) -> f32 {
        self.totals[field as usize] as f32 / self.population(field).max(1) as f32
    }

    /// The mean number of pairs in an act.
    pub(crate) fn average_act(&self) -> f32 {
        self.totals[TextField::Pairs as usize] as f32 / self.keys.len().max(1) as f32
    }

    /// How many units, or for title fields acts, there are.
    pub(crate) fn population(&self, field: TextField) -> u32 {
        match field {
            TextField::Title | TextField::TitlePairs => self.keys.len() as u32,
            _ => self.units,
        }
    }

    /// Finds a term in a field of every segment.
    pub(crate) fn find(&self, field: TextField, term: &str) -> Result<Found, std::io::Error> {
        let mut found = Found::default();
        for (at, segment) in self.segments.iter().enumerate() {
            let inverted = segment.inverted(field);
            let Some(info) = inverted.terms().get(term)? else {
                continue;
            };
            found.count += segment.living(inverted, &info)?;
            found.places.push((at, info));
        }
        Ok(found)
    }

    /// The fingerprint under which each document was indexed.
    pub(crate) fn revisions(&self) -> Result<HashMap<u64, u64>, TantivyError> {
        let mut revisions = HashMap::with_capacity(self.keys.len());
        for segment in &self.segments {
            let column = segment.reader.fast_fields().u64(REVISION)?;
            for (doc, act) in (0..).zip(&segment.acts) {
                if let Some(key) = self.keys.get(*act as usize) {
                    revisions.insert(*key, column.first(doc).unwrap_or(0));
                }
            }
        }
        Ok(revisions)
    }

    /// The segments with their units, deleted ones included.
    pub(crate) fn segment_sizes(&self) -> Vec<(SegmentId, usize)> {
        let segments = self.segments.iter();
        segments
            .map(|s| (s.reader.segment_id(), s.acts.len()))
            .collect()
    }

    /// Whether merging would make reading cheaper: several segments, or a tenth of one is dead.
    pub(crate) fn is_scattered(&self) -> bool {
        self.segments.len() > 1 || (self.places - self.units as usize) * 10 > self.places
    }
}

/// Where a term stands.
#[derive(Default)]
pub(crate) struct Found {
    /// In how many living units.
    pub(crate) count: u32,
    /// Its postings, by segment.
    pub(crate) places: Vec<(usize, TermInfo)>,
}

fn each_field<T>(
    mut make: impl FnMut(TextField) -> Result<T, TantivyError>,
) -> Result<[T; 6], TantivyError> {
    let [s, g, h, hg, t, tg] = TextField::ALL;
    Ok([make(s)?, make(g)?, make(h)?, make(hg)?, make(t)?, make(tg)?])
}
