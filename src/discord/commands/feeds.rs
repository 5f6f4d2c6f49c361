//! `/feeds`: a server's own boards, beside those that everybody has: add one by its careers page, list, remove.

use serde_json::{Value, json};

use super::super::ask::{Ask, Options};
use super::super::dispatch::Bot;
use super::super::layout::Message;
use super::super::permissions::may_manage;
use super::super::reply::Reply;
use super::super::views::feeds as view;
use super::super::words::{plain, shorten};
use super::{Result, say};
use crate::domain::ids::{FeedKey, GuildId};
use crate::feeds::{self, Discovered};
use crate::store::{FeedSettings, OwnFeed};

pub(super) fn definition() -> Value {
    let text = |name: &str, words: &str, required: bool, completed: bool| {
        json!({ "type": 3, "name": name, "description": words, "required": required, "max_length": 400,
            "autocomplete": completed })
    };
    json!({
        "name": "feeds", "type": 1, "description": "This server's own job boards",
        "contexts": [0], "integration_types": [0],
        "options": [
            { "type": 1, "name": "add", "description": "Read the careers page of a company for this server", "options": [
                text("address", "A careers page, such as https://jobs.lever.co/acme", true, false),
                text("company", "The company's name, if its board does not tell it", false, false),
            ]},
            { "type": 1, "name": "list", "description": "The boards that this server added, and how they are" },
            { "type": 1, "name": "remove", "description": "Read a board no longer", "options": [
                text("board", "Which one", true, true),
            ]},
        ],
    })
}

/// Reads the board behind an address and shows it; nothing is added before somebody confirms.
pub(super) async fn add(bot: &Bot, ask: &Ask, options: &Options) -> Result {
    let guild = manager(ask)?;
    let given = options.text("address").unwrap_or_default().to_owned();
    let key = feeds::recognise(&given)
        .map_err(|problem| say(format!("{}. Nothing was added.", plain(&problem))))?;
    allowed(&key)?;
    let known = bot.store.own_feed_keys(guild).await?;
    if known.contains(&key) {
        return Err(say(format!(
            "This server has {} already; /feeds list shows how it is.",
            plain(key.as_str())
        )));
    }
    room(bot, known.len())?;
    let company = options.text("company").map(|name| shorten(name, 80));
    let (bot, user) = (bot.clone(), ask.user);
    Ok(Reply::Later(Box::pin(async move {
        let now = bot.clock.now();
        let Discovered { key, page } = match feeds::discover(&bot.boards, &given, now).await {
            Ok(found) => found,
            Err(problem) => {
                return Message::note(format!("{}. Nothing was added.", plain(&shorten(&problem, 1_500))));
            }
        };
        let names_itself = page.postings.iter().any(|posting| !posting.company.is_empty());
        let offered = OwnFeed {
            id: bot.ids.next(now),
            guild: Some(guild),
            company: company.or_else(|| (!names_itself).then(|| name_of(&key))),
            feed: key,
            added_by: user,
            added_at: None,
        };
        let offered = async {
            let public = bot
                .store
                .feeds()
                .await?
                .iter()
                .any(|row| row.on && row.public && row.settings.key == offered.feed);
            Ok::<_, crate::store::StoreError>((bot.store.offer_feed(&offered, now).await?, public))
        };
        match offered.await {
            Ok((offered, public)) => view::preview(&offered, &page, public),
            Err(error) => {
                Message::note(format!("The board was read, but not kept: {error}. Nothing was added."))
            }
        }
    })))
}

/// Takes the board that was shown, or one back that was removed.
pub(super) async fn accept(bot: &Bot, ask: &Ask, id: i64) -> Result {
    let guild = manager(ask)?;
    let gone =
        || say("Crier no longer holds this board for you. Nothing was added; /feeds add shows it again.");
    let offered = bot.store.own_feed(id, Some(guild)).await?.ok_or_else(gone)?;
    let settings = FeedSettings {
        interval: feeds::interval(&offered.feed, bot.feeds.interval),
        key: offered.feed.clone(),
        company: offered.company.clone(),
        announce_first: false,
    };
    let now = bot.clock.now();
    match bot.store.accept_feed(id, Some(guild), &settings, bot.feeds.per_server, now).await? {
        Some(added) => Ok(Reply::Become(view::added(&added))),
        None => {
            room(bot, bot.store.own_feed_keys(guild).await?.len())?;
            Err(gone())
        }
    }
}

pub(super) async fn list(bot: &Bot, ask: &Ask) -> Result {
    let guild = server(ask)?;
    let own = bot.store.own_feeds(Some(guild)).await?;
    let public = bot.store.feeds().await?.iter().filter(|row| row.on && row.public).count();
    Ok(Reply::Say(view::list(&own, public, bot.feeds.per_server, may_manage(ask.permissions))))
}

pub(super) async fn remove(bot: &Bot, ask: &Ask, options: &Options) -> Result {
    let given = options.text("board").unwrap_or_default();
    let key = feeds::recognise(given).unwrap_or_else(|_| FeedKey::from(given));
    take_away(bot, ask, &key).await.map(Reply::Say)
}

/// The same for one chosen from the list's menu.
pub(super) async fn chosen(bot: &Bot, ask: &Ask, values: &[String]) -> Result {
    let key = values.first().ok_or_else(|| say("Nothing was chosen, and nothing was changed."))?;
    // The value is cut to what Discord takes: the boards that begin so are looked up.
    let guild = manager(ask)?;
    let known = bot.store.own_feed_keys(guild).await?;
    let key = known.into_iter().find(|known| view::value(known) == *key);
    let key = key.ok_or_else(|| say("This server no longer has that board. Nothing was changed."))?;
    take_away(bot, ask, &key).await.map(Reply::Become)
}

/// This server's boards, those that hold what was typed.
pub(super) async fn complete(bot: &Bot, ask: &Ask, typed: &str) -> Vec<(String, String)> {
    let typed = typed.to_lowercase();
    let known = bot.own_feeds(ask.guild).await.unwrap_or_default();
    let fitting = known.into_iter().filter(|key| key.as_str().to_lowercase().contains(&typed));
    // A name that Discord would cut can't be sent back whole.
    let short = fitting.filter(|key| key.as_str().chars().count() <= 100).take(25);
    short.map(|key| (key.to_string(), key.to_string())).collect()
}

async fn take_away(bot: &Bot, ask: &Ask, key: &FeedKey) -> std::result::Result<Message, super::CommandError> {
    let guild = manager(ask)?;
    match bot.store.remove_feed(Some(guild), key).await? {
        Some(removed) => Ok(view::removed(&removed)),
        None => Err(say(format!(
            "This server has no board \"{}\". Nothing was changed; /feeds list shows those it has.",
            plain(&shorten(key.as_str(), 200))
        ))),
    }
}

fn server(ask: &Ask) -> std::result::Result<GuildId, super::CommandError> {
    ask.guild.ok_or_else(|| say("Boards belong to servers; please use this in one."))
}

fn manager(ask: &Ask) -> std::result::Result<GuildId, super::CommandError> {
    let guild = server(ask)?;
    if may_manage(ask.permissions) {
        return Ok(guild);
    }
    Err(say("Adding and removing boards needs Manage Server. Nothing was changed."))
}

/// Files of this machine and its network are the operator's to name, nobody else's.
fn allowed(key: &FeedKey) -> std::result::Result<(), super::CommandError> {
    let (kind, board) =
        feeds::resolve(key).map_err(|problem| say(format!("{}. Nothing was added.", plain(&problem))))?;
    if kind.local() {
        return Err(say(format!(
            "Only whoever runs Crier can add {} boards. Nothing was added.",
            kind.name()
        )));
    }
    match kind.first(&board) {
        Ok(_) => Ok(()),
        Err(problem) => Err(say(format!("{}. Nothing was added.", plain(&problem.to_string())))),
    }
}

fn room(bot: &Bot, held: usize) -> std::result::Result<(), super::CommandError> {
    match bot.feeds.per_server {
        0 => Err(say("Whoever runs this Crier lets servers add no boards. Nothing was added.")),
        most if held >= most as usize => Err(say(format!(
            "This server has {held} boards of its own, and {most} are the most. Nothing was added; /feeds remove makes room."
        ))),
        _ => Ok(()),
    }
}

/// A name for a company whose board does not tell one, from the board's own: `acme-robotics` → Acme Robotics.
fn name_of(key: &FeedKey) -> String {
    let board = key.as_str().split_once(':').map_or("", |(_, board)| board);
    let host = url::Url::parse(board).ok().and_then(|url| url.host_str().map(str::to_owned));
    let name = host.as_deref().map_or(board, |host| host.strip_prefix("www.").unwrap_or(host));
    let name = name.split('/').next().unwrap_or(name);
    let words = name.split(['-', '_', ' ']).filter(|word| !word.is_empty());
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters
            .next()
            .map(|first| first.to_uppercase().chain(letters).collect::<String>())
            .unwrap_or_default()
    };
    words.map(capital).collect::<Vec<_>>().join(" ")
}
