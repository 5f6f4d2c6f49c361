//! Postings with labelled level, place, remote work, pay and years: each fact gets what ingestion would give it.

use crier::domain::level::WorkMode;
use crier::domain::opening::Facts;
use crier::domain::pay::{Pay, Period};
use crier::domain::posting::{Body, Posting};
use crier::reading;
use crier::skills::tagger::Tagger;
use serde_json::Value;

use crate::score::Table;

pub(crate) fn measure(rows: &[Value], tagger: &Tagger, table: &mut Table) {
    for row in rows {
        let gold = &row["gold"];
        // A board that states pay in fields of its own gives them; without them only the text tells.
        let told = read(row, pay(&row["structured_salary"], "min_amount", "max_amount"), tagger);
        let alone = read(row, None, tagger);
        let shown = |facts: &Facts, fact: &str| {
            format!(
                "{} | {} | {}",
                text(row, "title"),
                text(row, "location_raw"),
                facts.evidence.get(fact).map_or("", String::as_str)
            )
        };

        let level = told.level.map(|level| level.key().to_owned());
        table.row("level", labelled_level(gold).as_ref(), level.as_ref(), || shown(&told, "level"));

        let remote = told.work_mode == Some(WorkMode::Remote);
        let is_remote = gold["remote"].as_bool();
        table.row(
            "remote",
            is_remote.filter(|is| *is).as_ref(),
            Some(remote).filter(|is| *is).as_ref(),
            || shown(&told, "work_mode"),
        );

        let country = gold["country"].as_str().map(|name| reading::area(name).unwrap_or(name.to_owned()));
        let read = country_of(&told, country.as_ref());
        table.row("country", country.as_ref(), read.as_ref(), || shown(&told, "places"));

        let city = gold["city"].as_str().map(known_city);
        let read = city_of(&told, city.as_ref());
        table.row("city", city.as_ref(), read.as_ref(), || shown(&told, "places"));

        let stated = pay(&gold["salary"], "min", "max");
        table.row("pay", stated.as_ref(), told.pay.as_ref(), || shown(&told, "pay"));
        if row["structured_salary"].is_null() {
            table.row("pay from text", stated.as_ref(), alone.pay.as_ref(), || shown(&alone, "pay"));
        }

        let years = gold["yoe"]["min"].as_f64().map(|years| years as u8).filter(|years| *years > 0);
        table.row("years", years.as_ref(), told.years.as_ref(), || shown(&told, "years"));

        for (fact, stated) in [("employment", told.employment.map(|kind| kind.key().to_owned()))] {
            if let Some(label) = gold.get(fact) {
                table.row(fact, label.as_str().map(str::to_owned).as_ref(), stated.as_ref(), || {
                    shown(&told, fact)
                });
            }
        }
        if let Some(label) = gold.get("visa") {
            let visa = told.visa.map(|visa| visa.key().to_owned());
            table.row("visa", label.as_str().map(str::to_owned).as_ref(), visa.as_ref(), || {
                shown(&told, "visa")
            });
        }
    }
}

fn read(row: &Value, pay: Option<Pay>, tagger: &Tagger) -> Facts {
    let posting = Posting {
        key: text(row, "id").to_owned(),
        title: text(row, "title").to_owned(),
        company: text(row, "company_key").to_owned(),
        locations: Some(text(row, "location_raw").trim().to_owned())
            .filter(|place| !place.is_empty())
            .into_iter()
            .collect(),
        pay,
        body: Body::Text(text(row, "description_text").to_owned()),
        ..Posting::default()
    };
    reading::read(&posting, tagger).facts
}

fn text<'a>(row: &'a Value, key: &str) -> &'a str {
    row[key].as_str().unwrap_or_default()
}

/// The labels have two more levels than we tell apart, and a word for "not said".
fn labelled_level(gold: &Value) -> Option<String> {
    match gold["level"].as_str()? {
        "unknown" => None,
        "director" => Some("executive".to_owned()),
        "principal" => Some("staff".to_owned()),
        other => Some(other.to_owned()),
    }
}

/// The labels hold one country. Where several were read it counts if it is among them, else the first is compared;
/// a country from which remote work is allowed counts where no place says one.
fn country_of(facts: &Facts, label: Option<&String>) -> Option<String> {
    let places = facts.places.iter().filter_map(|place| place.country.clone());
    let from = facts.remote_from.iter().filter(|area| area.len() == 2 && *area != "EU").cloned();
    let read: Vec<String> = places.chain(from).collect();
    read.iter().find(|code| Some(*code) == label).or(read.first()).cloned()
}

fn city_of(facts: &Facts, label: Option<&String>) -> Option<String> {
    let read: Vec<String> =
        facts.places.iter().filter_map(|place| place.city.as_deref().map(known_city)).collect();
    read.iter().find(|city| Some(*city) == label).or(read.first()).cloned()
}

/// A city under the name that we use for it: "New York City" and "New York" are one.
fn known_city(name: &str) -> String {
    reading::place(name).and_then(|place| place.city).unwrap_or_else(|| name.to_owned()).to_lowercase()
}

fn pay(value: &Value, min: &str, max: &str) -> Option<Pay> {
    value.is_object().then(|| Pay {
        min: value[min].as_f64(),
        max: value[max].as_f64(),
        currency: value["currency"].as_str().map(str::to_owned),
        period: match value["interval"].as_str().unwrap_or_default() {
            "hour" => Some(Period::Hour),
            "day" => Some(Period::Day),
            "week" => Some(Period::Week),
            "month" => Some(Period::Month),
            "year" => Some(Period::Year),
            _ => None,
        },
    })
}
