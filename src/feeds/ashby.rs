//! Ashby: the whole board in one answer, with structured addresses and pay.

use serde_json::Value;

use super::pay::{self, Range, Span};
use super::sheet::{NO_OBJECT, Sheet, Skip};
use super::{Ask, Kind, Page, ReadError, address, dates, json, places, vocabulary};
use crate::domain::level::WorkMode;
use crate::domain::posting::{Body, Posting};

const NAME: &str = "ashby";

/// `ashby:BOARD`; the board's name keeps its case.
#[derive(Debug)]
pub(super) struct Ashby;

impl Kind for Ashby {
    fn name(&self) -> &'static str {
        NAME
    }

    fn first(&self, board: &str) -> Result<Ask, ReadError> {
        let base = "https://api.ashbyhq.com/posting-api/job-board";
        Ok(Ask { url: address::board(NAME, base, board, "?includeCompensation=true")?, json: None })
    }

    fn read(&self, _board: &str, company: Option<&str>, _ask: &Ask, body: &[u8]) -> Result<Page, ReadError> {
        let answer = json::parse(NAME, body)?;
        let mut sheet = Sheet::default();
        for job in json::list(NAME, &answer, "jobs")? {
            sheet.take(read_job(job, company));
        }
        sheet.finish(NAME)
    }
}

fn read_job(job: &Value, company: Option<&str>) -> Result<Posting, Skip> {
    if !job.is_object() {
        return Err(NO_OBJECT);
    }
    if json::flag(job, "isListed") == Some(false) {
        return Err(Skip::Passed("unlisted, for those with the link"));
    }
    let employment_words = json::line(job, "employmentType");
    let employment = employment_words.as_deref().and_then(vocabulary::employment);
    let mut posting = Posting {
        key: json::identity(job, "id").unwrap_or_default(),
        title: json::line(job, "title").unwrap_or_default(),
        company: company.unwrap_or_default().to_owned(),
        url: json::text(job, "jobUrl").map(address::link).unwrap_or_default(),
        work_mode: work_mode(job),
        employment,
        body: body(job),
        tags: employment_words.filter(|_| employment.is_none()).into_iter().collect(),
        department: vocabulary::department(json::line(job, "department"), json::line(job, "team")),
        posted_at: dates::date(job, "publishedAt"),
        ..Posting::default()
    };
    read_places(job, &mut posting);
    read_pay(job, &mut posting);
    Ok(posting)
}

/// `isRemote` is also true for hybrid jobs, so it counts only where there is no `workplaceType`.
fn work_mode(job: &Value) -> Option<WorkMode> {
    let stated = json::text(job, "workplaceType").and_then(vocabulary::work_mode);
    stated.or_else(|| (json::flag(job, "isRemote") == Some(true)).then_some(WorkMode::Remote))
}

fn read_places(job: &Value, posting: &mut Posting) {
    for entry in std::iter::once(job).chain(json::objects(job, "secondaryLocations")) {
        if let Some(shown) = json::line(entry, "location") {
            json::push_once(&mut posting.locations, shown);
        }
        let Some(address) = entry.pointer("/address/postalAddress") else { continue };
        if let Some(place) =
            places::from_object(address, ["addressLocality", "addressRegion", "addressCountry"])
            && !posting.places.contains(&place)
        {
            posting.places.push(place);
        }
        // "European Union" in place of a country: an area, and it binds only who works from home.
        if posting.work_mode == Some(WorkMode::Remote)
            && let Some(area) = json::text(address, "addressCountry").and_then(places::area)
        {
            json::push_once(&mut posting.remote_from, area.to_owned());
        }
    }
}

fn body(job: &Value) -> Body {
    match (json::text(job, "descriptionHtml"), json::text(job, "descriptionPlain")) {
        (Some(html), _) => Body::Html(html.to_owned()),
        (None, Some(plain)) => Body::Text(plain.to_owned()),
        (None, None) => Body::default(),
    }
}

/// Base pay only; equity, bonus and commission stay in the words. Nothing when the board hides it from the page.
fn read_pay(job: &Value, posting: &mut Posting) {
    let Some(compensation) = job.get("compensation").filter(|pay| pay.is_object()) else { return };
    if json::flag(job, "shouldDisplayCompensationOnJobPostings") == Some(false) {
        return;
    }
    let tiers = || {
        json::objects(compensation, "compensationTiers").flat_map(|tier| json::objects(tier, "components"))
    };
    posting.pay = pay::join(json::objects(compensation, "summaryComponents").filter_map(salary))
        .or_else(|| pay::join(tiers().filter_map(salary)));
    posting.pay_text = json::line(compensation, "compensationTierSummary")
        .or_else(|| json::line(compensation, "scrapeableCompensationSalarySummary"));
}

fn salary(component: &Value) -> Option<Range> {
    (json::text(component, "compensationType") == Some("Salary")).then(|| Range {
        min: json::number(component, "minValue"),
        max: json::number(component, "maxValue"),
        currency: json::text(component, "currencyCode").and_then(pay::currency),
        span: json::text(component, "interval").and_then(span),
    })
}

/// `1 YEAR`, `2 WEEK`, `0.5 MONTH`; `NONE` is no span.
fn span(interval: &str) -> Option<Span> {
    let (many, unit) = interval.trim().split_once(' ')?;
    let many: f64 = many.parse().ok()?;
    (many.is_finite() && many > 0.0).then_some(Span { many, period: pay::period(unit)? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::level::Employment;
    use crate::domain::pay::Period;
    use crate::domain::time::Millis;

    fn read(body: &str) -> Result<Page, ReadError> {
        Ashby.read("acme", Some("Acme"), &Ashby.first("acme").unwrap(), body.as_bytes())
    }

    const BOARD: &str = r#"{"apiVersion": "1", "jobs": [
        {"id": "0c9e", "title": " Platform Engineer ", "department": "Engineering", "team": "Engineering",
         "employmentType": "FullTime", "location": "New York, NY (HQ)", "isListed": true, "isRemote": true,
         "workplaceType": "Hybrid", "publishedAt": "2026-05-04T13:30:00.000+00:00",
         "address": {"postalAddress": {"addressLocality": "New York", "addressRegion": "New York ", "addressCountry": "USA"}},
         "secondaryLocations": [
            {"location": "Toronto", "address": {"postalAddress": {"addressLocality": "Toronto", "addressRegion": "", "addressCountry": "Canada"}}},
            {"location": "Remote (US)", "address": null}],
         "jobUrl": "https://jobs.ashbyhq.com/acme/0c9e", "descriptionHtml": "<p>Hi</p>", "descriptionPlain": "Hi",
         "shouldDisplayCompensationOnJobPostings": true,
         "compensation": {"compensationTierSummary": "$150K – $190K • Offers Equity",
            "compensationTiers": [], "summaryComponents": [
                {"compensationType": "EquityPercentage", "interval": "NONE", "minValue": 1, "maxValue": 2},
                {"compensationType": "Salary", "interval": "1 YEAR", "currencyCode": "USD", "minValue": 150000, "maxValue": 190000}]}},
        {"id": "1c9e", "title": "Writer", "employmentType": "Intern", "location": "Europe", "workplaceType": null,
         "isRemote": true, "address": {"postalAddress": {"addressCountry": "European Union"}},
         "jobUrl": "https://jobs.ashbyhq.com/acme/1c9e", "descriptionPlain": "Hi",
         "compensation": {"summaryComponents": [], "compensationTiers": [
            {"components": [{"compensationType": "Salary", "interval": "0.5 MONTH", "currencyCode": "EUR", "minValue": 900, "maxValue": null}]}]}},
        {"id": "2c9e", "title": "Secret", "jobUrl": "https://jobs.ashbyhq.com/acme/2c9e", "isListed": false},
        {"id": "3c9e", "title": "Quiet", "jobUrl": "https://jobs.ashbyhq.com/acme/3c9e", "isRemote": false,
         "shouldDisplayCompensationOnJobPostings": false,
         "compensation": {"compensationTierSummary": "$1", "summaryComponents": [
            {"compensationType": "Salary", "interval": "1 YEAR", "currencyCode": "USD", "minValue": 1, "maxValue": 1}]}}
    ]}"#;

    #[test]
    fn every_field_of_a_job_is_read() {
        let page = read(BOARD).unwrap();
        let job = &page.postings[0];
        assert_eq!((job.title.as_str(), job.company.as_str()), ("Platform Engineer", "Acme"));
        assert_eq!(job.locations, ["New York, NY (HQ)", "Toronto", "Remote (US)"]);
        let places: Vec<String> = job.places.iter().map(ToString::to_string).collect();
        assert_eq!(places, ["New York, NY, US", "Toronto, CA"]);
        assert_eq!((job.work_mode, job.employment), (Some(WorkMode::Hybrid), Some(Employment::FullTime)));
        assert_eq!(job.department.as_deref(), Some("Engineering"));
        assert_eq!(job.posted_at, Some(Millis(1_777_901_400_000)));
        assert_eq!(job.body, Body::Html("<p>Hi</p>".into()));
        let pay = job.pay.as_ref().unwrap();
        assert_eq!((pay.min, pay.max, pay.period), (Some(150_000.0), Some(190_000.0), Some(Period::Year)));
        assert_eq!(job.pay_text.as_deref(), Some("$150K – $190K • Offers Equity"));
        assert_eq!(page.skipped, [("unlisted, for those with the link".to_owned(), 1)]);
    }

    #[test]
    fn a_remote_flag_and_an_area_in_place_of_a_country_are_understood() {
        let page = read(BOARD).unwrap();
        let job = &page.postings[1];
        assert_eq!((job.work_mode, job.employment), (Some(WorkMode::Remote), Some(Employment::Internship)));
        assert_eq!(job.remote_from, ["EU"]);
        assert!(job.places.is_empty());
        let pay = job.pay.as_ref().unwrap();
        assert_eq!((pay.min, pay.max, pay.period), (Some(1800.0), None, Some(Period::Month)));
    }

    #[test]
    fn hidden_pay_stays_hidden() {
        let page = read(BOARD).unwrap();
        let job = &page.postings[2];
        assert_eq!((job.title.as_str(), job.pay.as_ref(), job.pay_text.as_ref()), ("Quiet", None, None));
        assert_eq!(job.work_mode, None);
    }

    #[test]
    fn an_answer_that_is_no_board_is_an_error_and_an_empty_board_is_none() {
        for body in
            ["Not Found", "<html>", "[]", r#"{"jobs": {}}"#, r#"{"jobs": [{"#, r#"{"jobs": [{"id": "x"}]}"#]
        {
            assert!(read(body).is_err(), "{body}");
        }
        assert!(read(r#"{"jobs":[],"apiVersion":"1"}"#).unwrap().whole);
        assert_eq!(
            Ashby.first("Two Words").unwrap().url,
            "https://api.ashbyhq.com/posting-api/job-board/Two%20Words?includeCompensation=true"
        );
    }

    #[test]
    fn no_value_in_the_wrong_place_costs_more_than_its_entry() {
        let board = serde_json::from_str(BOARD).unwrap();
        crate::feeds::mangled::survives(&Ashby, "acme", &board, "/jobs", crate::feeds::mangled::whole);
    }
}
