//! What a product rests on, and how that stands today. A leaflet whose basis has died must say so
//! before anyone prints it.

use super::Library;
use super::effects::ProvisionState;
use super::relations::{FarEnd, revision};
use crate::Error;
use shelf_law::{Date, DocumentId, ProvisionId, RelationKind, ValidityState};
use shelf_store::CatalogRow;
use std::collections::HashMap;

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
        let today = self.today();
        if self.derived.bases.day != Some(today) {
            self.derived.bases = KnownBases {
                day: Some(today),
                products: HashMap::new(),
            };
        }
        let key = row.browse.id.key();
        if let Some(known) = self.derived.bases.products.get(&key) {
            return Ok(*known);
        }
        // An index that is still being made says nothing of what it has not read.
        let current = self.derived.relations_are_current;
        if !current && self.with_relations(|index| index.revision(key))? != revision(row) {
            return Ok(Some(BasisState::Unknown));
        }
        let stated = self.with_relations(|index| index.stated(key, RelationKind::Basis))?;
        let mut worst = None;
        for basis in stated {
            let state = match basis.document {
                Some(document) => match self.catalog.by_key(document)? {
                    Some(row) => self.state_as_basis(&row, basis.provision.as_ref())?,
                    None => BasisState::Unknown,
                },
                None => {
                    let number = basis.number.as_deref();
                    match self.far_end(None, number)? {
                        FarEnd::One(row) => self.state_as_basis(&row, basis.provision.as_ref())?,
                        FarEnd::Absent | FarEnd::Several => BasisState::Unknown,
                    }
                }
            };
            worst = worst.max(Some(state));
        }
        if current {
            self.derived.bases.products.insert(key, worst);
        }
        Ok(worst)
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
