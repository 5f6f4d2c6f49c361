//! What must hold between skills: relations resolve, nothing goes round in a circle, no name is claimed twice unruled.

use std::collections::{BTreeMap, BTreeSet};

use super::names::key;
use super::{CatalogProblem, Rules, Skill};
use crate::domain::ids::SkillId;

/// Names that mean two skills at once; a text with one of them asks for both.
const SHARED: [&str; 9] = [
    "UX/UI",
    "UI/UX",
    "LLM agents",
    "unit and integration tests",
    "unit and integration testing",
    "unit & integration testing",
    "data structures and algorithms",
    "algorithms & data structures",
    "algorithms and data structures",
];

/// All problems between the skills; `file` tells where a skill's data stands.
pub(super) fn check(
    skills: &[Skill],
    rules: &[Rules],
    file: impl Fn(&SkillId) -> String,
) -> Vec<CatalogProblem> {
    let mut problems = Vec::new();
    relations(skills, &file, &mut problems);
    for (what, edges) in [("parents", parents as fn(&Skill) -> &[SkillId]), ("prerequisites", prerequisites)]
    {
        circles(skills, what, edges, &file, &mut problems);
    }
    names(skills, rules, &file, &mut problems);
    problems
}

fn parents(skill: &Skill) -> &[SkillId] {
    &skill.parents
}

fn prerequisites(skill: &Skill) -> &[SkillId] {
    &skill.prerequisites
}

fn relations(skills: &[Skill], file: &impl Fn(&SkillId) -> String, problems: &mut Vec<CatalogProblem>) {
    let ids: BTreeSet<&SkillId> = skills.iter().map(|skill| &skill.id).collect();
    for skill in skills {
        let lists = [
            ("parents", &skill.parents),
            ("prerequisites", &skill.prerequisites),
            ("related", &skill.related),
        ];
        for (what, list) in lists {
            for id in list {
                if !ids.contains(id) {
                    problems.push(CatalogProblem {
                        file: file(&skill.id),
                        problem: format!(
                            "`{what}` of `{}` names `{id}`, which is no skill; correct or remove it.",
                            skill.id
                        ),
                    });
                } else if *id == skill.id {
                    problems.push(CatalogProblem {
                        file: file(&skill.id),
                        problem: format!("`{what}` of `{id}` names the skill itself; remove it."),
                    });
                }
            }
        }
    }
}

/// Walks depth first; each circle is told once, at the skill where it closes.
fn circles(
    skills: &[Skill],
    what: &str,
    edges: fn(&Skill) -> &[SkillId],
    file: &impl Fn(&SkillId) -> String,
    problems: &mut Vec<CatalogProblem>,
) {
    let by_id: BTreeMap<&SkillId, &Skill> = skills.iter().map(|skill| (&skill.id, skill)).collect();
    let mut done: BTreeSet<&SkillId> = BTreeSet::new();
    for start in skills {
        // (skill, next edge to follow): the path from `start`, without recursion.
        let mut path: Vec<(&Skill, usize)> = vec![(start, 0)];
        while let Some((skill, next)) = path.last_mut() {
            let skill = *skill;
            let Some(id) = (!done.contains(&skill.id)).then(|| edges(skill).get(*next)).flatten() else {
                done.insert(&skill.id);
                path.pop();
                continue;
            };
            *next += 1;
            let Some(to) = by_id.get(id).copied().filter(|to| to.id != skill.id) else { continue };
            if let Some(at) = path.iter().position(|(on, _)| on.id == to.id) {
                let mut round: Vec<&str> = path[at..].iter().map(|(on, _)| on.id.as_str()).collect();
                round.push(to.id.as_str());
                problems.push(CatalogProblem {
                    file: file(&skill.id),
                    problem: format!(
                        "`{what}` go round in a circle: {}; remove one of these links.",
                        round.join(" → ")
                    ),
                });
            } else {
                path.push((to, 0));
            }
        }
    }
}

fn names(
    skills: &[Skill],
    rules: &[Rules],
    file: &impl Fn(&SkillId) -> String,
    problems: &mut Vec<CatalogProblem>,
) {
    let shared: BTreeSet<String> = SHARED.iter().map(|form| key(form)).collect();
    let mut owner: BTreeMap<String, (&Skill, bool)> = BTreeMap::new();
    for (skill, rules) in skills.iter().zip(rules) {
        let ruled: BTreeSet<String> =
            rules.weak.iter().chain(&rules.list_only).chain(&rules.never).map(|form| key(form)).collect();
        let mut own = BTreeSet::new();
        for form in [&skill.name].into_iter().chain(&skill.aliases).chain(&skill.covers) {
            let form_key = key(form);
            if !own.insert(form_key.clone()) || shared.contains(&form_key) {
                continue;
            }
            let has_rule = ruled.contains(&form_key);
            match owner.get(&form_key) {
                Some((other, other_rule)) if !has_rule && !other_rule => problems.push(CatalogProblem {
                    file: file(&skill.id),
                    problem: format!(
                        "the name `{form}` of `{}` also belongs to `{}`; remove it from one, or add a [[rule]] for it.",
                        skill.id, other.id
                    ),
                }),
                Some(_) => {}
                None => {
                    owner.insert(form_key, (skill, has_rule));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn skill(id: &str, aliases: &[&str], prerequisites: &[&str]) -> Skill {
        Skill {
            id: id.into(),
            name: id.to_owned(),
            kind: "tool".to_owned(),
            area: "devops".to_owned(),
            tier: 3,
            rank: 1,
            aliases: aliases.iter().map(|&alias| alias.to_owned()).collect(),
            covers: Vec::new(),
            parents: Vec::new(),
            prerequisites: prerequisites.iter().map(|&id| id.into()).collect(),
            related: Vec::new(),
            explainer: None,
        }
    }

    fn told(skills: &[Skill]) -> Vec<String> {
        let rules = vec![Rules::default(); skills.len()];
        check(skills, &rules, |id| format!("{id}.md")).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_circle_of_prerequisites_is_told_once_with_its_way() {
        let told = told(&[skill("a", &[], &["b"]), skill("b", &[], &["c"]), skill("c", &[], &["a"])]);
        assert_eq!(
            told,
            ["c.md: `prerequisites` go round in a circle: a → b → c → a; remove one of these links."]
        );
    }

    #[test]
    fn two_ways_to_one_skill_are_no_circle() {
        assert_eq!(
            told(&[skill("a", &[], &["b", "c"]), skill("b", &[], &["c"]), skill("c", &[], &[])]),
            [""; 0]
        );
    }

    #[test]
    fn unknown_ids_and_names_claimed_twice_are_told_together() {
        let told = told(&[skill("a", &["Same Thing"], &["nowhere"]), skill("b", &["same-thing"], &[])]);
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].contains("names `nowhere`, which is no skill"));
        assert!(told[1].starts_with("b.md: the name `same-thing` of `b` also belongs to `a`"));
    }
}
