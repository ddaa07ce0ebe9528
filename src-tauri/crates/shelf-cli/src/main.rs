//! `shelf`: Sở Tư pháp's command line, and the reader's engine without a window.
//!
//! With `--json` exactly one JSON value goes to stdout; progress and messages go to stderr. Exit code
//! 0 done, 1 failed (the last stderr line is `error[code]: …`), 2 wrong usage. People are spoken to in
//! Vietnamese, or in English with `--lang en`.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod args;
mod english;
mod output;
mod publisher;
mod reader;
mod shown;
mod usage;

use args::{Command, KeysCommand};
use output::Say;
use std::process::ExitCode;

fn main() -> ExitCode {
    if let Some(code) = shelf_engine::press::pdf_worker() {
        return code;
    }
    shelf_engine::quiet_caught_panics();
    let (cli, lang) = match usage::parse() {
        Ok(parsed) => parsed,
        Err(code) => return code,
    };
    let say = Say(cli.lang.unwrap_or(lang));
    let outcome = match cli.command {
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
            say,
        ),
        Command::Ingest(args) => publisher::ingest(&args, say),
        Command::Review(args) => publisher::review(&args, say),
        Command::Publish(args) => publisher::publish(&args, say),
        Command::Workspace(command) => publisher::workspace(&command, say),
        Command::Serve(args) => publisher::serve(&args, say),
        Command::Sync(args) => reader::sync(&args, say),
        Command::Search(args) => reader::search(&args, say),
        Command::Show(args) => reader::show(&args, say),
        Command::Want(args) => reader::want(&args, say),
        Command::Verify(args) => reader::verify(&args, say),
    };
    match outcome {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{}", error.line(say.0));
            ExitCode::FAILURE
        }
    }
}
