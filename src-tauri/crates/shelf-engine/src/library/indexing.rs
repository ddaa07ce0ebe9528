//! Keeping the index that of the catalogue.

use super::Library;
use super::headings;
use crate::{Error, ErrorCode, Job, Phase};
use shelf_law::tokens::folded_terms;
use shelf_law::{
    Document, DocumentKind, DocumentText, Normativity, kind_from_wording, kind_of_number_code,
};
use shelf_repo::BrowseRow;
use shelf_search::{Error as IndexError, Facts, Index, IndexInput, Options, UnitInput};

impl Library {
    /// Opens the shelf with the index as it stands, for a window that must not wait: an index that
    /// lags behind still finds documents. [`Library::is_current`] says whether to open it anew, in the
    /// background, with [`Library::open`].
    pub fn open_as_it_is(home: &std::path::Path, clock: crate::Clock) -> Result<Library, Error> {
        let mut library = Library::open_for_reading(home, clock)?;
        if let Ok(index) = Index::open(&library.home.index(), Options::default()) {
            library.index_is_current = index.stamp() == Some(library.index_stamp());
            library.index = Some(index);
        }
        Ok(library)
    }

    /// Whether the index is that of the catalogue.
    pub fn is_current(&self) -> bool {
        self.index_is_current
    }

    /// Makes sure that the index is that of the active catalogue. Where another process is at it,
    /// this one searches what is there.
    pub(crate) fn ensure_index(&mut self, job: &Job<'_>) -> Result<(), Error> {
        let opened = Index::open(&self.home.index(), Options::default());
        let stamp = self.index_stamp();
        if let Ok(index) = opened {
            let current = index.stamp() == Some(stamp);
            self.index_is_current = current;
            self.index = Some(index);
            if current {
                return Ok(());
            }
        }
        let _lock = match self.home.lock() {
            Err(error) if error.code == ErrorCode::Busy && self.index.is_some() => return Ok(()),
            lock => lock?,
        };
        let held = self.index.take();
        match self.update_index(job) {
            // On a full disk what was searchable stays searchable.
            Err(error) if error.code == ErrorCode::DiskFull && held.is_some() => {
                self.index = held;
                Ok(())
            }
            updated => updated,
        }
    }

    /// What an index of this catalogue carries: the digest of all rows, and the rules of indexing.
    fn index_stamp(&self) -> String {
        // The file tells one choice of collections from another at the same sequence.
        let file = self.catalog.path().file_name().unwrap_or_default();
        let digest = self.catalog.head().state_digest;
        format!("{RULES} {} {digest}", file.display())
    }

    /// Throws the index away where a file of it is not what was written. Reads all of it.
    pub(crate) fn drop_unsound_index(&mut self) -> Result<(), Error> {
        let folder = self.home.index();
        let checked = Index::open(&folder, Options::default()).and_then(|index| index.verify());
        if let Err(IndexError::Damaged { why, .. }) = checked {
            tracing::warn!(why, "the index is damaged and is made again");
            Index::rebuild(&folder, Options::default()).map_err(index_error)?;
        }
        Ok(())
    }

    /// Brings the index up to date with the catalogue; the caller holds the lock of the folder. A
    /// damaged index is made again: it is derived from the texts.
    pub(crate) fn update_index(&mut self, job: &Job<'_>) -> Result<(), Error> {
        self.index = None;
        let folder = self.home.index();
        let index = match Index::open(&folder, Options::default()) {
            Err(IndexError::Absent { .. }) => Index::create(&folder, Options::default()),
            Err(IndexError::Damaged { why, .. }) => {
                tracing::warn!(why, "the index is damaged and is made again");
                Index::rebuild(&folder, Options::default())
            }
            opened => opened,
        }
        .map_err(index_error)?;
        let mut current = Vec::new();
        let (catalog, texts) = (&self.catalog, &self.texts);
        catalog.for_each(|row| {
            let browse = &row.browse;
            if browse.withdrawn.is_some() {
                return Ok(());
            }
            let revision = match row.objects.filter(|objects| texts.has(objects)) {
                Some(objects) => revision(&objects.text.sha256),
                // Its words are not here: it is found by its title and headings.
                None => {
                    let headings = catalog.headings(&browse.id)?;
                    headings::revision(browse, headings.as_ref()) ^ RULES
                }
            };
            current.push((browse.id.key(), revision));
            Ok::<_, Error>(())
        })?;
        let load = |key: u64| -> Result<IndexInput, Error> {
            let Some(row) = catalog.by_key(key)? else {
                let words = "left the catalogue meanwhile";
                return Err(Error::new(ErrorCode::NotFound, words));
            };
            match row.objects.filter(|objects| texts.has(objects)) {
                Some(objects) => {
                    let file = texts.load_uncached(&objects)?;
                    Ok(index_input(&row.browse, &file.document, &file.text))
                }
                None => {
                    let headings = catalog.headings(&row.browse.id)?;
                    Ok(headings::index_input(&row.browse, headings.as_ref()))
                }
            }
        };
        let progress = |at: shelf_search::Progress| {
            job.tell(Phase::Indexing, at.done as u64, Some(at.total as u64));
        };
        let report = index
            .update(&current, load, &self.index_stamp(), progress, || {
                job.cancel.is_cancelled()
            })
            .map_err(index_error)?;
        if report.cancelled {
            return Err(Error::new(
                ErrorCode::Cancelled,
                "stopped; it goes on next time",
            ));
        }
        for (key, error) in &report.failed {
            // It was whole when it was received: the disk lost it. `verify` names it, the rest of
            // the shelf stays searchable.
            tracing::warn!(key, %error, "left out of the index");
        }
        self.index = Some(index);
        self.index_is_current = true;
        Ok(())
    }
}

/// Grows when the same texts give other units or terms, so that indexes are made anew.
const RULES: u64 = 5;

/// What a document gives to the index.
fn index_input(row: &BrowseRow, document: &Document, text: &DocumentText) -> IndexInput {
    let units = text.units();
    IndexInput {
        title: called(row, &document.display_title()),
        number: row.number.clone().unwrap_or_default(),
        facts: facts(row),
        units: units
            .iter()
            .enumerate()
            .map(|(ordinal, unit)| {
                let mut body = String::new();
                for block in &text.blocks[unit.blocks.clone()] {
                    let line = match block.level {
                        // The heading is a field of its own.
                        _ if block.id.is_some() && block.id == unit.provision => &block.text,
                        _ => &block.line(),
                    };
                    body.push_str(line);
                    body.push('\n');
                }
                UnitInput {
                    ordinal: u32::try_from(ordinal).unwrap_or(u32::MAX),
                    heading: unit.heading.clone(),
                    text: body,
                }
            })
            .collect(),
    }
}

/// A title as people call the document: `Tờ gấp Đăng ký khai sinh`, as acts have `Nghị định` in theirs.
pub(super) fn called(row: &BrowseRow, title: &str) -> String {
    let kind = match row.product {
        Some(product) => product.vietnamese(),
        None => row.kind.as_deref().unwrap_or_default(),
    };
    match folded_terms(title).starts_with(&folded_terms(kind)) {
        true => title.to_string(),
        false => format!("{kind}. {title}"),
    }
}

/// What ranking weighs besides words. What is local, and what spreads the law, is found by its words
/// alone: what is known of the state's acts says nothing of it.
pub(super) fn facts(row: &BrowseRow) -> Facts {
    let number = row.number.as_deref();
    let kind = row
        .kind
        .as_deref()
        .and_then(kind_from_wording)
        .or_else(|| kind_of_number_code(number?.rsplit('/').next()?));
    let year = row.issued.and_then(|day| u16::try_from(day.year()).ok());
    let issuers = [number, row.issuer.as_deref()];
    let local = !row.applies_in.is_empty()
        || issuers.into_iter().flatten().any(|words| {
            let words = words.to_uppercase();
            ["UBND", "HĐND", "NHÂN DÂN TỈNH", "NHÂN DÂN XÃ"]
                .iter()
                .any(|mark| words.contains(mark))
        });
    let normative = kind.is_some_and(|kind| {
        kind.normativity() != Normativity::Never || kind == DocumentKind::NationalStandard
    });
    Facts {
        kind,
        year,
        product: row.product,
        national: normative && !local && row.product.is_none(),
        local: local || row.product.is_some(),
        headings_only: false,
    }
}

/// A 64-bit fingerprint of what was indexed: the text's hash and the rules.
fn revision(sha256: &shelf_law::ContentHash) -> u64 {
    let bytes: [u8; 8] = sha256.as_bytes()[..8]
        .try_into()
        .expect("a hash has 32 bytes");
    u64::from_le_bytes(bytes) ^ RULES
}

pub(super) fn index_error(error: IndexError) -> Error {
    let code = match &error {
        IndexError::Busy { .. } => ErrorCode::Busy,
        error if error.is_disk_full() => ErrorCode::DiskFull,
        IndexError::Damaged { .. } => ErrorCode::Damaged,
        _ => ErrorCode::Io,
    };
    Error::new(code, error.to_string())
}
