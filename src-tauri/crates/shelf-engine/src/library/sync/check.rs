//! What a source would bring, told before it is taken over.

use super::super::changes::{ShelfChange, differences};
use super::super::root::RootInfo;
use super::super::wanted::objects_of;
use super::super::{Home, Library};
use super::transfer::{Transfer, wished};
use super::{Metadata, SyncOptions, object_error, parse_head, tuf_error};
use crate::{Clock, Error, Job, Phase};
use jiff::Timestamp;
use serde::Serialize;
use shelf_law::Date;
use shelf_repo::object::ObjectFolder;
use shelf_repo::tuf::client;
use shelf_repo::tuf::trust::{MemoryTrust, TrustStore};
use shelf_repo::{Blob, Head};
use shelf_store::{Catalog, State};
use shelf_sync::{Fetcher, Source};
use std::collections::{BTreeMap, HashSet};
use std::path::Path;

/// Changes that are told by name.
const MOST_NAMED: usize = 500;

/// What a source offers.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct SyncCheck {
    /// Sequence of the shelf there.
    pub seq: u64,
    /// When it was published.
    pub published_at: Timestamp,
    /// When the publisher last confirmed it.
    pub confirmed_at: Timestamp,
    /// Whether everything that it would bring is here.
    pub nothing_new: bool,
    /// Whether there is no shelf here yet, so that nothing can be compared.
    pub first: bool,
    /// Documents on the shelf there.
    pub documents: u64,
    /// What would come, change and go, the most important first.
    pub changes: Vec<ShelfChange>,
    /// How many changes there are.
    pub total: usize,
    /// Bytes of texts and objects that would have to be received.
    pub bytes: u64,
    /// The source as a person would name it.
    pub source: String,
    /// Name of the shelf there.
    pub name: String,
    /// The root that its signatures go back to.
    pub root: RootInfo,
}

impl Library {
    /// Verifies what a source offers and tells what a sync would change. Nothing that is trusted or
    /// in use is touched: only catalogue rows are received, which the sync then finds here.
    pub fn check(
        home: &Path,
        options: &SyncOptions,
        clock: Clock,
        job: &Job<'_>,
    ) -> Result<SyncCheck, Error> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(Error::io(home))?;
        runtime.block_on(check(&Home::new(home), options, clock, job))
    }
}

async fn check(
    home: &Home,
    options: &SyncOptions,
    clock: Clock,
    job: &Job<'_>,
) -> Result<SyncCheck, Error> {
    let source = Source::parse(&options.source)?;
    let _lock = home.lock()?;
    job.tell(Phase::Checking, 0, None);
    let state = State::open(&home.state())?;
    let now = clock.effective(state.confirmed_at()?);
    let before = state.active()?;
    // A copy of what is trusted: looking at a source does not commit to it.
    let mut trust = MemoryTrust::default();
    let damaged = |error: Box<dyn std::error::Error + Send + Sync>| {
        let words = format!("{}: {error}", home.state().display());
        Error::new(crate::ErrorCode::Damaged, words)
    };
    if let Some(trusted) = state.load().map_err(damaged)? {
        trust.save(&trusted).map_err(damaged)?;
    }
    let verified = client::refresh(options.root.as_deref(), &Metadata(&source), &mut trust, now)
        .await
        .map_err(|error| tuf_error(error, &source))?;
    let head = parse_head(&verified.head)?;
    let roots = trust.load().map_err(damaged)?.unwrap_or_default().roots;

    let objects = ObjectFolder::new(home.folder());
    let count = |bytes: u64| job.receive(bytes);
    let mut transfer = Transfer {
        home,
        fetcher: Fetcher {
            source: &source,
            objects: &objects,
            partial: home.partial(),
            cancel: job.cancel.clone(),
            received: &count,
        },
        head: &head,
        job,
        failed: BTreeMap::new(),
        distrust: false,
        wished: wished(&state)?,
    };
    let taken = transfer.collections(options, &state)?;
    let built = transfer.catalogue(before.as_ref(), &taken).await?;
    let path = home.catalog(&built.file);
    // One that was built only to be looked at goes again, whatever comes.
    let passing = (before.as_ref() != Some(&built)).then(|| Passing(&path));
    let catalog = Catalog::open(&path)?;
    let bytes = missing_bytes(&head, &catalog, &objects)?;
    let known = match &before {
        Some(active) => Catalog::open(&home.catalog(&active.file)).ok(),
        None => None,
    };
    let found = match &known {
        Some(known) => differences(known, &catalog, Date::of_instant(now))?,
        None => Vec::new(),
    };
    let mut offered = Library::of_catalog(home, catalog, clock);
    offered.newest_signed = Some(now);
    let changes = offered.shelf_changes(&found, MOST_NAMED)?;
    drop(offered);
    drop(passing);
    Ok(SyncCheck {
        seq: head.seq,
        published_at: head.published_at,
        confirmed_at: verified.confirmed_at,
        nothing_new: before.as_ref() == Some(&built) && bytes == 0,
        first: before.is_none(),
        documents: head.documents,
        changes,
        total: found.len(),
        bytes,
        source: source.describe(),
        name: head.shelf.clone(),
        root: RootInfo::of(roots.last().map_or(&[][..], Vec::as_slice)),
    })
}

/// A file that is removed when nobody looks at it any more.
struct Passing<'a>(&'a Path);

impl Drop for Passing<'_> {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_file(self.0) {
            tracing::warn!(%error, "a catalogue that was looked at stays until the next sync");
        }
    }
}

/// Bytes of texts and objects that a catalogue names and that are not here.
fn missing_bytes(head: &Head, catalog: &Catalog, here: &ObjectFolder) -> Result<u64, Error> {
    let mut seen = HashSet::new();
    let (mut bytes, mut alone): (u64, u64) = (0, 0);
    let mut count = |blob: &Blob| -> Result<(), Error> {
        if seen.insert(blob.sha256) {
            let size = here.size(&blob.sha256).map_err(object_error)?;
            if size != Some(blob.size) {
                bytes = bytes.saturating_add(blob.size);
            }
        }
        Ok(())
    };
    let data = head.data.iter().map(|file| &file.blob);
    head.dictionaries
        .iter()
        .chain(data)
        .try_for_each(&mut count)?;
    catalog.for_each(|row| {
        let Some(objects) = &row.objects else {
            return Ok(());
        };
        let text = &objects.text;
        match row.single {
            true if here.has(&text.sha256) => {}
            true => alone = alone.saturating_add(text.length),
            false => count(&text.pack)?,
        }
        objects_of(objects, row.single).try_for_each(|object| count(&object.blob))
    })?;
    Ok(bytes.saturating_add(alone))
}
