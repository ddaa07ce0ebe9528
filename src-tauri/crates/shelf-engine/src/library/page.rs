//! The page of one document: everything that stands around its words. Made without reading any other
//! text, so that a code of seven hundred articles opens at once; the words come window by window
//! ([`Library::blocks`]).

use super::Library;
use super::effects::ActEffects;
use super::line::{DocumentLine, is_sample};
use super::outline::{PageNode, outline, outline_of_headings};
use super::related::RelationGroup;
use super::words::words_of;
use crate::{Error, ErrorCode};
use shelf_law::{
    CollectionId, ContentHash, Date, DocumentFile, DocumentId, DocumentText, Field, FieldName,
    ProvisionId, RelationKind,
};
use shelf_repo::{BrowseRow, HeadingRow, ObjectRole, Withdrawn};
use shelf_store::CatalogRow;
use std::sync::Arc;

/// The page of a document.
#[derive(Clone, PartialEq, Debug)]
pub struct Page {
    /// The document in one line.
    pub line: DocumentLine,
    /// Why there are no words to read; `None` where there are.
    pub no_text: Option<NoText>,
    /// Every field that is known, in the order in which a reader expects them.
    pub fields: Vec<(FieldName, Field)>,
    /// What a person should know before trusting the text.
    pub notes: Vec<String>,
    /// Its parts down to the Điều, with the khoản and điểm of which something is known. Where the
    /// text is not here: the headings that the catalogue knows, each with block 0.
    pub outline: Vec<PageNode>,
    /// Blocks of its text.
    pub blocks: usize,
    /// Its originals and media.
    pub objects: Vec<PageObject>,
    /// The text's hash.
    pub revision: Option<ContentHash>,
    /// What other acts did to it, in the order of its provisions.
    pub effects: Vec<Effect>,
    /// How it stands to other documents and they to it; without `materials`.
    pub relations: Vec<RelationGroup>,
    /// Products that rest on it, newest first.
    pub materials: Vec<DocumentLine>,
    /// Consolidated texts of it, newest first.
    pub consolidated: Vec<DocumentLine>,
    /// The words with which one cites it.
    pub citation: String,
    /// Things to know about its validity: effects and consolidated texts.
    pub validity_count: usize,
    /// Documents that it is related to: rows of all groups, and materials.
    pub related_count: usize,
    /// Whether what others say of it is that of this very shelf; otherwise some may be missing.
    pub relations_are_current: bool,
}

/// Why a document has no words to read here.
#[derive(Clone, PartialEq, Debug)]
pub enum NoText {
    /// It was withdrawn from the shelf.
    Withdrawn(Withdrawn),
    /// Its collection is not kept on this machine.
    CollectionNotTaken(CollectionId),
    /// It has not been received yet.
    NotReceived,
    /// The copy on this machine is damaged; the words say how.
    Damaged(String),
}

/// An original or media file.
#[derive(Clone, PartialEq, Debug)]
pub struct PageObject {
    /// SHA-256 of its bytes.
    pub sha256: ContentHash,
    /// What it is to the document.
    pub role: ObjectRole,
    /// File name to offer when it is taken out.
    pub name: String,
    /// IANA media type.
    pub media_type: String,
    /// Its bytes.
    pub size: u64,
    /// Whether it is on this machine. Whether it is sound there, opening it tells.
    pub here: bool,
}

/// What another act did to a provision of this one, or to all of it.
#[derive(Clone, PartialEq, Debug)]
pub struct Effect {
    /// The provision of this act; `None` for the act as a whole.
    pub provision: Option<ProvisionId>,
    /// How a reader cites that provision; empty for the whole act.
    pub label: String,
    /// Its heading, or that of the Điều that it stands in.
    pub heading: String,
    /// Amends, Replaces, Repeals, Corrects, Suspends or MovesPower.
    pub kind: RelationKind,
    /// Whether the publisher named the provision; otherwise it reads "có thể đã".
    pub certain: bool,
    /// The act that did it.
    pub by: DocumentLine,
    /// The provision of that act that says so.
    pub by_provision: Option<ProvisionId>,
    /// First day of that act. A day that has not come changes no state yet.
    pub from: Option<Date>,
    /// The words that prove it.
    pub quote: Option<String>,
}

impl Library {
    /// The page of a document. One that was withdrawn, or whose text is not here, has a page too.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] for an id that the shelf does not know.
    pub fn page(&mut self, id: &DocumentId) -> Result<Page, Error> {
        self.prepare_relations();
        let row = self.row_of(id)?;
        let (file, no_text) = self.text_or_reason(&row)?;
        let known = self.effects_on(&row)?;
        let headings = match &file {
            Some(_) => None,
            None => self.catalog.headings(id)?,
        };
        let effects = self.effects_of(&known, file.as_deref(), headings.as_ref())?;
        let related = self.related(&row, file.as_deref())?;
        let outline = match (&file, &headings) {
            (Some(file), _) => outline(&file.text, &known),
            (None, Some(headings)) => outline_of_headings(headings, &known),
            (None, None) => Vec::new(),
        };
        let citation = self.citation_words(&row, file.as_deref(), None)?;
        let objects = row.objects.iter().flat_map(|objects| &objects.objects);
        let objects = objects
            .map(|object| PageObject {
                sha256: object.blob.sha256,
                role: object.role,
                name: object.name.clone(),
                media_type: object.media_type.clone(),
                size: object.blob.size,
                here: self.texts.objects().has(&object.blob.sha256),
            })
            .collect();
        let notes = file
            .as_ref()
            .map_or_else(Vec::new, |file| file.document.notes.clone());
        let rows: usize = related.groups.iter().map(|group| group.total).sum();
        let revision = row.objects.as_ref().map(|objects| objects.text.sha256);
        let mut line = self.line_with_basis(row.clone())?;
        line.sample |= notes.iter().any(|note| is_sample(note));
        Ok(Page {
            no_text,
            fields: match &file {
                Some(file) => fields(file),
                None => fields_of_row(&row.browse),
            },
            notes,
            outline,
            blocks: file.as_ref().map_or(0, |file| file.text.blocks.len()),
            objects,
            revision: revision.filter(|_| file.is_some()),
            validity_count: effects.len() + related.consolidated.len(),
            related_count: rows + related.materials.len(),
            effects,
            relations: related.groups,
            materials: related.materials,
            consolidated: related.consolidated,
            citation,
            relations_are_current: self.derived.relations_are_current,
            line,
        })
    }

    pub(crate) fn row_of(&self, id: &DocumentId) -> Result<CatalogRow, Error> {
        self.catalog.get(id)?.ok_or_else(|| {
            Error::new(
                ErrorCode::NotFound,
                format!("{id}: no such document on this shelf"),
            )
        })
    }

    /// The words of a row, or why there are none.
    pub(crate) fn text_or_reason(
        &mut self,
        row: &CatalogRow,
    ) -> Result<(Option<Arc<DocumentFile>>, Option<NoText>), Error> {
        if let Some(withdrawn) = &row.browse.withdrawn {
            return Ok((None, Some(NoText::Withdrawn(withdrawn.clone()))));
        }
        if row.objects.is_none() {
            let collection = row.browse.collection.clone();
            return Ok((None, Some(NoText::CollectionNotTaken(collection))));
        }
        match self.text_of(row) {
            Ok(file) => Ok((Some(file), None)),
            Err(error) if error.code == ErrorCode::NotOnThisMachine => {
                Ok((None, Some(NoText::NotReceived)))
            }
            Err(error) if error.code == ErrorCode::Damaged => {
                Ok((None, Some(NoText::Damaged(error.words))))
            }
            Err(error) => Err(error),
        }
    }

    /// The effects on an act as a reader sees them, in the order of its provisions.
    pub(crate) fn effects_of(
        &mut self,
        known: &ActEffects,
        file: Option<&DocumentFile>,
        headings: Option<&HeadingRow>,
    ) -> Result<Vec<Effect>, Error> {
        let mut effects = Vec::with_capacity(known.known.len());
        for effect in &known.known {
            let Some(acting) = self.catalog.by_key(effect.by)? else {
                continue;
            };
            let provision = effect.provision.as_ref();
            let (at, label, heading) = match provision {
                None => (0, String::new(), String::new()),
                Some(id) => place_words(id, file.map(|file| &file.text), headings),
            };
            effects.push((
                at,
                Effect {
                    provision: effect.provision.clone(),
                    label,
                    heading,
                    kind: effect.kind,
                    certain: effect.certain,
                    by: self.line_with_basis(acting)?,
                    by_provision: effect.by_provision.clone(),
                    from: effect.from,
                    quote: effect.quote.clone(),
                },
            ));
        }
        // The whole act first, then as the act goes; the newest change of one place last.
        effects.sort_by(|(at, one), (other_at, other)| {
            let key = |effect: &Effect| (effect.provision.is_some(), effect.from);
            let (one, other) = (key(one), key(other));
            one.0
                .cmp(&other.0)
                .then(at.cmp(other_at))
                .then(one.1.cmp(&other.1))
        });
        Ok(effects.into_iter().map(|(_, effect)| effect).collect())
    }
}

/// Where a provision stands, how a reader cites it, and its heading or that of what it stands in.
pub(crate) fn place_words(
    id: &ProvisionId,
    text: Option<&DocumentText>,
    headings: Option<&HeadingRow>,
) -> (usize, String, String) {
    let heading = |id: &str| {
        if let Some(text) = text {
            let block = text
                .blocks
                .iter()
                .find(|block| block.id.as_ref().is_some_and(|own| own.as_str() == id))?;
            return Some(block.heading.clone()).filter(|heading| !heading.is_empty());
        }
        let known = headings?
            .headings
            .iter()
            .find(|(own, _)| own.as_str() == id)?;
        Some(known.1.clone())
    };
    let mut nearest = None;
    let mut above = id.as_str();
    loop {
        if let Some(found) = heading(above) {
            nearest = Some(found);
            break;
        }
        // The title of a whole regulation is no heading of what stands in it.
        match above.rsplit_once('.') {
            Some((outer, _)) if outer.contains("dieu_") || outer.contains("muc_") => above = outer,
            _ => break,
        }
    }
    let at = text.and_then(|text| text.find(id));
    let label = match (at, text) {
        (Some(at), Some(text)) => text.citation_label(at),
        _ => words_of(id, ""),
    };
    let at = at.or_else(|| {
        let text = text?;
        let (outer, _) = id.as_str().rsplit_once('.')?;
        text.find(&outer.parse().ok()?)
    });
    (at.unwrap_or(usize::MAX), label, nearest.unwrap_or_default())
}

fn fields(file: &DocumentFile) -> Vec<(FieldName, Field)> {
    let known = &file.document.fields.0;
    FieldName::ALL
        .into_iter()
        .filter_map(|name| Some((name, known.get(&name)?.clone())))
        .collect()
}

/// What the catalogue knows of a document whose text is not here.
fn fields_of_row(row: &BrowseRow) -> Vec<(FieldName, Field)> {
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    let said = [
        (FieldName::Number, row.number.clone()),
        (FieldName::Kind, row.kind.clone()),
        (FieldName::Title, Some(row.title.clone())),
        (FieldName::Issuer, row.issuer.clone()),
        (FieldName::Issued, day(row.issued)),
        (FieldName::Effective, day(row.validity.effective)),
        (FieldName::Expires, day(row.validity.expires)),
        (
            FieldName::Status,
            Some(row.validity.state.code().to_string()),
        ),
        (FieldName::StatusAsOf, day(row.validity.as_of)),
        (FieldName::Topic, row.topic.clone()),
    ];
    said.into_iter()
        .filter_map(|(name, value)| {
            Some((
                name,
                Field {
                    value: Some(value?),
                    raw: None,
                },
            ))
        })
        .collect()
}
