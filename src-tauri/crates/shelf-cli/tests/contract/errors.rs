//! What fails, and how it says so.

use crate::shelf::{Shelf, two_acts};

#[test]
fn a_fresh_home_needs_a_root_and_another_root_is_refused() {
    let shelf = Shelf::new();
    shelf.ingest(&two_acts());
    shelf.publish();
    let sync = |root: Option<&str>| {
        let (repository, home) = (shelf.repository(), shelf.home());
        let mut args = vec!["sync", &repository, "--home", &home];
        args.extend(root.iter().flat_map(|root| ["--root", root]));
        shelf.run(&args)
    };
    assert_eq!(
        shelf.error(&["sync", &shelf.repository(), "--home", &shelf.home()]),
        "root_missing"
    );
    assert!(sync(Some(&shelf.root())).status.success());
    assert!(
        sync(Some(&shelf.root())).status.success(),
        "the same root again is accepted"
    );
    assert!(sync(None).status.success(), "and none is needed any more");

    let other = Shelf::new();
    let args = [
        "sync",
        &shelf.repository(),
        "--home",
        &shelf.home(),
        "--root",
        &other.root(),
    ];
    assert_eq!(shelf.error(&args), "root_differs");
    other.ingest(&two_acts());
    other.publish();
    assert_eq!(
        shelf.error(&["sync", &other.repository(), "--home", &shelf.home()]),
        "root_differs"
    );
    assert_eq!(
        shelf.search("nghĩa trang")["hits"][0]["document"]["source_key"],
        "k1"
    );
}

#[test]
fn keys_are_never_overwritten_and_another_shelf_is_never_published_over() {
    let shelf = Shelf::new();
    let args = ["keys", "init", "--workspace", &shelf.workspace()];
    assert_eq!(shelf.error(&args), "keys_exist");
    assert_eq!(
        shelf.error(&[
            "publish",
            "--workspace",
            &shelf.workspace(),
            "--to",
            &shelf.repository()
        ]),
        "nothing_approved"
    );
    let other = Shelf::new();
    other.ingest(&two_acts());
    other.publish();
    shelf.ingest(&two_acts());
    let over = [
        "publish",
        "--workspace",
        &shelf.workspace(),
        "--to",
        &other.repository(),
    ];
    assert_eq!(shelf.error(&over), "root_differs");
}

#[test]
fn what_is_no_shelf_is_named_as_such() {
    let shelf = Shelf::with(&two_acts());
    let empty = shelf.path("empty");
    std::fs::create_dir(&empty).unwrap();
    let sync = |source: &str| shelf.error(&["sync", source, "--home", &shelf.home()]);
    assert_eq!(sync(&empty), "not_a_shelf");
    assert_eq!(sync(&shelf.path("nowhere")), "source_unreachable");
    assert_eq!(sync("http://127.0.0.1:9"), "source_unreachable");
    std::fs::create_dir(shelf.path("empty/tuf")).unwrap();
    std::fs::write(
        shelf.path("empty/tuf/timestamp.json"),
        "<!DOCTYPE html><p>Đăng nhập",
    )
    .unwrap();
    assert_eq!(sync(&empty), "web_page");
    assert_eq!(
        shelf.error(&["show", "không có", "--home", &shelf.home()]),
        "not_found"
    );
    assert_eq!(shelf.error(&["search", "x", "--home", &empty]), "no_shelf");
    assert_eq!(
        shelf.search("nghĩa trang")["hits"][0]["document"]["source_key"],
        "k1"
    );
}

#[test]
fn an_older_shelf_does_not_replace_a_newer_one() {
    let shelf = Shelf::with(&two_acts());
    let old = shelf.path("old");
    let copied = std::process::Command::new("cp")
        .args(["-r", &shelf.repository(), &old])
        .status();
    assert!(copied.unwrap().success());
    shelf.ingest(&two_acts()[..1]);
    let mut rows = two_acts();
    rows[1]["title"] = "Tên khác".into();
    shelf.ingest(&rows);
    shelf.publish();
    assert_eq!(shelf.sync()["seq"], 2);
    assert_eq!(
        shelf.error(&["sync", &old, "--home", &shelf.home()]),
        "rollback"
    );
}

#[test]
fn a_flipped_byte_is_found_and_never_shown() {
    let shelf = Shelf::with(&two_acts());
    assert_eq!(
        shelf.json(&["verify", &shelf.repository(), "--json"])["anchored"],
        false
    );
    let args = [
        "verify",
        &shelf.repository(),
        "--root",
        &shelf.root(),
        "--json",
    ];
    assert_eq!(shelf.json(&args)["anchored"], true);
    for (number, (path, bytes)) in shelf.files("repository").into_iter().enumerate() {
        let mut broken = bytes.clone();
        let at = bytes.len() / 2;
        broken[at] ^= 0x10;
        std::fs::write(&path, &broken).unwrap();
        assert_eq!(shelf.error(&args), "damaged", "{}", path.display());
        let home = shelf.path(&format!("home-{number}"));
        let output = shelf.run(&[
            "sync",
            &shelf.repository(),
            "--home",
            &home,
            "--root",
            &shelf.root(),
            "--json",
        ]);
        // Files that a fresh reader does not need may be broken; whatever it took is sound.
        if output.status.success() {
            assert_eq!(
                shelf.json(&["verify", &home, "--json"])["ok"],
                true,
                "{}",
                path.display()
            );
        }
        std::fs::write(&path, &bytes).unwrap();
    }
}

#[test]
fn a_damaged_copy_is_noticed_and_mended_by_the_next_sync() {
    let shelf = Shelf::with(&two_acts());
    for (path, bytes) in shelf.files("home/o") {
        let mut broken = bytes.clone();
        broken[bytes.len() / 2] ^= 1;
        std::fs::write(&path, &broken).unwrap();
    }
    assert_eq!(shelf.error(&["verify", &shelf.home()]), "damaged");
    assert_eq!(
        shelf.error(&["show", "k1", "--home", &shelf.home()]),
        "damaged"
    );
    shelf.sync();
    assert_eq!(shelf.json(&["verify", &shelf.home(), "--json"])["ok"], true);
    assert_eq!(shelf.show("k1")["document"]["source_key"]["value"], "k1");
}

#[test]
fn wrong_usage_exits_with_two() {
    let shelf = Shelf::new();
    assert_eq!(shelf.run(&["search"]).status.code(), Some(2));
    assert_eq!(shelf.run(&["frobnicate"]).status.code(), Some(2));
}
