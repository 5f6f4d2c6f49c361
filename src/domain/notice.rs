//! A notice: one thing that must go out. All that the bot says unasked is a notice in the outbox.

use serde::{Deserialize, Serialize};

use super::ids::{BatchId, ChannelId, NoticeId, OpeningId, SkillId, SubscriptionId};
use super::time::Millis;

/// Why many notices share one message that shows the best and counts the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gathered {
    /// A pause held them back.
    Pause,
    /// There are too many at once to be read.
    Many,
}

/// One thing that must go out.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// Its id.
    pub id: NoticeId,
    /// The subscription that it is for.
    pub subscription: SubscriptionId,
    /// Where it goes.
    pub channel: ChannelId,
    /// What it says.
    pub what: What,
    /// Not before.
    pub due_at: Millis,
    /// When it was enqueued.
    pub created_at: Millis,
    /// How often sending it was tried.
    pub attempts: u32,
    /// The message that it was bound to before the first try; a retry sends that message again, with the
    /// same nonce and the same notices.
    pub batch: Option<BatchId>,
}

/// What a notice says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum What {
    /// A new opening; unique by subscription and opening, for ever.
    Opening {
        /// The opening.
        opening: OpeningId,
    },
    /// An opening that this subscription's channel was told of has closed, reopened or changed: edit the post.
    Change {
        /// The opening.
        opening: OpeningId,
    },
    /// A skill tip.
    Tip {
        /// The skill.
        skill: SkillId,
        /// The tip's place in its explainer, from 0.
        number: u16,
    },
}

/// How a notice ended, or where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Not sent yet.
    Waiting,
    /// Sent; the message id is recorded with its batch.
    Sent,
    /// Over the subscription's daily cap: counted in a message, not shown.
    Capped,
    /// Will not be sent (subscription removed, channel gone, refused for good); the reason is recorded.
    Dropped,
}
