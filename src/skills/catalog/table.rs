//! The table `config/skills.tsv`: one skill a line, tab-separated, lists separated by `|`, columns found by their head.

use std::collections::{BTreeMap, BTreeSet};

use super::{CatalogProblem, Rules, Skill};
use crate::domain::ids::SkillId;

/// The table's name in messages.
pub(super) const FILE: &str = "config/skills.tsv";

const TABLE: &str = include_str!("../../../config/skills.tsv");

/// Kinds that a skill may have.
pub(super) const KINDS: [&str; 11] = [
    "language",
    "framework",
    "library",
    "database",
    "tool",
    "platform",
    "protocol",
    "practice",
    "domain",
    "certification",
    "soft",
];

/// One line: the skill without page, and how its ambiguous names are told apart.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) skill: Skill,
    pub(super) rules: Rules,
}

/// The compiled-in table.
pub(super) fn rows(problems: &mut Vec<CatalogProblem>) -> Vec<Row> {
    parse(TABLE, problems)
}

fn parse(table: &str, problems: &mut Vec<CatalogProblem>) -> Vec<Row> {
    let mut lines = table.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    let head: BTreeMap<&str, usize> =
        lines.next().map(|(line, _)| line.split('\t').zip(0..).collect()).unwrap_or_default();
    let mut seen = BTreeSet::new();
    let mut rows = Vec::new();
    for (line, number) in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        if cells.len() != head.len() {
            problems.push(problem(
                number,
                &format!("{} cells where the head has {}; check the tabs.", cells.len(), head.len()),
            ));
            continue;
        }
        let row = Line { head: &head, cells: &cells }.read(number, problems);
        if seen.insert(row.skill.id.clone()) {
            rows.push(row);
        } else {
            problems
                .push(problem(number, &format!("the id `{}` stands twice; keep one line.", row.skill.id)));
        }
    }
    rows
}

struct Line<'a> {
    head: &'a BTreeMap<&'a str, usize>,
    cells: &'a [&'a str],
}

impl<'a> Line<'a> {
    fn cell(&self, column: &str) -> &'a str {
        self.head.get(column).and_then(|&at| self.cells.get(at)).map_or("", |cell| cell.trim())
    }

    fn list(&self, column: &str) -> Vec<String> {
        self.cell(column)
            .split('|')
            .map(str::trim)
            .filter(|item| !item.is_empty())
            .map(str::to_owned)
            .collect()
    }

    fn ids(&self, column: &str) -> Vec<SkillId> {
        self.list(column).into_iter().map(SkillId).collect()
    }

    fn read(&self, number: u32, problems: &mut Vec<CatalogProblem>) -> Row {
        let (id, name, kind) = (self.cell("id"), self.cell("name"), self.cell("kind"));
        if !super::is_id(id) {
            problems.push(problem(number, &format!("the id `{id}` may only hold a–z, 0–9 and hyphens.")));
        }
        if name.is_empty() {
            problems.push(problem(number, "the name is empty."));
        }
        if !KINDS.contains(&kind) {
            problems
                .push(problem(number, &format!("unknown kind `{kind}`; take one of {}.", KINDS.join(", "))));
        }
        let skill = Skill {
            id: id.into(),
            name: name.to_owned(),
            kind: kind.to_owned(),
            area: self.cell("area").to_owned(),
            // The handful of soft skills have a word where others have a number; they are short pages.
            tier: self.cell("tier").parse().unwrap_or(3),
            rank: self.cell("rank").parse().unwrap_or(u32::MAX),
            aliases: self.list("aliases"),
            covers: self.list("covers"),
            parents: self.ids("parents"),
            prerequisites: self.ids("prerequisites"),
            related: self.ids("related"),
            explainer: None,
        };
        let rules = Rules {
            weak: self.list("weak_forms").into_iter().collect(),
            list_only: BTreeSet::new(),
            never: BTreeSet::new(),
            case: self.list("case_forms").into_iter().collect(),
            proper: self.list("proper_forms").into_iter().collect(),
            hints: self.list("context_hints").into_iter().collect(),
            vetoes: self.list("negative_hints").into_iter().collect(),
            word: self.cell("ambiguity_type").contains("word"),
        };
        Row { skill, rules }
    }
}

fn problem(line: u32, text: &str) -> CatalogProblem {
    CatalogProblem { file: FILE.to_owned(), problem: format!("line {line}: {text}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_table_reads_without_a_problem() {
        let mut problems = Vec::new();
        let rows = rows(&mut problems);
        assert_eq!(problems, []);
        assert!(rows.len() > 900);
        let go = rows.iter().find(|row| row.skill.id.as_str() == "go").unwrap();
        assert_eq!((go.skill.name.as_str(), go.skill.tier), ("Go", 1));
        assert!(go.rules.weak.contains("Go") && go.rules.word);
        assert!(go.rules.vetoes.contains("go-to-market"));
    }

    #[test]
    fn a_short_line_an_odd_id_and_a_twin_are_each_named_with_their_line() {
        let mut problems = Vec::new();
        let rows = parse("id\tname\tkind\nA b\tX\ttool\nok\tY\ttoy\nok\tZ\ttool\nlost\n", &mut problems);
        assert_eq!(rows.len(), 2);
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert!(told[0].starts_with("config/skills.tsv: line 2: the id `A b`"), "{told:?}");
        assert!(told[1].contains("line 3: unknown kind `toy`"), "{told:?}");
        assert!(told[2].contains("line 4: the id `ok` stands twice"), "{told:?}");
        assert!(told[3].contains("line 5: 1 cells where the head has 3"), "{told:?}");
    }
}
