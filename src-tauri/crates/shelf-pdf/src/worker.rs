//! The child's side: one document, opened once, asked page by page.

use crate::layout::{Glyph, lines, text_height};
use crate::protocol::{Answer, Request};
use crate::{PageText, WORKER_ARGUMENT};
use pdfium_render::prelude::*;
use std::ffi::OsString;
use std::io::{BufRead, Write};
use std::path::Path;
use std::process::ExitCode;

/// Letters of one page that are looked at; a page of text holds about 3,000.
const MOST_GLYPHS: usize = 400_000;
/// Objects of one page among which pictures are looked for.
const MOST_OBJECTS: usize = 20_000;

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

/// What one document may take: 2 GiB of memory and ten minutes of computing.
fn limit() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let limits = [(Resource::As, 2u64 << 30), (Resource::Cpu, 600)];
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
    let mut output = std::io::stdout().lock();
    let mut say = |answer: &Answer| -> std::io::Result<()> {
        serde_json::to_writer(&mut output, answer)?;
        output.write_all(b"\n")?;
        output.flush()
    };
    let pdfium = match Pdfium::bind_to_library(library) {
        Ok(bindings) => Pdfium::new(bindings),
        Err(error) => return say(&Answer::NoLibrary(error.to_string())),
    };
    let document = match pdfium.load_pdf_from_file(file, None) {
        Ok(document) => document,
        Err(PdfiumError::PdfiumLibraryInternalError(PdfiumInternalError::PasswordError)) => {
            return say(&Answer::Encrypted);
        }
        Err(error) => return say(&Answer::Damaged(error.to_string())),
    };
    let pages = document.pages();
    say(&Answer::Open {
        pages: u32::try_from(pages.len()).unwrap_or(0),
    })?;
    for line in std::io::stdin().lock().lines() {
        let Ok(Request::Text(number)) = serde_json::from_str(&line?) else {
            continue;
        };
        let text = i32::try_from(number)
            .map_err(|_| "no such page".to_string())
            .and_then(|number| pages.get(number).map_err(|error| error.to_string()))
            .and_then(|page| page_text(&page).map_err(|error| error.to_string()));
        say(&match text {
            Ok(text) => Answer::Text(text),
            Err(what) => Answer::Damaged(what),
        })?;
    }
    Ok(())
}

fn page_text(page: &PdfPage<'_>) -> Result<PageText, PdfiumError> {
    let turned = Turned::of(page);
    let text = page.text()?;
    let mut glyphs: Vec<Glyph> = Vec::new();
    let mut spaced = false;
    for letter in text.chars().iter().take(MOST_GLYPHS) {
        let value = letter.unicode_value();
        let c = match char::from_u32(value) {
            Some(c) => c,
            None => continue,
        };
        if c.is_whitespace() || c == '\0' {
            spaced = true;
            continue;
        }
        if is_mark(c)
            && let Some(last) = glyphs.last_mut()
        {
            last.text.push(c);
            continue;
        }
        let (Ok(bounds), Ok((x, y))) = (letter.loose_bounds(), letter.origin()) else {
            continue;
        };
        let corner = turned.point(bounds.left().value, bounds.bottom().value);
        let other = turned.point(bounds.right().value, bounds.top().value);
        let (_, baseline) = turned.point(x.value, y.value);
        let height = (other.1 - corner.1).abs();
        let size = letter.scaled_font_size().value.abs();
        let glyph = Glyph {
            text: plain(c).to_string(),
            left: corner.0.min(other.0),
            right: corner.0.max(other.0),
            baseline,
            // A font size of 1 under a scaled matrix says nothing; the box does.
            size: if (2.0..200.0).contains(&size) {
                size
            } else {
                height.clamp(2.0, 200.0)
            },
            spaced,
            order: glyphs.len(),
        };
        spaced = false;
        let sound = [glyph.left, glyph.right, glyph.baseline]
            .iter()
            .all(|n| n.is_finite());
        if sound {
            glyphs.push(glyph);
        }
    }
    let height = turned.height.max(1.0);
    let filled = text_height(&glyphs) / height;
    Ok(PageText {
        lines: lines(glyphs),
        image_share: image_share(page),
        text_share: filled.clamp(0.0, 1.0),
    })
}

/// Share of the page that its pictures cover, counted on a coarse grid so that overlaps count once.
fn image_share(page: &PdfPage<'_>) -> f32 {
    const GRID: usize = 20;
    // A page need not begin at 0, 0, and its box is not turned with it: pictures are placed in it.
    let Ok(page_box) = page.boundaries().bounding() else {
        return 0.0;
    };
    let (left, bottom) = (page_box.bounds.left().value, page_box.bounds.bottom().value);
    let width = page_box.bounds.right().value - left;
    let height = page_box.bounds.top().value - bottom;
    if width <= 0.0 || height <= 0.0 {
        return 0.0;
    }
    let mut covered = [[false; GRID]; GRID];
    for object in page.objects().iter().take(MOST_OBJECTS) {
        if !matches!(
            object,
            PdfPageObject::Image(_) | PdfPageObject::XObjectForm(_)
        ) {
            continue;
        }
        // A form may hold words or drawings; only one that holds a picture counts.
        if let PdfPageObject::XObjectForm(form) = &object {
            let holds = form
                .iter()
                .take(100)
                .any(|inner| matches!(inner, PdfPageObject::Image(_)));
            if !holds {
                continue;
            }
        }
        let Ok(bounds) = object.bounds() else {
            continue;
        };
        let place = |value: f32, whole: f32| {
            ((value / whole * GRID as f32)
                .round()
                .clamp(0.0, GRID as f32)) as usize
        };
        let columns =
            place(bounds.left().value - left, width)..place(bounds.right().value - left, width);
        let rows = place(bounds.bottom().value - bottom, height)
            ..place(bounds.top().value - bottom, height);
        for row in rows {
            for column in columns.clone() {
                covered[row][column] = true;
            }
        }
    }
    let cells = covered.iter().flatten().filter(|cell| **cell).count();
    cells as f32 / (GRID * GRID) as f32
}

/// A page as the reader sees it: text stands in the page's own space, before it is turned.
struct Turned {
    rotation: PdfPageRenderRotation,
    width: f32,
    height: f32,
}

impl Turned {
    fn of(page: &PdfPage<'_>) -> Turned {
        Turned {
            rotation: page.rotation().unwrap_or(PdfPageRenderRotation::None),
            width: page.width().value,
            height: page.height().value,
        }
    }

    fn point(&self, x: f32, y: f32) -> (f32, f32) {
        // Width and height are those of the turned page.
        match self.rotation {
            PdfPageRenderRotation::None => (x, y),
            PdfPageRenderRotation::Degrees90 => (y, self.height - x),
            PdfPageRenderRotation::Degrees180 => (self.width - x, self.height - y),
            PdfPageRenderRotation::Degrees270 => (self.width - y, x),
        }
    }
}

/// Marks that some writers set apart from their letter.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Letters that fonts mix up: the Icelandic eth stands for đ.
fn plain(c: char) -> char {
    match c {
        'Ð' => 'Đ',
        'ð' => 'đ',
        other => other,
    }
}
