//! What is kept in memory and derived from the store: openings by filter, subscriptions by opening, names to complete.

mod names;
mod numbers;
mod openings;
mod segment;
mod subscriptions;

pub use numbers::{CORE, Companion, Next, Numbers, Spread, Trend, WINDOW};

use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use crate::domain::filter::{Condition, Filter, World};
use crate::domain::ids::{FeedKey, OpeningId, SkillId, SubscriptionId};
use crate::domain::opening::Opening;
use crate::domain::subscription::Subscription;
use crate::domain::time::Millis;

/// In which order openings are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Newest posting first.
    #[default]
    Newest,
    /// Best yearly pay first, unstated last, then newest.
    Pay,
}

/// One page of a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// How many open openings match, exactly.
    pub total: u64,
    /// The ids of the page asked for.
    pub ids: Vec<OpeningId>,
}

/// What a filter would have sent in the last days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// Openings (open or closed) published on each of the days, oldest first: what would have been sent.
    pub per_day: Vec<u64>,
    /// The newest of them.
    pub samples: Vec<OpeningId>,
}

/// A name that completes what somebody types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// What is shown.
    pub label: String,
    /// What is sent as the value.
    pub value: String,
}

/// What kind of name is completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// Skills of the catalog, ranked by open openings; value = id.
    Skill,
    /// Companies of the store, ranked by open openings; value = name.
    Company,
    /// Places of the store's openings, ranked by open openings; value = words that `query::Lexicon::place` reads.
    Place,
}

/// Everything that is kept in memory. Cheap to clone; each method holds its lock only for its own length.
#[derive(Debug, Clone)]
pub struct Search {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    world: Arc<World>,
    openings: RwLock<openings::Openings>,
    subscriptions: RwLock<subscriptions::Subscriptions>,
    names: RwLock<names::Names>,
}

impl Search {
    /// An empty index over `world`; `skill_names` gives every form (name or alias, id) to complete skills by.
    #[must_use]
    pub fn new(world: Arc<World>, skill_names: &[(String, SkillId)]) -> Self {
        let names = names::Names::new(&world, skill_names);
        Self {
            inner: Arc::new(Inner {
                world,
                openings: RwLock::default(),
                subscriptions: RwLock::default(),
                names: RwLock::new(names),
            }),
        }
    }

    /// What filters are judged by.
    #[must_use]
    pub fn world(&self) -> &World {
        &self.inner.world
    }

    /// Adds or replaces openings (a closed one stays for previews of the last days, but is not found).
    pub fn put_openings(&self, openings: &[(i64, Opening)]) {
        let changes = write(&self.inner.openings).put(openings, &self.inner.world);
        write(&self.inner.names).count(changes);
    }

    /// The highest revision taken in: from where to tail the store.
    #[must_use]
    pub fn revision(&self) -> i64 {
        read(&self.inner.openings).revision()
    }

    /// Open openings that match, page by page. `own`, here and below: the boards of their own that the server of
    /// whoever asks added; of others' they see nothing.
    #[must_use]
    pub fn find(
        &self,
        filter: &Filter,
        sort: Sort,
        offset: usize,
        limit: usize,
        own: &[FeedKey],
        now: Millis,
    ) -> Found {
        read(&self.inner.openings).find(filter, sort, offset, limit, self.viewer(own, now))
    }

    fn viewer<'a>(&'a self, own: &'a [FeedKey], now: Millis) -> openings::Viewer<'a> {
        openings::Viewer { own, world: &self.inner.world, now }
    }

    /// Only how many.
    #[must_use]
    pub fn count(&self, filter: &Filter, own: &[FeedKey], now: Millis) -> u64 {
        self.find(filter, Sort::Newest, 0, 0, own, now).total
    }

    /// For each condition of a filter, how many openings there would be without it, most first.
    #[must_use]
    pub fn loosen(&self, filter: &Filter, own: &[FeedKey], now: Millis) -> Vec<(Condition, u64)> {
        let mut counts: Vec<(Condition, u64)> = filter
            .conditions()
            .into_iter()
            .map(|condition| (condition, self.count(&filter.without(condition), own, now)))
            .collect();
        counts.sort_by_key(|(condition, count)| (std::cmp::Reverse(*count), *condition));
        counts
    }

    /// What the filter would have sent in the last `days` days (a day is 24 h back from `now`), by the time of
    /// publication, so that it is right for openings that were there before Crier first looked.
    #[must_use]
    pub fn preview(
        &self,
        filter: &Filter,
        days: u32,
        samples: usize,
        own: &[FeedKey],
        now: Millis,
    ) -> Preview {
        read(&self.inner.openings).preview(filter, days, samples, self.viewer(own, now))
    }

    /// What the openings of a filter say in numbers.
    #[must_use]
    pub fn numbers(&self, filter: &Filter, own: &[FeedKey], now: Millis) -> Numbers {
        numbers::numbers(&read(&self.inner.openings), filter, self.viewer(own, now))
    }

    /// How the new openings of each skill compare with those before, by id.
    #[must_use]
    pub fn trends(&self, own: &[FeedKey], now: Millis) -> Vec<Trend> {
        numbers::trends(&read(&self.inner.openings), self.viewer(own, now))
    }

    /// Which one more skill would open most openings of a filter to somebody who has these.
    #[must_use]
    pub fn next(&self, filter: &Filter, have: &BTreeSet<SkillId>, own: &[FeedKey], now: Millis) -> Next {
        numbers::next(&read(&self.inner.openings), filter, have, self.viewer(own, now))
    }

    /// Open openings that share most with this one (skills, level, place), not itself.
    #[must_use]
    pub fn similar(&self, opening: &Opening, limit: usize, own: &[FeedKey]) -> Vec<OpeningId> {
        read(&self.inner.openings).similar(opening, limit, own)
    }

    /// Replaces the subscriptions, as of this revision of their table; those to tips are passed over.
    pub fn set_subscriptions(&self, revision: i64, subscriptions: Vec<Subscription>) {
        let frequency = |word: &str| read(&self.inner.openings).frequency(word);
        let held = subscriptions::Subscriptions::new(revision, subscriptions, &self.inner.world, &frequency);
        *write(&self.inner.subscriptions) = held;
    }

    /// The revision of the subscriptions held.
    #[must_use]
    pub fn subscriptions_revision(&self) -> i64 {
        read(&self.inner.subscriptions).revision()
    }

    /// The subscriptions whose filter matches the opening at `now`, paused ones too (their notices wait), by
    /// ascending id.
    #[must_use]
    pub fn subscriptions_for(&self, opening: &Opening, now: Millis) -> Vec<Arc<Subscription>> {
        read(&self.inner.subscriptions).matching(opening, &self.inner.world, now)
    }

    /// One subscription held.
    #[must_use]
    pub fn subscription(&self, id: SubscriptionId) -> Option<Arc<Subscription>> {
        read(&self.inner.subscriptions).get(id)
    }

    /// At most `limit` names for what was typed so far, best first; tolerates a typo; an empty prefix gives the
    /// most frequent.
    #[must_use]
    pub fn complete(&self, kind: NameKind, typed: &str, limit: usize) -> Vec<Completion> {
        // The tables of companies and places are built when they are first asked for after a change.
        if read(&self.inner.names).is_stale(kind) {
            write(&self.inner.names).rebuild(kind);
        }
        read(&self.inner.names).complete(kind, typed, limit)
    }

    /// The skills whose names are nearest to an unknown name.
    #[must_use]
    pub fn nearest_skills(&self, name: &str, limit: usize) -> Vec<SkillId> {
        read(&self.inner.names).nearest_skills(name, limit)
    }

    /// The company of the store with this exact name (folded), while it has an open opening.
    #[must_use]
    pub fn company(&self, name: &str) -> Option<String> {
        read(&self.inner.names).company(name)
    }
}

// A panic within a lock would be a bug of this room; what is held stays readable all the same.
fn read<T>(lock: &RwLock<T>) -> RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}

fn write<T>(lock: &RwLock<T>) -> RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
