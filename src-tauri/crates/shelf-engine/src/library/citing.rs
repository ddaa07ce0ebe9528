//! The words with which one cites a document or a provision of it.

use super::Library;
use super::line::without_sample_mark;
use super::relations::FarEnd;
use super::words::words_of;
use crate::{Error, ErrorCode};
use shelf_law::kind::{DocumentKind, kind_from_wording};
use shelf_law::number::DocumentNumber;
use shelf_law::{DocumentFile, DocumentId, Level, ProvisionId, RelationKind};
use shelf_repo::BrowseRow;
use shelf_store::CatalogRow;

impl Library {
    /// How one cites a document, or a provision of it: `điểm a khoản 1 Điều 58 Nghị định số
    /// 82/2020/NĐ-CP`, `Điều 5 Quy chế … ban hành kèm theo Quyết định số …`. A consolidated text is
    /// for reading: the act that it consolidates is named, and it beside.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] for a document that the shelf does not know or a provision that it has
    /// not.
    pub fn citation(
        &mut self,
        id: &DocumentId,
        provision: Option<&ProvisionId>,
    ) -> Result<String, Error> {
        let row = self.row_of(id)?;
        let (file, _) = self.text_or_reason(&row)?;
        if let (Some(file), Some(provision)) = (&file, provision)
            && file.text.find(provision).is_none()
        {
            return Err(Error::new(
                ErrorCode::NotFound,
                format!("{id}: has no provision {provision}"),
            ));
        }
        self.citation_words(&row, file.as_deref(), provision)
    }

    pub(crate) fn citation_words(
        &mut self,
        row: &CatalogRow,
        file: Option<&DocumentFile>,
        provision: Option<&ProvisionId>,
    ) -> Result<String, Error> {
        let mut act = name_of(&row.browse);
        if let Some(file) = file
            && is_consolidated(&row.browse)
            && let Some(original) = self.consolidated_by(file)?
        {
            act = format!("{original} (theo {act})");
        }
        let Some(provision) = provision else {
            return Ok(act);
        };
        let (outer, inner) = match provision.as_str().split_once('.') {
            Some((outer, inner)) if outer.starts_with("kemtheo_") => {
                (Some(outer), inner.parse().ok())
            }
            None if provision.as_str().starts_with("kemtheo_") => (Some(provision.as_str()), None),
            _ => (None, Some(provision.clone())),
        };
        let place = inner.map(|id: ProvisionId| match file {
            Some(file) => match file.text.find(provision) {
                Some(at) => label_in(file, at, &id),
                None => words_of(&id, ""),
            },
            None => words_of(&id, ""),
        });
        let attached = outer.map(|outer| {
            let name = file.and_then(|file| name_of_attachment(file, outer));
            let name = name.unwrap_or_else(|| "văn bản".to_string());
            format!("{name} ban hành kèm theo")
        });
        let parts = [place, attached, Some(act)];
        Ok(parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
    }

    /// The name of the first act that a consolidated text brings together.
    fn consolidated_by(&mut self, file: &DocumentFile) -> Result<Option<String>, Error> {
        let mut acts = file
            .document
            .relations
            .iter()
            .filter(|relation| relation.kind == RelationKind::Consolidates);
        let Some(first) = acts.next() else {
            return Ok(None);
        };
        let number = first.to.number.as_deref();
        Ok(match self.far_end(first.to.document.as_ref(), number)? {
            FarEnd::One(row) => Some(name_of(&row.browse)),
            FarEnd::Absent | FarEnd::Several => number.map(name_of_number),
        })
    }
}

/// A provision as one cites it. An item of an outline or an appendix is named by its id, so that
/// nothing that it stands in is lost.
fn label_in(file: &DocumentFile, at: usize, id: &ProvisionId) -> String {
    let block = &file.text.blocks[at];
    match (block.level, block.time_ms) {
        (Level::Article | Level::Clause | Level::Point | Level::Item, _) => {
            file.text.citation_label(at)
        }
        // A place in a video or sound piece is its time.
        (Level::Cue, Some((from, _))) => format!("phút {}", minute(from)),
        _ => words_of(id, ""),
    }
}

/// A time as players show it: `03:12`.
fn minute(time_ms: u64) -> String {
    let seconds = time_ms / 1000;
    format!("{:02}:{:02}", seconds / 60, seconds % 60)
}

/// `Nghị định số 82/2020/NĐ-CP`, `Luật Đất đai số 31/2024/QH15`; without a number, kind and title.
pub(crate) fn name_of(row: &BrowseRow) -> String {
    let title = without_sample_mark(&row.title);
    let Some(number) = row.number.as_deref() else {
        return match &row.kind {
            Some(kind) if !starts_with_words(title, kind) => format!("{kind} “{title}”"),
            _ => title.to_string(),
        };
    };
    let parsed = DocumentNumber::parse(number);
    let shown = parsed.as_ref().map_or(number, |number| number.normalised());
    let kind = row.kind.as_deref().and_then(kind_from_wording);
    let kind = kind.or_else(|| parsed.as_ref().and_then(DocumentNumber::kind));
    let named = matches!(
        kind,
        Some(DocumentKind::Law | DocumentKind::Code | DocumentKind::Ordinance)
    );
    if let Some(kind) = kind.filter(|_| named)
        && let Some(name) = name_in_title(title, kind, shown)
    {
        return format!("{name} số {shown}");
    }
    match (kind, &row.kind) {
        (Some(kind), _) => format!("{} số {shown}", kind.vietnamese()),
        (None, Some(kind)) => format!("{kind} số {shown}"),
        (None, None) => format!("văn bản số {shown}"),
    }
}

fn name_of_number(number: &str) -> String {
    let parsed = DocumentNumber::parse(number);
    let shown = parsed.as_ref().map_or(number, |n| n.normalised());
    match parsed.as_ref().and_then(DocumentNumber::kind) {
        Some(kind) => format!("{} số {shown}", kind.vietnamese()),
        None => format!("văn bản số {shown}"),
    }
}

/// The name of a law as its title has it, without its number (`Luật 09/2017/QH14 Du lịch`); `None`
/// for a title in capitals, which does not tell the letters of the name, and for one that is no name.
fn name_in_title(title: &str, kind: DocumentKind, number: &str) -> Option<String> {
    let words: Vec<&str> = title
        .split_whitespace()
        .filter(|word| *word != number)
        .collect();
    let name = words.join(" ");
    let more = words.len() > kind.vietnamese().split(' ').count();
    let is_name = starts_with_words(&name, kind.vietnamese())
        && name.chars().any(char::is_lowercase)
        && more
        && name.chars().count() <= 120
        && !name.contains(" số ")
        && !name.chars().any(|c| c == '/');
    is_name.then_some(name)
}

fn starts_with_words(title: &str, words: &str) -> bool {
    title.to_lowercase().starts_with(&words.to_lowercase())
}

pub(crate) fn is_consolidated(row: &BrowseRow) -> bool {
    let kind = row.kind.as_deref().and_then(kind_from_wording);
    kind == Some(DocumentKind::Consolidation)
        || row
            .number
            .as_deref()
            .and_then(DocumentNumber::parse)
            .and_then(|number| number.kind())
            == Some(DocumentKind::Consolidation)
}

/// What is attached, by its own name: `Quy chế xây dựng, quản lý, khai thác Tủ sách pháp luật`.
fn name_of_attachment(file: &DocumentFile, id: &str) -> Option<String> {
    let block = file
        .text
        .blocks
        .iter()
        .find(|block| block.id.as_ref().is_some_and(|own| own.as_str() == id))?;
    let kind = block.label.trim_end_matches("kèm theo").trim();
    if kind.is_empty() || block.label.starts_with("Văn bản") {
        return None;
    }
    let heading = without_sample_mark(&block.heading);
    let rest = match starts_with_words(heading, kind) {
        true => heading.get(kind.len()..).unwrap_or_default().trim(),
        false => heading,
    };
    // A heading in capitals does not tell which letters are capitals in the name.
    if rest.is_empty() || !rest.chars().any(char::is_lowercase) || rest.chars().count() > 200 {
        return Some(kind.to_string());
    }
    let mut letters = rest.chars();
    let first = letters.next()?;
    let second_is_small = letters.clone().next().is_none_or(|c| !c.is_uppercase());
    let first = match second_is_small {
        true => first.to_lowercase().to_string(),
        false => first.to_string(),
    };
    Some(format!("{kind} {first}{}", letters.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(kind: Option<&str>, number: Option<&str>, title: &str) -> BrowseRow {
        BrowseRow {
            id: DocumentId::from_identity(&[title]),
            source_key: String::new(),
            collection: "van-ban".parse().unwrap(),
            number: number.map(str::to_string),
            kind: kind.map(str::to_string),
            title: title.to_string(),
            issuer: None,
            issued: None,
            validity: shelf_law::Validity::default(),
            topic: None,
            product: None,
            applies_in: Vec::new(),
            withdrawn: None,
        }
    }

    #[test]
    fn a_law_is_cited_by_its_name_and_number_and_others_by_kind_and_number() {
        for (kind, number, title, wanted) in [
            (
                Some("Luật"),
                Some("09/2017/QH14"),
                "Luật 09/2017/QH14 Du lịch",
                "Luật Du lịch số 09/2017/QH14",
            ),
            (
                Some("Luật"),
                Some("31/2024/QH15"),
                "LUẬT ĐẤT ĐAI",
                "Luật số 31/2024/QH15",
            ),
            (
                Some("Luật"),
                Some("87/2025/QH15"),
                "Luật",
                "Luật số 87/2025/QH15",
            ),
            (
                None,
                Some("82/2020/NĐ-CP"),
                "Quy định xử phạt vi phạm hành chính",
                "Nghị định số 82/2020/NĐ-CP",
            ),
            (
                Some("Nghị định"),
                Some("82 /2020/NĐ - CP"),
                "Nghị định về xử phạt",
                "Nghị định số 82/2020/NĐ-CP",
            ),
            (
                Some("Tờ gấp"),
                None,
                "Đăng ký khai sinh (Dữ liệu mẫu)",
                "Tờ gấp “Đăng ký khai sinh”",
            ),
        ] {
            assert_eq!(name_of(&row(kind, number, title)), wanted);
        }
    }
}
