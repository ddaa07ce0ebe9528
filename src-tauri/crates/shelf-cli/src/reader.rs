//! The commands of a reader's machine.

use crate::args::{SearchArgs, ShowArgs, SyncArgs, VerifyArgs};
use crate::output::{print_json, print_line, read_file, with_job};
use serde_json::{Value, json};
use shelf_engine::library::{Hit, SearchOptions, Shown, SyncOptions};
use shelf_engine::{Clock, Error, ErrorCode, Library, default_home};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn home_of(home: Option<&PathBuf>) -> Result<PathBuf, Error> {
    home.map_or_else(default_home, |home| Ok(home.clone()))
}

pub(crate) fn sync(args: &SyncArgs) -> Result<ExitCode, Error> {
    let home = home_of(args.home.as_ref())?;
    let options = SyncOptions {
        source: args.source.clone(),
        root: args.root.as_deref().map(read_file).transpose()?,
        collections: args.collection.clone(),
    };
    let report = with_job(|job| Library::sync(&home, &options, Clock::System, job))?;
    for failure in &report.failed {
        eprintln!("not received: {}: {}", failure.what, failure.reason);
    }
    if args.json {
        print_json(&report);
    } else {
        print_line(&format!(
            "sequence {}: {} documents readable here, {} bytes received; data of {}, last confirmed {}",
            report.seq,
            report.documents,
            report.bytes_received,
            report.published_at,
            report.confirmed_at
        ));
    }
    if report.failed.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    Err(Error::new(
        ErrorCode::Damaged,
        format!(
            "{} of the source's files were bad or missing; the rest is in use, sync again later or from another source",
            report.failed.len()
        ),
    ))
}

pub(crate) fn search(args: &SearchArgs) -> Result<ExitCode, Error> {
    let home = home_of(args.home.as_ref())?;
    let mut library = with_job(|job| Library::open(&home, Clock::System, job))?;
    let options = SearchOptions {
        limit: args.limit,
        provisions: args.provisions,
    };
    if let Some(queries) = &args.queries {
        return search_file(&mut library, queries, &args.field, &options);
    }
    let result = library.search(args.query.as_deref().unwrap_or_default(), &options)?;
    if args.json {
        print_json(&result);
        return Ok(ExitCode::SUCCESS);
    }
    if result.hits.is_empty() {
        print_line("Không thấy. Thử bớt chữ.");
    }
    for hit in &result.hits {
        print_hit(hit);
    }
    print_line(&library.age().vietnamese());
    Ok(ExitCode::SUCCESS)
}

/// One answer a line, in the order of the queries; a bad line gives no hits and says why.
fn search_file(
    library: &mut Library,
    path: &Path,
    field: &str,
    options: &SearchOptions,
) -> Result<ExitCode, Error> {
    let bad = |error: std::io::Error| {
        Error::new(ErrorCode::BadInput, format!("{}: {error}", path.display()))
    };
    let reader = BufReader::new(std::fs::File::open(path).map_err(bad)?);
    let mut out = BufWriter::new(std::io::stdout().lock());
    for line in reader.split(b'\n') {
        let line = line.map_err(bad)?;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let answer = match query_of(&line, field) {
            Ok((qid, text)) => match library.search(&text, options) {
                Ok(result) => {
                    json!({ "qid": qid, "took_us": result.took_us, "hits": result.hits })
                }
                Err(error) => json!({ "qid": qid, "hits": [], "error": error.to_string() }),
            },
            Err((qid, reason)) => json!({ "qid": qid, "hits": [], "error": reason }),
        };
        if writeln!(out, "{answer}").is_err() {
            break;
        }
    }
    let _ = out.flush();
    Ok(ExitCode::SUCCESS)
}

fn query_of(line: &[u8], field: &str) -> Result<(Value, String), (Value, String)> {
    let row: Value = serde_json::from_slice(line)
        .map_err(|error| (Value::Null, format!("not a JSON value: {error}")))?;
    let qid = row.get("qid").cloned().unwrap_or(Value::Null);
    match row.get(field).and_then(Value::as_str) {
        Some(text) => Ok((qid, text.to_string())),
        None => Err((qid, format!("has no text in the field {field:?}"))),
    }
}

fn print_hit(hit: &Hit) {
    let document = &hit.document;
    let place = hit
        .provision
        .as_ref()
        .map(|p| p.label.clone())
        .unwrap_or_default();
    let name = document
        .number
        .clone()
        .unwrap_or_else(|| document.source_key.clone());
    print_line(&format!(
        "{}. {place} {name} – {}",
        hit.rank, document.title
    ));
    let checked = match document.validity.as_of {
        Some(day) => format!("kiểm tra ngày {}", day.vietnamese()),
        None => "chưa rõ ngày kiểm tra".to_string(),
    };
    print_line(&format!(
        "   [{} · {checked}]",
        document.validity.state.vietnamese()
    ));
    if let Some(provision) = &hit.provision {
        print_line(&format!("   {} (#{})", provision.path, provision.id));
    }
    print_line(&format!("   {}", hit.snippet));
}

pub(crate) fn show(args: &ShowArgs) -> Result<ExitCode, Error> {
    let home = home_of(args.home.as_ref())?;
    let mut library = Library::open_for_reading(&home, Clock::System)?;
    let shown = library.show(&args.document)?;
    if args.json {
        print_json(&shown);
    } else {
        print_shown(&shown);
    }
    Ok(ExitCode::SUCCESS)
}

fn print_shown(shown: &Shown) {
    let value = |name: &str| {
        let field = shown.document.get(name)?;
        let text = field.get("value").and_then(Value::as_str);
        text.or_else(|| field.get("raw").and_then(Value::as_str))
            .map(str::to_string)
    };
    let checked = match shown.validity.as_of {
        Some(day) => format!("kiểm tra ngày {}", day.vietnamese()),
        None => "chưa rõ ngày kiểm tra".to_string(),
    };
    print_line(&format!("{} · {checked}", shown.validity.label));
    if !shown.validity.applies_in.is_empty() {
        print_line(&format!(
            "Áp dụng trên địa bàn {}",
            shown.validity.applies_in.join(", ")
        ));
    }
    for (name, words) in [
        ("title", "Tên"),
        ("number", "Số hiệu"),
        ("kind", "Loại văn bản"),
        ("issuer", "Cơ quan ban hành"),
        ("issued", "Ngày ban hành"),
        ("effective", "Ngày hiệu lực"),
        ("expires", "Ngày hết hiệu lực"),
        ("signer", "Người ký"),
    ] {
        if let Some(text) = value(name) {
            print_line(&format!("{words}: {text}"));
        }
    }
    if let Some(provision) = &shown.provision {
        match provision.path.is_empty() {
            true => print_line(&provision.label),
            false => print_line(&format!("{} ({})", provision.label, provision.path)),
        }
    }
    print_line("");
    print_line(&shown.text);
    print_line("");
    print_line(&shown.shelf.vietnamese());
}

pub(crate) fn verify(args: &VerifyArgs) -> Result<ExitCode, Error> {
    let root = args.root.as_deref().map(read_file).transpose()?;
    let report = with_job(|job| shelf_engine::verify(&args.folder, root.as_deref(), job))?;
    for fault in &report.faults {
        eprintln!("fault: {}: {}", fault.file, fault.reason);
    }
    if args.json {
        print_json(&report);
    } else if report.ok {
        print_line(&format!(
            "{} files, {} documents: all as signed{}",
            report.files,
            report.documents,
            if report.anchored {
                ""
            } else {
                " (by whom was not checked: give --root)"
            }
        ));
    }
    if report.ok {
        return Ok(ExitCode::SUCCESS);
    }
    Err(Error::new(
        ErrorCode::Damaged,
        format!(
            "{}: {} faults; the files stand above, copy the repository again from its origin",
            args.folder.display(),
            report.faults.len()
        ),
    ))
}
