//! `/settings`: what a server sets for itself.

use serde_json::{Value, json};

use super::super::ask::{Ask, Options};
use super::super::dispatch::Bot;
use super::super::permissions::may_subscribe;
use super::super::reply::Reply;
use super::super::words::plain;
use super::{Result, choices, say};
use crate::store::GuildSettings;

pub(super) fn definition() -> Value {
    let mut zone = choices::completed("zone", "Such as Europe/Berlin; left out, the present one is shown");
    zone["required"] = false.into();
    json!({
        "name": "settings", "type": 1, "description": "What this server sets for itself",
        "contexts": [0], "integration_types": [0],
        "options": [{ "type": 1, "name": "timezone", "description": "The time zone of daily and weekly messages",
            "options": [zone] }],
    })
}

pub(super) async fn timezone(bot: &Bot, ask: &Ask, options: &Options) -> Result {
    let guild = ask.guild.ok_or_else(|| say("Settings belong to servers; please use this in one."))?;
    let Some(name) = options.text("zone") else {
        let zone = bot.store.guild(guild).await?.time_zone.unwrap_or(bot.default_zone);
        return Ok(Reply::note(format!("This server's time zone is **{}**.", zone.name())));
    };
    if !may_subscribe(ask.permissions) {
        return Err(say("Setting the time zone needs Manage Webhooks or Manage Server. Nothing was saved."));
    }
    let zone = chrono_tz::TZ_VARIANTS.iter().find(|zone| zone.name().eq_ignore_ascii_case(name));
    let Some(zone) = zone else {
        return Err(say(format!(
            "\"{}\" is no time zone of the IANA list, such as Europe/Berlin. Nothing was saved.",
            plain(name)
        )));
    };
    bot.store.set_guild(&GuildSettings { id: guild, time_zone: Some(*zone) }).await?;
    Ok(Reply::note(format!(
        "Saved: daily and weekly messages of this server are timed in **{}** from the next one on.",
        zone.name()
    )))
}

/// Zones whose name holds what was typed; those whose city begins with it first.
pub(super) fn complete(typed: &str) -> Vec<(String, String)> {
    let typed = typed.to_lowercase().replace(' ', "_");
    let mut found: Vec<(bool, &str)> = chrono_tz::TZ_VARIANTS
        .iter()
        .map(|zone| zone.name())
        .filter(|name| name.contains('/') && name.to_lowercase().contains(&typed))
        .map(|name| (!name.rsplit('/').next().unwrap_or(name).to_lowercase().starts_with(&typed), name))
        .collect();
    found.sort_unstable();
    found.into_iter().take(25).map(|(_, name)| (name.to_owned(), name.to_owned())).collect()
}
