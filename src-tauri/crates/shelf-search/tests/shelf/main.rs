//! The index as its callers see it.

#![allow(clippy::unwrap_used, reason = "the helpers here are tests too")]

mod formula;
mod hostile;
mod second;
mod updating;

use shelf_search::{
    Facts, Hit, Index, IndexInput, Options, Query, SearchOptions, UnitInput, UpdateReport,
};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::path::Path;

/// A shelf of documents in memory, with a fingerprint each.
#[derive(Clone, Default)]
pub(crate) struct Shelf(pub(crate) BTreeMap<u64, (u64, IndexInput)>);

impl Shelf {
    pub(crate) fn put(&mut self, key: u64, revision: u64, title: &str, units: &[(&str, &str)]) {
        let units = units
            .iter()
            .zip(0..)
            .map(|((heading, text), ordinal)| UnitInput {
                ordinal,
                heading: (*heading).to_string(),
                text: (*text).to_string(),
            });
        let input = IndexInput {
            title: title.to_string(),
            number: String::new(),
            facts: Facts::default(),
            units: units.collect(),
        };
        self.0.insert(key, (revision, input));
    }

    pub(crate) fn current(&self) -> Vec<(u64, u64)> {
        self.0
            .iter()
            .map(|(key, (revision, _))| (*key, *revision))
            .collect()
    }

    pub(crate) fn load(&self, key: u64) -> Result<IndexInput, Infallible> {
        Ok(self.0[&key].1.clone())
    }

    pub(crate) fn bring(&self, index: &Index, stamp: &str) -> UpdateReport<Infallible> {
        index
            .update(
                &self.current(),
                |key| self.load(key),
                stamp,
                |_| {},
                || false,
            )
            .unwrap()
    }
}

/// Acts of the kind a shelf holds, enough of them for several segments.
pub(crate) fn many_acts(count: u64) -> Shelf {
    let subjects = [
        "đất đai",
        "hộ tịch",
        "hôn nhân",
        "giao thông",
        "bảo vệ rừng",
        "hòa giải ở cơ sở",
        "khiếu nại",
    ];
    let mut shelf = Shelf::default();
    for key in 1..=count {
        let subject = subjects[(key % 7) as usize];
        let other = subjects[(key % 5) as usize];
        let text = format!("1. Cơ quan có thẩm quyền về {subject} số {key}.\n2. Thủ tục {other}.");
        shelf.put(
            key,
            1,
            &format!("Nghị định {key} về {subject}"),
            &[
                (
                    "Phạm vi điều chỉnh",
                    &format!("Nghị định này quy định về {subject}."),
                ),
                (&format!("Thẩm quyền {other}"), &text),
                ("Hiệu lực thi hành", "Nghị định này có hiệu lực từ ngày ký."),
            ],
        );
    }
    shelf
}

/// Commits so often that every few documents make a segment.
pub(crate) fn small_steps() -> Options {
    Options {
        commit_units: 10,
        ..Options::default()
    }
}

pub(crate) fn create(dir: &Path) -> Index {
    Index::create(dir, Options::default()).unwrap()
}

/// What formula F finds.
pub(crate) fn ask(index: &Index, question: &str) -> Vec<Hit> {
    let options = SearchOptions {
        second_stage: false,
        ..SearchOptions::default()
    };
    index.search(&Query::parse(question), &options).unwrap()
}

pub(crate) fn keys(hits: &[Hit]) -> Vec<u64> {
    hits.iter().map(|hit| hit.key).collect()
}
