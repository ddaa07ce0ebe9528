//! Case tests: what a question is taken to mean.

use super::*;
use crate::scramble::texts;

fn read(question: &str) -> Understood {
    understand(question, Tables::builtin(), None)
}

/// Kind, typed words and meaning of each part.
fn parts(question: &str) -> Vec<(PartKind, String, String)> {
    let chars: Vec<char> = question.chars().collect();
    let told = read(question).parts.into_iter().map(|part| {
        let typed = chars[part.range.0..part.range.1].iter().collect();
        (part.kind, typed, part.says)
    });
    told.collect()
}

fn said(question: &str, kind: PartKind) -> Vec<(String, String)> {
    let all = parts(question).into_iter().filter(|(own, ..)| *own == kind);
    all.map(|(_, typed, says)| (typed, says)).collect()
}

fn pair(typed: &str, says: &str) -> (String, String) {
    (typed.to_string(), says.to_string())
}

#[test]
fn lay_words_are_understood_however_they_are_typed() {
    let land = "giấy chứng nhận quyền sử dụng đất";
    for question in [
        "sổ đỏ",
        "SỔ ĐỎ",
        "so do",
        "Sổ  đỏ",
        "so\u{309}\u{302} do",
        "sổ đo\u{309}",
    ] {
        let found = said(question, PartKind::LayWord);
        let expected = match question {
            // Half typed with accents: o with two marks is no sổ.
            "so\u{309}\u{302} do" => vec![],
            _ => vec![pair(question, land)],
        };
        assert_eq!(found, expected, "{question}");
    }
    assert_eq!(
        said("tôi muốn ly dị chồng", PartKind::LayWord),
        [pair("ly dị", "ly hôn")]
    );
    assert_eq!(said("li dị", PartKind::LayWord), [pair("li dị", "ly hôn")]);
    assert_eq!(
        said("bị phạt vì lái xe máy", PartKind::LayWord),
        [pair("xe máy", "xe mô tô; xe gắn máy")]
    );
    for question in ["hoà giải ở xã", "hòa giải ở xã", "hoa giai o xa"] {
        assert_eq!(
            said(question, PartKind::LayWord),
            [pair(question, "hòa giải tranh chấp đất đai")]
        );
    }
}

#[test]
fn accents_that_were_typed_decide() {
    for (question, other) in [
        ("sơ đồ thửa đất", "sổ đỏ"),
        ("số đo vòng ngực", "sổ đỏ"),
        ("thuê đất của xã", "thuế đất"),
        ("tất cả do ai", "cá độ"),
        (
            "tat ca do ai",
            "cá độ, in a table of words that need their accents",
        ),
        ("hồ so do xã lập", "so without an accent is no sổ"),
        ("tốc độ xe chạy", "a part of another word"),
        ("bằng láix", "a part of a word"),
    ] {
        assert_eq!(
            said(question, PartKind::LayWord),
            [],
            "{question} is no {other}"
        );
    }
}

#[test]
fn the_longest_phrase_is_meant() {
    assert_eq!(
        said("ăn cắp điện của nhà nước", PartKind::LayWord),
        [pair("ăn cắp điện", "trộm cắp điện")]
    );
    assert_eq!(
        said("giành quyền nuôi con", PartKind::LayWord),
        [pair("quyền nuôi con", "trực tiếp nuôi con")]
    );
}

#[test]
fn abbreviations_stand_between_word_boundaries_and_keep_their_d() {
    let short = |question: &str| said(question, PartKind::Abbreviation);
    assert_eq!(
        short("cấp GCNQSDĐ"),
        [pair("GCNQSDĐ", "giấy chứng nhận quyền sử dụng đất")]
    );
    assert_eq!(
        short("cap gcnqsdd"),
        [pair("gcnqsdd", "giấy chứng nhận quyền sử dụng đất")]
    );
    assert_eq!(
        short("ct tnhh một thành viên"),
        [pair("ct tnhh", "công ty trách nhiệm hữu hạn")]
    );
    assert_eq!(
        short("luật hngđ"),
        [pair("luật hngđ", "Luật Hôn nhân và gia đình")]
    );
    for question in [
        "ct 05",
        "CT cấp nước",
        "hd làm đơn",
        "ubndx",
        "xubnd",
        "htxa",
        "tt",
        "kh 2024",
    ] {
        assert_eq!(short(question), [], "{question}");
    }
}

#[test]
fn what_is_meant_is_added_and_what_was_typed_is_kept() {
    let understood = read("sổ đỏ bị mất");
    assert_eq!(
        understood.text_searched,
        "sổ đỏ bị mất; giấy chứng nhận quyền sử dụng đất"
    );
    assert_eq!(understood.added.len(), 1);
    assert!(understood.added[0].weight < 1.0);
    let both = read("sổ đỏ (giấy chứng nhận quyền sử dụng đất)");
    assert!(both.added.is_empty(), "it stands there already");
    assert_eq!(both.parts.len(), 1);
    let exactly = Understood::exactly("sổ đỏ bị mất");
    assert_eq!(exactly.text_searched, "sổ đỏ bị mất");
    assert!(exactly.parts.is_empty() && exactly.added.is_empty());
}

#[test]
fn an_old_unit_is_told_as_it_is_today() {
    let unit = |question: &str| said(question, PartKind::Unit);
    let district = unit("chợ ở huyện Chư Prông");
    assert_eq!(district[0].0, "huyện Chư Prông");
    assert!(
        district[0].1.contains("trước 01/07/2025 nay là xã "),
        "{}",
        district[0].1
    );
    assert!(district[0].1.contains("xã Chư Prông"), "{}", district[0].1);
    assert_eq!(
        unit("huyen chu prong"),
        [pair("huyen chu prong", &district[0].1)]
    );
    let province = unit("quyết định của tỉnh Bình Định");
    assert_eq!(
        province,
        [pair(
            "tỉnh Bình Định",
            "tỉnh Bình Định trước 01/07/2025 nay thuộc tỉnh Gia Lai"
        )]
    );
    assert!(unit("tp Quy Nhơn")[0].1.contains("phường Quy Nhơn"));
    assert!(unit("tỉnh Gia Lai").is_empty() && unit("bình định kỳ").is_empty());
    assert!(unit("đất Bình Định").len() == 1 && unit("hòa bình").is_empty());
    let commune = read("thị trấn Phú Túc, huyện Krông Pa");
    assert!(
        commune.parts[0].says.contains("xã Phú Túc"),
        "{:?}",
        commune.parts
    );
    assert!(
        commune
            .added
            .iter()
            .any(|added| added.words == "Xã Phú Túc")
    );
    let today = unit("xã Bàu Cạn");
    assert!(
        today.is_empty() || today[0].1.contains("(huyện Chư Prông)"),
        "{today:?}"
    );
}

#[test]
fn the_province_has_135_communes() {
    assert_eq!(Tables::builtin().units.communes_of_today(), 135);
}

#[test]
fn an_old_authority_is_a_hint_and_no_word_to_search() {
    let police = read("công an huyện Chư Prông xử lý");
    let kinds: Vec<PartKind> = police.parts.iter().map(|part| part.kind).collect();
    assert_eq!(kinds, [PartKind::Authority, PartKind::Unit]);
    assert!(
        police.parts[0]
            .says
            .starts_with("từ 01/03/2025 là Công an cấp xã")
    );
    assert!(police.added.is_empty());
    for question in [
        "UBND huyện",
        "ubnd huyen",
        "Phòng Tư pháp",
        "phong tu phap",
        "toà án huyện",
    ] {
        assert_eq!(said(question, PartKind::Authority).len(), 1, "{question}");
    }
    assert!(said("phòng, chống tư pháp", PartKind::Authority).is_empty());
}

#[test]
fn kinds_and_years_are_named() {
    for (question, kind, year) in [
        (
            "nghị định về đất đai năm 2024",
            Some("Nghị định"),
            Some(2024),
        ),
        ("nghi dinh ve dat dai 2024", Some("Nghị định"), Some(2024)),
        ("tờ gấp phòng cháy rừng", Some("Tờ gấp"), None),
        ("quyết định của tỉnh về giá đất", Some("Quyết định"), None),
        ("ai có quyền quyết định thu hồi đất", None, None),
        ("luật sư là gì", None, None),
        ("báo cáo kế hoạch sử dụng đất", None, None),
        ("lập tt theo hd", None, None),
        ("NĐ xử phạt", Some("Nghị định"), None),
        ("ngày 01/07/2025", None, None),
        ("100/2019/NĐ-CP", Some("Nghị định"), None),
        ("phạt 2000 đồng", None, None),
        ("rộng 2024m2", None, None),
        ("từ 1999.", None, Some(1999)),
    ] {
        let understood = read(question);
        let named = understood.kind.map(|kind| match kind {
            NamedKind::Act(kind) => kind.vietnamese(),
            NamedKind::Product(product) => product.vietnamese(),
        });
        assert_eq!((named, understood.year), (kind, year), "{question}");
    }
}

#[test]
fn products_are_named_in_the_words_of_people() {
    use Product::{Audio, Book, Form, Handbook, Leaflet, Loudspeaker, News, Skit, Video};
    for (question, products) in [
        ("tờ rơi phòng cháy rừng", &[Leaflet][..]),
        ("to gap hay video ve tao hon", &[Leaflet, Video]),
        ("sổ tay hòa giải viên", &[Book, Handbook]),
        ("kịch bản truyền thanh mùa khô", &[Loudspeaker]),
        ("kịch bản mùa khô", &[Skit, Loudspeaker]),
        ("xin mẫu đơn ly hôn", &[Form]),
        ("file ghi âm phát loa", &[Audio, Loudspeaker, Audio]),
        ("bản tin tuần này", &[News]),
        ("tủ sách pháp luật xã", &[]),
        ("thông tin về đất", &[]),
        ("vở kich", &[]),
        ("ngân sách nhỏ", &[]),
    ] {
        assert_eq!(read(question).products, products, "{question}");
    }
    let told = &said("kịch bản mùa khô", PartKind::Kind)[0];
    assert_eq!(told.1, "Tiểu phẩm, Truyền thanh");
}

#[test]
fn a_place_is_named_by_its_name_or_as_ones_own() {
    for question in [
        "giá đất tỉnh Gia Lai",
        "gia dat gia lai",
        "giá đất Gia Lai",
        "huyện Chư Prông cũ",
        "quy chế của tỉnh",
        "UBND tỉnh giao đất",
    ] {
        assert!(read(question).place, "{question}");
    }
    for question in ["thẩm quyền cấp xã", "sống hòa bình", "luật đất đai"] {
        assert!(!read(question).place, "{question}");
    }
}

#[test]
fn quoted_words_are_exact_and_mean_nothing_else() {
    let understood = read("“sổ đỏ” bị mất");
    assert_eq!(understood.exact[0].words, "sổ đỏ");
    assert_eq!(understood.parts.len(), 1);
    assert_eq!(understood.parts[0].range, (0, 7));
    let stands = |quoted: &str, text: &str| read(quoted).exact[0].stands_in(text);
    assert!(stands("\"hoà giải\"", "tổ HÒA GIẢI ở cơ sở"));
    assert!(
        stands("\"hoa giai\"", "tổ hòa giải"),
        "typed without accents"
    );
    assert!(!stands("\"hóa giải\"", "tổ hòa giải"));
    assert!(!stands("\"hòa giải\"", "hòa, rồi giải"));
    assert!(stands("«Điều 5»", "theo Điều 5."));
    for open in ["\"sổ đỏ", "“", "\"\"", "\"…\"", "cỡ 5\" đen"] {
        assert!(read(open).exact.is_empty(), "{open}");
    }
    assert!(!Understood::exactly("\"sổ đỏ\"").exact.is_empty());
}

#[test]
fn nothing_is_read_into_a_citation() {
    let question = "qđ 14/2019 của ubnd huyện";
    let cited = understand(question, Tables::builtin(), Some(0..question.len()));
    assert!(cited.parts.is_empty());
    let mut understood = cited;
    understood.add_part(
        question,
        0..12,
        PartKind::Citation,
        "Quyết định 14/2019".into(),
    );
    understood.add_part(question, 3..99, PartKind::Citation, "outside".into());
    assert_eq!(understood.parts.len(), 1);
    assert_eq!(understood.parts[0].range, (0, 11));
}

/// The traps of spelling: each line is one query in several spellings, which must be one question.
#[test]
fn spellings_of_one_question_are_one_question() {
    let terms = |text: &str| folded_terms(text);
    for spellings in [
        &[
            "hoà giải",
            "hòa giải",
            "hoa giai",
            "HOÀ GIẢI",
            "hoa\u{300} giải",
        ][..],
        &["thuỷ lợi", "thủy lợi", "thuy loi"],
        &["kỹ thuật", "kĩ thuật", "ky thuat", "ki thuat"],
        &["ưu tiên người", "ƣu tiên ngƣời", "uu tien nguoi"],
        &["TT-BTC", "TT-BTС", "tt btc", "TТ–ВТС"],
        &["NĐ-CP", "NÐ-CP", "nđ/cp", "nd cp", "NĐ-СР"],
        &[
            "Điều 5",
            "điều\u{a0}5",
            "ĐIỀU\u{200b} 5",
            "Điê\u{300}u 5",
            "dieu 5",
        ],
        &["lý lịch", "lí lịch"],
    ] {
        for other in &spellings[1..] {
            assert_eq!(terms(other), terms(spellings[0]), "{other}");
        }
    }
    assert_ne!(
        terms("quy"),
        terms("qui"),
        "y is i only after h k l m s t in two letters"
    );
}

#[test]
fn highland_letters_are_found_with_and_without_them() {
    for (with, without) in [
        ("ƀơ̆t", "bot"),
        ("Čư̆ Prông", "cu prong"),
        ("ñŭ", "nu"),
        ("ê̆k ô̆r", "ek or"),
        ("dơ\u{306}ng", "dong"),
        ("bơ̆n ăl ĕ ĭ ŏ", "bon al e i o"),
    ] {
        assert_eq!(folded_terms(with), without);
        assert_eq!(
            spelling(with).split(' ').count(),
            without.split(' ').count(),
            "{with}"
        );
    }
}

#[test]
fn any_text_is_read_with_ranges_inside_it() {
    for text in texts(3000) {
        let length = text.chars().count();
        let understood = read(&text);
        for part in &understood.parts {
            assert!(
                part.range.0 < part.range.1 && part.range.1 <= length,
                "{text:?}"
            );
        }
        Understood::exactly(&text);
    }
    read(&"huyện Chư Prông \"sổ đỏ\" ".repeat(20_000));
    read(&"\"".repeat(100_000));
}
