//! The parent's side.

use crate::library::worker_environment;
use crate::protocol::{Answer, Request};
use crate::{PageImage, PageLayer, PageSize, PageText, PdfError, WORKER_ARGUMENT};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The longest answer that is taken from a worker, which a hostile document may have taken over.
const MAX_ANSWER: u64 = 64 << 20;
/// The largest picture that is taken: one of 4000 by 4000 pixels, uncompressed, has 48 MB.
const MAX_PICTURE: u64 = 64 << 20;
/// Seconds that opening, or one page, may take.
const PATIENCE: u64 = 60;

/// One open document in a process of its own. Dropping it ends the process.
pub struct PdfWorker {
    process: Process,
    input: Option<ChildStdin>,
    answers: Receiver<Result<Reply, PdfError>>,
    pages: Vec<PageSize>,
    patience: Duration,
}

/// The child, so that another thread than the one that waits for an answer can end it.
#[derive(Clone)]
pub(crate) struct Process(Arc<Mutex<Child>>);

impl Process {
    pub(crate) fn end(&self) {
        let mut child = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Both fail only where the process is gone already.
        let _ = child.kill();
        let _ = child.wait();
    }
}

/// An answer and the bytes that follow it.
struct Reply {
    answer: Answer,
    bytes: Vec<u8>,
}

impl PdfWorker {
    /// Starts `executable` as a worker and opens `file` in it with the library at `library`. The
    /// executable must hand over to [`crate::worker_main`] when its first argument is
    /// [`WORKER_ARGUMENT`].
    ///
    /// # Errors
    /// Where the document is encrypted or damaged, the library does not fit, or it takes too long.
    pub fn open(executable: &Path, library: &Path, file: &Path) -> Result<PdfWorker, PdfError> {
        PdfWorker::open_within(executable, library, file, Duration::from_secs(PATIENCE))
    }

    /// The same, with another limit for each answer.
    ///
    /// # Errors
    /// As [`PdfWorker::open`].
    pub fn open_within(
        executable: &Path,
        library: &Path,
        file: &Path,
        patience: Duration,
    ) -> Result<PdfWorker, PdfError> {
        let mut worker = PdfWorker::start(executable, library, file, patience)?;
        worker.wait_for_opening()?;
        Ok(worker)
    }

    /// Starts a worker without waiting for its first answer.
    pub(crate) fn start(
        executable: &Path,
        library: &Path,
        file: &Path,
        patience: Duration,
    ) -> Result<PdfWorker, PdfError> {
        let mut child = Command::new(executable)
            .arg(WORKER_ARGUMENT)
            .arg(library)
            .arg(file)
            .env_clear()
            .envs(worker_environment())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let input = child.stdin.take();
        let output = child.stdout.take();
        // One answer at a time: a worker that was taken over must not fill this process.
        let (sender, answers) = sync_channel(1);
        std::thread::spawn(move || {
            let Some(output) = output else { return };
            let mut output = BufReader::new(output);
            loop {
                let answer = next_answer(&mut output);
                let last = answer.is_err();
                if sender.send(answer).is_err() || last {
                    return;
                }
            }
        });
        Ok(PdfWorker {
            process: Process(Arc::new(Mutex::new(child))),
            input,
            answers,
            pages: Vec::new(),
            patience,
        })
    }

    /// Takes the first answer, once.
    pub(crate) fn wait_for_opening(&mut self) -> Result<(), PdfError> {
        match self.answer()?.answer {
            Answer::Open { pages } => self.pages = pages,
            other => return Err(refused(other)),
        }
        Ok(())
    }

    /// Number of pages.
    pub fn page_count(&self) -> u32 {
        u32::try_from(self.pages.len()).unwrap_or(u32::MAX)
    }

    /// The size of each page.
    pub fn page_sizes(&self) -> &[PageSize] {
        &self.pages
    }

    /// The words of a page, from 0.
    ///
    /// # Errors
    /// Where the page cannot be read; after a crash or a time-out no page of this worker can.
    pub fn page_text(&mut self, page: u32) -> Result<PageText, PdfError> {
        match self.ask(&Request::Text(page))?.answer {
            Answer::Text(text) => Ok(text),
            other => Err(refused(other)),
        }
    }

    /// The words of a page, from 0, with their places.
    ///
    /// # Errors
    /// As [`PdfWorker::page_text`].
    pub fn page_layer(&mut self, page: u32) -> Result<PageLayer, PdfError> {
        match self.ask(&Request::Layer(page))?.answer {
            Answer::Layer(layer) => Ok(layer),
            other => Err(refused(other)),
        }
    }

    /// A picture of a page, from 0, so many pixels wide; see [`PageImage`] for the limits.
    ///
    /// # Errors
    /// As [`PdfWorker::page_text`].
    pub fn render(&mut self, page: u32, width: u32) -> Result<PageImage, PdfError> {
        let reply = self.ask(&Request::Render { page, width })?;
        match reply.answer {
            Answer::Image {
                format,
                width,
                height,
                ..
            } => Ok(PageImage {
                format,
                width,
                height,
                bytes: reply.bytes,
            }),
            other => Err(refused(other)),
        }
    }

    /// The numbers that the document gives its pages (`iv`, `12`), one for each page; empty where it
    /// gives none. It may have to read every page, which takes some milliseconds each.
    ///
    /// # Errors
    /// As [`PdfWorker::page_text`].
    pub fn page_labels(&mut self) -> Result<Vec<String>, PdfError> {
        match self.ask(&Request::Labels)?.answer {
            Answer::Labels(labels) => Ok(labels),
            other => Err(refused(other)),
        }
    }

    pub(crate) fn process(&self) -> Process {
        self.process.clone()
    }

    fn ask(&mut self, request: &Request) -> Result<Reply, PdfError> {
        let request =
            serde_json::to_string(request).map_err(|error| PdfError::Damaged(error.to_string()))?;
        let input = self.input.as_mut().ok_or(PdfError::Crashed)?;
        writeln!(input, "{request}")
            .and_then(|()| input.flush())
            .map_err(|_| PdfError::Crashed)?;
        self.answer()
    }

    fn answer(&mut self) -> Result<Reply, PdfError> {
        match self.answers.recv_timeout(self.patience) {
            Ok(answer) => answer,
            Err(RecvTimeoutError::Timeout) => {
                self.end();
                Err(PdfError::TimedOut(self.patience.as_secs()))
            }
            Err(RecvTimeoutError::Disconnected) => Err(PdfError::Crashed),
        }
    }

    fn end(&mut self) {
        self.input = None;
        self.process.end();
    }
}

impl Drop for PdfWorker {
    fn drop(&mut self) {
        self.end();
    }
}

fn next_answer(output: &mut impl BufRead) -> Result<Reply, PdfError> {
    let mut line = Vec::new();
    let read = output
        .by_ref()
        .take(MAX_ANSWER)
        .read_until(b'\n', &mut line);
    if read.is_err() || !line.ends_with(b"\n") {
        return Err(PdfError::Crashed);
    }
    let answer = serde_json::from_slice(&line).map_err(|_| PdfError::Crashed)?;
    let mut bytes = Vec::new();
    if let Answer::Image { length, .. } = answer {
        if length > MAX_PICTURE {
            return Err(PdfError::Crashed);
        }
        let read = output.by_ref().take(length).read_to_end(&mut bytes);
        if read.is_err() || bytes.len() as u64 != length {
            return Err(PdfError::Crashed);
        }
    }
    Ok(Reply { answer, bytes })
}

fn refused(answer: Answer) -> PdfError {
    match answer {
        Answer::Encrypted => PdfError::Encrypted,
        Answer::Damaged(what) => PdfError::Damaged(what),
        Answer::NoLibrary(what) => PdfError::NoLibrary(what),
        // Out of turn: no sound worker does that.
        Answer::Open { .. }
        | Answer::Text(_)
        | Answer::Layer(_)
        | Answer::Image { .. }
        | Answer::Labels(_) => PdfError::Crashed,
    }
}
