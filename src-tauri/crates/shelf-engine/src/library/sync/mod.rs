//! Bringing a shelf here: verified head, catalogue, texts, activation, index, originals.

mod catalogue;
mod check;
mod digests;
mod singles;
mod sweep;
mod transfer;

use super::wanted::GoneWish;
use super::{Carrier, Home, Library, changes, history, wanted};
use crate::error::LOST_TRUST;
use crate::{Clock, Error, ErrorCode, Job, Phase};
use jiff::Timestamp;
use serde::Serialize;
use shelf_law::CollectionId;
use shelf_repo::object::ObjectFolder;
use shelf_repo::tuf::client::{self, TufError};
use shelf_repo::tuf::trust::{FetchMetadata, SourceError, TrustState, TrustStore};
use shelf_repo::{Head, RepoError};
use shelf_store::{Catalog, State};
use shelf_sync::{Fetcher, Source, SyncError};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use sweep::{remove_unsound, sweep};
use transfer::{Transfer, wished};

pub use check::SyncCheck;
pub(crate) use digests::rows_are_signed;
pub(super) use sweep::note_needed;

/// Set while a sync is at work.
const UNFINISHED: &str = "sync.unfinished";

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
    /// Documents that somebody asked for and that left the shelf: they are waited for no longer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub wishes_gone: Vec<GoneWish>,
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
        let home = Home::new(home);
        let trusted = !is_unfinished(&home);
        let outcome = runtime.block_on(sync(&home, options, clock, job));
        history::note(&home, options, clock, job.received(), &outcome);
        // A lost link leaves whole files and no doubt: on a slow one, hashing everything again with
        // each attempt would cost more than it finds.
        if let Err(error) = &outcome
            && trusted
            && matches!(
                error.code,
                ErrorCode::SourceUnreachable | ErrorCode::WebPage | ErrorCode::Cancelled
            )
            && let Ok(mut state) = State::open(&home.state())
        {
            state.remove_setting(UNFINISHED)?;
        }
        outcome
    }
}

/// Whether the last sync was cut off in the middle.
fn is_unfinished(home: &Home) -> bool {
    home.state().is_file()
        && State::open(&home.state())
            .and_then(|state| state.setting(UNFINISHED))
            .map_or(true, |setting| setting.is_some())
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
    let before = state.active()?;
    let mut trust = CheckedTrust {
        state: &mut state,
        least: before.as_ref().map_or(0, |active| active.seq),
    };
    let verified = client::refresh(options.root.as_deref(), &Metadata(&source), &mut trust, now)
        .await
        .map_err(|error| tuf_error(error, &source))?;
    let head = parse_head(&verified.head)?;
    state.note_confirmation(verified.confirmed_at)?;

    let received = AtomicU64::new(0);
    let count = |bytes: u64| {
        received.fetch_add(bytes, Ordering::Relaxed);
        job.receive(bytes);
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
        wished: wished(&state)?,
    };
    transfer.distrust = state.setting(UNFINISHED)?.is_some() || home.recheck().exists();
    state.set_setting(UNFINISHED, "1")?;
    if transfer.distrust {
        remove_unsound(&objects)?;
    }
    let taken = transfer.collections(options, &state)?;
    let built = transfer.catalogue(before.as_ref(), &taken).await?;
    let catalog = Catalog::open(&home.catalog(&built.file))?;
    transfer.data().await?;
    transfer.texts(&catalog).await?;

    let changed = before.as_ref() != Some(&built);
    changes::activate(
        &mut state,
        (&built, &catalog),
        before.as_ref().map(|active| home.catalog(&active.file)),
        verified.confirmed_at,
        now,
    )?;
    if !options.collections.is_empty() {
        let chosen = serde_json::to_string(&taken).expect("ids are plain data");
        state.set_setting("collections.chosen", &chosen)?;
    }
    // A stick that was plugged in once does not take the place of the usual address.
    let usual = state.setting("source")?;
    if Carrier::of(&options.source) == Carrier::Network
        || usual.is_none_or(|usual| Carrier::of(&usual) == Carrier::Folder)
    {
        state.set_setting("source", &source.describe())?;
    }
    drop(catalog);
    let mut library = Library::open_for_reading(home.folder(), clock)?;
    if transfer.distrust {
        library.drop_unsound_index()?;
    }
    library.update_index(job)?;
    library.update_relations(job)?;
    job.say_readable();
    transfer.originals(&library.catalog).await?;
    let failed = transfer.failures(&library.catalog)?;
    let wishes_gone = wanted::settle(home, &library, clock)?;
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
        wishes_gone,
    })
}

/// A head that keeps every rule of the format.
pub(super) fn parse_head(bytes: &[u8]) -> Result<Head, Error> {
    Head::parse(bytes).map_err(|error| {
        let code = match &error {
            RepoError::Refused { rule: "F-10", .. } => ErrorCode::Newer,
            _ => ErrorCode::Damaged,
        };
        Error::new(code, format!("{error}; the shelf in use stays in use"))
    })
}

/// The trust state, which takes over no head that breaks the format or is older than the one in use.
struct CheckedTrust<'a> {
    state: &'a mut State,
    least: u64,
}

impl TrustStore for CheckedTrust<'_> {
    fn load(&self) -> Result<Option<TrustState>, SourceError> {
        self.state.load()
    }

    fn save(&mut self, trust: &TrustState) -> Result<(), SourceError> {
        let head = parse_head(&trust.head)?;
        if head.seq < self.least {
            let words = format!(
                "offers sequence {}, sequence {} is in use here; sync from a newer copy",
                head.seq, self.least
            );
            return Err(Error::new(ErrorCode::Rollback, words).into());
        }
        self.state.save(trust)
    }
}

/// Gives the verifier the files under `/tuf`.
pub(super) struct Metadata<'a>(pub(super) &'a Source);

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
        TufError::Store { source: cause } if cause.is::<Error>() => {
            let known = cause
                .downcast_ref::<Error>()
                .map(|error| (error.code, &error.words));
            let (code, words) = known.expect("it was just asked what it is");
            return Error::new(code, format!("{}: {words}", source.describe()));
        }
        TufError::Store { .. } => {
            let words = format!("{}: {error}", source.describe());
            return Error::caused(ErrorCode::Io, &error, words);
        }
        TufError::DamagedState { .. } => {
            let (vietnamese, english) = LOST_TRUST;
            return Error::new(ErrorCode::Damaged, error.to_string()).saying(vietnamese, english);
        }
        _ => ErrorCode::Damaged,
    };
    let told = Error::new(code, format!("{}: {error}", source.describe()));
    match &error {
        TufError::BadRoot { .. } => told.saying(
            "Tệp gốc đưa vào không đúng. Hãy lấy lại tệp root.json từ Sở Tư pháp.",
            "The root given is not a shelf's root. Get root.json anew from the publisher.",
        ),
        _ => told,
    }
}

pub(crate) fn object_error(error: shelf_repo::object::ObjectError) -> Error {
    let words = error.to_string();
    Error::caused(ErrorCode::Io, &error, words)
}
