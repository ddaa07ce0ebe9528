//! What a product rests on, and how that stands today. A leaflet whose basis has died must say so
//! before anyone prints it.

use super::Library;
use super::effects::ProvisionState;
use super::line::DocumentLine;
use super::relations::{FarEnd, revision};
use crate::Error;
use shelf_law::{Date, DocumentId, ProvisionId, RelationKind, ValidityState};
use shelf_store::{CatalogRow, StoredRelation};
use std::collections::{BTreeMap, HashMap};

/// How the basis of a product stands today; the worst of what it rests on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BasisState {
    /// Everything that it rests on is on the shelf, and no change of it is known.
    Ok,
    /// Something that it rests on is not on the shelf, or its state is not known.
    Unknown,
    /// Something that it rests on was, or may have been, amended.
    Changed,
    /// Something that it rests on has expired, was repealed or is suspended.
    Dead,
}

impl BasisState {
    /// The identifier used between programs.
    pub fn code(self) -> &'static str {
        match self {
            BasisState::Ok => "ok",
            BasisState::Unknown => "unknown",
            BasisState::Changed => "changed",
            BasisState::Dead => "dead",
        }
    }
}

/// What is known of bases on one day, so that a list costs no more than its first showing.
#[derive(Default)]
pub(crate) struct KnownBases {
    day: Option<Date>,
    products: HashMap<u64, Option<BasisState>>,
}

/// Products that somebody should look at before they are used.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct ChangedBases {
    /// How many there are.
    pub count: usize,
    /// The newest of them.
    pub newest: Vec<DocumentLine>,
}

/// A place that a product rests on, as it names it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Target {
    document: Option<u64>,
    number: Option<String>,
    provision: Option<ProvisionId>,
}

impl Target {
    fn of(stated: StoredRelation) -> Target {
        Target {
            document: stated.document,
            number: stated.number,
            provision: stated.provision,
        }
    }
}

impl Library {
    /// How the bases of these documents stand today, in their order; `None` for an act, for what is
    /// not on the shelf and for a product that names no basis.
    pub fn basis_states(&mut self, ids: &[DocumentId]) -> Result<Vec<Option<BasisState>>, Error> {
        self.prepare_relations();
        ids.iter()
            .map(|id| match self.catalog.get(id)? {
                Some(row) => self.basis_of(&row),
                None => Ok(None),
            })
            .collect()
    }

    /// The same for one row.
    pub(crate) fn basis_of(&mut self, row: &CatalogRow) -> Result<Option<BasisState>, Error> {
        if row.browse.product.is_none() || row.browse.withdrawn.is_some() {
            return Ok(None);
        }
        self.forget_yesterday();
        let key = row.browse.id.key();
        if let Some(known) = self.derived.bases.products.get(&key) {
            return Ok(*known);
        }
        // An index that is still being made says nothing of what it has not read.
        let current = self.derived.relations_are_current;
        if !current && !self.is_read(row)? {
            return Ok(Some(BasisState::Unknown));
        }
        let stated = self.with_relations(|index| index.stated(key, RelationKind::Basis))?;
        let mut worst = None;
        for basis in stated {
            worst = worst.max(Some(self.state_of_target(&Target::of(basis))?));
        }
        if current {
            self.derived.bases.products.insert(key, worst);
        }
        Ok(worst)
    }

    /// The products whose basis has died or may have changed. All products are looked at: what is not
    /// known yet of today costs one look at each product, and one at each place that any rests on.
    pub fn changed_bases(&mut self, most: usize) -> Result<ChangedBases, Error> {
        self.prepare_relations();
        self.read_facts()?;
        self.forget_yesterday();
        let mut products: Vec<(u64, Option<Date>)> = self.facts().map_or_else(Vec::new, |facts| {
            let there = facts.rows.iter().filter(|fact| !fact.withdrawn);
            let products = there.filter(|fact| fact.product.is_some());
            products.map(|fact| (fact.key, fact.issued)).collect()
        });
        let states = self.states_of_products(&products)?;
        products.retain(|(key, _)| {
            let state = states.get(key).copied().flatten();
            matches!(state, Some(BasisState::Dead | BasisState::Changed))
        });
        products.sort_by_key(|(key, day)| (std::cmp::Reverse(*day), *key));
        let mut newest = Vec::new();
        for (key, _) in products.iter().take(most) {
            if let Some(row) = self.catalog.by_key(*key)? {
                newest.push(self.line_with_basis(row)?);
            }
        }
        Ok(ChangedBases {
            count: products.len(),
            newest,
        })
    }

    fn states_of_products(
        &mut self,
        products: &[(u64, Option<Date>)],
    ) -> Result<HashMap<u64, Option<BasisState>>, Error> {
        let current = self.derived.relations_are_current;
        // What relations that lag behind say holds for no longer than the answer.
        let mut states = match current {
            true => self.derived.bases.products.clone(),
            false => HashMap::new(),
        };
        // In order of their targets, so that the effects on one act are worked out once.
        let mut resting: BTreeMap<Target, Vec<u64>> = BTreeMap::new();
        for (key, _) in products {
            if states.contains_key(key) {
                continue;
            }
            states.insert(*key, None);
            if !current
                && let Some(row) = self.catalog.by_key(*key)?
                && !self.is_read(&row)?
            {
                states.insert(*key, Some(BasisState::Unknown));
                continue;
            }
            for basis in self.with_relations(|index| index.stated(*key, RelationKind::Basis))? {
                resting.entry(Target::of(basis)).or_default().push(*key);
            }
        }
        for (target, products) in resting {
            let state = self.state_of_target(&target)?;
            for key in products {
                let worst = states.entry(key).or_default();
                *worst = (*worst).max(Some(state));
            }
        }
        if current {
            self.derived.bases.products.clone_from(&states);
        }
        Ok(states)
    }

    /// Whether the relations hold what this very text states.
    fn is_read(&mut self, row: &CatalogRow) -> Result<bool, Error> {
        let read = self.with_relations(|index| index.revision(row.browse.id.key()))?;
        Ok(read == revision(row))
    }

    fn forget_yesterday(&mut self) {
        let today = self.today();
        if self.derived.bases.day != Some(today) {
            self.derived.bases = KnownBases {
                day: Some(today),
                products: HashMap::new(),
            };
        }
    }

    fn state_of_target(&mut self, target: &Target) -> Result<BasisState, Error> {
        let act = match target.document {
            Some(key) => self.catalog.by_key(key)?,
            None => match self.far_end(None, target.number.as_deref())? {
                FarEnd::One(row) => Some(*row),
                FarEnd::Absent | FarEnd::Several => None,
            },
        };
        match act {
            Some(act) => self.state_as_basis(&act, target.provision.as_ref()),
            None => Ok(BasisState::Unknown),
        }
    }

    fn state_as_basis(
        &mut self,
        act: &CatalogRow,
        provision: Option<&ProvisionId>,
    ) -> Result<BasisState, Error> {
        if act.browse.withdrawn.is_some() {
            return Ok(BasisState::Unknown);
        }
        let state = act.browse.validity.on(self.today());
        if matches!(
            state,
            ValidityState::Expired | ValidityState::Suspended | ValidityState::NoLongerSuitable
        ) {
            return Ok(BasisState::Dead);
        }
        let effects = self.effects_on(act)?;
        Ok(match effects.state_of(provision) {
            ProvisionState::Repealed | ProvisionState::Suspended => BasisState::Dead,
            ProvisionState::Amended | ProvisionState::MayBeAmended => BasisState::Changed,
            ProvisionState::Unknown => BasisState::Unknown,
            ProvisionState::NoChangeKnown => BasisState::Ok,
        })
    }
}
