//! What is said about a file at one reading and at the next.

use crate::Claims;
use serde::{Deserialize, Serialize};
use shelf_law::FieldName;

/// What people say about a file beside it: its sidecar gives way to its row in the list.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Said {
    /// The sidecar.
    pub sidecar: Claims,
    /// The row in the list.
    pub list: Claims,
}

impl Said {
    /// Both as one.
    pub fn merged(&self) -> Claims {
        let mut merged = self.sidecar.clone();
        merged.override_with(self.list.clone());
        merged
    }

    /// What holds where this was said before and `newer` is said now. What nobody speaks of now
    /// stays; a sidecar that says something new is younger than the list of that time.
    pub fn renewed_by(self, newer: Said) -> Said {
        let list = self.list.yielding_to(&newer.sidecar, &self.sidecar);
        Said {
            list: list.renewed_by(newer.list),
            sidecar: self.sidecar.renewed_by(newer.sidecar),
        }
    }

    /// The values alone, without problems: what is worth remembering.
    pub fn values(&self) -> Said {
        Said {
            sidecar: self.sidecar.values(),
            list: self.list.values(),
        }
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.values() == Said::default()
    }
}

impl Claims {
    /// What holds where these claims were made before and `newer` ones are made now: what `newer`
    /// does not speak of stays.
    pub fn renewed_by(mut self, newer: Claims) -> Claims {
        // A column of relations that speaks replaces what it said before.
        self.relations
            .retain(|old| !newer.relations.iter().any(|new| new.kind == old.kind));
        self.override_with(newer);
        self.taken_back.clear();
        self
    }

    /// These claims without what `newer` says otherwise than `since` did.
    fn yielding_to(mut self, newer: &Claims, since: &Claims) -> Claims {
        for (name, field) in &newer.fields.0 {
            if since.fields.0.get(name) != Some(field) {
                self.fields.0.remove(name);
                if *name == FieldName::Status {
                    self.fields.0.remove(&FieldName::StatusAsOf);
                }
            }
        }
        if newer.product.is_some() && newer.product != since.product {
            self.product = None;
        }
        if newer.collection.is_some() && newer.collection != since.collection {
            self.collection = None;
        }
        if !newer.applies_in.is_empty() && newer.applies_in != since.applies_in {
            self.applies_in.clear();
        }
        self
    }

    /// The values alone, without what is only for the moment of reading.
    fn values(&self) -> Claims {
        Claims {
            taken_back: Vec::new(),
            problems: Vec::new(),
            ..self.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Column;

    fn said(columns: &[(&str, &str)]) -> Claims {
        let mut claims = Claims::default();
        for (column, text) in columns {
            claims.put(Column::from_name(column).unwrap(), text);
        }
        claims
    }

    #[test]
    fn what_a_newer_row_does_not_speak_of_stays() {
        let before = said(&[
            ("status", "Còn hiệu lực"),
            ("status_as_of", "01/09/2026"),
            ("title", "Tên"),
            ("basis", "1/2020/NĐ-CP"),
            ("product", "Tờ gấp"),
        ]);
        let stored = serde_json::to_string(&before).unwrap();
        let before: Claims = serde_json::from_str(&stored).unwrap();
        let after = before.clone().renewed_by(said(&[
            ("title", "Tên mới"),
            ("basis", "2/2020/NĐ-CP"),
            ("product", "-"),
            ("status_as_of", "05/10/2026"),
        ]));
        assert_eq!(after.fields.value(FieldName::Status), Some("in_force"));
        assert_eq!(
            after.fields.value(FieldName::StatusAsOf),
            Some("2026-09-01"),
            "a day without a state is no check of this one"
        );
        assert_eq!(after.fields.value(FieldName::Title), Some("Tên mới"));
        assert_eq!(after.relations.len(), 1, "the column speaks anew");
        assert_eq!(after.product, None, "“-” takes back");
        assert_eq!(before.clone().renewed_by(Claims::default()), before);
    }

    #[test]
    fn a_new_state_never_takes_over_the_day_of_an_old_check() {
        let before = said(&[("status", "Còn hiệu lực"), ("status_as_of", "01/09/2026")]);
        let day = |newer: &str| {
            let after = before.clone().renewed_by(said(&[("status", newer)]));
            let state = after.fields.value(FieldName::Status).map(str::to_string);
            (
                state,
                after
                    .fields
                    .value(FieldName::StatusAsOf)
                    .map(str::to_string),
            )
        };
        assert_eq!(day("het hieu luc"), (Some("expired".into()), None));
        assert_eq!(
            day("-"),
            (None, None),
            "“-” takes a state back with its day"
        );
        let same = day("CON HIEU LUC");
        assert_eq!(same, (Some("in_force".into()), Some("2026-09-01".into())));
    }

    #[test]
    fn a_list_outlives_an_unchanged_sidecar_and_yields_to_a_changed_one() {
        let before = Said {
            sidecar: said(&[("title", "Cũ"), ("basis", "1/2020/NĐ-CP")]),
            list: said(&[("title", "Từ danh sách"), ("basis", "2/2020/NĐ-CP")]),
        };
        let again = Said {
            list: Claims::default(),
            ..before.clone()
        };
        let held = before.clone().renewed_by(again);
        assert_eq!(held, before, "the list is not there and holds");
        assert_eq!(held.merged().relations.len(), 2);
        let changed = Said {
            sidecar: said(&[("title", "Mới")]),
            list: Claims::default(),
        };
        let held = before.renewed_by(changed).merged();
        assert_eq!(held.fields.value(FieldName::Title), Some("Mới"));
        assert_eq!(held.relations.len(), 2);
    }
}
