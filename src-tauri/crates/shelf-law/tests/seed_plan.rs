//! The plan that the product carries out is its first document.

#![allow(clippy::unwrap_used, reason = "tests")]

use shelf_law::grammar::{Grammar, Piece, Reading, read, validity_from_fields};
use shelf_law::{FieldName, Level, ValidityState};

fn plan() -> Reading {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../assets/seed/ke-hoach-1236-KH-UBND-2019.txt"
    );
    read(&Piece::lines(&std::fs::read_to_string(path).unwrap()))
}

#[test]
fn all_fields_of_the_tail_are_right() {
    let plan = plan();
    let field = |name| {
        (
            plan.fields.value(name).unwrap_or("-"),
            plan.fields.raw(name).unwrap_or("-"),
        )
    };
    use FieldName::*;
    assert_eq!(field(Number), ("1236/KH-UBND", "1236/KH-UBND"));
    assert_eq!(field(Kind), ("Kế hoạch", "Kế hoạch"));
    assert_eq!(field(Issued), ("2019-06-07", "07/06/2019"));
    assert_eq!(
        field(Issuer),
        ("Ủy ban nhân dân tỉnh Gia Lai", "Tỉnh Gia Lai")
    );
    assert_eq!(field(Signer), ("Huỳnh Nữ Thu Hà", "Huỳnh Nữ Thu Hà"));
    assert_eq!(field(GazetteDate), ("-", "Đang cập nhật"));
    assert_eq!(field(GazetteNumber), ("-", "Đang cập nhật"));
    assert_eq!(field(Effective), ("2019-06-07", "07/06/2019"));
    assert_eq!(field(Status), ("unknown", "Chưa xác định"));
    assert_eq!(field(Place).0, "Gia Lai");
    assert_eq!(field(SignerTitle).0, "Phó Chủ tịch");
    assert!(
        field(Title)
            .0
            .starts_with("Kế hoạch 1236/KH-UBND năm 2019 triển khai")
    );
    let validity = validity_from_fields(&plan.fields);
    assert_eq!(validity.state, ValidityState::Unknown);
    assert_eq!(validity.effective.unwrap().to_string(), "2019-06-07");
    assert_eq!(plan.relations[0].to.number.as_deref(), Some("471/QĐ-TTg"));
    assert!(plan.doubts.is_empty(), "{:?}", plan.doubts);
}

#[test]
fn its_outline_is_a_tree_and_the_tail_is_no_part_of_it() {
    let plan = plan();
    assert_eq!(plan.grammar, Grammar::Administrative);
    let text = &plan.text;
    let find = |id: &str| {
        text.find(&id.parse().unwrap())
            .unwrap_or_else(|| panic!("{id}"))
    };
    let at = find("phan_3.muc_2_4");
    assert_eq!(text.citation_label(at), "mục 2.4 mục 2 phần III");
    assert!(
        text.blocks[at]
            .heading
            .starts_with("Xây dựng các chương trình")
    );
    let at = find("phan_3.muc_1_1.diem_a.gach_3.cong_2");
    assert!(
        text.blocks[at]
            .text
            .starts_with("Kế hoạch các năm tiếp theo")
    );
    let last = find("phan_4.muc_3_2");
    assert_eq!(text.subtree(last).len(), 1, "foot and tail stand outside");
    let after = &text.blocks[last + 1..];
    assert!(after.iter().all(|block| block.level == Level::Furniture));
    assert!(after.iter().any(|block| block.text == "Tải văn bản"));
    assert_eq!(
        text.blocks
            .iter()
            .filter(|b| b.depth == 0 && b.level == Level::Item)
            .count(),
        4
    );
}
