//! `/tips subscribe`: skill tips on a schedule.

use serde_json::{Value, json};

use super::super::ask::{Ask, Options};
use super::super::dispatch::{Bot, CommandError};
use super::super::reply::Reply;
use super::super::views::subscription as view;
use super::super::words::plain;
use super::{Result, choices, say, subscribe};
use crate::domain::cadence::Cadence;
use crate::domain::ids::SubscriptionId;
use crate::domain::subscription::{Subscription, Topic, tips_task};

pub(super) fn definition() -> Value {
    json!({
        "name": "tips", "type": 1, "description": "Skill tips on a schedule",
        "contexts": [0], "integration_types": [0],
        "options": [{
            "type": 1, "name": "subscribe", "description": "Post a skill tip to a channel on a schedule",
            "options": [
                choices::channel("Where to post; this channel when left out"),
                choices::completed("area", "Only tips about this skill and what belongs to it"),
                choices::cadence(),
            ],
        }],
    })
}

pub(super) async fn subscribe(bot: &Bot, ask: &Ask, options: &Options) -> Result {
    let place = options.channel("channel").unwrap_or(ask.channel);
    let guild = subscribe::check(ask, place)?;
    subscribe::may_post(bot, place).await?;
    let cadence = match options.text("cadence") {
        None => "weekdays 09:00".parse().map_err(|error| say(format!("{error}")))?,
        Some(_) => subscribe::cadence(options)?,
    };
    if cadence == Cadence::Instant {
        return Err(say(
            "Tips come on a schedule, so `instant` says nothing. Nothing was saved; try daily 09:00.",
        ));
    }
    let area = match options.text("area") {
        None => None,
        Some(name) => Some(bot.catalog.find(name).ok_or_else(|| {
            say(format!("\"{}\" is no skill of the catalog. Nothing was saved.", plain(name)))
        })?),
    };
    if let Some(area) = area
        && crate::skills::tips::pool(&bot.catalog, bot.search.world(), Some(&area.id)).is_empty()
    {
        return Err(say(format!("There are no tips about {} yet. Nothing was saved.", area.name)));
    }
    let topic = Topic::Tips { area: area.map(|area| area.id.clone()) };
    subscribe::refuse_twice(bot, guild, place.id, &topic).await?;
    let now = bot.clock.now();
    let made = Subscription {
        id: SubscriptionId(bot.ids.next(now)),
        guild: Some(guild),
        channel: place.id,
        label: area.map_or_else(|| "Skill tips".to_owned(), |area| format!("{} tips", area.name)),
        topic,
        cadence,
        role: None,
        cap: None,
        created_by: ask.user,
        created_at: now,
        paused: None,
    };
    bot.store.add_subscription(&made).await?;
    plan(bot, &made).await?;
    Ok(Reply::Say(view::confirmed(&made, false)))
}

/// Sets when the next tip of a subscription is due. The scheduler makes up for it when the process dies before this.
pub(super) async fn plan(bot: &Bot, one: &Subscription) -> std::result::Result<(), CommandError> {
    let zone = match one.guild {
        Some(guild) => bot.store.guild(guild).await?.time_zone.unwrap_or(bot.default_zone),
        None => bot.default_zone,
    };
    let due = one.cadence.next_after(bot.clock.now(), zone);
    Ok(bot.store.set_task(&tips_task(one.id), due).await?)
}
