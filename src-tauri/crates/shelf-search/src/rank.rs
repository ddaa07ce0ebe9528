//! The two stages: formula F over everything, the model over the best of it.

use crate::features::{ACT_FEATURES, ActCandidate, Features, UnitCandidate, without_priors};
use crate::model::ActModel;
use crate::pass;
use crate::query::Query;
use crate::ranking::Ranking;
use crate::scratch::Scratch;
use crate::snapshot::{NO_ACT, Snapshot};
use crate::survey::{Ranked, Survey};
use crate::top::{Candidate, Top};
use std::io;

/// How many of the best acts of the state say what what is local gets.
const EVEN_WITH: usize = 3;
/// Documents of the products that a question names, which are looked at besides the best of all.
const NAMED: usize = 20;

/// What to search for besides the words.
pub struct SearchOptions<'a> {
    /// Most hits to return.
    pub limit: usize,
    /// `false`: one hit per document. `true`: one hit per unit, ranked by the unit's own score and
    /// its document's title.
    pub per_unit: bool,
    /// Most units to list in a hit that stands for a document.
    pub units_per_hit: usize,
    /// Which documents may be found, by key; `None` means all.
    pub filter: Option<&'a dyn Fn(u64) -> bool>,
    /// The formula and the models.
    pub ranking: Ranking,
    /// Whether the models order what the formula found; `false` leaves its order.
    pub second_stage: bool,
}

impl Default for SearchOptions<'_> {
    fn default() -> Self {
        SearchOptions {
            limit: 10,
            per_unit: false,
            units_per_hit: 10,
            filter: None,
            ranking: Ranking::default(),
            second_stage: true,
        }
    }
}

/// A document, or one unit of it, that answers a question.
#[derive(Clone, PartialEq, Debug)]
pub struct Hit {
    /// The document's key.
    pub key: u64,
    /// The score by which hits are ranked; higher is better, and it compares within one list only.
    pub score: f32,
    /// Ordinals and scores of its units, best first. Empty where only the title answers.
    pub units: Vec<(u32, f32)>,
}

/// Scores every unit and act against the question and returns the best, and the documents that a
/// survey asks for besides.
pub(crate) fn search(
    snapshot: &Snapshot,
    scratch: &mut Scratch,
    query: &Query,
    options: &SearchOptions<'_>,
    survey: Option<&Survey<'_>>,
) -> io::Result<(Vec<Hit>, Vec<Ranked>)> {
    let formula = &options.ranking.formula;
    pass::run(snapshot, scratch, query, formula)?;
    let surveyed = survey.map(|survey| survey.of(snapshot, |act| scratch.act_score(act, formula)));
    let search = Search {
        features: Features::new(snapshot, scratch, query, formula),
        snapshot,
        options,
    };
    let hits = if options.per_unit {
        search.units()
    } else {
        search.acts()
    };
    Ok((hits, surveyed.unwrap_or_default()))
}

/// Shows what the pass found to `at`, without ranking anything.
pub(crate) fn look<T>(
    snapshot: &Snapshot,
    scratch: &mut Scratch,
    query: &Query,
    options: &SearchOptions<'_>,
    at: impl FnOnce(&Search<'_>) -> T,
) -> io::Result<T> {
    let formula = &options.ranking.formula;
    pass::run(snapshot, scratch, query, formula)?;
    Ok(at(&Search {
        features: Features::new(snapshot, scratch, query, formula),
        snapshot,
        options,
    }))
}

/// The features of the best units, by document and ordinal.
pub(crate) type UnitRows = Vec<((u64, u32), Vec<f32>)>;

pub(crate) struct Search<'a> {
    pub(crate) features: Features<'a>,
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) options: &'a SearchOptions<'a>,
}

impl Search<'_> {
    pub(crate) fn act_rows(&self, limit: usize) -> Vec<(u64, Vec<f32>)> {
        let chosen = self.best_acts(limit);
        let rows = self.features.of_acts(&chosen);
        let keys = chosen.iter().map(|c| self.snapshot.keys[c.act]);
        keys.zip(rows.iter().map(|row| row.to_vec())).collect()
    }

    pub(crate) fn unit_rows(&self, limit: usize) -> UnitRows {
        let chosen = self.best_units(limit);
        let rows = self.features.of_units(&chosen);
        let names = chosen
            .iter()
            .map(|(act, unit)| (self.snapshot.keys[*act], unit.ordinal));
        names.zip(rows.iter().map(|row| row.to_vec())).collect()
    }

    fn acts(&self) -> Vec<Hit> {
        let options = self.options;
        let model = options.ranking.model.acts.as_ref();
        let model = model.filter(|_| options.second_stage && options.limit > 0);
        let limit = model.map_or(0, |model| model.candidates);
        let mut chosen = self.best_acts(options.limit.max(limit));
        if let Some(model) = model {
            // What stands below the candidates stays below them, save the products that are named.
            let best = chosen.len().min(model.candidates);
            let named = |c: &ActCandidate| self.is_named(c.act);
            chosen[best..].sort_by_key(|candidate| !named(candidate));
            let besides = chosen[best..].iter().take_while(|c| named(c));
            let ordered = best + besides.take(NAMED).count();
            let rows = self.features.of_acts(&chosen[..ordered]);
            let mut scores: Vec<f32> = rows.iter().map(|row| model.score(row)).collect();
            let acts = chosen.iter().map(|candidate| candidate.act);
            self.make_even(&mut scores, model, &rows, acts.clone());
            self.hold_headings(&mut scores, acts);
            let least = scores.iter().copied().fold(f32::INFINITY, f32::min);
            let below = chosen[ordered..].iter();
            let top = chosen.first().map_or(1.0, |c| c.score.max(1e-3));
            scores.extend(below.map(|c| least - 1.0 + c.score / top - 1.0));
            for (candidate, score) in chosen.iter_mut().zip(scores) {
                candidate.score = score;
            }
            let key = |c: &ActCandidate| self.snapshot.keys[c.act];
            chosen.sort_by(|a, b| b.score.total_cmp(&a.score).then(key(a).cmp(&key(b))));
            chosen.truncate(options.limit);
        }
        let hits = chosen.into_iter();
        hits.map(|candidate| Hit {
            key: self.snapshot.keys[candidate.act],
            score: candidate.score,
            units: self.units_of(candidate),
        })
        .collect()
    }

    /// Gives what is local as much as the acts of the state that stand best get for what is known of
    /// them besides their words. Of what is local nothing is known; counted as an act like the mean of
    /// all, it would stand below each act that people often ask for, whatever the words say.
    fn make_even(
        &self,
        scores: &mut [f32],
        model: &ActModel,
        rows: &[[f32; ACT_FEATURES.len()]],
        acts: impl Iterator<Item = usize> + Clone,
    ) {
        let facts = acts.map(|act| self.snapshot.acts[act].facts);
        let places = facts.enumerate().take(scores.len());
        let local = places.clone();
        let local: Vec<usize> = local
            .filter_map(|(at, facts)| facts.local.then_some(at))
            .collect();
        if local.is_empty() {
            return;
        }
        let mut national: Vec<usize> = places
            .filter_map(|(at, facts)| facts.national.then_some(at))
            .collect();
        national.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]));
        national.truncate(EVEN_WITH);
        let parts = national
            .iter()
            .map(|at| scores[*at] - model.score(&without_priors(&rows[*at])));
        let mean = parts.sum::<f32>() / national.len().max(1) as f32;
        for at in local {
            scores[at] += mean.max(0.0);
        }
    }

    /// Leaves what is known by headings only at the place that the formula gives it: the model
    /// learned from texts. The texts keep their order, the others come to stand between.
    fn hold_headings(&self, scores: &mut [f32], acts: impl Iterator<Item = usize>) {
        let acts: Vec<usize> = acts.take(scores.len()).collect();
        let is_held = |act: usize| self.snapshot.acts[act].facts.headings_only;
        let mut texts: Vec<usize> = (0..acts.len()).filter(|at| !is_held(acts[*at])).collect();
        let key = |at: usize| self.snapshot.keys[acts[at]];
        texts.sort_by(|a, b| {
            let better = scores[*b].total_cmp(&scores[*a]);
            better.then(key(*a).cmp(&key(*b)))
        });
        // What stands first has a place below this and above the best text.
        let best = texts.first().map_or(0.0, |best| scores[*best]);
        let (mut above, mut below_held) = (best.next_up().next_up(), false);
        let mut texts = texts.into_iter();
        for (at, act) in acts.iter().enumerate() {
            if is_held(*act) {
                above = above.next_down();
                scores[at] = above;
                below_held = true;
            } else if let Some(text) = texts.next() {
                // Texts of one score stand together; one below what is held has a lower score.
                let most = if below_held { above.next_down() } else { above };
                above = scores[text].min(most);
                scores[text] = above;
                below_held = false;
            }
        }
    }

    /// The units of an act that answer, the best ones first.
    fn units_of(&self, candidate: ActCandidate) -> Vec<(u32, f32)> {
        let options = self.options;
        let mut units = candidate.units;
        let model = options.ranking.model.units.as_ref();
        if let Some(model) = model.filter(|_| options.second_stage && units.len() > 1) {
            let ordered = units.len().min(model.candidates);
            let chosen: Vec<(usize, UnitCandidate)> = units[..ordered]
                .iter()
                .map(|u| (candidate.act, *u))
                .collect();
            let rows = self.features.of_units(&chosen);
            let mut scored: Vec<(f32, UnitCandidate)> = rows
                .iter()
                .zip(&units)
                .map(|(row, unit)| (model.score(row), *unit))
                .collect();
            scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.ordinal.cmp(&b.1.ordinal)));
            units.truncate(ordered);
            for (unit, (_, ordered)) in units.iter_mut().zip(scored) {
                *unit = ordered;
            }
        }
        units.truncate(options.units_per_hit);
        units
            .iter()
            .map(|unit| (unit.ordinal, unit.score))
            .collect()
    }

    /// Whether a document is of a product that the question names.
    fn is_named(&self, act: usize) -> bool {
        let product = self.snapshot.acts[act].facts.product;
        product.is_some_and(|product| self.features.query.products.contains(&product))
    }

    /// The acts that formula F puts first, with their units; below them the best of the products
    /// that the question names.
    pub(crate) fn best_acts(&self, limit: usize) -> Vec<ActCandidate> {
        let (snapshot, scratch) = (self.snapshot, self.features.scratch);
        let (mut top, mut named) = (Top::new(limit), Top::new(NAMED.min(limit)));
        for (act, key) in snapshot.keys.iter().enumerate() {
            let score = scratch.act_score(act, self.features.formula);
            let is_named = self.is_named(act);
            let admitted = top.admits(score) || is_named && named.admits(score);
            if score > 0.0 && admitted && self.options.filter.is_none_or(|keep| keep(*key)) {
                let candidate = Candidate {
                    score,
                    key: *key,
                    ordinal: 0,
                    place: act as u32,
                };
                if is_named {
                    named.push(candidate);
                }
                top.push(candidate);
            }
        }
        let mut found = top.finish();
        for candidate in named.finish() {
            if !found.iter().any(|other| other.place == candidate.place) {
                found.push(candidate);
            }
        }
        let mut chosen: Vec<ActCandidate> = found
            .iter()
            .map(|candidate| ActCandidate {
                act: candidate.place as usize,
                score: candidate.score,
                units: Vec::new(),
            })
            .collect();
        let mut places = vec![u32::MAX; snapshot.keys.len()];
        for (place, candidate) in (0..).zip(&chosen) {
            places[candidate.act] = place;
        }
        for run in &snapshot.runs {
            if let Some(candidate) = chosen.get_mut(places[run.act] as usize) {
                let units = run
                    .docs
                    .clone()
                    .filter_map(|doc| self.unit(run.segment, doc));
                candidate.units.extend(units);
            }
        }
        for candidate in &mut chosen {
            let order = |a: &UnitCandidate, b: &UnitCandidate| {
                b.score.total_cmp(&a.score).then(a.ordinal.cmp(&b.ordinal))
            };
            candidate.units.sort_unstable_by(order);
        }
        chosen
    }

    /// A unit, where it says anything of the question.
    fn unit(&self, segment: usize, doc: u32) -> Option<UnitCandidate> {
        let at = &self.snapshot.segments[segment];
        let place = at.base + doc as usize;
        let score = self.features.scratch.unit_scores[place];
        (score > 0.0).then(|| UnitCandidate {
            place,
            segment,
            doc,
            ordinal: at.ordinal(doc),
            score,
        })
    }

    fn units(&self) -> Vec<Hit> {
        let options = self.options;
        let model = options.ranking.model.units.as_ref();
        let model = model.filter(|_| options.second_stage && options.limit > 0);
        let limit = model.map_or(0, |model| model.candidates);
        let mut chosen = self.best_units(options.limit.max(limit));
        if let Some(model) = model {
            let ordered = chosen.len().min(model.candidates);
            let rows = self.features.of_units(&chosen[..ordered]);
            let mut scores: Vec<f32> = rows.iter().map(|row| model.score(row)).collect();
            self.hold_headings(&mut scores, chosen.iter().map(|(act, _)| *act));
            let least = scores.iter().copied().fold(f32::INFINITY, f32::min);
            let top = chosen.first().map_or(1.0, |(_, unit)| unit.score.max(1e-3));
            let below = chosen[ordered..].iter();
            scores.extend(below.map(|(_, unit)| least - 2.0 + unit.score / top));
            for ((_, unit), score) in chosen.iter_mut().zip(scores) {
                unit.score = score;
            }
            chosen.sort_by(|(a, x), (b, y)| {
                let keys = self.snapshot.keys[*a].cmp(&self.snapshot.keys[*b]);
                y.score
                    .total_cmp(&x.score)
                    .then(keys)
                    .then(x.ordinal.cmp(&y.ordinal))
            });
            chosen.truncate(options.limit);
        }
        let hits = chosen.into_iter();
        hits.map(|(act, unit)| Hit {
            key: self.snapshot.keys[act],
            score: unit.score,
            units: vec![(unit.ordinal, unit.score)],
        })
        .collect()
    }

    /// The units that formula F puts first, with their acts; their scores count the title.
    pub(crate) fn best_units(&self, limit: usize) -> Vec<(usize, UnitCandidate)> {
        let (snapshot, scratch) = (self.snapshot, self.features.scratch);
        let formula = self.features.formula;
        let filter = self.options.filter;
        let allowed: Option<Vec<bool>> =
            filter.map(|keep| snapshot.keys.iter().map(|key| keep(*key)).collect());
        let mut top = Top::new(limit);
        for segment in &snapshot.segments {
            for (doc, act) in (0..).zip(&segment.acts) {
                let unit_score = scratch.unit_scores[segment.base + doc as usize];
                if unit_score <= 0.0 || *act == NO_ACT {
                    continue;
                }
                let act = *act as usize;
                let score = unit_score + scratch.act_part(act, formula.whole_of_unit, formula);
                if top.admits(score) && allowed.as_ref().is_none_or(|allowed| allowed[act]) {
                    top.push(Candidate {
                        score,
                        key: snapshot.keys[act],
                        ordinal: segment.ordinal(doc),
                        place: (segment.base + doc as usize) as u32,
                    });
                }
            }
        }
        let chosen = top.finish();
        chosen
            .iter()
            .filter_map(|candidate| {
                let place = candidate.place as usize;
                let segments = snapshot.segments.iter();
                let segment = segments
                    .take_while(|s| s.base <= place)
                    .count()
                    .checked_sub(1)?;
                let doc = place - snapshot.segments[segment].base;
                let act = snapshot.segments[segment].acts[doc] as usize;
                let unit = UnitCandidate {
                    place,
                    segment,
                    doc: doc as u32,
                    ordinal: candidate.ordinal,
                    score: candidate.score,
                };
                Some((act, unit))
            })
            .collect()
    }
}
