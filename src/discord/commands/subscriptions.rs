//! `/subscriptions`: lists them; one can be edited, paused, resumed, tried, read about and removed, with undo.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::super::ask::Ask;
use super::super::custom_id::{Press, Verb};
use super::super::dispatch::{Bot, CommandError};
use super::super::layout::{Message, Part};
use super::super::permissions::may_subscribe;
use super::super::reply::{Field, Reply};
use super::super::rest::RestError;
use super::super::views::{alert, subscription as view};
use super::super::words::count;
use super::{Result, filters, say};
use crate::domain::ids::{BatchId, NoticeId, OpeningId, SubscriptionId};
use crate::domain::notice::What;
use crate::domain::subscription::{Pause, PauseReason, Subscription, Topic};
use crate::search::Sort;
use crate::store::NewNotice;

/// Openings that a backfill posts at most.
const BACKFILL: usize = 10;

pub(super) fn definition() -> Value {
    json!({
        "name": "subscriptions", "type": 1, "description": "What this server's channels are subscribed to, and change it",
        "contexts": [0], "integration_types": [0],
    })
}

pub(super) async fn run(bot: &Bot, ask: &Ask) -> Result {
    let guild = ask.guild.ok_or_else(|| say("Subscriptions belong to servers; please use this in one."))?;
    allowed(ask)?;
    let all = bot.store.subscriptions_of(guild).await?;
    Ok(Reply::Say(view::list(&all, bot.search.world())))
}

/// One subscription with its buttons.
pub(super) async fn manage(bot: &Bot, ask: &Ask, id: SubscriptionId) -> Result {
    let one = find(bot, ask, id).await?;
    shown(bot, &one).await.map(Reply::Become)
}

/// Does what a button of a subscription asks for.
pub(super) async fn act(bot: &Bot, ask: &Ask, id: SubscriptionId, verb: Verb) -> Result {
    if verb == Verb::Undo {
        return undo(bot, ask, id).await;
    }
    let mut one = find(bot, ask, id).await?;
    let now = bot.clock.now();
    match verb {
        Verb::Pause => {
            let note = format!("<@{}> paused it.", ask.user);
            let pause = Pause { since: now, why: PauseReason::Person, note };
            bot.store.set_pause(id, Some(&pause)).await?;
            one.paused = Some(pause);
            shown(bot, &one).await.map(Reply::Become)
        }
        Verb::Resume => {
            bot.store.set_pause(id, None).await?;
            bot.bell.notify_one();
            one.paused = None;
            shown(bot, &one).await.map(Reply::Become)
        }
        Verb::Log => {
            let log = bot.store.delivery_log(id, 25).await?;
            Ok(Reply::Become(view::log(&one, &log)))
        }
        Verb::Remove => {
            bot.store.remove_subscription(id, now).await?;
            Ok(Reply::Become(view::removed(&one)))
        }
        Verb::Edit => Ok(form(&one)),
        Verb::Test => Ok(test(bot, one)),
        Verb::Backfill => backfill(bot, &one).await,
        Verb::Undo => undo(bot, ask, id).await,
    }
}

/// Saves the form of [`Verb::Edit`].
pub(super) async fn edit(
    bot: &Bot,
    ask: &Ask,
    id: SubscriptionId,
    fields: &BTreeMap<String, String>,
) -> Result {
    let mut one = find(bot, ask, id).await?;
    let field = |name: &str| fields.get(name).map(|text| text.trim()).unwrap_or_default();
    one.cadence = field("cadence").parse().map_err(|error| say(format!("{error} Nothing was saved.")))?;
    one.cap = match field("cap") {
        "" => None,
        cap => Some(
            cap.parse()
                .ok()
                .filter(|cap| (1..=200).contains(cap))
                .ok_or_else(|| say("The cap is a number from 1 to 200, or empty. Nothing was saved."))?,
        ),
    };
    if !field("query").is_empty()
        && let Topic::Openings { filter } = &mut one.topic
    {
        *filter = filters::from_words(bot, field("query"));
        field("query").clone_into(&mut one.label);
    }
    bot.store.update_subscription(&one).await?;
    if let Topic::Tips { .. } = one.topic {
        super::tips::plan(bot, &one).await?;
    }
    shown(bot, &one).await.map(Reply::Say)
}

/// Why the openings of a post are there.
pub(super) async fn why(bot: &Bot, batch: BatchId) -> Result {
    let unknown = || say("Crier no longer knows how this post came about.");
    let post = bot.store.post(batch).await?.ok_or_else(unknown)?;
    let one = bot.store.subscription(post.subscription).await?;
    let one = one.ok_or_else(|| say("The subscription behind this post was removed."))?;
    let openings = bot.store.openings(&openings_of(&post.shows)).await?;
    Ok(Reply::Say(view::why(&one, &openings, bot.search.world(), post.sent_at)))
}

async fn shown(bot: &Bot, one: &Subscription) -> std::result::Result<Message, CommandError> {
    let log = bot.store.delivery_log(one.id, 4).await?;
    let next = match one.cadence {
        crate::domain::cadence::Cadence::Instant => None,
        _ => {
            let zone = match one.guild {
                Some(guild) => bot.store.guild(guild).await?.time_zone.unwrap_or(bot.default_zone),
                None => bot.default_zone,
            };
            Some(one.cadence.next_after(bot.clock.now(), zone))
        }
    };
    Ok(view::manage(one, &log, next, bot.search.world()))
}

fn form(one: &Subscription) -> Reply {
    let mut fields = vec![
        Field {
            id: "cadence",
            label: "When",
            value: one.cadence.to_string(),
            hint: "instant, hourly, daily 09:00, weekdays 09:00, weekly mon 09:00, or a cron line",
            required: true,
        },
        Field {
            id: "cap",
            label: "At most this many openings a day",
            value: one.cap.map(|cap| cap.to_string()).unwrap_or_default(),
            hint: "empty: no cap",
            required: false,
        },
    ];
    if matches!(one.topic, Topic::Openings { .. }) {
        fields.push(Field {
            id: "query",
            label: "Another filter, in plain words",
            value: String::new(),
            hint: "empty keeps the filter; or: senior rust, remote from Germany, 90k EUR+",
            required: false,
        });
    }
    Reply::Form(Press::Do(one.id, Verb::Edit).id(), "Edit the subscription".to_owned(), fields)
}

/// Posts what an alert will look like, and tells how that went.
fn test(bot: &Bot, one: Subscription) -> Reply {
    let bot = bot.clone();
    Reply::Later(Box::pin(async move {
        let now = bot.clock.now();
        let newest = async {
            let Topic::Openings { filter } = &one.topic else { return Ok(Vec::new()) };
            let own = bot.own_feeds(one.guild).await?;
            bot.store.openings(&bot.search.find(filter, Sort::Newest, 0, 1, &own, now).ids).await
        };
        let openings = match newest.await {
            Ok(openings) => openings,
            Err(error) => return Message::note(format!("The test was not posted: {error}.")),
        };
        // Without a role: a test must not ping anybody.
        let quiet = Subscription { role: None, ..one.clone() };
        let mut message = alert::view(&alert::Alert {
            batch: BatchId(0),
            subscription: &quiet,
            openings: &openings,
            capped: 0,
            digest: None,
            catalog: &bot.catalog,
        });
        message.parts.insert(0, Part::small("A test post of Crier. New openings will look like this:"));
        let mut body = message.body();
        body["nonce"] = bot.ids.next(now).to_string().into();
        body["enforce_nonce"] = true.into();
        match bot.rest.post(one.channel, &body).await {
            Ok(_) => Message::note(format!("Posted a test to <#{}>.", one.channel)),
            Err(RestError::Forbidden { message, .. }) => Message::note(format!(
                "Discord refuses the test in <#{}>: {message}. Give Crier View Channel and Send Messages there, and try again.",
                one.channel
            )),
            Err(error) => Message::note(format!("The test was not posted: {error}.")),
        }
    }))
}

/// Enqueues the newest matching openings that this subscription was not told of yet.
async fn backfill(bot: &Bot, one: &Subscription) -> Result {
    let now = bot.clock.now();
    let Topic::Openings { filter } = &one.topic else {
        return Err(say("Only openings can be posted after the fact. Nothing was posted."));
    };
    let own = bot.own_feeds(one.guild).await?;
    let found = bot.search.find(filter, Sort::Newest, 0, BACKFILL, &own, now);
    let notices: Vec<NewNotice> = found
        .ids
        .iter()
        .map(|opening| NewNotice {
            id: NoticeId(bot.ids.next(now)),
            subscription: one.id,
            channel: one.channel,
            what: What::Opening { opening: *opening },
            due_at: now,
            created_at: now,
        })
        .collect();
    let mut write = bot.store.write().await?;
    let new = write.enqueue(&notices).await?;
    write.commit().await?;
    bot.bell.notify_one();
    Ok(Reply::Say(Message::note(match new {
        0 => "There is no matching opening that was not posted already.".to_owned(),
        new => format!("{} on the way to <#{}>.", count(new, "opening"), one.channel),
    })))
}

async fn undo(bot: &Bot, ask: &Ask, id: SubscriptionId) -> Result {
    allowed(ask)?;
    if !bot.store.restore_subscription(id).await? {
        return Err(say("There is nothing to undo: it was not removed, or it was removed for good."));
    }
    let one = match find(bot, ask, id).await {
        Ok(one) => one,
        Err(error) => {
            // A button of another server: as it was.
            bot.store.remove_subscription(id, bot.clock.now()).await?;
            return Err(error);
        }
    };
    bot.bell.notify_one();
    shown(bot, &one).await.map(Reply::Become)
}

/// The subscription, when it is this server's and the person may change it.
async fn find(bot: &Bot, ask: &Ask, id: SubscriptionId) -> std::result::Result<Subscription, CommandError> {
    allowed(ask)?;
    let one = bot.store.subscription(id).await?.filter(|one| one.guild == ask.guild && ask.guild.is_some());
    one.ok_or_else(|| {
        say("There is no such subscription (any more). Nothing was changed; /subscriptions lists them.")
    })
}

fn allowed(ask: &Ask) -> std::result::Result<(), CommandError> {
    if may_subscribe(ask.permissions) {
        return Ok(());
    }
    Err(say("Managing subscriptions needs Manage Webhooks or Manage Server. Nothing was changed."))
}

fn openings_of(shows: &[What]) -> Vec<OpeningId> {
    shows
        .iter()
        .filter_map(|what| match what {
            What::Opening { opening } | What::Change { opening } => Some(*opening),
            What::Tip { .. } => None,
        })
        .collect()
}
