//! The home screen.

use crate::dto::{ChangeRow, DocumentLine, Failure, Home, ReadingRow, ReviewKind, ReviewRow};
use crate::shell::{Shell, Sitting};
use shelf_engine::law::DocumentId;
use shelf_engine::profile::MarkFilter;
use shelf_engine::{Error, Library};
use std::collections::BTreeSet;
use tauri::State;

/// Rows of each list.
const ROWS: usize = 5;

#[tauri::command]
pub(crate) async fn home(shell: State<'_, Shell>) -> Result<Home, Failure> {
    shell.run(home_of).await
}

fn home_of(desk: &Sitting) -> Result<Home, Error> {
    let (positions, marked, marks) = {
        let profile = desk.profile();
        (
            profile.recent_positions(ROWS as u32)?,
            profile.marks_by_document()?,
            profile.marks(&MarkFilter::default())?,
        )
    };
    desk.with_shelf(|library| {
        let page = library.home_page()?;
        let news = library.news(ROWS)?;
        let mut reading = Vec::new();
        for position in positions {
            let Some(line) = line_of(library, &position.document)? else {
                continue;
            };
            let label = super::marks::label_of(library, &position.document, &position.place)?;
            reading.push(ReadingRow {
                document: line,
                place: position.place.into(),
                label,
                fraction: position.fraction as f32,
                opened_at: position.opened_at.to_string(),
            });
        }
        let states = super::marks::states_of(library, &marks)?;
        let review = review(library, &marks, &states)?;
        Ok(Home {
            topics: page.topics.into_iter().map(Into::into).collect(),
            problems: page.problems.into_iter().map(Into::into).collect(),
            products: page.products.into_iter().map(Into::into).collect(),
            reading,
            news_total: news.as_ref().map_or(0, |news| news.total as u64),
            news_since: news.as_ref().map(|news| news.at.to_string()),
            news: news.map_or_else(Vec::new, |news| {
                let changes = news.changes.into_iter();
                changes
                    .map(|change| ChangeRow::of(change, &marked))
                    .collect()
            }),
            review,
        })
    })
}

pub(super) fn line_of(
    library: &mut Library,
    id: &DocumentId,
) -> Result<Option<DocumentLine>, Error> {
    let mut lines = library.document_lines(std::slice::from_ref(id))?;
    Ok(lines.pop().flatten().map(Into::into))
}

/// Cần xem lại.
fn review(
    library: &mut Library,
    marks: &[shelf_engine::profile::Mark],
    states: &[shelf_engine::library::MarkState],
) -> Result<Vec<ReviewRow>, Error> {
    let mut changed = BTreeSet::new();
    let mut withdrawn = BTreeSet::new();
    for (mark, state) in marks.iter().zip(states) {
        if state.withdrawn.is_some() {
            withdrawn.insert(mark.document.clone());
        } else if super::marks::needs_review(state) {
            changed.insert(mark.document.clone());
        }
    }
    let mut rows = Vec::new();
    let bases = library.changed_bases(ROWS)?;
    if bases.count > 0 {
        rows.push(ReviewRow {
            kind: ReviewKind::BasisDead,
            count: bases.count as u64,
            documents: bases.newest.into_iter().map(Into::into).collect(),
        });
    }
    let groups = [
        (ReviewKind::MarkChanged, changed),
        (ReviewKind::Withdrawn, withdrawn),
    ];
    for (kind, ids) in groups.into_iter().filter(|(_, ids)| !ids.is_empty()) {
        let first: Vec<DocumentId> = ids.iter().take(ROWS).cloned().collect();
        let lines = library.document_lines(&first)?;
        rows.push(ReviewRow {
            kind,
            count: ids.len() as u64,
            documents: lines.into_iter().flatten().map(Into::into).collect(),
        });
    }
    Ok(rows)
}
