//! The language that people are spoken to in, and how a moment is written for them.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::str::FromStr;

/// A language for words to people. What programs read is the same in all of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Lang {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
}

impl Lang {
    /// The one of two wordings that is in this language.
    pub fn pick<T>(self, vietnamese: T, english: T) -> T {
        match self {
            Lang::Vi => vietnamese,
            Lang::En => english,
        }
    }

    /// A number with a noun. English has a plural, Vietnamese has none.
    pub fn count(self, number: u64, vietnamese: &str, english: &str, plural: &str) -> String {
        match self {
            Lang::Vi => format!("{number} {vietnamese}"),
            Lang::En if number == 1 => format!("1 {english}"),
            Lang::En => format!("{number} {plural}"),
        }
    }
}

impl FromStr for Lang {
    type Err = String;

    fn from_str(text: &str) -> Result<Lang, String> {
        match text.trim().to_ascii_lowercase().as_str() {
            "vi" => Ok(Lang::Vi),
            "en" => Ok(Lang::En),
            _ => Err(format!("{text:?}: vi | en")),
        }
    }
}

/// A moment as people read it: `05/05/2026 08:30 +07:00`, by this machine's time zone.
pub fn local_time(at: Timestamp) -> String {
    in_zone(at, TimeZone::system())
}

fn in_zone(at: Timestamp, zone: TimeZone) -> String {
    at.to_zoned(zone).strftime("%d/%m/%Y %H:%M %:z").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_carries_its_offset() {
        let at = "2026-05-05T20:30:59Z".parse().unwrap();
        let hanoi = TimeZone::fixed(jiff::tz::offset(7));
        assert_eq!(in_zone(at, hanoi), "06/05/2026 03:30 +07:00");
    }

    #[test]
    fn only_english_has_a_plural() {
        let files = |lang: Lang, n| lang.count(n, "tệp", "file", "files");
        assert_eq!(files(Lang::Vi, 2), "2 tệp");
        assert_eq!(files(Lang::En, 1), "1 file");
        assert_eq!(files(Lang::En, 0), "0 files");
    }
}
