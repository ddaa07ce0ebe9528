//! SQLite, and nothing else knows it. Three kinds of file: a catalogue (derived, rebuilt at will), the
//! client's state (trust and the pointer to the active catalogue, written with `synchronous=FULL`),
//! and a publisher's workspace (somebody's work: never overwritten, migrated only forwards).

mod catalog;
mod connection;
mod error;
mod state;
mod trust;
mod workspace;

pub use catalog::{Catalog, CatalogBuilder, CatalogRow, Lines};
pub use error::StoreError;
pub use state::{ActiveCatalog, State};
pub use workspace::{
    ApprovalState, ApprovedForm, EntrySummary, Facts, NewForm, OriginEntry, PutOutcome,
    StagedObject, StatedValidity, Workspace,
};
