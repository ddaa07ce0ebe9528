//! The cells of a CSV file or of the first sheet of a workbook, as text.

use crate::Reason;
use crate::encoding::decode;
use calamine::{Data, Reader, Xlsx, XlsxError};
use shelf_law::Date;
use std::io::Cursor;
use std::path::Path;

/// The largest list that is read.
const MAX_BYTES: u64 = 64 << 20;

/// A row with its number as a person counts it.
pub(super) type Row = (usize, Vec<String>);

pub(super) fn read(path: &Path) -> Result<Vec<Row>, Reason> {
    let size = match std::fs::metadata(path) {
        Ok(meta) => meta.len(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(Reason::Missing),
        Err(error) => return Err(error.into()),
    };
    if size > MAX_BYTES {
        return Err(Reason::TooLarge {
            size,
            limit: MAX_BYTES,
        });
    }
    let bytes = std::fs::read(path)?;
    if bytes.is_empty() {
        return Err(Reason::Empty);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return workbook(bytes);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(Reason::NoReader(
            "an old or protected workbook; save it as XLSX without a password, or as CSV UTF-8"
                .into(),
        ));
    }
    csv(&bytes)
}

fn csv(bytes: &[u8]) -> Result<Vec<Row>, Reason> {
    let text = decode(bytes)?.text;
    let first = text
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or("");
    let count = |sign: char| first.matches(sign).count();
    let delimiter = match (count('\t'), count(';'), count(',')) {
        (tabs, semis, commas) if tabs > semis && tabs > commas => b'\t',
        (_, semis, commas) if semis > commas => b';',
        _ => b',',
    };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    reader
        .records()
        .map(|record| {
            let record = record.map_err(|error| Reason::Damaged(error.to_string()))?;
            let line = record.position().map_or(0, |position| position.line());
            let line = usize::try_from(line).unwrap_or(0);
            Ok((line, record.iter().map(str::to_string).collect()))
        })
        .collect()
}

fn workbook(bytes: Vec<u8>) -> Result<Vec<Row>, Reason> {
    let damaged = |error: XlsxError| match error {
        XlsxError::Password => Reason::Encrypted,
        other => Reason::Damaged(other.to_string()),
    };
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let sheet = book
        .worksheet_range_at(0)
        .ok_or_else(|| Reason::Damaged("the workbook has no sheet".into()))?
        .map_err(damaged)?;
    // A sheet may begin below its first row. The headers are the first row that holds anything.
    let above = sheet.start().map_or(0, |(row, _)| row as usize);
    let rows = sheet.rows().enumerate();
    Ok(rows
        .map(|(index, row)| (above + index + 1, row.iter().map(cell).collect()))
        .skip_while(|(_, row): &Row| row.iter().all(|cell| cell.trim().is_empty()))
        .collect())
}

fn cell(data: &Data) -> String {
    match data {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
            format!("{number:.0}")
        }
        Data::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            let small = |n: u8| i8::try_from(n).unwrap_or(0);
            let date = i16::try_from(year)
                .ok()
                .and_then(|year| Date::new(year, small(month), small(day)));
            date.map_or_else(|| data.to_string(), |date| date.to_string())
        }
        other => other.to_string(),
    }
}
