//! The one public error: a closed code for programs, and words for people.

use std::fmt;

/// What went wrong, as a program distinguishes it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ErrorCode {
    /// A fresh data folder was given no root to trust.
    RootMissing,
    /// The root given, or the shelf's, is not the one trusted here.
    RootDiffers,
    /// The source holds no shelf.
    NotAShelf,
    /// A web page came instead of data.
    WebPage,
    /// The source cannot be reached.
    SourceUnreachable,
    /// A signature, hash or format is wrong.
    Damaged,
    /// The source offers an older shelf than was seen before.
    Rollback,
    /// The disk is full.
    DiskFull,
    /// No such document or provision.
    NotFound,
    /// Several documents match.
    Ambiguous,
    /// There is no shelf in this data folder yet.
    NoShelf,
    /// A text is known but not on this machine.
    NotOnThisMachine,
    /// Another process is at work in this folder.
    Busy,
    /// A file was written by a newer program.
    Newer,
    /// An input cannot be read.
    BadInput,
    /// There are keys already.
    KeysExist,
    /// There is no key to sign with.
    KeysMissing,
    /// Nothing is approved.
    NothingApproved,
    /// What stands at a destination was published by another copy of the workspace.
    Diverged,
    /// A person stopped it.
    Cancelled,
    /// The system refused a file operation.
    Io,
}

impl ErrorCode {
    /// The code as it stands in `error[…]`.
    pub fn as_str(self) -> &'static str {
        match self {
            ErrorCode::RootMissing => "root_missing",
            ErrorCode::RootDiffers => "root_differs",
            ErrorCode::NotAShelf => "not_a_shelf",
            ErrorCode::WebPage => "web_page",
            ErrorCode::SourceUnreachable => "source_unreachable",
            ErrorCode::Damaged => "damaged",
            ErrorCode::Rollback => "rollback",
            ErrorCode::DiskFull => "disk_full",
            ErrorCode::NotFound => "not_found",
            ErrorCode::Ambiguous => "ambiguous",
            ErrorCode::NoShelf => "no_shelf",
            ErrorCode::NotOnThisMachine => "not_on_this_machine",
            ErrorCode::Busy => "busy",
            ErrorCode::Newer => "newer",
            ErrorCode::BadInput => "bad_input",
            ErrorCode::KeysExist => "keys_exist",
            ErrorCode::KeysMissing => "keys_missing",
            ErrorCode::NothingApproved => "nothing_approved",
            ErrorCode::Diverged => "diverged",
            ErrorCode::Cancelled => "cancelled",
            ErrorCode::Io => "io",
        }
    }
}

/// An error of the engine. Its text is one line: what, where, what to do.
#[derive(Debug)]
pub struct Error {
    /// The code.
    pub code: ErrorCode,
    /// What happened, to what, and what to do.
    pub words: String,
}

impl Error {
    /// An error with these words.
    pub fn new(code: ErrorCode, words: impl Into<String>) -> Error {
        // One line, whatever a path or a server's answer contains.
        let words = words
            .into()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        Error { code, words }
    }

    /// An error with this code, unless a full disk stands at the end of its chain of causes.
    pub(crate) fn caused(
        code: ErrorCode,
        error: &(dyn std::error::Error + 'static),
        words: String,
    ) -> Error {
        match is_disk_full(error) {
            true => {
                let code = ErrorCode::DiskFull;
                Error::new(code, format!("{words}{}", advice(code)))
            }
            false => Error::new(code, words),
        }
    }

    pub(crate) fn io(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Error + '_ {
        move |error| {
            let code = match error.kind() {
                std::io::ErrorKind::StorageFull => ErrorCode::DiskFull,
                _ => ErrorCode::Io,
            };
            Error::new(code, format!("{}: {error}{}", path.display(), advice(code)))
        }
    }
}

/// Whether the chain of causes ends in a full disk.
fn is_disk_full(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        let io = error.downcast_ref::<std::io::Error>();
        let store = error.downcast_ref::<shelf_store::StoreError>();
        if io.is_some_and(|error| error.kind() == std::io::ErrorKind::StorageFull)
            || store.is_some_and(shelf_store::StoreError::is_disk_full)
        {
            return true;
        }
        cause = error.source();
    }
    false
}

fn advice(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::DiskFull => "; free some space and try again, nothing that was there is lost",
        _ => "",
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error[{}]: {}", self.code.as_str(), self.words)
    }
}

impl std::error::Error for Error {}

impl From<shelf_store::StoreError> for Error {
    fn from(error: shelf_store::StoreError) -> Error {
        use shelf_store::StoreError;
        let code = match &error {
            _ if error.is_disk_full() => ErrorCode::DiskFull,
            StoreError::Newer { .. } => ErrorCode::Newer,
            StoreError::Corrupt { .. } => ErrorCode::Damaged,
            error if error.is_corrupt() => ErrorCode::Damaged,
            StoreError::Sqlite { .. } | StoreError::Io { .. } => ErrorCode::Io,
        };
        Error::new(code, format!("{error}{}", advice(code)))
    }
}

impl From<shelf_sync::SyncError> for Error {
    fn from(error: shelf_sync::SyncError) -> Error {
        use shelf_sync::SyncError;
        let code = match &error {
            _ if error.is_disk_full() => ErrorCode::DiskFull,
            SyncError::NoSuchSource(_) | SyncError::Unreachable { .. } => {
                ErrorCode::SourceUnreachable
            }
            SyncError::WebPage { .. } => ErrorCode::WebPage,
            SyncError::Missing { .. } | SyncError::Damaged { .. } => ErrorCode::Damaged,
            SyncError::Disk { .. } | SyncError::Objects(_) => ErrorCode::Io,
            SyncError::Cancelled => ErrorCode::Cancelled,
        };
        let advice = match code {
            ErrorCode::SourceUnreachable => {
                "; check the link or the stick and sync again: what was received is kept, and \
                 everything synced before stays readable"
            }
            code => advice(code),
        };
        Error::new(code, format!("{error}{advice}"))
    }
}
