//! Pieces of postings with labelled skills: only skills that the labels use are counted, each once a piece.
//!
//! Labels were given to whole postings, of which a row holds a piece: a label none of whose names stands in the piece
//! as a word is left out. Skills that postings ask for but no label uses are not counted at all. The rows of named
//! technology leave out fields of work ("project management"), of which two readers seldom agree what is a demand.

use std::collections::{BTreeMap, BTreeSet};

use crier::domain::ids::SkillId;
use crier::skills::catalog::Catalog;
use crier::skills::tagger::Tagger;
use serde_json::Value;

use crate::score::Table;

pub(crate) fn measure(
    rows: &[Value],
    catalog: &Catalog,
    tagger: &Tagger,
    table: &mut Table,
) -> Result<(), String> {
    let labels = |row: &Value| -> Vec<String> {
        let all = row["skills"].as_array().map(Vec::as_slice).unwrap_or_default();
        all.iter().filter_map(|label| label.as_str().map(str::to_owned)).collect()
    };
    let mut ids: BTreeMap<String, String> = BTreeMap::new();
    let mut unknown = BTreeSet::new();
    for label in rows.iter().flat_map(labels) {
        match catalog.find(&label) {
            Some(skill) => drop(ids.insert(label, skill.id.as_str().to_owned())),
            None => drop(unknown.insert(label)),
        }
    }
    if !unknown.is_empty() {
        println!("not in the catalog, left out: {}", unknown.into_iter().collect::<Vec<_>>().join(", "));
    }
    let counted: BTreeSet<&String> = ids.values().collect();
    let ambiguous = ambiguous();
    for row in rows {
        let text = row["text"].as_str().ok_or("a row without \"text\"")?;
        let wanted: BTreeSet<String> =
            labels(row).iter().filter_map(|label| ids.get(label).cloned()).collect();
        let found: BTreeSet<String> = tagger.tag(text).into_iter().map(|tag| tag.skill.0.clone()).collect();
        let lower = text.to_lowercase();
        for id in counted.iter().copied() {
            let skill = catalog.get(&SkillId(id.clone()));
            let named =
                skill.is_some_and(|skill| !matches!(skill.kind.as_str(), "practice" | "domain" | "soft"));
            let names: Vec<String> = skill
                .into_iter()
                .flat_map(|skill| [&skill.name].into_iter().chain(&skill.aliases).chain(&skill.covers))
                .map(|name| name.to_lowercase())
                .collect();
            let stands = names.iter().any(|name| word_at(&lower, name).is_some());
            let (label, read) = (wanted.get(id).filter(|_| stands), found.get(id));
            let shown = || excerpt(text, &lower, names.iter());
            if label.is_some() || read.is_some() {
                table.row("skills", label, read, shown);
                if named {
                    table.row("named technology", label, read, shown);
                }
            }
            let names = ambiguous.get(id.as_str()).into_iter().flatten();
            if names.clone().any(|name| word_at(&lower, name).is_some()) {
                let shown = || excerpt(text, &lower, names.clone());
                table.row("ambiguous names", label, read, shown);
                if named {
                    table.row("ambiguous technology", label, read, shown);
                }
            }
        }
    }
    Ok(())
}

/// Skill → its names, in lower case, that the catalog's table marks as having other meanings.
fn ambiguous() -> BTreeMap<&'static str, BTreeSet<String>> {
    let table = include_str!("../../config/skills.tsv");
    let mut lines = table.lines();
    let head: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |name: &str| head.iter().position(|column| *column == name);
    let columns: Vec<usize> = ["weak_forms", "case_forms"].into_iter().filter_map(column).collect();
    lines
        .filter_map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let names = columns.iter().filter_map(|at| cells.get(*at)).flat_map(|cell| cell.split('|'));
            let names: BTreeSet<String> =
                names.filter(|name| !name.is_empty()).map(str::to_lowercase).collect();
            (!names.is_empty()).then(|| (cells[0], names))
        })
        .collect()
}

/// Where `name` stands as a word.
fn word_at(text: &str, name: &str) -> Option<usize> {
    let word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    text.match_indices(name).map(|(at, _)| at).find(|at| {
        let end = at + name.len();
        !word(text[..*at].chars().next_back())
            && !word(text[end..].chars().next())
            && !text[end..].starts_with(['+', '#'])
    })
}

/// The words around the first of these names, for a look by eye.
fn excerpt<'a>(text: &str, lower: &str, names: impl Iterator<Item = &'a String>) -> String {
    let mut names = names;
    let place = names.find_map(|name| word_at(lower, name).map(|at| format!("{name} @ {at}")));
    let at = place.as_deref().and_then(|place| place.rsplit(" @ ").next()?.parse::<usize>().ok());
    let around = at.map_or(String::new(), |at| {
        let before: String =
            lower[..at].chars().rev().take(70).collect::<Vec<_>>().into_iter().rev().collect();
        let behind: String = lower[at..].chars().take(80).collect();
        format!("…{before}⟨{behind}…").split_whitespace().collect::<Vec<_>>().join(" ")
    });
    if around.is_empty() { text.chars().take(60).collect() } else { around }
}
