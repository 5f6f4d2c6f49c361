//! Answers to interactions: once, within three seconds; edits and follow-ups for fifteen minutes.

use serde_json::{Value, json};

use super::super::answer::{Answer, Form, error, unknown_message};
use super::super::state::number;
use super::super::{Sandbox, validate};
use super::{Asked, messages, unknown};

const TOKEN_LIFE: i64 = 15 * 60_000;
const FIRST_ANSWER: i64 = 3_000;
const EPHEMERAL: u64 = 1 << 6;

pub(super) fn route(s: &Sandbox, asked: &Asked<'_>) -> Answer {
    match (asked.method, asked.parts) {
        ("POST", ["interactions", id, token, "callback"]) => {
            let answer = answer(s, id, token, asked.body, asked.files);
            if answer.0 == 204 && asked.query("with_response") == Some("true") {
                return with_response(s, token);
            }
            answer
        }
        ("GET" | "PATCH" | "DELETE", ["webhooks", _, token, "messages", id]) => edit(s, token, id, asked),
        ("POST", ["webhooks", _, token]) => follow_up(s, token, asked),
        _ => unknown(s, asked),
    }
}

/// The first answer, by the callback route or as the body of an HTTP endpoint's answer.
pub(crate) fn answer(
    s: &Sandbox,
    id: &str,
    token: &str,
    body: &Value,
    files: &[super::super::state::File],
) -> Answer {
    let now = s.now();
    let mut state = s.lock();
    let late = || error(404, 10062, "Unknown interaction");
    let Some(interaction) = state.interactions.get(token).cloned() else { return late() };
    if interaction.body["id"] != id || interaction.answer.is_none() && now - interaction.at > FIRST_ANSWER {
        return late();
    }
    if interaction.answer.is_some() {
        return error(400, 40060, "Interaction has already been acknowledged.");
    }
    let (kind, data) = (body["type"].as_u64().unwrap_or(0), &body["data"]);
    let from = interaction.body["type"].as_u64().unwrap_or(0);
    let fits = match kind {
        4 | 5 => from != 4,
        6 | 7 => interaction.body["message"].is_object(),
        8 => from == 4,
        9 => matches!(from, 2 | 3),
        _ => false,
    };
    if !fits {
        let mut form = Form::default();
        form.add("type", "BASE_TYPE_CHOICES", "This type of answer does not fit the interaction.");
        return form.answer().unwrap_or_else(late);
    }
    let names: Vec<String> = files.iter().map(|file| file.name.clone()).collect();
    let refused = match kind {
        4 => validate::message(data, &names).map(below_data),
        8 => choices(data),
        9 => validate::modal(data),
        _ => None,
    };
    if let Some(refused) = refused {
        return refused;
    }
    let shown = interaction.body["message"]["id"].as_str().and_then(|id| id.parse().ok());
    let mut original = shown;
    let mut events = Vec::new();
    match kind {
        4 | 5 => {
            let hidden = data["flags"].as_u64().unwrap_or(0) & EPHEMERAL != 0;
            let data = messages::with_files(&mut state, now, data, files, &s.base_url);
            let mut message = say(&mut state, now, &interaction, &data, hidden);
            message["loading"] = json!(kind == 5);
            let mid = number(&message["id"]);
            state.messages.entry(interaction.channel).or_default().insert(mid, message.clone());
            original = Some(mid);
            events
                .push((hidden.then_some(interaction.user), json!({ "type": "message", "message": message })));
        }
        8 => events.push((
            Some(interaction.user),
            json!({ "type": "choices", "id": id, "choices": data["choices"] }),
        )),
        9 => events
            .push((Some(interaction.user), json!({ "type": "modal", "interaction_id": id, "modal": data }))),
        _ => {}
    }
    // An update is checked whole before it counts as the answer.
    if kind == 7
        && let Some(mid) = shown
    {
        drop(state);
        let changed = messages::change(s, "PATCH", interaction.channel, mid, data, files);
        if changed.0 != 200 {
            return below_data(changed);
        }
        state = s.lock();
    }
    if let Some(kept) = state.interactions.get_mut(token) {
        (kept.answer, kept.original) = (Some(kind), original);
        if kind == 9 {
            kept.modal.clone_from(data);
        }
    }
    drop(state);
    let told = if kind == 5 { "loading" } else { "answered" };
    events.push((
        Some(interaction.user),
        json!({ "type": "interaction", "id": id, "state": told, "reason": null }),
    ));
    for (who, event) in events {
        s.tell(who, event);
    }
    (204, Value::Null)
}

/// Stores a message of the bot that answers an interaction.
fn say(
    state: &mut super::super::state::State,
    now: i64,
    interaction: &super::super::state::Interaction,
    data: &Value,
    hidden: bool,
) -> Value {
    // Answers ping users only, unless they say otherwise.
    let mut data = data.clone();
    if data["allowed_mentions"].is_null() && data.is_object() {
        data["allowed_mentions"] = json!({ "parse": ["users"] });
    }
    let bot = state.bot;
    let mut message = state.post(now, interaction.channel, bot, &data);
    message["ephemeral_for"] = if hidden { json!(interaction.user.to_string()) } else { Value::Null };
    if interaction.body["type"] == 2 {
        let mut name = interaction.body["data"]["name"].as_str().unwrap_or_default().to_owned();
        let mut level = &interaction.body["data"]["options"][0];
        while matches!(level["type"].as_u64(), Some(1 | 2)) {
            name.push(' ');
            name.push_str(level["name"].as_str().unwrap_or_default());
            level = &level["options"][0];
        }
        let user = state.user(interaction.user);
        message["interaction"] = json!({ "id": interaction.body["id"], "type": 2, "name": name,
            "user": user });
    }
    message
}

fn choices(data: &Value) -> Option<Answer> {
    let mut form = Form::default();
    let list = data["choices"].as_array().map_or(&[][..], Vec::as_slice);
    if list.len() > 25 {
        form.add("data.choices", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.");
    }
    for (n, choice) in list.iter().enumerate() {
        form.text(&choice["name"], &format!("data.choices.{n}.name"), 1, 100);
        form.text(&choice["value"], &format!("data.choices.{n}.value"), 1, 100);
    }
    form.answer()
}

fn below_data((status, mut body): Answer) -> Answer {
    if body["errors"].is_object() {
        body["errors"] = json!({ "data": body["errors"] });
    }
    (status, body)
}

fn with_response(s: &Sandbox, token: &str) -> Answer {
    let state = s.lock();
    let Some(kept) = state.interactions.get(token) else { return unknown_message() };
    let message = kept
        .original
        .and_then(|id| state.messages.get(&kept.channel)?.get(&id))
        .cloned()
        .unwrap_or(Value::Null);
    (
        200,
        json!({ "interaction": { "id": kept.body["id"], "type": kept.body["type"],
            "response_message_id": message["id"] }, "resource": { "type": kept.answer, "message": message } }),
    )
}

/// Channel, person and first message of a token that still lives.
fn live(s: &Sandbox, token: &str) -> Result<super::super::state::Interaction, Answer> {
    let now = s.now();
    match s.lock().interactions.get(token) {
        Some(kept) if now - kept.at > TOKEN_LIFE => Err(error(401, 50027, "Invalid Webhook Token")),
        Some(kept) if kept.answer.is_some() => Ok(kept.clone()),
        _ => Err(error(404, 10015, "Unknown Webhook")),
    }
}

fn edit(s: &Sandbox, token: &str, id: &str, asked: &Asked<'_>) -> Answer {
    let kept = match live(s, token) {
        Ok(kept) => kept,
        Err(refusal) => return refusal,
    };
    match if id == "@original" { kept.original } else { id.parse().ok() } {
        Some(id) => messages::change(s, asked.method, kept.channel, id, asked.body, asked.files),
        None => unknown_message(),
    }
}

fn follow_up(s: &Sandbox, token: &str, asked: &Asked<'_>) -> Answer {
    let kept = match live(s, token) {
        Ok(kept) => kept,
        Err(refusal) => return refusal,
    };
    if let Some(bad) = validate::message(asked.body, &asked.file_names()) {
        return bad;
    }
    let hidden = asked.body["flags"].as_u64().unwrap_or(0) & EPHEMERAL != 0;
    let now = s.now();
    let mut state = s.lock();
    let body = messages::with_files(&mut state, now, asked.body, asked.files, &s.base_url);
    let message = say(&mut state, now, &kept, &body, hidden);
    let id = number(&message["id"]);
    state.messages.entry(kept.channel).or_default().insert(id, message.clone());
    drop(state);
    s.tell(hidden.then_some(kept.user), json!({ "type": "message", "message": message }));
    (200, message)
}
