//! Abbreviations that people type: names of acts (`blhs`), words (`ubnd`), issuers in numbers (`ttg`).
//!
//! The table is data: [`Abbreviations::builtin`] is what the crate carries, a publisher may send
//! another one of the same form.

use crate::tokens::{Token, folded_terms};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

/// A table of abbreviations cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("the table of abbreviations is damaged ({0}); publish it again")]
pub struct AbbreviationsError(#[from] serde_json::Error);

/// A table of abbreviations, looked up by folded terms.
#[derive(Clone, Debug, Default)]
pub struct Abbreviations {
    acts: HashMap<String, String>,
    words: HashMap<String, String>,
    issuers: HashSet<String>,
    longest_act: usize,
    /// First terms of the abbreviations of acts.
    act_openings: HashSet<String>,
}

/// The table as it travels: abbreviation to full words, both as written.
#[derive(Deserialize)]
struct Stored {
    #[serde(default)]
    acts: HashMap<String, String>,
    #[serde(default)]
    words: HashMap<String, String>,
    #[serde(default)]
    issuers: Vec<String>,
}

/// An abbreviation found in a query.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Expansion<'a> {
    /// Where it stands in the query, in bytes.
    pub range: Range<usize>,
    /// The full words.
    pub words: &'a str,
}

impl Abbreviations {
    /// The table that the crate carries.
    pub fn builtin() -> &'static Abbreviations {
        static BUILTIN: LazyLock<Abbreviations> = LazyLock::new(|| {
            Abbreviations::from_json(include_str!("../data/abbreviations.json"))
                .expect("the table in the crate is sound, as a test shows")
        });
        &BUILTIN
    }

    /// Reads a table `{"acts":{…},"words":{…},"issuers":[…]}`; absent parts are empty.
    pub fn from_json(json: &str) -> Result<Abbreviations, AbbreviationsError> {
        let stored: Stored = serde_json::from_str(json)?;
        let folded = |table: HashMap<String, String>| -> HashMap<String, String> {
            table
                .into_iter()
                .map(|(short, full)| (folded_terms(&short), full))
                .filter(|(short, _)| !short.is_empty())
                .collect()
        };
        let acts = folded(stored.acts);
        let longest_act = acts.keys().map(|k| k.split(' ').count()).max().unwrap_or(0);
        let act_openings = acts
            .keys()
            .filter_map(|short| short.split(' ').next())
            .map(str::to_string)
            .collect();
        Ok(Abbreviations {
            acts,
            words: folded(stored.words),
            issuers: stored.issuers.iter().map(|i| folded_terms(i)).collect(),
            longest_act,
            act_openings,
        })
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
        self.words.get(term).map(String::as_str)
    }

    /// Whether a folded term stands for an issuer in numbers: `cp`, `ttg`, `qh14`, `ubtvqh13`, and
    /// with the number of one of its units `nhnn2`.
    pub fn is_issuer(&self, term: &str) -> bool {
        let base = term.trim_end_matches(|c: char| c.is_ascii_digit());
        let most = match base {
            "qh" | "ubtvqh" | "hdnn" => 2,
            _ => usize::from(base.len() > 1),
        };
        let numbered = term.len() - base.len() <= most;
        self.issuers.contains(term) || (numbered && self.issuers.contains(base))
    }

    /// The abbreviations of acts and words among the syllables of a query, in order.
    pub fn expansions(&self, tokens: &[Token]) -> Vec<Expansion<'_>> {
        let terms: Vec<&str> = tokens.iter().map(|t| t.term.as_str()).collect();
        let mut found = Vec::new();
        let mut at = 0;
        while at < terms.len() {
            let hit = self
                .act_at_start(&terms[at..])
                .or_else(|| self.word(terms[at]).map(|words| (words, 1)));
            let count = hit.map_or(1, |(_, count)| count);
            if let Some((words, count)) = hit {
                found.push(Expansion {
                    range: tokens[at].range.start..tokens[at + count - 1].range.end,
                    words,
                });
            }
            at += count;
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens::syllables;

    #[test]
    fn the_table_in_the_crate_is_sound() {
        let table = Abbreviations::builtin();
        for (short, full) in table.acts.iter().chain(&table.words) {
            assert_ne!(&folded_terms(full), short, "{short} stands for itself");
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
            table
                .expansions(&syllables(query))
                .into_iter()
                .map(|e| (query[e.range].to_string(), e.words.to_string()))
                .collect()
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
