//! Project tasks: `cargo xtask run` shows the shelf at work, `cargo xtask test` checks all that CI checks.
//! Both do the set-up of a fresh machine themselves.

// This program is there to talk to a person at a terminal.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod bench;
mod bundle;
mod display;
mod faults;
mod journey;
mod process;
mod project;
mod questions;
mod run;
mod say;
mod screens;
mod setup;
mod test;
mod tidy;
mod train;
mod window;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Set-up, run, test and tidy")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Install what building and testing need; quick when it is all there
    Setup,
    /// Publish the sample shelf, serve it here and open the app on it; without a display: sync, search and read
    Run {
        /// A corpus (.jsonl or .jsonl.zst) to use in place of the sample shelf
        #[arg(long, value_name = "FILE")]
        corpus: Option<PathBuf>,
    },
    /// Run every check that CI runs, and say how long each took
    Test,
    /// Drive the pages in a browser over the bridge: each screen, accessibility, layout, looks
    Pages {
        /// Only specs whose file or title has this
        only: Vec<String>,
    },
    /// Drive the real app through WebDriver on a screen in memory: a journey, isolation, kills
    Window {
        /// Kills of each kind
        #[arg(long, default_value_t = 3)]
        rounds: u32,
        /// Only specs whose file or title has this
        only: Vec<String>,
    },
    /// Take pictures of every screen into build/shots, and the small ones of the README
    Shots,
    /// Measure what docs/measured.md promises, on real corpora
    Bench {
        /// What to measure; everything where not given
        what: Option<bench::Bench>,
        /// Corpora to measure, by name; all where not given
        #[arg(long)]
        corpus: Vec<String>,
        /// Seed of the citations, where it may be repeated, and of the questions asked beside others
        #[arg(long, value_name = "N")]
        seed: Vec<u64>,
        /// The program; else the release build
        #[arg(long, value_name = "PATH")]
        shelf: Option<PathBuf>,
    },
    /// Make assets/search/ranking.json, the second stage of search, from questions with known answers
    Train {
        /// Compare settings by cross-validation too; takes long
        #[arg(long)]
        choose: bool,
    },
    /// Kill it, damage it, lead it astray, fill its disk: what the release build of `shelf` makes of it
    Faults {
        /// Kills of each kind; below 10 is a short run
        #[arg(long, default_value_t = 50)]
        rounds: u32,
        /// The program; else the release build
        #[arg(long, value_name = "PATH")]
        shelf: Option<PathBuf>,
        /// Only this kind of fault; may be repeated
        #[arg(long, value_name = "NAME")]
        only: Vec<faults::Fault>,
        /// Seed of the random moments; else from the clock
        #[arg(long)]
        seed: Option<u64>,
    },
    /// Make the Debian package of the app
    Bundle {
        /// Install it too (unpack it where there is no right to), and go the journey with what was installed
        #[arg(long)]
        check: bool,
    },
    /// Check the rules of the repository: crate edges, file sizes, words
    Tidy,
}

fn main() -> ExitCode {
    let outcome = process::end_children_on_interrupt().and_then(|()| {
        let project = project::Project::find()?;
        match Arguments::parse().task {
            Task::Setup => {
                say::step("Set-up");
                setup::all(&project)
            }
            Task::Run { corpus } => run::run(&project, corpus.as_deref()),
            Task::Test => test::run(&project),
            Task::Pages { only } => screens::run(&project, screens::Suite::Pages, 1, &only),
            Task::Window { rounds, only } => {
                screens::run(&project, screens::Suite::Window, rounds, &only)
            }
            Task::Shots => screens::run(&project, screens::Suite::Shots, 1, &[]),
            Task::Bench {
                what,
                corpus,
                seed,
                shelf,
            } => {
                let options = bench::Options {
                    corpora: corpus,
                    seeds: seed,
                    shelf,
                };
                bench::run(&project, what, &options)
            }
            Task::Train { choose } => train::run(&project, choose),
            Task::Faults {
                rounds,
                shelf,
                only,
                seed,
            } => {
                let options = faults::Options {
                    rounds,
                    shelf,
                    only,
                    seed,
                };
                faults::run(&project, &options)
            }
            Task::Bundle { check } => bundle::run(&project, check),
            Task::Tidy => tidy::run(&project),
        }
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
