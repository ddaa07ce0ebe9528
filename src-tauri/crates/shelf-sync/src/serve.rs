//! A read-only server of one repository folder, for trying out and for neighbours on a LAN. It gives
//! the files of a repository and nothing else, with byte ranges.

use axum::Router;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use tower::ServiceExt;
use tower_http::services::ServeFile;

/// A server that is bound to its port but not serving yet.
pub struct Server {
    listener: tokio::net::TcpListener,
    folder: PathBuf,
}

impl Server {
    /// Binds a port of the loopback address; 0 takes a free one.
    pub async fn bind(folder: &Path, port: u16) -> std::io::Result<Server> {
        let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        Ok(Server {
            listener,
            folder: folder.to_path_buf(),
        })
    }

    /// The address it answers at.
    pub fn address(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until `stop` is done.
    pub async fn run(self, stop: impl Future<Output = ()> + Send + 'static) -> std::io::Result<()> {
        let folder = self.folder;
        let router = Router::new().fallback(move |request: axum::extract::Request| {
            let folder = folder.clone();
            async move { answer(&folder, request).await }
        });
        axum::serve(self.listener, router)
            .with_graceful_shutdown(stop)
            .await
    }
}

async fn answer(folder: &Path, request: axum::extract::Request) -> Response {
    let Some(path) = file_of(folder, request.uri().path()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match ServeFile::new(path).oneshot(request).await {
        Ok(mut response) => {
            // Every file is data; none may be taken for a page.
            let data = HeaderValue::from_static("application/octet-stream");
            response.headers_mut().insert(header::CONTENT_TYPE, data);
            response.into_response()
        }
        Err(never) => match never {},
    }
}

/// The file that a request path names: only what can be a name of the repository.
fn file_of(folder: &Path, path: &str) -> Option<PathBuf> {
    let name: shelf_repo::RepoName = path.strip_prefix('/')?.parse().ok()?;
    let path = folder.join(name.as_str());
    path.is_file().then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_a_repository_are_answered() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("tuf")).unwrap();
        std::fs::write(folder.path().join("tuf/timestamp.json"), b"{}").unwrap();
        std::fs::write(folder.path().join("secret"), b"x").unwrap();
        let inside = folder.path().join("tuf");
        assert!(file_of(folder.path(), "/tuf/timestamp.json").is_some());
        assert!(file_of(&inside, "/../secret").is_none());
        assert!(file_of(&inside, "/%2e%2e/secret").is_none());
        assert!(
            file_of(folder.path(), "/tuf").is_none(),
            "a folder has no listing"
        );
    }
}
