//! Tables that only place words side by side, and tables that are tables.

use crate::words::key;
use shelf_law::grammar::Piece;

/// The pieces that a table makes. A cell holds one line for each of its paragraphs. The two columns
/// of a header (issuer beside the motto) and of a foot (Nơi nhận beside the signature), and the
/// frames that pages and forms put around their text, become the lines of their cells in order.
pub(crate) fn pieces(rows: Vec<Vec<String>>, page: Option<u32>) -> Vec<Piece> {
    let filled = || rows.iter().flatten().filter(|cell| !cell.trim().is_empty());
    if filled().next().is_none() {
        return Vec::new();
    }
    if !only_places(&rows) {
        return vec![Piece::Table { rows, page }];
    }
    filled()
        .flat_map(|cell| cell.lines().chain([""]))
        .map(|text| Piece::Line {
            text: text.to_string(),
            page,
            hint: None,
            lang: None,
        })
        .collect()
}

fn only_places(rows: &[Vec<String>]) -> bool {
    let cells = || rows.iter().flatten().filter(|cell| !cell.trim().is_empty());
    let widest = rows
        .iter()
        .map(|row| row.iter().filter(|cell| !cell.trim().is_empty()).count())
        .max();
    if widest == Some(1) {
        return true;
    }
    let total: usize = cells().map(|cell| cell.chars().count()).sum();
    let starts = |words: &[&str]| {
        cells().any(|cell| {
            cell.lines()
                .any(|line| words.iter().any(|word| line.trim_start().starts_with(word)))
        })
    };
    let motto = || {
        cells().any(|cell| {
            let cell = key(cell);
            cell.contains("conghoaxahoichunghiavietnam") || cell.contains("dangcongsanvietnam")
        })
    };
    let framed = || {
        cells().any(|cell| {
            let length = cell.chars().count();
            length > 1500 && length * 10 > total * 7
        })
    };
    let signed = ["TM.", "KT.", "TL.", "TUQ.", "T/M", "K/T", "Q."];
    (rows.len() <= 8 && total < 1500 && motto())
        || (rows.len() <= 8 && total < 4000 && starts(&["Nơi nhận", "NƠI NHẬN"]))
        || (rows.len() <= 4 && total < 600 && starts(&signed))
        || framed()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(cells: &[&[&str]]) -> Vec<Vec<String>> {
        cells
            .iter()
            .map(|row| row.iter().map(|cell| cell.to_string()).collect())
            .collect()
    }

    #[test]
    fn the_columns_of_a_header_and_foot_become_lines() {
        let header = rows(&[
            &[
                "CHÍNH PHỦ\n-----",
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập",
            ],
            &["Số: 1/2026/NĐ-CP", "Hà Nội, ngày 1 tháng 1 năm 2026"],
        ]);
        let lines: Vec<String> = pieces(header, None)
            .into_iter()
            .filter_map(|piece| match piece {
                Piece::Line { text, .. } if !text.is_empty() => Some(text),
                _ => None,
            })
            .collect();
        assert_eq!(lines[0], "CHÍNH PHỦ");
        assert_eq!(lines[4], "Số: 1/2026/NĐ-CP");
        let foot = rows(&[&["Nơi nhận:\n- Như trên;", "TM. CHÍNH PHỦ\nTHỦ TƯỚNG"]]);
        assert!(matches!(pieces(foot, None)[0], Piece::Line { .. }));
    }

    #[test]
    fn a_table_of_data_stays_one() {
        let table = rows(&[&["STT", "Mức phạt"], &["1", "500.000 đồng"]]);
        assert!(matches!(pieces(table, None)[..], [Piece::Table { .. }]));
    }
}
