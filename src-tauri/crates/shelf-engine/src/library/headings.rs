//! Documents that are on the shelf and whose text is not on this machine: found by their title and
//! the headings of their provisions, and told apart from what can be read.

use super::indexing::{called, facts};
use super::passages::ShownPlace;
use super::search::{Found, Place};
use super::{HitProvision, Library};
use crate::library::page::place_words;
use shelf_law::{ContentHash, ProvisionId};
use shelf_repo::{BrowseRow, HeadingRow};
use shelf_search::{Facts, IndexInput, Query, UnitInput, Weights, snippet};

/// Set in the ordinal of a unit that is a heading: no text has so many units, so that the one is
/// never taken for the other.
const HEADING: u32 = 1 << 31;

/// Syllables that stand for the words of a provision of which only the heading is here: a Điều has
/// about so many. Without them BM25 would take a heading for a very short Điều that speaks of nothing
/// else, and put it above those that answer.
const UNKNOWN_WORDS: usize = 180;
/// A syllable of no language.
const UNKNOWN_WORD: &str = "0x0x0 ";

/// What a document gives to the index as long as its text is not here.
pub(super) fn index_input(row: &BrowseRow, headings: Option<&HeadingRow>) -> IndexInput {
    IndexInput {
        title: called(row, &row.title),
        number: row.number.clone().unwrap_or_default(),
        facts: Facts {
            headings_only: true,
            ..facts(row)
        },
        units: units(headings),
    }
}

fn units(headings: Option<&HeadingRow>) -> Vec<UnitInput> {
    let text = UNKNOWN_WORD.repeat(UNKNOWN_WORDS);
    let headings = headings.map_or(&[][..], |row| &row.headings);
    let units = (0..HEADING).zip(headings);
    units
        .map(|(place, (_, heading))| UnitInput {
            ordinal: HEADING | place,
            heading: heading.clone(),
            text: text.clone(),
        })
        .collect()
}

/// A fingerprint of what is indexed of it. It is another one than that of the text.
pub(super) fn revision(browse: &BrowseRow, headings: Option<&HeadingRow>) -> u64 {
    let title = called(browse, &browse.title);
    let mut known = format!("headings\n{}\n{title}\n", browse.id);
    for (provision, heading) in headings.map_or(&[][..], |row| &row.headings) {
        known.push_str(provision.as_str());
        known.push(' ');
        known.push_str(heading);
        known.push('\n');
    }
    let hash = ContentHash::of(known.as_bytes());
    let bytes: [u8; 8] = hash.as_bytes()[..8]
        .try_into()
        .expect("a hash has 32 bytes");
    u64::from_le_bytes(bytes)
}

/// The place that a unit of the index names.
pub(super) fn place_of(ordinal: u32) -> Place {
    match ordinal & HEADING {
        0 => Place::Unit(ordinal),
        _ => Place::Heading((ordinal & !HEADING) as usize),
    }
}

impl Library {
    /// The provision of a found heading; `None` where the catalogue has no such heading any more.
    pub(super) fn provision_of_heading(&self, found: &Found) -> Option<ProvisionId> {
        let Place::Heading(place) = found.place else {
            return None;
        };
        let row = self.catalog.headings(&found.row.browse.id).ok()??;
        let (id, _) = row.headings.into_iter().nth(place)?;
        Some(id)
    }

    /// A found place in the words of the catalogue: all that is here of a document without its text.
    pub(super) fn shown_by_heading(
        &self,
        found: &Found,
        query: &Query,
        weights: &Weights,
    ) -> ShownPlace {
        let mut shown = ShownPlace::default();
        let id = match &found.place {
            Place::Provision(id) => Some(id.clone()),
            Place::Heading(_) => self.provision_of_heading(found),
            Place::Unit(_) | Place::Whole => None,
        };
        let Some(id) = id else {
            return shown;
        };
        let headings = self
            .catalog
            .headings(&found.row.browse.id)
            .unwrap_or_default();
        let provision = provision_by_heading(id, headings.as_ref());
        shown.heading = match provision.path.is_empty() {
            true => provision.label.clone(),
            false => provision.path.clone(),
        };
        let snippet = snippet(&provision.path, query, &|term| weights.get(term));
        shown.snippet = snippet.text;
        shown.marks = snippet.marks;
        shown.provision = Some(provision);
        shown
    }
}

/// A provision as the headings know it: its path is its own heading, or that of what it stands in.
pub(super) fn provision_by_heading(id: ProvisionId, headings: Option<&HeadingRow>) -> HitProvision {
    let (_, label, path) = place_words(&id, None, headings);
    HitProvision { id, label, path }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unit_of_a_heading_is_none_of_a_text() {
        let row = HeadingRow {
            id: shelf_law::DocumentId::from_identity(&["a"]),
            headings: vec![
                ("dieu_1".parse().unwrap(), "Điều 1. Phạm vi".into()),
                ("dieu_2".parse().unwrap(), "Điều 2. Đối tượng".into()),
            ],
        };
        let units = units(Some(&row));
        assert_eq!(units.len(), 2);
        for (n, unit) in units.iter().enumerate() {
            assert!(matches!(place_of(unit.ordinal), Place::Heading(place) if place == n));
        }
        assert!(matches!(place_of(1), Place::Unit(1)));
        let word = UNKNOWN_WORD.trim();
        let mut syllables = Vec::new();
        shelf_law::tokens::for_each_syllable(&units[0].text, |_, syllable| {
            syllables.push(syllable.to_string());
        });
        assert_eq!(syllables.len(), UNKNOWN_WORDS);
        assert!(syllables.iter().all(|syllable| syllable == word));
    }
}
