//! The one door. [`Library`] is a reader's side: sync, search, show. [`Profile`] is what belongs to
//! the person who reads. [`Press`] is the publisher's: keys, ingest, review, publish. The desktop
//! shell and the command line use nothing below this.

mod clock;
mod error;
mod identity;
mod job;
mod lang;
pub mod library;
mod pages;
mod parallel;
pub mod press;
pub mod profile;
mod serve;
mod verify;

pub use clock::Clock;
pub use error::{Error, ErrorCode};
pub use job::{Job, Phase, Progress};
pub use lang::{Lang, local_time};
pub use library::Library;
pub use pages::{Area, PagePicture, PageSize, PageWords, PdfPages};
pub use press::{Press, pdf_worker};
pub use profile::Profile;
pub use serve::serve;
/// The domain: ids, dates, states.
pub use shelf_law as law;
pub use shelf_law::Date;
pub use shelf_search::quiet_caught_panics;
pub use shelf_sync::Cancel;
pub use verify::{Fault, Verified, VerifyReport, verify};

use std::path::PathBuf;

/// The data folder of this account, where none is named.
pub fn default_home() -> Result<PathBuf, Error> {
    directories::ProjectDirs::from("vn", "", "tusach")
        .map(|folders| folders.data_local_dir().to_path_buf())
        .ok_or_else(|| {
            Error::new(
                ErrorCode::Io,
                "this account has no folder for data; name one with --home",
            )
        })
}
