//! Facts of postings that were written for this project by writers who had not seen the readers.
//!
//! A file holds one posting a line: {"title", "company", "place", "text", "facts"}, with what the conventions make of it
//! under "facts". Rules were made with `postings-seen.jsonl` in sight, and it taught the models of words; of
//! `postings-unseen.jsonl` only the counts are known, and so it should stay: who looks at its texts has to move them over.

use std::collections::{BTreeMap, BTreeSet};

use crier::domain::opening::Facts;
use crier::domain::pay::Pay;
use crier::domain::posting::{Body, Posting};
use crier::reading::{self, Reading};
use crier::skills::tagger::Tagger;
use serde_json::{Value, json};

use crate::score::Table;

/// Each fact's row in the table, for texts in sight and for the others; values of lists count as a whole.
const FACTS: [(&str, [&str; 2]); 10] = [
    ("pay", ["pay, written", "pay, unseen"]),
    ("work_mode", ["mode, written", "mode, unseen"]),
    ("visa", ["visa, written", "visa, unseen"]),
    ("employment", ["employment, written", "employment, unseen"]),
    ("level", ["level, written", "level, unseen"]),
    ("years", ["years, written", "years, unseen"]),
    ("cities", ["cities, written", "cities, unseen"]),
    ("countries", ["countries, written", "countries, unseen"]),
    ("remote_from", ["from, written", "from, unseen"]),
    ("agency", ["agency, written", "agency, unseen"]),
];

pub(crate) fn measure(rows: &[Value], unseen: bool, tagger: &Tagger, table: &mut Table) {
    for row in rows {
        let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
        let posting = Posting {
            title: text("title"),
            company: text("company"),
            locations: Some(text("place")).filter(|place| !place.is_empty()).into_iter().collect(),
            body: if text("text").contains("</") || text("text").contains("<p>") {
                Body::Html(text("text"))
            } else {
                Body::Text(text("text"))
            },
            ..Posting::default()
        };
        let reading = reading::read(&posting, tagger);
        let read = &reading.facts;
        let found = values(read);
        for (fact, names) in FACTS {
            let label =
                if fact == "cities" { cities(&row["facts"][fact]) } else { row["facts"][fact].clone() };
            let (label, value) = (known(&label), known(&found[fact]));
            table.row(names[usize::from(unseen)], label.as_ref(), value.as_ref(), || {
                let words = read.evidence.get(if fact == "cities" { "places" } else { fact });
                format!("{} | {} | {}", posting.title, text("place"), words.map_or("", String::as_str))
            });
        }
        skills(row, &posting, &reading, unseen, table);
    }
}

/// The skills that the writers could choose from.
const LISTED: &str = include_str!("skills-listed.txt");

/// Each listed skill that the label or the tagger names, and of those that both name whether they are only nice to have.
fn skills(row: &Value, posting: &Posting, reading: &Reading, unseen: bool, table: &mut Table) {
    let labelled = |key: &str| -> Option<BTreeSet<&str>> {
        Some(row["facts"][key].as_array()?.iter().filter_map(Value::as_str).collect())
    };
    let Some(asked) = labelled("skills") else { return };
    let listed: BTreeSet<&str> = LISTED.lines().collect();
    let facts = &reading.facts;
    let read: BTreeMap<&str, bool> =
        facts.skills.iter().map(|skill| (skill.as_str(), facts.nice_to_have.contains(skill))).collect();
    let shown = |id: &str| format!("{id} in {}: {}", posting.title, reading.description.replace('\n', " / "));
    let fact = if unseen { "skills, unseen" } else { "skills, written" };
    for id in
        asked.iter().chain(read.keys().filter(|id| !asked.contains(*id))).filter(|id| listed.contains(*id))
    {
        let (label, tag) = (asked.get(id), read.get_key_value(id).map(|(id, _)| id));
        table.row(fact, label, tag, || shown(id));
    }
    let fact = if unseen { "optional, unseen" } else { "optional, written" };
    if let Some(nice) = labelled("nice") {
        for (id, optional) in read.iter().filter(|(id, _)| asked.contains(*id)) {
            table.row(fact, nice.get(id), optional.then_some(id), || shown(id));
        }
    }
}

/// The facts in the form of the labels.
fn values(facts: &Facts) -> Value {
    let place = |name: fn(&crier::domain::place::Place) -> Option<String>| -> Vec<String> {
        facts.places.iter().filter_map(name).collect()
    };
    json!({
        "pay": facts.pay.as_ref().map(|Pay { min, max, currency, period }| {
            json!({"min": min, "max": max, "currency": currency, "period": period.map(|period| period.label())})
        }),
        "work_mode": facts.work_mode.map(|mode| mode.key()),
        "visa": facts.visa.map(|visa| visa.key()),
        "employment": facts.employment.map(|kind| kind.key()),
        "level": facts.level.map(|level| level.key()),
        "years": facts.years.map(f64::from),
        "cities": place(|place| place.city.clone()),
        "countries": place(|place| place.country.clone()),
        "remote_from": facts.remote_from,
        "agency": facts.agency,
    })
}

/// Cities by the names that we give them: "Bangalore" is Bengaluru.
fn cities(names: &Value) -> Value {
    let ours = |name: &str| reading::place(name).and_then(|place| place.city).unwrap_or(name.to_owned());
    names.as_array().into_iter().flatten().filter_map(Value::as_str).map(ours).collect()
}

/// A value in one form: numbers as such, names of lists in order, once and in small letters; nothing for an empty list.
fn known(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::Array(list) => {
            let mut names: Vec<String> = list
                .iter()
                .filter_map(Value::as_str)
                .map(|name| name.to_lowercase().replace(" city", ""))
                .collect();
            names.sort();
            names.dedup();
            (!names.is_empty()).then(|| names.join(", "))
        }
        Value::Object(pay) => {
            let ends = ["min", "max"].map(|end| pay.get(end).and_then(Value::as_f64));
            let words =
                ["currency", "period"].map(|word| pay.get(word).and_then(Value::as_str).unwrap_or("?"));
            Some(format!("{ends:?} {}", words.join(" ")))
        }
        Value::Number(number) => number.as_f64().map(|number| number.trunc().to_string()),
        other => Some(other.to_string()),
    }
}
