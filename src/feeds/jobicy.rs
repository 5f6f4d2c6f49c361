//! Jobicy: the hundred newest remote jobs, six hours late, in one answer.

use serde_json::Value;

use super::sheet::{NO_OBJECT, Sheet, Skip};
use super::{Ask, Kind, Page, ReadError, address, dates, json, pay, places, vocabulary};
use crate::domain::level::{Level, WorkMode};
use crate::domain::posting::Posting;
use crate::domain::time::{DAY, HOUR};

const NAME: &str = "jobicy";
const BASE: &str = "https://jobicy.com/api/v2/remote-jobs";

/// `jobicy:all`, or `jobicy:WORD` for jobs whose title or text holds it.
#[derive(Debug)]
pub(super) struct Jobicy;

impl Kind for Jobicy {
    fn name(&self) -> &'static str {
        NAME
    }

    fn first(&self, board: &str) -> Result<Ask, ReadError> {
        let mut parameters = vec![("count", "100")];
        if board != "all" {
            parameters.push(("tag", board));
        }
        Ok(Ask { url: address::query(BASE, &parameters), json: None })
    }

    fn read(&self, _board: &str, _company: Option<&str>, _ask: &Ask, body: &[u8]) -> Result<Page, ReadError> {
        let answer = json::parse(NAME, body)?;
        let mut sheet = Sheet::default();
        for entry in json::list(NAME, &answer, "jobs")? {
            sheet.take(read_posting(entry));
        }
        Ok(Page { whole: false, ..sheet.finish(NAME)? })
    }

    fn shelf_life(&self) -> Option<i64> {
        Some(30 * DAY)
    }

    /// Its terms: at most one request an hour.
    fn least_interval(&self) -> i64 {
        HOUR
    }
}

fn read_posting(entry: &Value) -> Result<Posting, Skip> {
    if !entry.is_object() {
        return Err(NO_OBJECT);
    }
    let wanted = json::line(entry, "jobGeo");
    Ok(Posting {
        key: json::identity(entry, "id").unwrap_or_default(),
        title: json::plain(entry, "jobTitle").unwrap_or_default(),
        company: json::plain(entry, "companyName").unwrap_or_default(),
        url: json::text(entry, "url").map(address::link).unwrap_or_default(),
        remote_from: wanted.as_deref().map(places::areas).unwrap_or_default(),
        locations: wanted.into_iter().collect(),
        work_mode: Some(WorkMode::Remote),
        employment: json::lines(entry, "jobType").iter().find_map(|kind| vocabulary::employment(kind)),
        level: json::text(entry, "jobLevel").and_then(level),
        pay: pay::of(entry, ["salaryMin", "salaryMax", "salaryCurrency", "salaryPeriod"]),
        body: json::body(json::text(entry, "jobDescription").unwrap_or_default()),
        department: json::lines(entry, "jobIndustry")
            .first()
            .and_then(|name| json::clean(&html_escape::decode_html_entities(name))),
        posted_at: dates::date(entry, "pubDate"),
        ..Posting::default()
    })
}

fn level(word: &str) -> Option<Level> {
    if word.trim() == "Midweight" { Some(Level::Mid) } else { vocabulary::level(word) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::level::Employment;
    use crate::domain::pay::Period;

    const BOARD: &str = r#"{"apiVersion": "2.2", "jobCount": 2, "jobs": [
        {"id": 91, "url": "https://jobicy.com/jobs/91-baker", "jobSlug": "91-baker", "jobTitle": "Baker &#8211; nights", "companyName": "Acme",
         "jobIndustry": ["Food &amp; Drink"], "jobType": ["Full-Time"], "jobGeo": "LATAM,  Brazil", "jobLevel": "Midweight", "jobExcerpt": "Bake",
         "jobDescription": "<p>Bake</p>", "pubDate": "2026-05-04T13:30:00+00:00", "salaryMin": 78000, "salaryCurrency": "USD", "salaryPeriod": "yearly"},
        {"id": 92, "url": "https://jobicy.com/jobs/92-miller", "jobTitle": "Miller", "companyName": "Acme", "jobType": ["Contract"],
         "jobGeo": "Anywhere", "jobLevel": "Any", "salaryMin": 5}
    ], "success": true}"#;

    fn read(body: &str) -> Result<Page, ReadError> {
        Jobicy.read("all", None, &Jobicy.first("all").unwrap(), body.as_bytes())
    }

    #[test]
    fn every_field_of_a_posting_is_read() {
        let page = read(BOARD).unwrap();
        assert!(!page.whole && page.skipped.is_empty());
        let job = &page.postings[0];
        assert_eq!((job.title.as_str(), job.level), ("Baker – nights", Some(Level::Mid)));
        assert_eq!(
            (job.remote_from.join(" "), job.employment),
            ("LATAM BR".into(), Some(Employment::FullTime))
        );
        assert_eq!(job.department.as_deref(), Some("Food & Drink"));
        let pay = job.pay.as_ref().unwrap();
        assert_eq!((pay.min, pay.max, pay.period), (Some(78_000.0), None, Some(Period::Year)));
        assert_eq!(job.posted_at.map(|at| at.0), Some(1_777_901_400_000));
        let other = &page.postings[1];
        assert_eq!((other.level, other.pay.as_ref()), (None, None));
        assert_eq!(other.remote_from, ["world"]);
    }

    #[test]
    fn a_word_is_asked_for_and_a_wrong_answer_is_an_error() {
        assert_eq!(Jobicy.first("all").unwrap().url, format!("{BASE}?count=100"));
        assert_eq!(Jobicy.first("c#").unwrap().url, format!("{BASE}?count=100&tag=c%23"));
        for body in ["", "<html>", "[]", r#"{"success":false,"error":"Invalid parameter"}"#] {
            assert!(read(body).is_err(), "{body}");
        }
        let board = serde_json::from_str(BOARD).unwrap();
        crate::feeds::mangled::survives(&Jobicy, "all", &board, "/jobs", crate::feeds::mangled::whole);
    }
}
