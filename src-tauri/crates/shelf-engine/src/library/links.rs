//! Citations inside a text, and where they lead on this shelf. No link is better than a wrong one.

use super::Library;
use crate::Error;
use shelf_law::{DocumentFile, DocumentId, ProvisionId};
use std::ops::Range;

/// A citation in a block's text that leads somewhere.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// First character (Unicode scalar values).
    pub from: usize,
    /// One past the last character.
    pub to: usize,
    /// Where it leads.
    pub target: LinkTarget,
}

/// Where a citation leads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LinkTarget {
    /// The document on the shelf.
    pub document: Option<DocumentId>,
    /// Its number, as known.
    pub number: Option<String>,
    /// The provision. It exists where the document's text is here.
    pub provision: Option<ProvisionId>,
    /// Whether the document is on the shelf.
    pub on_shelf: bool,
    /// It leads to another place of the same document.
    pub same: bool,
}

/// The links of some blocks.
pub(crate) struct Links(Vec<(usize, Vec<Link>)>);

impl Links {
    /// Takes out the links of a block.
    pub(crate) fn next_of(&mut self, index: usize) -> Vec<Link> {
        match self.0.iter_mut().find(|(known, _)| *known == index) {
            Some((_, links)) => std::mem::take(links),
            None => Vec::new(),
        }
    }
}

impl Library {
    pub(crate) fn links_in(
        &mut self,
        _file: &DocumentFile,
        _range: Range<usize>,
    ) -> Result<Links, Error> {
        Ok(Links(Vec::new()))
    }
}
