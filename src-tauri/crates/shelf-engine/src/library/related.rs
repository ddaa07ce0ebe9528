//! How a document stands to others, and they to it.

use super::Library;
use super::line::DocumentLine;
use super::page::place_words;
use super::relations::{FarEnd, number_key};
use crate::Error;
use shelf_law::{Date, DocumentFile, ProvisionId, RelationKind};
use shelf_repo::HeadingRow;
use shelf_store::{CatalogRow, StoredRelation};

/// Rows of one group that are made; the group says how many there are.
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
    /// How many there are.
    pub total: usize,
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
            push(&mut related.groups, Direction::Out, kind, rows, 0);
        }
        let key = row.browse.id.key();
        let number = number_key(&row.browse);
        let counts = self.with_relations(|index| index.counts_towards(key, number.as_deref()))?;
        let own_headings = self.catalog.headings(&row.browse.id)?;
        for kind in KINDS {
            let Some((_, total)) = counts.iter().find(|(known, _)| *known == kind) else {
                continue;
            };
            let towards =
                self.with_relations(|index| index.towards(key, number.as_deref(), kind, MOST))?;
            let mut rows = Vec::new();
            let mut aside = 0;
            for relation in towards {
                let Some(other) = self.catalog.by_key(relation.source)? else {
                    aside += 1;
                    continue;
                };
                if other.browse.withdrawn.is_some() {
                    aside += 1;
                    continue;
                }
                let is_material = other.browse.product.is_some() && kind == RelationKind::Basis;
                let line = self.line_with_basis(other)?;
                if is_material {
                    aside += 1;
                    // One leaflet may rest on several provisions of an act.
                    if !related.materials.iter().any(|m| m.id == line.id) {
                        related.materials.push(line);
                    }
                    continue;
                }
                if kind == RelationKind::Consolidates {
                    related.consolidated.push(line.clone());
                }
                rows.push(received_row(relation, line, file, own_headings.as_ref()));
            }
            let total = total.saturating_sub(aside);
            push(&mut related.groups, Direction::In, kind, rows, total);
        }
        let newest = |line: &DocumentLine| std::cmp::Reverse(day_of_line(line));
        related.materials.sort_by_key(newest);
        related.consolidated.sort_by_key(newest);
        Ok(related)
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

fn push(
    groups: &mut Vec<RelationGroup>,
    direction: Direction,
    kind: RelationKind,
    rows: Vec<RelationRow>,
    total: usize,
) {
    if !rows.is_empty() {
        groups.push(RelationGroup {
            direction,
            kind,
            total: total.max(rows.len()),
            rows,
        });
    }
}

fn day_of_line(line: &DocumentLine) -> Option<Date> {
    line.issued.or(line.validity.effective)
}
