//! Acts as people name them: by number (`nd 100`, `14/2019/QĐ-TTg`), by name (`luật đất đai 2024`),
//! by abbreviation (`blhs`).

use crate::kind::{DocumentKind, kind_of_number_code};
use crate::number::code_key;
use crate::tokens::folded_terms;
use crate::{Date, DocumentNumber};
use std::ops::Range;

/// An act, as a citation names it. Which document that is, the catalogue knows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ActMention {
    /// By its number, or a part of it.
    Number(NumberMention),
    /// By words that begin with its name.
    Name(NameMention),
    /// By an abbreviation of the table.
    Abbreviation(AbbreviatedAct),
}

/// The parts of a number that were typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NumberMention {
    /// The kind named before the number or by its code.
    pub kind: Option<DocumentKind>,
    /// The running number, without leading zeros, in lower case.
    pub sequence: String,
    /// The year; it may be that of issue or of effect.
    pub year: Option<u16>,
    /// The year stands beside the number (`năm 2019`), not in it.
    pub year_named: bool,
    /// The code in the form for comparing (`qd-ttg`, `qh14`), perhaps only its start or its end.
    pub code: Option<String>,
    /// The day of issue, where it was typed (`ngày 05/6/2019`).
    pub issued: Option<Date>,
    /// The folded words after `của` that begin with an issuer's name; empty where none was typed.
    pub issuer: Vec<String>,
}

impl NumberMention {
    /// Whether a document's number can be the one meant. A year is compared only where the number
    /// carries one; otherwise the day of issue decides, which the caller knows.
    pub fn matches(&self, number: &DocumentNumber) -> bool {
        let same_year = match (self.year, number.year()) {
            (Some(typed), Some(year)) => typed == year,
            _ => true,
        };
        same_year && self.matches_but_for_year(number)
    }

    /// Whether sequence, code and kind agree, whatever the years are.
    pub fn matches_but_for_year(&self, number: &DocumentNumber) -> bool {
        if self.sequence != number.sequence() {
            return false;
        }
        let code = code_key(number.code());
        if let Some(typed) = &self.code {
            let at_start = code
                .strip_prefix(typed.as_str())
                .is_some_and(is_segment_end);
            let at_end = code
                .strip_suffix(typed.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.ends_with('-'));
            return at_start || at_end;
        }
        match (self.kind, kind_of_number_code(number.code())) {
            (Some(typed), Some(kind)) => typed.broad() == kind.broad(),
            _ => true,
        }
    }

    /// The key of the whole number, where sequence and code were typed in full; equal to
    /// [`DocumentNumber::key`] of that document.
    pub fn key(&self) -> Option<String> {
        let code = self.code.as_ref()?;
        Some(match self.year {
            Some(year) => format!("{}/{year}/{code}", self.sequence),
            None => format!("{}/{code}", self.sequence),
        })
    }
}

fn is_segment_end(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with('-')
}

/// Words that begin with the name of an act; how many of them are the name, the titles of the
/// catalogue decide.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NameMention {
    /// Luật, Bộ luật, Pháp lệnh or Hiến pháp.
    pub kind: DocumentKind,
    /// The folded terms, the kind's own first.
    pub terms: Vec<String>,
    /// Where each stands in the query.
    pub ranges: Vec<Range<usize>>,
    /// The year named after the words; it counts only for the whole of them.
    pub year: Option<u16>,
    /// Numbers of terms after which a comma stands.
    pub commas: Vec<usize>,
    /// A question goes on after the words (`… được nghỉ mấy ngày`), so that the last of them may be
    /// its own; else they end the query or go on with a place.
    pub asks: bool,
}

impl NameMention {
    /// The folded words: `luat dat dai`.
    pub fn title(&self) -> String {
        self.terms.join(" ")
    }

    /// The titles that the words may begin with, the longest first, each with its number of terms;
    /// none is the bare kind, except Hiến pháp.
    pub fn titles(&self) -> impl Iterator<Item = (usize, String)> + '_ {
        let kind_terms = self.kind.folded().split(' ').count();
        let shortest = match self.kind {
            DocumentKind::Constitution => kind_terms,
            _ => kind_terms + 1,
        };
        (shortest..=self.terms.len())
            .rev()
            .map(|count| (count, self.terms[..count].join(" ")))
    }
}

/// An act named by an abbreviation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AbbreviatedAct {
    /// The full name, as written: `Bộ luật Hình sự`.
    pub title: String,
    /// The year named with it.
    pub year: Option<u16>,
}

impl AbbreviatedAct {
    /// The full name, folded: `bo luat hinh su`.
    pub fn folded(&self) -> String {
        folded_terms(&self.title)
    }
}
