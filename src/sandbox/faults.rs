//! Faults on demand: what goes wrong with the bot's requests, its gateway, its channels or its board, until switched off.

use std::time::Duration;

use serde_json::{Value, json};

use super::answer::{Answer, error};
use super::gateway::Order;
use super::limits::refusal;
use super::{Sandbox, state::State};

/// The kinds, with what the page writes on their switch and their parameters with defaults.
const KINDS: [(&str, &str, &str); 13] = [
    ("latency", "Answers come late", r#"{"ms":1500}"#),
    ("rate_limit", "Too many requests (429)", r#"{"scope":"user","seconds":2,"count":1}"#),
    ("server_error", "Discord is down (5xx)", r#"{"status":503,"count":3}"#),
    ("reset_before", "Connection cut before the work is done", r#"{"count":1}"#),
    ("reset_after", "Connection cut after the work is done", r#"{"count":1}"#),
    ("board_down", "The job board is down", r#"{"status":503}"#),
    ("guild_outage", "The server has an outage", "{}"),
    ("gateway_refuse", "The gateway takes no connection", "{}"),
    ("gateway_drop", "Drop the gateway connection", "{}"),
    ("gateway_close", "Close the gateway with a code", r#"{"code":4000}"#),
    ("gateway_invalid", "The session is invalid", r#"{"resumable":false}"#),
    ("gateway_reconnect", "Ask the bot to reconnect", "{}"),
    ("gateway_silent", "Heartbeats are not acknowledged", "{}"),
];

/// Kinds that happen at once and leave nothing on.
const MOMENTS: [&str; 4] = ["gateway_drop", "gateway_close", "gateway_invalid", "gateway_reconnect"];

/// Every fault as the page shows it: kind, label, whether it is on, requests left, parameters.
pub(crate) fn overview(state: &State) -> Value {
    KINDS
        .iter()
        .map(|(kind, label, parameters)| {
            let on = state.faults.iter().find(|fault| fault["kind"] == *kind);
            let mut shown: Value = serde_json::from_str(parameters).unwrap_or_default();
            if let (Some(shown), Some(on)) = (shown.as_object_mut(), on.and_then(Value::as_object)) {
                shown.extend(on.clone());
            }
            shown["kind"] = json!(kind);
            shown["label"] = json!(label);
            shown["on"] = json!(on.is_some());
            shown["left"] = on.map_or(Value::Null, |fault| fault["count"].clone());
            shown["momentary"] = json!(MOMENTS.contains(kind));
            shown
        })
        .collect()
}

/// Switches a fault; `none` switches all off. A sentence when there is no such fault.
pub(crate) fn switch(sandbox: &Sandbox, wanted: &Value) -> Result<Value, String> {
    let kind = wanted["kind"].as_str().unwrap_or_default();
    let known = KINDS.iter().find(|(known, ..)| *known == kind);
    let mut state = sandbox.lock();
    match (kind, known) {
        ("none", _) => state.faults.clear(),
        (_, None) => {
            let names: Vec<&str> = KINDS.iter().map(|(name, ..)| *name).collect();
            return Err(format!("There is no fault \"{kind}\"; there are {} and none.", names.join(", ")));
        }
        (_, Some((_, _, parameters))) => {
            state.faults.retain(|fault| fault["kind"] != kind);
            if wanted["on"] != false {
                let mut fault: Value = serde_json::from_str(parameters).unwrap_or_default();
                if let (Some(fault), Some(given)) = (fault.as_object_mut(), wanted.as_object()) {
                    fault.extend(
                        given.iter().filter(|(key, _)| *key != "on").map(|(k, v)| (k.clone(), v.clone())),
                    );
                }
                if !MOMENTS.contains(&kind) {
                    state.faults.push(fault.clone());
                }
                drop(state);
                happen(sandbox, kind, &fault);
                state = sandbox.lock();
            } else if kind == "guild_outage" {
                drop(state);
                super::gateway::guild_returns(sandbox);
                state = sandbox.lock();
            }
        }
    }
    let faults = overview(&state);
    drop(state);
    sandbox.tell(None, json!({ "type": "faults", "faults": faults }));
    Ok(faults)
}

/// What a switch does at once.
fn happen(sandbox: &Sandbox, kind: &str, fault: &Value) {
    let order = match kind {
        "gateway_drop" => Order::Drop,
        "gateway_close" => {
            Order::Close(u16::try_from(fault["code"].as_u64().unwrap_or(4000)).unwrap_or(4000))
        }
        "gateway_invalid" => Order::Invalid(fault["resumable"] == true),
        "gateway_reconnect" => Order::Reconnect,
        "gateway_refuse" => Order::Drop,
        "guild_outage" => {
            let id = sandbox.lock().guild.to_string();
            sandbox.dispatch("GUILD_DELETE", &json!({ "id": id, "unavailable": true }));
            return;
        }
        _ => return,
    };
    let _ = sandbox.orders.send(order); // nobody connected is fine
}

/// What goes wrong with a request.
#[derive(Debug, Default)]
pub(crate) struct Trouble {
    pub(crate) wait: Duration,
    pub(crate) answer: Option<(Answer, Option<String>)>,
    pub(crate) cut_before: bool,
    pub(crate) cut_after: bool,
}

/// Takes one use of each fault that hits this request.
pub(crate) fn trouble(state: &mut State, method: &str, path: &str) -> Trouble {
    let mut trouble = Trouble::default();
    if let Some(fault) = take(state, "latency", method, path) {
        trouble.wait = Duration::from_millis(fault["ms"].as_u64().unwrap_or(0));
    }
    trouble.cut_before = take(state, "reset_before", method, path).is_some();
    // While a server has an outage, everything of it fails; direct messages go on.
    let of_server = |id: u64| state.channels.get(&id).is_some_and(|room| room["guild_id"].is_string());
    let channel = path.strip_prefix("channels/").and_then(|rest| rest.split('/').next()?.parse().ok());
    if is_on(state, "guild_outage").is_some()
        && (path.starts_with("guilds/") || channel.is_some_and(of_server))
    {
        trouble.answer = Some((error(503, 0, "the server has an outage"), None));
        return trouble;
    }
    if let Some(fault) = take(state, "server_error", method, path) {
        let status = u16::try_from(fault["status"].as_u64().unwrap_or(503)).unwrap_or(503);
        trouble.answer = Some((error(status, 0, "internal server error"), None));
    } else if let Some(fault) = take(state, "rate_limit", method, path) {
        let scope = fault["scope"].as_str().unwrap_or("user").to_owned();
        let answer = refusal(fault["seconds"].as_f64().unwrap_or(1.0), scope == "global");
        trouble.answer = Some((answer, Some(scope)));
    } else {
        trouble.cut_after = !trouble.cut_before && take(state, "reset_after", method, path).is_some();
    }
    trouble
}

/// The fault of this kind if it is on and hits the request; one use less is left of it.
pub(crate) fn take(state: &mut State, kind: &str, method: &str, path: &str) -> Option<Value> {
    let at = state.faults.iter().position(|fault| {
        let wanted = fault["match"].as_str().unwrap_or_default();
        let hits = match wanted.split_once(' ') {
            Some((verb, part)) => verb == method && path.contains(part),
            None => path.contains(wanted),
        };
        fault["kind"] == kind && hits
    })?;
    let fault = state.faults[at].clone();
    if let Some(left) = fault["count"].as_u64() {
        if left <= 1 {
            state.faults.remove(at);
        } else {
            state.faults[at]["count"] = json!(left - 1);
        }
    }
    Some(fault)
}

/// Whether a fault is on.
pub(crate) fn is_on(state: &State, kind: &str) -> Option<Value> {
    state.faults.iter().find(|fault| fault["kind"] == kind).cloned()
}
