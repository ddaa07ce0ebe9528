//! The pass over the postings: every score and every feature falls out of it.
//!
//! Syllables and pairs fill arrays of their own, so that on a large shelf each has a thread.

use crate::index::as_guarded;
use crate::keep::{Kept, keep};
use crate::query::{Query, QueryTerm};
use crate::ranking::{Formula, idf, length_part};
use crate::schema::TextField;
use crate::scratch::{Scratch, clear};
use crate::snapshot::{Found, NO_ACT, Segment, Snapshot};
use std::io;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::schema::IndexRecordOption;

/// Terms that are told apart by a bit; those of a longer question share in the scores only.
const BITS: usize = 64;

/// Units from which on a second thread is worth its start.
const WORTH_A_THREAD: usize = 16_000;

/// The arrays of the syllables and those of the pairs.
fn sides<'a>(
    scratch: &'a mut Scratch,
    snapshot: &'a Snapshot,
    formula: &'a Formula,
) -> (Syllables<'a>, Pairs<'a>) {
    let [s, g, h, hg] = &mut scratch.units;
    let [syllables, pairs] = &mut scratch.terms;
    let [t, tg] = &mut scratch.titles;
    let [syllable_weights, pair_weights] = &mut scratch.weights;
    let [first, second] = &mut scratch.postings;
    let side = |text, terms, heading, title, weights, postings| Side {
        snapshot,
        formula,
        text,
        terms,
        heading,
        title,
        weights,
        postings,
    };
    (
        Syllables {
            side: side(s, syllables, h, t, syllable_weights, first),
            heading_hits: &mut scratch.heading_hits,
            title_hits: &mut scratch.title_hits,
        },
        Pairs {
            side: side(g, pairs, hg, tg, pair_weights, second),
            title_terms: &mut scratch.title_terms,
            whole: &mut scratch.whole,
            whole_terms: &mut scratch.whole_terms,
            in_act: &mut scratch.in_act,
            touched: &mut scratch.touched,
        },
    )
}

/// Reads the postings of every term that counts.
pub(crate) fn run(
    snapshot: &Snapshot,
    scratch: &mut Scratch,
    query: &Query,
    formula: &Formula,
) -> io::Result<()> {
    let (syllables, pairs) = sides(scratch, snapshot, formula);
    if snapshot.places < WORTH_A_THREAD {
        syllables.run(&query.syllables)?;
        pairs.run(&query.pairs)?;
    } else {
        std::thread::scope(|scope| {
            let pairs = scope.spawn(|| as_guarded(|| pairs.run(&query.pairs)));
            syllables.run(&query.syllables)?;
            let joined = pairs.join();
            joined.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })?;
    }
    scratch.sum_up(snapshot, formula);
    Ok(())
}

fn bit_of(place: usize) -> u64 {
    if place < BITS { 1 << place } else { 0 }
}

/// What the terms of one sort find.
struct Side<'a> {
    snapshot: &'a Snapshot,
    formula: &'a Formula,
    text: &'a mut Vec<f32>,
    terms: &'a mut Vec<u64>,
    heading: &'a mut Vec<f32>,
    title: &'a mut Vec<f32>,
    weights: &'a mut Vec<f32>,
    postings: &'a mut Option<BlockSegmentPostings>,
}

struct Syllables<'a> {
    side: Side<'a>,
    heading_hits: &'a mut Vec<u8>,
    title_hits: &'a mut Vec<f32>,
}

struct Pairs<'a> {
    side: Side<'a>,
    title_terms: &'a mut Vec<u64>,
    whole: &'a mut Vec<f32>,
    whole_terms: &'a mut Vec<u64>,
    in_act: &'a mut Vec<u32>,
    touched: &'a mut Vec<u32>,
}

impl Syllables<'_> {
    fn run(mut self, terms: &[QueryTerm]) -> io::Result<()> {
        let (snapshot, formula) = (self.side.snapshot, self.side.formula);
        self.side.clear();
        clear(self.heading_hits, snapshot.places);
        clear(self.title_hits, snapshot.keys.len());
        let kept = keep(snapshot, terms, TextField::Syllables, formula)?;
        let mut bit = 0;
        for (place, term) in terms.iter().enumerate() {
            let found = kept.get(bit).filter(|kept| std::ptr::eq(kept.term, term));
            if let Some(kept) = found {
                self.side.note_weight(kept);
                self.side
                    .score_text(TextField::Syllables, bit, kept, |_, _, _| ())?;
                bit += 1;
            }
            // A heading's or title's own words are counted whole, common ones too.
            if found.is_some() || place < BITS {
                self.score_heading(term, found.is_some())?;
                self.score_title(term, found.is_some())?;
            }
        }
        Ok(())
    }

    fn score_heading(&mut self, term: &QueryTerm, scored: bool) -> io::Result<()> {
        let hits = &mut *self.heading_hits;
        let count = |segment: &Segment, docs: &[u32]| {
            for doc in docs {
                let hits = &mut hits[segment.base + *doc as usize];
                *hits = hits.saturating_add(1);
            }
        };
        self.side
            .score_heading(TextField::Heading, term, scored, count)
    }

    fn score_title(&mut self, term: &QueryTerm, scored: bool) -> io::Result<()> {
        let hits = &mut *self.title_hits;
        let add = |act: usize, idf: f32| hits[act] += idf;
        self.side.score_title(TextField::Title, term, scored, add)
    }
}

impl Pairs<'_> {
    fn run(mut self, terms: &[QueryTerm]) -> io::Result<()> {
        let (snapshot, formula) = (self.side.snapshot, self.side.formula);
        let acts = snapshot.keys.len();
        self.side.clear();
        clear(self.title_terms, acts);
        clear(self.whole, acts);
        clear(self.whole_terms, acts);
        clear(self.in_act, acts);
        self.touched.clear();
        let kept = keep(snapshot, terms, TextField::Pairs, formula)?;
        for (bit, kept) in kept.iter().enumerate() {
            self.side.note_weight(kept);
            let (in_act, touched) = (&mut *self.in_act, &mut *self.touched);
            let count = |segment: &Segment, docs: &[u32], freqs: &[u32]| {
                for (doc, tf) in docs.iter().zip(freqs) {
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
            };
            self.side.score_text(TextField::Pairs, bit, kept, count)?;
            self.score_whole(bit, kept);
            self.side
                .score_heading(TextField::HeadingPairs, kept.term, true, |_, _| ())?;
            let terms = &mut *self.title_terms;
            let note = |act: usize, _| terms[act] |= bit_of(bit);
            self.side
                .score_title(TextField::TitlePairs, kept.term, true, note)?;
        }
        Ok(())
    }

    /// Adds the BM25 of a pair over whole acts, which were counted among the units.
    fn score_whole(&mut self, bit: usize, kept: &Kept<'_>) {
        let (k1, b) = (self.side.formula.k1, self.side.formula.b_text);
        let snapshot = self.side.snapshot;
        let average = snapshot.average_act();
        let acts = snapshot.keys.len() as u32;
        let weight = kept.term.count * idf(acts, self.touched.len() as u32) * (k1 + 1.0);
        for act in self.touched.drain(..) {
            let act = act as usize;
            let tf = std::mem::take(&mut self.in_act[act]) as f32;
            let length = length_part(k1, b, snapshot.act_lengths[act], average);
            self.whole[act] += weight * tf / (tf + length);
            self.whole_terms[act] |= bit_of(bit);
        }
    }
}

impl Side<'_> {
    fn clear(&mut self) {
        let (places, acts) = (self.snapshot.places, self.snapshot.keys.len());
        clear(self.text, places);
        clear(self.terms, places);
        clear(self.heading, places);
        clear(self.title, acts);
        self.weights.clear();
    }

    fn note_weight(&mut self, kept: &Kept<'_>) {
        let weight = match kept.found.count {
            0 => 0.0,
            count => idf(self.snapshot.units, count) * kept.term.count.min(1.0),
        };
        self.weights.push(weight);
    }

    /// The BM25 weight of a term and the length parts of its denominator, by coded length.
    fn bm25(&self, field: TextField, term: &QueryTerm, count: u32) -> (f32, [f32; 256]) {
        let k1 = self.formula.k1;
        let b = match field {
            TextField::Syllables | TextField::Pairs => self.formula.b_text,
            _ => self.formula.b_short,
        };
        let average = self.snapshot.average(field);
        let lengths = std::array::from_fn(|id| {
            length_part(k1, b, FieldNormReader::id_to_fieldnorm(id as u8), average)
        });
        let idf = idf(self.snapshot.population(field), count);
        (term.count * idf * (k1 + 1.0), lengths)
    }

    /// Adds the BM25 of a term to the units in which it stands, and shows `also` its postings.
    fn score_text(
        &mut self,
        field: TextField,
        bit: usize,
        kept: &Kept<'_>,
        mut also: impl FnMut(&Segment, &[u32], &[u32]),
    ) -> io::Result<()> {
        if kept.found.count == 0 {
            return Ok(());
        }
        let (weight, lengths) = self.bm25(field, kept.term, kept.found.count);
        let bit = bit_of(bit);
        let (text, terms) = (&mut *self.text, &mut *self.terms);
        each_block(
            self.snapshot,
            self.postings,
            field,
            &kept.found,
            |segment, docs, freqs| {
                let all = segment.base..segment.base + segment.acts.len();
                let (scores, bits) = (&mut text[all.clone()], &mut terms[all]);
                let norms = segment.norms(field);
                for (doc, tf) in docs.iter().zip(freqs) {
                    let (doc, tf) = (*doc as usize, *tf as f32);
                    scores[doc] += weight * tf / (tf + lengths[usize::from(norms[doc])]);
                    bits[doc] |= bit;
                }
                also(segment, docs, freqs);
            },
        )
    }

    /// The same for headings. `scored` is false for terms too common for the formula, which `also`
    /// sees all the same.
    fn score_heading(
        &mut self,
        field: TextField,
        term: &QueryTerm,
        scored: bool,
        mut also: impl FnMut(&Segment, &[u32]),
    ) -> io::Result<()> {
        let found = self.snapshot.find(field, &term.text)?;
        if found.count == 0 {
            return Ok(());
        }
        let (weight, lengths) = self.bm25(field, term, found.count);
        let heading = &mut *self.heading;
        each_block(
            self.snapshot,
            self.postings,
            field,
            &found,
            |segment, docs, freqs| {
                if scored {
                    let norms = segment.norms(field);
                    for (doc, tf) in docs.iter().zip(freqs) {
                        let (doc, tf) = (*doc as usize, *tf as f32);
                        heading[segment.base + doc] +=
                            weight * tf / (tf + lengths[usize::from(norms[doc])]);
                    }
                }
                also(segment, docs);
            },
        )
    }

    /// The same for the titles of acts; `also` gets the act and the term's weight.
    fn score_title(
        &mut self,
        field: TextField,
        term: &QueryTerm,
        scored: bool,
        mut also: impl FnMut(usize, f32),
    ) -> io::Result<()> {
        let found = self.snapshot.find(field, &term.text)?;
        if found.count == 0 {
            return Ok(());
        }
        let (weight, lengths) = self.bm25(field, term, found.count);
        let idf = idf(self.snapshot.population(field), found.count);
        let title = &mut *self.title;
        each_block(
            self.snapshot,
            self.postings,
            field,
            &found,
            |segment, docs, freqs| {
                let norms = segment.norms(field);
                for (doc, tf) in docs.iter().zip(freqs) {
                    let (doc, tf) = (*doc as usize, *tf as f32);
                    let act = segment.acts[doc];
                    if act == NO_ACT {
                        continue;
                    }
                    let act = act as usize;
                    if scored {
                        title[act] += weight * tf / (tf + lengths[usize::from(norms[doc])]);
                    }
                    also(act, idf);
                }
            },
        )
    }
}

/// Shows the postings of a term to `see`, block by block: segment, documents, frequencies.
fn each_block(
    snapshot: &Snapshot,
    slot: &mut Option<BlockSegmentPostings>,
    field: TextField,
    found: &Found,
    mut see: impl FnMut(&Segment, &[u32], &[u32]),
) -> io::Result<()> {
    for (at, info) in &found.places {
        let segment = &snapshot.segments[*at];
        let postings = open(slot, segment.inverted(field), info)?;
        while postings.block_len() > 0 {
            see(segment, postings.docs(), postings.freqs());
            postings.advance();
        }
    }
    Ok(())
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
