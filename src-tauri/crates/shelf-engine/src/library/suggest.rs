//! What somebody may mean while they are still typing.

use super::line::DocumentLine;
use super::search::heading_of;
use super::{HitProvision, Library};
use crate::Error;
use serde::Serialize;
use shelf_law::citation::parse_query;
use shelf_law::tokens::folded_terms;
use shelf_law::{Date, ValidityState};
use std::cmp::Reverse;

/// Suggestions of one kind at most.
const CITATIONS: usize = 3;
const DOCUMENTS: usize = 6;
const TOPICS: usize = 3;
/// Letters below which no title is looked for: they would match almost all.
const LEAST_LETTERS: usize = 2;

/// Something that may be meant.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Suggestion {
    /// What it is.
    pub kind: SuggestionKind,
    /// The words to show: the provision's own line, a title, a topic.
    pub text: String,
    /// The document, where one is meant.
    pub document: Option<DocumentLine>,
    /// The provision, where one is meant.
    pub provision: Option<HitProvision>,
}

/// What a suggestion is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SuggestionKind {
    /// What was typed is a citation, and this is what it means.
    Citation,
    /// A document whose number or title has what was typed.
    Document,
    /// A lĩnh vực.
    Topic,
}

/// Titles and numbers of all documents, folded, in order of key.
pub(super) struct FoldedTitles(Vec<FoldedTitle>);

struct FoldedTitle {
    key: u64,
    /// With a space before each word, so that a space and letters are the beginning of a word.
    title: String,
    number: String,
    product: bool,
    issued: Option<Date>,
}

impl FoldedTitles {
    fn read(library: &Library) -> Result<FoldedTitles, Error> {
        let mut titles = Vec::new();
        library.catalog.for_each_browse(|row| {
            if row.withdrawn.is_none() {
                titles.push(FoldedTitle {
                    key: row.id.key(),
                    title: format!(" {}", folded_terms(&row.title)),
                    number: folded_terms(row.number.as_deref().unwrap_or_default()),
                    product: row.product.is_some(),
                    issued: row.issued,
                });
            }
            Ok::<_, Error>(())
        })?;
        Ok(FoldedTitles(titles))
    }
}

impl Library {
    /// What `text`, which may end in the middle of a word, can mean. Each kind is a group of its
    /// own: citations, documents, topics.
    pub fn suggest(&mut self, text: &str) -> Result<Vec<Suggestion>, Error> {
        self.read_facts()?;
        if self.folded_titles.is_none() {
            self.folded_titles = Some(FoldedTitles::read(self)?);
        }
        let mut suggestions = self.suggested_citations(text)?;
        let typed = folded_terms(text);
        if typed.len() >= LEAST_LETTERS {
            let cited: Vec<u64> = suggestions
                .iter()
                .filter_map(|s| Some(s.document.as_ref()?.id.key()))
                .collect();
            for key in self.matching_titles(&typed, &cited) {
                if let Some(row) = self.catalog.by_key(key)? {
                    let document = self.line(&row);
                    suggestions.push(Suggestion {
                        kind: SuggestionKind::Document,
                        text: document.title.clone(),
                        document: Some(document),
                        provision: None,
                    });
                }
            }
            suggestions.extend(self.matching_topics(&typed));
        }
        Ok(suggestions)
    }

    fn suggested_citations(&mut self, text: &str) -> Result<Vec<Suggestion>, Error> {
        let Some(citation) = parse_query(text) else {
            return Ok(Vec::new());
        };
        let mut suggestions = Vec::new();
        for cited in self.resolved(&citation)?.0.into_iter().take(CITATIONS) {
            let document = self.line(&cited.row);
            let mut suggestion = Suggestion {
                kind: SuggestionKind::Citation,
                text: document.title.clone(),
                document: Some(document),
                provision: None,
            };
            if let Some(id) = &cited.provision
                && let Ok(file) = self.text_of(&cited.row)
                && let Some(index) = file.text.find(id)
            {
                suggestion.text = heading_of(&file.text, index);
                suggestion.provision = super::search::provision_of(&file.text, index);
            }
            suggestions.push(suggestion);
        }
        Ok(suggestions)
    }

    /// Keys of the documents whose number begins with what was typed, or whose title has a word
    /// that begins with each word typed: what stands together before what is scattered, what is in
    /// force before what is not, acts before products, newest first.
    fn matching_titles(&self, typed: &str, left_out: &[u64]) -> Vec<u64> {
        let (Some(titles), Some(facts)) = (&self.folded_titles, self.facts()) else {
            return Vec::new();
        };
        let together = format!(" {typed}");
        let words: Vec<String> = typed.split(' ').map(|word| format!(" {word}")).collect();
        let mut found = Vec::new();
        for title in &titles.0 {
            let how = match () {
                () if title.number.starts_with(typed) => 0,
                () if title.title.contains(&together) => 1,
                () if words.iter().all(|word| title.title.contains(word.as_str())) => 2,
                () => continue,
            };
            if left_out.contains(&title.key) {
                continue;
            }
            let state = facts.get(title.key).map(|fact| fact.state);
            let dead = matches!(
                state,
                Some(ValidityState::Expired | ValidityState::NoLongerSuitable)
            );
            let order = (how, dead, title.product, Reverse(title.issued), title.key);
            found.push(order);
        }
        found.sort_unstable();
        found.truncate(DOCUMENTS);
        found.into_iter().map(|(.., key)| key).collect()
    }

    fn matching_topics(&self, typed: &str) -> Vec<Suggestion> {
        let topics = self.facts().map_or(&[][..], |facts| &facts.topics.list);
        let word = format!(" {typed}");
        let matching = topics
            .iter()
            .filter(|topic| format!(" {}", folded_terms(topic)).contains(&word));
        let suggestions = matching.take(TOPICS).map(|topic| Suggestion {
            kind: SuggestionKind::Topic,
            text: topic.clone(),
            document: None,
            provision: None,
        });
        suggestions.collect()
    }
}
