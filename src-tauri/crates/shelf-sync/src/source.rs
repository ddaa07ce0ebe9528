//! Where a shelf is carried. A source gives bytes by name, from an offset; it is never trusted.

use crate::SyncError;
use reqwest::header::{ACCEPT_ENCODING, CONTENT_TYPE, RANGE};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncSeekExt};

/// A place that carries a shelf repository.
#[derive(Clone, Debug)]
pub enum Source {
    /// A web server, by the address of the repository's top.
    Http {
        /// Base address, ending in `/`.
        base: reqwest::Url,
        /// The client that asks.
        client: reqwest::Client,
    },
    /// A folder: a USB stick, a mounted share.
    Folder(PathBuf),
}

impl Source {
    /// The source that a person named: `http://…`, `https://…`, `file://…` or a folder.
    pub fn parse(text: &str) -> Result<Source, SyncError> {
        let text = text.trim();
        if text.starts_with("http://") || text.starts_with("https://") {
            let unreachable = |reason: String| SyncError::Unreachable {
                place: text.to_string(),
                reason,
            };
            let mut base: reqwest::Url = text
                .parse()
                .map_err(|error| unreachable(format!("{error}")))?;
            if !base.path().ends_with('/') {
                base.set_path(&format!("{}/", base.path()));
            }
            base.set_query(None);
            base.set_fragment(None);
            // No total time-out: on a slow link a large object may take hours. A read that brings
            // nothing for a minute is given up and tried again.
            let client = reqwest::Client::builder()
                .connect_timeout(Duration::from_secs(20))
                .read_timeout(Duration::from_secs(60))
                .user_agent(concat!("tusach/", env!("CARGO_PKG_VERSION")))
                .build()
                .map_err(|error| unreachable(words_of(&error)))?;
            return Ok(Source::Http { base, client });
        }
        let folder = PathBuf::from(text.strip_prefix("file://").unwrap_or(text));
        if folder.is_dir() {
            Ok(Source::Folder(folder))
        } else {
            Err(SyncError::NoSuchSource(text.to_string()))
        }
    }

    /// The source as a person would name it.
    pub fn describe(&self) -> String {
        match self {
            Source::Http { base, .. } => base.to_string(),
            Source::Folder(folder) => folder.display().to_string(),
        }
    }

    /// Where a name of the repository is at this source, for messages.
    pub fn place(&self, name: &str) -> String {
        match self {
            Source::Http { base, .. } => format!("{base}{name}"),
            Source::Folder(folder) => folder.join(name).display().to_string(),
        }
    }

    /// Opens `name` from byte `from` on; `None` where the source has no such thing.
    pub(crate) async fn open(&self, name: &str, from: u64) -> Result<Option<Stream>, SyncError> {
        self.open_range(name, from, None).await
    }

    /// The same, for somebody who reads no further than the byte before `to`. More may come.
    pub(crate) async fn open_range(
        &self,
        name: &str,
        from: u64,
        to: Option<u64>,
    ) -> Result<Option<Stream>, SyncError> {
        match self {
            Source::Folder(folder) => {
                let opened = open_file(&folder.join(name), from).await?;
                // A stick that was pulled lacks everything, not this one file.
                if opened.is_none() && !folder.is_dir() {
                    return Err(SyncError::Unreachable {
                        place: folder.display().to_string(),
                        reason: "the folder is gone".to_string(),
                    });
                }
                Ok(opened)
            }
            Source::Http { base, client } => {
                let place = self.place(name);
                let url = base.join(name).map_err(|error| SyncError::Unreachable {
                    place: place.clone(),
                    reason: error.to_string(),
                })?;
                let mut request = client.get(url).header(ACCEPT_ENCODING, "identity");
                let last = to.map(|to| to.saturating_sub(1).to_string());
                if from > 0 || last.is_some() {
                    let last = last.unwrap_or_default();
                    request = request.header(RANGE, format!("bytes={from}-{last}"));
                }
                let response = request
                    .send()
                    .await
                    .map_err(|error| unreachable(&place, &error))?;
                open_response(place, response, from).await
            }
        }
    }

    /// Reads a small file, at most `cap` bytes of it; `None` where the source has no such file.
    pub async fn read_up_to(&self, name: &str, cap: u64) -> Result<Option<Vec<u8>>, SyncError> {
        let Some(mut stream) = self.open(name, 0).await? else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        while let Some(chunk) = stream.chunk().await? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() as u64 >= cap {
                bytes.truncate(usize::try_from(cap).unwrap_or(usize::MAX));
                break;
            }
        }
        Ok(Some(bytes))
    }
}

async fn open_file(path: &Path, from: u64) -> Result<Option<Stream>, SyncError> {
    let place = path.display().to_string();
    let fail = |error: std::io::Error| SyncError::Unreachable {
        place: place.clone(),
        reason: error.to_string(),
    };
    let mut file = match tokio::fs::File::open(path).await {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(fail(error)),
    };
    if from > 0 {
        file.seek(std::io::SeekFrom::Start(from))
            .await
            .map_err(fail)?;
    }
    Ok(Some(Stream {
        place,
        skip: 0,
        body: Body::File(file),
    }))
}

async fn open_response(
    place: String,
    response: reqwest::Response,
    from: u64,
) -> Result<Option<Stream>, SyncError> {
    let status = response.status();
    let content_type = response.headers().get(CONTENT_TYPE);
    let is_page = content_type
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| {
            value
                .trim_start()
                .to_ascii_lowercase()
                .starts_with("text/html")
        });
    match status.as_u16() {
        // A shelf holds no web pages: what answers with one is something in between.
        200 | 206 | 511 if is_page => Err(SyncError::WebPage { place }),
        // A server that does not know ranges sends everything: what is already here is skipped.
        200 => Ok(Some(Stream {
            place,
            skip: from,
            body: Body::Http(response),
        })),
        206 => Ok(Some(Stream {
            place,
            skip: 0,
            body: Body::Http(response),
        })),
        404 | 410 => Ok(None),
        416 => Err(SyncError::Missing { place }),
        _ => Err(SyncError::Unreachable {
            place,
            reason: format!("the server answered {status}"),
        }),
    }
}

/// Bytes on their way.
pub(crate) struct Stream {
    place: String,
    skip: u64,
    body: Body,
}

enum Body {
    Http(reqwest::Response),
    File(tokio::fs::File),
}

impl Stream {
    /// The next bytes, or `None` at the end.
    pub(crate) async fn chunk(&mut self) -> Result<Option<Vec<u8>>, SyncError> {
        loop {
            let mut chunk = match &mut self.body {
                Body::Http(response) => match response.chunk().await {
                    Ok(Some(bytes)) => bytes.to_vec(),
                    Ok(None) => return Ok(None),
                    Err(error) => return Err(unreachable(&self.place, &error)),
                },
                Body::File(file) => {
                    let mut buffer = vec![0; 128 * 1024];
                    let read =
                        file.read(&mut buffer)
                            .await
                            .map_err(|error| SyncError::Unreachable {
                                place: self.place.clone(),
                                reason: error.to_string(),
                            })?;
                    if read == 0 {
                        return Ok(None);
                    }
                    buffer.truncate(read);
                    buffer
                }
            };
            if self.skip == 0 {
                return Ok(Some(chunk));
            }
            let skipped = usize::try_from(self.skip)
                .unwrap_or(usize::MAX)
                .min(chunk.len());
            self.skip -= skipped as u64;
            if skipped < chunk.len() {
                return Ok(Some(chunk.split_off(skipped)));
            }
        }
    }
}

fn unreachable(place: &str, error: &reqwest::Error) -> SyncError {
    SyncError::Unreachable {
        place: place.to_string(),
        reason: words_of(error),
    }
}

/// The innermost cause, which is the one that tells a person something.
fn words_of(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}
