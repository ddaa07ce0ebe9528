//! Bookmarks and notes: one thing, with or without words.

use super::{DocumentLine, Place, ProvisionState, ValidityState, Withdrawn};

sent! {
    pub(crate) struct Mark {
        pub(crate) id: i64,
        pub(crate) document: String,
        /// Null once the document has left the catalogue altogether.
        pub(crate) line: Option<DocumentLine>,
        pub(crate) place: Place,
        /// The words that it stands on.
        pub(crate) quote: String,
        /// Title of the document when it was made.
        pub(crate) title: String,
        pub(crate) label: String,
        pub(crate) note: String,
        /// 0 to 3.
        pub(crate) colour: u8,
        pub(crate) folder: Option<i64>,
        pub(crate) created_at: String,
        pub(crate) changed_at: String,
        pub(crate) today: MarkState,
        /// A person should look at it again before relying on it.
        pub(crate) needs_review: bool,
    }

    /// What became of the place since the mark was made.
    pub(crate) struct MarkState {
        pub(crate) document: Option<ValidityState>,
        pub(crate) as_of: Option<String>,
        pub(crate) provision: ProvisionState,
        /// Its words differ from those it was made on.
        pub(crate) changed: bool,
        /// The provision is gone.
        pub(crate) orphan: bool,
        pub(crate) withdrawn: Option<Withdrawn>,
        pub(crate) not_here: bool,
    }

    pub(crate) struct Marks {
        pub(crate) marks: Vec<Mark>,
        pub(crate) folders: Vec<Folder>,
        pub(crate) counts: MarkCounts,
    }

    pub(crate) struct MarkCounts {
        pub(crate) all: u64,
        pub(crate) unfiled: u64,
        pub(crate) review: u64,
        pub(crate) withdrawn: u64,
    }

    pub(crate) struct Folder {
        pub(crate) id: i64,
        pub(crate) name: String,
        pub(crate) marks: u64,
    }
}

received! {
    pub(crate) struct MarkDraft {
        /// Null makes a new one.
        pub(crate) id: Option<i64>,
        pub(crate) document: String,
        pub(crate) place: Place,
        pub(crate) quote: String,
        pub(crate) note: String,
        pub(crate) colour: u8,
        pub(crate) folder: Option<i64>,
    }

    #[derive(Default)]
    pub(crate) struct MarkFilter {
        #[serde(default)]
        pub(crate) folder: Option<i64>,
        #[serde(default)]
        pub(crate) unfiled: bool,
        #[serde(default)]
        pub(crate) document: Option<String>,
        #[serde(default)]
        pub(crate) text: String,
        /// Only those whose place has changed.
        #[serde(default)]
        pub(crate) review: bool,
        #[serde(default)]
        pub(crate) withdrawn: bool,
    }
}
