//! Citations of what is nowhere.

use super::corpus::{Act, Number, clauses, plain, points};
use super::ways;
use crate::faults::Random;
use std::collections::HashSet;

/// A citation of what does not exist.
pub(super) struct Nowhere {
    pub(super) sort: &'static str,
    pub(super) text: String,
    /// The act that is there without the place.
    pub(super) act: Option<usize>,
}

/// `count` citations of each of four sorts.
pub(super) fn all(
    acts: &[Act],
    sound: &[usize],
    count: usize,
    random: &mut Random,
) -> Vec<Nowhere> {
    let mut all = Vec::new();
    for _ in 0..count {
        all.extend(number(acts, sound, random));
        all.extend(article(acts, sound, random));
        all.extend(inside(acts, sound, random));
        all.extend(name(acts, random));
    }
    all
}

/// A number of a real act with another sequence, which no act of any year has.
fn number(acts: &[Act], sound: &[usize], random: &mut Random) -> Option<Nowhere> {
    let taken: HashSet<String> = acts
        .iter()
        .filter_map(|act| {
            Some(
                act.number
                    .as_ref()?
                    .sequence
                    .trim_start_matches('0')
                    .to_string(),
            )
        })
        .collect();
    let act = &acts[sound[random.below(sound.len())]];
    let sequence = (0..1000)
        .map(|_| (random.below(9000) + 700).to_string())
        .find(|sequence| !taken.contains(sequence))?;
    let other = Number {
        sequence,
        ..act.number.clone()?
    };
    let ways: Vec<_> = ways::NUMBERS
        .iter()
        .filter_map(|way| (way.spell)(act, &other))
        .collect();
    let (spelt, _) = &ways[random.below(ways.len())];
    let text = match random.below(3) {
        0 => spelt.clone(),
        1 => format!("Điều {} {spelt}", random.below(20) + 1),
        _ => format!("{spelt} điều {}", random.below(20) + 1),
    };
    Some(Nowhere {
        sort: "a number that no act has",
        text,
        act: None,
    })
}

/// An Điều beyond the last.
fn article(acts: &[Act], sound: &[usize], random: &mut Random) -> Option<Nowhere> {
    let index = sound[random.below(sound.len())];
    let act = &acts[index];
    let last = act
        .articles
        .iter()
        .filter_map(|(id, _)| number_of(id))
        .max()?;
    let article = last + 1 + random.below(40);
    let (spelt, _) = ways::plain_act(act, act.number.as_ref()?, random);
    let text = match random.below(4) {
        0 => format!("điều {article} {spelt}"),
        1 => format!("{spelt} điều {article}"),
        2 => format!("khoản 1 Điều {article} {spelt}"),
        _ => format!("d{article} {spelt}"),
    };
    Some(Nowhere {
        sort: "an Điều beyond the last",
        text,
        act: Some(index),
    })
}

fn number_of(id: &str) -> Option<usize> {
    let end = id.bytes().take_while(u8::is_ascii_digit).count();
    id[..end].parse().ok()
}

/// A khoản beyond the last, or a điểm of a khoản that has none such.
fn inside(acts: &[Act], sound: &[usize], random: &mut Random) -> Option<Nowhere> {
    for _ in 0..200 {
        let index = sound[random.below(sound.len())];
        let act = &acts[index];
        let (id, words) = &act.articles[random.below(act.articles.len())];
        let clauses = clauses(words);
        // Words that count in another way, too, leave open what the shelf makes of them.
        let Some((clause, words)) = clauses.last().filter(|_| clauses.len() > 1) else {
            continue;
        };
        let points = points(words);
        let place = match random.below(2) {
            0 => format!("khoản {} điều {id}", clauses.len() + 7 + random.below(9)),
            _ if points.len() < 12 => format!("điểm y khoản {clause} Điều {id}"),
            _ => continue,
        };
        let (spelt, _) = ways::plain_act(act, act.number.as_ref()?, random);
        return Some(Nowhere {
            sort: "a khoản or điểm that is not there",
            text: format!("{place} {spelt}"),
            act: Some(index),
        });
    }
    None
}

/// A name put together of two names, which is neither the name nor the beginning of any.
fn name(acts: &[Act], random: &mut Random) -> Option<Nowhere> {
    let names: Vec<String> = acts.iter().filter_map(Act::name).collect();
    for _ in 0..1000 {
        let words = |random: &mut Random| -> Vec<String> {
            let name = &names[random.below(names.len())];
            name.replace(',', "")
                .split(' ')
                .map(str::to_string)
                .collect()
        };
        let (one, other) = (words(random), words(random));
        let invented = match random.below(2) {
            0 => [
                &one[..one.len().min(2)],
                &other[other.len().saturating_sub(2)..],
            ]
            .concat(),
            // A whole name with words after it that are no question about it.
            _ => [&one[..], &other[other.len().saturating_sub(2)..]].concat(),
        }
        .join(" ");
        let folded = plain(&invented);
        if names
            .iter()
            .any(|name| plain(&name.replace(',', "")).starts_with(&folded))
        {
            continue;
        }
        let text = match random.below(4) {
            0 => format!("luật {invented}"),
            1 => format!("điều {} luật {invented}", random.below(20) + 1),
            2 => format!("luat {folded} 2019"),
            _ => format!("luật {invented} điều {}", random.below(20) + 1),
        };
        return Some(Nowhere {
            sort: "a law that does not exist",
            text,
            act: None,
        });
    }
    None
}
