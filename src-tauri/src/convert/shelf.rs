//! The shelf as a whole: home, state, sync.

use crate::dto;
use shelf_engine::law::DocumentId;
use shelf_engine::{PageSize, PageWords, Phase, library};
use std::collections::BTreeMap;

same_names!(library::Carrier => dto::Carrier { Network, Folder });
same_names!(library::ChangeKind => dto::ChangeKind { Added, Changed, Withdrawn });

impl From<library::ShelfState> for dto::ShelfState {
    fn from(state: library::ShelfState) -> dto::ShelfState {
        dto::ShelfState {
            name: state.name,
            age: dto::ShelfAge {
                seq: state.age.seq,
                published_at: state.age.published_at.to_string(),
                confirmed_at: state.age.confirmed_at.to_string(),
                days: state.age.days,
                clock_is_slow: state.clock_is_slow,
            },
            acts: state.acts as u64,
            materials: state.materials as u64,
            readable: state.readable as u64,
            documents: state.documents as u64,
            collections: state.collections.into_iter().map(Into::into).collect(),
            source: state.source,
            received_at: state.received_at.map(|at| at.to_string()),
            received_from: state.received_from.map(Into::into),
        }
    }
}

impl From<library::CollectionState> for dto::CollectionState {
    fn from(state: library::CollectionState) -> dto::CollectionState {
        dto::CollectionState {
            id: state.id.to_string(),
            name: state.name,
            documents: state.documents,
            bytes: state.bytes,
            bytes_here: state.bytes_here,
            taken: state.taken,
            locked: state.locked,
        }
    }
}

impl dto::Root {
    pub(crate) fn of(root: &library::RootInfo, origin: dto::RootOrigin) -> dto::Root {
        dto::Root {
            words: root.words.iter().map(|word| (*word).to_owned()).collect(),
            sha256: root.sha256.to_string(),
            origin,
        }
    }
}

impl From<library::TopicCount> for dto::Topic {
    fn from(topic: library::TopicCount) -> dto::Topic {
        dto::Topic {
            name: topic.name,
            documents: topic.documents as u64,
        }
    }
}

impl From<library::Problem> for dto::Problem {
    fn from(problem: library::Problem) -> dto::Problem {
        dto::Problem {
            id: problem.id,
            documents: problem.documents as u64,
            query: problem.query,
            topic: problem.topic,
        }
    }
}

impl From<library::ProductCount> for dto::ProductCount {
    fn from(count: library::ProductCount) -> dto::ProductCount {
        dto::ProductCount {
            product: count.product.into(),
            count: count.count as u64,
        }
    }
}

impl dto::ChangeRow {
    /// A change, with the reader's own marks on its document.
    pub(crate) fn of(
        change: library::ShelfChange,
        marked: &BTreeMap<DocumentId, u64>,
    ) -> dto::ChangeRow {
        dto::ChangeRow {
            change: change.change.into(),
            marks: marked.get(&change.document.id).copied().unwrap_or(0),
            document: change.document.into(),
            before: change.before.map(Into::into),
            reason: change.reason,
        }
    }
}

impl dto::SyncCheck {
    pub(crate) fn of(
        check: library::SyncCheck,
        marked: &BTreeMap<DocumentId, u64>,
    ) -> dto::SyncCheck {
        let changes = check.changes.into_iter();
        dto::SyncCheck {
            source: check.source,
            name: check.name,
            seq: check.seq,
            published_at: check.published_at.to_string(),
            confirmed_at: check.confirmed_at.to_string(),
            nothing_new: check.nothing_new,
            first: check.first,
            documents: check.documents,
            total: check.total as u64,
            changes: changes
                .map(|change| dto::ChangeRow::of(change, marked))
                .collect(),
            bytes: check.bytes,
            root: dto::Root::of(&check.root, dto::RootOrigin::Trusted),
        }
    }
}

impl From<library::SyncRun> for dto::SyncRun {
    fn from(run: library::SyncRun) -> dto::SyncRun {
        dto::SyncRun {
            at: run.at.to_string(),
            from: run.from.into(),
            source: run.source,
            bytes: run.bytes,
            ok: run.ok,
            failure: run.code.map(|code| dto::Failure {
                code,
                detail: run.detail.unwrap_or_default(),
            }),
            seq: run.seq,
        }
    }
}

impl From<library::Wanted> for dto::Wanted {
    fn from(wanted: library::Wanted) -> dto::Wanted {
        dto::Wanted {
            document: wanted.document.to_string(),
            name: wanted.name,
            asked_at: wanted.asked_at.to_string(),
            bytes: wanted.bytes,
        }
    }
}

impl From<library::DiskUse> for dto::DiskUse {
    fn from(bytes: library::DiskUse) -> dto::DiskUse {
        dto::DiskUse {
            texts: bytes.texts,
            originals: bytes.originals,
            media: bytes.media,
            index: bytes.index,
            free: bytes.free,
        }
    }
}

impl From<library::CarriedShelf> for dto::CarriedShelf {
    fn from(shelf: library::CarriedShelf) -> dto::CarriedShelf {
        dto::CarriedShelf {
            path: shelf.path.display().to_string(),
            name: shelf.name,
            published_at: shelf.published_at.to_string(),
            newer_days: shelf.newer,
        }
    }
}

impl From<library::SyncReport> for dto::SyncOutcome {
    fn from(report: library::SyncReport) -> dto::SyncOutcome {
        let failed = report.failed.into_iter().map(|failed| dto::FailedPart {
            what: failed.what,
            reason: failed.reason,
        });
        let gone = report.wishes_gone.into_iter().map(|gone| dto::FailedPart {
            what: match gone.name.is_empty() {
                true => gone.document.to_string(),
                false => gone.name,
            },
            reason: gone.reason.unwrap_or_default(),
        });
        dto::SyncOutcome {
            wishes_gone: gone.collect(),
            seq: report.seq,
            documents: report.documents,
            bytes: report.bytes_received,
            changed: report.changed,
            failed: failed.collect(),
            published_at: report.published_at.to_string(),
            confirmed_at: report.confirmed_at.to_string(),
        }
    }
}

impl dto::Phase {
    pub(crate) fn of(phase: Phase) -> dto::Phase {
        match phase {
            Phase::Catalogue => dto::Phase::Catalogue,
            Phase::Texts => dto::Phase::Texts,
            Phase::Indexing => dto::Phase::Indexing,
            Phase::Objects => dto::Phase::Objects,
            // Reading, publishing and verifying belong to the publisher's side.
            _ => dto::Phase::Checking,
        }
    }
}

impl From<PageSize> for dto::PdfPage {
    fn from(size: PageSize) -> dto::PdfPage {
        dto::PdfPage {
            width: size.width,
            height: size.height,
        }
    }
}

impl From<PageWords> for dto::PdfPageText {
    fn from(words: PageWords) -> dto::PdfPageText {
        let lines = words.lines.into_iter();
        dto::PdfPageText {
            lines: lines
                .map(|(text, area)| dto::PdfLine { text, area })
                .collect(),
            hits: words.hits,
        }
    }
}
