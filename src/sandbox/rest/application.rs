//! The application and its commands, and the bot's own user.

use std::sync::Arc;

use serde_json::{Value, json};

use super::super::answer::{Answer, Form, error};
use super::super::state::{State, number};
use super::super::{Sandbox, endpoint, validate};
use super::{Asked, unknown};

/// Commands that may be made anew in a day, for each server.
const MOST_COMMANDS: usize = 100;

pub(super) async fn route(s: &Arc<Sandbox>, asked: &Asked<'_>) -> Answer {
    match (asked.method, asked.parts) {
        ("GET", ["users", "@me"]) => {
            let state = s.lock();
            (200, state.user(state.bot))
        }
        ("POST", ["users", "@me", "channels"]) => open_dm(s, asked.body),
        ("GET", ["users", id]) => (200, s.lock().user(id.parse().unwrap_or(0))),
        ("GET", ["applications", "@me"] | ["oauth2", "applications", "@me"]) => (200, whole(s)),
        ("PATCH", ["applications", "@me"]) => patch(s, asked.body).await,
        (_, ["applications", _, "commands", rest @ ..]) => commands(s, asked, rest, false),
        (_, ["applications", _, "guilds", guild, "commands", rest @ ..]) => {
            if s.lock().guild.to_string() != *guild {
                return error(403, 50001, "Missing Access");
            }
            commands(s, asked, rest, true)
        }
        _ => unknown(s, asked),
    }
}

fn whole(s: &Sandbox) -> Value {
    let state = s.lock();
    json!({ "id": state.bot.to_string(), "name": "Crier", "description": "", "flags": 0, "bot_public": true,
        "bot_require_code_grant": false, "verify_key": s.key.public, "interactions_endpoint_url": state.endpoint,
        "owner": state.user(state.owner()), "team": null, "icon": null, "summary": "",
        "approximate_guild_count": 1 })
}

/// Discord tries the address before it takes it: with a ping, and with a wrong signature.
async fn patch(s: &Arc<Sandbox>, body: &Value) -> Answer {
    if let Some(url) = body.get("interactions_endpoint_url") {
        let wanted = url.as_str().filter(|url| !url.is_empty()).map(str::to_owned);
        if let Some(url) = &wanted
            && let Err(why) = endpoint::try_out(s, url).await
        {
            let mut form = Form::default();
            let message = format!("The specified interactions endpoint url could not be verified. ({why})");
            form.add("interactions_endpoint_url", "APPLICATION_INTERACTIONS_ENDPOINT_URL_INVALID", message);
            return form.answer().unwrap_or_else(|| error(400, 50035, "Invalid Form Body"));
        }
        s.lock().endpoint = wanted;
    }
    (200, whole(s))
}

fn open_dm(s: &Sandbox, body: &Value) -> Answer {
    let state = s.lock();
    let id = number(&body["recipient_id"]);
    match state.dm_of(id).and_then(|dm| state.channels.get(&dm)) {
        Some(room) => (200, room.clone()),
        None => error(400, 50033, "Invalid Recipient(s)"),
    }
}

fn list(state: &mut State, of_guild: bool) -> &mut Vec<Value> {
    if of_guild { &mut state.guild_commands } else { &mut state.commands }
}

fn commands(s: &Sandbox, asked: &Asked<'_>, rest: &[&str], of_guild: bool) -> Answer {
    let now = s.now();
    let mut state = s.lock();
    let answer = match (asked.method, rest) {
        ("GET", []) => return (200, json!(list(&mut state, of_guild))),
        ("GET", [id]) => {
            let found = list(&mut state, of_guild).iter().find(|command| command["id"] == *id).cloned();
            return found.map_or_else(unknown_command, |command| (200, command));
        }
        ("PUT", []) => {
            let Some(wanted) = asked.body.as_array() else {
                let mut form = Form::default();
                form.add("", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
                return form.answer().unwrap_or_else(unknown_command);
            };
            if let Some(bad) = validate::commands(wanted, false).answer() {
                return bad;
            }
            let all: Vec<Value> = wanted.iter().map(|one| made(&mut state, one, of_guild, now)).collect();
            list(&mut state, of_guild).clone_from(&all);
            (200, json!(all))
        }
        ("POST", []) => {
            if let Some(bad) = validate::commands(std::slice::from_ref(asked.body), true).answer() {
                return bad;
            }
            if list(&mut state, of_guild).len() >= MOST_COMMANDS {
                return error(400, 30032, "Maximum number of application commands reached (100)");
            }
            let one = made(&mut state, asked.body, of_guild, now);
            let all = list(&mut state, of_guild);
            let new = all.iter().all(|other| other["id"] != one["id"]);
            all.retain(|other| other["id"] != one["id"]);
            all.push(one.clone());
            (if new { 201 } else { 200 }, one)
        }
        ("PATCH", [id]) => {
            let Some(old) = list(&mut state, of_guild).iter().find(|c| c["id"] == *id).cloned() else {
                return unknown_command();
            };
            let mut next = old;
            for (key, value) in asked.body.as_object().into_iter().flatten() {
                next[key] = value.clone();
            }
            if let Some(bad) = validate::commands(std::slice::from_ref(&next), true).answer() {
                return bad;
            }
            next["version"] = json!(state.id(now).to_string());
            for one in list(&mut state, of_guild).iter_mut().filter(|c| c["id"] == *id) {
                one.clone_from(&next);
            }
            (200, next)
        }
        ("DELETE", [id]) => {
            let all = list(&mut state, of_guild);
            let before = all.len();
            all.retain(|command| command["id"] != *id);
            if all.len() == before {
                return unknown_command();
            }
            (204, Value::Null)
        }
        _ => {
            drop(state);
            return unknown(s, asked);
        }
    };
    let all = json!(state.all_commands());
    drop(state);
    s.tell(None, json!({ "type": "commands", "commands": all }));
    answer
}

fn unknown_command() -> Answer {
    error(404, 10063, "Unknown application command")
}

/// A command as Discord keeps it: one of the same name and kind keeps its id.
fn made(state: &mut State, wanted: &Value, of_guild: bool, now: i64) -> Value {
    let mut command = wanted.clone();
    if command["type"].is_null() {
        command["type"] = json!(1);
    }
    let known = list(state, of_guild)
        .iter()
        .find(|other| other["name"] == command["name"] && other["type"] == command["type"])
        .map(|other| other["id"].clone());
    command["id"] = known.unwrap_or_else(|| json!(state.id(now).to_string()));
    command["application_id"] = json!(state.bot.to_string());
    command["version"] = json!(state.id(now).to_string());
    if of_guild {
        command["guild_id"] = json!(state.guild.to_string());
    }
    command
}

impl State {
    /// The commands that people see: those of the server hide global ones of the same name.
    pub(crate) fn all_commands(&self) -> Vec<Value> {
        let own = &self.guild_commands;
        let global = self.commands.iter().filter(|c| own.iter().all(|o| o["name"] != c["name"]));
        global.chain(own).cloned().collect()
    }
}
