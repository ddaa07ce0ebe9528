//! The paragraphs and tables of `word/document.xml`.

use super::numbering::{NumPr, Numbering, Styles};
use super::table::Table;
use super::xml::{Element, Event, events};
use crate::tables;
use crate::words::nfc;
use shelf_law::grammar::Piece;
use std::collections::HashMap;

/// The body of a document.
#[derive(Default)]
pub(super) struct Body {
    pub(super) pieces: Vec<Piece>,
    /// Parts were deleted with Track Changes and not accepted yet.
    pub(super) deleted: bool,
    /// Why the part could not be read to its end.
    pub(super) broken: Option<String>,
}

/// The words of each note, by its id.
pub(super) type Notes = HashMap<String, String>;

/// Reads the body. Notes follow the text, under the marks that stand in it.
pub(super) fn read(
    part: &str,
    styles: &Styles,
    numbering: Numbering,
    footnotes: &Notes,
    endnotes: &Notes,
) -> Body {
    let mut reader = Reader {
        styles,
        numbering,
        footnotes,
        endnotes,
        out: Body::default(),
        paragraphs: Vec::new(),
        tables: Vec::new(),
        silent: 0,
        text: 0,
        hidden: false,
        hint: None,
        notes: Vec::new(),
    };
    for event in events(part) {
        match event {
            Ok(Event::Open(element)) => reader.open(&element),
            Ok(Event::Close(name)) => reader.close(&name),
            Ok(Event::Text(text)) => reader.words(&text),
            Err(error) => {
                reader.out.broken = Some(error);
                break;
            }
        }
    }
    while !reader.paragraphs.is_empty() {
        reader.end_paragraph();
    }
    while !reader.tables.is_empty() {
        reader.end_table();
    }
    let notes = std::mem::take(&mut reader.notes);
    for (index, words) in notes.into_iter().enumerate() {
        reader.emit(format!("[{}] {words}", index + 1), None);
    }
    reader.out
}

/// The notes of `word/footnotes.xml` or `word/endnotes.xml`.
pub(super) fn notes(part: &str) -> Notes {
    let mut notes = Notes::new();
    let mut open: Option<(String, String)> = None;
    let mut in_text = false;
    for event in events(part).flatten() {
        match event {
            Event::Open(element) => match element.name() {
                "footnote" | "endnote" => {
                    let separator = element
                        .attribute("type")
                        .is_some_and(|kind| kind != "normal");
                    open = element
                        .attribute("id")
                        .filter(|_| !separator)
                        .map(|id| (id, String::new()));
                }
                "t" => in_text = true,
                "p" | "br" | "tab" => {
                    if let Some((_, words)) = &mut open {
                        words.push(' ');
                    }
                }
                _ => {}
            },
            Event::Close(name) => match name.as_str() {
                "footnote" | "endnote" => notes.extend(open.take()),
                "t" => in_text = false,
                _ => {}
            },
            Event::Text(text) => {
                if let (Some((_, words)), true) = (&mut open, in_text) {
                    words.push_str(&text);
                }
            }
        }
    }
    notes
}

#[derive(Default)]
struct Paragraph {
    text: String,
    style: Option<String>,
    numbering: NumPr,
    properties: bool,
    /// Tables open where it began: text boxes in a cell hold paragraphs of their own.
    depth: usize,
}

struct Reader<'a> {
    styles: &'a Styles,
    numbering: Numbering,
    footnotes: &'a Notes,
    endnotes: &'a Notes,
    out: Body,
    /// Open paragraphs, outermost first: a text box stands in a paragraph and holds others.
    paragraphs: Vec<Paragraph>,
    tables: Vec<Table>,
    /// Open elements whose words are not read.
    silent: usize,
    /// Open `w:t`.
    text: usize,
    /// The run at hand is hidden.
    hidden: bool,
    hint: Option<String>,
    notes: Vec<String>,
}

impl Reader<'_> {
    fn open(&mut self, element: &Element<'_>) {
        let name = element.name();
        if is_silent(name) {
            self.out.deleted |= name == "del" || name == "moveFrom";
            self.silent += 1;
            return;
        }
        if self.silent > 0 {
            return;
        }
        match name {
            "p" => self.paragraphs.push(Paragraph {
                depth: self.tables.len(),
                ..Paragraph::default()
            }),
            "pPr" => self.properties(true),
            "pStyle" => self.with(|p| p.style = element.value()),
            "numId" => {
                let list = element.value().and_then(|id| id.parse().ok());
                self.with(|p| p.numbering.list = list);
            }
            "ilvl" => {
                let level = element.value().and_then(|level| level.parse().ok());
                self.with(|p| p.numbering.level = level);
            }
            "r" => self.hidden = false,
            "vanish" => {
                // In the properties of a paragraph it speaks of its end mark only.
                let of_mark = self.paragraphs.last().is_some_and(|p| p.properties);
                self.hidden |= !of_mark && element.is_on();
            }
            "t" => self.text += 1,
            "tab" if !self.paragraphs.last().is_some_and(|p| p.properties) => self.push("\t"),
            "br" | "cr" => self.push("\n"),
            "noBreakHyphen" => self.push("-"),
            "sym" => self.push(symbol(element)),
            "footnoteReference" => self.note(element, self.footnotes),
            "endnoteReference" => self.note(element, self.endnotes),
            "bookmarkStart" => {
                if let Some(name) = element.attribute("name").filter(|name| is_provision(name)) {
                    self.hint.get_or_insert(name);
                }
            }
            "tbl" => self.tables.push(Table::default()),
            "tr" => self.table(Table::row),
            "tc" => self.table(Table::open_cell),
            "gridSpan" => {
                let span = element.value().and_then(|n| n.parse().ok()).unwrap_or(1);
                self.table(|table| table.span(span));
            }
            "vMerge" | "hMerge" if element.value().as_deref() != Some("restart") => {
                self.table(Table::continues);
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if is_silent(name) {
            self.silent = self.silent.saturating_sub(1);
            return;
        }
        if self.silent > 0 {
            return;
        }
        match name {
            "p" => self.end_paragraph(),
            "pPr" => self.properties(false),
            "t" => self.text = self.text.saturating_sub(1),
            "r" => self.hidden = false,
            "tc" => self.table(Table::close_cell),
            "tbl" => self.end_table(),
            _ => {}
        }
    }

    fn words(&mut self, text: &str) {
        if self.silent == 0 && self.text > 0 {
            self.push(text);
        }
    }

    fn push(&mut self, text: &str) {
        if self.hidden {
            return;
        }
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.text.push_str(text);
        }
    }

    fn with(&mut self, set: impl FnOnce(&mut Paragraph)) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            set(paragraph);
        }
    }

    fn properties(&mut self, open: bool) {
        self.with(|paragraph| paragraph.properties = open);
    }

    fn table(&mut self, change: impl FnOnce(&mut Table)) {
        if let Some(table) = self.tables.last_mut() {
            change(table);
        }
    }

    fn note(&mut self, element: &Element<'_>, notes: &Notes) {
        let Some(words) = element
            .attribute("id")
            .and_then(|id| notes.get(&id).cloned())
        else {
            return;
        };
        self.notes.push(crate::words::one_line(&words));
        let mark = format!("[{}]", self.notes.len());
        self.push(&mark);
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else {
            return;
        };
        let style = paragraph.style.as_deref();
        let (inherited, giver) = self.styles.numbering(style);
        let numbering = NumPr {
            list: paragraph.numbering.list.or(inherited.list),
            level: paragraph.numbering.level.or(inherited.level),
        };
        let hint = self.hint.take().or_else(|| {
            style
                .and_then(|style| self.styles.heading(style))
                .map(str::to_string)
        });
        // Word counts empty paragraphs too, but draws no number that a reader would miss.
        let number = self.numbering.next(numbering, giver);
        let text = paragraph.text.trim();
        let text = match number {
            Some(number) if !text.is_empty() => format!("{number}{text}"),
            _ => text.to_string(),
        };
        while self.tables.len() > paragraph.depth {
            self.end_table();
        }
        self.emit(text, hint);
    }

    fn emit(&mut self, text: String, hint: Option<String>) {
        let text = nfc(text);
        if let Some(table) = self.tables.last_mut()
            && table.line(text.clone())
        {
            return;
        }
        self.out.pieces.push(Piece::Line {
            text,
            page: None,
            hint,
            lang: None,
        });
    }

    fn end_table(&mut self) {
        let Some(mut table) = self.tables.pop() else {
            return;
        };
        table.close_cell();
        if let Some(outer) = self.tables.last_mut() {
            // A table in a cell of another is part of that cell's words.
            for cell in table.rows.into_iter().flatten() {
                outer.line(cell);
            }
            return;
        }
        self.out.pieces.extend(tables::pieces(table.rows, None));
    }
}

/// Elements whose words are not the document's: deleted ones, the instructions of fields, and the
/// second form in which Word stores text boxes for older programs.
fn is_silent(name: &str) -> bool {
    matches!(
        name,
        "del"
            | "moveFrom"
            | "delText"
            | "instrText"
            | "delInstrText"
            | "Fallback"
            | "rubyPr"
            | "sectPr"
            | "pPrChange"
            | "rPrChange"
            | "tblPrChange"
            | "tcPrChange"
            | "trPrChange"
    )
}

/// Signs of symbol fonts that stand in legal texts.
fn symbol(element: &Element<'_>) -> &'static str {
    match element.attribute("char").as_deref() {
        Some("F02D" | "F0B7" | "2013" | "F0A7") => "-",
        Some("F0B3") => "≥",
        Some("F0A3") => "≤",
        Some("F0B0") => "°",
        Some("F0B1") => "±",
        Some("F0B4") => "×",
        Some("F0A8" | "F06F" | "F071") => "□",
        _ => "",
    }
}

fn is_provision(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["dieu_", "khoan_", "diem_", "chuong_", "muc_", "phan_"]
        .iter()
        .any(|start| name.starts_with(start))
}
