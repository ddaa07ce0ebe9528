//! A document read for a passage of it: its structure whole, its words left in the JSON until they
//! are asked for. A code has a megabyte of words, a hit shows forty of them.

use crate::text::{Block, DocumentText, Level, Role};
use crate::{DocumentId, ProvisionId};
use serde::de::{Deserializer, Error, Visitor};
use serde::{Deserialize, de};
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

/// The structure of a document, over the JSON of its [`crate::DocumentFile`].
#[derive(Debug)]
pub struct Structure<'j> {
    /// Whose it is.
    pub id: DocumentId,
    text: DocumentText,
    words: Vec<Words<'j>>,
}

/// The words of a block as they stand in the JSON.
#[derive(Debug, Default)]
struct Words<'j> {
    id: Option<Bytes<'j>>,
    marker: Bytes<'j>,
    label: Bytes<'j>,
    heading: Bytes<'j>,
    text: Bytes<'j>,
    rows: Vec<Vec<Bytes<'j>>>,
}

impl<'j> Structure<'j> {
    /// Reads the structure.
    ///
    /// # Errors
    /// Where the JSON is not that of a document.
    pub fn read(json: &'j [u8]) -> serde_json::Result<Structure<'j>> {
        let file: File<'j> = serde_json::from_slice(json)?;
        let (mut blocks, mut words) = (Vec::new(), Vec::new());
        for block in file.text.blocks {
            // Which items of an outline are units, their ids and markers say.
            let (id, marker) = match block.level {
                Level::Item => (
                    block.id.as_ref().map(Bytes::id).transpose()?,
                    block.marker.read()?,
                ),
                _ => (None, String::new()),
            };
            blocks.push(Block {
                id,
                marker,
                role: block.role,
                page: block.page,
                time_ms: block.time_ms,
                ..Block::new(block.level, block.depth)
            });
            words.push(Words {
                id: block.id,
                marker: block.marker,
                label: block.label,
                heading: block.heading,
                text: block.text,
                rows: block.rows,
            });
        }
        Ok(Structure {
            id: file.document.id,
            text: DocumentText { blocks },
            words,
        })
    }

    /// The blocks. Those not filled in have level and depth, but neither words nor, save items of an
    /// outline, an id.
    pub fn text(&self) -> &DocumentText {
        &self.text
    }

    /// The block that is this provision, as [`DocumentText::find`].
    pub fn find(&self, id: &ProvisionId) -> Option<usize> {
        let id = id.as_str().as_bytes();
        let has = |at: &usize| self.words[*at].id.as_ref().is_some_and(|own| *own.0 == *id);
        (0..self.words.len()).find(has)
    }

    /// The blocks of each unit, as [`DocumentText::unit_blocks`].
    pub fn unit_blocks(&self) -> impl Iterator<Item = Range<usize>> {
        self.text.unit_blocks_by(|at| self.words[at].id.is_some())
    }

    /// Fills in ids alone, of all blocks.
    ///
    /// # Errors
    /// Where one is none.
    pub fn fill_ids(&mut self) -> serde_json::Result<()> {
        for (block, words) in self.text.blocks.iter_mut().zip(&self.words) {
            block.id = words.id.as_ref().map(Bytes::id).transpose()?;
        }
        Ok(())
    }

    /// Fills in these blocks, and of those that the first one stands in what they are called.
    ///
    /// # Errors
    /// Where the words are not text.
    pub fn fill(&mut self, blocks: Range<usize>) -> serde_json::Result<()> {
        for at in self.text.ancestors(blocks.start) {
            self.name(at)?;
        }
        for at in blocks {
            self.name(at)?;
            let (block, words) = (&mut self.text.blocks[at], &mut self.words[at]);
            block.text = words.text.read()?;
            let cells = |row: &Vec<Bytes<'_>>| row.iter().map(Bytes::read).collect();
            block.rows = words.rows.iter().map(cells).collect::<Result<_, _>>()?;
        }
        Ok(())
    }

    fn name(&mut self, at: usize) -> serde_json::Result<()> {
        let (block, words) = (&mut self.text.blocks[at], &self.words[at]);
        block.id = words.id.as_ref().map(Bytes::id).transpose()?;
        block.marker = words.marker.read()?;
        block.label = words.label.read()?;
        block.heading = words.heading.read()?;
        Ok(())
    }
}

#[derive(Deserialize)]
struct File<'j> {
    document: Id,
    #[serde(borrow)]
    text: Text<'j>,
}

#[derive(Deserialize)]
struct Id {
    id: DocumentId,
}

#[derive(Deserialize)]
struct Text<'j> {
    #[serde(borrow)]
    blocks: Vec<Outline<'j>>,
}

/// A [`Block`] whose words are not read.
#[derive(Deserialize)]
struct Outline<'j> {
    level: Level,
    depth: u8,
    #[serde(default, borrow)]
    id: Option<Bytes<'j>>,
    #[serde(default, borrow)]
    marker: Bytes<'j>,
    #[serde(default, borrow)]
    label: Bytes<'j>,
    #[serde(default, borrow)]
    heading: Bytes<'j>,
    #[serde(default, borrow)]
    text: Bytes<'j>,
    #[serde(default, borrow)]
    rows: Vec<Vec<Bytes<'j>>>,
    #[serde(default)]
    role: Role,
    #[serde(default)]
    page: Option<u32>,
    #[serde(default)]
    time_ms: Option<(u64, u64)>,
}

/// A JSON string that nobody has looked at yet, not even whether it is UTF-8.
#[derive(Debug, Default)]
struct Bytes<'j>(Cow<'j, [u8]>);

impl Bytes<'_> {
    fn read(&self) -> serde_json::Result<String> {
        let text = std::str::from_utf8(&self.0).map_err(serde_json::Error::custom)?;
        Ok(text.to_string())
    }

    fn id(&self) -> serde_json::Result<ProvisionId> {
        self.read()?.parse().map_err(serde_json::Error::custom)
    }
}

impl<'de: 'j, 'j> Deserialize<'de> for Bytes<'j> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Bytes<'j>, D::Error> {
        struct Seen;
        impl<'de> Visitor<'de> for Seen {
            type Value = Bytes<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_borrowed_bytes<E: de::Error>(self, bytes: &'de [u8]) -> Result<Bytes<'de>, E> {
                Ok(Bytes(Cow::Borrowed(bytes)))
            }

            fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Bytes<'de>, E> {
                Ok(Bytes(Cow::Owned(bytes.to_vec())))
            }
        }
        deserializer.deserialize_bytes(Seen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const JSON: &str = r#"{
        "document": {"id": "d0123456789abcdef01234567", "collection": "luat", "fields": {}},
        "text": {"blocks": [
            {"level": "article", "depth": 0, "id": "dieu_1", "marker": "Điều 1.", "label": "Điều 1", "heading": "Phạm vi"},
            {"level": "clause", "depth": 1, "id": "dieu_1.khoan_1", "marker": "1.", "label": "khoản 1", "text": "Nói \"đất\"\nvà rừng"},
            {"level": "table", "depth": 1, "rows": [["một", "hai \u0111"], []], "page": 2}
        ]}
    }"#;

    #[test]
    fn blocks_get_their_words_only_where_asked() {
        let mut structure = Structure::read(JSON.as_bytes()).unwrap();
        assert_eq!(structure.id.to_string(), "d0123456789abcdef01234567");
        assert_eq!(structure.text().blocks[1].text, "");
        assert_eq!(structure.text().path_label(1), "");
        let clause = structure.find(&"dieu_1.khoan_1".parse().unwrap());
        assert_eq!(clause, Some(1));
        structure.fill(1..2).unwrap();
        assert_eq!(structure.text().path_label(1), "Điều 1. Phạm vi");
        assert_eq!(structure.text().blocks[1].text, "Nói \"đất\"\nvà rừng");
        assert!(structure.text().blocks[2].rows.is_empty());
        structure.fill(0..3).unwrap();
        let blocks = &structure.text().blocks;
        assert_eq!(blocks[1].text, "Nói \"đất\"\nvà rừng");
        assert_eq!(blocks[2].rows, [vec!["một", "hai đ"], vec![]]);
        assert_eq!(blocks[2].page, Some(2));
    }

    #[test]
    fn filled_in_whole_it_is_the_document() {
        let mut structure = Structure::read(JSON.as_bytes()).unwrap();
        let all = structure.text().blocks.len();
        structure.fill(0..all).unwrap();
        let file: serde_json::Value = serde_json::from_str(JSON).unwrap();
        let text: DocumentText = serde_json::from_value(file["text"].clone()).unwrap();
        assert_eq!(*structure.text(), text);
        let units: Vec<_> = structure.unit_blocks().collect();
        assert_eq!(units, text.unit_blocks().collect::<Vec<_>>());
    }

    #[test]
    fn an_outline_has_the_units_of_its_document() {
        let item = |depth: u8, id: &str, marker: &str| {
            let mut block = Block::new(Level::Item, depth);
            block.id = id.parse().ok();
            block.marker = marker.to_string();
            block
        };
        let text = DocumentText {
            blocks: vec![
                Block::paragraph(0, "Kế hoạch"),
                item(0, "phan_1", "I."),
                item(1, "phan_1.muc_1", "1."),
                Block::paragraph(2, "một"),
                item(2, "", "-"),
                item(1, "phan_1.muc_2", "2."),
                item(2, "phan_1.muc_2.diem_a", "a)"),
            ],
        };
        let json = serde_json::json!({
            "document": {"id": "d0123456789abcdef01234567"}, "text": text,
        });
        let json = serde_json::to_vec(&json).unwrap();
        let structure = Structure::read(&json).unwrap();
        let units: Vec<_> = structure.unit_blocks().collect();
        assert_eq!(units, text.unit_blocks().collect::<Vec<_>>());
        assert_eq!(units, [0..1, 1..2, 2..5, 5..7]);
    }

    #[test]
    fn what_is_no_text_is_an_error_where_it_is_asked_for() {
        let mut json = JSON.as_bytes().to_vec();
        let at = JSON.find("và rừng").unwrap();
        json[at + 1] = 0xff;
        let mut structure = Structure::read(&json).unwrap();
        assert!(structure.fill(0..1).is_ok());
        assert!(structure.fill(1..2).is_err());
        assert!(Structure::read(b"[1]").is_err());
    }
}
