//! The only room that knows SQL: everything that must survive a restart, on SQLite or PostgreSQL by one text.
//!
//! Reads are methods of [`Store`]; whatever must happen together is a [`Write`]. A single write of its own is a
//! method of [`Store`] that begins and commits one.

mod claims;
mod dialect;
mod feeds;
mod guilds;
mod history;
mod openings;
mod outbox;
mod own_feeds;
pub mod records;
mod schedule;
mod statistics;
mod subscriptions;

use std::path::PathBuf;

use dialect::{Arg, Pools, Tx};
pub use records::*;

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
pub struct Store {
    pools: Pools,
}

/// One write transaction; nothing is kept unless [`Write::commit`] is reached.
#[derive(Debug)]
pub struct Write {
    tx: Tx,
}

type Result<T> = std::result::Result<T, StoreError>;

/// The files of `migrations/`, oldest first: version, name, text.
const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "base", include_str!("../../migrations/0001_base.sql")),
    (2, "history", include_str!("../../migrations/0002_history.sql")),
    (3, "own feeds", include_str!("../../migrations/0003_own_feeds.sql")),
    (4, "alone", include_str!("../../migrations/0004_alone.sql")),
    (5, "skill days", include_str!("../../migrations/0005_skill_days.sql")),
];

fn migrator() -> sqlx::migrate::Migrator {
    use sqlx::migrate::{Migration, MigrationType, Migrator};
    let migrations = MIGRATIONS.iter().map(|&(version, name, sql)| {
        Migration::new(version, name.into(), MigrationType::Simple, sql.into(), false)
    });
    Migrator { migrations: migrations.collect(), ..Migrator::DEFAULT }
}

impl Store {
    /// Opens the database; `create` makes a missing SQLite file and folder. Does not touch the schema.
    ///
    /// # Errors
    /// [`StoreError::ReadOnly`] or [`StoreError::Unreachable`].
    pub async fn open(location: &Location, create: bool) -> Result<Self> {
        Ok(Self { pools: Pools::open(location, create).await? })
    }

    /// Brings the schema up to this version. Several processes may call it at once.
    ///
    /// # Errors
    /// [`StoreError::NewerSchema`], or what the database reports.
    pub async fn migrate(&self) -> Result<()> {
        match self.check_schema().await {
            Err(StoreError::OlderSchema { .. }) => {}
            decided => return decided,
        }
        match self.pools.migrate(&migrator()).await {
            Ok(()) => Ok(()),
            // Another process may have been a moment faster.
            Err(error) => self.check_schema().await.map_err(|_| error),
        }
    }

    /// Whether the schema is exactly the one that this program knows.
    ///
    /// # Errors
    /// [`StoreError::NewerSchema`] or [`StoreError::OlderSchema`].
    pub async fn check_schema(&self) -> Result<()> {
        let known = MIGRATIONS.last().map_or(0, |migration| migration.0);
        let sql = "SELECT COALESCE(MAX(version), 0) FROM _sqlx_migrations";
        let found = match self.pools.rows::<(i64,)>(sql, &[]).await {
            Ok(rows) => rows.first().map_or(0, |row| row.0),
            Err(StoreError::Other(cause)) if cause.contains("_sqlx_migrations") => 0,
            Err(error) => return Err(error),
        };
        let place = self.pools.place().to_owned();
        match found.cmp(&known) {
            std::cmp::Ordering::Equal => Ok(()),
            std::cmp::Ordering::Greater => Err(StoreError::NewerSchema { place, found, known }),
            std::cmp::Ordering::Less => Err(StoreError::OlderSchema { place, found, known }),
        }
    }

    /// "SQLite" or "PostgreSQL".
    #[must_use]
    pub const fn engine(&self) -> &'static str {
        match self.pools {
            Pools::Sqlite { .. } => "SQLite",
            Pools::Postgres { .. } => "PostgreSQL",
        }
    }

    /// Which database, without secrets.
    #[must_use]
    pub fn place(&self) -> &str {
        self.pools.place()
    }

    /// Begins a write transaction (`BEGIN IMMEDIATE` on SQLite).
    ///
    /// # Errors
    /// When the database can't be reached or written.
    pub async fn write(&self) -> Result<Write> {
        Ok(Write { tx: self.pools.begin().await? })
    }

    /// A write transaction of one statement.
    async fn run(&self, sql: &str, args: &[Arg]) -> Result<u64> {
        let mut write = self.write().await?;
        let touched = write.tx.run(sql, args).await?;
        write.commit().await?;
        Ok(touched)
    }
}

impl Write {
    /// Keeps everything.
    ///
    /// # Errors
    /// When the database failed; then nothing of the transaction is kept.
    pub async fn commit(self) -> Result<()> {
        self.tx.commit().await
    }

    /// Raises a counter by `by` and gives its new value; its row stays locked until the end of the transaction.
    async fn raise(&mut self, counter: &str, by: i64) -> Result<i64> {
        let sql = "UPDATE counters SET value = value + $2 WHERE name = $1 RETURNING value";
        let rows: Vec<(i64,)> = self.tx.rows(sql, dialect::args![counter, by]).await?;
        rows.first().map(|row| row.0).ok_or_else(|| StoreError::Corrupt {
            what: "counters.name".to_owned(),
            cause: format!("there is no counter \"{counter}\""),
        })
    }
}

/// A stored JSON text as a value.
fn from_json<T: serde::de::DeserializeOwned>(what: &str, text: &str) -> Result<T> {
    serde_json::from_str(text)
        .map_err(|error| StoreError::Corrupt { what: what.to_owned(), cause: error.to_string() })
}

/// A value as JSON text.
fn to_json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("our values are plain data and always have a JSON form")
}
