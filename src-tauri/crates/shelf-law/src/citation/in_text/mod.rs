//! Citations inside the text of a document: `khoản 5 Điều 141 của Luật này`, `các khoản 1, 2 và 7 Điều
//! 4`, `Điều 8 Nghị định số 82/2020/NĐ-CP`. What they mean on a shelf, the caller knows.
//!
//! Unlike a query, a text is spelt with care and read by someone who will trust a link: what could mean
//! another act than it seems to is left out. A place without its act counts only where no other act
//! was named before it in the sentence and nothing after it claims it (`Điều 5 của Công ước`).

mod act;
mod number;
mod place;
mod token;

#[cfg(test)]
mod tests;

use crate::Date;
use crate::kind::DocumentKind;
use act::{Act, act_at};
use place::{Chain, chain_at};
use std::ops::Range;
use token::{Token, tokens};

/// Texts are read up to this many bytes: a longer block is no provision.
const MAX_TEXT: usize = 1 << 20;

/// One citation: words that name one place, or one act.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CitedRange {
    /// The words, in bytes of the text.
    pub range: Range<usize>,
    /// The place, where one is named.
    pub place: Option<CitedPlace>,
    /// The act that it is in.
    pub act: CitedAct,
}

/// A place in an act.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CitedPlace {
    /// What it starts from.
    pub base: PlaceBase,
    /// The ids' segments from there: `dieu_141.khoan_5`, or `khoan_1` from `Điều này`; empty for the
    /// base itself.
    pub segments: String,
}

/// What a place starts from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PlaceBase {
    /// The act, or what is attached to it.
    Act,
    /// `Điều này`.
    ThisArticle,
    /// `khoản này`.
    ThisClause,
    /// `điểm này`.
    ThisPoint,
}

/// The act that a citation names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CitedAct {
    /// None: the one in which the words stand.
    Unnamed,
    /// `Luật này`: the folded words for its kind.
    This(String),
    /// An act by its number.
    Number {
        /// The kind named before the number, or shown by its code.
        kind: Option<DocumentKind>,
        /// The number, as written.
        number: String,
        /// The day named after it.
        issued: Option<Date>,
        /// The place is in what was issued with that act (`Quy chế … ban hành kèm theo`).
        attached: bool,
    },
    /// An act by its name and a year or day: `Bộ luật Dân sự năm 2015`.
    Name {
        /// Its kind.
        kind: DocumentKind,
        /// Its name, with the kind.
        name: String,
        /// The year named.
        year: Option<u16>,
        /// The day named.
        issued: Option<Date>,
    },
}

/// The citations in a text, in order. Ranges do not overlap.
pub fn citations_in(text: &str) -> Vec<CitedRange> {
    let mut end = text.len().min(MAX_TEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = &text[..end];
    let tokens = tokens(text);
    let mut found = Vec::new();
    let mut at = 0;
    // Whether the sentence named another act already.
    let mut other = false;
    while at < tokens.len() {
        if tokens[at].opens_sentence() {
            other = false;
        }
        if let Some(chain) = chain_at(text, &tokens, at) {
            other = add_chain(text, &tokens, &chain, other, &mut found);
            at = chain.next;
        } else if let Some(act) = act_at(text, &tokens, at) {
            other |= act.is_other();
            if let Some(cited) = act.cited() {
                found.push(cited);
            }
            at = act.next;
        } else {
            at += 1;
        }
    }
    found
}

/// Adds what a chain of places cites; gives back whether the sentence has named another act.
fn add_chain(
    text: &str,
    tokens: &[Token<'_>],
    chain: &Chain,
    other: bool,
    found: &mut Vec<CitedRange>,
) -> bool {
    // A sentence that began within the chain forgets what came before.
    let (cited_act, end) = match &chain.act {
        Some(act) => {
            let Some(cited) = act.cited_act() else {
                // An act that is not known by these words: its places lead nowhere.
                add_relative(chain, found);
                return true;
            };
            (cited, Some(act.range.end))
        }
        None if other || !chain.is_free(text, tokens) => {
            add_relative(chain, found);
            return other;
        }
        None => (CitedAct::Unnamed, None),
    };
    let attached = matches!(&cited_act, CitedAct::Number { attached: true, .. });
    for cite in chain.cites() {
        let act = match cite.place.base {
            PlaceBase::Act => cited_act.clone(),
            _ => CitedAct::Unnamed,
        };
        let to = match end {
            Some(end) if cite.is_last && cite.place.base == PlaceBase::Act && !attached => end,
            _ => cite.range.end,
        };
        found.push(CitedRange {
            range: cite.range.start..to,
            place: Some(cite.place),
            act,
        });
    }
    let Some(act) = &chain.act else {
        return other;
    };
    let swallowed = found
        .last()
        .is_some_and(|last| last.range.end >= act.range.end);
    if !swallowed && let Some(cited) = act.cited() {
        found.push(cited);
    }
    other || act.is_other()
}

/// What is said of `Điều này` holds whatever act the rest of a chain is in.
fn add_relative(chain: &Chain, found: &mut Vec<CitedRange>) {
    for cite in chain.cites() {
        if cite.place.base != PlaceBase::Act {
            found.push(CitedRange {
                range: cite.range,
                place: Some(cite.place),
                act: CitedAct::Unnamed,
            });
        }
    }
    if let Some(cited) = chain.act.as_ref().and_then(Act::cited) {
        found.push(cited);
    }
}
