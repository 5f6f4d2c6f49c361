//! Which tips there are, and which of them a channel is given next.

use std::collections::BTreeSet;

use super::catalog::Catalog;
use crate::domain::filter::{Filter, World};
use crate::domain::ids::SkillId;
use crate::domain::time::Millis;

/// Every tip about `area` and what lies under it, or all: skill and number.
#[must_use]
pub fn pool(catalog: &Catalog, world: &World, area: Option<&SkillId>) -> Vec<(SkillId, u16)> {
    catalog
        .skills()
        .iter()
        .filter(|skill| {
            area.is_none_or(|area| {
                *area == skill.id || world.under.get(area).is_some_and(|under| under.contains(&skill.id))
            })
        })
        .flat_map(|skill| {
            let count = skill.explainer.as_ref().map_or(0, |page| page.tips.len());
            (0..u16::try_from(count).unwrap_or(u16::MAX)).map(|number| (skill.id.clone(), number))
        })
        .collect()
}

/// Those of `pool` about the skills that these filters ask for, what lies under them, and what is near; all when there
/// are fewer than a week's worth.
#[must_use]
pub fn fitting(
    catalog: &Catalog,
    world: &World,
    pool: Vec<(SkillId, u16)>,
    filters: &[&Filter],
) -> Vec<(SkillId, u16)> {
    let mut wanted: BTreeSet<&SkillId> = BTreeSet::new();
    for asked in filters.iter().flat_map(|filter| filter.skills_all.iter().chain(&filter.skills_any)) {
        wanted.insert(asked);
        wanted.extend(world.under.get(asked).into_iter().flatten());
        wanted.extend(
            catalog.get(asked).into_iter().flat_map(|skill| skill.related.iter().chain(&skill.prerequisites)),
        );
    }
    let fits: Vec<(SkillId, u16)> =
        pool.iter().filter(|(skill, _)| wanted.contains(skill)).cloned().collect();
    if fits.len() < WEEK { pool } else { fits }
}

/// Tips of a working week.
const WEEK: usize = 5;

/// Chooses the next of `pool`: one that was never given, or the one given longest ago. `given` is newest first;
/// `dice` varies the choice among equals.
#[must_use]
pub fn choose(
    pool: &[(SkillId, u16)],
    given: &[(SkillId, u16, Millis)],
    dice: u64,
) -> Option<(SkillId, u16)> {
    let last = |tip: &(SkillId, u16)| {
        given.iter().find(|(skill, number, _)| *skill == tip.0 && *number == tip.1).map(|(_, _, at)| *at)
    };
    let oldest = pool.iter().map(last).min()?;
    let mut equals: Vec<&(SkillId, u16)> = pool.iter().filter(|tip| last(tip) == oldest).collect();
    // Not the skill of the last tip again, where there is a choice.
    if let Some((previous, _, _)) = given.first()
        && equals.iter().any(|tip| tip.0 != *previous)
    {
        equals.retain(|tip| tip.0 != *previous);
    }
    let at = usize::try_from(dice % equals.len() as u64).unwrap_or(0);
    equals.get(at).map(|tip| (*tip).clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_channel_gets_tips_about_what_it_asks_for() {
        let catalog = Catalog::load(None).unwrap();
        let rates = crate::domain::pay::Rates { date: String::new(), usd: Default::default() };
        let world = World { rates, under: catalog.under(), skill_names: Default::default() };
        let rust = Filter { skills_all: ["rust".into()].into(), ..Filter::default() };
        let all = pool(&catalog, &world, None);
        let fits = fitting(&catalog, &world, all.clone(), &[&rust]);
        assert!(fits.len() >= WEEK && fits.len() < all.len() / 4, "{} of {}", fits.len(), all.len());
        assert!(fits.iter().any(|(skill, _)| skill.as_str() == "rust"));
        assert_eq!(fitting(&catalog, &world, all.clone(), &[&Filter::default()]).len(), all.len());
    }

    #[test]
    fn no_tip_comes_back_before_all_others_were_given() {
        let pool: Vec<(SkillId, u16)> =
            [("rust", 0), ("rust", 1), ("go", 0)].map(|(skill, n)| (skill.into(), n)).to_vec();
        let mut given: Vec<(SkillId, u16, Millis)> = Vec::new();
        for round in 0..4 {
            let mut seen = std::collections::BTreeSet::new();
            for step in 0..3 {
                let tip = choose(&pool, &given, round * 7 + step).unwrap();
                assert!(seen.insert(tip.clone()), "{tip:?} twice in round {round}");
                given.insert(0, (tip.0, tip.1, Millis((round * 3 + step) as i64)));
            }
        }
        assert_eq!(choose(&[], &given, 1), None);
    }
}
