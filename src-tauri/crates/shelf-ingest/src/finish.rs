//! A document put together: what was read in it, then what is said about it.

use crate::claims::{Claims, add_relations, number_field, override_fields};
use crate::kind;
use crate::number::leading_number;
use crate::words::one_line;
use crate::{Candidate, CandidateObject, Said};
use serde_json::Map;
use shelf_law::grammar::{self, Reading};
use shelf_law::{
    CollectionId, DocumentKind, Field, FieldName, Fields, Product, Relation, Validity,
};

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
    /// What the file itself says beside its words.
    pub(crate) own: Claims,
    /// What people say about it; `None` for a row of an import, which says all itself.
    pub(crate) said: Option<Said>,
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

/// A document before anybody said anything about it: what [`Candidate::say`] lays claims on.
#[derive(Clone, PartialEq, Debug)]
pub struct Unsaid {
    fields: Fields,
    relations: Vec<Relation>,
    own: Claims,
    product: Option<Product>,
    fallback_title: Option<String>,
    fallback_key: String,
    collection: CollectionId,
    doubts: Vec<String>,
}

/// The candidate that these parts make.
pub(crate) fn finish(parts: Parts, collection: &CollectionId) -> Candidate {
    let mut doubts = parts.doubts;
    let (text, fields, relations) = match parts.reading {
        Some(reading) => {
            doubts.extend(reading.doubts);
            (reading.text, reading.fields, reading.relations)
        }
        None => Default::default(),
    };
    let unsaid = Unsaid {
        fields,
        relations,
        own: parts.own,
        product: parts.product,
        fallback_title: parts.fallback_title,
        fallback_key: parts.fallback_key,
        collection: collection.clone(),
        doubts,
    };
    let mut candidate = Candidate {
        source: parts.source,
        origin_key: parts
            .source_key
            .clone()
            .unwrap_or_else(|| unsaid.fallback_key.clone()),
        source_key: parts.source_key.clone().unwrap_or_default(),
        validity: Validity::default(),
        fields: Fields::default(),
        text,
        product: None,
        collection: collection.clone(),
        applies_in: Vec::new(),
        relations: Vec::new(),
        notes: parts.notes,
        doubts: Vec::new(),
        extra: Map::new(),
        objects: parts.objects,
        said: Said::default(),
        unsaid: None,
    };
    match parts.said {
        Some(said) => {
            candidate.unsaid = Some(Box::new(unsaid));
            candidate.say(said);
        }
        None => candidate.lay(unsaid, Claims::default(), parts.source_key),
    }
    candidate
}

impl Candidate {
    /// Says other things about the document than its sidecar and its row in the list did, in their
    /// place. A row of an import has neither, and stays as it is.
    pub fn say(&mut self, said: Said) {
        let Some(unsaid) = &self.unsaid else {
            return;
        };
        let unsaid = Unsaid::clone(unsaid);
        self.lay(unsaid, said.merged(), None);
        self.said = said;
    }

    /// Its fields as they were read in the file itself.
    pub fn read_fields(&self) -> Fields {
        let Some(unsaid) = &self.unsaid else {
            return self.fields.clone();
        };
        let mut fields = unsaid.fields.clone();
        if self.product.is_some() {
            drop_named_number(&mut fields);
        }
        override_fields(&mut fields, unsaid.own.fields.clone());
        if self.product.is_none() {
            complete(&mut fields);
        }
        fields
    }

    fn lay(&mut self, unsaid: Unsaid, said: Claims, source_key: Option<String>) {
        let mut claims = unsaid.own;
        let Unsaid { mut fields, .. } = unsaid;
        claims.override_with(said);
        self.doubts = unsaid.doubts;
        self.doubts
            .extend(claims.problems.iter().map(ToString::to_string));
        let kind_of = |fields: &Fields| fields.raw(FieldName::Kind).and_then(Product::from_wording);
        self.product = claims
            .product
            .or_else(|| kind_of(&claims.fields))
            .or_else(|| kind_of(&fields))
            .or(unsaid.product);
        if self.product.is_some() {
            drop_named_number(&mut fields);
        }
        override_fields(&mut fields, claims.fields);
        self.relations = claims.relations;
        add_relations(&mut self.relations, unsaid.relations);
        self.relations.dedup();
        if let (None, Some(title)) = (fields.value(FieldName::Title), &unsaid.fallback_title) {
            set_missing(&mut fields, FieldName::Title, title);
        }
        // A title that names an act is the act's name only where the document is one.
        if self.product.is_none() {
            complete(&mut fields);
        }
        let number = fields.value(FieldName::Number).map(str::to_string);
        self.source_key = source_key.or(number).unwrap_or(unsaid.fallback_key);
        self.validity = grammar::validity_from_fields(&fields);
        self.fields = fields;
        self.collection = claims.collection.unwrap_or(unsaid.collection);
        self.applies_in = claims.applies_in;
        self.extra = claims.extra;
    }
}

/// What a product names at its start is the number of an act it tells about, unless it was itself
/// issued under the header of an act.
fn drop_named_number(fields: &mut Fields) {
    let own_header = [FieldName::Issuer, FieldName::Issued]
        .iter()
        .all(|name| fields.value(*name).is_some());
    if !own_header {
        fields.0.remove(&FieldName::Number);
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
