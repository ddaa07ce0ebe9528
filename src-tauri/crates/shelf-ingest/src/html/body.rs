//! Which element of a page is the document.
//!
//! Every stretch of words between two line breaks earns points for its length when it reads like
//! running text or like a line of a legal text, and none when it is a link or a short label. From
//! the root the way goes down as long as one child holds nearly all points.

use super::{is_block, is_hidden, is_silent, tag};
use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::{Html, Node};
use std::collections::HashMap;

/// A stretch shorter than this is a label unless it looks legal.
const RUNNING: usize = 40;
/// What a line that looks legal earns beside its length.
const LEGAL: usize = 60;
/// A page below this holds no document; where no line looks legal, it takes more.
const ENOUGH: usize = 200;
const ENOUGH_PROSE: usize = 800;

/// The element that holds the document.
pub(super) fn find(page: &Html) -> Option<NodeRef<'_, Node>> {
    // The words may stand in a tab that was not on top when the page was saved.
    [false, true]
        .into_iter()
        .find_map(|hidden| find_among(page, hidden))
}

fn find_among(page: &Html, hidden: bool) -> Option<NodeRef<'_, Node>> {
    let (points, legal) = points(page, hidden);
    let of = |node: NodeRef<'_, Node>| points.get(&node.id()).copied().unwrap_or(0);
    let mut node = page.tree.root();
    let enough = if legal { ENOUGH } else { ENOUGH_PROSE };
    if of(node) < enough {
        return None;
    }
    while let Some(child) = node.children().max_by_key(|child| of(*child)) {
        if of(child) * 5 < of(node) * 4 {
            break;
        }
        node = child;
    }
    // Rows and cells make sense only in their table.
    while matches!(tag(node), "tr" | "tbody" | "thead" | "tfoot" | "") || !is_block(tag(node)) {
        node = node.parent()?;
    }
    Some(with_header(node, &points))
}

/// The nearest ancestor that adds a header or foot and little else.
fn with_header<'a>(node: NodeRef<'a, Node>, points: &HashMap<NodeId, usize>) -> NodeRef<'a, Node> {
    let marks = |node: NodeRef<'_, Node>| {
        let text = super::text(node);
        [
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA",
            "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA",
            "Số:",
            "Nơi nhận",
        ]
        .iter()
        .filter(|mark| text.contains(*mark))
        .count()
    };
    let of = |node: NodeRef<'_, Node>| points.get(&node.id()).copied().unwrap_or(0);
    let mut best = node;
    let mut found = marks(node);
    for above in node.ancestors().take(4) {
        if of(above) * 4 > of(node) * 5 || matches!(tag(above), "body" | "html" | "") {
            break;
        }
        let more = marks(above);
        if more > found {
            (best, found) = (above, more);
        }
    }
    best
}

/// The points of every element, those of its children counted in, and whether any line looks legal.
fn points(page: &Html, hidden: bool) -> (HashMap<NodeId, usize>, bool) {
    let mut points: HashMap<NodeId, usize> = HashMap::new();
    let mut silent = 0usize;
    let mut linked = 0usize;
    let mut legal = false;
    let mut stretch = String::new();
    let mut totals: Vec<(NodeId, usize)> = vec![(page.tree.root().id(), 0)];
    for edge in page.tree.root().traverse() {
        match edge {
            Edge::Open(node) => {
                let name = tag(node);
                if let Node::Text(text) = node.value() {
                    if silent == 0 && linked == 0 {
                        stretch.push_str(text);
                    }
                    continue;
                }
                if is_silent(name) || name == "nav" || (!hidden && is_hidden(node)) {
                    silent += 1;
                }
                linked += usize::from(is_link(node));
                if is_block(name) {
                    legal |= settle(&mut stretch, &mut totals);
                }
                totals.push((node.id(), 0));
            }
            Edge::Close(node) => {
                if node.value().is_text() {
                    continue;
                }
                let name = tag(node);
                if is_block(name) {
                    legal |= settle(&mut stretch, &mut totals);
                }
                if is_silent(name) || name == "nav" || (!hidden && is_hidden(node)) {
                    silent -= 1;
                }
                linked -= usize::from(is_link(node));
                if totals.len() > 1
                    && let Some((id, total)) = totals.pop()
                {
                    points.insert(id, total);
                    if let Some((_, above)) = totals.last_mut() {
                        *above += total;
                    }
                }
            }
        }
    }
    if let Some((id, total)) = totals.first() {
        points.insert(*id, *total);
    }
    (points, legal)
}

/// Gives the stretch its points; `true` where it looks legal.
fn settle(stretch: &mut String, totals: &mut [(NodeId, usize)]) -> bool {
    let legal = looks_legal(stretch.trim());
    if let Some((_, total)) = totals.last_mut() {
        *total += worth(stretch, legal);
    }
    stretch.clear();
    legal
}

fn is_link(node: NodeRef<'_, Node>) -> bool {
    node.value()
        .as_element()
        .is_some_and(|element| element.name() == "a" && element.attr("href").is_some())
}

/// The points of a stretch. A translation beside the text earns none.
fn worth(stretch: &str, legal: bool) -> usize {
    let marked = stretch
        .chars()
        .filter(|c| !c.is_ascii() && c.is_alphabetic());
    let letters = stretch.chars().filter(|c| c.is_alphabetic()).count();
    if marked.count() * 20 < letters {
        return 0;
    }
    let length = stretch
        .split_whitespace()
        .map(|word| word.chars().count() + 1)
        .sum();
    if length == 0 {
        0
    } else if legal {
        LEGAL + length
    } else if length >= RUNNING {
        length
    } else {
        0
    }
}

/// Lines that stand in legal texts: basis, motto, clauses with some words, numbered articles with text.
fn looks_legal(stretch: &str) -> bool {
    let start = |word: &str| stretch.starts_with(word);
    let long = stretch.chars().nth(RUNNING).is_some();
    let numbered = || {
        let marker: String = stretch.chars().take_while(|c| !c.is_whitespace()).collect();
        matches!(marker.chars().last(), Some('.' | ')')) && marker.chars().count() <= 5
    };
    start("CỘNG HÒA XÃ HỘI")
        || start("CỘNG HOÀ XÃ HỘI")
        || start("Số:")
        || start("Nơi nhận")
        || (long && (start("Căn cứ") || start("Điều ") || numbered()))
}
