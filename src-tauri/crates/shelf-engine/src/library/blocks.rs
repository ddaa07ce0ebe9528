//! The words of a document, window by window.

use super::Library;
use super::effects::{ActEffects, ProvisionState, stands_in};
use super::links::Link;
use super::page::Effect;
use crate::Error;
use shelf_law::{DocumentFile, DocumentId, DocumentText, FieldName, Level, ProvisionId, Role};
use std::ops::Range;

/// Blocks that one call gives at most.
const MOST: usize = 2000;

/// Some blocks of a text.
#[derive(Clone, PartialEq, Debug)]
pub struct PageBlocks {
    /// Index of the first.
    pub from: usize,
    /// The blocks.
    pub blocks: Vec<PageBlock>,
    /// Blocks of the whole text.
    pub total: usize,
}

/// One block as it is read.
#[derive(Clone, PartialEq, Debug)]
pub struct PageBlock {
    /// Its place in the text.
    pub index: usize,
    /// What it is.
    pub level: Level,
    /// Nesting depth, 0 at the top.
    pub depth: u8,
    /// Its id.
    pub id: Option<ProvisionId>,
    /// The marker as printed.
    pub marker: String,
    /// Its own name.
    pub label: String,
    /// Heading after the marker.
    pub heading: String,
    /// Text after marker and heading.
    pub text: String,
    /// Cells of a table.
    pub rows: Vec<Vec<String>>,
    /// Quoted from, or to be put into, another document.
    pub quoted: bool,
    /// The grammar was not sure of it.
    pub doubtful: bool,
    /// Page of the original.
    pub page: Option<u32>,
    /// First and last millisecond of a cue.
    pub time_ms: Option<(u64, u64)>,
    /// BCP 47 code of a language of the highlands (`jra`, `bdq`), where it is known.
    pub lang: Option<&'static str>,
    /// How its provision stands today; of a paragraph, that of the provision it stands in.
    pub state: ProvisionState,
    /// Citations in `text` that lead somewhere, in order.
    pub links: Vec<Link>,
    /// Effects on this very provision, as indexes into those of its page; those on a provision that
    /// the text lacks stand with the Điều or khoản it would stand in.
    pub effects: Vec<usize>,
}

impl Library {
    /// The blocks from `from` on, `count` at most.
    ///
    /// # Errors
    /// [`crate::ErrorCode::NotFound`] for an id that the shelf does not know;
    /// [`crate::ErrorCode::NotOnThisMachine`] and [`crate::ErrorCode::Damaged`] where the text cannot
    /// be read here.
    pub fn blocks(
        &mut self,
        id: &DocumentId,
        from: usize,
        count: usize,
    ) -> Result<PageBlocks, Error> {
        self.prepare_relations();
        let row = self.row_of(id)?;
        let file = self.text_of(&row)?;
        let total = file.text.blocks.len();
        let from = from.min(total);
        let end = from.saturating_add(count.min(MOST)).min(total);
        let known = self.effects_on(&row)?;
        let effects = self.effects_of(&known, Some(&file), None)?;
        Ok(PageBlocks {
            from,
            blocks: self.page_blocks(&file, from..end, &known, &effects)?,
            total,
        })
    }

    pub(crate) fn page_blocks(
        &mut self,
        file: &DocumentFile,
        range: Range<usize>,
        known: &ActEffects,
        effects: &[Effect],
    ) -> Result<Vec<PageBlock>, Error> {
        let language = file.document.fields.value(FieldName::Language);
        let language = language.and_then(language_of);
        let placed = places_of(effects, &file.text);
        let mut links = self.links_in(file, range.clone())?;
        let mut blocks = Vec::with_capacity(range.len());
        for index in range {
            let block = &file.text.blocks[index];
            let provision = provision_at(&file.text, index);
            let own = block
                .extra
                .get("lang")
                .or_else(|| block.extra.get("language"));
            let own = own.and_then(|value| value.as_str());
            blocks.push(PageBlock {
                index,
                level: block.level,
                depth: block.depth,
                id: block.id.clone(),
                marker: block.marker.clone(),
                label: block.label.clone(),
                heading: block.heading.clone(),
                text: block.text.clone(),
                rows: block.rows.clone(),
                quoted: block.role == Role::Quoted,
                doubtful: block.doubtful,
                page: block.page,
                time_ms: block.time_ms,
                lang: match own {
                    Some(own) => language_of(own),
                    None => language,
                },
                state: match provision {
                    Some(id) => known.state_of(Some(id)),
                    None => ProvisionState::NoChangeKnown,
                },
                links: links.next_of(index),
                effects: placed
                    .iter()
                    .filter(|(at, _)| *at == index)
                    .map(|(_, effect)| *effect)
                    .collect(),
            });
        }
        Ok(blocks)
    }
}

/// The provision that a block is, or stands in.
pub(crate) fn provision_at(text: &DocumentText, index: usize) -> Option<&ProvisionId> {
    if let Some(id) = &text.blocks[index].id {
        return Some(id);
    }
    let above = text.ancestors(index);
    above
        .into_iter()
        .rev()
        .find_map(|above| text.blocks[above].id.as_ref())
}

/// At which block each effect stands.
fn places_of(effects: &[Effect], text: &DocumentText) -> Vec<(usize, usize)> {
    let mut placed = Vec::new();
    for (number, effect) in effects.iter().enumerate() {
        let Some(target) = &effect.provision else {
            continue;
        };
        // The deepest one that is, or holds, the provision named; a whole regulation holds too much.
        let mut best: Option<(usize, usize)> = None;
        for (index, block) in text.blocks.iter().enumerate() {
            let Some(id) = &block.id else {
                continue;
            };
            let holds = id == target
                || stands_in(target, id) && matches!(block.level, Level::Article | Level::Clause);
            let length = id.as_str().len();
            if holds && best.is_none_or(|(_, known)| length > known) {
                best = Some((index, length));
            }
        }
        placed.extend(best.map(|(index, _)| (index, number)));
    }
    placed
}

/// The code of a language that a document names, where it is one that letters and voices differ for.
fn language_of(wording: &str) -> Option<&'static str> {
    let wording = wording.trim().to_lowercase();
    let wording = wording.strip_prefix("tiếng ").unwrap_or(&wording);
    match wording {
        "jra" | "jarai" | "jrai" | "gia rai" | "gia-rai" | "j'rai" => Some("jra"),
        "bdq" | "bahnar" | "ba na" | "ba-na" | "bana" | "banar" => Some("bdq"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::language_of;

    #[test]
    fn the_languages_of_the_highlands_are_known_by_their_names() {
        assert_eq!(language_of("Tiếng Jrai"), Some("jra"));
        assert_eq!(language_of("Ba Na"), Some("bdq"));
        assert_eq!(language_of("vi"), None);
    }
}
