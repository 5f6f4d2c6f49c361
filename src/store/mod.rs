//! The only room that knows SQL: everything that must survive a restart, on SQLite or PostgreSQL by one text.

pub mod records;

use std::path::PathBuf;

pub use records::*;

use crate::domain::ids::*;
use crate::domain::notice::{Notice, State, What};
use crate::domain::opening::Opening;
use crate::domain::subscription::{Pause, Subscription};
use crate::domain::time::Millis;

/// Where the data lie.
#[derive(Debug, Clone)]
pub enum Location {
    /// A SQLite file; its folder is created when missing.
    Sqlite(PathBuf),
    /// A PostgreSQL address, `postgres://…`.
    Postgres(secrecy::SecretString),
}

/// The database, open. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {}

/// One write transaction; nothing is kept unless [`Write::commit`] is reached.
#[derive(Debug)]
pub struct Write {}

type Result<T> = std::result::Result<T, StoreError>;

impl Store {
    /// Opens the database; `create` makes a missing SQLite file and folder. Does not touch the schema.
    pub async fn open(_location: &Location, _create: bool) -> Result<Self> {
        todo!()
    }
    /// Brings the schema up to this version. Several processes may call it at once.
    pub async fn migrate(&self) -> Result<()> {
        todo!()
    }
    /// [`StoreError::NewerSchema`], [`StoreError::OlderSchema`] or fine.
    pub async fn check_schema(&self) -> Result<()> {
        todo!()
    }
    /// "SQLite" or "PostgreSQL".
    pub fn engine(&self) -> &'static str {
        todo!()
    }
    /// Begins a write transaction (`BEGIN IMMEDIATE` on SQLite).
    pub async fn write(&self) -> Result<Write> {
        todo!()
    }

    // ---- openings (src/store/openings.rs)
    /// Full openings by id, in the order asked; unknown ids are left out.
    pub async fn openings(&self, _ids: &[OpeningId]) -> Result<Vec<Opening>> {
        todo!()
    }
    /// Openings (open and closed) whose revision is above `after`, lowest first, with their revisions: the tail that search reads.
    pub async fn openings_after(&self, _after: i64, _limit: u32) -> Result<Vec<(i64, Opening)>> {
        todo!()
    }
    /// How many openings are open, and in all.
    pub async fn opening_counts(&self) -> Result<(u64, u64)> {
        todo!()
    }

    // ---- feeds (src/store/feeds.rs)
    /// Makes the stored feeds equal to the configured ones (adds, updates interval and company; marks vanished ones as off, forgets nothing).
    pub async fn set_feeds(&self, _feeds: &[FeedSettings], _now: Millis) -> Result<()> {
        todo!()
    }
    /// Every feed with its health.
    pub async fn feeds(&self) -> Result<Vec<FeedRow>> {
        todo!()
    }
    /// Takes one due feed by lease: due, not leased by a living process; sets the lease to `now + lease`. One text safe with two processes.
    pub async fn claim_feed(&self, _worker: &str, _now: Millis, _lease: i64) -> Result<Option<FeedRow>> {
        todo!()
    }
    /// Takes this feed whether due or not, unless another living process holds it.
    pub async fn claim_feed_named(
        &self,
        _key: &FeedKey,
        _worker: &str,
        _now: Millis,
        _lease: i64,
    ) -> Result<Option<FeedRow>> {
        todo!()
    }
    /// A failed or unchanged (304) reading: health, next poll, lease released. A good reading is part of the ingest transaction, see [`Write::finish_feed`].
    pub async fn finish_feed(&self, _key: &FeedKey, _worker: &str, _outcome: &FeedOutcome) -> Result<()> {
        todo!()
    }
    /// What the store holds of a feed's postings: key → what is needed to see changes.
    pub async fn postings_of(&self, _feed: &FeedKey) -> Result<Vec<PostingRow>> {
        todo!()
    }

    // ---- subscriptions (src/store/subscriptions.rs)
    /// Adds a subscription.
    pub async fn add_subscription(&self, _new: &Subscription) -> Result<()> {
        todo!()
    }
    /// One subscription, unless removed.
    pub async fn subscription(&self, _id: SubscriptionId) -> Result<Option<Subscription>> {
        todo!()
    }
    /// The subscriptions of a server, oldest first.
    pub async fn subscriptions_of(&self, _guild: GuildId) -> Result<Vec<Subscription>> {
        todo!()
    }
    /// All that are not removed, paused ones too: what the subscription index is built from, with the revision of the table.
    pub async fn all_subscriptions(&self) -> Result<(i64, Vec<Subscription>)> {
        todo!()
    }
    /// The table's revision: rises with every change, so that an index knows when to reload.
    pub async fn subscriptions_revision(&self) -> Result<i64> {
        todo!()
    }
    /// Pauses or resumes.
    pub async fn set_pause(&self, _id: SubscriptionId, _pause: Option<&Pause>) -> Result<()> {
        todo!()
    }
    /// Replaces filter/topic, label, cadence, role and cap.
    pub async fn update_subscription(&self, _changed: &Subscription) -> Result<()> {
        todo!()
    }
    /// Marks as removed (its waiting notices are dropped); undo within the retention time with [`Store::restore_subscription`].
    pub async fn remove_subscription(&self, _id: SubscriptionId, _now: Millis) -> Result<bool> {
        todo!()
    }
    /// Undoes a removal (notices that the removal dropped wait again).
    pub async fn restore_subscription(&self, _id: SubscriptionId) -> Result<bool> {
        todo!()
    }
    /// Paused by Discord's refusal and due for another try.
    pub async fn paused_by_refusal(&self) -> Result<Vec<Subscription>> {
        todo!()
    }

    // ---- outbox (src/store/outbox.rs)
    /// Claims up to `limit` channels' due work: first batches already bound and not finished whose lease is over, then waiting notices bound to new batches of
    /// at most `per_message` notices of one subscription each. The batch with its notices and nonce is written before it is returned, so a crash after this
    /// sends the same message again. At most one unfinished batch a channel is handed out at a time (order within a channel). Safe with two processes.
    /// `new_id` makes batch ids. Paused subscriptions are passed over.
    pub async fn claim_batches(
        &self,
        _worker: &str,
        _now: Millis,
        _lease: i64,
        _limit: u32,
        _per_message: u32,
        _new_id: &(dyn Fn() -> BatchId + Send + Sync),
    ) -> Result<Vec<Batch>> {
        todo!()
    }
    /// The batch was posted as `message`: its notices are sent, its openings remembered as shown there.
    pub async fn batch_sent(&self, _batch: BatchId, _message: MessageId, _now: Millis) -> Result<()> {
        todo!()
    }
    /// The batch could not be sent now: try again at `again_at`, same batch, same nonce.
    pub async fn batch_retry(&self, _batch: BatchId, _again_at: Millis, _error: &str) -> Result<()> {
        todo!()
    }
    /// The batch is given up for good: its notices are dropped with the reason.
    pub async fn batch_dropped(&self, _batch: BatchId, _now: Millis, _reason: &str) -> Result<()> {
        todo!()
    }
    /// The batch is taken apart (its subscription was paused): notices wait again, unbound.
    pub async fn batch_unbound(&self, _batch: BatchId, _error: &str) -> Result<()> {
        todo!()
    }
    /// Marks waiting notices of a batch as capped (over the daily cap): counted, not shown.
    pub async fn notices_capped(&self, _notices: &[NoticeId], _now: Millis) -> Result<()> {
        todo!()
    }
    /// How many openings a subscription was sent since `since`.
    pub async fn sent_since(&self, _subscription: SubscriptionId, _since: Millis) -> Result<u32> {
        todo!()
    }
    /// The message that shows `opening` for `subscription`, with everything it shows, for editing.
    pub async fn posts_showing(&self, _opening: OpeningId) -> Result<Vec<Post>> {
        todo!()
    }
    /// One post by its batch.
    pub async fn post(&self, _batch: BatchId) -> Result<Option<Post>> {
        todo!()
    }
    /// The delivery log of a subscription, newest first: for `/subscriptions`.
    pub async fn delivery_log(&self, _subscription: SubscriptionId, _limit: u32) -> Result<Vec<LogLine>> {
        todo!()
    }
    /// Waiting notices, oldest due time: for `/status`, `/readyz` and tests.
    pub async fn outbox_depth(&self) -> Result<(u64, Option<Millis>)> {
        todo!()
    }
    /// When the next waiting notice is due.
    pub async fn next_due(&self) -> Result<Option<Millis>> {
        todo!()
    }

    // ---- schedule (src/store/schedule.rs)
    /// Takes one due task of the schedule by lease (tips of a subscription, roll-ups): `due_at <= now`.
    pub async fn claim_task(&self, _worker: &str, _now: Millis, _lease: i64) -> Result<Option<TaskRow>> {
        todo!()
    }
    /// Adds a task or leaves an existing one as it stands.
    pub async fn ensure_task(&self, _name: &str, _due_at: Millis) -> Result<()> {
        todo!()
    }
    /// Removes a task.
    pub async fn remove_task(&self, _name: &str) -> Result<()> {
        todo!()
    }
    /// The task ran (or failed, with the error): next due time, lease released.
    pub async fn finish_task(
        &self,
        _name: &str,
        _worker: &str,
        _next: Millis,
        _error: Option<&str>,
    ) -> Result<()> {
        todo!()
    }
    /// Tips that a channel was given, newest first: (skill, number, when).
    pub async fn tips_given(&self, _channel: ChannelId) -> Result<Vec<(SkillId, u16, Millis)>> {
        todo!()
    }

    // ---- guilds (src/store/guilds.rs)
    /// A server's settings; defaults when never set.
    pub async fn guild(&self, _id: GuildId) -> Result<GuildSettings> {
        todo!()
    }
    /// Saves them.
    pub async fn set_guild(&self, _settings: &GuildSettings) -> Result<()> {
        todo!()
    }
    /// The bot was removed from the server: its subscriptions are removed.
    pub async fn forget_guild(&self, _id: GuildId, _now: Millis) -> Result<()> {
        todo!()
    }
    /// A small text kept by name (hash of the registered commands and the like).
    pub async fn note(&self, _name: &str) -> Result<Option<String>> {
        todo!()
    }
    /// Keeps it.
    pub async fn set_note(&self, _name: &str, _value: &str) -> Result<()> {
        todo!()
    }
}

impl Write {
    /// Reads openings inside the transaction by fold key: which of these jobs are known already (open or closed).
    pub async fn openings_by_fold(&mut self, _keys: &[String]) -> Result<Vec<(String, Opening)>> {
        todo!()
    }
    /// Reads openings by id inside the transaction.
    pub async fn openings(&mut self, _ids: &[OpeningId]) -> Result<Vec<Opening>> {
        todo!()
    }
    /// Adds or replaces openings (with their fold keys) and gives each the next revision.
    pub async fn put_openings(&mut self, _openings: &[(String, Opening)]) -> Result<()> {
        todo!()
    }
    /// Adds or replaces postings of a feed.
    pub async fn put_postings(&mut self, _feed: &FeedKey, _postings: &[PostingRow]) -> Result<()> {
        todo!()
    }
    /// All postings (of any feed) of these openings: what an opening is folded from.
    pub async fn postings_of_openings(
        &mut self,
        _ids: &[OpeningId],
    ) -> Result<Vec<(OpeningId, FeedKey, PostingRow)>> {
        todo!()
    }
    /// Enqueues notices; an opening notice that the subscription already had (in whatever state) is left out. Returns how many are new.
    pub async fn enqueue(&mut self, _notices: &[NewNotice]) -> Result<u64> {
        todo!()
    }
    /// Subscriptions' posts that show this opening get a change notice each (one waiting change a post is enough).
    pub async fn enqueue_changes(
        &mut self,
        _opening: OpeningId,
        _now: Millis,
        _new_id: &(dyn Fn() -> NoticeId + Send + Sync),
    ) -> Result<u64> {
        todo!()
    }
    /// The reading was good: health, validators (ETag), baseline, next poll, lease released; fails with [`StoreError::LeaseLost`] when another worker holds it.
    pub async fn finish_feed(&mut self, _key: &FeedKey, _worker: &str, _outcome: &FeedOutcome) -> Result<()> {
        todo!()
    }
    /// The task ran: part of the same transaction as what it enqueued.
    pub async fn finish_task(&mut self, _name: &str, _worker: &str, _next: Millis) -> Result<()> {
        todo!()
    }
    /// Keeps everything.
    pub async fn commit(self) -> Result<()> {
        todo!()
    }
}

// Used by signatures above until their owners write the bodies.
#[expect(dead_code, reason = "placeholder until the room is written")]
type Used = (Notice, State, What);
