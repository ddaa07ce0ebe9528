//! Imports: one JSON object a line, plain or zstd-compressed. The format is docs/import.md.
//!
//! Rows are read one by one, parsed in parallel in small batches, and handed over in their order; what
//! is held at a time is bounded by [`BATCH_BYTES`] and [`MAX_ROW`], not by the file.

mod row;

use crate::{Candidate, Failure, Options, Reason};
use rayon::prelude::*;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::ops::ControlFlow;
use std::path::Path;

/// A batch is parsed once it holds this much.
const BATCH_BYTES: usize = 4 << 20;
const BATCH_ROWS: usize = 64;
/// The longest row that is read.
const MAX_ROW: usize = 64 << 20;
/// zstd windows above this are refused: they would cost memory before a byte is read.
const MAX_WINDOW_LOG: u32 = 27;

/// Reads every row of the file into `sink`.
pub(crate) fn read(
    path: &Path,
    options: &Options<'_>,
    compressed: bool,
    sink: &mut dyn FnMut(Result<Candidate, Failure>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let fail = |line, reason| Failure {
        file: path.to_path_buf(),
        line,
        reason,
    };
    let reader = match open(path, compressed) {
        Ok(reader) => reader,
        Err(error) => return sink(Err(fail(None, error.into()))),
    };
    let mut rows = Rows { reader, line: 0 };
    let source = source_name(path);
    loop {
        let (batch, end) = rows.batch();
        let parsed: Vec<(u64, Result<Candidate, Reason>)> = batch
            .into_par_iter()
            .map(|(line, row)| {
                let row = row.and_then(|bytes| row::read(&bytes, line, &source, options));
                (line, row)
            })
            .collect();
        for (line, row) in parsed {
            sink(row.map_err(|reason| fail(Some(line), reason)))?;
        }
        match end {
            End::More => {}
            End::File => return ControlFlow::Continue(()),
            End::Broken(error) => {
                let reason = Reason::Damaged(format!("it breaks off after this line ({error})"));
                return sink(Err(fail(Some(rows.line), reason)));
            }
        }
    }
}

/// `laws.jsonl.zst` is the source `laws`.
fn source_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let stem = name.strip_suffix(".zst").unwrap_or(&name);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    crate::words::one_line(stem)
}

fn open(path: &Path, compressed: bool) -> std::io::Result<Box<dyn BufRead>> {
    let file = File::open(path)?;
    if !compressed {
        return Ok(Box::new(BufReader::with_capacity(1 << 18, file)));
    }
    let mut decoder = zstd::Decoder::new(file)?;
    decoder.window_log_max(MAX_WINDOW_LOG)?;
    Ok(Box::new(BufReader::with_capacity(1 << 18, decoder)))
}

/// Why a batch ends.
enum End {
    More,
    File,
    Broken(std::io::Error),
}

struct Rows {
    reader: Box<dyn BufRead>,
    line: u64,
}

type Row = (u64, Result<Vec<u8>, Reason>);

impl Rows {
    fn batch(&mut self) -> (Vec<Row>, End) {
        let mut batch = Vec::new();
        let mut bytes = 0;
        while bytes < BATCH_BYTES && batch.len() < BATCH_ROWS {
            match self.next() {
                Ok(Some(Ok(row))) => {
                    bytes += row.len();
                    if !row.iter().all(u8::is_ascii_whitespace) {
                        batch.push((self.line, Ok(row)));
                    }
                }
                Ok(Some(Err(reason))) => batch.push((self.line, Err(reason))),
                Ok(None) => return (batch, End::File),
                Err(error) => return (batch, End::Broken(error)),
            }
        }
        (batch, End::More)
    }

    /// The next line, or why it is not taken.
    fn next(&mut self) -> std::io::Result<Option<Result<Vec<u8>, Reason>>> {
        let mut row = Vec::new();
        let limit = MAX_ROW as u64 + 1;
        let read = self
            .reader
            .by_ref()
            .take(limit)
            .read_until(b'\n', &mut row)?;
        if read == 0 {
            return Ok(None);
        }
        self.line += 1;
        if read as u64 == limit && row.last() != Some(&b'\n') {
            let size = limit + self.skip_line()?;
            return Ok(Some(Err(Reason::TooLarge {
                size,
                limit: MAX_ROW as u64,
            })));
        }
        Ok(Some(Ok(row)))
    }

    /// Passes over the rest of a line without keeping it.
    fn skip_line(&mut self) -> std::io::Result<u64> {
        let mut skipped = 0;
        loop {
            let buffer = self.reader.fill_buf()?;
            if buffer.is_empty() {
                return Ok(skipped);
            }
            let (used, found) = match buffer.iter().position(|b| *b == b'\n') {
                Some(at) => (at + 1, true),
                None => (buffer.len(), false),
            };
            self.reader.consume(used);
            skipped += used as u64;
            if found {
                return Ok(skipped);
            }
        }
    }
}
