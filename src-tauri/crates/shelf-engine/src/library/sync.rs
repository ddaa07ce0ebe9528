//! Bringing a shelf here: verified head, catalogue, texts, activation, index, originals.

use super::{Home, Library};
use crate::{Clock, Error, ErrorCode, Job, Phase};
use jiff::Timestamp;
use serde::Serialize;
use shelf_law::{CollectionId, ContentHash};
use shelf_repo::digest::{DigestBuilder, object_digest, row_digest};
use shelf_repo::object::ObjectFolder;
use shelf_repo::reader::RepoReader;
use shelf_repo::tuf::client::{self, TufError};
use shelf_repo::tuf::trust::{FetchMetadata, SourceError};
use shelf_repo::{Blob, BrowseRow, Head, HeadingRow, ObjectRow, RepoError, ShardKind, ShardRef};
use shelf_store::{ActiveCatalog, Catalog, CatalogBuilder, Lines, State, StoreError};
use shelf_sync::{Fetcher, Source, SyncError};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

/// What to sync.
#[derive(Clone, Debug, Default)]
pub struct SyncOptions {
    /// Web address or folder.
    pub source: String,
    /// The root to trust; needed the first time only.
    pub root: Option<Vec<u8>>,
    /// Collections to keep here; empty keeps what was chosen before, at first everything.
    pub collections: Vec<String>,
}

/// What a sync did.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct SyncReport {
    /// Sequence of the shelf now in use.
    pub seq: u64,
    /// Documents readable here without a network.
    pub documents: u64,
    /// Bytes that came over the line.
    pub bytes_received: u64,
    /// What was bad or missing at the source.
    pub failed: Vec<Failed>,
    /// When this sequence was published.
    pub published_at: Timestamp,
    /// When the publisher last confirmed the shelf.
    pub confirmed_at: Timestamp,
    /// Whether the shelf here is another than before.
    pub changed: bool,
    /// Collections kept here.
    pub collections: Vec<CollectionId>,
}

/// Something that could not be received.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Failed {
    /// Documents that miss it, or the name of what is missing.
    pub what: String,
    /// Why.
    pub reason: String,
}

impl Library {
    /// Syncs `home` with a source. The shelf in use stays in use until the new one is complete: it
    /// is then swapped in with one write. Killed at any point, it goes on from there next time.
    pub fn sync(
        home: &Path,
        options: &SyncOptions,
        clock: Clock,
        job: &Job<'_>,
    ) -> Result<SyncReport, Error> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(Error::io(home))?;
        runtime.block_on(sync(&Home::new(home), options, clock, job))
    }
}

async fn sync(
    home: &Home,
    options: &SyncOptions,
    clock: Clock,
    job: &Job<'_>,
) -> Result<SyncReport, Error> {
    let source = Source::parse(&options.source)?;
    let _lock = home.lock()?;
    let mut state = State::open(&home.state())?;
    job.tell(Phase::Checking, 0, None);
    let now = clock.effective(state.confirmed_at()?);
    let verified = client::refresh(options.root.as_deref(), &Metadata(&source), &mut state, now)
        .await
        .map_err(|error| tuf_error(error, &source))?;
    let head: Head = serde_json::from_slice(&verified.head).map_err(|error| {
        Error::new(
            ErrorCode::Damaged,
            format!("the head of {}: {error}", source.describe()),
        )
    })?;
    state.note_confirmation(verified.confirmed_at)?;

    let received = AtomicU64::new(0);
    let count = |bytes: u64| {
        received.fetch_add(bytes, Ordering::Relaxed);
    };
    let objects = ObjectFolder::new(home.folder());
    let fetcher = Fetcher {
        source: &source,
        objects: &objects,
        partial: home.partial(),
        cancel: job.cancel.clone(),
        received: &count,
    };
    let mut transfer = Transfer {
        home,
        fetcher,
        head: &head,
        job,
        failed: BTreeMap::new(),
        distrust: false,
    };
    transfer.distrust = state.setting(UNFINISHED)?.is_some() || home.recheck().exists();
    state.set_setting(UNFINISHED, "1")?;
    if transfer.distrust {
        remove_unsound(&objects)?;
    }
    let taken = transfer.collections(options, &state)?;
    let before = state.active()?;
    let built = transfer.catalogue(before.as_ref(), &taken).await?;
    let catalog = Catalog::open(&home.catalog(&built.file))?;
    transfer.data().await?;
    transfer.texts(&catalog).await?;

    let changed = before.as_ref() != Some(&built);
    if changed {
        state.activate(&built)?;
    }
    if !options.collections.is_empty() {
        let chosen = serde_json::to_string(&taken).expect("ids are plain data");
        state.set_setting("collections.chosen", &chosen)?;
    }
    state.set_setting("source", &source.describe())?;
    drop(catalog);
    let mut library = Library::open_for_reading(home.folder(), clock)?;
    if transfer.distrust {
        library.drop_unsound_index()?;
    }
    library.update_index(job)?;
    transfer.originals(&library.catalog).await?;
    let failed = transfer.failures(&library.catalog)?;
    if changed {
        sweep(home, &built, before.as_ref(), &library.catalog, &objects)?;
    }
    state.remove_setting(UNFINISHED)?;
    home.clear_recheck()?;
    Ok(SyncReport {
        seq: head.seq,
        documents: library.readable_documents()?,
        bytes_received: received.load(Ordering::Relaxed),
        failed,
        published_at: head.published_at,
        confirmed_at: verified.confirmed_at,
        changed,
        collections: taken.into_iter().collect(),
    })
}

/// One sync at work.
struct Transfer<'a> {
    home: &'a Home,
    fetcher: Fetcher<'a>,
    head: &'a Head,
    job: &'a Job<'a>,
    /// Blobs that were bad or missing, with the reason.
    failed: BTreeMap<ContentHash, String>,
    /// The last sync did not end, or a text here was found damaged: what is here is hashed again.
    /// After a loss of power a file may have the right length and be full of zeros.
    distrust: bool,
}

/// Set while a sync is at work.
const UNFINISHED: &str = "sync.unfinished";

impl Transfer<'_> {
    /// The collections to keep: those asked for, else those chosen before, else all.
    fn collections(
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
            return Ok(match chosen {
                Some(chosen) => offered.intersection(&chosen).cloned().collect(),
                None => offered,
            });
        }
        let mut asked = BTreeSet::new();
        for name in &options.collections {
            let known = name.parse().ok().filter(|id| offered.contains(id));
            let id = known.ok_or_else(|| {
                let offered: Vec<&str> = offered.iter().map(CollectionId::as_str).collect();
                Error::new(
                    ErrorCode::BadInput,
                    format!(
                        "{name}: the shelf has no such collection; it has {}",
                        offered.join(", ")
                    ),
                )
            })?;
            asked.insert(id);
        }
        Ok(asked)
    }

    /// Builds the catalogue of this head, from the change log where that is enough and cheaper, else
    /// from the snapshot. The result is finished and its digests are the head's.
    async fn catalogue(
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
                return Ok(active.clone());
            }
            match self.from_log(catalog, taken).await {
                Ok(Some(built)) => return Ok(built),
                Ok(None) => {}
                Err(error) if error.code == ErrorCode::Damaged => {
                    tracing::warn!(%error, "the change log is of no use, taking the snapshot");
                }
                Err(error) => return Err(error),
            }
        }
        self.from_snapshot(taken).await
    }

    fn new_file(&self) -> ActiveCatalog {
        let seq = self.head.seq;
        let file = (0..)
            .map(|n| format!("catalog-{seq}-{n}.db"))
            .find(|file| !self.home.catalog(file).exists())
            .unwrap_or_default();
        ActiveCatalog { seq, file }
    }

    async fn from_snapshot(
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
        for (done, shard) in shards.iter().enumerate() {
            self.job
                .tell(Phase::Catalogue, done as u64, Some(shards.len() as u64));
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
        self.finish(builder, &building, target, taken)
    }

    /// Applies the change log to the previous catalogue; `None` where the log does not reach back
    /// to it, or where the snapshot is smaller.
    async fn from_log(
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
        for segment in segments {
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
                    if let Some(line) = lines.objects.filter(|_| taken.contains(&browse.collection))
                    {
                        keep(&mut store, builder.put_objects(&browse.id, text(line)?))?;
                    }
                    Ok(())
                })
                .map_err(damaged)?;
            std::mem::replace(&mut store, Ok(()))?;
        }
        self.finish(builder, &building, target, taken).map(Some)
    }

    /// Compares the digests with the head's and gives the catalogue its name.
    fn finish(
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
        std::fs::rename(building, &path).map_err(Error::io(&path))?;
        Ok(target)
    }

    /// Dictionaries and signed data: small, and texts cannot be read without the first.
    async fn data(&mut self) -> Result<(), Error> {
        let blobs: Vec<Blob> = self
            .head
            .dictionaries
            .iter()
            .chain(self.head.data.iter().map(|file| &file.blob))
            .cloned()
            .collect();
        self.fetch_all(Phase::Texts, &blobs).await
    }

    async fn texts(&mut self, catalog: &Catalog) -> Result<(), Error> {
        let mut packs = BTreeMap::new();
        catalog.for_each(|row| {
            if let Some(objects) = row.objects {
                packs.insert(objects.text.pack.sha256, objects.text.pack);
            }
            Ok::<_, Error>(())
        })?;
        let packs: Vec<Blob> = packs.into_values().collect();
        self.fetch_all(Phase::Texts, &packs).await
    }

    async fn originals(&mut self, catalog: &Catalog) -> Result<(), Error> {
        let mut blobs = BTreeMap::new();
        catalog.for_each(|row| {
            for object in row.objects.iter().flat_map(|row| &row.objects) {
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
        let total: u64 = blobs.iter().map(|blob| blob.size).sum();
        self.check_space(blobs)?;
        let mut done = 0;
        for blob in blobs {
            self.job.tell(phase, done, Some(total));
            self.drop_unsound(blob, false)?;
            match self.fetcher.fetch(blob).await {
                Ok(()) => {}
                Err(error @ (SyncError::Damaged { .. } | SyncError::Missing { .. })) => {
                    self.failed.insert(blob.sha256, error.to_string());
                }
                Err(error) => return Err(error.into()),
            }
            done += blob.size;
        }
        if total > 0 {
            self.job.tell(phase, total, Some(total));
        }
        Ok(())
    }

    /// Removes what is here under this blob's name and is something else.
    fn drop_unsound(&self, blob: &Blob, hash: bool) -> Result<(), Error> {
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
    fn check_space(&self, blobs: &[Blob]) -> Result<(), Error> {
        let missing: u64 = blobs
            .iter()
            .filter(|blob| !self.fetcher.objects.has(&blob.sha256))
            .map(|blob| blob.size)
            .sum();
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
    fn failures(&self, catalog: &Catalog) -> Result<Vec<Failed>, Error> {
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
            let blobs = std::iter::once(&objects.text.pack)
                .chain(objects.objects.iter().map(|object| &object.blob));
            for blob in blobs {
                if let Some(reason) = self.failed.get(&blob.sha256) {
                    named.insert(blob.sha256);
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

/// The digests of the rows of a catalogue.
struct Digests {
    state: ContentHash,
    collections: BTreeMap<CollectionId, ContentHash>,
}

impl Digests {
    /// Those of the rows that `for_each_line` gives.
    fn of(
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
    fn difference(&self, head: &Head, taken: &BTreeSet<CollectionId>) -> Option<String> {
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

/// Hashes everything that stands here and removes what is not what it is named for.
fn remove_unsound(objects: &ObjectFolder) -> Result<(), Error> {
    objects.remove_unfinished().map_err(object_error)?;
    for (hash, _) in objects.list().map_err(object_error)? {
        if objects.is_sound(&hash).map_err(object_error)? == Some(false) {
            objects.remove(&hash).map_err(object_error)?;
        }
    }
    Ok(())
}

/// Removes what neither the active catalogue nor the one before it needs: a reader that still has
/// the old one open goes on reading.
fn sweep(
    home: &Home,
    active: &ActiveCatalog,
    before: Option<&ActiveCatalog>,
    catalog: &Catalog,
    objects: &ObjectFolder,
) -> Result<(), Error> {
    let keep: Vec<&str> = std::iter::once(active)
        .chain(before)
        .map(|a| a.file.as_str())
        .collect();
    let mut needed = HashSet::new();
    note_needed(catalog, &mut needed)?;
    if let Some(before) = before
        && let Ok(previous) = Catalog::open(&home.catalog(&before.file))
    {
        note_needed(&previous, &mut needed)?;
    }
    let listed = std::fs::read_dir(home.folder()).map_err(Error::io(home.folder()))?;
    for entry in listed.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with("catalog-") && name.ends_with(".db") && !keep.contains(&name.as_str()) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
    for (hash, _) in objects.list().map_err(object_error)? {
        if !needed.contains(&hash) {
            objects.remove(&hash).map_err(object_error)?;
        }
    }
    let _ = std::fs::remove_dir_all(home.partial());
    Ok(())
}

fn note_needed(catalog: &Catalog, needed: &mut HashSet<ContentHash>) -> Result<(), Error> {
    let mut note = |blob: &Blob| {
        needed.insert(blob.sha256);
        needed.extend(blob.pieces);
    };
    let head = catalog.head();
    head.dictionaries.iter().for_each(&mut note);
    head.data.iter().for_each(|file| note(&file.blob));
    head.shards.iter().for_each(|shard| note(&shard.blob));
    catalog.for_each(|row| {
        if let Some(objects) = &row.objects {
            note(&objects.text.pack);
            objects.objects.iter().for_each(|object| note(&object.blob));
        }
        Ok(())
    })
}

/// Gives the verifier the files under `/tuf`.
struct Metadata<'a>(&'a Source);

impl FetchMetadata for Metadata<'_> {
    async fn fetch(&self, name: &str, max: u64) -> Result<Option<Vec<u8>>, SourceError> {
        Ok(self.0.read_up_to(&format!("tuf/{name}"), max + 1).await?)
    }
}

fn tuf_error(error: TufError, source: &Source) -> Error {
    let code = match &error {
        TufError::RootMissing => ErrorCode::RootMissing,
        TufError::RootDiffers { .. } => ErrorCode::RootDiffers,
        TufError::Rollback { .. } => ErrorCode::Rollback,
        TufError::WebPage { .. } => ErrorCode::WebPage,
        TufError::NotAShelf => ErrorCode::NotAShelf,
        TufError::BadRoot { .. } => ErrorCode::BadInput,
        TufError::Transport { source, .. } => {
            return match source.downcast_ref::<SyncError>() {
                Some(SyncError::WebPage { .. }) => {
                    Error::new(ErrorCode::WebPage, source.to_string())
                }
                _ => Error::new(
                    ErrorCode::SourceUnreachable,
                    format!(
                        "{source}; check the link or the stick and sync again, everything synced before stays readable"
                    ),
                ),
            };
        }
        TufError::Store { .. } => {
            return Error::caused(
                ErrorCode::Io,
                &error,
                format!("{}: {error}", source.describe()),
            );
        }
        _ => ErrorCode::Damaged,
    };
    Error::new(code, format!("{}: {error}", source.describe()))
}

/// Browse rows come first: headings and objects are added to them.
fn in_order(shards: &[ShardRef]) -> Vec<&ShardRef> {
    let mut shards: Vec<&ShardRef> = shards.iter().collect();
    shards.sort_by_key(|shard| shard.kind);
    shards
}

/// A line of a shard, which is JSON and therefore text.
fn text(line: &[u8]) -> Result<&str, RepoError> {
    std::str::from_utf8(line).map_err(|error| RepoError::refused("a row", "F-5", error))
}

/// Lets a reader of rows stop at an error of the store, which is not an error of the repository.
fn keep(
    store: &mut Result<(), StoreError>,
    outcome: Result<(), StoreError>,
) -> Result<(), RepoError> {
    if store.is_ok() {
        *store = outcome;
    }
    Ok(())
}

fn out_of_order(error: shelf_repo::digest::DigestOrder) -> Error {
    Error::new(ErrorCode::Damaged, error.to_string())
}

fn damaged(error: RepoError) -> Error {
    Error::new(ErrorCode::Damaged, error.to_string())
}

pub(crate) fn object_error(error: shelf_repo::object::ObjectError) -> Error {
    Error::caused(ErrorCode::Io, &error, error.to_string())
}
