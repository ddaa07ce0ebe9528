//! Lists without words: by topic, product, kind, and what was withdrawn.

use super::Library;
use super::facts::Facts;
use super::filter::{FacetCounter, Facets, Filters, Sieve};
use super::line::DocumentLine;
use crate::Error;
use serde::Serialize;
use shelf_law::collate::SortKey;
use std::cmp::Reverse;
use std::collections::HashMap;

/// What to list.
#[derive(Clone, PartialEq, Debug)]
pub struct ListRequest {
    /// What to let through.
    pub filters: Filters,
    /// In which order.
    pub sort: ListSort,
    /// Documents to leave out from the beginning.
    pub offset: usize,
    /// Documents at most.
    pub limit: usize,
    /// What was withdrawn from the shelf, instead of what is on it.
    pub withdrawn: bool,
}

impl Default for ListRequest {
    fn default() -> ListRequest {
        ListRequest {
            filters: Filters::default(),
            sort: ListSort::Newest,
            offset: 0,
            limit: 50,
            withdrawn: false,
        }
    }
}

/// The order of a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ListSort {
    /// The one issued last first; those without a day last.
    #[default]
    Newest,
    /// As a Vietnamese dictionary has titles.
    Title,
    /// By number, numbers by their value; documents without one last.
    Number,
}

/// A part of a list.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct DocumentList {
    /// The documents of this part.
    pub documents: Vec<DocumentLine>,
    /// Documents of the whole list.
    pub total: usize,
    /// Counts over the whole list.
    pub facets: Facets,
}

/// The places of documents in dictionary order, by key.
pub(super) struct Order {
    titles: HashMap<u64, u32>,
    numbers: HashMap<u64, u32>,
}

impl Order {
    fn read(library: &Library) -> Result<Order, Error> {
        let mut titles = Vec::new();
        let mut numbers = Vec::new();
        library.catalog.for_each_browse(|row| {
            let key = row.id.key();
            titles.push((SortKey::of(&row.title), key));
            let number = row.number.as_deref();
            numbers.push((
                number.is_none(),
                SortKey::of(number.unwrap_or_default()),
                key,
            ));
            Ok::<_, Error>(())
        })?;
        titles.sort_unstable();
        numbers.sort_unstable();
        let titles = titles.into_iter().map(|(_, key)| key);
        let numbers = numbers.into_iter().map(|(.., key)| key);
        Ok(Order {
            titles: titles.zip(0..).collect(),
            numbers: numbers.zip(0..).collect(),
        })
    }
}

impl Library {
    /// Lists documents without a question.
    pub fn list(&mut self, request: &ListRequest) -> Result<DocumentList, Error> {
        self.read_facts()?;
        if request.sort != ListSort::Newest && self.order.is_none() {
            self.order = Some(Order::read(self)?);
        }
        let Some(facts) = self.facts() else {
            return Ok(DocumentList::empty());
        };
        let sieve = Sieve::new(&request.filters, facts);
        let sieve = match request.withdrawn {
            true => sieve.withdrawn(),
            false => sieve,
        };
        let mut counter = FacetCounter::default();
        let mut listed = Vec::new();
        for fact in &facts.rows {
            let failed = sieve.failed(fact);
            counter.add(fact, failed);
            if failed == 0 {
                listed.push((fact.key, fact.issued));
            }
        }
        let place = |key: u64| {
            let order = self.order.as_ref()?;
            match request.sort {
                ListSort::Title => order.titles.get(&key).copied(),
                ListSort::Number => order.numbers.get(&key).copied(),
                ListSort::Newest => None,
            }
        };
        match request.sort {
            ListSort::Newest => listed.sort_by_key(|(key, day)| (Reverse(*day), *key)),
            _ => listed.sort_by_key(|(key, _)| (place(*key), *key)),
        }
        let facets = counter.finish(facts);
        let page = listed.iter().skip(request.offset).take(request.limit);
        let mut documents = Vec::new();
        for (key, _) in page {
            if let Some(row) = self.catalog.by_key(*key)? {
                documents.push(self.line(&row));
            }
        }
        Ok(DocumentList {
            documents,
            total: listed.len(),
            facets,
        })
    }

    /// The lines of these documents, in their order; what the shelf never had is left out.
    pub fn lines(&self, ids: &[shelf_law::DocumentId]) -> Result<Vec<DocumentLine>, Error> {
        let mut lines = Vec::with_capacity(ids.len());
        for id in ids {
            lines.extend(self.line_by_id(id)?);
        }
        Ok(lines)
    }
}

impl DocumentList {
    fn empty() -> DocumentList {
        DocumentList {
            documents: Vec::new(),
            total: 0,
            facets: FacetCounter::default().finish(&Facts::default()),
        }
    }
}
