//! What can go wrong between a source and this machine.

use shelf_law::ContentHash;
use std::path::{Path, PathBuf};

/// An error of this crate.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// The source is neither a web address nor a folder that exists.
    #[error("{0}: neither a web address nor a folder that exists here")]
    NoSuchSource(String),
    /// The network, or the medium, did not give the bytes; trying again later may help.
    #[error("{place}: {reason}")]
    Unreachable {
        /// Address or file.
        place: String,
        /// What went wrong, in words.
        reason: String,
    },
    /// A web page came where data was asked for: a sign-in page of the network stands in between.
    #[error(
        "{place}: a web page came instead of data; open a browser and sign in to the network, or check the address"
    )]
    WebPage {
        /// The address asked for.
        place: String,
    },
    /// The source lacks something that the signed head names.
    #[error("{place}: missing at the source")]
    Missing {
        /// Address or file.
        place: String,
    },
    /// The source gave other bytes than the signed head names.
    #[error("{place}: damaged at the source (wanted {wanted})")]
    Damaged {
        /// Address or file.
        place: String,
        /// The hash that was wanted.
        wanted: ContentHash,
    },
    /// This machine's disk refused.
    #[error("{}: {source}", path.display())]
    Disk {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The object folder refused.
    #[error(transparent)]
    Objects(#[from] shelf_repo::object::ObjectError),
    /// The person at the machine stopped it; what was received is kept.
    #[error("stopped")]
    Cancelled,
}

impl SyncError {
    pub(crate) fn disk(path: &Path) -> impl FnOnce(std::io::Error) -> SyncError + '_ {
        move |source| SyncError::Disk {
            path: path.to_path_buf(),
            source,
        }
    }

    /// Whether trying again might help without anybody doing anything.
    pub fn is_transient(&self) -> bool {
        matches!(self, SyncError::Unreachable { .. })
    }

    /// Whether the disk is full.
    pub fn is_disk_full(&self) -> bool {
        use shelf_repo::object::ObjectError;
        let source = match self {
            SyncError::Disk { source, .. } | SyncError::Objects(ObjectError::Reading(source)) => {
                source
            }
            SyncError::Objects(ObjectError::File(error)) => &error.source,
            _ => return false,
        };
        source.kind() == std::io::ErrorKind::StorageFull
    }
}
