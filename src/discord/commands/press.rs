//! Buttons and menus: each goes to the command that it belongs to.

use super::super::ask::Ask;
use super::super::custom_id::Press;
use super::super::dispatch::Bot;
use super::super::layout::Message;
use super::super::reply::Reply;
use super::{Result, feeds, jobs, say, skill, subscribe, subscriptions};

pub(super) async fn run(bot: &Bot, ask: &Ask, press: Press, values: &[String]) -> Result {
    match press {
        Press::Page(query) => jobs::turn(bot, ask, query).await,
        Press::Share(query) => jobs::share(bot, ask, query).await,
        Press::Loosen(query, condition) => jobs::loosen(bot, ask, query, condition).await,
        Press::Details(id) => jobs::details(bot, ask, id).await,
        Press::Similar(id) => jobs::similar(bot, ask, id).await,
        Press::Openings(id) => jobs::of_skill(bot, ask, id).await,
        Press::Explain(id) => skill::card(bot, ask, &id).await,
        Press::Section(id, page) => skill::section(bot, &id, page),
        Press::Tip(id) => skill::give_tip(bot, id.as_ref()).map(Reply::Say),
        Press::AnotherTip(id) => skill::give_tip(bot, id.as_ref()).map(Reply::Become),
        Press::Subscribe(key) => subscribe::from_search(bot, ask, &key).await,
        Press::Confirm(id) => subscribe::confirm(bot, ask, id).await,
        Press::Cancel => Ok(Reply::Become(Message::note("All is left as it was; nothing was saved."))),
        Press::Manage(Some(id)) => subscriptions::manage(bot, ask, id).await,
        Press::Manage(None) => {
            let id = values.first().and_then(|value| value.parse().ok());
            let id = id.ok_or_else(|| say("Nothing was chosen, and nothing was changed."))?;
            subscriptions::manage(bot, ask, id).await
        }
        Press::Do(id, verb) => subscriptions::act(bot, ask, id, verb).await,
        Press::AddFeed(id) => feeds::accept(bot, ask, id).await,
        Press::RemoveFeed => feeds::chosen(bot, ask, values).await,
        Press::Why(batch) => subscriptions::why(bot, batch).await,
    }
}
