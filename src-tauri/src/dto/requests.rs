//! Requests to Sở, as they are kept.

use std::collections::BTreeMap;

sent! {
    pub(crate) struct Request {
        pub(crate) id: i64,
        pub(crate) question: String,
        pub(crate) field: Option<String>,
        pub(crate) searched: Option<Searched>,
        pub(crate) made_at: String,
    }
}

both! {
    /// A search that goes along with a request.
    pub(crate) struct Searched {
        pub(crate) words: String,
        /// Values by name, as in the address of the search.
        pub(crate) filters: BTreeMap<String, Vec<String>>,
    }
}

received! {
    pub(crate) struct RequestDraft {
        pub(crate) question: String,
        pub(crate) field: Option<String>,
        pub(crate) searched: Option<Searched>,
    }
}
