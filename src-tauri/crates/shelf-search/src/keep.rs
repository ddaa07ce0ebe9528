//! Which terms of a question are scored.

use crate::query::{Query, QueryTerm};
use crate::ranking::{Formula, idf};
use crate::schema::TextField;
use crate::snapshot::{Found, Snapshot};
use std::collections::HashMap;
use std::io;

/// Terms of one sort that are scored; of a longer question the rarest are kept.
const MAX_TERMS: usize = 128;

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

/// A term that counts, with its places in the field that covers everything.
pub(crate) struct Kept<'q> {
    pub(crate) term: &'q QueryTerm,
    pub(crate) found: Found,
}

/// The terms of one sort that count, in the order of the question.
pub(crate) fn keep<'q>(
    snapshot: &Snapshot,
    terms: &'q [QueryTerm],
    field: TextField,
    formula: &Formula,
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
    let common = (formula.common_share * snapshot.units as f32) as u32;
    let limit = common
        .max(formula.common_floor)
        .max(at(formula.keep_at_least.saturating_sub(1)).unwrap_or(0))
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
    formula: &Formula,
) -> io::Result<Weights> {
    let mut weights = HashMap::new();
    for (terms, field) in [
        (&query.syllables, TextField::Syllables),
        (&query.pairs, TextField::Pairs),
    ] {
        for kept in keep(snapshot, terms, field, formula)? {
            if kept.found.count > 0 {
                let weight = idf(snapshot.units, kept.found.count);
                weights.insert(kept.term.text.clone(), weight);
            }
        }
    }
    Ok(Weights(weights))
}
