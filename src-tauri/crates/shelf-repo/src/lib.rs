//! The shelf repository: signed static files that any carrier may carry and none need be trusted
//! with. `docs/format.md` is the numbered specification; code cites it as `[F-n]`.

pub mod format;
pub mod tuf;

pub use format::{
    Blob, BrowseRow, Change, Collection, DataFile, Head, HeadingRow, ObjectRef, ObjectRole,
    ObjectRow, SegmentRef, ShardKind, ShardRef, TextRef, Withdrawn,
};
