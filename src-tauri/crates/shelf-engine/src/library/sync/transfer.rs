//! Fetching what a head names, and noting what could not be had.

use super::{Failed, SyncOptions, object_error};
use crate::library::Home;
use crate::library::wanted::objects_of;
use crate::{Error, ErrorCode, Job, Phase};
use shelf_law::{CollectionId, ContentHash, DocumentId};
use shelf_repo::{Blob, Head, ObjectRow, RepoReader, pack};
use shelf_store::{Catalog, State};
use shelf_sync::{Fetcher, SyncError};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// One sync at work.
pub(super) struct Transfer<'a> {
    pub(super) home: &'a Home,
    pub(super) fetcher: Fetcher<'a>,
    pub(super) head: &'a Head,
    pub(super) job: &'a Job<'a>,
    /// Blobs that were bad or missing, with the reason.
    pub(super) failed: BTreeMap<ContentHash, String>,
    /// The last sync did not end, or a text here was found damaged: what is here is hashed again.
    /// After a loss of power a file may have the right length and be full of zeros.
    pub(super) distrust: bool,
    /// Documents that are received by themselves where their collection is not taken.
    pub(super) wished: BTreeSet<DocumentId>,
}

/// What somebody asked for, received already or not.
pub(super) fn wished(state: &State) -> Result<BTreeSet<DocumentId>, Error> {
    let wishes = state.wishes()?.into_iter();
    Ok(wishes.map(|wish| wish.document).collect())
}

impl Transfer<'_> {
    /// The collections to keep: those asked for, else those chosen before, else all.
    pub(super) fn collections(
        &self,
        options: &SyncOptions,
        state: &State,
    ) -> Result<BTreeSet<CollectionId>, Error> {
        let offered: BTreeSet<CollectionId> =
            self.head.collections.iter().map(|c| c.id.clone()).collect();
        if options.collections.is_empty() {
            let chosen: Option<BTreeSet<CollectionId>> =
                match state.setting("collections.chosen")? {
                    Some(text) => serde_json::from_str(&text).ok(),
                    None => None,
                };
            let Some(chosen) = chosen else {
                return Ok(offered);
            };
            let kept: BTreeSet<CollectionId> = offered.intersection(&chosen).cloned().collect();
            if kept.is_empty() {
                return Err(Error::new(
                    ErrorCode::BadInput,
                    "none of the collections kept here is on the shelf any more; name others with --collection",
                )
                .saying(
                    "Các bộ sưu tập giữ trên máy này không còn trên tủ sách. Hãy chọn bộ khác bằng --collection.",
                    "None of the collections kept here is on the shelf any more. Name others with --collection.",
                ));
            }
            return Ok(kept);
        }
        let mut asked = BTreeSet::new();
        for name in &options.collections {
            let known = name.parse().ok().filter(|id| offered.contains(id));
            let id = known.ok_or_else(|| {
                let offered: Vec<&str> = offered.iter().map(CollectionId::as_str).collect();
                let offered = offered.join(", ");
                Error::new(
                    ErrorCode::BadInput,
                    format!("{name}: the shelf has no such collection; it has {offered}"),
                )
                .saying(
                    &format!("Tủ sách không có bộ sưu tập “{name}”. Các bộ đang có: {offered}."),
                    &format!("The shelf has no collection “{name}”. It has: {offered}."),
                )
            })?;
            asked.insert(id);
        }
        Ok(asked)
    }

    /// Dictionaries and signed data: small, and texts cannot be read without the first.
    pub(super) async fn data(&mut self) -> Result<(), Error> {
        let blobs: Vec<Blob> = self
            .head
            .dictionaries
            .iter()
            .chain(self.head.data.iter().map(|file| &file.blob))
            .cloned()
            .collect();
        self.fetch_all(Phase::Texts, &blobs).await
    }

    pub(super) async fn texts(&mut self, catalog: &Catalog) -> Result<(), Error> {
        let mut packs = BTreeMap::new();
        let mut singles = Vec::new();
        catalog.for_each(|row| {
            match row.objects {
                Some(objects) if row.single => singles.push(objects),
                Some(objects) => {
                    packs.insert(objects.text.pack.sha256, objects.text.pack);
                }
                None => {}
            }
            Ok::<_, Error>(())
        })?;
        // Somebody waits for these.
        self.singles(&singles).await?;
        let packs: Vec<Blob> = packs.into_values().collect();
        self.fetch_all(Phase::Texts, &packs).await
    }

    /// Texts that are received by themselves: each out of its pack, which is left where it is.
    async fn singles(&mut self, rows: &[ObjectRow]) -> Result<(), Error> {
        let objects = self.fetcher.objects;
        let mut missing = Vec::new();
        for row in rows {
            let hash = &row.text.sha256;
            match objects.size(hash).map_err(object_error)? {
                Some(size) if size == row.text.size => continue,
                Some(_) => objects.remove(hash).map_err(object_error)?,
                None => {}
            }
            missing.push(row);
        }
        if missing.is_empty() {
            return Ok(());
        }
        let total = missing.iter().map(|row| row.text.length).sum();
        self.check_space(missing.iter().map(|row| row.text.size).sum())?;
        let reader = RepoReader::new(objects);
        let dictionaries = reader.dictionaries(self.head).map_err(|error| {
            // Without its dictionary no text can be read; it was asked for just now.
            Error::new(ErrorCode::Damaged, error.to_string())
        })?;
        let mut done = 0;
        for row in missing {
            self.job.tell(Phase::Texts, done, Some(total));
            let text = &row.text;
            // A collection that was given up may have left it here.
            let held = reader
                .frame(row)
                .and_then(|frame| pack::read_json(&frame, text, &dictionaries));
            let json = match held {
                Ok(json) => Ok(json),
                Err(_) => {
                    let part = self
                        .fetcher
                        .part(&text.pack.sha256, text.offset, text.length);
                    match part.await {
                        Ok(frame) => pack::read_json(&frame, text, &dictionaries)
                            .map_err(|error| error.to_string()),
                        Err(error @ (SyncError::Damaged { .. } | SyncError::Missing { .. })) => {
                            Err(error.to_string())
                        }
                        Err(error) => return Err(error.into()),
                    }
                }
            };
            match json {
                Ok(json) => {
                    objects.insert_bytes(&json).map_err(object_error)?;
                }
                Err(reason) => {
                    self.failed.insert(text.sha256, reason);
                }
            }
            done += text.length;
        }
        self.job.tell(Phase::Texts, total, Some(total));
        Ok(())
    }

    pub(super) async fn originals(&mut self, catalog: &Catalog) -> Result<(), Error> {
        let mut blobs = BTreeMap::new();
        catalog.for_each(|row| {
            let single = row.single;
            for object in row.objects.iter().flat_map(|row| objects_of(row, single)) {
                blobs.insert(object.blob.sha256, object.blob.clone());
            }
            Ok::<_, Error>(())
        })?;
        // Small ones first: leaflets before videos.
        let mut blobs: Vec<Blob> = blobs.into_values().collect();
        blobs.sort_by_key(|blob| (blob.size, blob.sha256));
        self.fetch_all(Phase::Objects, &blobs).await
    }

    /// Fetches blobs; one that is bad or missing at the source is noted and the rest goes on. A lost
    /// link or a full disk ends it.
    async fn fetch_all(&mut self, phase: Phase, blobs: &[Blob]) -> Result<(), Error> {
        let mut missing = Vec::new();
        for blob in blobs {
            self.drop_unsound(blob, false)?;
            if !self.fetcher.objects.has(&blob.sha256) {
                missing.push(blob);
            }
        }
        let total: u64 = missing.iter().map(|blob| blob.size).sum();
        self.check_space(total)?;
        let mut done = 0;
        for blob in missing {
            self.job.tell(phase, done, Some(total));
            match self.fetcher.fetch(blob).await {
                Ok(()) => {}
                Err(error @ (SyncError::Damaged { .. } | SyncError::Missing { .. })) => {
                    self.failed.insert(blob.sha256, error.to_string());
                }
                Err(error) => return Err(error.into()),
            }
            done += blob.size;
        }
        self.job.tell(phase, total, Some(total));
        Ok(())
    }

    /// Removes what is here under this blob's name and is something else: by its length alone, or
    /// by its hash.
    pub(super) fn drop_unsound(&self, blob: &Blob, hash: bool) -> Result<(), Error> {
        let objects = self.fetcher.objects;
        let size = objects.size(&blob.sha256).map_err(object_error)?;
        let sound = match size {
            None => return Ok(()),
            Some(size) if size != blob.size => false,
            Some(_) if hash => objects.is_sound(&blob.sha256).map_err(object_error)? == Some(true),
            Some(_) => true,
        };
        if !sound {
            objects.remove(&blob.sha256).map_err(object_error)?;
        }
        Ok(())
    }

    /// Refuses to begin what cannot fit.
    fn check_space(&self, missing: u64) -> Result<(), Error> {
        let free =
            fs4::available_space(self.home.folder()).map_err(Error::io(self.home.folder()))?;
        if missing > free {
            return Err(Error::new(
                ErrorCode::DiskFull,
                format!(
                    "{}: {} MB are needed and {} MB are free; free some space or take fewer collections",
                    self.home.folder().display(),
                    missing.div_ceil(1_000_000),
                    free / 1_000_000
                ),
            ));
        }
        Ok(())
    }

    /// What could not be received, by the documents that miss it.
    pub(super) fn failures(&self, catalog: &Catalog) -> Result<Vec<Failed>, Error> {
        let mut left: BTreeMap<ContentHash, &String> = self
            .failed
            .iter()
            .map(|(hash, reason)| (*hash, reason))
            .collect();
        let mut failed = Vec::new();
        if left.is_empty() {
            return Ok(failed);
        }
        let mut named = HashSet::new();
        catalog.for_each(|row| {
            let Some(objects) = &row.objects else {
                return Ok::<_, Error>(());
            };
            let text = match row.single {
                true => &objects.text.sha256,
                false => &objects.text.pack.sha256,
            };
            let others = objects_of(objects, row.single).map(|object| &object.blob.sha256);
            for hash in std::iter::once(text).chain(others) {
                if let Some(reason) = self.failed.get(hash) {
                    named.insert(*hash);
                    failed.push(Failed {
                        what: row.browse.id.to_string(),
                        reason: reason.clone(),
                    });
                }
            }
            Ok(())
        })?;
        left.retain(|hash, _| !named.contains(hash));
        failed.extend(left.into_iter().map(|(hash, reason)| Failed {
            what: hash.to_string(),
            reason: reason.clone(),
        }));
        Ok(failed)
    }
}
