//! How a command fails.

sent! {
    /// Every command rejects with this: the page has the words for the code.
    pub(crate) struct Failure {
        /// A code of the engine, or of the shell (`argument`, `dialog`).
        pub(crate) code: String,
        /// One technical line, in English, for whoever helps.
        pub(crate) detail: String,
    }
}
