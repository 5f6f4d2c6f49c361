//! A segment: openings numbered newest first, with a bitmap for every word, skill and distinct value.
//!
//! Word and skill conditions are set algebra. For every other condition the openings are grouped by the value that
//! the condition looks at, and the reference predicate decides once for each distinct value, so that index and
//! reference agree by construction.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use roaring::RoaringBitmap;

use crate::domain::filter::{Condition, Filter, TextTerm, World};
use crate::domain::ids::{FeedKey, OpeningId, SkillId};
use crate::domain::opening::{Facts, Opening};
use crate::domain::text::fold;
use crate::domain::time::{HOUR, Millis};

/// What is kept of one opening.
#[derive(Debug, Clone)]
pub(super) struct Doc {
    pub(super) id: OpeningId,
    pub(super) posted_at: Millis,
    pub(super) open: bool,
    /// Best yearly pay in US dollars.
    pub(super) pay: Option<f64>,
    /// The facts without summary and evidence, with the company: what all conditions but text look at.
    pub(super) slim: std::sync::Arc<Opening>,
    /// The terms of its text in order, by number.
    pub(super) terms: Box<[u32]>,
}

/// Openings that were indexed together.
#[derive(Debug, Default)]
pub(super) struct Segment {
    pub(super) docs: Vec<Doc>,
    /// Those not replaced by a later segment.
    pub(super) current: RoaringBitmap,
    /// Those of `current` that are open.
    pub(super) open: RoaringBitmap,
    words: HashMap<u32, RoaringBitmap>,
    skills: HashMap<SkillId, RoaringBitmap>,
    companies: HashMap<String, RoaringBitmap>,
    /// Condition → distinct values: one opening that has it, and all that do.
    values: HashMap<Condition, Vec<(u32, RoaringBitmap)>>,
    /// Those that only the servers with this board of their own see.
    only: HashMap<FeedKey, RoaringBitmap>,
}

/// The conditions that are decided once for each distinct value.
const GROUPED: &[Condition] = &[
    Condition::Places,
    Condition::WorkMode,
    Condition::Level,
    Condition::Employment,
    Condition::Pay,
    Condition::Agencies,
    Condition::Visa,
    Condition::Experience,
];

impl Doc {
    pub(super) fn new(opening: &Opening, world: &World, terms: Box<[u32]>) -> Self {
        let facts = &opening.facts;
        let slim = Opening {
            title: String::new(),
            url: String::new(),
            description: String::new(),
            feeds: Vec::new(),
            facts: Facts {
                summary: None,
                language: None,
                nice_to_have: Vec::new(),
                evidence: Default::default(),
                ..facts.clone()
            },
            ..opening.clone()
        };
        Self {
            id: opening.id,
            posted_at: opening.posted_at,
            open: opening.is_open(),
            pay: facts.pay.as_ref().and_then(|pay| pay.best_usd_per_year(&world.rates)),
            slim: std::sync::Arc::new(slim),
            terms,
        }
    }
}

impl Segment {
    /// Indexes `docs`, in whatever order they come.
    pub(super) fn new(mut docs: Vec<Doc>) -> Self {
        docs.sort_by_key(|doc| std::cmp::Reverse((doc.posted_at, doc.id)));
        let mut words: HashMap<u32, Vec<u32>> = HashMap::new();
        let mut skills: HashMap<SkillId, Vec<u32>> = HashMap::new();
        let mut companies: HashMap<String, Vec<u32>> = HashMap::new();
        let mut values: HashMap<(Condition, u64), Vec<u32>> = HashMap::new();
        let mut only: HashMap<FeedKey, Vec<u32>> = HashMap::new();
        let mut open = Vec::new();
        let numbered = || (0_u32..).zip(&docs);
        for (number, doc) in numbered() {
            let push = |list: &mut Vec<u32>| {
                if list.last() != Some(&number) {
                    list.push(number);
                }
            };
            for term in &doc.terms {
                push(words.entry(*term).or_default());
            }
            for skill in &doc.slim.facts.skills {
                push(skills.entry(skill.clone()).or_default());
            }
            push(companies.entry(fold(&doc.slim.company)).or_default());
            for &condition in GROUPED {
                push(values.entry((condition, value(condition, &doc.slim.facts))).or_default());
            }
            if let Some(feed) = &doc.slim.only {
                push(only.entry(feed.clone()).or_default());
            }
            if doc.open {
                open.push(number);
            }
        }
        let mut grouped: HashMap<Condition, Vec<(u32, RoaringBitmap)>> = HashMap::new();
        for ((condition, _), list) in values {
            grouped.entry(condition).or_default().push((list[0], bitmap(list)));
        }
        let count = u32::try_from(docs.len()).unwrap_or(u32::MAX);
        Self {
            current: (0..count).collect(),
            open: bitmap(open),
            words: words.into_iter().map(|(word, list)| (word, bitmap(list))).collect(),
            skills: skills.into_iter().map(|(skill, list)| (skill, bitmap(list))).collect(),
            companies: companies.into_iter().map(|(name, list)| (name, bitmap(list))).collect(),
            values: grouped,
            only: only.into_iter().map(|(feed, list)| (feed, bitmap(list))).collect(),
            docs,
        }
    }

    /// Those of `among` that somebody with these boards of their own sees.
    pub(super) fn seen(&self, among: &RoaringBitmap, own: &[FeedKey]) -> RoaringBitmap {
        let mut seen = among.clone();
        for (feed, theirs) in &self.only {
            if !own.contains(feed) {
                seen -= theirs;
            }
        }
        seen
    }

    /// Those of `among` that the filter matches; `terms` holds the numbers of each text term's words.
    pub(super) fn matching(
        &self,
        among: RoaringBitmap,
        filter: &Filter,
        terms: &[Phrase],
        world: &World,
        now: Millis,
    ) -> RoaringBitmap {
        let mut found = among;
        for condition in filter.conditions() {
            if found.is_empty() {
                break;
            }
            match condition {
                Condition::Text => self.keep_text(&mut found, terms),
                Condition::Skills => self.keep_skills(&mut found, filter, world),
                Condition::Companies => self.keep_companies(&mut found, filter),
                Condition::Age => {
                    if let Some(hours) = filter.max_age_hours {
                        let oldest = now.minus(i64::from(hours) * HOUR);
                        let end = self.docs.partition_point(|doc| doc.posted_at >= oldest);
                        found.remove_range(u32::try_from(end).unwrap_or(u32::MAX)..);
                    }
                }
                condition => {
                    let mut kept = RoaringBitmap::new();
                    for (example, group) in self.values.get(&condition).into_iter().flatten() {
                        if filter.keeps(condition, &self.docs[*example as usize].slim, world, now) {
                            kept |= group;
                        }
                    }
                    found &= kept;
                }
            }
        }
        found
    }

    /// How many documents hold a word.
    pub(super) fn frequency(&self, word: u32) -> u64 {
        self.words.get(&word).map_or(0, RoaringBitmap::len)
    }

    /// Documents with a skill.
    pub(super) fn with_skill(&self, skill: &SkillId) -> Option<&RoaringBitmap> {
        self.skills.get(skill)
    }

    fn keep_text(&self, found: &mut RoaringBitmap, terms: &[Phrase]) {
        for phrase in terms {
            let Some(words) = &phrase.words else {
                // A word that no opening holds.
                if !phrase.exclude {
                    found.clear();
                }
                continue;
            };
            let [first, rest @ ..] = words.as_slice() else { continue };
            let mut with = self.words.get(first).cloned().unwrap_or_default();
            for word in rest {
                match self.words.get(word) {
                    Some(bitmap) => with &= bitmap,
                    None => with.clear(),
                }
            }
            if !rest.is_empty() {
                with &= &*found;
                let holds = |number: u32| {
                    self.docs[number as usize]
                        .terms
                        .windows(words.len())
                        .any(|window| window == words.as_slice())
                };
                with = with.iter().filter(|number| holds(*number)).collect();
            }
            if phrase.exclude {
                *found -= with;
            } else {
                *found &= with;
            }
        }
    }

    fn keep_skills(&self, found: &mut RoaringBitmap, filter: &Filter, world: &World) {
        let with = |wanted: &SkillId| {
            let mut with = self.skills.get(wanted).cloned().unwrap_or_default();
            for under in world.under.get(wanted).into_iter().flatten() {
                if let Some(bitmap) = self.skills.get(under) {
                    with |= bitmap;
                }
            }
            with
        };
        if !filter.skills_any.is_empty() {
            let mut any = RoaringBitmap::new();
            for wanted in &filter.skills_any {
                any |= with(wanted);
            }
            *found &= any;
        }
        for wanted in &filter.skills_all {
            *found &= with(wanted);
        }
        for unwanted in &filter.skills_none {
            *found -= with(unwanted);
        }
    }

    fn keep_companies(&self, found: &mut RoaringBitmap, filter: &Filter) {
        let of = |name: &String| self.companies.get(&fold(name));
        if !filter.companies_only.is_empty() {
            let mut only = RoaringBitmap::new();
            for bitmap in filter.companies_only.iter().filter_map(of) {
                only |= bitmap;
            }
            *found &= only;
        }
        for bitmap in filter.companies_none.iter().filter_map(of) {
            *found -= bitmap;
        }
    }
}

/// A text term with its words as numbers.
#[derive(Debug)]
pub(super) struct Phrase {
    /// `None` when one of the words is in no opening; empty when the term is of signs only.
    pub(super) words: Option<Vec<u32>>,
    pub(super) exclude: bool,
}

impl Phrase {
    pub(super) fn new(term: &TextTerm, number: impl Fn(&str) -> Option<u32>) -> Self {
        let words = term.terms().iter().map(|word| number(word)).collect();
        Self { words, exclude: term.exclude }
    }
}

/// The part of the facts that a condition looks at, as a hash.
fn value(condition: Condition, facts: &Facts) -> u64 {
    let mut hasher = DefaultHasher::new();
    match condition {
        Condition::Places => (&facts.places, &facts.remote_from, facts.work_mode).hash(&mut hasher),
        Condition::WorkMode => facts.work_mode.hash(&mut hasher),
        Condition::Level => facts.level.hash(&mut hasher),
        Condition::Employment => facts.employment.hash(&mut hasher),
        Condition::Pay => {
            if let Some(pay) = &facts.pay {
                let bits = |amount: Option<f64>| amount.map(f64::to_bits);
                (bits(pay.min), bits(pay.max), &pay.currency, pay.period).hash(&mut hasher);
            } else {
                "unstated".hash(&mut hasher);
            }
        }
        Condition::Agencies => facts.agency.hash(&mut hasher),
        Condition::Visa => facts.visa.hash(&mut hasher),
        Condition::Experience => facts.years.hash(&mut hasher),
        Condition::Text | Condition::Skills | Condition::Companies | Condition::Age => {}
    }
    hasher.finish()
}

fn bitmap(sorted: Vec<u32>) -> RoaringBitmap {
    RoaringBitmap::from_sorted_iter(sorted).expect("numbers are pushed in rising order, each once")
}
