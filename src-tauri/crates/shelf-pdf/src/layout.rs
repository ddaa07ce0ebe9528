//! Rows and columns from letters and their places. The order in which a PDF draws letters is not the order in
//! which they are read: letters from a second font may come after all others, columns may alternate.

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
/// Rows that must be parted at one place before it is taken for the gutter between columns.
const COLUMN_ROWS: usize = 8;
/// Letters that the parts of such rows have at least, on average: columns hold sentences.
const COLUMN_LETTERS: usize = 15;

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

    fn letters(&self) -> usize {
        self.segments.iter().map(|s| s.text.chars().count()).sum()
    }
}

/// The rows of a page in reading order: runs of rows, each column a run of its own.
pub(crate) fn runs(glyphs: Vec<Glyph>) -> Vec<Vec<Row>> {
    let rows = rows(glyphs);
    let gutter = gutter(&rows);
    let mut runs = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        let columns = gutter.and_then(|x| column_run(&rows, at, x).map(|end| (x, end)));
        at = match columns {
            Some((x, end)) => {
                let (left, right) = part(&rows[at..end], x);
                runs.extend([left, right]);
                end
            }
            None => {
                let next = (at + 1..rows.len())
                    .find(|next| gutter.is_some_and(|x| column_run(&rows, *next, x).is_some()))
                    .unwrap_or(rows.len());
                runs.push(rows[at..next].to_vec());
                next
            }
        };
    }
    runs
}

pub(crate) fn rows(mut glyphs: Vec<Glyph>) -> Vec<Row> {
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
    rows.into_iter().map(row).collect()
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

/// Where most rows are parted, if that is a gutter between columns of running text.
fn gutter(rows: &[Row]) -> Option<f32> {
    let left = rows.iter().map(Row::left).fold(f32::INFINITY, f32::min);
    let right = rows.iter().map(Row::right).fold(0.0, f32::max);
    let width = right - left;
    if !(width > 100.0 && width < 10_000.0) {
        return None;
    }
    let steps = (width * 0.4 / 4.0) as usize;
    let split = |x: f32| {
        rows.iter()
            .filter(|row| parts(row, x) == Parts::Both)
            .count()
    };
    let candidates = (0..=steps).map(|step| left + width * 0.3 + step as f32 * 4.0);
    let best = candidates.max_by_key(|x| split(*x))?;
    (split(best) >= COLUMN_ROWS).then_some(best)
}

#[derive(PartialEq, Eq, Clone, Copy)]
enum Parts {
    Left,
    Right,
    Both,
    Crossed,
}

fn parts(row: &Row, x: f32) -> Parts {
    let left = row.segments.iter().any(|s| s.right <= x);
    let right = row.segments.iter().any(|s| s.left >= x);
    let crossed = row.segments.iter().any(|s| s.left < x && s.right > x);
    match (crossed, left, right) {
        (true, ..) | (false, false, false) => Parts::Crossed,
        (_, true, true) => Parts::Both,
        (_, true, false) => Parts::Left,
        (_, false, true) => Parts::Right,
    }
}

/// The end of the run of rows from `at` that stand in two columns of running text.
fn column_run(rows: &[Row], at: usize, x: f32) -> Option<usize> {
    if parts(&rows[at], x) == Parts::Crossed {
        return None;
    }
    let end = rows[at..]
        .iter()
        .position(|row| parts(row, x) == Parts::Crossed)
        .map_or(rows.len(), |offset| at + offset);
    let run = &rows[at..end];
    let both: Vec<&Row> = run
        .iter()
        .filter(|row| parts(row, x) == Parts::Both)
        .collect();
    if both.len() < COLUMN_ROWS {
        return None;
    }
    // A table has short cells, or more than two of them in a row.
    let letters: usize = both.iter().map(|row| row.letters()).sum();
    let wide = both.iter().filter(|row| row.segments.len() > 2).count();
    let sentences = letters >= both.len() * 2 * COLUMN_LETTERS;
    (sentences && wide * 4 < both.len()).then_some(end)
}

fn part(rows: &[Row], x: f32) -> (Vec<Row>, Vec<Row>) {
    let side = |keep: &dyn Fn(&Segment) -> bool| {
        rows.iter()
            .filter_map(|row| {
                let segments: Vec<Segment> =
                    row.segments.iter().filter(|s| keep(s)).cloned().collect();
                (!segments.is_empty()).then(|| Row {
                    segments,
                    ..row.clone()
                })
            })
            .collect()
    };
    (side(&|s| s.right <= x), side(&|s| s.left >= x))
}
