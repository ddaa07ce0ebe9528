//! Serving a repository folder on this machine.

use crate::{Error, ErrorCode};
use shelf_sync::Server;
use std::path::Path;

/// Serves a repository folder on the loopback address until the program is told to stop. Calls
/// `ready` with the address once requests are answered.
pub fn serve(folder: &Path, port: u16, ready: impl FnOnce(&str)) -> Result<(), Error> {
    if !folder.join("tuf").join("timestamp.json").is_file() {
        return Err(Error::new(
            ErrorCode::NotAShelf,
            format!(
                "{}: holds no published shelf; publish to it first",
                folder.display()
            ),
        ));
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(Error::io(folder))?;
    runtime.block_on(async {
        let failed = |error: std::io::Error| {
            Error::new(
                ErrorCode::Io,
                format!("port {port}: {error}; take another one, or none to get a free one"),
            )
        };
        let server = Server::bind(folder, port).await.map_err(failed)?;
        let address = server.address().map_err(failed)?;
        ready(&format!("http://{address}"));
        server
            .run(async {
                // Without a signal to wait for, only the end of the process stops the server.
                if tokio::signal::ctrl_c().await.is_err() {
                    std::future::pending::<()>().await;
                }
            })
            .await
            .map_err(failed)
    })
}
