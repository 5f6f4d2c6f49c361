//! Tasks of the schedule (tips of a subscription, checks, roll-ups): due times and leases.

use super::dialect::args;
use super::{Result, Store, StoreError, TaskRow, Write};
use crate::domain::time::Millis;

impl Store {
    /// Takes one due task by lease, as [`Store::claim_feed`] does.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn claim_task(&self, worker: &str, now: Millis, lease: i64) -> Result<Option<TaskRow>> {
        let sql = "UPDATE tasks SET lease_by = $1, lease_until = $2
            WHERE (lease_until IS NULL OR lease_until <= $3) AND name = (SELECT name FROM tasks
                WHERE due_at <= $3 AND (lease_until IS NULL OR lease_until <= $3) ORDER BY due_at, name LIMIT 1)
            RETURNING name, due_at";
        let mut write = self.write().await?;
        let rows: Vec<(String, i64)> = write.tx.rows(sql, args![worker, now.plus(lease), now]).await?;
        write.commit().await?;
        Ok(rows.into_iter().next().map(|(name, due_at)| TaskRow { name, due_at: Millis(due_at) }))
    }

    /// Adds a task or leaves an existing one as it stands.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn ensure_task(&self, name: &str, due_at: Millis) -> Result<()> {
        let sql = "INSERT INTO tasks (name, due_at) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
        self.run(sql, args![name, due_at]).await.map(drop)
    }

    /// Sets when a task is due, adding it when there is none: a cadence was changed.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn set_task(&self, name: &str, due_at: Millis) -> Result<()> {
        let sql = "INSERT INTO tasks (name, due_at) VALUES ($1, $2)
            ON CONFLICT (name) DO UPDATE SET due_at = excluded.due_at";
        self.run(sql, args![name, due_at]).await.map(drop)
    }

    /// Removes a task.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn remove_task(&self, name: &str) -> Result<()> {
        self.run("DELETE FROM tasks WHERE name = $1", args![name]).await.map(drop)
    }

    /// The names of all tasks.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn task_names(&self) -> Result<Vec<String>> {
        let rows: Vec<(String,)> = self.pools.rows("SELECT name FROM tasks ORDER BY name", &[]).await?;
        Ok(rows.into_iter().map(|row| row.0).collect())
    }

    /// The task ran (or failed, with the error): next due time, lease released.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] when another worker holds it, or when the database failed.
    pub async fn finish_task(
        &self,
        name: &str,
        worker: &str,
        next: Millis,
        error: Option<&str>,
    ) -> Result<()> {
        let mut write = self.write().await?;
        write.end_task(name, worker, next, error).await?;
        write.commit().await
    }
}

impl Write {
    /// The task ran: part of the same transaction as what it enqueued.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] when another worker holds it meanwhile, or when the database failed.
    pub async fn finish_task(&mut self, name: &str, worker: &str, next: Millis) -> Result<()> {
        self.end_task(name, worker, next, None).await
    }

    async fn end_task(&mut self, name: &str, worker: &str, next: Millis, error: Option<&str>) -> Result<()> {
        let sql = "UPDATE tasks SET due_at = $3, error = $4, lease_by = NULL, lease_until = NULL
            WHERE name = $1 AND lease_by = $2";
        if self.tx.run(sql, args![name, worker, next, error.map(str::to_owned)]).await? == 0 {
            return Err(StoreError::LeaseLost { what: format!("the task {name}") });
        }
        Ok(())
    }
}
