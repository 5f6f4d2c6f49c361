//! Puts the table, the shipped pages and the operator's own pages together.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::page::{self, Case, Front, Need, Page};
use super::{Catalog, CatalogProblem, Rules, Skill, checks, is_id, names, table};
use crate::domain::ids::SkillId;

/// The pages compiled in, as (id, text).
const PAGES: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/skill_pages.rs"));

/// Table, shipped pages and own pages put together, the pages with their files, and what is wrong.
pub(super) fn assemble(own: Option<&Path>) -> (Catalog, Vec<(String, Page)>, Vec<CatalogProblem>) {
    let mut problems = Vec::new();
    let rows = table::rows(&mut problems);
    let mut texts: BTreeMap<String, (String, String)> = PAGES
        .iter()
        .map(|(id, text)| ((*id).to_owned(), (format!("config/skills/{id}.md"), (*text).to_owned())))
        .collect();
    if let Some(folder) = own {
        read_own(folder, &mut texts, &mut problems);
    }
    let mut skills: BTreeMap<SkillId, (Skill, Rules)> =
        rows.into_iter().map(|row| (row.skill.id.clone(), (row.skill, row.rules))).collect();
    let mut files: BTreeMap<SkillId, String> = BTreeMap::new();
    let mut former: BTreeMap<SkillId, SkillId> = BTreeMap::new();
    let mut pages = Vec::new();
    for (stem, (file, text)) in texts {
        let page = match page::parse(&text) {
            Ok(page) => page,
            Err(problem) => {
                problems.push(CatalogProblem { file, problem });
                continue;
            }
        };
        front_problems(&stem, &page.front, |problem| {
            problems.push(CatalogProblem { file: file.clone(), problem })
        });
        let id = SkillId(stem);
        let (skill, rules) =
            skills.entry(id.clone()).or_insert_with(|| (blank(&id, &page.front), Rules::default()));
        lay_over(skill, rules, &page);
        for old in &page.front.former_ids {
            former.insert(SkillId(old.clone()), id.clone());
        }
        files.insert(id, file.clone());
        pages.push((file, page));
    }
    let (mut skills, rules) = by_rank(skills);
    for skill in &mut skills {
        for list in [&mut skill.parents, &mut skill.prerequisites, &mut skill.related] {
            for id in list {
                if let Some(now) = former.get(id) {
                    *id = now.clone();
                }
            }
        }
    }
    let file = |id: &SkillId| files.get(id).cloned().unwrap_or_else(|| table::FILE.to_owned());
    problems.extend(checks::check(&skills, &rules, file));
    make_symmetric(&mut skills);
    let mut places: BTreeMap<SkillId, usize> =
        skills.iter().zip(0..).map(|(skill, place)| (skill.id.clone(), place)).collect();
    for (old, now) in former {
        match places.get(&now).copied() {
            Some(place) if !places.contains_key(&old) => {
                places.insert(old, place);
            }
            _ => problems.push(CatalogProblem {
                file: file(&now),
                problem: format!("the former id `{old}` of `{now}` is in use; ids are never given again."),
            }),
        }
    }
    let names = names::Names::new(&skills, &rules);
    (Catalog { skills, rules, places, names }, pages, problems)
}

/// Own pages replace shipped ones of the same id.
fn read_own(
    folder: &Path,
    texts: &mut BTreeMap<String, (String, String)>,
    problems: &mut Vec<CatalogProblem>,
) {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            problems.push(CatalogProblem {
                file: folder.display().to_string(),
                problem: format!(
                    "the folder of skill pages can't be read ({error}); check its path and permissions."
                ),
            });
            return;
        }
    };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "md"));
    paths.sort();
    for path in paths {
        let file = path.display().to_string();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        match std::fs::read_to_string(&path) {
            Ok(text) => {
                texts.insert(stem, (file, text));
            }
            Err(error) => problems.push(CatalogProblem {
                file,
                problem: format!("the page can't be read as UTF-8 text ({error}); check the file."),
            }),
        }
    }
}

fn front_problems(stem: &str, front: &Front, mut tell: impl FnMut(String)) {
    if front.id != stem {
        tell(format!("the file is named `{stem}` but its id is `{}`; make them the same.", front.id));
    }
    if !is_id(stem) {
        tell(format!("the id `{stem}` may only hold a–z, 0–9 and hyphens; rename the file."));
    }
    if front.name.trim().is_empty() {
        tell("`name` is empty; write the skill's name as its makers do.".to_owned());
    }
    if !table::KINDS.contains(&front.kind.as_str()) {
        tell(format!("unknown kind `{}`; take one of {}.", front.kind, table::KINDS.join(", ")));
    }
    if !(1..=3).contains(&front.tier) {
        tell(format!("tier {} does not exist; take 1 (full page), 2 (page) or 3 (short page).", front.tier));
    }
    if front.area.trim().is_empty() {
        tell("`area` is empty; take one of the areas in config/skills.tsv.".to_owned());
    }
    for (name, link) in &front.links {
        if !link.starts_with("https://") && !link.starts_with("http://") {
            tell(format!("the link `{name}` is no web address; begin it with https://."));
        }
    }
}

/// A skill that only a page knows.
fn blank(id: &SkillId, front: &Front) -> Skill {
    Skill {
        id: id.clone(),
        name: front.name.clone(),
        kind: String::new(),
        area: String::new(),
        tier: 3,
        rank: u32::MAX,
        aliases: Vec::new(),
        covers: Vec::new(),
        parents: Vec::new(),
        prerequisites: Vec::new(),
        related: Vec::new(),
        explainer: None,
    }
}

/// Puts a page over the table's line: its relations win, its names are added.
fn lay_over(skill: &mut Skill, rules: &mut Rules, page: &Page) {
    let front = &page.front;
    let old_name = std::mem::replace(&mut skill.name, front.name.clone());
    skill.kind.clone_from(&front.kind);
    skill.area.clone_from(&front.area);
    skill.tier = front.tier;
    for name in &front.covers {
        if !skill.covers.contains(name) {
            skill.covers.push(name.clone());
        }
    }
    // A renamed skill is still found by the name it had.
    let mut known: BTreeSet<String> =
        skill.aliases.iter().chain([&skill.name]).map(|name| name.to_lowercase()).collect();
    for name in [&old_name].into_iter().chain(&front.aliases) {
        if known.insert(name.to_lowercase()) {
            skill.aliases.push(name.clone());
        }
    }
    let lists = [
        (&front.parents, &mut skill.parents),
        (&front.prerequisites, &mut skill.prerequisites),
        (&front.related, &mut skill.related),
    ];
    for (wins, list) in lists {
        if let Some(ids) = wins {
            *list = ids.iter().cloned().map(SkillId).collect();
        }
    }
    for rule in &front.rules {
        let form = rule.form.to_lowercase();
        for set in [&mut rules.weak, &mut rules.case, &mut rules.list_only, &mut rules.never] {
            set.retain(|other| other.to_lowercase() != form);
        }
        if rule.case == Case::Exact {
            rules.case.insert(rule.form.clone());
        }
        match rule.need {
            Need::None => {}
            Need::Context => {
                rules.weak.insert(rule.form.clone());
            }
            Need::List => {
                rules.weak.insert(rule.form.clone());
                rules.list_only.insert(rule.form.clone());
            }
            Need::Never => {
                rules.never.insert(rule.form.clone());
            }
        }
        rules.hints.extend(rule.context.iter().cloned());
        rules.vetoes.extend(rule.not.iter().cloned());
    }
    skill.explainer = Some(page.explainer());
}

fn by_rank(skills: BTreeMap<SkillId, (Skill, Rules)>) -> (Vec<Skill>, Vec<Rules>) {
    let mut both: Vec<(Skill, Rules)> = skills.into_values().collect();
    both.sort_by(|(a, _), (b, _)| (a.rank, &a.id).cmp(&(b.rank, &b.id)));
    both.into_iter().unzip()
}

fn make_symmetric(skills: &mut [Skill]) {
    let links: Vec<(SkillId, SkillId)> = skills
        .iter()
        .flat_map(|skill| skill.related.iter().map(|other| (other.clone(), skill.id.clone())))
        .collect();
    let places: BTreeMap<SkillId, usize> =
        skills.iter().zip(0..).map(|(skill, place)| (skill.id.clone(), place)).collect();
    for (to, from) in links {
        if let Some(&place) = places.get(&to) {
            let related = &mut skills[place].related;
            if !related.contains(&from) {
                related.push(from);
            }
        }
    }
}
