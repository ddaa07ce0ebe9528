//! A document as lists show it.

use super::{BasisState, Library};
use crate::Error;
use serde::Serialize;
use shelf_law::{CollectionId, Date, DocumentId, Product, ValidityState};
use shelf_repo::{BrowseRow, ObjectRow, Withdrawn};
use shelf_store::CatalogRow;

/// What the sample shelf writes into the title of each document, in small letters.
const SAMPLE: &str = "dữ liệu mẫu";

/// All that a line of a list shows of a document.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct DocumentLine {
    /// Its id.
    pub id: DocumentId,
    /// Its number.
    pub number: Option<String>,
    /// Its kind, in the publisher's words.
    pub kind: Option<String>,
    /// Its title.
    pub title: String,
    /// Who issued it.
    pub issuer: Option<String>,
    /// Day of issue.
    pub issued: Option<Date>,
    /// Lĩnh vực.
    pub topic: Option<String>,
    /// The product it is; `None` for an act.
    pub product: Option<Product>,
    /// Its validity.
    pub validity: LineValidity,
    /// Units in which alone it holds.
    pub applies_in: Vec<String>,
    /// Set once it left the shelf.
    pub withdrawn: Option<Withdrawn>,
    /// Whether its words are on this machine.
    pub here: bool,
    /// Bytes of its text, compressed, and of its originals and media; of a document whose collection
    /// is not taken, what would be received of it, `None` where that is not known.
    pub bytes: Option<u64>,
    /// Its collection.
    pub collection: CollectionId,
    /// Its title says that it is made up.
    pub sample: bool,
    /// What has become of the acts that a product rests on; whoever knows their relations sets it.
    pub basis: Option<BasisState>,
}

/// A validity in a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct LineValidity {
    /// The state on the day of reading.
    pub state: ValidityState,
    /// The state that was recorded.
    pub recorded: ValidityState,
    /// The day on which that was last checked.
    pub as_of: Option<Date>,
    /// First day.
    pub effective: Option<Date>,
    /// The day on which it no longer applies.
    pub expires: Option<Date>,
}

/// Whether a text says that its document is made up.
pub fn is_sample(text: &str) -> bool {
    text.to_lowercase().contains(SAMPLE)
}

impl Library {
    /// The line of a document of the catalogue.
    pub fn line(&self, row: &CatalogRow) -> DocumentLine {
        let mut line = self.line_of_rows(&row.browse, row.objects.as_ref());
        if row.objects.is_none() && row.browse.withdrawn.is_none() {
            // A size that cannot be read is one that is not known.
            line.bytes = self.bytes_to_receive(row).unwrap_or_default();
        }
        line
    }

    /// The line of a document by its id; `None` where the shelf never had it.
    pub fn line_by_id(&self, id: &DocumentId) -> Result<Option<DocumentLine>, Error> {
        Ok(self.catalog.get(id)?.map(|row| self.line(&row)))
    }

    /// The line of a document with the state of what it rests on, which takes a look at its relations.
    pub(crate) fn line_with_basis(&mut self, row: CatalogRow) -> Result<DocumentLine, Error> {
        let basis = self.basis_of(&row)?;
        Ok(DocumentLine {
            basis,
            ..self.line(&row)
        })
    }

    /// The lines of some documents with the states of what they rest on, in their order; `None` for
    /// what the shelf does not know.
    pub fn document_lines(
        &mut self,
        ids: &[DocumentId],
    ) -> Result<Vec<Option<DocumentLine>>, Error> {
        self.prepare_relations();
        ids.iter()
            .map(|id| match self.catalog.get(id)? {
                Some(row) => self.line_with_basis(row).map(Some),
                None => Ok(None),
            })
            .collect()
    }

    fn line_of_rows(&self, row: &BrowseRow, objects: Option<&ObjectRow>) -> DocumentLine {
        DocumentLine {
            id: row.id.clone(),
            number: row.number.clone(),
            kind: row.kind.clone(),
            title: row.title.clone(),
            issuer: row.issuer.clone(),
            issued: row.issued,
            topic: row.topic.clone(),
            product: row.product,
            validity: LineValidity {
                state: row.validity.on(self.today()),
                recorded: row.validity.state,
                as_of: row.validity.as_of,
                effective: row.validity.effective,
                expires: row.validity.expires,
            },
            applies_in: row.applies_in.clone(),
            withdrawn: row.withdrawn.clone(),
            here: objects.is_some_and(|objects| self.texts.has(objects)),
            bytes: objects.map(bytes_of),
            collection: row.collection.clone(),
            sample: is_sample(&row.title),
            basis: None,
        }
    }
}

/// Bytes of a document as its collection counts them: its frame, its originals and media.
pub(super) fn bytes_of(row: &ObjectRow) -> u64 {
    let objects = row.objects.iter().map(|object| object.blob.size);
    row.text.length.saturating_add(objects.sum())
}

/// A title without the words that mark sample data.
pub(crate) fn without_sample_mark(title: &str) -> &str {
    let title = title.trim();
    let Some(at) = title.rfind('(') else {
        return title;
    };
    let mark = title[at + 1..].trim_end_matches(')').trim();
    match mark.to_lowercase() == SAMPLE {
        true => title[..at].trim_end(),
        false => title,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_loses_only_the_mark_of_sample_data() {
        assert_eq!(
            without_sample_mark("Quy chế tủ sách (Dữ liệu mẫu)"),
            "Quy chế tủ sách"
        );
        assert_eq!(
            without_sample_mark("Luật Đất đai (sửa đổi)"),
            "Luật Đất đai (sửa đổi)"
        );
    }
}
