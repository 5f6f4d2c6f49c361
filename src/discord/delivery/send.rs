//! Sends and edits a message where it belongs: in a channel, or in a forum as a thread of its own.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;

use super::super::rest::RestError;
use super::Delivery;
use super::render::Rendered;
use crate::domain::ids::{ChannelId, MessageId};
use crate::store::Post;

/// Discord's answer to a message for a forum: it takes threads only.
const THREADS_ONLY: u64 = 40058;

/// Channels that turned out to be forums; forgotten with the process, and then found out anew.
#[derive(Debug, Clone, Default)]
pub struct Forums(Arc<Mutex<BTreeSet<ChannelId>>>);

impl Forums {
    fn hold(&self, channel: ChannelId) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(&channel)
    }

    fn add(&self, channel: ChannelId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(channel);
    }
}

impl Delivery {
    /// Posts a message.
    pub(super) async fn send(&self, channel: ChannelId, post: &Rendered) -> Result<MessageId, RestError> {
        if !self.forums.hold(channel) {
            match self.bot.rest.post(channel, &post.body).await {
                Err(RestError::Invalid { code: THREADS_ONLY, .. }) => self.forums.add(channel),
                decided => return decided,
            }
        }
        // Discord knows no nonce for threads; before a second try the thread is searched for.
        let mut body = post.body.clone();
        if let Some(fields) = body.as_object_mut() {
            fields.remove("nonce");
            fields.remove("enforce_nonce");
        }
        self.bot.rest.forum_post(channel, &post.title, &body).await
    }

    /// Edits a message; in a forum it is the first of the thread with the same id.
    pub(super) async fn edit_where_it_is(&self, post: &Post, body: &Value) -> Result<(), RestError> {
        match self.bot.rest.edit(post.channel, post.message, body).await {
            Err(RestError::Gone { code: 10008, .. }) => {
                self.bot.rest.edit(ChannelId(post.message.0), post.message, body).await
            }
            decided => decided,
        }
    }
}
