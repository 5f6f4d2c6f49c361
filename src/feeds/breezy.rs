//! Breezy: a company's whole board in one answer.

use serde_json::Value;

use super::sheet::{NO_OBJECT, Sheet, Skip};
use super::{Ask, Kind, Page, ReadError, address, dates, json, places, vocabulary};
use crate::domain::level::WorkMode;
use crate::domain::place::Place;
use crate::domain::posting::Posting;

const NAME: &str = "breezy";

/// `breezy:COMPANY`.
#[derive(Debug)]
pub(super) struct Breezy;

impl Kind for Breezy {
    fn name(&self) -> &'static str {
        NAME
    }

    fn first(&self, board: &str) -> Result<Ask, ReadError> {
        Ok(Ask { url: address::host(NAME, board, "breezy.hr", "/json?verbose=true")?, json: None })
    }

    fn read(&self, _board: &str, company: Option<&str>, _ask: &Ask, body: &[u8]) -> Result<Page, ReadError> {
        let answer = json::parse(NAME, body)?;
        let mut sheet = Sheet::default();
        for entry in json::array(NAME, &answer)? {
            sheet.take(read_posting(entry, company));
        }
        sheet.finish(NAME)
    }
}

fn read_posting(entry: &Value, company: Option<&str>) -> Result<Posting, Skip> {
    if !entry.is_object() {
        return Err(NO_OBJECT);
    }
    let null = Value::Null;
    let several: Vec<&Value> = json::objects(entry, "locations").collect();
    let all = if several.is_empty() { vec![entry.get("location").unwrap_or(&null)] } else { several };
    let mut locations = Vec::new();
    all.iter()
        .filter_map(|place| json::line(place, "name"))
        .for_each(|name| json::push_once(&mut locations, name));
    let remote = all.iter().any(|place| json::flag(place, "is_remote") == Some(true));
    let own = entry.get("company").and_then(|company| json::line(company, "name"));
    let kind = entry.get("type").unwrap_or(&null);
    Ok(Posting {
        key: json::identity(entry, "id").unwrap_or_default(),
        title: json::line(entry, "name").unwrap_or_default(),
        company: company.or(own.as_deref()).unwrap_or_default().to_owned(),
        url: json::text(entry, "url").map(address::link).unwrap_or_default(),
        locations,
        places: all.iter().filter_map(|place| read_place(place)).collect(),
        work_mode: remote.then_some(WorkMode::Remote),
        employment: json::text(kind, "name")
            .and_then(vocabulary::employment)
            .or_else(|| json::text(kind, "id").and_then(vocabulary::employment)),
        pay_text: json::line(entry, "salary"),
        body: json::body(json::text(entry, "description").unwrap_or_default()),
        department: json::line(entry, "department"),
        posted_at: dates::date(entry, "published_date"),
        ..Posting::default()
    })
}

fn read_place(place: &Value) -> Option<Place> {
    let part = |key: &str, inner: &str| place.get(key).and_then(|part| json::text(part, inner));
    let region = part("state", "id").or_else(|| part("state", "name"));
    places::place(
        json::text(place, "city"),
        region,
        part("country", "id").or_else(|| part("country", "name")),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::level::Employment;

    const BOARD: &str = r#"[
        {"id": "e636", "friendly_id": "e636-driver", "name": "Driver", "url": "https://acme.breezy.hr/p/e636-driver",
         "published_date": "2026-05-04T13:30:00.000Z", "type": {"id": "fullTime", "name": "Full-Time"},
         "location": {"country": {"name": "United States", "id": "US"}, "state": {"id": "WA", "name": "Washington"},
                      "city": "Tacoma", "is_remote": false, "name": "Tacoma, WA"},
         "department": "Routes", "salary": "$20 – $25 / hour", "description": "<p>Drive</p>", "company": {"name": "Acme"}},
        {"id": "e637", "name": "Writer", "url": "https://acme.breezy.hr/p/e637", "type": {"id": "contract", "name": "Contract"},
         "location": {"country": null, "state": null, "city": null, "is_remote": true, "name": "Remote"}, "locations": [],
         "salary": null, "company": {"name": "Acme"}}
    ]"#;

    fn read(body: &str) -> Result<Page, ReadError> {
        Breezy.read("acme", None, &Breezy.first("acme").unwrap(), body.as_bytes())
    }

    #[test]
    fn every_field_of_a_posting_is_read() {
        let page = read(BOARD).unwrap();
        let (driver, writer) = (&page.postings[0], &page.postings[1]);
        assert_eq!(driver.places[0].to_string(), "Tacoma, WA, US");
        assert_eq!((driver.work_mode, driver.employment), (None, Some(Employment::FullTime)));
        assert_eq!((driver.pay_text.as_deref(), driver.company.as_str()), (Some("$20 – $25 / hour"), "Acme"));
        assert_eq!(
            (writer.work_mode, writer.employment),
            (Some(WorkMode::Remote), Some(Employment::Contract))
        );
        assert_eq!((writer.locations.as_slice(), writer.places.len()), (&["Remote".to_owned()][..], 0));
        assert!(page.whole);
    }

    #[test]
    fn an_answer_that_is_no_board_is_an_error() {
        for body in ["", "<html>", "{}", "[1]"] {
            assert!(read(body).is_err(), "{body}");
        }
        let board = serde_json::from_str(BOARD).unwrap();
        crate::feeds::mangled::survives(&Breezy, "acme", &board, "", crate::feeds::mangled::whole);
    }
}
