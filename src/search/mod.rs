//! What is kept in memory and derived from the store: openings by filter, subscriptions by opening, names to complete.

use std::sync::Arc;

use crate::domain::filter::{Condition, Filter, World};
use crate::domain::ids::{OpeningId, SkillId, SubscriptionId};
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
    /// Openings (open or closed) first seen on each of the days, oldest first.
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

/// Everything that is kept in memory. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Search {
    _inner: Arc<()>,
}

impl Search {
    /// An empty index over `world`; `skill_names` gives every form (name or alias, id) to complete skills by.
    #[must_use]
    pub fn new(_world: Arc<World>, _skill_names: &[(String, SkillId)]) -> Self {
        todo!()
    }
    /// What filters are judged by.
    #[must_use]
    pub fn world(&self) -> &World {
        todo!()
    }
    /// Adds or replaces openings (a closed one stays for previews of the last days, but is not found).
    pub fn put_openings(&self, _openings: &[(i64, Opening)]) {
        todo!()
    }
    /// The highest revision taken in: from where to tail the store.
    #[must_use]
    pub fn revision(&self) -> i64 {
        todo!()
    }
    /// Open openings that match, page by page.
    #[must_use]
    pub fn find(&self, _filter: &Filter, _sort: Sort, _offset: usize, _limit: usize, _now: Millis) -> Found {
        todo!()
    }
    /// Only how many.
    #[must_use]
    pub fn count(&self, _filter: &Filter, _now: Millis) -> u64 {
        todo!()
    }
    /// For each condition of a filter, how many openings there would be without it, most first.
    #[must_use]
    pub fn loosen(&self, _filter: &Filter, _now: Millis) -> Vec<(Condition, u64)> {
        todo!()
    }
    /// What the filter would have sent in the last `days` days (day = 24 h back from `now`).
    #[must_use]
    pub fn preview(&self, _filter: &Filter, _days: u32, _samples: usize, _now: Millis) -> Preview {
        todo!()
    }
    /// Open openings that share most with this one (skills, level, place), not itself.
    #[must_use]
    pub fn similar(&self, _opening: &Opening, _limit: usize, _now: Millis) -> Vec<OpeningId> {
        todo!()
    }

    /// Replaces the subscriptions (all that are not removed and are about openings), as of this revision of their table.
    pub fn set_subscriptions(&self, _revision: i64, _subscriptions: Vec<Subscription>) {
        todo!()
    }
    /// The revision of the subscriptions held.
    #[must_use]
    pub fn subscriptions_revision(&self) -> i64 {
        todo!()
    }
    /// The subscriptions whose filter matches the opening at `now`, paused ones too (their notices wait), by ascending id.
    #[must_use]
    pub fn subscriptions_for(&self, _opening: &Opening, _now: Millis) -> Vec<Arc<Subscription>> {
        todo!()
    }
    /// One subscription held.
    #[must_use]
    pub fn subscription(&self, _id: SubscriptionId) -> Option<Arc<Subscription>> {
        todo!()
    }

    /// At most `limit` names for what was typed so far, best first; tolerates a typo; an empty prefix gives the most frequent.
    #[must_use]
    pub fn complete(&self, _kind: NameKind, _typed: &str, _limit: usize) -> Vec<Completion> {
        todo!()
    }
    /// The skills whose names are nearest to an unknown name.
    #[must_use]
    pub fn nearest_skills(&self, _name: &str, _limit: usize) -> Vec<SkillId> {
        todo!()
    }
    /// The company of the store with this exact name (folded).
    #[must_use]
    pub fn company(&self, _name: &str) -> Option<String> {
        todo!()
    }
}
