//! The gateway door: serenity's client holds the connection, each interaction goes to the same dispatch.
//!
//! Traps of serenity 0.12 that are handled here: its own limiter is off (it would ignore the configured address);
//! without a gateway address of the configured API nothing is started, because it would fall back to Discord's own;
//! a shard range includes its end; and when no shard becomes ready the process must end, because serenity would
//! identify again every five seconds until Discord resets the token.

use std::sync::Arc;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use serenity::all::{
    ClientBuilder, Context, EventHandler, GatewayIntents, Guild, HttpBuilder, Interaction, Ready,
    UnavailableGuild,
};
use serenity::async_trait;
use tokio::sync::Notify;
use twilight_http_ratelimiting::Method;

use super::dispatch::Bot;
use super::rest::RestError;
use crate::domain::ids::GuildId;

/// Which shards run here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shards {
    /// Of how many in all; 0 takes what Discord recommends.
    pub total: u32,
    /// The first that runs here.
    pub first: u32,
    /// How many run here; 0 means all from `first` on.
    pub here: u32,
}

/// Why the gateway ended; every reason ends the process, and a supervisor starts it anew.
#[derive(Debug, thiserror::Error)]
pub enum GatewayError {
    /// The API did not tell where the gateway is.
    #[error("Discord did not tell its gateway: {0}")]
    NoGateway(RestError),
    /// The first shard that shall run here is none of all.
    #[error("discord.shard_first is {first}, but of {total} shards the last is {}", total.saturating_sub(1))]
    NoSuchShard {
        /// As configured.
        first: u32,
        /// Shards in all.
        total: u32,
    },
    /// Nearly all connections of the day are used; one too many would reset the token.
    #[error(
        "only {remaining} gateway connections are left today, and this start needs {needed}; Discord gives new ones in {minutes} minutes. Crier stops rather than lose its token"
    )]
    Spent {
        /// Left.
        remaining: u64,
        /// Needed.
        needed: u64,
        /// Until the reset.
        minutes: u64,
    },
    /// No shard became ready in time.
    #[error(
        "the gateway was not ready within {0} seconds; the process ends so that a supervisor can start it anew, slowly"
    )]
    NotReady(u64),
    /// The connection ended for good.
    #[error("the gateway ended: {0}")]
    Ended(String),
}

/// Runs until `stop` is rung or the connection ends for good.
///
/// # Errors
/// See [`GatewayError`].
pub async fn run(
    bot: Bot,
    api: &str,
    token: &SecretString,
    shards: Shards,
    ready_within: Duration,
    stop: Arc<Notify>,
) -> Result<(), GatewayError> {
    let told = bot.rest.send(Method::Get, "gateway/bot", None).await.map_err(GatewayError::NoGateway)?;
    let limits = &told["session_start_limit"];
    let total =
        if shards.total > 0 { shards.total } else { told["shards"].as_u64().unwrap_or(1).max(1) as u32 };
    let last =
        if shards.here > 0 { (shards.first + shards.here).min(total) } else { total }.saturating_sub(1);
    if shards.first > last {
        return Err(GatewayError::NoSuchShard { first: shards.first, total });
    }
    let needed = u64::from(last - shards.first + 1);
    if let Some(remaining) = limits["remaining"].as_u64()
        && remaining < needed
    {
        let minutes = limits["reset_after"].as_u64().unwrap_or(0) / 60_000;
        return Err(GatewayError::Spent { remaining, needed, minutes });
    }
    let http = HttpBuilder::new(token.expose_secret())
        .proxy(api.trim_end_matches('/'))
        .ratelimiter_disabled(true)
        .build();
    let ready = Arc::new(Notify::new());
    let handler = Handler { bot: bot.clone(), ready: Arc::clone(&ready) };
    let mut client = ClientBuilder::new_with_http(http, GatewayIntents::GUILDS)
        .event_handler(handler)
        .await
        .map_err(|error| GatewayError::Ended(error.to_string()))?;
    let manager = Arc::clone(&client.shard_manager);
    // The range includes its end (trap 9 of serenity 0.12).
    let running = client.start_shard_range(shards.first..last, total);
    tokio::pin!(running);
    tokio::select! {
        ended = &mut running => return Err(ended_for_good(ended)),
        () = tokio::time::sleep(ready_within) => return Err(GatewayError::NotReady(ready_within.as_secs())),
        () = stop.notified() => { manager.shutdown_all().await; return Ok(()); }
        () = ready.notified() => tracing::info!("connected to Discord: shards {} to {last} of {total}", shards.first),
    }
    tokio::select! {
        ended = &mut running => Err(ended_for_good(ended)),
        () = stop.notified() => { manager.shutdown_all().await; Ok(()) }
    }
}

fn ended_for_good(ended: serenity::Result<()>) -> GatewayError {
    GatewayError::Ended(match ended {
        Ok(()) => "all shards stopped".to_owned(),
        Err(error) => error.to_string(),
    })
}

struct Handler {
    bot: Bot,
    ready: Arc<Notify>,
}

#[async_trait]
impl EventHandler for Handler {
    async fn ready(&self, _: Context, _: Ready) {
        self.ready.notify_one();
    }

    async fn interaction_create(&self, _: Context, interaction: Interaction) {
        let Ok(mut json) = serde_json::to_value(&interaction) else { return };
        // Serenity reads the kind of an interaction and does not write it again.
        json["type"] = u8::from(interaction.kind()).into();
        let (id, token) = (interaction.id().to_string(), interaction.token().to_owned());
        let bot = self.bot.clone();
        // Serenity runs handlers on tasks of its own; the tracker lets shutdown wait for them.
        self.bot.late.spawn(async move {
            let answer: Value = bot.answer(&json).await;
            if let Err(error) = bot.rest.callback(&id, &token, &answer).await {
                tracing::warn!(interaction = id, "the answer to interaction {id} was not taken: {error}");
            }
        });
    }

    /// Removed from a server (an outage says so): what it subscribed is of no use any more.
    async fn guild_delete(&self, _: Context, incomplete: UnavailableGuild, _: Option<Guild>) {
        if incomplete.unavailable {
            return;
        }
        let id = GuildId(incomplete.id.get());
        match self.bot.store.forget_guild(id, self.bot.clock.now()).await {
            Ok(()) => tracing::info!(guild = %id, "removed from server {id}: its subscriptions are removed"),
            Err(error) => tracing::error!(guild = %id, "server {id} could not be forgotten: {error}"),
        }
    }
}
