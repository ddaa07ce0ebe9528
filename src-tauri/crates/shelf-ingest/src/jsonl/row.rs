//! One row of an import.

use crate::claims::{Claims, number_field};
use crate::finish::{Parts, finish};
use crate::number::is_unmistakable;
use crate::restricted::{self, Mark};
use crate::words::{nfc, nfc_map, one_line};
use crate::{Candidate, Column, Options, Reason};
use serde_json::{Map, Value};
use shelf_law::FieldName;
use shelf_law::grammar::{self, ArticleRow, Piece, Reading};

/// Names that only rows have, beside those of [`Column`].
const ROW_KEYS: [(&str, Column); 4] = [
    ("type", Column::Field(FieldName::Kind)),
    ("date", Column::Field(FieldName::Issued)),
    ("updated", Column::Field(FieldName::StatusAsOf)),
    ("url", Column::Field(FieldName::Link)),
];

/// The candidate that a row gives.
pub(super) fn read(
    bytes: &[u8],
    line: u64,
    source: &str,
    options: &Options<'_>,
) -> Result<Candidate, Reason> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let row: Value =
        serde_json::from_slice(bytes).map_err(|error| Reason::BadRow(error.to_string()))?;
    let Value::Object(mut row) = row else {
        return Err(Reason::BadRow("it is no JSON object".into()));
    };
    let law_id = row.shift_remove("law_id").and_then(|id| scalar(&id));
    let preamble = words(&mut row, "preamble")?;
    let articles = articles(&mut row)?;
    let text = match articles.is_empty() {
        true => words(&mut row, "text")?,
        false => String::new(),
    };

    let mut claims = claims(row);
    let reading = reading(&preamble, &articles, &text);
    let mut marks = Vec::new();
    match restricted::mark(preamble.lines().chain(text.lines())) {
        Some(Mark::Draft(mark)) if !options.refuse_draft_rows => {
            marks.push(format!(
                "nguồn ghi là dự thảo (“{mark}”): không phải văn bản đã ban hành"
            ));
        }
        Some(mark) => return Err(Reason::Restricted(mark.to_string())),
        None => {}
    }
    number_from_key(&mut claims, &reading, law_id.as_deref());
    Ok(finish(
        Parts {
            source: source.to_string(),
            source_key: law_id,
            fallback_key: format!("{source}:{line}"),
            reading: Some(reading),
            own: claims,
            said: None,
            product: None,
            fallback_title: None,
            notes: marks.clone(),
            doubts: marks,
            objects: Vec::new(),
        },
        &options.collection,
    ))
}

/// An article of a row, with words of its own.
struct Article {
    id: String,
    title: String,
    text: String,
    chapter: Option<String>,
    extra: Map<String, Value>,
}

fn reading(preamble: &str, articles: &[Article], text: &str) -> Reading {
    if !articles.is_empty() {
        let rows: Vec<ArticleRow<'_>> = articles
            .iter()
            .map(|article| ArticleRow {
                id: &article.id,
                title: &article.title,
                text: &article.text,
                chapter: article.chapter.as_deref(),
                extra: article.extra.clone(),
            })
            .collect();
        return grammar::from_articles(preamble, &rows);
    }
    let pieces: Vec<Piece> = preamble
        .lines()
        .chain(text.lines())
        .map(|line| Piece::Line {
            text: line.to_string(),
            page: None,
            hint: None,
            lang: None,
        })
        .collect();
    grammar::read(&pieces)
}

/// The row's fields. A field that comes twice under two names is kept as extra the second time.
fn claims(row: Map<String, Value>) -> Claims {
    let mut claims = Claims::default();
    let mut taken: Vec<Column> = Vec::new();
    // A day of check without a state says nothing about a state.
    let has_status = row.get("status").is_some_and(Value::is_string);
    for (name, value) in row {
        let column = ROW_KEYS
            .iter()
            .find(|(key, _)| *key == name)
            .map(|(_, column)| *column)
            .or_else(|| Column::from_name(&name))
            .filter(|column| !matches!(column, Column::File | Column::Poster))
            .filter(|column| !taken.contains(column))
            .filter(|column| has_status || *column != Column::Field(FieldName::StatusAsOf));
        match column {
            Some(_) if value.is_null() => {}
            Some(column) if claims.put_json(column, &value) => taken.push(column),
            _ => claims.keep(&name, value),
        }
    }
    claims
}

/// Where the row names no number, its key may be one.
fn number_from_key(claims: &mut Claims, reading: &Reading, law_id: Option<&str>) {
    let stated = claims.fields.0.contains_key(&FieldName::Number)
        || reading.fields.value(FieldName::Number).is_some();
    let Some(law_id) = law_id.filter(|id| !stated && is_unmistakable(id)) else {
        return;
    };
    claims.fields.set(FieldName::Number, number_field(law_id));
}

fn articles(row: &mut Map<String, Value>) -> Result<Vec<Article>, Reason> {
    let items = match row.shift_remove("articles") {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Array(items)) => items,
        Some(_) => return Err(Reason::BadRow("“articles” is no list".into())),
    };
    items.into_iter().map(article).collect()
}

fn article(item: Value) -> Result<Article, Reason> {
    let mut item = match item {
        Value::Object(item) => item,
        Value::String(text) => Map::from_iter([("text".to_string(), Value::String(text))]),
        _ => {
            return Err(Reason::BadRow(
                "an article is neither an object nor a text".into(),
            ));
        }
    };
    let mut take = |name: &str| match item.get(name).and_then(scalar) {
        Some(text) => {
            item.shift_remove(name);
            text
        }
        None => String::new(),
    };
    let (id, title, text) = (take("id"), take("title"), take("text"));
    let chapter = Some(take("chapter")).filter(|chapter| !chapter.is_empty());
    Ok(Article {
        id,
        title,
        text,
        chapter,
        extra: nfc_map(item),
    })
}

/// The words under a key, taken out of the row: a text, or a list of texts, a line each.
fn words(row: &mut Map<String, Value>, name: &str) -> Result<String, Reason> {
    match row.shift_remove(name) {
        None | Some(Value::Null) => Ok(String::new()),
        Some(Value::String(text)) => Ok(nfc(text)),
        Some(Value::Array(items)) if items.iter().all(Value::is_string) => {
            let lines: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            Ok(nfc(lines.join("\n")))
        }
        Some(_) => Err(Reason::BadRow(format!("“{name}” is no text"))),
    }
}

/// A text or number as text, its lines kept; `None` for anything else.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(nfc(text.clone())),
        Value::Number(number) => Some(one_line(&number.to_string())),
        _ => None,
    }
}
