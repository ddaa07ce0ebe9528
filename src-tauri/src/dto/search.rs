//! Searching and lists.

use super::{Block, DocumentLine, Effect, Product, ProvisionLabel, ProvisionState, ValidityState};

received! {
    pub(crate) struct SearchRequest {
        pub(crate) text: String,
        pub(crate) filters: Filters,
        pub(crate) sort: SearchSort,
        pub(crate) limit: usize,
        /// Provisions rather than documents.
        pub(crate) provisions: bool,
        /// The words as typed: no citation, no abbreviation, no word for another.
        #[serde(default)]
        pub(crate) exactly: bool,
    }

    /// Lists that are empty filter nothing, except that no states means all but the fully expired.
    pub(crate) struct Filters {
        #[serde(default)]
        pub(crate) states: Vec<ValidityState>,
        #[serde(default)]
        pub(crate) kinds: Vec<String>,
        #[serde(default)]
        pub(crate) products: Vec<Product>,
        #[serde(default)]
        pub(crate) topics: Vec<String>,
        #[serde(default)]
        pub(crate) issuers: Vec<String>,
        #[serde(default)]
        pub(crate) year_from: Option<i16>,
        #[serde(default)]
        pub(crate) year_to: Option<i16>,
        #[serde(default)]
        pub(crate) here_only: bool,
        /// Only what holds in the commune of the settings.
        #[serde(default)]
        pub(crate) my_territory: bool,
    }

    pub(crate) struct ListRequest {
        pub(crate) filters: Filters,
        pub(crate) sort: ListSort,
        pub(crate) offset: usize,
        pub(crate) limit: usize,
        /// What left the shelf, instead of what is on it.
        #[serde(default)]
        pub(crate) withdrawn: bool,
    }
}

codes! {
    pub(crate) enum UnderstoodKind {
        Abbreviation,
        LayWord,
        Unit,
        Authority,
        Citation,
        Kind,
        Year,
        Exact,
    }

    pub(crate) enum SearchSort {
        Relevance,
        Newest,
    }

    pub(crate) enum ListSort {
        Newest,
        Title,
        Number,
    }

    pub(crate) enum SuggestionKind {
        Citation,
        Provision,
        Document,
        Recent,
        Mark,
        Topic,
        Word,
    }
}

sent! {
    pub(crate) struct SearchAnswer {
        pub(crate) took_us: u64,
        pub(crate) hits: Vec<Hit>,
        /// Documents among the candidates.
        pub(crate) documents: u64,
        /// There are more than were asked for.
        pub(crate) more: bool,
        pub(crate) facets: Facets,
        /// Hits that only their state hides.
        pub(crate) hidden_expired: u64,
        /// Of `documents`, those whose text is not on this machine: found by title and headings.
        pub(crate) absent: u64,
        /// Documents that hold pictures of text only.
        pub(crate) scans_not_searched: u64,
        pub(crate) citation: Option<CitationAnswer>,
        /// What parts of the question were taken to mean, in its order.
        pub(crate) understood: Vec<Understood>,
    }

    pub(crate) struct Understood {
        pub(crate) kind: UnderstoodKind,
        /// Its place in the question, in Unicode scalar values.
        pub(crate) from: usize,
        pub(crate) to: usize,
        /// What they are taken to mean.
        pub(crate) says: String,
    }

    pub(crate) struct CitationAnswer {
        /// The place that was named and does not exist: `Điều 99`.
        pub(crate) missing: Option<String>,
        pub(crate) document: Option<DocumentLine>,
        /// The provision that was named and exists.
        pub(crate) provision: Option<String>,
        /// Acts that share the number that was typed.
        pub(crate) shared: Vec<DocumentLine>,
    }

    pub(crate) struct Facets {
        pub(crate) states: Vec<Count>,
        pub(crate) kinds: Vec<Count>,
        pub(crate) products: Vec<Count>,
        pub(crate) topics: Vec<Count>,
        pub(crate) issuers: Vec<Count>,
        pub(crate) years: Vec<Count>,
    }

    pub(crate) struct Count {
        pub(crate) value: String,
        pub(crate) count: u64,
    }

    pub(crate) struct Hit {
        pub(crate) document: DocumentLine,
        pub(crate) provision: Option<ProvisionLabel>,
        /// The line that names the hit.
        pub(crate) heading: String,
        pub(crate) path: String,
        pub(crate) page: Option<u32>,
        pub(crate) time_ms: Option<u64>,
        pub(crate) snippet: String,
        /// Ranges to mark in the snippet, in Unicode scalar values.
        pub(crate) marks: Vec<(usize, usize)>,
        /// Set where the text is not on this machine: the snippet is no more than the heading.
        pub(crate) absent: Option<Absent>,
        /// The query cites it.
        pub(crate) cited: bool,
        pub(crate) provision_state: ProvisionState,
    }

    pub(crate) struct Preview {
        pub(crate) document: DocumentLine,
        pub(crate) provision: Option<ProvisionLabel>,
        pub(crate) blocks: Vec<Block>,
        pub(crate) marks: Vec<BlockMark>,
        /// The words to copy.
        pub(crate) citation: String,
        pub(crate) effects: Vec<Effect>,
        /// There is more of it.
        pub(crate) cut: bool,
        /// Set where the text is not on this machine: there are no blocks.
        pub(crate) absent: Option<Absent>,
    }

    /// A document that is known by its headings only.
    pub(crate) struct Absent {
        /// Bytes that would be received; null where the machine does not know.
        pub(crate) bytes: Option<u64>,
    }

    /// Words of the query in the text of a block, in Unicode scalar values.
    pub(crate) struct BlockMark {
        /// Place of the block among those of the preview.
        pub(crate) block: usize,
        pub(crate) from: usize,
        pub(crate) to: usize,
    }

    pub(crate) struct Suggestion {
        pub(crate) kind: SuggestionKind,
        /// What choosing it puts into the field.
        pub(crate) text: String,
        pub(crate) document: Option<DocumentLine>,
        pub(crate) provision: Option<ProvisionLabel>,
    }

    pub(crate) struct DocumentList {
        pub(crate) documents: Vec<DocumentLine>,
        pub(crate) total: u64,
        pub(crate) facets: Facets,
    }
}
