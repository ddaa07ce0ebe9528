//! Provisions as people name them: `điểm đ khoản 1 Điều 62`, `k2 d8`, `mục 2.4 phần III`.

use super::words::{Gap, Word};
use crate::ProvisionId;

/// The place in an act that a citation names. What was not named is `None`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ProvisionPath {
    /// Phụ lục, as an Arabic number.
    pub appendix: Option<String>,
    /// Phần, as an Arabic number.
    pub part: Option<String>,
    /// Chương, as an Arabic number. Ids are free of chapters; the displayed path has them.
    pub chapter: Option<String>,
    /// Mục: `2.4`.
    pub section: Option<String>,
    /// Điều: `12a`, without leading zeros, đ as `dd`.
    pub article: Option<String>,
    /// Khoản: `2a`.
    pub clause: Option<String>,
    /// Điểm: `a`, `b1`, đ as `dd`.
    pub point: Option<String>,
    /// The other reading of a point typed as `d` in a query without any accents: `dd`.
    pub point_or: Option<String>,
    /// The other reading of an Điều typed as `12d` in a query without any accents: `12dd`. Both are
    /// inserted Điều, and nothing in the query says which is meant.
    pub article_or: Option<String>,
}

impl ProvisionPath {
    /// Whether nothing is named.
    pub fn is_empty(&self) -> bool {
        *self == ProvisionPath::default()
    }

    /// The id of the provision named, at its deepest: `dieu_62.khoan_1.diem_dd`. `None` where what
    /// is named has no id of its own, as a khoản without its Điều or a chapter.
    pub fn id(&self) -> Option<ProvisionId> {
        self.candidates().into_iter().next()
    }

    /// The ids to try, the best first: the provision named, its other reading, then what it
    /// stands in, up to the Điều.
    pub fn candidates(&self) -> Vec<ProvisionId> {
        let mut ids = self.own_candidates();
        // Its place among the others of its depth: a caller reads the deepest first.
        let others = self.with_other_article();
        for id in others.map_or_else(Vec::new, |other| other.own_candidates()) {
            let depth = |id: &ProvisionId| id.as_str().split('.').count();
            let at = ids.iter().position(|own| depth(own) < depth(&id));
            let at = at.unwrap_or(ids.len());
            if !ids.contains(&id) {
                ids.insert(at, id);
            }
        }
        ids
    }

    /// The candidates under the first reading of the Điều.
    fn own_candidates(&self) -> Vec<ProvisionId> {
        let mut above: Vec<String> = Vec::new();
        above.extend(self.appendix.iter().map(|n| format!("phuluc_{n}")));
        if let Some(article) = &self.article {
            above.push(format!("dieu_{article}"));
            above.extend(self.clause.iter().map(|n| format!("khoan_{n}")));
        } else {
            above.extend(self.part.iter().map(|n| format!("phan_{n}")));
            above.extend(
                self.section
                    .iter()
                    .map(|n| format!("muc_{}", n.replace('.', "_"))),
            );
        }
        if above.is_empty() {
            return Vec::new();
        }
        let parse = |segments: &[String]| segments.join(".").parse().ok();
        let mut ids: Vec<ProvisionId> = Vec::new();
        for point in self.point.iter().chain(&self.point_or) {
            let mut segments = above.clone();
            segments.push(format!("diem_{point}"));
            ids.extend(parse(&segments));
        }
        for depth in (1..=above.len()).rev() {
            ids.extend(parse(&above[..depth]));
        }
        ids
    }

    /// The place under the other reading of its Điều, where there is one.
    pub fn with_other_article(&self) -> Option<ProvisionPath> {
        let article = self.article_or.clone()?;
        Some(ProvisionPath {
            article: Some(article),
            article_or: None,
            ..self.clone()
        })
    }

    /// Takes what `other` names and this does not.
    pub(super) fn fill_from(&mut self, other: ProvisionPath) {
        let ProvisionPath {
            appendix,
            part,
            chapter,
            section,
            article,
            clause,
            point,
            point_or,
            article_or,
        } = other;
        if self.article.is_none() {
            self.article_or = article_or;
        }
        if self.point.is_none() {
            self.point_or = point_or;
        }
        let fill = |own: &mut Option<String>, other: Option<String>| {
            if own.is_none() {
                *own = other;
            }
        };
        fill(&mut self.appendix, appendix);
        fill(&mut self.part, part);
        fill(&mut self.chapter, chapter);
        fill(&mut self.section, section);
        fill(&mut self.article, article);
        fill(&mut self.clause, clause);
        fill(&mut self.point, point);
    }
}

/// One named level, as read.
pub(super) struct Level {
    pub(super) path: ProvisionPath,
    /// Named by a lone letter (`d8`, `k2`), which may mean something else.
    pub(super) weak: bool,
    /// The words that it takes.
    pub(super) count: usize,
}

/// Reads the one level that starts at `words[at]`.
pub(super) fn level_at(words: &[Word], at: usize, accented: bool) -> Option<Level> {
    let word = &words[at];
    let before = at.checked_sub(1).map(|i| words[i].term.as_str());
    let next = words.get(at + 1)?;
    if let Some(level) = bare_point(words, at, accented) {
        return Some(level);
    }
    // `k.2` and `Điều: 5` as well as `k2`, but no sentence end and no list.
    if matches!(next.gap, Gap::Comma | Gap::Slash | Gap::Dash | Gap::Other) {
        return None;
    }
    let number = next
        .ordinal()
        .filter(|_| !is_part_of_a_number(words, at + 1));
    let article = |n| ProvisionPath {
        article: Some(n),
        article_or: next.ordinal_or().filter(|_| !accented),
        ..ProvisionPath::default()
    };
    let clause = |n| ProvisionPath {
        clause: Some(n),
        ..ProvisionPath::default()
    };
    let level = |path, weak| Level {
        path,
        weak,
        count: 2,
    };
    let found = match word.term.as_str() {
        "dieu" => level(article(number?), false),
        // `tài khoản 515`, but `tại khoản 3`; without accents what follows decides.
        "khoan" if at == 0 || words[at - 1].typed != "tài" => level(clause(number?), false),
        "k" => level(clause(number?), true),
        "d" => match number {
            Some(number) => level(article(number), true),
            None => level(point(words, at + 1, accented, true)?, true),
        },
        "diem"
            if !matches!(
                before,
                Some("thoi" | "dia" | "quan" | "dac" | "uu" | "nhuoc")
            ) =>
        {
            level(point(words, at + 1, accented, false)?, false)
        }
        "muc" | "phan" | "chuong" | "phu" => return outline_level(words, at),
        _ => return None,
    };
    let found = with_dots(words, at, found);
    Some(with_list(words, at, found))
}

/// `a k2 d8`: a letter before a khoản that is a điểm without the word.
fn bare_point(words: &[Word], at: usize, accented: bool) -> Option<Level> {
    let word = &words[at];
    let [clause, number] = words.get(at + 1..at + 3)? else {
        return None;
    };
    let single = word.term.len() == 1 && word.starts_with_letter() && word.gap != Gap::Glued;
    let clause = matches!(clause.term.as_str(), "k" | "khoan") && clause.gap == Gap::Space;
    if !(single && clause && number.ordinal().is_some()) {
        return None;
    }
    Some(Level {
        path: lettered(word, accented)?,
        weak: true,
        count: 1,
    })
}

/// `Điều 8.2.a`: khoản and điểm after the number of their Điều.
fn with_dots(words: &[Word], at: usize, mut level: Level) -> Level {
    let joined = |at: usize| {
        words
            .get(at)
            .filter(|word| word.gap == Gap::Dot && !word.spaced)
    };
    if level.path.article.is_none() {
        return level;
    }
    let next = at + level.count;
    let Some(clause) = joined(next).and_then(Word::ordinal) else {
        return level;
    };
    if is_part_of_a_number(words, next) {
        return level;
    }
    level.path.clause = Some(clause);
    level.count += 1;
    if let Some(point) = joined(next + 1).and_then(Word::point) {
        level.path.point = Some(point);
        level.count += 1;
    }
    level
}

/// Điểm: a letter. After a lone `d`, a letter that itself opens a level is not one.
fn point(words: &[Word], at: usize, accented: bool, lone: bool) -> Option<ProvisionPath> {
    let word = &words[at];
    word.point()?;
    let opens_level = matches!(word.term.as_str(), "k" | "d")
        && words
            .get(at + 1)
            .is_some_and(|next| next.ordinal().is_some());
    if lone && opens_level {
        return None;
    }
    lettered(word, accented)
}

/// The điểm of a letter; a `d` in a query without any accents may be either letter.
fn lettered(word: &Word, accented: bool) -> Option<ProvisionPath> {
    let point = word.point()?;
    let point_or = (point == "d" && word.typed == "d" && !accented).then(|| "dd".to_string());
    Some(ProvisionPath {
        point: Some(point),
        point_or,
        ..ProvisionPath::default()
    })
}

/// Further numbers or letters of the same level (`khoản 1, 2 và 3`) belong to the citation; the
/// first one is where it lands.
fn with_list(words: &[Word], at: usize, mut level: Level) -> Level {
    let of_points = level.path.point.is_some();
    loop {
        let mut next = at + level.count;
        let comma = words.get(next).is_some_and(|w| w.gap == Gap::Comma);
        let and = words
            .get(next)
            .is_some_and(|w| matches!(w.term.as_str(), "va" | "hoac"));
        next += usize::from(and);
        let Some(word) = words.get(next).filter(|_| comma || and) else {
            return level;
        };
        let same = match of_points {
            true => word.point().is_some() && word.term.len() <= 2,
            // `điều 23, 123 2013 nd cp`: what goes on with a year is the number of an act.
            false => {
                let year = words
                    .get(next + 1)
                    .is_some_and(|after| after.year().is_some());
                word.ordinal().is_some() && !year && !is_part_of_a_number(words, next)
            }
        };
        let followed_by_value = words
            .get(next + 1)
            .is_some_and(|after| after.ordinal().is_some());
        if !same || (of_points && matches!(word.term.as_str(), "k" | "d") && followed_by_value) {
            return level;
        }
        level.count = next + 1 - at;
    }
}

/// Whether the number at `at` goes on as a date or a document number: `8/2019`, `5-QĐ`.
fn is_part_of_a_number(words: &[Word], at: usize) -> bool {
    words.get(at + 1).is_some_and(|after| match after.gap {
        Gap::Slash => true,
        // `16-2012-TT-NHNN`, `66.2023.NĐ.CP`.
        Gap::Dash => !after.spaced && (!after.is_digits() || after.year().is_some()),
        Gap::Dot => !after.spaced && after.year().is_some(),
        _ => false,
    })
}

/// Levels of outlines and of the upper structure: `mục 2.4`, `phần III`, `chương 2`, `phụ lục I`.
fn outline_level(words: &[Word], at: usize) -> Option<Level> {
    let before = at.checked_sub(1).map(|i| words[i].term.as_str());
    let mut path = ProvisionPath::default();
    let mut count = 2;
    match words[at].term.as_str() {
        "muc" if before != Some("danh") => {
            let mut section = words[at + 1].arabic_or_roman()?.to_string();
            while let Some(word) = words.get(at + count)
                && word.gap == Gap::Dot
                && !word.spaced
                && word.is_digits()
                && word.term.len() <= 2
                && count < 6
            {
                section.push('.');
                section.push_str(&word.term);
                count += 1;
            }
            path.section = Some(section);
        }
        "phan" if !matches!(before, Some("thanh" | "co" | "hoc" | "bo" | "mot")) => {
            path.part = Some(words[at + 1].arabic_or_roman()?.to_string());
        }
        "chuong" => path.chapter = Some(words[at + 1].arabic_or_roman()?.to_string()),
        "phu" if words[at + 1].term == "luc" => {
            let number = words.get(at + 2)?;
            path.appendix = Some(number.arabic_or_roman()?.to_string());
            count = 3;
        }
        _ => return None,
    }
    let end = at + count - 1;
    if is_part_of_a_number(words, end) {
        return None;
    }
    Some(Level {
        path,
        weak: false,
        count,
    })
}
