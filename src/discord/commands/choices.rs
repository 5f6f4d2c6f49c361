//! Options that several commands share: their definitions, and the names that complete them.

use serde_json::{Value, json};

use super::super::dispatch::Bot;
use crate::domain::level::{Level, WorkMode};
use crate::search::NameKind;

/// A text option.
pub(super) fn text(name: &str, description: &str) -> Value {
    json!({ "type": 3, "name": name, "description": description, "max_length": 300 })
}

/// A text option whose names complete as one types.
pub(super) fn completed(name: &str, description: &str) -> Value {
    json!({ "type": 3, "name": name, "description": description, "autocomplete": true })
}

/// A text option of fixed values: label and value.
pub(super) fn fixed(name: &str, description: &str, values: &[(&str, &str)]) -> Value {
    let choices: Vec<Value> =
        values.iter().map(|(label, value)| json!({ "name": label, "value": value })).collect();
    json!({ "type": 3, "name": name, "description": description, "choices": choices })
}

/// A channel that messages can be posted to: text, announcement, threads, forum.
pub(super) fn channel(description: &str) -> Value {
    json!({ "type": 7, "name": "channel", "description": description, "channel_types": [0, 5, 10, 11, 12, 15] })
}

/// The fields of `/jobs` that make a filter; `/subscribe` takes the same.
pub(super) fn filter() -> Vec<Value> {
    let modes: Vec<(&str, &str)> = WorkMode::ALL.iter().map(|mode| (mode.label(), mode.key())).collect();
    let levels: Vec<(&str, &str)> = Level::ALL.iter().map(|level| (level.label(), level.key())).collect();
    vec![
        text("query", "Plain words: senior rust, remote from Germany or Berlin, 90k EUR+, no agencies"),
        completed("skill", "A skill, such as Kafka; several with commas"),
        completed("place", "A country, region or city"),
        fixed("work", "Where the work is done", &modes),
        fixed("level", "How senior", &levels),
        text("pay", "At least this: 90k EUR, 45 USD an hour"),
        completed("company", "Only this company"),
        fixed(
            "age",
            "Posted within",
            &[("a day", "24"), ("three days", "72"), ("a week", "168"), ("a month", "720")],
        ),
    ]
}

/// When a subscription speaks.
pub(super) fn cadence() -> Value {
    completed("cadence", "instant, hourly, daily 09:00, weekdays 09:00, weekly mon 09:00, or a cron line")
}

/// Names of skills, companies or places for what was typed; the last of several skills is completed.
pub(super) fn names(bot: &Bot, option: &str, typed: &str) -> Vec<(String, String)> {
    let kind = match option {
        "skill" | "skills" | "name" | "area" | "a" | "b" | "from" | "to" => NameKind::Skill,
        "company" => NameKind::Company,
        "place" => NameKind::Place,
        _ => return Vec::new(),
    };
    let (before, last) = match typed.rsplit_once(',') {
        Some((before, last)) if matches!(option, "skill" | "skills") => {
            (format!("{}, ", before.trim()), last.trim())
        }
        _ => (String::new(), typed),
    };
    bot.search
        .complete(kind, last, 25)
        .into_iter()
        .map(|name| (format!("{before}{}", name.label), format!("{before}{}", name.value)))
        .filter(|(_, value)| value.chars().count() <= 100)
        .collect()
}

/// The named cadences, those that begin with what was typed first.
pub(super) fn cadences(typed: &str) -> Vec<(String, String)> {
    const NAMED: [&str; 8] = [
        "instant",
        "hourly",
        "daily 09:00",
        "weekdays 09:00",
        "weekly mon 09:00",
        "daily 18:00",
        "weekdays 17:00",
        "weekly fri 15:00",
    ];
    let typed = typed.to_lowercase();
    let mut names: Vec<(String, String)> = NAMED
        .iter()
        .filter(|name| name.starts_with(&typed))
        .map(|name| ((*name).to_owned(), (*name).to_owned()))
        .collect();
    // What is typed in full is offered as it stands, with its own time.
    if names.iter().all(|(_, value)| *value != typed)
        && typed.parse::<crate::domain::cadence::Cadence>().is_ok()
    {
        names.insert(0, (typed.clone(), typed));
    }
    names
}
