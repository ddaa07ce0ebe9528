//! The child's side: one document, opened once, asked page by page.

use crate::WORKER_ARGUMENT;
use crate::page::{page_layer, page_text};
use crate::protocol::{Answer, MOST_PAGES, PageSize, Request};
use crate::render::render;
use pdfium_render::prelude::*;
use std::ffi::OsString;
use std::io::{BufRead, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// Points of a side of the largest page that is told apart from a larger one.
const LARGEST: f32 = 1_000_000.0;
/// Letters of the number of a page.
const MOST_LABEL: usize = 32;
/// How long the numbers of the pages may take; a document that takes longer shows none.
const LABEL_TIME: Duration = Duration::from_secs(3);
/// How long a busy worker goes on after its parent is gone.
const GRACE: Duration = Duration::from_millis(500);

/// What a host binary does when its first argument is [`WORKER_ARGUMENT`]: opens the document named
/// by the arguments (`--pdf-worker LIBRARY FILE`), answers on standard output what standard input
/// asks, and ends when that ends.
pub fn worker_main() -> ExitCode {
    limit();
    let arguments: Vec<OsString> = std::env::args_os()
        .skip_while(|argument| argument != WORKER_ARGUMENT)
        .skip(1)
        .collect();
    let [library, file] = &arguments[..] else {
        return ExitCode::from(2);
    };
    match serve(Path::new(library), Path::new(file)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// What one document may take: 2 GiB of memory and ten minutes of computing; it writes no file, and
/// no image of its memory where it crashes.
fn limit() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let limits = [
            (Resource::As, 2u64 << 30),
            (Resource::Cpu, 600),
            (Resource::Fsize, 0),
            (Resource::Core, 0),
        ];
        for (resource, most) in limits {
            // Where the system refuses, the parent's patience is the limit.
            let _ = setrlimit(
                resource,
                Rlimit {
                    current: Some(most),
                    maximum: Some(most),
                },
            );
        }
    }
}

fn serve(library: &Path, file: &Path) -> std::io::Result<()> {
    let requests = requests();
    let mut output = std::io::stdout().lock();
    let mut say = |answer: &Answer, bytes: &[u8]| -> std::io::Result<()> {
        serde_json::to_writer(&mut output, answer)?;
        output.write_all(b"\n")?;
        output.write_all(bytes)?;
        output.flush()
    };
    let pdfium = match Pdfium::bind_to_library(library) {
        Ok(bindings) => Pdfium::new(bindings),
        Err(error) => return say(&Answer::NoLibrary(error.to_string()), &[]),
    };
    let document = match pdfium.load_pdf_from_file(file, None) {
        Ok(document) => document,
        Err(PdfiumError::PdfiumLibraryInternalError(PdfiumInternalError::PasswordError)) => {
            return say(&Answer::Encrypted, &[]);
        }
        Err(error) => return say(&Answer::Damaged(error.to_string()), &[]),
    };
    let pages = document.pages();
    let count = usize::try_from(pages.len()).unwrap_or(0);
    if count > MOST_PAGES {
        let what = format!("{count} pages, more than {MOST_PAGES}");
        return say(&Answer::Damaged(what), &[]);
    }
    let sizes = (0..pages.len()).map(|number| page_size(pages, number));
    say(
        &Answer::Open {
            pages: sizes.collect(),
        },
        &[],
    )?;
    for request in requests {
        let mut picture = Vec::new();
        let answer = match request {
            Request::Text(number) => with(pages, number, page_text).map(Answer::Text),
            Request::Layer(number) => with(pages, number, page_layer).map(Answer::Layer),
            Request::Labels => Ok(Answer::Labels(labels(pages))),
            Request::Render { page, width } => {
                with(pages, page, |page| render(page, width)).map(|image| {
                    picture = image.bytes;
                    Answer::Image {
                        format: image.format,
                        width: image.width,
                        height: image.height,
                        length: picture.len() as u64,
                    }
                })
            }
        };
        say(&answer.unwrap_or_else(Answer::Damaged), &picture)?;
    }
    Ok(())
}

/// What standard input asks. When that ends the parent is gone, closed or killed, and so is the
/// reason to work on: a worker that is still busy a little later ends itself.
fn requests() -> Receiver<Request> {
    let (sender, requests) = channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines() {
            let Ok(line) = line else { break };
            let Ok(request) = serde_json::from_str(&line) else {
                continue;
            };
            if sender.send(request).is_err() {
                return;
            }
        }
        drop(sender);
        std::thread::sleep(GRACE);
        end_now();
    });
    requests
}

/// Ends the process without running anything of the library, which is at work in another thread.
fn end_now() {
    #[cfg(unix)]
    {
        use rustix::process::{Signal, getpid, kill_process};
        let _ = kill_process(getpid(), Signal::KILL);
    }
    std::process::exit(1);
}

fn with<T, E: ToString>(
    pages: &PdfPages<'_>,
    number: u32,
    read: impl FnOnce(&PdfPage<'_>) -> Result<T, E>,
) -> Result<T, String> {
    let number = i32::try_from(number).map_err(|_| "no such page".to_string())?;
    let page = pages.get(number).map_err(|error| error.to_string())?;
    read(&page).map_err(|error| error.to_string())
}

/// Read from the page's entry alone, without its contents. A page whose size cannot be told keeps its
/// place, as large as a sheet of A4.
fn page_size(pages: &PdfPages<'_>, number: i32) -> PageSize {
    let sane = |points: f32| points.is_finite().then(|| points.clamp(1.0, LARGEST));
    pages
        .page_size(number)
        .ok()
        .and_then(|size| {
            Some(PageSize {
                width: sane(size.right().value)?,
                height: sane(size.top().value)?,
            })
        })
        .unwrap_or(PageSize {
            width: 595.0,
            height: 842.0,
        })
}

/// The numbers that the document gives its pages. pdfium tells one only of a page that it has read,
/// so a first page without any speaks for all: labels begin at the first page.
fn labels(pages: &PdfPages<'_>) -> Vec<String> {
    let began = Instant::now();
    let mut labels = Vec::new();
    for number in 0..pages.len() {
        let label = pages.get(number).ok().and_then(|page| {
            let label = page.label()?;
            Some(label.chars().take(MOST_LABEL).collect::<String>())
        });
        if (number == 0 && label.is_none()) || began.elapsed() > LABEL_TIME {
            return Vec::new();
        }
        labels.push(label.unwrap_or_default());
    }
    labels
}
