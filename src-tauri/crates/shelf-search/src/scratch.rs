//! The arrays that a question fills.

use crate::ranking::Formula;
use crate::snapshot::Snapshot;
use tantivy::postings::BlockSegmentPostings;

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
    pub(crate) in_act: Vec<u32>,
    pub(crate) touched: Vec<u32>,
    pub(crate) postings: [Option<BlockSegmentPostings>; 2],
}

pub(crate) fn clear<T: Clone + Default>(array: &mut Vec<T>, length: usize) {
    array.clear();
    array.resize(length, T::default());
}

impl Scratch {
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

    /// The formula's score of each unit, and of each act's best one.
    pub(crate) fn sum_up(&mut self, snapshot: &Snapshot, formula: &Formula) {
        clear(&mut self.unit_scores, snapshot.places);
        clear(&mut self.best, snapshot.keys.len());
        let [s, g, h, hg] = &self.units;
        for segment in &snapshot.segments {
            let all = segment.base..segment.base + segment.acts.len();
            let scores = &mut self.unit_scores[all.clone()];
            let (s, g) = (&s[all.clone()], &g[all.clone()]);
            let (h, hg) = (&h[all.clone()], &hg[all]);
            for (at, score) in scores.iter_mut().enumerate() {
                *score = s[at]
                    + formula.pairs * g[at]
                    + formula.heading * h[at]
                    + formula.heading_pairs * hg[at];
            }
        }
        for run in &snapshot.runs {
            let base = snapshot.segments[run.segment].base;
            let units = base + run.docs.start as usize..base + run.docs.end as usize;
            let best = &mut self.best[run.act];
            for score in &self.unit_scores[units] {
                *best = if score > best { *score } else { *best };
            }
        }
        // What has no words, a scan, is known by its title: that stands for its only unit.
        let [t, tg] = &self.titles;
        for (act, length) in snapshot.act_lengths.iter().enumerate() {
            if *length == 0 {
                self.best[act] = self.best[act].max(t[act] + formula.pairs * tg[act]);
            }
        }
    }
}
