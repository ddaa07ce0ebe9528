//! The desktop app.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;
use tusach_lib::{Asked, Options};

fn main() -> ExitCode {
    // The same program is the child process that reads one PDF.
    if let Some(code) = tusach_lib::pdf_worker() {
        return code;
    }
    let options = match Options::from_args(std::env::args_os().skip(1)) {
        Ok(Asked::Open(options)) => options,
        Ok(Asked::Print(text)) => {
            tusach_lib::say(text.trim_end());
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            tusach_lib::complain(&error);
            return ExitCode::from(2);
        }
    };
    match tusach_lib::run(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tusach_lib::complain(&error);
            ExitCode::FAILURE
        }
    }
}
