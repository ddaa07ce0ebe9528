//! Blocks with ids that are unique in their document.

use super::line::{Line, longer_than};
use crate::{Block, Level, ProvisionId, Role};
use std::collections::{HashMap, HashSet};

/// The deepest block. Deeper items are flattened to it.
const DEEPEST: usize = 250;

/// The blocks made so far.
#[derive(Default)]
pub(super) struct Builder {
    pub(super) blocks: Vec<Block>,
    ids: HashSet<String>,
    /// The last ordinal that a repeated id was given.
    ordinals: HashMap<String, u32>,
}

impl Builder {
    /// An id below `parent`; a second one of the same name gets an ordinal (`dieu_5_2`). The flag
    /// says that it had to. `None` only where the path grew beyond what an id may hold.
    pub(super) fn id(
        &mut self,
        parent: Option<&ProvisionId>,
        segment: &str,
    ) -> (Option<ProvisionId>, bool) {
        let Ok(first) = ProvisionId::child(parent, segment) else {
            return (None, true);
        };
        if self.ids.insert(first.to_string()) {
            return (Some(first), false);
        }
        let mut ordinal = self.ordinals.get(first.as_str()).map_or(2, |last| last + 1);
        loop {
            let Ok(next) = ProvisionId::child(parent, &format!("{segment}_{ordinal}")) else {
                return (None, true);
            };
            if self.ids.insert(next.to_string()) {
                self.ordinals.insert(first.to_string(), ordinal);
                return (Some(next), true);
            }
            ordinal += 1;
        }
    }

    /// Adds a block at this depth and gives its index.
    pub(super) fn push(&mut self, mut block: Block, depth: usize) -> usize {
        block.depth = u8::try_from(depth.min(DEEPEST)).unwrap_or(u8::MAX);
        self.blocks.push(block);
        self.blocks.len() - 1
    }

    /// Adds the line as a paragraph or table.
    pub(super) fn line(&mut self, line: &Line, depth: usize, role: Role) {
        let block = if line.is_table() {
            Block {
                rows: line.rows.clone(),
                ..Block::new(Level::Table, 0)
            }
        } else {
            Block::paragraph(0, words(&line.text))
        };
        let block = Block {
            role,
            page: line.page,
            extra: line.extra(),
            ..block
        };
        self.push(block, depth);
    }

    /// Adds the line as furniture; a line that only draws is left out.
    pub(super) fn furniture(&mut self, line: &Line, depth: usize) {
        if line.is_table() {
            self.line(line, depth, Role::Own);
        } else if !super::line::is_rule(&line.text) {
            let block = Block {
                text: words(&line.text),
                page: line.page,
                extra: line.extra(),
                ..Block::new(Level::Furniture, 0)
            };
            self.push(block, depth);
        }
    }
}

/// A line's words; cells that a tab kept apart stand apart by a space.
pub(super) fn words(text: &str) -> String {
    text.replace('\t', " ")
}

/// Whether what follows a marker is a heading: it ends no sentence and is short enough to be one.
pub(super) fn is_heading(text: &str) -> bool {
    let text = text.trim_end();
    !text.is_empty()
        && !longer_than(text, 300)
        && !text
            .trim_end_matches(['”', '"'])
            .ends_with(['.', ';', ':', ',', '/', '!', '?'])
}
