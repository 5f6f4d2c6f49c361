//! Several skills at once: side by side, what rises and falls, the way from one to another, and which one to learn next.

use std::collections::BTreeSet;

use super::super::custom_id::{Press, Query};
use super::super::layout::{Button, File, Message, Part};
use super::super::words::{count, moment_of_day, plain};
use super::chart::{self, Series};
use super::{SKILL, numbers};
use crate::domain::ids::SkillId;
use crate::domain::time::{DAY, Millis};
use crate::search::{CORE, Next, Numbers, Sort, Trend, WINDOW};
use crate::skills::catalog::{Catalog, Skill};
use crate::skills::path::Why;
use crate::store::SkillDay;

/// Rising and falling skills that are shown, of each.
const SHOWN: usize = 8;

/// Two skills with their numbers.
#[derive(Debug)]
#[expect(missing_docs, reason = "each is what its name says; see commands::skills")]
pub struct Compared<'a> {
    pub skills: [&'a Skill; 2],
    pub numbers: [Numbers; 2],
    pub both: u64,
    pub history: [Vec<SkillDay>; 2],
    pub now: Millis,
    pub catalog: &'a Catalog,
}

/// Side by side, with a chart of the openings of the last months and its twin in words.
#[must_use]
pub fn compare(compared: &Compared<'_>) -> Message {
    let [a, b] = compared.skills;
    let mut parts = vec![Part::Text(format!("### {} and {}", plain(&a.name), plain(&b.name)))];
    for (skill, numbers) in compared.skills.iter().zip(&compared.numbers) {
        let mut text = format!("**{}**", plain(&skill.name));
        if let Some(page) = &skill.explainer {
            text.push_str(&format!("\n*{}*", page.summary.trim()));
        }
        text.push('\n');
        text.push_str(&numbers::told(numbers, compared.now, compared.catalog));
        parts.push(Part::Text(text));
    }
    if let Some(words) = overlap(compared) {
        parts.push(Part::Text(words));
    }
    let series: Vec<Series> = compared
        .skills
        .iter()
        .zip(&compared.history)
        .filter(|(_, days)| days.len() > 1)
        .map(|(skill, days)| Series {
            name: skill.name.clone(),
            points: days.iter().map(|day| (day.day, day.open)).collect(),
        })
        .collect();
    let mut files = Vec::new();
    let title = format!("Open openings, {} and {}", a.name, b.name);
    if let Some(bytes) = chart::lines(&title, &series) {
        let words = twin(&series);
        parts.push(Part::Image("openings.png".to_owned(), words.clone()));
        parts.push(Part::small(&words));
        files.push(File { name: "openings.png".to_owned(), bytes, words });
    } else {
        parts.push(Part::small("A chart needs some days of history; it is kept from each night on."));
    }
    let of = |skill: &Skill| {
        [
            Button::new(format!("About {}", skill.name), Press::Explain(skill.id.clone()).id()),
            Button::new(format!("{} openings", skill.name), Press::Openings(skill.id.clone()).id()),
        ]
    };
    parts.push(Part::Buttons([of(a), of(b)].concat()));
    Message { files, ..Message::private(vec![Part::Frame(Some(SKILL), parts)]) }
}

/// How often both are asked for.
fn overlap(compared: &Compared<'_>) -> Option<String> {
    let [a, b] = compared.skills;
    let [of_a, of_b] = [&compared.numbers[0], &compared.numbers[1]].map(|numbers| numbers.open);
    (of_a > 0 && of_b > 0).then(|| {
        let percent = |of: u64| (compared.both * 100 + of / 2) / of;
        format!(
            "{} ask for both: {} % of those for {}, {} % of those for {}.",
            count(compared.both, "opening"),
            percent(of_a),
            plain(&a.name),
            percent(of_b),
            plain(&b.name)
        )
    })
}

/// What a chart shows, in words.
fn twin(series: &[Series]) -> String {
    let told = series.iter().filter_map(|one| {
        let (first, last) = (one.points.first()?, one.points.last()?);
        Some(format!("{} went from {} to {}", plain(&one.name), first.1, last.1))
    });
    let days = series.iter().flat_map(|one| one.points.iter().map(|point| point.0));
    let (from, to) = (days.clone().min().unwrap_or(0), days.max().unwrap_or(0));
    format!(
        "Open openings at the end of each day, {} to {}: {}.",
        date(from),
        date(to),
        told.collect::<Vec<_>>().join("; ")
    )
}

fn date(day: i64) -> String {
    chrono::DateTime::from_timestamp_millis(day * DAY)
        .map(|at| at.format("%-d %B %Y").to_string())
        .unwrap_or_default()
}

/// What rises and falls, with a chart and its twin in words.
#[must_use]
pub fn trends(area: Option<&Skill>, trends: Vec<Trend>, now: Millis, catalog: &Catalog) -> Message {
    let where_from = area.map(|area| format!(" in {}", plain(&area.name))).unwrap_or_default();
    let change = |trend: &Trend| {
        let (new, before) = (trend.new.cast_signed(), trend.before.cast_signed());
        ((new - before) * 100).div_euclid(before)
    };
    let mut told: Vec<(i64, &Skill, Trend)> = trends
        .into_iter()
        .filter(|trend| trend.before >= numbers::CHANGE)
        .filter_map(|trend| Some((change(&trend), catalog.get(&trend.skill)?, trend)))
        // Qualities of people are in every text, and rise and fall with nothing.
        .filter(|(_, skill, _)| skill.kind != "soft")
        .collect();
    if told.is_empty() {
        return Message::note(format!(
            "There is too little to compare{where_from}: no skill had {} new openings in the {WINDOW} days before the last {WINDOW}.",
            numbers::CHANGE
        ));
    }
    told.sort_by(|a, b| (b.0, b.2.new, &a.1.id).cmp(&(a.0, a.2.new, &b.1.id)));
    let rising: Vec<_> = told.iter().filter(|one| one.0 > 0).take(SHOWN).collect();
    let mut falling: Vec<_> = told.iter().rev().filter(|one| one.0 < 0).take(SHOWN).collect();
    falling.reverse();
    let line = |one: &&(i64, &Skill, Trend)| {
        format!(
            "- {} {:+} % · {} new, {} before · {} open",
            plain(&one.1.name),
            one.0,
            one.2.new,
            one.2.before,
            one.2.open
        )
    };
    let mut parts = vec![Part::Text(format!("### What rises and falls{where_from}"))];
    for (heading, some) in [("Rising", &rising), ("Falling", &falling)] {
        if !some.is_empty() {
            parts.push(Part::Text(format!(
                "**{heading}**\n{}",
                some.iter().map(line).collect::<Vec<_>>().join("\n")
            )));
        }
    }
    let rows: Vec<(String, i64)> =
        rising.iter().chain(&falling).map(|one| (one.1.name.clone(), one.0)).collect();
    let mut files = Vec::new();
    if let Some(bytes) =
        chart::bars(&format!("New openings in {WINDOW} days against the {WINDOW} before"), &rows)
    {
        let shown = rows.iter().map(|(name, percent)| format!("{name} {percent:+} %"));
        let words = format!("New openings, change in percent: {}.", shown.collect::<Vec<_>>().join(", "));
        parts.push(Part::Image("trends.png".to_owned(), words.clone()));
        files.push(File { name: "trends.png".to_owned(), bytes, words });
    }
    parts.push(Part::small(&format!(
        "new openings of the last {WINDOW} days against the {WINDOW} before, skills with at least {} then; {}",
        numbers::CHANGE,
        moment_of_day(now)
    )));
    let first = rising.iter().chain(&falling).take(5);
    parts.push(Part::Buttons(
        first.map(|one| Button::new(&one.1.name, Press::Explain(one.1.id.clone()).id())).collect(),
    ));
    Message { files, ..Message::private(vec![Part::Frame(Some(SKILL), parts)]) }
}

/// A way of skills, each with why it leads on and how many openings ask for it.
#[must_use]
pub fn path(steps: &[(&Skill, Option<Why>, u64)]) -> Message {
    let name =
        |at: Option<&(&Skill, Option<Why>, u64)>| at.map(|step| plain(&step.0.name)).unwrap_or_default();
    let mut text = format!("### From {} to {}", name(steps.first()), name(steps.last()));
    for (number, (skill, why, open)) in (1..).zip(steps) {
        let why = why.map(|why| format!(" · {}", why.words())).unwrap_or_default();
        text.push_str(&format!("\n{number}. **{}**{why} · {}", plain(&skill.name), count(*open, "opening")));
        if let Some(page) = &skill.explainer {
            text.push_str(&format!("\n-# {}", page.summary.trim()));
        }
    }
    if let [_] = steps {
        text.push_str("\nYou are there already.");
    }
    let buttons: Vec<Button> = steps
        .iter()
        .take(10)
        .map(|(skill, ..)| Button::new(&skill.name, Press::Explain(skill.id.clone()).id()))
        .collect();
    let mut parts = vec![Part::Text(text)];
    parts.extend(buttons.chunks(5).map(|row| Part::Buttons(row.to_vec())));
    Message::private(vec![Part::Frame(Some(SKILL), parts)])
}

/// Which one more skill would open most.
#[must_use]
pub fn next(
    have: &BTreeSet<SkillId>,
    next: &Next,
    chips: &[String],
    strangers: &[String],
    filter: &str,
    catalog: &Catalog,
) -> Message {
    let names = have.iter().filter_map(|id| catalog.get(id)).map(|skill| plain(&skill.name));
    let mut text = format!("### Learn this next\nYou have {}.", names.collect::<Vec<_>>().join(", "));
    if !chips.is_empty() {
        text.push_str(&format!(" Among: {}.", chips.join(" · ")));
    }
    text.push_str(&format!(
        "\n{} ask for nothing else among their first {CORE} skills.",
        count(next.covered, "opening")
    ));
    let best: Vec<(&Skill, u64)> =
        next.missing.iter().filter_map(|(id, many)| Some((catalog.get(id)?, *many))).take(5).collect();
    match best.as_slice() {
        [] => text.push_str(
            "\nNo single further skill would add any; /skill path shows a way to one that you want.",
        ),
        [(first, many), rest @ ..] => {
            text.push_str(&format!(
                "\n\n**{}** would add most: {}.",
                plain(&first.name),
                count(*many, "opening")
            ));
            for (skill, many) in rest {
                text.push_str(&format!("\n- {} would add {many}", plain(&skill.name)));
            }
        }
    }
    if !strangers.is_empty() {
        let names: Vec<String> = strangers.iter().map(|name| plain(name)).collect();
        text.push_str(&format!("\n-# not in the catalog, and not counted: {}", names.join(", ")));
    }
    let mut buttons: Vec<Button> = best
        .iter()
        .take(3)
        .map(|(skill, _)| Button::new(&skill.name, Press::Explain(skill.id.clone()).id()))
        .collect();
    let query = Query { key: filter.to_owned(), sort: Sort::Newest, offset: 0 };
    buttons.push(Button::new("All these openings", Press::Page(query).id()));
    Message::private(vec![Part::Frame(Some(SKILL), vec![Part::Text(text), Part::Buttons(buttons)])])
}
