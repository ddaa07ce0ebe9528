//! The numbers that Word draws before paragraphs and does not store in them.

use super::xml::{Event, events};
use std::collections::HashMap;

/// Styles hand numbering down to each other; longer chains are loops.
const LONGEST_CHAIN: usize = 12;
const LEVELS: usize = 9;

/// Numbering as a paragraph or style names it: the list, and the level in it.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct NumPr {
    pub(super) list: Option<u32>,
    pub(super) level: Option<usize>,
}

/// The paragraph styles.
#[derive(Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    default: Option<String>,
}

#[derive(Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    numbering: NumPr,
}

impl Styles {
    pub(super) fn read(part: &str) -> Styles {
        let mut styles = Styles::default();
        let mut open: Option<(String, Style)> = None;
        for event in events(part).flatten() {
            match event {
                Event::Open(element) => match (element.name(), &mut open) {
                    ("style", _) => {
                        let id = element.attribute("styleId").unwrap_or_default();
                        let paragraph = element.attribute("type").is_none_or(|t| t == "paragraph");
                        let default = element.attribute("default");
                        if paragraph && matches!(default.as_deref(), Some("1" | "true" | "on")) {
                            styles.default = Some(id.clone());
                        }
                        open = Some((id, Style::default()));
                    }
                    ("name", Some((_, style))) => style.name = element.value().unwrap_or_default(),
                    ("basedOn", Some((_, style))) => style.based_on = element.value(),
                    ("numId", Some((_, style))) => style.numbering.list = number(element.value()),
                    ("ilvl", Some((_, style))) => style.numbering.level = number(element.value()),
                    _ => {}
                },
                Event::Close(name) if name == "style" => {
                    if let Some((id, style)) = open.take() {
                        styles.styles.insert(id, style);
                    }
                }
                _ => {}
            }
        }
        styles
    }

    /// The numbering that a style gives, its own or from the styles that it is based on, with the
    /// id of the style that gives the list.
    pub(super) fn numbering(&self, id: Option<&str>) -> (NumPr, Option<&str>) {
        let mut found = NumPr::default();
        let mut next = id.or(self.default.as_deref());
        for _ in 0..LONGEST_CHAIN {
            let Some((id, style)) = next.and_then(|id| self.styles.get_key_value(id)) else {
                break;
            };
            found.level = found.level.or(style.numbering.level);
            if style.numbering.list.is_some() {
                found.list = style.numbering.list;
                return (found, Some(id));
            }
            next = style.based_on.as_deref();
        }
        (NumPr::default(), None)
    }

    /// The name of a heading style, `None` for any other.
    pub(super) fn heading(&self, id: &str) -> Option<&str> {
        let name = &self.styles.get(id)?.name;
        name.to_lowercase().starts_with("heading").then_some(name)
    }
}

#[derive(Clone, Default, Debug)]
struct Level {
    format: String,
    text: String,
    start: u32,
    style: Option<String>,
    legal: bool,
    no_space: bool,
    /// The level after which this one starts again, from 1; 0 where it never does.
    restart: Option<usize>,
}

#[derive(Clone)]
struct List {
    scheme: u32,
    starts: HashMap<usize, u32>,
    levels: HashMap<usize, Level>,
}

/// The lists of a document, and how far each has counted.
#[derive(Default)]
pub(super) struct Numbering {
    schemes: HashMap<u32, Vec<Level>>,
    lists: HashMap<u32, List>,
    counters: HashMap<u32, [Option<u32>; LEVELS]>,
    begun: Vec<(u32, usize)>,
}

impl Numbering {
    pub(super) fn read(part: &str, styles: &Styles) -> Numbering {
        let mut numbering = Numbering::default();
        let mut links: Vec<(u32, String)> = Vec::new();
        let mut scheme: Option<(u32, Vec<Level>)> = None;
        let mut list: Option<(u32, List)> = None;
        let mut level: Option<(usize, Level)> = None;
        let mut overridden = 0;
        for event in events(part).flatten() {
            match event {
                Event::Open(element) => {
                    let value = element.value();
                    match element.name() {
                        "abstractNum" => {
                            let id = number(element.attribute("abstractNumId"));
                            scheme = id.map(|id| (id, vec![Level::default(); LEVELS]));
                        }
                        "num" => {
                            list = number(element.attribute("numId")).map(|id| {
                                let starts = HashMap::new();
                                let levels = HashMap::new();
                                (
                                    id,
                                    List {
                                        scheme: 0,
                                        starts,
                                        levels,
                                    },
                                )
                            });
                        }
                        "abstractNumId" => {
                            if let (Some((_, list)), Some(id)) = (&mut list, number(value)) {
                                list.scheme = id;
                            }
                        }
                        "numStyleLink" => {
                            if let (Some((id, _)), Some(style)) = (&scheme, value) {
                                links.push((*id, style));
                            }
                        }
                        "lvlOverride" => {
                            overridden = number(element.attribute("ilvl")).unwrap_or(0);
                        }
                        "startOverride" => {
                            if let (Some((_, list)), Some(start)) = (&mut list, number(value)) {
                                list.starts.insert(overridden, start);
                            }
                        }
                        "lvl" => {
                            let at: usize = number(element.attribute("ilvl")).unwrap_or(0);
                            let fresh = Level {
                                start: 1,
                                format: "decimal".into(),
                                ..Level::default()
                            };
                            level = Some((at.min(LEVELS - 1), fresh));
                        }
                        name => {
                            if let Some((_, level)) = &mut level {
                                match name {
                                    "numFmt" => level.format = value.unwrap_or_default(),
                                    "lvlText" => level.text = value.unwrap_or_default(),
                                    "start" => level.start = number(value).unwrap_or(1),
                                    "pStyle" => level.style = value,
                                    "isLgl" => level.legal = element.is_on(),
                                    "suff" => level.no_space = value.as_deref() == Some("nothing"),
                                    "lvlRestart" => level.restart = number(value),
                                    _ => {}
                                }
                            }
                        }
                    }
                }
                Event::Close(name) => match name.as_str() {
                    "lvl" => {
                        if let Some((at, level)) = level.take() {
                            match (&mut list, &mut scheme) {
                                (Some((_, list)), _) => {
                                    list.levels.insert(at, level);
                                }
                                (None, Some((_, levels))) => levels[at] = level,
                                _ => {}
                            }
                        }
                    }
                    "abstractNum" => numbering.schemes.extend(scheme.take()),
                    "num" => numbering.lists.extend(list.take()),
                    _ => {}
                },
                Event::Text(_) => {}
            }
        }
        // A scheme may only name the style whose list holds the levels.
        for (id, style) in links {
            let scheme = styles
                .numbering(Some(&style))
                .0
                .list
                .and_then(|list| numbering.lists.get(&list))
                .and_then(|list| numbering.schemes.get(&list.scheme))
                .cloned();
            if let Some(levels) = scheme {
                numbering.schemes.insert(id, levels);
            }
        }
        numbering
    }

    /// Counts a paragraph of this list and gives what Word draws before it, with the space behind.
    pub(super) fn next(&mut self, numbering: NumPr, style: Option<&str>) -> Option<String> {
        let id = numbering.list.filter(|id| *id != 0)?;
        let list = self.lists.get(&id)?;
        let scheme = list.scheme;
        let levels = self.schemes.get(&scheme)?;
        let at = numbering
            .level
            .or_else(|| {
                levels
                    .iter()
                    .position(|l| l.style.is_some() && l.style.as_deref() == style)
            })
            .unwrap_or(0)
            .min(LEVELS - 1);
        let level = |at: usize| list.levels.get(&at).unwrap_or(&levels[at]);
        let counters = self.counters.entry(scheme).or_default();
        if let Some(start) = list.starts.get(&at)
            && !self.begun.contains(&(id, at))
        {
            self.begun.push((id, at));
            counters[at] = Some(*start);
        } else {
            counters[at] = Some(counters[at].map_or(level(at).start, |n| n.saturating_add(1)));
        }
        for (deeper, counter) in counters.iter_mut().enumerate().skip(at + 1) {
            // `lvlRestart` names the level, from 1, whose step starts this one again.
            let restarts = match level(deeper).restart {
                Some(0) => false,
                Some(after) => at < after,
                None => true,
            };
            if restarts {
                *counter = None;
            }
        }
        let this = level(at);
        if this.format == "none" && !this.text.contains('%') {
            return Some(this.text.clone()).filter(|text| !text.is_empty());
        }
        let mut out = String::new();
        if this.format == "bullet" {
            let sign = this.text.trim();
            out.push_str(if matches!(sign, "+" | "*" | "–" | "o") {
                sign
            } else {
                "-"
            });
            if out == "o" || out == "*" {
                out = "-".into();
            }
        } else {
            let mut chars = this.text.chars();
            while let Some(c) = chars.next() {
                let place = match c {
                    '%' => chars.next().and_then(|c| c.to_digit(10)),
                    _ => None,
                };
                match place {
                    Some(place @ 1..=9) => {
                        let index = place as usize - 1;
                        let value = counters[index].unwrap_or(level(index).start);
                        let format = match this.legal {
                            true => "decimal",
                            false => level(index).format.as_str(),
                        };
                        out.push_str(&drawn(value, format));
                    }
                    _ => out.push(c),
                }
            }
        }
        if !this.no_space && !out.is_empty() {
            out.push(' ');
        }
        Some(out)
    }
}

fn number<T: std::str::FromStr>(value: Option<String>) -> Option<T> {
    value?.trim().parse().ok()
}

/// A number as its format draws it. Word's letters are a b c d e …, without đ.
fn drawn(value: u32, format: &str) -> String {
    let letters = |first: u8| {
        let index = value.saturating_sub(1);
        let letter = char::from(first + (index % 26) as u8);
        letter.to_string().repeat((index / 26 + 1).min(20) as usize)
    };
    match format {
        "lowerLetter" => letters(b'a'),
        "upperLetter" => letters(b'A'),
        "lowerRoman" => roman(value).to_lowercase(),
        "upperRoman" => roman(value),
        "decimalZero" => format!("{value:02}"),
        "none" => String::new(),
        _ => value.to_string(),
    }
}

fn roman(mut value: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if value == 0 || value > 3999 {
        return value.to_string();
    }
    let mut out = String::new();
    for (worth, sign) in SIGNS {
        while value >= worth {
            out.push_str(sign);
            value -= worth;
        }
    }
    out
}
