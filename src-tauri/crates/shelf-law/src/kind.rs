//! Kinds of Vietnamese documents (loại văn bản): their names, the codes that stand for them in
//! numbers, and the abbreviations that people type.
//!
//! Names and codes of administrative kinds follow Phụ lục III of Nghị định 30/2020/NĐ-CP; those of
//! normative kinds follow the Laws on the promulgation of normative documents.

use crate::fold::fold;
use crate::number::DocumentNumber;
use crate::tokens::folded_terms;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A kind of document.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum DocumentKind {
    /// Hiến pháp.
    Constitution,
    /// Bộ luật.
    Code,
    /// Luật.
    Law,
    /// Pháp lệnh.
    Ordinance,
    /// Lệnh.
    Order,
    /// Sắc lệnh (1945 to 1958).
    StateDecree,
    /// Nghị quyết.
    Resolution,
    /// Nghị quyết liên tịch.
    JointResolution,
    /// Nghị định.
    Decree,
    /// Quyết định.
    Decision,
    /// Chỉ thị.
    Directive,
    /// Thông tư.
    Circular,
    /// Thông tư liên tịch.
    JointCircular,
    /// Văn bản hợp nhất.
    Consolidation,
    /// Quy chuẩn kỹ thuật quốc gia.
    TechnicalRegulation,
    /// Tiêu chuẩn quốc gia.
    NationalStandard,
    /// Hiệp định.
    Agreement,
    /// Án lệ.
    Precedent,
    /// Công văn.
    OfficialLetter,
    /// Công điện.
    Telegram,
    /// Kế hoạch.
    Plan,
    /// Chương trình.
    Programme,
    /// Đề án.
    Scheme,
    /// Hướng dẫn.
    Guidance,
    /// Thông báo.
    Notice,
    /// Kết luận.
    Conclusion,
    /// Báo cáo.
    Report,
    /// Tờ trình.
    Submission,
    /// Quy định.
    Rule,
    /// Quy chế.
    Regulation,
    /// Điều lệ.
    Charter,
}

use DocumentKind::*;

/// Whether documents of a kind are normative (văn bản quy phạm pháp luật).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Normativity {
    /// All of them.
    Always,
    /// Those whose number carries the year (`14/2019/QĐ-TTg`, not `471/QĐ-TTg`).
    WithYear,
    /// None of them.
    Never,
}

struct Row {
    kind: DocumentKind,
    name: &'static str,
    /// As it stands in numbers; empty where numbers do not show the kind.
    code: &'static str,
    /// Further folded spellings that people type for the name.
    typed: &'static [&'static str],
    normativity: Normativity,
}

const fn row(
    kind: DocumentKind,
    name: &'static str,
    code: &'static str,
    typed: &'static [&'static str],
    normativity: Normativity,
) -> Row {
    Row {
        kind,
        name,
        code,
        typed,
        normativity,
    }
}

use Normativity::{Always, Never, WithYear};

const ROWS: &[Row] = &[
    row(Constitution, "Hiến pháp", "", &[], Always),
    row(Code, "Bộ luật", "", &[], Always),
    row(Law, "Luật", "", &[], Always),
    row(Ordinance, "Pháp lệnh", "PL", &["pl"], Always),
    row(Order, "Lệnh", "", &[], Always),
    row(StateDecree, "Sắc lệnh", "SL", &["sl"], Always),
    row(Resolution, "Nghị quyết", "NQ", &["nq"], WithYear),
    row(
        JointResolution,
        "Nghị quyết liên tịch",
        "NQLT",
        &["nqlt"],
        Always,
    ),
    row(Decree, "Nghị định", "NĐ", &["nd"], Always),
    row(Decision, "Quyết định", "QĐ", &["qd"], WithYear),
    row(Directive, "Chỉ thị", "CT", &["ct"], WithYear),
    row(Circular, "Thông tư", "TT", &["tt"], Always),
    row(
        JointCircular,
        "Thông tư liên tịch",
        "TTLT",
        &["ttlt"],
        Always,
    ),
    row(Consolidation, "Văn bản hợp nhất", "VBHN", &["vbhn"], Never),
    row(
        TechnicalRegulation,
        "Quy chuẩn kỹ thuật quốc gia",
        "QCVN",
        &["qcvn", "quy chuan"],
        Always,
    ),
    row(
        NationalStandard,
        "Tiêu chuẩn quốc gia",
        "TCVN",
        &["tcvn", "tieu chuan"],
        Never,
    ),
    row(Agreement, "Hiệp định", "", &[], Never),
    row(Precedent, "Án lệ", "AL", &[], Never),
    row(OfficialLetter, "Công văn", "CV", &["cv"], Never),
    row(Telegram, "Công điện", "CĐ", &["cd"], Never),
    row(Plan, "Kế hoạch", "KH", &["kh"], Never),
    row(Programme, "Chương trình", "CTr", &["ctr"], Never),
    row(Scheme, "Đề án", "ĐA", &[], Never),
    row(Guidance, "Hướng dẫn", "HD", &["hd"], Never),
    row(Notice, "Thông báo", "TB", &["tb"], Never),
    row(Conclusion, "Kết luận", "KL", &["kl"], Never),
    row(Report, "Báo cáo", "BC", &["bc"], Never),
    row(Submission, "Tờ trình", "TTr", &["ttr"], Never),
    row(Rule, "Quy định", "QyĐ", &["qyd", "qdi"], Never),
    row(Regulation, "Quy chế", "QC", &["qc"], Never),
    row(Charter, "Điều lệ", "", &[], Never),
];

impl DocumentKind {
    /// All kinds.
    pub fn all() -> impl Iterator<Item = DocumentKind> {
        ROWS.iter().map(|row| row.kind)
    }

    fn row(self) -> &'static Row {
        ROWS.iter()
            .find(|row| row.kind == self)
            .expect("every kind has its row, as a test shows")
    }

    /// The name as a reader knows it: `Nghị định`.
    pub fn vietnamese(self) -> &'static str {
        self.row().name
    }

    /// The name folded: `nghi dinh`.
    pub fn folded(self) -> String {
        folded_terms(self.row().name)
    }

    /// What stands for it in a number (`NĐ`), where anything does.
    pub fn number_code(self) -> Option<&'static str> {
        Some(self.row().code).filter(|code| !code.is_empty())
    }

    /// Whether documents of this kind are normative.
    pub fn normativity(self) -> Normativity {
        self.row().normativity
    }

    /// Whether the document of this kind and number is normative; `None` where a number is needed
    /// to tell and there is none.
    pub fn is_normative(self, number: Option<&DocumentNumber>) -> Option<bool> {
        match self.normativity() {
            Always => Some(true),
            Never => Some(false),
            WithYear => number.map(|number| number.year().is_some()),
        }
    }

    /// Whether people name documents of this kind by a bare number (`nghị định 100`), without more to
    /// say that it is one. `kế hoạch 5` is more often five of something.
    pub(crate) fn is_known_by_number(self) -> bool {
        matches!(
            self,
            Resolution
                | JointResolution
                | Decree
                | Decision
                | Directive
                | Circular
                | JointCircular
                | Consolidation
                | OfficialLetter
                | TechnicalRegulation
                | NationalStandard
                | StateDecree
        )
    }
}

impl DocumentKind {
    /// The kind that it may be called by as well: lists and people call a code a law, and a joint
    /// circular a circular.
    pub fn broad(self) -> DocumentKind {
        match self {
            Code | Constitution => Law,
            JointCircular => Circular,
            kind => kind,
        }
    }

    /// Whether people name documents of this kind by their titles: `luật đất đai`.
    pub(crate) fn is_known_by_name(self) -> bool {
        matches!(self, Constitution | Code | Law | Ordinance)
    }
}

/// The kind that a wording names, whole: a name in any spelling (`NGHỊ ĐỊNH`, `nghi dinh`) or an
/// abbreviation (`NĐ`, `nd`).
pub fn kind_from_wording(wording: &str) -> Option<DocumentKind> {
    let words = folded_terms(wording);
    ROWS.iter()
        .find(|row| folded_terms(row.name) == words || row.typed.contains(&words.as_str()))
        .map(|row| row.kind)
}

/// The kind that opens a row of folded terms, with the number of terms that name it; the longest
/// name wins (`thông tư liên tịch` over `thông tư`).
pub fn kind_at_start<'t>(
    terms: impl Iterator<Item = &'t str> + Clone,
) -> Option<(DocumentKind, usize)> {
    let names = NAMES.get(terms.clone().next()?)?;
    names
        .iter()
        .filter(|(_, name)| {
            let mut terms = terms.clone();
            name.iter().all(|word| terms.next() == Some(word))
        })
        .map(|(kind, name)| (*kind, name.len()))
        .max_by_key(|(_, count)| *count)
}

/// A kind with the words of one of its names.
type Name = (DocumentKind, Vec<String>);

/// Every folded name and abbreviation, by its first word.
static NAMES: LazyLock<HashMap<String, Vec<Name>>> = LazyLock::new(|| {
    let mut names: HashMap<String, Vec<Name>> = HashMap::new();
    for row in ROWS {
        let typed = row.typed.iter().map(|typed| typed.to_string());
        for name in std::iter::once(folded_terms(row.name)).chain(typed) {
            let words: Vec<String> = name.split(' ').map(str::to_string).collect();
            names
                .entry(words[0].clone())
                .or_default()
                .push((row.kind, words));
        }
    }
    names
});

/// Every folded code and abbreviation, with whether its code holds a Đ.
static CODES: LazyLock<HashMap<String, (DocumentKind, bool)>> = LazyLock::new(|| {
    let mut codes = HashMap::new();
    for row in ROWS.iter().filter(|row| !row.code.is_empty()) {
        let typed = row.typed.iter().map(|typed| typed.to_string());
        for code in std::iter::once(fold(row.code)).chain(typed) {
            codes
                .entry(code)
                .or_insert((row.kind, row.code.contains('Đ')));
        }
    }
    codes
});

/// The kind that the code of a number shows: `NĐ-CP` and `nd-cp` a Nghị định, `TTLT-BTP-BCA` a Thông
/// tư liên tịch. `QH14` shows none, since laws and resolutions share it, and neither does `L/CTN`.
pub fn kind_of_number_code(code: &str) -> Option<DocumentKind> {
    let code = code.trim();
    let mut segments = code.split(['-', '/', '_', ' ']).filter(|s| !s.is_empty());
    let first = segments.next()?;
    // The Party writes QĐ for Quy định as well: nearly all of its 41-QĐ/TW are that.
    if code.contains('/') && fold(first) == "qd" && is_of_the_party(code) {
        return None;
    }
    // Before 1995 the issuer stood first: `832-TC/QĐ/CĐKT`.
    let issuer_first = code[first.len()..].starts_with('/');
    kind_of_segment(first).or_else(|| kind_of_segment(segments.next()?).filter(|_| issuer_first))
}

fn is_of_the_party(code: &str) -> bool {
    let last = fold(code.rsplit('/').next().unwrap_or(code));
    last.ends_with("tw") || last == "tu" || last == "bcsd"
}

fn kind_of_segment(segment: &str) -> Option<DocumentKind> {
    let (kind, with_crossed) = *CODES.get(&fold(segment))?;
    // HĐ is no HD: a typed đ must be in the code as well. A typed d may stand for it.
    let crossed = segment.contains(['đ', 'Đ']);
    (!crossed || with_crossed).then_some(kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_row_and_its_name_leads_back_to_it() {
        for kind in DocumentKind::all() {
            assert_eq!(kind_from_wording(kind.vietnamese()), Some(kind));
            assert_eq!(kind_from_wording(&kind.folded()), Some(kind));
            if let Some(code) = kind.number_code() {
                assert_eq!(kind_of_number_code(code), Some(kind));
            }
        }
    }

    #[test]
    fn codes_of_numbers_show_the_kind_in_any_spelling() {
        for (code, kind) in [
            ("NĐ-CP", Decree),
            ("nd-cp", Decree),
            ("QĐ-TTg", Decision),
            ("QĐ/CĐKT", Decision),
            ("TTLT-BTP-BCA", JointCircular),
            ("TTLT/BTC-BGDĐT", JointCircular),
            ("VBHN-VPQH", Consolidation),
            ("TC/QĐ/CĐKT", Decision),
            ("QĐi/TW", Rule),
            ("KH-UBND", Plan),
        ] {
            assert_eq!(kind_of_number_code(code), Some(kind), "{code}");
        }
        for code in [
            "QH14",
            "UBTVQH13",
            "HĐ-UBND",
            "BGDĐT-GDTrH",
            "CP",
            "L/CTN",
            "",
        ] {
            assert_eq!(kind_of_number_code(code), None, "{code}");
        }
    }

    #[test]
    fn the_longest_name_at_the_start_wins() {
        let at = |text: &str| kind_at_start(text.split(' '));
        assert_eq!(at("thong tu lien tich so 1"), Some((JointCircular, 4)));
        assert_eq!(at("thong tu 1"), Some((Circular, 2)));
        assert_eq!(at("bo luat dan su"), Some((Code, 2)));
        assert_eq!(at("qd 14"), Some((Decision, 1)));
        assert_eq!(at("phap luat"), None);
    }

    #[test]
    fn a_decision_is_normative_when_its_number_carries_the_year() {
        let number = |text: &str| DocumentNumber::parse(text).unwrap();
        assert_eq!(
            Decision.is_normative(Some(&number("14/2019/QĐ-TTg"))),
            Some(true)
        );
        assert_eq!(
            Decision.is_normative(Some(&number("471/QĐ-TTg"))),
            Some(false)
        );
        assert_eq!(Decision.is_normative(None), None);
        assert_eq!(Plan.is_normative(None), Some(false));
    }
}
