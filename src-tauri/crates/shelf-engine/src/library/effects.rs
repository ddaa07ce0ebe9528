//! What other acts did to the provisions of an act, as far as the shelf knows it.
//!
//! Only the publisher's word about a named provision is certain. An act that was amended "somewhere",
//! or is partly expired, makes all its provisions ones that may have been amended; nothing here turns
//! silence into "unchanged for certain". While the relations lag behind the catalogue, silence says
//! nothing at all, and an act that has been received anew since may no longer say what it said.

use super::Library;
use super::relations::{number_key, revision};
use crate::Error;
use shelf_law::{Date, ProvisionId, RelationKind, Validity, ValidityState};
use shelf_store::CatalogRow;
use std::sync::Arc;

/// How a provision stands today. The order is that in which one outweighs another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum ProvisionState {
    /// No change of it is known on this shelf. Not a promise that there is none.
    #[default]
    NoChangeKnown,
    /// The state of the whole document is not known, or who changed it is still being read.
    Unknown,
    /// The act was changed without a word on which provision, or it is partly expired.
    MayBeAmended,
    /// It, or something in it, was amended, replaced or corrected.
    Amended,
    /// It is suspended.
    Suspended,
    /// It was repealed, or the whole act has expired.
    Repealed,
}

impl ProvisionState {
    /// The identifier used between programs.
    pub fn code(self) -> &'static str {
        match self {
            ProvisionState::NoChangeKnown => "no_change_known",
            ProvisionState::Unknown => "unknown",
            ProvisionState::MayBeAmended => "may_be_amended",
            ProvisionState::Amended => "amended",
            ProvisionState::Suspended => "suspended",
            ProvisionState::Repealed => "repealed",
        }
    }

    /// What this state of one part says of the Điều or khoản that it stands in.
    fn above(self) -> ProvisionState {
        match self {
            ProvisionState::Repealed | ProvisionState::Amended => ProvisionState::Amended,
            ProvisionState::Suspended | ProvisionState::MayBeAmended => {
                ProvisionState::MayBeAmended
            }
            state => state,
        }
    }

    /// What this state of a provision says of what stands in it: an amended Điều may have kept this
    /// khoản as it was.
    fn below(self) -> ProvisionState {
        match self {
            ProvisionState::Amended => ProvisionState::MayBeAmended,
            state => state,
        }
    }
}

/// The kinds of relation that change the far end.
pub(crate) const CHANGING: [RelationKind; 6] = [
    RelationKind::Amends,
    RelationKind::Replaces,
    RelationKind::Repeals,
    RelationKind::Corrects,
    RelationKind::Suspends,
    RelationKind::MovesPower,
];

/// Effects on one act that are looked at, for each kind.
const MOST: usize = 1000;

/// The effects on one act, on one day.
#[derive(Clone, Debug)]
pub(crate) struct ActEffects {
    pub(crate) key: u64,
    pub(crate) day: Date,
    /// What holds for each of its provisions.
    whole: ProvisionState,
    pub(crate) known: Vec<KnownEffect>,
}

/// One effect, before anything is read of the act that has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct KnownEffect {
    pub(crate) provision: Option<ProvisionId>,
    pub(crate) kind: RelationKind,
    pub(crate) certain: bool,
    pub(crate) by: u64,
    pub(crate) by_provision: Option<ProvisionId>,
    pub(crate) from: Option<Date>,
    pub(crate) quote: Option<String>,
    /// What it makes of the provision today.
    state: ProvisionState,
}

impl ActEffects {
    /// The state today of a provision, or of the act as a whole.
    pub(crate) fn state_of(&self, provision: Option<&ProvisionId>) -> ProvisionState {
        let touched = self.known.iter().filter_map(|effect| {
            let target = effect.provision.as_ref()?;
            Some(match provision {
                None => effect.state.above(),
                Some(asked) if asked == target => effect.state,
                Some(asked) if stands_in(asked, target) => effect.state.below(),
                Some(asked) if stands_in(target, asked) && can_be_changed(asked) => {
                    effect.state.above()
                }
                Some(_) => return None,
            })
        });
        touched.fold(self.whole, ProvisionState::max)
    }

    /// Whether something is said of this very provision, or of one in it.
    pub(crate) fn name(&self, provision: &ProvisionId) -> bool {
        let targets = self.known.iter().filter_map(|e| e.provision.as_ref());
        let mut named =
            targets.filter(|target| *target == provision || stands_in(target, provision));
        named.next().is_some()
    }
}

/// Whether a provision stands in another one.
pub(crate) fn stands_in(inner: &ProvisionId, outer: &ProvisionId) -> bool {
    inner
        .as_str()
        .strip_prefix(outer.as_str())
        .is_some_and(|rest| rest.starts_with('.'))
}

/// Whether a change of a part is one of the provision itself: of a Điều, not of a whole appendix.
fn can_be_changed(id: &ProvisionId) -> bool {
    let last = id.as_str().rsplit('.').next().unwrap_or_default();
    ["dieu_", "khoan_", "diem_", "muc_"]
        .iter()
        .any(|level| last.starts_with(level))
}

impl Library {
    /// The effects on an act, as of today.
    pub(crate) fn effects_on(&mut self, act: &CatalogRow) -> Result<Arc<ActEffects>, Error> {
        let today = self.today();
        let key = act.browse.id.key();
        if let Some(known) = self.derived.effects(key, today) {
            return Ok(known);
        }
        let number = number_key(&act.browse);
        // Where several acts share the number, what names only the number may mean another one.
        let shared = match &number {
            Some(number) => {
                let rows = self.catalog.by_number_key(number)?;
                rows.iter()
                    .filter(|row| row.browse.withdrawn.is_none())
                    .count()
                    > 1
            }
            None => false,
        };
        let current = self.derived.relations_are_current;
        let mut known = Vec::new();
        for kind in CHANGING {
            let towards = self
                .with_relations(|index| index.towards(key, number.as_deref(), kind, (0, MOST)))?;
            for relation in towards {
                let Some(acting) = self.catalog.by_key(relation.source)? else {
                    continue;
                };
                if relation.source == key {
                    continue;
                }
                // An act that left the shelf, perhaps by mistake, proves nothing; nor does its leaving.
                let certain = acting.browse.withdrawn.is_none()
                    && (current || revision(&acting) == Some(relation.revision))
                    && relation.provision.is_some()
                    && (relation.document.is_some() || !shared);
                let force = force(&acting.browse.validity, kind, today);
                let state = state_after(kind, relation.provision.is_some(), certain, force);
                known.push(KnownEffect {
                    provision: relation.provision,
                    kind,
                    certain,
                    by: relation.source,
                    by_provision: relation.from,
                    from: acting.browse.validity.effective,
                    quote: relation.quote,
                    state,
                });
            }
        }
        let whole = of_whole(act, &known, today).max(match current {
            true => ProvisionState::NoChangeKnown,
            false => ProvisionState::Unknown,
        });
        let effects = Arc::new(ActEffects {
            key,
            day: today,
            whole,
            known,
        });
        self.derived.keep_effects(&effects);
        Ok(effects)
    }
}

/// Whether an act that has an effect has it today.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Force {
    Yes,
    NotYet,
    /// It is not known since when, or whether, it applies.
    Unknown,
    /// It had it once, and no longer.
    Over,
}

fn force(acting: &Validity, kind: RelationKind, today: Date) -> Force {
    use ValidityState::{Expired, NoLongerSuitable, NotYet, Suspended, Unknown};
    let begun = acting.effective.map(|day| day <= today);
    match acting.on(today) {
        NotYet => Force::NotYet,
        _ if begun == Some(false) => Force::NotYet,
        Suspended => Force::Unknown,
        // What an act repealed stays repealed when that act has expired; a suspension ends with it.
        Expired | NoLongerSuitable if kind == RelationKind::Suspends => Force::Over,
        Unknown if begun.is_none() => Force::Unknown,
        _ => Force::Yes,
    }
}

fn state_after(kind: RelationKind, named: bool, certain: bool, force: Force) -> ProvisionState {
    match force {
        Force::NotYet | Force::Over => return ProvisionState::NoChangeKnown,
        Force::Yes | Force::Unknown => {}
    }
    match kind {
        // A moved power changes no word; and said of a whole act, it says nothing of a provision.
        RelationKind::MovesPower if !named => ProvisionState::NoChangeKnown,
        RelationKind::MovesPower => ProvisionState::MayBeAmended,
        _ if !certain || force == Force::Unknown => ProvisionState::MayBeAmended,
        RelationKind::Repeals => ProvisionState::Repealed,
        RelationKind::Suspends => ProvisionState::Suspended,
        _ => ProvisionState::Amended,
    }
}

/// What holds for every provision of an act.
fn of_whole(act: &CatalogRow, known: &[KnownEffect], today: Date) -> ProvisionState {
    use ValidityState::{
        Expired, InForce, NoLongerSuitable, NotYet, PartlyExpired, PartlySuspended, Suspended,
        Unknown,
    };
    let says_which = |effect: &KnownEffect| {
        effect.kind == RelationKind::Suspends && effect.provision.is_some() && effect.certain
    };
    let own = match act.browse.validity.on(today) {
        Expired => ProvisionState::Repealed,
        Suspended => ProvisionState::Suspended,
        PartlyExpired => ProvisionState::MayBeAmended,
        PartlySuspended if !known.iter().any(says_which) => ProvisionState::MayBeAmended,
        // Material made to spread the law has no validity of its own.
        Unknown if act.browse.product.is_some() => ProvisionState::NoChangeKnown,
        Unknown | NoLongerSuitable => ProvisionState::Unknown,
        InForce | NotYet | PartlySuspended => ProvisionState::NoChangeKnown,
    };
    let of_act = known.iter().filter(|effect| effect.provision.is_none());
    of_act
        .map(|effect| effect.state)
        .fold(own, ProvisionState::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> ProvisionId {
        text.parse().unwrap()
    }

    fn effects(whole: ProvisionState, on: &[(&str, ProvisionState)]) -> ActEffects {
        ActEffects {
            key: 1,
            day: "2026-07-01".parse().unwrap(),
            whole,
            known: on
                .iter()
                .map(|(provision, state)| KnownEffect {
                    provision: Some(id(provision)),
                    kind: RelationKind::Amends,
                    certain: true,
                    by: 2,
                    by_provision: None,
                    from: None,
                    quote: None,
                    state: *state,
                })
                .collect(),
        }
    }

    #[test]
    fn a_change_of_a_clause_is_one_of_its_article_and_of_no_other() {
        use ProvisionState::*;
        let effects = effects(
            NoChangeKnown,
            &[("dieu_6.khoan_2", Amended), ("kemtheo_1.dieu_9", Suspended)],
        );
        let state = |text| effects.state_of(Some(&id(text)));
        assert_eq!(state("dieu_6.khoan_2"), Amended);
        assert_eq!(state("dieu_6"), Amended);
        assert_eq!(state("dieu_6.khoan_1"), NoChangeKnown);
        assert_eq!(
            state("dieu_60"),
            NoChangeKnown,
            "a longer number is another Điều"
        );
        assert_eq!(
            state("dieu_6.khoan_2.diem_a"),
            MayBeAmended,
            "which of its words were changed is not known"
        );
        assert_eq!(state("kemtheo_1.dieu_9.khoan_1"), Suspended);
        assert_eq!(
            state("kemtheo_1"),
            NoChangeKnown,
            "not the whole regulation"
        );
        assert_eq!(effects.state_of(None), Amended);
    }

    #[test]
    fn an_effect_holds_from_its_first_day_and_a_suspension_ends_with_its_act() {
        let day = |text: &str| text.parse::<Date>().ok();
        let validity = |state, effective: &str| Validity {
            state,
            effective: day(effective),
            ..Validity::default()
        };
        let today = day("2026-07-01").unwrap();
        let on = |validity: &Validity, kind| force(validity, kind, today);
        use RelationKind::{Amends, Repeals, Suspends};
        use ValidityState::*;
        assert_eq!(on(&validity(InForce, "2026-07-01"), Amends), Force::Yes);
        assert_eq!(on(&validity(InForce, "2026-07-02"), Amends), Force::NotYet);
        assert_eq!(on(&validity(NotYet, ""), Amends), Force::NotYet);
        assert_eq!(on(&validity(Unknown, ""), Amends), Force::Unknown);
        assert_eq!(on(&validity(Expired, "2020-01-01"), Repeals), Force::Yes);
        assert_eq!(on(&validity(Expired, "2020-01-01"), Suspends), Force::Over);
        assert_eq!(
            state_after(Amends, true, true, Force::Unknown),
            ProvisionState::MayBeAmended
        );
        assert_eq!(
            state_after(Repeals, false, false, Force::Yes),
            ProvisionState::MayBeAmended,
            "a whole act: its own state tells"
        );
    }
}
