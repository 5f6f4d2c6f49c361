//! The commands: each is one file that holds its definition, its completion and what it does.

mod choices;
mod feeds;
mod filters;
mod help;
mod jobs;
mod press;
mod settings;
mod skill;
mod skills;
mod status;
mod subscribe;
mod subscriptions;
mod tips;
mod why;

use std::collections::BTreeMap;

use serde_json::Value;

use super::ask::{Ask, Options};
use super::custom_id::Press;
use super::dispatch::{Bot, CommandError};
use super::reply::Reply;

type Result = std::result::Result<Reply, CommandError>;

/// The definitions of all commands, as the bulk registration wants them.
#[must_use]
pub fn definitions() -> Value {
    Value::Array(vec![
        jobs::definition(),
        skill::definition(),
        subscribe::definition(),
        subscriptions::definition(),
        why::definition(),
        tips::definition(),
        feeds::definition(),
        settings::definition(),
        status::definition(),
        help::definition(),
    ])
}

/// Runs a slash command.
pub(super) async fn run(bot: &Bot, ask: &Ask, words: &[String], options: &Options) -> Result {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["jobs"] => jobs::run(bot, ask, options).await,
        ["skill", "explain"] => skill::explain(bot, ask, options).await,
        ["skill", "compare"] => skills::compare(bot, ask, options).await,
        ["skill", "trends"] => skills::trends(bot, ask, options).await,
        ["skill", "path"] => skills::path(bot, options),
        ["skill", "next"] => skills::next(bot, ask, options).await,
        ["skill", "tip"] => skill::tip(bot, options),
        ["subscribe"] => subscribe::run(bot, ask, options).await,
        ["subscriptions"] => subscriptions::run(bot, ask).await,
        ["why"] => why::run(bot, ask, options).await,
        ["tips", "subscribe"] => tips::subscribe(bot, ask, options).await,
        ["feeds", "add"] => feeds::add(bot, ask, options).await,
        ["feeds", "list"] => feeds::list(bot, ask).await,
        ["feeds", "remove"] => feeds::remove(bot, ask, options).await,
        ["settings", "timezone"] => settings::timezone(bot, ask, options).await,
        ["status"] => status::run(bot).await,
        ["help"] => help::run(bot).await,
        _ => Err(say(format!(
            "This Crier does not know /{}. Type /help to see what it knows.",
            super::words::plain(&words.join(" "))
        ))),
    }
}

/// Names for the option that is being typed.
pub(super) async fn complete(
    bot: &Bot,
    ask: &Ask,
    words: &[String],
    options: &Options,
    focused: &str,
) -> Vec<(String, String)> {
    let typed = options.text(focused).unwrap_or_default();
    match (words.first().map(String::as_str), focused) {
        (Some("settings"), _) => settings::complete(typed),
        (Some("why"), focused) => why::complete(bot, ask, focused, typed).await,
        (Some("feeds"), _) => feeds::complete(bot, ask, typed).await,
        (_, "cadence") => choices::cadences(typed),
        (_, name) => choices::names(bot, name, typed),
    }
}

/// Does what a button or menu asks for.
pub(super) async fn press(bot: &Bot, ask: &Ask, id: &str, values: &[String]) -> Result {
    let Some(press) = Press::parse(id) else {
        return Err(say(
            "This button is from an older Crier and does nothing any more. Please use the command again; nothing was changed.",
        ));
    };
    press::run(bot, ask, press, values).await
}

/// Takes a form.
pub(super) async fn submit(bot: &Bot, ask: &Ask, id: &str, fields: &BTreeMap<String, String>) -> Result {
    match Press::parse(id) {
        Some(Press::Do(id, super::custom_id::Verb::Edit)) => subscriptions::edit(bot, ask, id, fields).await,
        _ => Err(say("This form is from an older Crier. Nothing was saved; please open it again.")),
    }
}

/// A sentence for the person.
fn say(words: impl Into<String>) -> CommandError {
    CommandError::Say(words.into())
}
