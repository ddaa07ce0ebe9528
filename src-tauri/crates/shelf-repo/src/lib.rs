//! The shelf repository: signed static files that any carrier may carry and none need be trusted
//! with. `docs/format.md` is the numbered specification; code cites it as `[F-n]`.

pub mod blob;
pub mod canonical;
pub mod changelog;
pub mod destination;
pub mod dictionary;
pub mod digest;
pub mod error;
mod files;
pub mod format;
pub mod head;
pub mod limits;
mod lines;
pub mod name;
pub mod object;
pub mod pack;
pub mod publish;
pub mod reader;
pub mod shard;
#[cfg(test)]
mod testing;
pub mod tuf;
pub mod verify;

pub use destination::{Destination, FolderDestination, RepoRead, StoreError};
pub use error::RepoError;
pub use files::{FileError, is_temporary, rename_into};
pub use format::{
    Blob, BrowseRow, Change, Collection, DataFile, Head, HeadingRow, ObjectRef, ObjectRole,
    ObjectRow, SegmentRef, ShardKind, ShardRef, TextRef, Withdrawn,
};
pub use name::RepoName;
pub use object::{ObjectError, ObjectFolder};
pub use reader::RepoReader;
