//! Ways in which people write one citation.

mod names;
mod numbers;
mod places;

use super::corpus::{Act, Number, Place};
use crate::faults::Random;
pub(super) use names::NAMES;
pub(super) use numbers::NUMBERS;
pub(super) use places::{ORDERS, PLACES};

/// What of the act a query says; the rest is left open.
#[derive(Clone, Default)]
pub(super) struct Said {
    pub(super) kind: bool,
    /// A year that belongs to the number.
    pub(super) year: Option<String>,
    pub(super) code: bool,
    pub(super) name: bool,
    /// A year named beside: of issue or effect.
    pub(super) year_beside: Option<String>,
    /// The day of issue.
    pub(super) day: bool,
}

/// The words for an act, and what they say.
type Spelt = Option<(String, Said)>;

/// One way to write an act.
pub(super) struct ActWay {
    pub(super) name: &'static str,
    pub(super) spell: fn(&Act, &Number) -> Spelt,
}

/// One way to write a place.
pub(super) struct PlaceWay {
    pub(super) name: &'static str,
    pub(super) spell: fn(&Place) -> String,
}

/// One way to put place and act together.
pub(super) struct Order {
    pub(super) name: &'static str,
    pub(super) join: fn(&str, &str) -> String,
}

fn full(number: &Number) -> Said {
    Said {
        year: number.year.clone(),
        code: true,
        ..Said::default()
    }
}

fn full_of_kind(number: &Number) -> Said {
    Said {
        kind: true,
        ..full(number)
    }
}

fn written(n: &Number) -> String {
    match &n.year {
        Some(year) => format!("{}/{year}/{}", n.sequence, n.code),
        None => format!("{}/{}", n.sequence, n.code),
    }
}

/// The act's ways that leave no doubt, for trying the ways of places and orders.
pub(super) fn plain_act(act: &Act, number: &Number, random: &mut Random) -> (String, Said) {
    let sure = [0, 1, 2, 3, 4, 16];
    let spelt = (NUMBERS[sure[random.below(sure.len())]].spell)(act, number);
    spelt.unwrap_or_else(|| (written(number), full(number)))
}

/// A number as its act writes it.
pub(super) fn as_written(number: &Number) -> String {
    written(number)
}
