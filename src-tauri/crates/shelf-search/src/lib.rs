//! Full-text search over provisions: index, ranking and snippets.
//!
//! One folded index (no accents, đ→d) holds a document per unit of text, with its syllables and its
//! pairs of adjacent syllables; formula F ([`Formula`]) scores units and acts in one pass over the
//! postings, and a small trained model ([`Ranking`]) orders the best of them by what that pass saw. Nothing here knows the catalogue, the repository or the texts on disk: documents are
//! 64-bit keys ([`shelf_law::DocumentId::key`]), units are ordinals, and the caller brings the words.

mod cites;
mod directory;
mod error;
mod facts;
mod features;
mod files;
mod index;
mod keep;
mod model;
mod pass;
mod query;
mod rank;
mod ranking;
mod schema;
mod scratch;
mod snapshot;
mod snippet;
mod survey;
mod terms;
mod top;
mod update;

pub use error::Error;
pub use facts::Facts;
pub use features::{ACT_FEATURES, PRIORS, UNIT_FEATURES};
pub use index::{Index, Options, quiet_caught_panics};
pub use keep::Weights;
pub use query::Query;
pub use rank::{Hit, SearchOptions};
pub use ranking::{Formula, Ranking, RankingError};
pub use snippet::{Snippet, marks, snippet};
pub use survey::{Ranked, Survey};
pub use update::{IndexInput, Progress, UnitInput, UpdateReport};
