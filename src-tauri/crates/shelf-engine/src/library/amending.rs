//! Which act the words of an amending act are about.

use super::Library;
use super::targets::Known;
use crate::Error;
use shelf_law::citation::in_text::{CitedAct, citations_in};
use shelf_law::fold::fold;
use shelf_law::kind::DocumentKind;
use shelf_law::number::DocumentNumber;
use shelf_law::{Block, Date, DocumentFile, FieldName, RelationKind, Role};
use shelf_store::CatalogRow;

/// Words stand in a passage that changes another act.
pub(crate) enum Amended {
    /// Which one, is not known.
    Unknown,
    /// This one, on this shelf.
    Act {
        row: Box<CatalogRow>,
        /// It is about what was issued with that act.
        attached: bool,
    },
}

/// Words with which a passage that changes another act begins, folded.
const OPENERS: [&str; 15] = [
    "sua doi",
    "bo sung",
    "bai bo",
    "thay the",
    "thay cum tu",
    "thay doi",
    "bo cum tu",
    "bo tu",
    "huy bo",
    "dinh chinh",
    "ngung hieu luc",
    "tam ngung",
    "dinh chi",
    "chuyen ",
    "sap xep",
];

/// Words that such a passage names its object by.
const OBJECTS: [&str; 12] = [
    "dieu ",
    "khoan ",
    "diem ",
    "cum tu",
    "nhu sau",
    "luat",
    "nghi dinh",
    "thong tu",
    "quyet dinh",
    "phu luc",
    "quy dinh",
    "quy che",
];

/// A number that a line names, with what is said of it.
struct Named {
    number: String,
    kind: Option<DocumentKind>,
    issued: Option<Date>,
    attached: bool,
}

impl Library {
    /// Whether the block at `index` stands in a passage that changes another act, and which.
    pub(crate) fn amended_at(
        &self,
        file: &DocumentFile,
        index: usize,
        known: &mut Known,
    ) -> Result<Option<Amended>, Error> {
        let text = &file.text;
        let mut lines: Vec<&Block> = vec![&text.blocks[index]];
        let above = text.ancestors(index);
        lines.extend(above.into_iter().rev().map(|above| &text.blocks[above]));
        let changes = lines
            .iter()
            .any(|block| block.role == Role::Quoted || opens_change(block));
        let title = file.document.display_title();
        if !(changes || is_title_of_change(&title)) {
            return Ok(None);
        }
        let own = file.document.fields.value(FieldName::Number);
        let own = own.and_then(DocumentNumber::parse);
        let is_own = |number: &str| DocumentNumber::parse(number) == own && own.is_some();
        let words = lines
            .into_iter()
            .filter(|block| block.role == Role::Own)
            .flat_map(|block| [block.heading.as_str(), block.text.as_str()])
            .chain(std::iter::once(title.as_str()));
        for words in words {
            let mut named = numbers_in(words);
            named.retain(|named| !is_own(&named.number));
            named.dedup_by(|one, other| one.number == other.number);
            let named = match named.len() {
                0 => continue,
                1 => named.remove(0),
                _ => return Ok(Some(Amended::Unknown)),
            };
            let row = self.by_cited_number(&named.number, named.kind, named.issued, known)?;
            return Ok(Some(act(row, named.attached)));
        }
        // The publisher's word, where it is about one act only.
        let mut acts: Vec<&str> = file
            .document
            .relations
            .iter()
            .filter(|relation| relation.kind == RelationKind::Amends)
            .filter_map(|relation| relation.to.number.as_deref())
            .collect();
        acts.sort_unstable();
        acts.dedup();
        Ok(Some(match acts.as_slice() {
            [number] => act(self.by_cited_number(number, None, None, known)?, false),
            _ => Amended::Unknown,
        }))
    }
}

fn act(row: Option<CatalogRow>, attached: bool) -> Amended {
    match row {
        Some(row) => Amended::Act {
            row: Box::new(row),
            attached,
        },
        None => Amended::Unknown,
    }
}

fn opens_change(block: &Block) -> bool {
    [&block.heading, &block.text].into_iter().any(|words| {
        let opening: String = words.chars().take(400).collect();
        let folded = fold(opening.trim_start());
        let opens = OPENERS.iter().any(|opener| folded.starts_with(opener))
            && OBJECTS.iter().any(|object| folded.contains(object));
        // `Khoản 2 Điều 3 được sửa đổi như sau:`
        let leads_in =
            folded.contains("nhu sau") && OPENERS[..4].iter().any(|opener| folded.contains(opener));
        opens || leads_in
    })
}

/// Whether a whole act is about another one: then a place that it names without an act is of that one.
fn is_title_of_change(title: &str) -> bool {
    let title = fold(title);
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    ["mot so dieu", "mot so quy dinh", "mot so noi dung", "cac "]
        .iter()
        .any(|what| {
            title.contains(&format!("sua doi, bo sung {what}"))
                || title.contains(&format!("sua doi {what}"))
        })
}

/// The acts that a line names by their numbers.
fn numbers_in(words: &str) -> Vec<Named> {
    citations_in(words)
        .into_iter()
        .filter_map(|cited| match cited.act {
            CitedAct::Number {
                number,
                kind,
                issued,
                attached,
            } => Some(Named {
                number,
                kind,
                issued,
                attached: attached || is_attached(words, cited.range.start),
            }),
            _ => None,
        })
        .collect()
}

/// Whether the words before an act say that something was issued with it.
fn is_attached(words: &str, at: usize) -> bool {
    words[..at].trim_end().ends_with("kèm theo")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_that_changes_another_act_is_known_by_its_words() {
        let opens = |text: &str| opens_change(&Block::paragraph(0, text));
        assert!(opens("Sửa đổi, bổ sung khoản 2 Điều 6 như sau:"));
        assert!(opens("Khoản 2 Điều 3 được sửa đổi như sau:"));
        assert!(opens("Bãi bỏ Điều 9."));
        assert!(!opens("Bổ sung, rà soát sách, tài liệu"));
        assert!(!opens(
            "Luật số 64/2025/QH15 được sửa đổi, bổ sung bởi Luật số 87/2025/QH15"
        ));
        assert!(is_title_of_change(
            "NGHỊ ĐỊNH SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA NGHỊ ĐỊNH SỐ 1/2020/NĐ-CP"
        ));
        assert!(!is_title_of_change(
            "Điều lệ (sửa đổi, bổ sung) Hội Nông dân"
        ));
    }
}
