//! A document in one line: what a list, a relation or the head of a page shows of it.

use super::Library;
use super::basis::BasisState;
use crate::Error;
use shelf_law::{DocumentId, ValidityState};
use shelf_repo::BrowseRow;
use shelf_store::CatalogRow;

/// One document in one line.
#[derive(Clone, PartialEq, Debug)]
pub struct PageLine {
    /// What the catalogue says of it. Its validity is the recorded one.
    pub row: BrowseRow,
    /// Its state today.
    pub state: ValidityState,
    /// Whether its text is on this machine.
    pub here: bool,
    /// Bytes of its text and its objects; `None` where its collection was not taken.
    pub bytes: Option<u64>,
    /// Whether it calls itself sample data.
    pub sample: bool,
    /// For a product that names a basis: how that basis stands today.
    pub basis: Option<BasisState>,
}

impl Library {
    /// The lines of some documents, in their order; `None` for what the shelf does not know.
    pub fn document_lines(&mut self, ids: &[DocumentId]) -> Result<Vec<Option<PageLine>>, Error> {
        self.prepare_relations();
        ids.iter()
            .map(|id| match self.catalog.get(id)? {
                Some(row) => self.page_line(row).map(Some),
                None => Ok(None),
            })
            .collect()
    }

    /// The line of a row.
    pub(crate) fn page_line(&mut self, row: CatalogRow) -> Result<PageLine, Error> {
        let basis = self.basis_of(&row)?;
        let objects = row.objects.as_ref();
        Ok(PageLine {
            state: row.browse.validity.on(self.today()),
            here: objects.is_some_and(|objects| self.texts.has(objects)),
            bytes: objects.map(|objects| {
                let media = objects.objects.iter().map(|object| object.blob.size);
                media.fold(objects.text.length, u64::saturating_add)
            }),
            sample: says_sample(&row.browse.title),
            basis,
            row: row.browse,
        })
    }
}

/// Whether these words say that a document is sample data.
pub(crate) fn says_sample(words: &str) -> bool {
    words.to_lowercase().contains(SAMPLE)
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

const SAMPLE: &str = "dữ liệu mẫu";

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
