//! Acts by their numbers.

use super::{ActWay, Said, full, full_of_kind, written};
use crate::bench::citations::corpus::{Number, plain};

fn numbered() -> Said {
    Said {
        kind: true,
        ..Said::default()
    }
}

fn yearly(number: &Number) -> Option<Said> {
    let year = Some(number.year.clone()?);
    Some(Said { year, ..numbered() })
}

/// What people type for a kind: with and without đ.
fn short(kind: &str) -> Option<(&'static str, &'static str)> {
    Some(match kind {
        "Nghị định" => ("nđ", "nd"),
        "Thông tư" => ("tt", "tt"),
        "Thông tư liên tịch" => ("ttlt", "ttlt"),
        "Quyết định" => ("qđ", "qd"),
        "Nghị quyết" => ("nq", "nq"),
        "Chỉ thị" => ("ct", "ct"),
        "Luật" | "Bộ luật" => return None,
        _ => return None,
    })
}

fn known_by_number(kind: &str) -> bool {
    short(kind).is_some()
}

/// The ways to write an act by its number.
pub(in crate::bench::citations) const NUMBERS: &[ActWay] = &[
    ActWay {
        name: "Nghị định số 100/2019/NĐ-CP",
        spell: |a, n| {
            (!a.kind.is_empty()).then(|| (format!("{} số {}", a.kind, written(n)), full_of_kind(n)))
        },
    },
    ActWay {
        name: "nghị định 100/2019/NĐ-CP",
        spell: |a, n| {
            (!a.kind.is_empty()).then(|| {
                (
                    format!("{} {}", a.kind.to_lowercase(), written(n)),
                    full_of_kind(n),
                )
            })
        },
    },
    ActWay {
        name: "100/2019/NĐ-CP",
        spell: |_, n| Some((written(n), full(n))),
    },
    ActWay {
        name: "100/2019/nđ-cp",
        spell: |_, n| Some((written(n).to_lowercase(), full(n))),
    },
    ActWay {
        name: "100/2019/nd-cp",
        spell: |_, n| Some((plain(&written(n)), full(n))),
    },
    ActWay {
        name: "NGHI DINH SO 100/2019/ND-CP",
        spell: |a, n| {
            (!a.kind.is_empty()).then(|| {
                (
                    plain(&format!("{} so {}", a.kind, written(n))).to_uppercase(),
                    full_of_kind(n),
                )
            })
        },
    },
    ActWay {
        name: "100/2019/NĐ–CP (en dash)",
        spell: |_, n| Some((written(n).replace('-', "–"), full(n))),
    },
    ActWay {
        name: "100 / 2019 / NĐ - CP",
        spell: |_, n| Some((written(n).replace('/', " / ").replace('-', " - "), full(n))),
    },
    ActWay {
        name: "100/2019/NĐ -CP",
        spell: |_, n| {
            n.code
                .contains('-')
                .then(|| (written(n).replacen('-', " -", 1), full(n)))
        },
    },
    ActWay {
        name: "100 2019 nd cp",
        spell: |_, n| {
            n.year
                .is_some()
                .then(|| (plain(&written(n)).replace(['/', '-'], " "), full(n)))
        },
    },
    ActWay {
        name: "nd 100 2019 nd cp",
        spell: |a, n| {
            let (_, short) = short(&a.kind)?;
            Some((
                format!("{short} {}", plain(&written(n)).replace(['/', '-'], " ")),
                full_of_kind(n),
            ))
        },
    },
    ActWay {
        name: "100-2019-NĐ-CP",
        spell: |_, n| {
            n.year
                .is_some()
                .then(|| (written(n).replace('/', "-"), full(n)))
        },
    },
    ActWay {
        name: "100_2019_NĐ_CP",
        spell: |_, n| {
            n.year
                .is_some()
                .then(|| (written(n).replace(['/', '-'], "_"), full(n)))
        },
    },
    ActWay {
        name: "100.2019.NĐ.CP",
        spell: |_, n| {
            n.year
                .is_some()
                .then(|| (written(n).replace(['/', '-'], "."), full(n)))
        },
    },
    ActWay {
        name: r"100\2019\NĐ-CP",
        spell: |_, n| Some((written(n).replace('/', "\\"), full(n))),
    },
    ActWay {
        name: "nghị  định  100/2019/NĐ-CP (double spaces)",
        spell: |a, n| {
            (!a.kind.is_empty()).then(|| {
                (
                    format!("{}  {}", a.kind, written(n)).replace(' ', "  "),
                    full_of_kind(n),
                )
            })
        },
    },
    ActWay {
        name: "nghị định100/2019/NĐ-CP",
        spell: |a, n| {
            (!a.kind.is_empty()).then(|| {
                (
                    format!("{}{}", a.kind.to_lowercase(), written(n)),
                    full_of_kind(n),
                )
            })
        },
    },
    ActWay {
        name: "nghị định 100/2019",
        spell: |a, n| {
            Some((
                format!(
                    "{} {}/{}",
                    a.kind.to_lowercase(),
                    n.sequence,
                    n.year.as_ref()?
                ),
                yearly(n)?,
            ))
            .filter(|_| !a.kind.is_empty())
        },
    },
    ActWay {
        name: "nghi dinh so 100/2019",
        spell: |a, n| {
            Some((
                plain(&format!(
                    "{} so {}/{}",
                    a.kind,
                    n.sequence,
                    n.year.as_ref()?
                )),
                yearly(n)?,
            ))
            .filter(|_| !a.kind.is_empty())
        },
    },
    ActWay {
        name: "nd 100/2019",
        spell: |a, n| {
            Some((
                format!("{} {}/{}", short(&a.kind)?.1, n.sequence, n.year.as_ref()?),
                yearly(n)?,
            ))
        },
    },
    ActWay {
        name: "NĐ100/2019",
        spell: |a, n| {
            Some((
                format!(
                    "{}{}/{}",
                    short(&a.kind)?.0.to_uppercase(),
                    n.sequence,
                    n.year.as_ref()?
                ),
                yearly(n)?,
            ))
        },
    },
    ActWay {
        name: "nđ.100/2019",
        spell: |a, n| {
            Some((
                format!("{}.{}/{}", short(&a.kind)?.0, n.sequence, n.year.as_ref()?),
                yearly(n)?,
            ))
        },
    },
    ActWay {
        name: "nd 100 2019",
        spell: |a, n| {
            Some((
                format!("{} {} {}", short(&a.kind)?.1, n.sequence, n.year.as_ref()?),
                yearly(n)?,
            ))
        },
    },
    ActWay {
        name: "nghị định 100 năm 2019",
        spell: |a, n| {
            Some((
                format!(
                    "{} {} năm {}",
                    a.kind.to_lowercase(),
                    n.sequence,
                    n.year.as_ref()?
                ),
                yearly(n)?,
            ))
            .filter(|_| known_by_number(&a.kind))
        },
    },
    ActWay {
        name: "nd 0100/2019 (leading zeros)",
        spell: |a, n| {
            Some((
                format!("{} 0{}/{}", short(&a.kind)?.1, n.sequence, n.year.as_ref()?),
                yearly(n)?,
            ))
        },
    },
    ActWay {
        name: "nd 5/2019 (zeros left out)",
        spell: |a, n| {
            Some((
                format!(
                    "{} {}/{}",
                    short(&a.kind)?.1,
                    n.sequence.trim_start_matches('0'),
                    n.year.as_ref()?
                ),
                yearly(n)?,
            ))
        },
    },
    ActWay {
        name: "nđ-cp 100/2019",
        spell: |a, n| {
            n.code.contains('-').then_some(())?;
            short(&a.kind)?;
            Some((
                format!(
                    "{} {}/{}",
                    n.code.to_lowercase(),
                    n.sequence,
                    n.year.as_ref()?
                ),
                full_of_kind(n),
            ))
        },
    },
    ActWay {
        name: "nd 100",
        spell: |a, n| Some((format!("{} {}", short(&a.kind)?.1, n.sequence), numbered())),
    },
    ActWay {
        name: "ND100",
        spell: |a, n| {
            Some((
                format!("{}{}", short(&a.kind)?.1.to_uppercase(), n.sequence),
                numbered(),
            ))
        },
    },
    ActWay {
        name: "nghị định số 100",
        spell: |a, n| {
            Some((
                format!("{} số {}", a.kind.to_lowercase(), n.sequence),
                numbered(),
            ))
            .filter(|_| known_by_number(&a.kind))
        },
    },
    ActWay {
        name: "nghị định 100 của Chính phủ",
        spell: |a, n| {
            let said = yearly(n)?;
            let issuer = match (a.kind.as_str(), n.code.as_str()) {
                ("Nghị định", _) => "Chính phủ",
                ("Quyết định", "QĐ-TTg") => "Thủ tướng Chính phủ",
                ("Thông tư", "TT-BTC") => "Bộ Tài chính",
                ("Thông tư", "TT-BCA") => "Bộ trưởng Bộ Công an",
                ("Thông tư", "TT-BLĐTBXH") => "Bộ Lao động - Thương binh và Xã hội",
                ("Luật" | "Bộ luật", _) => "Quốc hội",
                _ => return None,
            };
            let code = Said { code: true, ..said };
            Some((
                format!(
                    "{} {}/{} của {issuer}",
                    a.kind.to_lowercase(),
                    n.sequence,
                    n.year.as_ref()?
                ),
                code,
            ))
        },
    },
    ActWay {
        name: "nghị định số 100/2019/NĐ-CP ngày 30/12/2019",
        spell: |a, n| {
            let issued = a.issued.as_ref()?;
            let day = format!("{}/{}/{}", &issued[8..], &issued[5..7], &issued[..4]);
            n.year
                .as_ref()
                .filter(|year| day.ends_with(year.as_str()))?;
            Some((
                format!("{} số {} ngày {day}", a.kind, written(n)),
                Said {
                    day: true,
                    ..full_of_kind(n)
                },
            ))
            .filter(|_| !a.kind.is_empty())
        },
    },
    ActWay {
        name: "471/QĐ-TTg 2023 (year beside)",
        spell: |a, n| {
            let year = a.issued.as_ref()?[..4].to_string();
            let said = Said {
                year_beside: Some(year.clone()),
                ..full(n)
            };
            (n.year.is_none() && n.code.contains('-'))
                .then(|| (format!("{} {year}", written(n)), said))
        },
    },
    ActWay {
        name: "nghị định 100 năm 2020 (year of effect)",
        spell: |a, n| {
            let year = a.effective.as_ref()?[..4].to_string();
            let said = Said {
                year_beside: Some(year.clone()),
                ..numbered()
            };
            Some((
                format!("{} {} năm {year}", a.kind.to_lowercase(), n.sequence),
                said,
            ))
            .filter(|_| known_by_number(&a.kind))
        },
    },
];
