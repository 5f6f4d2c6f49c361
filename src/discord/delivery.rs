//! Delivery: due notices become messages, each sent once, within Discord's limits; failures are sorted by what to do.
//!
//! What if the process is killed here? A batch is bound in the store before it is sent, with the nonce that belongs
//! to it. Whoever takes it over sends the same message with the same nonce, and Discord answers with the first one.
//! Discord remembers nonces for a few minutes only, and none of threads; `find` makes up for it.

mod find;
mod render;
mod send;

use std::sync::Arc;

pub use send::Forums;

use tracing::{info, warn};

use super::dispatch::Bot;
use super::rest::RestError;
use super::views::alert;
use crate::domain::ids::{BatchId, ChannelId};
use crate::domain::subscription::{Pause, PauseReason, Subscription};
use crate::domain::time::{HOUR, MINUTE, Millis, SECOND};
use crate::store::{Batch, StoreError};

/// The longest pause between two tries.
const SLOWEST: i64 = HOUR;
/// Channels served at the same time.
const PARALLEL: u32 = 32;

/// Delivers what is due. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Delivery {
    /// Store, catalog, clock and the way to Discord.
    pub bot: Bot,
    /// Name of this process in leases.
    pub worker: String,
    /// How long a batch belongs to this process, in milliseconds.
    pub lease: i64,
    /// Openings in one message, 1 to 10.
    pub per_message: u32,
    /// Channels that turned out to be forums.
    pub forums: send::Forums,
}

/// What one round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Round {
    /// Messages posted or edited.
    pub sent: u32,
    /// Batches that wait for another try.
    pub waiting: u32,
    /// Batches given up or taken apart.
    pub ended: u32,
}

/// What became of one batch.
enum Outcome {
    Sent,
    Waiting,
    Ended,
}

/// The one thing to fix, for managers, about what keeps the bot from posting in a channel.
pub(super) const fn words_for(error: &RestError) -> &'static str {
    match error {
        RestError::Gone { .. } => {
            "The channel is gone; remove this subscription, or subscribe another channel."
        }
        RestError::Forbidden { code: 50001, .. } => {
            "Crier can't see the channel: give it View Channel and Send Messages there."
        }
        RestError::Invalid { code: 40067, .. } => {
            "The forum asks for a tag on each post: make tags optional there."
        }
        RestError::Invalid { .. } => {
            "The thread is archived or locked: unlock it, or subscribe another channel."
        }
        _ => "Crier may not post in the channel: give it Send Messages there.",
    }
}

/// Why delivery stops altogether.
#[derive(Debug, thiserror::Error)]
pub enum DeliveryError {
    /// The token is refused: every further request would count against us.
    #[error("{0}")]
    Unauthorized(RestError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Delivery {
    /// Claims what is due and sends it, channels side by side.
    ///
    /// # Errors
    /// When the token is refused or the database failed; everything else is recorded with its batch.
    pub async fn round(&self) -> Result<Round, DeliveryError> {
        let bot = &self.bot;
        let now = bot.clock.now();
        let ids = Arc::clone(&bot.ids);
        let new_id = move || BatchId(ids.next(now));
        let batches = bot
            .store
            .claim_batches(&self.worker, now, self.lease, PARALLEL, self.per_message, &new_id)
            .await?;
        let mut sending = tokio::task::JoinSet::new();
        for batch in batches {
            let delivery = self.clone();
            sending.spawn(async move { delivery.deliver(batch).await });
        }
        let mut round = Round::default();
        let mut failed = None;
        while let Some(done) = sending.join_next().await {
            match done {
                Ok(Ok(Outcome::Sent)) => round.sent += 1,
                Ok(Ok(Outcome::Waiting)) => round.waiting += 1,
                Ok(Ok(Outcome::Ended)) => round.ended += 1,
                // The others are finished first: what Discord took must be recorded.
                Ok(Err(error)) => failed = Some(error),
                Err(stopped) => std::panic::resume_unwind(stopped.into_panic()),
            }
        }
        failed.map_or(Ok(round), Err)
    }

    async fn deliver(&self, batch: Batch) -> Result<Outcome, DeliveryError> {
        let store = &self.bot.store;
        let now = self.bot.clock.now();
        let Some(subscription) = batch.subscription.clone() else {
            store.batch_dropped(batch.id, now, "the subscription was removed").await?;
            return Ok(Outcome::Ended);
        };
        if let Some(edited) = batch.edits {
            return self.edit(&batch, &subscription, edited).await;
        }
        if subscription.paused.is_some() {
            store.batch_unbound(batch.id, now, "the subscription was paused").await?;
            return Ok(Outcome::Ended);
        }
        let Some(post) = render::post(self, &batch, &subscription).await? else {
            return Ok(Outcome::Ended);
        };
        // The message may be there already.
        if batch.attempts > 0 {
            match self.find(&batch, &subscription).await {
                Ok(Some(message)) => {
                    store.batch_sent(batch.id, message, now).await?;
                    return Ok(Outcome::Sent);
                }
                Ok(None) => {}
                Err(error) => return self.failed(&batch, &subscription, error).await,
            }
        }
        match self.send(batch.channel, &post).await {
            Ok(message) => {
                let now = self.bot.clock.now();
                store.batch_sent(batch.id, message, now).await?;
                let late = batch.notices.iter().map(|notice| now.since(notice.due_at)).max().unwrap_or(0);
                info!(batch = %batch.id, channel = %batch.channel, late_ms = late, "sent {} notices to channel {}", batch.notices.len(), batch.channel);
                Ok(Outcome::Sent)
            }
            Err(error) => self.failed(&batch, &subscription, error).await,
        }
    }

    async fn edit(
        &self,
        batch: &Batch,
        subscription: &Subscription,
        edited: BatchId,
    ) -> Result<Outcome, DeliveryError> {
        let store = &self.bot.store;
        let now = self.bot.clock.now();
        let Some(post) = store.post(edited).await? else {
            store.batch_dropped(batch.id, now, "the message was never sent").await?;
            return Ok(Outcome::Ended);
        };
        let body = render::edited(self, &post, subscription).await?;
        match self.edit_where_it_is(&post, &body).await {
            Ok(()) => {
                store.batch_sent(batch.id, post.message, self.bot.clock.now()).await?;
                Ok(Outcome::Sent)
            }
            // Somebody deleted the post: there is nothing left that could be untrue.
            Err(RestError::Gone { code: 10008 | 10003, .. }) => {
                store.batch_dropped(batch.id, now, "the message was deleted").await?;
                Ok(Outcome::Ended)
            }
            Err(error) => self.failed(batch, subscription, error).await,
        }
    }

    /// Retry, pause or give up, as Discord's answer asks.
    async fn failed(
        &self,
        batch: &Batch,
        subscription: &Subscription,
        error: RestError,
    ) -> Result<Outcome, DeliveryError> {
        let store = &self.bot.store;
        let now = self.bot.clock.now();
        match &error {
            RestError::Unauthorized => {
                store.batch_retry(batch.id, now.plus(5 * MINUTE), &error.to_string()).await?;
                Err(DeliveryError::Unauthorized(error))
            }
            RestError::Busy { until } => {
                store.batch_retry(batch.id, (*until).max(now.plus(50)), &error.to_string()).await?;
                Ok(Outcome::Waiting)
            }
            RestError::Down(_) => {
                let wait = (SECOND << batch.attempts.min(12)).min(SLOWEST);
                // Up to a quarter more, so that channels that failed together do not come back together.
                let spread = (batch.id.0.unsigned_abs() % 256).cast_signed() * wait / 1024;
                store.batch_retry(batch.id, now.plus(wait + spread), &error.to_string()).await?;
                warn!(batch = %batch.id, channel = %batch.channel, "batch {} waits: {error}", batch.id);
                Ok(Outcome::Waiting)
            }
            RestError::Forbidden { .. } => {
                self.pause(batch, subscription, PauseReason::Forbidden, &error).await?;
                Ok(Outcome::Ended)
            }
            RestError::Gone { code: 10003 | 10004, .. } => {
                self.pause(batch, subscription, PauseReason::Gone, &error).await?;
                Ok(Outcome::Ended)
            }
            // 10008 as an answer to a post: the message of this nonce was sent, and deleted by somebody.
            RestError::Gone { .. } => {
                store.batch_dropped(batch.id, now, "the message was sent and deleted").await?;
                Ok(Outcome::Ended)
            }
            // 50083, 160005: the thread is archived or locked. Only people can change that.
            RestError::Invalid { code: 50083 | 160_005 | 40067, .. } => {
                self.pause(batch, subscription, PauseReason::Forbidden, &error).await?;
                Ok(Outcome::Ended)
            }
            RestError::Invalid { .. } => {
                tracing::error!(batch = %batch.id, channel = %batch.channel, "batch {} is given up: {error}", batch.id);
                store.batch_dropped(batch.id, now, &error.to_string()).await?;
                Ok(Outcome::Ended)
            }
        }
    }

    /// Pauses the subscription, frees its notices, and tells whoever made it.
    async fn pause(
        &self,
        batch: &Batch,
        subscription: &Subscription,
        why: PauseReason,
        error: &RestError,
    ) -> Result<(), DeliveryError> {
        let store = &self.bot.store;
        let now = self.bot.clock.now();
        let note = words_for(error);
        store.batch_unbound(batch.id, now, &error.to_string()).await?;
        // The pause last: a process killed before it tries once more and comes here again.
        let first = subscription.paused.is_none();
        store.set_pause(subscription.id, Some(&Pause { since: now, why, note: note.to_owned() })).await?;
        warn!(subscription = %subscription.id, channel = %batch.channel, "subscription {} is paused: {error}", subscription.id);
        if first {
            self.tell(subscription, note).await;
        }
        Ok(())
    }

    /// Tells the person who subscribed, by direct message; `/subscriptions` shows it to all managers anyway.
    async fn tell(&self, subscription: &Subscription, note: &str) {
        let rest = &self.bot.rest;
        let to = serde_json::json!({ "recipient_id": subscription.created_by.to_string() });
        let method = twilight_http_ratelimiting::Method::Post;
        let told = match rest.send(method, "users/@me/channels", Some(&to)).await {
            Ok(channel) => {
                let channel = channel["id"].as_str().and_then(|id| id.parse().ok()).unwrap_or(0);
                rest.post(ChannelId(channel), &alert::paused(subscription, note).body()).await.map(drop)
            }
            Err(error) => Err(error),
        };
        if let Err(error) = told {
            info!(subscription = %subscription.id, "{} could not be told of the pause: {error}", subscription.created_by);
        }
    }

    /// Looks whether refused channels take messages again, and resumes their subscriptions.
    ///
    /// # Errors
    /// When the token is refused or the database failed.
    pub async fn resume_refused(&self) -> Result<u32, DeliveryError> {
        let mut resumed = 0;
        for subscription in self.bot.store.paused_by_refusal().await? {
            match self.bot.rest.refusal_to_post(subscription.channel).await {
                Ok(None) => {
                    self.bot.store.set_pause(subscription.id, None).await?;
                    info!(subscription = %subscription.id, "subscription {} resumes", subscription.id);
                    resumed += 1;
                }
                Ok(Some(_)) => {}
                Err(RestError::Unauthorized) => {
                    return Err(DeliveryError::Unauthorized(RestError::Unauthorized));
                }
                Err(error) => info!(subscription = %subscription.id, "could not look: {error}"),
            }
        }
        Ok(resumed)
    }

    /// When the next look is worth while: what is due next, at most `most` milliseconds from now.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn next_look(&self, most: i64) -> Result<Millis, StoreError> {
        let now = self.bot.clock.now();
        let due = self.bot.store.next_due().await?.unwrap_or(now.plus(most));
        Ok(due.clamp(now, now.plus(most)))
    }
}
