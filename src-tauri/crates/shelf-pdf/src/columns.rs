//! Columns of running text on a page: where they are parted, and how a table differs from them.
//!
//! Columns stand side by side between gutters that no line crosses over many rows, and hold
//! sentences. So may the cells of a table; but those begin together, row by row, while the
//! paragraphs of columns begin where they like, and often on lines of their own.

use crate::layout::{Row, Segment};
use std::ops::Range;

/// Rows that columns must stand side by side over.
const ROWS: usize = 8;
/// Letters that the lines of a column have at least, on average: columns hold sentences.
const LETTERS: usize = 15;
/// Places at which a gutter is looked for stand this many points apart.
const STEP: f32 = 4.0;
/// The narrowest column, as a share of the width of the whole.
const NARROWEST: f32 = 0.15;
/// A paragraph ends above a gap this wide, in usual distances of lines.
const GAP: f32 = 1.45;
/// … or with a line that stops this far, in widths of the column, before the others.
const SHORT: f32 = 0.15;

/// Rows that stand in columns, and the heights of the page's gutters between them.
pub(crate) struct Zone {
    /// The rows.
    pub(crate) rows: Range<usize>,
    /// Where the columns are parted, from the left.
    pub(crate) gutters: Vec<f32>,
}

/// The largest zone of columns among these rows.
pub(crate) fn zone(rows: &[Row]) -> Option<Zone> {
    let (left, right) = edges(rows);
    let width = right - left;
    if rows.len() < ROWS || !(width > 100.0 && width < 10_000.0) {
        return None;
    }
    let steps = (width * (1.0 - 2.0 * NARROWEST) / STEP) as usize;
    let places = (0..=steps).map(|step| left + width * NARROWEST + step as f32 * STEP);
    let found = places.flat_map(|x| {
        open_runs(rows, x)
            .into_iter()
            .filter_map(move |range| Some((support(&rows[range.clone()], x)?, range, x)))
    });
    let (_, range, x) = found.max_by_key(|(support, ..)| *support)?;
    let range = without_numbers(rows, range);
    let gutters = gutters(&rows[range.clone()], x);
    Some(Zone {
        rows: range,
        gutters,
    })
}

fn edges(rows: &[Row]) -> (f32, f32) {
    let left = rows.iter().map(Row::left).fold(f32::INFINITY, f32::min);
    let right = rows.iter().map(Row::right).fold(0.0, f32::max);
    (left, right)
}

fn is_crossed(row: &Row, x: f32) -> bool {
    row.segments.iter().any(|s| s.left < x && s.right > x)
}

/// The runs of rows that nothing at this place crosses.
fn open_runs(rows: &[Row], x: f32) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut from = 0;
    for at in 0..=rows.len() {
        if rows.get(at).is_none_or(|row| is_crossed(row, x)) {
            if at - from >= ROWS {
                runs.push(from..at);
            }
            from = at + 1;
        }
    }
    runs
}

/// A column, row by row; empty where it has nothing on a row.
type Column<'a> = Vec<Vec<&'a Segment>>;

/// What stands between these bounds.
fn column(rows: &[Row], from: f32, to: f32) -> Column<'_> {
    let inside = |s: &&Segment| s.left >= from && s.right <= to;
    rows.iter()
        .map(|row| row.segments.iter().filter(inside).collect())
        .collect()
}

/// How many rows speak for a gutter here between columns of running text; `None` where it is none.
fn support(rows: &[Row], x: f32) -> Option<usize> {
    let sides = [column(rows, f32::MIN, x), column(rows, x, f32::MAX)];
    let filled = |side: &Column<'_>| -> Vec<usize> {
        let at = side.iter().enumerate();
        at.filter(|(_, line)| !line.is_empty())
            .map(|(at, _)| at)
            .collect()
    };
    let [left, right] = [filled(&sides[0]), filled(&sides[1])];
    // Only what stands beside something counts.
    let beside = |own: &[usize], other: &[usize]| -> usize {
        let (Some(first), Some(last)) = (other.first(), other.last()) else {
            return 0;
        };
        own.iter().filter(|at| (first..=last).contains(at)).count()
    };
    let least = beside(&left, &right).min(beside(&right, &left));
    if least < ROWS {
        return None;
    }
    let letters = |side: &Column<'_>| -> usize {
        let all = side.iter().flatten();
        all.map(|s| s.text.chars().filter(|c| c.is_alphanumeric()).count())
            .sum()
    };
    let sentences =
        letters(&sides[0]) >= left.len() * LETTERS && letters(&sides[1]) >= right.len() * LETTERS;
    if !sentences {
        return None;
    }
    let columns: Vec<Column<'_>> = bounds(rows, Some(x))
        .windows(2)
        .map(|bounds| column(rows, bounds[0], bounds[1]))
        .collect();
    let table = columns
        .windows(2)
        .any(|pair| begin_together(rows, [&pair[0], &pair[1]]));
    if table {
        return None;
    }
    let both: Vec<&Row> = (0..rows.len())
        .filter(|at| !sides[0][*at].is_empty() && !sides[1][*at].is_empty())
        .map(|at| &rows[at])
        .collect();
    let wide = both.iter().filter(|row| row.segments.len() > 2).count();
    let one_grid = both.len() * 4 > left.len().min(right.len()) * 3;
    // Three cells or more on every row: a table, unless the lines of all are as full as columns are.
    if one_grid && wide * 4 >= both.len() && !columns.iter().all(is_full) {
        return None;
    }
    Some(least)
}

/// Whether the lines of two columns begin paragraphs on the same rows, far more often than by chance:
/// then they are the cells of a table.
fn begin_together(rows: &[Row], columns: [&Column<'_>; 2]) -> bool {
    let [left, right] = columns.map(|column| starts(rows, column));
    let count = |wanted: &dyn Fn(bool, bool) -> bool| {
        let pairs = left.iter().zip(&right);
        pairs.filter(|(l, r)| wanted(**l, **r)).count()
    };
    let together = count(&|l, r| l && r);
    let (lone_left, lone_right) = (count(&|l, r| l && !r), count(&|l, r| !l && r));
    let by_chance = (together + lone_left) * (together + lone_right);
    together >= 3
        && together * 10 >= (together + lone_left.min(lone_right)) * 7
        && together * rows.len() * 2 >= by_chance * 3
}

/// On which rows a column begins a paragraph, its first row apart.
fn starts(rows: &[Row], column: &Column<'_>) -> Vec<bool> {
    let filled: Vec<(usize, f32, f32)> = column
        .iter()
        .enumerate()
        .filter_map(|(at, line)| Some((at, line.first()?.left, line.last()?.right)))
        .collect();
    let left = filled.iter().map(|f| f.1).fold(f32::INFINITY, f32::min);
    let right = filled.iter().map(|f| f.2).fold(0.0, f32::max);
    let drop = |pair: &[(usize, f32, f32)]| rows[pair[0].0].baseline - rows[pair[1].0].baseline;
    let mut pitches: Vec<f32> = filled.windows(2).map(drop).collect();
    pitches.sort_by(f32::total_cmp);
    let pitch = pitches.get(pitches.len() / 2).copied().unwrap_or(0.0);
    let mut out = vec![false; rows.len()];
    for pair in filled.windows(2) {
        let short = right - pair[0].2 > SHORT * (right - left);
        out[pair[1].0] = short || drop(pair) > GAP * pitch;
    }
    out
}

/// Whether most lines of a column reach over it.
fn is_full(column: &Column<'_>) -> bool {
    let lines = || column.iter().flatten();
    let left = lines().map(|s| s.left).fold(f32::INFINITY, f32::min);
    let right = lines().map(|s| s.right).fold(0.0, f32::max);
    let full = lines().filter(|s| s.right - s.left > 0.7 * (right - left));
    full.count() * 2 > lines().count()
}

/// The gutter, and with it all others that part these rows into columns of like width: a panel with
/// little more than a title is a column beside two others.
fn gutters(rows: &[Row], x: f32) -> Vec<f32> {
    let bounds = bounds(rows, None);
    let columns = bounds.len() - 1;
    let usual = (bounds[columns] - bounds[0]) / columns as f32;
    let alike = bounds
        .windows(2)
        .all(|pair| (0.7 * usual..1.4 * usual).contains(&(pair[1] - pair[0])));
    match alike && columns > 2 {
        true => bounds[1..columns].to_vec(),
        false => vec![x],
    }
}

/// The edges of these rows and the middles of all bands that no row crosses, each far enough from
/// the one before it; `certain` is one of them in any case.
fn bounds(rows: &[Row], certain: Option<f32>) -> Vec<f32> {
    let (left, right) = edges(rows);
    let narrowest = NARROWEST * (right - left);
    let steps = ((right - left) / STEP) as usize;
    let mut bands: Vec<(f32, f32)> = Vec::new();
    for place in (0..=steps).map(|step| left + step as f32 * STEP) {
        if rows.iter().any(|row| is_crossed(row, place)) {
            continue;
        }
        match bands.last_mut() {
            Some((_, end)) if place - *end < 1.5 * STEP => *end = place,
            _ => bands.push((place, place)),
        }
    }
    let mut bounds = vec![left];
    for (from, to) in bands {
        let middle = match certain {
            Some(x) if (from..=to).contains(&x) => x,
            _ => (from + to) / 2.0,
        };
        let apart = |other: f32| (middle - other).abs() >= narrowest;
        let kept = apart(right)
            && bounds.last().is_some_and(|last| apart(*last))
            && certain.is_none_or(|x| x == middle || apart(x));
        if kept {
            bounds.push(middle);
        }
    }
    bounds.push(right);
    bounds
}

/// The rows without a bare page number above or below them.
fn without_numbers(rows: &[Row], mut range: Range<usize>) -> Range<usize> {
    let is_number = |row: &Row| {
        let text = row.segments.iter().flat_map(|s| s.text.chars());
        row.segments.len() == 1 && !text.clone().any(char::is_alphabetic)
    };
    if is_number(&rows[range.start]) {
        range.start += 1;
    }
    if range.len() > 1 && is_number(&rows[range.end - 1]) {
        range.end -= 1;
    }
    range
}
