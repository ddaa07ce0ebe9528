//! Makes one segment of an index, as an idle hour would, and says what it is then:
//! `cargo run --release -p shelf-search --example merge -- HOME/index`. `cargo xtask bench search` uses it.

#![allow(clippy::print_stdout, reason = "a report is what it is for")]

use shelf_search::{Index, Options};
use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("HOME/index")?;
    let index = Index::open(Path::new(&folder), Options::default())?;
    let merged = index.merge_when_idle()?;
    let report = serde_json::json!({
        "merged": merged,
        "segments": index.segments(),
        "bytes": index.bytes()?,
    });
    println!("{report}");
    Ok(())
}
