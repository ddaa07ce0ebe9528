//! Places in one document: where a typed place lies, and a place shown beside the page that names it.

use super::Library;
use super::blocks::PageBlock;
use super::line::DocumentLine;
use super::page::{Effect, place_words};
use crate::Error;
use shelf_law::citation::parse_query;
use shelf_law::{DocumentId, DocumentText, Level, ProvisionId};

/// Characters after which what is shown beside a page is cut.
const POPOVER_CHARS: usize = 1200;

/// A provision shown beside the page that names it.
#[derive(Clone, PartialEq, Debug)]
pub struct Popover {
    /// Its document.
    pub line: DocumentLine,
    /// The provision, and how a reader cites it; `None` for a document as a whole.
    pub provision: Option<(ProvisionId, String)>,
    /// Its heading, or that of the Điều that it stands in; the title of a whole document.
    pub heading: String,
    /// Its words, about 1,200 characters; none where they are not here.
    pub blocks: Vec<PageBlock>,
    /// The words with which one cites it.
    pub citation: String,
    /// What was done to it.
    pub affected: Vec<Effect>,
    /// There is more.
    pub cut: bool,
}

impl Library {
    /// A provision as it is shown beside the page that names it; for a document as a whole, its first
    /// own words.
    ///
    /// # Errors
    /// [`crate::ErrorCode::NotFound`] for a document that the shelf does not know or a provision that it has
    /// not.
    pub fn popover(
        &mut self,
        id: &DocumentId,
        provision: Option<&ProvisionId>,
    ) -> Result<Popover, Error> {
        self.prepare_relations();
        let row = self.row_of(id)?;
        let (file, _) = self.text_or_reason(&row)?;
        let citation = match &file {
            Some(_) => self.citation(id, provision)?,
            None => self.citation_words(&row, None, provision)?,
        };
        let known = self.effects_on(&row)?;
        let headings = self.catalog.headings(id)?;
        let effects = self.effects_of(&known, file.as_deref(), headings.as_ref())?;
        let place = provision.map(|provision| {
            let text = file.as_ref().map(|file| &file.text);
            place_words(provision, text, headings.as_ref())
        });
        let mut blocks = Vec::new();
        let mut cut = false;
        if let Some(file) = &file {
            let text = &file.text;
            let range = match provision.and_then(|provision| text.find(provision)) {
                Some(at) => text.subtree(at),
                None => first_words(text)..text.blocks.len(),
            };
            let mut end = range.start;
            let mut chars = 0;
            while end < range.end && (chars < POPOVER_CHARS || end == range.start) {
                let block = &text.blocks[end];
                let cells = block.rows.iter().flatten().map(String::len).sum::<usize>();
                chars += block.text.chars().count() + block.heading.chars().count() + cells;
                end += 1;
            }
            // One that overflows by far is left to the page itself.
            if chars > 2 * POPOVER_CHARS && end > range.start + 1 {
                end -= 1;
            }
            cut = end < range.end;
            blocks = self.page_blocks(file, range.start..end, &known, &effects)?;
        }
        let affected = effects
            .iter()
            .filter(|effect| match (&effect.provision, provision) {
                (Some(target), Some(asked)) => {
                    target == asked
                        || super::effects::stands_in(target, asked)
                        || super::effects::stands_in(asked, target)
                }
                _ => true,
            })
            .cloned()
            .collect();
        let heading = match &place {
            Some((.., heading)) => heading.clone(),
            None => row.browse.title.clone(),
        };
        Ok(Popover {
            line: self.line_with_basis(row)?,
            provision: provision.cloned().zip(place.map(|(_, label, _)| label)),
            heading,
            blocks,
            citation,
            affected,
            cut,
        })
    }

    /// The provision of a document that a few typed letters name: `k2 d8`, `d136 k1`, `điểm đ khoản 1
    /// điều 12`, `12a`. In the act itself, else in what was issued with it.
    ///
    /// # Errors
    /// As [`Library::blocks`].
    pub fn jump(&mut self, id: &DocumentId, typed: &str) -> Result<Option<ProvisionId>, Error> {
        let row = self.row_of(id)?;
        let file = self.text_of(&row)?;
        Ok(jump(&file.text, typed))
    }
}

fn jump(text: &DocumentText, typed: &str) -> Option<ProvisionId> {
    let typed = typed.trim();
    if typed.is_empty() || typed.chars().count() > 100 {
        return None;
    }
    if let Ok(id) = typed.parse::<ProvisionId>()
        && text.find(&id).is_some()
    {
        return Some(id);
    }
    // A bare number or `d8` is a Điều here: there is nothing else that it could ask for.
    let bare = typed.trim_start_matches(['d', 'D', 'đ', 'Đ']).trim_start();
    let is_number = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_digit())
            && text.chars().count() <= 5
            && text.chars().all(char::is_alphanumeric)
    };
    let spelt = match is_number(bare) {
        true => format!("Điều {bare}"),
        false => typed.to_string(),
    };
    // With an act named, every place is a citation, also one that a question might be about.
    let in_an_act = || parse_query(&format!("{spelt} Nghị định số 1/2000/NĐ-CP"));
    let candidates = parse_query(&spelt)
        .filter(|citation| citation.provision.is_some())
        .or_else(in_an_act)
        .map(|citation| citation.provision_candidates())
        .unwrap_or_default();
    let depth = |id: &ProvisionId| id.as_str().split('.').count();
    if let Some(deepest) = candidates.first().map(depth) {
        let readings: Vec<&ProvisionId> = candidates
            .iter()
            .filter(|id| depth(id) == deepest)
            .collect();
        let own = readings.iter().find(|id| text.find(id).is_some());
        let found = own
            .map(|id| (*id).clone())
            .or_else(|| within(text, &readings));
        if found.is_some() {
            return found;
        }
    }
    // An item of an outline by its number alone: `2.4`, `III`.
    let number = typed.trim_end_matches('.').replace('.', "_");
    let item = format!("muc_{number}").parse().ok();
    let item: Vec<ProvisionId> = item.into_iter().collect();
    within(text, &item.iter().collect::<Vec<_>>())
        .or_else(|| item.into_iter().find(|id| text.find(id).is_some()))
}

/// The first provision whose id ends in one of these, within a part of the document.
fn within(text: &DocumentText, readings: &[&ProvisionId]) -> Option<ProvisionId> {
    let ends = |id: &&ProvisionId| {
        readings.iter().any(|wanted| {
            id.as_str()
                .strip_suffix(wanted.as_str())
                .is_some_and(|outer| {
                    let outer = outer.trim_end_matches('.');
                    !outer.contains("dieu_")
                        && outer.len() < id.as_str().len()
                        && id.as_str()[outer.len()..].starts_with('.')
                })
        })
    };
    let ids = text.blocks.iter().filter_map(|block| block.id.as_ref());
    ids.filter(|id| id.as_str().contains('.'))
        .find(ends)
        .cloned()
}

/// Where a document's own words begin.
fn first_words(text: &DocumentText) -> usize {
    let own = |level: Level| level != Level::Furniture;
    text.blocks
        .iter()
        .position(|block| own(block.level))
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use shelf_law::Block;

    fn text(ids: &[&str]) -> DocumentText {
        DocumentText {
            blocks: ids
                .iter()
                .map(|id| Block {
                    id: id.parse().ok(),
                    ..Block::new(Level::Article, 0)
                })
                .collect(),
        }
    }

    #[test]
    fn a_few_letters_name_a_provision_of_the_open_document() {
        let text = text(&[
            "dieu_8",
            "dieu_8.khoan_2",
            "dieu_12a",
            "dieu_12.khoan_1.diem_dd",
            "kemtheo_1.dieu_40",
            "phan_3.muc_2_4",
        ]);
        for (typed, wanted) in [
            ("k2 d8", Some("dieu_8.khoan_2")),
            ("d8 k2", Some("dieu_8.khoan_2")),
            ("d8", Some("dieu_8")),
            ("8", Some("dieu_8")),
            ("điểm đ khoản 1 điều 12", Some("dieu_12.khoan_1.diem_dd")),
            ("12a", Some("dieu_12a")),
            ("D12A", Some("dieu_12a")),
            ("điều 40", Some("kemtheo_1.dieu_40")),
            ("mục 2.4", Some("phan_3.muc_2_4")),
            ("2.4", Some("phan_3.muc_2_4")),
            ("k9 d8", None),
            ("99", None),
            ("xin chào", None),
        ] {
            assert_eq!(
                jump(&text, typed).as_ref().map(ProvisionId::as_str),
                wanted,
                "{typed}"
            );
        }
    }
}
