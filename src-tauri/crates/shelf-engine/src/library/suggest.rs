//! What somebody may mean while they are still typing.

use super::line::DocumentLine;
use super::passages::{heading_of, provision_of};
use super::place::spoken;
use super::texts::structure;
use super::{HitProvision, Library};
use crate::Error;
use serde::Serialize;
use shelf_law::citation::{ActMention, QueryCitation, parse_query_with};
use shelf_law::tokens::folded_terms;
use shelf_law::understanding::Lay;
use shelf_law::{Date, DocumentId, ProvisionId, ValidityState};
use shelf_store::CatalogRow;
use std::cmp::Reverse;

/// Suggestions of one kind at most.
const CITATIONS: usize = 3;
const PROVISIONS: usize = 5;
const WORDS: usize = 3;
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
    /// For a lay word: what the law says.
    pub means: Option<String>,
}

/// What a suggestion is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SuggestionKind {
    /// What was typed is a citation, and this is what it means.
    Citation,
    /// A provision, by its heading, of the act that was named.
    Provision,
    /// A document whose number or title has what was typed.
    Document,
    /// A lĩnh vực.
    Topic,
    /// A word as people say it, that stands for a legal one.
    Word,
}

impl Suggestion {
    fn words(kind: SuggestionKind, text: String) -> Suggestion {
        Suggestion {
            kind,
            text,
            document: None,
            provision: None,
            means: None,
        }
    }
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

/// The headings of the act that was named last: they are asked for with each further letter.
pub(super) struct NamedAct {
    id: DocumentId,
    headings: Vec<Heading>,
}

struct Heading {
    id: ProvisionId,
    line: String,
    /// With a space before each word.
    folded: String,
}

impl Library {
    /// What `text`, which may end in the middle of a word, can mean. Each kind is a group of its own:
    /// the citation, provisions of the act named, documents, lay words, topics.
    pub fn suggest(&mut self, text: &str) -> Result<Vec<Suggestion>, Error> {
        self.read_facts()?;
        if self.folded_titles.is_none() {
            self.folded_titles = Some(FoldedTitles::read(self)?);
            // Names of acts are read now too, not in the middle of a word.
            self.by_titles(std::iter::empty(), None)?;
        }
        let citation = parse_query_with(text, &self.tables().abbreviations);
        let mut suggestions = Vec::new();
        if let Some(citation) = &citation {
            suggestions.extend(self.suggested_citations(citation)?);
            suggestions.extend(self.suggested_provisions(text, citation)?);
        }
        let typed = folded_terms(text);
        if typed.len() < LEAST_LETTERS {
            return Ok(suggestions);
        }
        let cited: Vec<u64> = suggestions
            .iter()
            .filter(|suggestion| suggestion.kind == SuggestionKind::Citation)
            .filter_map(|suggestion| Some(suggestion.document.as_ref()?.id.key()))
            .collect();
        for key in self.matching_titles(&typed, &cited) {
            if let Some(row) = self.catalog.by_key(key)? {
                let document = self.line(&row);
                suggestions.push(Suggestion {
                    document: Some(document.clone()),
                    ..Suggestion::words(SuggestionKind::Document, document.title)
                });
            }
        }
        suggestions.extend(self.matching_words(&typed));
        suggestions.extend(self.matching_topics(&typed));
        Ok(suggestions)
    }

    fn suggested_citations(&mut self, citation: &QueryCitation) -> Result<Vec<Suggestion>, Error> {
        let mut suggestions = Vec::new();
        for cited in self.resolved(citation)?.0.into_iter().take(CITATIONS) {
            let document = self.line(&cited.row);
            let mut suggestion =
                Suggestion::words(SuggestionKind::Citation, document.title.clone());
            suggestion.document = Some(document);
            if let Some(id) = &cited.provision
                && let Ok(json) = self.json_of(&cited.row)
                && let Some(mut structure) = structure(&json, &cited.row.browse.id)
                && let Some(index) = structure.find(id)
                && structure.fill(index..index + 1).is_ok()
            {
                suggestion.text = heading_of(structure.text(), index);
                suggestion.provision = provision_of(structure.text(), index);
            }
            suggestions.push(suggestion);
        }
        Ok(suggestions)
    }

    /// Provisions of the act that was named whose headings have the other words that were typed.
    fn suggested_provisions(
        &mut self,
        text: &str,
        citation: &QueryCitation,
    ) -> Result<Vec<Suggestion>, Error> {
        if citation.provision.is_some() {
            return Ok(Vec::new());
        }
        let Some((row, rest)) = self.named_act(text, citation)? else {
            return Ok(Vec::new());
        };
        let words: Vec<String> = rest
            .split(' ')
            .filter(|word| !word.is_empty())
            .map(|word| format!(" {word}"))
            .collect();
        if words.is_empty() {
            return Ok(Vec::new());
        }
        self.read_headings(&row)?;
        let together = format!(" {rest}");
        let headings = self.named_act.iter().flat_map(|act| &act.headings);
        let mut found: Vec<(bool, &Heading)> = headings
            .filter(|heading| {
                words
                    .iter()
                    .all(|word| heading.folded.contains(word.as_str()))
            })
            .map(|heading| (!heading.folded.contains(&together), heading))
            .collect();
        // The sort is stable: within both groups in the order of the act.
        found.sort_by_key(|(scattered, _)| *scattered);
        found.truncate(PROVISIONS);
        let document = self.line(&row);
        let suggestions = found.into_iter().map(|(_, heading)| Suggestion {
            document: Some(document.clone()),
            provision: Some(HitProvision {
                id: heading.id.clone(),
                label: spoken(&heading.id),
                path: heading.line.clone(),
            }),
            ..Suggestion::words(SuggestionKind::Provision, heading.line.clone())
        });
        Ok(suggestions.collect())
    }

    /// The act that the question names, and the folded words that are no part of its name.
    fn named_act(
        &mut self,
        text: &str,
        citation: &QueryCitation,
    ) -> Result<Option<(CatalogRow, String)>, Error> {
        let outside = |span: &std::ops::Range<usize>| {
            let before = folded_terms(text.get(..span.start).unwrap_or_default());
            let after = folded_terms(text.get(span.end..).unwrap_or_default());
            format!("{before} {after}").trim().to_string()
        };
        if let Some(ActMention::Name(name)) = &citation.act {
            for (count, title) in name.titles() {
                let mut rows = self.by_titles(std::iter::once(title), None)?;
                rows.retain(|row| row.browse.withdrawn.is_none());
                self.likeliest_first(&mut rows);
                if let Some(row) = rows.into_iter().next() {
                    let rest = format!(
                        "{} {}",
                        name.terms[count..].join(" "),
                        outside(&citation.span)
                    );
                    return Ok(Some((row, rest.trim().to_string())));
                }
            }
            return Ok(None);
        }
        let cited = self.resolved(citation)?.0.into_iter().next();
        Ok(cited.map(|cited| (cited.row, outside(&citation.span))))
    }

    fn read_headings(&mut self, row: &CatalogRow) -> Result<(), Error> {
        let id = &row.browse.id;
        if self.named_act.as_ref().is_some_and(|act| act.id == *id) {
            return Ok(());
        }
        let headings = self.catalog.headings(id)?;
        let headings = headings.into_iter().flat_map(|row| row.headings);
        self.named_act = Some(NamedAct {
            id: id.clone(),
            headings: headings
                .map(|(id, line)| Heading {
                    folded: format!(" {}", folded_terms(&line)),
                    id,
                    line,
                })
                .collect(),
        });
        Ok(())
    }

    /// Lay words that begin with what was typed, or have it inside from the beginning of a word.
    fn matching_words(&mut self, typed: &str) -> Vec<Suggestion> {
        let inside = format!(" {typed}");
        let mut found: Vec<(bool, &Lay)> = self
            .tables()
            .words
            .iter()
            .filter(|lay| lay.folded.starts_with(typed) || lay.folded.contains(&inside))
            .map(|lay| (!lay.folded.starts_with(typed), lay))
            .collect();
        found.sort_by_key(|(inside, _)| *inside);
        let found = found.into_iter().take(WORDS);
        let suggestions = found.map(|(_, lay)| Suggestion {
            means: Some(lay.legal.join("; ")),
            ..Suggestion::words(SuggestionKind::Word, lay.lay.clone())
        });
        suggestions.collect()
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
        let suggestions = matching.take(TOPICS);
        suggestions
            .map(|topic| Suggestion::words(SuggestionKind::Topic, topic.clone()))
            .collect()
    }
}
