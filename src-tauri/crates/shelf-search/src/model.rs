//! The models of the second stage: plain arrays, read from JSON that may come from anywhere.

use crate::Formula;
use crate::features::{ACT_FEATURES, UNIT_FEATURES};
use crate::ranking::{Model, Ranking, RankingError};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The format that this program reads.
const FORMAT: u32 = 1;
/// Most trees, and most leaves of one, that are accepted: evaluating them is bounded by both.
const MOST_TREES: usize = 2_000;
const MOST_LEAVES: usize = 256;
/// Most candidates that a model may ask for.
const MOST_CANDIDATES: usize = 500;

/// The model that orders acts.
#[derive(Clone, Debug)]
pub(crate) struct ActModel {
    /// How many of the best of the first stage it orders.
    pub(crate) candidates: usize,
    /// Where each of the trees' features stands among [`ACT_FEATURES`].
    features: Vec<usize>,
    trees: Trees,
    /// What is added to what the trees say: weights of features that their questions do not teach.
    weights: Weights,
}

impl ActModel {
    pub(crate) fn score(&self, row: &[f32; ACT_FEATURES.len()]) -> f32 {
        self.trees.score(|at| row[self.features[at]]) + self.weights.score(row)
    }
}

/// The model that orders units: few weights, one per feature.
#[derive(Clone, Debug)]
pub(crate) struct UnitModel {
    pub(crate) candidates: usize,
    weights: Weights,
}

impl UnitModel {
    pub(crate) fn score(&self, row: &[f32; UNIT_FEATURES.len()]) -> f32 {
        self.weights.score(row)
    }
}

/// Weights of features by their places. A value that is missing weighs nothing.
#[derive(Clone, Debug)]
struct Weights(Vec<(usize, f32)>);

impl Weights {
    fn read(file: &BTreeMap<String, f32>, known: &[&str]) -> Result<Weights, RankingError> {
        let weights = file.iter().map(|(name, weight)| match weight.is_finite() {
            true => Ok((place(name, known)?, *weight)),
            false => Err(wrong(format!("the weight of {name} is not finite"))),
        });
        Ok(Weights(weights.collect::<Result<_, _>>()?))
    }

    fn score(&self, row: &[f32]) -> f32 {
        let parts = self.0.iter().map(|(at, weight)| (weight, row[*at]));
        let known = parts.filter(|(_, value)| !value.is_nan());
        known.map(|(weight, value)| weight * value).sum()
    }
}

/// An ensemble of binary decision trees. A node sends a value at most its threshold to the left, and
/// one that is missing where it says; children below zero are leaves (`!child`).
#[derive(Clone, Debug, Default)]
pub(crate) struct Trees {
    nodes: Vec<Node>,
    leaves: Vec<f32>,
    /// The root of each tree: a node, or a leaf where it is negative.
    roots: Vec<i32>,
}

#[derive(Clone, Copy, Debug)]
struct Node {
    feature: u16,
    missing_left: bool,
    threshold: f32,
    children: [i32; 2],
}

impl Trees {
    pub(crate) fn score(&self, value: impl Fn(usize) -> f32) -> f32 {
        let mut sum = 0.0;
        for root in &self.roots {
            let mut at = *root;
            // Children stand behind their parents, as was checked: this ends.
            while let Ok(place) = usize::try_from(at) {
                let node = &self.nodes[place];
                let value = value(usize::from(node.feature));
                let left = if value.is_nan() {
                    node.missing_left
                } else {
                    value <= node.threshold
                };
                at = node.children[usize::from(!left)];
            }
            sum += self.leaves[!at as usize];
        }
        sum
    }

    /// Puts trees together, after checking that each ends whatever it is asked.
    pub(crate) fn new(files: &[TreeFile], features: usize) -> Result<Trees, RankingError> {
        let mut trees = Trees::default();
        if files.len() > MOST_TREES {
            return Err(wrong(format!("more than {MOST_TREES} trees")));
        }
        for (number, file) in files.iter().enumerate() {
            let problem = |what: &str| wrong(format!("tree {number}: {what}"));
            let inner = file.feature.len();
            if file.leaf.is_empty() || file.leaf.len() > MOST_LEAVES {
                return Err(problem("it needs 1 to 256 leaves"));
            }
            if [
                file.threshold.len(),
                file.left.len(),
                file.right.len(),
                file.missing_left.len(),
            ]
            .iter()
            .any(|length| *length != inner)
                || inner + 1 != file.leaf.len()
            {
                return Err(problem("its arrays do not fit together"));
            }
            let all = file.threshold.iter().chain(&file.leaf);
            if !all.clone().all(|number| number.is_finite()) {
                return Err(problem("a number is not finite"));
            }
            let (nodes, leaves) = (trees.nodes.len() as i32, trees.leaves.len() as i32);
            for at in 0..inner {
                let child = |child: i32| match usize::try_from(child) {
                    Ok(node) if node > at && node < inner => Ok(nodes + child),
                    Err(_) if (!child as usize) < file.leaf.len() => Ok(!(leaves + !child)),
                    _ => Err(problem("a child is not where it may be")),
                };
                if usize::from(file.feature[at]) >= features {
                    return Err(problem(
                        "it asks for a feature that the model does not have",
                    ));
                }
                trees.nodes.push(Node {
                    feature: file.feature[at],
                    missing_left: file.missing_left[at] != 0,
                    threshold: file.threshold[at],
                    children: [child(file.left[at])?, child(file.right[at])?],
                });
            }
            trees.leaves.extend(&file.leaf);
            trees.roots.push(if inner == 0 { !leaves } else { nodes });
        }
        Ok(trees)
    }
}

fn wrong(what: impl Into<String>) -> RankingError {
    RankingError(what.into())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RankingFile {
    format: u32,
    #[serde(default)]
    acts: Option<ActFile>,
    #[serde(default)]
    units: Option<UnitFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActFile {
    candidates: usize,
    features: Vec<String>,
    #[serde(default)]
    trees: Vec<TreeFile>,
    #[serde(default)]
    weights: BTreeMap<String, f32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnitFile {
    candidates: usize,
    weights: BTreeMap<String, f32>,
}

/// A tree as it is written: inner nodes from the root on, children behind their parents; a child
/// below zero is the leaf `-child - 1`.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub(crate) struct TreeFile {
    pub(crate) feature: Vec<u16>,
    pub(crate) threshold: Vec<f32>,
    pub(crate) left: Vec<i32>,
    pub(crate) right: Vec<i32>,
    pub(crate) missing_left: Vec<u8>,
    pub(crate) leaf: Vec<f32>,
}

impl Ranking {
    /// Reads a ranking that was made by `cargo xtask train`, as it travels with the data.
    ///
    /// # Errors
    /// Where it is not JSON of this format, names a feature that this program does not know, or holds
    /// trees that do not end or numbers that are not finite.
    pub fn from_json(bytes: &[u8]) -> Result<Ranking, RankingError> {
        let file: RankingFile = serde_json::from_slice(bytes).map_err(|e| wrong(e.to_string()))?;
        if file.format != FORMAT {
            return Err(wrong(format!("format {}, not {FORMAT}", file.format)));
        }
        let acts = file.acts.map(act_model).transpose()?;
        let units = file.units.map(unit_model).transpose()?;
        Ok(Ranking {
            formula: Formula::default(),
            model: Arc::new(Model { acts, units }),
        })
    }
}

fn candidates(asked: usize) -> Result<usize, RankingError> {
    if (1..=MOST_CANDIDATES).contains(&asked) {
        return Ok(asked);
    }
    Err(wrong(format!(
        "{asked} candidates, not 1 to {MOST_CANDIDATES}"
    )))
}

fn place(name: &str, known: &[&str]) -> Result<usize, RankingError> {
    let place = known.iter().position(|other| *other == name);
    place.ok_or_else(|| wrong(format!("the feature {name:?} is not known")))
}

fn act_model(file: ActFile) -> Result<ActModel, RankingError> {
    let features = file.features.iter().map(|name| place(name, &ACT_FEATURES));
    let features = features.collect::<Result<Vec<_>, _>>()?;
    Ok(ActModel {
        candidates: candidates(file.candidates)?,
        trees: Trees::new(&file.trees, features.len())?,
        weights: Weights::read(&file.weights, &ACT_FEATURES)?,
        features,
    })
}

fn unit_model(file: UnitFile) -> Result<UnitModel, RankingError> {
    Ok(UnitModel {
        candidates: candidates(file.candidates)?,
        weights: Weights::read(&file.weights, &UNIT_FEATURES)?,
    })
}

#[cfg(test)]
#[path = "model_tests.rs"]
mod tests;
