//! Word documents (DOCX), read from their parts.

mod body;
mod numbering;
mod table;
mod xml;

use crate::Reason;
use crate::draft::Draft;
use crate::words::one_line;
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// The largest part that is read, after decompression.
const MAX_PART: u64 = 256 << 20;

/// Reads a document.
pub(crate) fn read(bytes: &[u8]) -> Result<Draft, Reason> {
    let mut package = Package::open(bytes)?;
    let Some(document) = package.part("word/document.xml")? else {
        return Err(match package.is_office() {
            true => Reason::UnknownType,
            false => Reason::Damaged("it holds no word/document.xml".into()),
        });
    };
    let styles = package.part("word/styles.xml")?.unwrap_or_default();
    let numbering = package.part("word/numbering.xml")?.unwrap_or_default();
    let footnotes = package.part("word/footnotes.xml")?.unwrap_or_default();
    let endnotes = package.part("word/endnotes.xml")?.unwrap_or_default();
    let styles = numbering::Styles::read(&styles);
    let numbering = numbering::Numbering::read(&numbering, &styles);
    let notes = |part: &str| body::notes(part);
    let read = body::read(
        &document,
        &styles,
        numbering,
        &notes(&footnotes),
        &notes(&endnotes),
    );
    if let Some(error) = read.broken {
        return Err(Reason::Damaged(format!("word/document.xml: {error}")));
    }
    let has_words = read.pieces.iter().any(|piece| {
        use shelf_law::grammar::Piece;
        match piece {
            Piece::Line { text, .. } => !text.trim().is_empty(),
            Piece::Table { .. } => true,
        }
    });
    if !has_words {
        return Err(Reason::NoWords);
    }
    let mut draft = Draft {
        pieces: read.pieces,
        ..Draft::default()
    };
    if read.deleted {
        draft
            .doubts
            .push("có phần xóa chưa chấp nhận (Track Changes); phần xóa không lấy".into());
    }
    let properties = package.part("docProps/core.xml")?.unwrap_or_default();
    properties_into(&properties, &mut draft);
    Ok(draft)
}

/// The core properties: kept as an extra field, the title also where the text gives none. Names of
/// persons who typed the file are nobody's business.
fn properties_into(part: &str, draft: &mut Draft) {
    let mut found = Map::new();
    let mut open = String::new();
    for event in xml::events(part).flatten() {
        match event {
            xml::Event::Open(element) => open = element.name().to_string(),
            xml::Event::Close(_) => open.clear(),
            xml::Event::Text(text) => {
                let wanted = [
                    "title",
                    "subject",
                    "keywords",
                    "description",
                    "created",
                    "modified",
                ];
                let text = one_line(&text);
                if wanted.contains(&open.as_str()) && !text.is_empty() {
                    found.insert(open.clone(), Value::String(text));
                }
            }
        }
    }
    if let Some(title) = found.get("title").and_then(Value::as_str)
        && title.contains(' ')
        && !title.starts_with("Microsoft Word")
    {
        draft.title = Some(title.to_string());
    }
    if !found.is_empty() {
        draft.claims.keep("docx", Value::Object(found));
    }
}

struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Names in lower case, since writers differ, with their place.
    names: HashMap<String, usize>,
}

impl<'a> Package<'a> {
    fn open(bytes: &'a [u8]) -> Result<Package<'a>, Reason> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(reason)?;
        let names = archive
            .file_names()
            .enumerate()
            .filter_map(|(index, name)| Some((name.ok()?.to_lowercase(), index)))
            .collect();
        Ok(Package { archive, names })
    }

    /// Whether it is a workbook, a presentation or an OpenDocument file.
    fn is_office(&self) -> bool {
        self.names.keys().any(|name| {
            name.starts_with("xl/")
                || name.starts_with("ppt/")
                || name == "mimetype"
                || name == "content.xml"
        })
    }

    /// The text of a part, `None` where the package has no such part.
    fn part(&mut self, name: &str) -> Result<Option<String>, Reason> {
        let Some(index) = self.names.get(name) else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        self.archive
            .by_index(*index)
            .map_err(reason)?
            .take(MAX_PART + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| Reason::Damaged(format!("{name}: {error}")))?;
        if bytes.len() as u64 > MAX_PART {
            return Err(Reason::TooLarge {
                size: bytes.len() as u64,
                limit: MAX_PART,
            });
        }
        xml::decode(bytes)
            .map(Some)
            .ok_or_else(|| Reason::Damaged(format!("{name} is neither UTF-8 nor UTF-16")))
    }
}

fn reason(error: ZipError) -> Reason {
    match error {
        ZipError::InvalidPassword => Reason::Encrypted,
        ZipError::UnsupportedArchive(what) if what.to_lowercase().contains("password") => {
            Reason::Encrypted
        }
        other => Reason::Damaged(format!("the package cannot be opened ({other})")),
    }
}
