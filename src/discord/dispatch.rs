//! One dispatch behind both doors: an interaction in, an answer out, always within Discord's three seconds.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::ask::{Ask, What};
use super::commands;
use super::layout::Message;
use super::reply::Reply;
use super::rest::Rest;
use crate::clock::Clock;
use crate::domain::ids::{FeedKey, GuildId, IdMaker};
use crate::feeds::client::Client;
use crate::search::Search;
use crate::skills::catalog::Catalog;
use crate::store::{Store, StoreError};

/// What every command may use. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Bot {
    /// The database.
    pub store: Store,
    /// The indexes.
    pub search: Search,
    /// The skills.
    pub catalog: Arc<Catalog>,
    /// What time it is.
    pub clock: Clock,
    /// Makes ids.
    pub ids: Arc<IdMaker>,
    /// The zone of servers that set none.
    pub default_zone: chrono_tz::Tz,
    /// Asks job boards, for what `/feeds add` shows.
    pub boards: Client,
    /// What servers may add.
    pub feeds: FeedRules,
    /// The way to Discord, for answers that take longer and for test posts.
    pub rest: Rest,
    /// When this process started, for `/status`.
    pub started_at: crate::domain::time::Millis,
    /// Late answers that are still being made; waited for on shutdown.
    pub late: tokio_util::task::TaskTracker,
    /// Rung when something may have become due, so that delivery need not wait for its next look.
    pub bell: Arc<tokio::sync::Notify>,
}

/// What servers may add of boards.
#[derive(Debug, Clone, Copy)]
pub struct FeedRules {
    /// Boards of its own that a server may have.
    pub per_server: u32,
    /// Milliseconds between two polls of one.
    pub interval: i64,
}

/// Why a command gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The person can do something about it: the sentence says what happened, whether anything was saved, what to do.
    #[error("{0}")]
    Say(String),
    /// We can; the person gets an apology with a reference.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Discord waits three seconds for the first answer; the way there and back needs some of them.
const PATIENCE: Duration = Duration::from_millis(2_000);

impl Bot {
    /// The first answer to an interaction, as the callback's JSON. What takes longer than two seconds is announced
    /// as "thinking…" and delivered by an edit.
    pub async fn answer(&self, interaction: &Value) -> Value {
        let Some(ask) = Ask::read(interaction) else {
            return Reply::note("Crier could not read this. Nothing was changed; please try again.")
                .callback();
        };
        let completing = matches!(ask.what, What::Completion(..));
        let (bot, asked) = (self.clone(), ask.clone());
        let mut work = self.late.spawn(async move { bot.reply(&asked).await });
        match tokio::time::timeout(PATIENCE, &mut work).await {
            Ok(Ok(Reply::Later(later))) => {
                let bot = self.clone();
                self.late.spawn(async move { bot.finish(&ask, later.await).await });
                Reply::thinking()
            }
            Ok(Ok(reply)) => reply.callback(),
            Ok(Err(stopped)) => apology(&ask, &format!("its task stopped: {stopped}")).callback(),
            Err(_) if completing => Reply::Names(Vec::new()).callback(),
            Err(_) => {
                let bot = self.clone();
                self.late.spawn(async move {
                    let message = match work.await {
                        Ok(Reply::Say(message) | Reply::Become(message)) => message,
                        Ok(Reply::Later(later)) => later.await,
                        _ => Message::note("This took too long. Please try again."),
                    };
                    bot.finish(&ask, message).await;
                });
                Reply::thinking()
            }
        }
    }

    /// The boards of its own that a server added.
    pub(super) async fn own_feeds(&self, guild: Option<GuildId>) -> Result<Vec<FeedKey>, StoreError> {
        match guild {
            Some(guild) => self.store.own_feed_keys(guild).await,
            None => Ok(Vec::new()),
        }
    }

    async fn reply(&self, ask: &Ask) -> Reply {
        let result = match &ask.what {
            What::Ping => return Reply::Pong,
            What::Command(words, options) => commands::run(self, ask, words, options).await,
            What::Completion(words, options, focused) => {
                return Reply::Names(commands::complete(self, ask, words, options, focused).await);
            }
            What::Press(id, values) => commands::press(self, ask, id, values).await,
            What::Form(id, fields) => commands::submit(self, ask, id, fields).await,
            What::Unknown(kind) => Err(CommandError::Say(format!(
                "This Crier does not know interactions of kind {kind} yet. Nothing was changed."
            ))),
        };
        match result {
            Ok(reply) => reply,
            Err(CommandError::Say(words)) => Reply::note(words),
            Err(CommandError::Store(error)) => apology(ask, &error.to_string()),
        }
    }

    async fn finish(&self, ask: &Ask, message: Message) {
        let mut body = message.body();
        // Whether it is ephemeral was decided by "thinking…" and can't be said again.
        body["flags"] = (1 << 15).into();
        if let Err(error) = self.rest.edit_original(ask.application, &ask.token, &body, &message.files).await
        {
            tracing::warn!(interaction = ask.id, "a late answer was not taken: {error}");
        }
    }
}

/// An apology with a reference, and one log line with the same.
fn apology(ask: &Ask, cause: &str) -> Reply {
    tracing::error!(interaction = ask.id, "interaction {} failed: {cause}", ask.id);
    Reply::note(format!(
        "Something went wrong on Crier's side, and nothing was saved. Please try again in a minute; if it stays, tell whoever runs Crier this number: {}",
        ask.id
    ))
}
