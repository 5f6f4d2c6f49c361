//! Feeds that people added: servers their own boards, the operator by the command line.

use super::dialect::args;
use super::feeds::{FEED, FeedTuple, feed};
use super::{FeedRow, FeedSettings, OwnFeed, Result, Store, Write};
use crate::domain::ids::{FeedKey, GuildId, UserId};
use crate::domain::time::{DAY, Millis};

impl Store {
    /// Keeps a feed that was shown to somebody and is not confirmed yet; what was shown and left a day ago is forgotten.
    /// One that the server has already stays as it is. Gives the row, of the server or new.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn offer_feed(&self, offered: &OwnFeed, now: Millis) -> Result<OwnFeed> {
        let mut write = self.write().await?;
        let sql = "DELETE FROM own_feeds WHERE added_at IS NULL AND made_at < $1";
        write.tx.run(sql, args![now.minus(DAY)]).await?;
        let sql = "INSERT INTO own_feeds (id, guild, feed, company, added_by, added_at, made_at)
            VALUES ($1, $2, $3, $4, $5, NULL, $6) ON CONFLICT (guild, feed) DO NOTHING";
        let guild = guild_of(offered.guild);
        let company = offered.company.clone();
        let values =
            args![offered.id, guild, offered.feed.as_str(), company, offered.added_by.0.cast_signed(), now];
        write.tx.run(sql, values).await?;
        let rows: Vec<Row> = write
            .tx
            .rows(&format!("{OWN} WHERE guild = $1 AND feed = $2"), args![guild, offered.feed.as_str()])
            .await?;
        write.commit().await?;
        Ok(rows.into_iter().next().map_or_else(|| offered.clone(), own))
    }

    /// The offered feed is taken: it is polled from now on. `None` when it was forgotten or removed meanwhile, or when
    /// the server has `most` already.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn accept_feed(
        &self,
        id: i64,
        guild: Option<GuildId>,
        settings: &FeedSettings,
        most: u32,
        now: Millis,
    ) -> Result<Option<OwnFeed>> {
        let mut write = self.write().await?;
        let was_public = write.public_feeds().await?;
        // The outbox's counter stands for every lock of its kind: two people pressing at once take turns.
        write.raise("outbox", 0).await?;
        let sql = "UPDATE own_feeds SET added_at = COALESCE(added_at, $3) WHERE id = $1 AND guild = $2
            AND (added_at IS NOT NULL OR $4 > (SELECT COUNT(*) FROM own_feeds AS others
                WHERE others.guild = $2 AND others.added_at IS NOT NULL))";
        let values = args![id, guild_of(guild), now, i64::from(most)];
        if write.tx.run(sql, values).await? == 0 {
            return Ok(None);
        }
        // What the configuration says of it stays in force.
        let known: Vec<FeedTuple> = write
            .tx
            .rows(&format!("{FEED} WHERE key = $1 AND is_on = 1"), args![settings.key.as_str()])
            .await?;
        if known.is_empty() {
            write.put_feed(settings, now).await?;
        }
        write.read_anew_where_public_changed(&was_public).await?;
        let rows: Vec<Row> = write.tx.rows(&format!("{OWN} WHERE id = $1"), args![id]).await?;
        write.commit().await?;
        Ok(rows.into_iter().next().map(own))
    }

    /// Takes a feed away from a server (or the operator). A board that nobody wants any more is no longer polled; what
    /// is known of it stays. Gives what was removed.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn remove_feed(&self, guild: Option<GuildId>, feed: &FeedKey) -> Result<Option<OwnFeed>> {
        let mut write = self.write().await?;
        let values = args![guild_of(guild), feed.as_str()];
        let sql = format!("{OWN} WHERE guild = $1 AND feed = $2 AND added_at IS NOT NULL");
        let rows: Vec<Row> = write.tx.rows(&sql, values).await?;
        let Some(removed) = rows.into_iter().next().map(own) else { return Ok(None) };
        // Kept as an offer for a day, so that it can be undone.
        write.tx.run("UPDATE own_feeds SET added_at = NULL WHERE id = $1", args![removed.id]).await?;
        let sql = "UPDATE feeds SET is_on = 0 WHERE key = $1 AND configured = 0
            AND NOT EXISTS (SELECT 1 FROM own_feeds WHERE own_feeds.feed = feeds.key AND added_at IS NOT NULL)";
        write.tx.run(sql, args![feed.as_str()]).await?;
        write.commit().await?;
        Ok(Some(removed))
    }

    /// An offered or added feed of a server by its id.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn own_feed(&self, id: i64, guild: Option<GuildId>) -> Result<Option<OwnFeed>> {
        let sql = format!("{OWN} WHERE id = $1 AND guild = $2");
        let rows: Vec<Row> = self.pools.rows(&sql, args![id, guild_of(guild)]).await?;
        Ok(rows.into_iter().next().map(own))
    }

    /// The feeds that a server (or the operator) added, with their health, by key.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn own_feeds(&self, guild: Option<GuildId>) -> Result<Vec<FeedRow>> {
        let sql = format!(
            "{FEED} WHERE key IN (SELECT feed FROM own_feeds WHERE guild = $1 AND added_at IS NOT NULL) ORDER BY key"
        );
        let rows: Vec<FeedTuple> = self.pools.rows(&sql, args![guild_of(guild)]).await?;
        Ok(rows.into_iter().map(feed).collect())
    }

    /// Only their keys.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn own_feed_keys(&self, guild: GuildId) -> Result<Vec<FeedKey>> {
        let sql = "SELECT feed FROM own_feeds WHERE guild = $1 AND added_at IS NOT NULL ORDER BY feed";
        let rows: Vec<(String,)> = self.pools.rows(sql, args![guild_of(Some(guild))]).await?;
        Ok(rows.into_iter().map(|row| FeedKey(row.0)).collect())
    }
}

impl Write {
    /// The servers that added a feed.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn guilds_with(&mut self, feed: &FeedKey) -> Result<Vec<GuildId>> {
        let sql = "SELECT guild FROM own_feeds WHERE feed = $1 AND added_at IS NOT NULL AND guild <> 0";
        let rows: Vec<(i64,)> = self.tx.rows(sql, args![feed.as_str()]).await?;
        Ok(rows.into_iter().map(|row| GuildId(row.0.cast_unsigned())).collect())
    }
}

const OWN: &str = "SELECT id, guild, feed, company, added_by, added_at FROM own_feeds";

type Row = (i64, i64, String, Option<String>, i64, Option<i64>);

fn own(row: Row) -> OwnFeed {
    OwnFeed {
        id: row.0,
        guild: (row.1 != 0).then_some(GuildId(row.1.cast_unsigned())),
        feed: FeedKey(row.2),
        company: row.3,
        added_by: UserId(row.4.cast_unsigned()),
        added_at: row.5.map(Millis),
    }
}

fn guild_of(guild: Option<GuildId>) -> i64 {
    guild.map_or(0, |guild| guild.0.cast_signed())
}
