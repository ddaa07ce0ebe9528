//! What a question is taken to mean: abbreviations, lay words, old and new units and authorities, the
//! kind and year that it names, words in quotation marks. What was typed is kept; what it means is
//! searched besides, with less weight.

mod lay;
mod phrases;
mod quoted;
#[cfg(test)]
mod tests;
mod units;

pub use lay::{Lay, LayWords};
pub(crate) use phrases::{Accents, Phrases, Word, spelling, words};
pub use quoted::Quotation;
pub use units::Units;

use crate::Product;
use crate::kind::{DocumentKind, Normativity, kind_at_start};
use crate::tables::Tables;
use crate::tokens::folded_terms;
use serde::Serialize;
use std::ops::Range;

/// Bytes of a question that are looked at; a longer one is pasted text.
const MAX_QUESTION: usize = 4000;
/// Parts that are told.
const MOST_PARTS: usize = 24;

/// How much words that a table added count beside typed ones, which count 1. Measured on public
/// question sets: see `docs/measured.md`.
pub const ADDED_WEIGHT: f32 = 0.5;

/// A question as it was understood.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Understood {
    /// The words that are searched: those typed, then those added.
    pub text_searched: String,
    /// What was understood, in the order of the question.
    pub parts: Vec<Part>,
    /// Words that are searched besides those typed.
    #[serde(skip)]
    pub added: Vec<Added>,
    /// What must stand in the text word by word.
    #[serde(skip)]
    pub exact: Vec<Quotation>,
    /// The kind of document that the question names.
    #[serde(skip)]
    pub kind: Option<NamedKind>,
    /// The products that it may mean.
    #[serde(skip)]
    pub products: Vec<Product>,
    /// Whether it names a place.
    #[serde(skip)]
    pub place: bool,
    /// The year that the question names.
    #[serde(skip)]
    pub year: Option<u16>,
}

/// A part of a question that was understood.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Part {
    /// First and one-past-last character of the question as typed (Unicode scalar values).
    pub range: (usize, usize),
    /// What it is.
    pub kind: PartKind,
    /// What it is taken to mean, in words for the reader.
    pub says: String,
}

/// What a part of a question is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// An abbreviation.
    Abbreviation,
    /// A lay word; it says the legal one.
    LayWord,
    /// An administrative unit that is another one today.
    Unit,
    /// An authority that is another one today.
    Authority,
    /// A citation.
    Citation,
    /// A kind of document.
    Kind,
    /// A year.
    Year,
    /// Words in quotation marks.
    Exact,
}

/// Words that are searched besides those typed.
#[derive(Clone, PartialEq, Debug)]
pub struct Added {
    /// The words.
    pub words: String,
    /// How much each of them counts beside a typed one.
    pub weight: f32,
}

/// A kind of document that a question names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NamedKind {
    /// A kind of act.
    Act(DocumentKind),
    /// A kind of product.
    Product(Product),
}

impl Understood {
    /// A question of which nothing is understood but its words. Quotation marks keep their meaning.
    pub fn exactly(question: &str) -> Understood {
        let exact = quoted::quotations(cut(question));
        Understood {
            text_searched: question.to_string(),
            parts: exact
                .iter()
                .map(|quotation| quotation.part(question))
                .collect(),
            exact,
            ..Understood::default()
        }
    }

    /// Adds a part that was found elsewhere, a citation that resolved, at bytes of the question.
    pub fn add_part(&mut self, question: &str, range: Range<usize>, kind: PartKind, says: String) {
        if says.is_empty() || question.get(range.clone()).is_none() {
            return;
        }
        let part = part(question, range, kind, says);
        let at = self
            .parts
            .partition_point(|other| other.range.0 < part.range.0);
        self.parts.insert(at, part);
    }
}

/// Reads a question with these tables. Inside `cited`, the bytes of a citation that is known to
/// resolve, no word is taken for anything else.
pub fn understand(question: &str, tables: &Tables, cited: Option<Range<usize>>) -> Understood {
    let read = cut(question);
    let mut understood = Understood::exactly(question);
    let words = words(read);
    let mut reader = Reader {
        question,
        tables,
        accented: words.iter().any(|word| !word.spelling.is_ascii()),
        folded: format!(" {} ", folded_terms(read)),
        words: &words,
        understood: &mut understood,
    };
    let closed: Vec<Range<usize>> = reader
        .understood
        .exact
        .iter()
        .map(|quotation| quotation.range.clone())
        .chain(cited)
        .collect();
    let units = &reader.tables.units;
    reader.understood.place =
        (0..words.len()).any(|at| units.place_at(&words[at..], reader.accented));
    let mut at = 0;
    while at < words.len() {
        let here = &words[at].range;
        let inside = |range: &Range<usize>| range.start < here.end && here.start < range.end;
        at += match closed.iter().any(inside) {
            true => 1,
            false => reader.read_at(at),
        };
    }
    understood.parts.sort_by_key(|part| part.range);
    understood.parts.truncate(MOST_PARTS);
    for added in &understood.added {
        understood.text_searched.push_str("; ");
        understood.text_searched.push_str(&added.words);
    }
    understood
}

fn cut(question: &str) -> &str {
    let mut end = question.len().min(MAX_QUESTION);
    while !question.is_char_boundary(end) {
        end -= 1;
    }
    &question[..end]
}

fn part(question: &str, range: Range<usize>, kind: PartKind, says: String) -> Part {
    let chars = |to: usize| question[..to].chars().count();
    Part {
        range: (chars(range.start), chars(range.end)),
        kind,
        says,
    }
}

struct Reader<'a> {
    question: &'a str,
    tables: &'a Tables,
    accented: bool,
    folded: String,
    words: &'a [Word],
    understood: &'a mut Understood,
}

impl Reader<'_> {
    /// Reads what stands at a word, and says how many words were taken.
    fn read_at(&mut self, at: usize) -> usize {
        let words = &self.words[at..];
        self.unit(at);
        if let Some(today) = self.tables.units.authority_at(words, self.accented) {
            self.tell(at, today.count, PartKind::Authority, today.says);
            // A unit may be named with it: `công an huyện Chư Prông`.
            (at + 1..at + today.count).for_each(|inner| self.unit(inner));
            return today.count;
        }
        let abbreviation = self.tables.abbreviations.at_start(words);
        let lay = self.tables.words.at_start(words, self.accented);
        let counts = |found: Option<usize>| found.unwrap_or(0);
        let longest = counts(lay.as_ref().map(|(_, count)| *count));
        if let Some((full, count)) = abbreviation.filter(|(_, count)| *count >= longest) {
            let full = full.to_string();
            self.add(&full);
            self.tell(at, count, PartKind::Abbreviation, full);
            return count;
        }
        if let Some((lay, count)) = lay {
            let legal = lay.legal.clone();
            legal.iter().for_each(|words| self.add(words));
            self.tell(at, count, PartKind::LayWord, legal.join("; "));
            return count;
        }
        self.kind(at).or_else(|| self.year(at)).unwrap_or(1)
    }

    fn unit(&mut self, at: usize) {
        let found = self.tables.units.unit_at(&self.words[at..], self.accented);
        // `Quảng Bình` has Bình in it, `xã Bình Giáo, huyện Chư Prông` two units.
        let inside = |part: &Part, from: usize| {
            part.kind == PartKind::Unit && (part.range.0..part.range.1).contains(&from)
        };
        let from = self.question[..self.words[at].range.start].chars().count();
        if let Some(today) = found
            && !self.understood.parts.iter().any(|part| inside(part, from))
        {
            if let Some(name) = &today.name {
                self.add(name);
            }
            self.tell(at, today.count, PartKind::Unit, today.says);
        }
    }

    /// A kind of act or product. Words that are kinds and everyday words as well (kế hoạch, báo cáo,
    /// quy định) name none; quyết định does where it cannot be what somebody decides.
    fn kind(&mut self, at: usize) -> Option<usize> {
        let words = &self.words[at..];
        if let Some((products, count)) = self.tables.words.products_at(words, self.accented) {
            let names: Vec<&str> = products.iter().map(|one| one.vietnamese()).collect();
            if let [first, ..] = products[..] {
                self.tell(at, count, PartKind::Kind, names.join(", "));
                let kind = NamedKind::Product(first);
                self.understood.kind.get_or_insert(kind);
            }
            self.understood.products.extend(products);
            return Some(count);
        }
        let (kind, count) = kind_at_start(words.iter().map(|word| word.term.as_str()))?;
        let name = spelling(kind.vietnamese());
        let typed: Vec<&str> = words[..count]
            .iter()
            .map(|word| word.spelling.as_str())
            .collect();
        let in_full = kind.folded().split(' ').count() == count;
        // Abbreviations of kinds are words of their own; without a number only đ tells them apart.
        if !in_full && typed.iter().all(|word| word.is_ascii()) {
            return None;
        }
        if in_full && self.accented && typed.join(" ") != name {
            return None;
        }
        let next = words.get(count).map_or("", |word| word.term.as_str());
        let named = match kind {
            DocumentKind::Decision => at == 0 || matches!(next, "so" | "ve" | "cua" | "ubnd"),
            DocumentKind::Law => next != "su" && next != "phap",
            DocumentKind::Order | DocumentKind::Rule => false,
            kind => kind.normativity() != Normativity::Never,
        };
        if !named {
            return None;
        }
        self.tell(at, count, PartKind::Kind, kind.vietnamese().to_string());
        self.understood.kind.get_or_insert(NamedKind::Act(kind));
        Some(count)
    }

    /// A year by itself; that of a date or a number is none.
    fn year(&mut self, at: usize) -> Option<usize> {
        let word = &self.words[at];
        let digits = word.term.len() == 4 && word.term.bytes().all(|b| b.is_ascii_digit());
        let year: u16 = word.term.parse().ok().filter(|_| digits)?;
        let joined = |c: Option<char>| matches!(c, Some('/' | '-' | '.' | ','));
        let before = self.question[..word.range.start].chars().next_back();
        let mut after = self.question[word.range.end..].chars();
        let next = after.next();
        let goes_on = joined(next) && after.next().is_some_and(char::is_alphanumeric);
        // The law of this country begins in 1945.
        if !(1945..=2100).contains(&year) || joined(before) || goes_on {
            return None;
        }
        let named = at > 0 && self.words[at - 1].term == "nam";
        // `2000 đồng`, `2000 m2` are no years.
        let unit = self.words.get(at + 1).map_or("", |word| word.term.as_str());
        if !named
            && matches!(
                unit,
                "dong" | "m2" | "m" | "met" | "trieu" | "nguoi" | "kg" | "cc"
            )
        {
            return None;
        }
        let from = if named { at - 1 } else { at };
        self.tell(from, at + 1 - from, PartKind::Year, format!("năm {year}"));
        self.understood.year.get_or_insert(year);
        Some(1)
    }

    fn tell(&mut self, at: usize, count: usize, kind: PartKind, says: String) {
        let range = self.words[at].range.start..self.words[at + count - 1].range.end;
        self.understood
            .parts
            .push(part(self.question, range, kind, says));
    }

    /// Searches these words too, unless they stand in the question or were added before.
    fn add(&mut self, full: &str) {
        let folded = format!(" {} ", folded_terms(full));
        let added = &mut self.understood.added;
        if !self.folded.contains(&folded) && !added.iter().any(|added| added.words == full) {
            added.push(Added {
                words: full.to_string(),
                weight: ADDED_WEIGHT,
            });
        }
    }
}
