//! Relations that lag behind the catalogue, because another process is at work in the data folder.

use crate::few::{act, file_of, with};
use crate::shelf::{Shelf, clock, provision};
use serde_json::json;
use shelf_engine::library::{BasisState, MarkPlace, ProvisionState};
use shelf_engine::{Job, Library};
use std::fs::File;
use std::path::PathBuf;

const ACT: &str = "Nghị định 1/2020/NĐ-CP";

/// Three acts, of which one repeals Điều 2 of the first and one amends Điều 3, and a leaflet on Điều 1;
/// later the repealing act is corrected and a fourth amends Điều 4.
fn inputs(shelf: &std::path::Path, later: bool) -> (Vec<PathBuf>, PathBuf) {
    let decree = |number: &str, title: &str, day: &str, says: &str| {
        act(number, "Nghị định", title, day, &[says])
    };
    let texts = ["Chợ.", "Phí.", "Giờ mở cửa.", "Xử lý."];
    let day = "2020-01-02";
    let repealed = if later { "dieu_5" } else { "dieu_2" };
    let mut rows = vec![
        act("1/2020/NĐ-CP", "Nghị định", "Nghị định về chợ", day, &texts),
        with(
            decree("2/2021/NĐ-CP", "Nghị định bãi bỏ", "2021-01-02", repealed),
            json!({"repeals": format!("1/2020/NĐ-CP#{repealed}")}),
        ),
        with(
            decree("3/2022/NĐ-CP", "Nghị định sửa đổi", "2022-01-02", "Sửa."),
            json!({"amends": "1/2020/NĐ-CP#dieu_3"}),
        ),
    ];
    if later {
        rows.push(with(
            decree("4/2023/NĐ-CP", "Nghị định sửa đổi", "2023-01-02", "Sửa."),
            json!({"amends": "1/2020/NĐ-CP#dieu_4"}),
        ));
    }
    std::fs::create_dir_all(shelf).unwrap();
    let leaflet = shelf.join("to-gap.txt");
    std::fs::write(&leaflet, "Đi chợ đúng luật").unwrap();
    let list = shelf.join("danh-muc.csv");
    let line = "to-gap.txt,Đi chợ đúng luật,leaflet,1/2020/NĐ-CP#dieu_1";
    std::fs::write(&list, format!("file,title,product,basis\n{line}\n")).unwrap();
    (vec![file_of(&rows, shelf), leaflet], list)
}

/// The shelf of later, the relations of before, and the lock that another process holds.
fn lagging(folder: &std::path::Path) -> (Shelf, Library, File) {
    let (files, list) = inputs(&folder.join("before"), false);
    let shelf = Shelf::of(&files, Some(list));
    let home = shelf.path("home");
    let relations = home.join("relations.db");
    let before = std::fs::read(&relations).unwrap();
    let (files, list) = inputs(&folder.join("later"), true);
    shelf.publish(&files, Some(list));
    shelf.receive("home", &[]);
    std::fs::write(&relations, before).unwrap();
    let lock = File::options().write(true).open(home.join("lock")).unwrap();
    lock.try_lock().unwrap();
    let library = Library::open(&home, clock(), &Job::silent()).unwrap();
    (shelf, library, lock)
}

#[test]
fn no_place_says_more_of_a_provision_than_relations_that_lag_behind_know() {
    let folder = tempfile::tempdir().unwrap();
    let (shelf, mut library, lock) = lagging(folder.path());
    let id = shelf.id_of(ACT);
    let articles = ["dieu_1", "dieu_2", "dieu_3", "dieu_4"].map(provision);
    let mut hits = || {
        articles
            .each_ref()
            .map(|id_of| library.provision_state(&id, Some(id_of)).unwrap())
    };
    use ProvisionState::{Amended, MayBeAmended, NoChangeKnown, Unknown};
    let known = [
        Unknown,
        // The act that said so was received anew since.
        MayBeAmended,
        Amended,
        Unknown,
    ];
    assert_eq!(hits(), known, "a hit");
    let places = articles.each_ref().map(|provision| MarkPlace {
        document: id.clone(),
        provision: Some(provision.clone()),
        revision: None,
        quote: String::new(),
    });
    let marks = library.mark_states(&places).unwrap();
    assert_eq!(
        marks.iter().map(|mark| mark.provision).collect::<Vec<_>>(),
        known,
        "a mark"
    );
    let blocks = library.blocks(&id, 0, 100).unwrap().blocks;
    let preview = blocks
        .iter()
        .filter(|block| block.id.is_some())
        .map(|block| block.state);
    assert_eq!(preview.collect::<Vec<_>>(), known, "a preview");
    let page = library.page(&id).unwrap();
    assert!(!page.relations_are_current);
    let outline: Vec<_> = page.outline.iter().map(|node| node.state).collect();
    assert_eq!(outline, known, "the page");

    drop(lock);
    library.ensure_relations(&Job::silent()).unwrap();
    let current = library.page(&id).unwrap();
    let outline: Vec<_> = current.outline.iter().map(|node| node.state).collect();
    assert_eq!(outline, [NoChangeKnown, NoChangeKnown, Amended, Amended]);
}

#[test]
fn a_product_s_basis_is_not_sound_for_certain_while_relations_lag_behind() {
    let folder = tempfile::tempdir().unwrap();
    let (shelf, mut library, lock) = lagging(folder.path());
    let press = shelf_engine::Press::open(&shelf.path("workspace"), clock()).unwrap();
    let mut entries = press.entries().unwrap().into_iter();
    let leaflet = entries
        .find(|entry| entry.title == "Đi chợ đúng luật")
        .unwrap();
    let basis = |library: &mut Library| {
        library
            .basis_states(std::slice::from_ref(&leaflet.id))
            .unwrap()[0]
    };
    assert_eq!(basis(&mut library), Some(BasisState::Unknown));
    let told = library.changed_bases(1).unwrap();
    assert_eq!(
        told.count, 0,
        "what is not known is no reason to call a person"
    );
    drop(lock);
    library.ensure_relations(&Job::silent()).unwrap();
    assert_eq!(basis(&mut library), Some(BasisState::Ok));
}
