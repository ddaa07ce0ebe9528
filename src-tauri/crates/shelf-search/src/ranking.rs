//! How hits are ranked: formula F, and the model that orders its best.

use crate::model::{ActModel, UnitModel};
use std::sync::{Arc, LazyLock};

/// How hits are ranked. It can travel as signed data; the default is what `cargo xtask train` made
/// of public question sets.
#[derive(Clone, Debug)]
pub struct Ranking {
    /// The first stage.
    pub formula: Formula,
    pub(crate) model: Arc<Model>,
}

impl Ranking {
    /// The same models over another first stage.
    #[must_use]
    pub fn with_formula(mut self, formula: Formula) -> Ranking {
        self.formula = formula;
        self
    }
}

/// The second stage.
#[derive(Debug, Default)]
pub(crate) struct Model {
    pub(crate) acts: Option<ActModel>,
    pub(crate) units: Option<UnitModel>,
}

/// The ranking that was shipped with the program.
static SHIPPED: LazyLock<Ranking> = LazyLock::new(|| {
    Ranking::from_json(include_bytes!("../../../../assets/search/ranking.json"))
        .expect("the shipped ranking is sound, as a test shows")
});

impl Default for Ranking {
    fn default() -> Ranking {
        SHIPPED.clone()
    }
}

/// Why bytes are no ranking.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("this is no ranking that the search could use: {0}")]
pub struct RankingError(pub(crate) String);

/// The numbers of formula F.
///
/// `article = s + pairs·g + heading·h + heading_pairs·hg`, each a BM25;
/// `act = max(article) + title·t + title_pairs·tg + whole·G`, where G is the BM25 of pairs over the
/// whole act.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Formula {
    /// BM25 saturation of a repeated term.
    pub k1: f32,
    /// BM25 length normalisation of text and whole act.
    pub b_text: f32,
    /// BM25 length normalisation of headings and titles.
    pub b_short: f32,
    /// Weight of pairs.
    pub pairs: f32,
    /// Weight of the heading's syllables.
    pub heading: f32,
    /// Weight of the heading's pairs.
    pub heading_pairs: f32,
    /// Weight of the title's syllables.
    pub title: f32,
    /// Weight of the title's pairs.
    pub title_pairs: f32,
    /// Weight of the whole act's pairs when acts are ranked.
    pub whole: f32,
    /// The same when single units are ranked.
    pub whole_of_unit: f32,
    /// Terms found in a larger share of the units are dropped, because they cost much and say little …
    pub common_share: f32,
    /// … but only where they stand in more units than this: below that they cost nothing, and keeping
    /// them is worth .005 MRR.
    pub common_floor: u32,
    /// And only as long as this many terms of their sort remain.
    pub keep_at_least: usize,
}

impl Default for Formula {
    fn default() -> Formula {
        Formula {
            k1: 1.2,
            b_text: 0.75,
            b_short: 0.5,
            pairs: 0.6,
            heading: 0.1,
            heading_pairs: 0.1,
            title: 0.2,
            title_pairs: 0.2,
            whole: 0.5,
            whole_of_unit: 0.0,
            common_share: 0.3,
            common_floor: 20_000,
            keep_at_least: 3,
        }
    }
}

/// BM25 inverse document frequency of a term found in `n` of `total`.
pub(crate) fn idf(total: u32, n: u32) -> f32 {
    let (total, n) = (total as f32, n as f32);
    (1.0 + (total - n + 0.5).max(0.0) / (n + 0.5)).ln()
}

/// The part of the BM25 denominator that depends on length: `k1·(1 − b + b·length/average)`.
pub(crate) fn length_part(k1: f32, b: f32, length: u32, average: f32) -> f32 {
    if average > 0.0 {
        k1 * (1.0 - b + b * length as f32 / average)
    } else {
        k1
    }
}
