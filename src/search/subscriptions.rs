//! Subscriptions by opening: an inverted index keyed by each filter's rarest condition, verified with the reference.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::domain::filter::{Filter, World, document_terms};
use crate::domain::ids::{SkillId, SubscriptionId};
use crate::domain::opening::Opening;
use crate::domain::subscription::{Subscription, Topic};
use crate::domain::text::fold;
use crate::domain::time::Millis;

/// All subscriptions to openings.
#[derive(Debug, Default)]
pub(super) struct Subscriptions {
    revision: i64,
    all: Vec<Arc<Subscription>>,
    by_id: HashMap<SubscriptionId, usize>,
    by_skill: HashMap<SkillId, Vec<usize>>,
    by_word: HashMap<String, Vec<usize>>,
    by_company: HashMap<String, Vec<usize>>,
    /// Those whose filter has nothing to be found by.
    others: Vec<usize>,
}

/// What a subscription is found by.
enum Key {
    Skills(BTreeSet<SkillId>),
    Word(String),
    Companies(BTreeSet<String>),
    Nothing,
}

impl Subscriptions {
    /// `frequency` tells how many openings hold a word.
    pub(super) fn new(
        revision: i64,
        subscriptions: Vec<Subscription>,
        world: &World,
        frequency: &dyn Fn(&str) -> u64,
    ) -> Self {
        let mut held = Self { revision, ..Self::default() };
        for subscription in subscriptions {
            let Topic::Openings { filter } = &subscription.topic else { continue };
            let place = held.all.len();
            match key(filter, world, frequency) {
                Key::Skills(skills) => {
                    for skill in skills {
                        held.by_skill.entry(skill).or_default().push(place);
                    }
                }
                Key::Word(word) => held.by_word.entry(word).or_default().push(place),
                Key::Companies(names) => {
                    for name in names {
                        held.by_company.entry(name).or_default().push(place);
                    }
                }
                Key::Nothing => held.others.push(place),
            }
            held.by_id.insert(subscription.id, place);
            held.all.push(Arc::new(subscription));
        }
        held
    }

    pub(super) const fn revision(&self) -> i64 {
        self.revision
    }

    pub(super) fn get(&self, id: SubscriptionId) -> Option<Arc<Subscription>> {
        self.by_id.get(&id).map(|place| Arc::clone(&self.all[*place]))
    }

    pub(super) fn matching(&self, opening: &Opening, world: &World, now: Millis) -> Vec<Arc<Subscription>> {
        let mut places: BTreeSet<usize> = self.others.iter().copied().collect();
        for skill in &opening.facts.skills {
            places.extend(self.by_skill.get(skill).into_iter().flatten());
        }
        places.extend(self.by_company.get(&fold(&opening.company)).into_iter().flatten());
        if !self.by_word.is_empty() {
            for word in document_terms(opening, world) {
                places.extend(self.by_word.get(&word).into_iter().flatten());
            }
        }
        let mut found: Vec<Arc<Subscription>> = places
            .into_iter()
            .map(|place| &self.all[place])
            .filter(
                |one| matches!(&one.topic, Topic::Openings { filter } if filter.matches(opening, world, now)),
            )
            .map(Arc::clone)
            .collect();
        found.sort_by_key(|one| one.id);
        found
    }
}

/// The rarest of what the filter cannot do without. Companies are rarer than words, words than skills, as a rule;
/// between words, the index of openings knows.
fn key(filter: &Filter, world: &World, frequency: &dyn Fn(&str) -> u64) -> Key {
    if !filter.companies_only.is_empty() {
        return Key::Companies(filter.companies_only.iter().map(|name| fold(name)).collect());
    }
    let word = filter
        .text
        .iter()
        .filter(|term| !term.exclude)
        .flat_map(crate::domain::filter::TextTerm::terms)
        .min_by_key(|word| frequency(word));
    if let Some(word) = word {
        return Key::Word(word);
    }
    let with_parts = |wanted: &SkillId| {
        let mut all: BTreeSet<SkillId> = world.under.get(wanted).cloned().unwrap_or_default();
        all.insert(wanted.clone());
        all
    };
    // The one with the fewest skills under it is the narrowest.
    if let Some(narrowest) = filter.skills_all.iter().map(with_parts).min_by_key(BTreeSet::len) {
        return Key::Skills(narrowest);
    }
    if !filter.skills_any.is_empty() {
        return Key::Skills(filter.skills_any.iter().flat_map(with_parts).collect());
    }
    Key::Nothing
}
