//! The pass over the postings: every score and every feature falls out of it.

use crate::keep::{Kept, keep};
use crate::query::{Query, QueryTerm};
use crate::ranking::{Formula, idf, length_part};
use crate::schema::TextField;
use crate::snapshot::{NO_ACT, Snapshot};
use std::io;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::schema::IndexRecordOption;

/// Terms that are told apart by a bit; those of a longer question share in the scores only.
const BITS: usize = 64;

/// What a question found, in arrays that queries reuse: by unit, or by act.
#[derive(Default)]
pub(crate) struct Scratch {
    /// BM25 by unit of syllables, pairs, heading and heading's pairs, without the formula's weights.
    pub(crate) units: [Vec<f32>; 4],
    /// Which of the kept syllables and pairs stand in a unit.
    pub(crate) terms: [Vec<u64>; 2],
    /// How many of the question's syllables stand in a unit's heading.
    pub(crate) heading_hits: Vec<u8>,
    /// The formula's score of a unit.
    pub(crate) unit_scores: Vec<f32>,
    /// By act: BM25 of the title's syllables and pairs.
    pub(crate) titles: [Vec<f32>; 2],
    /// By act: the weight of the title's syllables that stand in the question.
    pub(crate) title_hits: Vec<f32>,
    /// By act: which of the kept pairs stand in the title.
    pub(crate) title_terms: Vec<u64>,
    /// By act: BM25 of pairs over the whole act.
    pub(crate) whole: Vec<f32>,
    /// By act: which of the kept pairs stand anywhere in the act.
    pub(crate) whole_terms: Vec<u64>,
    /// By act: the formula's score of its best unit.
    pub(crate) best: Vec<f32>,
    /// Weights of the kept syllables and pairs, in the order of their bits.
    pub(crate) weights: [Vec<f32>; 2],
    in_act: Vec<u32>,
    touched: Vec<u32>,
    postings: Option<BlockSegmentPostings>,
}

fn clear<T: Clone + Default>(array: &mut Vec<T>, length: usize) {
    array.clear();
    array.resize(length, T::default());
}

impl Scratch {
    fn reset(&mut self, snapshot: &Snapshot) {
        let (places, acts) = (snapshot.places, snapshot.keys.len());
        for array in &mut self.units {
            clear(array, places);
        }
        for array in &mut self.terms {
            clear(array, places);
        }
        clear(&mut self.heading_hits, places);
        clear(&mut self.unit_scores, places);
        for array in
            self.titles
                .iter_mut()
                .chain([&mut self.title_hits, &mut self.whole, &mut self.best])
        {
            clear(array, acts);
        }
        clear(&mut self.title_terms, acts);
        clear(&mut self.whole_terms, acts);
        clear(&mut self.in_act, acts);
        self.touched.clear();
        self.weights.iter_mut().for_each(Vec::clear);
    }

    /// What an act's title and whole text add to the score of a unit.
    pub(crate) fn act_part(&self, act: usize, whole: f32, formula: &Formula) -> f32 {
        formula.title * self.titles[0][act]
            + formula.title_pairs * self.titles[1][act]
            + whole * self.whole[act]
    }

    /// The formula's score of an act.
    pub(crate) fn act_score(&self, act: usize, formula: &Formula) -> f32 {
        self.best[act] + self.act_part(act, formula.whole, formula)
    }
}

/// Reads the postings of every term that counts.
pub(crate) fn run(
    snapshot: &Snapshot,
    scratch: &mut Scratch,
    query: &Query,
    formula: &Formula,
) -> io::Result<()> {
    scratch.reset(snapshot);
    let mut pass = Pass {
        snapshot,
        scratch,
        formula,
    };
    let kept = keep(snapshot, &query.syllables, TextField::Syllables, formula)?;
    let mut at = 0;
    for (place, term) in query.syllables.iter().enumerate() {
        let found = kept.get(at).filter(|kept| std::ptr::eq(kept.term, term));
        if let Some(kept) = found {
            pass.note_weight(0, kept);
            pass.score(TextField::Syllables, at, kept)?;
            at += 1;
        }
        // A heading's or title's own words are counted whole, common ones too.
        if found.is_some() || place < BITS {
            pass.short(TextField::Heading, place, term, found.is_some())?;
            pass.short(TextField::Title, place, term, found.is_some())?;
        }
    }
    let kept = keep(snapshot, &query.pairs, TextField::Pairs, formula)?;
    for (bit, kept) in kept.iter().enumerate() {
        pass.note_weight(1, kept);
        pass.score(TextField::Pairs, bit, kept)?;
        pass.score_whole(bit, kept)?;
        pass.short(TextField::HeadingPairs, bit, kept.term, true)?;
        pass.short(TextField::TitlePairs, bit, kept.term, true)?;
    }
    pass.sum_up();
    Ok(())
}

struct Pass<'a> {
    snapshot: &'a Snapshot,
    scratch: &'a mut Scratch,
    formula: &'a Formula,
}

fn bit_of(place: usize) -> u64 {
    if place < BITS { 1 << place } else { 0 }
}

impl Pass<'_> {
    fn note_weight(&mut self, sort: usize, kept: &Kept<'_>) {
        let weight = match kept.found.count {
            0 => 0.0,
            count => idf(self.snapshot.units, count) * kept.term.count.min(1.0),
        };
        self.scratch.weights[sort].push(weight);
    }

    /// Looks a term up in a heading or title. `scored` is false for terms too common for the formula.
    fn short(
        &mut self,
        field: TextField,
        place: usize,
        term: &QueryTerm,
        scored: bool,
    ) -> io::Result<()> {
        let found = self.snapshot.find(field, &term.text)?;
        let kept = Kept { term, found };
        match field {
            TextField::Title | TextField::TitlePairs => {
                self.score_title(field, place, &kept, scored)
            }
            _ if scored => self.score(field, place, &kept),
            _ => self.count_heading(&kept),
        }
    }

    /// Counts a common syllable in headings without scoring it.
    fn count_heading(&mut self, kept: &Kept<'_>) -> io::Result<()> {
        let Scratch {
            heading_hits,
            postings,
            ..
        } = &mut *self.scratch;
        for (at, info) in &kept.found.places {
            let segment = &self.snapshot.segments[*at];
            let postings = open(postings, segment.inverted(TextField::Heading), info)?;
            while postings.block_len() > 0 {
                for doc in postings.docs() {
                    let hits = &mut heading_hits[segment.base + *doc as usize];
                    *hits = hits.saturating_add(1);
                }
                postings.advance();
            }
        }
        Ok(())
    }

    /// The BM25 weight of a term and the length parts of its denominator, by coded length.
    fn bm25(&self, field: TextField, kept: &Kept<'_>) -> (f32, [f32; 256]) {
        let k1 = self.formula.k1;
        let b = match field {
            TextField::Syllables | TextField::Pairs => self.formula.b_text,
            _ => self.formula.b_short,
        };
        let average = self.snapshot.average(field);
        let lengths = std::array::from_fn(|id| {
            length_part(k1, b, FieldNormReader::id_to_fieldnorm(id as u8), average)
        });
        let idf = idf(self.snapshot.population(field), kept.found.count);
        (kept.term.count * idf * (k1 + 1.0), lengths)
    }

    /// Adds the BM25 of one term in one field to the units.
    fn score(&mut self, field: TextField, place: usize, kept: &Kept<'_>) -> io::Result<()> {
        if kept.found.count == 0 {
            return Ok(());
        }
        let (weight, lengths) = self.bm25(field, kept);
        let bit = bit_of(place);
        let Scratch {
            units,
            terms,
            heading_hits,
            postings,
            ..
        } = &mut *self.scratch;
        for (at, info) in &kept.found.places {
            let segment = &self.snapshot.segments[*at];
            let norms = segment.norms(field);
            let range = segment.base..segment.base + segment.acts.len();
            let scores = &mut units[field as usize][range.clone()];
            let mut bits = match field {
                TextField::Syllables | TextField::Pairs => {
                    Some(&mut terms[field as usize][range.clone()])
                }
                _ => None,
            };
            let mut hits = (field == TextField::Heading).then(|| &mut heading_hits[range]);
            let postings = open(postings, segment.inverted(field), info)?;
            while postings.block_len() > 0 {
                for (doc, tf) in postings.docs().iter().zip(postings.freqs()) {
                    let (doc, tf) = (*doc as usize, *tf as f32);
                    scores[doc] += weight * tf / (tf + lengths[usize::from(norms[doc])]);
                    if let Some(bits) = &mut bits {
                        bits[doc] |= bit;
                    }
                    if let Some(hits) = &mut hits {
                        hits[doc] = hits[doc].saturating_add(1);
                    }
                }
                postings.advance();
            }
        }
        Ok(())
    }

    /// Adds the BM25 of one term to the acts in whose titles it stands.
    fn score_title(
        &mut self,
        field: TextField,
        place: usize,
        kept: &Kept<'_>,
        scored: bool,
    ) -> io::Result<()> {
        if kept.found.count == 0 {
            return Ok(());
        }
        let (weight, lengths) = self.bm25(field, kept);
        let idf = idf(self.snapshot.population(field), kept.found.count);
        let pairs = field == TextField::TitlePairs;
        let Scratch {
            titles,
            title_hits,
            title_terms,
            postings,
            ..
        } = &mut *self.scratch;
        let scores = &mut titles[usize::from(pairs)];
        for (at, info) in &kept.found.places {
            let segment = &self.snapshot.segments[*at];
            let norms = segment.norms(field);
            let postings = open(postings, segment.inverted(field), info)?;
            while postings.block_len() > 0 {
                for (doc, tf) in postings.docs().iter().zip(postings.freqs()) {
                    let (doc, tf) = (*doc as usize, *tf as f32);
                    let act = segment.acts[doc];
                    if act == NO_ACT {
                        continue;
                    }
                    let act = act as usize;
                    if scored {
                        scores[act] += weight * tf / (tf + lengths[usize::from(norms[doc])]);
                    }
                    if pairs {
                        title_terms[act] |= bit_of(place);
                    } else {
                        title_hits[act] += idf;
                    }
                }
                postings.advance();
            }
        }
        Ok(())
    }

    /// Adds the BM25 of a pair over whole acts, from the postings of the units.
    fn score_whole(&mut self, place: usize, kept: &Kept<'_>) -> io::Result<()> {
        if kept.found.count == 0 {
            return Ok(());
        }
        let Scratch {
            whole,
            whole_terms,
            in_act,
            touched,
            postings,
            ..
        } = &mut *self.scratch;
        for (at, info) in &kept.found.places {
            let segment = &self.snapshot.segments[*at];
            let postings = open(postings, segment.inverted(TextField::Pairs), info)?;
            while postings.block_len() > 0 {
                for (doc, tf) in postings.docs().iter().zip(postings.freqs()) {
                    let act = segment.acts[*doc as usize];
                    if act == NO_ACT {
                        continue;
                    }
                    let count = &mut in_act[act as usize];
                    if *count == 0 {
                        touched.push(act);
                    }
                    *count += tf;
                }
                postings.advance();
            }
        }
        let (k1, b) = (self.formula.k1, self.formula.b_text);
        let average = self.snapshot.average_act();
        let acts = self.snapshot.keys.len() as u32;
        let weight = kept.term.count * idf(acts, touched.len() as u32) * (k1 + 1.0);
        let bit = bit_of(place);
        for act in touched.drain(..) {
            let act = act as usize;
            let tf = std::mem::take(&mut in_act[act]) as f32;
            let length = length_part(k1, b, self.snapshot.act_lengths[act], average);
            whole[act] += weight * tf / (tf + length);
            whole_terms[act] |= bit;
        }
        Ok(())
    }

    /// The formula's score of each unit, and of each act's best one.
    fn sum_up(&mut self) {
        let formula = self.formula;
        let Scratch {
            units: [s, g, h, hg],
            unit_scores,
            titles: [t, tg],
            best,
            ..
        } = &mut *self.scratch;
        for segment in &self.snapshot.segments {
            for (doc, act) in segment.acts.iter().enumerate() {
                let at = segment.base + doc;
                let score = s[at]
                    + formula.pairs * g[at]
                    + formula.heading * h[at]
                    + formula.heading_pairs * hg[at];
                unit_scores[at] = score;
                if let Some(best) = best.get_mut(*act as usize) {
                    *best = best.max(score);
                }
            }
        }
        // What has no words, a scan, is known by its title: that stands for its only unit.
        for (act, length) in self.snapshot.act_lengths.iter().enumerate() {
            if *length == 0 {
                best[act] = best[act].max(t[act] + formula.pairs * tg[act]);
            }
        }
    }
}

/// Opens postings, reusing the buffers of the last ones.
fn open<'p>(
    slot: &'p mut Option<BlockSegmentPostings>,
    inverted: &tantivy::InvertedIndexReader,
    info: &tantivy::postings::TermInfo,
) -> io::Result<&'p mut BlockSegmentPostings> {
    match slot {
        Some(postings) => {
            inverted.reset_block_postings_from_terminfo(info, postings)?;
            Ok(postings)
        }
        None => Ok(slot.insert(
            inverted.read_block_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?,
        )),
    }
}
