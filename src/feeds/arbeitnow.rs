//! Arbeitnow: jobs in Germany and around, newest first, a hundred a page.

use serde_json::Value;

use super::sheet::{NO_OBJECT, Sheet, Skip};
use super::{Ask, Kind, Page, ReadError, address, dates, json, vocabulary};
use crate::domain::level::WorkMode;
use crate::domain::posting::Posting;
use crate::domain::time::DAY;

const NAME: &str = "arbeitnow";
const BASE: &str = "https://www.arbeitnow.com/api/job-board-api";

/// The newest thousand; what lies behind them was seen before.
const PAGES: u32 = 10;

/// `arbeitnow:all`.
#[derive(Debug)]
pub(super) struct Arbeitnow;

impl Kind for Arbeitnow {
    fn name(&self) -> &'static str {
        NAME
    }

    fn first(&self, board: &str) -> Result<Ask, ReadError> {
        address::all(NAME, board)?;
        Ok(page(1))
    }

    fn read(&self, _board: &str, _company: Option<&str>, ask: &Ask, body: &[u8]) -> Result<Page, ReadError> {
        let answer = json::parse(NAME, body)?;
        let mut sheet = Sheet::default();
        for entry in json::list(NAME, &answer, "data")? {
            sheet.take(read_posting(entry));
        }
        let number = address::parameter(&ask.url, "page").unwrap_or(1);
        // The link itself may carry a search of somebody else's, so only its presence counts.
        let more = answer.get("links").is_some_and(|links| json::text(links, "next").is_some());
        let next = (more && number < PAGES).then(|| page(number + 1));
        Ok(Page { whole: false, next, ..sheet.finish(NAME)? })
    }

    fn shelf_life(&self) -> Option<i64> {
        Some(30 * DAY)
    }
}

fn page(number: u32) -> Ask {
    Ask { url: format!("{BASE}?page={number}"), json: None }
}

fn read_posting(entry: &Value) -> Result<Posting, Skip> {
    if !entry.is_object() {
        return Err(NO_OBJECT);
    }
    Ok(Posting {
        key: json::identity(entry, "slug").unwrap_or_default(),
        title: json::plain(entry, "title").unwrap_or_default(),
        company: json::plain(entry, "company_name").unwrap_or_default(),
        url: json::text(entry, "url").map(address::link).unwrap_or_default(),
        locations: json::line(entry, "location").into_iter().collect(),
        // The flag knows remote and the rest; hybrid can't be told from the office.
        work_mode: (json::flag(entry, "remote") == Some(true)).then_some(WorkMode::Remote),
        employment: json::lines(entry, "job_types").iter().find_map(|kind| vocabulary::employment(kind)),
        body: json::body(json::text(entry, "description").unwrap_or_default()),
        tags: json::lines(entry, "tags"),
        posted_at: dates::date(entry, "created_at"),
        ..Posting::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::level::Employment;

    const BOARD: &str = r#"{"data": [
        {"slug": "baker-berlin-1", "company_name": "Acme GmbH", "title": "Bäcker (m/w/d)", "description": "<p>Backen</p>", "remote": true,
         "url": "https://www.arbeitnow.com/jobs/companies/acme/baker-berlin-1", "tags": ["Food"], "job_types": ["professional / experienced", "full time"],
         "location": "Berlin", "created_at": 1777901400},
        {"slug": "miller-2", "company_name": "Acme GmbH", "title": "Müller", "remote": false, "job_types": [], "location": "",
         "url": "https://www.arbeitnow.com/jobs/companies/acme/miller-2", "created_at": 1777901300}
    ], "links": {"first": "?page=1", "last": null, "prev": null, "next": "https://www.arbeitnow.com/api/job-board-api?search=x&page=2"}, "meta": {}}"#;

    fn read(body: &str) -> Result<Page, ReadError> {
        Arbeitnow.read("all", None, &Arbeitnow.first("all").unwrap(), body.as_bytes())
    }

    #[test]
    fn every_field_of_a_posting_is_read() {
        let page = read(BOARD).unwrap();
        let job = &page.postings[0];
        assert_eq!((job.key.as_str(), job.company.as_str()), ("baker-berlin-1", "Acme GmbH"));
        assert_eq!((job.work_mode, job.employment), (Some(WorkMode::Remote), Some(Employment::FullTime)));
        assert_eq!(job.locations, ["Berlin"]);
        assert_eq!(job.posted_at.map(|at| at.0), Some(1_777_901_400_000));
        let other = &page.postings[1];
        assert_eq!((other.work_mode, other.employment, other.locations.len()), (None, None, 0));
    }

    #[test]
    fn pages_are_counted_by_us() {
        assert_eq!(read(BOARD).unwrap().next.unwrap().url, format!("{BASE}?page=2"));
        let last = Arbeitnow.read("all", None, &page(PAGES), BOARD.as_bytes()).unwrap();
        assert_eq!((last.next, last.whole), (None, false));
        assert_eq!(read(r#"{"data": [], "links": {"next": null}}"#).unwrap().next, None);
    }

    #[test]
    fn an_answer_that_is_no_list_is_an_error() {
        assert!(Arbeitnow.first("berlin").is_err());
        for body in ["", "<html>", "[]", r#"{"message":"Server Error"}"#] {
            assert!(read(body).is_err(), "{body}");
        }
        let board = serde_json::from_str(BOARD).unwrap();
        crate::feeds::mangled::survives(&Arbeitnow, "all", &board, "/data", crate::feeds::mangled::whole);
    }
}
