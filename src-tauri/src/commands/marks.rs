//! Bookmarks and notes.

use crate::dto::{Failure, Folder, Mark, MarkCounts, MarkDraft, MarkFilter, Marks};
use crate::shell::{Desk, Shell};
use shelf_engine::law::{DocumentId, ValidityState};
use shelf_engine::library::{MarkPlace, MarkState, ProvisionState};
use shelf_engine::profile::{self, InFolder, Place};
use shelf_engine::{Error, Library};
use tauri::State;

#[tauri::command]
pub(crate) async fn marks(shell: State<'_, Shell>, filter: MarkFilter) -> Result<Marks, Failure> {
    let document = filter
        .document
        .as_deref()
        .map(super::document::parsed)
        .transpose()?;
    shell
        .run(move |desk| {
            let wanted = profile::MarkFilter {
                document,
                folder: match filter.folder {
                    Some(folder) => InFolder::Folder(folder),
                    None if filter.unfiled => InFolder::Unfiled,
                    None => InFolder::Any,
                },
                text: filter.text.clone(),
                ..profile::MarkFilter::default()
            };
            let (all, found, counts, folders) = {
                let profile = desk.profile();
                (
                    profile.marks(&profile::MarkFilter::default())?,
                    profile.marks(&wanted)?,
                    profile.mark_counts()?,
                    profile.folders()?,
                )
            };
            let told = desk.with_shelf(|library| {
                let states = states_of(library, &all)?;
                Ok((states, with_states(library, found.clone())?))
            });
            // What a person wrote is there, whatever became of the shelf.
            let (states, mut marks) = told.unwrap_or_else(|error| {
                tracing::warn!(%error, "nothing is known of the places of marks");
                let marks = found.into_iter().map(without_shelf).collect();
                (Vec::new(), marks)
            });
            let count = |wanted: fn(&MarkState) -> bool| {
                states.iter().filter(|state| wanted(state)).count() as u64
            };
            marks.retain(|mark| {
                (!filter.review || mark.needs_review)
                    && (!filter.withdrawn || mark.today.withdrawn.is_some())
            });
            Ok(Marks {
                counts: MarkCounts {
                    all: counts.all,
                    unfiled: counts.unfiled,
                    review: count(needs_review),
                    withdrawn: count(|state| state.withdrawn.is_some()),
                },
                marks,
                folders: folders.into_iter().map(Into::into).collect(),
            })
        })
        .await
}

#[tauri::command]
pub(crate) async fn mark_put(shell: State<'_, Shell>, draft: MarkDraft) -> Result<Mark, Failure> {
    let document: DocumentId = super::document::parsed(&draft.document)?;
    let place: Place = draft.place.clone().parse()?;
    shell
        .run(move |desk| {
            let known = match draft.id {
                Some(id) => desk.profile().mark(id)?,
                None => None,
            };
            let (title, label, revision) = match known {
                // Writing a note does not make a changed text one that was seen, nor needs the
                // document, which may have left the shelf.
                Some(known) if known.document == document && known.place == place => {
                    (known.title, known.label, known.revision)
                }
                _ => desk.with_shelf(|library| {
                    let page = library.page(&document)?;
                    let label = label_of(library, &document, &place)?;
                    let revision = page.revision.map(|hash| hash.to_string());
                    Ok((page.line.title, label, revision.unwrap_or_default()))
                })?,
            };
            let put = desk.profile().put_mark(&profile::MarkDraft {
                id: draft.id,
                document,
                place,
                quote: draft.quote,
                title,
                label,
                note: draft.note,
                colour: draft.colour,
                folder: draft.folder,
                revision,
            })?;
            one(desk, put)
        })
        .await
}

#[tauri::command]
pub(crate) async fn mark_remove(shell: State<'_, Shell>, id: i64) -> Result<(), Failure> {
    shell
        .run(move |desk| desk.profile().remove_mark(id).map(drop))
        .await
}

#[tauri::command]
pub(crate) async fn mark_restore(shell: State<'_, Shell>, id: i64) -> Result<Mark, Failure> {
    shell
        .run(move |desk| {
            let restored = desk.profile().restore_mark(id)?;
            one(desk, restored)
        })
        .await
}

#[tauri::command]
pub(crate) async fn folder_put(
    shell: State<'_, Shell>,
    id: Option<i64>,
    name: String,
) -> Result<Folder, Failure> {
    shell
        .run(move |desk| Ok(desk.profile().put_folder(id, &name)?.into()))
        .await
}

#[tauri::command]
pub(crate) async fn folder_remove(shell: State<'_, Shell>, id: i64) -> Result<(), Failure> {
    shell
        .run(move |desk| desk.profile().remove_folder(id).map(drop))
        .await
}

#[tauri::command]
pub(crate) async fn folder_restore(shell: State<'_, Shell>, id: i64) -> Result<Folder, Failure> {
    shell
        .run(move |desk| Ok(desk.profile().restore_folder(id)?.into()))
        .await
}

/// A mark that was put: that is done, whether the shelf can be asked about it or not.
fn one(desk: &Desk, mark: profile::Mark) -> Result<Mark, Error> {
    let told = desk.with_shelf(|library| with_states(library, vec![mark.clone()]));
    Ok(match told.map(|mut marks| marks.pop()) {
        Ok(Some(told)) => told,
        _ => without_shelf(mark),
    })
}

/// A mark of whose place nothing can be said.
fn without_shelf(mark: profile::Mark) -> Mark {
    let state = MarkState {
        provision: ProvisionState::Unknown,
        not_here: true,
        ..MarkState::default()
    };
    Mark::of(mark, state, None)
}

/// Marks with what became of their places.
pub(super) fn with_states(
    library: &mut Library,
    marks: Vec<profile::Mark>,
) -> Result<Vec<Mark>, Error> {
    let states = states_of(library, &marks)?;
    let ids: Vec<DocumentId> = marks.iter().map(|mark| mark.document.clone()).collect();
    let lines = library.document_lines(&ids)?;
    Ok(marks
        .into_iter()
        .zip(states)
        .zip(lines)
        .map(|((mark, state), line)| Mark::of(mark, state, line.map(Into::into)))
        .collect())
}

pub(super) fn states_of(
    library: &mut Library,
    marks: &[profile::Mark],
) -> Result<Vec<MarkState>, Error> {
    let places: Vec<MarkPlace> = marks
        .iter()
        .map(|mark| MarkPlace {
            document: mark.document.clone(),
            provision: mark.place.provision.clone(),
            revision: mark.revision.parse().ok(),
            quote: mark.quote.clone(),
        })
        .collect();
    library.mark_states(&places)
}

/// Whether a person should look at a mark again before relying on it.
pub(crate) fn needs_review(state: &MarkState) -> bool {
    state.changed
        || state.orphan
        || matches!(
            state.provision,
            ProvisionState::Amended | ProvisionState::Repealed | ProvisionState::Suspended
        )
        || matches!(
            state.document,
            Some(
                ValidityState::Expired | ValidityState::Suspended | ValidityState::NoLongerSuitable
            )
        )
}

/// How a reader names a place: `khoản 2 Điều 12`, `trang 3`, `03:12`; empty for the whole.
pub(super) fn label_of(
    library: &mut Library,
    document: &DocumentId,
    place: &Place,
) -> Result<String, Error> {
    if let Some(time) = place.time_ms {
        let seconds = time / 1000;
        return Ok(format!("{:02}:{:02}", seconds / 60, seconds % 60));
    }
    if let Some(provision) = &place.provision {
        return library.provision_label(document, provision);
    }
    Ok(place
        .page
        .map_or_else(String::new, |page| format!("trang {page}")))
}
