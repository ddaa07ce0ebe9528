//! Reading one document or provision.

use super::place::{no_such_place, split_place};
use super::{Library, ShelfAge};
use crate::{Error, ErrorCode};
use serde::Serialize;
use serde_json::{Map, Value, json};
use shelf_law::number::DocumentNumber;
use shelf_law::{Block, Date, DocumentText, Level, ProvisionId, Relation, Role, ValidityState};
use shelf_repo::{HeadingRow, ObjectRef, ObjectRole};
use shelf_store::CatalogRow;
use std::path::PathBuf;

/// What `show` gives: the value of the command line's contract.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Shown {
    /// Every field as `{"value", "raw"}`.
    pub document: Map<String, Value>,
    /// Its validity.
    pub validity: ShownValidity,
    /// The provision asked for, where one was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provision: Option<ShownProvision>,
    /// Its provisions as a tree.
    pub outline: Vec<OutlineNode>,
    /// Its words, or those of the provision asked for.
    pub text: String,
    /// The same, block by block.
    pub blocks: Vec<Block>,
    /// How it stands to other documents.
    pub relations: Vec<ShownRelation>,
    /// Its originals and media.
    pub objects: Vec<ShownObject>,
    /// How old the shelf is that it comes from.
    pub shelf: ShelfAge,
}

/// Validity as shown to a reader.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ShownValidity {
    /// The state today.
    pub state: ValidityState,
    /// The same in Vietnamese.
    pub label: &'static str,
    /// The state that was recorded, which known dates may have moved on.
    pub recorded: ValidityState,
    /// The day on which that was last checked.
    pub as_of: Option<Date>,
    /// First day.
    pub effective: Option<Date>,
    /// The day on which it no longer applies.
    pub expires: Option<Date>,
    /// Units in which alone it holds.
    pub applies_in: Vec<String>,
}

/// The provision that was asked for.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ShownProvision {
    /// Its id.
    pub id: ProvisionId,
    /// How a reader cites it.
    pub label: String,
    /// The headings above it.
    pub path: String,
    /// Its own heading.
    pub heading: String,
}

/// One provision of the outline.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct OutlineNode {
    /// Its id; chapters have none.
    pub id: Option<ProvisionId>,
    /// What it is.
    pub level: Level,
    /// The marker as printed.
    pub marker: String,
    /// Its name.
    pub label: String,
    /// Its heading.
    pub heading: String,
    /// Whose provision it is.
    pub role: Role,
    /// The structure was not certain here.
    pub doubtful: bool,
    /// What stands in it.
    pub children: Vec<OutlineNode>,
}

/// A relation with what is known here of its far end.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ShownRelation {
    /// The relation as recorded.
    #[serde(flatten)]
    pub relation: Relation,
    /// The document on this shelf that it points to, where exactly one has that number.
    pub document: Option<shelf_law::DocumentId>,
    /// Whether the far end is on the shelf.
    pub on_shelf: bool,
    /// Title of the document on the shelf.
    pub title: Option<String>,
    /// Heading of the provision on the shelf, or of the Điều that it stands in.
    pub heading: Option<String>,
    /// State today of the document on the shelf.
    pub validity: Option<ValidityState>,
}

/// An original or media file.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ShownObject {
    /// What it is to the document.
    pub role: ObjectRole,
    /// File name.
    pub name: String,
    /// Media type.
    pub media_type: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256.
    pub sha256: String,
    /// The file on this machine, once it is here.
    pub path: Option<PathBuf>,
}

impl Library {
    /// Reads the document that `what` names: an id, a key of its source, a number or the name of its
    /// file, followed by `#` and a provision where only that is wanted: an id or, as people write it,
    /// `khoản 1 Điều 5`.
    pub fn show(&mut self, what: &str) -> Result<Shown, Error> {
        let (name, wanted) = split_place(what)?;
        let row = self.resolve(name)?;
        let today = self.today();
        let browse = &row.browse;
        if let Some(withdrawn) = &browse.withdrawn {
            let (on, reason) = (withdrawn.on.vietnamese(), &withdrawn.reason);
            let detail = format!("{name}: withdrawn from the shelf on {on}: {reason}");
            return Err(Error::new(ErrorCode::NotFound, detail).saying(
                &format!("Văn bản này đã rút khỏi tủ sách ngày {on}. Lý do: {reason}."),
                &format!("This document was withdrawn from the shelf on {on}. Reason: {reason}."),
            ));
        }
        let file = self.text_of(&row)?;
        let text = &file.text;
        let (range, shown_provision) = match &wanted {
            None => (0..text.blocks.len(), None),
            Some(wanted) => {
                let found = wanted.find(text).and_then(|id| Some((text.find(&id)?, id)));
                let (index, id) = found.ok_or_else(|| no_such_place(name, &row, text, wanted))?;
                let shown = ShownProvision {
                    id,
                    label: text.citation_label(index),
                    path: text.path_label(index),
                    heading: text.blocks[index].heading.clone(),
                };
                (text.subtree(index), Some(shown))
            }
        };
        let validity = &file.document.validity;
        let relations = file.document.relations.iter();
        Ok(Shown {
            document: fields(&file.document),
            validity: ShownValidity {
                state: validity.on(today),
                label: validity.on(today).vietnamese(),
                recorded: validity.state,
                as_of: validity.as_of,
                effective: validity.effective,
                expires: validity.expires,
                applies_in: file.document.applies_in.clone(),
            },
            provision: shown_provision,
            outline: outline(text),
            text: text.plain_text(range.clone()),
            blocks: text.blocks[range].to_vec(),
            relations: relations
                .map(|relation| self.shown_relation(relation, today))
                .collect::<Result<_, _>>()?,
            objects: row
                .objects
                .iter()
                .flat_map(|objects| &objects.objects)
                .map(|object| self.shown_object(object))
                .collect(),
            shelf: self.age(),
        })
    }

    /// The document that a name means: an id, a key of its source, or a number.
    pub(crate) fn resolve(&self, name: &str) -> Result<CatalogRow, Error> {
        let catalog = self.catalog()?;
        if let Ok(id) = name.parse()
            && let Some(row) = catalog.get(&id)?
        {
            return Ok(row);
        }
        let mut rows = catalog.by_source_key(name)?;
        // A key that reads as a number with its code may be one spelling of several acts' number.
        let number = DocumentNumber::parse(name);
        if let Some(number) = number.filter(|n| rows.is_empty() || !n.code().is_empty()) {
            for row in catalog.by_number_key(number.key())? {
                if !rows.iter().any(|known| known.browse.id == row.browse.id) {
                    rows.push(row);
                }
            }
        }
        if rows.is_empty() {
            rows = self.by_file_name(name)?;
        }
        if rows.len() > 1 && rows.iter().any(|row| row.browse.withdrawn.is_none()) {
            rows.retain(|row| row.browse.withdrawn.is_none());
        }
        match rows.len() {
            1 => Ok(rows.swap_remove(0)),
            0 => Err(Error::new(
                ErrorCode::NotFound,
                format!(
                    "{name}: no such document on this shelf; shelf search \"{name}\" may find it"
                ),
            )
            .saying(
                &format!("Không có văn bản “{name}” trên tủ sách này. Hãy tìm bằng shelf search."),
                &format!(
                    "There is no document “{name}” on this shelf. Look for it with shelf search."
                ),
            )),
            _ => {
                let ids: Vec<String> = rows.iter().map(|r| r.browse.id.to_string()).collect();
                let ids = ids.join(" ");
                Err(Error::new(
                    ErrorCode::Ambiguous,
                    format!("{name}: several documents have it, name one by id: {ids}"),
                )
                .saying(
                    &format!(
                        "Có nhiều văn bản mang tên “{name}”. Hãy chỉ một văn bản bằng mã: {ids}."
                    ),
                    &format!("Several documents are called “{name}”. Name one by its id: {ids}."),
                ))
            }
        }
    }

    /// The documents whose origin was a file of this name. Reads all rows: only for a name that is
    /// nothing else.
    fn by_file_name(&self, name: &str) -> Result<Vec<CatalogRow>, Error> {
        let mut rows = Vec::new();
        let Some((_, ending)) = name.rsplit_once('.') else {
            return Ok(rows);
        };
        if ending.is_empty() || ending.len() > 5 {
            return Ok(rows);
        }
        let is_named = |path: &str| path.rsplit(['/', '\\']).next() == Some(name);
        self.catalog()?.for_each(|row| {
            let originals = row.objects.iter().flat_map(|objects| &objects.objects);
            let mut originals = originals.filter(|object| object.role == ObjectRole::Original);
            if is_named(&row.browse.source_key) || originals.any(|object| is_named(&object.name)) {
                rows.push(row);
            }
            Ok::<_, Error>(())
        })?;
        Ok(rows)
    }

    fn shown_relation(&self, relation: &Relation, today: Date) -> Result<ShownRelation, Error> {
        let catalog = self.catalog()?;
        let candidates = match (&relation.to.document, &relation.to.number) {
            (Some(id), _) => catalog.get(id)?.into_iter().collect(),
            (None, Some(number)) => match DocumentNumber::parse(number) {
                Some(number) => catalog.by_number_key(number.key())?,
                None => Vec::new(),
            },
            (None, None) => Vec::new(),
        };
        // Several acts may share a number: then none is named, rather than a wrong one.
        let target = match candidates.as_slice() {
            [one] => Some(one),
            _ => None,
        };
        let heading = match (target, &relation.to.provision) {
            (Some(target), Some(provision)) => {
                let row = catalog.headings(&target.browse.id)?;
                row.and_then(|row| nearest_heading(&row, provision))
            }
            _ => None,
        };
        Ok(ShownRelation {
            relation: relation.clone(),
            document: target.map(|row| row.browse.id.clone()),
            on_shelf: !candidates.is_empty(),
            title: target.map(|row| row.browse.title.clone()),
            heading,
            validity: target.map(|row| row.browse.validity.on(today)),
        })
    }

    fn shown_object(&self, object: &ObjectRef) -> ShownObject {
        ShownObject {
            role: object.role,
            name: object.name.clone(),
            media_type: object.media_type.clone(),
            size: object.blob.size,
            sha256: object.blob.sha256.to_string(),
            path: self.object_path(&object.blob.sha256),
        }
    }
}

/// The heading of a provision, or of the nearest one that it stands in: a khoản has none of its own.
fn nearest_heading(row: &HeadingRow, provision: &ProvisionId) -> Option<String> {
    let mut id = provision.as_str();
    loop {
        if let Some((_, heading)) = row.headings.iter().find(|(known, _)| known.as_str() == id) {
            return Some(heading.clone());
        }
        (id, _) = id.rsplit_once('.')?;
    }
}

fn fields(document: &shelf_law::Document) -> Map<String, Value> {
    let plain = |value: Value| json!({ "value": value, "raw": null });
    let mut out = Map::new();
    out.insert("id".into(), plain(json!(document.id)));
    out.insert("source".into(), plain(json!(document.source)));
    out.insert("source_key".into(), plain(json!(document.source_key)));
    out.insert("collection".into(), plain(json!(document.collection)));
    out.insert("product".into(), plain(json!(document.product)));
    for name in shelf_law::FieldName::ALL {
        let field = document.fields.0.get(&name).cloned().unwrap_or_default();
        let key = serde_json::to_value(name).ok();
        if let Some(Value::String(key)) = key {
            out.insert(key, json!(field));
        }
    }
    out.insert("applies_in".into(), plain(json!(document.applies_in)));
    out.insert("notes".into(), plain(json!(document.notes)));
    if !document.extra.is_empty() {
        out.insert("extra".into(), plain(json!(document.extra)));
    }
    out
}

/// The tree of everything that can be opened, in reading order.
fn outline(text: &DocumentText) -> Vec<OutlineNode> {
    let mut open: Vec<(u8, OutlineNode)> = Vec::new();
    let mut top = Vec::new();
    let close = |open: &mut Vec<(u8, OutlineNode)>, top: &mut Vec<OutlineNode>| {
        if let Some((_, node)) = open.pop() {
            match open.last_mut() {
                Some((_, parent)) => parent.children.push(node),
                None => top.push(node),
            }
        }
    };
    for block in text.blocks.iter().filter(|block| block.is_container()) {
        while open.last().is_some_and(|(depth, _)| *depth >= block.depth) {
            close(&mut open, &mut top);
        }
        open.push((
            block.depth,
            OutlineNode {
                id: block.id.clone(),
                level: block.level,
                marker: block.marker.clone(),
                label: block.label.clone(),
                heading: block.heading.clone(),
                role: block.role,
                doubtful: block.doubtful,
                children: Vec::new(),
            },
        ));
    }
    while !open.is_empty() {
        close(&mut open, &mut top);
    }
    top
}
