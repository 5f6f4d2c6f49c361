//! Teamtailor: a site's JSON Feed, whose items carry a schema.org JobPosting; pages follow by `next_url`.

use serde_json::Value;

use super::sheet::{NO_OBJECT, Sheet, Skip};
use super::{Ask, Kind, Page, ReadError, address, dates, json, places, vocabulary};
use crate::domain::level::WorkMode;
use crate::domain::place::Place;
use crate::domain::posting::Posting;

const NAME: &str = "teamtailor";

/// `teamtailor:SITE`.
#[derive(Debug)]
pub(super) struct Teamtailor;

impl Kind for Teamtailor {
    fn name(&self) -> &'static str {
        NAME
    }

    fn first(&self, board: &str) -> Result<Ask, ReadError> {
        Ok(Ask { url: address::host(NAME, board, "teamtailor.com", "/jobs.json")?, json: None })
    }

    fn read(&self, _board: &str, company: Option<&str>, ask: &Ask, body: &[u8]) -> Result<Page, ReadError> {
        let answer = json::parse(NAME, body)?;
        let site = json::line(&answer, "title");
        let mut sheet = Sheet::default();
        for entry in json::list(NAME, &answer, "items")? {
            sheet.take(read_posting(entry, company, site.as_deref()));
        }
        let mut page = sheet.finish(NAME)?;
        let next = json::text(&answer, "next_url").map(address::link).filter(|url| same_host(url, &ask.url));
        page.next = next.filter(|url| *url != ask.url).map(|url| Ask { url, json: None });
        Ok(page)
    }
}

/// A feed's next page lies where the feed does.
fn same_host(one: &str, other: &str) -> bool {
    let host = |url: &str| url::Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned));
    host(one).is_some() && host(one) == host(other)
}

fn read_posting(entry: &Value, company: Option<&str>, site: Option<&str>) -> Result<Posting, Skip> {
    if !entry.is_object() {
        return Err(NO_OBJECT);
    }
    let null = Value::Null;
    let job = entry.get("_jobposting").unwrap_or(&null);
    let employer = job.get("hiringOrganization").and_then(|employer| json::line(employer, "name"));
    let mut found: Vec<Place> = Vec::new();
    let mut locations = Vec::new();
    for place in json::objects(job, "jobLocation") {
        let Some(address) = place.get("address") else { continue };
        let parts = ["addressLocality", "addressCountry"].map(|key| json::line(address, key));
        let words: Vec<String> = parts.into_iter().flatten().collect();
        if !words.is_empty() {
            json::push_once(&mut locations, words.join(", "));
        }
        // The region is free text there and may hold nonsense ("Europe").
        let place = places::place(
            json::text(address, "addressLocality"),
            None,
            json::text(address, "addressCountry"),
        );
        if let Some(place) = place.filter(|place| !found.contains(place)) {
            found.push(place);
        }
    }
    let text = json::text(entry, "content_html").or_else(|| json::text(job, "description"));
    let title = json::line(entry, "title").or_else(|| json::line(job, "title"));
    let remote =
        json::text(job, "jobLocationType").is_some_and(|kind| kind.eq_ignore_ascii_case("TELECOMMUTE"));
    Ok(Posting {
        key: json::identity(entry, "id").unwrap_or_default(),
        title: title.unwrap_or_default(),
        company: company.or(employer.as_deref()).or(site).unwrap_or_default().to_owned(),
        url: json::text(entry, "url").map(address::link).unwrap_or_default(),
        locations,
        places: found,
        work_mode: remote.then_some(WorkMode::Remote),
        employment: json::lines(job, "employmentType").iter().find_map(|word| vocabulary::employment(word)),
        pay: super::jsonld::pay(job),
        body: json::body(text.unwrap_or_default()),
        posted_at: dates::date(entry, "date_published").or_else(|| dates::date(job, "datePosted")),
        ..Posting::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::level::Employment;
    use crate::domain::pay::Period;

    const BOARD: &str = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Acme", "next_url": "https://acme.teamtailor.com/jobs.json?page=2",
        "items": [
        {"id": "942c", "title": "Baker ", "url": "https://acme.teamtailor.com/jobs/77-baker", "date_published": "2026-05-04T15:30:00+02:00",
         "content_html": "<p>Bake</p>",
         "_jobposting": {"@type": "JobPosting", "title": "Baker", "hiringOrganization": {"name": "Acme Sverige"}, "employmentType": "FULL_TIME",
            "jobLocationType": "TELECOMMUTE",
            "jobLocation": [{"@type": "Place", "address": {"addressLocality": "Stockholm", "addressRegion": "Europe", "addressCountry": "SE"}}],
            "baseSalary": {"@type": "MonetaryAmount", "currency": "SEK", "value": {"minValue": 40000, "maxValue": 50000, "unitText": "MONTH"}}}},
        {"id": "942d", "title": "Open application", "url": "https://acme.teamtailor.com/jobs/78-open", "_jobposting": {}}
        ]}"#;

    fn read(body: &str) -> Result<Page, ReadError> {
        Teamtailor.read("acme", None, &Teamtailor.first("acme").unwrap(), body.as_bytes())
    }

    #[test]
    fn every_field_of_a_posting_is_read_and_pages_follow() {
        let page = read(BOARD).unwrap();
        let job = &page.postings[0];
        assert_eq!((job.title.as_str(), job.company.as_str()), ("Baker", "Acme Sverige"));
        assert_eq!(
            (job.locations.as_slice(), job.places[0].to_string()),
            (&["Stockholm, SE".to_owned()][..], "Stockholm, SE".to_owned())
        );
        assert_eq!((job.work_mode, job.employment), (Some(WorkMode::Remote), Some(Employment::FullTime)));
        let pay = job.pay.as_ref().unwrap();
        assert_eq!(
            (pay.min, pay.currency.as_deref(), pay.period),
            (Some(40_000.0), Some("SEK"), Some(Period::Month))
        );
        assert_eq!(job.posted_at.map(|at| at.0), Some(1_777_901_400_000));
        assert_eq!(page.postings[1].company, "Acme");
        assert_eq!(
            page.next.map(|next| next.url).as_deref(),
            Some("https://acme.teamtailor.com/jobs.json?page=2")
        );
        let elsewhere =
            read(&BOARD.replace("https://acme.teamtailor.com/jobs.json?page=2", "https://evil.example/x"))
                .unwrap();
        assert_eq!(elsewhere.next, None, "a feed leads to no other host");
    }

    #[test]
    fn an_answer_that_is_no_board_is_an_error() {
        for body in ["", "<html>", "[]", "{}"] {
            assert!(read(body).is_err(), "{body}");
        }
        let board = serde_json::from_str(BOARD).unwrap();
        crate::feeds::mangled::survives(&Teamtailor, "acme", &board, "/items", crate::feeds::mangled::whole);
    }
}
