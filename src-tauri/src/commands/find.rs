//! Searching and lists.

use crate::dto::{
    DocumentLine, DocumentList, Failure, Hit, ListRequest, Preview, ProvisionLabel, SearchAnswer,
    SearchRequest, Suggestion, SuggestionKind,
};
use crate::shell::Shell;
use shelf_engine::law::DocumentId;
use shelf_engine::library::{self, FindRequest};
use shelf_engine::profile::{Mark, MarkFilter, Profile};
use shelf_engine::{Error, Library};
use std::cmp::Reverse;
use tauri::State;

/// Recent searches that the search field offers.
const RECENT: u32 = 8;
/// Marks that it offers.
const MARKS: usize = 3;
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
                exactly: request.exactly,
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
            let blocks = match found.absent {
                Some(_) => Vec::new(),
                None => {
                    let shown = library.blocks(&id, found.first, found.blocks.len())?;
                    shown.blocks
                }
            };
            let effects = library.effects(&id)?;
            let citation = library.citation(&id, found.provision.as_ref().map(|p| &p.id))?;
            let mut document = DocumentLine::from(found.document);
            with_basis(library, &id, &mut document)?;
            Ok(Preview {
                document,
                provision: found.provision.map(Into::into),
                blocks: blocks.into_iter().map(Into::into).collect(),
                marks: found.marks.into_iter().map(Into::into).collect(),
                citation,
                effects: effects.into_iter().map(Into::into).collect(),
                cut: found.cut,
                absent: found.absent.map(Into::into),
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
            let (found, marks) = match text.trim() {
                "" => (Vec::new(), Vec::new()),
                text => {
                    let marks = matching_marks(&desk.profile(), text)?;
                    desk.with_shelf(|library| {
                        Ok((library.suggest(text)?, suggested(library, marks)?))
                    })?
                }
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
            let found = found.into_iter().map(Into::into);
            Ok(found.chain(marks).chain(recent).collect())
        })
        .await
}

/// The person's marks whose words, label or title have what was typed, the last made first.
fn matching_marks(profile: &Profile, text: &str) -> Result<Vec<Mark>, Error> {
    // One letter stands in almost every mark.
    if text.chars().count() < 2 {
        return Ok(Vec::new());
    }
    let mut marks = profile.marks(&MarkFilter {
        text: text.to_string(),
        ..MarkFilter::default()
    })?;
    marks.sort_by_key(|mark| (Reverse(mark.created_at), mark.id));
    marks.truncate(MARKS);
    Ok(marks)
}

fn suggested(library: &Library, marks: Vec<Mark>) -> Result<Vec<Suggestion>, Error> {
    let mut suggestions = Vec::new();
    for mark in marks {
        let Some(document) = library.line_by_id(&mark.document)? else {
            continue;
        };
        let words = [&mark.note, &mark.quote, &mark.title];
        let words = words.into_iter().find(|words| !words.is_empty());
        suggestions.push(Suggestion {
            kind: SuggestionKind::Mark,
            text: words.cloned().unwrap_or_default(),
            document: Some(document.into()),
            provision: mark.place.provision.map(|id| ProvisionLabel {
                id: id.to_string(),
                label: mark.label,
                path: String::new(),
            }),
        });
    }
    Ok(suggestions)
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
