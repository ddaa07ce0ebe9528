//! Documents that somebody wants here although their collection is not kept: noted for the whole
//! machine, received by the next sync, and kept from then on.

use super::{Home, Library};
use crate::{Clock, Error, ErrorCode};
use jiff::Timestamp;
use serde::Serialize;
use shelf_law::DocumentId;
use shelf_repo::{ObjectRef, ObjectRow};
use shelf_store::{CatalogRow, State};

/// Wishes that may wait at once: a machine that wants more wants the collection.
const MOST_WAITING: usize = 200;
/// Of a document that is received by itself, originals up to this size come with its text: leaflets
/// and pictures do, videos do not.
const SMALL_OBJECT: u64 = 1 << 20;

/// A document that is waited for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Wanted {
    /// The document.
    pub document: DocumentId,
    /// Its number, or its title where it has none; empty where the shelf no longer knows it.
    pub name: String,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// Bytes that would be received; `None` where the machine does not know.
    pub bytes: Option<u64>,
}

/// What became of a request for a document.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WantOutcome {
    /// The next sync receives it.
    Noted,
    /// It can be read already.
    Here,
}

/// Says that a hit is known by its headings only.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Absent {
    /// Bytes that would be received; `None` where the machine does not know.
    pub bytes: Option<u64>,
}

impl Library {
    /// Notes that a document is wanted here. Asking again changes nothing.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] for an id that the shelf does not know or has withdrawn,
    /// [`ErrorCode::BadInput`] where too many wait already.
    pub fn want(&self, id: &DocumentId) -> Result<WantOutcome, Error> {
        let row = self.row_of(id)?;
        if row.browse.withdrawn.is_some() {
            let words = format!("{id}: was withdrawn from the shelf");
            return Err(Error::new(ErrorCode::NotFound, words));
        }
        if self.is_here(&row) {
            return Ok(WantOutcome::Here);
        }
        let mut state = State::open(&self.home.state())?;
        match state.put_wish(id, self.clock.now(), MOST_WAITING)? {
            true => Ok(WantOutcome::Noted),
            false => Err(Error::new(
                ErrorCode::BadInput,
                format!("{MOST_WAITING} documents wait already; sync, or take their collection"),
            )
            .saying(
                &format!("Đã ghi {MOST_WAITING} văn bản chờ tải. Hãy đồng bộ trước, hoặc chọn giữ cả bộ."),
                &format!("{MOST_WAITING} documents wait already. Sync first, or keep the whole collection."),
            )),
        }
    }

    /// Forgets that a document is wanted. One that was received because of it goes with a later sync.
    /// `false` where nobody wanted it.
    pub fn unwant(&self, id: &DocumentId) -> Result<bool, Error> {
        Ok(State::open(&self.home.state())?.remove_wish(id)?)
    }

    /// The documents that are waited for, the oldest wish first.
    pub fn wants(&self) -> Result<Vec<Wanted>, Error> {
        let state = State::open_for_reading(&self.home.state())?;
        let mut wanted = Vec::new();
        for wish in state.wishes()? {
            if wish.received_at.is_some() {
                continue;
            }
            let row = self.catalog.get(&wish.document)?;
            if row.as_ref().is_some_and(|row| self.is_here(row)) {
                continue;
            }
            wanted.push(Wanted {
                name: row.as_ref().map_or_else(String::new, super::cite::name_of),
                bytes: match &row {
                    Some(row) => self.bytes_to_receive(row)?,
                    None => None,
                },
                document: wish.document,
                asked_at: wish.asked_at,
            });
        }
        Ok(wanted)
    }

    /// The document that a person names: by its id, a key of its source or its number.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] where there is none, [`ErrorCode::Ambiguous`] where there are several.
    pub fn named(&self, name: &str) -> Result<DocumentId, Error> {
        match name.parse() {
            Ok(id) => Ok(id),
            Err(_) => Ok(self.resolve(name)?.browse.id),
        }
    }

    /// Whether the words of a document are on this machine.
    pub(crate) fn is_here(&self, row: &CatalogRow) -> bool {
        row.objects
            .as_ref()
            .is_some_and(|objects| self.texts.has(objects))
    }

    /// That a document is known by its headings only; `None` where it can be read, or left the shelf.
    pub(crate) fn absent(&self, row: &CatalogRow) -> Result<Option<Absent>, Error> {
        if row.browse.withdrawn.is_some() || self.is_here(row) {
            return Ok(None);
        }
        let bytes = self.bytes_to_receive(row)?;
        Ok(Some(Absent { bytes }))
    }

    /// Bytes that would come with a document that is not here, where that is known.
    pub(super) fn bytes_to_receive(&self, row: &CatalogRow) -> Result<Option<u64>, Error> {
        let single = |row: &ObjectRow| {
            let objects = objects_of(row, true);
            let objects: u64 = objects.map(|object| object.blob.size).sum();
            row.text.length.saturating_add(objects)
        };
        Ok(match &row.objects {
            Some(objects) => Some(single(objects)),
            None => self.catalog.offer(&row.browse.id)?.as_ref().map(single),
        })
    }
}

/// The originals and media that are received with a document: all of them with its collection, the
/// small ones where it comes by itself.
pub(crate) fn objects_of(row: &ObjectRow, single: bool) -> impl Iterator<Item = &ObjectRef> {
    let objects = row.objects.iter();
    objects.filter(move |object| !single || object.blob.size <= SMALL_OBJECT)
}

/// A wish whose document is not on the shelf any more.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct GoneWish {
    /// The document.
    pub document: DocumentId,
    /// Its number or title, where the shelf still knows it.
    pub name: String,
    /// Why, in the publisher's words, where it was withdrawn.
    pub reason: Option<String>,
}

/// After a sync: what is readable is waited for no longer, and what left the shelf is not either.
pub(super) fn settle(home: &Home, library: &Library, clock: Clock) -> Result<Vec<GoneWish>, Error> {
    let mut state = State::open(&home.state())?;
    let mut gone = Vec::new();
    for wish in state.wishes()? {
        let row = library.catalog.get(&wish.document)?;
        let living = row.as_ref().filter(|row| row.browse.withdrawn.is_none());
        match (living, &row) {
            (Some(living), _) => {
                if wish.received_at.is_none() && library.is_here(living) {
                    state.note_received(&wish.document, clock.now())?;
                }
            }
            (None, row) => {
                state.remove_wish(&wish.document)?;
                let withdrawn = row.as_ref().and_then(|row| row.browse.withdrawn.as_ref());
                gone.push(GoneWish {
                    name: row.as_ref().map_or_else(String::new, super::cite::name_of),
                    reason: withdrawn.map(|withdrawn| withdrawn.reason.clone()),
                    document: wish.document,
                });
            }
        }
    }
    Ok(gone)
}
