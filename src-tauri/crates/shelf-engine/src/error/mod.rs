//! The one public error: a closed code for programs, and words for people.

mod words;

use crate::Lang;
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
    /// What happened, to what, and what to do: the detail, in English.
    pub words: String,
    /// What a person reads instead of the words of the code, where more is known, by language.
    said: Option<(String, String)>,
}

impl Error {
    /// An error with these words.
    pub fn new(code: ErrorCode, words: impl Into<String>) -> Error {
        Error {
            code,
            words: one_line(&words.into()),
            said: None,
        }
    }

    /// The same error with words to a person that say more than those of its code.
    pub fn saying(mut self, vietnamese: &str, english: &str) -> Error {
        self.said = Some((one_line(vietnamese), one_line(english)));
        self
    }

    /// What a person reads: what happened and what to do.
    pub fn for_people(&self, lang: Lang) -> &str {
        match &self.said {
            Some((vietnamese, english)) => lang.pick(vietnamese, english),
            None => self.code.words(lang),
        }
    }

    /// The last line that a command writes: code, words to a person, and the detail in brackets.
    pub fn line(&self, lang: Lang) -> String {
        let code = self.code.as_str();
        format!("error[{code}]: {} [{}]", self.for_people(lang), self.words)
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

/// One line, whatever a path or a server's answer contains.
fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
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
        let detail = Error::new(code, format!("{error}{}", advice(code)));
        let file = match &error {
            StoreError::Sqlite { path, .. }
            | StoreError::Corrupt { path, .. }
            | StoreError::Io { path, .. }
            | StoreError::Newer { path, .. } => path.file_name().and_then(|name| name.to_str()),
        };
        // A sync mends everything but what nobody else has.
        match (code, file) {
            (ErrorCode::Damaged, Some("state.db")) => detail.saying(LOST_TRUST.0, LOST_TRUST.1),
            (ErrorCode::Damaged, Some("workspace.db")) => detail.saying(
                "Dữ liệu của thư mục làm việc bị hỏng. Hãy khôi phục từ bản lưu bằng shelf workspace restore.",
                "The data of the workspace is damaged. Make it again from a backup with shelf workspace restore.",
            ),
            _ => detail,
        }
    }
}

/// What a machine lost that cannot be had from a source: whom it trusts.
pub(crate) const LOST_TRUST: (&str, &str) = (
    "Phần ghi nơi phát hành đã tin trên máy này bị hỏng. Hãy đồng bộ vào một thư mục dữ liệu mới với --root.",
    "What this machine trusts is damaged. Sync into a new data folder with --root.",
);

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
