//! Writes what the second stage of search sees of the best acts, or units, for each question:
//! `cargo run --release -p shelf-engine --example features -- HOME QUESTIONS FIELD LIMIT acts|units OUT`.
//!
//! OUT holds one line of JSON (`features`, the names; `priors`, those that say what is known of an act besides its words; `questions`, the rows of each and how many
//! answers it has), then rows of little-endian f32: 1 where the act answers, else 0, and the values.
//! `cargo xtask train` reads it.

use serde_json::{Value, json};
use shelf_engine::{Clock, Job, Library};
use shelf_search::{ACT_FEATURES, Index, Options, PRIORS, UNIT_FEATURES};
use shelf_store::Catalog;
use std::collections::{HashMap, HashSet};
use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [home, questions, field, limit, sort, out] = arguments.as_slice() else {
        return Err("HOME QUESTIONS FIELD LIMIT acts|units OUT".into());
    };
    let home = Path::new(home);
    // Opening brings the index up to date.
    let mut library = Library::open(home, Clock::System, &Job::silent())?;
    let mut names = HashMap::new();
    Catalog::open(&catalog(home)?)?.for_each_browse(|row| {
        names.insert(row.id.key(), row.source_key);
        Ok::<_, shelf_store::StoreError>(())
    })?;
    let index = Index::open(&home.join("index"), Options::default())?;
    let limit: usize = limit.parse()?;
    let units = sort == "units";
    let (mut rows, mut asked) = (Vec::new(), Vec::new());
    for line in std::fs::read_to_string(questions)?.lines() {
        let row: Value = serde_json::from_str(line)?;
        let wanted: HashSet<&str> = row["relevant"]
            .as_array()
            .map_or(&[][..], Vec::as_slice)
            .iter()
            .filter_map(|answer| answer["law_id"].as_str())
            .collect();
        let query = library.query(row[field.as_str()].as_str().unwrap_or_default())?;
        let found: Vec<(u64, Vec<f32>)> = if units {
            let found = index.unit_features(&query, limit)?.into_iter();
            found.map(|((key, _), values)| (key, values)).collect()
        } else {
            index.act_features(&query, limit)?
        };
        asked.push(json!({"rows": found.len(), "answers": wanted.len()}));
        for (key, values) in found {
            let name = names.get(&key).map_or("", String::as_str);
            rows.push(f32::from(u8::from(wanted.contains(name))));
            // Units of one act compete for it: training has to know which belong together.
            if units {
                rows.push((key % 16_777_213) as f32);
            }
            rows.extend(values);
        }
    }
    let features: &[&str] = if units { &UNIT_FEATURES } else { &ACT_FEATURES };
    let mut out = BufWriter::new(File::create(out)?);
    let head = json!({"features": features, "priors": PRIORS, "questions": asked});
    writeln!(out, "{head}")?;
    for value in rows {
        out.write_all(&value.to_le_bytes())?;
    }
    out.flush()?;
    Ok(())
}

fn catalog(home: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let entries = std::fs::read_dir(home)?;
    let files = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut catalogs = files.filter(|path| path.extension().is_some_and(|e| e == "db"));
    let catalog = catalogs.find(|path| {
        let name = path.file_name().and_then(|name| name.to_str());
        name.is_some_and(|name| name.starts_with("catalog"))
    });
    Ok(catalog.ok_or("no catalogue there")?)
}
