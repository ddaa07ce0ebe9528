//! From lines to blocks: the act, its foot, and what is attached to it.

use super::article;
use super::build::{Builder, is_heading, words};
use super::foot;
use super::line::{Line, fold, is_mostly_caps, is_rule, opens_with_quote};
use super::marker;
use super::outline;
use super::own::{self, Standing, Structure};
use super::parts::{self, Opening, PartKind};
use super::readable::readable;
use super::{Fields, Grammar};
use crate::{Block, Level, ProvisionId, Role};
use std::ops::Range;

/// The blocks of a document and what its body says about it.
pub(super) struct Body {
    pub(super) blocks: Vec<Block>,
    pub(super) foot: Fields,
    /// The lines between header and first provision.
    pub(super) preamble: Vec<String>,
    pub(super) grammar: Grammar,
    pub(super) doubts: Vec<String>,
}

/// Writes the blocks of these lines.
pub(super) fn write(lines: Vec<Line>) -> Body {
    let mut structure = own::find(lines);
    let starts: Vec<usize> = structure
        .openings
        .iter()
        .map(|opening| opening.line)
        .collect();
    let main_end = starts.first().copied().unwrap_or(structure.lines.len());
    let main = 0..main_end;
    let foot_lines = own::mark_foot(&mut structure, &main);
    let foot = foot::fields(&structure.lines[foot_lines]);
    let mut writer = Writer {
        out: Builder::default(),
        structure: &mut structure,
        appendices: 0,
        attachments: 0,
        appendix: None,
    };
    let grammar = writer.part(main.clone(), 0, None, true);
    for (i, start) in starts.iter().enumerate() {
        let end = starts
            .get(i + 1)
            .copied()
            .unwrap_or(writer.structure.lines.len());
        writer.opened(i, *start..end);
    }
    let blocks = writer.out.blocks;
    let preamble = preamble(&structure, main);
    let mut doubts = structure.doubts;
    let doubtful = blocks.iter().filter(|block| block.doubtful).count();
    if doubtful > 0 {
        doubts.push(format!("{doubtful} điều khoản trùng số, cần xem lại"));
    }
    Body {
        blocks,
        foot,
        preamble,
        grammar,
        doubts,
    }
}

/// The lines between header and first provision.
fn preamble(structure: &Structure, main: Range<usize>) -> Vec<String> {
    main.skip_while(|&i| structure.lines[i].furniture)
        .take_while(|&i| {
            let text = &structure.lines[i].text;
            structure.standing[i] == Standing::Text
                && structure.lines[i].cut.is_none()
                && marker::roman_item(text).is_none()
                && marker::clause(text).is_none()
                && marker::upper(text).is_none()
        })
        .take(60)
        .map(|i| structure.lines[i].text.clone())
        .collect()
}

struct Writer<'a> {
    out: Builder,
    structure: &'a mut Structure,
    appendices: usize,
    attachments: usize,
    /// The open Phụ lục, in which a Mẫu số stands.
    appendix: Option<ProvisionId>,
}

impl Writer<'_> {
    /// Writes an attachment or appendix with its title.
    fn opened(&mut self, index: usize, range: Range<usize>) {
        let opening: Opening = self.structure.openings[index].clone();
        if opening.kind == PartKind::Attachment {
            own::mark_foot(self.structure, &range);
        }
        let lines = &self.structure.lines;
        let titled = is_mostly_caps(&lines[range.start].text)
            || !matches!(opening.kind, PartKind::Attachment);
        let untitled = lines[range.start].cut.is_some()
            || self.structure.standing[range.start] != Standing::Text
            || !titled;
        let body = match untitled {
            true => range.start,
            false => parts::title_end(lines, range.start).min(range.end),
        };
        let title: Vec<&Line> = lines[range.start..body].iter().collect();
        let (first, rest) = match title.split_first() {
            Some((first, rest)) => (words(&first.text), rest),
            None => (String::new(), &[][..]),
        };
        let (named, bracket): (Vec<&Line>, Vec<&Line>) = rest
            .iter()
            .filter(|line| !is_rule(&line.text))
            .partition(|line| !line.text.starts_with('('));
        let join = |lines: &[&Line]| {
            let texts: Vec<String> = lines.iter().map(|line| words(&line.text)).collect();
            texts.join(" ")
        };
        let (heading, text) = (join(&named), join(&bracket));
        let (level, segment, label, nested) = self.name(&opening.kind, &first);
        let parent = if nested { self.appendix.clone() } else { None };
        let (id, repeated) = self.out.id(parent.as_ref(), &segment);
        let depth = usize::from(parent.is_some());
        self.out.push(
            Block {
                id: id.clone(),
                marker: first,
                label,
                heading,
                text,
                doubtful: repeated && level == Level::Attachment,
                page: self.structure.lines[range.start].page,
                extra: self.structure.lines[range.start].extra(),
                ..Block::new(level, 0)
            },
            depth,
        );
        if !nested {
            self.appendix = (level == Level::Appendix).then(|| id.clone()).flatten();
        }
        self.part(
            body..range.end,
            depth + 1,
            id.as_ref(),
            level == Level::Attachment,
        );
    }

    /// Level, id segment, label of a part, and whether it stands in the open appendix.
    fn name(&mut self, kind: &PartKind, first: &str) -> (Level, String, String, bool) {
        match kind {
            PartKind::Attachment => {
                self.attachments += 1;
                let label = match first {
                    "" => "Văn bản kèm theo".to_string(),
                    // The first word or two name the kind; the rest of the line is title.
                    name => format!("{} kèm theo", readable(name)),
                };
                let segment = format!("kemtheo_{}", self.attachments);
                (Level::Attachment, segment, label, false)
            }
            PartKind::Appendix(number) => {
                self.appendices += 1;
                let (segment, label) = match number {
                    Some(number) => (number_segment(number), format!("Phụ lục {number}")),
                    None => (self.appendices.to_string(), "Phụ lục".to_string()),
                };
                (Level::Appendix, format!("phuluc_{segment}"), label, false)
            }
            PartKind::Form(number) => {
                let number = number.clone().unwrap_or_default();
                let segment = format!("mau_{}", number_segment(&number));
                (Level::Appendix, segment, format!("Mẫu số {number}"), true)
            }
        }
    }

    /// Writes the body of a part. `whole` parts have a structure of their own; forms and tables of an
    /// appendix are an outline only where that is plain.
    fn part(
        &mut self,
        range: Range<usize>,
        base: usize,
        parent: Option<&ProvisionId>,
        whole: bool,
    ) -> Grammar {
        let articles = range.clone().any(|i| {
            matches!(self.structure.standing[i], Standing::Own | Standing::Stray)
                || self.structure.lines[i].cut.is_some()
        });
        if articles {
            self.normative(range, base, parent);
            return Grammar::Normative;
        }
        let lines = &self.structure.lines[range.clone()];
        let is_outline = match whole {
            true => outline::headings(lines) >= 2,
            false => outline::roman_headings(lines) >= 2 || has_numbered_text(lines),
        };
        if is_outline {
            self.administrative(range, base, parent);
            return Grammar::Administrative;
        }
        for line in lines {
            if line.furniture {
                self.out.furniture(line, base);
            } else {
                self.out.line(line, base, Role::Own);
            }
        }
        Grammar::Plain
    }

    /// An outline, under Phần and Chương where the document has them.
    fn administrative(&mut self, range: Range<usize>, base: usize, parent: Option<&ProvisionId>) {
        let mut from = range.start;
        let mut uppers: Vec<Level> = Vec::new();
        let mut i = range.start;
        while i < range.end {
            if self.is_upper(i) && self.structure.lines[i].text.starts_with(['P', 'C']) {
                let lines = &self.structure.lines[from..i];
                outline::emit(&mut self.out, lines, base + uppers.len(), parent, Role::Own);
                i = self.upper(i, range.end, base, &mut uppers);
                from = i;
            } else {
                i += 1;
            }
        }
        let lines = &self.structure.lines[from..range.end];
        outline::emit(&mut self.out, lines, base + uppers.len(), parent, Role::Own);
    }

    fn normative(&mut self, range: Range<usize>, base: usize, parent: Option<&ProvisionId>) {
        let mut uppers: Vec<Level> = Vec::new();
        let mut i = range.start;
        while i < range.end {
            let line = &self.structure.lines[i];
            if line.furniture {
                // What follows a foot stands in no chapter.
                if i > range.start && !self.structure.lines[i - 1].furniture {
                    uppers.clear();
                }
                self.out.furniture(line, base);
                i += 1;
            } else if self.heads_article(i) {
                let end = (i + 1..range.end)
                    .find(|&j| {
                        self.heads_article(j)
                            || self.structure.lines[j].furniture
                            || self.is_upper(j)
                    })
                    .unwrap_or(range.end);
                self.article(i..end, base + uppers.len(), parent);
                i = end;
            } else if self.is_upper(i) {
                i = self.upper(i, range.end, base, &mut uppers);
            } else {
                self.out.line(line, base + uppers.len(), Role::Own);
                i += 1;
            }
        }
    }

    fn heads_article(&self, i: usize) -> bool {
        matches!(self.structure.standing[i], Standing::Own | Standing::Stray)
            || (self.structure.lines[i].cut.is_some()
                && self.structure.standing[i] == Standing::Text)
    }

    /// Whether an own heading of Phần, Chương or Mục stands at this line.
    fn is_upper(&self, i: usize) -> bool {
        let line = &self.structure.lines[i];
        if line.furniture || line.is_table() || opens_with_quote(&line.text) {
            return false;
        }
        let Some(mark) = marker::upper(&line.text) else {
            return false;
        };
        let near = (i + 1..self.structure.lines.len().min(i + 6))
            .any(|j| self.structure.standing[j] == Standing::Own);
        near || (!self.structure.inside[i] && mark.level != Level::Section)
            || (!self.structure.inside[i] && is_mostly_caps(mark.rest))
    }

    /// Writes the heading at `i` and gives the line after it.
    fn upper(&mut self, i: usize, end: usize, base: usize, uppers: &mut Vec<Level>) -> usize {
        let lines = &self.structure.lines;
        let Some(mark) = marker::upper(&lines[i].text) else {
            return i + 1;
        };
        while uppers.last().is_some_and(|open| *open >= mark.level) {
            uppers.pop();
        }
        let mut heading: Vec<String> = Vec::new();
        if !mark.rest.is_empty() {
            heading.push(words(mark.rest));
        }
        let mut next = i + 1;
        while next < end && next <= i + 5 {
            let line = &lines[next];
            let text = line.text.as_str();
            let structural = line.furniture
                || line.is_table()
                || self.heads_article(next)
                || marker::opens_item(text)
                || opens_with_quote(text);
            let goes_on = is_mostly_caps(text) || (heading.is_empty() && is_heading(text));
            if structural || !goes_on {
                break;
            }
            heading.push(words(text));
            next += 1;
        }
        let block = Block {
            marker: mark.marker.to_string(),
            label: mark.label,
            heading: heading.join(" "),
            page: lines[i].page,
            extra: lines[i].extra(),
            ..Block::new(mark.level, 0)
        };
        self.out.push(block, base + uppers.len());
        uppers.push(mark.level);
        next
    }

    fn article(&mut self, range: Range<usize>, depth: usize, parent: Option<&ProvisionId>) {
        let line = &self.structure.lines[range.start];
        let stray = self.structure.standing[range.start] == Standing::Stray;
        let content = &self.structure.lines[range.start + 1..range.end];
        let extra = line
            .cut
            .as_ref()
            .map_or_else(|| line.extra(), |cut| cut.extra.clone());
        let mark = marker::article(&line.text);
        let (segment, label, marker, rest) = match &mark {
            Some(mark) => (
                format!("dieu_{}", mark.number.ascii()),
                format!("Điều {}", mark.number.text()),
                line.text[..line.text.len() - mark.rest.len()]
                    .trim_end()
                    .to_string(),
                mark.rest,
            ),
            // An article that its source numbered in a way of its own.
            None => {
                let id = line.cut.as_ref().map_or("", |cut| cut.id.as_str());
                (
                    format!("muc_{}", number_segment(id)),
                    id.to_string(),
                    String::new(),
                    line.text.as_str(),
                )
            }
        };
        let (id, repeated) = self.out.id(parent, &segment);
        let runs_in = marker::clause(rest).is_some() || marker::point(rest).is_some();
        let (heading, text) = match runs_in {
            true => (String::new(), String::new()),
            false => article::heading_and_text(rest, !content.is_empty()),
        };
        self.out.push(
            Block {
                id: id.clone(),
                marker,
                label,
                heading: words(&heading),
                text: words(&text),
                doubtful: repeated || stray,
                page: line.page,
                extra,
                ..Block::new(Level::Article, 0)
            },
            depth,
        );
        if runs_in {
            let mut all = vec![line.with_text(rest)];
            all.extend_from_slice(content);
            article::emit(&mut self.out, &all, depth + 1, id.as_ref(), Role::Own);
        } else {
            article::emit(&mut self.out, content, depth + 1, id.as_ref(), Role::Own);
        }
    }
}

/// At least three numbered items in order that say more than the blanks of a form.
fn has_numbered_text(lines: &[Line]) -> bool {
    let items: Vec<usize> = lines
        .iter()
        .filter_map(|line| marker::clause(&line.text))
        .map(|(_, _, rest)| rest.chars().count())
        .collect();
    outline::headings(lines) >= 3 && items.iter().sum::<usize>() > 80 * items.len()
}

/// A printed number as a part of an id: II is 2, 1A is 1a, 01 is 1.
fn number_segment(number: &str) -> String {
    if let Some(value) = marker::roman(number) {
        return value.to_string();
    }
    if let Ok(value) = number.parse::<u32>() {
        return value.to_string();
    }
    let letters: String = fold(number)
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .take(40)
        .collect();
    let trimmed = letters.trim_matches('_');
    if trimmed.is_empty() {
        "x".to_string()
    } else {
        trimmed.to_string()
    }
}
