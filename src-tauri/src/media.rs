//! The loopback server: everything binary that a page shows. Pictures and pages could come through a
//! scheme of the app's own, but the system's player on Linux takes media from HTTP alone.
//!
//! It listens on 127.0.0.1 only, answers under a token that is new with each start, and serves what a
//! command has shown to the page before, nothing else.

use axum::body::Body;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Router, routing::get};
use serde::Deserialize;
use shelf_engine::{ErrorCode, PdfPages};
use std::collections::HashMap;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use tower::ServiceExt as _;
use tower_http::services::ServeFile;

/// A file that the page may load.
#[derive(Clone, Debug)]
pub(crate) struct Served {
    pub(crate) path: PathBuf,
    pub(crate) media_type: String,
}

/// The running server. It ends with the app.
pub(crate) struct MediaServer {
    address: SocketAddr,
    token: String,
    files: Arc<Files>,
}

struct Files {
    token: String,
    host: String,
    shown: Mutex<Shown>,
    pdf: Option<Arc<PdfPages>>,
}

/// What may be loaded in one visit. A command of the visit before may still be at work: what it shows
/// is not for the next reader.
#[derive(Default)]
struct Shown {
    visit: u64,
    files: HashMap<String, Served>,
}

impl MediaServer {
    /// Starts listening on a free port.
    pub(crate) fn start(pdf: Option<Arc<PdfPages>>) -> std::io::Result<MediaServer> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let token = crate::random_token();
        let files = Arc::new(Files {
            token: token.clone(),
            host: address.to_string(),
            shown: Mutex::default(),
            pdf,
        });
        let router = Router::new()
            .route("/{token}/object/{sha256}", get(object))
            .route("/{token}/pdf/{sha256}/{page}", get(pdf_page))
            .with_state(Arc::clone(&files));
        tauri::async_runtime::spawn(async move {
            match tokio::net::TcpListener::from_std(listener) {
                Ok(listener) => {
                    let _ = axum::serve(listener, router).await;
                }
                Err(error) => tracing::error!(%error, "the media server does not listen"),
            }
        });
        Ok(MediaServer {
            address,
            token,
            files,
        })
    }

    /// Lets the page load a file, as long as the visit lasts in which it was asked for; its address.
    pub(crate) fn show(&self, visit: u64, sha256: &str, served: Served) -> String {
        self.files.show(visit, sha256, served);
        self.address_of("object", sha256)
    }

    /// The same for the pages of a PDF; the address without the page.
    pub(crate) fn show_pages(&self, visit: u64, sha256: &str, served: Served) -> String {
        self.files.show(visit, sha256, served);
        self.address_of("pdf", sha256)
    }

    /// Takes back a file that was shown.
    pub(crate) fn hide(&self, sha256: &str) {
        self.files.lock().files.remove(sha256);
    }

    /// Whether the page may load a file now.
    pub(crate) fn is_shown(&self, sha256: &str) -> bool {
        self.files.is_shown(sha256)
    }

    /// Takes back everything that was shown: the end of a visit. The number of the next one; the
    /// first is 0.
    pub(crate) fn begin_visit(&self) -> u64 {
        let mut shown = self.files.lock();
        shown.files.clear();
        shown.visit += 1;
        shown.visit
    }

    fn address_of(&self, what: &str, sha256: &str) -> String {
        format!("http://{}/{}/{what}/{sha256}", self.address, self.token)
    }
}

impl Files {
    fn lock(&self) -> std::sync::MutexGuard<'_, Shown> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn show(&self, visit: u64, sha256: &str, served: Served) {
        let mut shown = self.lock();
        if shown.visit == visit {
            shown.files.insert(sha256.to_owned(), served);
        }
    }

    fn is_shown(&self, sha256: &str) -> bool {
        self.lock().files.contains_key(sha256)
    }

    /// The file that a request may have.
    fn allowed(&self, token: &str, headers: &HeaderMap, sha256: &str) -> Option<Served> {
        // Another page on this machine can reach the port, but neither knows the token nor names the
        // host by its number; a name that was bent to 127.0.0.1 comes with that name.
        let host = headers
            .get(header::HOST)
            .and_then(|host| host.to_str().ok());
        (token == self.token && host == Some(self.host.as_str()))
            .then(|| self.lock().files.get(sha256).cloned())?
    }
}

async fn object(
    State(files): State<Arc<Files>>,
    Path((token, sha256)): Path<(String, String)>,
    request: Request,
) -> Response {
    let Some(served) = files.allowed(&token, request.headers(), &sha256) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let answered = ServeFile::new(&served.path).oneshot(request).await;
    let mut response = match answered {
        Ok(response) => response.map(Body::new),
        Err(never) => match never {},
    };
    guard(&mut response, content_type(&served.media_type));
    response
}

#[derive(Deserialize)]
struct PageQuery {
    /// Width in pixels.
    w: u32,
}

async fn pdf_page(
    State(files): State<Arc<Files>>,
    Path((token, sha256, page)): Path<(String, String, u32)>,
    Query(PageQuery { w }): Query<PageQuery>,
    headers: HeaderMap,
) -> Response {
    let (Some(served), Some(pdf)) = (files.allowed(&token, &headers, &sha256), files.pdf.clone())
    else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let drawn = tokio::task::spawn_blocking(move || {
        let drawn = pdf.picture(&served.path, page, w);
        // Taken back while it was drawn: then it was perhaps opened anew for that.
        if !files.is_shown(&sha256) {
            pdf.close(&served.path);
        }
        drawn
    });
    let drawn = drawn.await;
    match drawn {
        Ok(Ok(picture)) => {
            let mut response = Body::from(picture.bytes).into_response();
            guard(&mut response, picture.media_type);
            response
        }
        Ok(Err(error)) => {
            tracing::warn!(%error, page, "a page cannot be shown");
            let status = match error.code {
                ErrorCode::NotFound => StatusCode::NOT_FOUND,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            };
            status.into_response()
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Types that a page shows; anything else is bytes to it.
fn content_type(media_type: &str) -> &str {
    let shown = ["image/", "video/", "audio/"];
    match shown.iter().any(|kind| media_type.starts_with(kind)) {
        true => media_type,
        false => "application/octet-stream",
    }
}

/// What is served is data: no browser may take it for a page.
fn guard(response: &mut Response, media_type: &str) {
    let headers = response.headers_mut();
    let kind = HeaderValue::from_str(media_type)
        .unwrap_or(HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_TYPE, kind);
    let fixed = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        ),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_too_late_in_a_visit_is_not_shown_to_the_next_reader() {
        let server = MediaServer::start(None).unwrap();
        let served = Served {
            path: PathBuf::from("to-gap.pdf"),
            media_type: "application/pdf".to_owned(),
        };
        server.show(0, "one", served.clone());
        assert!(server.is_shown("one"));
        let next = server.begin_visit();
        server.show(0, "one", served.clone());
        server.show_pages(0, "two", served.clone());
        assert!(!server.is_shown("one") && !server.is_shown("two"));
        server.show(next, "one", served);
        assert!(server.is_shown("one"));
    }
}
