//! Remotive: the current remote jobs, a day late, in one answer.

use serde_json::Value;

use super::sheet::{NO_OBJECT, Sheet, Skip};
use super::{Ask, Kind, Page, ReadError, address, dates, json, places, vocabulary};
use crate::domain::level::WorkMode;
use crate::domain::posting::Posting;
use crate::domain::time::{DAY, HOUR};

const NAME: &str = "remotive";
const BASE: &str = "https://remotive.com/api/remote-jobs";

/// `remotive:all`, or `remotive:CATEGORY` such as `remotive:software-dev`.
#[derive(Debug)]
pub(super) struct Remotive;

impl Kind for Remotive {
    fn name(&self) -> &'static str {
        NAME
    }

    fn first(&self, board: &str) -> Result<Ask, ReadError> {
        let url = if board == "all" { BASE.to_owned() } else { address::query(BASE, &[("category", board)]) };
        Ok(Ask { url, json: None })
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

    /// Its terms: about four requests a day.
    fn least_interval(&self) -> i64 {
        6 * HOUR
    }
}

fn read_posting(entry: &Value) -> Result<Posting, Skip> {
    if !entry.is_object() {
        return Err(NO_OBJECT);
    }
    let wanted = json::line(entry, "candidate_required_location");
    Ok(Posting {
        key: json::identity(entry, "id").unwrap_or_default(),
        title: json::plain(entry, "title").unwrap_or_default(),
        company: json::plain(entry, "company_name").unwrap_or_default(),
        url: json::text(entry, "url").map(address::link).unwrap_or_default(),
        remote_from: wanted.as_deref().map(places::areas).unwrap_or_default(),
        locations: wanted.into_iter().collect(),
        work_mode: Some(WorkMode::Remote),
        employment: json::text(entry, "job_type").and_then(vocabulary::employment),
        pay_text: json::line(entry, "salary"),
        body: json::body(json::text(entry, "description").unwrap_or_default()),
        tags: json::lines(entry, "tags"),
        department: json::plain(entry, "category"),
        posted_at: dates::date(entry, "publication_date"),
        ..Posting::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::level::Employment;

    const BOARD: &str = r#"{"00-warning": "Moved.", "job-count": 2, "jobs": [
        {"id": 81, "url": "https://remotive.com/remote-jobs/food/baker-81", "title": "Baker", "company_name": "Acme", "category": "Food &amp; Drink",
         "tags": ["bread ", "flour"], "job_type": "full_time", "publication_date": "2026-05-04T13:30:00",
         "candidate_required_location": "USA, Europe", "salary": "$175k - $225k", "description": "<p>Bake</p>"},
        {"id": 82, "url": "https://remotive.com/remote-jobs/food/miller-82", "title": "Miller", "company_name": "Acme", "job_type": "freelance",
         "candidate_required_location": "Worldwide", "salary": ""}
    ]}"#;

    fn read(body: &str) -> Result<Page, ReadError> {
        Remotive.read("all", None, &Remotive.first("all").unwrap(), body.as_bytes())
    }

    #[test]
    fn every_field_of_a_posting_is_read() {
        let page = read(BOARD).unwrap();
        assert!(!page.whole && page.skipped.is_empty());
        let job = &page.postings[0];
        assert_eq!((job.key.as_str(), job.employment), ("81", Some(Employment::FullTime)));
        assert_eq!(job.remote_from, ["US", "Europe"]);
        assert_eq!(job.pay_text.as_deref(), Some("$175k - $225k"));
        assert_eq!(job.tags, ["bread", "flour"]);
        assert_eq!(job.department.as_deref(), Some("Food & Drink"));
        assert_eq!(job.posted_at.map(|at| at.0), Some(1_777_901_400_000));
        let other = &page.postings[1];
        assert_eq!((other.employment, other.pay_text.as_ref()), (Some(Employment::Contract), None));
        assert_eq!(other.remote_from, ["world"]);
    }

    #[test]
    fn a_category_is_asked_for_and_a_wrong_answer_is_an_error() {
        assert_eq!(
            Remotive.first("software dev&limit=1").unwrap().url,
            format!("{BASE}?category=software+dev%26limit%3D1")
        );
        for body in ["", "<html>", "[]", r#"{"error":"Too many requests"}"#] {
            assert!(read(body).is_err(), "{body}");
        }
        let board = serde_json::from_str(BOARD).unwrap();
        crate::feeds::mangled::survives(&Remotive, "all", &board, "/jobs", crate::feeds::mangled::whole);
    }
}
