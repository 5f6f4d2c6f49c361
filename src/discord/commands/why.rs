//! `/why`: each condition of a subscription judged on one opening, and what it nearly would have got.

use serde_json::{Value, json};

use super::super::ask::{Ask, Options};
use super::super::dispatch::{Bot, CommandError};
use super::super::permissions::may_subscribe;
use super::super::reply::Reply;
use super::super::views::why as view;
use super::super::words::{plain, shorten};
use super::{Result, choices, filters, say};
use crate::domain::filter::Condition;
use crate::domain::ids::{FeedKey, GuildId, OpeningId, SubscriptionId};
use crate::domain::opening::Opening;
use crate::domain::subscription::Subscription;
use crate::domain::text::fold;
use crate::search::Sort;

/// Days in which near misses are counted.
const DAYS: u32 = 30;

pub(super) fn definition() -> Value {
    let mut opening = choices::completed("opening", "Its link, or words of its title and company");
    opening["required"] = true.into();
    json!({
        "name": "why", "type": 1, "description": "Why a subscription got an opening, or did not",
        "contexts": [0], "integration_types": [0],
        "options": [opening, choices::completed("subscription", "Which one; those of this channel when left out")],
    })
}

pub(super) async fn run(bot: &Bot, ask: &Ask, options: &Options) -> Result {
    let guild = ask.guild.ok_or_else(|| say("Subscriptions belong to servers; please use this in one."))?;
    if !may_subscribe(ask.permissions) {
        return Err(say("Looking into subscriptions needs Manage Webhooks or Manage Server."));
    }
    let own = bot.own_feeds(Some(guild)).await?;
    let opening = find(bot, options.text("opening").unwrap_or_default(), &own).await?;
    let all = bot.store.subscriptions_of(guild).await?;
    let asked: Vec<&Subscription> = match options.text("subscription") {
        Some(named) => vec![chosen(&all, named)?],
        None => {
            let here: Vec<_> =
                all.iter().filter(|one| one.channel == ask.channel.id && one.filter().is_some()).collect();
            match here.is_empty() {
                true => all.iter().filter(|one| one.filter().is_some()).collect(),
                false => here,
            }
        }
    };
    match asked.as_slice() {
        [] => Err(say("This server has no subscription to openings yet. /subscribe makes one.")),
        [one] => {
            let misses = near_misses(bot, one, &own);
            Ok(Reply::Say(view::one(&opening, one, &misses, DAYS, bot.search.world(), bot.clock.now())))
        }
        several => Ok(Reply::Say(view::several(&opening, several, bot.search.world(), bot.clock.now()))),
    }
}

/// For each condition, how many openings of the last days it alone kept from the subscription, most first.
fn near_misses(bot: &Bot, one: &Subscription, own: &[FeedKey]) -> Vec<(Condition, u64)> {
    let Some(filter) = one.filter() else { return Vec::new() };
    let now = bot.clock.now();
    let count = |filter: &crate::domain::filter::Filter| -> u64 {
        bot.search.preview(filter, DAYS, 0, own, now).per_day.iter().sum()
    };
    let with_all = count(filter);
    // Of a single condition everything else would be a miss, and a near one of nothing.
    if filter.conditions().len() < 2 {
        return Vec::new();
    }
    let mut misses: Vec<(Condition, u64)> = filter
        .conditions()
        .into_iter()
        .filter(|condition| *condition != Condition::Age)
        .map(|condition| (condition, count(&filter.without(condition)).saturating_sub(with_all)))
        .filter(|(_, missed)| *missed > 0)
        .collect();
    misses.sort_by_key(|(condition, missed)| (std::cmp::Reverse(*missed), *condition));
    misses
}

/// By id (as completion gives it), by link, or the newest whose words fit.
async fn find(bot: &Bot, given: &str, own: &[FeedKey]) -> std::result::Result<Opening, CommandError> {
    let found = match given.parse() {
        Ok(id) => bot.store.openings(&[OpeningId(id)]).await?.pop(),
        Err(_) if given.contains("://") => bot.store.opening_at(given).await?,
        Err(_) => {
            by_title(bot.store.openings(&fitting(bot, given, own, 25)).await?, given).into_iter().next()
        }
    };
    found.filter(|opening| opening.is_for(own)).ok_or_else(|| {
        say(format!(
            "Crier knows no opening \"{}\". Paste its link as it stands behind Apply, or type words of its title and company.",
            plain(&shorten(given, 200))
        ))
    })
}

fn fitting(bot: &Bot, typed: &str, own: &[FeedKey], most: usize) -> Vec<OpeningId> {
    let now = bot.clock.now();
    let search = |words: &str| {
        let filter = filters::of_text(words);
        bot.search.find(&filter, Sort::Newest, 0, most, own, now).ids
    };
    let found = search(typed);
    // The last word may be unfinished.
    match typed.rsplit_once(' ') {
        Some((before, _)) if found.is_empty() => search(before),
        _ => found,
    }
}

/// Those that have the words in title and company before those that have them in their text.
fn by_title(mut found: Vec<Opening>, words: &str) -> Vec<Opening> {
    let words: Vec<String> = words.split_whitespace().map(fold).collect();
    found.sort_by_key(|one| {
        let name = fold(&format!("{} {}", one.title, one.company));
        std::cmp::Reverse(words.iter().filter(|word| name.contains(word.as_str())).count())
    });
    found
}

/// Openings for what is typed, or this server's subscriptions.
pub(super) async fn complete(bot: &Bot, ask: &Ask, focused: &str, typed: &str) -> Vec<(String, String)> {
    let Some(guild) = ask.guild else { return Vec::new() };
    let names = match focused {
        "subscription" => subscriptions(bot, guild, typed).await,
        _ => openings(bot, guild, typed).await,
    };
    names.unwrap_or_default()
}

async fn openings(
    bot: &Bot,
    guild: GuildId,
    typed: &str,
) -> std::result::Result<Vec<(String, String)>, CommandError> {
    let own = bot.own_feeds(Some(guild)).await?;
    let found = by_title(bot.store.openings(&fitting(bot, typed, &own, 25)).await?, typed);
    let label = |one: &Opening| shorten(&format!("{} · {}", one.title, one.company), 100);
    Ok(found.iter().map(|one| (label(one), one.id.to_string())).collect())
}

async fn subscriptions(
    bot: &Bot,
    guild: GuildId,
    typed: &str,
) -> std::result::Result<Vec<(String, String)>, CommandError> {
    let typed = typed.to_lowercase();
    let all = bot.store.subscriptions_of(guild).await?;
    let fits = all.iter().filter(|one| one.filter().is_some() && one.label.to_lowercase().contains(&typed));
    let label = |one: &Subscription| match one.label.as_str() {
        "" => "every opening".to_owned(),
        label => shorten(label, 100),
    };
    Ok(fits.take(25).map(|one| (label(one), one.id.to_string())).collect())
}

fn chosen<'a>(all: &'a [Subscription], named: &str) -> std::result::Result<&'a Subscription, CommandError> {
    let by_id = named.parse().ok().map(SubscriptionId);
    let found = all.iter().find(|one| Some(one.id) == by_id);
    found.or_else(|| all.iter().find(|one| one.label.eq_ignore_ascii_case(named))).ok_or_else(|| {
        say(format!(
            "This server has no subscription \"{}\". /subscriptions lists them.",
            plain(&shorten(named, 200))
        ))
    })
}
