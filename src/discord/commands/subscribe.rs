//! `/subscribe`: checks rights, shows what the last 30 days would have sent, and subscribes when confirmed.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::super::ask::{Ask, Options, Place};
use super::super::delivery::words_for;
use super::super::dispatch::{Bot, CommandError};
use super::super::permissions::{self, may_subscribe};
use super::super::reply::Reply;
use super::super::views::subscription as view;
use super::super::words::plain;
use super::{Result, choices, filters, say};
use crate::domain::cadence::Cadence;
use crate::domain::filter::Filter;
use crate::domain::ids::{ChannelId, GuildId, RoleId, SubscriptionId, UserId};
use crate::domain::subscription::{Subscription, Topic};

/// Days that a preview looks back.
const PREVIEW_DAYS: u32 = 30;
/// Openings that a preview shows.
const SAMPLES: usize = 5;

pub(super) fn definition() -> Value {
    let mut options = vec![choices::channel("Where to post; this channel when left out")];
    options.extend(choices::filter());
    options.push(choices::cadence());
    options.push(json!({ "type": 8, "name": "role", "description": "A role to mention with each message" }));
    options.push(json!({ "type": 4, "name": "cap", "description": "At most this many openings a day",
        "min_value": 1, "max_value": 200 }));
    json!({
        "name": "subscribe", "type": 1, "options": options,
        "description": "Post matching openings to a channel as they appear; shows a preview first",
        "contexts": [0], "integration_types": [0],
    })
}

pub(super) async fn run(bot: &Bot, ask: &Ask, options: &Options) -> Result {
    let place = options.channel("channel").unwrap_or(ask.channel);
    let guild = check(ask, place)?;
    may_post(bot, place).await?;
    let wanted = filters::read(bot, options)?;
    let cadence = cadence(options)?;
    let cap = match options.number("cap") {
        None => None,
        Some(cap) => Some(
            u16::try_from(cap)
                .ok()
                .filter(|cap| (1..=200).contains(cap))
                .ok_or_else(|| say("`cap` is a number from 1 to 200. Nothing was saved."))?,
        ),
    };
    let draft = Draft {
        guild,
        channel: place.id,
        filter: wanted.filter,
        label: wanted.label,
        cadence: cadence.to_string(),
        role: options.role("role"),
        cap,
        by: ask.user,
    };
    propose(bot, draft, &wanted.notes).await
}

/// "Subscribe this channel" below a search.
pub(super) async fn from_search(bot: &Bot, ask: &Ask, key: &str) -> Result {
    let guild = check(ask, ask.channel)?;
    let filter = filters::kept(bot, key).await?;
    let chips: Vec<String> = filter.chips(bot.search.world()).into_iter().map(|(_, chip)| chip).collect();
    let draft = Draft {
        guild,
        channel: ask.channel.id,
        filter,
        label: chips.join(", "),
        cadence: Cadence::Instant.to_string(),
        role: None,
        cap: None,
        by: ask.user,
    };
    propose(bot, draft, &[]).await
}

/// Makes the subscription whose preview is shown. Pressed twice, or after a crash, it is still one.
pub(super) async fn confirm(bot: &Bot, ask: &Ask, id: SubscriptionId) -> Result {
    if !may_subscribe(ask.permissions) {
        return Err(say(NOT_ALLOWED));
    }
    let draft: Option<Draft> =
        bot.store.note(&note(id)).await?.and_then(|json| serde_json::from_str(&json).ok());
    let draft = draft.filter(|draft| Some(draft.guild) == ask.guild).ok_or_else(|| {
        say("Crier no longer has this preview. Nothing was saved; please use /subscribe again.")
    })?;
    if let Some(known) = bot.store.subscription(id).await? {
        return Ok(Reply::Become(view::confirmed(&known, true)));
    }
    let made = draft.into_subscription(id, bot)?;
    bot.store.add_subscription(&made).await?;
    Ok(Reply::Become(view::confirmed(&made, true)))
}

/// The server, when the person may subscribe the channel and the bot may post there.
pub(super) fn check(ask: &Ask, place: Place) -> std::result::Result<GuildId, CommandError> {
    let guild = ask.guild.ok_or_else(|| {
        say("Channels of a server can be subscribed, direct messages not yet. Nothing was saved; please use this in a server.")
    })?;
    if !may_subscribe(ask.permissions) {
        return Err(say(NOT_ALLOWED));
    }
    // A manager of one channel must not reach into another that they can't see.
    if let Some(theirs) = place.theirs
        && let Some(missing) = permissions::missing(theirs, permissions::VIEW_CHANNEL)
    {
        return Err(say(format!("You lack {missing} in <#{}>. Nothing was saved.", place.id)));
    }
    if matches!(place.kind, 4 | 14) {
        return Err(say("A category holds no messages. Nothing was saved; please choose a text channel."));
    }
    if let Some(ours) = place.ours
        && let Some(missing) = permissions::missing(ours, permissions::to_post(matches!(place.kind, 10..=12)))
    {
        return Err(say(format!(
            "Crier lacks {missing} in <#{}>. Nothing was saved: give Crier {missing} there (channel settings → Permissions), then try again.",
            place.id
        )));
    }
    Ok(guild)
}

/// Asks Discord what the gateway's library drops: whether the bot may post in a channel that was picked.
pub(super) async fn may_post(bot: &Bot, place: Place) -> std::result::Result<(), CommandError> {
    if place.ours.is_some() {
        return Ok(());
    }
    match bot.rest.refusal_to_post(place.id).await {
        Ok(Some(refusal)) => Err(say(format!(
            "{} Then try again for <#{}>. Nothing was saved.",
            words_for(&refusal),
            place.id
        ))),
        // What Discord does not decide now, the first post will.
        Ok(None) | Err(_) => Ok(()),
    }
}

pub(super) fn cadence(options: &Options) -> std::result::Result<Cadence, CommandError> {
    match options.text("cadence") {
        None => Ok(Cadence::Instant),
        Some(text) => text.parse().map_err(|error| say(format!("{error} Nothing was saved."))),
    }
}

const NOT_ALLOWED: &str = "Subscribing a channel needs Manage Webhooks or Manage Server. Nothing was saved; please ask somebody who has one of them.";

/// A subscription that waits for its confirmation, as a note in the store.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Draft {
    guild: GuildId,
    channel: ChannelId,
    filter: Filter,
    label: String,
    cadence: String,
    role: Option<RoleId>,
    cap: Option<u16>,
    by: UserId,
}

impl Draft {
    fn into_subscription(
        self,
        id: SubscriptionId,
        bot: &Bot,
    ) -> std::result::Result<Subscription, CommandError> {
        Ok(Subscription {
            id,
            guild: Some(self.guild),
            channel: self.channel,
            topic: Topic::Openings { filter: self.filter },
            label: self.label,
            cadence: self.cadence.parse().map_err(|error| say(format!("{error} Nothing was saved.")))?,
            role: self.role,
            cap: self.cap,
            created_by: self.by,
            created_at: bot.clock.now(),
            paused: None,
        })
    }
}

fn note(id: SubscriptionId) -> String {
    format!("draft:{id}")
}

/// Says so when a channel gets the same already.
pub(super) async fn refuse_twice(
    bot: &Bot,
    guild: GuildId,
    channel: ChannelId,
    topic: &Topic,
) -> std::result::Result<(), CommandError> {
    let known = bot.store.subscriptions_of(guild).await?;
    match known.into_iter().find(|known| known.channel == channel && known.topic == *topic) {
        None => Ok(()),
        Some(known) => Err(say(format!(
            "<#{channel}> is already subscribed to this, as \"{}\". Nothing was saved; /subscriptions changes it.",
            plain(&known.label)
        ))),
    }
}

async fn propose(bot: &Bot, draft: Draft, notes: &[String]) -> Result {
    let now = bot.clock.now();
    refuse_twice(bot, draft.guild, draft.channel, &Topic::Openings { filter: draft.filter.clone() }).await?;
    let id = SubscriptionId(bot.ids.next(now));
    let json = serde_json::to_string(&draft).expect("a draft is plain data and always has a JSON form");
    bot.store.set_note(&note(id), &json).await?;
    let own = bot.own_feeds(Some(draft.guild)).await?;
    let preview = bot.search.preview(&draft.filter, PREVIEW_DAYS, SAMPLES, &own, now);
    let shown = draft.into_subscription(id, bot)?;
    let samples = bot.store.openings(&preview.samples).await?;
    Ok(Reply::Say(view::preview(&shown, &preview, &samples, notes, bot.search.world(), &bot.catalog)))
}
