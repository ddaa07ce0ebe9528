//! The desktop app.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    let options = match tusach_lib::Options::from_args(std::env::args_os().skip(1)) {
        Ok(options) => options,
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
