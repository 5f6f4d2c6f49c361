//! The scheduler: feeds and tasks that are due are run once, by whichever process holds their lease.

use std::sync::Arc;

use tokio::task::JoinSet;
use tracing::{error, warn};

use crate::domain::ids::{FeedKey, IdMaker};
use crate::domain::subscription::{Topic, tips_task};
use crate::domain::time::MINUTE;
use crate::ingest::{Ingest, IngestError};
use crate::skills::catalog::Catalog;
use crate::store::{FeedSettings, StoreError};
use crate::{statistics, tips};

/// A poll that has not ended after this belongs to whoever takes it next.
const FEED_LEASE: i64 = 15 * MINUTE;
/// A task likewise.
const TASK_LEASE: i64 = 2 * MINUTE;

/// Runs what is due.
#[derive(Debug)]
pub struct Scheduler {
    /// Polls feeds; also holds store, index, clock and this process's name.
    pub ingest: Ingest,
    /// For tips.
    pub catalog: Arc<Catalog>,
    /// Makes ids.
    pub ids: Arc<IdMaker>,
    /// Polls at the same time.
    pub parallel: usize,
    /// Polls under way.
    polls: JoinSet<()>,
}

impl Scheduler {
    /// A scheduler that has nothing under way.
    #[must_use]
    pub fn new(ingest: Ingest, catalog: Arc<Catalog>, parallel: usize) -> Self {
        let ids = Arc::clone(&ingest.ids);
        Self { ingest, catalog, ids, parallel, polls: JoinSet::new() }
    }

    /// Makes the stored feeds those of the configuration, and gives each subscription to tips its task: a process
    /// killed between the two writes left one without.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn prepare(&self, feeds: &[FeedSettings]) -> Result<(), StoreError> {
        let store = &self.ingest.store;
        let now = self.ingest.clock.now();
        store.set_feeds(feeds, now).await?;
        // The first one is due at once, and has all days to look at.
        store.ensure_task(statistics::TASK, now).await?;
        for one in store.all_subscriptions().await?.1 {
            if let Topic::Tips { .. } = one.topic {
                let due = one.cadence.next_after(now, self.zone(one.guild).await?);
                store.ensure_task(&tips_task(one.id), due).await?;
            }
        }
        Ok(())
    }

    /// Starts the polls that are due, as many as may run side by side, and runs the tasks that are due. Returns how
    /// many were started; none means that nothing is due.
    ///
    /// # Errors
    /// When the database failed. What a poll or task meets is recorded with it.
    pub async fn tick(&mut self) -> Result<u32, StoreError> {
        let mut started = 0;
        while self.polls.try_join_next().is_some() {}
        let (store, worker) = (self.ingest.store.clone(), self.ingest.worker.clone());
        while self.polls.len() < self.parallel {
            let now = self.ingest.clock.now();
            let Some(feed) = store.claim_feed(&worker, now, FEED_LEASE).await? else { break };
            let ingest = self.ingest.clone();
            self.polls.spawn(async move {
                // A board in trouble was logged and recorded by the poll itself.
                if let Err(IngestError::Store(error)) = ingest.poll(&feed).await {
                    error!(feed = %feed.settings.key, "{} could not be taken in: {error}", feed.settings.key);
                }
            });
            started += 1;
        }
        while let Some(task) = store.claim_task(&worker, self.ingest.clock.now(), TASK_LEASE).await? {
            let ingest = &self.ingest;
            if let Err(error) = self.run(&task.name).await {
                warn!(task = task.name, "task {} failed and is tried again: {error}", task.name);
                let again = ingest.clock.now().plus(MINUTE);
                match store.finish_task(&task.name, &worker, again, Some(&error.to_string())).await {
                    Ok(()) | Err(StoreError::LeaseLost { .. }) => {}
                    Err(error) => return Err(error),
                }
            }
            started += 1;
        }
        Ok(started)
    }

    /// Runs the task of this name.
    async fn run(&self, task: &str) -> Result<(), StoreError> {
        let Ingest { store, search, clock, worker, default_zone, .. } = &self.ingest;
        match task {
            statistics::TASK => statistics::tick(store, search.world(), clock.now(), worker).await,
            _ => {
                let (catalog, ids, world) = (&self.catalog, &self.ids, search.world());
                tips::tick(store, catalog, world, ids, clock, *default_zone, worker, task).await
            }
        }
    }

    /// Waits until the polls under way have ended.
    pub async fn settle(&mut self) {
        while self.polls.join_next().await.is_some() {}
    }

    async fn zone(&self, guild: Option<crate::domain::ids::GuildId>) -> Result<chrono_tz::Tz, StoreError> {
        Ok(match guild {
            Some(guild) => {
                self.ingest.store.guild(guild).await?.time_zone.unwrap_or(self.ingest.default_zone)
            }
            None => self.ingest.default_zone,
        })
    }
}

/// A feed's settings from its entry; `interval` is the general one in milliseconds. No board is polled more often than
/// its terms allow, whatever is configured.
#[must_use]
pub fn settings(key: &FeedKey, company: Option<&str>, own: Option<u32>, interval: i64) -> FeedSettings {
    FeedSettings {
        key: key.clone(),
        company: company.map(str::to_owned),
        interval: crate::feeds::interval(key, own.map_or(interval, |seconds| i64::from(seconds) * 1_000)),
        announce_first: false,
    }
}
