//! Words as people say them, and the words that the law has for the same.

use super::phrases::{Accents, Phrases, Word, spelling};
use crate::tables::Faults;
use crate::tokens::folded_terms;
use serde_json::Value;
use std::collections::HashSet;

/// The table of lay words.
#[derive(Clone, Debug, Default)]
pub struct LayWords {
    phrases: Phrases<Lay>,
}

/// A lay word.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lay {
    /// As the table writes it.
    pub lay: String,
    /// Folded.
    pub folded: String,
    /// What the law says.
    pub legal: Vec<String>,
    /// Whether it counts only where accents are typed.
    pub accents_only: bool,
}

impl LayWords {
    /// Lay words that are many other things without their accents (`cá độ`, tất cả do) are named in
    /// `accents_only` and found only where accents were typed. Reads `{"words":{"sổ đỏ":"giấy chứng nhận quyền sử dụng đất","xe máy":["xe mô tô","xe gắn máy"]},
    /// "accents_only":{"cá độ":true}}`.
    pub(crate) fn read(table: &Value, faults: &mut Faults) -> LayWords {
        let mut words = LayWords::default();
        let told: HashSet<String> = faults
            .entries(table, "accents_only")
            .filter(|(_, value)| value.as_bool() == Some(true))
            .map(|(lay, _)| spelling(lay))
            .collect();
        for (lay, value) in faults.entries(table, "words") {
            let Some(short) = faults.short("words", lay) else {
                continue;
            };
            let legal = faults.meanings(&format!("words › {short}"), value);
            if !legal.is_empty() {
                let accents_only = told.contains(&spelling(&short));
                let lay = Lay {
                    folded: folded_terms(&short),
                    lay: short.clone(),
                    legal,
                    accents_only,
                };
                words.phrases.add(&short, lay);
            }
        }
        words
    }

    /// The lay word that opens a question's words, and how many of them it takes.
    pub(crate) fn at_start(&self, words: &[Word], accented: bool) -> Option<(&Lay, usize)> {
        let (found, count) = self
            .phrases
            .at_start(words, Accents::OfQuestion, accented)?;
        // Typed without accents it may be several: then nobody knows which is meant.
        match found[..] {
            [one] if accented || !one.accents_only => Some((one, count)),
            _ => None,
        }
    }

    /// All lay words.
    pub fn iter(&self) -> impl Iterator<Item = &Lay> {
        self.phrases.iter().map(|(_, lay)| lay)
    }
}
