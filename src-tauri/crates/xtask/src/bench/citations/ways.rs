//! Ways in which people write one citation.

use super::corpus::{Act, Number, Place, plain};
use crate::faults::Random;

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
pub(super) const NUMBERS: &[ActWay] = &[
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
                full_of_kind(n),
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
pub(super) const NAMES: &[ActWay] = &[
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

fn deep(place: &Place, clause: &str, point: &str, between: &str, article: String) -> String {
    let mut parts = Vec::new();
    parts.extend(place.point.as_ref().map(|p| format!("{point}{p}")));
    parts.extend(place.clause.as_ref().map(|c| format!("{clause}{c}")));
    parts.push(article);
    parts.join(between)
}

fn turned(place: &Place, article: &str, clause: &str, point: &str, between: &str) -> String {
    let mut parts = vec![format!("{article}{}", place.article)];
    parts.extend(place.clause.as_ref().map(|c| format!("{clause}{c}")));
    parts.extend(place.point.as_ref().map(|p| format!("{point}{p}")));
    parts.join(between)
}

/// A point typed without accents keeps its letter by typing it twice.
fn unaccented(text: &str) -> String {
    let words = text
        .split(' ')
        .map(|word| match plain(word).trim_end_matches(',') {
            "d" if word.starts_with(['đ', 'Đ']) && word.chars().count() <= 2 => "dd".to_string(),
            _ => plain(word),
        });
    words.collect::<Vec<_>>().join(" ")
}

/// The ways to write a place.
pub(super) const PLACES: &[PlaceWay] = &[
    PlaceWay {
        name: "điểm a khoản 2 Điều 8",
        spell: |p| deep(p, "khoản ", "điểm ", " ", format!("Điều {}", p.article)),
    },
    PlaceWay {
        name: "điểm a, khoản 2, điều 8",
        spell: |p| deep(p, "khoản ", "điểm ", ", ", format!("điều {}", p.article)),
    },
    PlaceWay {
        name: "diem a khoan 2 dieu 8",
        spell: |p| {
            unaccented(&deep(
                p,
                "khoản ",
                "điểm ",
                " ",
                format!("điều {}", p.article),
            ))
        },
    },
    PlaceWay {
        name: "ĐIỂM A KHOẢN 2 ĐIỀU 8",
        spell: |p| deep(p, "khoản ", "điểm ", " ", format!("điều {}", p.article)).to_uppercase(),
    },
    PlaceWay {
        name: "Điều 8 khoản 2 điểm a",
        spell: |p| turned(p, "Điều ", "khoản ", "điểm ", " "),
    },
    PlaceWay {
        name: "Điều 8, khoản 2, điểm a",
        spell: |p| turned(p, "Điều ", "khoản ", "điểm ", ", "),
    },
    PlaceWay {
        name: "dieu 8 khoan 2 diem a",
        spell: |p| unaccented(&turned(p, "điều ", "khoản ", "điểm ", " ")),
    },
    PlaceWay {
        name: "Điều 8 - khoản 2 - điểm a",
        spell: |p| turned(p, "Điều ", "khoản ", "điểm ", " - "),
    },
    PlaceWay {
        name: "điều8 khoản2 điểm a",
        spell: |p| turned(p, "điều", "khoản", "điểm ", " "),
    },
    PlaceWay {
        name: "điểm a k2 đ8",
        spell: |p| deep(p, "k", "điểm ", " ", format!("đ{}", p.article)),
    },
    PlaceWay {
        name: "đ a k2 đ8",
        spell: |p| deep(p, "k", "đ ", " ", format!("đ{}", p.article)),
    },
    PlaceWay {
        name: "a k2 d8",
        spell: |p| deep(p, "k", "", " ", format!("d{}", p.article)),
    },
    PlaceWay {
        name: "đ.8 k.2 điểm a",
        spell: |p| turned(p, "đ.", "k.", "điểm ", " "),
    },
    PlaceWay {
        name: "K2Đ8",
        spell: |p| {
            deep(
                p,
                "K",
                "điểm ",
                if p.point.is_some() { " " } else { "" },
                format!("Đ{}", p.article),
            )
        },
    },
    PlaceWay {
        name: "đ8k2",
        spell: |p| turned(p, "đ", "k", " điểm ", ""),
    },
    PlaceWay {
        name: "Điều 8.2.a",
        spell: |p| turned(p, "Điều ", "", "", "."),
    },
    PlaceWay {
        name: "khoản 02 điều 08",
        spell: |p| deep(p, "khoản 0", "điểm ", " ", format!("điều 0{}", p.article)),
    },
    PlaceWay {
        name: "  khoản  2  Điều  8",
        spell: |p| {
            format!(
                "  {}",
                deep(p, "khoản  ", "điểm  ", "  ", format!("Điều  {}", p.article))
            )
        },
    },
];

/// The ways to put place and act together.
pub(super) const ORDERS: &[Order] = &[
    Order {
        name: "place act",
        join: |p, a| format!("{p} {a}"),
    },
    Order {
        name: "place của act",
        join: |p, a| format!("{p} của {a}"),
    },
    Order {
        name: "place tại act",
        join: |p, a| format!("{p} tại {a}"),
    },
    Order {
        name: "place theo act",
        join: |p, a| format!("{p} theo {a}"),
    },
    Order {
        name: "place trong act",
        join: |p, a| format!("{p} trong {a}"),
    },
    Order {
        name: "place, act",
        join: |p, a| format!("{p}, {a}"),
    },
    Order {
        name: "act place",
        join: |p, a| format!("{a} {p}"),
    },
    Order {
        name: "act, place",
        join: |p, a| format!("{a}, {p}"),
    },
    Order {
        name: "act: place",
        join: |p, a| format!("{a}: {p}"),
    },
    Order {
        name: "act tại place",
        join: |p, a| format!("{a} tại {p}"),
    },
    Order {
        name: "act (place)",
        join: |p, a| format!("{a} ({p})"),
    },
    Order {
        name: "quy định tại place act là gì",
        join: |p, a| format!("quy định tại {p} {a} là gì"),
    },
    Order {
        name: "theo place act thì sao?",
        join: |p, a| format!("theo {p} {a} thì sao?"),
    },
    Order {
        name: "cho hỏi place của act quy định gì",
        join: |p, a| format!("cho hỏi {p} của {a} quy định gì"),
    },
    Order {
        name: "noi dung place act",
        join: |p, a| format!("noi dung {p} {a}"),
    },
    Order {
        name: "act place quy định như thế nào?",
        join: |p, a| format!("{a} {p} quy định như thế nào?"),
    },
    Order {
        name: "căn cứ place act, mức phạt bao nhiêu",
        join: |p, a| format!("căn cứ {p} {a}, mức phạt là bao nhiêu"),
    },
    Order {
        name: "place act còn hiệu lực không",
        join: |p, a| format!("{p} {a} còn hiệu lực không"),
    },
    Order {
        name: "“place act”",
        join: |p, a| format!("“{p} {a}”"),
    },
];

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
