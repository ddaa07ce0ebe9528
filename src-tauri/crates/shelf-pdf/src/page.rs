//! What a page holds, as pdfium tells it: its letters and how much of it pictures cover.

use crate::PageText;
use crate::layer::{PageLayer, layer};
use crate::layout::Glyph;
use crate::lines::{LINE_HYPHEN, lines, text_height};
use pdfium_render::prelude::*;
use shelf_law::fold::normalise;

/// Letters of one page that are looked at; a page of text holds about 3,000.
const MOST_GLYPHS: usize = 400_000;
/// Objects of one page among which pictures are looked for.
const MOST_OBJECTS: usize = 20_000;
/// How far the box of a letter reaches above its line, in font sizes: at least to the top of a
/// capital, at most to that of one with two marks. Fonts say too little or many lines.
const ABOVE: (f32, f32) = (0.85, 1.2);
/// How far it reaches below the line.
const BELOW: (f32, f32) = (0.22, 0.35);

/// The words of a page.
pub(crate) fn page_text(page: &PdfPage<'_>) -> Result<PageText, PdfiumError> {
    let turned = Turned::of(page);
    let glyphs = glyphs(page, &turned)?;
    let filled = text_height(&glyphs) / turned.height.max(1.0);
    Ok(PageText {
        lines: lines(glyphs),
        image_share: image_share(page),
        text_share: filled.clamp(0.0, 1.0),
    })
}

/// The words of a page with their places.
pub(crate) fn page_layer(page: &PdfPage<'_>) -> Result<PageLayer, PdfiumError> {
    let turned = Turned::of(page);
    let mut glyphs = glyphs(page, &turned)?;
    for glyph in &mut glyphs {
        if glyph.text.contains(LINE_HYPHEN) {
            glyph.text = glyph.text.replace(LINE_HYPHEN, "-");
        }
        glyph.text = normalise(&glyph.text);
    }
    glyphs.retain(|glyph| !glyph.text.is_empty());
    Ok(layer(glyphs, turned.width, turned.height))
}

fn glyphs(page: &PdfPage<'_>, turned: &Turned) -> Result<Vec<Glyph>, PdfiumError> {
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
        let (upper, lower) = (corner.1.max(other.1), corner.1.min(other.1));
        let height = upper - lower;
        let size = letter.scaled_font_size().value.abs();
        // A font size of 1 under a scaled matrix says nothing; the box does.
        let size = if (2.0..200.0).contains(&size) {
            size
        } else {
            height.clamp(2.0, 200.0)
        };
        // Some pages stand on their head.
        let (above, below) = if upper - baseline >= baseline - lower {
            (ABOVE, BELOW)
        } else {
            (BELOW, ABOVE)
        };
        let glyph = Glyph {
            text: plain(c).to_string(),
            left: corner.0.min(other.0),
            right: corner.0.max(other.0),
            top: baseline + (upper - baseline).max(above.0 * size).min(above.1 * size),
            bottom: baseline - (baseline - lower).max(below.0 * size).min(below.1 * size),
            baseline,
            size,
            spaced,
            order: glyphs.len(),
        };
        spaced = false;
        let edges = [glyph.left, glyph.right, glyph.top, glyph.bottom];
        let sound = edges.iter().chain([&glyph.baseline]).all(|n| n.is_finite());
        if sound {
            glyphs.push(glyph);
        }
    }
    Ok(glyphs)
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

/// A page as the reader sees it: text stands in the page's own space, whose visible part need not
/// begin at 0, 0, before it is turned.
struct Turned {
    rotation: PdfPageRenderRotation,
    left: f32,
    bottom: f32,
    width: f32,
    height: f32,
}

impl Turned {
    fn of(page: &PdfPage<'_>) -> Turned {
        let (left, bottom) = page.boundaries().bounding().map_or((0.0, 0.0), |place| {
            (place.bounds.left().value, place.bounds.bottom().value)
        });
        Turned {
            left,
            bottom,
            rotation: page.rotation().unwrap_or(PdfPageRenderRotation::None),
            width: page.width().value,
            height: page.height().value,
        }
    }

    fn point(&self, x: f32, y: f32) -> (f32, f32) {
        let (x, y) = (x - self.left, y - self.bottom);
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
