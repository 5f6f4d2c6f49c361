//! The job board: sample openings, published one by one, read with ETag.

use super::Sandbox;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

pub(crate) struct Opening {
    pub(crate) fields: Value,
    pub(crate) posted_at: Option<i64>,
    pub(crate) closed: bool,
}

pub(crate) fn publish_next(sandbox: &Sandbox) -> Option<String> {
    let now = sandbox.now();
    let mut state = sandbox.lock();
    let opening = state.openings.iter_mut().find(|o| o.posted_at.is_none())?;
    opening.posted_at = Some(now);
    let id = opening.fields["id"].as_str().map(str::to_owned);
    let board = overview(&state.openings);
    drop(state);
    sandbox.tell(None, json!({"type":"board","board":board}));
    id
}

pub(crate) fn overview(openings: &[Opening]) -> Value {
    let out: Vec<Value> = openings
        .iter()
        .filter(|o| o.posted_at.is_some())
        .map(|o| json!({"id":o.fields["id"],"title":o.fields["title"],"company":o.fields["company"],"closed":o.closed}))
        .collect();
    json!({"published": out.len(), "left": openings.len() - out.len(), "openings": out})
}

pub(crate) fn serve(sandbox: &Sandbox, headers: &HeaderMap) -> Response {
    let mut text = String::new();
    for o in sandbox.lock().openings.iter().filter(|o| !o.closed) {
        let Some(at) = o.posted_at else { continue };
        let mut line = json!({});
        for key in [
            "id",
            "title",
            "company",
            "location",
            "workmode",
            "description",
            "salary_text",
            "lang",
            "url",
            "tags",
        ] {
            line[key] = o.fields[key].clone();
        }
        line["posted_at"] = json!(super::state::iso(at));
        text.push_str(&line.to_string());
        text.push('\n');
    }
    let mut tag = String::from("\"");
    for byte in &Sha256::digest(text.as_bytes())[..8] {
        tag.push_str(&format!("{byte:02x}"));
    }
    tag.push('"');
    if headers.get(header::IF_NONE_MATCH).is_some_and(|h| h.as_bytes() == tag.as_bytes()) {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response();
    }
    ([(header::ETAG, tag), (header::CONTENT_TYPE, "application/jsonl".into())], text).into_response()
}
