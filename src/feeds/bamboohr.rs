//! BambooHR: what a company's careers page asks for itself, the text and date of each posting by itself.

use serde_json::Value;

use super::sheet::{NO_OBJECT, Sheet, Skip};
use super::{Ask, Kind, Page, ReadError, address, dates, json, places, vocabulary};
use crate::domain::level::WorkMode;
use crate::domain::place::Place;
use crate::domain::posting::Posting;

const NAME: &str = "bamboohr";
const DOMAIN: &str = "bamboohr.com";

/// `bamboohr:COMPANY`.
#[derive(Debug)]
pub(super) struct BambooHr;

impl Kind for BambooHr {
    fn name(&self) -> &'static str {
        NAME
    }

    fn first(&self, board: &str) -> Result<Ask, ReadError> {
        Ok(Ask { url: address::host(NAME, board, DOMAIN, "/careers/list")?, json: None })
    }

    fn read(&self, board: &str, company: Option<&str>, _ask: &Ask, body: &[u8]) -> Result<Page, ReadError> {
        let answer = json::parse(NAME, body)?;
        let mut sheet = Sheet::default();
        for entry in json::list(NAME, &answer, "result")? {
            sheet.take(read_posting(entry, board, company));
        }
        sheet.finish(NAME)
    }

    fn detail(&self, board: &str, posting: &Posting) -> Option<Ask> {
        let url = address::host(NAME, board, DOMAIN, &format!("/careers/{}/detail", posting.key)).ok()?;
        posting.key.bytes().all(|byte| byte.is_ascii_alphanumeric()).then_some(Ask { url, json: None })
    }

    fn complete(&self, posting: &mut Posting, body: &[u8]) -> Result<(), ReadError> {
        let answer = json::parse(NAME, body)?;
        let opening = answer.get("result").and_then(|result| result.get("jobOpening"));
        let Some(opening) = opening.filter(|opening| opening.is_object()) else {
            return Err(json::unexpected(NAME, "there is no \"jobOpening\" in it".to_owned()));
        };
        let page = json::text(opening, "jobOpeningShareUrl").map(address::link).unwrap_or_default();
        if !page.is_empty() {
            posting.url = page;
        }
        if let Some(place) = place(opening) {
            posting.locations = vec![place.to_string()];
            posting.places = vec![place];
        }
        posting.body = json::body(json::text(opening, "description").unwrap_or_default());
        posting.pay_text = json::line(opening, "compensation");
        posting.level = json::text(opening, "minimumExperience").and_then(vocabulary::level);
        posting.posted_at = dates::date(opening, "datePosted");
        posting.closed = json::text(opening, "jobOpeningStatus").is_some_and(|status| status != "Open");
        Ok(())
    }
}

fn read_posting(entry: &Value, board: &str, company: Option<&str>) -> Result<Posting, Skip> {
    if !entry.is_object() {
        return Err(NO_OBJECT);
    }
    let key = json::identity(entry, "id").unwrap_or_default();
    let place = place(entry);
    let mode = match json::text(entry, "locationType") {
        Some("0") => Some(WorkMode::Onsite),
        Some("1") => Some(WorkMode::Remote),
        Some("2") => Some(WorkMode::Hybrid),
        _ => (json::flag(entry, "isRemote") == Some(true)).then_some(WorkMode::Remote),
    };
    Ok(Posting {
        title: json::line(entry, "jobOpeningName").unwrap_or_default(),
        company: company.unwrap_or(board).to_owned(),
        url: address::host(NAME, board, DOMAIN, &format!("/careers/{key}"))
            .map(|url| address::link(&url))
            .unwrap_or_default(),
        key,
        locations: place.iter().map(Place::to_string).collect(),
        places: place.into_iter().collect(),
        work_mode: mode,
        employment: json::text(entry, "employmentStatusLabel").and_then(vocabulary::employment),
        department: json::line(entry, "departmentLabel"),
        ..Posting::default()
    })
}

/// Offices have their place in one field, remote jobs in another.
fn place(entry: &Value) -> Option<Place> {
    let read = |name: &str, keys| places::from_object(entry.get(name)?, keys);
    read("location", ["city", "state", "addressCountry"])
        .or_else(|| read("atsLocation", ["city", "state", "country"]))
        .or_else(|| read("atsLocation", ["city", "province", "country"]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::level::{Employment, Level};

    const LIST: &str = r#"{"meta": {"totalCount": 2}, "result": [
        {"id": "39", "jobOpeningName": "Baker", "departmentLabel": "Ovens ", "employmentStatusLabel": "Full-Time", "location": {"city": "Edmonton", "state": "Alberta"},
         "atsLocation": {"country": null, "state": null, "province": null, "city": null}, "isRemote": null, "locationType": "0"},
        {"id": 41, "jobOpeningName": "Miller", "employmentStatusLabel": "Internship", "location": {"city": null, "state": null},
         "atsLocation": {"country": "Canada", "state": "Alberta", "city": "Calgary"}, "locationType": "1"}]}"#;
    const DETAIL: &str = r#"{"meta": {"jobOpeningStatus": "Open"}, "result": {"jobOpening": {"jobOpeningShareUrl": "https://acme.bamboohr.com/careers/39",
        "jobOpeningName": "Baker", "jobOpeningStatus": "Open", "location": {"city": "Edmonton", "state": "Alberta", "addressCountry": "Canada"},
        "description": "<p>Bake</p>", "compensation": "$90,000 - $120,000", "datePosted": "2026-05-04", "minimumExperience": "Mid-level"}}}"#;

    fn read(body: &str) -> Result<Page, ReadError> {
        BambooHr.read("acme", Some("Acme"), &BambooHr.first("acme").unwrap(), body.as_bytes())
    }

    #[test]
    fn a_row_of_the_list_is_completed_by_its_own_page() {
        let page = read(LIST).unwrap();
        let mut job = page.postings[0].clone();
        assert_eq!(
            (job.url.as_str(), job.work_mode),
            ("https://acme.bamboohr.com/careers/39", Some(WorkMode::Onsite))
        );
        assert_eq!(
            (job.employment, job.locations.join(";")),
            (Some(Employment::FullTime), "Edmonton, Alberta".into())
        );
        let other = &page.postings[1];
        assert_eq!(
            (other.work_mode, other.places[0].to_string()),
            (Some(WorkMode::Remote), "Calgary, AB, CA".into())
        );
        assert_eq!(BambooHr.detail("acme", &job).unwrap().url, "https://acme.bamboohr.com/careers/39/detail");
        BambooHr.complete(&mut job, DETAIL.as_bytes()).unwrap();
        assert_eq!((job.places[0].to_string(), job.level), ("Edmonton, AB, CA".into(), Some(Level::Mid)));
        assert_eq!(job.pay_text.as_deref(), Some("$90,000 - $120,000"));
        assert_eq!(job.posted_at.map(|at| at.0), Some(1_777_852_800_000));
        assert!(!job.closed && BambooHr.complete(&mut job, b"{}").is_err());
    }

    #[test]
    fn an_answer_that_is_no_list_is_an_error() {
        assert!(BambooHr.first("a.b").is_err());
        for body in ["", "<html>", "[]", r#"{"error":"Not found"}"#] {
            assert!(read(body).is_err(), "{body}");
        }
        let list = serde_json::from_str(LIST).unwrap();
        crate::feeds::mangled::survives(&BambooHr, "acme", &list, "/result", crate::feeds::mangled::whole);
    }
}
