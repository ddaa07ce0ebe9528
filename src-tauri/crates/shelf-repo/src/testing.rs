//! Documents for tests, made from numbers.

use shelf_law::{
    Block, Document, DocumentFile, DocumentId, DocumentText, Field, FieldName, Fields, Level,
    Validity,
};

/// The id of the generated document `n`.
pub(crate) fn id(n: u32) -> DocumentId {
    DocumentId::from_identity(&["test", &n.to_string()])
}

/// Words that look like none others, so that documents are not all alike to a compressor.
fn words(seed: u32, count: u32) -> String {
    let syllables = [
        "quy",
        "định",
        "về",
        "đất",
        "đai",
        "hộ",
        "tịch",
        "ủy",
        "ban",
        "nhân",
        "dân",
        "xã",
        "phường",
        "công",
        "chức",
        "tư",
        "pháp",
        "quyết",
        "nghị",
        "thông",
    ];
    let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(12_345);
    let mut text = String::new();
    for _ in 0..count {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        text.push_str(syllables[(state >> 24) as usize % syllables.len()]);
        text.push(' ');
    }
    text.trim_end().to_string()
}

/// The generated document `n` in its revision `revision`.
pub(crate) fn document(n: u32, revision: u32) -> DocumentFile {
    let mut fields = Fields::default();
    let number = format!("{n}/2026/QĐ-UBND");
    fields.set(FieldName::Number, Field::plain(&number));
    fields.set(FieldName::Kind, Field::plain("Quyết định"));
    fields.set(FieldName::Title, Field::plain(words(n, 12)));
    let mut blocks = Vec::new();
    for article in 1..=3 + n % 4 {
        blocks.push(Block {
            id: Some(format!("dieu_{article}").parse().unwrap()),
            marker: format!("Điều {article}."),
            label: format!("Điều {article}"),
            heading: words(n + article * 7, 5),
            ..Block::new(Level::Article, 0)
        });
        blocks.push(Block::paragraph(1, words(n * 31 + article + revision, 60)));
    }
    DocumentFile {
        document: Document {
            id: id(n),
            source: "test".into(),
            source_key: number,
            fields,
            validity: Validity::default(),
            collection: if n % 3 == 0 { "trung-uong" } else { "tinh" }
                .parse()
                .unwrap(),
            product: None,
            applies_in: Vec::new(),
            relations: Vec::new(),
            notes: Vec::new(),
            extra: serde_json::Map::new(),
        },
        text: DocumentText { blocks },
    }
}
