//! Whether an answer is right.

use super::corpus::{Act, Place, plain};
use super::ways::Said;
use serde_json::Value;
use std::collections::BTreeMap;

/// A query and what it should give.
pub(super) struct Asked {
    pub(super) form: &'static str,
    pub(super) text: String,
    pub(super) expected: Expected,
}

pub(super) enum Expected {
    /// This place of this act, or the newest of those that fit what was said, with a choice.
    Found {
        act: usize,
        place: Option<Place>,
        said: Said,
    },
    /// Nothing; where the act is here, words that the place is missing.
    Nowhere { act: Option<usize> },
}

/// Landed and all, by form, and what went astray.
#[derive(Default)]
pub(super) struct Table {
    forms: BTreeMap<&'static str, (usize, usize)>,
    order: Vec<&'static str>,
    astray: Vec<String>,
    shared: usize,
    times_us: Vec<u64>,
}

impl Table {
    pub(super) fn add(&mut self, acts: &[Act], asked: &Asked, answer: &Value) {
        let judged = match &asked.expected {
            Expected::Found { act, place, said } => {
                let fitting = fitting(acts, &acts[*act], place.as_ref(), said);
                // `thông tư 17 năm 2021` means 17/2021 where there is one, not 17/2020 of that effect.
                if !fitting.contains(act) {
                    return;
                }
                self.shared += usize::from(fitting.len() > 1);
                found(acts, *act, place.as_ref(), &fitting, answer, &asked.text)
            }
            Expected::Nowhere { act } => nowhere(acts, *act, answer),
        };
        if !self.forms.contains_key(asked.form) {
            self.order.push(asked.form);
        }
        let (landed, all) = self.forms.entry(asked.form).or_default();
        *all += 1;
        match judged {
            Ok(()) => *landed += 1,
            Err(why) => self
                .astray
                .push(format!("{}: {:?}: {why}", asked.form, asked.text)),
        }
        self.times_us.extend(answer["took_us"].as_u64());
    }

    /// Prints the table and what went astray; says how many did.
    #[allow(clippy::cast_precision_loss)]
    pub(super) fn print(&mut self) -> usize {
        println!("| form | landed | of |\n|---|---|---|");
        for form in &self.order {
            let (landed, all) = self.forms[form];
            println!("| {form} | {landed} | {all} |");
        }
        let (landed, all) = self
            .forms
            .values()
            .fold((0, 0), |sum, (landed, all)| (sum.0 + landed, sum.1 + all));
        println!(
            "| all ({} of them shared by several acts) | {landed} | {all} |",
            self.shared
        );
        self.times_us.sort_unstable();
        let at = |p: usize| {
            self.times_us
                .get((self.times_us.len() * p / 100).min(self.times_us.len().saturating_sub(1)))
        };
        let ms = |p| at(p).map_or(0.0, |us| *us as f64 / 1000.0);
        println!(
            "whole searches: p50 {:.1} ms, p95 {:.1} ms, p99 {:.1} ms",
            ms(50),
            ms(95),
            ms(99)
        );
        for line in &self.astray {
            println!("astray: {line}");
        }
        self.astray.len()
    }
}

/// The acts that fit what was said of `target` and have the place.
fn fitting(acts: &[Act], target: &Act, place: Option<&Place>, said: &Said) -> Vec<usize> {
    let with_place = |at: &usize| place.is_none_or(|place| place.is_in(&acts[*at]));
    let fits = |at: &usize| fits(&acts[*at], target, said);
    let fitting: Vec<usize> = (0..acts.len()).filter(fits).collect();
    let Some(year) = &said.year_beside else {
        return fitting.into_iter().filter(with_place).collect();
    };
    // The year of the number or of issue before that of first effect.
    let own = |act: &Act| {
        let number = act.number.as_ref().and_then(|number| number.year.clone());
        number.or_else(|| act.issued.as_ref().map(|day| day[..4].to_string()))
    };
    let of_year = |at: &&usize| own(&acts[**at]).as_ref() == Some(year);
    let own: Vec<usize> = fitting
        .iter()
        .filter(of_year)
        .copied()
        .filter(with_place)
        .collect();
    if !own.is_empty() {
        return own;
    }
    let of_effect = |at: &usize| acts[*at].years().contains(year);
    fitting
        .into_iter()
        .filter(of_effect)
        .filter(with_place)
        .collect()
}

fn fits(act: &Act, target: &Act, said: &Said) -> bool {
    if said.name {
        let name = |act: &Act| act.name().map(|name| plain(&name.replace(',', "")));
        return act.kind == target.kind && name(act).is_some() && name(act) == name(target);
    }
    let (Some(own), Some(wanted)) = (&act.number, &target.number) else {
        return false;
    };
    let bare = |sequence: &str| sequence.trim_start_matches('0').to_lowercase();
    let code = |code: &str| plain(code).replace(|c: char| !c.is_alphanumeric(), "-");
    bare(&own.sequence) == bare(&wanted.sequence)
        && (!said.kind || act.kind == target.kind)
        && (!said.day || act.issued == target.issued)
        && (said.year.is_none() || own.year == said.year)
        && (!said.code || code(&own.code) == code(&wanted.code))
}

fn found(
    acts: &[Act],
    target: usize,
    place: Option<&Place>,
    fitting: &[usize],
    answer: &Value,
    text: &str,
) -> Result<(), String> {
    let first = &answer["hits"][0];
    let key = first["document"]["source_key"].as_str().unwrap_or_default();
    let provision = first["provision"]["id"].as_str();
    let wanted = place.map(Place::id);
    let at = format!("{key} {}", provision.unwrap_or("-"));
    let resolves = first["score"].as_f64() == Some(0.0);
    let choices = answer["citation"]["choices"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    if resolves && provision != wanted.as_deref() && place.is_some_and(|p| p.is_open_in(text)) {
        let same = |choice: &Value| {
            choice["source_key"] == acts[target].key.as_str()
                && choice["provision"].as_str() == wanted.as_deref()
        };
        if choices.iter().any(same) {
            return Ok(());
        }
    }
    if provision != wanted.as_deref() || !resolves {
        let wanted = wanted.as_deref().unwrap_or("-");
        return Err(format!("{at}, not {} {wanted}", acts[target].key));
    }
    let newest = fitting.iter().map(|&at| acts[at].day()).max().unwrap_or("");
    let right = fitting
        .iter()
        .any(|&at| acts[at].key == key && acts[at].day() == newest);
    if !right {
        return Err(format!(
            "{at}, not the newest of {} that fit",
            fitting.len()
        ));
    }
    if key == acts[target].key {
        return Ok(());
    }
    let number = acts[target].number.as_ref().map(super::ways::as_written);
    let offered = choices.iter().any(|choice| {
        let title = choice["title"].as_str().unwrap_or_default();
        choice["number"].as_str().map(plain) == number.as_deref().map(plain)
            && plain(title).replace(char::is_whitespace, "")
                == plain(&acts[target].title).replace(char::is_whitespace, "")
    });
    match offered {
        true => Ok(()),
        false => Err(format!(
            "{at}; {} is not among {} choices",
            acts[target].key,
            choices.len()
        )),
    }
}

fn nowhere(acts: &[Act], act: Option<usize>, answer: &Value) -> Result<(), String> {
    let first = &answer["hits"][0];
    let cited = first["score"].as_f64() == Some(0.0);
    let said = answer["citation"]["missing"].as_str();
    if cited {
        let key = first["document"]["source_key"].as_str().unwrap_or_default();
        let provision = first["provision"]["id"].as_str().unwrap_or("-");
        return Err(format!("{key} {provision} pretends"));
    }
    match (act, said) {
        (None, None) => Ok(()),
        (None, Some(said)) => Err(format!("says that {said} is missing in an act")),
        (Some(_), Some(_)) => Ok(()),
        (Some(act), None) => Err(format!("nothing says that {} lacks it", acts[act].key)),
    }
}
