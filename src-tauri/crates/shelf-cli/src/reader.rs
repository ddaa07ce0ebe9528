//! The commands of a reader's machine.

use crate::args::{SearchArgs, ShowArgs, SyncArgs, VerifyArgs, WantArgs};
use crate::output::{Say, print_json, print_line, read_root, with_job};
use crate::shown;
use serde_json::{Value, json};
use shelf_engine::library::{Hit, SearchCitation, SearchOptions, SyncOptions, WantOutcome};
use shelf_engine::{Clock, Error, ErrorCode, Lang, Library, Verified, default_home, local_time};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn home_of(home: Option<&PathBuf>) -> Result<PathBuf, Error> {
    home.map_or_else(default_home, |home| Ok(home.clone()))
}

pub(crate) fn sync(args: &SyncArgs, say: Say) -> Result<ExitCode, Error> {
    let home = home_of(args.home.as_ref())?;
    let options = SyncOptions {
        source: args.source.clone(),
        root: args.root.as_deref().map(read_root).transpose()?,
        collections: args.collection.clone(),
    };
    let report = with_job(say, |job| {
        Library::sync(&home, &options, Clock::System, job)
    })?;
    let not_received = say.pick("Chưa nhận được", "not received");
    for failure in &report.failed {
        eprintln!("{not_received}: {}: {}", failure.what, failure.reason);
    }
    let left = say.pick(
        "Đã rời tủ sách, không chờ nữa",
        "left the shelf, waited for no longer",
    );
    for gone in &report.wishes_gone {
        let name = match gone.name.is_empty() {
            true => gone.document.as_str(),
            false => &gone.name,
        };
        let reason = gone.reason.as_deref().unwrap_or_default();
        eprintln!("{left}: {name}: {reason}");
    }
    if args.json {
        print_json(&report);
    } else {
        let (seq, documents) = (report.seq, say.documents(report.documents));
        let received = say.size(report.bytes_received);
        let (published, confirmed) = (
            local_time(report.published_at),
            local_time(report.confirmed_at),
        );
        print_line(&match say.0 {
            Lang::Vi => {
                format!("Bản số {seq}: {documents} đọc được trên máy này; đã nhận {received}.")
            }
            Lang::En => format!("Release {seq}: {documents} readable here; {received} received."),
        });
        print_line(&match say.0 {
            Lang::Vi => format!("Dữ liệu ngày {published}; xác nhận lần cuối {confirmed}."),
            Lang::En => format!("Data of {published}; last confirmed {confirmed}."),
        });
    }
    if report.failed.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    let count = report.failed.len() as u64;
    let detail = format!("{count} of the source's files were bad or missing; the rest is in use");
    Err(Error::new(ErrorCode::Damaged, detail).saying(
        &format!("{count} tệp ở nguồn bị hỏng hoặc thiếu; phần còn lại đã dùng được. Hãy đồng bộ lại sau, hoặc từ nguồn khác."),
        &format!(
            "{} of the source bad or missing; the rest is in use. Sync again later or from another source.",
            Lang::En.count(count, "", "file is", "files are")
        ),
    ))
}

pub(crate) fn search(args: &SearchArgs, say: Say) -> Result<ExitCode, Error> {
    let home = home_of(args.home.as_ref())?;
    let mut library = with_job(say, |job| Library::open(&home, Clock::System, job))?;
    let options = SearchOptions {
        limit: args.limit,
        provisions: args.provisions,
        exactly: args.exactly,
    };
    if let Some(queries) = &args.queries {
        return search_file(&mut library, queries, &args.field, &options);
    }
    let query = args.query.clone().unwrap_or_default();
    let result = library.search(&query, &options)?;
    if args.json {
        print_json(&result);
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(understood) = shown::understood(&result.understood, &query, say) {
        eprintln!("{understood}");
    }
    if let Some(citation) = &result.citation {
        print_line(&missing(citation, say));
    }
    if result.hits.is_empty() {
        print_line(say.pick(
            "Không thấy. Thử bớt chữ, hoặc gửi yêu cầu tới Sở.",
            "Nothing found. Try fewer words.",
        ));
    }
    for hit in &result.hits {
        print_hit(hit, say);
    }
    print_line(&library.age().words(say.0));
    Ok(ExitCode::SUCCESS)
}

fn missing(citation: &SearchCitation, say: Say) -> String {
    let (place, act) = (&citation.missing, &citation.name);
    match say.0 {
        Lang::Vi => format!("Không có {place} trong {act}."),
        Lang::En => format!("There is no {place} in {act}."),
    }
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
                    let mut answer =
                        json!({ "qid": qid, "took_us": result.took_us, "hits": result.hits });
                    if !result.understood.parts.is_empty() {
                        answer["understood"] = json!(result.understood);
                    }
                    if let Some(citation) = result.citation {
                        answer["citation"] = json!(citation);
                    }
                    answer
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

fn print_hit(hit: &Hit, say: Say) {
    let document = &hit.document;
    let number = document.number.as_ref().unwrap_or(&document.source_key);
    let place = hit.provision.as_ref().map(|p| p.label.as_str());
    let name: Vec<&str> = place.into_iter().chain([number.as_str()]).collect();
    let name = name.join(" ");
    print_line(&format!("{}. {name} – {}", hit.rank, document.title));
    let state = document.validity.state.vietnamese();
    let checked = shown::checked(document.validity.as_of, say);
    print_line(&format!("   [{state} · {checked}]"));
    if let Some(absent) = hit.absent {
        print_line(&format!("   [{}]", not_here(absent.bytes, say)));
    }
    if let Some(provision) = &hit.provision {
        let place = format!("{} [#{}]", provision.path, provision.id);
        print_line(&format!("   {}", place.trim_start()));
    }
    // Of what is not here there is no more than the heading, which stands there already.
    if hit.absent.is_none() || hit.provision.is_none() {
        print_line(&format!("   {}", hit.snippet));
    }
}

/// That a document is not on this machine, and what it would cost.
fn not_here(bytes: Option<u64>, say: Say) -> String {
    let words = say.pick("chưa có trên máy", "not on this machine");
    match bytes {
        Some(bytes) => format!("{words}, {}", say.size(bytes)),
        None => words.to_string(),
    }
}

pub(crate) fn want(args: &WantArgs, say: Say) -> Result<ExitCode, Error> {
    let home = home_of(args.home.as_ref())?;
    let library = Library::open_for_reading(&home, Clock::System)?;
    if let Some(document) = &args.document {
        let id = library.named(document)?;
        let told = match args.remove {
            true => match library.unwant(&id)? {
                true => say.pick("Đã bỏ.", "Removed."),
                false => say.pick("Chưa ai ghi văn bản này.", "Nobody had asked for it."),
            },
            false => match library.want(&id)? {
                WantOutcome::Noted => say.pick(
                    "Đã ghi. Lần đồng bộ tới sẽ tải về.",
                    "Noted. The next sync receives it.",
                ),
                WantOutcome::Here => say.pick(
                    "Văn bản này đã có trên máy.",
                    "It is on this machine already.",
                ),
            },
        };
        match args.json {
            true => eprintln!("{told}"),
            false => print_line(told),
        }
    }
    let wants = library.wants()?;
    if args.json {
        print_json(&wants);
        return Ok(ExitCode::SUCCESS);
    }
    if args.document.is_none() && wants.is_empty() {
        print_line(say.pick(
            "Không có văn bản nào chờ tải.",
            "No document is waited for.",
        ));
    }
    for wanted in &wants {
        let size = not_here(wanted.bytes, say);
        let (name, id) = (&wanted.name, &wanted.document);
        print_line(&format!("{name} [{id}] – {size}"));
    }
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn show(args: &ShowArgs, say: Say) -> Result<ExitCode, Error> {
    let home = home_of(args.home.as_ref())?;
    let mut library = Library::open_for_reading(&home, Clock::System)?;
    let document = library.show(&args.document)?;
    if args.json {
        print_json(&document);
    } else if args.outline {
        shown::print_outline(&document, say);
    } else {
        shown::print(&document, say);
    }
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn verify(args: &VerifyArgs, say: Say) -> Result<ExitCode, Error> {
    let root = args.root.as_deref().map(read_root).transpose()?;
    let report = with_job(say, |job| {
        shelf_engine::verify(&args.folder, root.as_deref(), job)
    })?;
    let fault = say.pick("Lỗi", "fault");
    for found in &report.faults {
        eprintln!("{fault}: {}: {}", found.file, found.reason);
    }
    if args.json {
        print_json(&report);
    } else if report.ok {
        let (files, documents) = (say.files(report.files), say.documents(report.documents));
        let mut line = match say.0 {
            Lang::Vi => format!("{files}, {documents}: tất cả đúng như đã ký."),
            Lang::En => format!("{files}, {documents}: all as signed."),
        };
        if !report.anchored {
            line.push_str(say.pick(
                " Chưa đối chiếu nơi phát hành: thêm --root.",
                " By whom was not checked: give --root.",
            ));
        }
        print_line(&line);
    }
    if report.ok {
        return Ok(ExitCode::SUCCESS);
    }
    let count = report.faults.len() as u64;
    let detail = format!(
        "{}: {count} faults; the files stand above",
        args.folder.display()
    );
    let english = Lang::En.count(count, "", "fault", "faults");
    let error = Error::new(ErrorCode::Damaged, detail);
    Err(match report.kind {
        Verified::Home => error.saying(
            &format!("Dữ liệu trên máy này có {count} chỗ hỏng. Hãy đồng bộ lại."),
            &format!("{english} in this machine's data. Sync again."),
        ),
        Verified::Repository => error.saying(
            &format!("Kho có {count} chỗ hỏng. Hãy chép lại từ nơi phát hành, hoặc phát hành lại với --rebuild."),
            &format!("{english} in the repository. Copy it again from its origin, or publish with --rebuild."),
        ),
    })
}
