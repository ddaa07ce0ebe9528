//! Citations as people type them into the search box, with or without accents:
//! `điểm a khoản 1 Điều 58 Nghị định số 82/2020/NĐ-CP`, `k2 d8 nd100`, `luật đất đai`, `blhs điều 173`.
//!
//! This module says what was named; which documents those are, the catalogue knows. Rules that keep
//! readings apart: the typed letter of a điểm is kept, d is not đ; a lone `d` is điểm before a
//! letter and Điều before a number; a year or a date is no number of a document.

mod act;
pub mod in_text;
mod issuer;
mod name;
mod number;
mod provision;
#[cfg(test)]
mod tests;
mod words;

pub use act::{AbbreviatedAct, ActMention, NameMention, NumberMention};
pub use provision::ProvisionPath;

use crate::ProvisionId;
use crate::abbreviations::Abbreviations;
use std::ops::Range;
use words::{Gap, Word};

/// Longer queries are pasted text: only their first bytes are read.
const MAX_QUERY: usize = 4000;

/// A citation found in a query.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct QueryCitation {
    /// The place in the act, where one is named.
    pub provision: Option<ProvisionPath>,
    /// The act, where one is named.
    pub act: Option<ActMention>,
    /// The bytes of the query that it stands in. A name reaches as far as its words may belong to a
    /// title ([`NameMention::titles`]).
    pub span: Range<usize>,
    /// The query is nothing but this citation.
    pub is_whole: bool,
    /// The place is in what was issued with the act, not in the act itself.
    pub in_attachment: bool,
}

impl QueryCitation {
    /// The id of the provision named, at its deepest: `dieu_62.khoan_1.diem_dd`.
    pub fn provision_id(&self) -> Option<ProvisionId> {
        self.provision.as_ref()?.id()
    }

    /// The ids to try in the act, the best first: the provision named, its other reading, its
    /// khoản, its Điều.
    pub fn provision_candidates(&self) -> Vec<ProvisionId> {
        self.provision
            .as_ref()
            .map_or_else(Vec::new, ProvisionPath::candidates)
    }
}

/// Finds the citation in a query, with the built-in table of abbreviations. `None` where there is
/// none: a question that merely contains `luật`, `điều` or a year is not a citation.
pub fn parse_query(query: &str) -> Option<QueryCitation> {
    parse_query_with(query, Abbreviations::builtin())
}

/// [`parse_query`] with a table that the publisher sent.
pub fn parse_query_with(query: &str, table: &Abbreviations) -> Option<QueryCitation> {
    let mut end = query.len().min(MAX_QUERY);
    while !query.is_char_boundary(end) {
        end -= 1;
    }
    let words = words::words(&query[..end]);
    let accented = words.iter().any(|word| !word.typed.is_ascii());
    let pieces = pieces(&words, accented, table);
    let mut best: Option<(u32, QueryCitation)> = None;
    for cluster in clusters(&words, &pieces) {
        if let Some((score, citation)) = citation(&words, cluster)
            && best.as_ref().is_none_or(|(top, _)| score > *top)
        {
            best = Some((score, citation));
        }
    }
    best.map(|(_, citation)| citation)
}

/// A place in an act that is known already: `khoản 1 Điều 5`, `dieu 12a`, `mục 2.4 phần III`, `k2 d8`.
/// `None` where the text names none. More than [`parse_query`] takes, which must tell a place from a
/// question.
pub fn parse_place(text: &str) -> Option<ProvisionPath> {
    if text.len() > MAX_QUERY {
        return None;
    }
    let words = words::words(text);
    let accented = words.iter().any(|word| !word.typed.is_ascii());
    let mut path = ProvisionPath::default();
    let mut at = 0;
    while at < words.len() {
        let level = provision::level_at(&words, at, accented);
        at += level.as_ref().map_or(1, |level| level.count);
        if let Some(level) = level {
            path.fill_from(level.path);
        }
    }
    (!path.is_empty()).then_some(path)
}

/// One thing named in a query.
struct Piece {
    what: What,
    weak: bool,
    words: Range<usize>,
}

enum What {
    Level(ProvisionPath),
    Act(ActMention),
}

impl Piece {
    /// Whether both name an act, and in the same way.
    fn rivals(&self, other: &Piece) -> bool {
        match (&self.what, &other.what) {
            (What::Act(one), What::Act(two)) => {
                matches!(one, ActMention::Number(_)) == matches!(two, ActMention::Number(_))
            }
            _ => false,
        }
    }
}

fn pieces(words: &[Word], accented: bool, table: &Abbreviations) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let found = number_or_level(words, at, accented, table).or_else(|| {
            let ends_at = |end| number_or_level(words, end, accented, table).is_some();
            let found = name::name_at(words, at, table, ends_at)?;
            Some(Piece {
                what: What::Act(found.act),
                weak: false,
                words: at..at + found.count,
            })
        });
        at = found.as_ref().map_or(at + 1, |piece| piece.words.end);
        pieces.extend(found);
    }
    pieces
}

fn number_or_level(
    words: &[Word],
    at: usize,
    accented: bool,
    table: &Abbreviations,
) -> Option<Piece> {
    if let Some(found) = number::number_at(words, at, table) {
        return Some(Piece {
            what: What::Act(ActMention::Number(found.mention)),
            weak: found.weak,
            words: at..at + found.count,
        });
    }
    let level = provision::level_at(words, at, accented)?;
    Some(Piece {
        what: What::Level(level.path),
        weak: level.weak,
        words: at..at + level.count,
    })
}

/// Pieces that only joining words stand between: one citation. A second act of the same sort opens
/// another one; a number after a name (`Bộ luật Lao động số 45/2019/QH14`) does not.
fn clusters<'p>(words: &[Word], pieces: &'p [Piece]) -> Vec<&'p [Piece]> {
    let mut clusters = Vec::new();
    let mut start = 0;
    for index in 1..=pieces.len() {
        let goes_on = index < pieces.len()
            && (joins(between(words, pieces, index)) || describes(words, pieces, index))
            && !pieces[start..index]
                .iter()
                .any(|piece| piece.rivals(&pieces[index]));
        if !goes_on {
            clusters.push(&pieces[start..index]);
            start = index;
        }
    }
    clusters
}

/// The words between a piece and the one before it.
fn between<'w>(words: &'w [Word], pieces: &[Piece], index: usize) -> &'w [Word] {
    &words[pieces[index - 1].words.end..pieces[index].words.start]
}

/// Whether the words between an act and the place after it say what the act is about (`luật số
/// 08/2017/QH14 về thủy lợi, Điều 42`), and the place belongs to no act after it.
fn describes(words: &[Word], pieces: &[Piece], index: usize) -> bool {
    let is_act = |piece: &Piece| matches!(piece.what, What::Act(_));
    let gap = between(words, pieces, index);
    let about = gap.first().is_some_and(|word| word.term == "ve")
        && gap.len() <= LONGEST_ATTACHMENT
        && !gap
            .iter()
            .any(|word| matches!(word.gap, Gap::Other | Gap::Colon));
    if !about || !is_act(&pieces[index - 1]) || is_act(&pieces[index]) {
        return false;
    }
    let mut after = index + 1;
    while after < pieces.len() && joins(between(words, pieces, after)) {
        if is_act(&pieces[after]) {
            return false;
        }
        after += 1;
    }
    true
}

/// Whether words between two pieces leave them one citation: words that only join, or the name of
/// what the act was issued with (`Quy chế … ban hành kèm theo`).
fn joins(gap: &[Word]) -> bool {
    gap.iter().all(|word| JOINING.contains(&word.term.as_str())) || names_attachment(gap)
}

/// Whether these words name what is issued with an act.
fn names_attachment(gap: &[Word]) -> bool {
    gap.len() <= LONGEST_ATTACHMENT
        && gap
            .windows(2)
            .any(|pair| pair[0].term == "kem" && pair[1].term == "theo")
}

/// Words of the longest name of an attached regulation that is taken for one.
const LONGEST_ATTACHMENT: usize = 30;

/// Words that stand inside citations.
const JOINING: &[&str] = &[
    "cua", "theo", "tai", "trong", "thuoc", "o", "va", "quy", "dinh", "so", "cac",
];

/// Words around a citation that ask for nothing else.
const ASKING: &[&str] = &[
    "xem", "tim", "tra", "cuu", "mo", "doc", "noi", "dung", "toan", "van", "ban", "can", "cu",
];

/// The citation of a cluster, with a score for choosing among several: a number over a name, a
/// place in an act over an act.
fn citation(words: &[Word], cluster: &[Piece]) -> Option<(u32, QueryCitation)> {
    let mut path = ProvisionPath::default();
    let mut strong_path = ProvisionPath::default();
    let mut number = None;
    let mut weak_number = None;
    let mut name = None;
    for piece in cluster {
        match &piece.what {
            What::Level(level) => {
                path.fill_from(level.clone());
                if !piece.weak {
                    strong_path.fill_from(level.clone());
                }
            }
            What::Act(act @ ActMention::Number(_)) if piece.weak => {
                weak_number.get_or_insert(act);
            }
            What::Act(act @ ActMention::Number(_)) => {
                number.get_or_insert(act);
            }
            What::Act(act) => {
                name.get_or_insert(act);
            }
        }
    }
    let first = cluster.first()?.words.start;
    let last = cluster.last()?.words.end;
    let outside = |word: &Word| {
        let term = word.term.as_str();
        ASKING.contains(&term) || JOINING.contains(&term)
    };
    let mut act = number.or(name).or(weak_number).cloned();
    let year = name::year_at_end(words, last);
    let last = match &mut act {
        // `blds điều 117 2015`
        Some(
            ActMention::Name(NameMention { year: own, .. })
            | ActMention::Abbreviation(AbbreviatedAct { year: own, .. }),
        ) if own.is_none() && year.is_some() => {
            *own = year;
            words.len()
        }
        _ => last,
    };
    let is_whole = words[..first].iter().all(outside) && words[last..].iter().all(outside);
    let has_place = path.article.is_some()
        || path.clause.is_some()
        || path.section.is_some()
        || path.part.is_some()
        || path.appendix.is_some();
    let holds = number.is_some()
        || (name.is_some() && (has_place || is_whole))
        || (weak_number.is_some() && is_whole)
        || strong_path.article.is_some()
        || (path.article.is_some() && path.clause.is_some());
    if !holds {
        return None;
    }
    let score = match (number.is_some(), name.is_some()) {
        (true, _) => 8,
        (false, true) => 4,
        (false, false) => 0,
    } + u32::from(path.article.is_some()) * 2
        + u32::from(path.clause.is_some());
    let citation = QueryCitation {
        provision: (!path.is_empty()).then_some(path),
        act,
        span: words[first].range.start..words[last - 1].range.end,
        is_whole,
        in_attachment: cluster
            .windows(2)
            .any(|pair| names_attachment(&words[pair[0].words.end..pair[1].words.start])),
    };
    Some((score, citation))
}
