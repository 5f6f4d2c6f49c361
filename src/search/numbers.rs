//! What today's openings say of a filter: how many, how new, where, at which level and pay, and with which other skills.
//! Exact counts over what is held in memory; nothing is estimated, and shares say of how many they are.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::openings::{Openings, Viewer};
use crate::domain::filter::Filter;
use crate::domain::ids::SkillId;
use crate::domain::level::{Level, WorkMode};
use crate::domain::pay::Pay;
use crate::domain::time::DAY;

/// The days that "new" looks back, and those before them that it is compared with.
pub const WINDOW: i64 = 30;

/// What the open openings of a filter say.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Numbers {
    /// Open now.
    pub open: u64,
    /// Published in the last [`WINDOW`] days, open or closed since.
    pub new: u64,
    /// Published in the window before that.
    pub before: u64,
    /// Remote among the open ones whose work mode is known, and how many those are.
    pub remote: (u64, u64),
    /// Open ones by level, most first, and how many have one.
    pub levels: (Vec<(Level, u64)>, u64),
    /// Yearly pay by currency, the currency with most openings first.
    pub pay: Vec<Spread>,
    /// Skills that stand beside it more often than chance, the strongest first.
    pub companions: Vec<Companion>,
    /// Companies with most open openings.
    pub companies: Vec<(String, u64)>,
}

/// The middle half of yearly pay in one currency, of the middles of the ranges that openings state.
#[derive(Debug, Clone, PartialEq)]
pub struct Spread {
    /// ISO 4217.
    pub currency: String,
    /// Openings that state it.
    pub count: u64,
    /// A quarter of them pays at most this.
    pub lower: f64,
    /// Half of them.
    pub median: f64,
    /// Three quarters of them.
    pub upper: f64,
}

/// A skill that stands beside another.
#[derive(Debug, Clone, PartialEq)]
pub struct Companion {
    /// Which.
    pub skill: SkillId,
    /// Open openings that ask for both.
    pub both: u64,
    /// How many times more often than if the two had nothing to do with each other.
    pub lift: f64,
}

/// A companion stands in at least this many openings beside the skill, and this share of them.
const COMPANION: (u64, f64) = (5, 0.05);

pub(super) fn numbers(openings: &Openings, filter: &Filter, viewer: Viewer<'_>) -> Numbers {
    let mut numbers = Numbers::default();
    let mut levels: HashMap<Level, u64> = HashMap::new();
    let mut pay: HashMap<&str, Vec<f64>> = HashMap::new();
    let mut skills: HashMap<&SkillId, u64> = HashMap::new();
    let mut companies: HashMap<&str, u64> = HashMap::new();
    let current = openings.matching(filter, viewer, |segment| &segment.current);
    for (segment, matching) in openings.segments().iter().zip(&current) {
        for number in matching {
            let doc = &segment.docs[number as usize];
            match viewer.now.since(doc.posted_at).max(0) / DAY {
                0..WINDOW => numbers.new += 1,
                WINDOW..60 => numbers.before += 1,
                _ => {}
            }
            if !doc.open {
                continue;
            }
            numbers.open += 1;
            let facts = &doc.slim.facts;
            if let Some(mode) = facts.work_mode {
                numbers.remote.1 += 1;
                numbers.remote.0 += u64::from(mode == WorkMode::Remote);
            }
            if let Some(level) = facts.level {
                numbers.levels.1 += 1;
                *levels.entry(level).or_default() += 1;
            }
            if let Some((currency, year)) = facts.pay.as_ref().and_then(a_year) {
                pay.entry(currency).or_default().push(year);
            }
            for skill in &facts.skills {
                *skills.entry(skill).or_default() += 1;
            }
            if !doc.slim.company.is_empty() {
                *companies.entry(doc.slim.company.as_str()).or_default() += 1;
            }
        }
    }
    numbers.levels.0 = ranked(levels.into_iter());
    numbers.companies = ranked(companies.into_iter().map(|(name, many)| (name.to_owned(), many)));
    numbers.companies.truncate(10);
    numbers.pay = pay.into_iter().map(|(currency, years)| spread(currency, years)).collect();
    numbers.pay.sort_by(|a, b| (b.count, &a.currency).cmp(&(a.count, &b.currency)));
    numbers.companions = companions(openings, filter, viewer, numbers.open, skills);
    numbers
}

/// Skills beside the filter's own, by lift: how often both, over how often chance would bring them together.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of openings are far below where floats lose whole numbers"
)]
fn companions(
    openings: &Openings,
    filter: &Filter,
    viewer: Viewer<'_>,
    open: u64,
    skills: HashMap<&SkillId, u64>,
) -> Vec<Companion> {
    let all = openings.open(viewer);
    let wanted = filter.skills_all.iter().chain(&filter.skills_any);
    let own: Vec<&SkillId> = wanted
        .clone()
        .chain(wanted.flat_map(|id| viewer.world.under.get(id).into_iter().flatten()))
        .collect();
    let mut found: Vec<Companion> = skills
        .into_iter()
        .filter(|(skill, both)| {
            !own.contains(skill) && *both >= COMPANION.0 && *both as f64 >= COMPANION.1 * open as f64
        })
        .map(|(skill, both)| {
            let with = openings.open_with(skill, viewer).max(1);
            let lift = (both as f64 * all as f64) / (open.max(1) as f64 * with as f64);
            Companion { skill: skill.clone(), both, lift }
        })
        .filter(|companion| companion.lift > 1.1)
        .collect();
    found.sort_by(|a, b| b.lift.total_cmp(&a.lift).then_with(|| a.skill.cmp(&b.skill)));
    found
}

/// The middle of a stated range for a year, with its currency.
fn a_year(pay: &Pay) -> Option<(&str, f64)> {
    let per_year = pay.period?.per_year();
    let middle = match (pay.min, pay.max) {
        (Some(min), Some(max)) => f64::midpoint(min, max),
        (one, other) => one.or(other)?,
    };
    Some((pay.currency.as_deref()?, middle * per_year))
}

fn spread(currency: &str, mut years: Vec<f64>) -> Spread {
    years.sort_by(f64::total_cmp);
    // The value at or above which the quarter lies: one that an opening states, never one between two.
    let at = |quarter: usize| years[((years.len() * quarter).div_ceil(4)).clamp(1, years.len()) - 1];
    Spread {
        currency: currency.to_owned(),
        count: years.len() as u64,
        lower: at(1),
        median: at(2),
        upper: at(3),
    }
}

fn ranked<T: Ord>(counts: impl Iterator<Item = (T, u64)>) -> Vec<(T, u64)> {
    let mut all: Vec<(T, u64)> = counts.collect();
    all.sort_by(|(a, many), (b, more)| more.cmp(many).then_with(|| a.cmp(b)));
    all
}

/// How a skill's new openings compare with those of the window before; counted also for what it is part of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trend {
    /// Which skill.
    pub skill: SkillId,
    /// Open now.
    pub open: u64,
    /// Published in the last [`WINDOW`] days.
    pub new: u64,
    /// Published in the window before.
    pub before: u64,
}

/// The trends of all skills that openings ask for, by id.
pub(super) fn trends(openings: &Openings, viewer: Viewer<'_>) -> Vec<Trend> {
    let above = viewer.world.above();
    let mut counts: BTreeMap<&SkillId, [u64; 3]> = BTreeMap::new();
    for segment in openings.segments() {
        for number in segment.seen(&segment.current, viewer.own) {
            let doc = &segment.docs[number as usize];
            let age = viewer.now.since(doc.posted_at).max(0) / DAY;
            if !doc.open && age >= 2 * WINDOW {
                continue;
            }
            for skill in above.with(doc.slim.facts.skills.iter()) {
                let [open, new, before] = counts.entry(skill).or_default();
                *open += u64::from(doc.open);
                *new += u64::from(age < WINDOW);
                *before += u64::from((WINDOW..2 * WINDOW).contains(&age));
            }
        }
    }
    let trend = |(skill, [open, new, before]): (&SkillId, [u64; 3])| Trend {
        skill: skill.clone(),
        open,
        new,
        before,
    };
    counts.into_iter().map(trend).collect()
}

/// What somebody who has some skills could do next.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Next {
    /// Open openings of the filter whose first skills they have all of.
    pub covered: u64,
    /// Skills that are the only one missing, with how many openings each would add, most first.
    pub missing: Vec<(SkillId, u64)>,
}

/// The skills of an opening that count for this: what it names first, which is what it is about.
pub const CORE: usize = 5;

/// Which one more skill would open most openings of a filter to somebody who has these. An opening counts when of its
/// first [`CORE`] skills all, or all but one, are there.
pub(super) fn next(
    openings: &Openings,
    filter: &Filter,
    have: &BTreeSet<SkillId>,
    viewer: Viewer<'_>,
) -> Next {
    let have = viewer.world.above().with(have.iter());
    let mut next = Next::default();
    let mut missing: HashMap<&SkillId, u64> = HashMap::new();
    let found = openings.matching(filter, viewer, |segment| &segment.open);
    for (segment, numbers) in openings.segments().iter().zip(&found) {
        for number in numbers {
            let core = segment.docs[number as usize].slim.facts.skills.iter().take(CORE);
            let lacking: Vec<&SkillId> = core.clone().filter(|skill| !have.contains(skill)).collect();
            match lacking.as_slice() {
                // An opening that names no skill says nothing of what is asked for.
                [] if core.len() > 0 => next.covered += 1,
                [one] => *missing.entry(*one).or_default() += 1,
                _ => {}
            }
        }
    }
    next.missing = ranked(missing.into_iter().map(|(skill, many)| (skill.clone(), many)));
    next
}
