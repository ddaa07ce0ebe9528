//! What a library computes once and keeps while it is open.

use super::basis::KnownBases;
use super::effects::ActEffects;
use shelf_store::Relations;
use std::collections::VecDeque;
use std::sync::Arc;

/// Acts whose effects are kept: those of a list of products that rest on a few acts.
const KEPT: usize = 64;

/// Derived data of an open library. All of it belongs to one catalogue.
#[derive(Default)]
pub(crate) struct Derived {
    pub(crate) relations: Option<Relations>,
    pub(crate) relations_are_current: bool,
    pub(crate) bases: KnownBases,
    effects: VecDeque<Arc<ActEffects>>,
}

impl Derived {
    /// Forgets what may have been computed from an earlier state of the relations.
    pub(crate) fn forget(&mut self) {
        *self = Derived::default();
    }

    /// The effects on the act with this key, where they were computed on this day.
    pub(crate) fn effects(&self, key: u64, day: shelf_law::Date) -> Option<Arc<ActEffects>> {
        let known = self.effects.iter();
        let mut known = known.filter(|effects| effects.key == key && effects.day == day);
        known.next().map(Arc::clone)
    }

    /// Keeps what was computed, while the relations are those of the shelf.
    pub(crate) fn keep_effects(&mut self, effects: &Arc<ActEffects>) {
        if !self.relations_are_current {
            return;
        }
        if self.effects.len() >= KEPT {
            self.effects.pop_front();
        }
        self.effects.push_back(Arc::clone(effects));
    }
}
