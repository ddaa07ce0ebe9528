//! What is known of an act besides its words, as far as ranking weighs it.

use shelf_law::DocumentKind;

/// What the caller knows of an act. What it does not know stays neutral in ranking.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Facts {
    /// Loại văn bản.
    pub kind: Option<DocumentKind>,
    /// The year of issue.
    pub year: Option<u16>,
    /// Whether what is known of the acts of the state as a whole says something of this one: which
    /// kinds, years and lengths are asked for. It says nothing of local decisions, plans, leaflets
    /// and videos; `false` leaves them to their words.
    pub national: bool,
    /// Whether only its title and headings are known: the second stage, which learned from texts,
    /// leaves it where the formula puts it.
    pub headings_only: bool,
}

impl Facts {
    /// As one number of a fast field: the year, the kind's place among all kinds from 1, the flags.
    pub(crate) fn encode(self) -> u64 {
        let kind = self.kind.and_then(|kind| {
            let place = DocumentKind::all().position(|other| other == kind)?;
            u64::try_from(place + 1).ok()
        });
        let year = u64::from(self.year.unwrap_or(0));
        let flags = u64::from(self.national) | u64::from(self.headings_only) << 1;
        year | kind.unwrap_or(0) << 16 | flags << 24
    }

    /// The other way round. Any number gives something.
    pub(crate) fn decode(number: u64) -> Facts {
        let kind = (number >> 16 & 0xff) as usize;
        Facts {
            kind: kind
                .checked_sub(1)
                .and_then(|place| DocumentKind::all().nth(place)),
            year: Some((number & 0xffff) as u16).filter(|year| *year > 0),
            national: number >> 24 & 1 == 1,
            headings_only: number >> 25 & 1 == 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_survive_the_index() {
        for kind in DocumentKind::all().map(Some).chain([None]) {
            for (year, national) in [(None, false), (Some(1945), true), (Some(u16::MAX), false)] {
                let facts = Facts {
                    kind,
                    year,
                    national,
                    headings_only: !national,
                };
                assert_eq!(Facts::decode(facts.encode()), facts);
            }
        }
        assert_eq!(Facts::decode(u64::MAX).kind, None);
    }
}
