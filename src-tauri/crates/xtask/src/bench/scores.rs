//! Questions with known answers, and how well they were answered.

use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};
use std::path::Path;

/// The second stage learned from questions of this set whose place divided by [`ASIDE`] leaves a rest
/// (see `cargo xtask train`); the others are shown apart.
pub(super) const LEARNED_FROM: &str = "dsc_dev";

/// Every how manieth question of [`LEARNED_FROM`] was not learned from.
pub(super) const ASIDE: usize = 3;

/// The right answers of each question: acts, with their articles where these count.
pub(super) type Relevant = HashMap<String, BTreeSet<(String, Option<String>)>>;

/// The answers to every `step`-th question of a file.
pub(super) fn relevant(file: &Path, articles: bool, step: usize) -> Result<Relevant> {
    let text =
        std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    let mut all = Relevant::new();
    for line in text.lines().step_by(step) {
        let row: Value = serde_json::from_str(line)?;
        let answers = row["relevant"]
            .as_array()
            .context("a question without answers")?;
        let answers = answers
            .iter()
            .map(|answer| {
                let law = answer["law_id"].as_str().unwrap_or_default().to_string();
                let article = answer["article_id"].as_str().map(str::to_string);
                (law, article.filter(|_| articles))
            })
            .collect();
        all.insert(row["qid"].as_str().unwrap_or_default().to_string(), answers);
    }
    Ok(all)
}

/// How well questions were answered, and how fast.
pub(super) struct Scores {
    /// The share of questions whose first hit answers.
    pub(super) at_1: f64,
    /// The mean share of a question's answers that stand among the first ten hits.
    pub(super) at_10: f64,
    /// The mean of 1 / rank of the first answer among ten hits.
    pub(super) mrr: f64,
    /// From fast to slow, in microseconds.
    times_us: Vec<u64>,
}

impl Scores {
    /// Scores answers written like those of `shelf search --queries`; a question without an answer
    /// counts as not found.
    #[allow(clippy::cast_precision_loss)]
    pub(super) fn of(answers: &[Value], relevant: &Relevant, articles: bool) -> Scores {
        let mut scores = Scores {
            at_1: 0.0,
            at_10: 0.0,
            mrr: 0.0,
            times_us: Vec::new(),
        };
        for answer in answers {
            let Some(wanted) = answer["qid"].as_str().and_then(|qid| relevant.get(qid)) else {
                continue;
            };
            scores.times_us.extend(answer["took_us"].as_u64());
            let hits = answer["hits"].as_array().map_or(&[][..], Vec::as_slice);
            let found: Vec<(String, Option<String>)> = hits
                .iter()
                .take(10)
                .map(|hit| {
                    let law = hit["document"]["source_key"].as_str().unwrap_or_default();
                    let provision = hit["provision"]["id"].as_str().unwrap_or_default();
                    let article = provision
                        .split('.')
                        .find_map(|segment| segment.strip_prefix("dieu_"))
                        .map(str::to_string);
                    (law.to_string(), article.filter(|_| articles))
                })
                .collect();
            let right = |hit: &(String, Option<String>)| wanted.contains(hit);
            scores.at_1 += f64::from(u8::from(found.first().is_some_and(right)));
            let seen: BTreeSet<_> = found.iter().filter(|hit| right(hit)).collect();
            scores.at_10 += seen.len() as f64 / wanted.len() as f64;
            if let Some(rank) = found.iter().position(right) {
                scores.mrr += 1.0 / (rank + 1) as f64;
            }
        }
        let questions = relevant.len().max(1) as f64;
        scores.at_1 /= questions;
        scores.at_10 /= questions;
        scores.mrr /= questions;
        scores.times_us.sort_unstable();
        scores
    }

    /// Milliseconds that `p` of a hundred questions do not exceed; 0 where none was answered.
    #[allow(clippy::cast_precision_loss)]
    pub(super) fn percentile(&self, p: usize) -> f64 {
        let at = (self.times_us.len() * p / 100).min(self.times_us.len().saturating_sub(1));
        self.times_us.get(at).map_or(0.0, |us| *us as f64 / 1000.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn hits(keys: &[&str]) -> Vec<Value> {
        keys.iter()
            .map(|key| json!({"document": {"source_key": key}}))
            .collect()
    }

    #[test]
    fn a_question_that_nobody_answered_counts_as_not_found() {
        let wanted = |keys: &[&str]| keys.iter().map(|key| ((*key).to_string(), None)).collect();
        let relevant = Relevant::from([
            ("a".to_string(), wanted(&["1", "2"])),
            ("b".to_string(), wanted(&["3"])),
        ]);
        let answers = [
            json!({"qid": "a", "took_us": 2000, "hits": hits(&["9", "1"])}),
            json!({"qid": "unknown", "took_us": 9000, "hits": hits(&["3"])}),
        ];
        let scores = Scores::of(&answers, &relevant, false);
        assert_eq!((scores.at_1, scores.at_10, scores.mrr), (0.0, 0.25, 0.25));
        assert_eq!((scores.percentile(50), scores.percentile(99)), (2.0, 2.0));
    }
}
