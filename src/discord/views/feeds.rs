//! A server's own boards: one shown before it is added, the list with the health of each, one removed.

use super::super::custom_id::Press;
use super::super::layout::{Button, Message, Part, Select, Style};
use super::super::words::{ago, count, plain, shorten};
use super::CALM;
use crate::domain::ids::FeedKey;
use crate::domain::time::{DAY, HOUR, MINUTE};
use crate::feeds::Page;
use crate::store::{FeedRow, OwnFeed};

/// Postings that a preview shows.
const SHOWN: usize = 5;

/// A board as it is now, with the question whether to take it.
#[must_use]
pub fn preview(offered: &OwnFeed, page: &Page, public: bool) -> Message {
    let company = offered.company.as_deref();
    let mut text = format!("**Add {}?**\n", plain(offered.feed.as_str()));
    text.push_str(&match page.postings.len() {
        0 => "It can be read, and lists no jobs now.".to_owned(),
        many => format!("It lists {} now.", count(many as u64, "job")),
    });
    if let Some(company) = company {
        text.push_str(&format!(" They are shown as {}.", plain(company)));
    }
    for (reason, many) in page.skipped.iter().take(4) {
        text.push_str(&format!("\n-# {many} passed over: {}", plain(reason)));
    }
    let mut parts = vec![Part::Text(text)];
    if !page.postings.is_empty() {
        let lines: Vec<String> = page
            .postings
            .iter()
            .take(SHOWN)
            .map(|posting| {
                let company =
                    if posting.company.is_empty() { company.unwrap_or("") } else { &posting.company };
                let facts = [posting.title.as_str(), company, &posting.locations.join("; ")];
                let told: Vec<String> = facts
                    .iter()
                    .filter(|part| !part.is_empty())
                    .map(|part| plain(&shorten(part, 90)))
                    .collect();
                format!("- {}", told.join(" · "))
            })
            .collect();
        parts.push(Part::Line);
        parts.push(Part::Text(lines.join("\n")));
    }
    parts.push(Part::Line);
    parts.push(Part::small(if public {
        "Everybody has this board already: adding it changes nothing, unless it is dropped for all one day."
    } else {
        "Its openings are found and posted in this server only. What it lists now is not posted; what comes later is."
    }));
    parts.push(Part::Buttons(vec![
        Button::new("Add this board", Press::AddFeed(offered.id).id()).style(Style::Success),
        Button::new("Leave it", Press::Cancel.id()),
    ]));
    Message::private(vec![Part::Frame(Some(CALM), parts)])
}

/// It was added.
#[must_use]
pub fn added(feed: &OwnFeed) -> Message {
    Message::note(format!(
        "**Added {}.** It is read within a minute, and from then on as often as its rules allow; /feeds list shows how it is. \
         /jobs finds its openings in this server, and subscriptions of this server get those that are new.",
        plain(feed.feed.as_str())
    ))
}

/// It was removed.
#[must_use]
pub fn removed(feed: &OwnFeed) -> Message {
    Message::private(vec![
        Part::Text(format!(
            "**Removed {}.** This server no longer finds its openings; posts that were made stay.",
            plain(feed.feed.as_str())
        )),
        Part::Buttons(vec![Button::new("Undo", Press::AddFeed(feed.id).id())]),
    ])
}

/// All boards of a server's own, with their health.
#[must_use]
pub fn list(own: &[FeedRow], public: usize, most: u32, may_manage: bool) -> Message {
    let shared = format!("Besides, everybody has {}; see /status.", count(public as u64, "board"));
    if own.is_empty() {
        return Message::note(format!(
            "This server has no boards of its own. /feeds add takes the careers page of a company.\n-# {shared}"
        ));
    }
    let mut text =
        format!("**{} of this server's own**, of at most {most}", count(own.len() as u64, "board"));
    for feed in own {
        text.push_str(&format!("\n- {}", health(feed)));
    }
    text.push_str(&format!("\n-# {shared}"));
    let mut parts = vec![Part::Text(text)];
    if may_manage {
        let options = own.iter().take(25).map(|feed| {
            let key = &feed.settings.key;
            (shorten(key.as_str(), 100), value(key), count(feed.held, "posting"))
        });
        parts.push(Part::Select(Select {
            custom_id: Press::RemoveFeed.id(),
            placeholder: "Choose one to remove".to_owned(),
            options: options.collect(),
        }));
    }
    Message::private(vec![Part::Frame(Some(CALM), parts)])
}

/// A board in a menu, within what Discord takes: its key, or a long one's end, by which it differs from its like.
#[must_use]
pub fn value(key: &FeedKey) -> String {
    let letters: Vec<char> = key.as_str().chars().collect();
    letters[letters.len().saturating_sub(100)..].iter().collect()
}

/// A feed in a line: state, what it holds, when it was and will be read, how late openings are seen.
#[must_use]
pub fn health(feed: &FeedRow) -> String {
    let key = plain(&shorten(feed.settings.key.as_str(), 80));
    let read = feed.good_at.map_or_else(|| "not read yet".to_owned(), |at| format!("read {}", ago(at)));
    let mut line = format!("{key} · {read} · {}", count(feed.held, "posting"));
    if let Some(delay) = feed.delay {
        line.push_str(&format!(" · seen {} after publication", span(delay)));
    }
    if feed.failures == 0 {
        line.push_str(&format!(" · next {}", ago(feed.due_at)));
    } else {
        let why = feed.error.as_deref().unwrap_or("it can't be read");
        line.push_str(&format!(
            " · failing {} in a row, next try {}: {}",
            count(u64::from(feed.failures), "time"),
            ago(feed.due_at),
            plain(&shorten(why, 100))
        ));
    }
    line
}

/// "4 min", "3 h", "2 days".
fn span(millis: i64) -> String {
    match millis {
        ..HOUR => format!("{} min", (millis / MINUTE).max(1)),
        HOUR..DAY => format!("{} h", millis / HOUR),
        _ => count((millis / DAY).unsigned_abs(), "day"),
    }
}
