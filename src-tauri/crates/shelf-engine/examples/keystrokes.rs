//! Measures suggestions as they are typed, on a synced data folder:
//! `cargo run --release -p shelf-engine --example keystrokes -- HOME QUESTIONS.jsonl`.
//!
//! Every question is typed letter by letter; each letter is one call of `Library::suggest`.

#![allow(clippy::print_stdout, reason = "a report is what it is for")]

use shelf_engine::{Clock, Library};
use std::error::Error;
use std::path::Path;
use std::time::Instant;

/// Questions that are typed; one has about sixty letters.
const QUESTIONS: usize = 60;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [home, questions] = &arguments[..] else {
        return Err("name a data folder and a file of questions".into());
    };
    let mut library = Library::open_as_it_is(Path::new(home), Clock::System)?;
    let mut texts: Vec<String> = [
        "nd 100/2019 nồng độ cồn",
        "luật đất đai thu hồi đất",
        "bộ luật lao động 2019 thử việc",
        "so do bi mat",
        "blhs tron cap tai san",
        "điểm đ khoản 1 điều 62",
    ]
    .map(str::to_string)
    .to_vec();
    for line in std::fs::read_to_string(questions)?.lines().take(QUESTIONS) {
        let row: serde_json::Value = serde_json::from_str(line)?;
        texts.push(row["text"].as_str().unwrap_or_default().to_string());
    }
    let first = Instant::now();
    library.suggest("luật")?;
    println!(
        "first, which reads titles and facts: {:.1} ms",
        milliseconds(first)
    );
    let mut times = Vec::new();
    let mut slowest = (0.0, String::new());
    for text in &texts {
        for (end, letter) in text.char_indices() {
            let typed = &text[..end + letter.len_utf8()];
            let begun = Instant::now();
            library.suggest(typed)?;
            let took = milliseconds(begun);
            if took > slowest.0 {
                slowest = (took, typed.to_string());
            }
            times.push(took);
        }
    }
    times.sort_by(f64::total_cmp);
    let at = |share: usize| times[(times.len() - 1) * share / 100];
    println!(
        "{} keystrokes of {} questions: p50 {:.2} ms, p95 {:.2} ms, p99 {:.2} ms, slowest {:.1} ms ({})",
        times.len(),
        texts.len(),
        at(50),
        at(95),
        at(99),
        slowest.0,
        slowest.1,
    );
    Ok(())
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e3
}
