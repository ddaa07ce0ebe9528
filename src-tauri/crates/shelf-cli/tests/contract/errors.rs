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
    for args in [
        &["search", "x", "--limit", "0"][..],
        &["search", ""],
        &["search", "  "],
        &["review", "--workspace", "w", "--reason", "nhầm"],
        &["--lang", "fr", "verify", "x"],
    ] {
        assert_eq!(shelf.run(args).status.code(), Some(2), "{args:?}");
    }
    let output = shelf.run(&["help", "search"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(
        String::from_utf8(output.stdout)
            .unwrap()
            .contains("Cách dùng")
    );
}

#[test]
fn people_are_spoken_to_in_vietnamese_or_in_english() {
    let shelf = Shelf::with(&two_acts());
    let args = ["show", "99/2024/NĐ-CP", "--home", &shelf.home()];
    let line = shelf.last_line(&args);
    assert!(
        line.starts_with("error[not_found]: Không có văn bản"),
        "{line}"
    );
    assert!(line.ends_with(']'), "the detail stands in brackets: {line}");
    let english = shelf.last_line(&[&["--lang", "en"][..], &args].concat());
    assert!(
        english.starts_with("error[not_found]: There is no document"),
        "{english}"
    );
    let missing = shelf.last_line(&["sync", "x", "--home", "h", "--root", "khong-co.json"]);
    assert!(
        missing.starts_with("error[bad_input]: Không đọc được tệp gốc khong-co.json"),
        "{missing}"
    );
    let synced = shelf.say(&["sync", &shelf.repository(), "--home", &shelf.home()]);
    assert!(
        synced.contains("2 tài liệu đọc được trên máy này"),
        "{synced}"
    );
}

#[test]
fn a_place_that_does_not_exist_is_named_with_what_stands_near() {
    let shelf = Shelf::with(&two_acts());
    let line = shelf.last_line(&["show", "k1#Điều 99", "--home", &shelf.home()]);
    assert!(
        line.starts_with("error[not_found]: Không có Điều 99 trong 12/2024/NĐ-CP. Gần đó có: "),
        "{line}"
    );
    assert!(line.contains("Điều 2 (#dieu_2)"), "{line}");
}

#[test]
fn a_damaged_home_is_to_be_synced_again_and_a_repository_copied_again() {
    let shelf = Shelf::with(&two_acts());
    for folder in ["home/o", "repository/o"] {
        for (path, mut bytes) in shelf.files(folder) {
            bytes[0] ^= 1;
            std::fs::write(&path, bytes).unwrap();
        }
    }
    let home = shelf.run(&["verify", &shelf.home()]);
    let said = String::from_utf8(home.stderr).unwrap();
    assert!(said.contains("Hãy đồng bộ lại."), "{said}");
    assert!(!said.contains("copy"), "{said}");
    let line = shelf.last_line(&["verify", &shelf.repository()]);
    assert!(line.contains("Hãy chép lại từ nơi phát hành"), "{line}");
}

#[test]
fn root_keys_that_are_still_here_are_warned_of_once() {
    let shelf = Shelf::new();
    shelf.ingest(&two_acts());
    let (workspace, repository) = (shelf.workspace(), shelf.repository());
    let output = shelf.run(&["publish", "--workspace", &workspace, "--to", &repository]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said.matches("Lưu ý").count(), 1, "{said}");
    assert!(said.contains("3 khóa gốc"), "{said}");
}
