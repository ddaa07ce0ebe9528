//! The parent's side.

use crate::protocol::{Answer, Request};
use crate::{PageText, PdfError, WORKER_ARGUMENT};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// The longest answer that is taken from a worker, which a hostile document may have taken over.
const MAX_ANSWER: u64 = 64 << 20;
/// Seconds that opening, or one page, may take.
const PATIENCE: u64 = 60;

/// One open document in a process of its own. Dropping it ends the process.
pub struct PdfWorker {
    child: Child,
    input: Option<ChildStdin>,
    answers: Receiver<Result<Answer, PdfError>>,
    pages: u32,
    patience: Duration,
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
        let mut child = Command::new(executable)
            .arg(WORKER_ARGUMENT)
            .arg(library)
            .arg(file)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let input = child.stdin.take();
        let output = child.stdout.take();
        let (sender, answers) = channel();
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
        let mut worker = PdfWorker {
            child,
            input,
            answers,
            pages: 0,
            patience,
        };
        match worker.answer()? {
            Answer::Open { pages } => worker.pages = pages,
            other => return Err(refused(other)),
        }
        Ok(worker)
    }

    /// Number of pages.
    pub fn page_count(&self) -> u32 {
        self.pages
    }

    /// The words of a page, from 0.
    ///
    /// # Errors
    /// Where the page cannot be read; after a crash or a time-out no page of this worker can.
    pub fn page_text(&mut self, page: u32) -> Result<PageText, PdfError> {
        let request = serde_json::to_string(&Request::Text(page))
            .map_err(|error| PdfError::Damaged(error.to_string()))?;
        let input = self.input.as_mut().ok_or(PdfError::Crashed)?;
        writeln!(input, "{request}")
            .and_then(|()| input.flush())
            .map_err(|_| PdfError::Crashed)?;
        match self.answer()? {
            Answer::Text(text) => Ok(text),
            other => Err(refused(other)),
        }
    }

    fn answer(&mut self) -> Result<Answer, PdfError> {
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
        // Both fail only where the process is gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for PdfWorker {
    fn drop(&mut self) {
        self.end();
    }
}

fn next_answer(output: &mut impl BufRead) -> Result<Answer, PdfError> {
    let mut line = Vec::new();
    let read = output
        .by_ref()
        .take(MAX_ANSWER)
        .read_until(b'\n', &mut line);
    match read {
        Ok(_) if line.ends_with(b"\n") => {
            serde_json::from_slice(&line).map_err(|_| PdfError::Crashed)
        }
        _ => Err(PdfError::Crashed),
    }
}

fn refused(answer: Answer) -> PdfError {
    match answer {
        Answer::Encrypted => PdfError::Encrypted,
        Answer::Damaged(what) => PdfError::Damaged(what),
        Answer::NoLibrary(what) => PdfError::NoLibrary(what),
        Answer::Open { .. } | Answer::Text(_) => PdfError::Crashed,
    }
}
