//! The catalogue of a head: from the change log where that is enough and cheaper, else from the
//! snapshot. What comes out is finished, and its digests are the signed ones.

use super::digests::{Digests, rows_are_signed};
use super::singles::put_offers;
use super::transfer::Transfer;
use crate::{Error, ErrorCode, Phase};
use shelf_law::CollectionId;
use shelf_repo::reader::RepoReader;
use shelf_repo::{BrowseRow, HeadingRow, ObjectRow, RepoError, ShardKind, ShardRef};
use shelf_store::{ActiveCatalog, Catalog, CatalogBuilder, StoreError};
use std::collections::BTreeSet;
use std::path::Path;

impl Transfer<'_> {
    /// Builds the catalogue of this head, from the change log where that is enough and cheaper, else
    /// from the snapshot. The result is finished and its digests are the head's.
    pub(super) async fn catalogue(
        &mut self,
        before: Option<&ActiveCatalog>,
        taken: &BTreeSet<CollectionId>,
    ) -> Result<ActiveCatalog, Error> {
        self.job.tell(Phase::Catalogue, 0, None);
        // A catalogue that may be damaged is made again from the rows that were signed.
        let trusted = before.filter(|_| !self.distrust);
        let previous = trusted.and_then(|active| {
            let catalog = Catalog::open(&self.home.catalog(&active.file)).ok()?;
            let same: BTreeSet<CollectionId> =
                catalog.collections_taken().ok()?.into_iter().collect();
            // Another choice of collections needs object rows that are not here.
            let offered = catalog.head().collections.iter();
            let wanted: BTreeSet<CollectionId> = offered
                .filter(|collection| collection.documents > 0 && taken.contains(&collection.id))
                .map(|collection| collection.id.clone())
                .collect();
            (same == wanted).then(|| (active.clone(), catalog))
        });
        if let Some((active, catalog)) = &previous {
            // Bytes may have rotted since: rows that are not the signed ones are made again.
            if catalog.head() == self.head && rows_are_signed(catalog, self.head).unwrap_or(false) {
                if self.singles_are_kept(catalog, taken)? {
                    return Ok(active.clone());
                }
                return self.build_from_rows(catalog, taken).await;
            }
            match self.build_from_log(catalog, taken).await {
                Ok(Some(built)) => return Ok(built),
                Ok(None) => {}
                Err(error) if error.code == ErrorCode::Damaged => {
                    tracing::warn!(%error, "the change log is of no use, taking the snapshot");
                }
                Err(error) => return Err(error),
            }
        }
        self.build_from_snapshot(taken).await
    }

    pub(super) fn new_file(&self) -> ActiveCatalog {
        let seq = self.head.seq;
        let file = (0..)
            .map(|n| format!("catalog-{seq}-{n}.db"))
            .find(|file| !self.home.catalog(file).exists())
            .unwrap_or_default();
        ActiveCatalog { seq, file }
    }

    async fn build_from_snapshot(
        &mut self,
        taken: &BTreeSet<CollectionId>,
    ) -> Result<ActiveCatalog, Error> {
        let shards: Vec<_> = self
            .head
            .shards
            .iter()
            .filter(|s| s.kind != ShardKind::Objects || taken.contains(&s.collection))
            .cloned()
            .collect();
        let offers = self.offers(taken).await?;
        let total = shards.iter().map(|shard| shard.blob.size).sum();
        let mut done = 0;
        for shard in &shards {
            self.job.tell(Phase::Catalogue, done, Some(total));
            done += shard.blob.size;
            // Each is read whole, so its hash costs nothing to speak of.
            self.drop_unsound(&shard.blob, true)?;
            self.fetcher.fetch(&shard.blob).await?;
        }
        let target = self.new_file();
        let building = self.home.catalog("catalog.building");
        let mut builder = CatalogBuilder::create(&building)?;
        let reader = RepoReader::new(self.fetcher.objects);
        let mut store = Ok(());
        for shard in in_order(&shards) {
            match shard.kind {
                ShardKind::Browse => reader.rows(shard, |row: BrowseRow, line| {
                    keep(&mut store, builder.put_browse(&row, text(line)?))
                }),
                ShardKind::Headings => reader.rows(shard, |row: HeadingRow, line| {
                    keep(&mut store, builder.put_headings(&row.id, text(line)?))
                }),
                ShardKind::Objects => reader.rows(shard, |row: ObjectRow, line| {
                    keep(&mut store, builder.put_objects(&row.id, text(line)?))
                }),
            }
            .map_err(damaged)?;
            std::mem::replace(&mut store, Ok(()))?;
        }
        for shard in &offers {
            put_offers(&mut builder, &reader, shard)?;
        }
        self.keep_singles(&mut builder, taken).await?;
        self.finish(builder, &building, target, taken)
    }

    /// Applies the change log to the previous catalogue; `None` where the log does not reach back
    /// to it, or where the snapshot is smaller.
    async fn build_from_log(
        &mut self,
        previous: &Catalog,
        taken: &BTreeSet<CollectionId>,
    ) -> Result<Option<ActiveCatalog>, Error> {
        let from = previous.head().seq;
        let Some(segments) = self.head.segments_since(from) else {
            return Ok(None);
        };
        let log_bytes: u64 = segments.iter().map(|s| s.blob.size).sum();
        let snapshot_bytes: u64 = self
            .head
            .shards
            .iter()
            .filter(|s| !self.fetcher.objects.has(&s.blob.sha256))
            .map(|s| s.blob.size)
            .sum();
        if log_bytes > snapshot_bytes {
            return Ok(None);
        }
        let mut done = 0;
        for segment in segments {
            self.job.tell(Phase::Catalogue, done, Some(log_bytes));
            done += segment.blob.size;
            self.drop_unsound(&segment.blob, true)?;
            self.fetcher.fetch(&segment.blob).await?;
        }
        let target = self.new_file();
        let building = self.home.catalog("catalog.building");
        let mut builder = CatalogBuilder::from_previous(&building, previous.path())?;
        let reader = RepoReader::new(self.fetcher.objects);
        let mut store = Ok(());
        for segment in segments {
            reader
                .changes(segment, |change, lines| {
                    if change.seq <= from {
                        return Ok(());
                    }
                    let browse = &change.browse;
                    keep(&mut store, builder.put_browse(browse, text(lines.browse)?))?;
                    if let Some(line) = lines.headings {
                        keep(&mut store, builder.put_headings(&browse.id, text(line)?))?;
                    }
                    if let Some(line) = lines.objects {
                        let (id, line) = (&browse.id, text(line)?);
                        let put = match taken.contains(&browse.collection) {
                            true => builder.put_objects(id, line),
                            false => builder.put_offer(id, line),
                        };
                        keep(&mut store, put)?;
                    }
                    Ok(())
                })
                .map_err(damaged)?;
            std::mem::replace(&mut store, Ok(()))?;
        }
        self.keep_singles(&mut builder, taken).await?;
        self.finish(builder, &building, target, taken).map(Some)
    }

    /// Compares the digests with the head's and gives the catalogue its name.
    pub(super) fn finish(
        &self,
        builder: CatalogBuilder,
        building: &Path,
        target: ActiveCatalog,
        taken: &BTreeSet<CollectionId>,
    ) -> Result<ActiveCatalog, Error> {
        let digests = Digests::of(|visit| builder.for_each_line(visit))?;
        if let Some(what) = digests.difference(self.head, taken) {
            return Err(Error::new(
                ErrorCode::Damaged,
                format!(
                    "{what} of the received catalogue is not the signed one; nothing was taken over, sync again from another source"
                ),
            ));
        }
        builder.finish(self.head)?;
        let path = self.home.catalog(&target.file);
        shelf_repo::rename_into(building, &path)
            .map_err(|error| Error::io(&error.path)(error.source))?;
        Ok(target)
    }
}

/// Browse rows come first: headings and objects are added to them.
fn in_order(shards: &[ShardRef]) -> Vec<&ShardRef> {
    let mut shards: Vec<&ShardRef> = shards.iter().collect();
    shards.sort_by_key(|shard| shard.kind);
    shards
}

/// A line of a shard, which is JSON and therefore text.
pub(super) fn text(line: &[u8]) -> Result<&str, RepoError> {
    std::str::from_utf8(line).map_err(|error| RepoError::refused("a row", "F-5", error))
}

/// Lets a reader of rows stop at an error of the store, which is not an error of the repository.
pub(super) fn keep(
    store: &mut Result<(), StoreError>,
    outcome: Result<(), StoreError>,
) -> Result<(), RepoError> {
    if store.is_ok() {
        *store = outcome;
    }
    Ok(())
}

pub(super) fn damaged(error: RepoError) -> Error {
    Error::new(ErrorCode::Damaged, error.to_string())
}
