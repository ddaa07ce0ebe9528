//! Tables that help to understand a question: abbreviations, lay words, units and authorities. They
//! are signed data of a shelf: the crate carries a built-in one of each, a publisher sends his own.
//!
//! A publisher's table is checked entry by entry ([`merged`]); a reader takes what can be read of a
//! table, whatever else it holds ([`Tables::read`]), within limits on counts and lengths.

use crate::Abbreviations;
use crate::fold::normalise;
use crate::tokens::folded_terms;
use crate::understanding::{LayWords, Units};
use serde_json::{Map, Value};
use std::sync::{Arc, LazyLock};

/// The form of the tables that this crate reads. A table of a higher one is left aside.
pub const TABLE_FORMAT: u64 = 1;
/// Bytes of one table.
pub const MAX_TABLE: usize = 1 << 20;
/// Entries of one part of a table.
pub const MAX_ENTRIES: usize = 20_000;
/// Characters of what is looked for.
const MAX_SHORT: usize = 120;
/// Syllables of what is looked for.
pub(crate) const MAX_SYLLABLES: usize = 12;
/// Characters of what it means.
const MAX_LONG: usize = 400;
/// Meanings of one entry.
const MAX_MEANINGS: usize = 12;

/// A table of the shelf.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TableName {
    /// Abbreviations of acts and words, and codes of issuers.
    Abbreviations,
    /// Lay words and the legal words for them.
    Words,
    /// Administrative units and authorities, old and new.
    Units,
}

impl TableName {
    /// All tables.
    pub const ALL: [TableName; 3] = [TableName::Abbreviations, TableName::Words, TableName::Units];

    /// The name of its file, in a workspace and in the head of a repository.
    pub fn file_name(self) -> &'static str {
        match self {
            TableName::Abbreviations => "abbreviations.json",
            TableName::Words => "words.json",
            TableName::Units => "units.json",
        }
    }

    /// The table that the crate carries.
    pub fn builtin(self) -> &'static str {
        match self {
            TableName::Abbreviations => include_str!("../data/abbreviations.json"),
            TableName::Words => include_str!("../data/words.json"),
            TableName::Units => include_str!("../data/units.json"),
        }
    }

    /// What is wrong with a table, entry by entry; nothing where all of it can be used.
    pub fn faults(self, table: &Value) -> Vec<TableFault> {
        let mut faults = Faults::default();
        match self {
            TableName::Abbreviations => drop(Abbreviations::read(table, &mut faults)),
            TableName::Words => drop(LayWords::read(table, &mut faults)),
            TableName::Units => drop(Units::read(table, &mut faults)),
        }
        faults.0
    }
}

/// An entry of a table that cannot be used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TableFault {
    /// The entry: `words › sổ đỏ`.
    pub entry: String,
    /// What is wrong with it, and what to do.
    pub why: String,
}

/// A table cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// It is no JSON.
    #[error("is not JSON: {0}; correct the file at that place")]
    Json(#[from] serde_json::Error),
    /// It is larger than a reader takes.
    #[error("has {0} bytes, at most {MAX_TABLE} are read; take entries out")]
    TooLarge(usize),
    /// Entries that cannot be used, the first of them in words.
    #[error("{}: {}{}", .0[0].entry, .0[0].why, more(.0.len()))]
    Faults(Vec<TableFault>),
}

fn more(count: usize) -> String {
    match count {
        0 | 1 => String::new(),
        count => format!(" (and {} more)", count - 1),
    }
}

/// What was found wrong so far; reading goes on.
#[derive(Default)]
pub(crate) struct Faults(pub(crate) Vec<TableFault>);

impl Faults {
    /// Faults that are told; nobody reads more.
    const MOST: usize = 50;

    pub(crate) fn add(&mut self, entry: impl Into<String>, why: impl Into<String>) {
        if self.0.len() < Faults::MOST {
            self.0.push(TableFault {
                entry: entry.into(),
                why: why.into(),
            });
        }
    }

    /// The entries of one part of a table, as many as are taken; none where it is absent.
    pub(crate) fn entries<'t>(
        &mut self,
        table: &'t Value,
        part: &str,
    ) -> impl Iterator<Item = (&'t String, &'t Value)> + use<'t> {
        let found = table.get(part);
        let map = found.and_then(Value::as_object);
        if found.is_some() && map.is_none() {
            self.add(part, "must be an object { \"…\": … }");
        }
        if map.is_some_and(|map| map.len() > MAX_ENTRIES) {
            self.add(
                part,
                format!("has more than {MAX_ENTRIES} entries; take some out"),
            );
        }
        map.into_iter().flatten().take(MAX_ENTRIES)
    }

    /// What is looked for, where it can be: some syllables, not too many.
    pub(crate) fn short(&mut self, part: &str, text: &str) -> Option<String> {
        let syllables = match text.chars().count() {
            0..=MAX_SHORT => folded_terms(text)
                .split(' ')
                .filter(|t| !t.is_empty())
                .count(),
            _ => MAX_SYLLABLES + 1,
        };
        if (1..=MAX_SYLLABLES).contains(&syllables) {
            return Some(normalise(text.trim()));
        }
        let shown: String = text.chars().take(40).collect();
        let why = format!(
            "needs 1 to {MAX_SYLLABLES} words of letters or digits, {MAX_SHORT} characters at most"
        );
        self.add(format!("{part} › {shown}"), why);
        None
    }

    /// What is looked for, and the one thing that it means.
    pub(crate) fn pair(
        &mut self,
        part: &str,
        short: &str,
        full: &Value,
    ) -> Option<(String, String)> {
        let short = self.short(part, short)?;
        let entry = format!("{part} › {short}");
        match &self.meanings(&entry, full)[..] {
            [full] => Some((short, full.clone())),
            [] => None,
            _ => {
                self.add(entry, "may mean one thing only");
                None
            }
        }
    }

    /// The one or several meanings of an entry.
    pub(crate) fn meanings(&mut self, entry: &str, value: &Value) -> Vec<String> {
        let list: Vec<&Value> = match value {
            Value::Array(list) => list.iter().collect(),
            one => vec![one],
        };
        if list.is_empty() || list.len() > MAX_MEANINGS {
            self.add(
                entry,
                format!("needs 1 to {MAX_MEANINGS} meanings; null takes the entry out"),
            );
        }
        let mut meanings = Vec::new();
        for meaning in list.into_iter().take(MAX_MEANINGS) {
            let text = meaning
                .as_str()
                .map(str::trim)
                .filter(|text| text.chars().count() <= MAX_LONG && !folded_terms(text).is_empty());
            match text {
                Some(text) => meanings.push(normalise(text)),
                None => self.add(
                    entry,
                    format!("a meaning must be words in quotes, {MAX_LONG} characters at most"),
                ),
            }
        }
        meanings
    }
}

/// The built-in table with what a publisher's file adds, replaces and, with null, takes out
/// (RFC 7396), as it travels.
///
/// # Errors
/// The file is no JSON, or the table has entries that cannot be used.
pub fn merged(name: TableName, own: Option<&str>) -> Result<String, TableError> {
    let mut table: Value = serde_json::from_str(name.builtin())?;
    if let Some(own) = own {
        if own.len() > MAX_TABLE {
            return Err(TableError::TooLarge(own.len()));
        }
        let own: Value = serde_json::from_str(own.trim_start_matches('\u{feff}'))?;
        let own = spelt_as_there(&own, &table, 0);
        let Value::Object(own) = own else {
            return Err(TableError::Faults(vec![TableFault {
                entry: "the file".to_string(),
                why: "must hold one object { … }".to_string(),
            }]));
        };
        let known = table.as_object().cloned().unwrap_or_default();
        if let Some(strange) = own.keys().find(|key| !known.contains_key(*key)) {
            let known: Vec<&str> = known.keys().map(String::as_str).collect();
            return Err(TableError::Faults(vec![TableFault {
                entry: strange.clone(),
                why: format!("is no part of this table; it has {}", known.join(", ")),
            }]));
        }
        if own
            .get("format")
            .is_some_and(|format| format.as_u64() != Some(TABLE_FORMAT))
        {
            return Err(TableError::Faults(vec![TableFault {
                entry: "format".to_string(),
                why: format!("must be {TABLE_FORMAT}, or left out"),
            }]));
        }
        patch(&mut table, own);
    }
    let faults = name.faults(&table);
    if !faults.is_empty() {
        return Err(TableError::Faults(faults));
    }
    let text = serde_json::to_string(&table)?;
    match text.len() {
        0..=MAX_TABLE => Ok(text),
        more => Err(TableError::TooLarge(more)),
    }
}

/// The same value with each key in the spelling that the table has for it: a publisher who writes
/// `Sổ Đỏ`, or hoà for hòa, means the entry that is there.
fn spelt_as_there(own: &Value, there: &Value, depth: usize) -> Value {
    let (Value::Object(own), Some(known)) = (own, there.as_object()) else {
        return own.clone();
    };
    let same = |one: &str, two: &str| {
        one == two
            || depth > 0
                && crate::understanding::spelling(one) == crate::understanding::spelling(two)
    };
    let mut spelt = Map::new();
    for (key, value) in own {
        let known_key = match known.contains_key(key) {
            true => Some(key),
            false => known.keys().find(|known| same(known, key)),
        };
        let inner = known_key
            .and_then(|key| known.get(key))
            .unwrap_or(&Value::Null);
        let value = spelt_as_there(value, inner, depth + 1);
        spelt.insert(known_key.unwrap_or(key).clone(), value);
    }
    Value::Object(spelt)
}

fn patch(table: &mut Value, own: Map<String, Value>) {
    if !table.is_object() {
        *table = Value::Object(Map::new());
    }
    let Some(map) = table.as_object_mut() else {
        return;
    };
    for (key, value) in own {
        match value {
            Value::Null => {
                map.shift_remove(&key);
            }
            Value::Object(inner) => patch(map.entry(key).or_insert(Value::Null), inner),
            other => {
                map.insert(key, other);
            }
        }
    }
}

/// The tables that a question is read with.
#[derive(Clone, Debug)]
pub struct Tables {
    /// Abbreviations.
    pub abbreviations: Arc<Abbreviations>,
    /// Lay words.
    pub words: Arc<LayWords>,
    /// Units and authorities.
    pub units: Arc<Units>,
}

impl Tables {
    /// The tables that the crate carries.
    pub fn builtin() -> &'static Tables {
        static BUILTIN: LazyLock<Tables> = LazyLock::new(|| {
            let read = |name: TableName| -> Value {
                serde_json::from_str(name.builtin())
                    .expect("the tables in the crate are sound, as a test shows")
            };
            let mut faults = Faults::default();
            Tables {
                abbreviations: Arc::new(Abbreviations::read(
                    &read(TableName::Abbreviations),
                    &mut faults,
                )),
                words: Arc::new(LayWords::read(&read(TableName::Words), &mut faults)),
                units: Arc::new(Units::read(&read(TableName::Units), &mut faults)),
            }
        });
        &BUILTIN
    }

    /// The tables that `bytes` gives by name, each in place of the built-in one; where there is
    /// none, or it cannot be read at all, or it is of a newer form, the built-in one stays. Entries
    /// that cannot be used are passed over.
    pub fn read(bytes: impl Fn(TableName) -> Option<Vec<u8>>) -> Tables {
        let mut tables = Tables::builtin().clone();
        let mut faults = Faults::default();
        for name in TableName::ALL {
            let Some(table) = bytes(name).and_then(|bytes| readable(&bytes)) else {
                continue;
            };
            match name {
                TableName::Abbreviations => {
                    tables.abbreviations = Arc::new(Abbreviations::read(&table, &mut faults));
                }
                TableName::Words => tables.words = Arc::new(LayWords::read(&table, &mut faults)),
                TableName::Units => tables.units = Arc::new(Units::read(&table, &mut faults)),
            }
        }
        tables
    }
}

fn readable(bytes: &[u8]) -> Option<Value> {
    if bytes.len() > MAX_TABLE {
        return None;
    }
    let table: Value = serde_json::from_slice(bytes).ok()?;
    let format = table.as_object()?.get("format");
    let known = format.is_none_or(|format| format.as_u64().is_some_and(|f| f <= TABLE_FORMAT));
    known.then_some(table)
}

#[cfg(test)]
mod tests;
