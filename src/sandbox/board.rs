//! The job board: sample openings, published one by one, closed, reopened and changed, read with an ETag.

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{Sandbox, StartError, faults, state};

/// Fields that the board shows of an opening.
const FIELDS: [&str; 10] =
    ["id", "title", "company", "location", "workmode", "description", "salary_text", "lang", "url", "tags"];

/// A sample opening.
#[derive(Debug, Clone)]
pub(crate) struct Opening {
    pub(crate) fields: Value,
    /// Set once it is published.
    pub(crate) posted_at: Option<i64>,
    pub(crate) closed: bool,
}

/// The samples, the first `published` of them on the board already.
pub(crate) fn read(text: &str, published: usize, now: i64) -> Result<Vec<Opening>, StartError> {
    let mut openings: Vec<Opening> = Vec::new();
    for (n, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let fields: Value = serde_json::from_str(line).map_err(|_| StartError::Opening(n + 1))?;
        if !fields["id"].is_string() {
            return Err(StartError::Opening(n + 1));
        }
        let posted_at = (openings.len() < published).then(|| now - age(&fields));
        openings.push(Opening { fields, posted_at, closed: false });
    }
    Ok(openings)
}

/// Publishes the next; its id, or none when all are out.
pub(crate) fn publish_next(sandbox: &Sandbox) -> Option<String> {
    let now = sandbox.now();
    let mut state = sandbox.lock();
    let opening = state.openings.iter_mut().find(|opening| opening.posted_at.is_none())?;
    opening.posted_at = Some(now);
    let id = opening.fields["id"].as_str().map(str::to_owned);
    drop(state);
    tell(sandbox);
    id
}

/// Publishes an opening of the caller's own making.
pub(crate) fn publish(sandbox: &Sandbox, fields: Value) -> Result<String, String> {
    let Some(id) = fields["id"].as_str().map(str::to_owned) else {
        return Err("An opening needs an \"id\" that is a text.".to_owned());
    };
    let now = sandbox.now();
    let mut state = sandbox.lock();
    if state.openings.iter().any(|opening| opening.fields["id"] == id.as_str()) {
        return Err(format!("There is an opening \"{id}\" already."));
    }
    let posted_at = Some(now - age(&fields));
    state.openings.push(Opening { fields, posted_at, closed: false });
    drop(state);
    tell(sandbox);
    Ok(id)
}

/// Changes one that is published: closes or reopens it, or sets fields of it.
pub(crate) fn change(sandbox: &Sandbox, id: &str, with: impl FnOnce(&mut Opening)) -> Result<(), String> {
    let mut state = sandbox.lock();
    let found = state.openings.iter_mut().find(|o| o.posted_at.is_some() && o.fields["id"] == id);
    with(found.ok_or_else(|| format!("There is no opening \"{id}\" on the board."))?);
    drop(state);
    tell(sandbox);
    Ok(())
}

fn tell(sandbox: &Sandbox) {
    let board = overview(&sandbox.lock().openings);
    sandbox.tell(None, json!({ "type": "board", "board": board }));
}

/// What the page shows of the board, newest first.
pub(crate) fn overview(openings: &[Opening]) -> Value {
    let mut out: Vec<&Opening> = openings.iter().filter(|opening| opening.posted_at.is_some()).collect();
    out.sort_by_key(|opening| std::cmp::Reverse(opening.posted_at));
    let left = openings.len() - out.len();
    let shown: Vec<Value> = out
        .iter()
        .map(|o| {
            json!({ "id": o.fields["id"], "title": o.fields["title"], "company": o.fields["company"],
                "location": o.fields["location"], "salary_text": o.fields["salary_text"], "closed": o.closed,
                "posted_at": o.posted_at })
        })
        .collect();
    json!({ "published": shown.len(), "left": left, "openings": shown })
}

/// The board as a feed reads it.
pub(crate) fn serve(sandbox: &Sandbox, headers: &HeaderMap) -> Response {
    let state = sandbox.lock();
    if let Some(fault) = faults::is_on(&state, "board_down") {
        let status = u16::try_from(fault["status"].as_u64().unwrap_or(503)).unwrap_or(503);
        return StatusCode::from_u16(status).unwrap_or(StatusCode::SERVICE_UNAVAILABLE).into_response();
    }
    let mut text = String::new();
    for opening in state.openings.iter().filter(|opening| !opening.closed) {
        let Some(at) = opening.posted_at else { continue };
        let mut line = json!({});
        for key in FIELDS {
            line[key] = opening.fields[key].clone();
        }
        line["posted_at"] = json!(state::iso(at));
        text.push_str(&line.to_string());
        text.push('\n');
    }
    drop(state);
    let digest: String =
        Sha256::digest(text.as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let tag = format!("\"{digest}\"");
    if headers.get(header::IF_NONE_MATCH).is_some_and(|held| held.as_bytes() == tag.as_bytes()) {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response();
    }
    ([(header::ETAG, tag), (header::CONTENT_TYPE, "application/jsonl".into())], text).into_response()
}

/// How long before it appears an opening says that it was published, in milliseconds.
fn age(fields: &Value) -> i64 {
    fields["posted_minutes_ago"].as_i64().unwrap_or(0) * 60_000
}
