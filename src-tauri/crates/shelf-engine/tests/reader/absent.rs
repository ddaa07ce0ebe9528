//! What is on the shelf and not on this machine: found by its headings, wished for, received, kept.

use crate::shelf::{Shelf, clock};
use shelf_engine::law::DocumentId;
use shelf_engine::library::{
    Filters, FindAnswer, FindHit, FindRequest, SearchOptions, SyncOptions, SyncReport, WantOutcome,
};
use shelf_engine::{ErrorCode, Job, Library, Verified};

const ACTS: &str = "van-ban";
const MATERIALS: &str = "tai-lieu";
/// A decision of the sample shelf, of the collection of acts.
const DECISION: &str = "9010/2026/QĐ-UBND";

fn sync_of(shelf: &Shelf, collections: &[&str]) -> SyncReport {
    let options = SyncOptions {
        collections: collections.iter().map(|id| (*id).to_string()).collect(),
        ..shelf.options()
    };
    Library::sync(&shelf.home(), &options, clock(), &Job::silent()).unwrap()
}

/// A machine that keeps the materials and not the acts.
fn without_acts() -> Shelf {
    let shelf = Shelf::published();
    sync_of(&shelf, &[MATERIALS]);
    shelf
}

fn find(library: &mut Library, text: &str, filters: Filters) -> FindAnswer {
    let request = FindRequest {
        text: text.into(),
        filters: Filters {
            show_expired: true,
            ..filters
        },
        limit: 20,
        ..FindRequest::default()
    };
    library.find(&request).unwrap()
}

fn decision(library: &mut Library) -> FindHit {
    let answer = find(library, DECISION, Filters::default());
    let hit = answer.hits.into_iter().next().unwrap();
    assert_eq!(hit.document.number.as_deref(), Some(DECISION));
    hit
}

fn id_of(library: &mut Library) -> DocumentId {
    decision(library).document.id
}

#[test]
fn what_is_not_here_is_found_by_its_headings_and_said_to_be_so() {
    let shelf = without_acts();
    let mut library = shelf.opened();
    let words = "tư vấn trước khi tách thửa";
    let answer = find(&mut library, words, Filters::default());
    let hit = answer.hits.iter().find(|hit| hit.absent.is_some()).unwrap();
    let bytes = hit.absent.unwrap().bytes.unwrap();
    assert!(bytes > 0 && hit.document.bytes == Some(bytes) && !hit.document.here);
    let provision = hit.provision.as_ref().unwrap();
    assert!(provision.id.as_str().starts_with("dieu_"), "{provision:?}");
    assert!(provision.label.starts_with("Điều "), "{provision:?}");
    assert!(hit.heading.starts_with("Điều "), "{}", hit.heading);
    assert_eq!(hit.snippet, hit.heading, "nothing but the heading is here");
    assert!(!hit.marks.is_empty());
    assert!(
        answer.absent > 0 && answer.absent < answer.documents,
        "{answer:?}"
    );

    let preview = library
        .preview(&hit.document.id, Some(&provision.id), words)
        .unwrap();
    assert!(preview.blocks.is_empty() && preview.absent == hit.absent);
    assert_eq!(preview.provision.unwrap().path, hit.heading);

    let here = find(
        &mut library,
        words,
        Filters {
            here_only: true,
            ..Filters::default()
        },
    );
    assert!(here.hits.iter().all(|hit| hit.absent.is_none()));
    assert_eq!(here.absent, 0);
    assert_eq!(answer.scans_not_searched, here.scans_not_searched);
}

#[test]
fn a_citation_of_what_is_not_here_names_the_provision_by_its_heading() {
    let shelf = without_acts();
    let options = SearchOptions {
        exactly: false,
        limit: 10,
        provisions: true,
    };
    let asked = format!("điều 3 {DECISION}");
    let found = shelf.opened().search(&asked, &options).unwrap();
    let first = &found.hits[0];
    let provision = first.provision.as_ref().unwrap();
    assert_eq!(
        (provision.id.as_str(), provision.label.as_str()),
        ("dieu_3", "Điều 3")
    );
    assert!(first.absent.is_some());
    let again = found.hits.iter().skip(1).any(|hit| {
        hit.document.id == first.document.id
            && hit
                .provision
                .as_ref()
                .is_some_and(|other| other.id == provision.id)
    });
    assert!(!again, "the cited place stands there once");
}

#[test]
fn a_heading_does_not_stand_above_the_words_that_answer() {
    let shelf = Shelf::synced();
    let questions = [
        "ai được mượn sách của tủ sách pháp luật",
        "tách thửa đất cần giấy tờ gì",
        "hương ước quy ước của làng",
        "phòng cháy rừng mùa khô",
        "hỗ trợ học sinh bán trú",
    ];
    let ranked = |library: &mut Library, text: &str| -> Vec<(DocumentId, bool)> {
        let answer = find(library, text, Filters::default());
        let hits = answer.hits.into_iter();
        hits.map(|hit| (hit.document.id, hit.document.product.is_some()))
            .collect()
    };
    let whole: Vec<_> = questions
        .iter()
        .map(|text| ranked(&mut shelf.opened(), text))
        .collect();
    // The acts leave; what remains of them is headings.
    sync_of(&shelf, &[MATERIALS]);
    let mut library = shelf.opened();
    for (text, whole) in questions.iter().zip(whole) {
        let now = ranked(&mut library, text);
        let (first, here) = &whole[0];
        if *here {
            assert_eq!(&now[0].0, first, "{text}");
        }
        let place = |list: &[(DocumentId, bool)], id| list.iter().position(|(each, _)| each == id);
        // Of the materials the best one: far down the list nearly equal ones change places.
        if let Some(at) = whole.iter().position(|(_, here)| *here) {
            let (material, _) = &whole[at];
            for (act, _) in whole[at..].iter().filter(|(_, here)| !here) {
                let (Some(material), Some(act)) = (place(&now, material), place(&now, act)) else {
                    continue;
                };
                assert!(material < act, "{text}: an act rose by its headings alone");
            }
        }
    }
}

#[test]
fn a_wish_is_received_without_its_collection_and_stays() {
    let shelf = without_acts();
    let mut library = shelf.opened();
    let id = id_of(&mut library);
    let offered = decision(&mut library).absent.unwrap().bytes.unwrap();
    assert_eq!(library.want(&id).unwrap(), WantOutcome::Noted);
    assert_eq!(
        library.want(&id).unwrap(),
        WantOutcome::Noted,
        "once is enough"
    );
    let wants = library.wants().unwrap();
    assert_eq!(wants.len(), 1);
    assert_eq!(
        (wants[0].name.as_str(), wants[0].bytes),
        (DECISION, Some(offered))
    );

    let readable = library.readable_documents().unwrap();
    let options = SyncOptions {
        root: None,
        ..shelf.options()
    };
    let check = Library::check(&shelf.home(), &options, clock(), &Job::silent()).unwrap();
    assert!(!check.nothing_new);
    assert_eq!((check.bytes, check.total), (offered, 0));
    let report = shelf.sync().unwrap();
    assert!(report.failed.is_empty() && report.wishes_gone.is_empty());
    assert_eq!(report.documents, readable + 1);
    assert_eq!(
        report.bytes_received, offered,
        "not the pack that it stands in"
    );

    let mut library = shelf.opened();
    assert!(library.wants().unwrap().is_empty());
    let hit = decision(&mut library);
    assert!(hit.absent.is_none() && hit.document.here && !hit.snippet.is_empty());
    let page = library.page(&id).unwrap();
    assert!(page.no_text.is_none() && page.blocks > 0);
    assert_eq!(library.want(&id).unwrap(), WantOutcome::Here);
    let others = find(&mut library, "quyết định", Filters::default());
    assert!(others.absent > 0, "the rest of the collection did not come");
    let state = library.shelf_state().unwrap();
    let acts = state
        .collections
        .iter()
        .find(|c| c.id.as_str() == ACTS)
        .unwrap();
    assert!(!acts.taken && acts.bytes_here > 0);
    let verified = shelf_engine::verify(&shelf.home(), None, &Job::silent()).unwrap();
    assert!(
        verified.ok && verified.kind == Verified::Home,
        "{:?}",
        verified.faults
    );

    // Other syncs, the last of which sweeps, leave it here; by log and by snapshot.
    let again = shelf.sync().unwrap();
    assert!(!again.changed && again.bytes_received == 0);
    let story = shelf.input().join("tai-lieu/to-gap-moi.txt");
    for words in [
        "TỜ GẤP MỚI\n\nNội dung.\n",
        "TỜ GẤP MỚI\n\nNội dung khác.\n",
    ] {
        std::fs::write(&story, words).unwrap();
        shelf.ingest();
        shelf.publish();
        assert!(shelf.sync().unwrap().changed);
        assert!(decision(&mut shelf.opened()).document.here);
    }
    sync_of(&shelf, &[MATERIALS, ACTS]);
    sync_of(&shelf, &[MATERIALS]);
    sync_of(&shelf, &[MATERIALS]);
    let mut library = shelf.opened();
    assert!(
        decision(&mut library).document.here,
        "taken with its collection and left again"
    );

    // Nobody wants it any more: it goes back to its headings.
    assert!(library.unwant(&id).unwrap());
    shelf.sync().unwrap();
    let hit = decision(&mut shelf.opened());
    assert!(hit.absent.is_some() && !hit.document.here);
}

#[test]
fn a_wish_follows_what_the_publisher_changes() {
    let shelf = without_acts();
    let mut library = shelf.opened();
    let id = id_of(&mut library);
    library.want(&id).unwrap();
    shelf.sync().unwrap();
    let before = shelf.opened().page(&id).unwrap();
    let file = shelf
        .input()
        .join("van-ban/9010-2026-QD-UBND-dat-o-tach-thua.txt");
    let text = std::fs::read_to_string(&file).unwrap();
    let changed = text.replacen("tối thiểu", "ít nhất", 1);
    assert_ne!(text, changed);
    std::fs::write(&file, changed).unwrap();
    shelf.ingest();
    shelf.publish();
    shelf.sync().unwrap();
    let mut library = shelf.opened();
    let hit = decision(&mut library);
    let after = library.page(&hit.document.id).unwrap();
    assert!(after.no_text.is_none());
    assert_ne!(after.revision, before.revision);
}

#[test]
fn a_wish_for_what_left_the_shelf_goes_with_a_word() {
    let shelf = without_acts();
    let mut library = shelf.opened();
    let id = id_of(&mut library);
    library.want(&id).unwrap();
    shelf
        .press()
        .withdraw(id.as_str(), "Nhập nhầm bản dự thảo")
        .unwrap();
    shelf.publish();
    let report = shelf.sync().unwrap();
    assert_eq!(report.wishes_gone.len(), 1);
    assert_eq!(report.wishes_gone[0].name, DECISION);
    assert_eq!(
        report.wishes_gone[0].reason.as_deref(),
        Some("Nhập nhầm bản dự thảo")
    );
    let library = shelf.opened();
    assert!(library.wants().unwrap().is_empty());
    assert_eq!(library.want(&id).unwrap_err().code, ErrorCode::NotFound);
    let unknown = DocumentId::from_identity(&["khác"]);
    assert_eq!(
        library.want(&unknown).unwrap_err().code,
        ErrorCode::NotFound
    );
}

#[test]
fn a_wish_that_the_source_cannot_fulfil_is_waited_for() {
    let shelf = without_acts();
    let mut library = shelf.opened();
    let id = id_of(&mut library);
    library.want(&id).unwrap();
    // A source that lost its packs of texts: everything that is not here.
    let aside = shelf.input().join("aside");
    std::fs::rename(shelf.repository().join("o"), &aside).unwrap();
    let report = shelf.sync().unwrap();
    // Its text and its original.
    assert_eq!(report.failed.len(), 2, "{:?}", report.failed);
    assert!(report.failed.iter().all(|one| one.what == id.as_str()));
    assert_eq!(shelf.opened().wants().unwrap().len(), 1);
    assert!(decision(&mut shelf.opened()).absent.is_some());
    std::fs::rename(&aside, shelf.repository().join("o")).unwrap();
    assert!(shelf.sync().unwrap().failed.is_empty());
    assert!(decision(&mut shelf.opened()).document.here);
}

#[test]
fn a_collection_that_is_given_up_goes_back_to_its_headings() {
    let shelf = Shelf::synced();
    let before = decision(&mut shelf.opened());
    assert!(before.absent.is_none());
    sync_of(&shelf, &[MATERIALS]);
    assert!(decision(&mut shelf.opened()).absent.is_some());
    sync_of(&shelf, &[MATERIALS, ACTS]);
    let again = decision(&mut shelf.opened());
    assert_eq!((again.absent, again.snippet), (None, before.snippet));
}
