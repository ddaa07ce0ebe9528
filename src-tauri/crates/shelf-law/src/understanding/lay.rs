//! Words as people say them, and the words that the law has for the same.

use super::phrases::{Accents, Phrases, Word, spelling};
use crate::Product;
use crate::tables::Faults;
use crate::tokens::folded_terms;
use serde_json::Value;
use std::collections::HashSet;

/// The table of lay words, and of the words for products.
#[derive(Clone, Debug, Default)]
pub struct LayWords {
    phrases: Phrases<Lay>,
    products: Phrases<Vec<Product>>,
}

/// A lay word.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lay {
    /// As the table writes it.
    pub lay: String,
    /// Folded.
    pub folded: String,
    /// What the law says.
    pub legal: Vec<String>,
    /// Whether it counts only where accents are typed.
    pub accents_only: bool,
}

impl LayWords {
    /// Lay words that are many other things without their accents (`cá độ`, tất cả do) are named in
    /// `accents_only` and found only where accents were typed. Reads `{"words":{"sổ đỏ":"giấy chứng nhận quyền sử dụng đất","xe máy":["xe mô tô","xe gắn máy"]},
    /// "accents_only":{"cá độ":true},"products":{"tờ rơi":"Tờ gấp","kịch bản":["Tiểu phẩm","Truyền thanh"],"tủ sách":[]}}`.
    pub(crate) fn read(table: &Value, faults: &mut Faults) -> LayWords {
        let mut words = LayWords::default();
        let told: HashSet<String> = faults
            .entries(table, "accents_only")
            .filter(|(_, value)| value.as_bool() == Some(true))
            .map(|(lay, _)| spelling(lay))
            .collect();
        for (lay, value) in faults.entries(table, "words") {
            let Some(short) = faults.short("words", lay) else {
                continue;
            };
            let legal = faults.meanings(&format!("words › {short}"), value);
            if !legal.is_empty() {
                let accents_only = told.contains(&spelling(&short));
                let lay = Lay {
                    folded: folded_terms(&short),
                    lay: short.clone(),
                    legal,
                    accents_only,
                };
                words.phrases.add(&short, lay);
            }
        }
        for (name, value) in faults.entries(table, "products") {
            if let Some(name) = faults.short("products", name) {
                let products = products(faults, &format!("products › {name}"), value);
                words.products.add(&name, products);
            }
        }
        words
    }

    /// The products that the words which open a question may mean, and how many words that takes. None
    /// where the words are known to mean no product: `tủ sách` is no sách.
    pub(crate) fn products_at(
        &self,
        words: &[Word],
        accented: bool,
    ) -> Option<(Vec<Product>, usize)> {
        let (found, count) = self
            .products
            .at_start(words, Accents::OfQuestion, accented)?;
        // Typed without accents it may be several.
        let mut products: Vec<Product> = found.into_iter().flatten().copied().collect();
        products.sort_unstable();
        products.dedup();
        Some((products, count))
    }

    /// The lay word that opens a question's words, and how many of them it takes.
    pub(crate) fn at_start(&self, words: &[Word], accented: bool) -> Option<(&Lay, usize)> {
        let (found, count) = self
            .phrases
            .at_start(words, Accents::OfQuestion, accented)?;
        // Typed without accents it may be several: then nobody knows which is meant.
        match found[..] {
            [one] if accented || !one.accents_only => Some((one, count)),
            _ => None,
        }
    }

    /// All lay words.
    pub fn iter(&self) -> impl Iterator<Item = &Lay> {
        self.phrases.iter().map(|(_, lay)| lay)
    }
}

/// The products of an entry; an empty list says that its words mean none.
fn products(faults: &mut Faults, entry: &str, value: &Value) -> Vec<Product> {
    if value.as_array().is_some_and(Vec::is_empty) {
        return Vec::new();
    }
    let meanings = faults.meanings(entry, value).into_iter();
    let products = meanings.filter_map(|meaning| {
        let product = Product::from_wording(&meaning);
        if product.is_none() {
            let known: Vec<&str> = Product::ALL.iter().map(|(_, _, name)| *name).collect();
            let why = format!("{meaning} is no product; they are {}", known.join(", "));
            faults.add(entry, why);
        }
        product
    });
    products.collect()
}
