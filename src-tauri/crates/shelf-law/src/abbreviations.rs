//! Abbreviations that people type: names of acts (`blhs`), words (`ubnd`), issuers in numbers (`ttg`).
//!
//! The table is data: [`Abbreviations::builtin`] is what the crate carries, a publisher may send
//! another one of the same form.

use crate::tables::{Faults, MAX_ENTRIES, TableError, Tables};
use crate::tokens::folded_terms;
use crate::understanding::{Accents, Phrases, Word};
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// A table of abbreviations, looked up by folded terms.
#[derive(Clone, Debug, Default)]
pub struct Abbreviations {
    acts: HashMap<String, String>,
    words: Phrases<String>,
    issuers: HashSet<String>,
    longest_act: usize,
    /// First terms of the abbreviations of acts.
    act_openings: HashSet<String>,
}

impl Abbreviations {
    /// The table that the crate carries.
    pub fn builtin() -> &'static Abbreviations {
        &Tables::builtin().abbreviations
    }

    /// Reads a table `{"acts":{…},"words":{…},"issuers":[…]}`; absent parts are empty.
    ///
    /// # Errors
    /// It is no JSON, or it has entries that cannot be used.
    pub fn from_json(json: &str) -> Result<Abbreviations, TableError> {
        let mut faults = Faults::default();
        let table = Abbreviations::read(&serde_json::from_str(json)?, &mut faults);
        match faults.0.is_empty() {
            true => Ok(table),
            false => Err(TableError::Faults(faults.0)),
        }
    }

    /// Reads what can be used of a table. The issuers are a list of codes, or an object of codes with
    /// the names for them.
    pub(crate) fn read(table: &Value, faults: &mut Faults) -> Abbreviations {
        let mut read = Abbreviations::default();
        for (short, full) in faults.entries(table, "acts") {
            if let Some((short, full)) = faults.pair("acts", short, full) {
                let terms = folded_terms(&short);
                let opening = terms.split(' ').next().unwrap_or_default();
                read.act_openings.insert(opening.to_string());
                read.longest_act = read.longest_act.max(terms.split(' ').count());
                read.acts.insert(terms, full);
            }
        }
        for (short, full) in faults.entries(table, "words") {
            if let Some((short, full)) = faults.pair("words", short, full) {
                read.words.add(&short, full);
            }
        }
        let codes: Vec<&str> = match table.get("issuers") {
            None => Vec::new(),
            Some(Value::Object(map)) => map.keys().map(String::as_str).collect(),
            Some(Value::Array(list)) if list.iter().all(Value::is_string) => {
                list.iter().filter_map(Value::as_str).collect()
            }
            Some(_) => {
                faults.add("issuers", "must be a list of codes in quotes");
                Vec::new()
            }
        };
        for code in codes.into_iter().take(MAX_ENTRIES) {
            if let Some(code) = faults.short("issuers", code) {
                read.issuers.insert(folded_terms(&code));
            }
        }
        read
    }

    /// The act whose abbreviation opens these folded terms, and how many terms that takes; the
    /// longest abbreviation wins.
    pub fn act_at_start(&self, terms: &[&str]) -> Option<(&str, usize)> {
        let first = terms.first()?;
        if !self.act_openings.contains(*first) {
            return None;
        }
        (1..=terms.len().min(self.longest_act))
            .rev()
            .find_map(|count| {
                let act = self.acts.get(&terms[..count].join(" "))?;
                Some((act.as_str(), count))
            })
    }

    /// The full words of one folded term.
    pub fn word(&self, term: &str) -> Option<&str> {
        self.words.of_word(term).map(String::as_str)
    }

    /// Whether a folded term stands for an issuer in numbers: `cp`, `ttg`, `qh14`, `ubtvqh13`, and
    /// with the number of one of its units `nhnn2`.
    pub fn is_issuer(&self, term: &str) -> bool {
        let base = term.trim_end_matches(|c: char| c.is_ascii_digit());
        let most = match base {
            "qh" | "ubtvqh" | "hdnn" => 2,
            _ => usize::from(base.len() > 2),
        };
        let numbered = term.len() - base.len() <= most;
        self.issuers.contains(term) || (numbered && self.issuers.contains(base))
    }

    /// The abbreviation that opens these words, in full, and how many words it takes; an act before
    /// words. One that may stand for several things stands for none.
    pub(crate) fn at_start(&self, words: &[Word]) -> Option<(&str, usize)> {
        let terms: Vec<&str> = words
            .iter()
            .take(self.longest_act)
            .map(|word| word.term.as_str())
            .collect();
        let act = self.act_at_start(&terms);
        let word = self.words.at_start(words, Accents::OfWord, true);
        let word = word.and_then(|(found, count)| match found[..] {
            [one] => Some((one.as_str(), count)),
            _ => None,
        });
        let longer = |count: usize| word.is_none_or(|(_, other)| other <= count);
        act.filter(|(_, count)| longer(*count)).or(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::understanding::words;

    #[test]
    fn the_table_in_the_crate_is_sound() {
        let table = Abbreviations::builtin();
        let acts = table.acts.iter().map(|(short, full)| (short.clone(), full));
        for (short, full) in acts.chain(table.words.iter()) {
            assert_ne!(
                folded_terms(full),
                folded_terms(&short),
                "{short} stands for itself"
            );
            assert_eq!(full, &crate::fold::normalise(full));
        }
        for full in table.acts.values() {
            assert!(
                crate::kind::kind_at_start(folded_terms(full).split(' ')).is_some(),
                "{full}"
            );
        }
    }

    #[test]
    fn abbreviations_are_found_with_and_without_accents() {
        let table = Abbreviations::builtin();
        let find = |query: &str| -> Vec<(String, String)> {
            let words = words(query);
            let mut found = Vec::new();
            let mut at = 0;
            while at < words.len() {
                let hit = table.at_start(&words[at..]);
                let count = hit.map_or(1, |(_, count)| count);
                if let Some((full, _)) = hit {
                    let range = words[at].range.start..words[at + count - 1].range.end;
                    found.push((query[range].to_string(), full.to_string()));
                }
                at += count;
            }
            found
        };
        let pair = |a: &str, b: &str| (a.to_string(), b.to_string());
        assert_eq!(
            find("UBND xã cấp GCNQSDĐ theo LĐĐ"),
            [
                pair("UBND", "ủy ban nhân dân"),
                pair("GCNQSDĐ", "giấy chứng nhận quyền sử dụng đất"),
                pair("LĐĐ", "Luật Đất đai"),
            ]
        );
        assert_eq!(
            find("luat hngd"),
            [pair("luat hngd", "Luật Hôn nhân và gia đình")]
        );
        assert!(find("ly hôn thì chia tài sản").is_empty());
    }

    #[test]
    fn issuers_carry_the_number_of_their_term() {
        let table = Abbreviations::builtin();
        for term in ["cp", "ttg", "qh14", "ubtvqh13", "hdnn8", "bnnptnt"] {
            assert!(table.is_issuer(term), "{term}");
        }
        for term in ["cp2", "qh2019", "14", "dat", ""] {
            assert!(!table.is_issuer(term), "{term}");
        }
    }

    #[test]
    fn a_damaged_table_is_refused() {
        assert!(Abbreviations::from_json("{\"acts\":3}").is_err());
        assert!(Abbreviations::from_json("{}").is_ok());
    }
}
