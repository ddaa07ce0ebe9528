//! A reader's side: everything works without a network except [`Library::sync`].

mod amending;
mod basis;
mod blocks;
mod cite;
mod citing;
mod derived;
mod effects;
mod find;
mod hit;
mod home;
mod line;
mod links;
mod marks;
mod outline;
mod page;
mod places;
mod related;
mod relations;
mod search;
mod show;
mod sync;
mod targets;
mod texts;
mod words;

pub use basis::BasisState;
pub use blocks::{PageBlock, PageBlocks};
pub use effects::ProvisionState;
pub use find::{BlockPart, FoundInBlock};
pub use hit::{Hit, HitDocument, HitProvision, HitValidity, SearchResult};
pub(crate) use home::{Home, lock_file};
pub use line::PageLine;
pub use links::{Link, LinkTarget};
pub use marks::{MarkPlace, MarkState};
pub use outline::PageNode;
pub use page::{Effect, NoText, Page, PageObject};
pub use places::Popover;
pub use related::{Direction, RelationGroup, RelationRow};
pub use search::SearchOptions;
pub use show::{OutlineNode, Shown, ShownObject, ShownProvision, ShownRelation, ShownValidity};
pub use sync::{Failed, SyncOptions, SyncReport};
pub(crate) use sync::{object_error, rows_are_signed};

use crate::{Clock, Error, ErrorCode, Job};
use shelf_law::{ContentHash, Date, DocumentFile};
use shelf_repo::object::ObjectFolder;
use shelf_search::Index;
use shelf_store::{Catalog, CatalogRow, State};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use texts::Texts;

/// An open data folder with a synced shelf.
pub struct Library {
    home: Home,
    clock: Clock,
    newest_signed: Option<jiff::Timestamp>,
    confirmed_at: Option<jiff::Timestamp>,
    catalog: Catalog,
    texts: Texts,
    index: Option<Index>,
    /// Whether the index is that of the catalogue; one that lags behind still finds documents.
    index_is_current: bool,
    titles: Option<cite::Titles>,
    derived: derived::Derived,
}

/// How old the shelf on a machine is. Not the day on which any status was checked: that one stands
/// with each document.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize)]
pub struct ShelfAge {
    /// Sequence of the shelf in use.
    pub seq: u64,
    /// When that sequence was published.
    pub published_at: jiff::Timestamp,
    /// When the publisher last confirmed it, as far as this machine has heard.
    pub confirmed_at: jiff::Timestamp,
    /// Whole days since then, by the later of the clock and the newest signed time.
    pub days: i64,
}

impl ShelfAge {
    /// The line that a reader sees under what comes from this shelf.
    pub fn vietnamese(&self) -> String {
        let day = |at| Date::of_instant(at).vietnamese();
        format!(
            "Dữ liệu ngày {} · xác nhận lần cuối ngày {} ({} ngày trước)",
            day(self.published_at),
            day(self.confirmed_at),
            self.days
        )
    }
}

impl Library {
    /// Opens the shelf that was synced into `home`. An index that lags behind the catalogue, because
    /// a machine was switched off in the middle, is brought up to date first.
    pub fn open(home: &Path, clock: Clock, job: &Job<'_>) -> Result<Library, Error> {
        let mut library = Library::open_for_reading(home, clock)?;
        library.ensure_index(job)?;
        Ok(library)
    }

    /// Opens the shelf without making sure that it can be searched.
    pub fn open_for_reading(home: &Path, clock: Clock) -> Result<Library, Error> {
        let home = Home::new(home);
        let no_shelf = || {
            Error::new(
                ErrorCode::NoShelf,
                format!(
                    "{}: holds no shelf yet; run shelf sync first",
                    home.folder().display()
                ),
            )
        };
        if !home.state().is_file() {
            return Err(no_shelf());
        }
        let state = State::open_for_reading(&home.state())?;
        let active = state.active()?.ok_or_else(no_shelf)?;
        let catalog = Catalog::open(&home.catalog(&active.file))?;
        let texts = Texts::new(ObjectFolder::new(home.folder()), catalog.head());
        Ok(Library {
            newest_signed: state.confirmed_at()?,
            confirmed_at: state.active_confirmed_at()?,
            clock,
            catalog,
            texts,
            index: None,
            index_is_current: false,
            titles: None,
            derived: derived::Derived::default(),
            home,
        })
    }

    /// How old the shelf on this machine is.
    pub fn age(&self) -> ShelfAge {
        let head = self.catalog.head();
        let confirmed_at = self.confirmed_at.unwrap_or(head.published_at);
        let now = self.clock.effective(self.newest_signed);
        ShelfAge {
            seq: head.seq,
            published_at: head.published_at,
            confirmed_at,
            days: now.duration_since(confirmed_at).as_hours() / 24,
        }
    }

    /// The day to reckon with.
    pub fn today(&self) -> Date {
        self.clock.effective_day(self.newest_signed)
    }

    pub(crate) fn catalog(&self) -> Result<&Catalog, Error> {
        Ok(&self.catalog)
    }

    pub(crate) fn object_path(&self, hash: &ContentHash) -> Option<PathBuf> {
        self.texts
            .objects()
            .has(hash)
            .then(|| self.texts.objects().path(hash))
    }

    /// Documents whose words are on this machine.
    pub fn readable_documents(&self) -> Result<u64, Error> {
        let mut count = 0;
        self.catalog.for_each(|row| {
            if row.objects.is_some_and(|objects| self.texts.has(&objects)) {
                count += 1;
            }
            Ok::<_, Error>(())
        })?;
        Ok(count)
    }

    /// The document of a row with its words.
    pub(crate) fn text_of(&mut self, row: &CatalogRow) -> Result<Arc<DocumentFile>, Error> {
        let Some(objects) = &row.objects else {
            return Err(Error::new(
                ErrorCode::NotOnThisMachine,
                format!(
                    "{}: known on the shelf but its collection {} is not kept on this machine; sync it with --collection {}",
                    row.browse.title, row.browse.collection, row.browse.collection
                ),
            ));
        };
        let loaded = self.texts.load(objects);
        if matches!(&loaded, Err(error) if error.code == ErrorCode::Damaged) {
            // Where even this cannot be written, `shelf verify` still names the damage.
            let _ = std::fs::write(self.home.recheck(), b"");
        }
        loaded
    }
}
