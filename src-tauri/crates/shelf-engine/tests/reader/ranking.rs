//! A publisher's own ranking.

use super::shelf::Shelf;
use shelf_engine::library::SearchOptions;

fn order(shelf: &Shelf) -> Vec<String> {
    let result = shelf
        .opened()
        .search("tủ sách pháp luật", &SearchOptions::default());
    let hits = result.unwrap().hits.into_iter();
    hits.map(|hit| hit.document.source_key).collect()
}

#[test]
fn a_publishers_ranking_orders_hits_as_long_as_it_can_be_read() {
    let shelf = Shelf::synced();
    let built_in = order(&shelf);
    assert!(built_in.len() > 1);
    let folder = shelf.workspace().join("data");
    std::fs::create_dir(&folder).unwrap();
    // The worst of the first stage first.
    let upside_down =
        r#"{"format":1,"acts":{"candidates":500,"features":[],"weights":{"f_gap":-1}}}"#;
    std::fs::write(folder.join("ranking.json"), upside_down).unwrap();
    shelf.publish();
    shelf.sync().unwrap();
    let own = order(&shelf);
    assert_ne!(own, built_in);
    let mut damaged = 0;
    for file in super::understanding::walk(&shelf.home().join("o")) {
        if std::fs::read(&file).unwrap() == upside_down.as_bytes() {
            std::fs::write(&file, upside_down.replace("-1", "-2")).unwrap();
            damaged += 1;
        }
    }
    assert_eq!(damaged, 1);
    assert_eq!(order(&shelf), built_in);
}
