//! Where a document that was read goes among those that are there.

use super::said::{Remembered, number_key};
use crate::Error;
use crate::identity::work_identity;
use shelf_ingest::Candidate;
use shelf_law::DocumentId;
use shelf_store::{OriginEntry, StagedObject, Workspace};
use std::collections::HashSet;

/// Where a document goes.
pub(super) struct Place {
    /// Its number among those of the same origin.
    pub(super) ordinal: u32,
    /// What was read there before.
    pub(super) known: Option<OriginEntry>,
    /// Something that was said about it before holds on.
    pub(super) kept: bool,
    /// The title that stood in the file before, and the one that stands there now.
    pub(super) renamed: Option<(String, String)>,
}

impl Place {
    /// The place of a document among those of the same origin, and what was read there before. A
    /// file name or key may come again with another document in it: that one gets a place of its
    /// own, and never the id that readers know for the first, nor what was said about that.
    pub(super) fn find(
        workspace: &Workspace,
        given: &HashSet<DocumentId>,
        candidate: &mut Candidate,
        objects: &[StagedObject],
    ) -> Result<Place, Error> {
        let said_now = candidate.said.clone();
        for ordinal in 0.. {
            let (source, key) = (&candidate.source, &candidate.origin_key);
            let Some(known) = workspace.by_origin(source, key, ordinal)? else {
                return Ok(Place::free(ordinal));
            };
            if given.contains(&known.id) {
                continue;
            }
            let same_file = is_same_file(objects, &known);
            let remembered = Remembered::parse(known.said.as_deref())?;
            let mut kept = false;
            if let Some(remembered) = &remembered {
                if !same_file && remembered.is_of_another(candidate, known.number_key.as_deref()) {
                    continue;
                }
                kept = remembered.apply(candidate);
            }
            if same_file || !Identity::of(candidate).is_another_than(&known) {
                let renamed = remembered.filter(|_| !same_file);
                return Ok(Place {
                    ordinal,
                    renamed: renamed.and_then(|before| before.renamed(candidate, &said_now)),
                    known: Some(known),
                    kept,
                });
            }
            if remembered.is_some() {
                candidate.say(said_now.clone());
            }
        }
        unreachable!("there are fewer entries than ordinals")
    }

    fn free(ordinal: u32) -> Place {
        Place {
            ordinal,
            known: None,
            kept: false,
            renamed: None,
        }
    }
}

/// What a document says that tells it from another one of the same name.
pub(super) struct Identity {
    /// The work that it says it is.
    pub(super) identity: Option<String>,
    /// Its number in the form for comparing.
    pub(super) number_key: Option<String>,
}

impl Identity {
    pub(super) fn of(candidate: &Candidate) -> Identity {
        Identity {
            identity: work_identity(&candidate.fields),
            number_key: number_key(&candidate.fields),
        }
    }

    /// Whether this cannot be the document that was read there before: it states another work.
    fn is_another_than(&self, known: &OriginEntry) -> bool {
        let differs = |one: &Option<String>, other: &Option<String>| matches!((one, other), (Some(one), Some(other)) if one != other);
        differs(&self.identity, &known.identity) || differs(&self.number_key, &known.number_key)
    }
}

/// Whether it is the same file as before, with corrected fields perhaps.
fn is_same_file(objects: &[StagedObject], known: &OriginEntry) -> bool {
    !objects.is_empty()
        && objects.first().map(|o| o.blob.sha256) == known.objects.first().map(|o| o.blob.sha256)
}
