//! The commands of Sở Tư pháp.

use crate::args::{IngestArgs, PublishArgs, ReviewArgs, ServeArgs, WorkspaceCommand};
use crate::output::{print_json, print_line, read_file, with_job};
use serde_json::json;
use shelf_engine::press::{IngestOptions, PublishOptions};
use shelf_engine::{Clock, Error, ErrorCode, Press};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

pub(crate) fn keys_init(
    workspace: &Path,
    passphrase_file: Option<&Path>,
    shelf_name: Option<&str>,
    json: bool,
) -> Result<ExitCode, Error> {
    let passphrase = passphrase_file.map(read_passphrase).transpose()?;
    let keys = Press::init(workspace, passphrase.as_deref(), shelf_name, Clock::System)?;
    if json {
        print_json(&keys);
    } else {
        print_line(&format!("root to hand out: {}", keys.root.display()));
        print_line(&format!("fingerprint: {}", keys.fingerprint));
        for key in &keys.root_keys {
            print_line(&format!("move off this machine: {}", key.display()));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn read_passphrase(path: &Path) -> Result<Vec<u8>, Error> {
    let bytes = read_file(path)?;
    let line = bytes
        .split(|b| *b == b'\n' || *b == b'\r')
        .next()
        .unwrap_or_default();
    if line.is_empty() {
        return Err(Error::new(
            ErrorCode::BadInput,
            format!("{}: its first line must be the passphrase", path.display()),
        ));
    }
    Ok(line.to_vec())
}

pub(crate) fn ingest(args: &IngestArgs) -> Result<ExitCode, Error> {
    let mut press = Press::open(&args.workspace, Clock::System)?;
    let options = IngestOptions {
        list: args.list.clone(),
        collection: args.collection.clone(),
        approve: args.approve,
    };
    let report = with_job(|job| press.ingest(&args.inputs, &options, job))?;
    for failure in &report.failed {
        eprintln!("not read: {}: {}", failure.file, failure.reason);
    }
    for warning in &report.warnings {
        eprintln!("look at: {warning}");
    }
    if args.json {
        print_json(&report);
    } else {
        print_line(&format!(
            "{} documents ({} new, {} changed), {} not read, {} with doubts, {} likely duplicates",
            report.documents,
            report.added,
            report.updated,
            report.failed.len(),
            report.doubtful,
            report.duplicates.len()
        ));
    }
    if report.documents == 0 && !report.failed.is_empty() {
        return Err(Error::new(
            ErrorCode::BadInput,
            format!(
                "none of {} inputs could be read; the reasons stand above",
                report.failed.len()
            ),
        ));
    }
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn review(args: &ReviewArgs) -> Result<ExitCode, Error> {
    let mut press = Press::open(&args.workspace, Clock::System)?;
    if args.approve_all {
        let approved = press.approve_all()?;
        return said(args.json, "approved", approved);
    }
    if !args.approve.is_empty() {
        let approved = press.approve(&args.approve)?;
        return said(args.json, "approved", approved);
    }
    if let Some(name) = &args.withdraw {
        press.withdraw(name, args.reason.as_deref().unwrap_or_default())?;
        return said(args.json, "withdrawn", 1);
    }
    let entries = press.entries()?;
    if args.json {
        print_json(&entries);
        return Ok(ExitCode::SUCCESS);
    }
    for entry in entries {
        let state = serde_json::to_value(entry.state).unwrap_or_default();
        print_line(&format!(
            "{}\t{}\t{}\t{}",
            entry.id,
            state.as_str().unwrap_or_default(),
            entry.facts.source_key,
            entry.title
        ));
        for doubt in entry.doubts {
            print_line(&format!("\t? {doubt}"));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn said(json: bool, what: &str, count: usize) -> Result<ExitCode, Error> {
    if json {
        print_json(&json!({ what: count }));
    } else {
        print_line(&format!("{what}: {count}"));
    }
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn publish(args: &PublishArgs) -> Result<ExitCode, Error> {
    if args.to.contains("://") && !args.to.starts_with("file://") {
        return Err(Error::new(
            ErrorCode::BadInput,
            format!(
                "{}: publishing to an address is not offered yet; publish to a folder and copy it",
                args.to
            ),
        ));
    }
    let to = PathBuf::from(args.to.strip_prefix("file://").unwrap_or(&args.to));
    let mut press = Press::open(&args.workspace, Clock::System)?;
    for key in press.root_keys_here() {
        eprintln!(
            "warning: {} is still on this machine; move it to a safe place, publishing does not need it",
            key.display()
        );
    }
    let options = PublishOptions {
        rebuild: args.rebuild,
        take_over: args.take_over,
    };
    let report = with_job(|job| press.publish(&to, options, job))?;
    if args.json {
        print_json(&report);
    } else if report.changed {
        print_line(&format!(
            "published {} documents as sequence {} ({} bytes in the repository)",
            report.documents, report.seq, report.bytes
        ));
    } else {
        print_line(&format!(
            "nothing changed; sequence {} confirmed",
            report.seq
        ));
    }
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn serve(args: &ServeArgs) -> Result<ExitCode, Error> {
    shelf_engine::serve(&args.folder, args.port, print_line)?;
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn workspace(command: &WorkspaceCommand) -> Result<ExitCode, Error> {
    let (report, json, words) = match command {
        WorkspaceCommand::Backup {
            workspace,
            to,
            json,
        } => (
            Press::open(workspace, Clock::System)?.backup(to)?,
            *json,
            "saved",
        ),
        WorkspaceCommand::Restore {
            from,
            workspace,
            json,
        } => (Press::restore(from, workspace)?, *json, "restored"),
    };
    if json {
        print_json(&report);
    } else {
        let (files, bytes) = (report.files, report.bytes);
        print_line(&format!("{words}: {files} files, {bytes} bytes"));
    }
    Ok(ExitCode::SUCCESS)
}
