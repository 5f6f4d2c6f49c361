//! The outbox: notices enqueued once, batches finished, posts remembered, and the delivery log.

use super::dialect::{args, value_rows};
use super::subscriptions::REMOVED;
use super::{LogLine, NewNotice, Post, Result, Store, Write, from_json, to_json};
use crate::domain::ids::{BatchId, ChannelId, MessageId, NoticeId, OpeningId, SkillId, SubscriptionId};
use crate::domain::notice::What;
use crate::domain::time::Millis;

impl Write {
    /// Enqueues notices; an opening that the subscription was ever told of, and a change of a message that has a
    /// change waiting, are left out. Returns how many are new.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn enqueue(&mut self, notices: &[NewNotice]) -> Result<u64> {
        let mut new = 0;
        for chunk in notices.chunks(100) {
            let mut values = Vec::with_capacity(chunk.len() * 10);
            for notice in chunk {
                let (kind, opening, once) = match &notice.what {
                    What::Opening { opening } => {
                        ("opening", Some(opening.0), Some(format!("o:{}:{opening}", notice.subscription)))
                    }
                    What::Change { opening } => ("change", Some(opening.0), None),
                    What::Tip { .. } => ("tip", None, None),
                };
                values.extend_from_slice(args![
                    notice.id,
                    notice.subscription,
                    notice.channel,
                    kind,
                    to_json(&notice.what),
                    opening,
                    once,
                    notice.due_at,
                    notice.created_at,
                    "waiting"
                ]);
            }
            let sql = format!(
                "INSERT INTO notices (id, subscription, channel, kind, what, opening, once_key, due_at, created_at,
                 state) VALUES {} ON CONFLICT (once_key) DO NOTHING",
                value_rows(chunk.len(), 10)
            );
            new += self.tx.run(&sql, &values).await?;
        }
        Ok(new)
    }

    /// Every post that shows this opening, or is being sent, gets a change notice due at `due_at`; one waiting change
    /// a post is enough.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn enqueue_changes(
        &mut self,
        opening: OpeningId,
        now: Millis,
        due_at: Millis,
        new_id: &(dyn Fn() -> NoticeId + Send + Sync),
    ) -> Result<u64> {
        let sql = "SELECT DISTINCT batches.id, batches.subscription, batches.channel FROM notices
            JOIN batches ON batches.id = notices.batch
            JOIN subscriptions ON subscriptions.id = batches.subscription
            WHERE notices.opening = $1 AND notices.kind = 'opening' AND notices.state IN ('waiting', 'sent')
            AND batches.state IN ('open', 'sent') AND subscriptions.removed_at IS NULL";
        let posts: Vec<(i64, i64, i64)> = self.tx.rows(sql, args![opening]).await?;
        let mut new = 0;
        for (batch, subscription, channel) in posts {
            let sql = "INSERT INTO notices (id, subscription, channel, kind, what, opening, edits, once_key, due_at,
                created_at, state) VALUES ($1, $2, $3, 'change', $4, $5, $6, $7, $8, $9, 'waiting')
                ON CONFLICT (once_key) DO NOTHING";
            let what = to_json(&What::Change { opening });
            let values = args![
                new_id(),
                subscription,
                channel,
                what,
                opening,
                batch,
                format!("c:{batch}"),
                due_at,
                now
            ];
            new += self.tx.run(sql, values).await?;
        }
        Ok(new)
    }
}

impl Store {
    /// The batch was posted (or its post edited) as `message`: its notices are sent.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn batch_sent(&self, batch: BatchId, message: MessageId, now: Millis) -> Result<()> {
        let mut write = self.write().await?;
        let sql = "UPDATE notices SET state = 'sent', ended_at = $2 WHERE batch = $1 AND state = 'waiting'";
        write.tx.run(sql, args![batch, now]).await?;
        let sql = "UPDATE batches SET state = 'sent', message = $2, ended_at = $3, error = NULL
            WHERE id = $1 AND state = 'open'";
        write.tx.run(sql, args![batch, message, now]).await?;
        write.commit().await
    }

    /// The batch could not be sent now: again at `again_at`, the same message with the same nonce.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn batch_retry(&self, batch: BatchId, again_at: Millis, error: &str) -> Result<()> {
        let sql = "UPDATE batches SET again_at = $2, error = $3, lease_by = NULL, lease_until = NULL
            WHERE id = $1 AND state = 'open'";
        self.run(sql, args![batch, again_at, error]).await.map(drop)
    }

    /// The batch was not tried at all (the process stops): free at once, and counted as no attempt.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn batch_untouched(&self, batch: BatchId) -> Result<()> {
        let sql = "UPDATE batches SET lease_by = NULL, lease_until = NULL,
            attempts = CASE WHEN attempts > 0 THEN attempts - 1 ELSE 0 END WHERE id = $1 AND state = 'open'";
        self.run(sql, args![batch]).await.map(drop)
    }

    /// The batch is given up for good: its notices are dropped with the reason.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn batch_dropped(&self, batch: BatchId, now: Millis, reason: &str) -> Result<()> {
        let mut write = self.write().await?;
        let sql = "UPDATE notices SET state = 'dropped', ended_at = $2, reason = $3
            WHERE batch = $1 AND state = 'waiting'";
        write.tx.run(sql, args![batch, now, reason]).await?;
        let sql = "UPDATE batches SET state = 'dropped', ended_at = $2, error = $3
            WHERE id = $1 AND state = 'open'";
        write.tx.run(sql, args![batch, now, reason]).await?;
        write.commit().await
    }

    /// The batch is taken apart (its subscription was paused): its notices wait again.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn batch_unbound(&self, batch: BatchId, now: Millis, error: &str) -> Result<()> {
        let mut write = self.write().await?;
        let sql = "UPDATE notices SET batch = NULL, state = 'waiting', ended_at = NULL
            WHERE batch = $1 AND state IN ('waiting', 'capped')";
        write.tx.run(sql, args![batch]).await?;
        let sql = "UPDATE batches SET state = 'unbound', ended_at = $2, error = $3
            WHERE id = $1 AND state = 'open'";
        write.tx.run(sql, args![batch, now, error]).await?;
        write.commit().await
    }

    /// How many openings a subscription was sent since `since`.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn sent_since(&self, subscription: SubscriptionId, since: Millis) -> Result<u32> {
        let sql = "SELECT COUNT(*) FROM notices WHERE subscription = $1 AND state = 'sent' AND ended_at >= $2
            AND kind = 'opening'";
        let rows: Vec<(i64,)> = self.pools.rows(sql, args![subscription, since]).await?;
        Ok(rows.first().map_or(0, |row| u32::try_from(row.0).unwrap_or(u32::MAX)))
    }

    /// A post by its batch, with everything it shows in order; `None` when it was not sent (yet).
    ///
    /// # Errors
    /// When the database failed.
    pub async fn post(&self, batch: BatchId) -> Result<Option<Post>> {
        let sql = "SELECT subscription, channel, message, ended_at,
            (SELECT COUNT(*) FROM notices WHERE notices.batch = batches.id AND notices.state = 'capped')
            FROM batches WHERE id = $1 AND state = 'sent' AND message IS NOT NULL AND kind <> 'change'";
        let rows: Vec<(i64, i64, i64, i64, i64)> = self.pools.rows(sql, args![batch]).await?;
        let Some((subscription, channel, message, sent_at, capped)) = rows.into_iter().next() else {
            return Ok(None);
        };
        let sql = "SELECT what FROM notices WHERE batch = $1 AND state = 'sent' ORDER BY due_at, id";
        let shows: Vec<(String,)> = self.pools.rows(sql, args![batch]).await?;
        Ok(Some(Post {
            batch,
            subscription: SubscriptionId(subscription),
            channel: ChannelId(channel.cast_unsigned()),
            message: MessageId(message.cast_unsigned()),
            sent_at: Millis(sent_at),
            shows: shows.iter().map(|(what,)| from_json("notices.what", what)).collect::<Result<_>>()?,
            capped: u32::try_from(capped).unwrap_or(u32::MAX),
        }))
    }

    /// Every post that shows this opening, newest first.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn posts_showing(&self, opening: OpeningId) -> Result<Vec<Post>> {
        let sql = "SELECT batch FROM notices WHERE opening = $1 AND kind = 'opening' AND state = 'sent'
            AND batch IS NOT NULL ORDER BY batch DESC";
        let mut posts = Vec::new();
        for (batch,) in self.pools.rows::<(i64,)>(sql, args![opening]).await? {
            posts.extend(self.post(BatchId(batch)).await?);
        }
        Ok(posts)
    }

    /// The delivery log of a subscription, newest first.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn delivery_log(&self, subscription: SubscriptionId, limit: u32) -> Result<Vec<LogLine>> {
        let sql = "SELECT COALESCE(MIN(due_at), 0), COUNT(*) FROM notices
            WHERE subscription = $1 AND state = 'waiting' AND batch IS NULL";
        let waiting: Vec<(i64, i64)> = self.pools.rows(sql, args![subscription]).await?;
        let mut log = Vec::new();
        for (at, count) in waiting.into_iter().filter(|(_, count)| *count > 0) {
            log.push(LogLine {
                at: Millis(at),
                state: "waiting".to_owned(),
                count: u32::try_from(count).unwrap_or(u32::MAX),
                message: None,
                error: None,
            });
        }
        let sql = "SELECT COALESCE(ended_at, made_at), state, kind, message, error, again_at,
            (SELECT COUNT(*) FROM notices WHERE notices.batch = batches.id)
            FROM batches WHERE subscription = $1 ORDER BY made_at DESC, id DESC LIMIT $2";
        type Line = (i64, String, String, Option<i64>, Option<String>, i64, i64);
        let rows: Vec<Line> = self.pools.rows(sql, args![subscription, i64::from(limit)]).await?;
        log.extend(rows.into_iter().map(|(at, state, kind, message, error, again_at, count)| {
            LogLine {
                at: Millis(if state == "open" && error.is_some() { again_at } else { at }),
                state: match (state.as_str(), kind.as_str()) {
                    ("sent", "change") => "edited",
                    ("sent", _) => "sent",
                    ("open", _) if error.is_none() => "sending",
                    ("open" | "unbound", _) => "failed",
                    _ => "dropped",
                }
                .to_owned(),
                count: u32::try_from(count).unwrap_or(u32::MAX),
                message: message.map(|id| MessageId(id.cast_unsigned())),
                error,
            }
        }));
        Ok(log)
    }

    /// How many notices wait to be sent, and since when the oldest is due.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn outbox_depth(&self) -> Result<(u64, Option<Millis>)> {
        let sql = "SELECT COUNT(*), MIN(due_at) FROM notices WHERE state = 'waiting'";
        let rows: Vec<(i64, Option<i64>)> = self.pools.rows(sql, &[]).await?;
        let (count, oldest) = rows.into_iter().next().unwrap_or_default();
        Ok((count.unsigned_abs(), oldest.map(Millis)))
    }

    /// When the next notice or retry is due; `None` when nothing waits.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn next_due(&self) -> Result<Option<Millis>> {
        let sql = "SELECT MIN(at) FROM (SELECT MIN(notices.due_at) AS at FROM notices
                JOIN subscriptions ON subscriptions.id = notices.subscription
                WHERE notices.state = 'waiting' AND notices.batch IS NULL AND subscriptions.removed_at IS NULL
                AND subscriptions.pause_since IS NULL
            UNION ALL SELECT MIN(CASE WHEN lease_until > again_at THEN lease_until ELSE again_at END) FROM batches
                WHERE state = 'open') AS dues";
        let rows: Vec<(Option<i64>,)> = self.pools.rows(sql, &[]).await?;
        Ok(rows.into_iter().next().and_then(|row| row.0).map(Millis))
    }

    /// Tips that a channel was given or will be, newest first: skill, number, when.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn tips_given(&self, channel: ChannelId) -> Result<Vec<(SkillId, u16, Millis)>> {
        let sql = "SELECT what, created_at FROM notices WHERE channel = $1 AND kind = 'tip'
            AND (state IN ('waiting', 'sent') OR reason = $2) ORDER BY created_at DESC, id DESC";
        let rows: Vec<(String, i64)> = self.pools.rows(sql, args![channel, REMOVED]).await?;
        let mut tips = Vec::new();
        for (what, at) in rows {
            if let What::Tip { skill, number } = from_json("notices.what", &what)? {
                tips.push((skill, number, Millis(at)));
            }
        }
        Ok(tips)
    }
}
