//! Where a reader stands, and which acts of former units hold there.

use shelf_law::tokens::folded_terms;

/// Words before the name of a unit.
const KINDS: [&str; 7] = [
    "tinh",
    "thanh pho",
    "xa",
    "phuong",
    "thi tran",
    "huyen",
    "dac khu",
];

/// The units that a reader's place belongs to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Territory {
    /// Xã, phường of today.
    pub commune: Option<String>,
    /// The province that the place belonged to before 1 July 2025, whose acts may go on there.
    pub former_province: Option<String>,
}

impl Territory {
    /// Whether nothing is set: then nothing is said about where an act holds.
    pub fn is_unset(&self) -> bool {
        self.commune.is_none() && self.former_province.is_none()
    }

    /// Whether an act that names these units holds here; one that names none holds everywhere its
    /// issuer's word goes.
    pub fn is_covered_by(&self, applies_in: &[String]) -> bool {
        let mine = [&self.commune, &self.former_province];
        let mine: Vec<String> = mine.into_iter().flatten().map(|own| name_of(own)).collect();
        applies_in.is_empty() || applies_in.iter().any(|unit| mine.contains(&name_of(unit)))
    }
}

/// `Tỉnh Bình Định (cũ)` and `Bình Định` are one name.
fn name_of(unit: &str) -> String {
    let folded = folded_terms(unit);
    let name = folded.strip_suffix(" cu").unwrap_or(&folded);
    let kind = KINDS.iter().find_map(|kind| {
        let rest = name.strip_prefix(kind)?.strip_prefix(' ')?;
        // `phường 1` is no name without its kind.
        rest.chars().any(char::is_alphabetic).then_some(rest)
    });
    kind.unwrap_or(name).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_act_of_a_former_province_holds_where_that_province_was() {
        let territory = |former: &str| Territory {
            commune: Some("Xã Ia Grai".into()),
            former_province: Some(former.into()),
        };
        let act = ["Bình Định (cũ)".to_string()];
        assert!(territory("tỉnh Bình Định").is_covered_by(&act));
        assert!(!territory("Gia Lai").is_covered_by(&act));
        assert!(
            territory("Gia Lai").is_covered_by(&[]),
            "it holds everywhere"
        );
        assert!(territory("Gia Lai").is_covered_by(&["xã Ia Grai".into()]));
        assert!(!Territory::default().is_covered_by(&act));
    }
}
