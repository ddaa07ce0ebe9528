//! What is known of an act besides its words, as far as ranking weighs it.

use shelf_law::{DocumentKind, Product};

/// What the caller knows of an act. What it does not know stays neutral in ranking.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Facts {
    /// Loại văn bản.
    pub kind: Option<DocumentKind>,
    /// The year of issue.
    pub year: Option<u16>,
    /// The product that it is.
    pub product: Option<Product>,
    /// Whether what is known of the acts of the state as a whole says something of this one: which
    /// kinds, years and lengths are asked for. It says nothing of local decisions, plans, leaflets
    /// and videos; `false` leaves them to their words.
    pub national: bool,
    /// Whether it is of a province or a commune, or spreads the law: the questions that the second
    /// stage learned from ask for no such document.
    pub local: bool,
    /// Whether only its title and headings are known: the second stage, which learned from texts,
    /// leaves it where the formula puts it.
    pub headings_only: bool,
}

impl Facts {
    /// As one number of a fast field: the year, the kind's place among all kinds from 1, the flags,
    /// the product's place among all products from 1, whether it is local.
    pub(crate) fn encode(self) -> u64 {
        let kind = self.kind.and_then(|kind| {
            let place = DocumentKind::all().position(|other| other == kind)?;
            u64::try_from(place + 1).ok()
        });
        let year = u64::from(self.year.unwrap_or(0));
        let product = self.product.map_or(0, |product| place_of(product) + 1);
        let flags = u64::from(self.national) | u64::from(self.headings_only) << 1;
        let local = u64::from(self.local);
        year | kind.unwrap_or(0) << 16 | flags << 24 | product << 26 | local << 30
    }

    /// The other way round. Any number gives something.
    pub(crate) fn decode(number: u64) -> Facts {
        let kind = (number >> 16 & 0xff) as usize;
        let product = (number >> 26 & 0xf) as usize;
        Facts {
            kind: kind
                .checked_sub(1)
                .and_then(|place| DocumentKind::all().nth(place)),
            year: Some((number & 0xffff) as u16).filter(|year| *year > 0),
            product: product
                .checked_sub(1)
                .and_then(|place| Product::ALL.get(place))
                .map(|(product, ..)| *product),
            national: number >> 24 & 1 == 1,
            headings_only: number >> 25 & 1 == 1,
            local: number >> 30 & 1 == 1,
        }
    }
}

fn place_of(product: Product) -> u64 {
    let place = Product::ALL
        .iter()
        .position(|(other, ..)| *other == product);
    place.map_or(0, |place| place as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_survive_the_index() {
        for kind in DocumentKind::all().map(Some).chain([None]) {
            for (year, national) in [(None, false), (Some(1945), true), (Some(u16::MAX), false)] {
                let products = Product::ALL.map(|(product, ..)| Some(product));
                for product in products.into_iter().chain([None]) {
                    let facts = Facts {
                        kind,
                        year,
                        product,
                        national,
                        local: !national,
                        headings_only: !national,
                    };
                    assert!(facts.encode() < 1 << 32, "an act's own number stands above");
                    assert_eq!(Facts::decode(facts.encode()), facts);
                }
            }
        }
        let beyond = Facts::decode(u64::MAX);
        assert_eq!((beyond.kind, beyond.product), (None, None));
    }
}
