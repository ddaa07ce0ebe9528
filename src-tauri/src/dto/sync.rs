//! Receiving the shelf.

use super::{Carrier, ChangeRow, CollectionState, Failure, Root};

sent! {
    /// A document that somebody asked to have here.
    pub(crate) struct Wanted {
        pub(crate) document: String,
        /// Its number, or its title; empty where the shelf no longer knows it.
        pub(crate) name: String,
        pub(crate) asked_at: String,
        /// Bytes that would be received; null where the machine does not know.
        pub(crate) bytes: Option<u64>,
    }

    pub(crate) struct SyncState {
        pub(crate) running: Option<JobState>,
        pub(crate) source: Option<String>,
        pub(crate) source_is_policy: bool,
        pub(crate) root: Option<Root>,
        /// Newest first.
        pub(crate) history: Vec<SyncRun>,
        pub(crate) bytes: DiskUse,
        /// Bytes of what was cut off and goes on next time.
        pub(crate) kept: u64,
        pub(crate) collections: Vec<CollectionState>,
        /// Shelves on sticks that are plugged in.
        pub(crate) folders: Vec<CarriedShelf>,
    }

    pub(crate) struct DiskUse {
        /// Texts and catalogue.
        pub(crate) texts: u64,
        pub(crate) originals: u64,
        pub(crate) media: u64,
        pub(crate) index: u64,
        /// Free on that disk.
        pub(crate) free: u64,
    }

    pub(crate) struct CarriedShelf {
        pub(crate) path: String,
        pub(crate) name: String,
        pub(crate) published_at: String,
        /// Days newer than what is here; negative is older.
        pub(crate) newer_days: i64,
    }

    pub(crate) struct SyncRun {
        pub(crate) at: String,
        pub(crate) from: Carrier,
        pub(crate) source: String,
        pub(crate) bytes: u64,
        pub(crate) ok: bool,
        pub(crate) failure: Option<Failure>,
        pub(crate) seq: Option<u64>,
    }

    /// What a source offers, before anything of it lands.
    pub(crate) struct SyncCheck {
        pub(crate) source: String,
        pub(crate) name: String,
        pub(crate) seq: u64,
        pub(crate) published_at: String,
        pub(crate) confirmed_at: String,
        pub(crate) nothing_new: bool,
        /// Nothing is here yet: everything would come.
        pub(crate) first: bool,
        /// Documents on that shelf.
        pub(crate) documents: u64,
        /// Changes in all.
        pub(crate) total: u64,
        /// The first of them.
        pub(crate) changes: Vec<ChangeRow>,
        /// Bytes to receive, at most.
        pub(crate) bytes: u64,
        pub(crate) root: Root,
    }

    pub(crate) struct JobState {
        pub(crate) id: u64,
        pub(crate) phase: Phase,
        pub(crate) done: u64,
        pub(crate) total: Option<u64>,
        /// Bytes received so far.
        pub(crate) bytes: u64,
        pub(crate) state: JobStatus,
        pub(crate) failure: Option<Failure>,
        pub(crate) report: Option<SyncOutcome>,
        /// The texts can be read already.
        pub(crate) readable: bool,
    }

    pub(crate) struct SyncOutcome {
        pub(crate) seq: u64,
        pub(crate) documents: u64,
        pub(crate) bytes: u64,
        pub(crate) changed: bool,
        pub(crate) failed: Vec<FailedPart>,
        /// Documents that were waited for and left the shelf, with the publisher's reason.
        pub(crate) wishes_gone: Vec<FailedPart>,
        pub(crate) published_at: String,
        pub(crate) confirmed_at: String,
    }

    pub(crate) struct FailedPart {
        pub(crate) what: String,
        pub(crate) reason: String,
    }
}

received! {
    pub(crate) struct SyncRequest {
        /// Null: the source used last.
        #[serde(default)]
        pub(crate) source: Option<String>,
        /// Path of a root file that the person chose.
        #[serde(default)]
        pub(crate) root_file: Option<String>,
    }
}

codes! {
    pub(crate) enum Phase {
        Checking,
        Catalogue,
        Texts,
        Indexing,
        Objects,
    }

    pub(crate) enum JobStatus {
        Running,
        Paused,
        Done,
        Failed,
        Cancelled,
    }
}
