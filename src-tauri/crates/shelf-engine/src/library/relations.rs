//! Keeping the index of relations by their far end up to date with the texts that are here.

use super::Library;
use crate::{Error, ErrorCode, Job, Phase};
use shelf_law::number::DocumentNumber;
use shelf_law::{Date, Relation};
use shelf_repo::BrowseRow;
use shelf_store::{CatalogRow, RelationSource, Relations, StoreError};
use std::path::PathBuf;

/// Grows when the same texts give other rows, so that the index is made anew.
const RULES: u64 = 1;
/// Documents that go into one transaction: a kill costs at most their reading.
const BATCH: usize = 256;

impl Library {
    /// Makes sure that the inverse of every relation of the texts here is known: who amends this act,
    /// what rests on it. Where another process is at it, what is there is used.
    ///
    /// # Errors
    /// [`ErrorCode::Cancelled`] when the job was stopped; it goes on from there next time.
    pub fn ensure_relations(&mut self, job: &Job<'_>) -> Result<(), Error> {
        if self.derived.relations_are_current {
            return Ok(());
        }
        if self.open_relations() {
            return Ok(());
        }
        let _lock = match self.home.lock() {
            Err(error) if error.code == ErrorCode::Busy => return Ok(()),
            lock => lock?,
        };
        self.update_relations(job)
    }

    /// The same for a caller that holds the lock of the data folder.
    pub(crate) fn update_relations(&mut self, job: &Job<'_>) -> Result<(), Error> {
        match self.update_relations_once(job) {
            Err(error) if error.code == ErrorCode::Damaged => {
                tracing::warn!(%error, "the index of relations is damaged and is made again");
                self.derived.relations = None;
                Relations::remove(&self.relations_path())?;
                self.update_relations_once(job)
            }
            outcome => outcome,
        }
    }

    /// Whether the inverse relations on a page are those of this very shelf.
    pub fn relations_are_current(&self) -> bool {
        self.derived.relations_are_current
    }

    /// For a page: what is known now. Whoever opens a shelf brings it up to date in the background
    /// ([`Library::ensure_relations`]); a page that did so would keep everybody waiting.
    pub(crate) fn prepare_relations(&mut self) {
        if !self.derived.relations_are_current {
            self.open_relations();
        }
    }

    /// Reads from the index of relations; an index that is damaged is made again, once.
    pub(crate) fn with_relations<T: Default>(
        &mut self,
        read: impl Fn(&Relations) -> Result<T, StoreError>,
    ) -> Result<T, Error> {
        let Some(relations) = &self.derived.relations else {
            return Ok(T::default());
        };
        match read(relations) {
            Err(error) if error.is_corrupt() => {
                tracing::warn!(%error, "the index of relations is damaged and is made again");
                self.derived.forget();
                if let Ok(_lock) = self.home.lock() {
                    Relations::remove(&self.relations_path())?;
                    self.update_relations_once(&Job::silent())?;
                }
                match &self.derived.relations {
                    Some(relations) => Ok(read(relations)?),
                    None => Ok(T::default()),
                }
            }
            outcome => Ok(outcome?),
        }
    }

    fn relations_path(&self) -> PathBuf {
        self.home.folder().join("relations.db")
    }

    /// Opens what is there; whether it is that of this shelf.
    fn open_relations(&mut self) -> bool {
        let path = self.relations_path();
        if self.derived.relations.is_none() && path.is_file() {
            let opened = Relations::open(&path).or_else(|_| Relations::open_for_reading(&path));
            self.derived.relations = opened.ok();
        }
        let stamp = self.relations_stamp();
        let current = self.derived.relations.as_ref().is_some_and(
            |relations| matches!(relations.stamp(), Ok(Some(found)) if found == stamp),
        );
        self.derived.relations_are_current = current;
        current
    }

    fn update_relations_once(&mut self, job: &Job<'_>) -> Result<(), Error> {
        // Whoever had the file open here reads the new one from now on.
        self.derived.forget();
        let mut index = Relations::open(&self.relations_path())?;
        let stamp = self.relations_stamp();
        if index.stamp()?.as_deref() == Some(stamp.as_str()) {
            self.derived.relations = Some(index);
            self.derived.relations_are_current = true;
            return Ok(());
        }
        let mut held = index.sources()?;
        let mut todo = Vec::new();
        let texts = &self.texts;
        self.catalog.for_each(|row| {
            let key = row.browse.id.key();
            if row.browse.withdrawn.is_some() {
                // What it did to other acts did not end with its leaving the shelf.
                held.remove(&key);
            } else if let Some(objects) = row.objects
                && texts.has(&objects)
            {
                let revision = revision_of(&objects.text.sha256);
                if held.remove(&key) != Some(revision) {
                    todo.push((key, revision));
                }
            }
            Ok::<_, Error>(())
        })?;
        let gone: Vec<u64> = held
            .into_keys()
            .filter(|key| todo.binary_search_by_key(key, |(key, _)| *key).is_err())
            .collect();
        index.apply(&gone, &[])?;
        let total = todo.len() as u64;
        let mut done = 0;
        for batch in todo.chunks(BATCH) {
            let mut read: Vec<(u64, u64, Option<Date>, Vec<Relation>)> = Vec::new();
            for (key, revision) in batch {
                if job.cancel.is_cancelled() {
                    let words = "stopped; it goes on next time";
                    return Err(Error::new(ErrorCode::Cancelled, words));
                }
                done += 1;
                job.tell(Phase::Indexing, done, Some(total));
                let Some(row) = self.catalog.by_key(*key)? else {
                    continue;
                };
                let Some(objects) = &row.objects else {
                    continue;
                };
                match self.texts.load_uncached(objects) {
                    Ok(file) => {
                        let day = day_of(&row.browse);
                        read.push((*key, *revision, day, file.document.relations));
                    }
                    // `verify` names it; what the others say of it and of each other stays known.
                    Err(error) => tracing::warn!(key, %error, "left out of the relations"),
                }
            }
            let sources: Vec<RelationSource<'_>> = read
                .iter()
                .map(|(key, revision, day, relations)| RelationSource {
                    key: *key,
                    revision: *revision,
                    day: *day,
                    relations,
                })
                .collect();
            index.apply(&[], &sources)?;
        }
        index.set_stamp(&stamp)?;
        self.derived.relations = Some(index);
        self.derived.relations_are_current = true;
        Ok(())
    }

    /// What an index of this shelf carries.
    fn relations_stamp(&self) -> String {
        let file = self.catalog.path().file_name().unwrap_or_default();
        let digest = self.catalog.head().state_digest;
        format!("{RULES} {} {digest}", file.display())
    }

    /// The one document on the shelf that a number, or an id, means; `several` where a number is
    /// shared, so that none is named.
    pub(crate) fn far_end(
        &self,
        document: Option<&shelf_law::DocumentId>,
        number: Option<&str>,
    ) -> Result<FarEnd, Error> {
        let mut rows = match (document, number) {
            (Some(id), _) => self.catalog.get(id)?.into_iter().collect(),
            (None, Some(number)) => match DocumentNumber::parse(number) {
                Some(number) => self.catalog.by_number_key(number.key())?,
                None => Vec::new(),
            },
            (None, None) => Vec::new(),
        };
        if rows.len() > 1 {
            rows.retain(|row| row.browse.withdrawn.is_none());
        }
        Ok(match rows.len() {
            0 => FarEnd::Absent,
            1 => FarEnd::One(Box::new(rows.swap_remove(0))),
            _ => FarEnd::Several,
        })
    }
}

/// What stands at the far end of a relation.
pub(crate) enum FarEnd {
    /// Nothing on this shelf.
    Absent,
    /// This document.
    One(Box<CatalogRow>),
    /// Several documents with that number.
    Several,
}

/// The day that sorts a document among others.
pub(crate) fn day_of(row: &BrowseRow) -> Option<Date> {
    row.issued.or(row.validity.effective)
}

/// The key of a document's number, where it has one.
pub(crate) fn number_key(row: &BrowseRow) -> Option<String> {
    let number = DocumentNumber::parse(row.number.as_deref()?)?;
    Some(number.key().to_string())
}

/// What an index of relations that read this document as it is now knows it by; `None` where its text
/// is not taken.
pub(crate) fn revision(row: &CatalogRow) -> Option<u64> {
    let objects = row.objects.as_ref()?;
    Some(revision_of(&objects.text.sha256))
}

/// A 64-bit fingerprint of what was read: the text's hash and the rules.
fn revision_of(sha256: &shelf_law::ContentHash) -> u64 {
    let bytes: [u8; 8] = sha256.as_bytes()[..8]
        .try_into()
        .expect("a hash has 32 bytes");
    u64::from_le_bytes(bytes) ^ RULES
}
