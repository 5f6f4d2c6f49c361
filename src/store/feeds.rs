//! Feeds: their settings as configured, their health, and the lease of whoever polls them.

use std::collections::BTreeSet;

use super::dialect::args;
use super::{FeedOutcome, FeedRow, FeedSettings, Result, Store, StoreError, Write};
use crate::domain::ids::FeedKey;
use crate::domain::time::Millis;

impl Store {
    /// Makes the stored feeds equal to the configured ones: adds, updates, marks vanished ones as off; what is
    /// known of them is kept.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn set_feeds(&self, feeds: &[FeedSettings], now: Millis) -> Result<()> {
        let mut write = self.write().await?;
        let was_public = write.public_feeds().await?;
        write.tx.run("UPDATE feeds SET is_on = 0, configured = 0", &[]).await?;
        for feed in feeds {
            write.put_feed(feed, now).await?;
            write.tx.run("UPDATE feeds SET configured = 1 WHERE key = $1", args![feed.key.as_str()]).await?;
        }
        let sql =
            "UPDATE feeds SET is_on = 1 WHERE key IN (SELECT feed FROM own_feeds WHERE added_at IS NOT NULL)";
        write.tx.run(sql, &[]).await?;
        write.read_anew_where_public_changed(&was_public).await?;
        write.commit().await
    }

    /// Adds one feed of the operator's, or updates its settings and switches it on; everybody sees its openings.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn set_feed(&self, feed: &FeedSettings, now: Millis) -> Result<()> {
        let mut write = self.write().await?;
        let was_public = write.public_feeds().await?;
        write.put_feed(feed, now).await?;
        write.tx.run("UPDATE feeds SET configured = 1 WHERE key = $1", args![feed.key.as_str()]).await?;
        write.read_anew_where_public_changed(&was_public).await?;
        write.commit().await
    }

    /// Every feed with its health, by key.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn feeds(&self) -> Result<Vec<FeedRow>> {
        let rows: Vec<FeedTuple> = self.pools.rows(&format!("{FEED} ORDER BY key"), &[]).await?;
        Ok(rows.into_iter().map(feed).collect())
    }

    /// Takes one due feed by lease: due, and not leased by a living process; the lease lasts `lease` ms.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn claim_feed(&self, worker: &str, now: Millis, lease: i64) -> Result<Option<FeedRow>> {
        // The lease is asked for twice: a process that waited for the row finds it taken, not free.
        let sql = "UPDATE feeds SET lease_by = $1, lease_until = $2
            WHERE (lease_until IS NULL OR lease_until <= $3) AND key = (SELECT key FROM feeds
                WHERE is_on = 1 AND due_at <= $3 AND (lease_until IS NULL OR lease_until <= $3)
                ORDER BY due_at, key LIMIT 1)
            RETURNING key";
        self.claim(sql, worker, now, lease, None).await
    }

    /// Takes this feed whether due or not, unless another living process holds it.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn claim_feed_named(
        &self,
        key: &FeedKey,
        worker: &str,
        now: Millis,
        lease: i64,
    ) -> Result<Option<FeedRow>> {
        let sql = "UPDATE feeds SET lease_by = $1, lease_until = $2
            WHERE (lease_until IS NULL OR lease_until <= $3) AND key = $4 RETURNING key";
        self.claim(sql, worker, now, lease, Some(key)).await
    }

    async fn claim(
        &self,
        sql: &str,
        worker: &str,
        now: Millis,
        lease: i64,
        key: Option<&FeedKey>,
    ) -> Result<Option<FeedRow>> {
        let mut values = args![worker, now.plus(lease), now].to_vec();
        values.extend(key.map(|key| key.as_str().into()));
        let mut write = self.write().await?;
        let claimed: Vec<(String,)> = write.tx.rows(sql, &values).await?;
        let mut found: Vec<FeedTuple> = Vec::new();
        if let Some((key,)) = claimed.into_iter().next() {
            found = write.tx.rows(&format!("{FEED} WHERE key = $1"), args![key]).await?;
        }
        write.commit().await?;
        Ok(found.into_iter().next().map(feed))
    }

    /// A failed or unchanged (304) reading: health, next poll, lease released. A good reading is part of the
    /// ingest transaction, see [`Write::finish_feed`].
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] when another worker holds it, or when the database failed.
    pub async fn finish_feed(&self, key: &FeedKey, worker: &str, outcome: &FeedOutcome) -> Result<()> {
        let mut write = self.write().await?;
        write.finish_feed(key, worker, outcome).await?;
        write.commit().await
    }
}

impl Write {
    /// The feeds whose openings everybody sees.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn public_feeds(&mut self) -> Result<BTreeSet<FeedKey>> {
        let rows: Vec<(String,)> =
            self.tx.rows(&format!("SELECT key FROM feeds WHERE {PUBLIC}"), &[]).await?;
        Ok(rows.into_iter().map(|row| FeedKey(row.0)).collect())
    }

    /// A feed that became everybody's is read as if all of it had changed, so that its openings become everybody's too
    /// and fold with those of other boards.
    pub(super) async fn read_anew_where_public_changed(&mut self, before: &BTreeSet<FeedKey>) -> Result<()> {
        for key in self.public_feeds().await?.difference(before) {
            let sql = "UPDATE feeds SET etag = NULL, last_modified = NULL WHERE key = $1";
            self.tx.run(sql, args![key.as_str()]).await?;
            self.tx.run("UPDATE postings SET hash = '' WHERE feed = $1", args![key.as_str()]).await?;
        }
        Ok(())
    }

    pub(super) async fn put_feed(&mut self, feed: &FeedSettings, now: Millis) -> Result<()> {
        let sql = "INSERT INTO feeds (key, company, interval_ms, announce_first, is_on, due_at)
            VALUES ($1, $2, $3, $4, 1, $5)
            ON CONFLICT (key) DO UPDATE SET company = excluded.company, interval_ms = excluded.interval_ms,
            announce_first = excluded.announce_first, is_on = 1";
        let company = feed.company.clone();
        let values = args![feed.key.as_str(), company, feed.interval, feed.announce_first, now];
        self.tx.run(sql, values).await?;
        Ok(())
    }

    /// The reading is over: health, validators, baseline, next poll, lease released.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] when another worker holds it meanwhile, or when the database failed.
    pub async fn finish_feed(&mut self, key: &FeedKey, worker: &str, outcome: &FeedOutcome) -> Result<()> {
        let sql = "UPDATE feeds SET due_at = $3,
            etag = COALESCE($4, etag), last_modified = COALESCE($5, last_modified),
            good_at = CASE WHEN $6 IS NULL THEN $7 ELSE good_at END,
            failures = CASE WHEN $6 IS NULL THEN 0 ELSE failures + 1 END,
            error = $6, readings = readings + $8,
            delay_ms = CASE WHEN $9 IS NULL THEN delay_ms WHEN delay_ms IS NULL THEN $9
                ELSE (delay_ms * 3 + $9) / 4 END,
            baseline_at = CASE WHEN $8 = 1 AND baseline_at IS NULL THEN $7 ELSE baseline_at END,
            lease_by = NULL, lease_until = NULL
            WHERE key = $1 AND lease_by = $2";
        let values = args![
            key.as_str(),
            worker,
            outcome.next,
            outcome.etag.clone(),
            outcome.last_modified.clone(),
            outcome.error.clone(),
            outcome.at,
            outcome.whole,
            outcome.delay
        ];
        if self.tx.run(sql, values).await? == 0 {
            return Err(StoreError::LeaseLost { what: format!("the feed {key}") });
        }
        Ok(())
    }
}

/// The feeds of the configuration, and those that the operator added.
const PUBLIC: &str =
    "(configured = 1 OR key IN (SELECT feed FROM own_feeds WHERE guild = 0 AND added_at IS NOT NULL))";

/// What is read of a feed; [`FeedTuple`] in the same order.
pub(super) const FEED: &str =
    "SELECT key, company, interval_ms, announce_first, is_on, due_at, etag, last_modified,
    baseline_at, good_at, failures, error, readings,
    (SELECT COUNT(*) FROM postings WHERE postings.feed = feeds.key AND postings.closed_at IS NULL),
    CASE WHEN (configured = 1 OR key IN (SELECT feed FROM own_feeds WHERE guild = 0 AND added_at IS NOT NULL))
        THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END,
    delay_ms FROM feeds";

pub(super) type FeedTuple = (
    String,
    Option<String>,
    i64,
    i64,
    i64,
    i64,
    Option<String>,
    Option<String>,
    Option<i64>,
    Option<i64>,
    i64,
    Option<String>,
    i64,
    i64,
    i64,
    Option<i64>,
);

pub(super) fn feed(row: FeedTuple) -> FeedRow {
    FeedRow {
        settings: FeedSettings {
            key: FeedKey(row.0),
            company: row.1,
            interval: row.2,
            announce_first: row.3 == 1,
        },
        on: row.4 == 1,
        due_at: Millis(row.5),
        etag: row.6,
        last_modified: row.7,
        baseline_at: row.8.map(Millis),
        good_at: row.9.map(Millis),
        failures: u32::try_from(row.10).unwrap_or(u32::MAX),
        error: row.11,
        readings: row.12,
        held: row.13.unsigned_abs(),
        public: row.14 == 1,
        delay: row.15,
    }
}
