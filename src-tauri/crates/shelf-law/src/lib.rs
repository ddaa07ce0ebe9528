//! The domain of Vietnamese law as this project sees it: ids, numbers, dates, validity, provisions,
//! grammars and text. Nothing here opens a file, a socket or a clock.
//!
//! Terms follow one table: văn bản = document, điều khoản = provision, Điều/Khoản/Điểm =
//! article/clause/point, tình trạng hiệu lực = validity, cơ quan ban hành = issuer.

pub mod abbreviations;
pub mod citation;
pub mod collate;
pub mod date;
pub mod document;
pub mod fold;
pub mod grammar;
pub mod id;
pub mod kind;
pub mod number;
pub mod root_words;
#[cfg(test)]
mod scramble;
pub mod structure;
pub mod tables;
pub mod text;
pub mod tokens;
pub mod understanding;
pub mod validity;

pub use abbreviations::Abbreviations;
pub use citation::{ActMention, ProvisionPath, QueryCitation, parse_query};
pub use date::Date;
pub use document::{
    Document, DocumentFile, Field, FieldName, Fields, Product, Reference, Relation, RelationKind,
};
pub use id::{CollectionId, ContentHash, DocumentId, IdError, ProvisionId};
pub use kind::{DocumentKind, Normativity, kind_from_wording, kind_of_number_code};
pub use number::DocumentNumber;
pub use structure::Structure;
pub use tables::{TableName, Tables};
pub use text::{Block, DocumentText, Level, Role, Unit};
pub use understanding::{Understood, understand};
pub use validity::{Validity, ValidityState};
