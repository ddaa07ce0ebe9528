//! The fields of the index, and a unit as tantivy takes it.

use crate::terms::PreparedTokenizer;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tantivy::schema::document::{ReferenceValue, ReferenceValueLeaf};
use tantivy::schema::{
    Document, Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions,
    Value,
};
use tantivy::tokenizer::TokenizerManager;

/// Names the way words become terms. It stands in the schema on disk: another number means that the
/// index was made by other rules and has to be made again.
const SYLLABLES: &str = "syllables-1";
const PAIRS: &str = "pairs-1";

/// Name of the fast field that holds the document's key.
pub(crate) const KEY: &str = "doc";
/// Name of the fast field that holds the unit's ordinal.
pub(crate) const UNIT: &str = "unit";
/// Name of the fast field that holds the fingerprint of what was indexed.
pub(crate) const REVISION: &str = "rev";
/// Name of the fast field that holds what is known of the act ([`crate::Facts`]).
pub(crate) const FACTS: &str = "facts";

/// The text fields, in the order of their tantivy ids.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum TextField {
    /// Syllables of heading and text.
    Syllables = 0,
    /// Pairs of heading and text.
    Pairs = 1,
    /// Syllables of the heading.
    Heading = 2,
    /// Pairs of the heading.
    HeadingPairs = 3,
    /// Syllables of the act's title, on its first unit only.
    Title = 4,
    /// Pairs of the act's title, on its first unit only.
    TitlePairs = 5,
}

impl TextField {
    pub(crate) const ALL: [TextField; 6] = [
        TextField::Syllables,
        TextField::Pairs,
        TextField::Heading,
        TextField::HeadingPairs,
        TextField::Title,
        TextField::TitlePairs,
    ];

    fn name(self) -> &'static str {
        ["s", "g", "h", "hg", "t", "tg"][self as usize]
    }

    fn tokenizer(self) -> &'static str {
        match self {
            TextField::Syllables | TextField::Heading | TextField::Title => SYLLABLES,
            TextField::Pairs | TextField::HeadingPairs | TextField::TitlePairs => PAIRS,
        }
    }

    /// The tantivy field, which [`schema`] adds in this order.
    pub(crate) fn field(self) -> Field {
        Field::from_field_id(self as u32)
    }
}

/// The tantivy field of the document's key, by which it is deleted.
pub(crate) fn key_field() -> Field {
    Field::from_field_id(6)
}
fn unit_field() -> Field {
    Field::from_field_id(7)
}
fn revision_field() -> Field {
    Field::from_field_id(8)
}
fn facts_field() -> Field {
    Field::from_field_id(9)
}
/// The tantivy field of the marks of the acts that a unit cites.
pub(crate) fn cites_field() -> Field {
    Field::from_field_id(10)
}

/// The schema: term frequencies and lengths, no positions, nothing stored.
pub(crate) fn schema() -> Schema {
    let mut builder = Schema::builder();
    for field in TextField::ALL {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(field.tokenizer())
            .set_index_option(IndexRecordOption::WithFreqs)
            .set_fieldnorms(true);
        let options = TextOptions::default().set_indexing_options(indexing);
        let added = builder.add_text_field(field.name(), options);
        debug_assert_eq!(added, field.field());
    }
    let fast = NumericOptions::default().set_fast();
    builder.add_u64_field(KEY, fast.clone().set_indexed());
    builder.add_u64_field(UNIT, fast.clone());
    builder.add_u64_field(REVISION, fast.clone());
    builder.add_u64_field(FACTS, fast);
    builder.add_u64_field("cites", NumericOptions::default().set_indexed());
    builder.build()
}

/// Makes the tokenizers known to an index that was just opened.
pub(crate) fn register_tokenizers(tokenizers: &TokenizerManager) {
    tokenizers.register(SYLLABLES, PreparedTokenizer::syllables());
    tokenizers.register(PAIRS, PreparedTokenizer::pairs());
}

/// Bounds the words that wait for the indexing thread, whose own queue counts documents, not bytes.
pub(crate) struct Backlog {
    waiting: Mutex<usize>,
    freed: Condvar,
    limit: usize,
}

impl Backlog {
    pub(crate) fn new(limit: usize) -> Arc<Backlog> {
        Arc::new(Backlog {
            waiting: Mutex::new(0),
            freed: Condvar::new(),
            limit,
        })
    }

    /// Waits until there is room. A stuck indexing thread is not waited for longer than a minute:
    /// tantivy then reports what happened to it.
    pub(crate) fn enter(self: &Arc<Backlog>, bytes: usize) -> Ticket {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let started = Instant::now();
        while *waiting > 0 && *waiting + bytes > self.limit {
            let left = Duration::from_secs(60).saturating_sub(started.elapsed());
            if left.is_zero() {
                break;
            }
            waiting = self
                .freed
                .wait_timeout(waiting, left)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
        *waiting += bytes;
        Ticket {
            backlog: Arc::clone(self),
            bytes,
        }
    }
}

/// A place in the [`Backlog`], given back when the unit has been indexed.
pub(crate) struct Ticket {
    backlog: Arc<Backlog>,
    bytes: usize,
}

impl Drop for Ticket {
    fn drop(&mut self) {
        let mut waiting = self
            .backlog
            .waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *waiting = waiting.saturating_sub(self.bytes);
        self.backlog.freed.notify_all();
    }
}

/// A unit on its way into the index.
pub(crate) struct UnitDocument {
    pub(crate) key: u64,
    pub(crate) unit: u64,
    pub(crate) revision: u64,
    /// What is known of the act, coded.
    pub(crate) facts: u64,
    /// Marks of the acts that it cites, each once.
    pub(crate) cites: Vec<u32>,
    /// Prepared words of heading and text.
    pub(crate) words: String,
    /// How many bytes of `words` are the heading's.
    pub(crate) heading: usize,
    /// Prepared words of the act's title; empty except on its first unit.
    pub(crate) title: String,
    pub(crate) _ticket: Ticket,
}

/// A value of a [`UnitDocument`].
#[derive(Clone, Copy, Debug)]
pub(crate) enum UnitValue<'a> {
    Words(&'a str),
    Number(u64),
}

impl<'a> Value<'a> for UnitValue<'a> {
    type ArrayIter = std::iter::Empty<UnitValue<'a>>;
    type ObjectIter = std::iter::Empty<(&'a str, UnitValue<'a>)>;

    fn as_value(&self) -> ReferenceValue<'a, UnitValue<'a>> {
        ReferenceValue::Leaf(match self {
            UnitValue::Words(words) => ReferenceValueLeaf::Str(words),
            UnitValue::Number(number) => ReferenceValueLeaf::U64(*number),
        })
    }
}

impl Document for UnitDocument {
    type Value<'a> = UnitValue<'a>;
    type FieldsValuesIter<'a> = std::vec::IntoIter<(Field, UnitValue<'a>)>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        let words = UnitValue::Words(&self.words);
        let heading = UnitValue::Words(&self.words[..self.heading]);
        let title = UnitValue::Words(&self.title);
        let mut values = vec![
            (TextField::Syllables.field(), words),
            (TextField::Pairs.field(), words),
            (TextField::Heading.field(), heading),
            (TextField::HeadingPairs.field(), heading),
            (TextField::Title.field(), title),
            (TextField::TitlePairs.field(), title),
            (key_field(), UnitValue::Number(self.key)),
            (unit_field(), UnitValue::Number(self.unit)),
            (revision_field(), UnitValue::Number(self.revision)),
            (facts_field(), UnitValue::Number(self.facts)),
        ];
        let cites = self.cites.iter();
        values.extend(cites.map(|mark| (cites_field(), UnitValue::Number(u64::from(*mark)))));
        values.into_iter()
    }
}
