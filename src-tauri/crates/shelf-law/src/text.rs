//! The words of a document: a flat list of blocks, each knowing its level, so that outline, path and
//! search units follow from one structure. Never HTML.

use crate::ProvisionId;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// What a block is. The order is the order of nesting: a block belongs to the nearest earlier block
/// of a smaller `depth`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// What is "ban hành kèm theo": it restarts at Điều 1.
    Attachment,
    /// Phụ lục, Mẫu số.
    Appendix,
    /// Phần.
    Part,
    /// Chương.
    Chapter,
    /// Mục.
    Section,
    /// Tiểu mục.
    Subsection,
    /// Điều.
    Article,
    /// Khoản.
    Clause,
    /// Điểm.
    Point,
    /// An item of an administrative outline: `I.`, `1.`, `1.1.`, `a)`, `-`, `+`.
    Item,
    /// A page of an original that has no structure of its own.
    Page,
    /// A subtitle cue of a video or audio piece.
    Cue,
    /// A question of a Q&A piece with its answer.
    Entry,
    /// A paragraph.
    Paragraph,
    /// A table.
    Table,
    /// A line of the header or foot (issuer, motto, place and date, Nơi nhận, signature).
    Furniture,
}

/// Whose provision a block is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The document's own.
    #[default]
    Own,
    /// Quoted from, or to be put into, another document (inside quotation marks of an amending act).
    Quoted,
}

fn is_own(role: &Role) -> bool {
    *role == Role::Own
}

fn is_false(flag: &bool) -> bool {
    !flag
}

/// One block.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub level: Level,
    /// Nesting depth, 0 at the top; set by the grammar, so that readers need no rules.
    pub depth: u8,
    /// Its id, for everything that can be cited or opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<ProvisionId>,
    /// The marker as printed: `Điều 12a.`, `1.`, `đ)`, `-`, `Chương II`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub marker: String,
    /// Its own name as a reader says it: `Điều 12a`, `khoản 2`, `điểm đ`, `Chương II`, `mục 2.4`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// Heading after the marker ("Phạm vi điều chỉnh").
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub heading: String,
    /// Text after marker and heading.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Cells of a table, by rows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<Vec<String>>,
    /// Whose provision it is.
    #[serde(default, skip_serializing_if = "is_own")]
    pub role: Role,
    /// The grammar was not sure of it (a repeated number, a restart without a reason).
    #[serde(default, skip_serializing_if = "is_false")]
    pub doubtful: bool,
    /// Page of the original, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// First and last millisecond of a cue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_ms: Option<(u64, u64)>,
    /// Fields that the source gave for this provision, kept as they were.
    #[serde(default, skip_serializing_if = "serde_json::Map::is_empty")]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl Block {
    /// A block of this level and depth, without words.
    pub fn new(level: Level, depth: u8) -> Block {
        Block {
            level,
            depth,
            id: None,
            marker: String::new(),
            label: String::new(),
            heading: String::new(),
            text: String::new(),
            rows: Vec::new(),
            role: Role::Own,
            doubtful: false,
            page: None,
            time_ms: None,
            extra: serde_json::Map::new(),
        }
    }

    /// A paragraph.
    pub fn paragraph(depth: u8, text: impl Into<String>) -> Block {
        Block {
            text: text.into(),
            ..Block::new(Level::Paragraph, depth)
        }
    }

    /// Whether the block opens a provision or container that others can stand in.
    pub fn is_container(&self) -> bool {
        !matches!(
            self.level,
            Level::Paragraph | Level::Table | Level::Furniture
        )
    }

    /// Everything a reader sees of this block, in order, without its children.
    pub fn line(&self) -> String {
        let mut out = String::new();
        for part in [&self.marker, &self.heading, &self.text] {
            if !part.is_empty() {
                if !out.is_empty() {
                    out.push(' ');
                }
                out.push_str(part);
            }
        }
        for row in &self.rows {
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(&row.join(" | "));
        }
        out
    }
}

/// The words of a document.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct DocumentText {
    /// The blocks in reading order.
    pub blocks: Vec<Block>,
}

/// A unit of search and of reading: an article with all below it, an item of an outline, a page, a
/// cue, or the whole text where there is no such thing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unit {
    /// The blocks it covers.
    pub blocks: Range<usize>,
    /// The provision, or `None` for text that stands outside every provision.
    pub provision: Option<ProvisionId>,
    /// Label and heading, as one line ("Điều 5. Phạm vi").
    pub heading: String,
}

impl DocumentText {
    /// The block that is this provision.
    pub fn find(&self, id: &ProvisionId) -> Option<usize> {
        self.blocks
            .iter()
            .position(|block| block.id.as_ref() == Some(id))
    }

    /// The block at `index` and everything that stands in it.
    pub fn subtree(&self, index: usize) -> Range<usize> {
        let Some(head) = self.blocks.get(index) else {
            return index..index;
        };
        if !head.is_container() {
            return index..index + 1;
        }
        let end = self.blocks[index + 1..]
            .iter()
            .position(|block| block.depth <= head.depth)
            .map_or(self.blocks.len(), |offset| index + 1 + offset);
        index..end
    }

    /// The containers that the block at `index` stands in, outermost first, without itself.
    pub fn ancestors(&self, index: usize) -> Vec<usize> {
        let Some(block) = self.blocks.get(index) else {
            return Vec::new();
        };
        let mut path = Vec::new();
        let mut depth = block.depth;
        // Nothing stands above: looking for it would cost a walk to the start.
        if depth == 0 {
            return path;
        }
        for candidate in (0..index).rev() {
            let above = &self.blocks[candidate];
            if above.is_container() && above.depth < depth {
                depth = above.depth;
                path.push(candidate);
                if depth == 0 {
                    break;
                }
            }
        }
        path.reverse();
        path
    }

    /// How a reader cites the block at `index`, up to the Điều it stands in: `Điều 12a`,
    /// `điểm đ khoản 2 Điều 12`, `điểm a mục 1.1 phần III`.
    pub fn citation_label(&self, index: usize) -> String {
        let Some(block) = self.blocks.get(index) else {
            return String::new();
        };
        let mut label = block.label.clone();
        if block.level == Level::Article {
            return label;
        }
        for above in self.ancestors(index).into_iter().rev() {
            let above = &self.blocks[above];
            let joins = match block.level {
                Level::Clause | Level::Point => {
                    matches!(above.level, Level::Clause | Level::Article)
                }
                Level::Item => above.level == Level::Item,
                _ => false,
            };
            if !joins || above.label.is_empty() {
                break;
            }
            label.push(' ');
            label.push_str(&above.label);
            if above.level == Level::Article {
                break;
            }
        }
        label
    }

    /// The headings above the block at `index`, as one line for display:
    /// `Chương II. Quy định cụ thể › Mục 1`.
    pub fn path_label(&self, index: usize) -> String {
        self.ancestors(index)
            .into_iter()
            .map(|above| &self.blocks[above])
            .filter(|above| !above.label.is_empty())
            .map(|above| match above.heading.is_empty() {
                true => above.label.clone(),
                false => format!("{}. {}", above.label, above.heading),
            })
            .collect::<Vec<_>>()
            .join(" › ")
    }

    /// All words of these blocks, a line each.
    pub fn plain_text(&self, blocks: Range<usize>) -> String {
        let lines: Vec<String> = self.blocks[blocks].iter().map(Block::line).collect();
        lines.join("\n")
    }

    /// The units of search, in reading order; together they cover every block once. An article is
    /// one unit with all below it; in an outline each item down to `1.1.` is one, without the items
    /// inside it that are units themselves; what stands before the first unit, or between
    /// containers, is a unit without a provision.
    pub fn units(&self) -> Vec<Unit> {
        let ranges = self.unit_blocks();
        ranges
            .map(|blocks| {
                let block = &self.blocks[blocks.start];
                let opens = self.unit_end(blocks.start).is_some();
                let heading = [block.marker.as_str(), block.heading.as_str()];
                let heading = heading.into_iter().filter(|part| opens && !part.is_empty());
                Unit {
                    provision: block.id.clone().filter(|_| opens),
                    heading: heading.collect::<Vec<_>>().join(" "),
                    blocks,
                }
            })
            .collect()
    }

    /// The blocks that each of [`DocumentText::units`] covers.
    pub fn unit_blocks(&self) -> impl Iterator<Item = Range<usize>> {
        self.unit_blocks_by(|at| self.blocks[at].id.is_some())
    }

    /// The same for one who knows elsewhere which blocks have an id.
    pub(crate) fn unit_blocks_by(
        &self,
        has_id: impl Fn(usize) -> bool,
    ) -> impl Iterator<Item = Range<usize>> {
        let mut next = 0;
        std::iter::from_fn(move || {
            let start = next;
            if start >= self.blocks.len() {
                return None;
            }
            let opened = self.unit_end(start);
            next = opened.unwrap_or(start + 1);
            // What stands outside every provision is one unit, however many blocks it has.
            if opened.is_none() || !has_id(start) {
                let later = &mut (next..self.blocks.len());
                let unit = later.find(|at| self.unit_end(*at).is_some());
                next = unit.unwrap_or(self.blocks.len());
            }
            Some(start..next)
        })
    }

    /// Where the unit that opens at `index` ends, or `None` when no unit opens there.
    fn unit_end(&self, index: usize) -> Option<usize> {
        let block = &self.blocks[index];
        match block.level {
            Level::Article | Level::Page | Level::Cue | Level::Entry => {
                Some(self.subtree(index).end)
            }
            Level::Item if is_outline_unit(block) => {
                let subtree = self.subtree(index);
                let inner = self.blocks[index + 1..subtree.end]
                    .iter()
                    .position(is_outline_unit);
                Some(inner.map_or(subtree.end, |offset| index + 1 + offset))
            }
            Level::Appendix => {
                let subtree = self.subtree(index);
                let inner = (index + 1..subtree.end).find(|&i| self.unit_end(i).is_some());
                Some(inner.unwrap_or(subtree.end))
            }
            _ => None,
        }
    }
}

/// An item with a heading number (`I.`, `1.`, `1.1.`) is a unit of its own; `a)`, `-` and `+` are not.
fn is_outline_unit(block: &Block) -> bool {
    block.level == Level::Item
        && block.id.is_some()
        && block
            .marker
            .chars()
            .next()
            .is_some_and(|c| c.is_ascii_digit() || c.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(level: Level, depth: u8, id: &str, marker: &str, label: &str) -> Block {
        Block {
            id: (!id.is_empty()).then(|| id.parse().unwrap()),
            marker: marker.into(),
            label: label.into(),
            ..Block::new(level, depth)
        }
    }

    fn decree() -> DocumentText {
        DocumentText {
            blocks: vec![
                Block::paragraph(0, "Căn cứ Luật Đất đai;"),
                block(Level::Chapter, 0, "", "Chương I", "Chương I"),
                block(Level::Article, 1, "dieu_12", "Điều 12.", "Điều 12"),
                block(Level::Clause, 2, "dieu_12.khoan_2", "2.", "khoản 2"),
                block(Level::Point, 3, "dieu_12.khoan_2.diem_dd", "đ)", "điểm đ"),
                block(Level::Article, 1, "dieu_12a", "Điều 12a.", "Điều 12a"),
            ],
        }
    }

    #[test]
    fn a_label_ends_in_the_article_it_stands_in() {
        let text = decree();
        assert_eq!(text.citation_label(4), "điểm đ khoản 2 Điều 12");
        assert_eq!(text.citation_label(5), "Điều 12a");
        assert_eq!(text.path_label(4), "Chương I › Điều 12 › khoản 2");
    }

    #[test]
    fn units_cover_every_block_once_and_an_article_keeps_what_stands_in_it() {
        let text = decree();
        let ranges: Vec<_> = text.units().into_iter().map(|unit| unit.blocks).collect();
        assert_eq!(ranges, [0..2, 2..5, 5..6]);
    }

    #[test]
    fn a_numbered_item_of_an_outline_is_a_unit_without_its_numbered_children() {
        let text = DocumentText {
            blocks: vec![
                block(Level::Item, 0, "phan_3", "III.", "phần III"),
                block(Level::Item, 1, "phan_3.muc_1", "1.", "mục 1"),
                Block::paragraph(2, "…"),
                block(Level::Item, 2, "phan_3.muc_1_1", "1.1.", "mục 1.1"),
                block(Level::Item, 3, "phan_3.muc_1_1.diem_a", "a)", "điểm a"),
                block(Level::Item, 4, "", "-", ""),
            ],
        };
        let ranges: Vec<_> = text.units().into_iter().map(|unit| unit.blocks).collect();
        assert_eq!(ranges, [0..1, 1..3, 3..6]);
        assert_eq!(text.citation_label(4), "điểm a mục 1.1 mục 1 phần III");
    }
}
