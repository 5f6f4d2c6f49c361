//! `/help`: by task, with mentions that fill in the command.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::super::dispatch::Bot;
use super::super::layout::{Message, Part};
use super::super::register;
use super::super::reply::Reply;
use super::super::views::CALM;
use super::Result;

pub(super) fn definition() -> Value {
    json!({
        "name": "help", "type": 1, "description": "What Crier can do, by task",
        "contexts": [0, 1, 2], "integration_types": [0, 1],
    })
}

pub(super) async fn run(bot: &Bot) -> Result {
    let ids = register::ids(&bot.store).await?;
    let m = |command: &str| mention(command, &ids);
    let text = format!(
        "**Crier brings job openings to your channels, once, and explains the skills they ask for.**\n\n\
         **Find a job**\n\
         {jobs} searches. Plain words work: `senior rust, remote from Germany, 90k EUR+, no agencies`. Every opening has its details behind a button.\n\n\
         **Understand a skill**\n\
         {explain} tells what it is, why it matters, how to learn it, and who asks for it today. {tip} gives one practical tip.\n\n\
         **Keep a channel informed**\n\
         {subscribe} posts matching openings as they appear; it shows first what it would have sent. {tips} posts skill tips on a schedule. {subscriptions} changes, pauses and removes; {why} tells why an opening came or did not. {timezone} sets the zone of daily and weekly messages.\n\n\
         **Add a board of your own**\n\
         {add} reads the careers page of a company that Crier does not know yet, for this server alone; {list} shows how they are.\n\n\
         **See how it is going**\n\
         {status} shows how fresh the feeds are.",
        jobs = m("jobs"),
        explain = m("skill explain"),
        tip = m("skill tip"),
        subscribe = m("subscribe"),
        tips = m("tips subscribe"),
        subscriptions = m("subscriptions"),
        timezone = m("settings timezone"),
        add = m("feeds add"),
        list = m("feeds list"),
        why = m("why"),
        status = m("status"),
    );
    let who = "Subscribing and changing needs Manage Webhooks or Manage Server. Answers are seen by you alone until you share them.";
    Ok(Reply::Say(Message::private(vec![Part::Frame(Some(CALM), vec![Part::Text(text), Part::small(who)])])))
}

/// A mention that fills in the command when it is clicked; plain words until the commands are registered.
fn mention(command: &str, ids: &BTreeMap<String, String>) -> String {
    let name = command.split(' ').next().unwrap_or(command);
    match ids.get(name) {
        Some(id) => format!("</{command}:{id}>"),
        None => format!("`/{command}`"),
    }
}
