//! Random numbers that come again with the same seed.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// SplitMix64.
#[derive(Clone)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 to `end`, without `end`; 0 where that is 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        match u64::try_from(end) {
            Ok(end) if end > 0 => usize::try_from(self.next() % end).unwrap_or(0),
            _ => 0,
        }
    }

    /// A moment from the beginning to `end`.
    pub(super) fn moment(&mut self, end: Duration) -> Duration {
        let micros = usize::try_from(end.as_micros()).unwrap_or(usize::MAX);
        Duration::from_micros(self.below(micros) as u64)
    }
}

/// A seed that nobody chose.
pub(super) fn from_clock() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| u64::from(since.subsec_nanos()) ^ since.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_numbers() {
        let (mut one, mut other) = (Random::new(7), Random::new(7));
        let numbers: Vec<usize> = (0..100).map(|_| one.below(10)).collect();
        assert_eq!(
            numbers,
            (0..100).map(|_| other.below(10)).collect::<Vec<_>>()
        );
        assert!(numbers.contains(&0) && numbers.contains(&9));
        assert_eq!(one.below(0), 0);
    }
}
