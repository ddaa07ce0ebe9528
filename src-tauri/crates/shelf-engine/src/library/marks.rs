//! How the place of a mark stands today: a note on a provision outlives the words that it was made on.

use super::Library;
use super::effects::ProvisionState;
use super::find_in::Finder;
use crate::Error;
use shelf_law::{ContentHash, Date, DocumentId, DocumentText, ProvisionId, ValidityState};
use shelf_repo::Withdrawn;

/// Where a mark was made, and on what.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MarkPlace {
    /// The document.
    pub document: DocumentId,
    /// The provision; `None` for a mark on a page, a moment or the document.
    pub provision: Option<ProvisionId>,
    /// The text's hash when it was made.
    pub revision: Option<ContentHash>,
    /// The words that were marked; empty for a whole provision.
    pub quote: String,
}

/// How the place of a mark stands today.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct MarkState {
    /// State of the document today; `None` where the shelf does not know it.
    pub document: Option<ValidityState>,
    /// The day on which the recorded state was last checked.
    pub as_of: Option<Date>,
    /// State of the provision.
    pub provision: ProvisionState,
    /// The text is another one than when the mark was made, and the words marked do not stand there
    /// any more.
    pub changed: bool,
    /// The provision is gone.
    pub orphan: bool,
    /// The document was withdrawn.
    pub withdrawn: Option<Withdrawn>,
    /// The text is not on this machine, so that nothing is known of the words.
    pub not_here: bool,
}

impl Library {
    /// How the places of some marks stand today, in their order. A text is read only where it is
    /// another one than when the mark was made.
    pub fn mark_states(&mut self, places: &[MarkPlace]) -> Result<Vec<MarkState>, Error> {
        self.prepare_relations();
        places.iter().map(|place| self.mark_state(place)).collect()
    }

    fn mark_state(&mut self, place: &MarkPlace) -> Result<MarkState, Error> {
        let Some(row) = self.catalog.get(&place.document)? else {
            return Ok(MarkState {
                not_here: true,
                ..MarkState::default()
            });
        };
        let effects = self.effects_on(&row)?;
        let mut state = MarkState {
            document: Some(row.browse.validity.on(self.today())),
            as_of: row.browse.validity.as_of,
            provision: effects.state_of(place.provision.as_ref()),
            withdrawn: row.browse.withdrawn.clone(),
            ..MarkState::default()
        };
        let revision = row.objects.as_ref().map(|objects| objects.text.sha256);
        let here = row
            .objects
            .as_ref()
            .is_some_and(|objects| self.texts.has(objects));
        if !here || state.withdrawn.is_some() {
            state.not_here = true;
            return Ok(state);
        }
        if place.revision.is_some() && place.revision == revision {
            return Ok(state);
        }
        let (file, no_text) = self.text_or_reason(&row)?;
        let Some(file) = file else {
            state.not_here = no_text.is_some();
            return Ok(state);
        };
        let at = match &place.provision {
            None => Some(0..file.text.blocks.len()),
            Some(id) => file.text.find(id).map(|at| file.text.subtree(at)),
        };
        match at {
            None => state.orphan = true,
            Some(range) => {
                state.changed = match place.quote.trim() {
                    "" => place.revision.is_some(),
                    quote => !holds(&file.text, range, quote),
                };
            }
        }
        Ok(state)
    }
}

/// Whether the words stand in these blocks, however they run over them.
fn holds(text: &DocumentText, range: std::ops::Range<usize>, quote: &str) -> bool {
    let words = text.plain_text(range);
    !Finder::new(quote).ranges(&words).is_empty()
}
