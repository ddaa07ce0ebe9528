//! What the page asks first, settings, and the shelf on this machine.

use super::Failure;

sent! {
    pub(crate) struct About {
        /// Version of the app and of the engine in it: the workspace has one version.
        pub(crate) version: String,
        /// The data folder.
        pub(crate) home: String,
        /// Whether PDF pages can be shown.
        pub(crate) pdf: bool,
    }

    pub(crate) struct Start {
        /// Null: no shelf on this machine yet.
        pub(crate) shelf: Option<ShelfState>,
        /// The root that is trusted here, or would be.
        pub(crate) root: Option<Root>,
        /// The source used last, or the one that a policy gives.
        pub(crate) source: Option<String>,
        pub(crate) source_is_policy: bool,
        pub(crate) settings: Settings,
        /// A guest's visit: nothing personal is kept.
        pub(crate) guest: bool,
        /// Why a person reads as a guest: their own data cannot be opened.
        pub(crate) unkept: Option<Failure>,
        /// A sync was cut off and goes on from where it stood.
        pub(crate) unfinished_sync: bool,
        /// Whoever started the app asked it to receive the shelf at once.
        pub(crate) sync_now: bool,
        /// The day of the backup from which the person's own data had to be taken.
        pub(crate) recovered_from: Option<String>,
    }

    pub(crate) struct Root {
        /// Its fingerprint as eight words.
        pub(crate) words: Vec<String>,
        pub(crate) sha256: String,
        pub(crate) origin: RootOrigin,
    }

    pub(crate) struct ShelfAge {
        pub(crate) seq: u64,
        pub(crate) published_at: String,
        pub(crate) confirmed_at: String,
        /// Whole days since the last confirmation.
        pub(crate) days: i64,
        /// The clock stands before a signed time that this machine has seen.
        pub(crate) clock_is_slow: bool,
    }

    pub(crate) struct ShelfState {
        pub(crate) name: String,
        pub(crate) age: ShelfAge,
        /// Acts, withdrawn ones not counted.
        pub(crate) acts: u64,
        /// Products that spread the law.
        pub(crate) materials: u64,
        /// Documents whose words are on this machine.
        pub(crate) readable: u64,
        pub(crate) documents: u64,
        pub(crate) collections: Vec<CollectionState>,
        pub(crate) source: Option<String>,
        pub(crate) received_at: Option<String>,
        pub(crate) received_from: Option<Carrier>,
    }

    pub(crate) struct CollectionState {
        pub(crate) id: String,
        pub(crate) name: String,
        pub(crate) documents: u64,
        pub(crate) bytes: u64,
        pub(crate) bytes_here: u64,
        pub(crate) taken: bool,
        pub(crate) locked: bool,
    }

    pub(crate) struct Settings {
        pub(crate) theme: Theme,
        /// Percent: 100, 112, 125, 150, 175 or 200.
        pub(crate) text_size: u16,
        pub(crate) language: Language,
        /// Xã của tôi.
        pub(crate) commune: Option<String>,
        pub(crate) former_province: Option<String>,
        /// Shortcuts of a single letter act.
        pub(crate) single_keys: bool,
        /// Searches show fully expired acts without being asked.
        pub(crate) show_expired: bool,
    }
}

received! {
    /// What is absent stays; an empty commune clears it.
    #[derive(Default)]
    pub(crate) struct SettingsPatch {
        #[serde(default)]
        pub(crate) theme: Option<Theme>,
        #[serde(default)]
        pub(crate) text_size: Option<u16>,
        #[serde(default)]
        pub(crate) language: Option<Language>,
        #[serde(default)]
        pub(crate) commune: Option<String>,
        #[serde(default)]
        pub(crate) former_province: Option<String>,
        #[serde(default)]
        pub(crate) single_keys: Option<bool>,
        #[serde(default)]
        pub(crate) show_expired: Option<bool>,
    }
}

codes! {
    pub(crate) enum RootOrigin {
        /// Came with the installer or a policy file.
        Machine,
        /// A file that the person chose.
        File,
        /// Trusted here already.
        Trusted,
    }

    pub(crate) enum Carrier {
        Network,
        Folder,
    }

    pub(crate) enum Theme {
        System,
        Light,
        Dark,
    }

    pub(crate) enum Language {
        Vi,
        En,
    }
}
