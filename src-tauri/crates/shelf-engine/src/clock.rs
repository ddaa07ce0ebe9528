//! The clock, which is a parameter: machines in communes have wrong ones.

use jiff::Timestamp;
use shelf_law::Date;

/// Where the time comes from.
#[derive(Clone, Copy, Debug)]
pub enum Clock {
    /// The system's clock.
    System,
    /// A fixed instant, for tests and for reproducible output.
    Fixed(Timestamp),
}

impl Clock {
    /// The clock's own time.
    pub fn now(self) -> Timestamp {
        match self {
            Clock::System => Timestamp::now(),
            Clock::Fixed(instant) => instant,
        }
    }

    /// The time to reckon with: a clock that stands before the newest signed time that this machine
    /// has seen is slow, and that signed time counts instead.
    pub fn effective(self, newest_signed: Option<Timestamp>) -> Timestamp {
        newest_signed.map_or(self.now(), |signed| signed.max(self.now()))
    }

    /// The day to reckon with.
    pub fn effective_day(self, newest_signed: Option<Timestamp>) -> Date {
        Date::of_instant(self.effective(newest_signed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slow_clock_gives_way_to_the_newest_signed_time() {
        let slow = Clock::Fixed("2001-01-01T00:00:00Z".parse().unwrap());
        let signed = "2026-05-05T00:00:00Z".parse().unwrap();
        assert_eq!(slow.effective(Some(signed)), signed);
        let right = Clock::Fixed("2026-06-01T00:00:00Z".parse().unwrap());
        assert_eq!(right.effective(Some(signed)), right.now());
    }
}
