//! What a person does in the client: types a command, completes an option, presses, submits, writes.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use super::permissions::{self as may, USE_COMMANDS, VIEW_CHANNEL};
use super::state::{Interaction, State, number};
use super::{Sandbox, endpoint};

/// How long the client waits for a first answer.
const PATIENCE: Duration = Duration::from_secs(3);

type Done = Result<Value, String>;

/// Who acts where, checked.
struct Actor {
    user: u64,
    channel: u64,
}

/// The person `as` in the channel `channel_id`, who must see it and have these rights.
fn actor(state: &State, asked: &Value, rights: u64, lack: &str) -> Result<Actor, String> {
    let key = asked["as"].as_str().unwrap_or_default();
    let user = state.person(key).map(|person| person.id).ok_or("\"as\" must be \"ada\" or \"lin\".")?;
    let channel = number(&asked["channel_id"]);
    let bits = state.rights(user, channel);
    if bits & VIEW_CHANNEL == 0 {
        return Err("There is no such channel.".to_owned());
    }
    if bits & rights != rights {
        return Err(lack.to_owned());
    }
    Ok(Actor { user, channel })
}

/// Sends a slash command, or with `focused` asks for completions of that option.
pub(crate) fn command(sandbox: &Arc<Sandbox>, asked: &Value) -> Done {
    let focused = asked["focused"].as_str();
    let state = sandbox.lock();
    let actor = actor(&state, asked, USE_COMMANDS, "You may not use commands here.")?;
    let name = asked["name"].as_str().unwrap_or_default();
    let all = state.all_commands();
    let known = all.iter().find(|command| command["name"] == name);
    let known = known.ok_or_else(|| format!("There is no command /{name}."))?;
    allowed(&state, known, &actor)?;
    let path: Vec<&str> = asked["path"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let mut level = known;
    for part in &path {
        let inner = level["options"].as_array().into_iter().flatten().find(|option| option["name"] == *part);
        level = inner.ok_or_else(|| format!("/{name} has no subcommand \"{part}\"."))?;
    }
    let defined = level["options"].as_array().map_or(&[][..], Vec::as_slice);
    if defined.iter().any(|option| matches!(option["type"].as_u64(), Some(1 | 2))) {
        let names: Vec<&str> = defined.iter().filter_map(|option| option["name"].as_str()).collect();
        return Err(format!("/{name} needs one of its subcommands: {}.", names.join(", ")));
    }
    let mut resolved = json!({});
    let mut options = Vec::new();
    for (key, value) in asked["options"].as_object().into_iter().flatten() {
        let option = defined.iter().find(|option| option["name"] == key.as_str());
        let option = option.ok_or_else(|| format!("/{name} has no option \"{key}\"."))?;
        let typing = focused == Some(key);
        let value = if focused.is_some() { value.clone() } else { value_of(&state, option, value)? };
        resolve(&state, &actor, option, &value, &mut resolved);
        let mut sent = json!({ "name": key, "type": option["type"], "value": value });
        if typing {
            sent["focused"] = json!(true);
        }
        options.push(sent);
    }
    if let Some(focused) = focused
        && !options.iter().any(|option| option["name"] == focused)
    {
        options.push(json!({ "name": focused, "type": 3, "value": "", "focused": true }));
    }
    if focused.is_none()
        && let Some(missing) = defined
            .iter()
            .find(|option| option["required"] == true && !options.iter().any(|o| o["name"] == option["name"]))
    {
        return Err(format!("The option \"{}\" is required.", missing["name"].as_str().unwrap_or_default()));
    }
    for (n, part) in path.iter().enumerate().rev() {
        let kind = if n + 1 == path.len() { 1 } else { 2 };
        options = vec![json!({ "name": part, "type": kind, "options": options })];
    }
    let mut data = json!({ "id": known["id"], "name": name, "type": known["type"], "options": options });
    if resolved.as_object().is_some_and(|kinds| !kinds.is_empty()) {
        data["resolved"] = resolved;
    }
    if known["guild_id"].is_string() {
        data["guild_id"] = known["guild_id"].clone();
    }
    drop(state);
    Ok(send(sandbox, &actor, if focused.is_some() { 4 } else { 2 }, data, Value::Null))
}

/// Commands that ask for rights, or are not for this kind of place.
fn allowed(state: &State, command: &Value, actor: &Actor) -> Result<(), String> {
    let name = command["name"].as_str().unwrap_or_default();
    let dm = state.channels.get(&actor.channel).is_some_and(|room| room["type"] == 1);
    let contexts = command["contexts"].as_array();
    let here = u64::from(dm);
    if contexts.is_some_and(|contexts| !contexts.iter().any(|context| context.as_u64() == Some(here))) {
        let place = if dm { "in direct messages" } else { "in a server" };
        return Err(format!("/{name} can't be used {place}."));
    }
    if let Some(bits) =
        command["default_member_permissions"].as_str().and_then(|bits| bits.parse::<u64>().ok())
    {
        let held = state.rights(actor.user, actor.channel);
        let admin = held & may::ADMINISTRATOR != 0;
        if !dm && !admin && (bits == 0 || held & bits != bits) {
            return Err(format!("You may not use /{name}."));
        }
    }
    Ok(())
}

/// A value as the client sends it: of the option's kind, within its bounds and choices.
fn value_of(state: &State, option: &Value, value: &Value) -> Done {
    let name = option["name"].as_str().unwrap_or_default();
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let choices = option["choices"].as_array().map_or(&[][..], Vec::as_slice);
    if !choices.is_empty() {
        let chosen = choices.iter().find(|c| c["value"] == *value || c["name"].as_str() == Some(&text));
        return chosen.map(|choice| choice["value"].clone()).ok_or_else(|| {
            let names: Vec<&str> = choices.iter().filter_map(|choice| choice["name"].as_str()).collect();
            format!("\"{text}\" is no choice of \"{name}\"; choose one of {}.", names.join(", "))
        });
    }
    match option["type"].as_u64() {
        Some(3) => {
            let length = text.chars().count() as u64;
            let (least, most) =
                (option["min_length"].as_u64().unwrap_or(0), option["max_length"].as_u64().unwrap_or(6000));
            if !(least..=most).contains(&length) {
                return Err(format!("\"{name}\" takes {least} to {most} characters."));
            }
            Ok(json!(text))
        }
        Some(4) => {
            let number: i64 =
                text.parse().map_err(|_| format!("\"{name}\" takes a whole number, not \"{text}\"."))?;
            bounds(option, name, number as f64)?;
            Ok(json!(number))
        }
        Some(10) => {
            let number: f64 =
                text.parse().map_err(|_| format!("\"{name}\" takes a number, not \"{text}\"."))?;
            bounds(option, name, number)?;
            Ok(json!(number))
        }
        Some(5) => match text.to_lowercase().as_str() {
            "true" | "yes" => Ok(json!(true)),
            "false" | "no" => Ok(json!(false)),
            _ => Err(format!("\"{name}\" takes true or false, not \"{text}\".")),
        },
        Some(7) => {
            let id = pick(&text, "#", "<#", state.channels.iter().map(|(id, room)| (*id, &room["name"])));
            let id = id.ok_or_else(|| format!("There is no channel \"{text}\"."))?;
            let kinds = option["channel_types"].as_array().map_or(&[][..], Vec::as_slice);
            if !kinds.is_empty() && !kinds.contains(&state.channels[&id]["type"]) {
                return Err(format!("\"{name}\" takes another kind of channel."));
            }
            Ok(json!(id.to_string()))
        }
        Some(8) => {
            let roles = state.roles.iter().map(|role| (number(&role["id"]), &role["name"]));
            let id = pick(&text, "@", "<@&", roles);
            id.map(|id| json!(id.to_string())).ok_or_else(|| format!("There is no role \"{text}\"."))
        }
        Some(6 | 9) => {
            let names: Vec<(u64, Value)> = state.people.iter().map(|p| (p.id, json!(p.name))).collect();
            let id = pick(&text, "@", "<@", names.iter().map(|(id, name)| (*id, name)));
            id.map(|id| json!(id.to_string())).ok_or_else(|| format!("There is nobody called \"{text}\"."))
        }
        _ => Ok(value.clone()),
    }
}

fn bounds(option: &Value, name: &str, number: f64) -> Result<(), String> {
    let (least, most) = (option["min_value"].as_f64(), option["max_value"].as_f64());
    if least.is_some_and(|least| number < least) || most.is_some_and(|most| number > most) {
        let word = |bound: Option<f64>| bound.map_or_else(|| "any".to_owned(), |n| n.to_string());
        return Err(format!("\"{name}\" takes a number from {} to {}.", word(least), word(most)));
    }
    Ok(())
}

/// An id, a mention or a name as the id that it means.
fn pick<'a>(
    text: &str,
    sign: &str,
    mention: &str,
    known: impl Iterator<Item = (u64, &'a Value)>,
) -> Option<u64> {
    let bare = text.strip_prefix(mention).and_then(|rest| rest.strip_suffix('>')).unwrap_or(text);
    let bare = bare.strip_prefix(sign).unwrap_or(bare);
    known
        .into_iter()
        .find(|(id, name)| {
            bare == id.to_string() || name.as_str().is_some_and(|n| n.eq_ignore_ascii_case(bare))
        })
        .map(|(id, _)| id)
}

/// What Discord adds about channels, roles and people that an option names.
fn resolve(state: &State, actor: &Actor, option: &Value, value: &Value, resolved: &mut Value) {
    let id = number(value);
    let key = id.to_string();
    match option["type"].as_u64() {
        Some(7) => {
            if let Some(room) = state.channels.get(&id) {
                let mut room = room.clone();
                room["permissions"] = json!(state.rights(actor.user, id).to_string());
                room["app_permissions"] = json!(state.rights(state.bot, id).to_string());
                resolved["channels"][&key] = room;
            }
        }
        Some(8) => {
            if let Some(role) = state.roles.iter().find(|role| number(&role["id"]) == id) {
                resolved["roles"][&key] = role.clone();
            }
        }
        Some(6 | 9) => {
            resolved["users"][&key] = state.user(id);
            resolved["members"][&key] = state.member(id, actor.channel);
        }
        _ => {}
    }
}

/// Presses a button or chooses from a menu of a message.
pub(crate) fn press(sandbox: &Arc<Sandbox>, asked: &Value) -> Done {
    let state = sandbox.lock();
    let actor = actor(&state, asked, 0, "")?;
    let id = number(&asked["message_id"]);
    let message = state.messages.get(&actor.channel).and_then(|all| all.get(&id)).cloned();
    let me = actor.user.to_string();
    let message = message
        .filter(|message| message["ephemeral_for"].is_null() || message["ephemeral_for"] == me.as_str())
        .ok_or("There is no such message.")?;
    let custom_id = asked["custom_id"].as_str().unwrap_or_default();
    let part = find(&message["components"], custom_id).ok_or("This message has no such button.")?;
    if part["disabled"] == true {
        return Err("This button can't be pressed.".to_owned());
    }
    let mut data = json!({ "custom_id": custom_id, "component_type": part["type"] });
    if part["type"] != 2 {
        let values = asked["values"].as_array().cloned().unwrap_or_default();
        let range = part["min_values"].as_u64().unwrap_or(1)..=part["max_values"].as_u64().unwrap_or(1);
        if !range.contains(&(values.len() as u64)) {
            return Err(format!("Choose {} to {}.", range.start(), range.end()));
        }
        let options = part["options"].as_array().map_or(&[][..], Vec::as_slice);
        if part["type"] == 3 && values.iter().any(|value| options.iter().all(|o| o["value"] != *value)) {
            return Err("This menu has no such choice.".to_owned());
        }
        let kind = match part["type"].as_u64() {
            Some(6) => 8,
            Some(8) => 7,
            _ => 6,
        };
        let mut resolved = json!({});
        for value in values.iter().filter(|_| part["type"] != 3) {
            resolve(&state, &actor, &json!({ "type": kind }), value, &mut resolved);
        }
        data["values"] = json!(values);
        data["resolved"] = resolved;
    }
    drop(state);
    Ok(send(sandbox, &actor, 3, data, message))
}

/// The component of this custom id, wherever it stands.
fn find(part: &Value, custom_id: &str) -> Option<Value> {
    match part {
        Value::Array(list) => list.iter().find_map(|part| find(part, custom_id)),
        Value::Object(fields) if fields.get("custom_id").is_some_and(|id| id == custom_id) => {
            Some(part.clone())
        }
        Value::Object(fields) => ["components", "accessory", "component"]
            .into_iter()
            .find_map(|key| find(fields.get(key)?, custom_id)),
        _ => None,
    }
}

/// Sends a form that an interaction was answered with.
pub(crate) fn submit(sandbox: &Arc<Sandbox>, asked: &Value) -> Done {
    let state = sandbox.lock();
    let key = asked["as"].as_str().unwrap_or_default();
    let user = state.person(key).map(|person| person.id).ok_or("\"as\" must be \"ada\" or \"lin\".")?;
    let shown = state.interactions.values().find(|kept| kept.body["id"] == asked["interaction_id"]).cloned();
    let shown = shown
        .filter(|kept| kept.user == user && !kept.modal.is_null())
        .ok_or("This form is not open any more.")?;
    let fields = &asked["fields"];
    let mut components = Vec::new();
    for part in shown.modal["components"].as_array().into_iter().flatten() {
        let inner = if part["type"] == 18 { &part["component"] } else { &part["components"][0] };
        let id = inner["custom_id"].as_str().unwrap_or_default();
        let given = &fields[id];
        let text = given.as_str().unwrap_or_default();
        let label = part["label"].as_str().or(inner["label"].as_str()).unwrap_or(id);
        let length = text.chars().count() as u64;
        if inner["type"] == 4 {
            if inner["required"] != false && text.is_empty() {
                return Err(format!("\"{label}\" must be filled in."));
            }
            if length > inner["max_length"].as_u64().unwrap_or(4000) {
                return Err(format!("\"{label}\" is too long."));
            }
            if !text.is_empty() && length < inner["min_length"].as_u64().unwrap_or(0) {
                return Err(format!("\"{label}\" is too short."));
            }
        }
        let filled = if given.is_array() {
            json!({ "type": inner["type"], "custom_id": id, "values": given })
        } else {
            json!({ "type": inner["type"], "custom_id": id, "value": text })
        };
        components.push(match part["type"].as_u64() {
            Some(18) => json!({ "type": 18, "component": filled }),
            Some(1) => json!({ "type": 1, "components": [filled] }),
            _ => continue,
        });
    }
    let message = shown.body["message"].clone();
    let actor = Actor { user, channel: shown.channel };
    drop(state);
    let data = json!({ "custom_id": shown.modal["custom_id"], "components": components });
    Ok(send(sandbox, &actor, 5, data, message))
}

/// Sends an interaction to the bot, by the gateway or to its endpoint, and watches over its three seconds.
fn send(sandbox: &Arc<Sandbox>, actor: &Actor, kind: u64, data: Value, message: Value) -> Value {
    let now = sandbox.now();
    let mut state = sandbox.lock();
    let id = state.id(now);
    let token = format!("sandbox-interaction-{id}");
    let room = state.channels.get(&actor.channel).cloned().unwrap_or(Value::Null);
    let dm = room["type"] == 1;
    let owner = if dm { "0".to_owned() } else { state.guild.to_string() };
    let mut body = json!({ "id": id.to_string(), "application_id": state.bot.to_string(), "type": kind, "token": token,
        "version": 1, "channel_id": actor.channel.to_string(), "channel": room,
        "app_permissions": state.rights(state.bot, actor.channel).to_string(), "locale": "en-US", "entitlements": [],
        "authorizing_integration_owners": { "0": owner }, "context": u8::from(dm), "attachment_size_limit": 10_485_760,
        "data": data });
    if dm {
        body["user"] = state.user(actor.user);
    } else {
        body["guild_id"] = json!(state.guild.to_string());
        body["guild_locale"] = json!("en-US");
        body["guild"] = json!({ "id": state.guild.to_string(), "locale": "en-US", "features": [] });
        body["member"] = state.member(actor.user, actor.channel);
        body["channel"]["permissions"] = body["member"]["permissions"].clone();
    }
    if message.is_object() {
        body["message"] = message;
    }
    let kept = Interaction {
        body: body.clone(),
        at: now,
        answer: None,
        original: None,
        channel: actor.channel,
        user: actor.user,
        modal: Value::Null,
    };
    state.interactions.insert(token.clone(), kept);
    let endpoint = state.endpoint.clone();
    drop(state);
    sandbox.tell(
        Some(actor.user),
        json!({ "type": "interaction", "id": id.to_string(), "state": "sent", "reason": null }),
    );
    match endpoint {
        Some(url) => drop(tokio::spawn(endpoint::deliver(Arc::clone(sandbox), url, body))),
        None => sandbox.dispatch("INTERACTION_CREATE", &body),
    }
    let (sandbox, user) = (Arc::clone(sandbox), actor.user);
    tokio::spawn(async move {
        tokio::time::sleep(PATIENCE).await;
        let answered = sandbox.lock().interactions.get(&token).is_none_or(|kept| kept.answer.is_some());
        if !answered {
            let reason = "The application did not respond";
            sandbox.tell(
                Some(user),
                json!({ "type": "interaction", "id": id.to_string(), "state": "failed", "reason": reason }),
            );
        }
    });
    json!({ "interaction_id": id.to_string() })
}

/// A person's own words in a channel.
pub(crate) fn say(sandbox: &Sandbox, asked: &Value) -> Done {
    let now = sandbox.now();
    let mut state = sandbox.lock();
    let actor = actor(&state, asked, may::SEND_MESSAGES, "You may not write here.")?;
    if state.channels[&actor.channel]["type"] == 15 {
        return Err("A forum holds posts; write within one of them.".to_owned());
    }
    let content = asked["content"].as_str().unwrap_or_default().trim();
    if !(1..=2000).contains(&content.chars().count()) {
        return Err("A message has 1 to 2,000 characters.".to_owned());
    }
    let message = state.post(now, actor.channel, actor.user, &json!({ "content": content }));
    drop(state);
    sandbox.tell(None, json!({ "type": "message", "message": message }));
    Ok(message)
}

/// An ephemeral answer goes away; with `by_manager` somebody deletes a message of the channel.
pub(crate) fn remove(sandbox: &Sandbox, asked: &Value, by_manager: bool) -> Done {
    let mut state = sandbox.lock();
    let actor = actor(&state, asked, 0, "")?;
    let id = number(&asked["message_id"]);
    let me = actor.user.to_string();
    let manages = state.rights(actor.user, actor.channel) & may::MANAGE_MESSAGES != 0;
    let all = state.messages.entry(actor.channel).or_default();
    let message = all.get(&id).ok_or("There is no such message.")?;
    let mine = message["ephemeral_for"] == me.as_str();
    let own = message["author"]["id"] == me.as_str();
    if by_manager && !(own || manages && message["ephemeral_for"].is_null()) || !by_manager && !mine {
        return Err("This message is not yours to remove.".to_owned());
    }
    all.remove(&id);
    drop(state);
    let event =
        json!({ "type": "message_delete", "channel_id": actor.channel.to_string(), "id": id.to_string() });
    sandbox.tell(if by_manager { None } else { Some(actor.user) }, event);
    Ok(json!({}))
}
