//! The documents that answer a question at all: what filters are counted over.

use crate::snapshot::Snapshot;
use crate::top::{Candidate, Top};

/// Which documents to list besides the hits of a search.
pub struct Survey<'a> {
    /// Documents at most.
    pub limit: usize,
    /// Only documents that score at least this share of what the best one scores: almost every
    /// document shares some word with a question.
    pub least_share: f32,
    /// Which documents may be listed, by key.
    pub filter: &'a dyn Fn(u64) -> bool,
}

/// A document of a survey.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Ranked {
    /// The document's key.
    pub key: u64,
    /// Its score.
    pub score: f32,
}

impl Survey<'_> {
    /// The best documents, best first.
    pub(crate) fn of(&self, snapshot: &Snapshot, score_of: impl Fn(usize) -> f32) -> Vec<Ranked> {
        let mut top = Top::new(self.limit);
        for (act, key) in snapshot.keys.iter().enumerate() {
            let score = score_of(act);
            if score > 0.0 && top.admits(score) && (self.filter)(*key) {
                top.push(Candidate {
                    score,
                    key: *key,
                    ordinal: 0,
                    place: act as u32,
                });
            }
        }
        let chosen = top.finish();
        let least = chosen
            .first()
            .map_or(0.0, |best| best.score * self.least_share);
        chosen
            .into_iter()
            .take_while(|candidate| candidate.score >= least)
            .map(|candidate| Ranked {
                key: candidate.key,
                score: candidate.score,
            })
            .collect()
    }
}
