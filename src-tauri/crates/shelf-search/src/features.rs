//! What the second stage looks at, taken from the arrays that the pass filled.
//!
//! A `_gap` is the difference to the largest value among the candidates. Scores are divided by the
//! weights of the question's terms of their sort, so that long and short questions compare.

use crate::Facts;
use crate::query::Query;
use crate::ranking::Formula;
use crate::schema::TextField;
use crate::scratch::Scratch;
use crate::snapshot::Snapshot;
use shelf_law::{DocumentKind, Normativity};
use tantivy::fieldnorm::FieldNormReader;

/// The features of a unit, in the order of their values.
pub const UNIT_FEATURES: [&str; 23] = [
    "f_gap",
    "b_gap",
    "bb_gap",
    "h_gap",
    "hb_gap",
    "f",
    "b",
    "bb",
    "h",
    "hb",
    "cov_b",
    "cov_bb",
    "run",
    "miss",
    "h_rev",
    "t",
    "tb",
    "db",
    "rev_t",
    "length",
    "place",
    "product_named",
    "place_named",
];

/// The features of an act, in the order of their values.
pub const ACT_FEATURES: [&str; 56] = [
    "f_gap",
    "s1_gap",
    "f_share",
    "b_gap",
    "bb_gap",
    "h_gap",
    "hb_gap",
    "t_gap",
    "tb_gap",
    "db_gap",
    "b",
    "bb",
    "tb",
    "db",
    "top5",
    "s2_s1",
    "strong",
    "cov_b",
    "cov_bb",
    "cov_bb_max",
    "cov_db",
    "cov_tb",
    "cov_union",
    "run",
    "run_title",
    "run_act",
    "miss",
    "rev_t",
    "h_rev",
    "h_rev_max",
    "h_best",
    "best_length",
    "best_place",
    "rank",
    "kind_named",
    "year_named",
    "year",
    "year_gap",
    "is_code",
    "is_law",
    "is_decree",
    "is_circular",
    "is_decision",
    "is_resolution",
    "is_amending",
    "act_length",
    "title_length",
    "act_units",
    "q_syllables",
    "q_pairs",
    "q_weight",
    "newer_twins",
    "cited",
    "cited_gap",
    "product_named",
    "place_named",
];

/// Features of an act that say what is known of it besides its words, and so only of the acts of the
/// state: which kinds, years and lengths are asked for.
pub const PRIORS: [&str; 14] = [
    "year",
    "year_gap",
    "is_code",
    "is_law",
    "is_decree",
    "is_circular",
    "is_decision",
    "is_resolution",
    "act_length",
    "title_length",
    "act_units",
    "newer_twins",
    "cited",
    "cited_gap",
];

/// The same features of an act of which nothing is known besides its words.
pub(crate) fn without_priors(row: &[f32; ACT_FEATURES.len()]) -> [f32; ACT_FEATURES.len()] {
    std::array::from_fn(|at| match PRIORS.contains(&ACT_FEATURES[at]) {
        true => f32::NAN,
        false => row[at],
    })
}

/// Units of an act whose mean score is compared with its best.
const MEAN_OF: usize = 5;

/// An act among the best of the first stage.
pub(crate) struct ActCandidate {
    /// Its place in the dense arrays.
    pub(crate) act: usize,
    /// The formula's score.
    pub(crate) score: f32,
    /// Places and scores of its units that say something of the question, best first.
    pub(crate) units: Vec<UnitCandidate>,
}

/// A unit that says something of the question.
#[derive(Clone, Copy)]
pub(crate) struct UnitCandidate {
    /// Its place in the dense arrays.
    pub(crate) place: usize,
    /// Its segment and its number there.
    pub(crate) segment: usize,
    pub(crate) doc: u32,
    /// Its ordinal within the act.
    pub(crate) ordinal: u32,
    /// The formula's score, of the unit alone.
    pub(crate) score: f32,
}

/// What all candidates of a question share.
pub(crate) struct Features<'a> {
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) scratch: &'a Scratch,
    pub(crate) query: &'a Query,
    pub(crate) formula: &'a Formula,
    /// What the question's syllables and pairs weigh together.
    sums: [f32; 2],
}

impl<'a> Features<'a> {
    pub(crate) fn new(
        snapshot: &'a Snapshot,
        scratch: &'a Scratch,
        query: &'a Query,
        formula: &'a Formula,
    ) -> Features<'a> {
        let sum = |sort: usize| scratch.weights[sort].iter().sum::<f32>().max(1e-3);
        Features {
            snapshot,
            scratch,
            query,
            formula,
            sums: [sum(0), sum(1)],
        }
    }

    /// The share of the question's terms of a sort, by weight, that these bits stand for.
    fn cover(&self, sort: usize, bits: u64) -> f32 {
        let weights = self.scratch.weights[sort].iter().enumerate().take(64);
        let found = weights.filter(|(bit, _)| bits >> bit & 1 == 1);
        found.map(|(_, weight)| weight).sum::<f32>() / self.sums[sort]
    }

    /// The weight of the longest row of the question's pairs that all stand there, as a share.
    fn run(&self, bits: u64) -> f32 {
        let (mut best, mut row) = (0.0_f32, 0.0);
        for (bit, weight) in self.scratch.weights[1].iter().enumerate().take(64) {
            row = if bits >> bit & 1 == 1 {
                row + weight
            } else {
                0.0
            };
            best = best.max(row);
        }
        best / self.sums[1]
    }

    /// The weight of the heaviest syllable that is missing, as a share of the heaviest of all.
    fn missing(&self, bits: u64) -> f32 {
        let weights = &self.scratch.weights[0];
        let heaviest = weights.iter().copied().fold(1e-3, f32::max);
        let missing = weights.iter().enumerate().take(64);
        let missing = missing.filter(|(bit, _)| bits >> bit & 1 == 0);
        missing.map(|(_, weight)| *weight).fold(0.0, f32::max) / heaviest
    }

    fn length(&self, unit: &UnitCandidate, field: TextField) -> u32 {
        let norms = self.snapshot.segments[unit.segment].norms(field);
        FieldNormReader::id_to_fieldnorm(norms[unit.doc as usize])
    }

    fn heading_share(&self, unit: &UnitCandidate) -> f32 {
        let length = self.length(unit, TextField::Heading);
        let hits = f32::from(self.scratch.heading_hits[unit.place]);
        (hits / length.max(1) as f32).min(1.0)
    }

    fn title_share(&self, act: usize) -> f32 {
        let weight = self.snapshot.acts[act].title_weight;
        (self.scratch.title_hits[act] / weight.max(1e-3)).min(1.0)
    }

    fn unit_bm25(&self, field: usize, place: usize) -> f32 {
        self.scratch.units[field][place] / self.sums[field % 2]
    }

    /// The features of units, each with its act, that were chosen among all.
    pub(crate) fn of_units(
        &self,
        units: &[(usize, UnitCandidate)],
    ) -> Vec<[f32; UNIT_FEATURES.len()]> {
        let scratch = self.scratch;
        let best = |field: usize| {
            let values = units.iter().map(|(_, u)| self.unit_bm25(field, u.place));
            values.fold(0.0, f32::max)
        };
        let best: [f32; 4] = std::array::from_fn(best);
        let scale = self.sums[0] + self.formula.pairs * self.sums[1];
        let best_score = units.iter().map(|(_, u)| u.score).fold(0.0, f32::max);
        let rows = units.iter().map(|(act, unit)| {
            let own: [f32; 4] = std::array::from_fn(|field| self.unit_bm25(field, unit.place));
            let (syllables, pairs) = (scratch.terms[0][unit.place], scratch.terms[1][unit.place]);
            let known = &self.snapshot.acts[*act];
            [
                (unit.score - best_score) / scale,
                own[0] - best[0],
                own[1] - best[1],
                own[2] - best[2],
                own[3] - best[3],
                unit.score / scale,
                own[0],
                own[1],
                own[2],
                own[3],
                self.cover(0, syllables),
                self.cover(1, pairs),
                self.run(pairs),
                self.missing(syllables),
                self.heading_share(unit),
                scratch.titles[0][*act] / self.sums[0],
                scratch.titles[1][*act] / self.sums[1],
                scratch.whole[*act] / self.sums[1],
                self.title_share(*act),
                (1.0 + self.length(unit, TextField::Pairs) as f32).ln(),
                unit.ordinal as f32 / known.units.max(1) as f32,
                self.product_named(known.facts),
                self.place_named(known.facts),
            ]
        });
        rows.collect()
    }

    /// The features of the candidates, which stand in the order of the first stage.
    pub(crate) fn of_acts(&self, candidates: &[ActCandidate]) -> Vec<[f32; ACT_FEATURES.len()]> {
        let owns: Vec<Own> = candidates.iter().map(|c| self.own(c)).collect();
        let best: [f32; 7] = std::array::from_fn(|field| {
            owns.iter().map(|own| own.scores[field]).fold(0.0, f32::max)
        });
        let best_score = candidates.iter().map(|c| c.score).fold(0.0, f32::max);
        let best_unit = owns.iter().map(|own| own.s1).fold(0.0, f32::max);
        let newest = candidates.iter().take(20).filter_map(|candidate| {
            let facts = self.snapshot.acts[candidate.act].facts;
            facts.year.filter(|_| facts.national)
        });
        let cited = |act: usize| {
            let known = &self.snapshot.acts[act];
            let count = known.cited.filter(|_| known.facts.national);
            count.map_or(f32::NAN, |count| (1.0 + count as f32).ln())
        };
        let most_cited = candidates.iter().take(20).map(|c| cited(c.act));
        let most_cited = most_cited.fold(f32::NAN, f32::max);
        let newest = newest.max().map_or(f32::NAN, f32::from);
        let rows = candidates.iter().zip(&owns).enumerate();
        rows.map(|(rank, (candidate, own))| {
            let known = &self.snapshot.acts[candidate.act];
            let prior = |value: f32| {
                if known.facts.national {
                    value
                } else {
                    f32::NAN
                }
            };
            let is = |kind: DocumentKind| match known.facts.kind {
                Some(own) => prior(f32::from(u8::from(own == kind))),
                None => f32::NAN,
            };
            let year = prior(known.facts.year.map_or(f32::NAN, f32::from));
            let [b, bb, h, hb, t, tb, db] = own.scores;
            [
                candidate.score - best_score,
                own.s1 - best_unit,
                candidate.score / best_score.max(1e-3),
                b - best[0],
                bb - best[1],
                h - best[2],
                hb - best[3],
                t - best[4],
                tb - best[5],
                db - best[6],
                b,
                bb,
                tb,
                db,
                own.top5,
                own.s2_s1,
                own.strong,
                own.cover,
                self.cover(1, own.pairs),
                own.best_cover,
                self.cover(1, self.scratch.whole_terms[candidate.act]),
                self.cover(1, self.scratch.title_terms[candidate.act]),
                self.cover(1, self.scratch.title_terms[candidate.act] | own.pairs),
                self.run(own.pairs),
                self.run(self.scratch.title_terms[candidate.act]),
                self.run(self.scratch.whole_terms[candidate.act]),
                own.missing,
                self.title_share(candidate.act),
                own.heading_share,
                own.best_heading_share,
                own.heading_of_best,
                own.length,
                own.place,
                (1.0 + rank as f32).ln(),
                self.kind_named(known.facts),
                year_named(&self.query.years, known.facts.year),
                year,
                year - newest,
                is(DocumentKind::Code),
                is(DocumentKind::Law),
                is(DocumentKind::Decree),
                is(DocumentKind::Circular),
                is(DocumentKind::Decision),
                is(DocumentKind::Resolution),
                f32::from(u8::from(known.amending)),
                prior((1.0 + self.snapshot.act_lengths[candidate.act] as f32).ln()),
                prior(known.title_length as f32),
                prior((1.0 + known.units as f32).ln()),
                self.scratch.weights[0].len() as f32,
                self.scratch.weights[1].len() as f32,
                self.sums[1] / self.scratch.weights[1].len().max(1) as f32,
                self.newer_twins(candidates, candidate),
                cited(candidate.act),
                cited(candidate.act) - most_cited,
                self.product_named(known.facts),
                self.place_named(known.facts),
            ]
        })
        .collect()
    }

    /// 1 where the question names this kind of act, −1 where it names others. Words that are kinds and
    /// everyday words as well (quy định, kế hoạch) speak for an act of that kind, against none.
    fn kind_named(&self, facts: Facts) -> f32 {
        let asked = &self.query.kinds;
        let sure = |kind: &DocumentKind| kind.normativity() != Normativity::Never;
        match facts.kind {
            Some(own) if asked.contains(&own) => 1.0,
            Some(_) if asked.iter().any(sure) => -1.0,
            _ => 0.0,
        }
    }

    /// 1 where the question names a place and this is local.
    fn place_named(&self, facts: Facts) -> f32 {
        f32::from(u8::from(self.query.place && facts.local))
    }

    /// 1 where the question names the product that this is. What is none, or another one, is no worse
    /// for it: `tờ gấp còn thừa thì xử lý thế nào` asks for a decision.
    fn product_named(&self, facts: Facts) -> f32 {
        let asked = &self.query.products;
        let named = facts.product.is_some_and(|own| asked.contains(&own));
        f32::from(u8::from(named))
    }

    /// How many newer acts of its kind stand among the best whose titles find the same of the question.
    fn newer_twins(&self, candidates: &[ActCandidate], of: &ActCandidate) -> f32 {
        let known = &self.snapshot.acts[of.act];
        let Facts {
            kind: Some(kind),
            year: Some(year),
            national: true,
            ..
        } = known.facts
        else {
            return f32::NAN;
        };
        let terms = self.scratch.title_terms[of.act];
        let twins = candidates.iter().take(40).filter(|other| {
            let facts = self.snapshot.acts[other.act].facts;
            facts.kind == Some(kind)
                && facts.year.is_some_and(|other| other > year)
                && self.scratch.title_terms[other.act] == terms
        });
        twins.count() as f32
    }

    fn own(&self, candidate: &ActCandidate) -> Own {
        let scratch = self.scratch;
        let act = candidate.act;
        let mut own = Own {
            top5: 1.0,
            missing: self.missing(0),
            ..Own::default()
        };
        for unit in &candidate.units {
            for (field, best) in own.scores.iter_mut().take(4).enumerate() {
                *best = best.max(self.unit_bm25(field, unit.place));
            }
            own.best_cover = own
                .best_cover
                .max(self.cover(1, scratch.terms[1][unit.place]));
        }
        own.scores[4] = scratch.titles[0][act] / self.sums[0];
        own.scores[5] = scratch.titles[1][act] / self.sums[1];
        own.scores[6] = scratch.whole[act] / self.sums[1];
        let Some(first) = candidate.units.first() else {
            if self.snapshot.act_lengths[act] == 0 {
                self.own_by_title(act, &mut own);
            }
            return own;
        };
        own.s1 = first.score;
        let mean = candidate
            .units
            .iter()
            .take(MEAN_OF)
            .map(|u| u.score)
            .sum::<f32>();
        own.top5 = mean / MEAN_OF as f32 / first.score;
        own.s2_s1 = candidate.units.get(1).map_or(0.0, |u| u.score) / first.score;
        let strong: Vec<&UnitCandidate> = candidate
            .units
            .iter()
            .take_while(|unit| unit.score >= 0.8 * first.score)
            .collect();
        own.strong = (strong.len() as f32).ln();
        let syllables = scratch.terms[0][first.place];
        own.cover = self.cover(0, syllables);
        own.missing = self.missing(syllables);
        own.pairs = scratch.terms[1][first.place];
        own.heading_share = self.heading_share(first);
        let shares = strong.iter().map(|unit| self.heading_share(unit));
        own.best_heading_share = shares.fold(0.0, f32::max);
        own.heading_of_best = self.unit_bm25(3, first.place);
        own.length = (1.0 + self.length(first, TextField::Pairs) as f32).ln();
        own.place = first.ordinal as f32 / self.snapshot.acts[act].units.max(1) as f32;
        own
    }

    /// What has no words has a title, which stands for its only unit.
    fn own_by_title(&self, act: usize, own: &mut Own) {
        let scratch = self.scratch;
        [own.scores[0], own.scores[1]] = [own.scores[4], own.scores[5]];
        own.s1 = scratch.titles[0][act] + self.formula.pairs * scratch.titles[1][act];
        own.pairs = scratch.title_terms[act];
        own.best_cover = self.cover(1, own.pairs);
        // Which syllables stand in a title is not kept; the pairs tell it nearly.
        own.cover = own.best_cover;
        own.missing = 1.0 - own.cover;
        own.length = (1.0 + self.snapshot.acts[act].title_length as f32).ln();
    }
}

/// What one candidate has, whatever the others have.
#[derive(Default)]
struct Own {
    /// s g h hg t tg and the whole act's pairs, of units the best of each.
    scores: [f32; 7],
    s1: f32,
    top5: f32,
    s2_s1: f32,
    strong: f32,
    cover: f32,
    missing: f32,
    pairs: u64,
    best_cover: f32,
    heading_share: f32,
    best_heading_share: f32,
    heading_of_best: f32,
    length: f32,
    place: f32,
}

/// 1 where the question names this year, −1 where it names others, 0 where it names none or there is
/// none to name.
fn year_named(asked: &[u16], own: Option<u16>) -> f32 {
    match own {
        None => 0.0,
        _ if asked.is_empty() => 0.0,
        Some(own) if asked.contains(&own) => 1.0,
        Some(_) => -1.0,
    }
}
