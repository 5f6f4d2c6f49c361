//! A subscription: a filter (or a skill area for tips) bound to a channel, with a cadence.

use serde::{Deserialize, Serialize};

use super::cadence::Cadence;
use super::filter::Filter;
use super::ids::{ChannelId, GuildId, RoleId, SkillId, SubscriptionId, UserId};
use super::time::Millis;

/// A standing wish of a channel.
#[derive(Debug, Clone, PartialEq)]
pub struct Subscription {
    /// Its id.
    pub id: SubscriptionId,
    /// The server; `None` for a person's direct messages.
    pub guild: Option<GuildId>,
    /// The channel that is posted to.
    pub channel: ChannelId,
    /// What is posted.
    pub topic: Topic,
    /// What the person typed, for headings ("Rust, remote from Germany").
    pub label: String,
    /// When it speaks.
    pub cadence: Cadence,
    /// The role to mention.
    pub role: Option<RoleId>,
    /// At most this many openings a day.
    pub cap: Option<u16>,
    /// Who made it.
    pub created_by: UserId,
    /// When; openings first seen before are not its business.
    pub created_at: Millis,
    /// Set while it is paused.
    pub paused: Option<Pause>,
}

impl Subscription {
    /// What it looks for; `None` for tips.
    #[must_use]
    pub const fn filter(&self) -> Option<&Filter> {
        match &self.topic {
            Topic::Openings { filter } => Some(filter),
            Topic::Tips { .. } => None,
        }
    }
}

/// What a subscription posts.
#[expect(clippy::large_enum_variant, reason = "nearly all subscriptions are to openings")]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Topic {
    /// Openings that this filter matches.
    Openings {
        /// The filter.
        filter: Filter,
    },
    /// Skill tips, of one skill or area, or of all.
    Tips {
        /// The skill or area; `None` for all.
        area: Option<SkillId>,
    },
}

/// Why and since when a subscription is silent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pause {
    /// Since when.
    pub since: Millis,
    /// By a person, or because of what Discord answered.
    pub why: PauseReason,
    /// The cause in words for people ("Crier may not send messages in this channel").
    pub note: String,
}

/// Who paused it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PauseReason {
    /// A person did; only a person resumes it.
    Person,
    /// Discord refused (403); resumes by itself when fixed.
    Forbidden,
    /// The channel is gone (404).
    Gone,
}

/// The name of the task that gives a subscription its tips.
#[must_use]
pub fn tips_task(subscription: SubscriptionId) -> String {
    format!("tips:{subscription}")
}

/// Whose tips a task gives.
#[must_use]
pub fn tips_owner(task: &str) -> Option<SubscriptionId> {
    task.strip_prefix("tips:")?.parse().ok()
}
