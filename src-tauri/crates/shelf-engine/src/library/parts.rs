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
    // Not std::fs::copy: it takes over the rights of an object, which nobody may write.
    let copied = tempfile_in(folder, to).and_then(|(part, mut file)| {
        let written = std::fs::File::open(from)
            .and_then(|mut from| std::io::copy(&mut from, &mut file))
            .and_then(|_| file.sync_all());
        drop(file);
        let renamed = written.and_then(|()| std::fs::rename(&part, to));
        if renamed.is_err() {
            // What was begun is of no use to anybody.
            let _ = std::fs::remove_file(&part);
        }
        renamed
    });
    copied.map_err(Error::io(to))
}

/// A new file beside `to`; whatever else stands there under such a name is left alone.
fn tempfile_in(folder: &Path, to: &Path) -> std::io::Result<(PathBuf, std::fs::File)> {
    let mut taken = None;
    for number in 0..100 {
        let mut name = to.file_name().unwrap_or_default().to_owned();
        name.push(match number {
            0 => ".part".to_string(),
            number => format!(".part{number}"),
        });
        let part = folder.join(name);
        match std::fs::File::create_new(&part) {
            Ok(file) => return Ok((part, file)),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => taken = Some(error),
            Err(error) => return Err(error),
        }
    }
    Err(taken.unwrap_or_else(|| std::io::ErrorKind::AlreadyExists.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_taken_out_over_an_older_copy_and_no_other_file_is_touched() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("object"), b"new").unwrap();
        let mut rights = std::fs::metadata(at("object")).unwrap().permissions();
        rights.set_readonly(true);
        std::fs::set_permissions(at("object"), rights).unwrap();
        std::fs::write(at("luat.pdf"), b"old").unwrap();
        std::fs::write(at("luat.pdf.part"), b"a person's own").unwrap();
        copy_out(&at("object"), &at("luat.pdf")).unwrap();
        assert_eq!(std::fs::read(at("luat.pdf")).unwrap(), b"new");
        assert_eq!(
            std::fs::read(at("luat.pdf.part")).unwrap(),
            b"a person's own"
        );
        assert!(!at("luat.pdf.part1").exists());
        let copy = std::fs::metadata(at("luat.pdf")).unwrap();
        assert!(
            !copy.permissions().readonly(),
            "it is the person's from now on"
        );
    }
}
