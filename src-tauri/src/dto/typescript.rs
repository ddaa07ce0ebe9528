//! The TypeScript of the DTOs: one file, written from the Rust types.

use super::*;
use ts_rs::{Config, TS};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/ui/src/lib/host/types.ts");

macro_rules! declarations {
    ($config:expr, $($kind:ty),+ $(,)?) => {
        [$((<$kind>::name($config), <$kind>::decl($config))),+]
    };
}

fn typescript() -> String {
    let config = Config::new().with_large_int("number");
    let mut all = declarations!(
        &config,
        About,
        Absent,
        BasisState,
        Block,
        BlockMark,
        BlockPart,
        Blocks,
        CarriedShelf,
        Carrier,
        ChangeKind,
        ChangeRow,
        CitationAnswer,
        CollectionState,
        Count,
        Cue,
        Direction,
        DiskUse,
        DocumentLine,
        DocumentList,
        DocumentPage,
        Effect,
        EffectKind,
        Facets,
        FailedPart,
        Failure,
        FieldRow,
        Filters,
        Folder,
        FoundRange,
        Hit,
        Home,
        JobState,
        JobStatus,
        Language,
        Link,
        LinkTarget,
        ListRequest,
        ListSort,
        NoText,
        Mark,
        MarkCounts,
        MarkDraft,
        MarkFilter,
        MarkState,
        Marks,
        MediaInfo,
        MediaKind,
        MoreRelated,
        ObjectRole,
        ObjectRow,
        OutlineNode,
        PdfInfo,
        PdfLine,
        PdfPage,
        PdfPageText,
        Phase,
        Place,
        Popover,
        Position,
        Preview,
        Problem,
        Product,
        ProductCount,
        ProvisionLabel,
        ProvisionState,
        ReadingRow,
        RelationGroup,
        RelationRow,
        Request,
        RequestDraft,
        ReviewKind,
        ReviewRow,
        Root,
        RootOrigin,
        SearchAnswer,
        SearchRequest,
        SearchSort,
        Searched,
        Settings,
        SettingsPatch,
        ShelfAge,
        ShelfState,
        Start,
        Suggestion,
        Understood,
        UnderstoodKind,
        SuggestionKind,
        SyncCheck,
        SyncOutcome,
        SyncRequest,
        SyncRun,
        SyncState,
        Territory,
        Theme,
        Topic,
        Validity,
        ValidityState,
        Wanted,
        Withdrawn,
    );
    all.sort();
    let mut out = String::from(
        "// Written from src-tauri/src/dto by `UPDATE_TYPES=1 cargo test -p tusach types`. Do not edit.\n",
    );
    for (_, declaration) in all {
        out.push_str("\nexport ");
        out.push_str(&with_short_comments(declaration.trim()));
        out.push('\n');
    }
    out
}

/// A comment of one sentence stands on one line.
fn with_short_comments(declaration: &str) -> String {
    declaration
        .replace("/**\n * ", "/** ")
        .replace("\n */\n", " */\n")
}

#[test]
fn the_types_of_the_page_are_those_of_the_commands() {
    let wanted = typescript();
    if std::env::var_os("UPDATE_TYPES").is_some() {
        std::fs::write(FILE, &wanted).unwrap();
    }
    let found = std::fs::read_to_string(FILE).unwrap_or_default();
    assert!(
        found == wanted,
        "{FILE} is stale: UPDATE_TYPES=1 cargo test -p tusach types"
    );
}
