//! All skills: names, relations and rules from the table `config/skills.tsv`, explainers from `config/skills/<id>.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::domain::ids::SkillId;

mod assemble;
mod checks;
mod lint;
mod names;
mod page;
mod spelling;
mod table;

pub(super) use names::key;

/// One skill.
#[derive(Debug, Clone, PartialEq)]
pub struct Skill {
    /// Its id.
    pub id: SkillId,
    /// Its name as its makers write it.
    pub name: String,
    /// language, framework, library, database, tool, platform, protocol, practice, domain, certification or soft.
    pub kind: String,
    /// The area it belongs to.
    pub area: String,
    /// 1 full page, 2 page, 3 short page.
    pub tier: u8,
    /// 1 is the most asked for.
    pub rank: u32,
    /// Other names of the same thing.
    pub aliases: Vec<String>,
    /// Narrower things without a page of their own.
    pub covers: Vec<String>,
    /// Broader skills.
    pub parents: Vec<SkillId>,
    /// What to learn first.
    pub prerequisites: Vec<SkillId>,
    /// Near skills, symmetric.
    pub related: Vec<SkillId>,
    /// The page, if it is written.
    pub explainer: Option<Explainer>,
}

/// A written page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explainer {
    /// Section name → its Markdown, for the sections after the summary.
    pub sections: BTreeMap<String, String>,
    /// One line.
    pub summary: String,
    /// "What it is".
    pub what: String,
    /// "Why it matters at work".
    pub why: String,
    /// "Key sub-skills", one entry each without its number, in order from first to deep.
    pub parts: Vec<String>,
    /// Tips, one each without its number.
    pub tips: Vec<String>,
}

/// All skills, loaded once and checked.
#[derive(Debug, Clone)]
pub struct Catalog {
    /// By rank, then id.
    skills: Vec<Skill>,
    /// Of the skill in the same place.
    rules: Vec<Rules>,
    /// Id, and every former id → place.
    places: BTreeMap<SkillId, usize>,
    names: names::Names,
}

/// How a skill's ambiguous names are told apart from the same words meant otherwise. Forms stand as their makers
/// write them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Rules {
    /// Names that need evidence from the text around them.
    pub(super) weak: BTreeSet<String>,
    /// Weak names that only a list of skills or a line of tags proves.
    pub(super) list_only: BTreeSet<String>,
    /// Names that never count.
    pub(super) never: BTreeSet<String>,
    /// Names that count only in just this case.
    pub(super) case: BTreeSet<String>,
    /// Weak names that a capital within a sentence proves.
    pub(super) proper: BTreeSet<String>,
    /// Words that prove a weak name when they stand near.
    pub(super) hints: BTreeSet<String>,
    /// Phrases in which the name means something else.
    pub(super) vetoes: BTreeSet<String>,
    /// Whether the weak names are everyday words (and not acronyms or broad terms).
    pub(super) word: bool,
}

/// Something wrong in the library: which file, which line or field, what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {problem}")]
pub struct CatalogProblem {
    /// The file.
    pub file: String,
    /// What is wrong and what to do.
    pub problem: String,
}

impl Catalog {
    /// The library compiled in, with the operator's own folder of `<id>.md` files over it.
    ///
    /// # Errors
    /// Every problem found, all at once. Texts that are only too long or repeat one another are no reason to refuse;
    /// [`Catalog::lint`] tells those too.
    pub fn load(own: Option<&Path>) -> Result<Self, Vec<CatalogProblem>> {
        let (catalog, _, problems) = assemble::assemble(own);
        if problems.is_empty() { Ok(catalog) } else { Err(problems) }
    }

    /// The linter: what `crier skills lint` prints; empty when all is well.
    #[must_use]
    pub fn lint(own: Option<&Path>) -> Vec<CatalogProblem> {
        let (_, pages, mut problems) = assemble::assemble(own);
        problems.extend(lint::check(&pages));
        problems
    }

    /// Every skill, by rank.
    #[must_use]
    pub fn skills(&self) -> &[Skill] {
        &self.skills
    }

    /// One skill by id (former ids too).
    #[must_use]
    pub fn get(&self, id: &SkillId) -> Option<&Skill> {
        self.places.get(id).map(|&place| &self.skills[place])
    }

    /// The skill of this name, alias or id, any case, spaces and punctuation tolerant.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Skill> {
        self.names.find(name).map(|place| &self.skills[place])
    }

    /// Like `find`, but only where a lone word in a query is surely meant as the skill ("go" and "rust" yes,
    /// "access", "express", "make" or a stop word no).
    #[must_use]
    pub fn find_in_query(&self, words: &str) -> Option<&Skill> {
        self.names.find_in_query(words).map(|place| &self.skills[place])
    }

    /// Skill → all skills under it: children by `parents`, transitively; for an area's head skill (its id is an area's
    /// name, such as `distributed-systems`) every skill of that area too; without itself.
    #[must_use]
    pub fn under(&self) -> BTreeMap<SkillId, BTreeSet<SkillId>> {
        let mut children: BTreeMap<&SkillId, Vec<&SkillId>> = BTreeMap::new();
        let mut members: BTreeMap<&str, Vec<&SkillId>> = BTreeMap::new();
        for skill in &self.skills {
            members.entry(&skill.area).or_default().push(&skill.id);
            for parent in &skill.parents {
                children.entry(parent).or_default().push(&skill.id);
            }
        }
        let mut all = BTreeMap::new();
        for head in self.skills.iter().map(|skill| &skill.id) {
            let mut open = children.get(head).cloned().unwrap_or_default();
            open.extend(members.get(head.as_str()).into_iter().flatten());
            let mut found = BTreeSet::new();
            while let Some(id) = open.pop() {
                if id != head && found.insert(id.clone()) {
                    open.extend(children.get(id).into_iter().flatten());
                }
            }
            if !found.is_empty() {
                all.insert(head.clone(), found);
            }
        }
        all
    }

    /// Every (name or alias, id), for completion.
    #[must_use]
    pub fn names(&self) -> Vec<(String, SkillId)> {
        self.skills
            .iter()
            .flat_map(|skill| {
                [&skill.name].into_iter().chain(&skill.aliases).map(|name| (name.clone(), skill.id.clone()))
            })
            .collect()
    }

    /// Each skill with the rules for its ambiguous names.
    pub(super) fn ruled(&self) -> impl Iterator<Item = (&Skill, &Rules)> {
        self.skills.iter().zip(&self.rules)
    }
}

/// Whether `id` is made of a–z, 0–9 and hyphens.
fn is_id(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        folder
    }

    const BODY: &str = "## Summary\nOurs.\n## What it is\nW\n## How to learn it\nH\n## Tips\n1. A\n2. B\n";

    fn page(id: &str, more: &str) -> String {
        format!(
            "+++\nid = \"{id}\"\nname = \"House Tool\"\nkind = \"tool\"\narea = \"devops\"\ntier = 3\n{more}\n+++\n{BODY}"
        )
    }

    #[test]
    fn the_shipped_library_has_no_problem() {
        let problems: Vec<String> = Catalog::lint(None).iter().map(ToString::to_string).collect();
        assert_eq!(problems, [""; 0]);
    }

    #[test]
    fn names_are_found_in_any_spelling_and_queries_only_by_sure_ones() {
        let catalog = Catalog::load(None).unwrap();
        let find = |name: &str| catalog.find(name).map(|skill| skill.id.to_string());
        assert_eq!(find("golang").as_deref(), Some("go"));
        assert_eq!(find("node js").as_deref(), Some("nodejs"));
        assert_eq!(find("c ++").as_deref(), Some("cpp"));
        assert_eq!(find("C").as_deref(), Some("c"));
        assert_eq!(find("Distributed-Systems").as_deref(), Some("distributed-systems"));
        assert_eq!(find("no such thing"), None);
        for sure in ["go", "rust", "react", "kubernetes", "distributed systems"] {
            assert!(catalog.find_in_query(sure).is_some(), "{sure}");
        }
        for unsure in ["access", "express", "make", "excel", "the", "communication", "next", "less"] {
            assert_eq!(catalog.find_in_query(unsure).map(|skill| &skill.id), None, "{unsure}");
        }
    }

    #[test]
    fn an_area_covers_its_skills_and_a_parent_its_children() {
        let catalog = Catalog::load(None).unwrap();
        let under = catalog.under();
        let distributed = &under[&SkillId::from("distributed-systems")];
        assert!(distributed.contains(&SkillId::from("consensus")));
        assert!(!distributed.contains(&SkillId::from("distributed-systems")));
        assert!(under[&SkillId::from("java")].contains(&SkillId::from("spring-framework")));
        assert!(
            !under.contains_key(&SkillId::from("nextjs"))
                || !under[&SkillId::from("nextjs")].contains(&SkillId::from("react"))
        );
    }

    #[test]
    fn an_own_page_goes_over_the_table_and_an_unknown_id_adds_a_skill() {
        let folder = own(&[
            (
                "house-tool.md",
                &page("house-tool", "aliases = [\"HT9\"]\nrelated = [\"git\"]\nformer_ids = [\"ht\"]"),
            ),
            ("rust.md", &page("rust", "parents = []\nprerequisites = [\"c\"]\naliases = [\"Oxide\"]")),
        ]);
        // Two skills may not share a name, so the second page gets its own.
        let rust =
            std::fs::read_to_string(folder.path().join("rust.md")).unwrap().replace("House Tool", "Rust");
        std::fs::write(folder.path().join("rust.md"), rust).unwrap();
        let catalog = Catalog::load(Some(folder.path())).unwrap();
        let tool = catalog.find("ht9").unwrap();
        assert_eq!(tool.explainer.as_ref().unwrap().summary, "Ours.");
        assert_eq!(catalog.get(&"ht".into()).unwrap().id, tool.id);
        assert!(catalog.get(&"git".into()).unwrap().related.contains(&tool.id));
        let rust = catalog.find("oxide").unwrap();
        assert_eq!(rust.prerequisites, [SkillId::from("c")]);
        assert!(rust.aliases.contains(&"Rustlang".to_owned()));
    }

    #[test]
    fn what_the_table_covers_stays_covered_under_a_page_that_names_others() {
        let folder = own(&[("linux.md", &page("linux", "covers = [\"House Linux\"]"))]);
        let catalog = Catalog::load(Some(folder.path())).unwrap();
        let linux = catalog.get(&SkillId::from("linux")).unwrap();
        for name in ["Fedora", "Debian", "House Linux"] {
            assert!(linux.covers.iter().any(|cover| cover == name), "{name}: {:?}", linux.covers);
        }
    }

    #[test]
    fn every_broken_page_is_told_with_its_file_at_once() {
        let folder = own(&[
            ("a.md", &page("b", "")),
            ("typo.md", &page("typo", "prerequisits = []")),
            ("lost.md", &page("lost", "related = [\"nowhere\"]\naliases = [\"Rustlang\"]")),
        ]);
        let told: Vec<String> =
            Catalog::load(Some(folder.path())).unwrap_err().iter().map(ToString::to_string).collect();
        let has = |file: &str, what: &str| told.iter().any(|line| line.contains(file) && line.contains(what));
        assert!(has("a.md", "the file is named `a` but its id is `b`"), "{told:?}");
        assert!(has("typo.md", "unknown field `prerequisits`"), "{told:?}");
        assert!(has("lost.md", "names `nowhere`"), "{told:?}");
        assert!(has("lost.md", "the name `Rustlang` of `lost` also belongs to `rust`"), "{told:?}");
        assert!(
            Catalog::load(Some(&folder.path().join("missing"))).unwrap_err()[0]
                .problem
                .contains("can't be read")
        );
    }
}
