//! Rows and columns from letters and their places. The order in which a PDF draws letters is not the order in
//! which they are read: letters from a second font may come after all others, columns may alternate.

use crate::columns::{Zone, zone};

/// A letter with the marks on it.
#[derive(Clone, Debug)]
pub(crate) struct Glyph {
    pub(crate) text: String,
    pub(crate) left: f32,
    pub(crate) right: f32,
    /// Its upper edge, from the bottom of the page.
    pub(crate) top: f32,
    /// Its lower edge.
    pub(crate) bottom: f32,
    /// Height of the line that it stands on, from the bottom of the page.
    pub(crate) baseline: f32,
    /// Font size.
    pub(crate) size: f32,
    /// White space was drawn between the glyph drawn before it and this one.
    pub(crate) spaced: bool,
    /// Its place in drawing order.
    pub(crate) order: usize,
}

/// Letters whose lines differ by less than this, in font sizes, stand on one line.
const SAME_LINE: f32 = 0.4;
/// A gap this wide, in font sizes, parts words that no space parts.
const WORD_GAP: f32 = 0.17;
/// A gap this wide parts cells or columns.
const CELL_GAP: f32 = 1.8;
/// What stands side by side on one row without a wide gap.
#[derive(Clone, Debug)]
pub(crate) struct Segment {
    pub(crate) text: String,
    /// The left edge of each character of the text.
    pub(crate) edges: Vec<f32>,
    pub(crate) left: f32,
    pub(crate) right: f32,
    pub(crate) top: f32,
    pub(crate) bottom: f32,
}

impl Segment {
    fn of(glyph: &Glyph) -> Segment {
        let mut segment = Segment {
            text: String::new(),
            edges: Vec::new(),
            left: glyph.left,
            right: glyph.right,
            top: glyph.top,
            bottom: glyph.bottom,
        };
        segment.push(glyph);
        segment
    }

    fn push(&mut self, glyph: &Glyph) {
        // A ligature is several characters in one box.
        let count = glyph.text.chars().count();
        let step = (glyph.right - glyph.left) / count.max(1) as f32;
        self.edges
            .extend((0..count).map(|at| glyph.left + step * at as f32));
        self.text.push_str(&glyph.text);
        self.right = self.right.max(glyph.right);
        self.top = self.top.max(glyph.top);
        self.bottom = self.bottom.min(glyph.bottom);
    }

    fn push_space(&mut self) {
        self.edges.push(self.right);
        self.text.push(' ');
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) segments: Vec<Segment>,
    pub(crate) baseline: f32,
    pub(crate) size: f32,
}

impl Row {
    pub(crate) fn left(&self) -> f32 {
        self.segments.first().map_or(0.0, |s| s.left)
    }

    pub(crate) fn right(&self) -> f32 {
        self.segments.last().map_or(0.0, |s| s.right)
    }
}

/// Zones in columns in zones … are looked into no deeper.
const DEEPEST: usize = 16;

/// The rows of a page in reading order: runs of rows, each column a run of its own.
pub(crate) fn runs(glyphs: Vec<Glyph>) -> Vec<Vec<Row>> {
    let mut out = Vec::new();
    read(glyphs, 0, &mut out);
    out
}

/// Reads what stands above columns, the columns one after the other, and what stands below them.
/// A column is put into rows anew: a large heading in one must not join lines of another.
fn read(glyphs: Vec<Glyph>, depth: usize, out: &mut Vec<Vec<Row>>) {
    let mut lines = in_rows(glyphs);
    let rows: Vec<Row> = lines.iter().cloned().map(row).collect();
    let found = if depth < DEEPEST { zone(&rows) } else { None };
    let Some(Zone {
        rows: range,
        gutters,
    }) = found
    else {
        if !rows.is_empty() {
            out.push(rows);
        }
        return;
    };
    let below = lines.split_off(range.end).into_iter().flatten().collect();
    let inside = lines.split_off(range.start);
    read(lines.into_iter().flatten().collect(), depth + 1, out);
    let mut columns: Vec<Vec<Glyph>> = vec![Vec::new(); gutters.len() + 1];
    for glyph in inside.into_iter().flatten() {
        let middle = (glyph.left + glyph.right) / 2.0;
        let column = gutters.iter().filter(|gutter| middle > **gutter).count();
        columns[column].push(glyph);
    }
    for column in columns {
        read(column, depth + 1, out);
    }
    read(below, depth + 1, out);
}

pub(crate) fn rows(glyphs: Vec<Glyph>) -> Vec<Row> {
    in_rows(glyphs).into_iter().map(row).collect()
}

/// The letters of each row, from the top of the page.
fn in_rows(mut glyphs: Vec<Glyph>) -> Vec<Vec<Glyph>> {
    glyphs.sort_by(|a, b| b.baseline.total_cmp(&a.baseline));
    let mut rows: Vec<Vec<Glyph>> = Vec::new();
    let mut reference = (0.0, 0.0);
    for glyph in glyphs {
        let size = glyph.size.max(reference.1);
        match rows.last_mut() {
            Some(row) if reference.0 - glyph.baseline < SAME_LINE * size => {
                // The largest letters carry the line; raised marks hang on it.
                if glyph.size > reference.1 {
                    reference = (glyph.baseline, glyph.size);
                }
                row.push(glyph);
            }
            _ => {
                reference = (glyph.baseline, glyph.size);
                rows.push(vec![glyph]);
            }
        }
    }
    rows
}

fn row(mut glyphs: Vec<Glyph>) -> Row {
    glyphs.sort_by(|a, b| a.left.total_cmp(&b.left).then(a.order.cmp(&b.order)));
    let size = glyphs.iter().map(|g| g.size).fold(0.0, f32::max);
    let baseline = glyphs
        .iter()
        .find(|g| g.size == size)
        .map_or(0.0, |g| g.baseline);
    let mut segments: Vec<Segment> = Vec::new();
    let mut last: Option<Glyph> = None;
    for glyph in glyphs {
        let (gap, follows, doubled) = match &last {
            Some(last) => (
                glyph.left - last.right,
                glyph.order == last.order + 1,
                glyph.text == last.text && (glyph.left - last.left).abs() < 0.1 * size,
            ),
            None => (0.0, true, false),
        };
        if doubled {
            // Bold that is drawn by drawing twice.
            continue;
        }
        match segments.last_mut() {
            Some(segment) if gap < CELL_GAP * size => {
                let parted = (follows && glyph.spaced) || gap > WORD_GAP * size;
                if parted && !segment.text.ends_with(' ') {
                    segment.push_space();
                }
                segment.push(&glyph);
            }
            _ => segments.push(Segment::of(&glyph)),
        }
        last = Some(glyph);
    }
    Row {
        segments,
        baseline,
        size,
    }
}
