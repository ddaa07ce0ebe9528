//! `shelf`: Sở Tư pháp's command line, and the reader's engine without a window.
//!
//! With `--json` exactly one JSON value goes to stdout; progress and messages go to stderr. Exit code
//! 0 done, 1 failed (the last stderr line is `error[code]: …`), 2 wrong usage.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod args;
mod output;
mod publisher;
mod reader;

use args::{Cli, Command, KeysCommand};
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    if let Some(code) = shelf_engine::press::pdf_worker() {
        return code;
    }
    shelf_engine::quiet_caught_panics();
    let command = Cli::parse().command;
    let outcome = match command {
        Command::Keys(KeysCommand::Init {
            workspace,
            passphrase_file,
            shelf_name,
            json,
        }) => publisher::keys_init(
            &workspace,
            passphrase_file.as_deref(),
            shelf_name.as_deref(),
            json,
        ),
        Command::Ingest(args) => publisher::ingest(&args),
        Command::Review(args) => publisher::review(&args),
        Command::Publish(args) => publisher::publish(&args),
        Command::Workspace(command) => publisher::workspace(&command),
        Command::Serve(args) => publisher::serve(&args),
        Command::Sync(args) => reader::sync(&args),
        Command::Search(args) => reader::search(&args),
        Command::Show(args) => reader::show(&args),
        Command::Verify(args) => reader::verify(&args),
    };
    match outcome {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
