//! What one engine showed, and the tables of it.

use super::questions::Questions;
use crate::bench::measure::{Measured, mb};
use crate::bench::scores::Scores;
use anyhow::Result;
use serde_json::Value;
use std::fmt::Write as _;
use std::time::Duration;

/// The answers to all questions.
pub(super) struct Answered {
    /// Like the lines of `shelf search --queries`.
    pub(super) rows: Vec<Value>,
    /// The most memory that the asked process held, in bytes.
    pub(super) peak: u64,
}

/// One line of the table.
pub(super) struct Row {
    pub(super) name: String,
    pub(super) at_1: f64,
    pub(super) at_10: f64,
    pub(super) mrr: f64,
    /// MRR of the same questions typed without accents.
    pub(super) mrr_unaccented: f64,
    /// Milliseconds of the middle question, and of those that 95 and 99 of 100 do not exceed.
    pub(super) times: [f64; 3],
    /// Bytes on disk.
    pub(super) index: u64,
    pub(super) build: Duration,
    pub(super) build_peak: u64,
    pub(super) ask_peak: u64,
    /// From starting the program to its first answer, nothing being in memory.
    pub(super) cold: Option<Duration>,
}

impl Row {
    /// Asks an engine both ways of typing; its name and its size on disk are left to say.
    pub(super) fn of(
        built: &Measured,
        questions: &Questions,
        ask: impl Fn(&str) -> Result<Answered>,
    ) -> Result<Row> {
        let accented = ask("text")?;
        let scores = Scores::of(&accented.rows, &questions.relevant, false);
        let unaccented = ask("text_khong_dau")?;
        let plain = Scores::of(&unaccented.rows, &questions.relevant, false);
        Ok(Row {
            name: String::new(),
            at_1: scores.at_1,
            at_10: scores.at_10,
            mrr: scores.mrr,
            mrr_unaccented: plain.mrr,
            times: [50, 95, 99].map(|p| scores.percentile(p)),
            index: 0,
            build: built.wall,
            build_peak: built.peak,
            ask_peak: accented.peak.max(unaccented.peak),
            cold: None,
        })
    }

    fn line(&self) -> String {
        let [p50, p95, p99] = self.times.map(|ms| format!("{ms:.1}"));
        let cold = match self.cold {
            Some(cold) => format!("{:.2}", cold.as_secs_f64()),
            None => String::new(),
        };
        format!(
            "| {} | {:.3} | {:.3} | {:.3} | {:.3} | {p50} | {p95} | {p99} | {} | {:.1} / {} | {} | {cold} |\n",
            self.name,
            self.at_1,
            self.at_10,
            self.mrr,
            self.mrr_unaccented,
            mb(self.index),
            self.build.as_secs_f64(),
            mb(self.build_peak),
            mb(self.ask_peak),
        )
    }
}

/// The rows of one corpus, ours before the others, and what ours are beside the best of the others in
/// each thing.
pub(super) fn table(ours: &[Row], others: &[Row]) -> String {
    let mut text = String::from(
        "| máy tìm · engine | R@1 | R@10 | MRR@10 | MRR không dấu · unaccented | p50 ms | p95 ms | p99 ms | chỉ mục · index MB | dựng · build s / MB | hỏi · asking MB | nguội · cold s |\n\
         |---|---|---|---|---|---|---|---|---|---|---|---|\n",
    );
    for row in ours.iter().chain(others) {
        text.push_str(&row.line());
    }
    text.push('\n');
    for row in ours {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "- {}", beside(row, others));
    }
    text
}

type Figure = fn(&Row) -> f64;

/// Each figure of a row divided by the least of the others, whichever engine that is, and by those of
/// the other that answers best.
#[allow(clippy::cast_precision_loss)]
fn beside(row: &Row, others: &[Row]) -> String {
    let figures: [(&str, Figure); 3] = [
        ("p50", |row| row.times[0]),
        ("chỉ mục · index", |row| row.index as f64),
        ("dựng · build", |row| row.build.as_secs_f64()),
    ];
    let right = others.iter().max_by(|a, b| a.mrr.total_cmp(&b.mrr));
    let Some(right) = right else {
        return format!("{}: không có máy khác · no other engine", row.name);
    };
    let (mut least, mut best) = (Vec::new(), Vec::new());
    for (what, value) in figures {
        let smallest = others
            .iter()
            .min_by(|a, b| value(a).total_cmp(&value(b)))
            .unwrap_or(right);
        let ratio = |other: &Row| value(row) / value(other);
        least.push(format!(
            "{what} × {:.2} ({})",
            ratio(smallest),
            smallest.name
        ));
        best.push(format!("{what} × {:.2}", ratio(right)));
    }
    format!(
        "{}, bên máy ít nhất trong từng số · beside the least of the others in each: {}. Bên máy đúng nhất · beside the one that answers best, {}: {}, MRR {:+.3}",
        row.name,
        least.join(", "),
        right.name,
        best.join(", "),
        row.mrr - right.mrr
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, mrr: f64, p50: f64, index: u64) -> Row {
        Row {
            name: name.to_string(),
            at_1: 0.5,
            at_10: 0.9,
            mrr,
            mrr_unaccented: mrr,
            times: [p50, 2.0 * p50, 3.0 * p50],
            index,
            build: Duration::from_secs(index / 1_000_000),
            build_peak: 70_000_000,
            ask_peak: 40_000_000,
            cold: None,
        }
    }

    #[test]
    fn ours_is_set_beside_the_best_other_in_each_thing() {
        let ours = [row("ours", 0.8, 10.0, 100_000_000)];
        let others = [
            row("fast", 0.6, 20.0, 400_000_000),
            row("small", 0.7, 100.0, 50_000_000),
        ];
        let text = table(&ours, &others);
        assert!(
            text.contains(
                "| ours | 0.500 | 0.900 | 0.800 | 0.800 | 10.0 | 20.0 | 30.0 | 100.0 | 100.0 / 70.0 | 40.0 |  |\n"
            ),
            "{text}"
        );
        assert!(
            text.contains("p50 × 0.50 (fast), chỉ mục · index × 2.00 (small)"),
            "{text}"
        );
        assert!(text.contains("best, small: p50 × 0.10, "), "{text}");
        assert!(
            text.ends_with("dựng · build × 2.00, MRR +0.100\n"),
            "{text}"
        );
        assert!(table(&ours, &[]).contains("no other engine"));
    }
}
