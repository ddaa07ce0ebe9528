//! Originals, pages and media. Their bytes come from the loopback server, never through a command.

sent! {
    pub(crate) struct ObjectRow {
        pub(crate) sha256: String,
        pub(crate) role: ObjectRole,
        pub(crate) name: String,
        pub(crate) media_type: String,
        pub(crate) size: u64,
        pub(crate) here: bool,
    }

    pub(crate) struct PdfInfo {
        /// In points.
        pub(crate) pages: Vec<PdfPage>,
        /// `${url}/${page from 1}?w=${pixels}` is a picture of the page.
        pub(crate) url: String,
    }

    pub(crate) struct PdfPage {
        pub(crate) width: f32,
        pub(crate) height: f32,
    }

    pub(crate) struct PdfPageText {
        pub(crate) lines: Vec<PdfLine>,
        /// Boxes of what was to be found: left, top, right, bottom as shares of the page.
        pub(crate) hits: Vec<[f32; 4]>,
    }

    pub(crate) struct PdfLine {
        pub(crate) text: String,
        /// Left, top, right, bottom as shares of the page.
        pub(crate) area: [f32; 4],
    }

    pub(crate) struct MediaInfo {
        pub(crate) kind: MediaKind,
        pub(crate) url: String,
        pub(crate) media_type: String,
        pub(crate) poster: Option<String>,
        pub(crate) cues: Vec<Cue>,
    }

    pub(crate) struct Cue {
        /// Its provision id.
        pub(crate) id: String,
        pub(crate) from_ms: u64,
        pub(crate) to_ms: u64,
        pub(crate) text: String,
    }
}

codes! {
    pub(crate) enum ObjectRole {
        Original,
        Image,
        Video,
        Audio,
        Subtitles,
        Poster,
    }

    pub(crate) enum MediaKind {
        Image,
        Video,
        Audio,
    }
}
