//! Searching and lists.

use crate::dto::{
    DocumentLine, DocumentList, Failure, Hit, ListRequest, Preview, SearchAnswer, SearchRequest,
    Suggestion, SuggestionKind,
};
use crate::shell::Shell;
use shelf_engine::law::DocumentId;
use shelf_engine::library::{self, FindRequest};
use shelf_engine::{Error, Library};
use tauri::State;

/// Recent searches that the search field offers.
const RECENT: u32 = 8;
/// Rows that one answer holds at most, whatever is asked for.
const MOST_ROWS: usize = 2000;

#[tauri::command]
pub(crate) async fn search(
    shell: State<'_, Shell>,
    request: SearchRequest,
) -> Result<SearchAnswer, Failure> {
    shell
        .run(move |desk| {
            desk.catch_up_if_due();
            let settings = {
                let mut profile = desk.profile();
                if let Err(error) = profile.note_search(&request.text) {
                    // On a full disk one can still search.
                    tracing::warn!(%error, "what was searched is not noted");
                }
                profile.settings()?
            };
            let request = FindRequest {
                text: request.text,
                filters: request.filters.for_reader(&settings),
                sort: request.sort.into(),
                limit: request.limit.min(MOST_ROWS),
                provisions: request.provisions,
            };
            desk.with_shelf(|library| {
                let mut answer = SearchAnswer::from(library.find(&request)?);
                for hit in &mut answer.hits {
                    complete(library, hit)?;
                }
                Ok(answer)
            })
        })
        .await
}

/// Adds what only the relations between documents tell.
fn complete(library: &mut Library, hit: &mut Hit) -> Result<(), Error> {
    let Ok(id) = hit.document.id.parse::<DocumentId>() else {
        return Ok(());
    };
    with_basis(library, &id, &mut hit.document)?;
    let provision = hit
        .provision
        .as_ref()
        .and_then(|label| label.id.parse().ok());
    hit.provision_state = library.provision_state(&id, provision.as_ref())?.into();
    Ok(())
}

fn with_basis(
    library: &mut Library,
    id: &DocumentId,
    line: &mut DocumentLine,
) -> Result<(), Error> {
    if line.product.is_some() {
        let states = library.basis_states(std::slice::from_ref(id))?;
        line.basis = states.first().copied().flatten().map(Into::into);
    }
    Ok(())
}

#[tauri::command]
pub(crate) async fn list(
    shell: State<'_, Shell>,
    request: ListRequest,
) -> Result<DocumentList, Failure> {
    shell
        .run(move |desk| {
            let settings = desk.profile().settings()?;
            let request = library::ListRequest {
                filters: request.filters.for_reader(&settings),
                sort: request.sort.into(),
                offset: request.offset,
                limit: request.limit.min(MOST_ROWS),
                withdrawn: request.withdrawn,
            };
            desk.with_shelf(|library| {
                let mut list = DocumentList::from(library.list(&request)?);
                for line in &mut list.documents {
                    if let Ok(id) = line.id.parse::<DocumentId>() {
                        with_basis(library, &id, line)?;
                    }
                }
                Ok(list)
            })
        })
        .await
}

#[tauri::command]
pub(crate) async fn preview(
    shell: State<'_, Shell>,
    document: String,
    provision: Option<String>,
    text: String,
) -> Result<Preview, Failure> {
    let id: DocumentId = super::document::parsed(&document)?;
    let provision = super::document::provision_of(provision)?;
    shell
        .ask(move |library| {
            let found = library.preview(&id, provision.as_ref(), &text)?;
            let blocks = library.blocks(&id, found.first, found.blocks.len())?;
            let effects = library.effects(&id)?;
            let citation = library.citation(&id, found.provision.as_ref().map(|p| &p.id))?;
            let mut document = DocumentLine::from(found.document);
            with_basis(library, &id, &mut document)?;
            Ok(Preview {
                document,
                provision: found.provision.map(Into::into),
                blocks: blocks.blocks.into_iter().map(Into::into).collect(),
                marks: found.marks.into_iter().map(Into::into).collect(),
                citation,
                effects: effects.into_iter().map(Into::into).collect(),
                cut: found.cut,
            })
        })
        .await
}

#[tauri::command]
pub(crate) async fn suggest(
    shell: State<'_, Shell>,
    text: String,
) -> Result<Vec<Suggestion>, Failure> {
    shell
        .run(move |desk| {
            let recent = desk.profile().recent_searches(RECENT)?;
            let found = match text.trim() {
                "" => Vec::new(),
                text => desk.with_shelf(|library| library.suggest(text))?,
            };
            let typed = shelf_engine::law::fold::fold(text.trim());
            let recent = recent
                .into_iter()
                .filter(|search| shelf_engine::law::fold::fold(search).starts_with(&typed))
                .map(|text| Suggestion {
                    kind: SuggestionKind::Recent,
                    text,
                    document: None,
                    provision: None,
                });
            Ok(found.into_iter().map(Into::into).chain(recent).collect())
        })
        .await
}

#[tauri::command]
pub(crate) async fn recent_searches(shell: State<'_, Shell>) -> Result<Vec<String>, Failure> {
    shell
        .run(|desk| desk.profile().recent_searches(RECENT))
        .await
}

/// Forgets searches and reading places; marks stay.
#[tauri::command]
pub(crate) async fn forget_history(shell: State<'_, Shell>) -> Result<(), Failure> {
    shell
        .run(|desk| {
            let mut profile = desk.profile();
            profile.forget_searches()?;
            profile.forget_positions()
        })
        .await
}
