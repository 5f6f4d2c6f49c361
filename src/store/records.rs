//! The rows of the store as plain values, and its errors.

use crate::domain::ids::*;
use crate::domain::notice::{Gathered, Notice, What};
use crate::domain::posting::Posting;
use crate::domain::subscription::Subscription;
use crate::domain::time::Millis;

/// What went wrong in the database, in words that say what to do.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database was written by a newer Crier.
    #[error(
        "the database {place} has schema version {found}, but this Crier knows only up to {known}: run the newer Crier, or restore a backup"
    )]
    NewerSchema {
        /// Which database, without secrets.
        place: String,
        /// Its version.
        found: i64,
        /// The newest version known here.
        known: i64,
    },
    /// The schema was never made, or is older.
    #[error(
        "the database {place} has schema version {found}, and this Crier needs {known}: run `crier migrate`"
    )]
    OlderSchema {
        /// Which database, without secrets.
        place: String,
        /// Its version.
        found: i64,
        /// The version needed.
        known: i64,
    },
    /// The file or folder can't be written.
    #[error(
        "{place} can't be written: {cause}. Give the user that runs Crier the right to write there, or choose another folder with --data-dir"
    )]
    ReadOnly {
        /// The path.
        place: String,
        /// What the system said.
        cause: String,
    },
    /// No space is left.
    #[error(
        "the disk that holds {place} is full: nothing was saved. Free some space; Crier goes on by itself"
    )]
    DiskFull {
        /// The path.
        place: String,
    },
    /// Not reachable (PostgreSQL down, wrong address or password, SQLite locked for long).
    #[error("the database {place} can't be reached: {cause}")]
    Unreachable {
        /// Which database, without secrets.
        place: String,
        /// What the driver said.
        cause: String,
    },
    /// Another process took over the work of this lease meanwhile; nothing was saved.
    #[error("another process took over {what}; nothing was saved here")]
    LeaseLost {
        /// The feed, task or batch.
        what: String,
    },
    /// A row that this program can't read.
    #[error("the database holds something unreadable in {what}: {cause}")]
    Corrupt {
        /// Table and column.
        what: String,
        /// What was wrong.
        cause: String,
    },
    /// Anything else that the driver reports.
    #[error("the database failed: {0}")]
    Other(String),
}

impl StoreError {
    /// Whether the same call may succeed a little later.
    #[must_use]
    pub const fn is_temporary(&self) -> bool {
        matches!(self, Self::Unreachable { .. } | Self::DiskFull { .. })
    }
}

/// A feed as configured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedSettings {
    /// `kind:board`.
    pub key: FeedKey,
    /// The company's name, where the board does not say it.
    pub company: Option<String>,
    /// Milliseconds between polls.
    pub interval: i64,
    /// Whether its first reading is announced instead of being baseline (only for the sandbox's drip; normally false).
    pub announce_first: bool,
}

/// A feed with its health.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedRow {
    /// As configured.
    pub settings: FeedSettings,
    /// False when it vanished from the configuration and nobody added it.
    pub on: bool,
    /// Whether everybody sees its openings, and not only the servers that added it.
    pub public: bool,
    /// When it is due.
    pub due_at: Millis,
    /// `ETag` of the last good answer.
    pub etag: Option<String>,
    /// `Last-Modified` of the last good answer.
    pub last_modified: Option<String>,
    /// When the first good reading was made; `None` before it.
    pub baseline_at: Option<Millis>,
    /// When the last good (or unchanged) reading was made.
    pub good_at: Option<Millis>,
    /// Failures in a row.
    pub failures: u32,
    /// The last failure in words.
    pub error: Option<String>,
    /// Number of good readings so far; postings missing from two of them close.
    pub readings: i64,
    /// Postings held open.
    pub held: u64,
    /// Milliseconds from publication to first sight, a moving middle; `None` until there is one.
    pub delay: Option<i64>,
}

/// A feed that somebody added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnFeed {
    /// Its id.
    pub id: i64,
    /// The server; `None` for the operator's, which are everybody's.
    pub guild: Option<GuildId>,
    /// `kind:board`.
    pub feed: FeedKey,
    /// The company's name, where the board does not say it.
    pub company: Option<String>,
    /// Who added it.
    pub added_by: UserId,
    /// When it was confirmed; `None` while it is only shown.
    pub added_at: Option<Millis>,
}

/// How one poll of a feed ended.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FeedOutcome {
    /// When it ended.
    pub at: Millis,
    /// When the next poll is due.
    pub next: Millis,
    /// `None` after a good or unchanged reading, else what went wrong.
    pub error: Option<String>,
    /// New validators; kept as they are when `None`.
    pub etag: Option<String>,
    /// New validators; kept as they are when `None`.
    pub last_modified: Option<String>,
    /// True after a whole, well-formed reading (not after 304): raises `readings`, sets the baseline if there was none.
    pub whole: bool,
    /// The middle of the milliseconds from publication to first sight of what was new in it; `None` when nothing was.
    pub delay: Option<i64>,
}

/// A posting as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct PostingRow {
    /// Identity within the feed.
    pub key: String,
    /// The opening that it is folded into.
    pub opening: OpeningId,
    /// Hash of all that is read from it (16 hex digits or more): equal means unchanged.
    pub hash: String,
    /// As the board gives it; stored as JSON.
    pub posting: Posting,
    /// First time seen.
    pub first_seen: Millis,
    /// Number of the feed's good reading in which it was last seen.
    pub last_reading: i64,
    /// First good reading time at which it was missing; `None` while it is listed.
    pub missing_since: Option<Millis>,
    /// When it closed.
    pub closed_at: Option<Millis>,
    /// Somebody took it out of an opening: it folds with nothing.
    pub alone: bool,
}

/// A notice to enqueue.
#[derive(Debug, Clone, PartialEq)]
pub struct NewNotice {
    /// Its id.
    pub id: NoticeId,
    /// For which subscription.
    pub subscription: SubscriptionId,
    /// To which channel.
    pub channel: ChannelId,
    /// What it says.
    pub what: What,
    /// Not before.
    pub due_at: Millis,
    /// Now.
    pub created_at: Millis,
}

/// One message to send: notices of one subscription, bound together before the first try.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch {
    /// Its id; the message's nonce is derived from it.
    pub id: BatchId,
    /// The subscription; `None` when it was removed meanwhile.
    pub subscription: Option<Subscription>,
    /// Where it goes.
    pub channel: ChannelId,
    /// The notices in it, oldest first; all new openings, or one tip, or one change.
    pub notices: Vec<Notice>,
    /// When it was bound.
    pub made_at: Millis,
    /// Tries before this one; above 0 the message may already be there.
    pub attempts: u32,
    /// For changes: the batch whose message is edited.
    pub edits: Option<BatchId>,
    /// Why it gathers more than it shows: the best are shown, the rest counted.
    pub digest: Option<Gathered>,
    /// Whether [`super::Store::narrow_batch`] chose what the message shows; it must not change after that.
    pub chosen: bool,
    /// Notices of it that are counted, not shown.
    pub capped: u32,
}

/// A message that Discord has, and what it shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Post {
    /// The batch that made it.
    pub batch: BatchId,
    /// The subscription.
    pub subscription: SubscriptionId,
    /// Its channel.
    pub channel: ChannelId,
    /// Its id.
    pub message: MessageId,
    /// When it was sent.
    pub sent_at: Millis,
    /// What it shows, in order.
    pub shows: Vec<What>,
    /// How many more it counts without showing them.
    pub capped: u32,
}

/// A line of the delivery log.
#[derive(Debug, Clone, PartialEq)]
pub struct LogLine {
    /// When.
    pub at: Millis,
    /// "sent", "waiting", "sending", "edited", "failed" or "dropped".
    pub state: String,
    /// How many notices.
    pub count: u32,
    /// The message, once sent.
    pub message: Option<MessageId>,
    /// What went wrong, in words.
    pub error: Option<String>,
}

/// A task of the schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskRow {
    /// Its name, such as `tips:123`.
    pub name: String,
    /// When it was due.
    pub due_at: Millis,
}

/// A skill on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkillDay {
    /// Days since 1970, in UTC.
    pub day: i64,
    /// Which skill.
    pub skill: SkillId,
    /// Openings that asked for it at the end of the day.
    pub open: i64,
    /// Openings published on the day.
    pub new: i64,
}

/// A server's settings.
#[derive(Debug, Clone, PartialEq)]
pub struct GuildSettings {
    /// The server.
    pub id: GuildId,
    /// Its time zone, once set.
    pub time_zone: Option<chrono_tz::Tz>,
}
