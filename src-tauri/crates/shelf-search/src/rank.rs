//! Formula F, a term at a time over the postings.

use crate::query::{Query, QueryTerm};
use crate::ranking::{Ranking, idf, length_part};
use crate::schema::TextField;
use crate::snapshot::{Found, NO_ACT, Snapshot};
use crate::survey::{Ranked, Survey};
use crate::top::{Candidate, Top};
use std::collections::HashMap;
use std::io;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::schema::IndexRecordOption;

/// Terms of one sort that are scored; of a longer question the rarest are kept.
const MAX_TERMS: usize = 128;

/// What to search for besides the words.
pub struct SearchOptions<'a> {
    /// Most hits to return.
    pub limit: usize,
    /// `false`: one hit per document. `true`: one hit per unit, ranked by the unit's own score and
    /// its document's title.
    pub per_unit: bool,
    /// Most units to list in a hit that stands for a document.
    pub units_per_hit: usize,
    /// Which documents may be found, by key; `None` means all.
    pub filter: Option<&'a dyn Fn(u64) -> bool>,
    /// The weights of the formula.
    pub ranking: Ranking,
}

impl Default for SearchOptions<'_> {
    fn default() -> Self {
        SearchOptions {
            limit: 10,
            per_unit: false,
            units_per_hit: 10,
            filter: None,
            ranking: Ranking::default(),
        }
    }
}

/// A document, or one unit of it, that answers a question.
#[derive(Clone, PartialEq, Debug)]
pub struct Hit {
    /// The document's key.
    pub key: u64,
    /// The score by which hits are ranked; higher is better.
    pub score: f32,
    /// Ordinals and scores of its units, best first. Empty where only the title answers.
    pub units: Vec<(u32, f32)>,
}

/// How much each term of a question says: its inverse document frequency, 0 where the term is
/// unknown or too common to be scored.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Weights(HashMap<String, f32>);

impl Weights {
    /// The weight of a folded syllable or of a pair (`a_b`).
    pub fn get(&self, term: &str) -> f32 {
        self.0.get(term).copied().unwrap_or(0.0)
    }
}

/// Arrays that queries reuse.
#[derive(Default)]
pub(crate) struct Scratch {
    units: Vec<f32>,
    best: Vec<f32>,
    titles: Vec<f32>,
    whole: Vec<f32>,
    in_act: Vec<u32>,
    touched: Vec<u32>,
    postings: Option<BlockSegmentPostings>,
}

impl Scratch {
    fn reset(&mut self, snapshot: &Snapshot) {
        for (array, length) in [
            (&mut self.units, snapshot.places),
            (&mut self.best, snapshot.keys.len()),
            (&mut self.titles, snapshot.keys.len()),
            (&mut self.whole, snapshot.keys.len()),
        ] {
            array.clear();
            array.resize(length, 0.0);
        }
        self.in_act.clear();
        self.in_act.resize(snapshot.keys.len(), 0);
        self.touched.clear();
    }

    /// The score of an act, once that of its best unit was noted.
    fn act_score(&self, act: usize) -> f32 {
        self.best[act] + self.titles[act] + self.whole[act]
    }
}

/// The terms of one sort that count, with their places in the field that covers everything.
struct Kept<'q> {
    term: &'q QueryTerm,
    found: Found,
}

fn keep<'q>(
    snapshot: &Snapshot,
    terms: &'q [QueryTerm],
    field: TextField,
    ranking: &Ranking,
) -> io::Result<Vec<Kept<'q>>> {
    let mut kept = Vec::with_capacity(terms.len());
    for term in terms {
        let found = snapshot.find(field, &term.text)?;
        kept.push(Kept { term, found });
    }
    // Words that stand in titles only are unknown here: they neither count as common nor as rare.
    let mut counts: Vec<u32> = kept
        .iter()
        .map(|k| k.found.count)
        .filter(|n| *n > 0)
        .collect();
    counts.sort_unstable();
    let at = |place: usize| {
        counts
            .get(place.min(counts.len().saturating_sub(1)))
            .copied()
    };
    let common = (ranking.common_share * snapshot.units as f32) as u32;
    let limit = common
        .max(ranking.common_floor)
        .max(at(ranking.keep_at_least.saturating_sub(1)).unwrap_or(0))
        .min(at(MAX_TERMS - 1).unwrap_or(0));
    kept.retain(|k| k.found.count <= limit);
    if kept.len() > MAX_TERMS {
        // Rarest first, unknown ones last; then in the order of the question again.
        let mut order: Vec<usize> = (0..kept.len()).collect();
        order.sort_by_key(|place| (kept[*place].found.count.wrapping_sub(1), *place));
        let mut chosen = vec![false; kept.len()];
        order[..MAX_TERMS]
            .iter()
            .for_each(|place| chosen[*place] = true);
        let mut chosen = chosen.into_iter();
        kept.retain(|_| chosen.next().unwrap_or(false));
    }
    Ok(kept)
}

/// What each term of the question says.
pub(crate) fn weights(
    snapshot: &Snapshot,
    query: &Query,
    ranking: &Ranking,
) -> io::Result<Weights> {
    let mut weights = HashMap::new();
    for (terms, field) in [
        (&query.syllables, TextField::Syllables),
        (&query.pairs, TextField::Pairs),
    ] {
        for kept in keep(snapshot, terms, field, ranking)? {
            if kept.found.count > 0 {
                let weight = idf(snapshot.units, kept.found.count);
                weights.insert(kept.term.text.clone(), weight);
            }
        }
    }
    Ok(Weights(weights))
}

/// Scores every unit and act against the question and returns the best, and the documents that a
/// survey asks for besides.
pub(crate) fn search(
    snapshot: &Snapshot,
    scratch: &mut Scratch,
    query: &Query,
    options: &SearchOptions<'_>,
    survey: Option<&Survey<'_>>,
) -> io::Result<(Vec<Hit>, Vec<Ranked>)> {
    scratch.reset(snapshot);
    let ranking = &options.ranking;
    let whole = if options.per_unit {
        ranking.whole_of_unit
    } else {
        ranking.whole
    };
    let mut scorer = Scorer {
        snapshot,
        scratch,
        ranking,
    };
    for kept in keep(snapshot, &query.syllables, TextField::Syllables, ranking)? {
        scorer.score(TextField::Syllables, 1.0, &kept)?;
        scorer.look_up_and_score(TextField::Heading, ranking.heading, kept.term)?;
        scorer.look_up_and_score(TextField::Title, ranking.title, kept.term)?;
    }
    for kept in keep(snapshot, &query.pairs, TextField::Pairs, ranking)? {
        scorer.score(TextField::Pairs, ranking.pairs, &kept)?;
        if whole != 0.0 {
            scorer.score_whole(whole, &kept)?;
        }
        scorer.look_up_and_score(TextField::HeadingPairs, ranking.heading_pairs, kept.term)?;
        scorer.look_up_and_score(TextField::TitlePairs, ranking.title_pairs, kept.term)?;
    }
    if !options.per_unit || survey.is_some() {
        note_best_units(snapshot, scratch);
    }
    let surveyed = survey.map(|survey| survey.of(snapshot, |act| scratch.act_score(act)));
    let hits = if options.per_unit {
        best_units(snapshot, scratch, options)
    } else {
        best_acts(snapshot, scratch, options)
    };
    Ok((hits, surveyed.unwrap_or_default()))
}

struct Scorer<'a> {
    snapshot: &'a Snapshot,
    scratch: &'a mut Scratch,
    ranking: &'a Ranking,
}

impl Scorer<'_> {
    fn look_up_and_score(
        &mut self,
        field: TextField,
        weight: f32,
        term: &QueryTerm,
    ) -> io::Result<()> {
        if weight == 0.0 {
            return Ok(());
        }
        let found = self.snapshot.find(field, &term.text)?;
        self.score(field, weight, &Kept { term, found })
    }

    /// Adds the BM25 of one term in one field to the units, or for title fields to the acts.
    fn score(&mut self, field: TextField, weight: f32, kept: &Kept<'_>) -> io::Result<()> {
        if weight == 0.0 || kept.found.count == 0 {
            return Ok(());
        }
        let (k1, is_title) = (
            self.ranking.k1,
            matches!(field, TextField::Title | TextField::TitlePairs),
        );
        let b = match field {
            TextField::Syllables | TextField::Pairs => self.ranking.b_text,
            _ => self.ranking.b_short,
        };
        let average = self.snapshot.average(field);
        let lengths: [f32; 256] = std::array::from_fn(|id| {
            length_part(k1, b, FieldNormReader::id_to_fieldnorm(id as u8), average)
        });
        let weight = weight
            * kept.term.count
            * idf(self.snapshot.population(field), kept.found.count)
            * (k1 + 1.0);
        let Scratch {
            units,
            titles,
            postings,
            ..
        } = &mut *self.scratch;
        for (at, info) in &kept.found.places {
            let segment = &self.snapshot.segments[*at];
            let norms = segment.norms(field);
            let units = &mut units[segment.base..segment.base + segment.acts.len()];
            let postings = open(postings, segment.inverted(field), info)?;
            while postings.block_len() > 0 {
                for (doc, tf) in postings.docs().iter().zip(postings.freqs()) {
                    let tf = *tf as f32;
                    let length = lengths[usize::from(norms[*doc as usize])];
                    let score = weight * tf / (tf + length);
                    if !is_title {
                        units[*doc as usize] += score;
                    } else if let Some(title) = titles.get_mut(segment.acts[*doc as usize] as usize)
                    {
                        *title += score;
                    }
                }
                postings.advance();
            }
        }
        Ok(())
    }

    /// Adds the BM25 of a pair over whole acts, from the postings of the units.
    fn score_whole(&mut self, weight: f32, kept: &Kept<'_>) -> io::Result<()> {
        if kept.found.count == 0 {
            return Ok(());
        }
        let Scratch {
            whole,
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
        let (k1, b) = (self.ranking.k1, self.ranking.b_text);
        let average = self.snapshot.average_act();
        let acts = self.snapshot.keys.len() as u32;
        let weight = weight * kept.term.count * idf(acts, touched.len() as u32) * (k1 + 1.0);
        for act in touched.drain(..) {
            let act = act as usize;
            let tf = std::mem::take(&mut in_act[act]) as f32;
            let length = length_part(k1, b, self.snapshot.act_lengths[act], average);
            whole[act] += weight * tf / (tf + length);
        }
        Ok(())
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

/// Notes the score of each act's best unit.
fn note_best_units(snapshot: &Snapshot, scratch: &mut Scratch) {
    for segment in &snapshot.segments {
        let scores = &scratch.units[segment.base..];
        for (act, score) in segment.acts.iter().zip(scores) {
            if let Some(best) = scratch.best.get_mut(*act as usize) {
                *best = best.max(*score);
            }
        }
    }
}

fn best_acts(snapshot: &Snapshot, scratch: &Scratch, options: &SearchOptions<'_>) -> Vec<Hit> {
    let mut top = Top::new(options.limit);
    for (act, key) in snapshot.keys.iter().enumerate() {
        let score = scratch.act_score(act);
        if score > 0.0 && top.admits(score) && options.filter.is_none_or(|keep| keep(*key)) {
            top.push(Candidate {
                score,
                key: *key,
                ordinal: 0,
                place: act as u32,
            });
        }
    }
    let chosen = top.finish();
    let places: HashMap<u32, usize> = (0..).zip(&chosen).map(|(i, c)| (c.place, i)).collect();
    let mut units: Vec<Vec<(u32, f32)>> = vec![Vec::new(); chosen.len()];
    for segment in &snapshot.segments {
        let scores = &scratch.units[segment.base..];
        for ((doc, act), score) in (0..).zip(&segment.acts).zip(scores) {
            if *score > 0.0
                && let Some(place) = places.get(act)
            {
                units[*place].push((segment.ordinal(doc), *score));
            }
        }
    }
    let hits = chosen.into_iter().zip(units);
    hits.map(|(candidate, mut units)| {
        units.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        units.truncate(options.units_per_hit);
        Hit {
            key: candidate.key,
            score: candidate.score,
            units,
        }
    })
    .collect()
}

fn best_units(snapshot: &Snapshot, scratch: &Scratch, options: &SearchOptions<'_>) -> Vec<Hit> {
    let allowed: Option<Vec<bool>> = options
        .filter
        .map(|keep| snapshot.keys.iter().map(|key| keep(*key)).collect());
    let mut top = Top::new(options.limit);
    for segment in &snapshot.segments {
        let scores = &scratch.units[segment.base..];
        for ((doc, act), unit_score) in (0..).zip(&segment.acts).zip(scores) {
            if *unit_score <= 0.0 || *act == NO_ACT {
                continue;
            }
            let act = *act as usize;
            let score = unit_score + scratch.titles[act] + scratch.whole[act];
            if top.admits(score) && allowed.as_ref().is_none_or(|allowed| allowed[act]) {
                top.push(Candidate {
                    score,
                    key: snapshot.keys[act],
                    ordinal: segment.ordinal(doc),
                    place: 0,
                });
            }
        }
    }
    let hits = top.finish().into_iter();
    hits.map(|c| Hit {
        key: c.key,
        score: c.score,
        units: vec![(c.ordinal, c.score)],
    })
    .collect()
}
