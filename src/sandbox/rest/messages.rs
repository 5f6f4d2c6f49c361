//! Messages of channels: created once a nonce, listed, edited, deleted, published to followers.

use serde_json::{Value, json};

use super::super::answer::{Answer, error, unknown_message};
use super::super::permissions::{READ_HISTORY, SEND_MESSAGES};
use super::super::state::{File, State, iso, number};
use super::super::{Sandbox, validate};
use super::{Asked, channels, seen, unknown};

/// How long a nonce is remembered, in milliseconds.
const NONCE_WINDOW: i64 = 5 * 60_000;
const V2: u64 = 1 << 15;
const EPHEMERAL: u64 = 1 << 6;

pub(super) fn route(s: &Sandbox, asked: &Asked<'_>) -> Answer {
    let channel = match seen(s, asked) {
        Ok(channel) => channel,
        Err(refusal) => return refusal,
    };
    let id = asked.parts.get(3).and_then(|id| id.parse().ok()).unwrap_or(0);
    match (asked.method, &asked.parts[3..]) {
        ("POST", []) => create(s, channel, asked),
        ("GET", []) => list(s, channel, asked),
        ("GET" | "PATCH" | "DELETE", [_]) => one(s, asked.method, channel, id, asked),
        ("POST", [_, "crosspost"]) => crosspost(s, channel, id),
        ("POST", [_, "threads"]) => thread(s, channel, id, asked.body),
        _ => unknown(s, asked),
    }
}

fn create(s: &Sandbox, channel: u64, asked: &Asked<'_>) -> Answer {
    let body = asked.body;
    let now = s.now();
    let mut state = s.lock();
    let room = &state.channels[&channel];
    if matches!(room["type"].as_u64(), Some(15 | 16)) {
        return error(400, 40058, "Cannot message this channel until the first post is made; start a thread");
    }
    if let Some(refusal) = state.refuse_post(channel) {
        return refusal;
    }
    if room["thread_metadata"]["locked"] == true {
        return error(400, 160_005, "Thread is locked");
    }
    if let Some(bad) = validate::message(body, &asked.file_names()) {
        return bad;
    }
    let nonce =
        body["nonce"].as_str().map(str::to_owned).or_else(|| body["nonce"].as_i64().map(|n| n.to_string()));
    let key = nonce.map(|nonce| (channel, nonce));
    if let Some(key) = key.as_ref().filter(|_| body["enforce_nonce"] == true)
        && let Some((id, at)) = state.nonces.get(key)
        && now - at < NONCE_WINDOW
    {
        let first = state.messages.get(&channel).and_then(|all| all.get(id));
        return first.map_or_else(unknown_message, |message| (200, message.clone()));
    }
    // Posting wakes an archived thread.
    if let Some(room) =
        state.channels.get_mut(&channel).filter(|room| room["thread_metadata"]["archived"] == true)
    {
        room["thread_metadata"]["archived"] = json!(false);
    }
    let body = with_files(&mut state, now, body, asked.files, &s.base_url);
    let bot = state.bot;
    let message = state.post(now, channel, bot, &body);
    if let Some(key) = key {
        state.nonces.insert(key, (number(&message["id"]), now));
    }
    drop(state);
    s.tell(None, json!({ "type": "message", "message": message }));
    (200, message)
}

/// The body with its files stored and listed as attachments.
pub(super) fn with_files(state: &mut State, now: i64, body: &Value, files: &[File], base: &str) -> Value {
    let mut body = body.clone();
    if files.is_empty() {
        return body;
    }
    let mut attachments = Vec::new();
    for (n, file) in files.iter().enumerate() {
        let id = state.id(now);
        let told =
            body["attachments"].as_array().into_iter().flatten().find(|told| number(&told["id"]) == n as u64);
        attachments.push(json!({ "id": id.to_string(), "filename": file.name, "content_type": file.kind,
            "size": file.bytes.len(), "url": format!("{base}/page/files/{id}/{}", file.name),
            "description": told.map(|told| told["description"].clone()) }));
        state.files.insert(id, file.clone());
    }
    body["sandbox_attachments"] = json!(attachments);
    body
}

fn list(s: &Sandbox, channel: u64, asked: &Asked<'_>) -> Answer {
    let state = s.lock();
    if state.rights(state.bot, channel) & READ_HISTORY == 0 {
        return (200, json!([]));
    }
    let limit = asked.query("limit").and_then(|n| n.parse().ok()).unwrap_or(50);
    if !(1..=100).contains(&limit) {
        let mut form = super::super::answer::Form::default();
        form.add("limit", "NUMBER_TYPE_RANGE", "int value should be between 1 and 100.");
        return form.answer().unwrap_or_else(unknown_message);
    }
    let id = |name: &str| asked.query(name).and_then(|id| id.parse::<u64>().ok());
    let (before, after) = (id("before").unwrap_or(u64::MAX), id("after").unwrap_or(0));
    let all = state.messages.get(&channel);
    let seen = all
        .into_iter()
        .flatten()
        .filter(|(id, message)| **id < before && **id > after && message["ephemeral_for"].is_null());
    let mut found: Vec<Value> = seen.map(|(_, message)| message.clone()).collect();
    // With `after` alone the oldest come first to be chosen; the answer is newest first all the same.
    if id("after").is_none() {
        found.reverse();
        found.truncate(limit);
    } else {
        found.truncate(limit);
        found.reverse();
    }
    (200, json!(found))
}

fn one(s: &Sandbox, method: &str, channel: u64, id: u64, asked: &Asked<'_>) -> Answer {
    let state = s.lock();
    let hidden = state
        .messages
        .get(&channel)
        .and_then(|all| all.get(&id))
        .is_some_and(|message| message["ephemeral_for"].is_string());
    let archived = state.channels[&channel]["thread_metadata"]["archived"] == true;
    drop(state);
    if hidden {
        return unknown_message();
    }
    if method == "PATCH" && archived {
        return error(400, 50083, "Thread is archived");
    }
    change(s, method, channel, id, asked.body, asked.files)
}

/// Reads, edits or deletes a message of the bot, ephemeral ones too (by their interaction).
pub(super) fn change(
    s: &Sandbox,
    method: &str,
    channel: u64,
    id: u64,
    body: &Value,
    files: &[File],
) -> Answer {
    let now = s.now();
    let mut state = s.lock();
    let bot = state.bot;
    let Some(message) = state.messages.get(&channel).and_then(|all| all.get(&id)).cloned() else {
        return unknown_message();
    };
    if method == "GET" {
        return (200, message);
    }
    if message["author"]["id"] != bot.to_string().as_str() {
        return error(403, 50005, "Cannot edit a message authored by another user");
    }
    let audience = message["ephemeral_for"].as_str().and_then(|id| id.parse().ok());
    if method == "DELETE" {
        state.messages.entry(channel).or_default().remove(&id);
        drop(state);
        let event =
            json!({ "type": "message_delete", "channel_id": channel.to_string(), "id": id.to_string() });
        s.tell(audience, event);
        return (204, Value::Null);
    }
    let body = with_files(&mut state, now, body, files, &s.base_url);
    let mut next = message.clone();
    for key in ["content", "embeds", "components"] {
        if let Some(value) = body.get(key) {
            let empty = if key == "content" { json!("") } else { json!([]) };
            next[key] = if value.is_null() { empty } else { value.clone() };
        }
    }
    if let Some(flags) = body["flags"].as_u64() {
        // Components V2 can be set and never cleared; whether it is ephemeral was decided at first.
        let kept = next["flags"].as_u64().unwrap_or(0) & (V2 | EPHEMERAL);
        next["flags"] = json!(flags & !EPHEMERAL | kept);
    }
    let mut names: Vec<String> = files.iter().map(|file| file.name.clone()).collect();
    let kept = next["attachments"].as_array().into_iter().flatten();
    names.extend(kept.filter_map(|file| file["filename"].as_str()).map(str::to_owned));
    let mut whole = next.clone();
    whole["allowed_mentions"] = body["allowed_mentions"].clone();
    whole["nonce"] = Value::Null;
    if let Some(bad) = validate::message(&whole, &names) {
        return bad;
    }
    if body["sandbox_attachments"].is_array() {
        next["attachments"] = body["sandbox_attachments"].clone();
    }
    if next["loading"] == true {
        next["loading"] = json!(false);
    } else {
        next["edited_timestamp"] = json!(iso(now));
    }
    state.messages.entry(channel).or_default().insert(id, next.clone());
    drop(state);
    s.tell(audience, json!({ "type": "message", "message": next }));
    (200, next)
}

fn crosspost(s: &Sandbox, channel: u64, id: u64) -> Answer {
    let mut state = s.lock();
    if state.channels[&channel]["type"] != 5 {
        return error(400, 50024, "Cannot execute action on this channel type");
    }
    if state.rights(state.bot, channel) & SEND_MESSAGES == 0 {
        return super::super::answer::missing_permissions();
    }
    let Some(message) = state.messages.get_mut(&channel).and_then(|all| all.get_mut(&id)) else {
        return unknown_message();
    };
    if message["crossposted"] == true {
        return error(400, 40033, "This message has already been crossposted.");
    }
    message["crossposted"] = json!(true);
    message["flags"] = json!(message["flags"].as_u64().unwrap_or(0) | 1);
    let message = message.clone();
    drop(state);
    s.tell(None, json!({ "type": "message", "message": message }));
    (200, message)
}

/// A thread from a message has the message's id.
fn thread(s: &Sandbox, channel: u64, id: u64, body: &Value) -> Answer {
    let now = s.now();
    let mut state = s.lock();
    if !state.messages.get(&channel).is_some_and(|all| all.contains_key(&id)) {
        return unknown_message();
    }
    if state.channels.contains_key(&id) {
        return error(400, 160_004, "A thread has already been created for this message");
    }
    let mut form = super::super::answer::Form::default();
    form.text(&body["name"], "name", 1, 100);
    if let Some(bad) = form.answer() {
        return bad;
    }
    let made = channels::add_thread(&mut state, id, channel, 11, body, now);
    drop(state);
    s.tell(None, json!({ "type": "reload" }));
    (201, made)
}
