//! The page's HTTP contract: state, events, and what a person can do.

use super::{Sandbox, board, state::Interaction};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, Sse};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;

type S = State<Arc<Sandbox>>;
type Refusal = (StatusCode, Json<Value>);

pub(crate) fn routes() -> Router<Arc<Sandbox>> {
    Router::new()
        .route("/", get(|| async { Html(include_str!("page/index.html")) }))
        .route("/page/state", get(whole))
        .route("/page/events", get(events))
        .route("/page/command", post(command))
        .route("/page/send", post(send))
        .route(
            "/page/board/publish",
            post(|State(s): S| async move { Json(json!({"id":board::publish_next(&s)})) }),
        )
        .route("/page/log", get(|State(s): S| async move { Json(json!(s.lock().requests)) }))
        .route("/page/unknown", get(|State(s): S| async move { Json(json!(s.lock().unknown)) }))
        .route("/board/openings.jsonl", get(|State(s): S, h: HeaderMap| async move { board::serve(&s, &h) }))
}

fn refuse(sentence: &str) -> Refusal {
    (StatusCode::BAD_REQUEST, Json(json!({"error":sentence})))
}

fn who(s: &Sandbox, key: Option<&str>) -> Result<u64, Refusal> {
    key.and_then(|k| s.lock().person(k)).ok_or_else(|| refuse("\"as\" must be \"ada\" or \"lin\""))
}

async fn whole(State(s): S, Query(q): Query<HashMap<String, String>>) -> Result<Json<Value>, Refusal> {
    let me = who(&s, q.get("as").map(String::as_str))?;
    let now = s.now();
    let state = s.lock();
    let people: Vec<Value> = state
        .people
        .iter()
        .map(|p| json!({"id":p.0.to_string(),"key":p.1,"name":p.2,"manager":p.1=="ada"}))
        .collect();
    let mine = people.iter().find(|p| p["id"] == me.to_string()).cloned();
    let key = mine.as_ref().map_or(Value::Null, |p| p["key"].clone());
    let rooms: Vec<&Value> =
        state.channels.values().filter(|c| c["sandbox_for"].is_null() || c["sandbox_for"] == key).collect();
    let channels: Vec<Value> = rooms
        .iter()
        .map(|c| {
            json!({"id":c["id"],"name":c["name"],"type":c["type"],"topic":c["topic"],
        "can_send":c["type"]!=15,"parent_id":c["parent_id"],"tags":c["available_tags"]})
        })
        .collect();
    let mut messages = json!({});
    for room in rooms {
        let id = room["id"].as_str().unwrap_or("");
        let all: Vec<&Value> = state
            .messages
            .get(&id.parse().unwrap_or(0))
            .into_iter()
            .flat_map(|m| m.values())
            .filter(|m| m["ephemeral_for"].is_null() || m["ephemeral_for"] == me.to_string())
            .collect();
        messages[id] = json!(all[all.len().saturating_sub(100)..]);
    }
    Ok(Json(json!({"server":{"id":state.guild.to_string(),"name":"Crier Test Server"},
        "bot":{"id":state.bot.to_string(),"name":"Crier","online":state.sessions>0},"me":mine,"people":people,"roles":[],
        "channels":channels,"messages":messages,"commands":state.commands,"board":board::overview(&state.openings),
        "requests":state.requests,"faults":[],"now":now})))
}

async fn events(State(s): S, Query(q): Query<HashMap<String, String>>) -> Result<Response, Refusal> {
    let me = who(&s, q.get("as").map(String::as_str))?;
    let start = (s.pages.subscribe(), s.stop.clone());
    let stream = futures_util::stream::unfold(start, move |(mut events, mut stop)| async move {
        loop {
            let event =
                tokio::select! { _ = super::ended(&mut stop) => return None, e = events.recv() => e.ok()? };
            if event.0.is_none_or(|id| id == me) {
                let sent = Ok::<_, std::convert::Infallible>(Event::default().data(event.1.to_string()));
                return Some((sent, (events, stop)));
            }
        }
    });
    Ok(Sse::new(stream).into_response())
}

async fn send(State(s): S, Json(b): Json<Value>) -> Result<Json<Value>, Refusal> {
    let me = who(&s, b["as"].as_str())?;
    let channel: u64 = b["channel_id"].as_str().and_then(|c| c.parse().ok()).unwrap_or(0);
    let now = s.now();
    let mut state = s.lock();
    if !state.channels.contains_key(&channel) {
        return Err(refuse("There is no such channel."));
    }
    let message = state.post(now, channel, me, &json!({"content":b["content"]}));
    drop(state);
    s.tell(None, json!({"type":"message","message":message}));
    Ok(Json(message))
}

/// Only the form with name, path and options; typed text comes later.
async fn command(State(s): S, Json(b): Json<Value>) -> Result<Json<Value>, Refusal> {
    let me = who(&s, b["as"].as_str())?;
    let channel: u64 = b["channel_id"].as_str().and_then(|c| c.parse().ok()).unwrap_or(0);
    let Some(name) = b["name"].as_str() else {
        return Err(refuse("Typed command text is not read yet: send name, path and options."));
    };
    let now = s.now();
    let mut state = s.lock();
    let Some(room) = state.channels.get(&channel).cloned() else {
        return Err(refuse("There is no such channel."));
    };
    let Some(known) = state.commands.iter().find(|c| c["name"] == name).cloned() else {
        return Err(refuse("Unknown command."));
    };
    let path: Vec<&str> = b["path"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let mut level = &known;
    for part in &path {
        level = level["options"]
            .as_array()
            .into_iter()
            .flatten()
            .find(|o| o["name"] == *part)
            .ok_or_else(|| refuse("Unknown subcommand."))?;
    }
    let mut options = Vec::new();
    for (key, value) in b["options"].as_object().into_iter().flatten() {
        let option = level["options"]
            .as_array()
            .into_iter()
            .flatten()
            .find(|o| o["name"] == key.as_str())
            .ok_or_else(|| refuse(&format!("This command has no option \"{key}\".")))?;
        options.push(json!({"name":key,"type":option["type"],"value":value}));
    }
    for option in level["options"].as_array().into_iter().flatten().filter(|o| o["required"] == true) {
        if !options.iter().any(|o| o["name"] == option["name"]) {
            return Err(refuse(&format!(
                "The option \"{}\" is required.",
                option["name"].as_str().unwrap_or("")
            )));
        }
    }
    for (n, part) in path.iter().enumerate().rev() {
        options = vec![json!({"name":part,"type":if n + 1 == path.len() { 1 } else { 2 },"options":options})];
    }
    let (id, user) = (state.id(now), state.user(me));
    let (token, all) = (format!("sandbox-{id}"), "9007199254740991");
    let dm = room["type"] == 1;
    let mut body = json!({"id":id.to_string(),"application_id":state.bot.to_string(),"type":2,"token":token,"version":1,
        "channel_id":channel.to_string(),"channel":room,"app_permissions":all,"locale":"en-US","entitlements":[],
        "authorizing_integration_owners":{"0":if dm { "0".into() } else { state.guild.to_string() }},
        "context":u8::from(dm),"attachment_size_limit":10_485_760,
        "data":{"id":known["id"],"name":name,"type":known["type"],"options":options}});
    if dm {
        body["user"] = user;
    } else {
        body["guild_id"] = json!(state.guild.to_string());
        body["guild_locale"] = json!("en-US");
        let rights = if b["as"] == "ada" { all } else { "2147552256" };
        body["member"] = json!({"user":user,"roles":[],"permissions":rights,"joined_at":"2026-01-01T00:00:00+00:00","deaf":false,"mute":false,"flags":0});
    }
    let kept = Interaction { body: body.clone(), at: now, answer: None, original: None, channel, user: me };
    state.interactions.insert(token, kept);
    drop(state);
    let _ = s.gateway.send(("INTERACTION_CREATE".into(), body)); // the bot may be offline
    s.tell(Some(me), json!({"type":"interaction","id":id.to_string(),"state":"sent","reason":null}));
    Ok(Json(json!({"interaction_id":id.to_string()})))
}
