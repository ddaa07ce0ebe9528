//! Project tasks: `cargo xtask run` shows the shelf at work, `cargo xtask test` checks all that CI checks.
//! Both do the set-up of a fresh machine themselves.

// This program is there to talk to a person at a terminal.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod bench;
mod faults;
mod journey;
mod process;
mod project;
mod questions;
mod run;
mod say;
mod setup;
mod test;
mod tidy;
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
    /// Publish the sample shelf, sync from it, then search and read without a server
    Run {
        /// A corpus (.jsonl or .jsonl.zst) to use in place of the sample shelf
        #[arg(long, value_name = "FILE")]
        corpus: Option<PathBuf>,
    },
    /// Run every check that CI runs, and say how long each took
    Test,
    /// Measure what docs/measured.md promises, on real corpora
    Bench {
        /// What to measure; everything where not given
        what: Option<bench::Bench>,
        /// Corpora to measure, by name; all where not given
        #[arg(long)]
        corpus: Vec<String>,
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
            Task::Bench { what, corpus } => bench::run(&project, what, &corpus),
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
