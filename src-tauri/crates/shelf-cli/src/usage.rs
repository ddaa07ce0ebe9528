//! Reading the command line: help and wrong usage in the language of the person.

use crate::args::Cli;
use crate::english;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory, FromArgMatches};
use shelf_engine::Lang;
use std::ffi::OsString;
use std::process::ExitCode;

/// What was asked for, or how the program ends where nothing is left to do: help, version, wrong
/// usage (exit code 2).
pub(crate) fn parse() -> Result<(Cli, Lang), ExitCode> {
    let mut words: Vec<OsString> = std::env::args_os().collect();
    let lang = lang_of(&words);
    // `shelf help sync` is `shelf sync --help`.
    if words.get(1).is_some_and(|word| word == "help") {
        words.remove(1);
        words.push("--help".into());
    }
    let parsed = command(lang)
        .try_get_matches_from(words)
        .and_then(|matches| Cli::from_arg_matches(&matches));
    parsed
        .map(|cli| (cli, lang))
        .map_err(|error| tell(&error, lang))
}

/// The language, known before anything else is read: even wrong usage is told in it.
fn lang_of(words: &[OsString]) -> Lang {
    let words: Vec<&str> = words.iter().filter_map(|word| word.to_str()).collect();
    let after = words
        .iter()
        .position(|word| *word == "--lang")
        .and_then(|at| words.get(at + 1).copied());
    let joined = words.iter().find_map(|word| word.strip_prefix("--lang="));
    let environment = std::env::var("SHELF_LANG").ok();
    let named = after.or(joined).or(environment.as_deref());
    named.and_then(|name| name.parse().ok()).unwrap_or_default()
}

/// The commands with their help in one language.
fn command(lang: Lang) -> Command {
    let command = Cli::command().disable_help_subcommand(true);
    in_language(command, lang)
}

fn in_language(command: Command, lang: Lang) -> Command {
    let name = command.get_name().to_string();
    let template = lang.pick(
        "{about-with-newline}\nCách dùng: {usage}\n\n{all-args}",
        "{about-with-newline}\nUsage: {usage}\n\n{all-args}",
    );
    let help = Arg::new("help")
        .short('h')
        .long("help")
        .action(ArgAction::Help)
        .display_order(101)
        .help("In phần trợ giúp này");
    let version = Arg::new("version")
        .short('V')
        .long("version")
        .action(ArgAction::Version)
        .display_order(102)
        .help("In phiên bản");
    let mut command = command
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(help)
        .arg(version)
        .help_template(template)
        .subcommand_help_heading(lang.pick("Lệnh", "Commands"))
        .subcommand_value_name(lang.pick("LỆNH", "COMMAND"))
        .mut_args(|argument| {
            let heading = match argument.is_positional() {
                true => lang.pick("Đối số", "Arguments"),
                false => lang.pick("Tùy chọn", "Options"),
            };
            let english = english::argument(&name, argument.get_id().as_str());
            let argument = argument.help_heading(heading);
            match english.filter(|_| lang == Lang::En) {
                Some(english) => argument.help(english),
                None => argument,
            }
        });
    if let Some(about) = english::about(&name).filter(|_| lang == Lang::En) {
        command = command.about(about);
    }
    let names: Vec<String> = command
        .get_subcommands()
        .map(|command| command.get_name().to_string())
        .collect();
    for name in names {
        command = command.mut_subcommand(name, |command| in_language(command, lang));
    }
    command
}

fn tell(error: &Error, lang: Lang) -> ExitCode {
    if !error.use_stderr() {
        let text = error.render().to_string();
        crate::output::print_line(in_words(&text, lang).trim_end());
        return ExitCode::SUCCESS;
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        eprint!("{}", in_words(&error.render().to_string(), lang));
        return ExitCode::from(2);
    }
    eprintln!("{}", wrong(error, lang));
    if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        let usage = usage.to_string();
        let usage = usage.trim().trim_start_matches("Usage:").trim();
        let heading = lang.pick("Cách dùng", "Usage");
        eprintln!("{heading}: {}", in_words(usage, lang));
    }
    let help = lang.pick(
        "Xem thêm: thêm --help vào sau lệnh.",
        "For more, add --help to the command.",
    );
    eprintln!("{help}");
    ExitCode::from(2)
}

/// The one placeholder that the parser writes in English.
fn in_words(text: &str, lang: Lang) -> String {
    match lang {
        Lang::Vi => text.replace("[OPTIONS]", "[TÙY CHỌN]"),
        Lang::En => text.to_string(),
    }
}

/// What is wrong, in one line.
fn wrong(error: &Error, lang: Lang) -> String {
    let named = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    };
    let argument = named(ContextKind::InvalidArg);
    let value = named(ContextKind::InvalidValue);
    let vietnamese = match error.kind() {
        ErrorKind::MissingRequiredArgument => format!("còn thiếu {argument}"),
        ErrorKind::UnknownArgument => format!("không có tùy chọn {argument}"),
        ErrorKind::InvalidSubcommand => {
            format!("không có lệnh {}", named(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingSubcommand => "còn thiếu tên lệnh".to_string(),
        ErrorKind::ArgumentConflict => {
            let other = named(ContextKind::PriorArg);
            format!("{argument} không dùng cùng {other}")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if value.trim().is_empty() => {
            format!("{argument} đang để trống")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("{argument} không nhận giá trị “{value}”")
        }
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("{argument} nhận số giá trị khác")
        }
        _ => "lệnh viết chưa đúng".to_string(),
    };
    match lang {
        Lang::Vi => format!("Dùng lệnh chưa đúng: {vietnamese}."),
        Lang::En => {
            let text = error.render().to_string();
            let first = text.split("\n\n").next().unwrap_or_default();
            let line: Vec<&str> = first.split_whitespace().collect();
            format!(
                "Wrong usage: {}",
                line.join(" ").trim_start_matches("error: ")
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_command(command: &Command, visit: &mut impl FnMut(&Command)) {
        visit(command);
        for command in command.get_subcommands() {
            every_command(command, visit);
        }
    }

    #[test]
    fn every_command_and_option_has_words_in_both_languages() {
        every_command(&command(Lang::Vi), &mut |command| {
            let name = command.get_name();
            let about = command.get_about().map(ToString::to_string);
            assert!(about.is_some_and(|about| !about.is_ascii()), "{name}");
            assert!(english::about(name).is_some(), "{name}");
            for argument in command.get_arguments() {
                let id = argument.get_id().as_str();
                let help = argument.get_help().map(ToString::to_string);
                assert!(help.is_some_and(|help| !help.is_ascii()), "{name} {id}");
                assert!(english::argument(name, id).is_some(), "{name} {id}");
            }
        });
    }

    #[test]
    fn the_commands_are_well_formed() {
        command(Lang::Vi).debug_assert();
        command(Lang::En).debug_assert();
    }
}
