//! Full-text search over provisions: index, ranking and snippets.
//!
//! One folded index (no accents, đ→d) holds a document per unit of text, with its syllables and its
//! pairs of adjacent syllables; formula F ([`Ranking`]) scores units and acts in one pass over the
//! postings. Nothing here knows the catalogue, the repository or the texts on disk: documents are
//! 64-bit keys ([`shelf_law::DocumentId::key`]), units are ordinals, and the caller brings the words.

mod error;
mod files;
mod index;
mod query;
mod rank;
mod ranking;
mod schema;
mod snapshot;
mod snippet;
mod survey;
mod terms;
mod top;
mod update;

pub use error::Error;
pub use index::{Index, Options, quiet_caught_panics};
pub use query::Query;
pub use rank::{Hit, SearchOptions, Weights};
pub use ranking::Ranking;
pub use snippet::{Snippet, marks, snippet};
pub use survey::{Ranked, Survey};
pub use update::{IndexInput, Progress, UnitInput, UpdateReport};
