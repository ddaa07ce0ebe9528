//! Places in an act, and how place and act are put together.

use super::{Order, PlaceWay};
use crate::bench::citations::corpus::{Place, plain};

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
pub(in crate::bench::citations) const PLACES: &[PlaceWay] = &[
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
pub(in crate::bench::citations) const ORDERS: &[Order] = &[
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
