//! All skills: names, relations and rules from the table `config/skills.tsv`, explainers from `config/skills/<id>.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::domain::ids::SkillId;

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
    /// "Key sub-skills", one numbered entry each, in order from first to deep.
    pub parts: Vec<String>,
    /// Tips, one each.
    pub tips: Vec<String>,
}

/// All skills, loaded once and checked.
#[derive(Debug, Clone)]
pub struct Catalog {}

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
    /// Every problem found, all at once.
    pub fn load(_own: Option<&Path>) -> Result<Self, Vec<CatalogProblem>> {
        todo!()
    }
    /// The linter: what `crier skills lint` prints; empty when all is well.
    #[must_use]
    pub fn lint(_own: Option<&Path>) -> Vec<CatalogProblem> {
        todo!()
    }
    /// Every skill, by rank.
    #[must_use]
    pub fn skills(&self) -> &[Skill] {
        todo!()
    }
    /// One skill by id (former ids too).
    #[must_use]
    pub fn get(&self, _id: &SkillId) -> Option<&Skill> {
        todo!()
    }
    /// The skill of this name, alias or id, any case, spaces and punctuation tolerant.
    #[must_use]
    pub fn find(&self, _name: &str) -> Option<&Skill> {
        todo!()
    }
    /// Like `find`, but only where a lone word in a query is surely meant as the skill ("go" and "rust" yes,
    /// "access", "express", "make" or a stop word no).
    #[must_use]
    pub fn find_in_query(&self, _words: &str) -> Option<&Skill> {
        todo!()
    }
    /// Skill → all skills under it: children by `parents`, transitively; for an area's head skill (its id is an area's
    /// name, such as `distributed-systems`) every skill of that area; without itself.
    #[must_use]
    pub fn under(&self) -> BTreeMap<SkillId, BTreeSet<SkillId>> {
        todo!()
    }
    /// Every (name or alias, id), for completion.
    #[must_use]
    pub fn names(&self) -> Vec<(String, SkillId)> {
        todo!()
    }
}
