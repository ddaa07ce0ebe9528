//! The lines of a page as plain text, with a mark where a paragraph ends.

use crate::layout::{Glyph, Row, rows, runs};

/// A hyphen at the end of a line, as pdfium marks it.
pub(crate) const LINE_HYPHEN: char = '\u{fffe}';

/// How many points of the page's height lines of words fill.
pub(crate) fn text_height(glyphs: &[Glyph]) -> f32 {
    rows(glyphs.to_vec()).iter().map(|row| row.size * 1.3).sum()
}

/// The lines of a page.
pub(crate) fn lines(glyphs: Vec<Glyph>) -> Vec<String> {
    let mut out = Vec::new();
    for run in runs(glyphs) {
        write(&run, &mut out);
        out.push(String::new());
    }
    while out.last().is_some_and(String::is_empty) {
        out.pop();
    }
    out
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
                    top: baseline + 9.0,
                    bottom: baseline - 2.0,
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

    /// Lines of columns, each column with its left edge, first baseline and distance of lines.
    fn columns(columns: &[(&str, f32, f32, f32, usize)]) -> Vec<Glyph> {
        let mut glyphs = Vec::new();
        for (name, left, top, pitch, count) in columns {
            for at in 0..*count {
                let line = format!("{name} dòng {at} của tờ gấp pháp luật");
                draw(&line, *left, top - pitch * at as f32, &mut glyphs);
            }
        }
        glyphs
    }

    fn names(glyphs: Vec<Glyph>) -> String {
        let lines = lines(glyphs);
        let filled = lines.iter().filter(|line| !line.is_empty());
        let mut names: Vec<&str> = filled.filter_map(|l| l.split(' ').next()).collect();
        names.dedup();
        names.join(" ")
    }

    #[test]
    fn three_columns_whose_lines_stand_at_different_heights_are_read_in_turn() {
        let page = columns(&[
            ("một", 30.0, 560.0, 14.0, 20),
            ("hai", 250.0, 553.0, 15.0, 14),
            ("ba", 470.0, 540.0, 13.0, 17),
        ]);
        assert_eq!(names(page), "một hai ba");
    }

    #[test]
    fn three_columns_on_one_grid_of_lines_are_read_in_turn_below_their_heading() {
        let mut page = columns(&[
            ("một", 30.0, 560.0, 14.0, 20),
            ("hai", 250.0, 560.0, 14.0, 20),
            ("ba", 470.0, 560.0, 14.0, 15),
        ]);
        draw(
            &format!("đầu {}", "trang chạy qua cả ba cột ".repeat(5)),
            30.0,
            600.0,
            &mut page,
        );
        draw("7", 340.0, 200.0, &mut page);
        assert_eq!(names(page), "đầu một hai ba 7");
    }

    #[test]
    fn a_panel_with_a_title_and_little_else_is_a_column_beside_the_others() {
        let mut page = columns(&[
            ("một", 30.0, 560.0, 14.0, 20),
            ("hai", 250.0, 553.0, 15.0, 14),
        ]);
        for (line, y) in [
            ("bìa Chuyện", 490.0),
            ("bìa riêng", 464.0),
            ("bìa Sở", 330.0),
        ] {
            draw(line, 500.0, y, &mut page);
            draw("của mọi nhà trong thôn", 566.0, y, &mut page);
        }
        assert_eq!(names(page), "một hai bìa");
    }

    #[test]
    fn rows_of_a_table_stay_rows_however_long_their_cells() {
        for pitch in [14.0, 20.0] {
            let mut page = Vec::new();
            let mut y = 700.0;
            for row in 0..6 {
                let lines = [3, 2, 1 + row % 3];
                for (cell, count) in lines.into_iter().enumerate() {
                    for line in 0..count {
                        let text = format!("ô {row} cột {cell} dòng {line} có nhiều chữ");
                        let left = 30.0 + 220.0 * cell as f32;
                        draw(&text, left, y - 14.0 * line as f32, &mut page);
                    }
                }
                y -= 14.0 * 2.0 + pitch;
            }
            let lines = lines(page);
            let first = lines.iter().find(|line| line.contains("ô 1 cột 0 dòng 0"));
            assert!(
                first.is_some_and(|line| line.contains("ô 1 cột 2 dòng 0")),
                "{lines:#?}"
            );
        }
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
