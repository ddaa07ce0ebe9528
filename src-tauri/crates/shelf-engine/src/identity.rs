//! Which documents are the same one.

use shelf_law::number::DocumentNumber;
use shelf_law::{Document, DocumentId, FieldName, Fields};

/// The identity of a work: kind + number + issuer + day. `None` where one of them is missing: a
/// number alone is not unique across provinces and years, nor even with issuer and day.
pub(crate) fn work_identity(fields: &Fields) -> Option<String> {
    let kind = fields.value(FieldName::Kind)?;
    let number = DocumentNumber::parse(fields.value(FieldName::Number)?)?
        .key()
        .to_string();
    let issuer = fields.value(FieldName::Issuer)?;
    let issued = fields.value(FieldName::Issued)?;
    let fold = shelf_law::fold::fold;
    Some([fold(kind), number, fold(issuer), issued.to_string()].join("\u{1f}"))
}

/// The id of a work.
pub(crate) fn work_id(identity: &str) -> DocumentId {
    DocumentId::from_identity(&["work", identity])
}

/// The id of a row or file that cannot be told from others by what it says: by where it came from.
pub(crate) fn origin_id(source: &str, key: &str, ordinal: u32) -> DocumentId {
    DocumentId::from_identity(&["origin", source, key, &ordinal.to_string()])
}

/// A document's id must be set before it is stored; until then it carries the id of its origin.
pub(crate) fn with_id(mut document: Document, id: DocumentId) -> Document {
    document.id = id;
    document
}
