//! Rippling: a company's board with a row for each place of a job, the text of each job by itself.

use serde_json::Value;

use super::pay::{self, Range, Span};
use super::sheet::{NO_OBJECT, Sheet, Skip};
use super::{Ask, Kind, Page, ReadError, address, dates, json, places, vocabulary};
use crate::domain::level::{Employment, WorkMode};
use crate::domain::posting::Posting;

const NAME: &str = "rippling";
const BASE: &str = "https://ats.rippling.com/api/v2/board";
const SIZE: u32 = 50;

/// `rippling:COMPANY`.
#[derive(Debug)]
pub(super) struct Rippling;

impl Kind for Rippling {
    fn name(&self) -> &'static str {
        NAME
    }

    fn first(&self, board: &str) -> Result<Ask, ReadError> {
        page(board, 0)
    }

    fn read(&self, board: &str, company: Option<&str>, ask: &Ask, body: &[u8]) -> Result<Page, ReadError> {
        let answer = json::parse(NAME, body)?;
        // The older address of a board answers with the bare list.
        let entries =
            if answer.is_array() { json::array(NAME, &answer)? } else { json::list(NAME, &answer, "items")? };
        let mut sheet = Sheet::default();
        for entry in entries {
            let read = read_posting(entry, company.unwrap_or(board));
            let known = read
                .as_ref()
                .ok()
                .and_then(|new| sheet.postings_mut().iter_mut().find(|old| old.key == new.key));
            match (known, read) {
                (Some(known), Ok(more)) => merge(known, more),
                (_, read) => sheet.take(read),
            }
        }
        let number = address::parameter(&ask.url, "page").unwrap_or(0) + 1;
        let more = !entries.is_empty()
            && json::number(&answer, "totalPages").is_some_and(|pages| f64::from(number) < pages);
        let next = if more { Some(page(board, number)?) } else { None };
        Ok(Page { next, ..sheet.finish(NAME)? })
    }

    fn detail(&self, board: &str, posting: &Posting) -> Option<Ask> {
        let url = address::board(NAME, BASE, board, &format!("/jobs/{}", posting.key)).ok()?;
        posting
            .key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            .then_some(Ask { url, json: None })
    }

    fn complete(&self, posting: &mut Posting, body: &[u8]) -> Result<(), ReadError> {
        let answer = json::parse(NAME, body)?;
        if json::identity(&answer, "uuid")
            .or_else(|| json::identity(&answer, "id"))
            .is_none_or(|id| id != posting.key)
        {
            return Err(json::unexpected(NAME, "it is not the posting that was asked for".to_owned()));
        }
        let description = answer.get("description");
        let parts = ["role", "company"].map(|name| description.and_then(|text| json::text(text, name)));
        posting.body = json::body(&parts.into_iter().flatten().collect::<Vec<_>>().join("\n"));
        json::lines(&answer, "workLocations")
            .into_iter()
            .for_each(|place| json::push_once(&mut posting.locations, place));
        if json::flag(&answer, "isRemote") == Some(true) {
            posting.work_mode = Some(WorkMode::Remote);
        }
        posting.employment =
            answer.get("employmentType").and_then(|kind| json::text(kind, "label")).and_then(employment);
        posting.pay = pay::join(json::objects(&answer, "payRangeDetails").map(|range| Range {
            min: json::number(range, "rangeStart"),
            max: json::number(range, "rangeEnd"),
            currency: json::text(range, "currency").and_then(pay::currency),
            span: json::text(range, "frequency").and_then(pay::period).map(Span::one),
        }))
        .filter(|pay| pay.currency.is_some() && pay.period.is_some());
        posting.posted_at = dates::date(&answer, "createdOn");
        // Reachable by its link only: nothing to announce.
        posting.closed = json::flag(&answer, "unlistedFromSearch") == Some(true);
        Ok(())
    }
}

fn page(board: &str, number: u32) -> Result<Ask, ReadError> {
    let url = address::board(NAME, BASE, board, &format!("/jobs?page={number}&pageSize={SIZE}"))?;
    Ok(Ask { url, json: None })
}

fn read_posting(entry: &Value, company: &str) -> Result<Posting, Skip> {
    if !entry.is_object() {
        return Err(NO_OBJECT);
    }
    let label = |name: &str, key: &str| json::line(entry.get(name)?, key);
    let mut read = Posting {
        key: json::identity(entry, "id").or_else(|| json::identity(entry, "uuid")).unwrap_or_default(),
        title: json::line(entry, "name").unwrap_or_default(),
        company: company.to_owned(),
        url: json::text(entry, "url").map(address::link).unwrap_or_default(),
        locations: label("workLocation", "label").into_iter().collect(),
        department: label("department", "name").or_else(|| label("department", "label")),
        language: json::text(entry, "language").and_then(vocabulary::language),
        ..Posting::default()
    };
    for place in json::objects(entry, "locations") {
        json::line(place, "name").into_iter().for_each(|name| json::push_once(&mut read.locations, name));
        let region = json::text(place, "stateCode").or_else(|| json::text(place, "state"));
        let country = json::text(place, "countryCode").or_else(|| json::text(place, "country"));
        read.places.extend(places::place(json::text(place, "city"), region, country));
        read.work_mode =
            read.work_mode.or_else(|| json::text(place, "workplaceType").and_then(vocabulary::work_mode));
    }
    Ok(read)
}

/// The same job in another place. Where one of its places is remote, the job is.
fn merge(known: &mut Posting, more: Posting) {
    more.locations.into_iter().for_each(|place| json::push_once(&mut known.locations, place));
    for place in more.places {
        if !known.places.contains(&place) {
            known.places.push(place);
        }
    }
    if more.work_mode == Some(WorkMode::Remote) {
        known.work_mode = more.work_mode;
    }
}

fn employment(label: &str) -> Option<Employment> {
    Some(match label {
        "SALARIED_FT" | "HOURLY_FT" => Employment::FullTime,
        "SALARIED_PT" | "HOURLY_PT" => Employment::PartTime,
        "CONTRACTOR" => Employment::Contract,
        "TEMP" => Employment::Temporary,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::pay::Period;

    const LIST: &str = r#"{"page": 0, "pageSize": 50, "totalItems": 3, "totalPages": 2, "items": [
        {"id": "aa-1", "name": "Baker", "url": "https://ats.rippling.com/acme/jobs/aa-1", "department": {"name": "Ovens"}, "language": "en-US",
         "locations": [{"name": "London", "country": "United Kingdom", "countryCode": "GB", "state": "", "city": "London", "workplaceType": "ON_SITE"}]},
        {"id": "aa-1", "name": "Baker", "url": "https://ats.rippling.com/acme/jobs/aa-1",
         "locations": [{"name": "Remote (United States)", "country": "United States", "countryCode": "US", "workplaceType": "REMOTE"}]},
        {"id": "bb-2", "name": "Miller", "url": "https://ats.rippling.com/acme/jobs/bb-2"}]}"#;
    const DETAIL: &str = r#"{"uuid": "aa-1", "name": "Baker", "companyName": "Acme", "description": {"company": "<p>Us</p>", "role": "<p>Bake</p>"},
        "workLocations": ["London"], "employmentType": {"label": "SALARIED_FT", "id": "Salaried, full-time"}, "createdOn": "2026-05-04T13:30:00.000000+00:00",
        "payRangeDetails": [{"currency": "USD", "frequency": "YEAR", "rangeStart": 90000, "rangeEnd": 120000}]}"#;

    fn read(body: &str) -> Result<Page, ReadError> {
        Rippling.read("acme", Some("Acme"), &Rippling.first("acme").unwrap(), body.as_bytes())
    }

    #[test]
    fn rows_of_one_job_become_one_posting_completed_by_its_own_page() {
        let page = read(LIST).unwrap();
        assert_eq!(page.postings.len(), 2);
        let mut job = page.postings[0].clone();
        assert_eq!(job.locations, ["London", "Remote (United States)"]);
        assert_eq!((job.places.len(), job.work_mode), (2, Some(WorkMode::Remote)));
        assert_eq!(page.next.unwrap().url, format!("{BASE}/acme/jobs?page=1&pageSize=50"));
        assert_eq!(Rippling.detail("acme", &job).unwrap().url, format!("{BASE}/acme/jobs/aa-1"));
        Rippling.complete(&mut job, DETAIL.as_bytes()).unwrap();
        assert_eq!(job.body, crate::domain::posting::Body::Html("<p>Bake</p>\n<p>Us</p>".into()));
        assert_eq!(job.employment, Some(Employment::FullTime));
        assert_eq!(
            job.pay.as_ref().map(|pay| (pay.max, pay.period)),
            Some((Some(120_000.0), Some(Period::Year)))
        );
        assert_eq!(job.posted_at.map(|at| at.0), Some(1_777_901_400_000));
        assert!(Rippling.complete(&mut job, br#"{"uuid": "bb-2"}"#).is_err());
    }

    #[test]
    fn an_answer_that_is_no_list_is_an_error() {
        for body in ["", "<html>", "{}", r#"{"error":"Not found"}"#] {
            assert!(read(body).is_err(), "{body}");
        }
        let old = r#"[{"uuid": "cc-3", "name": "Cook", "url": "https://ats.rippling.com/acme/jobs/cc-3", "workLocation": {"label": "London"}}]"#;
        assert_eq!(read(old).unwrap().postings[0].locations, ["London"]);
        let rows: Value = serde_json::from_str(LIST).unwrap();
        let mut list = rows.clone();
        list["items"].as_array_mut().unwrap().remove(1);
        crate::feeds::mangled::survives(&Rippling, "acme", &list, "/items", crate::feeds::mangled::whole);
    }
}
