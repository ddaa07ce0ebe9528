//! The page of a document.

use crate::dto;
use shelf_engine::law::{FieldName, RelationKind};
use shelf_engine::library;

/// The code of a closed list, as it stands in files.
fn code(value: impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(code)) => code,
        _ => String::new(),
    }
}

same_names!(library::ProvisionState => dto::ProvisionState {
    NoChangeKnown, MayBeAmended, Amended, Repealed, Suspended, Unknown,
});
same_names!(library::Direction => dto::Direction { Out, In });
same_names!(library::ObjectRole => dto::ObjectRole {
    Original, Image, Video, Audio, Subtitles, Poster,
});

impl dto::DocumentPage {
    /// The page with what the reader's own data add to it.
    pub(crate) fn of(
        page: library::Page,
        position: Option<dto::Position>,
        territory: dto::Territory,
        marks: Vec<dto::Mark>,
    ) -> dto::DocumentPage {
        let field = |(name, field): (FieldName, shelf_engine::law::Field)| dto::FieldRow {
            name: code(name),
            value: field.value,
            raw: field.raw,
        };
        dto::DocumentPage {
            line: page.line.into(),
            fields: page.fields.into_iter().map(field).collect(),
            notes: page.notes,
            outline: page.outline.into_iter().map(Into::into).collect(),
            blocks: page.blocks,
            no_text: page.no_text.map(|why| match why {
                library::NoText::Withdrawn(_) => dto::NoText::Withdrawn,
                library::NoText::CollectionNotTaken(_) => dto::NoText::CollectionNotTaken,
                library::NoText::NotReceived => dto::NoText::NotReceived,
                library::NoText::Damaged(_) => dto::NoText::Damaged,
            }),
            objects: page.objects.into_iter().map(Into::into).collect(),
            effects: page.effects.into_iter().map(Into::into).collect(),
            relations: page.relations.into_iter().map(Into::into).collect(),
            relations_pending: !page.relations_are_current,
            validity_count: page.validity_count,
            related_count: page.related_count,
            materials: page.materials.into_iter().map(Into::into).collect(),
            consolidated: page.consolidated.into_iter().map(Into::into).collect(),
            citation: page.citation,
            revision: page
                .revision
                .map(|hash| hash.to_string())
                .unwrap_or_default(),
            position,
            territory,
            marks,
        }
    }
}

impl From<library::PageObject> for dto::ObjectRow {
    fn from(object: library::PageObject) -> dto::ObjectRow {
        dto::ObjectRow {
            sha256: object.sha256.to_string(),
            role: object.role.into(),
            name: object.name,
            media_type: object.media_type,
            size: object.size,
            here: object.here,
        }
    }
}

impl From<library::PageNode> for dto::OutlineNode {
    fn from(node: library::PageNode) -> dto::OutlineNode {
        dto::OutlineNode {
            id: node.id.map(|id| id.to_string()),
            level: code(node.level),
            label: node.label,
            heading: node.heading,
            state: node.state.into(),
            block: node.block,
            doubtful: node.doubtful,
            children: node.children.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<library::PageBlock> for dto::Block {
    fn from(block: library::PageBlock) -> dto::Block {
        dto::Block {
            index: block.index,
            level: code(block.level),
            depth: block.depth,
            id: block.id.map(|id| id.to_string()),
            marker: block.marker,
            label: block.label,
            heading: block.heading,
            text: block.text,
            rows: block.rows,
            quoted: block.quoted,
            doubtful: block.doubtful,
            page: block.page,
            time_ms: block.time_ms,
            lang: block.lang.map(str::to_owned),
            links: block.links.into_iter().map(Into::into).collect(),
            state: block.state.into(),
            effects: block.effects,
        }
    }
}

impl From<library::PageBlocks> for dto::Blocks {
    fn from(blocks: library::PageBlocks) -> dto::Blocks {
        dto::Blocks {
            from: blocks.from,
            blocks: blocks.blocks.into_iter().map(Into::into).collect(),
            total: blocks.total,
        }
    }
}

impl From<library::Link> for dto::Link {
    fn from(link: library::Link) -> dto::Link {
        let target = link.target;
        dto::Link {
            from: link.from,
            to: link.to,
            target: dto::LinkTarget {
                document: target.document.map(|id| id.to_string()),
                number: target.number,
                provision: target.provision.map(|id| id.to_string()),
                on_shelf: target.on_shelf,
                same: target.same,
            },
        }
    }
}

impl From<library::Effect> for dto::Effect {
    fn from(effect: library::Effect) -> dto::Effect {
        let number = effect.by.number.clone();
        dto::Effect {
            provision: effect.provision.map(|id| id.to_string()),
            label: effect.label,
            heading: effect.heading,
            kind: match effect.kind {
                RelationKind::Replaces => dto::EffectKind::Replaces,
                RelationKind::Repeals => dto::EffectKind::Repeals,
                RelationKind::Suspends => dto::EffectKind::Suspends,
                RelationKind::Corrects => dto::EffectKind::Corrects,
                RelationKind::MovesPower => dto::EffectKind::MovesPower,
                _ => dto::EffectKind::Amends,
            },
            certain: effect.certain,
            by: Some(effect.by.into()),
            by_number: number,
            by_provision: effect.by_provision.map(|id| id.to_string()),
            from: effect.from.map(|day| day.to_string()),
            quote: effect.quote,
        }
    }
}

impl From<library::RelationGroup> for dto::RelationGroup {
    fn from(group: library::RelationGroup) -> dto::RelationGroup {
        dto::RelationGroup {
            direction: group.direction.into(),
            kind: code(group.kind),
            rows: group.rows.into_iter().map(Into::into).collect(),
            total: group.total,
            next: group.next,
        }
    }
}

impl From<library::MoreRelated> for dto::MoreRelated {
    fn from(more: library::MoreRelated) -> dto::MoreRelated {
        dto::MoreRelated {
            rows: more.rows.into_iter().map(Into::into).collect(),
            materials: more.materials.into_iter().map(Into::into).collect(),
            next: more.next,
        }
    }
}

impl From<library::RelationRow> for dto::RelationRow {
    fn from(row: library::RelationRow) -> dto::RelationRow {
        let label = |id: Option<shelf_engine::law::ProvisionId>, label: Option<String>| {
            id.map(|id| dto::ProvisionLabel {
                id: id.to_string(),
                label: label.unwrap_or_default(),
                path: String::new(),
            })
        };
        dto::RelationRow {
            document: row.document.map(Into::into),
            number: row.number,
            title: row.title,
            provision: label(row.provision, row.provision_label),
            heading: row.heading,
            from: label(row.from, row.from_label),
            quote: row.quote,
            on_shelf: row.on_shelf,
            several: row.several,
        }
    }
}

impl From<library::Popover> for dto::Popover {
    fn from(popover: library::Popover) -> dto::Popover {
        dto::Popover {
            document: popover.line.into(),
            provision: popover.provision.map(|(id, label)| dto::ProvisionLabel {
                id: id.to_string(),
                label,
                path: String::new(),
            }),
            heading: popover.heading,
            blocks: popover.blocks.into_iter().map(Into::into).collect(),
            citation: popover.citation,
            effects: popover.affected.into_iter().map(Into::into).collect(),
            cut: popover.cut,
        }
    }
}

impl From<library::FoundInBlock> for dto::FoundRange {
    fn from(found: library::FoundInBlock) -> dto::FoundRange {
        let (part, cell) = match found.part {
            library::BlockPart::Heading => (dto::BlockPart::Heading, None),
            library::BlockPart::Text => (dto::BlockPart::Text, None),
            library::BlockPart::Cell(row, column) => (dto::BlockPart::Cell, Some((row, column))),
        };
        dto::FoundRange {
            block: found.block,
            part,
            cell,
            from: found.from,
            to: found.to,
        }
    }
}

impl From<library::Cue> for dto::Cue {
    fn from(cue: library::Cue) -> dto::Cue {
        dto::Cue {
            id: cue.id.to_string(),
            from_ms: cue.from_ms,
            to_ms: cue.to_ms,
            text: cue.text,
        }
    }
}
