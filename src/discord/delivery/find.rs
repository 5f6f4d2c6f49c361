//! Whether a batch's message is in its channel already, when Discord may no longer know its nonce.

use serde_json::Value;

use super::super::rest::RestError;
use super::{Delivery, render};
use crate::domain::ids::{ChannelId, MessageId};
use crate::domain::subscription::Subscription;
use crate::domain::time::{MINUTE, Millis};
use crate::store::Batch;

/// Within this time after a batch was bound Discord surely still knows its nonce.
const NONCE_WINDOW: i64 = 2 * MINUTE;
/// Messages of a channel that are searched, newest first.
const MESSAGES: u8 = 100;
/// Threads of a forum that are searched, newest first.
const THREADS: usize = 20;
/// Discord's kinds of channel that hold threads only: forum and media.
const FORUMS: [u64; 2] = [15, 16];
/// 2015-01-01, from which on Discord's ids count milliseconds.
const EPOCH: i64 = 1_420_070_400_000;

impl Delivery {
    /// The message of a batch that was tried before, by the batch's id in its button; `None` when it is not there,
    /// or when Discord surely still knows its nonce and will not post it twice.
    pub(super) async fn find(
        &self,
        batch: &Batch,
        subscription: &Subscription,
    ) -> Result<Option<MessageId>, RestError> {
        let rest = &self.bot.rest;
        let kind = rest.get(&format!("channels/{}", batch.channel)).await?["type"].as_u64().unwrap_or(0);
        if FORUMS.contains(&kind) {
            return self.find_thread(batch, subscription).await;
        }
        if self.bot.clock.now().since(batch.made_at) <= NONCE_WINDOW {
            return Ok(None);
        }
        let mark = render::mark(batch.id);
        let latest = rest.latest(batch.channel, MESSAGES).await?;
        Ok(latest.iter().find(|message| holds(message, &mark)).and_then(id))
    }

    /// Threads are never posted with a nonce, so the first messages of the newest ones are looked at.
    async fn find_thread(
        &self,
        batch: &Batch,
        subscription: &Subscription,
    ) -> Result<Option<MessageId>, RestError> {
        let Some(guild) = subscription.guild else { return Ok(None) };
        let rest = &self.bot.rest;
        let answer = rest.get(&format!("guilds/{guild}/threads/active")).await?;
        let forum = batch.channel.to_string();
        // The clocks of Discord and ours may differ by some seconds.
        let since = batch.made_at.minus(MINUTE);
        let mut threads: Vec<MessageId> = answer["threads"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|thread| thread["parent_id"].as_str() == Some(&forum))
            .filter_map(id)
            .filter(|thread| made_at(*thread) >= since)
            .collect();
        threads.sort_by_key(|thread| std::cmp::Reverse(thread.0));
        let mark = render::mark(batch.id);
        for thread in threads.into_iter().take(THREADS) {
            match rest.message(ChannelId(thread.0), thread).await {
                Ok(message) if holds(&message, &mark) => return Ok(Some(thread)),
                // Somebody deleted the first message, or the thread, meanwhile.
                Ok(_) | Err(RestError::Gone { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }
}

fn holds(message: &Value, mark: &str) -> bool {
    message["components"].to_string().contains(mark)
}

fn id(thing: &Value) -> Option<MessageId> {
    thing["id"].as_str()?.parse().ok().map(MessageId)
}

fn made_at(id: MessageId) -> Millis {
    Millis((id.0 >> 22).cast_signed() + EPOCH)
}
