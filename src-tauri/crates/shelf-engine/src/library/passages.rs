//! What is shown of found places: a passage, its heading, its page.

use super::search::{Found, Place};
use super::texts::structure;
use super::{HitProvision, Library};
use crate::parallel::each_of;
use crate::{Error, ErrorCode};
use shelf_law::{DocumentText, Level, ProvisionId, Structure};
use shelf_repo::ObjectRow;
use shelf_search::{Query, Weights, snippet};
use std::ops::Range;
use std::sync::Arc;

/// What is shown of a found place.
#[derive(Default)]
pub(super) struct ShownPlace {
    pub(super) provision: Option<HitProvision>,
    /// Its own name and heading; empty where it has none.
    pub(super) heading: String,
    /// The headings above it.
    pub(super) above: String,
    pub(super) page: Option<u32>,
    pub(super) time_ms: Option<u64>,
    pub(super) snippet: String,
    pub(super) marks: Vec<(usize, usize)>,
}

/// The found places of one document, whose text is read once for all of them.
struct Reading<'f> {
    objects: &'f ObjectRow,
    places: Vec<usize>,
    /// Its JSON, where it is kept from before.
    kept: Option<Arc<Vec<u8>>>,
}

impl Library {
    /// Reads the words of found places. A text that is damaged or not here does not hide that the
    /// document was found: then there are none.
    pub(super) fn shown(
        &mut self,
        found: &[Found],
        query: &Query,
        weights: &Weights,
    ) -> Vec<ShownPlace> {
        let mut readings: Vec<Reading<'_>> = Vec::new();
        for (place, one) in found.iter().enumerate() {
            let Some(objects) = &one.row.objects else {
                continue;
            };
            let same = |reading: &&mut Reading<'_>| reading.objects.id == objects.id;
            match readings.iter_mut().find(same) {
                Some(reading) => reading.places.push(place),
                None => readings.push(Reading {
                    objects,
                    places: vec![place],
                    kept: self.texts.kept_json(objects),
                }),
            }
        }
        // Of a text that came after the index was made.
        let headings: Vec<Option<ProvisionId>> = found
            .iter()
            .map(|one| self.provision_of_heading(one))
            .collect();
        let texts = &self.texts;
        let read = each_of(&readings, |reading| {
            let json = match &reading.kept {
                Some(json) => Arc::clone(json),
                None => texts.read_json(reading.objects)?,
            };
            let shown = reading.read(&json, found, &headings, query, weights);
            Ok::<_, Error>((json, shown))
        });
        let mut shown: Vec<Option<ShownPlace>> = found.iter().map(|_| None).collect();
        for (reading, read) in readings.iter().zip(read) {
            match read {
                Ok((json, places)) => {
                    self.texts.keep_json(reading.objects, json);
                    for (place, one) in reading.places.iter().zip(places) {
                        shown[*place] = one;
                    }
                }
                Err(error) if error.code == ErrorCode::Damaged => self.note_damage(),
                Err(_) => (),
            }
        }
        let shown = shown.into_iter().zip(found);
        shown
            .map(|(shown, one)| shown.unwrap_or_else(|| self.shown_by_heading(one, query, weights)))
            .collect()
    }
}

impl Reading<'_> {
    /// What is shown of each place; nothing where the text is not that of the document.
    fn read(
        &self,
        json: &[u8],
        found: &[Found],
        headings: &[Option<ProvisionId>],
        query: &Query,
        weights: &Weights,
    ) -> Vec<Option<ShownPlace>> {
        let Some(mut structure) = structure(json, &self.objects.id) else {
            return Vec::new();
        };
        let places = self.places.iter().map(|place| {
            let (place, heading) = (&found[*place].place, &headings[*place]);
            let blocks = blocks_of(&structure, place, heading.as_ref());
            let words = match place {
                Place::Whole => opening(structure.text()),
                _ => blocks.clone(),
            };
            structure.fill(words.clone()).ok()?;
            let text = structure.text();
            let mut shown = ShownPlace::default();
            if let Some(first) = text.blocks.get(blocks.start).filter(|_| !blocks.is_empty()) {
                shown.page = first.page;
                shown.time_ms = first.time_ms.map(|(from, _)| from);
                if !matches!(place, Place::Whole) {
                    shown.provision = provision_of(text, blocks.start);
                    shown.heading = heading_of(text, blocks.start);
                    shown.above = text.path_label(blocks.start);
                }
            }
            let snippet = snippet(&text.plain_text(words), query, &|term| weights.get(term));
            shown.snippet = snippet.text;
            shown.marks = snippet.marks;
            Some(shown)
        });
        places.collect()
    }
}

/// The blocks of a found place; none where the text has no such place.
fn blocks_of(
    structure: &Structure<'_>,
    place: &Place,
    heading: Option<&ProvisionId>,
) -> Range<usize> {
    let of_provision = |id: &ProvisionId| match structure.find(id) {
        Some(index) => structure.text().subtree(index),
        None => 0..0,
    };
    match place {
        Place::Whole => 0..structure.text().blocks.len(),
        Place::Provision(id) => of_provision(id),
        Place::Heading(_) => heading.map_or(0..0, of_provision),
        Place::Unit(ordinal) => structure
            .unit_blocks()
            .nth(*ordinal as usize)
            .unwrap_or(0..0),
    }
}

/// The line that names the block at `index`: `Điều 138. Cấp Giấy chứng nhận …`, and for a khoản or
/// điểm, which have no heading, that of the Điều it stands in.
pub(super) fn heading_of(text: &DocumentText, index: usize) -> String {
    let Some(block) = text
        .blocks
        .get(index)
        .filter(|block| !block.label.is_empty())
    else {
        return String::new();
    };
    let label = text.citation_label(index);
    let above = text.ancestors(index).into_iter().rev();
    let inside = matches!(block.level, Level::Clause | Level::Point);
    let headings = std::iter::once(index).chain(above.filter(|_| inside));
    let mut headings = headings.map(|at| &text.blocks[at].heading);
    match headings.find(|heading| !heading.is_empty()) {
        Some(heading) => format!("{label}. {heading}"),
        None => label,
    }
}

/// The provision that a hit at block `index` names: the block's own, or the nearest above it.
pub(super) fn provision_of(text: &DocumentText, index: usize) -> Option<HitProvision> {
    let own = text.blocks[index].id.is_some().then_some(index);
    let index = own.or_else(|| {
        text.ancestors(index)
            .into_iter()
            .rev()
            .find(|&above| text.blocks[above].id.is_some())
    })?;
    let block = &text.blocks[index];
    let mut path = text.path_label(index);
    if !block.heading.is_empty() {
        let own = format!("{}. {}", block.label, block.heading);
        path = if path.is_empty() {
            own
        } else {
            format!("{path} › {own}")
        };
    }
    Some(HitProvision {
        id: block.id.clone()?,
        label: text.citation_label(index),
        path,
    })
}

/// The blocks that show what a document is about: from its first own words on.
pub(super) fn opening(text: &DocumentText) -> std::ops::Range<usize> {
    let first = text
        .blocks
        .iter()
        .position(|block| block.level != Level::Furniture)
        .unwrap_or(0);
    first..text.blocks.len().min(first + 40)
}
