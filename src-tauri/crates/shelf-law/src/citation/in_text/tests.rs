//! Sentences as they stand in acts.

use super::*;

/// Every citation as `words → what it means`.
fn read(text: &str) -> Vec<String> {
    citations_in(text)
        .into_iter()
        .map(|cited| {
            let place = cited.place.map_or_else(String::new, |place| {
                let base = match place.base {
                    PlaceBase::Act => "",
                    PlaceBase::ThisArticle => "this_article.",
                    PlaceBase::ThisClause => "this_clause.",
                    PlaceBase::ThisPoint => "this_point.",
                };
                format!("{base}{}", place.segments)
            });
            let act = match cited.act {
                CitedAct::Unnamed => String::new(),
                CitedAct::This(kind) => format!(" @this {kind}"),
                CitedAct::Number {
                    number, attached, ..
                } => format!(" @{number}{}", if attached { " attached" } else { "" }),
                CitedAct::Name {
                    name, year, issued, ..
                } => format!(
                    " @{name} {}",
                    issued.map_or_else(|| year.unwrap_or(0).to_string(), |day| day.to_string())
                ),
            };
            format!("{} → {}{}", &text[cited.range], place, act)
        })
        .collect()
}

#[track_caller]
fn reads(text: &str, wanted: &[&str]) {
    assert_eq!(read(text), wanted, "{text}");
}

#[test]
fn a_place_of_the_same_act() {
    reads("theo quy định tại Điều 137.", &["Điều 137 → dieu_137"]);
    reads(
        "quy định tại khoản 5 Điều 141 của Luật này được thực hiện",
        &["khoản 5 Điều 141 của Luật này → dieu_141.khoan_5 @this luat"],
    );
    reads(
        "trường hợp quy định tại điểm b khoản 7 Điều 219 thì",
        &["điểm b khoản 7 Điều 219 → dieu_219.khoan_7.diem_b"],
    );
    reads(
        "quy định tại điểm đ khoản 2a Điều 12đ Thông tư này;",
        &["điểm đ khoản 2a Điều 12đ Thông tư này → dieu_12dd.khoan_2a.diem_dd @this thong tu"],
    );
}

#[test]
fn every_number_of_a_list_is_a_citation() {
    reads(
        "trừ các khoản 1, 2, 5, 6 và 7 Điều 4 của Luật này",
        &[
            "khoản 1 → dieu_4.khoan_1 @this luat",
            "2 → dieu_4.khoan_2 @this luat",
            "5 → dieu_4.khoan_5 @this luat",
            "6 → dieu_4.khoan_6 @this luat",
            "7 Điều 4 của Luật này → dieu_4.khoan_7 @this luat",
        ],
    );
    reads(
        "tại khoản 3 và khoản 4 Điều 4.",
        &[
            "khoản 3 → dieu_4.khoan_3",
            "khoản 4 Điều 4 → dieu_4.khoan_4",
        ],
    );
    reads(
        "các điểm a, b và đ khoản 1 Điều 9 Nghị định này",
        &[
            "điểm a → dieu_9.khoan_1.diem_a @this nghi dinh",
            "b → dieu_9.khoan_1.diem_b @this nghi dinh",
            "đ khoản 1 Điều 9 Nghị định này → dieu_9.khoan_1.diem_dd @this nghi dinh",
        ],
    );
    reads(
        "quy định tại điểm a khoản 1; điểm c, d khoản 2 Điều 5; Điều 6, Điều 7 Nghị định này",
        &[
            "điểm a khoản 1 → dieu_5.khoan_1.diem_a @this nghi dinh",
            "điểm c → dieu_5.khoan_2.diem_c @this nghi dinh",
            "d khoản 2 Điều 5 → dieu_5.khoan_2.diem_d @this nghi dinh",
            "Điều 6 → dieu_6 @this nghi dinh",
            "Điều 7 Nghị định này → dieu_7 @this nghi dinh",
        ],
    );
    reads(
        "từ Điều 5 đến Điều 10 của Quy chế này",
        &[
            "Điều 5 → dieu_5 @this quy che",
            "Điều 10 của Quy chế này → dieu_10 @this quy che",
        ],
    );
}

#[test]
fn this_article_and_this_clause() {
    reads(
        "Các trường hợp quy định tại khoản 1 Điều này và khoản 2 Điều 6 của Luật này",
        &[
            "khoản 1 Điều này → this_article.khoan_1",
            "khoản 2 Điều 6 của Luật này → dieu_6.khoan_2 @this luat",
        ],
    );
    reads(
        "quy định tại các điểm a, b khoản này",
        &[
            "điểm a → this_clause.diem_a",
            "b khoản này → this_clause.diem_b",
        ],
    );
    reads(
        "Việc thực hiện theo Điều này",
        &["Điều này → this_article."],
    );
    reads("Điều này có nghĩa là người dân được trả lời", &[]);
}

#[test]
fn an_act_by_its_number() {
    reads(
        "theo Điều 8 Nghị định số 82/2020/NĐ-CP ngày 15 tháng 7 năm 2020 của Chính phủ",
        &["Điều 8 Nghị định số 82/2020/NĐ-CP → dieu_8 @82/2020/NĐ-CP"],
    );
    reads(
        "Căn cứ Luật Đất đai số 31/2024/QH15;",
        &["Luật Đất đai số 31/2024/QH15 →  @31/2024/QH15"],
    );
    reads(
        "khoản 2, khoản 3 Điều 5 và Điều 7 của Luật Tổ chức chính quyền địa phương số 72/2025/QH15",
        &[
            "khoản 2 → dieu_5.khoan_2 @72/2025/QH15",
            "khoản 3 Điều 5 → dieu_5.khoan_3 @72/2025/QH15",
            "Điều 7 của Luật Tổ chức chính quyền địa phương số 72/2025/QH15 → dieu_7 @72/2025/QH15",
        ],
    );
    reads(
        "các Nghị định số 59/2015/NĐ-CP, số 42/2017/NĐ-CP và 46/2015/NĐ-CP.",
        &[
            "Nghị định số 59/2015/NĐ-CP →  @59/2015/NĐ-CP",
            "số 42/2017/NĐ-CP →  @42/2017/NĐ-CP",
            "46/2015/NĐ-CP →  @46/2015/NĐ-CP",
        ],
    );
    reads(
        "Luật số 23/2012/QH13 và Thông tư liên tịch số 01/2016/TTLT-BTC-BTP",
        &[
            "Luật số 23/2012/QH13 →  @23/2012/QH13",
            "Thông tư liên tịch số 01/2016/TTLT-BTC-BTP →  @01/2016/TTLT-BTC-BTP",
        ],
    );
}

#[test]
fn what_is_attached_to_an_act() {
    reads(
        "Bãi bỏ khoản 3 Điều 11 Quy chế xây dựng, quản lý Tủ sách pháp luật ở cơ sở trên địa bàn \
         tỉnh Gia Lai ban hành kèm theo Quyết định số 9001/2026/QĐ-UBND.",
        &[
            "khoản 3 Điều 11 → dieu_11.khoan_3 @9001/2026/QĐ-UBND attached",
            "Quyết định số 9001/2026/QĐ-UBND →  @9001/2026/QĐ-UBND",
        ],
    );
}

#[test]
fn an_act_by_its_name_and_year() {
    reads(
        "theo Điều 173 Bộ luật Hình sự năm 2015 và Luật Đất đai ngày 29 tháng 11 năm 2013",
        &[
            "Điều 173 Bộ luật Hình sự năm 2015 → dieu_173 @Bộ luật Hình sự 2015",
            "Luật Đất đai ngày 29 tháng 11 năm 2013 →  @Luật Đất đai 2013-11-29",
        ],
    );
}

#[test]
fn what_may_be_another_act_leads_nowhere() {
    for text in [
        "quy định tại Điều 5 của Luật Đất đai",
        "theo khoản 1 Điều 12 Luật Hôn nhân và gia đình",
        "Điều 9 của Công ước về quyền trẻ em",
        "theo Điều 3 Hiệp định",
        "Luật Đất đai (Điều 5)",
        "theo Luật Đất đai thì Điều 5 được áp dụng",
        "theo Điều 5, Luật Đất đai",
        "khoản 3 Điều 11 nêu trên",
        "Điều 5 luật đất đai",
        "theo quy định tại Điều 5 của pháp luật về đất đai",
        "khoản 1 Điều 3 Nghị định 82",
    ] {
        reads(text, &[]);
    }
    reads(
        "theo Luật Đất đai. Trường hợp tại Điều 6 thì",
        &["Điều 6 → dieu_6"],
    );
}

#[test]
fn what_only_looks_like_a_place_is_none() {
    for text in [
        "mở tài khoản 131",
        "tại thời điểm a",
        "một số điều của Luật",
        "Điều 5. Phạm vi điều chỉnh",
        "“Điều 12a. Kiểm tra tình trạng hiệu lực",
        "khoản 3 triệu đồng",
        "Điều 3 ………… (5) .......",
        "(tiền mặt, chuyển khoản): ......... Điều 5. Trách nhiệm của hai bên",
        "ngày 01/7/2025 và 5/8 số phiếu",
        "Luật sư 10/2020",
        "mẫu số 01/GTGT",
        "mẫu số 02/TB-BTC",
        "Thông báo phát hành theo mẫu 01/TB/TEM",
        "khoản 1 và điểm b",
    ] {
        reads(text, &[]);
    }
    reads("Điều 5 và 10 ngày sau đó", &["Điều 5 → dieu_5"]);
}

#[test]
fn ranges_of_any_text_are_in_order_and_on_boundaries() {
    for text in crate::scramble::texts(3000) {
        let mut last = 0;
        for cited in citations_in(&text) {
            assert!(cited.range.start >= last, "{text:?}");
            assert!(text.get(cited.range.clone()).is_some(), "{text:?}");
            last = cited.range.end;
        }
    }
}
