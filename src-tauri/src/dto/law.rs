//! Documents as lists show them, and what is known of their validity.

codes! {
    pub(crate) enum ValidityState {
        NotYet,
        InForce,
        PartlyExpired,
        Expired,
        Suspended,
        PartlySuspended,
        NoLongerSuitable,
        Unknown,
    }

    pub(crate) enum Product {
        Outline,
        Book,
        Handbook,
        Leaflet,
        LegalStory,
        Skit,
        Video,
        ELecture,
        News,
        Feature,
        Qa,
        Loudspeaker,
        Form,
        Audio,
    }

    /// What is known to have happened to a provision.
    pub(crate) enum ProvisionState {
        NoChangeKnown,
        MayBeAmended,
        Amended,
        Repealed,
        Suspended,
        Unknown,
    }

    /// The state of what a product rests on; the worst counts.
    pub(crate) enum BasisState {
        Ok,
        Changed,
        Dead,
        Unknown,
    }
}

sent! {
    pub(crate) struct Validity {
        /// The state today.
        pub(crate) state: ValidityState,
        /// The state that was recorded, which known dates may have moved on.
        pub(crate) recorded: ValidityState,
        /// The day on which that was last checked; null reads "chưa rõ ngày kiểm tra".
        pub(crate) as_of: Option<String>,
        pub(crate) effective: Option<String>,
        pub(crate) expires: Option<String>,
    }

    pub(crate) struct Withdrawn {
        pub(crate) on: String,
        pub(crate) reason: String,
    }

    /// A document as a list shows it.
    pub(crate) struct DocumentLine {
        pub(crate) id: String,
        pub(crate) number: Option<String>,
        pub(crate) kind: Option<String>,
        pub(crate) title: String,
        pub(crate) issuer: Option<String>,
        pub(crate) issued: Option<String>,
        pub(crate) topic: Option<String>,
        pub(crate) product: Option<Product>,
        pub(crate) validity: Validity,
        /// Units in which alone it holds; empty means everywhere.
        pub(crate) applies_in: Vec<String>,
        pub(crate) withdrawn: Option<Withdrawn>,
        /// Its text is on this machine.
        pub(crate) here: bool,
        /// Bytes of its text and files together.
        pub(crate) bytes: Option<u64>,
        pub(crate) collection: String,
        /// Marked "Dữ liệu mẫu".
        pub(crate) sample: bool,
        /// For products.
        pub(crate) basis: Option<BasisState>,
    }

    pub(crate) struct ProvisionLabel {
        pub(crate) id: String,
        /// How a reader cites it: `khoản 2 Điều 12`.
        pub(crate) label: String,
        /// The headings above it.
        pub(crate) path: String,
    }
}

both! {
    /// A place in a document; all null means the document as a whole.
    #[derive(Default)]
    pub(crate) struct Place {
        pub(crate) provision: Option<String>,
        /// SHA-256 of an original or a media file.
        pub(crate) object: Option<String>,
        /// Page of it, from 1.
        pub(crate) page: Option<u32>,
        pub(crate) time_ms: Option<u64>,
    }
}
