//! Single parts of a page, for lists and players that do not need all of it.

use super::Library;
use super::effects::ProvisionState;
use super::page::{Effect, place_words};
use crate::{Error, ErrorCode};
use shelf_law::{ContentHash, DocumentId, Level, ProvisionId};
use std::path::{Path, PathBuf};

/// A subtitle of a video or sound piece.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cue {
    /// Its place in the document.
    pub id: ProvisionId,
    /// First millisecond.
    pub from_ms: u64,
    /// Last millisecond.
    pub to_ms: u64,
    /// Its words.
    pub text: String,
}

impl Library {
    /// How a provision stands today, or the act as a whole.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] for an id that the shelf does not know.
    pub fn provision_state(
        &mut self,
        id: &DocumentId,
        provision: Option<&ProvisionId>,
    ) -> Result<ProvisionState, Error> {
        self.prepare_relations();
        let row = self.row_of(id)?;
        Ok(self.effects_on(&row)?.state_of(provision))
    }

    /// What other acts did to a document, in the order of its provisions.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] for an id that the shelf does not know.
    pub fn effects(&mut self, id: &DocumentId) -> Result<Vec<Effect>, Error> {
        self.prepare_relations();
        let row = self.row_of(id)?;
        let (file, _) = self.text_or_reason(&row)?;
        let known = self.effects_on(&row)?;
        self.effects_of(&known, file.as_deref(), None)
    }

    /// How a reader cites a provision within its document.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] for an id that the shelf does not know.
    pub fn provision_label(
        &mut self,
        id: &DocumentId,
        provision: &ProvisionId,
    ) -> Result<String, Error> {
        let row = self.row_of(id)?;
        let (file, _) = self.text_or_reason(&row)?;
        let headings = self.catalog.headings(id)?;
        let text = file.as_ref().map(|file| &file.text);
        let (_, label, _) = place_words(provision, text, headings.as_ref());
        Ok(label)
    }

    /// The subtitles of a video or sound piece, in order; none where it has none.
    ///
    /// # Errors
    /// As [`Library::blocks`].
    pub fn cues(&mut self, id: &DocumentId) -> Result<Vec<Cue>, Error> {
        let row = self.row_of(id)?;
        let file = self.text_of(&row)?;
        let blocks = file.text.blocks.iter();
        Ok(blocks
            .filter(|block| block.level == Level::Cue)
            .filter_map(|block| {
                let (from_ms, to_ms) = block.time_ms?;
                Some(Cue {
                    id: block.id.clone()?,
                    from_ms,
                    to_ms,
                    text: block.text.clone(),
                })
            })
            .collect())
    }

    /// An original or media file on this machine.
    ///
    /// # Errors
    /// [`ErrorCode::NotOnThisMachine`] where it has not been received.
    pub fn original(&self, sha256: &ContentHash) -> Result<PathBuf, Error> {
        self.object_path(sha256).ok_or_else(|| {
            Error::new(
                ErrorCode::NotOnThisMachine,
                format!("{sha256}: this file is not on this machine yet; sync again"),
            )
        })
    }
}

/// Copies a file out of the shelf to a place that a person chose, whole or not at all.
///
/// # Errors
/// [`ErrorCode::Io`] or [`ErrorCode::DiskFull`] where it cannot be written there.
pub fn copy_out(from: &Path, to: &Path) -> Result<(), Error> {
    let folder = to.parent().unwrap_or(Path::new("."));
    let mut name = to.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let part = folder.join(name);
    let copied = std::fs::copy(from, &part)
        .and_then(|_| std::fs::File::open(&part)?.sync_all())
        .and_then(|()| std::fs::rename(&part, to));
    copied.map_err(|error| {
        // What was begun is of no use to anybody.
        let _ = std::fs::remove_file(&part);
        Error::io(to)(error)
    })
}
