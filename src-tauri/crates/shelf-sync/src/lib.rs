//! Bytes from a shelf repository, wherever it is carried: a web server, a folder on a stick, a
//! neighbour. One code path for all; nothing that has not been verified gets its final name.

mod error;
mod fetch;
mod serve;
mod source;

pub use error::SyncError;
pub use fetch::{Cancel, Fetcher};
pub use serve::Server;
pub use source::Source;
