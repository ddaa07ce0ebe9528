//! A document put together: what was read in it, then what is said about it.

use crate::claims::{Claims, add_relations, number_field};
use crate::kind;
use crate::number::leading_number;
use crate::words::one_line;
use crate::{Candidate, CandidateObject};
use shelf_law::grammar::{self, Reading};
use shelf_law::{CollectionId, DocumentKind, Field, FieldName, Fields, Product};

/// Everything that makes one candidate.
pub(crate) struct Parts {
    /// The source that it came from.
    pub(crate) source: String,
    /// Its key there, where the source gives one.
    pub(crate) source_key: Option<String>,
    /// The key where neither source nor number gives one.
    pub(crate) fallback_key: String,
    /// What was read in it; `None` for a file without words.
    pub(crate) reading: Option<Reading>,
    /// What is said about it, weakest first.
    pub(crate) claims: Vec<Claims>,
    /// The product that its type of file suggests.
    pub(crate) product: Option<Product>,
    /// The title to use where neither words nor claims give one.
    pub(crate) fallback_title: Option<String>,
    /// What a reader should know.
    pub(crate) notes: Vec<String>,
    /// What a person should look at.
    pub(crate) doubts: Vec<String>,
    /// Its files.
    pub(crate) objects: Vec<CandidateObject>,
}

/// The candidate that these parts make.
pub(crate) fn finish(parts: Parts, collection: &CollectionId) -> Candidate {
    let mut claims = Claims::default();
    for more in parts.claims {
        claims.override_with(more);
    }
    let mut doubts = parts.doubts;
    let (text, mut fields, mut relations) = match parts.reading {
        Some(reading) => {
            doubts.extend(reading.doubts);
            (reading.text, reading.fields, reading.relations)
        }
        None => Default::default(),
    };
    doubts.extend(
        claims
            .problems
            .iter()
            .map(|problem| format!("{}: {}", problem.column.name(), problem.what)),
    );
    let own_header = [FieldName::Issuer, FieldName::Issued]
        .iter()
        .all(|name| fields.value(*name).is_some());
    let kind_of = |fields: &Fields| fields.raw(FieldName::Kind).and_then(Product::from_wording);
    let product = claims
        .product
        .or_else(|| kind_of(&claims.fields))
        .or_else(|| kind_of(&fields))
        .or(parts.product);
    // What a product names at its start is the number of an act it tells about, unless it was itself
    // issued under the header of an act.
    if product.is_some() && !own_header {
        fields.0.remove(&FieldName::Number);
    }
    fields.override_with(claims.fields);
    let mut relations = {
        let mut said = claims.relations;
        add_relations(&mut said, std::mem::take(&mut relations));
        said
    };
    relations.dedup();
    if let (None, Some(title)) = (fields.value(FieldName::Title), &parts.fallback_title) {
        set_missing(&mut fields, FieldName::Title, title);
    }
    // A title that names an act is the act's name only where the document is one.
    if product.is_none() {
        complete(&mut fields);
    }
    let number = fields.value(FieldName::Number).map(str::to_string);
    let fallback_key = parts.fallback_key;
    let origin_key = parts
        .source_key
        .clone()
        .unwrap_or_else(|| fallback_key.clone());
    let source_key = parts.source_key.or(number).unwrap_or(fallback_key);
    Candidate {
        source: parts.source,
        source_key,
        origin_key,
        validity: grammar::validity_from_fields(&fields),
        fields,
        text,
        product,
        collection: claims.collection.unwrap_or_else(|| collection.clone()),
        applies_in: claims.applies_in,
        relations,
        notes: parts.notes,
        doubts,
        extra: claims.extra,
        objects: parts.objects,
    }
}

/// Takes from the title what stands there unmistakably: a missing number, a missing kind.
fn complete(fields: &mut Fields) {
    let title = one_line(fields.value(FieldName::Title).unwrap_or(""));
    let title_kind = kind::of_title(&title);
    if !fields.0.contains_key(&FieldName::Number)
        && let Some(number) =
            leading_number(&title, title_kind.map_or("", DocumentKind::vietnamese))
    {
        fields.set(FieldName::Number, number_field(number));
    }
    if !fields.0.contains_key(&FieldName::Kind) {
        let of_number = fields.value(FieldName::Number).and_then(kind::of_number);
        if let Some(kind) = of_number.or(title_kind) {
            fields.set(
                FieldName::Kind,
                Field {
                    value: Some(kind.vietnamese().to_string()),
                    raw: None,
                },
            );
        }
    }
}

fn set_missing(fields: &mut Fields, name: FieldName, value: &str) {
    let field = fields.0.entry(name).or_default();
    if field.value.is_none() {
        field.value = Some(value.to_string());
    }
}
