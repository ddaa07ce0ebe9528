//! Why the person's data could not be read or changed.

use crate::StoreError;

/// An error of the person's store. Whatever it is, nothing that was there is lost.
#[derive(Debug, thiserror::Error)]
pub enum UserError {
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A text is longer than is kept.
    #[error(
        "the {what} has {length} characters, at most {most} are kept; shorten it, nothing was changed"
    )]
    TooLong {
        /// Which text.
        what: &'static str,
        /// Its characters.
        length: usize,
        /// The most that are kept.
        most: usize,
    },
    /// A folder without a name.
    #[error("a folder needs a name; nothing was changed")]
    NoName,
    /// A request without a question.
    #[error("a request needs a question; nothing was kept")]
    NoQuestion,
    /// Another folder has this name, whatever its accents and capitals.
    #[error("there is a folder {0:?} already; choose another name")]
    NameTaken(String),
    /// A colour that is none.
    #[error("{0} is no colour of a mark; colours are 0 to 3")]
    NoColour(u8),
    /// Nothing has this number.
    #[error("there is no {what} {id}; it was removed for good, or never there")]
    Missing {
        /// What was looked for.
        what: &'static str,
        /// Its number.
        id: i64,
    },
}

/// What ends a write.
#[derive(Debug)]
pub(super) enum Stop {
    Sqlite(rusqlite::Error),
    Refused(UserError),
}

impl From<rusqlite::Error> for Stop {
    fn from(source: rusqlite::Error) -> Stop {
        Stop::Sqlite(source)
    }
}

impl From<UserError> for Stop {
    fn from(error: UserError) -> Stop {
        Stop::Refused(error)
    }
}
