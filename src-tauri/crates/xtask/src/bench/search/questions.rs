//! The questions that all engines are asked: none that our second stage learned from.

use crate::bench::scores::{ASIDE, LEARNED_FROM, Relevant, relevant};
use crate::faults::Random;
use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

pub(super) struct Questions {
    /// Where they stand, as JSON Lines.
    pub(super) file: PathBuf,
    /// Their words.
    pub(super) texts: Vec<String>,
    /// Their right answers.
    pub(super) relevant: Relevant,
}

impl Questions {
    /// Picks at most `most` questions of a set and writes them to `file`.
    pub(super) fn pick(
        queries: &Path,
        set: &str,
        most: usize,
        seed: u64,
        file: PathBuf,
    ) -> Result<Questions> {
        let learned_from = rows(queries, LEARNED_FROM)?;
        let aside: BTreeSet<String> = learned_from
            .iter()
            .step_by(ASIDE)
            .map(|row| row["qid"].to_string())
            .collect();
        let mut all = rows(queries, set)?;
        all.retain(|row| aside.contains(&row["qid"].to_string()));
        let picked = sample(all, most, seed);
        let mut text = String::new();
        for row in &picked {
            text.push_str(&row.to_string());
            text.push('\n');
        }
        fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
        let relevant = relevant(&file, false, 1)?;
        let texts = picked
            .iter()
            .filter_map(|row| row["text"].as_str().map(str::to_string))
            .collect();
        Ok(Questions {
            file,
            texts,
            relevant,
        })
    }
}

fn rows(queries: &Path, set: &str) -> Result<Vec<Value>> {
    let file = queries.join(format!("{set}.jsonl"));
    let text =
        fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    text.lines()
        .map(|line| serde_json::from_str(line).with_context(|| file.display().to_string()))
        .collect()
}

/// `most` of the rows at random, in their order; the same ones for the same seed.
fn sample<T>(mut rows: Vec<T>, most: usize, seed: u64) -> Vec<T> {
    let mut random = Random::new(seed);
    while rows.len() > most {
        rows.remove(random.below(rows.len()));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_sample_keeps_the_order_and_depends_on_the_seed_alone() {
        let rows: Vec<usize> = (0..200).collect();
        let one = sample(rows.clone(), 50, 1);
        assert_eq!(one.len(), 50);
        assert!(one.is_sorted());
        assert_eq!(one, sample(rows.clone(), 50, 1));
        assert_ne!(one, sample(rows.clone(), 50, 2));
        assert_eq!(sample(rows.clone(), 500, 1), rows);
    }

    #[test]
    fn what_was_learned_from_is_never_asked() {
        let folder = tempfile::tempdir().unwrap();
        let lines = |ids: &[u32]| {
            ids.iter()
                .map(|id| json!({"qid": id.to_string(), "text": "?", "relevant": []}).to_string())
                .collect::<Vec<_>>()
                .join("\n")
        };
        fs::write(folder.path().join("dsc_dev.jsonl"), lines(&[0, 1, 2, 3, 4])).unwrap();
        fs::write(folder.path().join("few.jsonl"), lines(&[4, 3, 1])).unwrap();
        let out = folder.path().join("out.jsonl");
        let picked = Questions::pick(folder.path(), "few", 9, 1, out).unwrap();
        assert_eq!(picked.relevant.keys().collect::<Vec<_>>(), ["3"]);
        assert_eq!(picked.texts, ["?"]);
    }
}
