//! `cargo xtask bench citations`: random provisions, written in every way that people write them,
//! and citations of what is nowhere. What is right is taken from the rows of the corpus.

mod corpus;
mod judge;
mod nowhere;
mod ways;

use super::retrieval::synced;
use crate::faults::Random;
use crate::project::Project;
use anyhow::{Context, Result, bail};
use corpus::{Act, Place};
use judge::{Asked, Expected, Table};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use ways::Said;

/// Provisions picked of each corpus.
const PICKED: usize = 60;
/// Citations of each sort of what is nowhere.
const NOWHERE: usize = 10;

pub(super) fn run(
    project: &Project,
    shelf: &Path,
    data: &Path,
    corpora: &[String],
    seeds: &[u64],
) -> Result<()> {
    let mut failed = 0;
    for (corpus, places) in [("phapdien_laws", true), ("dsc2026_docs", false)] {
        if !corpora.is_empty() && corpora.iter().all(|asked| asked != corpus) {
            continue;
        }
        let home = synced(project, shelf, data, corpus)?;
        let acts = corpus::read(&data.join("corpus").join(format!("{corpus}.jsonl.zst")))?;
        for &seed in seeds {
            let mut random = Random::new(seed);
            let asked = queries(project, &acts, places, &mut random)?;
            let file = home.with_extension("citations.jsonl");
            let answers = ask(shelf, &home, &file, &asked)?;
            let mut table = Table::default();
            for (asked, answer) in asked.iter().zip(&answers) {
                table.add(&acts, asked, answer);
            }
            println!("\n{corpus}, seed {seed}: {} queries", asked.len());
            failed += table.print();
        }
    }
    if failed > 0 {
        bail!("{failed} citations went astray");
    }
    Ok(())
}

/// What is asked of a corpus: its places in every way, or its numbers alone.
fn queries(
    project: &Project,
    acts: &[Act],
    places: bool,
    random: &mut Random,
) -> Result<Vec<Asked>> {
    let mut keys: HashMap<&str, usize> = HashMap::new();
    for act in acts {
        *keys.entry(act.key.as_str()).or_default() += 1;
    }
    // What is asked for must have one number, one key, one place for an id.
    let clean: Vec<usize> = (0..acts.len())
        .filter(|&at| {
            let act = &acts[at];
            let written = act.number.as_ref().map(ways::as_written);
            keys[act.key.as_str()] == 1
                && !act.kind.is_empty()
                && act.is_plain()
                && written.is_some_and(|written| !places || written == act.key)
        })
        .collect();
    // An act whose whole number another one has is no place for what must be missing.
    let whole = |act: &Act| {
        act.number
            .as_ref()
            .map(|n| corpus::plain(&ways::as_written(n)))
    };
    let mut numbers: HashMap<Option<String>, usize> = HashMap::new();
    for act in acts {
        *numbers.entry(whole(act)).or_default() += 1;
    }
    let sound: Vec<usize> = clean
        .iter()
        .copied()
        .filter(|&at| numbers[&whole(&acts[at])] == 1)
        .collect();
    let short = abbreviations(project)?;
    let mut asked = Vec::new();
    for turn in 0..PICKED {
        let pool: Vec<usize> = match turn % 6 {
            // Laws have names; inserted articles have letters.
            0 | 1 => clean
                .iter()
                .copied()
                .filter(|&at| acts[at].name().is_some())
                .collect(),
            2 if places => clean
                .iter()
                .copied()
                .filter(|&at| acts[at].articles.iter().any(|(id, _)| lettered(id)))
                .collect(),
            _ => clean.clone(),
        };
        let at = pool[random.below(pool.len())];
        let act = &acts[at];
        match places {
            true => all_ways(&mut asked, acts, at, turn, &short, random),
            false => {
                let number = act.number.as_ref().context("a number")?;
                for way in ways::NUMBERS {
                    if let Some((text, said)) = (way.spell)(act, number) {
                        asked.push(Asked {
                            form: way.name,
                            text,
                            expected: Expected::Found {
                                act: at,
                                place: None,
                                said,
                            },
                        });
                    }
                }
            }
        }
    }
    for nowhere in nowhere::all(acts, &sound, NOWHERE, random) {
        asked.push(Asked {
            form: nowhere.sort,
            text: nowhere.text,
            expected: Expected::Nowhere { act: nowhere.act },
        });
    }
    Ok(asked)
}

fn lettered(id: &str) -> bool {
    let mut letters = id.trim_start_matches(|c: char| c.is_ascii_digit()).chars();
    id.starts_with(|c: char| c.is_ascii_digit())
        && letters.next().is_some()
        && letters.next().is_none()
}

/// One random place of an act in every way.
fn all_ways(
    asked: &mut Vec<Asked>,
    acts: &[Act],
    at: usize,
    turn: usize,
    short: &HashMap<String, Vec<String>>,
    random: &mut Random,
) {
    let act = &acts[at];
    let Some(number) = &act.number else { return };
    let place = picked_place(act, turn, random);
    let mut push = |form: &'static str, text: String, said: Said| {
        asked.push(Asked {
            form,
            text,
            expected: Expected::Found {
                act: at,
                place: Some(place.clone()),
                said,
            },
        });
    };
    for way in ways::NUMBERS.iter().chain(ways::NAMES) {
        if let Some((spelt, said)) = (way.spell)(act, number) {
            // Half of the places as they should be written, the others in any way.
            let place_way = match random.below(2) {
                0 => &ways::PLACES[0],
                _ => &ways::PLACES[random.below(ways::PLACES.len())],
            };
            let order = &ways::ORDERS[random.below(ways::ORDERS.len())];
            push(
                way.name,
                (order.join)(&(place_way.spell)(&place), &spelt),
                said,
            );
        }
    }
    let full_name = act
        .name()
        .map(|name| corpus::plain(&format!("{} {name}", act.kind)));
    for abbreviation in full_name
        .and_then(|name| short.get(&name))
        .into_iter()
        .flatten()
    {
        let said = Said {
            name: true,
            kind: true,
            ..Said::default()
        };
        let place = (ways::PLACES[random.below(9)].spell)(&place);
        push(
            "an abbreviation (blhs)",
            format!("{abbreviation} {place}"),
            said.clone(),
        );
        push(
            "an abbreviation (blhs)",
            format!("{place} {}", abbreviation.to_uppercase()),
            said.clone(),
        );
        if let Some(issued) = &act.issued {
            let year = issued[..4].to_string();
            let text = format!("{place} {abbreviation} {year}");
            push(
                "an abbreviation and year (blds 2015)",
                text,
                Said {
                    year_beside: Some(year),
                    ..said
                },
            );
        }
    }
    for way in ways::PLACES {
        let (spelt, said) = ways::plain_act(act, number, random);
        let text = match random.below(2) {
            0 => format!("{} {spelt}", (way.spell)(&place)),
            _ => format!("{spelt} {}", (way.spell)(&place)),
        };
        push(way.name, text, said);
    }
    for order in ways::ORDERS {
        let (spelt, said) = ways::plain_act(act, number, random);
        push(
            order.name,
            (order.join)(&(ways::PLACES[random.below(7)].spell)(&place), &spelt),
            said,
        );
    }
}

/// An Điều, a khoản or a điểm of the act.
fn picked_place(act: &Act, turn: usize, random: &mut Random) -> Place {
    let ids: Vec<usize> = (0..act.articles.len())
        .filter(|&at| {
            let id = &act.articles[at].0;
            let counted = id.bytes().all(|b| b.is_ascii_digit());
            let wanted = turn % 6 == 2 && act.articles.iter().any(|(id, _)| lettered(id));
            if wanted {
                lettered(id)
            } else {
                counted || lettered(id)
            }
        })
        .collect();
    let (id, words) = &act.articles[ids[random.below(ids.len().max(1))]];
    let mut place = Place {
        article: id.clone(),
        clause: None,
        point: None,
    };
    let clauses = corpus::clauses(words);
    if turn.is_multiple_of(3) || clauses.len() < 2 {
        return place;
    }
    let (clause, words) = &clauses[random.below(clauses.len())];
    place.clause = Some(clause.clone());
    let points = corpus::points(words);
    if points.len() > 1 && random.below(4) > 0 {
        // The letter đ is where readers go wrong.
        let crossed = points
            .iter()
            .find(|point| *point == "đ")
            .filter(|_| random.below(3) == 0);
        place.point = Some(
            crossed
                .unwrap_or(&points[random.below(points.len())])
                .clone(),
        );
    }
    place
}

/// Full folded names of acts with the abbreviations that the shelf's own table gives them.
fn abbreviations(project: &Project) -> Result<HashMap<String, Vec<String>>> {
    let file = project.path("src-tauri/crates/shelf-law/data/abbreviations.json");
    let text =
        std::fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
    let table: Value = serde_json::from_str(&text)?;
    let mut names: HashMap<String, Vec<String>> = HashMap::new();
    for (abbreviation, name) in table["acts"].as_object().into_iter().flatten() {
        let name = corpus::plain(name.as_str().unwrap_or_default());
        names.entry(name).or_default().push(abbreviation.clone());
    }
    Ok(names)
}

fn ask(shelf: &Path, home: &Path, file: &Path, asked: &[Asked]) -> Result<Vec<Value>> {
    let mut queries = std::io::BufWriter::new(std::fs::File::create(file)?);
    for (qid, asked) in asked.iter().enumerate() {
        writeln!(
            queries,
            "{}",
            json!({ "qid": qid.to_string(), "text": asked.text })
        )?;
    }
    queries.flush()?;
    drop(queries);
    let output = Command::new(shelf)
        .args(["search", "--limit", "3", "--queries"])
        .arg(file)
        .arg("--home")
        .arg(home)
        .stderr(Stdio::inherit())
        .output()
        .context("cannot start the search")?;
    let answers: Vec<Value> = String::from_utf8(output.stdout)?
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()?;
    if answers.len() != asked.len() {
        bail!("{} queries, {} answers", asked.len(), answers.len());
    }
    Ok(answers)
}
