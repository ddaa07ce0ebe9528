//! A document as a person reads it on a terminal.

use crate::output::{Say, print_line};
use serde_json::Value;
use shelf_engine::library::{OutlineNode, PartKind, Shown, Understood};

/// Writes a document, or the provision of it that was asked for.
pub(crate) fn print(shown: &Shown, say: Say) {
    print_head(shown, say);
    print_line("");
    match &shown.provision {
        Some(_) => print_line(&shown.text),
        None => print_text(shown),
    }
    print_line("");
    if shown.provision.is_none() && !shown.outline.is_empty() {
        print_line(say.pick(
            "Mã của từng khoản, điểm: thêm --outline.",
            "For the id of each khoản and điểm add --outline.",
        ));
    }
    print_line(&shown.shelf.words(say.0));
}

/// Writes the provisions of a document with their ids.
pub(crate) fn print_outline(shown: &Shown, say: Say) {
    print_head(shown, say);
    print_line("");
    print_nodes(&shown.outline, 0);
    print_line("");
    print_line(&shown.shelf.words(say.0));
}

/// What a query was taken to mean, on one line: `Hiểu là: “sổ đỏ” = giấy chứng nhận …`.
pub(crate) fn understood(understood: &Understood, query: &str, say: Say) -> Option<String> {
    let chars: Vec<char> = query.chars().collect();
    let told = understood.parts.iter().map(|part| {
        let typed: String = chars
            .get(part.range.0..part.range.1)
            .unwrap_or_default()
            .iter()
            .collect();
        match part.kind {
            PartKind::Exact => part.says.clone(),
            PartKind::LayWord | PartKind::Abbreviation | PartKind::Citation => {
                format!("“{}” = {}", typed.trim(), part.says)
            }
            _ => format!("“{}”: {}", typed.trim(), part.says),
        }
    });
    let told: Vec<String> = told.collect();
    let exactly = say.pick("tìm đúng chữ đã gõ: --exactly", "as typed: --exactly");
    (!told.is_empty()).then(|| {
        let words = say.pick("Hiểu là", "Understood as");
        format!("{words}: {} ({exactly})", told.join(" · "))
    })
}

/// The day on which a status was checked, or that it is unknown.
pub(crate) fn checked(day: Option<shelf_engine::Date>, say: Say) -> String {
    match day {
        Some(day) => format!(
            "{} {}",
            say.pick("kiểm tra ngày", "checked on"),
            day.vietnamese()
        ),
        None => say
            .pick("chưa rõ ngày kiểm tra", "day of the check unknown")
            .to_string(),
    }
}

fn print_head(shown: &Shown, say: Say) {
    let validity = &shown.validity;
    print_line(&format!(
        "{} · {}",
        validity.label,
        checked(validity.as_of, say)
    ));
    if !validity.applies_in.is_empty() {
        let units = validity.applies_in.join(", ");
        let words = say.pick("Áp dụng trên địa bàn", "Applies in");
        print_line(&format!("{words} {units}"));
    }
    for (name, vietnamese, english) in [
        ("title", "Tên", "Title"),
        ("number", "Số hiệu", "Number"),
        ("kind", "Loại văn bản", "Kind"),
        ("issuer", "Cơ quan ban hành", "Issuer"),
        ("issued", "Ngày ban hành", "Issued"),
        ("effective", "Ngày hiệu lực", "Effective"),
        ("expires", "Ngày hết hiệu lực", "Expires"),
        ("signer", "Người ký", "Signer"),
    ] {
        if let Some(text) = value(shown, name) {
            print_line(&format!("{}: {text}", say.pick(vietnamese, english)));
        }
    }
    if let Some(provision) = &shown.provision {
        let place = match provision.path.is_empty() {
            true => provision.label.clone(),
            false => format!("{} ({})", provision.label, provision.path),
        };
        print_line(&format!("{place} [#{}]", provision.id));
    }
}

/// The value of a field as a person reads it: a day as dd/mm/yyyy.
fn value(shown: &Shown, name: &str) -> Option<String> {
    let field = shown.document.get(name)?;
    let value = field.get("value").and_then(Value::as_str);
    let text = value.or_else(|| field.get("raw").and_then(Value::as_str))?;
    let day = matches!(name, "issued" | "effective" | "expires")
        .then(|| text.parse::<shelf_engine::Date>().ok())
        .flatten();
    Some(day.map_or_else(|| text.to_string(), shelf_engine::Date::vietnamese))
}

/// The words, each Điều and what stands above it with its id; those of khoản and điểm would only
/// disturb the reading.
fn print_text(shown: &Shown) {
    for block in &shown.blocks {
        let id = block.id.as_ref().filter(|id| is_named_above(id.as_str()));
        match id {
            Some(id) => print_line(&format!("{} [#{id}]", block.line())),
            None => print_line(&block.line()),
        }
    }
}

/// Whether the last segment of an id is none of khoản or điểm.
fn is_named_above(id: &str) -> bool {
    let last = id.rsplit('.').next().unwrap_or(id);
    !last.starts_with("khoan_") && !last.starts_with("diem_")
}

fn print_nodes(nodes: &[OutlineNode], depth: usize) {
    for node in nodes {
        let name = match node.label.is_empty() {
            true => &node.marker,
            false => &node.label,
        };
        let mut line = "  ".repeat(depth) + name;
        if !node.heading.is_empty() {
            line.push_str(". ");
            line.push_str(&node.heading);
        }
        if let Some(id) = &node.id {
            line.push_str(&format!(" [#{id}]"));
        }
        print_line(&line);
        print_nodes(&node.children, depth + 1);
    }
}
