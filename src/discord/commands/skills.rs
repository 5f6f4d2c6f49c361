//! `/skill compare`, `trends`, `path` and `next`: several skills at once, measured over today's openings.

use std::collections::BTreeSet;

use super::super::ask::{Ask, Options};
use super::super::dispatch::{Bot, CommandError};
use super::super::layout::Message;
use super::super::reply::Reply;
use super::super::views::skills as view;
use super::super::words::plain;
use super::skill::{find, unknown};
use super::{Result, filters, say};
use crate::domain::filter::Filter;
use crate::domain::ids::SkillId;
use crate::domain::time::DAY;
use crate::skills::catalog::Skill;

/// Days that a chart of openings looks back.
const DAYS: i64 = 90;

/// Two skills side by side. The chart takes a moment, and a file can't go with a first answer over HTTP.
pub(super) async fn compare(bot: &Bot, ask: &Ask, options: &Options) -> Result {
    let (a, b) = (wanted(bot, options, "a")?.clone(), wanted(bot, options, "b")?.clone());
    if a.id == b.id {
        return Err(say(format!(
            "Both are {}; choose two skills. /skill explain shows one.",
            plain(&a.name)
        )));
    }
    let own = bot.own_feeds(ask.guild).await?;
    let bot = bot.clone();
    Ok(Reply::Later(Box::pin(async move {
        let now = bot.clock.now();
        let numbers = |skills: Vec<SkillId>| {
            let filter = Filter { skills_all: skills.into_iter().collect(), ..Filter::default() };
            bot.search.numbers(&filter, &own, now)
        };
        let from = now.0.div_euclid(DAY) - DAYS;
        let history = async {
            Ok::<_, crate::store::StoreError>([
                bot.store.skill_days(&a.id, from).await?,
                bot.store.skill_days(&b.id, from).await?,
            ])
        };
        // Without its history the rest is true all the same.
        let history = history.await.unwrap_or_else(|error| {
            tracing::warn!("the history of {} and {} could not be read: {error}", a.id, b.id);
            Default::default()
        });
        view::compare(&view::Compared {
            skills: [&a, &b],
            numbers: [numbers(vec![a.id.clone()]), numbers(vec![b.id.clone()])],
            both: numbers(vec![a.id.clone(), b.id.clone()]).open,
            history,
            now,
            catalog: &bot.catalog,
        })
    })))
}

/// What rises and falls among all skills, or among those of an area.
pub(super) async fn trends(bot: &Bot, ask: &Ask, options: &Options) -> Result {
    let area = match options.text("area") {
        Some(_) => Some(wanted(bot, options, "area")?.clone()),
        None => None,
    };
    let own = bot.own_feeds(ask.guild).await?;
    let bot = bot.clone();
    Ok(Reply::Later(Box::pin(async move {
        let now = bot.clock.now();
        let mut trends = bot.search.trends(&own, now);
        if let Some(area) = &area {
            let under = bot.search.world().under.get(&area.id);
            trends.retain(|trend| under.is_some_and(|under| under.contains(&trend.skill)));
            if under.is_none_or(BTreeSet::is_empty) {
                return Message::note(format!(
                    "{} has no skills under it in the catalog. /skill trends without an area shows all; /skill explain shows this one.",
                    plain(&area.name)
                ));
            }
        }
        view::trends(area.as_ref(), trends, now, &bot.catalog)
    })))
}

/// The way from one skill to another.
pub(super) fn path(bot: &Bot, options: &Options) -> Result {
    let (from, to) = (wanted(bot, options, "from")?, wanted(bot, options, "to")?);
    let steps = crate::skills::path::path(&bot.catalog, &from.id, &to.id).ok_or_else(|| {
        say(format!("Nothing in the catalog joins {} and {}.", plain(&from.name), plain(&to.name)))
    })?;
    let now = bot.clock.now();
    let count = |skill: &Skill| {
        let filter = Filter { skills_all: [skill.id.clone()].into(), ..Filter::default() };
        bot.search.count(&filter, &[], now)
    };
    let steps: Vec<_> = steps.into_iter().map(|(skill, why)| (skill, why, count(skill))).collect();
    Ok(Reply::Say(view::path(&steps)))
}

/// Which one more skill would open most.
pub(super) async fn next(bot: &Bot, ask: &Ask, options: &Options) -> Result {
    let typed = options.text("skills").unwrap_or_default();
    let mut have = BTreeSet::new();
    let mut strangers = Vec::new();
    for name in typed.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        match find(bot, name) {
            Some(skill) => {
                have.insert(skill.id.clone());
            }
            None => strangers.push(name.to_owned()),
        }
    }
    if have.is_empty() {
        return Err(match strangers.first() {
            Some(name) => unknown(bot, name),
            None => say("Which skills do you have? Type them with commas: Rust, Kafka, SQL."),
        });
    }
    let filter = options.text("query").map(|query| filters::from_words(bot, query)).unwrap_or_default();
    let own = bot.own_feeds(ask.guild).await?;
    let next = bot.search.next(&filter, &have, &own, bot.clock.now());
    let key = filters::keep(bot, &filter).await?;
    let chips = filter.chips(bot.search.world()).into_iter().map(|(_, chip)| chip).collect::<Vec<_>>();
    Ok(Reply::Say(view::next(&have, &next, &chips, &strangers, &key, &bot.catalog)))
}

/// The skill that an option names.
fn wanted<'a>(bot: &'a Bot, options: &Options, option: &str) -> std::result::Result<&'a Skill, CommandError> {
    let name = options.text(option).unwrap_or_default();
    find(bot, name).ok_or_else(|| unknown(bot, name))
}
