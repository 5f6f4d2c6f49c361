//! A feed tick, top to bottom: fetch, read, fold, store, match, enqueue; facts and notices in one transaction.
//!
//! What if the process is killed here? Each transaction holds whole openings together with their notices, so
//! what was stored was also enqueued. The feed's health, and with it its baseline, is written by the last one: a
//! reading that was cut off is simply made again, and finds the first part unchanged.

mod announce;
mod batch;
mod merge;
mod pace;
mod unfold;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tracing::{info, warn};

use batch::{BATCH, Read, add_skip, group, hash, opening_of, take_batch};
pub use pace::next_poll;

use crate::clock::Clock;
use crate::domain::ids::{FeedKey, IdMaker, OpeningId};
use crate::domain::opening::Opening;
use crate::domain::posting::Posting;
use crate::domain::time::Millis;
use crate::feeds::client::{Client, Fetched, Validators};
use crate::feeds::{self, Page};
use crate::reading;
use crate::search::Search;
use crate::skills::tagger::Tagger;
use crate::store::{FeedOutcome, FeedRow, PostingRow, Store, StoreError};

/// Pages of single postings that one reading asks for; with a second between them well within the feed's lease.
const DETAILS: u32 = 200;

/// After so many of them that could not be read, the board is left alone until the next reading.
const DETAIL_FAILURES: u32 = 3;

/// What a feed tick needs.
#[derive(Debug, Clone)]
pub struct Ingest {
    /// The database.
    pub store: Store,
    /// The indexes; the subscription index says who wants an opening.
    pub search: Search,
    /// Fetches boards.
    pub client: Client,
    /// Finds skills.
    pub tagger: Arc<Tagger>,
    /// What time it is.
    pub clock: Clock,
    /// Makes ids.
    pub ids: Arc<IdMaker>,
    /// Name of this process in leases.
    pub worker: String,
    /// The zone for cadences of servers that set none.
    pub default_zone: chrono_tz::Tz,
    /// How old an opening may be to be news, in milliseconds, where a subscription does not say it.
    pub fresh: i64,
}

/// What a feed tick did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Openings first seen.
    pub new: u64,
    /// Openings of which something changed.
    pub changed: u64,
    /// Openings that closed.
    pub closed: u64,
    /// Notices enqueued.
    pub notices: u64,
    /// Postings listed by the feed.
    pub listed: u64,
    /// Entries passed over: reason and how many.
    pub skipped: Vec<(String, u32)>,
    /// True when the board said that nothing changed.
    pub unchanged: bool,
}

/// Why a feed tick failed; the store holds whatever was committed before, and nothing was closed.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// The board could not be read; recorded as the feed's health.
    #[error("{feed}: {cause}")]
    Feed {
        /// Which feed.
        feed: FeedKey,
        /// What went wrong.
        cause: String,
    },
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Ingest {
    /// Polls one feed, whose lease this worker holds, and records how it went.
    ///
    /// # Errors
    /// When the board could not be read (recorded, the next poll is set), or the database failed.
    pub async fn poll(&self, feed: &FeedRow) -> Result<Report, IngestError> {
        let key = &feed.settings.key;
        let now = self.clock.now();
        let validators = Validators { etag: feed.etag.clone(), last_modified: feed.last_modified.clone() };
        let resolved = feeds::resolve(key);
        let shelf_life = resolved.as_ref().ok().and_then(|(kind, _)| kind.shelf_life());
        let fetched = match &resolved {
            Ok((kind, board)) => self
                .client
                .read(*kind, board, feed.settings.company.as_deref(), &validators, now)
                .await
                .map_err(|error| (error.to_string(), error.retry_at())),
            Err(problem) => Err((problem.clone(), None)),
        };
        match fetched {
            Ok(Fetched::Unchanged) => {
                let mut report = Report { unchanged: true, ..Report::default() };
                // The same answer again is a second reading: what it lacked, it still lacks.
                let mut leaving = self.store.postings_missing(key).await?;
                leaving.retain(|row| is_gone(row, shelf_life, now));
                self.close(key, leaving, now, &mut report).await?;
                let outcome = FeedOutcome { at: now, next: next_poll(feed, now), ..FeedOutcome::default() };
                self.store.finish_feed(key, &self.worker, &outcome).await?;
                if report.closed > 0 {
                    self.refresh_openings().await?;
                }
                Ok(report)
            }
            Ok(Fetched::Read { page, validators }) => {
                let report = self.take_in(feed, page, validators, shelf_life).await?;
                info!(feed = %key, new = report.new, changed = report.changed, closed = report.closed, notices = report.notices, "read {key}");
                Ok(report)
            }
            Err((cause, retry_at)) => {
                warn!(feed = %key, failures = feed.failures + 1, "{key} could not be read: {cause}");
                let outcome = FeedOutcome {
                    at: now,
                    next: pace::after_failure(feed, now, retry_at),
                    error: Some(cause.clone()),
                    ..FeedOutcome::default()
                };
                self.store.finish_feed(key, &self.worker, &outcome).await?;
                Err(IngestError::Feed { feed: key.clone(), cause })
            }
        }
    }

    /// Takes in a reading that was made otherwise, of a feed whose lease this worker holds.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn take(&self, feed: &FeedRow, page: Page) -> Result<Report, IngestError> {
        self.take_in(feed, page, Validators::default(), None).await
    }

    /// Stores a whole reading: openings batch by batch with their notices, the feed's health with the last.
    async fn take_in(
        &self,
        feed: &FeedRow,
        page: Page,
        validators: Validators,
        shelf_life: Option<i64>,
    ) -> Result<Report, IngestError> {
        let key = &feed.settings.key;
        self.refresh_subscriptions().await?;
        let known: BTreeMap<String, PostingRow> =
            self.store.postings_of(key).await?.into_iter().map(|row| (row.key.clone(), row)).collect();
        let mut report =
            Report { listed: page.postings.len() as u64, skipped: page.skipped, ..Report::default() };
        let now = self.clock.now();
        let reading = feed.readings + 1;

        let mut listed = BTreeSet::new();
        let mut fresh = Vec::new();
        let mut rows = Vec::new();
        for posting in page.postings {
            if !listed.insert(posting.key.clone()) {
                add_skip(&mut report.skipped, "listed twice under one id");
                continue;
            }
            let hash = hash(&posting);
            match known.get(&posting.key) {
                Some(row) if row.hash == hash && row.closed_at.is_some() == posting.closed => {
                    // Missing once and here again: it never went away.
                    if row.missing_since.is_some() {
                        rows.push(PostingRow { missing_since: None, last_reading: reading, ..row.clone() });
                    }
                }
                // A closed one that was never open here is of no use to anybody.
                None if posting.closed => add_skip(&mut report.skipped, "closed before it was seen"),
                _ => fresh.push((posting, hash)),
            }
        }
        let mut leaving = Vec::new();
        if page.whole || shelf_life.is_some() {
            for row in known.values().filter(|row| row.closed_at.is_none() && !listed.contains(&row.key)) {
                if is_gone(row, shelf_life, now) {
                    leaving.push(row.clone());
                } else if row.missing_since.is_none() {
                    rows.push(PostingRow { missing_since: Some(now), ..row.clone() });
                }
            }
        }

        let left = self.complete(key, &mut fresh, now).await;
        if left > 0 {
            report
                .skipped
                .push(("left for the next reading, their own pages are still to be read".to_owned(), left));
        }
        // What a board says only there: that the job is closed.
        fresh.retain(|(posting, _)| !posting.closed || known.contains_key(&posting.key));
        let announce = feed.baseline_at.is_some() || feed.settings.announce_first;
        let unknown = fresh.iter().map(|(posting, _)| posting).filter(|one| !known.contains_key(&one.key));
        let delay = if feed.baseline_at.is_some() { pace::delay(unknown, now) } else { None };
        let only = (!feed.public).then(|| key.clone());
        let mut reads = self.read_all(fresh).await;
        for read in &mut reads {
            let alone = known.get(&read.posting.key).is_some_and(|row| row.alone);
            read.reading.fold_key = match alone {
                true => merge::key_alone(key, &read.posting.key),
                false => merge::fold_key(&read.reading.fold_key, only.as_ref()),
            };
        }
        let mut groups = group(reads);
        // Closings touch openings too, so they are folded like everything else, last.
        while !groups.is_empty() {
            let batch: Vec<Vec<Read>> = take_batch(&mut groups);
            self.store_batch(feed, &known, batch, announce, reading, now, &mut report).await?;
        }
        self.close(key, leaving, now, &mut report).await?;
        let mut write = self.store.write().await?;
        write.put_postings(key, &rows).await?;
        let outcome = FeedOutcome {
            at: now,
            next: next_poll(feed, now),
            error: None,
            etag: validators.etag,
            last_modified: validators.last_modified,
            // While a first reading is not through, what it still brings is baseline, not news.
            whole: left == 0 || feed.baseline_at.is_some(),
            delay,
        };
        write.finish_feed(key, &self.worker, &outcome).await?;
        write.commit().await?;
        self.refresh_openings().await?;
        Ok(report)
    }

    /// Asks for the rest of postings of which the list holds only the beginning, as many as one reading may take.
    /// Those that were not read are taken out: they are as unknown, or as known, as before. Returns how many.
    async fn complete(&self, key: &FeedKey, fresh: &mut Vec<(Posting, String)>, now: Millis) -> u32 {
        let Ok((kind, board)) = feeds::resolve(key) else { return 0 };
        let (mut asked, mut failed, mut left) = (0, 0, 0);
        let mut whole = Vec::with_capacity(fresh.len());
        for (mut posting, hash) in std::mem::take(fresh) {
            if kind.detail(&board, &posting).is_some() {
                if asked >= DETAILS || failed >= DETAIL_FAILURES {
                    left += 1;
                    continue;
                }
                asked += 1;
                if let Err(error) = self.client.complete(kind, &board, &mut posting, now).await {
                    warn!(feed = %key, "{key}: the page of {} could not be read: {error}", posting.key);
                    (failed, left) = (failed + 1, left + 1);
                    continue;
                }
            }
            whole.push((posting, hash));
        }
        *fresh = whole;
        left
    }

    /// Reads many postings on a thread for long work, so that the bot goes on answering.
    async fn read_all(&self, fresh: Vec<(Posting, String)>) -> Vec<Read> {
        let tagger = Arc::clone(&self.tagger);
        let work = move || {
            fresh
                .into_iter()
                .map(|(posting, hash)| Read { reading: reading::read(&posting, &tagger), posting, hash })
                .collect()
        };
        tokio::task::spawn_blocking(work)
            .await
            .unwrap_or_else(|stopped| std::panic::resume_unwind(stopped.into_panic()))
    }

    /// One transaction: groups of postings of one fold key each become openings; new ones are announced.
    #[expect(clippy::too_many_arguments, reason = "one step of one flow, split off only for length")]
    async fn store_batch(
        &self,
        feed: &FeedRow,
        known: &BTreeMap<String, PostingRow>,
        batch: Vec<Vec<Read>>,
        announce: bool,
        reading: i64,
        now: Millis,
        report: &mut Report,
    ) -> Result<(), IngestError> {
        let key = &feed.settings.key;
        let mut write = self.store.write().await?;
        // Whoever subscribes from here on subscribes after these openings.
        if write.subscriptions_revision().await? != self.search.subscriptions_revision() {
            let (revision, all) = write.all_subscriptions().await?;
            self.search.set_subscriptions(revision, all);
        }
        let fold_keys: Vec<String> = batch.iter().map(|group| group[0].reading.fold_key.clone()).collect();
        let mut by_fold: BTreeMap<String, Vec<Opening>> = BTreeMap::new();
        for (fold_key, opening) in write.openings_by_fold(&fold_keys).await? {
            by_fold.entry(fold_key).or_default().push(opening);
        }

        let mut rows = Vec::new();
        let mut touched: BTreeMap<OpeningId, String> = BTreeMap::new();
        let mut left: BTreeSet<OpeningId> = BTreeSet::new();
        for group in &batch {
            let fold_key = &group[0].reading.fold_key;
            // The same job keeps its opening even when its title was reworded, unless another opening has that name.
            let before = group.iter().find_map(|read| known.get(&read.posting.key)).map(|row| row.opening);
            let candidates = by_fold.get(fold_key).map(Vec::as_slice).unwrap_or_default();
            let id = opening_of(group, candidates, before, &touched, now)
                .unwrap_or_else(|| OpeningId(self.ids.next(now)));
            touched.insert(id, fold_key.clone());
            for read in group {
                let row = known.get(&read.posting.key);
                if let Some(row) = row.filter(|row| row.opening != id) {
                    left.insert(row.opening);
                }
                rows.push(PostingRow {
                    key: read.posting.key.clone(),
                    opening: id,
                    hash: read.hash.clone(),
                    posting: read.posting.clone(),
                    first_seen: row.map_or(now, |row| row.first_seen),
                    last_reading: reading,
                    missing_since: None,
                    closed_at: read.posting.closed.then(|| row.and_then(|row| row.closed_at).unwrap_or(now)),
                    alone: row.is_some_and(|row| row.alone),
                });
            }
        }
        write.put_postings(key, &rows).await?;
        let ids: Vec<OpeningId> = touched.keys().chain(&left).copied().collect();
        let before: BTreeMap<OpeningId, Opening> =
            write.openings(&ids).await?.into_iter().map(|opening| (opening.id, opening)).collect();
        by_fold.clear();

        let folded = self.fold_again(&mut write, &ids, &touched, &before, now).await?;
        let fresh: Vec<&Opening> =
            folded.iter().map(|(_, opening)| opening).filter(|one| !before.contains_key(&one.id)).collect();
        report.new += fresh.len() as u64;
        self.note_changes(&mut write, &before, &folded, now, report).await?;
        write.put_openings(&folded).await?;
        let fresh: Vec<&Opening> = fresh.into_iter().filter(|one| announce && one.is_open()).collect();
        let notices = self.notices_for(&mut write, &fresh, now).await?;
        report.notices += write.enqueue(&notices).await?;
        write.commit().await?;
        Ok(())
    }

    /// Postings that are gone close, and with their last posting their openings; a transaction for each batch.
    async fn close(
        &self,
        key: &FeedKey,
        mut rows: Vec<PostingRow>,
        now: Millis,
        report: &mut Report,
    ) -> Result<(), IngestError> {
        for rows in rows.chunks_mut(BATCH) {
            for row in &mut *rows {
                row.closed_at = Some(now);
            }
            let mut write = self.store.write().await?;
            write.lock_openings().await?;
            write.put_postings(key, rows).await?;
            let ids: Vec<OpeningId> =
                rows.iter().map(|row| row.opening).collect::<BTreeSet<_>>().into_iter().collect();
            let before: BTreeMap<OpeningId, Opening> =
                write.openings(&ids).await?.into_iter().map(|opening| (opening.id, opening)).collect();
            let folded = self.fold_again(&mut write, &ids, &BTreeMap::new(), &before, now).await?;
            self.note_changes(&mut write, &before, &folded, now, report).await?;
            write.put_openings(&folded).await?;
            write.commit().await?;
        }
        Ok(())
    }

    /// Folds openings anew from all postings that the store holds of them. Those that came out as they were are
    /// left out.
    async fn fold_again(
        &self,
        write: &mut crate::store::Write,
        ids: &[OpeningId],
        fold_keys: &BTreeMap<OpeningId, String>,
        before: &BTreeMap<OpeningId, Opening>,
        now: Millis,
    ) -> Result<Vec<(String, Opening)>, IngestError> {
        let mut parts: BTreeMap<OpeningId, Vec<(FeedKey, PostingRow)>> = BTreeMap::new();
        for (id, feed, row) in write.postings_of_openings(ids).await? {
            parts.entry(id).or_default().push((feed, row));
        }
        let public = write.public_feeds().await?;
        let mut folded = Vec::new();
        for id in ids {
            let parts = parts.remove(id).unwrap_or_default();
            let before_it = before.get(id);
            let (fold_key, opening) = match merge::fold(*id, &parts, before_it, now, &public, &self.tagger) {
                Some(folded) => folded,
                // Its postings turned out to be of another opening, which people find in its place.
                None => match before_it.filter(|opening| opening.is_open()) {
                    Some(left) => (
                        format!("left:{id}"),
                        Opening { closed_at: Some(now), changed_at: now, ..left.clone() },
                    ),
                    None => continue,
                },
            };
            let fold_key = fold_keys.get(id).cloned().unwrap_or(fold_key);
            if before.get(id) != Some(&opening) {
                folded.push((fold_key, opening));
            }
        }
        Ok(folded)
    }

    /// Brings the index of openings up to what the store holds.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn refresh_openings(&self) -> Result<(), StoreError> {
        loop {
            let tail = self.store.openings_after(self.search.revision(), 2_000).await?;
            if tail.is_empty() {
                return Ok(());
            }
            self.search.put_openings(&tail);
        }
    }

    /// Brings the index of subscriptions up to what the store holds.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn refresh_subscriptions(&self) -> Result<(), StoreError> {
        if self.store.subscriptions_revision().await? != self.search.subscriptions_revision() {
            let (revision, all) = self.store.all_subscriptions().await?;
            self.search.set_subscriptions(revision, all);
        }
        Ok(())
    }
}

/// Whether a posting that the feed no longer lists has closed: missing for the second time, or, on boards that show
/// only their newest, out of sight for the shelf life.
fn is_gone(row: &PostingRow, shelf_life: Option<i64>, now: Millis) -> bool {
    row.missing_since.is_some_and(|since| now.since(since) >= shelf_life.unwrap_or(0))
}
