//! A reader's side: everything works without a network except [`Library::sync`].

mod amending;
mod basis;
mod blocks;
mod browse;
mod carried;
mod changes;
mod cite;
mod citing;
mod derived;
mod effects;
mod facts;
mod filter;
mod find;
mod find_in;
mod headings;
mod history;
mod hit;
mod home;
mod home_page;
mod indexing;
mod line;
mod links;
mod marks;
mod outline;
mod page;
mod parts;
mod passages;
mod place;
mod places;
mod preview;
mod related;
mod relations;
mod root;
mod search;
mod shelf_state;
mod show;
mod suggest;
mod sync;
mod targets;
mod territory;
mod texts;
mod understanding;
mod wanted;
mod words;

pub use basis::{BasisState, ChangedBases};
pub use blocks::{PageBlock, PageBlocks};
pub use browse::{DocumentList, ListRequest, ListSort};
pub use carried::CarriedShelf;
pub use changes::{ChangeKind, News, ShelfChange};
pub use effects::ProvisionState;
pub use filter::{Count, Facets, Filters};
pub use find::{CitationAnswer, FindAnswer, FindHit, FindRequest, FindSort};
pub use find_in::{BlockPart, FoundInBlock};
pub use history::{Carrier, SyncRun};
pub use hit::{
    CitationChoice, Hit, HitDocument, HitProvision, HitValidity, SearchCitation, SearchResult,
};
pub(crate) use home::{Home, lock_file};
pub use home_page::{HomePage, Problem, ProductCount, TopicCount};
pub use line::{DocumentLine, LineValidity, is_sample};
pub use links::{Link, LinkTarget};
pub use marks::{MarkPlace, MarkState};
pub use outline::PageNode;
pub use page::{Effect, NoText, Page, PageObject};
pub use parts::{Cue, copy_out};
pub use places::Popover;
pub use preview::{BlockMark, Preview};
pub use related::{Direction, MoreRelated, RelationGroup, RelationRow};
pub use root::{RootInfo, read_root_file};
pub use search::SearchOptions;
pub use shelf_law::understanding::{Part, PartKind, Understood};
pub use shelf_law::{Product, ValidityState};
pub use shelf_repo::{ObjectRole, Withdrawn};
pub use shelf_state::{CollectionState, DiskUse, ShelfState};
pub use show::{OutlineNode, Shown, ShownObject, ShownProvision, ShownRelation, ShownValidity};
pub use suggest::{Suggestion, SuggestionKind};
pub use sync::{Failed, SyncCheck, SyncOptions, SyncReport};
pub(crate) use sync::{object_error, rows_are_signed};
pub use territory::Territory;
pub(crate) use understanding::RANKING;
pub(crate) use wanted::objects_of;
pub use wanted::{Absent, GoneWish, WantOutcome, Wanted};

use crate::{Clock, Error, ErrorCode, Job, Lang};
use shelf_law::{ContentHash, Date, DocumentFile};
use shelf_repo::ObjectRow;
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
    facts: Option<(Date, facts::Facts)>,
    order: Option<browse::Order>,
    folded_titles: Option<suggest::FoldedTitles>,
    problems: Option<Vec<Problem>>,
    /// Keys of documents that are only pictures of words.
    scans: Option<Vec<u64>>,
    derived: derived::Derived,
    tables: Option<shelf_law::Tables>,
    ranking: Option<shelf_search::Ranking>,
    /// Headings of the act that was named last, for suggestions.
    named_act: Option<suggest::NamedAct>,
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
    pub fn words(&self, lang: Lang) -> String {
        let day = |at| Date::of_instant(at).vietnamese();
        match lang {
            Lang::Vi => self.vietnamese(),
            Lang::En => format!(
                "Data of {} · last confirmed on {} ({} ago)",
                day(self.published_at),
                day(self.confirmed_at),
                lang.count(self.days.unsigned_abs(), "ngày", "day", "days")
            ),
        }
    }

    /// The same in Vietnamese.
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
        let mut library = Library::of_catalog(&home, catalog, clock);
        library.newest_signed = state.confirmed_at()?;
        library.confirmed_at = state.active_confirmed_at()?;
        Ok(library)
    }

    /// A shelf with this catalogue, which need not be the active one.
    fn of_catalog(home: &Home, catalog: Catalog, clock: Clock) -> Library {
        Library {
            texts: Texts::new(ObjectFolder::new(home.folder()), catalog.head()),
            newest_signed: None,
            confirmed_at: None,
            clock,
            catalog,
            index: None,
            index_is_current: false,
            titles: None,
            facts: None,
            order: None,
            folded_titles: None,
            problems: None,
            scans: None,
            derived: derived::Derived::default(),
            tables: None,
            ranking: None,
            named_act: None,
            home: home.clone(),
        }
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
            if self.is_here(&row) {
                count += 1;
            }
            Ok::<_, Error>(())
        })?;
        Ok(count)
    }

    /// The document of a row with its words.
    pub(crate) fn text_of(&mut self, row: &CatalogRow) -> Result<Arc<DocumentFile>, Error> {
        self.read_of(row, Texts::load)
    }

    /// The JSON of a row's document, for reading a passage of it ([`texts::structure`]).
    pub(crate) fn json_of(&mut self, row: &CatalogRow) -> Result<Arc<Vec<u8>>, Error> {
        self.read_of(row, Texts::json)
    }

    fn read_of<T>(
        &mut self,
        row: &CatalogRow,
        read: impl FnOnce(&mut Texts, &ObjectRow) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let Some(objects) = &row.objects else {
            let (title, collection) = (&row.browse.title, &row.browse.collection);
            let detail = format!(
                "{title}: known on the shelf, its collection {collection} is not kept here"
            );
            return Err(Error::new(ErrorCode::NotOnThisMachine, detail).saying(
                &format!("Văn bản này có trên tủ sách nhưng chưa có trên máy. Hãy đồng bộ thêm --collection {collection}, hoặc ghi riêng văn bản này bằng shelf want."),
                &format!("This document is on the shelf and not on this machine. Sync with --collection {collection} too, or ask for it alone with shelf want."),
            ));
        };
        let read = read(&mut self.texts, objects);
        if matches!(&read, Err(error) if error.code == ErrorCode::Damaged) {
            self.note_damage();
        }
        read
    }

    /// Has the next sync look at every text. Where even this cannot be written, `shelf verify` still
    /// names the damage.
    fn note_damage(&self) {
        let _ = std::fs::write(self.home.recheck(), b"");
    }
}
