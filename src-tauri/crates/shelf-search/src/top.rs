//! Keeping the best of many.

use std::cmp::Ordering;

/// What may become a hit.
#[derive(Clone, Copy)]
pub(crate) struct Candidate {
    pub(crate) score: f32,
    /// The document's key.
    pub(crate) key: u64,
    /// The unit's ordinal; 0 where a document is meant.
    pub(crate) ordinal: u32,
    /// The act's place in the dense arrays, where a document is meant.
    pub(crate) place: u32,
}

impl Candidate {
    /// Better first; equal scores by key and place in the document, so that the order never depends
    /// on how the index happens to lie on disk.
    fn order(&self, other: &Candidate) -> Ordering {
        other
            .score
            .total_cmp(&self.score)
            .then(self.key.cmp(&other.key))
            .then(self.ordinal.cmp(&other.ordinal))
    }
}

/// The best candidates seen so far.
pub(crate) struct Top {
    limit: usize,
    candidates: Vec<Candidate>,
    floor: f32,
}

impl Top {
    pub(crate) fn new(limit: usize) -> Top {
        Top {
            limit,
            candidates: Vec::new(),
            floor: f32::NEG_INFINITY,
        }
    }

    /// Whether a candidate of this score could still be among the best.
    pub(crate) fn admits(&self, score: f32) -> bool {
        self.limit > 0 && score >= self.floor
    }

    pub(crate) fn push(&mut self, candidate: Candidate) {
        self.candidates.push(candidate);
        if self.candidates.len() >= self.limit.saturating_mul(2).max(64) {
            self.shrink();
        }
    }

    fn shrink(&mut self) {
        if self.candidates.len() > self.limit {
            self.candidates
                .select_nth_unstable_by(self.limit - 1, Candidate::order);
            self.candidates.truncate(self.limit);
            self.floor = self.candidates[self.limit - 1].score;
        }
    }

    /// The best, best first.
    pub(crate) fn finish(mut self) -> Vec<Candidate> {
        self.candidates.sort_unstable_by(Candidate::order);
        self.candidates.truncate(self.limit);
        self.candidates
    }
}
