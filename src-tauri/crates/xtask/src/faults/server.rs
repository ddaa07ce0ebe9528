//! Servers: `shelf serve`, and a small one that misbehaves as it is told.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::Stdio,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::Duration,
};

use anyhow::{Context, Result};

use super::shelf::Shelf;
use crate::{journey::first_line, process::Background};

/// `shelf serve`, until dropped.
pub(super) struct Served {
    pub(super) url: String,
    _running: Background,
}

impl Served {
    pub(super) fn folder(shelf: &Shelf, folder: &Path) -> Result<Self> {
        let mut command = shelf.command(["serve"]);
        command
            .arg(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let (running, streams) = Background::start(&mut command)?;
        let stdout = streams.stdout.context("the server has no stdout")?;
        Ok(Self {
            url: first_line(stdout, Duration::from_secs(30))?,
            _running: running,
        })
    }
}

/// How the small server answers.
#[derive(Clone, Debug)]
pub(super) enum Manner {
    /// A page, whatever is asked for, under this type.
    Page(&'static str),
    /// Sends the reader on to a page.
    Redirect,
    /// Answers this status to everything.
    Status(u16),
    /// Gives the files of a folder, badly.
    Files {
        folder: PathBuf,
        /// Connections end after this many bytes of a body; the n-th one after n times as many.
        cut_after: Option<usize>,
        /// The first so many bodies stop in the middle and the connection stays open.
        stalls: u32,
        /// Whether a wish for a part is understood.
        ranges: bool,
    },
}

/// A small server on a loopback port, until dropped.
pub(super) struct SmallServer {
    pub(super) url: String,
    stop: Arc<AtomicBool>,
    address: std::net::SocketAddr,
}

/// What a sign-in page of a network looks like.
const PAGE: &str =
    "<!DOCTYPE html>\n<html><head><title>Đăng nhập</title></head><body>Wifi</body></html>\n";

impl SmallServer {
    pub(super) fn start(manner: Manner) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").context("no loopback port")?;
        let address = listener.local_addr()?;
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let bodies = Arc::new(AtomicU32::new(0));
        std::thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                if stopped.load(Ordering::Relaxed) {
                    return;
                }
                let (manner, bodies, stopped) =
                    (manner.clone(), Arc::clone(&bodies), Arc::clone(&stopped));
                // A reader that hangs up is no concern of the server's.
                std::thread::spawn(move || serve(connection, &manner, &bodies, &stopped).ok());
            }
        });
        Ok(Self {
            url: format!("http://{address}"),
            stop,
            address,
        })
    }
}

impl Drop for SmallServer {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        // Wakes the listener up, so that it sees that it shall stop.
        let _ = TcpStream::connect(self.address);
    }
}

/// A loopback port at which nobody listens.
pub(super) fn closed_port() -> Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    Ok(format!("http://{}", listener.local_addr()?))
}

/// One request a connection.
fn serve(
    mut connection: TcpStream,
    manner: &Manner,
    bodies: &AtomicU32,
    stopped: &AtomicBool,
) -> Result<()> {
    let mut reader = BufReader::new(connection.try_clone()?);
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let path = first.split(' ').nth(1).unwrap_or("/").to_owned();
    let mut from = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line.trim().is_empty() {
            break;
        }
        let lower = line.to_ascii_lowercase();
        if let Some(range) = lower.strip_prefix("range: bytes=") {
            from = range
                .split('-')
                .next()
                .and_then(|n| n.trim().parse().ok())
                .unwrap_or(0);
        }
    }
    match manner {
        Manner::Page(kind) => head(&mut connection, "200 OK", kind, PAGE.len(), "")
            .and_then(|()| Ok(connection.write_all(PAGE.as_bytes())?)),
        Manner::Redirect if path.starts_with("/login") => {
            head(&mut connection, "200 OK", "text/html", PAGE.len(), "")?;
            Ok(connection.write_all(PAGE.as_bytes())?)
        }
        Manner::Redirect => head(
            &mut connection,
            "302 Found",
            "text/html",
            0,
            "Location: /login\r\n",
        ),
        Manner::Status(code) => head(&mut connection, &format!("{code} No"), "text/plain", 0, ""),
        Manner::Files {
            folder,
            cut_after,
            stalls,
            ranges,
        } => {
            let Ok(bytes) = std::fs::read(folder.join(path.trim_start_matches('/'))) else {
                return head(&mut connection, "404 Not Found", "text/plain", 0, "");
            };
            let from = if *ranges { from.min(bytes.len()) } else { 0 };
            let status = if from > 0 {
                "206 Partial Content"
            } else {
                "200 OK"
            };
            let body = &bytes[from..];
            let kind = "application/octet-stream";
            head(&mut connection, status, kind, body.len(), "")?;
            let nth = bodies.fetch_add(1, Ordering::Relaxed) + 1;
            if nth <= *stalls {
                connection.write_all(&body[..body.len() / 2])?;
                while !stopped.load(Ordering::Relaxed) {
                    std::thread::sleep(Duration::from_millis(50));
                }
                return Ok(());
            }
            let most = cut_after.map_or(body.len(), |step| step.saturating_mul(nth as usize));
            Ok(connection.write_all(&body[..body.len().min(most)])?)
        }
    }
}

fn head(
    connection: &mut TcpStream,
    status: &str,
    kind: &str,
    length: usize,
    more: &str,
) -> Result<()> {
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n{more}\r\n"
    );
    Ok(connection.write_all(head.as_bytes())?)
}
