//! What a question is taken to mean on this shelf: the tables that came with it, the citation that
//! resolves here, words in quotation marks checked against the texts.

use super::hit::SearchCitation;
use super::search::{Found, Place};
use super::{Library, cite, place};
use crate::Error;
use shelf_law::citation::{ActMention, QueryCitation, parse_query_with};
use shelf_law::tokens::folded_terms;
use shelf_law::understanding::{PartKind, Quotation};
use shelf_law::{DocumentText, TableName, Tables, Understood, understand};
use shelf_repo::reader::RepoReader;
use shelf_search::{Query, Ranking};
use std::ops::Range;

/// Documents, or provisions, that are looked at for words in quotation marks …
const MOST_READ: usize = 100;
/// … as long as their texts have no more bytes: reading more would take longer than a reader waits.
const MOST_BYTES: usize = 4 << 20;

/// The name of a publisher's own ranking among the signed data.
pub(crate) const RANKING: &str = "ranking.json";

/// A ranking that came with the shelf, where this program can use it: a later program may have made it
/// for features that this one does not know.
fn usable_ranking(bytes: &[u8]) -> Option<Ranking> {
    let read = Ranking::from_json(bytes);
    if let Err(why) = &read {
        tracing::warn!(%why, name = RANKING, "the built-in ranking is used");
    }
    read.ok()
}

/// A question as the shelf understands it.
pub(super) struct Asked {
    /// What the index is asked.
    pub(super) query: Query,
    pub(super) understood: Understood,
    /// What the question cites, the likeliest first.
    pub(super) cited: Vec<Found>,
    /// For each of them, whether it has the place that is cited.
    pub(super) resolves: Vec<bool>,
    /// What is to be said of the citation: a place in vain, a choice.
    pub(super) missing: Option<SearchCitation>,
}

impl Library {
    /// The tables of the shelf in use; the built-in one in place of each that did not come or cannot
    /// be read.
    pub(crate) fn tables(&mut self) -> &Tables {
        if self.tables.is_none() {
            self.tables = Some(Tables::read(|name: TableName| {
                self.data_file(name.file_name())
            }));
        }
        self.tables.as_ref().expect("made just now")
    }

    /// How the shelf in use ranks: as its publisher says, else as the program does by itself.
    pub(super) fn ranking(&mut self) -> Ranking {
        if self.ranking.is_none() {
            let own = self.data_file(RANKING);
            let own = own.and_then(|bytes| usable_ranking(&bytes));
            self.ranking = Some(own.unwrap_or_default());
        }
        self.ranking.clone().unwrap_or_default()
    }

    /// A file of signed data; `None` where the shelf has none of that name, or it cannot be read.
    fn data_file(&self, name: &str) -> Option<Vec<u8>> {
        let files = &self.catalog.head().data;
        let file = files.iter().find(|file| file.name == name)?;
        let reader = RepoReader::new(self.texts.objects());
        let bytes = reader.blob(&file.blob, shelf_law::tables::MAX_TABLE as u64);
        if let Err(error) = &bytes {
            tracing::warn!(%error, name, "what is built in is used");
        }
        bytes.ok()
    }

    /// What a question is taken to mean, with the citation that resolves on this shelf.
    pub fn understood(&mut self, text: &str) -> Result<Understood, Error> {
        Ok(self.asked(text, false)?.understood)
    }

    /// What the index is asked for a question: its words, those that it means besides, what it names.
    pub fn query(&mut self, text: &str) -> Result<Query, Error> {
        Ok(self.asked(text, false)?.query)
    }

    /// Reads a question: as it is meant, or exactly as it was typed.
    pub(super) fn asked(&mut self, text: &str, exactly: bool) -> Result<Asked, Error> {
        if exactly {
            let understood = Understood::exactly(text);
            return Ok(Asked {
                query: query_of(text, &understood),
                understood,
                cited: Vec::new(),
                resolves: Vec::new(),
                missing: None,
            });
        }
        let citation = parse_query_with(text, &self.tables().abbreviations);
        let (cited, missing) = match &citation {
            Some(citation) => self.resolved(citation)?,
            None => (Vec::new(), None),
        };
        let resolves = cited.iter().map(|cited| cited.resolves).collect();
        let cited: Vec<Found> = cited.into_iter().map(Found::from).collect();
        let told = citation.as_ref().zip(cited.first());
        let told = told.map(|(citation, first)| (range_of(citation, first), meaning_of(first)));
        let range = told.as_ref().map(|(range, _)| range.clone());
        let mut understood = understand(text, self.tables(), range);
        if let Some((range, says)) = told {
            understood.add_part(text, range, PartKind::Citation, says);
        }
        Ok(Asked {
            query: query_of(text, &understood),
            understood,
            cited,
            resolves,
            missing,
        })
    }

    /// Of what was found, that in which the words in quotation marks stand, in its order. A document
    /// leads to its first unit that has them all.
    pub(super) fn with_exact_words(
        &mut self,
        found: Vec<Found>,
        understood: &Understood,
        limit: usize,
        provisions: bool,
    ) -> Vec<Found> {
        if understood.exact.is_empty() {
            return found;
        }
        let mut kept = Vec::new();
        let mut read = 0;
        for mut found in found {
            if kept.len() >= limit || read > MOST_BYTES {
                break;
            }
            let Ok(file) = self.text_of(&found.row) else {
                continue;
            };
            let own = match found.place {
                Place::Unit(ordinal) => Some(ordinal as usize),
                _ => None,
            };
            let units = file.text.units();
            let mut has = |at: usize| {
                units.get(at).is_some_and(|unit| {
                    let words = file.text.plain_text(unit.blocks.clone());
                    read += words.len();
                    understood
                        .exact
                        .iter()
                        .all(|quotation| quotation.stands_in(&words))
                })
            };
            let unit = match own {
                Some(own) if has(own) => Some(own),
                _ if provisions => None,
                _ => (0..units.len()).find(|at| has(*at)),
            };
            if let Some(unit) = unit {
                found.place = Place::Unit(u32::try_from(unit).unwrap_or(u32::MAX));
            } else if provisions || !stand_anywhere(&file.text, &found, &understood.exact) {
                continue;
            } else {
                found.place = Place::Whole;
            }
            kept.push(found);
        }
        kept
    }
}

/// How many hits to ask the index for, where some will turn out not to have words in quotation marks.
pub(super) fn wanted(understood: &Understood, limit: usize) -> usize {
    match understood.exact.is_empty() {
        true => limit,
        false => MOST_READ,
    }
}

/// The question for the index: what was typed, what it means besides, and words in quotation marks
/// once more, since a text without them is no answer.
fn query_of(text: &str, understood: &Understood) -> Query {
    let mut typed = text.to_string();
    for quotation in &understood.exact {
        typed.push('\n');
        typed.push_str(&quotation.words);
    }
    let mut query = Query::parse(&typed);
    for added in &understood.added {
        query.add(&added.words, added.weight);
    }
    query.ask_for(&understood.products);
    if understood.place {
        query.ask_there();
    }
    query
}

/// Whether each quotation stands somewhere: in the title, or over the edges of units.
fn stand_anywhere(text: &DocumentText, found: &Found, exact: &[Quotation]) -> bool {
    let title = &found.row.browse.title;
    let mut words = None;
    exact.iter().all(|quotation| {
        quotation.stands_in(title)
            || quotation
                .stands_in(words.get_or_insert_with(|| text.plain_text(0..text.blocks.len())))
    })
}

/// The bytes of the question that are the citation. A name reaches only as far as the title does: what
/// follows is the question.
fn range_of(citation: &QueryCitation, found: &Found) -> Range<usize> {
    let Some(ActMention::Name(name)) = &citation.act else {
        return citation.span.clone();
    };
    let title = folded_terms(&found.row.browse.title);
    let count = name
        .titles()
        .find(|(_, words)| title.contains(words.as_str()));
    let last = count.and_then(|(count, _)| name.ranges.get(count.checked_sub(1)?));
    match (name.ranges.first(), last) {
        (Some(first), Some(last)) => {
            let start = citation.span.start.min(first.start);
            // A place named behind the name belongs to the citation, with all that joins them.
            let behind = citation.provision.is_some() && start == first.start;
            start..if behind { citation.span.end } else { last.end }
        }
        _ => citation.span.clone(),
    }
}

/// Titles of so many characters are how an act is called: `Bộ luật Hình sự`.
const SHORT_TITLE: usize = 60;

/// How the citation reads in full: `khoản 2 Điều 6 Nghị định 100/2019/NĐ-CP`.
fn meaning_of(found: &Found) -> String {
    let row = &found.row.browse;
    let short = row.title.chars().count() <= SHORT_TITLE && !row.title.is_empty();
    let act = match (&row.number, &row.kind) {
        (Some(number), _) if short && !row.title.contains(number.as_str()) => {
            format!("{} {number}", row.title)
        }
        (Some(number), Some(kind)) if !folded_terms(number).starts_with(&folded_terms(kind)) => {
            format!("{kind} {number}")
        }
        _ => cite::name_of(&found.row),
    };
    match found.provision() {
        Some(id) => format!("{} {act}", place::spoken(id)),
        None => act,
    }
}

#[cfg(test)]
mod tests {
    use super::usable_ranking;

    #[test]
    fn a_ranking_for_other_features_or_of_another_form_is_not_used() {
        let ranking = |text: &str| usable_ranking(text.as_bytes()).is_some();
        let weights = r#"{"format":1,"units":{"candidates":9,"weights":{"f":1}}}"#;
        assert!(ranking(weights));
        assert!(!ranking(&weights.replace("\"f\"", "\"meaning\"")));
        assert!(!ranking(&weights.replace(":1,", ":2,")));
        assert!(!ranking(&weights[..20]));
    }
}
