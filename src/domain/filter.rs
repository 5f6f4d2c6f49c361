//! What somebody looks for: one value, used alike by search, subscriptions and previews, with its reference evaluator.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::ids::SkillId;
use super::level::{Employment, Level, Visa, WorkMode};
use super::opening::Opening;
use super::pay::{Period, Rates};
use super::place::{Place, area_holds, areas_meet};
use super::text::{BREAK, fold, holds, terms};
use super::time::{HOUR, Millis};

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

/// For each skill those that it counts for as well: whoever asks for Kafka asks for event-driven systems.
#[derive(Debug)]
pub struct Above<'a>(BTreeMap<&'a SkillId, Vec<&'a SkillId>>);

impl World {
    /// What each skill is part of.
    #[must_use]
    pub fn above(&self) -> Above<'_> {
        let mut above: BTreeMap<&SkillId, Vec<&SkillId>> = BTreeMap::new();
        for (area, under) in &self.under {
            for skill in under {
                above.entry(skill).or_default().push(area);
            }
        }
        Above(above)
    }
}

impl<'a> Above<'a> {
    /// These skills and what they are part of, each once.
    #[must_use]
    pub fn with(&self, skills: impl Iterator<Item = &'a SkillId> + Clone) -> BTreeSet<&'a SkillId> {
        let up = skills.clone().flat_map(|skill| self.0.get(skill).into_iter().flatten().copied());
        skills.chain(up).collect()
    }
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

impl Condition {
    /// Every kind, in the order of the filter's fields.
    pub const ALL: &[Self] = &[
        Self::Text,
        Self::Skills,
        Self::Places,
        Self::WorkMode,
        Self::Level,
        Self::Employment,
        Self::Pay,
        Self::Companies,
        Self::Agencies,
        Self::Visa,
        Self::Experience,
        Self::Age,
    ];
}

impl Filter {
    /// Whether nothing is asked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The reference evaluator: whether `opening` is what the filter asks for at `now`. The search index and the
    /// subscription index must agree with it on every opening.
    #[must_use]
    pub fn matches(&self, opening: &Opening, world: &World, now: Millis) -> bool {
        self.conditions().into_iter().all(|condition| self.keeps(condition, opening, world, now))
    }

    /// Whether `opening` keeps one condition; true when the filter does not have it.
    #[must_use]
    pub fn keeps(&self, condition: Condition, opening: &Opening, world: &World, now: Millis) -> bool {
        let facts = &opening.facts;
        match condition {
            Condition::Text => self.keeps_text(opening, world),
            Condition::Skills => self.keeps_skills(opening, world),
            Condition::Places => self.keeps_places(opening),
            Condition::WorkMode => allows(&self.work_modes, facts.work_mode),
            Condition::Level => allows(&self.levels, facts.level),
            Condition::Employment => allows(&self.employments, facts.employment),
            Condition::Pay => self.keeps_pay(opening, world),
            Condition::Companies => {
                let company = fold(&opening.company);
                (self.companies_only.is_empty() || self.companies_only.iter().any(|c| fold(c) == company))
                    && !self.companies_none.iter().any(|c| fold(c) == company)
            }
            Condition::Agencies => !(self.no_agencies && facts.agency == Some(true)),
            Condition::Visa => self.visa.is_none() || facts.visa.is_none() || self.visa == facts.visa,
            Condition::Experience => match (self.max_years, facts.years) {
                (Some(most), Some(asked)) => asked <= most,
                _ => true,
            },
            Condition::Age => {
                self.max_age_hours.is_none_or(|hours| now.since(opening.posted_at) <= i64::from(hours) * HOUR)
            }
        }
    }

    /// The conditions that the filter has, in the order of the fields.
    #[must_use]
    pub fn conditions(&self) -> Vec<Condition> {
        Condition::ALL.iter().copied().filter(|&condition| self.has(condition)).collect()
    }

    /// Whether the filter asks for anything by this condition.
    #[must_use]
    pub fn has(&self, condition: Condition) -> bool {
        match condition {
            Condition::Text => !self.text.is_empty(),
            Condition::Skills => {
                !(self.skills_any.is_empty() && self.skills_all.is_empty() && self.skills_none.is_empty())
            }
            Condition::Places => !(self.places.is_empty() && self.remote_from.is_empty()),
            Condition::WorkMode => !self.work_modes.is_empty(),
            Condition::Level => !self.levels.is_empty(),
            Condition::Employment => !self.employments.is_empty(),
            Condition::Pay => self.pay.is_some() || self.pay_stated_only,
            Condition::Companies => !(self.companies_only.is_empty() && self.companies_none.is_empty()),
            Condition::Agencies => self.no_agencies,
            Condition::Visa => self.visa.is_some(),
            Condition::Experience => self.max_years.is_some(),
            Condition::Age => self.max_age_hours.is_some(),
        }
    }

    /// The same filter without `condition`.
    #[must_use]
    pub fn without(&self, condition: Condition) -> Self {
        let mut rest = self.clone();
        match condition {
            Condition::Text => rest.text.clear(),
            Condition::Skills => {
                rest.skills_any.clear();
                rest.skills_all.clear();
                rest.skills_none.clear();
            }
            Condition::Places => {
                rest.places.clear();
                rest.remote_from.clear();
            }
            Condition::WorkMode => rest.work_modes.clear(),
            Condition::Level => rest.levels.clear(),
            Condition::Employment => rest.employments.clear(),
            Condition::Pay => {
                rest.pay = None;
                rest.pay_stated_only = false;
            }
            Condition::Companies => {
                rest.companies_only.clear();
                rest.companies_none.clear();
            }
            Condition::Agencies => rest.no_agencies = false,
            Condition::Visa => rest.visa = None,
            Condition::Experience => rest.max_years = None,
            Condition::Age => rest.max_age_hours = None,
        }
        rest
    }

    fn keeps_text(&self, opening: &Opening, world: &World) -> bool {
        if self.text.is_empty() {
            return true;
        }
        let document = document_terms(opening, world);
        self.text.iter().all(|term| match term.terms().as_slice() {
            // Words of signs only ("&") ask for nothing that could be found.
            [] => true,
            phrase => holds(&document, phrase) != term.exclude,
        })
    }

    fn keeps_skills(&self, opening: &Opening, world: &World) -> bool {
        let has = |wanted: &SkillId| {
            opening.facts.skills.iter().any(|skill| {
                skill == wanted || world.under.get(wanted).is_some_and(|under| under.contains(skill))
            })
        };
        (self.skills_any.is_empty() || self.skills_any.iter().any(has))
            && self.skills_all.iter().all(has)
            && !self.skills_none.iter().any(has)
    }

    /// A remote opening lies in every place from which it may be done; an opening whose place is unknown is kept.
    fn keeps_places(&self, opening: &Opening) -> bool {
        if self.places.is_empty() && self.remote_from.is_empty() {
            return true;
        }
        let facts = &opening.facts;
        let in_place =
            facts.places.iter().any(|place| self.places.iter().any(|wanted| place.lies_in(wanted)));
        if in_place {
            return true;
        }
        match facts.work_mode {
            Some(WorkMode::Remote) if facts.remote_from.is_empty() => {
                !self.remote_from.is_empty() || facts.places.is_empty()
            }
            Some(WorkMode::Remote) => {
                let countries = self.places.iter().filter_map(|place| place.country.as_deref());
                let mut wanted = self.remote_from.iter().map(String::as_str).chain(countries);
                wanted.any(|want| facts.remote_from.iter().any(|offered| areas_meet(offered, want)))
            }
            Some(_) => !self.places.is_empty() && facts.places.is_empty(),
            None => {
                facts.places.is_empty()
                    || facts
                        .places
                        .iter()
                        .filter_map(|place| place.country.as_deref())
                        .any(|country| self.remote_from.iter().any(|area| area_holds(area, country)))
            }
        }
    }

    fn keeps_pay(&self, opening: &Opening, world: &World) -> bool {
        let Some(pay) = &opening.facts.pay else { return !self.pay_stated_only };
        let Some(floor) = &self.pay else { return true };
        let asked = world.rates.usd_per_year(floor.amount, &floor.currency, floor.period);
        match (pay.best_usd_per_year(&world.rates), asked) {
            (Some(offered), Some(asked)) => offered >= asked,
            _ => true,
        }
    }
}

impl TextTerm {
    /// The words in the form in which texts are compared.
    #[must_use]
    pub fn terms(&self) -> Vec<String> {
        terms(&self.words.join(" "))
    }
}

/// The terms of an opening that the text condition looks at: title, company, names of its skills, description,
/// with [`super::text::BREAK`] between the fields.
#[must_use]
pub fn document_terms(opening: &Opening, world: &World) -> Vec<String> {
    let mut all = Vec::new();
    for field in document_fields(opening, world) {
        all.extend(terms(field));
        all.push(BREAK.to_owned());
    }
    all
}

/// The texts of an opening that text conditions look at, in order; between two of them stands a [`BREAK`].
pub fn document_fields<'a>(opening: &'a Opening, world: &'a World) -> impl Iterator<Item = &'a str> {
    let names = opening.facts.skills.iter().filter_map(|id| world.skill_names.get(id)).map(String::as_str);
    let first = [opening.title.as_str(), opening.company.as_str()];
    first.into_iter().chain(names).chain([opening.description.as_str()])
}

/// An unknown fact is allowed by every set; an empty set allows everything.
fn allows<T: Ord>(wanted: &BTreeSet<T>, fact: Option<T>) -> bool {
    wanted.is_empty() || fact.is_none_or(|fact| wanted.contains(&fact))
}
