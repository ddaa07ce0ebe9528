//! The commands of Sở Tư pháp.

use crate::args::{IngestArgs, PublishArgs, ReviewArgs, ServeArgs, WorkspaceCommand};
use crate::output::{Say, print_json, print_line, read_file, with_job};
use serde_json::json;
use shelf_engine::press::{Facts, IngestOptions, PublishOptions};
use shelf_engine::{Clock, Error, ErrorCode, Lang, Press};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

pub(crate) fn keys_init(
    workspace: &Path,
    passphrase_file: Option<&Path>,
    shelf_name: Option<&str>,
    json: bool,
    say: Say,
) -> Result<ExitCode, Error> {
    let passphrase = passphrase_file.map(read_passphrase).transpose()?;
    let keys = Press::init(workspace, passphrase.as_deref(), shelf_name, Clock::System)?;
    if json {
        print_json(&keys);
        return Ok(ExitCode::SUCCESS);
    }
    let root = keys.root.display();
    print_line(&match say.0 {
        Lang::Vi => format!("Tệp gốc giao cho người dùng: {root}"),
        Lang::En => format!("Root to hand out: {root}"),
    });
    let print = say.pick("Dấu vân tay để đối chiếu", "Fingerprint to compare");
    print_line(&format!("{print}: {}", keys.fingerprint));
    let words = say.pick(
        "Tám từ để in trên tờ hướng dẫn",
        "Eight words for the instruction sheet",
    );
    print_line(&format!("{words}: {}", keys.words.join(" ")));
    let count = keys.root_keys.len() as u64;
    print_line(&match say.0 {
        Lang::Vi => format!("Hãy chuyển {count} khóa gốc sau đây khỏi máy này, cất ở nơi an toàn:"),
        Lang::En => format!("Move these {count} root keys off this machine, to safe places:"),
    });
    for key in &keys.root_keys {
        print_line(&format!("  {}", key.display()));
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
        let name = path.display();
        let detail = format!("{name}: its first line must be the passphrase");
        return Err(Error::new(ErrorCode::BadInput, detail).saying(
            &format!("Dòng đầu của tệp {name} phải là mật khẩu."),
            &format!("The first line of {name} must be the passphrase."),
        ));
    }
    Ok(line.to_vec())
}

pub(crate) fn ingest(args: &IngestArgs, say: Say) -> Result<ExitCode, Error> {
    let mut press = Press::open(&args.workspace, Clock::System)?;
    let options = IngestOptions {
        list: args.list.clone(),
        collection: args.collection.clone(),
        approve: args.approve,
    };
    let report = with_job(say, |job| press.ingest(&args.inputs, &options, job))?;
    let (not_read, look_at) = (
        say.pick("Chưa đọc được", "not read"),
        say.pick("Cần xem lại", "look at"),
    );
    for failure in &report.failed {
        eprintln!("{not_read}: {}: {}", failure.file, failure.reason);
    }
    for warning in &report.warnings {
        eprintln!("{look_at}: {warning}");
    }
    if args.json {
        print_json(&report);
    } else {
        let documents = say.documents(report.documents);
        let failed = say.files(report.failed.len() as u64);
        let (added, updated, doubtful) = (report.added, report.updated, report.doubtful);
        let duplicates = report.duplicates.len() as u64;
        print_line(&match say.0 {
            Lang::Vi => format!(
                "Đã nạp {documents} ({added} mới, {updated} thay đổi); {failed} chưa đọc được; {doubtful} tài liệu cần xem lại; {duplicates} nhóm có thể trùng nhau."
            ),
            Lang::En => {
                let groups = say.0.count(
                    duplicates,
                    "",
                    "group of likely duplicates",
                    "groups of likely duplicates",
                );
                format!(
                    "Read {documents} ({added} new, {updated} changed); {failed} not read; {doubtful} with doubts; {groups}."
                )
            }
        });
        if report.kept_from_list > 0 {
            let kept = say.documents(report.kept_from_list);
            print_line(&match say.0 {
                Lang::Vi => format!("Giữ thông tin đã ghi trong danh mục trước: {kept}."),
                Lang::En => format!("What an earlier list said was kept for {kept}."),
            });
        }
        if !args.approve && report.added + report.updated > 0 {
            print_line(say.pick(
                "Tài liệu đang chờ duyệt: shelf review --approve-all.",
                "They wait for approval: shelf review --approve-all.",
            ));
        }
    }
    if report.documents == 0 && !report.failed.is_empty() {
        let count = report.failed.len();
        let detail = format!("none of {count} inputs could be read; the reasons stand above");
        return Err(Error::new(ErrorCode::BadInput, detail).saying(
            "Không đọc được tệp nào. Lý do của từng tệp ghi ở trên.",
            "No file could be read. The reasons stand above.",
        ));
    }
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn review(args: &ReviewArgs, say: Say) -> Result<ExitCode, Error> {
    let mut press = Press::open(&args.workspace, Clock::System)?;
    let approved = match (args.approve_all, args.approve.is_empty()) {
        (true, _) => Some(press.approve_all()?),
        (false, false) => Some(press.approve(&args.approve)?),
        (false, true) => None,
    };
    if let Some(approved) = approved {
        let words = say.pick("Đã duyệt", "Approved");
        let line = format!("{words}: {}", say.documents(approved as u64));
        return said(args.json, "approved", approved, &line);
    }
    if let Some(name) = &args.withdraw {
        press.withdraw(name, args.reason.as_deref().unwrap_or_default())?;
        let line = say.pick(
            "Đã rút. Người đọc thấy lý do sau lần phát hành tới.",
            "Withdrawn. Readers see the reason after the next publish.",
        );
        return said(args.json, "withdrawn", 1, line);
    }
    let entries = press.entries()?;
    if args.json {
        print_json(&entries);
        return Ok(ExitCode::SUCCESS);
    }
    for entry in entries {
        let state = serde_json::to_value(entry.state).unwrap_or_default();
        let state = match (say.0, state.as_str().unwrap_or_default()) {
            (Lang::Vi, "pending") => "chờ duyệt",
            (Lang::Vi, "approved") => "đã duyệt",
            (Lang::Vi, "changed") => "có bản mới chờ duyệt",
            (Lang::Vi, "withdrawn") => "đã rút",
            (_, state) => state,
        }
        .to_string();
        print_line(&format!(
            "{}\t{state}\t{}\t{}\t{}\t{}",
            entry.id,
            entry.facts.source_key,
            validity_words(&entry.facts),
            entry.title,
            entry.file,
        ));
        if let Some(why) = entry.waits_for {
            print_line(&format!("\t! {why}"));
        }
        for doubt in entry.doubts {
            print_line(&format!("\t? {doubt}"));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The state of a document and the day of its check, as a list shows them.
fn validity_words(facts: &Facts) -> String {
    let state = facts.validity.state.vietnamese();
    match facts.validity.as_of {
        Some(day) => format!("{state} (kiểm tra {})", day.vietnamese()),
        None => state.to_owned(),
    }
}

fn said(json: bool, what: &str, count: usize, line: &str) -> Result<ExitCode, Error> {
    if json {
        print_json(&json!({ what: count }));
    } else {
        print_line(line);
    }
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn publish(args: &PublishArgs, say: Say) -> Result<ExitCode, Error> {
    if args.to.contains("://") && !args.to.starts_with("file://") {
        let detail = format!("{}: publishing to an address is not offered yet", args.to);
        return Err(Error::new(ErrorCode::BadInput, detail).saying(
            "Chưa phát hành thẳng lên địa chỉ web được. Hãy phát hành vào một thư mục rồi chép lên.",
            "Publishing to an address is not offered yet. Publish to a folder and copy it.",
        ));
    }
    let to = PathBuf::from(args.to.strip_prefix("file://").unwrap_or(&args.to));
    let mut press = Press::open(&args.workspace, Clock::System)?;
    warn_of_root_keys(&press.root_keys_here(), say);
    let options = PublishOptions {
        rebuild: args.rebuild,
        take_over: args.take_over,
    };
    let report = with_job(say, |job| press.publish(&to, options, job))?;
    if args.json {
        print_json(&report);
        return Ok(ExitCode::SUCCESS);
    }
    let (seq, documents) = (report.seq, say.documents(report.documents));
    let size = say.size(report.bytes);
    print_line(&match (say.0, report.changed) {
        (Lang::Vi, true) => format!("Đã phát hành bản số {seq}: {documents}; kho chứa {size}."),
        (Lang::Vi, false) => format!("Không có gì thay đổi; đã xác nhận lại bản số {seq}."),
        (Lang::En, true) => {
            format!("Published release {seq}: {documents}; {size} in the repository.")
        }
        (Lang::En, false) => format!("Nothing changed; release {seq} is confirmed anew."),
    });
    if report.waiting > 0 {
        let waiting = say.documents(report.waiting);
        print_line(&match say.0 {
            Lang::Vi => format!("Còn {waiting} đang chờ duyệt, chưa phát hành: shelf review."),
            Lang::En => format!("Not released, waiting for approval: {waiting}; see shelf review."),
        });
    }
    Ok(ExitCode::SUCCESS)
}

/// One warning for all root keys that stand where they should not.
fn warn_of_root_keys(keys: &[PathBuf], say: Say) {
    if keys.is_empty() {
        return;
    }
    let names: Vec<String> = keys.iter().map(|key| key.display().to_string()).collect();
    let names = names.join(", ");
    match say.0 {
        Lang::Vi => eprintln!(
            "Lưu ý: {} khóa gốc còn trên máy này ({names}). Hãy chuyển đến nơi an toàn; phát hành không cần đến chúng.",
            keys.len()
        ),
        Lang::En => {
            let keys = say
                .0
                .count(keys.len() as u64, "", "root key is", "root keys are");
            eprintln!(
                "Note: {keys} still on this machine ({names}). Move to a safe place; publishing does not need them."
            );
        }
    }
}

pub(crate) fn serve(args: &ServeArgs, say: Say) -> Result<ExitCode, Error> {
    shelf_engine::serve(&args.folder, args.port, |address| {
        print_line(address);
        eprintln!(
            "{}",
            say.pick(
                "Đang phục vụ. Dừng bằng Ctrl+C.",
                "Serving. Stop with Ctrl+C."
            )
        );
    })?;
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn workspace(command: &WorkspaceCommand, say: Say) -> Result<ExitCode, Error> {
    let (report, json, words) = match command {
        WorkspaceCommand::Backup {
            workspace,
            to,
            json,
        } => (
            Press::open(workspace, Clock::System)?.backup(to)?,
            *json,
            say.pick("Đã lưu", "Saved"),
        ),
        WorkspaceCommand::Restore {
            from,
            workspace,
            json,
        } => (
            Press::restore(from, workspace)?,
            *json,
            say.pick("Đã khôi phục", "Restored"),
        ),
    };
    if json {
        print_json(&report);
    } else {
        let (files, size) = (say.files(report.files as u64), say.size(report.bytes));
        print_line(&format!("{words}: {files}, {size}"));
        if report.warning.is_some() {
            eprintln!(
                "{}",
                say.pick(
                    "Lưu ý: không phát hành từ cả hai bản của thư mục làm việc; chọn một bản và ngừng dùng bản kia.",
                    "Note: do not publish from both copies of the workspace; keep one and stop using the other."
                )
            );
        }
    }
    Ok(ExitCode::SUCCESS)
}
