//! USAJOBS: openings of the United States' government, by occupation or word, with a key of the operator's own.

use serde_json::Value;

use super::sheet::{NO_OBJECT, Sheet, Skip};
use super::{Ask, Credential, Kind, Page, ReadError, Sent, address, dates, json, pay, places, vocabulary};
use crate::domain::level::{Employment, WorkMode};
use crate::domain::pay::{Pay, Period};
use crate::domain::place::Place;
use crate::domain::posting::Posting;
use crate::domain::time::HOUR;

const NAME: &str = "usajobs";
const BASE: &str = "https://data.usajobs.gov/api/Search";

/// Most that it gives a page, and most that one question is answered with.
const LIMIT: u32 = 500;
const MOST: u32 = 10_000;

/// `usajobs:2210` (an occupational series of four digits), or `usajobs:WORDS` for what its search finds for them.
#[derive(Debug)]
pub(super) struct UsaJobs;

impl Kind for UsaJobs {
    fn name(&self) -> &'static str {
        NAME
    }

    fn first(&self, board: &str) -> Result<Ask, ReadError> {
        if matches!(board, "all" | "*") {
            let cause = "it answers 10,000 jobs at most, fewer than there are; write usajobs:2210 (a series of four digits) or usajobs:WORDS";
            return Err(ReadError::Board { kind: NAME, board: board.to_owned(), cause: cause.to_owned() });
        }
        Ok(page(board, 1))
    }

    fn read(&self, board: &str, _company: Option<&str>, ask: &Ask, body: &[u8]) -> Result<Page, ReadError> {
        let answer = json::parse(NAME, body)?;
        let result = answer
            .get("SearchResult")
            .ok_or_else(|| json::unexpected(NAME, "there is no \"SearchResult\" in it".to_owned()))?;
        let entries = json::list(NAME, result, "SearchResultItems")?;
        let mut sheet = Sheet::default();
        for entry in entries {
            sheet.take(read_posting(entry));
        }
        let number = address::parameter(&ask.url, "Page").unwrap_or(1);
        let all = json::number(result, "SearchResultCountAll");
        let more = !entries.is_empty() && all.is_none_or(|all| f64::from(number * LIMIT) < all);
        let next = (more && number * LIMIT < MOST).then(|| page(board, number + 1));
        let page = sheet.finish(NAME)?;
        // Behind the ten-thousandth there are more, which are not gone for not being told.
        Ok(Page { whole: page.whole && all.is_some_and(|all| all <= f64::from(MOST)), next, ..page })
    }

    fn credentials(&self) -> &'static [Credential] {
        &[
            Credential { variable: "USAJOBS_EMAIL", sent: Sent::Header("user-agent") },
            Credential { variable: "USAJOBS_KEY", sent: Sent::Header("authorization-key") },
        ]
    }

    fn least_interval(&self) -> i64 {
        HOUR
    }
}

fn page(board: &str, number: u32) -> Ask {
    let series = board.len() == 4 && board.bytes().all(|byte| byte.is_ascii_digit());
    let (number, limit) = (number.to_string(), LIMIT.to_string());
    let parameters = [
        (if series { "JobCategoryCode" } else { "Keyword" }, board),
        ("ResultsPerPage", &limit),
        ("Page", &number),
        // Without it parts of the text are missing.
        ("Fields", "Full"),
    ];
    Ask { url: address::query(BASE, &parameters), json: None }
}

fn read_posting(entry: &Value) -> Result<Posting, Skip> {
    let Some(job) = entry.get("MatchedObjectDescriptor").filter(|job| job.is_object()) else {
        return Err(NO_OBJECT);
    };
    let details = job.get("UserArea").and_then(|area| area.get("Details")).unwrap_or(&Value::Null);
    let remote = flag(details, "RemoteIndicator") == Some(true);
    Ok(Posting {
        key: json::identity(entry, "MatchedObjectId").unwrap_or_default(),
        title: json::plain(job, "PositionTitle").unwrap_or_default(),
        company: json::plain(job, "OrganizationName")
            .or_else(|| json::plain(job, "DepartmentName"))
            .unwrap_or_default(),
        url: json::text(job, "PositionURI").map(address::link).unwrap_or_default(),
        locations: json::line(job, "PositionLocationDisplay").into_iter().collect(),
        places: places_of(job),
        work_mode: remote.then_some(WorkMode::Remote),
        // Federal duty stations abroad are not remote ones.
        remote_from: if remote { vec!["US".to_owned()] } else { Vec::new() },
        employment: employment(job),
        pay: pay_of(job),
        body: json::body(&text_of(job, details)),
        department: json::plain(job, "DepartmentName"),
        tags: json::objects(job, "JobCategory").filter_map(|one| json::plain(one, "Name")).collect(),
        posted_at: dates::date(job, "PublicationStartDate"),
        ..Posting::default()
    })
}

/// True or false, also as the text that some of its fields hold.
fn flag(value: &Value, key: &str) -> Option<bool> {
    json::flag(value, key).or_else(|| match json::text(value, key)?.trim() {
        "True" | "true" => Some(true),
        "False" | "false" => Some(false),
        _ => None,
    })
}

/// Its city stands with the state behind a comma, its country and state as names.
fn places_of(job: &Value) -> Vec<Place> {
    let mut found = Vec::new();
    for one in json::objects(job, "PositionLocation") {
        let city = json::line(one, "CityName").and_then(|name| json::clean(name.split(',').next()?));
        let region = json::line(one, "CountrySubDivisionCode");
        let country = json::line(one, "CountryCode");
        if let Some(place) = places::place(city.as_deref(), region.as_deref(), country.as_deref())
            && !found.contains(&place)
        {
            found.push(place);
        }
    }
    found
}

/// What is offered says more than the hours: an internship is full-time as well.
fn employment(job: &Value) -> Option<Employment> {
    let named =
        |key| json::objects(job, key).find_map(|one| vocabulary::employment(json::text(one, "Name")?));
    named("PositionOfferingType").or_else(|| named("PositionSchedule"))
}

fn pay_of(job: &Value) -> Option<Pay> {
    let ranges: Vec<pay::Range> = json::objects(job, "PositionRemuneration")
        .filter_map(|one| {
            let (many, period) = match json::text(one, "RateIntervalCode")? {
                "PA" => (1.0, Period::Year),
                "PM" => (1.0, Period::Month),
                "BW" => (2.0, Period::Week),
                "PD" => (1.0, Period::Day),
                "PH" => (1.0, Period::Hour),
                // Piece work, no pay, and whatever else.
                _ => return None,
            };
            Some(pay::Range {
                min: json::number(one, "MinimumRange"),
                max: json::number(one, "MaximumRange"),
                currency: Some("USD".to_owned()),
                span: Some(pay::Span { many, period }),
            })
        })
        .collect();
    pay::join(ranges)
}

/// The parts of the text, each under its heading; the duties are a list or one text.
fn text_of(job: &Value, details: &Value) -> String {
    let parts = [
        ("Summary", vec![json::text(details, "JobSummary").map(str::to_owned)]),
        (
            "Duties",
            match details.get("MajorDuties") {
                Some(Value::Array(list)) => {
                    list.iter().map(|one| one.as_str().map(|duty| format!("- {duty}"))).collect()
                }
                _ => vec![json::text(details, "MajorDuties").map(str::to_owned)],
            },
        ),
        ("Qualifications", vec![json::text(job, "QualificationSummary").map(str::to_owned)]),
        ("Requirements", vec![json::text(details, "Requirements").map(str::to_owned)]),
        ("Education", vec![json::text(details, "Education").map(str::to_owned)]),
    ];
    let mut whole = String::new();
    for (heading, texts) in parts {
        let text = texts.into_iter().flatten().collect::<Vec<_>>().join("\n");
        if !text.trim().is_empty() {
            whole.push_str(&format!("{heading}\n{text}\n\n"));
        }
    }
    whole.truncate(whole.trim_end().len());
    whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::posting::Body;

    const ANSWER: &str = r#"{"LanguageCode": "EN", "SearchResult": {"SearchResultCount": 2, "SearchResultCountAll": 2, "SearchResultItems": [
        {"MatchedObjectId": "800001", "RelevanceRank": 0.0, "MatchedObjectDescriptor": {
          "PositionID": "X-26-1", "PositionTitle": "Baker (Night)", "PositionURI": "https://www.usajobs.gov:443/job/800001",
          "ApplyURI": ["https://www.usajobs.gov:443/job/800001?PostingChannelID="], "PositionLocationDisplay": "Multiple Locations",
          "PositionLocation": [
            {"LocationName": "Denver, Colorado", "CountryCode": "United States", "CountrySubDivisionCode": "Colorado", "CityName": "Denver, Colorado"},
            {"LocationName": "Denver, Colorado", "CountryCode": "United States", "CountrySubDivisionCode": "Colorado", "CityName": "Denver, Colorado"}],
          "OrganizationName": "Bureau of Bread", "DepartmentName": "Department of Food", "JobCategory": [{"Name": "Baking", "Code": "7402"}],
          "JobGrade": [{"Code": "GS"}], "PositionSchedule": [{"Name": "Full-time", "Code": "1"}], "PositionOfferingType": [{"Name": "Permanent", "Code": "15317"}],
          "PositionRemuneration": [{"MinimumRange": "4000.0", "MaximumRange": "6000.0", "RateIntervalCode": "BW", "Description": "Bi-weekly"}],
          "PublicationStartDate": "2026-05-04T13:30:00.0000000", "ApplicationCloseDate": "2026-05-14T23:59:59.9970",
          "QualificationSummary": "One year of bread.", "UserArea": {"Details": {"JobSummary": "Bakes.", "MajorDuties": ["Knead", "Bake"],
          "RemoteIndicator": "True", "LowGrade": "9", "HighGrade": "11", "AgencyContactEmail": "someone@agency.example"}}}},
        {"MatchedObjectId": 800002, "MatchedObjectDescriptor": {"PositionTitle": "Miller", "DepartmentName": "Department of Food",
          "PositionURI": "https://www.usajobs.gov/job/800002", "PositionOfferingType": [{"Name": "Internships"}], "PositionSchedule": [{"Name": "Full-time"}],
          "PositionRemuneration": [{"MinimumRange": "0", "MaximumRange": "0", "RateIntervalCode": "WC"}],
          "UserArea": {"Details": {"MajorDuties": "Mill", "RemoteIndicator": false}}}}],
        "UserArea": {"NumberOfPages": "1"}}}"#;

    fn read(body: &str) -> Result<Page, ReadError> {
        UsaJobs.read("7402", None, &UsaJobs.first("7402").unwrap(), body.as_bytes())
    }

    #[test]
    fn every_field_of_a_posting_is_read() {
        let page = read(ANSWER).unwrap();
        assert!(page.whole && page.next.is_none() && page.skipped.is_empty());
        let job = &page.postings[0];
        assert_eq!((job.title.as_str(), job.company.as_str()), ("Baker (Night)", "Bureau of Bread"));
        assert_eq!(job.url, "https://www.usajobs.gov/job/800001");
        assert_eq!(job.places.len(), 1);
        assert_eq!(
            (job.places[0].city.as_deref(), job.places[0].country.as_deref()),
            (Some("Denver"), Some("US"))
        );
        assert_eq!((job.work_mode, job.remote_from.join(" ")), (Some(WorkMode::Remote), "US".into()));
        let pay = job.pay.as_ref().unwrap();
        assert_eq!((pay.min, pay.max, pay.period), (Some(2_000.0), Some(3_000.0), Some(Period::Week)));
        let Body::Text(text) = &job.body else { panic!("{:?}", job.body) };
        assert_eq!(text, "Summary\nBakes.\n\nDuties\n- Knead\n- Bake\n\nQualifications\nOne year of bread.");
        assert!(!format!("{job:?}").contains("someone@"), "a person's address stays out");
        let other = &page.postings[1];
        assert_eq!((other.pay.as_ref(), other.employment), (None, Some(Employment::Internship)));
        assert_eq!(other.work_mode, None);
    }

    #[test]
    fn a_series_or_words_are_asked_for_and_what_is_beyond_the_limit_closes_nothing() {
        assert_eq!(
            UsaJobs.first("2210").unwrap().url,
            format!("{BASE}?JobCategoryCode=2210&ResultsPerPage=500&Page=1&Fields=Full")
        );
        assert!(UsaJobs.first("rust & go").unwrap().url.contains("?Keyword=rust+%26+go&"));
        assert!(UsaJobs.first("all").unwrap_err().to_string().contains("usajobs:2210"));
        let many =
            read(&ANSWER.replace("\"SearchResultCountAll\": 2", "\"SearchResultCountAll\": 12000")).unwrap();
        assert!(!many.whole && many.next.unwrap().url.contains("&Page=2&"));
    }

    #[test]
    fn a_wrong_answer_is_an_error_and_a_wrong_value_costs_its_entry_at_most() {
        for body in ["", "<html>", "[]", r#"{"SearchResult": null}"#] {
            assert!(read(body).is_err(), "{body}");
        }
        let answer = serde_json::from_str(ANSWER).unwrap();
        let list = "/SearchResult/SearchResultItems";
        crate::feeds::mangled::survives(&UsaJobs, "7402", &answer, list, crate::feeds::mangled::whole);
    }
}
