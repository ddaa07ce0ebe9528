//! The outline of a page: the parts of a document down to the Điều.

use super::effects::{ActEffects, ProvisionState};
use shelf_law::{DocumentText, Level, ProvisionId, Role};
use shelf_repo::HeadingRow;

/// One part of the outline.
#[derive(Clone, PartialEq, Debug)]
pub struct PageNode {
    /// Its id; chapters have none.
    pub id: Option<ProvisionId>,
    /// What it is.
    pub level: Level,
    /// Its name.
    pub label: String,
    /// Its heading.
    pub heading: String,
    /// How it stands today.
    pub state: ProvisionState,
    /// Where it begins.
    pub block: usize,
    /// The structure was not certain here.
    pub doubtful: bool,
    /// What stands in it.
    pub children: Vec<PageNode>,
}

/// The tree of what can be opened, in reading order.
pub(super) fn outline(text: &DocumentText, effects: &ActEffects) -> Vec<PageNode> {
    let mut tree = Tree::default();
    for (index, block) in text.blocks.iter().enumerate() {
        let named = || block.id.as_ref().is_some_and(|id| effects.name(id));
        let shown = block.is_container()
            && block.role == Role::Own
            && match block.level {
                Level::Clause | Level::Point => named(),
                _ => !(block.label.is_empty() && block.heading.is_empty()),
            };
        if shown {
            tree.put(
                block.depth,
                PageNode {
                    id: block.id.clone(),
                    level: block.level,
                    label: block.label.clone(),
                    heading: block.heading.clone(),
                    state: match &block.id {
                        Some(id) => effects.state_of(Some(id)),
                        None => ProvisionState::NoChangeKnown,
                    },
                    block: index,
                    doubtful: block.doubtful,
                    children: Vec::new(),
                },
            );
        }
    }
    tree.finish()
}

/// The same from the headings alone: a list, as the catalogue knows no chapters.
pub(super) fn outline_of_headings(row: &HeadingRow, effects: &ActEffects) -> Vec<PageNode> {
    let node = |(id, heading): &(ProvisionId, String)| PageNode {
        level: level_of(id),
        label: String::new(),
        heading: heading.clone(),
        state: effects.state_of(Some(id)),
        block: 0,
        doubtful: false,
        children: Vec::new(),
        id: Some(id.clone()),
    };
    row.headings.iter().map(node).collect()
}

fn level_of(id: &ProvisionId) -> Level {
    let last = id.as_str().rsplit('.').next().unwrap_or_default();
    match last.split('_').next().unwrap_or_default() {
        "dieu" => Level::Article,
        "phuluc" | "mau" => Level::Appendix,
        "kemtheo" => Level::Attachment,
        _ => Level::Item,
    }
}

/// A tree that grows in reading order.
#[derive(Default)]
struct Tree {
    open: Vec<(u8, PageNode)>,
    top: Vec<PageNode>,
}

impl Tree {
    fn put(&mut self, depth: u8, node: PageNode) {
        while self.open.last().is_some_and(|(above, _)| *above >= depth) {
            self.close();
        }
        self.open.push((depth, node));
    }

    fn close(&mut self) {
        if let Some((_, node)) = self.open.pop() {
            match self.open.last_mut() {
                Some((_, parent)) => parent.children.push(node),
                None => self.top.push(node),
            }
        }
    }

    fn finish(mut self) -> Vec<PageNode> {
        while !self.open.is_empty() {
            self.close();
        }
        self.top
    }
}
