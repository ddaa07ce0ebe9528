//! `cargo xtask faults`: what the shelf does when a process is killed, a byte is wrong, a source is not
//! what it should be, a disk is full or an input is broken. Everything is walked with `shelf` as a
//! process, over data that is made here.

mod answers;
mod corpus;
mod disk;
mod files;
mod home_damage;
mod inputs;
mod kill;
mod kill_ingest;
mod kill_publish;
mod kill_sync;
mod random;
mod repository_damage;
mod server;
mod shelf;
mod sources;
mod tally;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;

use crate::{
    project::{Profile, Project},
    say,
};
pub(crate) use random::Random;
use shelf::Shelf;
use tally::Tally;

/// A family of faults.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Fault {
    /// Kill `shelf publish`
    KillPublish,
    /// Kill `shelf ingest`
    KillIngest,
    /// Kill `shelf sync`, from a server and from a folder
    KillSync,
    /// Kill the indexing of `shelf sync` and `shelf search`
    KillIndex,
    /// Change a byte in every file of a repository
    Repository,
    /// Change a byte in every file of a reader's data folder
    Home,
    /// Sources that are not what they should be
    Sources,
    /// A full disk, on small file systems of its own
    Disk,
    /// Inputs that cannot be read
    Inputs,
}

/// How to go about it.
pub(crate) struct Options {
    /// Kills of each kind.
    pub(crate) rounds: u32,
    /// The program; else the release build of this repository.
    pub(crate) shelf: Option<PathBuf>,
    /// Only these; empty means all.
    pub(crate) only: Vec<Fault>,
    /// Where random moments begin; the seed of a run is printed.
    pub(crate) seed: Option<u64>,
}

/// All that a fault needs.
pub(crate) struct Faults<'a> {
    project: &'a Project,
    shelf: Shelf,
    /// An empty folder of its own.
    folder: PathBuf,
    rounds: u32,
    random: Random,
}

/// Runs the faults and prints a table. Fails where the contract of the command line is not kept.
pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    let shelf = match &options.shelf {
        Some(path) => path.clone(),
        None => project.binary("shelf", Profile::Release)?,
    };
    let shelf = shelf
        .canonicalize()
        .with_context(|| format!("{}: build it with --release first", shelf.display()))?;
    let seed = options.seed.unwrap_or_else(random::from_clock);
    say::step(&format!(
        "Faults, {} rounds each, seed {seed}",
        options.rounds
    ));
    let top = project.made("faults");
    let mut tallies = Vec::new();
    for fault in Fault::value_variants() {
        if !options.only.is_empty() && !options.only.contains(fault) {
            continue;
        }
        let name = format!("{fault:?}").to_lowercase();
        say::step(&name);
        let folder = top.join(&name);
        files::empty_folder(&folder)?;
        let context = Faults {
            project,
            shelf: Shelf::new(&shelf, &folder)?,
            folder,
            rounds: options.rounds,
            random: Random::new(seed),
        };
        tallies.extend(one(*fault, context).with_context(|| name)?);
    }
    say::line(&tally::table(&tallies));
    let failures: usize = tallies.iter().map(|tally| tally.failures.len()).sum();
    if failures > 0 {
        bail!("{failures} failures; the first of each kind stand above (seed {seed})");
    }
    Ok(())
}

/// A short run of everything with the development build, as a part of `cargo xtask test`.
pub(crate) fn smoke(project: &Project) -> Result<()> {
    let options = Options {
        rounds: 2,
        shelf: Some(project.binary("shelf", Profile::Dev)?),
        only: Vec::new(),
        seed: None,
    };
    run(project, &options)
}

fn one(fault: Fault, context: Faults<'_>) -> Result<Vec<Tally>> {
    match fault {
        Fault::KillPublish => kill_publish::run(context),
        Fault::KillIngest => kill_ingest::run(context),
        Fault::KillSync => kill_sync::run(context),
        Fault::KillIndex => kill_sync::run_indexing(context),
        Fault::Repository => repository_damage::run(&context),
        Fault::Home => home_damage::run(&context),
        Fault::Sources => sources::run(&context),
        Fault::Disk => disk::run(&context),
        Fault::Inputs => inputs::run(&context),
    }
}

impl Faults<'_> {
    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Whether this is a long run, in which slow situations have their place.
    fn is_long(&self) -> bool {
        self.rounds >= 10
    }

    /// The inputs and the list of the sample shelf.
    fn sample(&self) -> (Vec<PathBuf>, PathBuf) {
        let inputs = ["assets/sample-shelf", "assets/seed"];
        (
            inputs.map(|input| self.project.path(input)).to_vec(),
            self.project.path("assets/sample-shelf/danh-muc.csv"),
        )
    }

    /// Keys in `workspace`.
    fn keys(&self, workspace: &Path) -> Result<()> {
        let mut command = self.shelf.command(["keys", "init", "--workspace"]);
        self.shelf.json(command.arg(workspace))?;
        Ok(())
    }

    /// The sample shelf, published: its workspace and its repository.
    fn published_sample(&self) -> Result<(PathBuf, PathBuf)> {
        let (workspace, repository) = (self.path("sample-ws"), self.path("sample-repo"));
        self.keys(&workspace)?;
        let (inputs, list) = self.sample();
        let mut ingest = self.shelf.command(["ingest", "--approve", "--list"]);
        ingest
            .arg(list)
            .args(inputs)
            .arg("--workspace")
            .arg(&workspace);
        self.shelf.json(&mut ingest)?;
        self.shelf
            .json(&mut self.shelf.publish(&workspace, &repository))?;
        Ok((workspace, repository))
    }
}
