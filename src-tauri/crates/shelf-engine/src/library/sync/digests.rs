//! Whether the rows of a catalogue are the signed ones.

use crate::{Error, ErrorCode};
use shelf_law::{CollectionId, ContentHash};
use shelf_repo::Head;
use shelf_repo::digest::{DigestBuilder, DigestOrder, object_digest, row_digest};
use shelf_store::{Catalog, Lines};
use std::collections::{BTreeMap, BTreeSet};

/// The digests of the rows of a catalogue.
pub(super) struct Digests {
    state: ContentHash,
    collections: BTreeMap<CollectionId, ContentHash>,
}

impl Digests {
    /// Those of the rows that `for_each_line` gives.
    pub(super) fn of(
        for_each_line: impl FnOnce(&mut dyn FnMut(Lines<'_>) -> Result<(), Error>) -> Result<(), Error>,
    ) -> Result<Digests, Error> {
        let mut state = DigestBuilder::new();
        let mut collections: BTreeMap<CollectionId, DigestBuilder> = BTreeMap::new();
        for_each_line(&mut |lines| {
            let row = row_digest(lines.browse.as_bytes(), lines.headings.map(str::as_bytes));
            state.push(lines.id, &row).map_err(out_of_order)?;
            if let Some(objects) = lines.objects {
                collections
                    .entry(lines.collection.clone())
                    .or_default()
                    .push(lines.id, &object_digest(objects.as_bytes()))
                    .map_err(out_of_order)?;
            }
            Ok(())
        })?;
        let collections = collections
            .into_iter()
            .map(|(id, digest)| (id, digest.finish()));
        Ok(Digests {
            state: state.finish(),
            collections: collections.collect(),
        })
    }

    /// What differs from what a head signs, of these collections.
    pub(super) fn difference(&self, head: &Head, taken: &BTreeSet<CollectionId>) -> Option<String> {
        if self.state != head.state_digest {
            return Some("the content".to_string());
        }
        let none = DigestBuilder::new().finish();
        let signed = head.collections.iter().filter(|c| taken.contains(&c.id));
        let mut differing =
            signed.filter(|c| *self.collections.get(&c.id).unwrap_or(&none) != c.digest);
        differing.next().map(|c| format!("collection {}", c.id))
    }
}

/// Whether the rows of a catalogue are those that its head signs, of the collections it holds.
pub(crate) fn rows_are_signed(catalog: &Catalog, head: &Head) -> Result<bool, Error> {
    let digests = Digests::of(|visit| catalog.for_each_line(visit))?;
    let held = digests.collections.keys().cloned().collect();
    Ok(digests.difference(head, &held).is_none())
}

fn out_of_order(error: DigestOrder) -> Error {
    Error::new(ErrorCode::Damaged, error.to_string())
}
