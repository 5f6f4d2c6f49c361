//! Workable: an account's whole board in one answer, a job in several countries as several rows.

use serde_json::Value;

use super::sheet::{NO_OBJECT, Sheet, Skip};
use super::{Ask, Kind, Page, ReadError, address, dates, json, places, vocabulary};
use crate::domain::level::WorkMode;
use crate::domain::posting::Posting;

const NAME: &str = "workable";
const BASE: &str = "https://apply.workable.com/api/v1/widget/accounts";

/// `workable:ACCOUNT`.
#[derive(Debug)]
pub(super) struct Workable;

impl Kind for Workable {
    fn name(&self) -> &'static str {
        NAME
    }

    fn first(&self, board: &str) -> Result<Ask, ReadError> {
        Ok(Ask { url: address::board(NAME, BASE, board, "?details=true")?, json: None })
    }

    fn read(&self, _board: &str, company: Option<&str>, _ask: &Ask, body: &[u8]) -> Result<Page, ReadError> {
        let answer = json::parse(NAME, body)?;
        let own = json::line(&answer, "name");
        let company = company.or(own.as_deref()).unwrap_or_default();
        let mut sheet = Sheet::default();
        for entry in json::list(NAME, &answer, "jobs")? {
            let read = read_posting(entry, company);
            // The same shortcode again is the same job in another country.
            let known = read
                .as_ref()
                .ok()
                .and_then(|new| sheet.postings_mut().iter_mut().find(|old| old.key == new.key));
            match (known, read) {
                (Some(known), Ok(more)) => {
                    more.locations.into_iter().for_each(|place| json::push_once(&mut known.locations, place));
                    for place in more.places {
                        if !known.places.contains(&place) {
                            known.places.push(place);
                        }
                    }
                }
                (_, read) => sheet.take(read),
            }
        }
        sheet.finish(NAME)
    }
}

fn read_posting(entry: &Value, company: &str) -> Result<Posting, Skip> {
    if !entry.is_object() {
        return Err(NO_OBJECT);
    }
    let shown: Vec<&Value> =
        json::objects(entry, "locations").filter(|place| json::flag(place, "hidden") != Some(true)).collect();
    let mut found: Vec<_> = shown
        .iter()
        .filter_map(|place| {
            let country = json::text(place, "countryCode").or_else(|| json::text(place, "country"));
            places::place(json::text(place, "city"), json::text(place, "region"), country)
        })
        .collect();
    if found.is_empty() {
        found.extend(places::from_object(entry, ["city", "state", "country"]));
    }
    let parts = [json::line(entry, "city"), json::line(entry, "state"), json::line(entry, "country")];
    let place: Vec<String> = parts.into_iter().flatten().collect();
    let employment = json::line(entry, "employment_type");
    let tags = ["function", "industry"].into_iter().filter_map(|key| json::line(entry, key)).collect();
    Ok(Posting {
        key: json::identity(entry, "shortcode").unwrap_or_default(),
        title: json::line(entry, "title").unwrap_or_default(),
        company: company.to_owned(),
        url: json::text(entry, "url").map(address::link).unwrap_or_default(),
        locations: Some(place.join(", ")).filter(|place| !place.is_empty()).into_iter().collect(),
        places: found,
        // The flag knows remote and the rest; hybrid can't be told from the office.
        work_mode: (json::flag(entry, "telecommuting") == Some(true)).then_some(WorkMode::Remote),
        employment: employment.as_deref().and_then(vocabulary::employment),
        level: json::text(entry, "experience").and_then(experience),
        body: json::body(json::text(entry, "description").unwrap_or_default()),
        tags,
        department: json::line(entry, "department"),
        posted_at: dates::date(entry, "published_on").or_else(|| dates::date(entry, "created_at")),
        ..Posting::default()
    })
}

/// The board's fixed words; "Associate" and "Not Applicable" say nothing of ours.
fn experience(word: &str) -> Option<crate::domain::level::Level> {
    match word.trim() {
        "Mid-Senior level" => None,
        other => vocabulary::level(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::level::{Employment, Level};
    use crate::domain::place::Place;

    const BOARD: &str = r#"{"name": "Acme ", "description": null, "jobs": [
        {"shortcode": "0AB1", "title": "Baker", "employment_type": "Full-time", "telecommuting": true, "department": "Ovens",
         "url": "https://apply.workable.com/j/0AB1", "published_on": "2026-05-04", "created_at": "2026-05-01",
         "country": "Germany", "city": "Berlin", "state": "Berlin", "experience": "Entry level", "industry": "Food",
         "locations": [{"country": "Germany", "countryCode": "DE", "city": "Berlin", "region": null, "hidden": false},
                       {"country": "Germany", "countryCode": "DE", "city": "Secret", "hidden": true}],
         "description": "<p>Bake</p>"},
        {"shortcode": "0AB1", "title": "Baker", "url": "https://apply.workable.com/j/0AB1", "country": "France", "city": "Paris",
         "locations": [{"countryCode": "FR", "city": "Paris"}]},
        {"shortcode": "0AB2", "title": "Cook", "url": "https://apply.workable.com/j/0AB2", "country": "Spain", "city": "", "state": "",
         "employment_type": "", "telecommuting": false, "locations": []}
    ]}"#;

    fn read(body: &str) -> Result<Page, ReadError> {
        Workable.read("acme", None, &Workable.first("acme").unwrap(), body.as_bytes())
    }

    #[test]
    fn rows_of_one_job_become_one_posting_with_its_places() {
        let page = read(BOARD).unwrap();
        assert_eq!(page.postings.len(), 2);
        let job = &page.postings[0];
        assert_eq!((job.company.as_str(), job.key.as_str()), ("Acme", "0AB1"));
        assert_eq!(job.locations, ["Berlin, Berlin, Germany", "Paris, France"]);
        let cities: Vec<String> = job.places.iter().map(ToString::to_string).collect();
        assert_eq!(cities, ["Berlin, DE", "Paris, FR"]);
        assert_eq!((job.work_mode, job.employment), (Some(WorkMode::Remote), Some(Employment::FullTime)));
        assert_eq!((job.level, job.tags.as_slice()), (Some(Level::Entry), &["Food".to_owned()][..]));
        assert_eq!(page.postings[1].places, [Place::country("ES")]);
        assert_eq!((page.postings[1].work_mode, page.postings[1].employment), (None, None));
        assert!(page.whole);
    }

    #[test]
    fn an_answer_that_is_no_board_is_an_error() {
        for body in ["", "<html>", "[]", r#"{"error":"Not found"}"#] {
            assert!(read(body).is_err(), "{body}");
        }
        assert!(read(r#"{"jobs":[]}"#).unwrap().postings.is_empty());
        let board = serde_json::from_str(BOARD).unwrap();
        crate::feeds::mangled::survives(&Workable, "acme", &board, "/jobs", crate::feeds::mangled::whole);
    }
}
