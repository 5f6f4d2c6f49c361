//! The REST routes under /api/v10, with the bot's right to use them and Discord's error bodies.

use super::Sandbox;
use super::state::{TOKEN, iso};
use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, Multipart, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use std::io::Write;
use std::sync::{Arc, PoisonError};

type Answer = (u16, Value);

const TOKEN_LIFE: i64 = 15 * 60_000;
const FIRST_ANSWER: i64 = 3_000;
const NONCE_WINDOW: i64 = 5 * 60_000;

pub(crate) async fn serve(State(sandbox): State<Arc<Sandbox>>, request: Request) -> Response {
    let method = request.method().to_string();
    let path = request.uri().path_and_query().map_or_else(String::new, |p| p.to_string());
    let Some(inner) = request.uri().path().strip_prefix("/api/v10/").map(str::to_owned) else {
        return (StatusCode::NOT_FOUND, "not found").into_response();
    };
    let headers = request.headers().clone();
    let header = |name: &str| headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or("").to_owned();
    let (agent, authorization, kind) =
        (header("user-agent"), header("authorization"), header("content-type"));
    let body = if kind.starts_with("multipart/") {
        payload(request).await
    } else {
        let bytes = to_bytes(request.into_body(), 25 << 20).await.unwrap_or(Bytes::new());
        if bytes.is_empty() { Some(Value::Null) } else { serde_json::from_slice(&bytes).ok() }
    };
    if let Some(file) = &sandbox.record {
        let line = json!({"method":method,"path":path,"body":body});
        let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(error) = writeln!(file, "{line}").and_then(|()| file.flush()) {
            tracing::warn!(%error, "the sandbox could not write a request to its record");
        }
    }
    let parts: Vec<&str> = inner.split('/').collect();
    let open = matches!(parts[0], "interactions" | "webhooks") || inner == "gateway";
    let (status, answer) = if agent.is_empty() {
        error(403, 40333, "internal network error")
    } else if !open && authorization != format!("Bot {TOKEN}") {
        error(401, 0, "401: Unauthorized")
    } else if let Some(body) = &body {
        route(&sandbox, &method, &parts, &path, body)
    } else {
        error(400, 50109, "The request body contains invalid JSON.")
    };
    let told = json!({"at":sandbox.now(),"method":method,"path":path,"status":status,"remaining":null,"limit":null,"bucket":null,"body":body});
    sandbox.lock().requests.push(told.clone());
    sandbox.tell(None, json!({"type":"request","request":told}));
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if answer.is_null() { status.into_response() } else { (status, axum::Json(answer)).into_response() }
}

async fn payload(request: Request) -> Option<Value> {
    let mut form = Multipart::from_request(request, &()).await.ok()?;
    while let Ok(Some(field)) = form.next_field().await {
        if field.name() == Some("payload_json") {
            return serde_json::from_str(&field.text().await.ok()?).ok();
        }
    }
    None
}

fn error(status: u16, code: u64, message: &str) -> Answer {
    (status, json!({"message":message,"code":code}))
}

fn invalid(path: &[&str], code: &str, message: &str) -> Answer {
    let mut errors = json!({"_errors":[{"code":code,"message":message}]});
    for key in path.iter().rev() {
        errors = json!({*key: errors});
    }
    (400, json!({"message":"Invalid Form Body","code":50035,"errors":errors}))
}

fn number(text: &str) -> u64 {
    text.parse().unwrap_or(0)
}

fn route(s: &Sandbox, method: &str, parts: &[&str], path: &str, body: &Value) -> Answer {
    let (bot, guild) = {
        let state = s.lock();
        (state.bot.to_string(), state.guild.to_string())
    };
    let ws = format!("{}/gateway", s.base_url.replacen("http", "ws", 1));
    match (method, parts) {
        ("GET", ["gateway"]) => (200, json!({"url":ws})),
        ("GET", ["gateway", "bot"]) => (
            200,
            json!({"url":ws,"shards":1,
            "session_start_limit":{"total":1000,"remaining":999,"reset_after":14_400_000,"max_concurrency":1}}),
        ),
        ("GET", ["users", "@me"]) => {
            let state = s.lock();
            (200, state.user(state.bot))
        }
        ("GET", ["users", id]) => (200, s.lock().user(number(id))),
        ("GET", ["applications", "@me"] | ["oauth2", "applications", "@me"]) => (
            200,
            json!({"id":bot,"name":"Crier","description":"","flags":0,"bot_public":true,"bot_require_code_grant":false}),
        ),
        ("GET", ["applications", _, "commands"]) => (200, json!(s.lock().commands)),
        ("PUT", ["applications", _, "commands"]) => overwrite(s, body),
        ("POST", ["interactions", id, token, "callback"]) => callback(s, number(id), token, body),
        ("GET" | "PATCH" | "DELETE", ["webhooks", _, token, "messages", id]) => {
            original(s, method, token, id, body)
        }
        ("POST", ["webhooks", _, token]) => follow_up(s, token, body),
        ("GET", ["channels", id]) => s
            .lock()
            .channels
            .get(&number(id))
            .map_or_else(|| error(404, 10003, "Unknown Channel"), |c| (200, c.clone())),
        ("POST", ["channels", id, "messages"]) => create(s, number(id), body),
        ("GET" | "PATCH" | "DELETE", ["channels", c, "messages", id]) => {
            one(s, method, number(c), number(id), body)
        }
        ("GET", ["guilds", id, "channels"]) if *id == guild => {
            (200, s.lock().channels.values().filter(|c| c["type"] != 1).cloned().collect())
        }
        _ => {
            let known = json!({"method":method,"path":path});
            s.lock().unknown.push(known);
            error(501, 0, &format!("the sandbox does not know {method} {path}"))
        }
    }
}

fn overwrite(s: &Sandbox, body: &Value) -> Answer {
    let Some(list) = body.as_array() else {
        return invalid(&[], "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
    };
    let now = s.now();
    let mut state = s.lock();
    let mut all = Vec::new();
    for (n, command) in list.iter().enumerate() {
        let name = command["name"].as_str().unwrap_or("");
        if !(1..=32).contains(&name.chars().count()) {
            return invalid(
                &[&n.to_string(), "name"],
                "BASE_TYPE_BAD_LENGTH",
                "Must be between 1 and 32 in length.",
            );
        }
        let mut command = command.clone();
        let old = state.commands.iter().find(|c| c["name"] == name).map(|c| c["id"].clone());
        command["id"] = old.unwrap_or_else(|| json!(state.id(now).to_string()));
        command["application_id"] = json!(state.bot.to_string());
        command["version"] = json!(state.id(now).to_string());
        if command["type"].is_null() {
            command["type"] = json!(1);
        }
        all.push(command);
    }
    state.commands.clone_from(&all);
    drop(state);
    s.tell(None, json!({"type":"commands","commands":all}));
    (200, json!(all))
}

fn components(value: &Value) -> usize {
    match value {
        Value::Array(list) => list.iter().map(components).sum(),
        Value::Object(_) => {
            1 + components(&value["components"]) + usize::from(value["accessory"].is_object())
        }
        _ => 0,
    }
}

/// Discord's limits on a message, as far as this version knows them.
fn check(body: &Value) -> Option<Answer> {
    let v2 = body["flags"].as_u64().unwrap_or(0) & (1 << 15) != 0;
    let content = body["content"].as_str().unwrap_or("");
    if content.chars().count() > 2000 {
        return Some(invalid(&["content"], "BASE_TYPE_MAX_LENGTH", "Must be 2000 or fewer in length."));
    }
    if v2 && !content.is_empty() {
        return Some(invalid(
            &["content"],
            "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
            "The 'content' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
        ));
    }
    if components(&body["components"]) > 40 {
        return Some(invalid(
            &["components"],
            "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
            "The maximum number of components in this message has been exceeded (max of 40)",
        ));
    }
    let empty = |k: &str| body[k].as_array().is_none_or(Vec::is_empty);
    (content.is_empty() && empty("embeds") && empty("components"))
        .then(|| error(400, 50006, "Cannot send an empty message"))
}

fn create(s: &Sandbox, channel: u64, body: &Value) -> Answer {
    let now = s.now();
    let mut state = s.lock();
    let Some(room) = state.channels.get(&channel) else { return error(404, 10003, "Unknown Channel") };
    if room["type"] == 15 {
        return error(
            400,
            40058,
            "Cannot message this channel until the first message is made; start a thread",
        );
    }
    if !state.bot_may(channel) {
        return error(403, 50001, "Missing Access");
    }
    if let Some(bad) = check(body) {
        return bad;
    }
    let nonce =
        body["nonce"].as_str().map(str::to_owned).or_else(|| body["nonce"].as_u64().map(|n| n.to_string()));
    let key = nonce.map(|n| (channel, n));
    if let Some(key) = key.as_ref().filter(|_| body["enforce_nonce"] == true)
        && let Some((id, at)) = state.nonces.get(key)
        && now - at < NONCE_WINDOW
    {
        return state
            .messages
            .get(&channel)
            .and_then(|m| m.get(id))
            .map_or_else(|| error(404, 10008, "Unknown Message"), |m| (200, m.clone()));
    }
    let bot = state.bot;
    let message = state.post(now, channel, bot, body);
    if let Some(key) = key {
        state.nonces.insert(key, (number(message["id"].as_str().unwrap_or("")), now));
    }
    drop(state);
    s.tell(None, json!({"type":"message","message":message}));
    (200, message)
}

fn one(s: &Sandbox, method: &str, channel: u64, id: u64, body: &Value) -> Answer {
    let now = s.now();
    let mut state = s.lock();
    let bot = state.bot.to_string();
    if !state.bot_may(channel) {
        return error(403, 50001, "Missing Access");
    }
    let Some(message) = state.messages.get_mut(&channel).and_then(|m| m.get_mut(&id)) else {
        return error(404, 10008, "Unknown Message");
    };
    if method == "GET" {
        return (200, message.clone());
    }
    if message["author"]["id"] != bot {
        return error(403, 50005, "Cannot edit a message authored by another user");
    }
    let audience = message["ephemeral_for"].as_str().map(number);
    if method == "DELETE" {
        state.messages.entry(channel).or_default().remove(&id);
        drop(state);
        s.tell(
            audience,
            json!({"type":"message_delete","channel_id":channel.to_string(),"id":id.to_string()}),
        );
        return (204, Value::Null);
    }
    let mut next = message.clone();
    for key in ["content", "embeds", "components", "flags"] {
        if let Some(value) = body.get(key) {
            next[key] = if value.is_null() {
                if key == "content" { json!("") } else { json!([]) }
            } else {
                value.clone()
            };
        }
    }
    if message["ephemeral_for"].is_string() {
        next["flags"] = json!(next["flags"].as_u64().unwrap_or(0) | 64);
    }
    if let Some(bad) = check(&next) {
        return bad;
    }
    next["edited_timestamp"] = json!(iso(now));
    next["loading"] = json!(false);
    message.clone_from(&next);
    drop(state);
    s.tell(audience, json!({"type":"message","message":next}));
    (200, next)
}

fn callback(s: &Sandbox, id: u64, token: &str, body: &Value) -> Answer {
    let now = s.now();
    let mut state = s.lock();
    let unknown = || error(404, 10062, "Unknown interaction");
    let Some(i) = state.interactions.get(token) else { return unknown() };
    if i.body["id"] != id.to_string() || (i.answer.is_none() && now - i.at > FIRST_ANSWER) {
        return unknown();
    }
    if i.answer.is_some() {
        return error(400, 40060, "Interaction has already been acknowledged.");
    }
    let kind = body["type"].as_u64().unwrap_or(0);
    let from = i.body["type"].as_u64().unwrap_or(0);
    let allowed = match kind {
        4 | 5 => from != 4,
        6 | 7 => i.body["message"].is_object(),
        8 => from == 4,
        9 => matches!(from, 2 | 3),
        _ => false,
    };
    if !allowed {
        return invalid(&["type"], "BASE_TYPE_CHOICES", "This type of answer does not fit the interaction.");
    }
    let data = &body["data"];
    if matches!(kind, 4 | 7)
        && let Some(bad) = check(data)
    {
        return bad;
    }
    let (user, place) = (i.user, i.channel);
    let shown = i.body["message"]["id"].as_str().map(number);
    let command = i.body["data"]["name"].clone();
    let mut events = Vec::new();
    let mut original = shown;
    if matches!(kind, 4 | 5) {
        let bot = state.bot;
        let mut message = state.post(now, place, bot, data);
        let hidden = data["flags"].as_u64().unwrap_or(0) & 64 != 0;
        message["ephemeral_for"] = if hidden { json!(user.to_string()) } else { Value::Null };
        message["loading"] = json!(kind == 5);
        message["interaction"] = if command.is_string() {
            json!({"name":format!("/{}", command.as_str().unwrap_or("")),"user":state.user(user)})
        } else {
            Value::Null
        };
        let mid = number(message["id"].as_str().unwrap_or(""));
        state.messages.entry(place).or_default().insert(mid, message.clone());
        original = Some(mid);
        events.push((hidden.then_some(user), json!({"type":"message","message":message})));
    } else if kind == 9 {
        events.push((Some(user), json!({"type":"modal","interaction_id":id.to_string(),"modal":data})));
    } else if kind == 8 {
        events.push((Some(user), json!({"type":"choices","id":id.to_string(),"choices":data["choices"]})));
    }
    if let Some(i) = state.interactions.get_mut(token) {
        (i.answer, i.original) = (Some(kind), original);
    }
    drop(state);
    if kind == 7
        && let Some(mid) = shown
    {
        one(s, "PATCH", place, mid, data);
    }
    let told = if matches!(kind, 5 | 6) { "loading" } else { "answered" };
    events.push((Some(user), json!({"type":"interaction","id":id.to_string(),"state":told,"reason":null})));
    for (who, event) in events {
        s.tell(who, event);
    }
    (204, Value::Null)
}

fn live(s: &Sandbox, token: &str) -> Result<(u64, u64, Option<u64>), Answer> {
    let now = s.now();
    let state = s.lock();
    match state.interactions.get(token) {
        Some(i) if now - i.at <= TOKEN_LIFE && i.answer.is_some() => Ok((i.channel, i.user, i.original)),
        Some(i) if now - i.at > TOKEN_LIFE => Err(error(401, 50027, "Invalid Webhook Token")),
        _ => Err(error(404, 10015, "Unknown Webhook")),
    }
}

fn original(s: &Sandbox, method: &str, token: &str, id: &str, body: &Value) -> Answer {
    let (channel, _, original) = match live(s, token) {
        Ok(found) => found,
        Err(bad) => return bad,
    };
    match if id == "@original" { original } else { Some(number(id)) } {
        Some(id) => one(s, method, channel, id, body),
        None => error(404, 10008, "Unknown Message"),
    }
}

fn follow_up(s: &Sandbox, token: &str, body: &Value) -> Answer {
    let (channel, user, _) = match live(s, token) {
        Ok(found) => found,
        Err(bad) => return bad,
    };
    if let Some(bad) = check(body) {
        return bad;
    }
    let now = s.now();
    let mut state = s.lock();
    let bot = state.bot;
    let mut message = state.post(now, channel, bot, body);
    let hidden = body["flags"].as_u64().unwrap_or(0) & 64 != 0;
    message["ephemeral_for"] = if hidden { json!(user.to_string()) } else { Value::Null };
    state
        .messages
        .entry(channel)
        .or_default()
        .insert(number(message["id"].as_str().unwrap_or("")), message.clone());
    drop(state);
    s.tell(hidden.then_some(user), json!({"type":"message","message":message}));
    (200, message)
}
