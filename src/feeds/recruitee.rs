//! Recruitee: a company's whole board in one answer, with several work modes true at once.

use serde_json::Value;

use super::pay::{self, Range, Span};
use super::sheet::{NO_OBJECT, Sheet, Skip};
use super::{Ask, Kind, Page, ReadError, address, dates, json, places};
use crate::domain::level::{Employment, Level, WorkMode};
use crate::domain::posting::Posting;

const NAME: &str = "recruitee";

/// `recruitee:COMPANY`.
#[derive(Debug)]
pub(super) struct Recruitee;

impl Kind for Recruitee {
    fn name(&self) -> &'static str {
        NAME
    }

    fn first(&self, board: &str) -> Result<Ask, ReadError> {
        Ok(Ask { url: address::host(NAME, board, "recruitee.com", "/api/offers/")?, json: None })
    }

    fn read(&self, _board: &str, company: Option<&str>, _ask: &Ask, body: &[u8]) -> Result<Page, ReadError> {
        let answer = json::parse(NAME, body)?;
        let mut sheet = Sheet::default();
        for entry in json::list(NAME, &answer, "offers")? {
            sheet.take(read_posting(entry, company));
        }
        sheet.finish(NAME)
    }
}

fn read_posting(entry: &Value, company: Option<&str>) -> Result<Posting, Skip> {
    if !entry.is_object() {
        return Err(NO_OBJECT);
    }
    if json::text(entry, "status").is_some_and(|status| status != "published") {
        return Err(Skip::Passed("not published"));
    }
    let mut found: Vec<_> = json::objects(entry, "locations")
        .filter_map(|place| {
            let region = json::text(place, "state_code").or_else(|| json::text(place, "state"));
            let country = json::text(place, "country_code").or_else(|| json::text(place, "country"));
            places::place(json::text(place, "city"), region, country)
        })
        .collect();
    if found.is_empty() {
        found.extend(places::from_object(entry, ["city", "state_name", "country_code"]));
    }
    let html: Vec<&str> =
        ["description", "requirements"].into_iter().filter_map(|key| json::text(entry, key)).collect();
    let own = json::line(entry, "company_name");
    Ok(Posting {
        key: json::identity(entry, "id").unwrap_or_default(),
        title: json::line(entry, "title").unwrap_or_default(),
        company: company.or(own.as_deref()).unwrap_or_default().to_owned(),
        url: json::text(entry, "careers_url").map(address::link).unwrap_or_default(),
        locations: json::line(entry, "location").into_iter().collect(),
        places: found,
        work_mode: work_mode(entry),
        employment: json::text(entry, "employment_type_code").and_then(employment),
        level: json::text(entry, "experience_code").and_then(level),
        pay: pay(entry),
        body: json::body(&html.join("\n")),
        tags: json::lines(entry, "tags"),
        department: json::line(entry, "department"),
        posted_at: dates::date(entry, "published_at").or_else(|| dates::date(entry, "created_at")),
        updated_at: dates::date(entry, "updated_at"),
        ..Posting::default()
    })
}

/// A choice of remote or office is remote.
fn work_mode(entry: &Value) -> Option<WorkMode> {
    let is = |key: &str| json::flag(entry, key) == Some(true);
    [("remote", WorkMode::Remote), ("hybrid", WorkMode::Hybrid), ("on_site", WorkMode::Onsite)]
        .into_iter()
        .find_map(|(key, mode)| is(key).then_some(mode))
}

/// The list of codes is open: `fulltime_permanent`, `parttime_fixed_term`, `internship`, …
fn employment(code: &str) -> Option<Employment> {
    let starts = |prefix: &str| code.starts_with(prefix);
    Some(if starts("intern") || starts("traineeship") {
        Employment::Internship
    } else if starts("contract") || starts("freelance") {
        Employment::Contract
    } else if starts("temporary") {
        Employment::Temporary
    } else if starts("fulltime") {
        Employment::FullTime
    } else if starts("parttime") {
        Employment::PartTime
    } else {
        return None;
    })
}

fn level(code: &str) -> Option<Level> {
    Some(match code {
        "entry_level" => Level::Entry,
        "mid_level" => Level::Mid,
        "senior_level" => Level::Senior,
        "manager" | "senior_manager" => Level::Manager,
        "executive" | "senior_executive" => Level::Executive,
        _ => return None,
    })
}

/// A yearly "95.00" means thousands or nothing; amounts that can't be a year's pay are left out.
fn pay(entry: &Value) -> Option<crate::domain::pay::Pay> {
    let salary = entry.get("salary").filter(|salary| salary.is_object())?;
    let period = json::text(salary, "period").and_then(pay::period);
    let currency = json::text(salary, "currency").and_then(pay::currency);
    let (min, max) = (json::number(salary, "min"), json::number(salary, "max"));
    let yearly = period == Some(crate::domain::pay::Period::Year);
    if yearly && [min, max].into_iter().flatten().any(|amount| amount < 1_000.0) {
        return None;
    }
    pay::join([Range { min, max, currency, span: period.map(Span::one) }])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::pay::Period;
    use crate::domain::posting::Body;

    const BOARD: &str = r#"{"offers": [
        {"id": 71, "title": "Baker", "status": "published", "company_name": "Acme", "careers_url": "https://acme.recruitee.com/o/baker",
         "location": "Utrecht, Netherlands", "remote": false, "hybrid": true, "on_site": true, "position": 3,
         "employment_type_code": "fulltime_fixed_term", "experience_code": "mid_level", "department": "Ovens",
         "description": "<p>Bake</p>", "requirements": "<ul><li>Flour</li></ul>", "tags": ["bread"],
         "locations": [{"city": "Utrecht", "state": "Utrecht", "country": "Netherlands", "country_code": "NL"}],
         "salary": {"min": "4000", "max": "5000.50", "period": "month", "currency": "EUR"},
         "created_at": "2026-05-01 09:00:00 UTC", "published_at": "2026-05-04 13:30:00 UTC", "updated_at": "2026-05-05 08:00:00 UTC"},
        {"id": 72, "title": "Intern", "careers_url": "https://acme.recruitee.com/o/intern", "remote": true, "hybrid": true,
         "employment_type_code": "internship", "city": "Berlin", "country_code": "DE",
         "salary": {"min": "95.00", "max": null, "period": "year", "currency": "EUR"}},
        {"id": 73, "title": "Draft", "status": "draft", "careers_url": "https://acme.recruitee.com/o/draft"}
    ]}"#;

    fn read(body: &str) -> Result<Page, ReadError> {
        Recruitee.read("acme", None, &Recruitee.first("acme").unwrap(), body.as_bytes())
    }

    #[test]
    fn every_field_of_a_posting_is_read() {
        let page = read(BOARD).unwrap();
        let job = &page.postings[0];
        assert_eq!((job.key.as_str(), job.company.as_str()), ("71", "Acme"));
        assert_eq!((job.work_mode, job.employment), (Some(WorkMode::Hybrid), Some(Employment::FullTime)));
        assert_eq!(job.level, Some(Level::Mid));
        let pay = job.pay.as_ref().unwrap();
        assert_eq!((pay.min, pay.max, pay.period), (Some(4000.0), Some(5000.5), Some(Period::Month)));
        assert_eq!(job.body, Body::Html("<p>Bake</p>\n<ul><li>Flour</li></ul>".into()));
        assert_eq!(job.posted_at.map(|at| at.0), Some(1_777_901_400_000));
        assert_eq!(job.places[0].to_string(), "Utrecht, Utrecht, NL");
        let intern = &page.postings[1];
        assert_eq!((intern.work_mode, intern.pay.as_ref()), (Some(WorkMode::Remote), None));
        assert_eq!(page.skipped, [("not published".to_owned(), 1)]);
    }

    #[test]
    fn an_answer_that_is_no_board_is_an_error() {
        assert_eq!(Recruitee.first("acme").unwrap().url, "https://acme.recruitee.com/api/offers/");
        assert!(Recruitee.first("a.b/c").is_err());
        for body in ["", "<html>", "[]", r#"{"error":["Not found"]}"#] {
            assert!(read(body).is_err(), "{body}");
        }
        let board = serde_json::from_str(BOARD).unwrap();
        crate::feeds::mangled::survives(&Recruitee, "acme", &board, "/offers", crate::feeds::mangled::whole);
    }
}
