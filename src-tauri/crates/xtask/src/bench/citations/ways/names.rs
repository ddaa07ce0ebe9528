//! Laws by their names.

use super::{ActWay, Said, Spelt, full, written};
use crate::bench::citations::corpus::{Act, plain};

fn named() -> Said {
    Said {
        name: true,
        kind: true,
        ..Said::default()
    }
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

fn of_year(a: &Act, day: &Option<String>, spell: impl Fn(&str) -> String) -> Spelt {
    let year = day.as_ref()?[..4].to_string();
    a.name()?;
    let said = Said {
        year_beside: Some(year.clone()),
        ..named()
    };
    Some((spell(&year), said))
}

fn name_of(a: &Act) -> String {
    a.name().unwrap_or_default()
}

/// The ways to write an act by its name.
pub(in crate::bench::citations) const NAMES: &[ActWay] = &[
    ActWay {
        name: "luật đất đai",
        spell: |a, _| Some((format!("{} {}", a.kind.to_lowercase(), a.name()?), named())),
    },
    ActWay {
        name: "Luật Đất đai",
        spell: |a, _| Some((format!("{} {}", a.kind, capital(&a.name()?)), named())),
    },
    ActWay {
        name: "LUẬT ĐẤT ĐAI",
        spell: |a, _| Some((format!("{} {}", a.kind, a.name()?).to_uppercase(), named())),
    },
    ActWay {
        name: "luat dat dai",
        spell: |a, _| Some((plain(&format!("{} {}", a.kind, a.name()?)), named())),
    },
    ActWay {
        name: "luật đất đai 2024",
        spell: |a, _| {
            of_year(a, &a.issued, |year| {
                format!("{} {} {year}", a.kind.to_lowercase(), name_of(a))
            })
        },
    },
    ActWay {
        name: "Luat dat dai nam 2024",
        spell: |a, _| {
            of_year(a, &a.issued, |year| {
                plain(&format!("{} {} nam {year}", a.kind, name_of(a)))
            })
        },
    },
    ActWay {
        name: "Luật Đất đai (2024)",
        spell: |a, _| {
            of_year(a, &a.issued, |year| {
                format!("{} {} ({year})", a.kind, name_of(a))
            })
        },
    },
    ActWay {
        name: "luật đất đai 2025 (year of effect)",
        spell: |a, _| {
            of_year(a, &a.effective, |year| {
                format!("{} {} {year}", a.kind.to_lowercase(), name_of(a))
            })
        },
    },
    ActWay {
        name: "Luật Đất đai số 31/2024/QH15",
        spell: |a, n| {
            Some((
                format!("{} {} số {}", a.kind, capital(&a.name()?), written(n)),
                full(n),
            ))
        },
    },
    ActWay {
        name: "luật số 31/2024/QH15 về đất đai",
        spell: |a, n| {
            Some((
                format!(
                    "{} số {} về {}",
                    a.kind.to_lowercase(),
                    written(n),
                    a.name()?
                ),
                full(n),
            ))
        },
    },
    ActWay {
        name: "luật đất đai 31/2024/qh15",
        spell: |a, n| {
            Some((
                format!(
                    "{} {} {}",
                    a.kind.to_lowercase(),
                    a.name()?,
                    written(n).to_lowercase()
                ),
                full(n),
            ))
        },
    },
];
