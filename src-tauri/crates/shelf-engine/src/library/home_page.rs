//! What the first page shows of the shelf: topics, what people ask about, products.

use super::Library;
use super::facts::{Facts, NO_NAME};
use crate::Error;
use serde::{Deserialize, Serialize};
use shelf_law::collate::SortKey;
use shelf_law::tokens::folded_terms;
use shelf_law::{Product, ValidityState};
use std::collections::HashMap;

const PROBLEMS: &str = include_str!("../../data/problems.json");

/// The shelf as the first page shows it.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct HomePage {
    /// Every lĩnh vực, in dictionary order.
    pub topics: Vec<TopicCount>,
    /// What people ask about most.
    pub problems: Vec<Problem>,
    /// Kinds of product that are on the shelf, in their own order.
    pub products: Vec<ProductCount>,
}

/// A lĩnh vực.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct TopicCount {
    /// Its name.
    pub name: String,
    /// Documents in it.
    pub documents: usize,
}

/// A kind of product.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct ProductCount {
    /// The product.
    pub product: Product,
    /// How many there are.
    pub count: usize,
}

/// Something that people ask about.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Problem {
    /// `land`, `civil_status` …
    pub id: String,
    /// Documents about it.
    pub documents: usize,
    /// What a click searches.
    pub query: String,
    /// The one lĩnh vực that all these documents are in, where it is so.
    pub topic: Option<String>,
}

/// How documents about a problem are known.
#[derive(Deserialize)]
struct Rule {
    id: String,
    query: String,
    /// Lĩnh vực, compared without case and accents.
    topics: Vec<String>,
    /// Words of which one stands in the title.
    titles: Vec<String>,
}

impl Library {
    /// What the first page shows. Documents that expired or left the shelf are not counted.
    pub fn home_page(&mut self) -> Result<HomePage, Error> {
        self.read_facts()?;
        if self.problems.is_none() {
            self.problems = Some(self.count_problems()?);
        }
        let facts = self.facts();
        Ok(HomePage {
            topics: facts.map(topics).unwrap_or_default(),
            problems: self.problems.clone().unwrap_or_default(),
            products: facts.map(products).unwrap_or_default(),
        })
    }

    fn count_problems(&self) -> Result<Vec<Problem>, Error> {
        let rules: Vec<Rule> = serde_json::from_str(PROBLEMS).expect("the table is tested");
        let Some(facts) = self.facts() else {
            return Ok(Vec::new());
        };
        let fold = |words: &[String]| -> Vec<String> {
            words.iter().map(|words| folded_terms(words)).collect()
        };
        let rules: Vec<(Rule, Vec<String>, Vec<String>)> = rules
            .into_iter()
            .map(|rule| {
                let (topics, titles) = (fold(&rule.topics), fold(&rule.titles));
                (rule, topics, titles)
            })
            .collect();
        let folded = facts.topics.list.iter().map(|topic| folded_terms(topic));
        let folded: Vec<String> = folded.collect();
        let mut counted: Vec<HashMap<u32, usize>> = vec![HashMap::new(); rules.len()];
        self.catalog.for_each_browse(|row| {
            let Some(fact) = facts.get(row.id.key()).filter(|fact| counts(fact)) else {
                return Ok::<_, Error>(());
            };
            let topic = folded.get(fact.topic as usize);
            let title = format!(" {} ", folded_terms(&row.title));
            for ((_, topics, titles), counted) in rules.iter().zip(&mut counted) {
                let by_topic = topic.is_some_and(|topic| topics.contains(topic));
                let in_title = |words: &String| title.contains(&format!(" {words} "));
                if by_topic || titles.iter().any(in_title) {
                    *counted.entry(fact.topic).or_default() += 1;
                }
            }
            Ok(())
        })?;
        let rules = rules.into_iter().zip(counted);
        Ok(rules
            .map(|((rule, ..), counted)| Problem {
                id: rule.id,
                documents: counted.values().sum(),
                query: rule.query,
                topic: match counted.keys().collect::<Vec<_>>()[..] {
                    [only] => facts.topics.get(*only).map(str::to_string),
                    _ => None,
                },
            })
            .collect())
    }
}

/// Whether a document is one that a reader would look for today.
fn counts(fact: &super::facts::Fact) -> bool {
    !fact.withdrawn && fact.state != ValidityState::Expired
}

fn topics(facts: &Facts) -> Vec<TopicCount> {
    let mut documents = vec![0; facts.topics.list.len()];
    for fact in facts.rows.iter().filter(|fact| counts(fact)) {
        if fact.topic != NO_NAME {
            documents[fact.topic as usize] += 1;
        }
    }
    let named = facts.topics.list.iter().zip(documents);
    let mut topics: Vec<TopicCount> = named
        .filter(|(_, documents)| *documents > 0)
        .map(|(name, documents)| TopicCount {
            name: name.clone(),
            documents,
        })
        .collect();
    topics.sort_by_cached_key(|topic| SortKey::of(&topic.name));
    topics
}

fn products(facts: &Facts) -> Vec<ProductCount> {
    let mut documents: HashMap<Product, usize> = HashMap::new();
    for fact in facts.rows.iter().filter(|fact| counts(fact)) {
        if let Some(product) = fact.product {
            *documents.entry(product).or_default() += 1;
        }
    }
    let all = Product::ALL.into_iter();
    all.filter_map(|(product, ..)| {
        let count = *documents.get(&product)?;
        Some(ProductCount { product, count })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_problems_can_be_read_and_each_has_words() {
        let rules: Vec<Rule> = serde_json::from_str(PROBLEMS).unwrap();
        assert_eq!(rules.len(), 7);
        for rule in rules {
            assert!(
                !rule.topics.is_empty() && !rule.titles.is_empty(),
                "{}",
                rule.id
            );
            assert!(folded_terms(&rule.query).contains(' '), "{}", rule.query);
        }
    }
}
