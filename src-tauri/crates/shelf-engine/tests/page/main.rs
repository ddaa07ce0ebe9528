//! The page of a document, over the sample shelf and over real acts.

#![allow(clippy::unwrap_used, reason = "the helpers here are tests too")]

mod few;
mod lagging;
mod many;
mod shelf;

use shelf::{Shelf, id, node, page, provision, sample};
use shelf_engine::library::{
    BasisState, Direction, MarkPlace, NoText, Page, PageBlock, ProvisionState,
};
use shelf_engine::{ErrorCode, Job, Library};
use shelf_law::{ContentHash, DocumentId, RelationKind};
use std::io::BufRead;
use std::path::{Path, PathBuf};
use std::time::Instant;

fn open() -> Library {
    sample().open("home")
}

fn blocks(library: &mut Library, id: &DocumentId) -> Vec<PageBlock> {
    library.blocks(id, 0, 2000).unwrap().blocks
}

fn state(page: &Page, id: &str) -> Option<ProvisionState> {
    node(&page.outline, id).map(|node| node.state)
}

#[test]
fn a_clause_that_another_act_amended_says_by_which_and_from_which_day() {
    let mut library = open();
    let page = page(&mut library, "9001/2026/QĐ-UBND");
    assert_eq!(
        state(&page, "kemtheo_1.dieu_6.khoan_2"),
        Some(ProvisionState::Amended)
    );
    assert_eq!(
        state(&page, "kemtheo_1.dieu_6"),
        Some(ProvisionState::Amended),
        "an article with an amended clause is amended"
    );
    assert_eq!(
        state(&page, "kemtheo_1.dieu_11.khoan_3"),
        Some(ProvisionState::Repealed)
    );
    assert_eq!(
        state(&page, "kemtheo_1.dieu_9"),
        Some(ProvisionState::MayBeAmended),
        "the act is partly expired, and was amended without a word on where"
    );
    let effect = page
        .effects
        .iter()
        .find(|effect| effect.provision == Some(provision("kemtheo_1.dieu_6.khoan_2")))
        .unwrap();
    assert_eq!(effect.by.number.as_deref(), Some("9002/2026/QĐ-UBND"));
    assert_eq!(effect.from.unwrap().to_string(), "2026-05-05");
    assert_eq!(effect.kind, RelationKind::Amends);
    assert!(effect.certain);
    assert_eq!(effect.label, "khoản 2 Điều 6");
    assert_eq!(effect.heading, "Bổ sung, rà soát sách, tài liệu");
    let whole: Vec<_> = page
        .effects
        .iter()
        .filter(|e| e.provision.is_none())
        .collect();
    assert_eq!(whole.len(), 1, "the act that only puts in a new Điều 12a");
    assert!(!whole[0].certain, "which provision, it does not say");
    assert_eq!(
        page.consolidated[0].number.as_deref(),
        Some("9003/VBHN-UBND")
    );
    assert!(page.line.sample && page.line.here);
}

#[test]
fn a_block_carries_the_effects_on_its_own_provision_only() {
    let mut library = open();
    let page = page(&mut library, "9001/2026/QĐ-UBND");
    let blocks = blocks(&mut library, &page.line.id);
    assert_eq!(blocks.len(), page.blocks);
    let touched: Vec<_> = blocks
        .iter()
        .filter(|block| !block.effects.is_empty())
        .map(|block| block.id.clone().unwrap().to_string())
        .collect();
    assert_eq!(
        touched,
        [
            "kemtheo_1.dieu_6.khoan_2",
            "kemtheo_1.dieu_11.khoan_3",
            "kemtheo_1.dieu_12.khoan_1"
        ]
    );
    for block in &blocks {
        for effect in &block.effects {
            assert_eq!(page.effects[*effect].provision, block.id);
        }
    }
    let middle = library.blocks(&page.line.id, 10, 5).unwrap();
    assert_eq!((middle.from, middle.total), (10, page.blocks));
    assert_eq!(middle.blocks, blocks[10..15]);
    assert!(
        library
            .blocks(&page.line.id, 10_000, 5)
            .unwrap()
            .blocks
            .is_empty()
    );
}

#[test]
fn a_suspended_clause_leaves_the_others_as_they_were() {
    let mut library = open();
    let page = page(&mut library, "9011/2025/QĐ-UBND");
    assert_eq!(
        state(&page, "kemtheo_1.dieu_9.khoan_2"),
        Some(ProvisionState::Suspended)
    );
    assert_eq!(
        state(&page, "kemtheo_1.dieu_8"),
        Some(ProvisionState::NoChangeKnown)
    );
    let suspended = self::page(&mut library, "9007/2025/QĐ-UBND");
    assert_eq!(state(&suspended, "dieu_5"), Some(ProvisionState::Suspended));
    let expired = self::page(&mut library, "9004/2016/QĐ-UBND");
    assert_eq!(state(&expired, "dieu_4"), Some(ProvisionState::Repealed));
}

#[test]
fn relations_are_told_from_both_ends() {
    let mut library = open();
    let amending = page(&mut library, "9002/2026/QĐ-UBND");
    let out = |page: &Page, kind| {
        let group = |direction| {
            page.relations
                .iter()
                .find(move |group| group.kind == kind && group.direction == direction)
                .map(|group| group.rows.clone())
        };
        (group(Direction::Out), group(Direction::In))
    };
    let (stated, _) = out(&amending, RelationKind::Amends);
    let stated = stated.unwrap();
    assert_eq!(stated.len(), 3);
    assert_eq!(stated[0].provision_label.as_deref(), Some("khoản 2 Điều 6"));
    let amended = page(&mut library, "9001/2026/QĐ-UBND");
    let (_, received) = out(&amended, RelationKind::Amends);
    let received = received.unwrap();
    assert_eq!(received.len(), 3);
    assert!(received.iter().all(|row| row.on_shelf
        && row.document.as_ref().unwrap().number.as_deref() == Some("9002/2026/QĐ-UBND")));
    let (bases, none) = out(&amended, RelationKind::Basis);
    assert!(
        bases.unwrap().iter().any(|row| !row.on_shelf
            && row.number.as_deref() == Some("14/2019/QĐ-TTg")
            && row.document.is_none()),
        "what is not on the shelf is named"
    );
    assert!(none.is_none(), "products that rest on it stand apart");
    let materials: Vec<_> = amended
        .materials
        .iter()
        .map(|line| line.title.as_str())
        .collect();
    assert_eq!(materials.len(), 4, "{materials:?}");
    assert!(amended.related_count > amended.materials.len());
}

#[test]
fn a_leaflet_says_how_its_basis_stands() {
    let mut library = open();
    let names = [
        ("thống kê chứng thực", Some(BasisState::Dead)),
        ("Đơn của tôi đang ở đâu", Some(BasisState::Dead)),
        ("Năm việc của người phụ trách", Some(BasisState::Dead)),
        ("Cẩm nang của tuyên truyền viên", Some(BasisState::Changed)),
        ("Đăng ký khai sinh, khai tử", Some(BasisState::Unknown)),
        ("Phiếu đề nghị tư vấn", Some(BasisState::Ok)),
        ("9001/2026/QĐ-UBND", None),
    ];
    let ids: Vec<_> = names
        .iter()
        .map(|(name, _)| id(&mut library, name))
        .collect();
    let states = library.basis_states(&ids).unwrap();
    for ((name, wanted), found) in names.iter().zip(states) {
        assert_eq!(found, *wanted, "{name}");
    }
}

#[test]
fn a_withdrawn_document_has_a_page_that_says_why() {
    let mut library = open();
    let page = page(&mut library, "Tủ sách pháp luật bên nhà rông");
    let Some(NoText::Withdrawn(withdrawn)) = &page.no_text else {
        panic!("{:?}", page.no_text);
    };
    assert_eq!(withdrawn.reason, "Sai tên xã");
    assert_eq!(page.blocks, 0);
    let amended = self::page(&mut library, "9001/2026/QĐ-UBND");
    assert!(
        amended.materials.iter().all(|line| line.id != page.line.id),
        "it is no material any more"
    );
}

#[test]
fn a_document_whose_collection_was_not_taken_has_a_page() {
    sample().receive("acts-only", &["van-ban"]);
    let mut library = sample().open("acts-only");
    let page = page(&mut library, "Đơn của tôi đang ở đâu");
    assert!(matches!(page.no_text, Some(NoText::CollectionNotTaken(_))));
    assert!(!page.line.here);
    let missing = library.blocks(&page.line.id, 0, 10).unwrap_err();
    assert_eq!(missing.code, ErrorCode::NotOnThisMachine);
    assert!(
        library
            .popover(&page.line.id, None)
            .unwrap()
            .blocks
            .is_empty()
    );
    assert!(library.page(&DocumentId::from_identity(&["none"])).is_err());
}

#[test]
fn citations_in_a_text_lead_to_places_that_exist() {
    let mut library = open();
    let acts = [
        "9001/2026/QĐ-UBND",
        "9002/2026/QĐ-UBND",
        "9008/2026/QĐ-UBND",
        "9010/2026/QĐ-UBND",
        "9011/2025/QĐ-UBND",
    ];
    let mut found = Vec::new();
    for name in acts {
        let id = id(&mut library, name);
        for block in blocks(&mut library, &id) {
            let letters: Vec<char> = block.text.chars().collect();
            for link in &block.links {
                let words: String = letters[link.from..link.to].iter().collect();
                if let (Some(document), Some(provision)) =
                    (&link.target.document, &link.target.provision)
                {
                    assert!(
                        library.popover(document, Some(provision)).is_ok(),
                        "{words} leads to nothing"
                    );
                }
                let number = match &link.target.document {
                    Some(_) if link.target.same => "same".to_string(),
                    _ => link.target.number.clone().unwrap_or_default(),
                };
                let place = link.target.provision.as_ref().map(|id| id.to_string());
                found.push(format!(
                    "{name}: {words} → {number} {}",
                    place.unwrap_or_default()
                ));
            }
        }
    }
    let all = found.join("\n");
    for wanted in [
        // The amending act says where in the regulation that is attached to the other one.
        "9002/2026/QĐ-UBND: khoản 2 Điều 6 → 9001/2026/QĐ-UBND kemtheo_1.dieu_6.khoan_2",
        "9002/2026/QĐ-UBND: khoản 3 Điều 11 → 9001/2026/QĐ-UBND kemtheo_1.dieu_11.khoan_3",
        "9002/2026/QĐ-UBND: khoản 1 Điều 1 Quyết định này → same dieu_1.khoan_1",
        "9008/2026/QĐ-UBND: khoản 2 Điều 9 → 9011/2025/QĐ-UBND kemtheo_1.dieu_9.khoan_2",
    ] {
        assert!(found.iter().any(|link| link == wanted), "{wanted}\n{all}");
    }
    assert!(
        !all.contains("12a"),
        "Điều 12a stands in neither act as a provision of its own\n{all}"
    );
}

#[test]
fn a_place_is_found_typed_and_cited() {
    let mut library = open();
    let id = id(&mut library, "9001/2026/QĐ-UBND");
    let jump = |library: &mut Library, typed: &str| {
        let found = library.jump(&id, typed).unwrap();
        found.map(|id| id.to_string())
    };
    assert_eq!(
        jump(&mut library, "k2 d6").as_deref(),
        Some("kemtheo_1.dieu_6.khoan_2"),
        "the act itself has no khoản 2 there"
    );
    assert_eq!(jump(&mut library, "d3").as_deref(), Some("dieu_3"));
    assert_eq!(jump(&mut library, "99"), None);
    let cited = |library: &mut Library, place: &str| {
        library.citation(&id, Some(&provision(place))).unwrap()
    };
    assert_eq!(
        cited(&mut library, "dieu_3.khoan_1"),
        "khoản 1 Điều 3 Quyết định số 9001/2026/QĐ-UBND"
    );
    assert_eq!(
        cited(&mut library, "kemtheo_1.dieu_6.khoan_2"),
        "khoản 2 Điều 6 Quy chế xây dựng, quản lý, khai thác Tủ sách pháp luật ở cơ sở trên địa bàn \
         tỉnh Gia Lai ban hành kèm theo Quyết định số 9001/2026/QĐ-UBND"
    );
    assert!(library.citation(&id, Some(&provision("dieu_99"))).is_err());
    let consolidated = self::id(&mut library, "9003/VBHN-UBND");
    assert_eq!(
        library.citation(&consolidated, None).unwrap(),
        "Quyết định số 9001/2026/QĐ-UBND (theo Văn bản hợp nhất số 9003/VBHN-UBND)"
    );
    let place = provision("kemtheo_1.dieu_6");
    let shown = library.popover(&id, Some(&place)).unwrap();
    assert_eq!(shown.heading, "Bổ sung, rà soát sách, tài liệu");
    assert_eq!(shown.provision.unwrap().1, "Điều 6");
    assert!(shown.affected.iter().any(|effect| effect.certain));
    assert!(!shown.cut && shown.blocks.len() == 4);
    let found = library.find_in(&id, "ra soat").unwrap();
    assert!(found.len() >= 2, "{found:?}");
}

#[test]
fn a_mark_knows_what_became_of_its_place() {
    let mut library = open();
    let page = page(&mut library, "9001/2026/QĐ-UBND");
    let place = |id: &str, revision: Option<ContentHash>, quote: &str| MarkPlace {
        document: page.line.id.clone(),
        provision: Some(provision(id)),
        revision,
        quote: quote.to_string(),
    };
    let earlier = Some(ContentHash::of(b"an earlier text"));
    let states = library
        .mark_states(&[
            place(
                "kemtheo_1.dieu_6.khoan_2",
                page.revision,
                "Định kỳ 06 tháng",
            ),
            place(
                "kemtheo_1.dieu_6.khoan_2",
                earlier,
                "Định kỳ 06 tháng một lần",
            ),
            place("kemtheo_1.dieu_6.khoan_2", earlier, "Định kỳ 12 tháng"),
            place("kemtheo_1.dieu_99", earlier, ""),
            MarkPlace {
                document: DocumentId::from_identity(&["gone"]),
                provision: None,
                revision: None,
                quote: String::new(),
            },
        ])
        .unwrap();
    assert_eq!(states[0].provision, ProvisionState::Amended);
    assert!(!states[0].changed && !states[0].orphan);
    assert!(!states[1].changed, "the words still stand there");
    assert!(states[2].changed);
    assert!(states[3].orphan);
    assert!(states[4].not_here && states[4].document.is_none());
}

#[test]
fn a_damaged_index_of_relations_is_made_again() {
    let shelf = sample();
    shelf.receive("damaged", &[]);
    drop(shelf.open("damaged"));
    let file = shelf.path("damaged").join("relations.db");
    let whole = std::fs::metadata(&file).unwrap().len();
    std::fs::write(&file, vec![0x5a; usize::try_from(whole).unwrap()]).unwrap();
    let mut library = shelf.open("damaged");
    assert!(library.relations_are_current());
    let page = page(&mut library, "9001/2026/QĐ-UBND");
    assert!(page.relations_are_current && !page.effects.is_empty());
}

#[test]
fn pages_of_real_acts_are_fast_and_every_link_leads_somewhere() {
    let data = std::env::var_os("SHELF_DATA").map_or_else(
        || {
            PathBuf::from(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/../../../../shared/data"
            ))
        },
        PathBuf::from,
    );
    let corpus = data.join("corpus/dsc_small_docs.jsonl.zst");
    if !corpus.is_file() {
        println!("skipped: {} is not there", corpus.display());
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let shelf = Shelf::of(&[some_rows(&corpus, folder.path())], None);
    let mut library = Library::open_for_reading(&shelf.path("home"), shelf::clock()).unwrap();
    let begun = Instant::now();
    library.ensure_relations(&Job::silent()).unwrap();
    println!("relations of the small corpus: {:?}", begun.elapsed());
    let press = shelf_engine::Press::open(&shelf.path("workspace"), shelf::clock()).unwrap();
    let (mut links, mut slowest) = (0, std::time::Duration::ZERO);
    for entry in press.entries().unwrap() {
        let begun = Instant::now();
        let page = library.page(&entry.id).unwrap();
        slowest = slowest.max(begun.elapsed());
        if page.blocks == 0 {
            continue;
        }
        for block in library.blocks(&entry.id, 0, 200).unwrap().blocks {
            let length = block.text.chars().count();
            for link in block.links {
                assert!(link.from < link.to && link.to <= length);
                links += 1;
            }
        }
    }
    println!("{links} links; slowest page {slowest:?}");
    assert!(links > 100);
}

/// The first rows of a corpus, as a file of its own: all of it would take minutes to publish.
fn some_rows(corpus: &Path, folder: &Path) -> PathBuf {
    let reader = zstd::Decoder::new(std::fs::File::open(corpus).unwrap()).unwrap();
    let rows: Vec<String> = std::io::BufReader::new(reader)
        .lines()
        .take(150)
        .map(Result::unwrap)
        .collect();
    let file = folder.join("dsc_small.jsonl");
    std::fs::write(&file, rows.join("\n")).unwrap();
    file
}
