//! Finds a skill by what people call it, whatever the case, spaces and punctuation.

use std::collections::{HashMap, HashSet};

use super::{Rules, Skill};
use crate::domain::text::fold;

/// Everyday words that are also names of technology, but which in a query are surely meant as that.
const SURE: [&str; 14] = [
    "angular",
    "git",
    "ios",
    "kube",
    "kubernetes",
    "node",
    "postgres",
    "rails",
    "react",
    "redux",
    "s3",
    "spark",
    "vba",
    "vue",
];

/// Languages whose name in a query may as well be the everyday word.
const UNSURE: [&str; 9] = ["ada", "apex", "assembly", "basic", "crystal", "latex", "less", "move", "racket"];

/// Name → skill, by place in the catalog's list.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    places: HashMap<String, usize>,
    /// Keys that a query may mean otherwise.
    doubtful: HashSet<String>,
}

impl Names {
    /// `skills` by rank: of two that share a name, the one asked for more often has it.
    pub(super) fn new(skills: &[Skill], rules: &[Rules]) -> Self {
        let mut names = Self::default();
        let ids = skills.iter().map(|skill| skill.id.as_str()).enumerate();
        let own = skills.iter().map(|skill| skill.name.as_str()).enumerate();
        let aliases = skills
            .iter()
            .enumerate()
            .flat_map(|(place, skill)| skill.aliases.iter().map(move |alias| (place, alias.as_str())));
        for (place, name) in ids.chain(own).chain(aliases) {
            names.places.entry(key(name)).or_insert(place);
        }
        for (skill, rules) in skills.iter().zip(rules) {
            let soft = (skill.kind == "soft").then(|| skill.aliases.iter().chain([&skill.name, &skill.id.0]));
            names.doubtful.extend(soft.into_iter().flatten().map(|name| key(name)));
            if !rules.word {
                continue;
            }
            let weak = rules.weak.iter().chain(&rules.case).map(|form| key(form));
            names.doubtful.extend(weak.filter(|form| match skill.kind.as_str() {
                "language" => UNSURE.contains(&form.as_str()),
                _ => !SURE.contains(&form.as_str()),
            }));
        }
        names
    }

    pub(super) fn find(&self, name: &str) -> Option<usize> {
        self.places.get(&key(name)).copied()
    }

    pub(super) fn find_in_query(&self, words: &str) -> Option<usize> {
        let key = key(words);
        if self.doubtful.contains(&key) { None } else { self.places.get(&key).copied() }
    }
}

/// What two spellings of one name share: letters, digits, `+` and `#`; the dot of `.NET` in words.
pub(in crate::skills) fn key(name: &str) -> String {
    let folded = fold(name.trim());
    let (dot, rest) = match folded.strip_prefix('.') {
        Some(rest) if rest.starts_with("net") => ("dot", rest),
        _ => ("", folded.as_str()),
    };
    let kept = rest.chars().filter(|c| c.is_alphanumeric() || matches!(c, '+' | '#'));
    dot.chars().chain(kept).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_share_a_key_and_others_do_not() {
        assert_eq!(key("Node.js"), key("node JS"));
        assert_eq!(key("CI/CD"), key("ci cd"));
        assert_eq!(key(".NET"), key("DotNet"));
        assert_ne!(key("C"), key("C++"));
        assert_ne!(key("C#"), key("C"));
        assert_ne!(key(".NET"), key("net"));
    }
}
