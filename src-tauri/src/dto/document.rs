//! The page of one document.

use super::{DocumentLine, Mark, ObjectRow, Place, ProvisionLabel, ProvisionState};

sent! {
    pub(crate) struct DocumentPage {
        pub(crate) line: DocumentLine,
        pub(crate) fields: Vec<FieldRow>,
        /// What a person should look at before trusting it.
        pub(crate) notes: Vec<String>,
        pub(crate) outline: Vec<OutlineNode>,
        /// Blocks of its text; 0 where there is none to read here.
        pub(crate) blocks: usize,
        /// Why there is none.
        pub(crate) no_text: Option<NoText>,
        pub(crate) objects: Vec<ObjectRow>,
        /// What other acts did to it.
        pub(crate) effects: Vec<Effect>,
        pub(crate) relations: Vec<RelationGroup>,
        /// What others say of it may be incomplete: the relations are still being read.
        pub(crate) relations_pending: bool,
        /// Things to know about its validity.
        pub(crate) validity_count: usize,
        /// Documents that it is related to.
        pub(crate) related_count: usize,
        /// Products that rest on it.
        pub(crate) materials: Vec<DocumentLine>,
        /// Consolidated texts of it on the shelf.
        pub(crate) consolidated: Vec<DocumentLine>,
        /// How to cite it as a whole.
        pub(crate) citation: String,
        /// Changes to the text give another one.
        pub(crate) revision: String,
        /// Where reading stopped.
        pub(crate) position: Option<Position>,
        pub(crate) territory: Territory,
        pub(crate) marks: Vec<Mark>,
    }

    pub(crate) struct Position {
        pub(crate) place: Place,
        pub(crate) fraction: f32,
    }

    pub(crate) struct FieldRow {
        /// `number`, `kind`, … as in the field's table of identifiers.
        pub(crate) name: String,
        pub(crate) value: Option<String>,
        /// The words of the source.
        pub(crate) raw: Option<String>,
    }

    pub(crate) struct OutlineNode {
        pub(crate) id: Option<String>,
        pub(crate) level: String,
        pub(crate) label: String,
        pub(crate) heading: String,
        pub(crate) state: ProvisionState,
        /// Index of its block.
        pub(crate) block: usize,
        pub(crate) doubtful: bool,
        pub(crate) children: Vec<OutlineNode>,
    }

    pub(crate) struct Block {
        pub(crate) index: usize,
        pub(crate) level: String,
        pub(crate) depth: u8,
        pub(crate) id: Option<String>,
        pub(crate) marker: String,
        pub(crate) label: String,
        pub(crate) heading: String,
        pub(crate) text: String,
        /// Cells of a table.
        pub(crate) rows: Vec<Vec<String>>,
        /// Belongs to another act, which this one amends.
        pub(crate) quoted: bool,
        pub(crate) doubtful: bool,
        pub(crate) page: Option<u32>,
        /// First and last millisecond of a cue.
        pub(crate) time_ms: Option<(u64, u64)>,
        /// `jra`, `bdq`; null for Vietnamese.
        pub(crate) lang: Option<String>,
        pub(crate) links: Vec<Link>,
        pub(crate) state: ProvisionState,
        /// Positions in the document's `effects`.
        pub(crate) effects: Vec<usize>,
    }

    pub(crate) struct Blocks {
        pub(crate) from: usize,
        pub(crate) blocks: Vec<Block>,
        pub(crate) total: usize,
    }

    /// A citation in the text of a block, in Unicode scalar values.
    pub(crate) struct Link {
        pub(crate) from: usize,
        pub(crate) to: usize,
        pub(crate) target: LinkTarget,
    }

    pub(crate) struct Effect {
        /// Of this document; null means the whole of it.
        pub(crate) provision: Option<String>,
        pub(crate) label: String,
        pub(crate) heading: String,
        pub(crate) kind: EffectKind,
        /// False reads "có thể đã bị".
        pub(crate) certain: bool,
        pub(crate) by: Option<DocumentLine>,
        pub(crate) by_number: Option<String>,
        pub(crate) by_provision: Option<String>,
        /// From which day, where known.
        pub(crate) from: Option<String>,
        pub(crate) quote: Option<String>,
    }

    pub(crate) struct RelationGroup {
        pub(crate) direction: Direction,
        /// `basis`, `guides`, `amends`, …
        pub(crate) kind: String,
        /// The first of them.
        pub(crate) rows: Vec<RelationRow>,
        pub(crate) total: usize,
        /// Where `relatedMore` goes on; null where these are all.
        pub(crate) next: Option<usize>,
    }

    /// More of what other documents state of one.
    pub(crate) struct MoreRelated {
        pub(crate) rows: Vec<RelationRow>,
        /// Products that rest on it; one may come again that came before.
        pub(crate) materials: Vec<DocumentLine>,
        /// Where `relatedMore` goes on; null at the end.
        pub(crate) next: Option<usize>,
    }

    pub(crate) struct RelationRow {
        pub(crate) document: Option<DocumentLine>,
        pub(crate) number: Option<String>,
        pub(crate) title: Option<String>,
        /// Provision at the far end.
        pub(crate) provision: Option<ProvisionLabel>,
        pub(crate) heading: Option<String>,
        /// Provision at the near end.
        pub(crate) from: Option<ProvisionLabel>,
        /// The words that prove it.
        pub(crate) quote: Option<String>,
        pub(crate) on_shelf: bool,
        /// Several acts on the shelf have that number, so none is named.
        pub(crate) several: bool,
    }

    pub(crate) struct Popover {
        pub(crate) document: DocumentLine,
        pub(crate) provision: Option<ProvisionLabel>,
        pub(crate) heading: String,
        pub(crate) blocks: Vec<Block>,
        pub(crate) citation: String,
        pub(crate) effects: Vec<Effect>,
        pub(crate) cut: bool,
    }

    /// Found within a document, in Unicode scalar values of that part of the block.
    pub(crate) struct FoundRange {
        pub(crate) block: usize,
        pub(crate) part: BlockPart,
        /// Row and column of a cell.
        pub(crate) cell: Option<(usize, usize)>,
        pub(crate) from: usize,
        pub(crate) to: usize,
    }
}

both! {
    pub(crate) struct LinkTarget {
        /// The document, where exactly one on the shelf is meant.
        pub(crate) document: Option<String>,
        pub(crate) number: Option<String>,
        pub(crate) provision: Option<String>,
        pub(crate) on_shelf: bool,
        /// Within the same document.
        pub(crate) same: bool,
    }
}

codes! {
    pub(crate) enum EffectKind {
        Amends,
        Replaces,
        Repeals,
        Suspends,
        Corrects,
        MovesPower,
    }

    pub(crate) enum BlockPart {
        Heading,
        Text,
        Cell,
    }

    pub(crate) enum NoText {
        Withdrawn,
        /// Its collection is not kept on this machine.
        CollectionNotTaken,
        NotReceived,
        Damaged,
    }

    pub(crate) enum Direction {
        Out,
        In,
    }

    /// Whether a document holds in the commune of the settings.
    pub(crate) enum Territory {
        Everywhere,
        Mine,
        Other,
        /// It holds in some units only, and no commune is set.
        Unset,
    }
}
