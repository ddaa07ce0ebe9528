//! Saved web pages: the document is taken out of what the site put around it.

mod body;
mod facts;
mod flow;

use crate::draft::Draft;
use crate::encoding::decode;
use crate::{Reason, words};
use ego_tree::NodeRef;
use scraper::{Html, Node};
use shelf_law::FieldName;

/// Reads a page.
pub(crate) fn read(bytes: &[u8]) -> Result<Draft, Reason> {
    let decoded = decode(bytes)?;
    let page = Html::parse_document(&decoded.text);
    let body = body::find(&page);
    let mut claims = facts::read(&page, body);
    let heading = heading(&page);
    let mut doubts: Vec<String> = decoded.doubt.into_iter().collect();
    let pieces = match body {
        Some(body) => flow::pieces(body),
        None if claims.fields.value(FieldName::Number).is_some() => {
            doubts.push("trang lưu không có toàn văn".to_string());
            Vec::new()
        }
        None => return Err(Reason::NoWords),
    };
    // Problems of a page's own labels are no business of a person: the page was not written for us.
    claims.problems.clear();
    Ok(Draft {
        pieces,
        claims,
        title: heading,
        doubts,
        ..Draft::default()
    })
}

/// The page's first heading, else its title.
fn heading(page: &Html) -> Option<String> {
    let find = |name: &str| {
        page.tree
            .root()
            .descendants()
            .find(|node| tag(*node) == name)
            .map(text)
            .filter(|text| !text.is_empty() && text.chars().count() < 500)
    };
    ["h1", "title", "h2", "h3"].into_iter().find_map(find)
}

/// The name of an element, empty for anything else.
fn tag<'a>(node: NodeRef<'a, Node>) -> &'a str {
    node.value()
        .as_element()
        .map_or("", |element| element.name())
}

/// The words in a node, as one line.
fn text(node: NodeRef<'_, Node>) -> String {
    let mut out = String::new();
    for node in node.descendants() {
        match node.value() {
            Node::Text(text) => out.push_str(text),
            Node::Element(element) if is_block(element.name()) => out.push(' '),
            _ => {}
        }
    }
    words::one_line(&out)
}

/// Elements whose words no reader of the page sees, or that are there to be clicked.
fn is_silent(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "svg"
            | "iframe"
            | "select"
            | "option"
            | "button"
            | "head"
            | "template"
            | "textarea"
            | "audio"
            | "video"
            | "object"
            | "canvas"
            | "math"
            | "map"
    )
}

/// Elements that the page itself declares to be hidden.
fn is_hidden(node: NodeRef<'_, Node>) -> bool {
    node.value().as_element().is_some_and(|element| {
        element.attr("hidden").is_some()
            || element.attr("style").is_some_and(|style| {
                let style: String = style.split_whitespace().collect();
                style.to_ascii_lowercase().contains("display:none")
            })
    })
}

/// Elements that begin a new line.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "br"
            | "tr"
            | "li"
            | "ul"
            | "ol"
            | "table"
            | "section"
            | "article"
            | "main"
            | "header"
            | "footer"
            | "aside"
            | "nav"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "hr"
            | "blockquote"
            | "pre"
            | "dl"
            | "dt"
            | "dd"
            | "center"
            | "form"
            | "fieldset"
            | "address"
            | "figure"
            | "figcaption"
            | "td"
            | "th"
            | "caption"
            | "body"
            | "html"
            | "tbody"
            | "thead"
            | "tfoot"
    )
}
