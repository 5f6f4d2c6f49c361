//! `/status`: freshness of the feeds, delivery, version.

use serde_json::{Value, json};

use super::super::dispatch::Bot;
use super::super::layout::{Message, Part};
use super::super::reply::Reply;
use super::super::views::CALM;
use super::super::views::feeds::health;
use super::super::words::{ago, count};
use super::Result;
use crate::store::FeedRow;

/// Feeds told by name; the rest are counted.
const NAMED: usize = 15;

pub(super) fn definition() -> Value {
    json!({
        "name": "status", "type": 1, "description": "Freshness of the feeds, delivery, version",
        "contexts": [0, 1, 2], "integration_types": [0, 1],
    })
}

pub(super) async fn run(bot: &Bot) -> Result {
    let (open, all) = bot.store.opening_counts().await?;
    let (waiting, oldest) = bot.store.outbox_depth().await?;
    let now = bot.clock.now();
    let late = oldest.map_or(0, |at| now.since(at).max(0)) / 1_000;
    let delivery = match waiting {
        0 => "nothing waits to be sent".to_owned(),
        waiting if late < 60 => format!("{} waiting, all on time", count(waiting, "notice")),
        waiting => format!(
            "{} waiting, the oldest {} late",
            count(waiting, "notice"),
            count(late.unsigned_abs() / 60, "minute")
        ),
    };
    let mut feeds: Vec<FeedRow> =
        bot.store.feeds().await?.into_iter().filter(|feed| feed.on && feed.public).collect();
    // Those in trouble first, then those read longest ago.
    feeds.sort_by_key(|feed| (feed.failures == 0, feed.good_at));
    let failing = feeds.iter().filter(|feed| feed.failures > 0).count();
    let mut text = format!(
        "**Crier {}** on {}, up since {}\n{}, {} in all · {delivery}\n\n**{}**, {failing} failing",
        env!("CARGO_PKG_VERSION"),
        bot.store.engine(),
        ago(bot.started_at),
        count(open, "open opening"),
        all,
        count(feeds.len() as u64, "feed"),
    );
    for feed in feeds.iter().take(NAMED) {
        text.push_str(&format!("\n- {}", health(feed)));
    }
    if feeds.len() > NAMED {
        text.push_str(&format!("\n-# and {} more, all well", count((feeds.len() - NAMED) as u64, "feed")));
    }
    Ok(Reply::Say(Message::private(vec![Part::Frame(Some(CALM), vec![Part::Text(text)])])))
}
