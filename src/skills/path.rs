//! The way from one skill to another: by what has to be learnt first, what belongs together, and what is part of what.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::catalog::{Catalog, Skill};
use crate::domain::ids::SkillId;

/// Why a step leads on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// It builds on the one before.
    Builds,
    /// It is a part of the one before, or the other way round.
    Part,
    /// The two go together.
    Related,
    /// It is needed for the one before.
    Needs,
}

impl Why {
    /// In words, behind the skill of the step: "builds on it".
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Builds => "builds on it",
            Self::Part => "a part of the same whole",
            Self::Related => "goes with it",
            Self::Needs => "lies beneath it",
        }
    }

    /// Learning upwards is the straight way; sideways costs more, and going back down most.
    const fn cost(self) -> u32 {
        match self {
            Self::Builds => 2,
            Self::Part => 3,
            Self::Related => 4,
            Self::Needs => 5,
        }
    }
}

/// What the way to a skill costs, and the step that leads there.
type Reached<'a> = (u32, Option<(&'a SkillId, Why)>);

/// The cheapest way, each step with why it leads on from the one before; the first is `from` itself. `None` when nothing
/// joins the two.
#[must_use]
pub fn path<'a>(catalog: &'a Catalog, from: &SkillId, to: &SkillId) -> Option<Vec<(&'a Skill, Option<Why>)>> {
    let mut best: BTreeMap<&SkillId, Reached<'_>> = BTreeMap::new();
    let start = &catalog.get(from)?.id;
    let end = &catalog.get(to)?.id;
    let edges = edges(catalog);
    let mut open = BinaryHeap::from([Reverse((0, start))]);
    best.insert(start, (0, None));
    while let Some(Reverse((cost, id))) = open.pop() {
        if id == end {
            break;
        }
        if best.get(id).is_some_and(|(known, _)| *known < cost) {
            continue;
        }
        for (next, why) in edges.get(id).into_iter().flatten() {
            let cost = cost + why.cost();
            if best.get(next).is_none_or(|(known, _)| cost < *known) {
                best.insert(next, (cost, Some((id, *why))));
                open.push(Reverse((cost, *next)));
            }
        }
    }
    let mut steps = Vec::new();
    let mut at = end;
    loop {
        let (_, by) = best.get(at)?;
        steps.push((catalog.get(at)?, by.map(|(_, why)| why)));
        match by {
            Some((before, _)) => at = before,
            None => break,
        }
    }
    steps.reverse();
    Some(steps)
}

fn edges(catalog: &Catalog) -> BTreeMap<&SkillId, Vec<(&SkillId, Why)>> {
    let mut edges: BTreeMap<&SkillId, Vec<(&SkillId, Why)>> = BTreeMap::new();
    let mut join = |one, there, other, back| {
        edges.entry(one).or_default().push((other, there));
        edges.entry(other).or_default().push((one, back));
    };
    for skill in catalog.skills() {
        for first in &skill.prerequisites {
            join(first, Why::Builds, &skill.id, Why::Needs);
        }
        for whole in &skill.parents {
            join(whole, Why::Part, &skill.id, Why::Part);
        }
        for near in &skill.related {
            join(near, Why::Related, &skill.id, Why::Related);
        }
    }
    edges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_leads_from_skill_to_skill_without_a_detour() {
        let catalog = Catalog::load(None).unwrap();
        let way = |from: &str, to: &str| {
            path(&catalog, &from.into(), &to.into())
                .map(|steps| steps.iter().map(|(skill, _)| skill.id.as_str().to_owned()).collect::<Vec<_>>())
        };
        let steps = way("java", "kafka").unwrap();
        assert!(steps.len() >= 2 && steps.len() <= 5, "{steps:?}");
        assert_eq!((steps[0].as_str(), steps[steps.len() - 1].as_str()), ("java", "kafka"));
        assert_eq!(way("rust", "rust").unwrap(), ["rust"]);
        assert_eq!(way("rust", "no-such-skill"), None);
    }
}
