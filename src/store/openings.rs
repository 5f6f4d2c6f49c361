//! Openings and the postings that they are folded from.

use super::dialect::{Arg, args, placeholders, value_rows};
use super::{PostingRow, Result, Store, Write, from_json, to_json};
use crate::domain::ids::{FeedKey, OpeningId};
use crate::domain::opening::Opening;
use crate::domain::time::Millis;

/// How many values an IN list or rows a VALUES list holds at most; both engines take far more.
const CHUNK: usize = 200;

impl Store {
    /// Full openings by id, in the order asked; unknown ids are left out.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn openings(&self, ids: &[OpeningId]) -> Result<Vec<Opening>> {
        let mut found = Vec::new();
        for chunk in ids.chunks(CHUNK) {
            let sql = format!("SELECT body FROM openings WHERE id IN ({})", placeholders(1, chunk.len()));
            found.extend(read(self.pools.rows(&sql, &ids_of(chunk)).await?)?);
        }
        Ok(in_order(found, ids))
    }

    /// Openings (open and closed) whose revision is above `after`, lowest first, with their revisions: the tail
    /// that search reads.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn openings_after(&self, after: i64, limit: u32) -> Result<Vec<(i64, Opening)>> {
        let sql = "SELECT revision, body FROM openings WHERE revision > $1 ORDER BY revision LIMIT $2";
        let rows: Vec<(i64, String)> = self.pools.rows(sql, args![after, i64::from(limit)]).await?;
        rows.into_iter().map(|(revision, body)| Ok((revision, from_json("openings.body", &body)?))).collect()
    }

    /// The newest opening with this address; looks through all of them.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn opening_at(&self, url: &str) -> Result<Option<Opening>> {
        // As it stands in the JSON, with the signs that LIKE gives a meaning taken for themselves.
        let quoted = to_json(&url).replace('!', "!!").replace('%', "!%").replace('_', "!_");
        let sql = "SELECT body FROM openings WHERE body LIKE $1 ESCAPE '!' ORDER BY id DESC LIMIT 1";
        let found = read(self.pools.rows(sql, args![format!("%\"url\":{quoted}%")]).await?)?;
        Ok(found.into_iter().next())
    }

    /// How many openings are open, and in all.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn opening_counts(&self) -> Result<(u64, u64)> {
        let sql = "SELECT COUNT(*), COUNT(closed_at) FROM openings";
        let rows: Vec<(i64, i64)> = self.pools.rows(sql, &[]).await?;
        let (all, closed) = rows.first().copied().unwrap_or_default();
        Ok(((all - closed).unsigned_abs(), all.unsigned_abs()))
    }

    /// What the store holds of a feed's postings.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn postings_of(&self, feed: &FeedKey) -> Result<Vec<PostingRow>> {
        let sql = format!("SELECT {POSTING} FROM postings WHERE feed = $1");
        let rows: Vec<PostingTuple> = self.pools.rows(&sql, args![feed.as_str()]).await?;
        rows.into_iter().map(|row| Ok(posting(row)?.1)).collect()
    }

    /// Open postings of a feed that its last reading lacked.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn postings_missing(&self, feed: &FeedKey) -> Result<Vec<PostingRow>> {
        let sql = format!(
            "SELECT {POSTING} FROM postings WHERE feed = $1 AND missing_since IS NOT NULL AND closed_at IS NULL"
        );
        let rows: Vec<PostingTuple> = self.pools.rows(&sql, args![feed.as_str()]).await?;
        rows.into_iter().map(|row| Ok(posting(row)?.1)).collect()
    }
}

impl Write {
    /// Takes turns with every other transaction that changes openings: what this one reads of them from here on is
    /// what it writes over.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn lock_openings(&mut self) -> Result<()> {
        self.raise("openings", 0).await.map(drop)
    }

    /// Openings known by fold key, open or closed, the newest of each key first. Waits for other transactions that
    /// fold, so that two feeds never make two openings of one job.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn openings_by_fold(&mut self, keys: &[String]) -> Result<Vec<(String, Opening)>> {
        self.lock_openings().await?;
        let mut found = Vec::new();
        for chunk in keys.chunks(CHUNK) {
            let sql = format!(
                "SELECT fold_key, body FROM openings WHERE fold_key IN ({}) ORDER BY id DESC",
                placeholders(1, chunk.len())
            );
            let keys: Vec<Arg> = chunk.iter().map(Arg::from).collect();
            for (key, body) in self.tx.rows::<(String, String)>(&sql, &keys).await? {
                found.push((key, from_json("openings.body", &body)?));
            }
        }
        Ok(found)
    }

    /// Openings by id inside the transaction, in the order asked.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn openings(&mut self, ids: &[OpeningId]) -> Result<Vec<Opening>> {
        let mut found = Vec::new();
        for chunk in ids.chunks(CHUNK) {
            let sql = format!("SELECT body FROM openings WHERE id IN ({})", placeholders(1, chunk.len()));
            found.extend(read(self.tx.rows(&sql, &ids_of(chunk)).await?)?);
        }
        Ok(in_order(found, ids))
    }

    /// Adds or replaces openings (with their fold keys) and gives each the next revision.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn put_openings(&mut self, openings: &[(String, Opening)]) -> Result<()> {
        if openings.is_empty() {
            return Ok(());
        }
        let count = i64::try_from(openings.len()).unwrap_or(i64::MAX);
        let mut revision = self.raise("openings", count).await? - count;
        for chunk in openings.chunks(CHUNK) {
            let mut values = Vec::with_capacity(chunk.len() * 7);
            for (fold_key, opening) in chunk {
                revision += 1;
                values.extend_from_slice(args![
                    opening.id,
                    fold_key,
                    revision,
                    opening.posted_at,
                    opening.seen_at,
                    opening.closed_at,
                    to_json(opening)
                ]);
            }
            let sql = format!(
                "INSERT INTO openings (id, fold_key, revision, posted_at, seen_at, closed_at, body) VALUES {}
                 ON CONFLICT (id) DO UPDATE SET fold_key = excluded.fold_key, revision = excluded.revision,
                 posted_at = excluded.posted_at, seen_at = excluded.seen_at, closed_at = excluded.closed_at,
                 body = excluded.body",
                value_rows(chunk.len(), 7)
            );
            self.tx.run(&sql, &values).await?;
        }
        Ok(())
    }

    /// Adds or replaces postings of a feed.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn put_postings(&mut self, feed: &FeedKey, postings: &[PostingRow]) -> Result<()> {
        for chunk in postings.chunks(CHUNK) {
            let mut values = Vec::with_capacity(chunk.len() * 10);
            for row in chunk {
                values.extend_from_slice(args![
                    feed.as_str(),
                    &row.key,
                    row.opening,
                    &row.hash,
                    to_json(&row.posting),
                    row.first_seen,
                    row.last_reading,
                    row.missing_since,
                    row.closed_at,
                    row.alone
                ]);
            }
            let sql = format!(
                "INSERT INTO postings (feed, key, opening, hash, body, first_seen, last_reading, missing_since,
                 closed_at, alone) VALUES {}
                 ON CONFLICT (feed, key) DO UPDATE SET opening = excluded.opening, hash = excluded.hash,
                 body = excluded.body, last_reading = excluded.last_reading,
                 missing_since = excluded.missing_since, closed_at = excluded.closed_at, alone = excluded.alone",
                value_rows(chunk.len(), 10)
            );
            self.tx.run(&sql, &values).await?;
        }
        Ok(())
    }

    /// All postings (of any feed) of these openings: what an opening is folded from.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn postings_of_openings(
        &mut self,
        ids: &[OpeningId],
    ) -> Result<Vec<(OpeningId, FeedKey, PostingRow)>> {
        let mut all = Vec::new();
        for chunk in ids.chunks(CHUNK) {
            let sql = format!(
                "SELECT {POSTING} FROM postings WHERE opening IN ({}) ORDER BY first_seen, feed, key",
                placeholders(1, chunk.len())
            );
            for row in self.tx.rows::<PostingTuple>(&sql, &ids_of(chunk)).await? {
                let (feed, posting) = posting(row)?;
                all.push((posting.opening, feed, posting));
            }
        }
        Ok(all)
    }
}

const POSTING: &str =
    "feed, key, opening, hash, body, first_seen, last_reading, missing_since, closed_at, alone";
type PostingTuple = (String, String, i64, String, String, i64, i64, Option<i64>, Option<i64>, i64);

fn posting(row: PostingTuple) -> Result<(FeedKey, PostingRow)> {
    let (feed, key, opening, hash, body, first_seen, last_reading, missing_since, closed_at, alone) = row;
    let row = PostingRow {
        key,
        opening: OpeningId(opening),
        hash,
        posting: from_json("postings.body", &body)?,
        first_seen: Millis(first_seen),
        last_reading,
        missing_since: missing_since.map(Millis),
        closed_at: closed_at.map(Millis),
        alone: alone == 1,
    };
    Ok((FeedKey(feed), row))
}

fn ids_of(ids: &[OpeningId]) -> Vec<Arg> {
    ids.iter().map(|id| Arg::from(*id)).collect()
}

fn read(rows: Vec<(String,)>) -> Result<Vec<Opening>> {
    rows.iter().map(|(body,)| from_json("openings.body", body)).collect()
}

fn in_order(found: Vec<Opening>, ids: &[OpeningId]) -> Vec<Opening> {
    let mut by_id: std::collections::HashMap<OpeningId, Opening> =
        found.into_iter().map(|opening| (opening.id, opening)).collect();
    ids.iter().filter_map(|id| by_id.remove(id)).collect()
}
