//! What one reader makes of one file, before the grammar and what is said about it.

use crate::claims::Claims;
use crate::{CandidateObject, ObjectRole};
use shelf_law::grammar::Piece;
use shelf_law::{Block, Product};

/// One file read.
#[derive(Default)]
pub(crate) struct Draft {
    /// Its lines and tables, for the grammars.
    pub(crate) pieces: Vec<Piece>,
    /// Blocks that need no grammar: the cues of a video.
    pub(crate) blocks: Vec<Block>,
    /// What the file itself says beside its words (the fields of a saved page).
    pub(crate) claims: Claims,
    /// The product that its type suggests.
    pub(crate) product: Option<Product>,
    /// A title from its properties, for want of a better one.
    pub(crate) title: Option<String>,
    /// What a reader should know.
    pub(crate) notes: Vec<String>,
    /// What a person should look at.
    pub(crate) doubts: Vec<String>,
    /// What the file is to its document; the original of its text where nothing is said.
    pub(crate) role: Option<ObjectRole>,
    /// Files that belong to it, beside the file itself.
    pub(crate) objects: Vec<CandidateObject>,
}
