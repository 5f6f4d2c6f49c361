//! The REST API under /api/v10: who may ask, what goes wrong on demand, limits, and the routes.

mod application;
mod channels;
mod interactions;
mod messages;

use std::io::Write;
use std::sync::{Arc, PoisonError};
use std::time::Instant;

use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, Multipart, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::answer::{Answer, error, missing_access, unknown_channel};
use super::permissions::VIEW_CHANNEL;
use super::state::{File, TOKEN};
use super::{Sandbox, faults, limits};

pub(crate) use interactions::answer as answer_first;

/// The largest request, in bytes.
const LARGEST: usize = 25 << 20;

/// A request of the bot, read.
pub(crate) struct Asked<'a> {
    pub(crate) method: &'a str,
    pub(crate) parts: &'a [&'a str],
    pub(crate) query: &'a str,
    pub(crate) body: &'a Value,
    pub(crate) files: &'a [File],
}

impl Asked<'_> {
    /// A value of the query.
    fn query(&self, name: &str) -> Option<&str> {
        self.query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find(|(key, _)| *key == name)
            .map(|(_, v)| v)
    }

    fn file_names(&self) -> Vec<String> {
        self.files.iter().map(|file| file.name.clone()).collect()
    }
}

pub(crate) async fn serve(State(sandbox): State<Arc<Sandbox>>, request: Request) -> Response {
    let method = request.method().to_string();
    let path = request.uri().path_and_query().map_or_else(String::new, ToString::to_string);
    let Some(inner) = request.uri().path().strip_prefix("/api/v10/").map(str::to_owned) else {
        return (
            StatusCode::NOT_FOUND,
            "There is nothing here. The page is at /, Discord's API at /api/v10.\n",
        )
            .into_response();
    };
    let query = request.uri().query().unwrap_or_default().to_owned();
    let headers = request.headers().clone();
    let header =
        |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("").to_owned();
    let (body, files) = read(request, &header("content-type")).await;
    let shown = body.clone().unwrap_or(Value::Null);
    sandbox.record(&method, &path, &shown);

    let trouble = faults::trouble(&mut sandbox.lock(), &method, &inner);
    if !trouble.wait.is_zero() {
        tokio::time::sleep(trouble.wait).await;
    }
    if trouble.cut_before {
        remember(&sandbox, &method, &path, 0, None, &shown);
        cut();
    }
    let parts: Vec<&str> = inner.split('/').collect();
    let open = matches!(parts[0], "interactions" | "webhooks") || inner == "gateway";
    let mut told = None;
    let mut scope = None;
    let (status, answer) = if let Some((answer, given)) = trouble.answer {
        scope = given;
        answer
    } else if header("user-agent").is_empty() {
        error(403, 40333, "internal network error")
    } else if !open && header("authorization") != format!("Bot {TOKEN}") {
        error(401, 0, "401: Unauthorized")
    } else {
        match count(&sandbox, &method, &parts) {
            Err((limit, answer)) => {
                scope = Some(if answer.1["global"] == true { "global" } else { "user" }.to_owned());
                told = Some(limit);
                answer
            }
            Ok(limit) => {
                told = limit;
                match &body {
                    None => error(400, 50109, "The request body contains invalid JSON."),
                    Some(body) => {
                        let asked =
                            Asked { method: &method, parts: &parts, query: &query, body, files: &files };
                        route(&sandbox, &asked).await
                    }
                }
            }
        }
    };
    remember(&sandbox, &method, &path, if trouble.cut_after { 0 } else { status }, told.as_ref(), &shown);
    if trouble.cut_after {
        cut();
    }
    let code = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response =
        if answer.is_null() { code.into_response() } else { (code, axum::Json(&answer)).into_response() };
    limits::write(response.headers_mut(), told.as_ref(), scope.as_deref(), &answer, sandbox.now());
    response
}

/// Ends the connection without an answer: the task that serves it unwinds, which drops its socket. No panic is
/// reported, because none happened.
fn cut() -> ! {
    std::panic::resume_unwind(Box::new("the connection is cut on demand"))
}

#[expect(
    clippy::disallowed_methods,
    reason = "limits count in the machine's monotonic time, as Discord's do"
)]
fn count(
    sandbox: &Sandbox,
    method: &str,
    parts: &[&str],
) -> Result<Option<limits::Told>, (limits::Told, Answer)> {
    sandbox.lock().limits.count(method, parts, Instant::now())
}

fn remember(
    sandbox: &Sandbox,
    method: &str,
    path: &str,
    status: u16,
    told: Option<&limits::Told>,
    body: &Value,
) {
    let request = json!({ "at": sandbox.now(), "method": method, "path": path, "status": status,
        "bucket": told.map(|told| &told.bucket), "limit": told.map(|told| told.limit),
        "remaining": told.map(|told| told.remaining), "reset_after": told.map(|told| told.reset_after), "body": body });
    sandbox.lock().remember(request.clone());
    sandbox.tell(None, json!({ "type": "request", "request": request }));
}

impl Sandbox {
    fn record(&self, method: &str, path: &str, body: &Value) {
        let Some(file) = &self.record else { return };
        let line = json!({ "method": method, "path": path, "body": body });
        let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(error) = writeln!(file, "{line}").and_then(|()| file.flush()) {
            tracing::warn!(%error, "the sandbox could not write a request to its record");
        }
    }
}

/// The JSON of a body (`None` when it is none) and the files that came with it.
async fn read(request: Request, kind: &str) -> (Option<Value>, Vec<File>) {
    if !kind.starts_with("multipart/") {
        let bytes = to_bytes(request.into_body(), LARGEST).await.unwrap_or(Bytes::new());
        let body = if bytes.is_empty() { Some(Value::Null) } else { serde_json::from_slice(&bytes).ok() };
        return (body, Vec::new());
    }
    let (mut body, mut files) = (Some(json!({})), Vec::new());
    let Ok(mut form) = Multipart::from_request(request, &()).await else { return (None, files) };
    while let Ok(Some(field)) = form.next_field().await {
        let part = field.name().unwrap_or_default().to_owned();
        let name = field.file_name().unwrap_or_default().to_owned();
        let kind = field.content_type().unwrap_or("application/octet-stream").to_owned();
        let Ok(bytes) = field.bytes().await else { return (None, files) };
        if part == "payload_json" {
            body = serde_json::from_slice(&bytes).ok();
        } else if part.starts_with("files[") {
            files.push(File { name, kind, bytes });
        }
    }
    (body, files)
}

async fn route(s: &Arc<Sandbox>, asked: &Asked<'_>) -> Answer {
    let ws = format!("{}/gateway", s.base_url.replacen("http", "ws", 1));
    match (asked.method, asked.parts) {
        ("GET", ["gateway"]) => (200, json!({ "url": ws })),
        ("GET", ["gateway", "bot"]) => {
            let used = s.lock().identifies;
            (
                200,
                json!({ "url": ws, "shards": 1, "session_start_limit": { "total": 1000,
                    "remaining": 1000_u64.saturating_sub(used), "reset_after": 14_400_000, "max_concurrency": 1 } }),
            )
        }
        (_, ["users" | "applications" | "oauth2", ..]) => application::route(s, asked).await,
        (_, ["guilds", ..]) => channels::guild(s, asked),
        (_, ["channels", _, "messages", ..]) => messages::route(s, asked),
        (_, ["channels", ..]) => channels::route(s, asked),
        (_, ["interactions", ..] | ["webhooks", ..]) => interactions::route(s, asked),
        _ => unknown(s, asked),
    }
}

/// The channel that a path names, when it is there and the bot may see it.
fn seen(s: &Sandbox, asked: &Asked<'_>) -> Result<u64, Answer> {
    let channel = asked.parts[1].parse().unwrap_or(0);
    let state = s.lock();
    if !state.channels.contains_key(&channel) {
        return Err(unknown_channel());
    }
    if state.rights(state.bot, channel) & VIEW_CHANNEL == 0 {
        return Err(missing_access());
    }
    Ok(channel)
}

/// A route that the sandbox does not know: answered 501, and listed so that a test can fail on it.
fn unknown(s: &Sandbox, asked: &Asked<'_>) -> Answer {
    let path = asked.parts.join("/");
    s.lock().unknown.push(json!({ "method": asked.method, "path": path }));
    error(501, 0, &format!("the sandbox does not know {} /{path}", asked.method))
}
