//! Calendar days. The field writes `dd/mm/yyyy`; everything stored or sent is ISO 8601.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A day of the Gregorian calendar, without time or zone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Date(jiff::civil::Date);

/// A text is not a day.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not a date: {0:?}")]
pub struct DateError(pub String);

impl Date {
    /// The day with these numbers, or `None` where the calendar has no such day.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Date> {
        jiff::civil::Date::new(year, month, day).ok().map(Date)
    }

    /// The day of an instant, in Việt Nam (UTC+7, no daylight saving since 1975).
    pub fn of_instant(instant: jiff::Timestamp) -> Date {
        Date(jiff::tz::offset(7).to_datetime(instant).date())
    }

    /// Year, as printed in a document's number.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// `dd/mm/yyyy`, as a Vietnamese reader expects it.
    pub fn vietnamese(self) -> String {
        format!(
            "{:02}/{:02}/{}",
            self.0.day(),
            self.0.month(),
            self.0.year()
        )
    }

    /// Reads every way in which sources write a day: `2019-06-07`, `07/06/2019`, `7-6-2019`,
    /// `ngày 07 tháng 6 năm 2019`, and any of these followed by a time. Nothing is guessed: a text
    /// with two readings or none is an error.
    pub fn parse_any(text: &str) -> Result<Date, DateError> {
        let fail = || DateError(text.to_string());
        let numbers: Vec<&str> = text
            .split(|c: char| !c.is_ascii_digit())
            .filter(|part| !part.is_empty())
            .take(3)
            .collect();
        let [a, b, c] = numbers[..] else {
            return Err(fail());
        };
        let number = |s: &str| s.parse::<i16>().map_err(|_| fail());
        let (year, month, day) = match (a.len(), c.len()) {
            (4, 1 | 2) => (number(a)?, number(b)?, number(c)?),
            (1 | 2, 4) => (number(c)?, number(b)?, number(a)?),
            _ => return Err(fail()),
        };
        let small = |n: i16| i8::try_from(n).map_err(|_| fail());
        Date::new(year, small(month)?, small(day)?).ok_or_else(fail)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl FromStr for Date {
    type Err = DateError;
    /// Reads ISO 8601 only.
    fn from_str(text: &str) -> Result<Date, DateError> {
        text.parse()
            .map(Date)
            .map_err(|_| DateError(text.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_writing_a_day_is_read() {
        for text in [
            "2019-06-07",
            "07/06/2019",
            "7-6-2019",
            "ngày 07 tháng 6 năm 2019",
            "2019-06-07T08:00:00+07:00",
        ] {
            assert_eq!(
                Date::parse_any(text).unwrap().to_string(),
                "2019-06-07",
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in ["", "Đang cập nhật", "31/02/2019", "07/06/19", "2019"] {
            assert!(Date::parse_any(text).is_err(), "{text}");
        }
    }

    #[test]
    fn an_evening_in_utc_is_the_next_day_in_viet_nam() {
        let late = "2026-01-31T20:00:00Z".parse().unwrap();
        assert_eq!(Date::of_instant(late).to_string(), "2026-02-01");
    }
}
