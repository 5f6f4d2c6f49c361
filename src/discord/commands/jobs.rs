//! `/jobs`: searches openings; pages, loosening, sharing and details are its buttons.

use serde_json::{Value, json};

use super::super::ask::{Ask, Options};
use super::super::custom_id::Query;
use super::super::dispatch::{Bot, CommandError};
use super::super::layout::Message;
use super::super::permissions::may_subscribe;
use super::super::reply::Reply;
use super::super::views::{details, search as view};
use super::{Result, choices, filters, say};
use crate::domain::filter::{Condition, Filter};
use crate::domain::ids::{OpeningId, SkillId};
use crate::search::Sort;

/// Openings on a page.
const PAGE: usize = 5;

/// Events of an opening that its details tell.
const HISTORY: u32 = 4;

pub(super) fn definition() -> Value {
    let mut options = choices::filter();
    options.push(choices::fixed(
        "sort",
        "In which order",
        &[("newest first", "newest"), ("best paid first", "pay")],
    ));
    json!({
        "name": "jobs", "type": 1, "options": options,
        "description": "Search job openings",
        "contexts": [0, 1, 2], "integration_types": [0, 1],
    })
}

pub(super) async fn run(bot: &Bot, ask: &Ask, options: &Options) -> Result {
    let wanted = filters::read(bot, options)?;
    let sort = if options.text("sort") == Some("pay") { Sort::Pay } else { Sort::Newest };
    let key = filters::keep(bot, &wanted.filter).await?;
    let query = Query { key, sort, offset: 0 };
    Ok(Reply::Say(page(bot, ask, &wanted.filter, query, &wanted.notes, true).await?))
}

/// A page of a search, as Previous and Next ask for it.
pub(super) async fn turn(bot: &Bot, ask: &Ask, query: Query) -> Result {
    let filter = filters::kept(bot, &query.key).await?;
    Ok(Reply::Become(page(bot, ask, &filter, query, &[], true).await?))
}

/// The same page for everybody in the channel.
pub(super) async fn share(bot: &Bot, ask: &Ask, query: Query) -> Result {
    let filter = filters::kept(bot, &query.key).await?;
    Ok(Reply::Say(page(bot, ask, &filter, query, &[], false).await?))
}

/// The same search without one of its conditions.
pub(super) async fn loosen(bot: &Bot, ask: &Ask, query: Query, condition: Condition) -> Result {
    let filter = filters::kept(bot, &query.key).await?.without(condition);
    let query = Query { key: filters::keep(bot, &filter).await?, offset: 0, ..query };
    Ok(Reply::Become(page(bot, ask, &filter, query, &[], true).await?))
}

/// The openings that ask for a skill.
pub(super) async fn of_skill(bot: &Bot, ask: &Ask, skill: SkillId) -> Result {
    let filter = Filter { skills_all: [skill].into(), ..Filter::default() };
    let query = Query { key: filters::keep(bot, &filter).await?, sort: Sort::Newest, offset: 0 };
    Ok(Reply::Say(page(bot, ask, &filter, query, &[], true).await?))
}

/// A whole opening.
pub(super) async fn details(bot: &Bot, ask: &Ask, id: OpeningId) -> Result {
    let opening = bot.store.openings(&[id]).await?.pop().ok_or_else(gone)?;
    // A button is nobody's proof: what a server's own board lists is for that server.
    if opening.only.is_some() && !opening.is_for(&bot.own_feeds(ask.guild).await?) {
        return Err(gone());
    }
    let history = bot.store.history(id, HISTORY).await?;
    Ok(Reply::Say(details::view(&opening, &history, &bot.catalog)))
}

/// Openings like this one.
pub(super) async fn similar(bot: &Bot, ask: &Ask, id: OpeningId) -> Result {
    let own = bot.own_feeds(ask.guild).await?;
    let opening = bot.store.openings(&[id]).await?.pop().ok_or_else(gone)?;
    let openings = bot.store.openings(&bot.search.similar(&opening, PAGE, &own)).await?;
    Ok(Reply::Say(view::similar(&opening, &openings, &bot.catalog)))
}

async fn page(
    bot: &Bot,
    ask: &Ask,
    filter: &Filter,
    query: Query,
    notes: &[String],
    private: bool,
) -> std::result::Result<Message, CommandError> {
    let now = bot.clock.now();
    let own = bot.own_feeds(ask.guild).await?;
    let mut found = bot.search.find(filter, query.sort, query.offset, PAGE, &own, now);
    // The openings of a later page may have closed since the button was made.
    let mut offset = query.offset;
    if found.ids.is_empty() && offset > 0 {
        offset = 0;
        found = bot.search.find(filter, query.sort, 0, PAGE, &own, now);
    }
    let openings = bot.store.openings(&found.ids).await?;
    let loosened = if found.total == 0 { bot.search.loosen(filter, &own, now) } else { Vec::new() };
    Ok(view::page(&view::Page {
        filter,
        query: Query { offset, ..query },
        total: found.total,
        size: PAGE,
        openings: &openings,
        loosened: &loosened,
        notes,
        private,
        may_subscribe: ask.guild.is_some() && may_subscribe(ask.permissions),
        world: bot.search.world(),
        catalog: &bot.catalog,
    }))
}

fn gone() -> CommandError {
    say("Crier no longer knows this opening. Nothing was changed; /jobs finds those that are open.")
}
