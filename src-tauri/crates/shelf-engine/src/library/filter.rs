//! Filters of searches and lists, and the counts beside them.

use super::facts::{Fact, Facts, NO_NAME, NameId, Names};
use super::territory::Territory;
use serde::Serialize;
use shelf_law::{Product, ValidityState, collate};
use std::cmp::Reverse;
use std::collections::HashMap;

/// Values that a facet lists at most.
const MOST_VALUES: usize = 60;

/// What to let through. An empty list lets everything through.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Filters {
    /// States today; empty means all but [`ValidityState::Expired`], unless `show_expired`.
    pub states: Vec<ValidityState>,
    /// Whether an empty `states` means all states.
    pub show_expired: bool,
    /// Kinds, in the publisher's words.
    pub kinds: Vec<String>,
    /// Products.
    pub products: Vec<Product>,
    /// Lĩnh vực.
    pub topics: Vec<String>,
    /// Issuers.
    pub issuers: Vec<String>,
    /// First year of issue; a document without a day of issue is in no year.
    pub year_from: Option<i16>,
    /// Last year of issue.
    pub year_to: Option<i16>,
    /// Only what can be read on this machine.
    pub here_only: bool,
    /// Only what holds where the reader stands.
    pub territory: Option<Territory>,
}

/// How many documents have each value, the other filters kept.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Facets {
    /// Codes of states, in their own order.
    pub states: Vec<Count>,
    /// Kinds, the most frequent first.
    pub kinds: Vec<Count>,
    /// Codes of products, the most frequent first.
    pub products: Vec<Count>,
    /// Lĩnh vực, the most frequent first.
    pub topics: Vec<Count>,
    /// Issuers, the most frequent first.
    pub issuers: Vec<Count>,
    /// Years of issue, the newest first.
    pub years: Vec<Count>,
}

/// A value and how many documents have it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Count {
    /// The value, as a filter takes it.
    pub value: String,
    /// Documents.
    pub count: usize,
}

/// A filter that a document may fail, as a bit.
pub(super) const STATE: u8 = 1;
const KIND: u8 = 2;
const PRODUCT: u8 = 4;
const TOPIC: u8 = 8;
const ISSUER: u8 = 16;
const YEAR: u8 = 32;
/// Withdrawn, elsewhere or of another place: nothing that a facet would bring back.
const OUT: u8 = 64;

/// Filters made ready for one catalogue.
pub(super) struct Sieve<'a> {
    filters: &'a Filters,
    kinds: Vec<NameId>,
    topics: Vec<NameId>,
    issuers: Vec<NameId>,
    covering: Option<Vec<bool>>,
    withdrawn: bool,
}

impl<'a> Sieve<'a> {
    pub(super) fn new(filters: &'a Filters, facts: &Facts) -> Sieve<'a> {
        let ids = |asked: &[String], names: &Names| -> Vec<NameId> {
            // A name that no document has stays a filter: it lets nothing through.
            let unknown = NO_NAME - 1;
            let found = |name: &String| names.find(name).unwrap_or(unknown);
            asked.iter().map(found).collect()
        };
        let territory = filters.territory.as_ref().filter(|t| !t.is_unset());
        Sieve {
            kinds: ids(&filters.kinds, &facts.kinds),
            topics: ids(&filters.topics, &facts.topics),
            issuers: ids(&filters.issuers, &facts.issuers),
            covering: territory.map(|territory| facts.covering(territory)),
            withdrawn: false,
            filters,
        }
    }

    /// Lets through what was withdrawn, and nothing else.
    pub(super) fn withdrawn(self) -> Sieve<'a> {
        Sieve {
            withdrawn: true,
            ..self
        }
    }

    /// The filters that a document fails; 0 where it passes.
    pub(super) fn failed(&self, fact: &Fact) -> u8 {
        let filters = self.filters;
        let within = |asked: &[NameId], own: NameId| asked.is_empty() || asked.contains(&own);
        let mut failed = 0;
        let mut fail = |passes: bool, bit: u8| {
            if !passes {
                failed |= bit;
            }
        };
        let covered = match &self.covering {
            Some(covering) => covering.get(fact.units as usize).copied().unwrap_or(true),
            None => true,
        };
        fail(
            fact.withdrawn == self.withdrawn && covered && (fact.here || !filters.here_only),
            OUT,
        );
        let state = match filters.states.is_empty() {
            // What was withdrawn is listed whatever its state was.
            true => filters.show_expired || self.withdrawn || fact.state != ValidityState::Expired,
            false => filters.states.contains(&fact.state),
        };
        fail(state, STATE);
        fail(within(&self.kinds, fact.kind), KIND);
        fail(within(&self.topics, fact.topic), TOPIC);
        fail(within(&self.issuers, fact.issuer), ISSUER);
        let products = &filters.products;
        let product = fact.product.is_some_and(|own| products.contains(&own));
        fail(products.is_empty() || product, PRODUCT);
        let (from, to) = (filters.year_from, filters.year_to);
        if from.is_some() || to.is_some() {
            let year = fact.issued.map(shelf_law::Date::year);
            let inside =
                |year| from.is_none_or(|from| from <= year) && to.is_none_or(|to| year <= to);
            fail(year.is_some_and(inside), YEAR);
        }
        failed
    }

    /// Whether the only thing against a document is that it expired and nobody asked for such.
    pub(super) fn hides_as_expired(&self, failed: u8, fact: &Fact) -> bool {
        failed == STATE && self.filters.states.is_empty() && fact.state == ValidityState::Expired
    }
}

/// Whether a document fails at most one filter: then it counts in the facet of that one.
pub(super) fn counts_in_facets(failed: u8) -> bool {
    failed & OUT == 0 && failed.count_ones() <= 1
}

/// Counts values of documents.
#[derive(Default)]
pub(super) struct FacetCounter {
    states: HashMap<ValidityState, usize>,
    kinds: HashMap<NameId, usize>,
    products: HashMap<Product, usize>,
    topics: HashMap<NameId, usize>,
    issuers: HashMap<NameId, usize>,
    years: HashMap<i16, usize>,
}

impl FacetCounter {
    /// Counts a document that fails these filters.
    pub(super) fn add(&mut self, fact: &Fact, failed: u8) {
        if !counts_in_facets(failed) {
            return;
        }
        let open = |bit: u8| failed & !bit == 0;
        if open(STATE) {
            *self.states.entry(fact.state).or_default() += 1;
        }
        for (bit, id, counts) in [
            (KIND, fact.kind, &mut self.kinds),
            (TOPIC, fact.topic, &mut self.topics),
            (ISSUER, fact.issuer, &mut self.issuers),
        ] {
            if open(bit) && id != NO_NAME {
                *counts.entry(id).or_default() += 1;
            }
        }
        if let Some(product) = fact.product.filter(|_| open(PRODUCT)) {
            *self.products.entry(product).or_default() += 1;
        }
        if let Some(day) = fact.issued.filter(|_| open(YEAR)) {
            *self.years.entry(day.year()).or_default() += 1;
        }
    }

    pub(super) fn finish(self, facts: &Facts) -> Facets {
        let states = ValidityState::ALL.into_iter().filter_map(|state| {
            let count = *self.states.get(&state)?;
            Some(Count::new(state.code(), count))
        });
        let products = Product::ALL.into_iter().filter_map(|(product, code, _)| {
            let count = *self.products.get(&product)?;
            Some(Count::new(code, count))
        });
        let mut products: Vec<Count> = products.collect();
        products.sort_by_key(|counted| Reverse(counted.count));
        let mut years: Vec<(i16, usize)> = self.years.into_iter().collect();
        years.sort_by_key(|(year, _)| Reverse(*year));
        let years = years.into_iter();
        Facets {
            states: states.collect(),
            kinds: most_frequent(&self.kinds, &facts.kinds),
            products,
            topics: most_frequent(&self.topics, &facts.topics),
            issuers: most_frequent(&self.issuers, &facts.issuers),
            years: years
                .map(|(year, count)| Count::new(&year.to_string(), count))
                .collect(),
        }
    }
}

impl Count {
    fn new(value: &str, count: usize) -> Count {
        Count {
            value: value.to_string(),
            count,
        }
    }
}

/// The most frequent names first, equal ones as a dictionary has them.
fn most_frequent(counts: &HashMap<NameId, usize>, names: &Names) -> Vec<Count> {
    let named = counts.iter().filter_map(|(id, count)| {
        let name = names.get(*id)?;
        Some((Reverse(*count), collate::SortKey::of(name), name))
    });
    let mut named: Vec<_> = named.collect();
    named.sort();
    named.truncate(MOST_VALUES);
    let named = named.into_iter();
    named
        .map(|(count, _, name)| Count::new(name, count.0))
        .collect()
}
