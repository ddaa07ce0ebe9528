//! The app without a window, over loopback HTTP, so that a browser can drive the real pages over the
//! real engine. For tests; no release contains it.
//!
//! `POST /ipc/<command>` runs a command with the permissions of the main window, `GET /events` streams
//! what the app emits, everything else is the built pages under the content security policy of the
//! window. The first line on stdout is the address, with the token of this run.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use anyhow::{Context, Result, bail};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use tauri::ipc::{CallbackFn, InvokeBody, InvokeResponseBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder};
use tauri::webview::InvokeRequest;
use tauri::{Listener as _, Manager as _, WebviewWindow};
use tokio::sync::broadcast;
use tower_http::services::ServeDir;
use tusach_lib::{Asked, Options};

/// What the app emits and a page hears.
const EVENTS: [&str; 2] = ["job", "shelf"];

struct Bridge {
    window: WebviewWindow<MockRuntime>,
    token: String,
    events: broadcast::Sender<(&'static str, String)>,
}

fn main() -> ExitCode {
    if let Some(code) = tusach_lib::pdf_worker() {
        return code;
    }
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error);
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    end_with_starter();
    let mut args: Vec<_> = std::env::args_os().skip(1).collect();
    let pages = match args.first().and_then(|arg| arg.to_str()) {
        Some("--ui") if args.len() > 1 => {
            let pages = PathBuf::from(args.remove(1));
            args.remove(0);
            pages
        }
        _ => bail!("usage: tusach-bridge --ui ui/dist [options of tusach]"),
    };
    if !pages.join("index.html").is_file() {
        bail!(
            "{}: no built pages here; run npm run build in ui/",
            pages.display()
        );
    }
    let Asked::Open(options) = Options::from_args(args)? else {
        bail!("the bridge opens the app and nothing else");
    };
    let app = tusach_lib::build(mock_builder(), options)?;
    // The window of the configuration is there once the app runs.
    app.run(move |app, event| {
        if let tauri::RunEvent::Ready = event
            && let Err(error) = serve(app, &pages)
        {
            complain(&error);
            app.exit(1);
        }
    });
    Ok(())
}

/// Whoever started the bridge holds its stdin: it ends with them, however they end.
fn end_with_starter() {
    std::thread::spawn(|| {
        let _ = std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink());
        std::process::exit(0);
    });
}

/// Serves the app until it ends.
fn serve(app: &tauri::AppHandle<MockRuntime>, pages: &std::path::Path) -> Result<()> {
    let window = app
        .get_webview_window("main")
        .context("the app has no main window")?;
    let (events, _) = broadcast::channel(256);
    for name in EVENTS {
        let events = events.clone();
        app.listen_any(name, move |event| {
            // Nobody may be listening.
            let _ = events.send((name, event.payload().to_owned()));
        });
    }
    let bridge = Arc::new(Bridge {
        window,
        token: tusach_lib::random_token(),
        events,
    });
    let (listener, address) = tauri::async_runtime::block_on(async {
        let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        anyhow::Ok((listener, address))
    })?;
    println!("http://{address}/?token={}", bridge.token);
    let router = Router::new()
        .route("/ipc/{command}", post(invoke))
        .route("/events", get(listen))
        .fallback_service(ServeDir::new(pages))
        .layer(middleware::from_fn(guard))
        .with_state(bridge);
    tauri::async_runtime::spawn(async move { axum::serve(listener, router).await });
    Ok(())
}

fn complain(error: &anyhow::Error) {
    eprintln!("error[bridge]: {error:#}");
}

/// The policy of the window, but for the way to the commands.
async fn guard(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let policy = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; \
                  img-src 'self' http://127.0.0.1:*; media-src http://127.0.0.1:*; \
                  connect-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'";
    response.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(policy),
    );
    response
}

async fn invoke(
    State(bridge): State<Arc<Bridge>>,
    Path(command): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let token = headers.get("x-token").and_then(|token| token.to_str().ok());
    if token != Some(bridge.token.as_str()) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let Ok(body) = serde_json::from_slice::<serde_json::Value>(&body) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let answered = tokio::task::spawn_blocking(move || {
        let request = InvokeRequest {
            cmd: command,
            callback: CallbackFn(0),
            error: CallbackFn(1),
            url: "tauri://localhost".parse().expect("it is an address"),
            body: InvokeBody::Json(body),
            headers: tauri::http::HeaderMap::new(),
            invoke_key: INVOKE_KEY.to_owned(),
        };
        get_ipc_response(&bridge.window, request)
    })
    .await;
    let json = [(header::CONTENT_TYPE, "application/json")];
    match answered {
        Ok(Ok(InvokeResponseBody::Json(text))) => (json, text).into_response(),
        Ok(Ok(InvokeResponseBody::Raw(bytes))) => bytes.into_response(),
        Ok(Err(error)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, json, error.to_string()).into_response()
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

#[derive(Deserialize)]
struct Token {
    token: String,
}

async fn listen(
    State(bridge): State<Arc<Bridge>>,
    Query(Token { token }): Query<Token>,
) -> Response {
    if token != bridge.token {
        return StatusCode::FORBIDDEN.into_response();
    }
    let receiver = bridge.events.subscribe();
    let stream = futures_util::stream::unfold(receiver, |mut receiver| async move {
        loop {
            match receiver.recv().await {
                Ok((name, payload)) => {
                    let event = Event::default().event(name).data(payload);
                    return Some((Ok::<_, std::convert::Infallible>(event), receiver));
                }
                Err(broadcast::error::RecvError::Lagged(_)) => {}
                Err(broadcast::error::RecvError::Closed) => return None,
            }
        }
    });
    Sse::new(stream)
        .keep_alive(KeepAlive::default())
        .into_response()
}
