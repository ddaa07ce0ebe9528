//! How a document stands to others, and they to it.

use super::Library;
use super::line::DocumentLine;
use super::page::place_words;
use super::relations::{FarEnd, number_key};
use crate::Error;
use shelf_law::{Date, DocumentFile, DocumentId, ProvisionId, RelationKind};
use shelf_repo::HeadingRow;
use shelf_store::{CatalogRow, StoredRelation};

/// Relations that one group, or one answer, takes; the rest is asked for.
const MOST: usize = 200;

/// Which way a relation points.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Direction {
    /// The document of the page states it.
    Out,
    /// Another document states it of this one.
    In,
}

/// The relations of one kind and direction.
#[derive(Clone, PartialEq, Debug)]
pub struct RelationGroup {
    /// Which way.
    pub direction: Direction,
    /// Of which kind.
    pub kind: RelationKind,
    /// As the document states them; what others state, newest first, 200 at most.
    pub rows: Vec<RelationRow>,
    /// How many there are. Where more follow, materials and what was withdrawn count among those.
    pub total: usize,
    /// Where more begin ([`Library::related_more`]); `None` where these are all.
    pub next: Option<usize>,
}

/// More of what other documents state of one.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct MoreRelated {
    /// Newest first; none of a product that rests on the document.
    pub rows: Vec<RelationRow>,
    /// Products that rest on the document.
    pub materials: Vec<DocumentLine>,
    /// Where more begin; `None` at the end.
    pub next: Option<usize>,
}

/// One relation.
#[derive(Clone, PartialEq, Debug)]
pub struct RelationRow {
    /// The other document, where exactly one on the shelf is meant.
    pub document: Option<DocumentLine>,
    /// Its number, as known.
    pub number: Option<String>,
    /// Its title, as known.
    pub title: Option<String>,
    /// The provision at the other document's end.
    pub provision: Option<ProvisionId>,
    /// How a reader cites it.
    pub provision_label: Option<String>,
    /// Its heading, or that of the Điều that it stands in.
    pub heading: Option<String>,
    /// The provision at this document's end.
    pub from: Option<ProvisionId>,
    /// How a reader cites it.
    pub from_label: Option<String>,
    /// The words that prove it.
    pub quote: Option<String>,
    /// Whether the other end is on the shelf.
    pub on_shelf: bool,
    /// Several acts of the shelf share the number, so none is named.
    pub several: bool,
}

/// What is related to a document.
pub(crate) struct Related {
    pub(crate) groups: Vec<RelationGroup>,
    pub(crate) materials: Vec<DocumentLine>,
    pub(crate) consolidated: Vec<DocumentLine>,
}

/// Kinds in the order in which a reader asks for them.
const KINDS: [RelationKind; 12] = [
    RelationKind::Basis,
    RelationKind::Guides,
    RelationKind::Amends,
    RelationKind::Replaces,
    RelationKind::Repeals,
    RelationKind::Corrects,
    RelationKind::Suspends,
    RelationKind::MovesPower,
    RelationKind::Consolidates,
    RelationKind::Interprets,
    RelationKind::Cites,
    RelationKind::Related,
];

impl Library {
    pub(crate) fn related(
        &mut self,
        row: &CatalogRow,
        file: Option<&DocumentFile>,
    ) -> Result<Related, Error> {
        let mut related = Related {
            groups: Vec::new(),
            materials: Vec::new(),
            consolidated: Vec::new(),
        };
        for kind in KINDS {
            let rows = match file {
                Some(file) => self.stated_rows(kind, file)?,
                None => Vec::new(),
            };
            let group = RelationGroup {
                direction: Direction::Out,
                kind,
                total: rows.len(),
                rows,
                next: None,
            };
            push(&mut related.groups, group);
        }
        let number = number_key(&row.browse);
        let key = row.browse.id.key();
        let counts = self.with_relations(|index| index.counts_towards(key, number.as_deref()))?;
        for kind in KINDS {
            let Some((_, total)) = counts.iter().find(|(known, _)| *known == kind) else {
                continue;
            };
            let received = self.received(row, file, kind, 0)?;
            if kind == RelationKind::Consolidates {
                let documents = received.rows.iter().filter_map(|row| row.document.clone());
                related.consolidated.extend(documents);
            }
            related.materials.extend(received.materials);
            let rest = received.next.map(|_| total.saturating_sub(MOST));
            let total = received.rows.len() + rest.unwrap_or_default();
            push(
                &mut related.groups,
                RelationGroup {
                    direction: Direction::In,
                    kind,
                    rows: received.rows,
                    total,
                    next: received.next,
                },
            );
        }
        let newest = |line: &DocumentLine| std::cmp::Reverse(day_of_line(line));
        related.materials.sort_by_key(newest);
        related.consolidated.sort_by_key(newest);
        Ok(related)
    }

    /// What other documents state of this one, from where a group of its page, or an earlier answer,
    /// says that more begins.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`](crate::ErrorCode::NotFound) for an id that the shelf does not know.
    pub fn related_more(
        &mut self,
        id: &DocumentId,
        kind: RelationKind,
        after: usize,
    ) -> Result<MoreRelated, Error> {
        self.prepare_relations();
        let row = self.row_of(id)?;
        let (file, _) = self.text_or_reason(&row)?;
        self.received(&row, file.as_deref(), kind, after)
    }

    fn received(
        &mut self,
        row: &CatalogRow,
        file: Option<&DocumentFile>,
        kind: RelationKind,
        after: usize,
    ) -> Result<MoreRelated, Error> {
        let key = row.browse.id.key();
        let number = number_key(&row.browse);
        let own_headings = self.catalog.headings(&row.browse.id)?;
        // One more than are made tells whether there are more.
        let range = (after, MOST + 1);
        let mut towards =
            self.with_relations(|index| index.towards(key, number.as_deref(), kind, range))?;
        let mut more = MoreRelated {
            next: (towards.len() > MOST).then(|| after.saturating_add(MOST)),
            ..MoreRelated::default()
        };
        towards.truncate(MOST);
        for relation in towards {
            let Some(other) = self.catalog.by_key(relation.source)? else {
                continue;
            };
            if other.browse.withdrawn.is_some() {
                continue;
            }
            let is_material = other.browse.product.is_some() && kind == RelationKind::Basis;
            let line = self.line_with_basis(other)?;
            if !is_material {
                let row = received_row(relation, line, file, own_headings.as_ref());
                more.rows.push(row);
            } else if !more.materials.iter().any(|m| m.id == line.id) {
                // One leaflet may rest on several provisions of an act.
                more.materials.push(line);
            }
        }
        Ok(more)
    }

    fn stated_rows(
        &mut self,
        kind: RelationKind,
        file: &DocumentFile,
    ) -> Result<Vec<RelationRow>, Error> {
        let mut rows = Vec::new();
        let stated = file.document.relations.iter().filter(|r| r.kind == kind);
        for relation in stated {
            let to = &relation.to;
            let (document, several, on_shelf) =
                match self.far_end(to.document.as_ref(), to.number.as_deref())? {
                    FarEnd::One(row) => (Some(*row), false, true),
                    FarEnd::Several => (None, true, true),
                    FarEnd::Absent => (None, false, false),
                };
            let place = match (&to.provision, &document) {
                (Some(id), Some(row)) => {
                    let headings = self.catalog.headings(&row.browse.id)?;
                    Some(place_words(id, None, headings.as_ref()))
                }
                (Some(id), None) => Some(place_words(id, None, None)),
                (None, _) => None,
            };
            let number = document.as_ref().and_then(|row| row.browse.number.clone());
            let title = document.as_ref().map(|row| row.browse.title.clone());
            rows.push(RelationRow {
                number: number.or_else(|| to.number.clone()),
                title: title.or_else(|| to.title.clone()),
                provision: to.provision.clone(),
                provision_label: place.as_ref().map(|(_, label, _)| label.clone()),
                heading: place.and_then(|(.., heading)| said(heading)),
                from: relation.from.clone(),
                from_label: relation
                    .from
                    .as_ref()
                    .map(|id| place_words(id, Some(&file.text), None).1),
                quote: relation.quote.clone(),
                on_shelf,
                several,
                document: document.map(|row| self.line_with_basis(row)).transpose()?,
            });
        }
        Ok(rows)
    }
}

/// What another document states of this one.
fn received_row(
    relation: StoredRelation,
    line: DocumentLine,
    file: Option<&DocumentFile>,
    own_headings: Option<&HeadingRow>,
) -> RelationRow {
    let near = relation
        .provision
        .as_ref()
        .map(|id| place_words(id, file.map(|file| &file.text), own_headings));
    RelationRow {
        number: line.number.clone(),
        title: Some(line.title.clone()),
        provision_label: relation
            .from
            .as_ref()
            .map(|id| place_words(id, None, None).1),
        provision: relation.from,
        heading: near
            .as_ref()
            .and_then(|(.., heading)| said(heading.clone())),
        from: relation.provision,
        from_label: near.map(|(_, label, _)| label),
        quote: relation.quote,
        on_shelf: true,
        several: false,
        document: Some(line),
    }
}

fn said(words: String) -> Option<String> {
    (!words.is_empty()).then_some(words)
}

/// A group without a row is told only where rows come later.
fn push(groups: &mut Vec<RelationGroup>, group: RelationGroup) {
    if !group.rows.is_empty() || group.next.is_some() {
        groups.push(group);
    }
}

fn day_of_line(line: &DocumentLine) -> Option<Date> {
    line.issued.or(line.validity.effective)
}
