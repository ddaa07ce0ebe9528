//! The words of a page with their places, for a layer of text over its picture.

use crate::layout::{Glyph, Segment, runs};
use serde::{Deserialize, Serialize};
use shelf_law::tokens::syllables;
use std::ops::Range;

/// Places that one search marks on a page.
const MOST_HITS: usize = 1000;
/// Bytes of a page that are searched; a page of text has some thousands.
const MOST_TEXT: usize = 2 << 20;

/// A box on a page as it is shown, in shares of its width and height: 0 to 1, from the upper left.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Place {
    /// Left edge.
    pub left: f32,
    /// Upper edge.
    pub top: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

/// Words side by side without a wide gap: a line, or the part of one that stands in one cell.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct TextLine {
    /// The words, in NFC.
    pub text: String,
    /// Where they stand.
    pub place: Place,
    /// The left edge of each character (`char`) of the text, in shares of the page's width.
    pub edges: Vec<f32>,
}

impl TextLine {
    /// Its words, as white space parts them, with their places.
    pub fn words(&self) -> impl Iterator<Item = (&str, Place)> {
        self.text.split(' ').scan(0, |at, word| {
            let range = *at..*at + word.len();
            *at = range.end + 1;
            Some((word, self.place_of(&range)))
        })
    }

    /// The place of a range of bytes of the text.
    fn place_of(&self, range: &Range<usize>) -> Place {
        let character = |byte: usize| {
            self.text
                .char_indices()
                .take_while(|(at, _)| *at < byte)
                .count()
        };
        let right = self.place.left + self.place.width;
        let edge = |character: usize| self.edges.get(character).copied().unwrap_or(right);
        let (first, end) = (character(range.start), character(range.end));
        let left = edge(first);
        // A space between two words begins where the first one ends.
        Place {
            left,
            width: (edge(end) - left).max(0.0),
            ..self.place
        }
    }
}

/// The words of a page with their places.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct PageLayer {
    /// In reading order.
    pub lines: Vec<TextLine>,
}

impl PageLayer {
    /// Where a phrase stands: for each time that it occurs its boxes, one for each line that it
    /// touches. Whole syllables are compared, without accents, letter case and punctuation, as search
    /// does it.
    pub fn find(&self, phrase: &str) -> Vec<Vec<Place>> {
        let wanted = syllables(phrase);
        if wanted.is_empty() {
            return Vec::new();
        }
        let mut text = String::new();
        let mut starts = Vec::new();
        for line in &self.lines {
            if text.len() + line.text.len() > MOST_TEXT {
                break;
            }
            starts.push(text.len());
            text.push_str(&line.text);
            text.push('\n');
        }
        let found = syllables(&text);
        let mut hits = Vec::new();
        let mut at = 0;
        while let Some(window) = found.get(at..at + wanted.len()) {
            let same = window.iter().zip(&wanted).all(|(a, b)| a.term == b.term);
            if !same {
                at += 1;
                continue;
            }
            let range = window[0].range.start..window[wanted.len() - 1].range.end;
            hits.push(self.places(&range, &starts));
            if hits.len() == MOST_HITS {
                break;
            }
            at += wanted.len();
        }
        hits
    }

    /// The boxes of a range of the lines written one below the other.
    fn places(&self, range: &Range<usize>, starts: &[usize]) -> Vec<Place> {
        let first = starts.partition_point(|start| *start <= range.start) - 1;
        let lines = self.lines.iter().zip(starts).skip(first);
        lines
            .take_while(|(_, start)| **start < range.end)
            .map(|(line, start)| {
                let from = range.start.saturating_sub(*start);
                let to = (range.end - start).min(line.text.len());
                line.place_of(&(from..to))
            })
            .collect()
    }
}

/// The layer of a page so many points wide and high, from its letters.
pub(crate) fn layer(glyphs: Vec<Glyph>, width: f32, height: f32) -> PageLayer {
    let (width, height) = (width.max(1.0), height.max(1.0));
    let lines = runs(glyphs)
        .iter()
        .flatten()
        .flat_map(|row| &row.segments)
        .filter_map(|segment| line(segment, width, height))
        .collect();
    PageLayer { lines }
}

/// `None` where the words stand outside the page.
fn line(segment: &Segment, width: f32, height: f32) -> Option<TextLine> {
    // Five digits are a tenth of a pixel on the largest picture.
    let share = |value: f32| (value.clamp(0.0, 1.0) * 1e5).round() / 1e5;
    let (left, right) = (segment.left / width, segment.right / width);
    let (top, bottom) = (1.0 - segment.top / height, 1.0 - segment.bottom / height);
    if right <= 0.0 || left >= 1.0 || bottom <= 0.0 || top >= 1.0 {
        return None;
    }
    Some(TextLine {
        text: segment.text.clone(),
        place: Place {
            left: share(left),
            top: share(top),
            width: share(share(right) - share(left)),
            height: share(share(bottom) - share(top)),
        },
        edges: segment.edges.iter().map(|x| share(x / width)).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters 5 points wide on a page of 200 by 100 points, the first at 50.
    fn page(lines: &[&str]) -> PageLayer {
        let mut glyphs = Vec::new();
        for (row, text) in lines.iter().enumerate() {
            let baseline = 80.0 - 20.0 * row as f32;
            let mut spaced = true;
            for (column, c) in text.chars().enumerate() {
                let left = 50.0 + 5.0 * column as f32;
                if c != ' ' {
                    glyphs.push(Glyph {
                        text: c.to_string(),
                        left,
                        right: left + 5.0,
                        top: baseline + 9.0,
                        bottom: baseline - 1.0,
                        baseline,
                        size: 10.0,
                        spaced,
                        order: glyphs.len(),
                    });
                }
                spaced = c == ' ';
            }
        }
        layer(glyphs, 200.0, 100.0)
    }

    #[test]
    fn a_line_stands_in_shares_of_the_page_from_its_upper_left() {
        let page = page(&["Độc lập"]);
        assert_eq!(page.lines.len(), 1);
        assert_eq!(page.lines[0].text, "Độc lập");
        let expected = Place {
            left: 0.25,
            top: 0.11,
            width: 0.175,
            height: 0.1,
        };
        assert_eq!(page.lines[0].place, expected);
        let words: Vec<_> = page.lines[0].words().collect();
        assert_eq!(words[0].0, "Độc");
        assert_eq!((words[1].0, words[1].1.left), ("lập", 0.35));
        assert!((words[1].1.width - 0.075).abs() < 1e-4);
    }

    #[test]
    fn a_phrase_is_found_without_its_accents_and_over_the_end_of_a_line() {
        let page = page(&["Điều 1. Phạm vi", "điều chỉnh, điều 12"]);
        assert_eq!(page.find("điều").len(), 3);
        assert_eq!(page.find("DIEU 1").len(), 1, "whole syllables");
        let hit = &page.find("phạm vi điều chỉnh")[0];
        assert_eq!(hit.len(), 2);
        assert_eq!(hit[0].left, 0.45);
        assert!((hit[0].width - 7.0 * 0.025).abs() < 1e-4);
        assert_eq!(hit[1].left, 0.25);
        assert!((hit[1].width - 10.0 * 0.025).abs() < 1e-4, "no comma");
        assert!(page.find("").is_empty());
        assert!(page.find("...").is_empty());
        assert!(page.find("chỉnh lý").is_empty());
    }

    #[test]
    fn words_outside_the_page_are_left_out() {
        let outside = page(&["a", "b", "c", "d", "e", "f", "g"]);
        assert_eq!(outside.lines.len(), 5, "the sixth row begins below 0");
    }
}
