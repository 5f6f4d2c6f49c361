//! Servers' settings, and small texts kept by name.

use std::collections::{BTreeMap, BTreeSet};

use super::dialect::{Arg, args, placeholders};
use super::{GuildSettings, Result, Store, Write};
use crate::domain::ids::GuildId;
use crate::domain::time::Millis;

impl Store {
    /// A server's settings; defaults when never set.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn guild(&self, id: GuildId) -> Result<GuildSettings> {
        let sql = "SELECT time_zone FROM guilds WHERE id = $1";
        let rows: Vec<(Option<String>,)> = self.pools.rows(sql, args![id]).await?;
        // A zone that a later time zone database renamed away falls back to the default, as if never set.
        let time_zone = rows.into_iter().next().and_then(|row| row.0).and_then(|name| name.parse().ok());
        Ok(GuildSettings { id, time_zone })
    }

    /// Saves them.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn set_guild(&self, settings: &GuildSettings) -> Result<()> {
        let sql = "INSERT INTO guilds (id, time_zone) VALUES ($1, $2)
            ON CONFLICT (id) DO UPDATE SET time_zone = excluded.time_zone";
        let zone = settings.time_zone.map(|zone| zone.name().to_owned());
        self.run(sql, args![settings.id, zone]).await.map(drop)
    }

    /// The bot was removed from the server: its subscriptions and settings are removed.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn forget_guild(&self, id: GuildId, now: Millis) -> Result<()> {
        let mut write = self.write().await?;
        write.raise("subscriptions", 1).await?;
        write.remove_where("guild = $2", id.0.cast_signed(), now).await?;
        write.tx.run("DELETE FROM guilds WHERE id = $1", args![id]).await?;
        write.commit().await
    }

    /// A small text kept by name (the hash of the registered commands, a filter that a button carries).
    ///
    /// # Errors
    /// When the database failed.
    pub async fn note(&self, name: &str) -> Result<Option<String>> {
        let rows: Vec<(String,)> =
            self.pools.rows("SELECT value FROM notes WHERE name = $1", args![name]).await?;
        Ok(rows.into_iter().next().map(|row| row.0))
    }

    /// Keeps it.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn set_note(&self, name: &str, value: &str) -> Result<()> {
        let sql = "INSERT INTO notes (name, value) VALUES ($1, $2)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        self.run(sql, args![name, value]).await.map(drop)
    }
}

impl Write {
    /// The zones of those of these servers that have set one.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn time_zones(
        &mut self,
        guilds: &BTreeSet<GuildId>,
    ) -> Result<BTreeMap<GuildId, chrono_tz::Tz>> {
        let ids: Vec<Arg> = guilds.iter().map(|id| Arg::from(*id)).collect();
        let mut zones = BTreeMap::new();
        for chunk in ids.chunks(200) {
            let sql = format!(
                "SELECT id, time_zone FROM guilds WHERE time_zone IS NOT NULL AND id IN ({})",
                placeholders(1, chunk.len())
            );
            for (id, name) in self.tx.rows::<(i64, String)>(&sql, chunk).await? {
                zones.extend(name.parse().ok().map(|zone| (GuildId(id.cast_unsigned()), zone)));
            }
        }
        Ok(zones)
    }
}
