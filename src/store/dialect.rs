//! The two engines behind one text: pools, transactions, bound values, and their errors in our words.

use sqlx::postgres::{PgPool, PgPoolOptions, PgRow};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteRow, SqliteSynchronous,
};
use sqlx::{FromRow, Postgres, Sqlite, Transaction};
use std::borrow::Cow;

use super::{Location, Result, StoreError};
use crate::domain::time::Millis;

/// How long a connection or a lock is waited for.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(10);

/// Connections to one database.
#[derive(Debug, Clone)]
pub(super) enum Pools {
    /// One writer, as SQLite has it, and readers beside it.
    Sqlite {
        read: SqlitePool,
        write: SqlitePool,
        place: String,
    },
    Postgres {
        pool: PgPool,
        place: String,
    },
}

/// One write transaction.
#[derive(Debug)]
pub(super) enum Tx {
    Sqlite { tx: Transaction<'static, Sqlite>, place: String },
    Postgres { tx: Transaction<'static, Postgres>, place: String },
}

/// A value to bind; every column of ours is one of these.
#[derive(Debug, Clone)]
pub(super) enum Arg {
    Int(Option<i64>),
    Text(Option<String>),
}

/// A row that both engines can give.
pub(super) trait Row:
    for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{
}
impl<T> Row for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

macro_rules! bound {
    ($query:expr, $args:expr) => {{
        let mut query = $query;
        for arg in $args {
            query = match arg {
                Arg::Int(value) => query.bind(*value),
                Arg::Text(value) => query.bind(value.clone()),
            };
        }
        query
    }};
}

impl Pools {
    pub(super) async fn open(location: &Location, create: bool) -> Result<Self> {
        match location {
            Location::Sqlite(path) => {
                let place = path.display().to_string();
                if create && let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty())
                {
                    std::fs::create_dir_all(folder).map_err(|error| StoreError::ReadOnly {
                        place: folder.display().to_string(),
                        cause: error.to_string(),
                    })?;
                }
                let options = SqliteConnectOptions::new()
                    .filename(path)
                    .create_if_missing(create)
                    .journal_mode(SqliteJournalMode::Wal)
                    .synchronous(SqliteSynchronous::Full)
                    .busy_timeout(PATIENCE);
                let write = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await;
                let write = write.map_err(|error| explain(&error, &place))?;
                let read = SqlitePoolOptions::new().max_connections(4).connect_with(options).await;
                let read = read.map_err(|error| explain(&error, &place))?;
                Ok(Self::Sqlite { read, write, place })
            }
            Location::Postgres(address) => {
                use secrecy::ExposeSecret;
                let place = without_secrets(address.expose_secret());
                // The pool would try again until its time is up and then not say why.
                let first = <sqlx::PgConnection as sqlx::Connection>::connect(address.expose_secret());
                match tokio::time::timeout(PATIENCE, first).await {
                    Ok(Ok(connection)) => drop(sqlx::Connection::close(connection).await),
                    Ok(Err(error)) => return Err(explain(&error, &place)),
                    Err(_) => {
                        let cause = "no answer within ten seconds".to_owned();
                        return Err(StoreError::Unreachable { place, cause });
                    }
                }
                let pool = PgPoolOptions::new()
                    .max_connections(8)
                    .acquire_timeout(PATIENCE)
                    .connect(address.expose_secret())
                    .await
                    .map_err(|error| explain(&error, &place))?;
                Ok(Self::Postgres { pool, place })
            }
        }
    }

    pub(super) fn place(&self) -> &str {
        match self {
            Self::Sqlite { place, .. } | Self::Postgres { place, .. } => place,
        }
    }

    /// Reads rows outside any transaction.
    pub(super) async fn rows<T: Row>(&self, sql: &str, args: &[Arg]) -> Result<Vec<T>> {
        match self {
            Self::Sqlite { read, .. } => bound!(sqlx::query_as(sql), args).fetch_all(read).await,
            Self::Postgres { pool, .. } => bound!(sqlx::query_as(sql), args).fetch_all(pool).await,
        }
        .map_err(|error| explain(&error, self.place()))
    }

    pub(super) async fn begin(&self) -> Result<Tx> {
        let place = self.place().to_owned();
        match self {
            // Plain BEGIN would take the write lock only at the first write, too late for what was read before.
            Self::Sqlite { write, .. } => {
                write.begin_with("BEGIN IMMEDIATE").await.map(|tx| Tx::Sqlite { tx, place })
            }
            Self::Postgres { pool, .. } => pool.begin().await.map(|tx| Tx::Postgres { tx, place }),
        }
        .map_err(|error| explain(&error, self.place()))
    }

    pub(super) async fn migrate(&self, migrator: &sqlx::migrate::Migrator) -> Result<()> {
        match self {
            Self::Sqlite { write, .. } => migrator.run(write).await,
            Self::Postgres { pool, .. } => migrator.run(pool).await,
        }
        .map_err(|error| match error {
            sqlx::migrate::MigrateError::Execute(error)
            | sqlx::migrate::MigrateError::ExecuteMigration(error, _) => explain(&error, self.place()),
            other => {
                StoreError::Other(format!("the schema of {} can't be brought up: {other}", self.place()))
            }
        })
    }
}

impl Tx {
    pub(super) async fn rows<T: Row>(&mut self, sql: &str, args: &[Arg]) -> Result<Vec<T>> {
        match self {
            Self::Sqlite { tx, place } => bound!(sqlx::query_as(sql), args)
                .fetch_all(&mut **tx)
                .await
                .map_err(|error| explain(&error, place)),
            Self::Postgres { tx, place } => bound!(sqlx::query_as(sql), args)
                .fetch_all(&mut **tx)
                .await
                .map_err(|error| explain(&error, place)),
        }
    }

    /// Runs a statement; gives the number of rows that it touched.
    pub(super) async fn run(&mut self, sql: &str, args: &[Arg]) -> Result<u64> {
        let shorter = anonymous(sql, args.len());
        match self {
            Self::Sqlite { tx, place } => bound!(sqlx::query(&shorter), args)
                .execute(&mut **tx)
                .await
                .map(|done| done.rows_affected())
                .map_err(|error| explain(&error, place)),
            Self::Postgres { tx, place } => bound!(sqlx::query(sql), args)
                .execute(&mut **tx)
                .await
                .map(|done| done.rows_affected())
                .map_err(|error| explain(&error, place)),
        }
    }

    pub(super) async fn commit(self) -> Result<()> {
        match self {
            Self::Sqlite { tx, place } => tx.commit().await.map_err(|error| explain(&error, &place)),
            Self::Postgres { tx, place } => tx.commit().await.map_err(|error| explain(&error, &place)),
        }
    }
}

/// The statement with `?` in place of `$1`, `$2`, … where these stand in order, each once. SQLite looks a numbered
/// parameter up by its name, all of those before it included, which a thousand of them feel.
fn anonymous(sql: &str, count: usize) -> Cow<'_, str> {
    if count < 32 {
        return Cow::Borrowed(sql);
    }
    let mut out = String::with_capacity(sql.len());
    let mut rest = sql;
    let mut next = 1;
    while let Some((before, behind)) = rest.split_once('$') {
        let digits = behind.bytes().take_while(u8::is_ascii_digit).count();
        if behind[..digits].parse() != Ok(next) {
            return Cow::Borrowed(sql);
        }
        next += 1;
        out.push_str(before);
        out.push('?');
        rest = &behind[digits..];
    }
    out.push_str(rest);
    if next == count + 1 { Cow::Owned(out) } else { Cow::Borrowed(sql) }
}

/// `$from, $from+1, …`: `count` placeholders for an IN list or a row of VALUES.
pub(super) fn placeholders(from: usize, count: usize) -> String {
    let mut out = String::new();
    for i in from..from + count {
        if i > from {
            out.push(',');
        }
        out.push('$');
        out.push_str(&i.to_string());
    }
    out
}

/// `(…), (…)`: placeholders for `rows` rows of `width` values each.
pub(super) fn value_rows(rows: usize, width: usize) -> String {
    (0..rows).map(|row| format!("({})", placeholders(row * width + 1, width))).collect::<Vec<_>>().join(",")
}

/// What the driver reported, in words that say what to do.
fn explain(error: &sqlx::Error, place: &str) -> StoreError {
    let place = place.to_owned();
    let cause = error.to_string();
    match error {
        sqlx::Error::Database(found) => {
            let code = found.code().unwrap_or_default().into_owned();
            if found.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some() {
                // The low byte of SQLite's extended codes is the primary code.
                return match code.parse::<i32>().unwrap_or(0) & 0xff {
                    13 => StoreError::DiskFull { place },
                    8 | 14 => StoreError::ReadOnly { place, cause: found.message().to_owned() },
                    5 | 6 => StoreError::Unreachable {
                        place,
                        cause: "another program has kept it locked for ten seconds".to_owned(),
                    },
                    11 | 26 => StoreError::Corrupt { what: place, cause: found.message().to_owned() },
                    _ => StoreError::Other(cause),
                };
            }
            match code.as_str() {
                "53100" => StoreError::DiskFull { place },
                "25006" => StoreError::ReadOnly { place, cause: found.message().to_owned() },
                "3D000" => {
                    StoreError::Unreachable { place, cause: format!("{}; create it first", found.message()) }
                }
                code if ["08", "28", "53", "57"].iter().any(|class| code.starts_with(class)) => {
                    StoreError::Unreachable { place, cause: found.message().to_owned() }
                }
                _ => StoreError::Other(cause),
            }
        }
        sqlx::Error::Io(cause) => StoreError::Unreachable { place, cause: cause.to_string() },
        sqlx::Error::Tls(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::Configuration(_) => StoreError::Unreachable { place, cause },
        sqlx::Error::ColumnDecode { index, .. } => StoreError::Corrupt { what: index.clone(), cause },
        _ => StoreError::Other(cause),
    }
}

/// An address without user and password: `postgres://host:5432/name`.
fn without_secrets(address: &str) -> String {
    match url::Url::parse(address) {
        Ok(url) => format!(
            "postgres://{}{}{}",
            url.host_str().unwrap_or_default(),
            url.port().map(|port| format!(":{port}")).unwrap_or_default(),
            url.path()
        ),
        Err(_) => "at DATABASE_URL".to_owned(),
    }
}

impl From<i64> for Arg {
    fn from(value: i64) -> Self {
        Self::Int(Some(value))
    }
}
impl From<Option<i64>> for Arg {
    fn from(value: Option<i64>) -> Self {
        Self::Int(value)
    }
}
impl From<bool> for Arg {
    fn from(value: bool) -> Self {
        Self::Int(Some(i64::from(value)))
    }
}
impl From<Millis> for Arg {
    fn from(value: Millis) -> Self {
        Self::Int(Some(value.0))
    }
}
impl From<Option<Millis>> for Arg {
    fn from(value: Option<Millis>) -> Self {
        Self::Int(value.map(|at| at.0))
    }
}
impl From<&str> for Arg {
    fn from(value: &str) -> Self {
        Self::Text(Some(value.to_owned()))
    }
}
impl From<&String> for Arg {
    fn from(value: &String) -> Self {
        Self::Text(Some(value.clone()))
    }
}
impl From<String> for Arg {
    fn from(value: String) -> Self {
        Self::Text(Some(value))
    }
}
impl From<Option<String>> for Arg {
    fn from(value: Option<String>) -> Self {
        Self::Text(value)
    }
}

macro_rules! arg_of_id {
    ($($id:ty),+) => {$(
        impl From<$id> for Arg {
            fn from(id: $id) -> Self {
                Self::Int(Some(id.0))
            }
        }
    )+};
}
arg_of_id!(
    crate::domain::ids::OpeningId,
    crate::domain::ids::SubscriptionId,
    crate::domain::ids::NoticeId,
    crate::domain::ids::BatchId
);

macro_rules! arg_of_snowflake {
    ($($id:ty),+) => {$(
        impl From<$id> for Arg {
            // Discord's ids have 63 bits until the year 2084.
            fn from(id: $id) -> Self {
                Self::Int(Some(id.0.cast_signed()))
            }
        }
    )+};
}
arg_of_snowflake!(
    crate::domain::ids::GuildId,
    crate::domain::ids::ChannelId,
    crate::domain::ids::UserId,
    crate::domain::ids::RoleId,
    crate::domain::ids::MessageId
);

/// The bound values of a statement.
macro_rules! args {
    ($($value:expr),* $(,)?) => { &[$($crate::store::dialect::Arg::from($value)),*] };
}
pub(super) use args;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_without_its_password() {
        assert_eq!(
            without_secrets("postgres://crier:s3cret@db.example:5433/crier"),
            "postgres://db.example:5433/crier"
        );
    }

    #[tokio::test]
    async fn a_full_disk_is_told_as_such() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("small.db");
        let pools = Pools::open(&Location::Sqlite(path), true).await.unwrap();
        let mut tx = pools.begin().await.unwrap();
        tx.run("CREATE TABLE heap (body TEXT)", &[]).await.unwrap();
        // A file that may not grow fails as a full disk does.
        tx.rows::<(i64,)>("PRAGMA max_page_count = 10", &[]).await.unwrap();
        let error = tx.run("INSERT INTO heap VALUES ($1)", args!["x".repeat(100_000)]).await.unwrap_err();
        assert!(matches!(error, StoreError::DiskFull { .. }) && error.is_temporary(), "{error}");
    }

    #[test]
    fn placeholders_count_through_the_rows() {
        assert_eq!(value_rows(2, 3), "($1,$2,$3),($4,$5,$6)");
    }
}

#[cfg(test)]
mod numbered {
    use super::anonymous;

    #[test]
    fn parameters_in_order_lose_their_numbers_and_others_keep_them() {
        let many = |width: usize| format!("INSERT INTO t VALUES {}", super::value_rows(40, width));
        assert_eq!(
            anonymous(&many(1), 40),
            many(1)
                .split('$')
                .map(|part| part.trim_start_matches(|c: char| c.is_ascii_digit()))
                .collect::<Vec<_>>()
                .join("?")
        );
        assert_eq!(anonymous("SELECT $1", 1), "SELECT $1", "a few cost nothing");
        let twice = format!("{} AND x = $3", many(1));
        assert_eq!(anonymous(&twice, 40), twice);
        assert_eq!(anonymous(&many(1), 41), many(1));
    }
}
