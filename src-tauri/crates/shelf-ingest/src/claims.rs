//! What somebody says about a document: a row of an import, a sidecar, a row of a list, the fields
//! of a saved page. Claims are laid over what was detected in the document itself.

use crate::Column;
use crate::number::find_number;
use crate::status;
use crate::words::{nfc_value, one_line};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use shelf_law::{
    CollectionId, Date, DocumentNumber, Field, FieldName, Fields, Product, ProvisionId, Reference,
    Relation, RelationKind, kind_from_wording,
};
use std::fmt;
use std::path::PathBuf;

/// Claims about one document. Stored, they are what was said last: values only.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Claims {
    /// Fields.
    pub fields: Fields,
    /// The product it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<Product>,
    /// Its collection.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub collection: Option<CollectionId>,
    /// Units in which it holds.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub applies_in: Vec<String>,
    /// Its poster: as it was named, or where it stands once that was looked up.
    #[serde(skip)]
    pub poster: Option<PathBuf>,
    /// Its relations.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<Relation>,
    /// What has no name here.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub extra: Map<String, Value>,
    /// Columns that say "-": what was said there before holds no longer.
    #[serde(skip)]
    pub taken_back: Vec<Column>,
    /// Values that could not be read, each with its column: what a person has to look at.
    #[serde(skip)]
    pub problems: Vec<Problem>,
}

/// A value that could not be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// Its column.
    pub column: Column,
    /// What is wrong with it.
    pub what: String,
    /// Where it stands, in words, where that is more than the column.
    pub place: Option<String>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.place.as_deref().unwrap_or(self.column.name());
        write!(f, "{place}: {}", self.what)
    }
}

/// Words that stand where nothing is known yet; they are real values of the field's own forms.
const UNSTATED: [&str; 8] = [
    "đang cập nhật",
    "chưa xác định",
    "chưa rõ",
    "chưa có",
    "không rõ",
    "không",
    "không có",
    NOTHING,
];

/// What takes back a value that was said before.
const NOTHING: &str = "-";

impl Claims {
    /// Takes the text of one column. A day or state that cannot be read keeps its words, without a
    /// value, and is a problem unless the words are known to say that nothing is known.
    pub fn put(&mut self, column: Column, text: &str) {
        let text = one_line(text);
        match column {
            Column::File => {}
            Column::Field(name) => {
                let field = self.field(column, name, text);
                self.fields.set(name, field);
            }
            _ if text == NOTHING => self.taken_back.push(column),
            Column::Product => match Product::from_wording(&text) {
                Some(product) => self.product = Some(product),
                None if text.is_empty() => {}
                None => {
                    let known = Product::ALL.map(|(_, _, name)| name).join(", ");
                    let what = format!("no product is called “{text}”; write one of: {known}");
                    self.problem(column, what);
                }
            },
            Column::Collection => match text.parse() {
                Ok(collection) => self.collection = Some(collection),
                Err(_) if text.is_empty() => {}
                Err(_) => self.problem(
                    column,
                    format!("“{text}” is no collection id (1 to 40 of a-z 0-9 _ -)"),
                ),
            },
            Column::Poster => self.poster = (!text.is_empty()).then(|| PathBuf::from(text)),
            Column::AppliesIn => self.applies_in.extend(parts(&text).map(str::to_string)),
            Column::Relation(kind) => {
                for part in parts(&text) {
                    self.relate(column, kind, part);
                }
            }
        }
    }

    /// Takes the JSON value of one key: a text, a number, or a list of them. `false` where the value
    /// is nothing of the kind, and was not taken.
    pub fn put_json(&mut self, column: Column, value: &Value) -> bool {
        match value {
            Value::String(text) => self.put(column, text),
            Value::Number(number) => self.put(column, &number.to_string()),
            Value::Array(items) if items.iter().all(Value::is_string) => {
                let items: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
                self.put(column, &items.join("; "));
            }
            _ => return false,
        }
        true
    }

    /// Lets go of fields whose words could not be read: they must not displace what is known. The day
    /// of a check goes with its state.
    pub(crate) fn drop_unread(&mut self) {
        for problem in &self.problems {
            if let Column::Field(name) = problem.column {
                self.fields.0.remove(&name);
                if name == FieldName::Status {
                    self.fields.0.remove(&FieldName::StatusAsOf);
                }
            }
        }
    }

    /// Keeps a value that has no name here.
    pub fn keep(&mut self, name: &str, value: Value) {
        self.extra.insert(one_line(name), nfc_value(value));
    }

    /// Lays `over` on these claims; where both speak, `over` wins.
    pub fn override_with(&mut self, over: Claims) {
        self.take_back(&over.taken_back);
        override_fields(&mut self.fields, over.fields);
        self.product = over.product.or(self.product);
        if over.collection.is_some() {
            self.collection = over.collection;
        }
        self.poster = over.poster.or(self.poster.take());
        if !over.applies_in.is_empty() {
            self.applies_in = over.applies_in;
        }
        add_relations(&mut self.relations, over.relations);
        self.extra.extend(over.extra);
        self.taken_back.extend(over.taken_back);
        self.problems.extend(over.problems);
    }

    fn take_back(&mut self, columns: &[Column]) {
        for column in columns {
            match column {
                Column::Poster => self.poster = None,
                Column::Product => self.product = None,
                Column::Collection => self.collection = None,
                Column::AppliesIn => self.applies_in.clear(),
                Column::Relation(kind) => self.relations.retain(|old| old.kind != *kind),
                Column::File | Column::Field(_) => {}
            }
        }
    }

    fn field(&mut self, column: Column, name: FieldName, text: String) -> Field {
        let said = text.to_lowercase();
        if text.is_empty() || (column.is_date() && UNSTATED.contains(&said.as_str())) {
            return Field::unstated(text);
        }
        if column.is_date() {
            return match Date::parse_any(&text) {
                Ok(day) => Field::read(day.to_string(), text),
                Err(_) => {
                    self.problem(column, format!("“{text}” is no day (dd/mm/yyyy)"));
                    Field::unstated(text)
                }
            };
        }
        match name {
            FieldName::Status => match status::state_of(&text) {
                Some(state) => Field::read(state.code(), text),
                None if [NOTHING, "chưa rõ", "không rõ"].contains(&said.as_str()) => {
                    Field::unstated(text)
                }
                None => {
                    let accepted = status::ACCEPTED;
                    let what =
                        format!("“{text}” is no state of validity; write one of: {accepted}");
                    self.problem(column, what);
                    Field::unstated(text)
                }
            },
            FieldName::Number => {
                let field = number_field(&text);
                if field.value.is_none() && !UNSTATED.contains(&said.as_str()) {
                    self.problem(column, format!("“{text}” is no number of a document"));
                }
                field
            }
            FieldName::Kind => match kind_from_wording(&text) {
                Some(kind) => Field::read(kind.vietnamese(), text),
                None => Field::plain(text),
            },
            _ if said == NOTHING || UNSTATED[..2].contains(&said.as_str()) => Field::unstated(text),
            _ => Field::plain(text),
        }
    }

    fn relate(&mut self, column: Column, kind: RelationKind, part: &str) {
        let (number, provision) = match part.split_once('#') {
            Some((number, provision)) => (number.trim(), Some(provision.trim())),
            None => (part, None),
        };
        let provision: Option<ProvisionId> = match provision.map(str::parse) {
            Some(Ok(provision)) => Some(provision),
            Some(Err(_)) => {
                self.problem(
                    column,
                    format!("“{part}”: what follows # is no provision (dieu_5.khoan_1)"),
                );
                None
            }
            None => None,
        };
        let whole = Some(number.to_string());
        let found = find_number(number);
        let to = Reference {
            number: found.map(str::to_string),
            title: if found == Some(number) { None } else { whole },
            provision,
            ..Reference::default()
        };
        add_relations(
            &mut self.relations,
            vec![Relation {
                kind,
                from: None,
                to,
                quote: None,
            }],
        );
    }

    fn problem(&mut self, column: Column, what: String) {
        self.problems.push(Problem {
            column,
            what,
            place: None,
        });
    }
}

/// Lays `over` on `fields`. A state of validity and the day of its check are one claim: no day ever
/// comes to stand beside a state that was not checked on it.
pub(crate) fn override_fields(fields: &mut Fields, mut over: Fields) {
    let state = |fields: &Fields| {
        let field = fields.0.get(&FieldName::Status)?;
        field.value.clone().or_else(|| field.raw.clone())
    };
    match (state(fields), state(&over)) {
        // The day of a check says nothing about a state that is not named beside it.
        (Some(_), None) => {
            over.0.remove(&FieldName::StatusAsOf);
        }
        (below, Some(above)) if below.as_ref() != Some(&above) => {
            fields.0.remove(&FieldName::StatusAsOf);
        }
        _ => {}
    }
    fields.override_with(over);
}

/// The field that holds this number; without a value where the text is none.
pub(crate) fn number_field(text: &str) -> Field {
    match DocumentNumber::parse(text) {
        Some(number) => Field::read(number.normalised(), text),
        None => Field::unstated(text),
    }
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(';')
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// Adds the relations that are not there yet. Of one that both state, the words that prove it and
/// the title are taken over.
pub(crate) fn add_relations(to: &mut Vec<Relation>, more: Vec<Relation>) {
    for relation in more {
        match to.iter_mut().find(|old| is_same(old, &relation)) {
            Some(old) => {
                old.to.title = old.to.title.take().or(relation.to.title);
                old.quote = old.quote.take().or(relation.quote);
            }
            None => to.push(relation),
        }
    }
}

/// Whether two relations state the same, one of them perhaps in more words.
fn is_same(one: &Relation, other: &Relation) -> bool {
    let key = |relation: &Relation| {
        let number = relation.to.number.as_deref();
        number
            .and_then(DocumentNumber::parse)
            .map(|number| number.key().to_string())
    };
    let same_act = match (key(one), key(other)) {
        (Some(one), Some(other)) => one == other,
        _ => one.to.number == other.to.number && one.to.title == other.to.title,
    };
    one.kind == other.kind
        && one.from == other.from
        && one.to.provision == other.to.provision
        && same_act
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_keeps_its_words_and_what_is_no_day_is_named() {
        let mut claims = Claims::default();
        claims.put(Column::Field(FieldName::Issued), "ngày 07 tháng 6 năm 2019");
        claims.put(Column::Field(FieldName::Effective), "31/02/2019");
        claims.put(Column::Field(FieldName::Expires), "Đang cập nhật");
        assert_eq!(claims.fields.value(FieldName::Issued), Some("2019-06-07"));
        assert_eq!(claims.fields.raw(FieldName::Effective), Some("31/02/2019"));
        assert_eq!(claims.fields.value(FieldName::Effective), None);
        assert_eq!(claims.fields.value(FieldName::Expires), None);
        assert_eq!(claims.problems.len(), 1, "only the impossible day");
        assert_eq!(
            claims.problems[0].column,
            Column::Field(FieldName::Effective)
        );
    }

    #[test]
    fn a_relation_may_name_a_provision() {
        let mut claims = Claims::default();
        claims.put(
            Column::Relation(RelationKind::Basis),
            "45/2019/QH14#dieu_5.khoan_1; 14/2019/QĐ-TTg ;; Luật Đất đai 2024",
        );
        let ends: Vec<_> = claims.relations.iter().map(|r| &r.to).collect();
        assert_eq!(ends.len(), 3);
        assert_eq!(ends[0].number.as_deref(), Some("45/2019/QH14"));
        assert_eq!(
            ends[0].provision.as_ref().map(|p| p.as_str()),
            Some("dieu_5.khoan_1")
        );
        assert_eq!(ends[2].title.as_deref(), Some("Luật Đất đai 2024"));
        assert_eq!(ends[2].number, None, "a year is no number");
    }

    #[test]
    fn the_later_claim_wins_and_relations_add_up() {
        let mut below = Claims::default();
        below.put(Column::Field(FieldName::Title), "cũ");
        below.put(Column::Relation(RelationKind::Cites), "1/2020/NĐ-CP");
        let mut over = Claims::default();
        over.put(Column::Field(FieldName::Title), "mới");
        over.put(
            Column::Relation(RelationKind::Cites),
            "1/2020/NĐ-CP; 2/2020/NĐ-CP",
        );
        below.override_with(over);
        assert_eq!(below.fields.value(FieldName::Title), Some("mới"));
        assert_eq!(below.relations.len(), 2);
    }
}
