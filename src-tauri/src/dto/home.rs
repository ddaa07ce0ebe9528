//! The home screen.

use super::{DocumentLine, Place, Product, ValidityState};

sent! {
    pub(crate) struct Home {
        /// Every lĩnh vực on the shelf, in Vietnamese order.
        pub(crate) topics: Vec<Topic>,
        /// Việc người dân hay hỏi.
        pub(crate) problems: Vec<Problem>,
        /// Đọc tiếp, newest first.
        pub(crate) reading: Vec<ReadingRow>,
        /// What the last sync that changed something brought, the first of it.
        pub(crate) news: Vec<ChangeRow>,
        pub(crate) news_total: u64,
        pub(crate) news_since: Option<String>,
        pub(crate) products: Vec<ProductCount>,
        /// Cần xem lại.
        pub(crate) review: Vec<ReviewRow>,
    }

    pub(crate) struct Topic {
        pub(crate) name: String,
        pub(crate) documents: u64,
    }

    pub(crate) struct Problem {
        /// `land`, `civil_status`, `marriage`, `loans`, `traffic`, `forest`, `ethnic`.
        pub(crate) id: String,
        pub(crate) documents: u64,
        /// What choosing it searches.
        pub(crate) query: String,
        /// The lĩnh vực that it belongs to.
        pub(crate) topic: Option<String>,
    }

    pub(crate) struct ProductCount {
        pub(crate) product: Product,
        pub(crate) count: u64,
    }

    pub(crate) struct ReadingRow {
        pub(crate) document: DocumentLine,
        pub(crate) place: Place,
        /// `Điều 136, khoản 1`, `03:12`, `trang 3`; empty for the whole.
        pub(crate) label: String,
        /// How far, 0 to 1.
        pub(crate) fraction: f32,
        pub(crate) opened_at: String,
    }

    pub(crate) struct ReviewRow {
        pub(crate) kind: ReviewKind,
        pub(crate) count: u64,
        /// The first of them.
        pub(crate) documents: Vec<DocumentLine>,
    }

    pub(crate) struct ChangeRow {
        pub(crate) change: ChangeKind,
        pub(crate) document: DocumentLine,
        /// The state before, where it differs.
        pub(crate) before: Option<ValidityState>,
        pub(crate) reason: Option<String>,
        /// Own marks on it.
        pub(crate) marks: u64,
    }
}

codes! {
    pub(crate) enum ReviewKind {
        /// Products whose basis has died or changed.
        BasisDead,
        /// Marked documents whose validity or text has changed since.
        MarkChanged,
        /// Marked documents that were withdrawn.
        Withdrawn,
    }

    pub(crate) enum ChangeKind {
        Added,
        Changed,
        Withdrawn,
    }
}
