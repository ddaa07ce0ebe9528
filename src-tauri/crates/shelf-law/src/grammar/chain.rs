//! Which of many numbered headings are the document's own: the best chain 1, 2, 3 … through them.
//!
//! An amending act quotes whole Điều of other acts and does not always close the quotation marks, so
//! neither numbers nor marks alone decide. Every heading taken into the chain earns a point, less
//! what speaks against it; every number passed over costs.

use super::marker::Number;
use std::collections::HashMap;

/// A heading that may belong to the chain.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) number: Number,
    /// What speaks against it.
    pub(super) penalty: f32,
    /// What beginning again at 1 here would cost, or `None` where it may not.
    pub(super) restart: Option<f32>,
}

/// It opens with a quotation mark of its own.
pub(super) const OWN_QUOTE: f32 = 1.5;
/// It stands inside a quotation that is open.
pub(super) const INSIDE_QUOTE: f32 = 0.8;
/// Each number passed over.
const GAP: f32 = 0.7;
/// A restart with a reason (signature, QUY CHẾ, PHỤ LỤC, kèm theo), and without one.
pub(super) const RESTART_WITH_REASON: f32 = 0.15;
pub(super) const RESTART_WITHOUT_REASON: f32 = 2.5;
/// What a chain pays at most for the numbers before its first: an excerpt begins anywhere.
const LOST_BEGINNING: f32 = 2.0;
/// Gaps wider than this are never bridged from a heading before; it bounds the work.
const WIDEST_GAP: u32 = 40;

/// One heading of the chain.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Link {
    /// Index among the candidates.
    pub(super) candidate: usize,
    /// Numbering begins again here.
    pub(super) restarts: bool,
}

/// The chain of the highest value through the candidates, in reading order. Linear in their number.
pub(super) fn best_chain(candidates: &[Candidate]) -> Vec<Link> {
    let mut value = vec![0.0f32; candidates.len()];
    let mut before: Vec<Option<usize>> = vec![None; candidates.len()];
    let mut restarts = vec![false; candidates.len()];
    // The best chain so far that ends in this number, and the best of all.
    let mut ending: HashMap<Number, usize> = HashMap::new();
    let mut ending_in_value: HashMap<u32, usize> = HashMap::new();
    let mut top: Option<usize> = None;
    for (i, candidate) in candidates.iter().enumerate() {
        let number = candidate.number;
        let missing = if number.letter == 0 {
            number.value.saturating_sub(1)
        } else {
            number.value
        };
        let mut best = -(GAP * missing as f32).min(LOST_BEGINNING);
        let mut from = None;
        let mut again = false;
        let mut consider = |score: f32, index: usize, restart: bool| {
            if score > best {
                (best, from, again) = (score, Some(index), restart);
            }
        };
        // 12b after 12a or after 12 (letters skip f, j, w); 13 after 12 or after any 12x.
        for letter in (0..number.letter).rev() {
            if let Some(&index) = ending.get(&Number { letter, ..number }) {
                consider(value[index], index, false);
            }
        }
        let lowest = number.value.saturating_sub(WIDEST_GAP).max(1);
        for earlier in (lowest..number.value).rev() {
            if let Some(&index) = ending_in_value.get(&earlier) {
                let passed = number.value - earlier - u32::from(number.letter == 0);
                consider(value[index] - GAP * passed as f32, index, false);
            }
        }
        if let Some(cost) = candidate.restart
            && number.letter == 0
            && let Some(index) = top
        {
            // A lost Điều 1 does not hide that the numbering begins again.
            let lost = number.value.saturating_sub(1);
            if lost <= 2 {
                consider(value[index] - cost - GAP * lost as f32, index, true);
            }
        }
        value[i] = best + 1.0 - candidate.penalty;
        before[i] = from;
        restarts[i] = again;
        if ending.get(&number).is_none_or(|&old| value[i] > value[old]) {
            ending.insert(number, i);
        }
        let any_letter = ending_in_value.get(&number.value);
        if any_letter.is_none_or(|&old| value[i] > value[old]) {
            ending_in_value.insert(number.value, i);
        }
        if top.is_none_or(|old| value[i] > value[old]) {
            top = Some(i);
        }
    }
    let mut chain = Vec::new();
    let mut at = top.filter(|&i| value[i] > 0.0);
    while let Some(i) = at {
        chain.push(Link {
            candidate: i,
            restarts: restarts[i],
        });
        at = before[i];
    }
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(spec: &str) -> String {
        let candidates: Vec<Candidate> = spec
            .split(' ')
            .map(|word| {
                let digits = word.trim_matches(|c: char| !c.is_ascii_digit());
                Candidate {
                    number: Number {
                        value: digits.parse().unwrap(),
                        letter: u8::from(word.ends_with('a')),
                    },
                    penalty: match word.chars().next() {
                        Some('"') => OWN_QUOTE,
                        Some('~') => INSIDE_QUOTE,
                        _ => 0.0,
                    },
                    restart: Some(if word.starts_with('|') {
                        RESTART_WITH_REASON
                    } else {
                        RESTART_WITHOUT_REASON
                    }),
                }
            })
            .collect();
        best_chain(&candidates)
            .iter()
            .map(|link| {
                let number = candidates[link.candidate].number.text();
                if link.restarts {
                    format!("|{number}")
                } else {
                    number
                }
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn quoted_articles_are_left_out() {
        assert_eq!(chain("1 \"5 2 \"7 ~8 3 4"), "1 2 3 4");
        assert_eq!(chain("1 ~93a 2 3"), "1 2 3");
        assert_eq!(chain("1 \"2 ~3 2 3"), "1 2 3");
    }

    #[test]
    fn a_quotation_that_never_closes_does_not_swallow_the_rest() {
        assert_eq!(chain("1 \"5 ~2 ~3 ~4"), "1 2 3 4");
    }

    #[test]
    fn inserted_articles_belong_and_what_is_attached_begins_again() {
        assert_eq!(chain("11 12 12a 13"), "11 12 12a 13");
        assert_eq!(chain("1 2 3 |1 2 3 4"), "1 2 3 |1 2 3 4");
        assert_eq!(chain("1 2 3 4 1 5"), "1 2 3 4 5", "one stray restart");
    }

    #[test]
    fn a_lost_heading_leaves_a_gap() {
        assert_eq!(chain("1 3 4"), "1 3 4");
        assert_eq!(chain("2 3 4"), "2 3 4");
    }
}
