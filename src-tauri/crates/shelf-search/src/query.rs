//! A question as the index understands it.

use shelf_law::kind::kind_at_start;
use shelf_law::tokens::for_each_term;
use shelf_law::{DocumentKind, Product};
use std::collections::HashMap;

/// Syllables of a question that are read. A question has about fifteen; this much is a pasted page.
const MAX_SYLLABLES: usize = 4_000;

/// A question: its words as typed, and the terms made of them.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Query {
    original: String,
    pub(crate) syllables: Vec<QueryTerm>,
    pub(crate) pairs: Vec<QueryTerm>,
    pub(crate) kinds: Vec<DocumentKind>,
    pub(crate) products: Vec<Product>,
    pub(crate) place: bool,
    pub(crate) years: Vec<u16>,
}

/// A term of a question.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct QueryTerm {
    /// The folded syllable, or two of them joined by `_`.
    pub(crate) text: String,
    /// How often the question says it; words added to it count less than those typed.
    pub(crate) count: f32,
}

impl Query {
    /// Reads a question. Any text will do; one without letters and digits has no terms and finds
    /// nothing.
    pub fn parse(text: &str) -> Query {
        let mut syllables = Terms::default();
        let mut pairs = Terms::default();
        let mut words = Vec::new();
        for_each_term(text, |syllable, pair| {
            if words.len() < MAX_SYLLABLES {
                words.push(syllable.to_string());
                syllables.add(syllable, 1.0);
                if let Some(pair) = pair {
                    pairs.add(pair, 1.0);
                }
            }
        });
        Query {
            original: text.to_string(),
            syllables: syllables.list,
            pairs: pairs.list,
            kinds: kinds(&words),
            products: Vec::new(),
            place: false,
            years: years(&words),
        }
    }

    /// Adds words that the question means besides those typed. Each of their terms counts `weight`
    /// of a typed one; a term that was typed is not counted more for being meant as well.
    pub fn add(&mut self, words: &str, weight: f32) {
        let mut read = 0;
        for_each_term(words, |syllable, pair| {
            read += 1;
            if read <= MAX_SYLLABLES {
                add_unless_there(&mut self.syllables, syllable, weight);
                if let Some(pair) = pair {
                    add_unless_there(&mut self.pairs, pair, weight);
                }
            }
        });
    }

    /// Says which products the question names: it asks for one of them rather than for another
    /// document that has its words.
    pub fn ask_for(&mut self, products: &[Product]) {
        self.products.extend_from_slice(products);
    }

    /// Says that the question names a place, a province or what is in it: it asks for what is said there
    /// rather than for what holds everywhere.
    pub fn ask_there(&mut self) {
        self.place = true;
    }

    /// The question as it was typed.
    pub fn original(&self) -> &str {
        &self.original
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.syllables.is_empty()
    }

    /// The distinct folded syllables, in the order of the question.
    pub fn syllables(&self) -> impl Iterator<Item = &str> {
        self.syllables.iter().map(|term| term.text.as_str())
    }

    /// The distinct pairs of adjacent syllables (`a_b`), in the order of the question.
    pub fn pairs(&self) -> impl Iterator<Item = &str> {
        self.pairs.iter().map(|term| term.text.as_str())
    }
}

/// The kinds of documents that a question names. Abbreviations are left out: `tt`, `ct` and `tb` stand
/// for too much else.
fn kinds(words: &[String]) -> Vec<DocumentKind> {
    let mut kinds = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let named = kind_at_start(words[at..].iter().map(String::as_str));
        let Some((kind, length)) = named.filter(|(_, length)| words[at].len() > 2 || *length > 1)
        else {
            at += 1;
            continue;
        };
        // "Pháp luật" names no Luật.
        let inside = at > 0 && words[at - 1] == "phap" && kind == DocumentKind::Law;
        if !inside && !kinds.contains(&kind) {
            kinds.push(kind);
        }
        at += length;
    }
    kinds
}

/// The years that a question names.
fn years(words: &[String]) -> Vec<u16> {
    let mut years: Vec<u16> = words
        .iter()
        .filter(|word| word.len() == 4)
        .filter_map(|word| word.parse().ok())
        .filter(|year| (1945..2100).contains(year))
        .collect();
    years.sort_unstable();
    years.dedup();
    years
}

fn add_unless_there(terms: &mut Vec<QueryTerm>, text: &str, count: f32) {
    if !terms.iter().any(|term| term.text == text) {
        terms.push(QueryTerm {
            text: text.to_string(),
            count,
        });
    }
}

#[derive(Default)]
struct Terms {
    list: Vec<QueryTerm>,
    places: HashMap<String, usize>,
}

impl Terms {
    fn add(&mut self, text: &str, count: f32) {
        if let Some(place) = self.places.get(text) {
            self.list[*place].count += count;
            return;
        }
        self.places.insert(text.to_string(), self.list.len());
        self.list.push(QueryTerm {
            text: text.to_string(),
            count,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accented_and_unaccented_typing_make_the_same_terms() {
        let accented = Query::parse("Thủ tục đăng ký đất đai, kỹ thuật");
        let plain = Query::parse("thu tuc dang ki dat dai ky thuat");
        assert_eq!(accented.syllables, plain.syllables);
        assert_eq!(accented.pairs, plain.pairs);
    }

    #[test]
    fn a_repeated_term_is_counted() {
        let query = Query::parse("đất và đất");
        assert_eq!(query.syllables().collect::<Vec<_>>(), ["dat", "va"]);
        assert_eq!(query.syllables[0].count, 2.0);
        assert_eq!(query.pairs().collect::<Vec<_>>(), ["dat_va", "va_dat"]);
    }

    #[test]
    fn added_words_count_less_and_leave_typed_ones_as_they_are() {
        let mut query = Query::parse("sổ đỏ của đất");
        query.add("quyền sử dụng đất", 0.5);
        let counts: Vec<(&str, f32)> = query
            .syllables
            .iter()
            .map(|term| (term.text.as_str(), term.count))
            .collect();
        assert_eq!(
            counts[3..],
            [("dat", 1.0), ("quyen", 0.5), ("su", 0.5), ("dung", 0.5)]
        );
        assert!(query.pairs().any(|pair| pair == "dung_dat"));
        assert!(
            !query.pairs().any(|pair| pair == "dat_quyen"),
            "no pair reaches across"
        );
        assert_eq!(query.original(), "sổ đỏ của đất");
    }

    #[test]
    fn hostile_text_makes_few_terms_or_none() {
        assert!(Query::parse("").is_empty());
        assert!(Query::parse("?!…\u{0}\u{7}\u{200b} \n\t—").is_empty());
        assert!(
            Query::parse("\u{301}\u{302}").is_empty(),
            "marks without a letter"
        );
        let long: String = (0..50_000).map(|n| format!("t{n} ")).collect();
        assert_eq!(Query::parse(&long).syllables.len(), MAX_SYLLABLES);
        assert_eq!(Query::parse(&"a".repeat(100_000)).syllables.len(), 1);
    }
}
