//! The page of one document.

use crate::dto::{
    Blocks, DocumentPage, Failure, FoundRange, LinkTarget, MoreRelated, Place, Popover, Position,
    Territory,
};
use crate::shell::{Shell, Sitting};
use shelf_engine::law::{DocumentId, ProvisionId, RelationKind};
use shelf_engine::profile::{MarkFilter, Settings};
use shelf_engine::{Error, library};
use std::str::FromStr;
use tauri::State;

/// A value that the page sent as text.
pub(crate) fn parsed<T: FromStr>(text: &str) -> Result<T, Failure>
where
    T::Err: std::fmt::Display,
{
    text.parse().map_err(|error| Failure {
        code: "argument".to_owned(),
        detail: format!("{text}: {error}"),
    })
}

/// A provision, where the page names one.
pub(crate) fn provision_of(text: Option<String>) -> Result<Option<ProvisionId>, Failure> {
    text.as_deref().map(parsed).transpose()
}

#[tauri::command]
pub(crate) async fn document(shell: State<'_, Shell>, id: String) -> Result<DocumentPage, Failure> {
    let id: DocumentId = parsed(&id)?;
    shell.run(move |desk| page_of(desk, &id)).await
}

fn page_of(desk: &Sitting, id: &DocumentId) -> Result<DocumentPage, Error> {
    desk.catch_up_if_due();
    let (settings, position, marks) = {
        let profile = desk.profile();
        let filter = MarkFilter {
            document: Some(id.clone()),
            ..MarkFilter::default()
        };
        (
            profile.settings()?,
            profile.position(id)?,
            profile.marks(&filter)?,
        )
    };
    let page = desk.with_shelf(|library| {
        let page = library.page(id)?;
        let marks = super::marks::with_states(library, marks)?;
        let territory = territory(&page, &settings);
        let position = position.map(|position| Position {
            place: position.place.into(),
            fraction: position.fraction as f32,
        });
        Ok(DocumentPage::of(page, position, territory, marks))
    })?;
    if page.relations_pending {
        desk.folder.note_behind();
    }
    desk.note_opened(id);
    if let Err(error) = desk.profile().note_opening(id) {
        // On a full disk the law can still be read.
        tracing::warn!(%error, "what was opened is not noted");
    }
    Ok(page)
}

fn territory(page: &library::Page, settings: &Settings) -> Territory {
    let applies_in = &page.line.applies_in;
    let mine = library::Territory {
        commune: settings.commune.clone(),
        former_province: settings.former_province.clone(),
    };
    match () {
        () if applies_in.is_empty() => Territory::Everywhere,
        () if mine.is_unset() => Territory::Unset,
        () if mine.is_covered_by(applies_in) => Territory::Mine,
        () => Territory::Other,
    }
}

#[tauri::command]
pub(crate) async fn blocks(
    shell: State<'_, Shell>,
    id: String,
    from: usize,
    count: usize,
) -> Result<Blocks, Failure> {
    let id: DocumentId = parsed(&id)?;
    shell
        .ask(move |library| Ok(library.blocks(&id, from, count)?.into()))
        .await
}

/// What a citation in the text of `from` leads to.
#[tauri::command]
pub(crate) async fn popover(
    shell: State<'_, Shell>,
    from: String,
    target: LinkTarget,
) -> Result<Popover, Failure> {
    let id: DocumentId = parsed(target.document.as_deref().unwrap_or(&from))?;
    let provision = provision_of(target.provision)?;
    shell
        .ask(move |library| Ok(library.popover(&id, provision.as_ref())?.into()))
        .await
}

#[tauri::command]
pub(crate) async fn find_in_document(
    shell: State<'_, Shell>,
    id: String,
    text: String,
) -> Result<Vec<FoundRange>, Failure> {
    let id: DocumentId = parsed(&id)?;
    shell
        .ask(move |library| {
            let found = library.find_in(&id, &text)?;
            Ok(found.into_iter().map(Into::into).collect())
        })
        .await
}

#[tauri::command]
pub(crate) async fn jump(
    shell: State<'_, Shell>,
    id: String,
    text: String,
) -> Result<Option<String>, Failure> {
    let id: DocumentId = parsed(&id)?;
    shell
        .ask(move |library| Ok(library.jump(&id, &text)?.map(|found| found.to_string())))
        .await
}

#[tauri::command]
pub(crate) async fn citation(
    shell: State<'_, Shell>,
    id: String,
    provision: Option<String>,
) -> Result<String, Failure> {
    let id: DocumentId = parsed(&id)?;
    let provision = provision_of(provision)?;
    shell
        .ask(move |library| library.citation(&id, provision.as_ref()))
        .await
}

/// What other documents state of this one, beyond what its page, or an earlier answer, holds.
#[tauri::command]
pub(crate) async fn related_more(
    shell: State<'_, Shell>,
    id: String,
    kind: String,
    after: usize,
) -> Result<MoreRelated, Failure> {
    let id: DocumentId = parsed(&id)?;
    let kind = kind_of(&kind)?;
    shell
        .ask(move |library| Ok(library.related_more(&id, kind, after)?.into()))
        .await
}

/// A kind of relation by its code.
fn kind_of(code: &str) -> Result<RelationKind, Failure> {
    serde_json::from_value(code.into()).map_err(|error| Failure {
        code: "argument".to_owned(),
        detail: format!("{code}: {error}"),
    })
}

#[tauri::command]
pub(crate) async fn position_put(
    shell: State<'_, Shell>,
    document: String,
    place: Place,
    fraction: f64,
) -> Result<(), Failure> {
    let id: DocumentId = parsed(&document)?;
    let place = place.parse()?;
    shell
        .run(move |desk| match desk.has_opened(&id) {
            true => desk.profile().note_position(&id, &place, fraction),
            // The reader before had it open.
            false => Ok(()),
        })
        .await
}
