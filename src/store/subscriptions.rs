//! Subscriptions: added, changed, paused, removed and restored; every change raises their table's revision.

use super::dialect::{Arg, args};
use super::{Result, Store, StoreError, Write, from_json, to_json};
use crate::domain::ids::{ChannelId, GuildId, RoleId, SubscriptionId, UserId};
use crate::domain::subscription::{Pause, PauseReason, Subscription};
use crate::domain::time::Millis;

impl Store {
    /// Adds a subscription.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn add_subscription(&self, new: &Subscription) -> Result<()> {
        let sql =
            "INSERT INTO subscriptions (id, guild, channel, topic, label, cadence, role, cap, created_by,
            created_at, pause_since, pause_why, pause_note)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
        let pause = new.paused.as_ref();
        let values = args![
            new.id,
            new.guild.map(|id| id.0.cast_signed()),
            new.channel,
            to_json(&new.topic),
            &new.label,
            new.cadence.to_string(),
            new.role.map(|id| id.0.cast_signed()),
            new.cap.map(i64::from),
            new.created_by,
            new.created_at,
            pause.map(|pause| pause.since),
            pause.map(|pause| why(pause.why).to_owned()),
            pause.map(|pause| pause.note.clone())
        ];
        self.change(sql, values).await.map(drop)
    }

    /// One subscription, unless removed.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn subscription(&self, id: SubscriptionId) -> Result<Option<Subscription>> {
        let sql = format!("SELECT {COLUMNS} FROM subscriptions WHERE id = $1 AND removed_at IS NULL");
        Ok(self.read_subscriptions(&sql, args![id]).await?.into_iter().next())
    }

    /// The subscriptions of a server, oldest first.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn subscriptions_of(&self, guild: GuildId) -> Result<Vec<Subscription>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM subscriptions WHERE guild = $1 AND removed_at IS NULL ORDER BY id"
        );
        self.read_subscriptions(&sql, args![guild]).await
    }

    /// All that are not removed, paused ones too, with the revision of the table: what the subscription index is
    /// built from.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn all_subscriptions(&self) -> Result<(i64, Vec<Subscription>)> {
        // The revision first: what changes in between is read twice, never missed.
        let revision = self.subscriptions_revision().await?;
        Ok((revision, self.read_subscriptions(&all(), &[]).await?))
    }

    /// The table's revision: rises with every change, so that an index knows when to reload.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn subscriptions_revision(&self) -> Result<i64> {
        let sql = "SELECT value FROM counters WHERE name = 'subscriptions'";
        Ok(self.pools.rows::<(i64,)>(sql, &[]).await?.first().map_or(0, |row| row.0))
    }

    /// Pauses or resumes; after a resume, what was missed goes out as one message.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn set_pause(&self, id: SubscriptionId, pause: Option<&Pause>) -> Result<()> {
        let sql = "UPDATE subscriptions SET pause_since = $2, pause_why = $3, pause_note = $4,
            catch_up = CASE WHEN $2 IS NULL AND pause_since IS NOT NULL THEN 1 ELSE catch_up END WHERE id = $1";
        let values = args![
            id,
            pause.map(|pause| pause.since),
            pause.map(|pause| why(pause.why).to_owned()),
            pause.map(|pause| pause.note.clone())
        ];
        self.change(sql, values).await.map(drop)
    }

    /// Replaces topic, label, cadence, role and cap.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn update_subscription(&self, changed: &Subscription) -> Result<()> {
        let sql = "UPDATE subscriptions SET topic = $2, label = $3, cadence = $4, role = $5, cap = $6
            WHERE id = $1 AND removed_at IS NULL";
        let values = args![
            changed.id,
            to_json(&changed.topic),
            &changed.label,
            changed.cadence.to_string(),
            changed.role.map(|id| id.0.cast_signed()),
            changed.cap.map(i64::from)
        ];
        self.change(sql, values).await.map(drop)
    }

    /// Marks as removed and drops its waiting notices; [`Store::restore_subscription`] undoes it. False when there
    /// was none.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn remove_subscription(&self, id: SubscriptionId, now: Millis) -> Result<bool> {
        let mut write = self.write().await?;
        write.raise("subscriptions", 1).await?;
        let removed = write.remove_where("id = $2", id.0, now).await?;
        write.commit().await?;
        Ok(removed > 0)
    }

    /// Undoes a removal; the notices that the removal dropped wait again. False when there was none.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn restore_subscription(&self, id: SubscriptionId) -> Result<bool> {
        let mut write = self.write().await?;
        write.raise("subscriptions", 1).await?;
        let sql = "UPDATE notices SET state = 'waiting', ended_at = NULL, reason = NULL, batch = NULL
            WHERE subscription = $1 AND state = 'dropped' AND reason = $2
            AND ended_at >= (SELECT removed_at FROM subscriptions WHERE id = $1)";
        write.tx.run(sql, args![id, REMOVED]).await?;
        let sql = "UPDATE subscriptions SET removed_at = NULL WHERE id = $1 AND removed_at IS NOT NULL";
        let restored = write.tx.run(sql, args![id]).await?;
        write.commit().await?;
        Ok(restored > 0)
    }

    /// Those that Discord's refusal (403) paused: due for another try.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn paused_by_refusal(&self) -> Result<Vec<Subscription>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM subscriptions WHERE removed_at IS NULL AND pause_why = 'forbidden' ORDER BY id"
        );
        self.read_subscriptions(&sql, &[]).await
    }

    async fn read_subscriptions(&self, sql: &str, args: &[Arg]) -> Result<Vec<Subscription>> {
        self.pools.rows(sql, args).await?.into_iter().map(subscription).collect()
    }

    /// One statement, and the next revision with it.
    async fn change(&self, sql: &str, args: &[Arg]) -> Result<u64> {
        let mut write = self.write().await?;
        write.raise("subscriptions", 1).await?;
        let touched = write.tx.run(sql, args).await?;
        write.commit().await?;
        Ok(touched)
    }
}

impl Write {
    /// [`Store::all_subscriptions`], as this transaction sees it.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn all_subscriptions(&mut self) -> Result<(i64, Vec<Subscription>)> {
        let revision = self.subscriptions_revision().await?;
        let rows: Vec<SubscriptionTuple> = self.tx.rows(&all(), &[]).await?;
        Ok((revision, rows.into_iter().map(subscription).collect::<Result<_>>()?))
    }

    /// The revision of the subscriptions, which can't change before this transaction ends: whoever matches
    /// openings with an index of this revision misses no subscription.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn subscriptions_revision(&mut self) -> Result<i64> {
        self.raise("subscriptions", 0).await
    }

    /// Removes the subscriptions that `condition` (over `$2`) names, with what waits for them.
    pub(super) async fn remove_where(&mut self, condition: &str, value: i64, now: Millis) -> Result<u64> {
        let chosen = format!("SELECT id FROM subscriptions WHERE removed_at IS NULL AND {condition}");
        let sql = format!(
            "UPDATE notices SET state = 'dropped', ended_at = $1, reason = $3, batch = NULL
             WHERE state = 'waiting' AND batch IS NULL AND subscription IN ({chosen})"
        );
        self.tx.run(&sql, args![now, value, REMOVED]).await?;
        let sql =
            format!("UPDATE subscriptions SET removed_at = $1 WHERE removed_at IS NULL AND {condition}");
        self.tx.run(&sql, args![now, value]).await
    }
}

fn all() -> String {
    format!("SELECT {COLUMNS} FROM subscriptions WHERE removed_at IS NULL ORDER BY id")
}

/// Why notices were dropped that a restored subscription gets back.
pub(super) const REMOVED: &str = "the subscription was removed";

pub(super) const COLUMNS: &str =
    "id, guild, channel, topic, label, cadence, role, cap, created_by, created_at,
    pause_since, pause_why, pause_note";
pub(super) type SubscriptionTuple = (
    i64,
    Option<i64>,
    i64,
    String,
    String,
    String,
    Option<i64>,
    Option<i64>,
    i64,
    i64,
    Option<i64>,
    Option<String>,
    Option<String>,
);

pub(super) fn subscription(row: SubscriptionTuple) -> Result<Subscription> {
    let corrupt =
        |what: &str, cause: String| StoreError::Corrupt { what: format!("subscriptions.{what}"), cause };
    let paused = match row.10 {
        None => None,
        Some(since) => Some(Pause {
            since: Millis(since),
            why: match row.11.as_deref() {
                Some("person") => PauseReason::Person,
                Some("forbidden") => PauseReason::Forbidden,
                Some("gone") => PauseReason::Gone,
                other => return Err(corrupt("pause_why", format!("{other:?} is no reason"))),
            },
            note: row.12.unwrap_or_default(),
        }),
    };
    Ok(Subscription {
        id: SubscriptionId(row.0),
        guild: row.1.map(|id| GuildId(id.cast_unsigned())),
        channel: ChannelId(row.2.cast_unsigned()),
        topic: from_json("subscriptions.topic", &row.3)?,
        label: row.4,
        cadence: row
            .5
            .parse()
            .map_err(|error: crate::domain::cadence::CadenceError| corrupt("cadence", error.0))?,
        role: row.6.map(|id| RoleId(id.cast_unsigned())),
        cap: row.7.and_then(|cap| u16::try_from(cap).ok()),
        created_by: UserId(row.8.cast_unsigned()),
        created_at: Millis(row.9),
        paused,
    })
}

const fn why(reason: PauseReason) -> &'static str {
    match reason {
        PauseReason::Person => "person",
        PauseReason::Forbidden => "forbidden",
        PauseReason::Gone => "gone",
    }
}
