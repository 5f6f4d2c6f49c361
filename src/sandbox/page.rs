//! The page and what it may ask: the state as one person sees it, events, what people do, the board and the faults.

mod assets;

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

use super::permissions::{SEND_MESSAGES, USE_COMMANDS, VIEW_CHANNEL};
use super::state::{State as Server, number};
use super::{Sandbox, board, endpoint, faults, gateway, people};

/// Messages of a channel that the page is given.
const MESSAGES: usize = 100;
/// Requests that the page is given.
const REQUESTS: usize = 200;

type S = State<Arc<Sandbox>>;
type Refusal = (StatusCode, Json<Value>);
type Answer = Result<Json<Value>, Refusal>;

pub(crate) fn routes(sandbox: &Arc<Sandbox>) -> Router<Arc<Sandbox>> {
    let page = Router::new()
        .route("/", get(|| async { asset("index.html") }))
        .route("/assets/{file}", get(|Path(file): Path<String>| async move { asset(&file) }))
        .route("/page/state", get(state))
        .route("/page/events", get(events))
        .route("/page/files/{id}/{name}", get(file))
        .route("/page/log", get(|State(s): S| async move { Json(json!(s.lock().requests)) }))
        .route("/page/unknown", get(|State(s): S| async move { Json(json!(s.lock().unknown)) }))
        .route(
            "/page/command",
            post(|State(s): S, Json(b): Json<Value>| async move { done(people::command(&s, &b)) }),
        )
        .route(
            "/page/complete",
            post(|State(s): S, Json(b): Json<Value>| async move { done(people::command(&s, &b)) }),
        )
        .route(
            "/page/press",
            post(|State(s): S, Json(b): Json<Value>| async move { done(people::press(&s, &b)) }),
        )
        .route(
            "/page/submit",
            post(|State(s): S, Json(b): Json<Value>| async move { done(people::submit(&s, &b)) }),
        )
        .route(
            "/page/send",
            post(|State(s): S, Json(b): Json<Value>| async move { done(people::say(&s, &b)) }),
        )
        .route(
            "/page/dismiss",
            post(|State(s): S, Json(b): Json<Value>| async move { done(people::remove(&s, &b, false)) }),
        )
        .route(
            "/page/delete",
            post(|State(s): S, Json(b): Json<Value>| async move { done(people::remove(&s, &b, true)) }),
        )
        .route("/page/board/{act}", post(on_board))
        .route("/page/fault", post(fault))
        .route("/page/channel", post(add_channel))
        .route("/page/channel/remove", post(remove_channel))
        .route("/page/permission", post(permission))
        .route("/page/endpoint", post(set_endpoint))
        .layer(middleware::from_fn_with_state(Arc::clone(sandbox), only_from_here));
    page.route("/board/openings.jsonl", get(|State(s): S, h: HeaderMap| async move { board::serve(&s, &h) }))
}

/// Another site's page must not drive this one, nor read it under a name of its own.
async fn only_from_here(State(sandbox): S, request: Request, next: Next) -> Response {
    if is_own(request.headers()) {
        return next.run(request).await;
    }
    let told = json!({ "error": format!("This page answers only to {}.", sandbox.base_url) });
    (StatusCode::FORBIDDEN, Json(told)).into_response()
}

fn is_own(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (host, origin) = (text(header::HOST), text(header::ORIGIN));
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let here = matches!(name, "127.0.0.1" | "localhost" | "[::1]");
    here && (origin.is_empty() || origin.strip_prefix("http://") == Some(host))
}

fn asset(file: &str) -> Response {
    match assets::ASSETS.iter().find(|(name, ..)| *name == file) {
        Some((_, kind, text)) => {
            let headers = [(header::CONTENT_TYPE, *kind), (header::CACHE_CONTROL, "no-cache")];
            (headers, *text).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn refuse(sentence: impl Into<String>) -> Refusal {
    (StatusCode::BAD_REQUEST, Json(json!({ "error": sentence.into() })))
}

fn done(outcome: Result<Value, String>) -> Answer {
    outcome.map(Json).map_err(refuse)
}

fn who(state: &Server, query: &HashMap<String, String>) -> Result<u64, Refusal> {
    let key = query.get("as").map(String::as_str).unwrap_or_default();
    let person = state.person(key).ok_or_else(|| refuse("\"as\" must be \"ada\" or \"lin\"."))?;
    Ok(person.id)
}

async fn state(State(s): S, Query(query): Query<HashMap<String, String>>) -> Answer {
    let now = s.now();
    let state = s.lock();
    let me = who(&state, &query)?;
    let people: Vec<Value> = state
        .people
        .iter()
        .map(|p| json!({ "id": p.id.to_string(), "key": p.key, "name": p.name, "manager": p.id == state.owner() }))
        .collect();
    let mine = people.iter().find(|person| number(&person["id"]) == me).cloned();
    let seen: Vec<(u64, &Value)> = state
        .channels
        .iter()
        .map(|(id, room)| (*id, room))
        .filter(|(id, _)| state.rights(me, *id) & VIEW_CHANNEL != 0)
        .collect();
    let channels: Vec<Value> = seen.iter().map(|(id, room)| channel(&state, me, *id, room)).collect();
    let mut messages = json!({});
    let my_id = me.to_string();
    for (id, _) in &seen {
        let all: Vec<&Value> = state
            .messages
            .get(id)
            .into_iter()
            .flat_map(|all| all.values())
            .filter(|m| m["ephemeral_for"].is_null() || m["ephemeral_for"] == my_id.as_str())
            .collect();
        messages[id.to_string()] = json!(all[all.len().saturating_sub(MESSAGES)..]);
    }
    let requests = &state.requests[state.requests.len().saturating_sub(REQUESTS)..];
    Ok(Json(json!({ "server": { "id": state.guild.to_string(), "name": "Crier Test Server" },
        "bot": { "id": state.bot.to_string(), "name": "Crier", "online": gateway::online(&state) || state.endpoint.is_some() },
        "me": mine, "people": people, "roles": state.roles, "channels": channels, "messages": messages,
        "commands": state.all_commands(), "board": board::overview(&state.openings), "requests": requests,
        "unknown": state.unknown, "faults": faults::overview(&state), "now": now })))
}

fn channel(state: &Server, me: u64, id: u64, room: &Value) -> Value {
    let rights = state.rights(me, id);
    json!({ "id": room["id"], "name": room["name"], "type": room["type"], "topic": room["topic"],
        "position": room["position"], "parent_id": room["parent_id"], "can_view": true,
        "can_send": rights & SEND_MESSAGES != 0 && room["type"] != 15, "can_use_commands": rights & USE_COMMANDS != 0,
        "tags": room["available_tags"], "applied_tags": room["applied_tags"],
        "archived": room["thread_metadata"]["archived"], "locked": room["thread_metadata"]["locked"],
        "rights": { "bot": state.rights(state.bot, id).to_string(), "me": rights.to_string() } })
}

async fn events(State(s): S, Query(query): Query<HashMap<String, String>>) -> Result<Response, Refusal> {
    let me = who(&s.lock(), &query)?;
    let start = (Arc::clone(&s), s.pages.subscribe(), s.stop.clone());
    let stream = futures_util::stream::unfold(start, move |(s, mut events, mut stop)| async move {
        loop {
            let event = tokio::select! {
                () = super::ended(&mut stop) => return None,
                event = events.recv() => match event {
                    Ok(event) => event,
                    // Too slow to follow: the page fetches the state anew.
                    Err(tokio::sync::broadcast::error::RecvError::Lagged(_)) => (None, json!({ "type": "reload" })),
                    Err(_) => return None,
                }
            };
            if event.0.is_none_or(|id| id == me) && may_see(&s.lock(), me, &event.1) {
                let sent = Ok::<_, std::convert::Infallible>(Event::default().data(event.1.to_string()));
                return Some((sent, (s, events, stop)));
            }
        }
    });
    Ok(Sse::new(stream).keep_alive(KeepAlive::default()).into_response())
}

/// Messages of channels that the person can't see are none of theirs.
fn may_see(state: &Server, me: u64, event: &Value) -> bool {
    let place = [&event["message"]["channel_id"], &event["channel_id"]].into_iter().find(|id| id.is_string());
    place.is_none_or(|id| state.rights(me, number(id)) & VIEW_CHANNEL != 0)
}

async fn file(State(s): S, Path((id, _)): Path<(u64, String)>) -> Response {
    match s.lock().files.get(&id) {
        Some(file) => ([(header::CONTENT_TYPE, file.kind.clone())], file.bytes.clone()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn on_board(State(s): S, Path(act): Path<String>, Json(asked): Json<Value>) -> Answer {
    let id = asked["id"].as_str().unwrap_or_default();
    let changed = match act.as_str() {
        "publish" if asked["opening"].is_object() => {
            return done(board::publish(&s, asked["opening"].clone()).map(|id| json!({ "id": id })));
        }
        "publish" => return Ok(Json(json!({ "id": board::publish_next(&s) }))),
        "close" => board::change(&s, id, |opening| opening.closed = true),
        "reopen" => board::change(&s, id, |opening| opening.closed = false),
        "change" => board::change(&s, id, |opening| {
            for (key, value) in asked["fields"].as_object().into_iter().flatten() {
                opening.fields[key] = value.clone();
            }
        }),
        _ => Err(format!("The board knows publish, close, reopen and change, not \"{act}\".")),
    };
    done(changed.map(|()| json!({})))
}

async fn fault(State(s): S, Json(asked): Json<Value>) -> Answer {
    done(faults::switch(&s, &asked).map(|faults| json!({ "faults": faults })))
}

async fn add_channel(State(s): S, Json(asked): Json<Value>) -> Answer {
    let Some(name) = asked["name"].as_str().filter(|name| (1..=100).contains(&name.chars().count())) else {
        return Err(refuse("A channel's name has 1 to 100 characters."));
    };
    let now = s.now();
    let mut state = s.lock();
    let id = state.add_channel(now, name, asked["type"].as_u64().unwrap_or(0), "");
    let room = state.channels[&id].clone();
    drop(state);
    s.dispatch("CHANNEL_CREATE", &room);
    s.tell(None, json!({ "type": "reload" }));
    Ok(Json(json!({ "id": id.to_string() })))
}

async fn remove_channel(State(s): S, Json(asked): Json<Value>) -> Answer {
    let id = number(&asked["id"]);
    let mut state = s.lock();
    let room = state.channels.remove(&id).ok_or_else(|| refuse("There is no such channel."))?;
    state.messages.remove(&id);
    drop(state);
    s.dispatch("CHANNEL_DELETE", &room);
    s.tell(None, json!({ "type": "channel_delete", "id": id.to_string() }));
    Ok(Json(json!({})))
}

/// Sets what a channel denies and allows to the bot or to Lin.
async fn permission(State(s): S, Json(asked): Json<Value>) -> Answer {
    let mut state = s.lock();
    let who = asked["who"].as_str().unwrap_or_default();
    let user = if who == "bot" { Some(state.bot) } else { state.person(who).map(|person| person.id) };
    let user = user.ok_or_else(|| refuse("\"who\" must be \"bot\", \"ada\" or \"lin\"."))?;
    let room = state.channels.get_mut(&number(&asked["channel_id"]));
    let room = room.ok_or_else(|| refuse("There is no such channel."))?;
    if let Some(list) = room["permission_overwrites"].as_array_mut() {
        list.retain(|overwrite| number(&overwrite["id"]) != user);
        let (deny, allow) = (number(&asked["deny"]).to_string(), number(&asked["allow"]).to_string());
        if (deny.as_str(), allow.as_str()) != ("0", "0") {
            list.push(json!({ "id": user.to_string(), "type": 1, "deny": deny, "allow": allow }));
        }
    }
    let room = room.clone();
    drop(state);
    s.dispatch("CHANNEL_UPDATE", &room);
    s.tell(None, json!({ "type": "reload" }));
    Ok(Json(json!({})))
}

async fn set_endpoint(State(s): S, Json(asked): Json<Value>) -> Answer {
    let url = asked["url"].as_str().filter(|url| !url.is_empty()).map(str::to_owned);
    if let Some(url) = &url {
        endpoint::try_out(&s, url).await.map_err(refuse)?;
    }
    s.lock().endpoint = url;
    Ok(Json(json!({})))
}
