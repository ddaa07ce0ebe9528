//! The passage of a text that shows best why it was found.

use crate::Query;
use crate::terms::{for_each_term, pair};
use std::collections::HashMap;

/// Syllables of the passage that is looked for.
const WINDOW: usize = 30;
/// Most characters of a snippet, without the two ellipses.
const MAX_CHARS: usize = 236;
/// A sentence is not cut off for the sake of its end when the snippet would be shorter than this.
const ENOUGH_CHARS: usize = 120;
/// Characters before the first match within which a beginning is looked for.
const LEAD_CHARS: usize = 90;

/// A passage with the places of the question's words in it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Snippet {
    /// The passage, on one line, at most about 240 characters; `…` where a sentence was cut.
    pub text: String,
    /// From and to (exclusive) of each match, in Unicode scalar values of `text`, in order.
    pub marks: Vec<(usize, usize)>,
}

struct Word {
    from: usize,
    to: usize,
    /// Which syllable of the question it is.
    syllable: Option<u32>,
    /// Which pair of the question it makes with the word before it.
    pair: Option<u32>,
}

/// The passage of `text` with the most telling words of the question, from sentence to sentence
/// where they are short enough. `weight` is the inverse document frequency of a folded syllable or
/// of a pair (`a_b`); words of weight 0 are not marked. Without any match it is the beginning of the
/// text.
pub fn snippet(text: &str, query: &Query, weight: &dyn Fn(&str) -> f32) -> Snippet {
    let syllables = weigh(query.syllables(), weight);
    let pairs = weigh(query.pairs(), weight);
    let words = read(text, &syllables, &pairs);
    let (first, last) = best_window(&words, &syllables, &pairs).unwrap_or((0, 0));
    let (from, to) = match (words.get(first), words.get(last)) {
        (Some(first), Some(last)) => (first.from, last.to),
        _ => (0, 0),
    };
    let start = snap_start(text, &words, first, from, to);
    let end = snap_end(text, &words, start, to);
    render(text, &words, start, end)
}

type Weighed<'q> = HashMap<&'q str, (u32, f32)>;

fn weigh<'q>(
    terms: impl Iterator<Item = &'q str>,
    weight: &dyn Fn(&str) -> f32,
) -> Weighed<'q> {
    let weighed = terms.map(|term| (term, weight(term)));
    let telling = weighed.filter(|(_, weight)| *weight > 0.0);
    (0..).zip(telling).map(|(at, (term, weight))| (term, (at, weight))).collect()
}

fn read(text: &str, syllables: &Weighed<'_>, pairs: &Weighed<'_>) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut previous = String::new();
    let mut joined = String::new();
    for_each_term(text, |range, folded| {
        let syllable = syllables.get(folded).map(|(at, _)| *at);
        pair(&mut joined, &previous, folded);
        words.push(Word {
            from: range.start,
            to: range.end,
            syllable,
            pair: pairs.get(joined.as_str()).map(|(at, _)| *at),
        });
        previous.clear();
        previous.push_str(folded);
    });
    words
}

/// Counts distinct terms in a sliding window.
struct Sum {
    weights: Vec<f32>,
    counts: Vec<u32>,
    total: f32,
}

impl Sum {
    fn new(terms: &Weighed<'_>) -> Sum {
        let mut weights = vec![0.0; terms.len()];
        for (at, weight) in terms.values() {
            weights[*at as usize] = *weight;
        }
        Sum {
            counts: vec![0; weights.len()],
            weights,
            total: 0.0,
        }
    }

    fn enter(&mut self, term: Option<u32>) {
        let Some(at) = term.map(|at| at as usize) else { return };
        self.counts[at] += 1;
        if self.counts[at] == 1 {
            self.total += self.weights[at];
        }
    }

    fn leave(&mut self, term: Option<u32>) {
        let Some(at) = term.map(|at| at as usize) else { return };
        self.counts[at] -= 1;
        if self.counts[at] == 0 {
            self.total -= self.weights[at];
        }
    }
}

/// First and last matching word of the best window; the earliest of equals.
fn best_window(
    words: &[Word],
    syllables: &Weighed<'_>,
    pairs: &Weighed<'_>,
) -> Option<(usize, usize)> {
    let mut single = Sum::new(syllables);
    let mut double = Sum::new(pairs);
    let mut best = (0.0, 0);
    let mut start = 0;
    for (at, word) in words.iter().enumerate() {
        if at - start == WINDOW {
            single.leave(words[start].syllable);
            // The pair of the second word reaches back to the first, which has left.
            double.leave(words[start + 1].pair);
            start += 1;
        }
        single.enter(word.syllable);
        if at > start {
            double.enter(word.pair);
        }
        let total = single.total + double.total;
        // A hair more, so that rounding does not move the window along.
        if total > best.0 + 1e-3 {
            best = (total, at);
        }
    }
    if best.0 <= 0.0 {
        return None;
    }
    let last = best.1;
    let from = (last + 1).saturating_sub(WINDOW);
    let first = (from..=last).find(|at| words[*at].syllable.is_some())?;
    Some((first, last))
}

fn chars(text: &str) -> usize {
    text.chars().count()
}

/// Whether a sentence or line ends right before `at`.
fn is_boundary(text: &str, at: usize) -> bool {
    let before = &text[..at];
    let trimmed = before.trim_end();
    if trimmed.is_empty() || before[trimmed.len()..].contains('\n') {
        return true;
    }
    let mut back = trimmed.chars().rev();
    let ends = matches!(back.next(), Some('.' | ';' | '?' | '!' | '…'));
    // "1. Người …" is one sentence.
    ends && before.len() > trimmed.len() && !back.next().is_some_and(|c| c.is_ascii_digit())
}

/// Where the snippet begins: a sentence or line that reaches the first match, else a few words before it.
fn snap_start(text: &str, words: &[Word], first: usize, from: usize, to: usize) -> usize {
    let room = MAX_CHARS.saturating_sub(chars(&text[from..to])).min(LEAD_CHARS);
    let mut start = from;
    let mut used = 0;
    let mut boundary = None;
    // Signs before the first word (quotes, brackets, dashes) belong to it.
    let mut before = text[..from].char_indices().rev().peekable();
    if is_boundary(text, from) {
        boundary = Some(from);
    }
    let mut word = first;
    while let Some((at, c)) = before.next() {
        used += c.len_utf8().min(1);
        if used > room {
            break;
        }
        if boundary.is_none() && is_boundary(text, at) && !c.is_whitespace() {
            boundary = Some(at);
        }
        if word > 0 && words[word - 1].from == at {
            word -= 1;
            if used <= room / 2 {
                start = at;
            }
        }
        if boundary.is_some() && is_boundary(text, at) && c == '\n' {
            break;
        }
    }
    boundary.unwrap_or(start)
}

/// Where it ends: after the last whole sentence that fits, else after the last whole word.
fn snap_end(text: &str, words: &[Word], start: usize, to: usize) -> usize {
    let mut limit = text.len();
    let mut boundary = None;
    for (count, (offset, c)) in text[start..].char_indices().enumerate() {
        let at = start + offset;
        if count >= MAX_CHARS {
            limit = at;
            break;
        }
        let ends = at > to && (c.is_whitespace()) && {
            let next = text[at..].find(|c: char| !c.is_whitespace()).map_or(text.len(), |n| at + n);
            is_boundary(text, next)
        };
        if at >= to && ends {
            boundary = Some((at, count));
        }
    }
    if limit == text.len() {
        return text.trim_end().len().max(start);
    }
    match boundary {
        Some((at, count)) if count >= ENOUGH_CHARS => text[..at].trim_end().len().max(start),
        _ => {
            let fits = words.partition_point(|word| word.to <= limit);
            let last = words[..fits].last().map_or(0, |word| word.to);
            if last > start { last } else { limit }
        }
    }
}

fn render(text: &str, words: &[Word], start: usize, end: usize) -> Snippet {
    let mut out = String::new();
    let mut count = 0;
    let mut marks: Vec<(usize, usize)> = Vec::new();
    if !is_boundary(text, start) {
        out.push('…');
        count += 1;
    }
    let mut matches = words
        .iter()
        .filter(|word| word.syllable.is_some() && word.from >= start && word.to <= end)
        .peekable();
    let mut open = None;
    for (offset, c) in text[start..end].char_indices() {
        let at = start + offset;
        if let (Some(from), Some(word)) = (open, matches.peek())
            && word.to <= at
        {
            close(&mut marks, from, count);
            open = None;
            matches.next();
        }
        if open.is_none() && matches.peek().is_some_and(|word| word.from == at) {
            open = Some(count);
        }
        if c.is_whitespace() || c.is_control() {
            if out.is_empty() || out.ends_with(' ') {
                continue;
            }
            out.push(' ');
        } else {
            out.push(c);
        }
        count += 1;
    }
    if let Some(from) = open {
        close(&mut marks, from, count);
    }
    let rest = text[end..].trim_start();
    if !rest.is_empty() && !is_boundary(text, text.len() - rest.len()) {
        out.push('…');
    }
    Snippet { text: out, marks }
}

/// Adds a mark, joined to the one before it where only a space is between them.
fn close(marks: &mut Vec<(usize, usize)>, from: usize, to: usize) {
    match marks.last_mut() {
        Some(last) if last.1 + 1 == from => last.1 = to,
        _ => marks.push((from, to)),
    }
}
