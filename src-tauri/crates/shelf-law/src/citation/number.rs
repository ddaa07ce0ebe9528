//! Reads a document number out of the words of a query, however it is spaced.

use super::act::NumberMention;
use super::issuer;
use super::words::{Gap, Word};
use crate::Date;
use crate::abbreviations::Abbreviations;
use crate::kind::{DocumentKind, kind_at_start, kind_of_number_code};
use crate::number::{canonical_sequence, code_key};

/// A number, as read.
pub(super) struct FoundNumber {
    pub(super) mention: NumberMention,
    /// It may be something else (`7/2023`, `kế hoạch 5`).
    pub(super) weak: bool,
    /// The words that it takes.
    pub(super) count: usize,
}

/// Words after a bare number that make it a count of something: `chỉ thị 3 tháng`.
const COUNTED: &[&str] = &[
    "ngay", "thang", "nam", "tuan", "gio", "phut", "lan", "nguoi", "trieu", "ti", "ty", "nghin",
    "ngan", "dong", "dieu", "loai", "buoc", "truong", "muc", "diem", "noi", "cap", "hinh", "nhom",
    "van",
];

/// Reads the number that starts at `words[start]`: `KIND? số? N (/YYYY)? (/CODE)?`, a space for a slash.
pub(super) fn number_at(
    words: &[Word],
    start: usize,
    table: &Abbreviations,
) -> Option<FoundNumber> {
    let mut reader = Reader {
        words,
        table,
        at: start,
        kind: None,
        issuers: Vec::new(),
    };
    reader.read(start)
}

/// A code, as read.
struct Code {
    typed: String,
    /// It can be nothing else.
    sure: bool,
}

struct Reader<'a> {
    words: &'a [Word],
    table: &'a Abbreviations,
    at: usize,
    kind: Option<DocumentKind>,
    issuers: Vec<&'a str>,
}

impl<'a> Reader<'a> {
    fn word(&self) -> Option<&'a Word> {
        self.words.get(self.at)
    }

    fn read(&mut self, start: usize) -> Option<FoundNumber> {
        self.read_kind();
        let said = self.word()?.term == "so" && self.at + 1 < self.words.len();
        self.at += usize::from(said);
        let first = self.word()?;
        if !first.is_sequence() {
            return None;
        }
        let opened = self.at > start;
        let joined = matches!(first.gap, Gap::Slash | Gap::Dash) && !first.spaced;
        if joined && self.kind.is_none() {
            // The middle of a date, of a range or of another number.
            return None;
        }
        if opened && matches!(first.gap, Gap::Comma | Gap::Slash | Gap::Other) {
            return None;
        }
        let mut sequence = first.term.clone();
        self.at += 1;
        self.read_decimal(&mut sequence);
        let mut year = self.read_year(said);
        let (code, sure) = match self.read_code(year.is_some()) {
            Some(code) => (Some(code.typed), code.sure),
            None => (None, true),
        };
        let year_in_number = year.is_some();
        if !year_in_number && (self.kind.is_some() || (code.is_some() && sure)) {
            year = self.read_year_after();
        }
        let numbered = self.kind.is_some() || code.is_some();
        let issuer = match numbered {
            true => issuer::issuer_at(self.words, self.at, self.table),
            false => Vec::new(),
        };
        // With the word `của` before it.
        self.at += issuer.len() + usize::from(!issuer.is_empty());
        let issued = numbered.then(|| self.read_day_after()).flatten();
        let next = self.word();
        if code.is_none() && next.is_some_and(|w| w.gap == Gap::Slash && w.is_digits()) {
            return None;
        }
        let weak = match code {
            Some(_) => !sure,
            None => self.weakness(&sequence, year, said, issued.is_some())?,
        };
        Some(FoundNumber {
            mention: NumberMention {
                kind: self.kind.or_else(|| kind_of_number_code(code.as_deref()?)),
                sequence: canonical_sequence(&sequence),
                year,
                year_named: year.is_some() && !year_in_number,
                code: self.full_code(code),
                issued,
                issuer,
            },
            weak,
            count: self.at - start,
        })
    }

    /// For a number without a code: `Some(false)` for what must be one, `Some(true)` for what may be
    /// one, `None` for the rest.
    fn weakness(&self, sequence: &str, year: Option<u16>, said: bool, dated: bool) -> Option<bool> {
        let Some(kind) = self.kind else {
            // `100/2019` stands for no day, month or span of years.
            let last = self.words.get(self.at.wrapping_sub(1))?;
            let joined = last.gap == Gap::Slash && !last.spaced;
            let no_day = sequence.parse::<u32>().is_ok_and(|number| number > 31)
                && crate::number::plausible_year(sequence).is_none();
            return year.map(|_| !(said || joined && no_day));
        };
        if year.is_some() || ((said || dated) && !kind.is_known_by_name()) {
            return Some(false);
        }
        if kind.is_known_by_name() || crate::number::plausible_year(sequence).is_some() {
            return None;
        }
        let counted = self
            .word()
            .is_some_and(|next| next.gap == Gap::Space && COUNTED.contains(&next.term.as_str()));
        // `nd 100 điều 6` goes on with a place in the act; `quyết định 5 điều` does not.
        let place = self
            .word()
            .is_some_and(|next| matches!(next.term.as_str(), "dieu" | "diem" | "muc"))
            && self
                .words
                .get(self.at + 1)
                .is_some_and(|w| w.ordinal().is_some() || w.point().is_some());
        if counted && !place {
            return None;
        }
        Some(!kind.is_known_by_number())
    }

    /// `nghị định`, `NĐ-CP`, `tt btc`: the kind, and the issuers named with it.
    fn read_kind(&mut self) {
        let rest = &self.words[self.at..];
        let Some((kind, count)) = kind_at_start(rest.iter().map(|w| w.term.as_str())) else {
            return;
        };
        let together = rest[1..count].iter().all(|w| w.gap == Gap::Space);
        let followed = rest.len() > count;
        if !together || !followed {
            return;
        }
        self.kind = Some(kind);
        self.at += count;
        while let Some(word) = self.word()
            && matches!(word.gap, Gap::Space | Gap::Dash | Gap::Slash)
            && self.table.is_issuer(&word.term)
        {
            self.issuers.push(&word.term);
            self.at += 1;
        }
    }

    /// `66.9/2025/NQ-CP`.
    fn read_decimal(&mut self, sequence: &mut String) {
        if let [decimal, after, ..] = &self.words[self.at..]
            && decimal.gap == Gap::Dot
            && !decimal.spaced
            && decimal.is_digits()
            && decimal.term.len() <= 2
            && (after.gap == Gap::Slash || after.year().is_some())
        {
            sequence.push('.');
            sequence.push_str(&decimal.term);
            self.at += 1;
        }
    }

    fn read_year(&mut self, said: bool) -> Option<u16> {
        let word = self.word()?;
        let year = word.year()?;
        let by_space = matches!(word.gap, Gap::Space | Gap::Dot | Gap::Colon);
        let joined = matches!(word.gap, Gap::Slash | Gap::Dash)
            || (by_space
                && (self.kind.is_some()
                    || said
                    || self
                        .words
                        .get(self.at + 1)
                        .is_some_and(|w| self.is_known(w))));
        joined.then(|| {
            self.at += 1;
            year
        })
    }

    /// `năm 2019`, or a bare `2018` after a code that lacks it.
    fn read_year_after(&mut self) -> Option<u16> {
        let named = self.word().is_some_and(|w| w.term == "nam");
        let word = self.words.get(self.at + usize::from(named))?;
        let year = word.year().filter(|_| word.gap == Gap::Space)?;
        self.at += 1 + usize::from(named);
        Some(year)
    }

    /// `ngày 05/6/2019`, `ngày 5 tháng 6 năm 2019`.
    fn read_day_after(&mut self) -> Option<Date> {
        let rest = &self.words[self.at.min(self.words.len())..];
        if rest.first()?.term != "ngay" {
            return None;
        }
        let named = rest.get(2).is_some_and(|w| w.term == "thang");
        let places = if named { [1, 3, 5] } else { [1, 2, 3] };
        let [day, month, year] = places.map(|place| rest.get(place));
        let (day, month, year) = (day?, month?, year?);
        let joined = named || matches!(month.gap, Gap::Slash | Gap::Dash | Gap::Dot);
        let day = Date::new(
            i16::try_from(year.year()?).ok()?,
            month.term.parse().ok()?,
            day.term.parse().ok()?,
        )?;
        joined.then(|| {
            self.at += places[2] + 1;
            day
        })
    }

    /// Whether a code that leaves no doubt stands at `at`: `qd ttg`, `qh14`.
    fn code_starts_at(&self, at: usize) -> bool {
        let Some(first) = self.words.get(at) else {
            return false;
        };
        let numbered = first.term.ends_with(|c: char| c.is_ascii_digit());
        if numbered && first.starts_with_letter() && self.table.is_issuer(&first.term) {
            return true;
        }
        kind_of_number_code(&first.term).is_some()
            && self.words.get(at + 1).is_some_and(|issuer| {
                matches!(issuer.gap, Gap::Space | Gap::Dash | Gap::Slash)
                    && self.table.is_issuer(&issuer.term)
            })
    }

    fn read_code(&mut self, has_year: bool) -> Option<Code> {
        let first = self.word()?;
        let known = self.is_known(first);
        let start = self.at;
        let sure = match first.gap {
            Gap::Slash | Gap::Dash | Gap::Glued if !first.starts_with_letter() => return None,
            Gap::Slash | Gap::Dash | Gap::Glued if known => true,
            // `100.2019.NĐ.CP`
            Gap::Dot if known && has_year && !first.spaced => true,
            Gap::Slash => {
                // What is not known is a code after a year, or in capitals (`5512/BGDĐT-GDTrH`).
                let capitals = first.capital && first.term.len() >= 2;
                let joined = self.words.get(start + 1).is_some_and(|next| {
                    next.gap == Gap::Dash && !next.spaced && next.starts_with_letter()
                });
                let sure = has_year || capitals;
                let likely = joined && !first.spaced && first.term.len() >= 2;
                if !(sure || likely) {
                    return None;
                }
                sure
            }
            Gap::Space => {
                let own = self
                    .kind
                    .is_some_and(|kind| kind_of_number_code(&first.term) == Some(kind));
                let issuer = self.table.is_issuer(&first.term);
                let sure = self.code_starts_at(start)
                    || (issuer && has_year)
                    || (self.kind.is_some() && (own || issuer));
                if !(sure || (known && self.kind.is_none())) {
                    return None;
                }
                sure
            }
            _ => return None,
        };
        self.at += 1;
        while self.word().is_some_and(|word| self.goes_on(word, sure)) {
            self.at += 1;
        }
        let mut typed = String::new();
        for word in &self.words[start..self.at] {
            match word.gap {
                _ if typed.is_empty() => {}
                Gap::Glued | Gap::And => {}
                Gap::Slash => typed.push('/'),
                _ => typed.push('-'),
            }
            typed.push_str(&word.typed);
        }
        Some(Code { typed, sure })
    }

    /// Whether the code goes on with `word`.
    fn goes_on(&self, word: &Word, sure: bool) -> bool {
        match word.gap {
            Gap::Glued | Gap::And => !word.spaced,
            Gap::Slash | Gap::Dash if !word.spaced => word.year().is_none(),
            Gap::Slash | Gap::Dash => self.is_known(word),
            Gap::Dot => {
                !word.spaced && (self.is_known(word) || word.capital) && word.starts_with_letter()
            }
            // The last word of `85 qd qld` can only be its issuer, if this is a number at all.
            Gap::Space => {
                let last = self.at + 1 == self.words.len();
                self.table.is_issuer(&word.term)
                    || (!sure && last && word.starts_with_letter() && word.term.len() >= 2)
            }
            _ => false,
        }
    }

    fn is_known(&self, word: &Word) -> bool {
        kind_of_number_code(&word.term).is_some()
            || self.table.is_issuer(&word.term)
            || matches!(word.term.as_str(), "l" | "lct")
    }

    /// The code in the form for comparing; `qd … ttg` gives `qd-ttg`.
    fn full_code(&self, code: Option<String>) -> Option<String> {
        let key = code.map(|code| code_key(&code));
        let issuers = self.issuers.join("-");
        let tail = match key {
            Some(key) => key,
            None if issuers.is_empty() => return None,
            None => issuers,
        };
        let only_issuers = tail.split('-').all(|part| self.table.is_issuer(part));
        match self.kind.and_then(DocumentKind::number_code) {
            Some(own) if only_issuers && !tail.starts_with("qh") && !tail.starts_with("ubtvqh") => {
                Some(format!("{}-{tail}", code_key(own)))
            }
            _ => Some(tail),
        }
    }
}
