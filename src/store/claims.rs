//! Claims from the outbox: notices are bound into batches before the first try, so that a crash sends the same message again.

use super::dialect::{Arg, args, placeholders};
use super::subscriptions::{COLUMNS, SubscriptionTuple, subscription};
use super::{Batch, Result, Store, Write, from_json};
use crate::domain::ids::{BatchId, ChannelId, NoticeId, SubscriptionId};
use crate::domain::notice::{Gathered, Notice};
use crate::domain::time::Millis;

/// More openings than these due at once for one subscription are not read one by one, but come as a digest: a board that
/// was moved, a feed that was long away, a filter as wide as the market.
const MANY: i64 = 30;

/// How many notices a digest looks at; more than anybody reads, few enough for memory.
const DIGEST: i64 = 2_000;

impl Store {
    /// Claims the due work of up to `limit` channels for `lease` milliseconds. First batches that are bound already
    /// and whose lease is over, then waiting notices, bound to new batches: notices of one subscription and one
    /// kind, up to `per_message` of them; more where delivery must choose the best (a daily cap, or what a pause
    /// held back), see [`Store::narrow_batch`]. A batch is written before it is returned: whoever is killed after
    /// this leaves the same message, with the same nonce, to the next. A channel has one unfinished batch at most.
    /// Paused subscriptions are passed over. `new_id` makes batch ids.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn claim_batches(
        &self,
        worker: &str,
        now: Millis,
        lease: i64,
        limit: u32,
        per_message: u32,
        new_id: &(dyn Fn() -> BatchId + Send + Sync),
    ) -> Result<Vec<Batch>> {
        // Most calls find nothing; they must not wait for the writer.
        if !self.anything_due(now).await? {
            return Ok(Vec::new());
        }
        let mut write = self.write().await?;
        // Claims of several processes take turns: each then sees the other's batches.
        write.raise("outbox", 0).await?;
        let mut claimed = write.reclaim(worker, now, lease, limit).await?;
        let room = i64::from(limit) - claimed.len() as i64;
        for channel in write.channels_due(now, room).await? {
            if let Some(id) = write.bind(channel, worker, now, lease, per_message, new_id).await? {
                claimed.push(id);
            }
        }
        let mut batches = Vec::with_capacity(claimed.len());
        for id in claimed {
            batches.extend(write.batch(id).await?);
        }
        write.commit().await?;
        Ok(batches)
    }

    async fn anything_due(&self, now: Millis) -> Result<bool> {
        let sql = "SELECT 1 FROM batches WHERE state = 'open' AND again_at <= $1
            AND (lease_until IS NULL OR lease_until <= $1)
            UNION ALL SELECT 1 FROM notices WHERE state = 'waiting' AND batch IS NULL AND due_at <= $1 LIMIT 1";
        // BIGINT on SQLite, INTEGER on PostgreSQL: cast, so that both are read alike.
        let sql = sql.replace("SELECT 1", "SELECT CAST(1 AS BIGINT)");
        Ok(!self.pools.rows::<(i64,)>(&sql, args![now]).await?.is_empty())
    }

    /// Delivery has chosen: `capped` are counted in the message and not shown, `released` wait for another message,
    /// `dropped` are never sent for the reason given (closed before they were sent).
    ///
    /// # Errors
    /// When the database failed.
    pub async fn narrow_batch(
        &self,
        batch: BatchId,
        now: Millis,
        capped: &[NoticeId],
        released: &[NoticeId],
        dropped: Option<(&[NoticeId], &str)>,
    ) -> Result<()> {
        let mut write = self.write().await?;
        let ended = |state: &str, reason: Option<&str>| {
            args![state, Some(now), reason.map(str::to_owned), Some(batch.0), batch].to_vec()
        };
        write.set_notices(capped, ended("capped", None)).await?;
        write
            .set_notices(released, args!["waiting", None::<i64>, None::<String>, None::<i64>, batch].to_vec())
            .await?;
        if let Some((ids, reason)) = dropped {
            write.set_notices(ids, ended("dropped", Some(reason))).await?;
        }
        write.tx.run("UPDATE batches SET chosen = 1 WHERE id = $1", args![batch]).await?;
        write.commit().await
    }
}

impl Write {
    async fn reclaim(&mut self, worker: &str, now: Millis, lease: i64, limit: u32) -> Result<Vec<BatchId>> {
        let sql = "UPDATE batches SET lease_by = $1, lease_until = $2, attempts = attempts + 1
            WHERE id IN (SELECT id FROM batches WHERE state = 'open' AND again_at <= $3
                AND (lease_until IS NULL OR lease_until <= $3) ORDER BY again_at, id LIMIT $4)
            RETURNING id";
        let rows: Vec<(i64,)> =
            self.tx.rows(sql, args![worker, now.plus(lease), now, i64::from(limit)]).await?;
        Ok(rows.into_iter().map(|row| BatchId(row.0)).collect())
    }

    /// Channels with due notices and no unfinished batch, the longest waiting first.
    async fn channels_due(&mut self, now: Millis, limit: i64) -> Result<Vec<ChannelId>> {
        if limit <= 0 {
            return Ok(Vec::new());
        }
        let sql = format!(
            "SELECT notices.channel FROM notices {SPEAKING} AND notices.due_at <= $1 AND NOT EXISTS
             (SELECT 1 FROM batches WHERE batches.channel = notices.channel AND batches.state = 'open')
             GROUP BY notices.channel ORDER BY MIN(notices.due_at), notices.channel LIMIT $2"
        );
        let rows: Vec<(i64,)> = self.tx.rows(&sql, args![now, limit]).await?;
        Ok(rows.into_iter().map(|row| ChannelId(row.0.cast_unsigned())).collect())
    }

    /// Binds the channel's first due notice and those that share its message.
    async fn bind(
        &mut self,
        channel: ChannelId,
        worker: &str,
        now: Millis,
        lease: i64,
        per_message: u32,
        new_id: &(dyn Fn() -> BatchId + Send + Sync),
    ) -> Result<Option<BatchId>> {
        let sql = format!(
            "SELECT notices.subscription, notices.kind, notices.edits, subscriptions.cap,
             subscriptions.catch_up FROM notices {SPEAKING} AND notices.due_at <= $1 AND notices.channel = $2
             ORDER BY notices.due_at, notices.id LIMIT 1"
        );
        type First = (i64, String, Option<i64>, Option<i64>, i64);
        let first: Vec<First> = self.tx.rows(&sql, args![now, channel]).await?;
        let Some((owner, kind, edits, cap, catch_up)) = first.into_iter().next() else { return Ok(None) };
        let digest = match () {
            () if kind != "opening" => None,
            () if catch_up == 1 => Some(Gathered::Pause),
            () if cap.is_none() && self.due_of(owner, channel, now).await? > MANY => Some(Gathered::Many),
            () => None,
        };
        let chooses = kind == "opening" && (cap.is_some() || digest.is_some());
        let most = match kind.as_str() {
            "tip" => 1,
            _ if chooses => DIGEST,
            _ => i64::from(per_message),
        };
        let id = new_id();
        let sql = "INSERT INTO batches (id, subscription, channel, kind, edits, digest, made_at, again_at,
            lease_by, lease_until, state) VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9, 'open')";
        let gathers: i64 = match digest {
            None => 0,
            Some(Gathered::Pause) => 1,
            Some(Gathered::Many) => 2,
        };
        self.tx
            .run(sql, args![id, owner, channel, &kind, edits, gathers, now, worker, now.plus(lease)])
            .await?;
        // A change that is being shown no longer stands for later ones.
        let sql = "UPDATE notices SET batch = $1,
            once_key = CASE WHEN kind = 'change' THEN NULL ELSE once_key END
            WHERE id IN (SELECT id FROM notices WHERE state = 'waiting' AND batch IS NULL AND due_at <= $2
                AND subscription = $3 AND channel = $4 AND kind = $5 AND COALESCE(edits, 0) = $6
                ORDER BY due_at, id LIMIT $7)";
        self.tx.run(sql, args![id, now, owner, channel, kind, edits.unwrap_or(0), most]).await?;
        if digest == Some(Gathered::Pause) {
            let sql = "UPDATE subscriptions SET catch_up = 0 WHERE id = $1";
            self.tx.run(sql, args![owner]).await?;
        }
        Ok(Some(id))
    }

    /// How many openings are due for a subscription, unbound; counted no further than is of interest.
    async fn due_of(&mut self, owner: i64, channel: ChannelId, now: Millis) -> Result<i64> {
        let sql = "SELECT COUNT(*) FROM (SELECT id FROM notices WHERE state = 'waiting' AND batch IS NULL
            AND due_at <= $1 AND subscription = $2 AND channel = $3 AND kind = 'opening' LIMIT $4) AS due";
        let rows: Vec<(i64,)> = self.tx.rows(sql, args![now, owner, channel, MANY + 1]).await?;
        Ok(rows.first().map_or(0, |row| row.0))
    }

    /// A batch as delivery needs it.
    async fn batch(&mut self, id: BatchId) -> Result<Option<Batch>> {
        let sql = "SELECT subscription, channel, made_at, attempts, edits, digest, chosen,
            (SELECT COUNT(*) FROM notices WHERE notices.batch = batches.id AND notices.state = 'capped')
            FROM batches WHERE id = $1";
        type Head = (i64, i64, i64, i64, Option<i64>, i64, i64, i64);
        let rows: Vec<Head> = self.tx.rows(sql, args![id]).await?;
        let Some(row) = rows.into_iter().next() else { return Ok(None) };
        let owner = SubscriptionId(row.0);
        let sql = format!("SELECT {COLUMNS} FROM subscriptions WHERE id = $1 AND removed_at IS NULL");
        let owners: Vec<SubscriptionTuple> = self.tx.rows(&sql, args![owner]).await?;
        let attempts = u32::try_from(row.3).unwrap_or(u32::MAX);
        let sql = "SELECT id, what, due_at, created_at FROM notices WHERE batch = $1 AND state = 'waiting'
            ORDER BY due_at, id";
        let rows: Vec<(i64, String, i64, i64)> = self.tx.rows(sql, args![id]).await?;
        let channel = ChannelId(row.1.cast_unsigned());
        let mut notices = Vec::with_capacity(rows.len());
        for (notice, what, due_at, created_at) in rows {
            notices.push(Notice {
                id: NoticeId(notice),
                subscription: owner,
                channel,
                what: from_json("notices.what", &what)?,
                due_at: Millis(due_at),
                created_at: Millis(created_at),
                attempts,
                batch: Some(id),
            });
        }
        Ok(Some(Batch {
            id,
            subscription: owners.into_iter().next().map(subscription).transpose()?,
            channel,
            notices,
            made_at: Millis(row.2),
            attempts,
            edits: row.4.map(BatchId),
            digest: match row.5 {
                1 => Some(Gathered::Pause),
                2 => Some(Gathered::Many),
                _ => None,
            },
            chosen: row.6 == 1,
            capped: u32::try_from(row.7).unwrap_or(u32::MAX),
        }))
    }

    /// Sets state, end, reason and batch (in this order, then the batch they must be in now) of waiting notices.
    async fn set_notices(&mut self, ids: &[NoticeId], values: Vec<Arg>) -> Result<()> {
        for chunk in ids.chunks(200) {
            let mut values = values.clone();
            values.extend(chunk.iter().map(|id| Arg::from(*id)));
            let sql = format!(
                "UPDATE notices SET state = $1, ended_at = $2, reason = $3, batch = $4
                 WHERE batch = $5 AND state = 'waiting' AND id IN ({})",
                placeholders(6, chunk.len())
            );
            self.tx.run(&sql, &values).await?;
        }
        Ok(())
    }
}

/// Waiting, unbound notices of subscriptions that may speak. Edits of what was posted go out even while the
/// subscription is silent by a person's wish, because a post stays true.
const SPEAKING: &str = "JOIN subscriptions ON subscriptions.id = notices.subscription
    WHERE notices.state = 'waiting' AND notices.batch IS NULL AND subscriptions.removed_at IS NULL
    AND (subscriptions.pause_since IS NULL OR (notices.kind = 'change' AND subscriptions.pause_why = 'person'))";
