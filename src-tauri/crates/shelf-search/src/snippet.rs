//! The passage of a text that shows best why it was found.

use crate::Query;
use shelf_law::tokens::for_each_syllable;
use std::collections::HashMap;
use std::ops::Range;

/// Syllables of the passage that is looked for.
const WINDOW: usize = 30;
/// Most characters of a snippet, without the two ellipses.
const MAX_CHARS: usize = 236;
/// A sentence is not cut off for the sake of its end when the snippet would be shorter than this.
const ENOUGH_CHARS: usize = 120;
/// Characters before the first match within which a beginning is looked for.
const LEAD_CHARS: usize = 120;

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
    let matched = best_window(&words, &syllables, &pairs)
        .map_or(0..0, |(first, last)| words[first].from..words[last].to);
    let start = snap_start(text, &words, &matched);
    let end = snap_end(text, &words, start.0, matched.end);
    render(text, &words, start, end)
}

/// The places of the question's words in all of a text, in Unicode scalar values: what
/// [`snippet`] marks, for text that is shown whole.
pub fn marks(text: &str, query: &Query, weight: &dyn Fn(&str) -> f32) -> Vec<(usize, usize)> {
    let syllables = weigh(query.syllables(), weight);
    let mut marks = Vec::new();
    // Characters up to a byte that was reached: each is counted once.
    let (mut bytes, mut chars) = (0, 0);
    let mut upto = |to: usize| {
        chars += text[bytes..to].chars().count();
        bytes = to;
        chars
    };
    for_each_syllable(text, |range, folded| {
        if syllables.contains_key(folded) {
            let from = upto(range.start);
            close(&mut marks, from, upto(range.end));
        }
    });
    marks
}

type Weighed<'q> = HashMap<&'q str, (u32, f32)>;

fn weigh<'q>(terms: impl Iterator<Item = &'q str>, weight: &dyn Fn(&str) -> f32) -> Weighed<'q> {
    let weighed = terms.map(|term| (term, weight(term)));
    let telling = weighed.filter(|(_, weight)| *weight > 0.0);
    (0..)
        .zip(telling)
        .map(|(at, (term, weight))| (term, (at, weight)))
        .collect()
}

fn read(text: &str, syllables: &Weighed<'_>, pairs: &Weighed<'_>) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut pair = String::new();
    let mut previous = 0;
    for_each_syllable(text, |range, folded| {
        // The buffer holds the last syllable, and becomes the pair that this one ends.
        pair.drain(..previous);
        previous = pair.len();
        pair.push('_');
        pair.push_str(folded);
        words.push(Word {
            from: range.start,
            to: range.end,
            syllable: syllables.get(folded).map(|(at, _)| *at),
            pair: pairs.get(pair.as_str()).map(|(at, _)| *at),
        });
        previous += 1;
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
        let Some(at) = term.map(|at| at as usize) else {
            return;
        };
        self.counts[at] += 1;
        if self.counts[at] == 1 {
            self.total += self.weights[at];
        }
    }

    fn leave(&mut self, term: Option<u32>) {
        let Some(at) = term.map(|at| at as usize) else {
            return;
        };
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

/// Ends of sentences and lines in a range, each with the start of what follows.
fn sentence_ends(text: &str, range: Range<usize>) -> Vec<(usize, usize)> {
    let mut ends = Vec::new();
    let mut gap = None;
    let mut close = |gap: Option<usize>, to: usize| {
        if let Some(from) = gap
            && ends_sentence(text, from, to)
        {
            ends.push((from, to));
        }
    };
    for (offset, c) in text[range.clone()].char_indices() {
        if c.is_whitespace() {
            gap.get_or_insert(range.start + offset);
        } else {
            close(gap.take(), range.start + offset);
        }
    }
    close(gap, range.end);
    ends
}

/// Whether the white space at `from..to` ends a line or a sentence. "1. Người …" is one sentence.
fn ends_sentence(text: &str, from: usize, to: usize) -> bool {
    let mut back = text[..from].chars().rev();
    text[from..to].contains('\n')
        || (matches!(back.next(), Some('.' | ';' | '?' | '!' | '…'))
            && !back.next().is_some_and(|c| c.is_ascii_digit()))
}

/// Where the snippet begins: the sentence or line of the first match where that is near, else some
/// words before the match; and whether that cuts a sentence.
fn snap_start(text: &str, words: &[Word], matched: &Range<usize>) -> (usize, bool) {
    let room = MAX_CHARS.saturating_sub(text[matched.clone()].chars().count());
    let room = room.min(LEAD_CHARS);
    let far = text[..matched.start].char_indices().rev();
    let low = far.take(room).last().map_or(matched.start, |(at, _)| at);
    if let Some((_, start)) = sentence_ends(text, low..matched.start).last() {
        return (*start, false);
    }
    let beginning = text.len() - text.trim_start().len();
    if low <= beginning {
        return (beginning.min(matched.start), false);
    }
    let half = text[low..matched.start].char_indices().nth(room / 2);
    let half = half.map_or(matched.start, |(at, _)| low + at);
    let word = words.partition_point(|word| word.from < half);
    let start = words.get(word).map_or(matched.start, |word| word.from);
    (start.min(matched.start), true)
}

/// Where it ends: after the last whole sentence that fits, else after the last whole word; and
/// whether that cuts a sentence.
fn snap_end(text: &str, words: &[Word], start: usize, matched: usize) -> (usize, bool) {
    let Some((limit, _)) = text[start..].char_indices().nth(MAX_CHARS) else {
        return (text.trim_end().len().max(start), false);
    };
    let limit = start + limit;
    if let Some((end, _)) = sentence_ends(text, matched.min(limit)..limit).last()
        && text[start..*end].chars().count() >= ENOUGH_CHARS
    {
        return (*end, false);
    }
    let fitting = words.partition_point(|word| word.to <= limit);
    match words[..fitting].last() {
        Some(word) if word.to > start => (word.to, true),
        _ => (limit, true),
    }
}

fn render(text: &str, words: &[Word], start: (usize, bool), end: (usize, bool)) -> Snippet {
    let mut out = String::new();
    let mut count = 0;
    let mut marks: Vec<(usize, usize)> = Vec::new();
    let ((start, cut_before), (end, cut_after)) = (start, end);
    if cut_before {
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
    if cut_after {
        out.push('…');
    }
    Snippet { text: out, marks }
}

/// Adds a mark, joined to the one before it where one sign is between them (`đất đai`, `100/2019`).
fn close(marks: &mut Vec<(usize, usize)>, from: usize, to: usize) {
    match marks.last_mut() {
        Some(last) if last.1 + 1 == from => last.1 = to,
        _ => marks.push((from, to)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every word weighs one, every pair too, "của" nothing.
    fn show(text: &str, question: &str) -> Snippet {
        let weight = |term: &str| if term == "cua" { 0.0 } else { 1.0 };
        snippet(text, &Query::parse(question), &weight)
    }

    fn marked(shown: &Snippet) -> Vec<String> {
        let chars: Vec<char> = shown.text.chars().collect();
        let marks = shown.marks.iter();
        marks
            .map(|(from, to)| chars[*from..*to].iter().collect())
            .collect()
    }

    #[test]
    fn all_of_a_text_is_marked_in_scalar_values() {
        let query = Query::parse("đất đai của");
        let weight = |term: &str| if term == "cua" { 0.0 } else { 1.0 };
        let text = "Đất đai của ông. Giao đất.";
        assert_eq!(marks(text, &query, &weight), [(0, 7), (22, 25)]);
        assert!(marks("", &query, &weight).is_empty());
    }

    fn filler(sentences: usize) -> String {
        "Cơ quan này thực hiện nhiệm vụ khác theo phân công tại chỗ. ".repeat(sentences)
    }

    #[test]
    fn it_shows_the_sentence_with_the_words_and_marks_them_in_the_text_as_it_is() {
        let text = format!(
            "{}\n2. Người sử dụng đất\n\nđược cấp Giấy chứng nhận. {}",
            filler(9),
            filler(9)
        );
        let shown = show(&text, "giay chung nhan quyen su dung dat");
        assert!(
            shown
                .text
                .starts_with("2. Người sử dụng đất được cấp Giấy chứng nhận."),
            "{}",
            shown.text
        );
        assert_eq!(marked(&shown), ["sử dụng đất", "Giấy chứng nhận"]);
        assert!(shown.text.chars().count() <= 240);
        assert!(
            shown.text.ends_with('.'),
            "it ends with a sentence: {}",
            shown.text
        );
        assert!(!shown.text.contains('\n'));
    }

    #[test]
    fn a_pair_outweighs_the_same_words_apart() {
        let text = format!("Đất này của đai kia. {} Luật Đất đai quy định.", filler(9));
        let shown = show(&text, "đất đai");
        assert!(shown.text.contains("Luật Đất đai"), "{}", shown.text);
        assert_eq!(marked(&shown), ["Đất đai"]);
    }

    #[test]
    fn a_sentence_without_end_is_cut_between_words_and_says_so() {
        let long = "tài sản gắn liền với ".repeat(60);
        let text = format!("{long}hòa giải {long}");
        let shown = show(&text, "hoà giải");
        assert!(shown.text.starts_with('…') && shown.text.ends_with('…'));
        assert!(shown.text.chars().count() <= 240);
        assert_eq!(marked(&shown), ["hòa giải"]);
        let inner = shown.text.trim_matches('…');
        assert!(text.contains(inner), "words are whole: {inner}");
        assert!(
            text.contains(&format!(" {inner} ")),
            "words are whole: {inner}"
        );
    }

    #[test]
    fn words_that_say_nothing_are_not_marked() {
        let shown = show("Quyền của người dân.", "quyền của dân");
        assert_eq!(marked(&shown), ["Quyền", "dân"]);
        assert_eq!(shown.text, "Quyền của người dân.");
    }

    #[test]
    fn without_a_match_it_is_the_beginning() {
        let text = filler(20);
        let shown = show(&text, "không liên");
        assert!(shown.text.starts_with("Cơ quan này") && shown.marks.is_empty());
        assert!(shown.text.chars().count() <= 240);
        assert_eq!(show("", "đất"), Snippet::default());
        assert_eq!(show("  \n ", "đất"), Snippet::default());
    }

    #[test]
    fn marks_count_characters_not_bytes_and_survive_decomposed_text() {
        let shown = show("Dơ\u{306}ng “đa\u{302}\u{301}t” đai", "đất đai");
        assert_eq!(marked(&shown), ["đa\u{302}\u{301}t", "đai"]);
    }

    #[test]
    fn marks_lie_inside_the_snippet_in_order_whatever_the_text() {
        let pieces = [
            "đất",
            " ",
            "\n\n",
            ". ",
            "1. ",
            "đai;",
            "\u{301}",
            "🦀",
            "x".repeat(300).leak(),
            "“rừng”",
        ];
        let mut seed = 7_u64;
        for _ in 0..2_000 {
            let mut text = String::new();
            for _ in 0..60 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                text.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
            }
            let shown = show(&text, "đất rừng đai");
            let length = shown.text.chars().count();
            assert!(length <= 240, "{length}");
            let mut last = 0;
            for (from, to) in &shown.marks {
                assert!(*from >= last && from < to && *to <= length, "{text:?}");
                last = *to;
            }
            for word in marked(&shown) {
                let folded = shelf_law::tokens::folded_terms(&word);
                assert!(
                    folded
                        .split(' ')
                        .all(|w| ["dat", "dai", "rung"].contains(&w)),
                    "{word}"
                );
            }
        }
    }
}
