//! What a page says about its document beside the text: labels with values, a badge of validity.

use super::{is_block, is_silent, tag};
use crate::Column;
use crate::claims::Claims;
use crate::words::one_line;
use ego_tree::NodeRef;
use ego_tree::iter::Edge;
use scraper::{Html, Node};
use shelf_law::{FieldName, ValidityState};

/// Labels are short; values are no texts.
const LONGEST_LABEL: usize = 30;
const LONGEST_VALUE: usize = 200;
/// Fields that pages label. The labels of other columns stand in menus and filters.
const LABELLED: [FieldName; 13] = [
    FieldName::Number,
    FieldName::Kind,
    FieldName::Issuer,
    FieldName::Issued,
    FieldName::Effective,
    FieldName::Expires,
    FieldName::Status,
    FieldName::StatusAsOf,
    FieldName::Signer,
    FieldName::SignerTitle,
    FieldName::GazetteDate,
    FieldName::GazetteNumber,
    FieldName::Topic,
];

/// The claims of a page. A field that it labels with two different values is not taken: one of them
/// belongs to another document.
pub(super) fn read(page: &Html, body: Option<NodeRef<'_, Node>>) -> Claims {
    let stretches = stretches(page, body);
    let mut found: Vec<(FieldName, String, bool)> = Vec::new();
    for pair in stretches.windows(2) {
        let [(label, linked), (value, _)] = pair else {
            continue;
        };
        // A label that is a link leads to a list of documents.
        let Some(name) = label_of(label).filter(|_| !linked) else {
            continue;
        };
        let length = value.chars().count();
        if length <= LONGEST_VALUE && label_of(value).is_none() && readable(name, value) {
            add(&mut found, name, value);
        }
    }
    if !found.iter().any(|(name, ..)| *name == FieldName::Status) {
        for (stretch, _) in stretches.iter().filter(|(_, linked)| !linked) {
            let state = ValidityState::from_wording(stretch);
            if state.is_some_and(|state| state != ValidityState::Unknown) {
                add(&mut found, FieldName::Status, stretch);
            }
        }
    }
    let has_status = found
        .iter()
        .any(|(name, _, unsure)| *name == FieldName::Status && !unsure);
    let mut claims = Claims::default();
    for (name, value, unsure) in found {
        let lonely = name == FieldName::StatusAsOf && !has_status;
        if !unsure && !lonely {
            claims.put(Column::Field(name), &value);
        }
    }
    claims
}

fn add(found: &mut Vec<(FieldName, String, bool)>, name: FieldName, value: &str) {
    match found.iter_mut().find(|(known, ..)| *known == name) {
        Some((_, old, unsure)) => *unsure |= old.to_lowercase() != value.to_lowercase(),
        None => found.push((name, value.to_string(), false)),
    }
}

fn label_of(stretch: &str) -> Option<FieldName> {
    if stretch.chars().count() > LONGEST_LABEL {
        return None;
    }
    let label = stretch.trim_end_matches([':', ' ']);
    if label.eq_ignore_ascii_case("ngày cập nhật") || label == "NGÀY CẬP NHẬT" {
        return Some(FieldName::StatusAsOf);
    }
    match Column::from_name(label)? {
        Column::Field(name) if LABELLED.contains(&name) => Some(name),
        _ => None,
    }
}

/// Whether the value can be one: pages print "Đã biết" or "--" where they hide or lack it.
fn readable(name: FieldName, value: &str) -> bool {
    let mut trial = Claims::default();
    trial.put(Column::Field(name), value);
    let names_nothing = !value.chars().any(char::is_alphanumeric)
        || ["đã biết", "đang cập nhật"].contains(&value.to_lowercase().as_str());
    trial.problems.is_empty() && trial.fields.value(name).is_some() && !names_nothing
}

/// The words of the page outside the document and its menus, cut at elements; the flag says that
/// they are a link.
fn stretches(page: &Html, body: Option<NodeRef<'_, Node>>) -> Vec<(String, bool)> {
    let mut out = Vec::new();
    let mut skip = 0usize;
    let is_skipped = |node: NodeRef<'_, Node>| {
        is_silent(tag(node))
            || matches!(tag(node), "nav" | "title")
            || body.is_some_and(|body| body.id() == node.id())
    };
    let mut stretch = String::new();
    let mut linked = false;
    let mut end = |stretch: &mut String, linked: bool| {
        let text = one_line(stretch);
        if !text.is_empty() {
            out.push((text, linked));
        }
        stretch.clear();
    };
    for edge in page.tree.root().traverse() {
        match edge {
            Edge::Open(node) => {
                if let Node::Text(text) = node.value() {
                    if skip == 0 {
                        stretch.push_str(text);
                    }
                    continue;
                }
                skip += usize::from(is_skipped(node));
                if is_block(tag(node)) || cuts(node) {
                    end(&mut stretch, linked);
                }
                linked |= tag(node) == "a";
            }
            Edge::Close(node) => {
                if node.value().is_text() {
                    continue;
                }
                skip -= usize::from(is_skipped(node));
                if is_block(tag(node)) || cuts(node) {
                    end(&mut stretch, linked);
                }
                linked &= tag(node) != "a";
            }
        }
    }
    end(&mut stretch, false);
    out
}

/// Elements that set a label apart from its value within a line.
fn cuts(node: NodeRef<'_, Node>) -> bool {
    matches!(
        tag(node),
        "span" | "b" | "strong" | "label" | "em" | "i" | "a"
    )
}
