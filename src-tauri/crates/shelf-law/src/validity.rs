//! Validity (tình trạng hiệu lực): a claim about the past that carries the day of its check.

use crate::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The eight states of a document or provision.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum ValidityState {
    /// Chưa có hiệu lực.
    NotYet,
    /// Còn hiệu lực.
    InForce,
    /// Hết hiệu lực một phần.
    PartlyExpired,
    /// Hết hiệu lực toàn bộ.
    Expired,
    /// Ngưng hiệu lực (toàn bộ).
    Suspended,
    /// Ngưng hiệu lực một phần.
    PartlySuspended,
    /// Không còn phù hợp.
    NoLongerSuitable,
    /// Chưa xác định.
    #[default]
    Unknown,
}

impl ValidityState {
    /// All states, in the order in which they are listed to a reader.
    pub const ALL: [ValidityState; 8] = [
        ValidityState::NotYet,
        ValidityState::InForce,
        ValidityState::PartlyExpired,
        ValidityState::Expired,
        ValidityState::Suspended,
        ValidityState::PartlySuspended,
        ValidityState::NoLongerSuitable,
        ValidityState::Unknown,
    ];

    /// The identifier used in files and on the command line.
    pub fn code(self) -> &'static str {
        match self {
            ValidityState::NotYet => "not_yet",
            ValidityState::InForce => "in_force",
            ValidityState::PartlyExpired => "partly_expired",
            ValidityState::Expired => "expired",
            ValidityState::Suspended => "suspended",
            ValidityState::PartlySuspended => "partly_suspended",
            ValidityState::NoLongerSuitable => "no_longer_suitable",
            ValidityState::Unknown => "unknown",
        }
    }

    /// The words that a Vietnamese legal reader knows for this state.
    pub fn vietnamese(self) -> &'static str {
        match self {
            ValidityState::NotYet => "Chưa có hiệu lực",
            ValidityState::InForce => "Còn hiệu lực",
            ValidityState::PartlyExpired => "Hết hiệu lực một phần",
            ValidityState::Expired => "Hết hiệu lực toàn bộ",
            ValidityState::Suspended => "Ngưng hiệu lực",
            ValidityState::PartlySuspended => "Ngưng hiệu lực một phần",
            ValidityState::NoLongerSuitable => "Không còn phù hợp",
            ValidityState::Unknown => "Chưa xác định",
        }
    }

    /// The state that a source's own wording names, or `None` when the wording is not known.
    /// Wordings are compared without case; identifiers are accepted too.
    pub fn from_wording(wording: &str) -> Option<ValidityState> {
        let wording = wording.trim().to_lowercase();
        if let Some(state) = ValidityState::ALL.into_iter().find(|s| s.code() == wording) {
            return Some(state);
        }
        Some(match wording.as_str() {
            "chưa có hiệu lực" | "chưa hiệu lực" => ValidityState::NotYet,
            "còn hiệu lực" | "đang có hiệu lực" | "đang còn hiệu lực" => {
                ValidityState::InForce
            }
            "hết hiệu lực một phần" => ValidityState::PartlyExpired,
            "hết hiệu lực" | "hết hiệu lực toàn bộ" => ValidityState::Expired,
            "ngưng hiệu lực" | "ngưng hiệu lực toàn bộ" | "tạm ngưng hiệu lực" => {
                ValidityState::Suspended
            }
            "ngưng hiệu lực một phần" => ValidityState::PartlySuspended,
            "không còn phù hợp" => ValidityState::NoLongerSuitable,
            "chưa xác định" | "đang cập nhật" => ValidityState::Unknown,
            _ => return None,
        })
    }
}

impl fmt::Display for ValidityState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// What is known of a document's validity, and since when.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Validity {
    /// The state that the source, or Sở Tư pháp, recorded.
    pub state: ValidityState,
    /// The day on which that state was last checked; `None` reads "chưa rõ ngày kiểm tra".
    /// Publishing again does not make an old check fresh.
    pub as_of: Option<Date>,
    /// The day from which the document applies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective: Option<Date>,
    /// The last day on which it applies is the day before this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Date>,
}

impl Validity {
    /// The state on `today`: the recorded one, moved on by known dates. A known end date expires a
    /// document in force; a known first day brings one that was "not yet" into force, and a state
    /// that is unknown reads `not_yet` before that day. Nothing else is inferred: a missing end
    /// date never means "còn hiệu lực".
    pub fn on(&self, today: Date) -> ValidityState {
        use ValidityState::{
            Expired, InForce, NotYet, PartlyExpired, PartlySuspended, Suspended, Unknown,
        };
        let ended = self.expires.is_some_and(|day| day <= today);
        let begun = self.effective.map(|day| day <= today);
        match self.state {
            InForce | PartlyExpired | NotYet | Unknown | Suspended | PartlySuspended if ended => {
                Expired
            }
            NotYet if begun == Some(true) => InForce,
            InForce | Unknown if begun == Some(false) => NotYet,
            state => state,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<Date> {
        Some(text.parse().unwrap())
    }

    #[test]
    fn known_dates_move_a_state_and_missing_dates_never_do() {
        let today = "2026-07-01".parse().unwrap();
        let on = |state, effective, expires| {
            Validity {
                state,
                as_of: None,
                effective,
                expires,
            }
            .on(today)
        };
        use ValidityState::*;
        assert_eq!(
            on(NotYet, day("2026-07-01"), None),
            InForce,
            "its first day has come"
        );
        assert_eq!(on(NotYet, day("2026-07-02"), None), NotYet);
        assert_eq!(on(NotYet, None, None), NotYet, "no date, no guess");
        assert_eq!(
            on(InForce, None, day("2026-07-01")),
            Expired,
            "a known end date"
        );
        assert_eq!(
            on(Unknown, day("2019-06-07"), None),
            Unknown,
            "never inferred"
        );
        assert_eq!(on(Unknown, day("2027-01-01"), None), NotYet);
        assert_eq!(on(Suspended, day("2019-01-01"), None), Suspended);
        assert_eq!(
            on(PartlySuspended, None, day("2025-01-01")),
            Expired,
            "an end ends all of it"
        );
    }

    #[test]
    fn wordings_of_sources_are_known_in_any_case() {
        assert_eq!(
            ValidityState::from_wording(" CÒN HIỆU LỰC "),
            Some(ValidityState::InForce)
        );
        for state in ValidityState::ALL {
            assert_eq!(ValidityState::from_wording(state.vietnamese()), Some(state));
            assert_eq!(ValidityState::from_wording(state.code()), Some(state));
        }
        assert_eq!(ValidityState::from_wording("hết hạn"), None);
    }
}
