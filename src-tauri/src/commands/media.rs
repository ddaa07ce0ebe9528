//! Originals, pages and media.

use crate::dto::{Failure, MediaInfo, MediaKind, PdfInfo, PdfPageText};
use crate::media::Served;
use crate::shell::{Desk, Shell};
use shelf_engine::law::{ContentHash, DocumentId};
use shelf_engine::library::ObjectRole;
use shelf_engine::{Error, ErrorCode, PdfPages};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tauri::{AppHandle, Runtime, State, WebviewWindow};

#[tauri::command]
pub(crate) async fn pdf_open(shell: State<'_, Shell>, sha256: String) -> Result<PdfInfo, Failure> {
    let hash: ContentHash = super::document::parsed(&sha256)?;
    shell
        .run(move |desk| {
            let (pdf, path) = open_pdf(desk, &hash)?;
            let pages = pdf.sizes(&path)?;
            let served = Served {
                path: path.clone(),
                media_type: "application/pdf".to_owned(),
            };
            let url = desk.show_pages(&sha256, served);
            close_if_left(desk, &sha256, &pdf, &path);
            Ok(PdfInfo {
                pages: pages.into_iter().map(Into::into).collect(),
                url,
            })
        })
        .await
}

#[tauri::command]
pub(crate) async fn pdf_page_text(
    shell: State<'_, Shell>,
    sha256: String,
    page: u32,
    find: String,
) -> Result<PdfPageText, Failure> {
    let hash: ContentHash = super::document::parsed(&sha256)?;
    shell
        .run(move |desk| {
            let (pdf, path) = open_pdf(desk, &hash)?;
            let words = pdf.words(&path, page, &find);
            close_if_left(desk, &sha256, &pdf, &path);
            Ok(words?.into())
        })
        .await
}

#[tauri::command]
pub(crate) async fn pdf_close(shell: State<'_, Shell>, sha256: String) -> Result<(), Failure> {
    let hash: ContentHash = super::document::parsed(&sha256)?;
    shell
        .run(move |desk| {
            let (pdf, path) = open_pdf(desk, &hash)?;
            desk.media.hide(&sha256);
            pdf.close(&path);
            Ok(())
        })
        .await
}

/// Closes a PDF whose reader has closed it, or has left, while it was asked for something.
fn close_if_left(desk: &Desk, sha256: &str, pdf: &PdfPages, path: &Path) {
    if !desk.media.is_shown(sha256) {
        pdf.close(path);
    }
}

fn open_pdf(desk: &Desk, hash: &ContentHash) -> Result<(Arc<PdfPages>, PathBuf), Error> {
    let pdf = desk.pdf.clone().ok_or_else(|| {
        Error::new(
            ErrorCode::Io,
            "libpdfium is not beside the program; install the app again",
        )
    })?;
    Ok((pdf, file_of(desk, hash)?))
}

/// An original on this machine.
fn file_of(desk: &Desk, hash: &ContentHash) -> Result<PathBuf, Error> {
    desk.with_shelf(|library| library.original(hash))
}

/// A picture, video or sound piece with its subtitles.
#[tauri::command]
pub(crate) async fn media(
    shell: State<'_, Shell>,
    document: String,
    sha256: String,
) -> Result<MediaInfo, Failure> {
    let id: DocumentId = super::document::parsed(&document)?;
    let hash: ContentHash = super::document::parsed(&sha256)?;
    shell
        .run(move |desk| {
            let path = file_of(desk, &hash)?;
            let (objects, cues) = desk.with_shelf(|library| {
                let page = library.page(&id)?;
                let blocks = library.cues(&id)?;
                Ok((page.objects, blocks))
            })?;
            let object = objects
                .iter()
                .find(|object| object.sha256 == hash)
                .ok_or_else(|| {
                    Error::new(ErrorCode::NotFound, format!("{id}: has no file {hash}"))
                })?;
            let kind = match object.media_type.split('/').next() {
                Some("video") => MediaKind::Video,
                Some("audio") => MediaKind::Audio,
                _ => MediaKind::Image,
            };
            let poster = objects
                .iter()
                .find(|object| object.role == ObjectRole::Poster && object.here)
                .map(|poster| (poster.sha256, poster.media_type.clone()));
            let poster = match poster {
                Some((hash, media_type)) => file_of(desk, &hash)
                    .ok()
                    .map(|path| desk.show(&hash.to_string(), Served { path, media_type })),
                None => None,
            };
            let media_type = object.media_type.clone();
            let served = Served {
                path,
                media_type: media_type.clone(),
            };
            Ok(MediaInfo {
                kind,
                url: desk.show(&sha256, served),
                media_type,
                poster,
                cues: cues.into_iter().map(Into::into).collect(),
            })
        })
        .await
}

/// Copies an original to a place that the person chooses in the system's own dialog.
#[tauri::command]
pub(crate) async fn object_save<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    sha256: String,
    name: String,
) -> Result<Option<String>, Failure> {
    let hash: ContentHash = super::document::parsed(&sha256)?;
    let Some(to) = super::sync::ask(&app, move |dialog, answer| {
        dialog.file().set_file_name(name).save_file(answer);
    })
    .await?
    else {
        return Ok(None);
    };
    shell
        .run(move |desk| {
            let from = file_of(desk, &hash)?;
            shelf_engine::library::copy_out(&from, &to)?;
            Ok(Some(to.display().to_string()))
        })
        .await
}

/// The system's print dialog for what is on the page.
#[tauri::command]
pub(crate) fn print<R: Runtime>(window: WebviewWindow<R>) -> Result<(), Failure> {
    window.print().map_err(|error| Failure {
        code: "print".to_owned(),
        detail: error.to_string(),
    })
}
