//! What somebody looks for: one value, used alike by search, subscriptions and previews, with its reference evaluator.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::ids::SkillId;
use super::level::{Employment, Level, Visa, WorkMode};
use super::opening::Opening;
use super::pay::{Period, Rates};
use super::place::Place;
use super::time::Millis;

/// What somebody looks for. Empty fields ask for nothing; an unknown fact of an opening never excludes it,
/// unless the person asked for that (`pay_stated_only`).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// All of these words and phrases.
    pub text: Vec<TextTerm>,
    /// At least one of these skills.
    pub skills_any: BTreeSet<SkillId>,
    /// Every one of these skills.
    pub skills_all: BTreeSet<SkillId>,
    /// None of these skills.
    pub skills_none: BTreeSet<SkillId>,
    /// At least one of these places (or remote from there, see [`Filter::matches`]).
    pub places: Vec<Place>,
    /// Remote from this country (ISO code) or area; also matches openings at `places`, when both are given.
    pub remote_from: Vec<String>,
    /// One of these work modes.
    pub work_modes: BTreeSet<WorkMode>,
    /// One of these levels.
    pub levels: BTreeSet<Level>,
    /// One of these kinds of contract.
    pub employments: BTreeSet<Employment>,
    /// At least this pay.
    pub pay: Option<PayFloor>,
    /// Only openings that state their pay.
    pub pay_stated_only: bool,
    /// Only these companies (compared folded).
    pub companies_only: BTreeSet<String>,
    /// None of these companies (compared folded).
    pub companies_none: BTreeSet<String>,
    /// No recruiters.
    pub no_agencies: bool,
    /// Sponsorship offered, or not offered.
    pub visa: Option<Visa>,
    /// At most this many years asked for.
    pub max_years: Option<u8>,
    /// Posted within this many hours.
    pub max_age_hours: Option<u32>,
}

/// One word or phrase of the text condition, over title, company, skills and description.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TextTerm {
    /// The words as typed, in order; more than one is a phrase.
    pub words: Vec<String>,
    /// True when openings with these words are unwanted.
    #[serde(default)]
    pub exclude: bool,
}

/// A least pay, compared yearly at the reference rate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PayFloor {
    /// Amount in whole units.
    pub amount: f64,
    /// ISO 4217 code.
    pub currency: String,
    /// What the amount is for.
    pub period: Period,
}

/// What evaluating a filter needs to know of the world besides the opening.
#[derive(Debug, Clone)]
pub struct World {
    /// Reference rates for pay.
    pub rates: Rates,
    /// Skill → the skills that the catalog lists under it (its parts and theirs), without itself.
    pub under: BTreeMap<SkillId, BTreeSet<SkillId>>,
    /// Skill → its canonical name, which counts as text of an opening that is tagged with it.
    pub skill_names: BTreeMap<SkillId, String>,
}

/// The kinds of condition, for chips, for `/why` and for advice on which one to loosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is the filter's field of the same name")]
pub enum Condition {
    Text,
    Skills,
    Places,
    WorkMode,
    Level,
    Employment,
    Pay,
    Companies,
    Agencies,
    Visa,
    Experience,
    Age,
}

/// One condition of a filter, judged on one opening.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// Which condition.
    pub condition: Condition,
    /// Whether the opening keeps it.
    pub kept: bool,
    /// The reason in words for people, with the opening's own fact ("pay 90–120k EUR, at least 80k EUR asked").
    pub reason: String,
}

impl Filter {
    /// Whether nothing is asked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The reference evaluator: whether `opening` is what the filter asks for at `now`.
    #[must_use]
    pub fn matches(&self, _opening: &Opening, _world: &World, _now: Millis) -> bool {
        unimplemented!("written by the owner of domain and search")
    }

    /// Each condition that the filter has, judged on `opening`; all kept exactly when [`Filter::matches`].
    #[must_use]
    pub fn judge(&self, _opening: &Opening, _world: &World, _now: Millis) -> Vec<Verdict> {
        unimplemented!("written by the owner of domain and search")
    }

    /// The filter in short words for people, one chip a condition ("skill Rust", "remote from DE", "senior").
    #[must_use]
    pub fn chips(&self, _world: &World) -> Vec<(Condition, String)> {
        unimplemented!("written by the owner of domain and search")
    }

    /// The conditions that the filter has, in the order of the fields.
    #[must_use]
    pub fn conditions(&self) -> Vec<Condition> {
        unimplemented!("written by the owner of domain and search")
    }

    /// The same filter without `condition`.
    #[must_use]
    pub fn without(&self, _condition: Condition) -> Self {
        unimplemented!("written by the owner of domain and search")
    }
}
