//! Channels, threads, forums and the server.

use serde_json::{Value, json};

use super::super::answer::{Answer, Form, error, missing_permissions, unknown_channel};
use super::super::permissions::{CREATE_THREADS, MANAGE_THREADS, SEND_MESSAGES, VIEW_CHANNEL};
use super::super::state::{State, iso, number};
use super::super::{Sandbox, validate};
use super::{Asked, seen, unknown};

/// How long threads may be idle before they are archived, in minutes.
const IDLE: [u64; 4] = [60, 1440, 4320, 10080];
/// A forum with this flag asks for a tag on each post.
const REQUIRE_TAG: u64 = 1 << 4;

pub(super) fn route(s: &Sandbox, asked: &Asked<'_>) -> Answer {
    let channel = match seen(s, asked) {
        Ok(channel) => channel,
        Err(refusal) => return refusal,
    };
    match (asked.method, asked.parts) {
        ("GET", [_, _]) => (200, s.lock().channels[&channel].clone()),
        ("PATCH", [_, _]) => change(s, channel, asked.body),
        ("DELETE", [_, _]) => missing_permissions(),
        ("POST", [_, _, "typing"]) => {
            let state = s.lock();
            match state.refuse_post(channel) {
                Some(refusal) => refusal,
                None => (204, Value::Null),
            }
        }
        ("POST", [_, _, "threads"]) => start_thread(s, channel, asked),
        _ => unknown(s, asked),
    }
}

/// Only threads of the bot's own making can be changed by it.
fn change(s: &Sandbox, channel: u64, body: &Value) -> Answer {
    let mut state = s.lock();
    let own = state.channels[&channel]["owner_id"] == state.bot.to_string().as_str();
    if !own && state.rights(state.bot, channel) & MANAGE_THREADS == 0 {
        return missing_permissions();
    }
    let Some(room) = state.channels.get_mut(&channel) else { return unknown_channel() };
    if body["name"].is_string() {
        room["name"] = body["name"].clone();
    }
    for key in ["archived", "locked", "auto_archive_duration"] {
        if let Some(value) = body.get(key) {
            room["thread_metadata"][key] = value.clone();
        }
    }
    let room = room.clone();
    drop(state);
    s.tell(None, json!({ "type": "channel", "channel": room["id"] }));
    s.tell(None, json!({ "type": "reload" }));
    (200, room)
}

fn start_thread(s: &Sandbox, parent: u64, asked: &Asked<'_>) -> Answer {
    let body = asked.body;
    let now = s.now();
    let mut state = s.lock();
    let rights = state.rights(state.bot, parent);
    let forum = matches!(state.channels[&parent]["type"].as_u64(), Some(15 | 16));
    if rights & if forum { SEND_MESSAGES } else { CREATE_THREADS } == 0 {
        return missing_permissions();
    }
    let mut form = Form::default();
    if body["name"].is_null() {
        form.required("name");
    } else {
        form.text(&body["name"], "name", 1, 100);
    }
    let idle = body["auto_archive_duration"].as_u64();
    if idle.is_some_and(|minutes| !IDLE.contains(&minutes)) {
        let message = "Value must be one of (60, 1440, 4320, 10080).";
        form.add("auto_archive_duration", "BASE_TYPE_CHOICES", message);
    }
    let tags: Vec<u64> = body["applied_tags"].as_array().into_iter().flatten().map(number).collect();
    if forum {
        if body["message"].is_null() {
            form.required("message");
        }
        if tags.len() > 5 {
            form.add("applied_tags", "BASE_TYPE_MAX_LENGTH", "Must be 5 or fewer in length.");
        }
    }
    if let Some(bad) = form.answer() {
        return bad;
    }
    let room = &state.channels[&parent];
    if forum {
        let known: Vec<u64> =
            room["available_tags"].as_array().into_iter().flatten().map(|tag| number(&tag["id"])).collect();
        if tags.iter().any(|tag| !known.contains(tag)) {
            return error(400, 10087, "Unknown Tag");
        }
        if room["flags"].as_u64().unwrap_or(0) & REQUIRE_TAG != 0 && tags.is_empty() {
            return error(400, 40067, "A tag is required to create a forum post in this channel");
        }
        if let Some(bad) = validate::message(&body["message"], &asked.file_names()) {
            return prefixed(bad, "message");
        }
    }
    let kind = if forum || body["type"] == 11 { 11 } else { body["type"].as_u64().unwrap_or(12) };
    let id = state.id(now);
    let thread = add_thread(&mut state, id, parent, kind, body, now);
    let mut answer = thread.clone();
    let mut message = None;
    if forum {
        let bot = state.bot;
        let body = super::messages::with_files(&mut state, now, &body["message"], asked.files, &s.base_url);
        let first = state.post_as(id, now, id, bot, &body);
        answer["message"] = first.clone();
        message = Some(first);
    }
    drop(state);
    s.tell(None, json!({ "type": "reload" }));
    if let Some(message) = message {
        s.tell(None, json!({ "type": "message", "message": message }));
    }
    (201, answer)
}

/// Adds a thread under this id and gives it back.
pub(super) fn add_thread(
    state: &mut State,
    id: u64,
    parent: u64,
    kind: u64,
    body: &Value,
    now: i64,
) -> Value {
    let idle = body["auto_archive_duration"].as_u64().unwrap_or(4320);
    let tags = body["applied_tags"].as_array().cloned().unwrap_or_default();
    let thread = json!({ "id": id.to_string(), "type": kind, "guild_id": state.guild.to_string(),
        "parent_id": parent.to_string(), "owner_id": state.bot.to_string(), "name": body["name"], "topic": null,
        "available_tags": [], "applied_tags": tags, "permission_overwrites": [], "position": 0, "flags": 0,
        "message_count": 0, "member_count": 1, "last_message_id": null,
        "thread_metadata": { "archived": false, "locked": false, "auto_archive_duration": idle,
            "archive_timestamp": iso(now), "create_timestamp": iso(now) } });
    state.channels.insert(id, thread.clone());
    thread
}

/// The paths of a form's errors, below a field.
fn prefixed((status, mut body): Answer, field: &str) -> Answer {
    if body["errors"].is_object() {
        body["errors"] = json!({ field: body["errors"] });
    }
    (status, body)
}

pub(super) fn guild(s: &Sandbox, asked: &Asked<'_>) -> Answer {
    let state = s.lock();
    if asked.parts[1] != state.guild.to_string() {
        return error(404, 10004, "Unknown Guild");
    }
    let seen = |id: &u64| state.rights(state.bot, *id) & VIEW_CHANNEL != 0;
    match (asked.method, &asked.parts[2..]) {
        ("GET", []) => (
            200,
            json!({ "id": state.guild.to_string(), "name": "Crier Test Server", "owner_id": state.owner().to_string(),
                "roles": state.roles, "preferred_locale": "en-US", "features": ["COMMUNITY"] }),
        ),
        ("GET", ["roles"]) => (200, json!(state.roles)),
        ("GET", ["channels"]) => {
            let rooms =
                state.channels.values().filter(|room| !matches!(room["type"].as_u64(), Some(1 | 10..=12)));
            (200, rooms.cloned().collect())
        }
        ("GET", ["threads", "active"]) => {
            let threads: Vec<&Value> = state
                .channels
                .iter()
                .filter(|(id, room)| matches!(room["type"].as_u64(), Some(10..=12)) && seen(id))
                .map(|(_, room)| room)
                .filter(|room| room["thread_metadata"]["archived"] != true)
                .collect();
            (200, json!({ "threads": threads, "members": [] }))
        }
        ("GET", ["members", id]) => {
            let id = id.parse().unwrap_or(0);
            if id != state.bot && state.people.iter().all(|person| person.id != id) {
                return error(404, 10007, "Unknown Member");
            }
            (200, state.member(id, 0))
        }
        _ => {
            drop(state);
            unknown(s, asked)
        }
    }
}
