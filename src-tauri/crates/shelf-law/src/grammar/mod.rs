//! The two structure grammars of Vietnamese law: the lines of a source become blocks with ids,
//! and header, foot and metadata blocks become fields.

mod article;
mod articles;
mod basis;
mod body;
mod build;
mod chain;
mod foot;
mod header;
mod header_lines;
mod line;
mod marker;
mod outline;
mod own;
mod parts;
mod readable;
mod runs;
mod tail;
mod title;
mod untangle;

pub use articles::{ArticleRow, from_articles};

use crate::{Date, DocumentText, Field, FieldName, Fields, Relation, Validity, ValidityState};
use line::{Line, fold};

/// One piece of a source, in reading order.
#[derive(Clone, PartialEq, Debug)]
pub enum Piece {
    /// A line or paragraph. An empty one says that the next one stands apart.
    Line {
        /// Its words; a tab stands between cells that were side by side.
        text: String,
        /// Page of the original, from 1.
        page: Option<u32>,
        /// A bookmark (`dieu_12`) or heading style on it: the source's own word that it heads
        /// something.
        hint: Option<String>,
        /// Its language where it is not Vietnamese (ISO 639-3: `bdq`, `jra`).
        lang: Option<String>,
    },
    /// A table.
    Table {
        /// Its cells, by rows.
        rows: Vec<Vec<String>>,
        /// Page of the original, from 1.
        page: Option<u32>,
    },
}

impl Piece {
    /// A line without page or hint.
    pub fn line(text: impl Into<String>) -> Piece {
        Piece::Line {
            text: text.into(),
            page: None,
            hint: None,
            lang: None,
        }
    }

    /// The lines of a plain text.
    pub fn lines(text: &str) -> Vec<Piece> {
        text.lines().map(Piece::line).collect()
    }
}

/// How a text is built.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Grammar {
    /// Điều, khoản, điểm, under Phần, Chương, Mục.
    Normative,
    /// An outline from Roman numerals to dashes.
    Administrative,
    /// Neither: paragraphs.
    Plain,
}

/// What was read from a source.
#[derive(Clone, PartialEq, Debug)]
pub struct Reading {
    /// The words, as blocks.
    pub text: DocumentText,
    /// What header, foot and metadata block state.
    pub fields: Fields,
    /// The grammar of the act itself (attachments may have the other one).
    pub grammar: Grammar,
    /// What a person should look at.
    pub doubts: Vec<String>,
    /// The acts on which this one rests.
    pub relations: Vec<Relation>,
}

/// Reads a whole document from its pieces.
///
/// Never fails: a text without header or structure comes out as paragraphs. All words of the source
/// stand in the blocks; only drawn rules and the outline that a site repeats beside the text are
/// left out.
pub fn read(pieces: &[Piece]) -> Reading {
    read_lines(line::lines_of(pieces))
}

/// The validity that the fields state. A status that no one stated is unknown; nothing is inferred
/// from dates.
pub fn validity_from_fields(fields: &Fields) -> Validity {
    let day = |name| -> Option<Date> { fields.value(name)?.parse().ok() };
    let state = [
        fields.value(FieldName::Status),
        fields.raw(FieldName::Status),
    ]
    .into_iter()
    .flatten()
    .find_map(ValidityState::from_wording)
    .unwrap_or_default();
    Validity {
        state,
        as_of: day(FieldName::StatusAsOf),
        effective: day(FieldName::Effective),
        expires: day(FieldName::Expires),
    }
}

/// Reads lines that may hold articles cut by the source.
fn read_lines(lines: Vec<Line>) -> Reading {
    let mut lines = untangle::untangle(lines);
    let tail = tail::find(&lines);
    if let Some(tail) = &tail {
        for line in &mut lines[tail.lines.clone()] {
            line.furniture = true;
        }
    }
    let cut = mark_site_furniture(&mut lines);
    let header = header::read(&lines);
    for line in &mut lines[..header.end] {
        line.furniture = true;
    }
    let lines = runs::split(line::join_wraps(lines));
    let body = body::write(lines);
    let mut doubts = body.doubts;
    if cut {
        doubts.push(CONTENTS_CUT.to_string());
    }
    let mut fields = header.fields;
    for (name, field) in body.foot.0 {
        fields.0.entry(name).or_insert(field);
    }
    if let Some(tail) = tail {
        merge_tail(&mut fields, tail.fields);
    }
    let mut relations: Vec<Relation> = Vec::new();
    for line in &body.preamble {
        for relation in basis::relations(line) {
            if !relations
                .iter()
                .any(|known| known.to.number == relation.to.number)
            {
                relations.push(relation);
            }
        }
    }
    Reading {
        text: DocumentText {
            blocks: body.blocks,
        },
        fields,
        grammar: body.grammar,
        doubts,
        relations,
    }
}

/// The tail wins, except that the issuer keeps the header's full body where the tail's short name
/// ("Tỉnh Gia Lai") agrees with it.
fn merge_tail(fields: &mut Fields, tail: Fields) {
    let body = fields.value(FieldName::Issuer).map(str::to_string);
    fields.override_with(tail);
    let (Some(body), Some(said)) = (body, fields.raw(FieldName::Issuer).map(str::to_string)) else {
        return;
    };
    let agrees = format!(" {} ", fold(&body)).contains(&format!(" {} ", fold(&said)))
        || fields.value(FieldName::Issuer).is_none();
    if agrees {
        fields.set(FieldName::Issuer, Field::read(body, said));
    }
}

/// What a reading says where it left out the outline that a site repeats beside the text.
const CONTENTS_CUT: &str = "đã bỏ mục lục lặp lại của trang nguồn";

/// Marks the lines with which the national database surrounds a text, and cuts the outline of the
/// page that stands below them; says whether there was one.
fn mark_site_furniture(lines: &mut Vec<Line>) -> bool {
    let end = lines.len();
    for i in 0..end {
        let text = lines[i].text.as_str();
        if text.starts_with("CƠ SỞ DỮ LIỆU QUỐC GIA")
            && lines[i..end.min(i + 4)]
                .iter()
                .any(|line| fold(&line.text).contains("don vi chu quan"))
        {
            for line in lines[i..end.min(i + 12)]
                .iter_mut()
                .take_while(|line| line.cut.is_none())
                .take_while(|line| marker::upper(&line.text).is_none())
            {
                line.furniture = true;
            }
            let contents = (i..end.min(i + 14)).find(|&at| lines[at].text == "Mục lục");
            let whole = lines[i..].iter().all(|line| line.cut.is_none());
            if let Some(at) = contents.filter(|_| whole) {
                lines.truncate(at);
                return true;
            }
        }
    }
    false
}
