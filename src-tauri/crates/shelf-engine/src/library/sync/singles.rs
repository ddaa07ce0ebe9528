//! Object rows of collections that are not taken: for the size of what is not here, and for the
//! documents that somebody asked for.

use super::catalogue::{damaged, keep, text};
use super::transfer::Transfer;
use crate::Error;
use shelf_law::{CollectionId, DocumentId};
use shelf_repo::limits::PIECE;
use shelf_repo::reader::RepoReader;
use shelf_repo::shard::part_of;
use shelf_repo::{ObjectRow, ShardKind, ShardRef};
use shelf_store::{ActiveCatalog, Catalog, CatalogBuilder};
use shelf_sync::SyncError;
use std::collections::BTreeSet;

/// Rows of a collection that is not taken are received where they come in one piece; what a larger
/// collection would cost is learnt when somebody asks for something in it.
const SMALL_SHARD: u64 = PIECE;

impl Transfer<'_> {
    /// The shards with the object rows of the small collections that are not taken, received. One
    /// that the source does not carry is left out: nothing that is kept here needs it.
    pub(super) async fn offers(
        &self,
        taken: &BTreeSet<CollectionId>,
    ) -> Result<Vec<ShardRef>, Error> {
        let shards = self.head.shards_of(ShardKind::Objects);
        let small = shards
            .filter(|shard| !taken.contains(&shard.collection) && shard.blob.size <= SMALL_SHARD);
        let mut received = Vec::new();
        for shard in small {
            if self.has_shard(shard).await? {
                received.push(shard.clone());
            }
        }
        Ok(received)
    }

    async fn has_shard(&self, shard: &ShardRef) -> Result<bool, Error> {
        self.drop_unsound(&shard.blob, true)?;
        match self.fetcher.fetch(&shard.blob).await {
            Ok(()) => Ok(true),
            Err(error @ (SyncError::Missing { .. } | SyncError::Damaged { .. })) => {
                tracing::warn!(%error, "rows of a collection that is not taken are left out");
                Ok(false)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Whether a catalogue receives by themselves exactly the documents that were asked for.
    pub(super) fn singles_are_kept(
        &self,
        catalog: &Catalog,
        taken: &BTreeSet<CollectionId>,
    ) -> Result<bool, Error> {
        let mut wanted = BTreeSet::new();
        for id in &self.wished {
            let row = catalog.get(id)?.map(|row| row.browse);
            let living = row.filter(|row| row.withdrawn.is_none());
            if living.is_some_and(|row| !taken.contains(&row.collection)) {
                wanted.insert(id.clone());
            }
        }
        Ok(catalog.kept_singles()? == wanted)
    }

    /// The catalogue with the same rows and other documents that are received by themselves.
    pub(super) async fn build_from_rows(
        &mut self,
        catalog: &Catalog,
        taken: &BTreeSet<CollectionId>,
    ) -> Result<ActiveCatalog, Error> {
        let target = self.new_file();
        let building = self.home.catalog("catalog.building");
        let mut builder = CatalogBuilder::from_previous(&building, catalog.path())?;
        self.keep_singles(&mut builder, taken).await?;
        self.finish(builder, &building, target, taken)
    }

    /// Marks the documents that are received by themselves; the rows of a collection that are not
    /// known yet are received first.
    pub(super) async fn keep_singles(
        &self,
        builder: &mut CatalogBuilder,
        taken: &BTreeSet<CollectionId>,
    ) -> Result<(), Error> {
        builder.forget_singles()?;
        for id in &self.wished {
            let Some(collection) = builder.collection_of(id)? else {
                continue;
            };
            if taken.contains(&collection) || builder.keep_single(id)? {
                continue;
            }
            if let Some(shard) = self.shard_of(id, &collection)
                && self.has_shard(shard).await?
            {
                let reader = RepoReader::new(self.fetcher.objects);
                put_offers(builder, &reader, shard)?;
                builder.keep_single(id)?;
            }
        }
        Ok(())
    }

    fn shard_of(&self, id: &DocumentId, collection: &CollectionId) -> Option<&ShardRef> {
        let mut shards = self.head.shards_of(ShardKind::Objects);
        shards.find(|shard| {
            shard.collection == *collection && part_of(id, shard.part.len()) == shard.part
        })
    }
}

/// Puts the rows of a shard as those of documents that are not here. What was kept of them is to be
/// marked again.
pub(super) fn put_offers(
    builder: &mut CatalogBuilder,
    reader: &RepoReader<'_>,
    shard: &ShardRef,
) -> Result<(), Error> {
    let mut store = Ok(());
    reader
        .rows(shard, |row: ObjectRow, line| {
            keep(&mut store, builder.put_offer(&row.id, text(line)?))
        })
        .map_err(damaged)?;
    Ok(store?)
}
