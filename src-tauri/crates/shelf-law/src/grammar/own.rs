//! Which Điều are the document's own, which are quoted, and where what is attached begins.

use super::chain::{
    Candidate, INSIDE_QUOTE, Link, OWN_QUOTE, RESTART_WITH_REASON, RESTART_WITHOUT_REASON,
    best_chain,
};
use super::foot::{end_of, opens_foot};
use super::header::MOTTO;
use super::line::{
    Line, ends_sentence, fold, is_mostly_caps, longer_than, opens_with_quote, quote_balance,
};
use super::marker::{self, Number};
use super::parts::{self, Opening, PartKind};
use super::runs;
use std::ops::Range;

/// What a line is to the list of Điều.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Standing {
    /// No heading of a Điều.
    #[default]
    Text,
    /// An own Điều, in order.
    Own,
    /// An own Điều out of order: its number may be another's.
    Stray,
    /// Quoted for another act, or broken off a sentence.
    Inner,
}

/// The structure of the lines.
pub(super) struct Structure {
    pub(super) lines: Vec<Line>,
    pub(super) standing: Vec<Standing>,
    /// Whether a quotation is open before each line.
    pub(super) inside: Vec<bool>,
    /// Attachments and appendices, in order.
    pub(super) openings: Vec<Opening>,
    pub(super) doubts: Vec<String>,
}

/// The number of the Điều that the line heads.
pub(super) fn number_of(line: &Line) -> Option<Number> {
    if line.furniture || line.is_table() {
        return None;
    }
    marker::article(&line.text).map(|mark| mark.number)
}

/// Finds the structure; headings that ran into the text before them are cut free where the list
/// misses their number.
pub(super) fn find(lines: Vec<Line>) -> Structure {
    let first = weigh(lines);
    let structure = match repaired(&first) {
        Some(lines) => weigh(lines),
        None => first,
    };
    rejoined(structure)
}

/// "Điều 7:" that was the end of the sentence above it goes back there.
fn rejoined(structure: Structure) -> Structure {
    let broken = |i: usize| {
        i > 0
            && structure.standing[i] == Standing::Inner
            && !structure.inside[i]
            && !opens_with_quote(&structure.lines[i].text)
            && !structure.lines[i - 1].furniture
            && breaks_sentence(&structure.lines[i - 1])
    };
    let joins: Vec<bool> = (0..structure.lines.len()).map(broken).collect();
    if !joins.contains(&true) {
        return structure;
    }
    let mut out = Structure {
        lines: Vec::with_capacity(structure.lines.len()),
        standing: Vec::new(),
        inside: Vec::new(),
        openings: structure.openings,
        doubts: structure.doubts,
    };
    let mut openings = out.openings.iter_mut().peekable();
    for (i, line) in structure.lines.into_iter().enumerate() {
        if let Some(opening) = openings.next_if(|opening| opening.line == i) {
            opening.line = out.lines.len();
        }
        match out.lines.last_mut() {
            Some(last) if joins[i] => {
                last.text.push(' ');
                last.text.push_str(&line.text);
            }
            _ => {
                out.lines.push(line);
                out.standing.push(structure.standing[i]);
                out.inside.push(structure.inside[i]);
            }
        }
    }
    out
}

fn weigh(lines: Vec<Line>) -> Structure {
    let openings = parts::openings(&lines);
    let feet: Vec<bool> = (0..lines.len())
        .map(|i| opens_foot(&lines, i) || opens_header(&lines[i]))
        .collect();
    let places: Vec<usize> = (0..lines.len())
        .filter(|&i| number_of(&lines[i]).is_some())
        .collect();
    let inside = open_quotes(&lines, |_| false);
    let mut reason = false;
    let mut next_opening = openings.iter().map(|opening| opening.line).peekable();
    let mut from = 0;
    let mut candidates = Vec::with_capacity(places.len());
    for &at in &places {
        while next_opening.peek().is_some_and(|&line| line < at) {
            next_opening.next();
            reason = true;
        }
        reason |= feet[from..at].contains(&true);
        from = at + 1;
        let line = &lines[at];
        let number = number_of(line).unwrap_or(Number::plain(1));
        let mut penalty = 0.0;
        if opens_with_quote(&line.text) {
            penalty += OWN_QUOTE;
        } else if inside[at] {
            penalty += INSIDE_QUOTE;
        } else if at > 0 && breaks_sentence(&lines[at - 1]) {
            penalty += 0.5;
        }
        candidates.push(Candidate {
            number,
            penalty,
            restart: Some(if reason {
                RESTART_WITH_REASON
            } else {
                RESTART_WITHOUT_REASON
            }),
        });
        reason = false;
    }
    // A list that only goes up is the act's own, however much of it is missing: an excerpt, or an
    // act of which a codification holds some articles.
    let rising = candidates
        .windows(2)
        .all(|pair| pair[0].number < pair[1].number)
        && candidates.iter().all(|c| c.penalty < INSIDE_QUOTE);
    let chain = if rising {
        let all = 0..candidates.len();
        all.map(|candidate| Link {
            candidate,
            restarts: false,
        })
        .collect()
    } else {
        best_chain(&candidates)
    };
    let mut standing = vec![Standing::Text; lines.len()];
    for &at in &places {
        standing[at] = Standing::Inner;
    }
    for link in &chain {
        standing[places[link.candidate]] = Standing::Own;
    }
    let inside = open_quotes(&lines, |i| standing[i] == Standing::Own);
    let mut doubts = Vec::new();
    let amending = amends(&lines);
    for &at in &places {
        let quoted = inside[at] || opens_with_quote(&lines[at].text);
        let broken = at > 0 && breaks_sentence(&lines[at - 1]);
        if standing[at] == Standing::Inner && !quoted && !broken && !amending {
            standing[at] = Standing::Stray;
        }
    }
    let openings = true_openings(&lines, openings, &chain, &places);
    let strays = standing.iter().filter(|s| **s == Standing::Stray).count();
    if strays > 0 {
        doubts.push(format!("{strays} Điều không đúng thứ tự, cần xem lại"));
    }
    Structure {
        lines,
        standing,
        inside,
        openings,
        doubts,
    }
}

/// The line ends in the middle of a sentence, so that "Điều 7:" below it may be its last word.
fn breaks_sentence(line: &Line) -> bool {
    let text = line.text.trim_end();
    let joins = [
        " tại", " của", " và", " theo", " các", " sau", " hoặc", ",", " khoản", " với", " Khoản",
    ];
    !line.is_table()
        && !is_mostly_caps(text)
        && (joins.iter().any(|word| text.ends_with(word))
            || (!ends_sentence(text) && longer_than(text, 120)))
}

/// Whether the act says of itself that it changes others.
fn amends(lines: &[Line]) -> bool {
    lines.iter().take(40).any(|line| {
        let head: String = line.text.chars().take(200).collect();
        let folded = fold(&head);
        line.furniture && (folded.contains("sua doi") || folded.contains("bo sung mot so"))
    })
}

/// Whether a quotation is open before each line; an own Điều, a part and a foot close what was left
/// open.
fn open_quotes(lines: &[Line], closes: impl Fn(usize) -> bool) -> Vec<bool> {
    let mut open = false;
    lines
        .iter()
        .enumerate()
        .map(|(i, line)| {
            if line.furniture || closes(i) {
                open = false;
            }
            let before = open;
            match quote_balance(&line.text) {
                0 => {}
                balance => open = balance > 0,
            }
            before
        })
        .collect()
}

/// Openings that the list of Điều does not contradict, and one for each restart after a signature
/// that has none.
fn true_openings(
    lines: &[Line],
    openings: Vec<Opening>,
    chain: &[Link],
    places: &[usize],
) -> Vec<Opening> {
    let mut kept: Vec<Opening> = openings
        .into_iter()
        .filter(|opening| {
            let next = chain
                .iter()
                .position(|link| places[link.candidate] > opening.line);
            // Own Điều that simply go on below it: it is a heading or a mention inside the act.
            next.is_none_or(|next| next == 0 || chain[next].restarts)
        })
        .collect();
    let mut before = 0;
    for (i, link) in chain.iter().enumerate() {
        let at = places[link.candidate];
        if link.restarts && i > 0 && !kept.iter().any(|o| (before..=at).contains(&o.line)) {
            let header = (before..at).find(|&line| opens_header(&lines[line]));
            let foot = (before..at).find(|&line| opens_foot(lines, line));
            let line = match (header, foot) {
                (Some(header), _) => Some(header),
                (None, Some(foot)) => Some(after_signature(lines, foot, at)),
                (None, None) => None,
            };
            kept.extend(line.map(|line| Opening {
                line,
                kind: PartKind::Attachment,
            }));
        }
        before = at;
    }
    kept.sort_by_key(|opening| opening.line);
    kept
}

/// Marks the foot of a part, after its last own Điều, and gives its lines.
pub(super) fn mark_foot(structure: &mut Structure, part: &Range<usize>) -> Range<usize> {
    let lines = &structure.lines;
    let after = part
        .clone()
        .rev()
        .find(|&i| structure.standing[i] == Standing::Own)
        .map_or(part.start, |i| i + 1);
    let found = (after..part.end)
        .filter(|&i| !lines[i].furniture && opens_foot(lines, i))
        .find_map(|at| end_of(lines, at, part.end).map(|end| at..end));
    let Some(range) = found else {
        return part.end..part.end;
    };
    for line in &mut structure.lines[range.clone()] {
        line.furniture = !line.is_table();
    }
    range
}

/// A Quốc hiệu in the middle of a text: another document, or the form of one, begins.
fn opens_header(line: &Line) -> bool {
    !line.furniture
        && line.text.starts_with('C')
        && !longer_than(&line.text, 100)
        && fold(&line.text).starts_with(MOTTO)
}

/// The line after the name that closes the foot.
fn after_signature(lines: &[Line], foot: usize, limit: usize) -> usize {
    (foot..limit)
        .rev()
        .find(|&i| super::foot::person(&lines[i].text).is_some() && !is_mostly_caps(&lines[i].text))
        .map_or(limit, |i| i + 1)
}

/// The lines with missing headings cut free, or `None` where there is nothing to repair.
fn repaired(structure: &Structure) -> Option<Vec<Line>> {
    let own: Vec<usize> = (0..structure.lines.len())
        .filter(|&i| structure.standing[i] == Standing::Own)
        .collect();
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    for (index, &at) in own.iter().enumerate() {
        let number = number_of(&structure.lines[at])?.value;
        let (from, last) = match index.checked_sub(1) {
            Some(previous) => {
                let before = own[previous];
                (before, number_of(&structure.lines[before])?.value)
            }
            None => (0, 0),
        };
        if number <= last + 1 || number - last > 6 {
            continue;
        }
        let mut line = from;
        let mut offset = 0;
        for missing in last + 1..number {
            let found = (line..at).find_map(|i| {
                let text = &structure.lines[i].text;
                let start = if i == line { offset } else { 0 };
                let cut = runs::article_inside(text.get(start..)?, missing)? + start;
                (!structure.lines[i].furniture).then_some((i, cut))
            });
            if let Some((i, cut)) = found {
                cuts.push((i, cut));
                (line, offset) = (i, cut);
            }
        }
    }
    if cuts.is_empty() {
        return None;
    }
    let mut lines = Vec::with_capacity(structure.lines.len() + cuts.len());
    for (i, line) in structure.lines.iter().enumerate() {
        let here: Vec<usize> = cuts
            .iter()
            .filter(|(l, _)| *l == i)
            .map(|(_, cut)| *cut)
            .collect();
        let mut from = 0;
        for cut in here.into_iter().chain([line.text.len()]) {
            let piece = line.text[from..cut].trim();
            if from == 0 {
                let mut first = line.clone();
                first.text = piece.to_string();
                lines.push(first);
            } else {
                lines.push(line.with_text(piece));
            }
            from = cut;
        }
    }
    Some(lines)
}
