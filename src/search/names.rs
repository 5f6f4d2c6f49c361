//! Names that complete what somebody types: skills, companies, places; by prefix of any of their words, then by typo.

use std::collections::{BTreeMap, HashMap, HashSet};

use fst::automaton::{Levenshtein, Str};
use fst::{Automaton, IntoStreamer, Map, Streamer};

use super::openings::Change;
use super::{Completion, NameKind};
use crate::domain::filter::World;
use crate::domain::ids::SkillId;
use crate::domain::place::Place;
use crate::domain::text::fold;

/// All names.
#[derive(Debug)]
pub(super) struct Names {
    skills: Table,
    companies: Table,
    places: Table,
    /// Every form of a skill's name, folded, for the nearest ones.
    forms: Vec<(String, SkillId)>,
    skill_counts: HashMap<SkillId, u64>,
    /// Folded name → name as written, and open openings.
    company_counts: BTreeMap<String, (String, u64)>,
    place_counts: BTreeMap<String, u64>,
    stale: [bool; 3],
}

/// Names of one kind, searchable.
#[derive(Debug, Default)]
struct Table {
    /// Folded name, or its rest from one of its words on → range in `rows`.
    keys: Option<Map<Vec<u8>>>,
    /// For each key, the entries that have it, and whether the key is the whole name.
    rows: Vec<Vec<(usize, bool)>>,
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    label: String,
    value: String,
    count: u64,
}

impl Names {
    pub(super) fn new(world: &World, skill_names: &[(String, SkillId)]) -> Self {
        let forms: Vec<(String, SkillId)> =
            skill_names.iter().map(|(name, id)| (fold(name), id.clone())).collect();
        let names: HashMap<&SkillId, &String> = world.skill_names.iter().collect();
        let mut table = TableMaker::default();
        let mut seen = HashMap::new();
        for (name, id) in skill_names {
            let label = names.get(id).map_or(name, |name| *name);
            let entry = *seen.entry(id.clone()).or_insert_with(|| table.entry(label, id.as_str(), 0));
            table.name(name, entry);
        }
        Self {
            skills: table.build(),
            companies: Table::default(),
            places: Table::default(),
            forms,
            skill_counts: HashMap::new(),
            company_counts: BTreeMap::new(),
            place_counts: BTreeMap::new(),
            stale: [true; 3],
        }
    }

    /// Counts what came and went.
    pub(super) fn count(&mut self, changes: Vec<Change>) {
        if changes.is_empty() {
            return;
        }
        self.stale = [true; 3];
        let step = |count: &mut u64, came: bool| {
            *count = if came { *count + 1 } else { count.saturating_sub(1) };
        };
        for (opening, came) in changes {
            for skill in &opening.facts.skills {
                step(self.skill_counts.entry(skill.clone()).or_default(), came);
            }
            if !opening.company.is_empty() {
                let name = fold(&opening.company);
                let entry = self.company_counts.entry(name).or_insert_with(|| (opening.company.clone(), 0));
                step(&mut entry.1, came);
            }
            let mut names: HashSet<String> = HashSet::new();
            for place in &opening.facts.places {
                names.insert(place.to_string());
                if let Some(country) = &place.country {
                    names.insert(Place::country(country).to_string());
                }
            }
            for name in names {
                step(self.place_counts.entry(name).or_default(), came);
            }
        }
        self.company_counts.retain(|_, (_, count)| *count > 0);
        self.place_counts.retain(|_, count| *count > 0);
    }

    pub(super) const fn is_stale(&self, kind: NameKind) -> bool {
        self.stale[kind as usize]
    }

    pub(super) fn rebuild(&mut self, kind: NameKind) {
        match kind {
            NameKind::Skill => {
                for entry in &mut self.skills.entries {
                    entry.count = self.skill_counts.get(&SkillId(entry.value.clone())).copied().unwrap_or(0);
                }
            }
            NameKind::Company => {
                let mut table = TableMaker::default();
                for (name, count) in self.company_counts.values() {
                    let entry = table.entry(name, name, *count);
                    table.name(name, entry);
                }
                self.companies = table.build();
            }
            NameKind::Place => {
                let mut table = TableMaker::default();
                for (name, count) in &self.place_counts {
                    let entry = table.entry(name, name, *count);
                    table.name(name, entry);
                }
                self.places = table.build();
            }
        }
        self.stale[kind as usize] = false;
    }

    pub(super) fn complete(&self, kind: NameKind, typed: &str, limit: usize) -> Vec<Completion> {
        let table = match kind {
            NameKind::Skill => &self.skills,
            NameKind::Company => &self.companies,
            NameKind::Place => &self.places,
        };
        table.complete(typed, limit)
    }

    pub(super) fn nearest_skills(&self, name: &str, limit: usize) -> Vec<SkillId> {
        let name = fold(name.trim());
        let mut scored: Vec<(f64, &SkillId)> = self
            .forms
            .iter()
            .map(|(form, id)| (strsim::normalized_damerau_levenshtein(form, &name), id))
            .filter(|(score, _)| *score >= 0.5)
            .collect();
        scored.sort_by(|a, b| {
            let count = |id| self.skill_counts.get(id).copied().unwrap_or(0);
            b.0.total_cmp(&a.0).then_with(|| count(b.1).cmp(&count(a.1))).then_with(|| a.1.cmp(b.1))
        });
        let mut nearest: Vec<SkillId> = Vec::new();
        for (_, id) in scored {
            if nearest.len() < limit && !nearest.contains(id) {
                nearest.push(id.clone());
            }
        }
        nearest
    }

    pub(super) fn company(&self, name: &str) -> Option<String> {
        self.company_counts.get(&fold(name.trim())).map(|(name, _)| name.clone())
    }
}

impl Table {
    fn complete(&self, typed: &str, limit: usize) -> Vec<Completion> {
        let typed = fold(typed.trim());
        // Class 0: the whole name; 1: its beginning; 2: the beginning of a word; 3: a typo away.
        let mut best: HashMap<usize, u8> = HashMap::new();
        if typed.is_empty() {
            best.extend((0..self.entries.len()).map(|entry| (entry, 1)));
        } else {
            self.take(Str::new(&typed).starts_with(), &mut best, |key, whole| match whole {
                true if key.len() == typed.len() => 0,
                true => 1,
                false => 2,
            });
            let allowed = match typed.chars().count() {
                0..=3 => 0,
                4..=7 => 1,
                _ => 2,
            };
            if best.len() < limit
                && allowed > 0
                && let Ok(near) = Levenshtein::new(&typed, allowed)
            {
                self.take(near.starts_with(), &mut best, |_, whole| if whole { 3 } else { 4 });
            }
        }
        let mut found: Vec<(u8, &Entry)> =
            best.into_iter().map(|(entry, class)| (class, &self.entries[entry])).collect();
        found.sort_by(|a, b| {
            (a.0, std::cmp::Reverse(a.1.count), &a.1.label).cmp(&(
                b.0,
                std::cmp::Reverse(b.1.count),
                &b.1.label,
            ))
        });
        found
            .into_iter()
            .take(limit)
            .map(|(_, entry)| Completion { label: entry.label.clone(), value: entry.value.clone() })
            .collect()
    }

    fn take(
        &self,
        automaton: impl Automaton,
        best: &mut HashMap<usize, u8>,
        class: impl Fn(&[u8], bool) -> u8,
    ) {
        let Some(keys) = &self.keys else { return };
        let mut stream = keys.search(automaton).into_stream();
        while let Some((key, row)) = stream.next() {
            let row = usize::try_from(row).unwrap_or(usize::MAX);
            for (entry, whole) in self.rows.get(row).into_iter().flatten() {
                let class = class(key, *whole);
                best.entry(*entry).and_modify(|known| *known = class.min(*known)).or_insert(class);
            }
        }
    }
}

#[derive(Default)]
struct TableMaker {
    entries: Vec<Entry>,
    keys: BTreeMap<String, Vec<(usize, bool)>>,
}

impl TableMaker {
    fn entry(&mut self, label: &str, value: &str, count: u64) -> usize {
        self.entries.push(Entry { label: label.to_owned(), value: value.to_owned(), count });
        self.entries.len() - 1
    }

    /// A name of an entry: found by its beginning and by the beginning of each of its words.
    fn name(&mut self, name: &str, entry: usize) {
        let folded = fold(name);
        let mut starts = vec![0];
        let mut before = ' ';
        for (at, c) in folded.char_indices() {
            if at > 0 && c.is_alphanumeric() && !before.is_alphanumeric() {
                starts.push(at);
            }
            before = c;
        }
        for at in starts {
            self.keys.entry(folded[at..].to_owned()).or_default().push((entry, at == 0));
        }
    }

    fn build(self) -> Table {
        let numbered = self.keys.keys().enumerate().map(|(row, key)| (key.clone(), row as u64));
        let keys = Map::from_iter(numbered).expect("the keys of a BTreeMap rise and are each there once");
        Table { keys: Some(keys), rows: self.keys.into_values().collect(), entries: self.entries }
    }
}
