//! Lines from letters and their places. The order in which a PDF draws letters is not the order in
//! which they are read: letters from a second font may come after all others, columns may alternate.

/// A letter with the marks on it.
#[derive(Clone, Debug)]
pub(crate) struct Glyph {
    pub(crate) text: String,
    pub(crate) left: f32,
    pub(crate) right: f32,
    /// Height of the line that it stands on, from the bottom of the page.
    pub(crate) baseline: f32,
    /// Font size.
    pub(crate) size: f32,
    /// White space was drawn between the glyph drawn before it and this one.
    pub(crate) spaced: bool,
    /// Its place in drawing order.
    pub(crate) order: usize,
}

/// A hyphen at the end of a line, as pdfium marks it.
const LINE_HYPHEN: char = '\u{fffe}';
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
struct Segment {
    text: String,
    left: f32,
    right: f32,
}

#[derive(Clone, Debug)]
struct Row {
    segments: Vec<Segment>,
    baseline: f32,
    size: f32,
}

impl Row {
    fn left(&self) -> f32 {
        self.segments.first().map_or(0.0, |s| s.left)
    }

    fn right(&self) -> f32 {
        self.segments.last().map_or(0.0, |s| s.right)
    }

    fn letters(&self) -> usize {
        self.segments.iter().map(|s| s.text.chars().count()).sum()
    }
}

/// How many points of the page's height lines of words fill.
pub(crate) fn text_height(glyphs: &[Glyph]) -> f32 {
    rows(glyphs.to_vec()).iter().map(|row| row.size * 1.3).sum()
}

/// The lines of a page.
pub(crate) fn lines(glyphs: Vec<Glyph>) -> Vec<String> {
    let rows = rows(glyphs);
    let mut out = Vec::new();
    let mut at = 0;
    let gutter = gutter(&rows);
    while at < rows.len() {
        let columns = gutter.and_then(|x| column_run(&rows, at, x).map(|end| (x, end)));
        let end = match columns {
            Some((x, end)) => {
                let (left, right) = part(&rows[at..end], x);
                write(&left, &mut out);
                out.push(String::new());
                write(&right, &mut out);
                end
            }
            None => {
                let next = (at + 1..rows.len())
                    .find(|next| gutter.is_some_and(|x| column_run(&rows, *next, x).is_some()))
                    .unwrap_or(rows.len());
                write(&rows[at..next], &mut out);
                next
            }
        };
        out.push(String::new());
        at = end;
    }
    while out.last().is_some_and(String::is_empty) {
        out.pop();
    }
    out
}

fn rows(mut glyphs: Vec<Glyph>) -> Vec<Row> {
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
                    segment.text.push(' ');
                }
                segment.text.push_str(&glyph.text);
                segment.right = segment.right.max(glyph.right);
            }
            _ => segments.push(Segment {
                text: glyph.text.clone(),
                left: glyph.left,
                right: glyph.right,
            }),
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

/// Writes rows as lines, with an empty one where a paragraph ends: before an indent, after a row
/// that stops short, across a gap.
fn write(rows: &[Row], out: &mut Vec<String>) {
    let sorted = |mut values: Vec<f32>| {
        values.sort_by(f32::total_cmp);
        values
    };
    let lefts = sorted(rows.iter().map(Row::left).collect());
    let rights = sorted(rows.iter().map(Row::right).collect());
    let pitches = sorted(
        rows.windows(2)
            .map(|w| w[0].baseline - w[1].baseline)
            .collect(),
    );
    let margin = lefts.get(lefts.len() / 10).copied().unwrap_or(0.0);
    let edge = rights.get(rights.len() * 9 / 10).copied().unwrap_or(0.0);
    let pitch = pitches.get(pitches.len() / 2).copied().unwrap_or(0.0);
    let mut above: Option<&Row> = None;
    for row in rows {
        let text = row
            .segments
            .iter()
            .map(|segment| segment.text.trim())
            .collect::<Vec<_>>()
            .join("\t");
        if let Some(last) = out.last_mut()
            && above.is_some()
            && last.ends_with(LINE_HYPHEN)
        {
            last.pop();
            let spaced = last.ends_with(' ');
            last.push('-');
            if spaced {
                last.push(' ');
            }
            last.push_str(&text);
            above = Some(row);
            continue;
        }
        if let Some(above) = above {
            let indent = |row: &Row| row.left() - margin > 0.8 * row.size;
            let apart = above.baseline - row.baseline > 1.45 * pitch.max(row.size)
                || (indent(row) && !indent(above))
                || edge - above.right() > 0.15 * (edge - margin);
            if apart && out.last().is_some_and(|last| !last.is_empty()) {
                out.push(String::new());
            }
        }
        out.push(text);
        above = Some(row);
    }
    for line in out.iter_mut() {
        if line.contains(LINE_HYPHEN) {
            *line = line.replace(LINE_HYPHEN, "-");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters 5 points wide at 10 points, one after the other.
    fn draw(text: &str, left: f32, baseline: f32, glyphs: &mut Vec<Glyph>) {
        let mut x = left;
        let mut spaced = true;
        for c in text.chars() {
            if c == ' ' {
                spaced = true;
            } else {
                glyphs.push(Glyph {
                    text: c.to_string(),
                    left: x,
                    right: x + 5.0,
                    baseline,
                    size: 10.0,
                    spaced,
                    order: glyphs.len(),
                });
                spaced = false;
            }
            x += 5.0;
        }
    }

    #[test]
    fn letters_drawn_late_are_read_in_their_place() {
        let mut glyphs = Vec::new();
        draw("Độc lập", 50.0, 700.0, &mut glyphs);
        let late: Vec<Glyph> = [1, 4].iter().rev().map(|at| glyphs.remove(*at)).collect();
        glyphs.extend(late);
        for (order, glyph) in glyphs.iter_mut().enumerate() {
            glyph.order = order;
        }
        assert_eq!(lines(glyphs), ["Độc lập"]);
    }

    #[test]
    fn columns_of_text_are_read_one_after_the_other() {
        let mut glyphs = Vec::new();
        draw(
            "Một dòng ở trên chạy qua cả hai cột của trang công báo",
            50.0,
            800.0,
            &mut glyphs,
        );
        for row in 0..12 {
            let y = 760.0 - 14.0 * row as f32;
            draw(
                &format!("trái dòng {row} của cột bên"),
                50.0,
                y,
                &mut glyphs,
            );
            draw(
                &format!("phải dòng {row} của cột bên"),
                230.0,
                y,
                &mut glyphs,
            );
        }
        let lines: Vec<String> = lines(glyphs)
            .into_iter()
            .filter(|l| !l.is_empty())
            .collect();
        assert_eq!(lines.len(), 25);
        assert!(lines[12].starts_with("trái dòng 11"));
        assert!(lines[13].starts_with("phải dòng 0"));
    }

    #[test]
    fn cells_stay_side_by_side_with_a_tab_between() {
        let mut glyphs = Vec::new();
        draw("CHÍNH PHỦ", 50.0, 800.0, &mut glyphs);
        draw("CỘNG HÒA", 300.0, 800.0, &mut glyphs);
        assert_eq!(lines(glyphs), ["CHÍNH PHỦ\tCỘNG HÒA"]);
    }

    #[test]
    fn a_hyphen_at_the_end_of_a_line_is_kept_and_the_line_goes_on() {
        let mut glyphs = Vec::new();
        draw("số 12/TT-BTC\u{fffe}", 50.0, 800.0, &mut glyphs);
        draw("BNV ngày", 50.0, 786.0, &mut glyphs);
        assert_eq!(lines(glyphs), ["số 12/TT-BTC-BNV ngày"]);
    }

    #[test]
    fn raised_marks_stay_on_their_line() {
        let mut glyphs = Vec::new();
        draw("100 m", 50.0, 800.0, &mut glyphs);
        draw("2", 75.0, 803.0, &mut glyphs);
        glyphs.last_mut().unwrap().size = 6.0;
        glyphs.last_mut().unwrap().spaced = false;
        assert_eq!(lines(glyphs), ["100 m2"]);
    }
}
