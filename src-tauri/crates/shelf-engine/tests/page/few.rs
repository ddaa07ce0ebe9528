//! Small shelves, each for one situation.

use crate::shelf::{Shelf, clock, provision};
use serde_json::{Value, json};
use shelf_engine::library::{Page, PageBlock, ProvisionState};
use shelf_engine::{Cancel, ErrorCode, Job, Library};
use shelf_law::DocumentId;
use std::path::{Path, PathBuf};

/// An act with one article for each text.
pub(crate) fn act(number: &str, kind: &str, title: &str, issued: &str, articles: &[&str]) -> Value {
    let articles: Vec<Value> = articles
        .iter()
        .enumerate()
        .map(|(index, text)| {
            let number = index + 1;
            json!({"id": number.to_string(), "title": format!("Điều {number}. Nội dung"), "text": text})
        })
        .collect();
    json!({
        "law_id": format!("{kind} {number}"), "number": number, "type": kind, "title": title,
        "date": issued, "effective": issued, "status": "Còn hiệu lực", "updated": "01/07/2026",
        "preamble": "", "articles": articles,
    })
}

pub(crate) fn with(mut act: Value, fields: Value) -> Value {
    let more = fields.as_object().unwrap().clone();
    act.as_object_mut().unwrap().extend(more);
    act
}

struct Few {
    shelf: Shelf,
    opened: Library,
}

impl Few {
    fn of(rows: &[Value]) -> Few {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Shelf::of(&[file_of(rows, folder.path())], None);
        let library = shelf.open("home");
        Few {
            shelf,
            opened: library,
        }
    }

    fn id(&self, key: &str) -> DocumentId {
        self.shelf.id_of(key)
    }

    fn page(&mut self, key: &str) -> Page {
        let id = self.id(key);
        self.opened.page(&id).unwrap()
    }

    fn links(&mut self, key: &str) -> Vec<String> {
        let id = self.id(key);
        let blocks = self.opened.blocks(&id, 0, 100).unwrap().blocks;
        blocks.iter().flat_map(links_of).collect()
    }
}

/// These rows as a file to publish.
pub(crate) fn file_of(rows: &[Value], folder: &Path) -> PathBuf {
    let file = folder.join("rows.jsonl");
    let lines: Vec<String> = rows.iter().map(Value::to_string).collect();
    std::fs::write(&file, lines.join("\n")).unwrap();
    file
}

fn links_of(block: &PageBlock) -> Vec<String> {
    let letters: Vec<char> = block.text.chars().collect();
    block
        .links
        .iter()
        .map(|link| {
            let words: String = letters[link.from..link.to].iter().collect();
            let target = &link.target;
            format!(
                "{words} → {} {}{}",
                target.number.as_deref().unwrap_or("-"),
                target.provision.as_ref().map_or("", |id| id.as_str()),
                if target.on_shelf { "" } else { " (not here)" }
            )
        })
        .collect()
}

#[test]
fn an_act_named_by_name_and_year_is_linked_and_one_named_by_name_alone_is_not() {
    let law = |number: &str, issued: &str| {
        act(
            number,
            "Luật",
            "Luật Đất đai",
            issued,
            &["Đất đai.", "Quyền."],
        )
    };
    let mut few = Few::of(&[
        law("45/2013/QH13", "2013-11-29"),
        law("31/2024/QH15", "2024-01-18"),
        act(
            "102/2024/NĐ-CP",
            "Nghị định",
            "Nghị định quy định chi tiết thi hành Luật Đất đai",
            "2024-07-30",
            &[
                "Thực hiện theo Điều 2 Luật Đất đai năm 2024.",
                "Thực hiện theo Điều 2 của Luật Đất đai.",
                "Thực hiện theo Điều 9 Luật Đất đai năm 2013.",
                "Thực hiện theo Điều 1 Luật Đất đai ngày 29 tháng 11 năm 2013.",
                "Thực hiện theo Điều 1 Luật số 31/2024/QH15 và Điều 7 Nghị định số 1/2020/NĐ-CP.",
            ],
        ),
    ]);
    assert_eq!(
        few.links("Nghị định 102/2024/NĐ-CP"),
        [
            "Điều 2 Luật Đất đai năm 2024 → 31/2024/QH15 dieu_2",
            "Điều 1 Luật Đất đai ngày 29 tháng 11 năm 2013 → 45/2013/QH13 dieu_1",
            "Điều 1 Luật số 31/2024/QH15 → 31/2024/QH15 dieu_1",
            "Điều 7 Nghị định số 1/2020/NĐ-CP → 1/2020/NĐ-CP dieu_7 (not here)",
        ],
        "Điều 9 does not exist, and a name without a year may be either law"
    );
}

#[test]
fn a_number_that_two_acts_share_names_neither() {
    let mut few = Few::of(&[
        with(
            act(
                "5/2020/QĐ-UBND",
                "Quyết định",
                "Quyết định về chợ",
                "2020-01-02",
                &["Chợ."],
            ),
            json!({"issuer": "Ủy ban nhân dân tỉnh Gia Lai"}),
        ),
        with(
            act(
                "5/2020/QĐ-UBND",
                "Quyết định",
                "Quyết định về đường",
                "2020-03-04",
                &["Đường."],
            ),
            json!({"issuer": "Ủy ban nhân dân tỉnh Bình Định", "law_id": "binh-dinh"}),
        ),
        with(
            act(
                "9/2021/QĐ-UBND",
                "Quyết định",
                "Quyết định sửa đổi",
                "2021-01-02",
                &["Thực hiện Điều 1 Quyết định số 5/2020/QĐ-UBND."],
            ),
            json!({"amends": "5/2020/QĐ-UBND#dieu_1"}),
        ),
    ]);
    assert!(few.links("Quyết định 9/2021/QĐ-UBND").is_empty());
    let stated = few.page("Quyết định 9/2021/QĐ-UBND").relations;
    assert!(stated[0].rows[0].several && stated[0].rows[0].document.is_none());
    let page = few.page("binh-dinh");
    assert!(!page.effects[0].certain);
    assert_eq!(
        page.outline[0].state,
        ProvisionState::MayBeAmended,
        "it may be this one"
    );
}

#[test]
fn an_effect_that_has_not_begun_is_told_and_changes_nothing_yet() {
    let mut few = Few::of(&[
        act(
            "1/2020/NĐ-CP",
            "Nghị định",
            "Nghị định về chợ",
            "2020-01-02",
            &["Chợ.", "Phí."],
        ),
        with(
            act(
                "2/2026/NĐ-CP",
                "Nghị định",
                "Nghị định sửa đổi",
                "2026-07-01",
                &["Sửa."],
            ),
            json!({"amends": "1/2020/NĐ-CP#dieu_1", "effective": "2026-09-01"}),
        ),
        with(
            act(
                "3/2022/NĐ-CP",
                "Nghị định",
                "Nghị định bãi bỏ",
                "2022-07-01",
                &["Bỏ."],
            ),
            json!({"repeals": "1/2020/NĐ-CP#dieu_2"}),
        ),
    ]);
    let page = few.page("Nghị định 1/2020/NĐ-CP");
    let states: Vec<_> = page.outline.iter().map(|node| node.state).collect();
    assert_eq!(
        states,
        [ProvisionState::NoChangeKnown, ProvisionState::Repealed]
    );
    assert_eq!(page.effects[0].provision, Some(provision("dieu_1")));
    assert_eq!(page.effects[0].from.unwrap().to_string(), "2026-09-01");
    assert_eq!(page.validity_count, 2);
}

#[test]
fn an_update_of_the_relations_that_is_stopped_goes_on_from_there() {
    let acts: Vec<Value> = (1..=3)
        .map(|n| {
            act(
                &format!("{n}/2020/NĐ-CP"),
                "Nghị định",
                "Nghị định",
                "2020-01-02",
                &["A."],
            )
        })
        .collect();
    let few = Few::of(&acts);
    std::fs::remove_file(few.shelf.path("home").join("relations.db")).unwrap();
    let mut library = Library::open_for_reading(&few.shelf.path("home"), clock()).unwrap();
    let cancel = Cancel::default();
    cancel.cancel();
    let stopped = library
        .ensure_relations(&Job::new(&|_| {}, cancel))
        .unwrap_err();
    assert_eq!(stopped.code, ErrorCode::Cancelled);
    assert!(!library.relations_are_current());
    library.ensure_relations(&Job::silent()).unwrap();
    assert!(library.relations_are_current());
}

#[test]
fn what_an_act_amended_may_stay_amended_when_that_act_leaves_the_shelf() {
    let mut few = Few::of(&[
        act(
            "8/2020/QĐ-UBND",
            "Quyết định",
            "Quyết định về chợ",
            "2020-03-04",
            &["Chợ.", "Phí."],
        ),
        with(
            act(
                "9/2021/QĐ-UBND",
                "Quyết định",
                "Quyết định sửa đổi",
                "2021-01-02",
                &["Sửa Điều 1."],
            ),
            json!({"amends": "8/2020/QĐ-UBND#dieu_1"}),
        ),
    ]);
    let before = few.page("Quyết định 8/2020/QĐ-UBND");
    assert_eq!(before.outline[0].state, ProvisionState::Amended);

    let amending = few.id("Quyết định 9/2021/QĐ-UBND").to_string();
    few.shelf.withdraw(&amending, "Đăng nhầm bản");
    few.shelf.receive("home", &[]);
    few.opened = few.shelf.open("home");
    let after = few.page("Quyết định 8/2020/QĐ-UBND");
    assert_eq!(after.outline[0].state, ProvisionState::MayBeAmended);
    assert_eq!(after.outline[1].state, ProvisionState::NoChangeKnown);
    assert!(!after.effects[0].certain);
    assert!(
        after.effects[0].by.withdrawn.is_some(),
        "and says why it is not sure"
    );
}
