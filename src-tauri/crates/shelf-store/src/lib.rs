//! SQLite, and nothing else knows it. Four kinds of file: a catalogue (derived, rebuilt at will), the
//! client's state (trust and the pointer to the active catalogue, written with `synchronous=FULL`),
//! a person's own data (marks, notes, settings), and a publisher's workspace. The last two are
//! somebody's work: never overwritten, migrated only forwards.

mod catalog;
mod connection;
mod error;
mod relations;
mod state;
mod trust;
pub mod user;
mod workspace;

pub use catalog::{Catalog, CatalogBuilder, CatalogRow, Lines};
pub use error::StoreError;
pub use relations::{RelationSource, Relations, StoredRelation};
pub use state::{ActiveCatalog, State, Wish};
pub use user::{UserError, UserStore};
pub use workspace::{
    ApprovalState, ApprovedForm, EntrySummary, Facts, NewForm, OriginEntry, PutOutcome,
    StagedObject, StatedValidity, Workspace,
};
