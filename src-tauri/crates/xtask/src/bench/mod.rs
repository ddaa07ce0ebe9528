//! `cargo xtask bench`: the figures of docs/measured.md, measured through the command line on real
//! corpora, which are not part of the repository.

mod citations;
pub(crate) mod local;
mod measure;
mod retrieval;
mod scores;
mod search;
mod spine;

use crate::{
    journey::{Journey, Material},
    project::Project,
    screens,
};
use anyhow::{Context, Result, bail};
use std::path::PathBuf;

pub(crate) use retrieval::synced;

/// What can be measured.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Bench {
    /// Ingest, publish, sync and index the three corpora: time, memory, bytes
    Spine,
    /// Quality and speed of search on questions with known answers
    Retrieval,
    /// Whether citations land, however they are written, and whether any of what is nowhere pretends
    Citations,
    /// Whether local documents are found beside the law, on the sample shelf and the largest corpus together
    Local,
    /// Our search beside SQLite FTS5 and Xapian; writes its part of docs/measured.md
    Search,
    /// The app on a screen in memory: start, memory, a long code, a PDF page, a preview
    Window,
}

/// Where the long code of the bench stands.
const CODES: &str = "corpus/tvpl_laws_2024.jsonl.zst";

/// How to measure.
#[derive(Default)]
pub(crate) struct Options {
    /// Corpora by name; all where empty.
    pub(crate) corpora: Vec<String>,
    /// Seeds of what is picked at random.
    pub(crate) seeds: Vec<u64>,
    /// The program; else the release build.
    pub(crate) shelf: Option<PathBuf>,
}

pub(crate) fn run(project: &Project, what: Option<Bench>, options: &Options) -> Result<()> {
    let data = data_folder(project)?;
    let corpora = &options.corpora;
    let shelf = match &options.shelf {
        Some(shelf) => shelf.clone(),
        None => crate::run::release_shelf(project)?,
    };
    if what.is_none_or(|what| what == Bench::Spine) {
        spine::run(project, &shelf, &data, corpora)?;
    }
    if what.is_none_or(|what| what == Bench::Retrieval) {
        retrieval::run(project, &shelf, &data)?;
    }
    if what.is_none_or(|what| what == Bench::Citations) {
        let seeds = match options.seeds.is_empty() {
            true => &[1][..],
            false => &options.seeds,
        };
        citations::run(project, &shelf, &data, corpora, seeds)?;
    }
    if what.is_none_or(|what| what == Bench::Local) {
        local::run(project, &shelf, &data)?;
    }
    if what.is_none_or(|what| what == Bench::Search) {
        let seed = options.seeds.first().copied().unwrap_or(1);
        search::run(project, &shelf, &data, corpora, seed)?;
    }
    if what.is_none_or(|what| what == Bench::Window) {
        let folder = project.made("screens/codes");
        if folder.exists() {
            std::fs::remove_dir_all(&folder)
                .with_context(|| format!("cannot empty {}", folder.display()))?;
        }
        let codes = Journey::new(project, shelf, folder)?;
        codes.prepare(&Material::corpus(&data.join(CODES))?)?;
        screens::bench(project, 10, &codes.home())?;
    }
    Ok(())
}

/// The folder of the corpora: `SHELF_DATA`, else `../shared/data`.
pub(crate) fn data_folder(project: &Project) -> Result<PathBuf> {
    let folder = match std::env::var_os("SHELF_DATA") {
        Some(folder) => PathBuf::from(folder),
        None => project.path("../shared/data"),
    };
    if !folder.join("corpus").is_dir() {
        bail!(
            "{} holds no corpus; set SHELF_DATA to the folder that does",
            folder.display()
        );
    }
    folder
        .canonicalize()
        .with_context(|| format!("cannot read {}", folder.display()))
}
