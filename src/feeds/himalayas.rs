//! Himalayas: remote jobs, newest first, twenty a page, refreshed once a day.

use serde_json::Value;

use super::sheet::{NO_OBJECT, Sheet, Skip};
use super::{Ask, Kind, Page, ReadError, address, dates, json, pay, places, vocabulary};
use crate::domain::level::WorkMode;
use crate::domain::posting::Posting;
use crate::domain::time::DAY;

const NAME: &str = "himalayas";
const BASE: &str = "https://himalayas.app/jobs/api";

/// About a day and a half of new jobs; the hundred thousand behind them were seen before.
const PAGES: u32 = 125;

/// How many it gives a page, at most.
const LIMIT: u32 = 20;

/// `himalayas:all`, or `himalayas:WORDS` for what its search finds for them.
#[derive(Debug)]
pub(super) struct Himalayas;

impl Kind for Himalayas {
    fn name(&self) -> &'static str {
        NAME
    }

    fn first(&self, board: &str) -> Result<Ask, ReadError> {
        Ok(page(board, 0))
    }

    fn read(&self, board: &str, _company: Option<&str>, ask: &Ask, body: &[u8]) -> Result<Page, ReadError> {
        let answer = json::parse(NAME, body)?;
        let entries = json::list(NAME, &answer, "jobs")?;
        let mut sheet = Sheet::default();
        for entry in entries {
            sheet.take(read_posting(entry));
        }
        let before = number(ask);
        // A page may be short without being the last; only the total and an empty page end the list.
        let seen = f64::from(before + 1) * f64::from(LIMIT);
        let more = !entries.is_empty() && json::number(&answer, "totalCount").is_none_or(|all| seen < all);
        let next = (more && before + 1 < PAGES).then(|| page(board, before + 1));
        Ok(Page { whole: false, next, ..sheet.finish(NAME)? })
    }

    /// Its own pages run out after sixty days.
    fn shelf_life(&self) -> Option<i64> {
        Some(60 * DAY)
    }

    /// It says that polling more than daily brings nothing.
    fn least_interval(&self) -> i64 {
        DAY
    }
}

/// A page by its number from 0; the list goes by offset, the search by page from 1.
fn page(board: &str, number: u32) -> Ask {
    let url = if board == "all" {
        let (limit, offset) = (LIMIT.to_string(), (number * LIMIT).to_string());
        address::query(BASE, &[("limit", &limit), ("offset", &offset)])
    } else {
        let search = format!("{BASE}/search");
        address::query(&search, &[("q", board), ("sort", "recent"), ("page", &(number + 1).to_string())])
    };
    Ask { url, json: None }
}

fn number(ask: &Ask) -> u32 {
    let offset = address::parameter(&ask.url, "offset").map(|offset| offset / LIMIT);
    offset.or_else(|| address::parameter(&ask.url, "page")?.checked_sub(1)).unwrap_or(0)
}

fn read_posting(entry: &Value) -> Result<Posting, Skip> {
    if !entry.is_object() {
        return Err(NO_OBJECT);
    }
    let levels = json::lines(entry, "seniority");
    Ok(Posting {
        key: json::identity(entry, "guid").unwrap_or_default(),
        title: json::plain(entry, "title").unwrap_or_default(),
        company: company(entry).unwrap_or_default(),
        url: json::text(entry, "applicationLink").map(address::link).unwrap_or_default(),
        locations: json::lines(entry, "locationRestrictions"),
        work_mode: Some(WorkMode::Remote),
        remote_from: remote_from(entry),
        employment: json::text(entry, "employmentType").and_then(vocabulary::employment),
        // Several levels are a range, of which no one is the job's.
        level: if let [one] = levels.as_slice() { vocabulary::level(one) } else { None },
        pay: pay::of(entry, ["minSalary", "maxSalary", "currency", "salaryPeriod"]),
        body: json::body(json::text(entry, "description").unwrap_or_default()),
        tags: json::lines(entry, "categories").into_iter().map(|tag| tag.replace('-', " ")).collect(),
        department: json::lines(entry, "parentCategories").into_iter().next(),
        posted_at: dates::date(entry, "pubDate"),
        ..Posting::default()
    })
}

/// Its feed has given the names of its own fields in place of the company's.
fn company(entry: &Value) -> Option<String> {
    json::plain(entry, "companyName")
        .filter(|name| name != "name")
        .or_else(|| json::line(entry, "companySlug").map(|slug| slug.replace('-', " ")))
}

/// Countries by code; an empty list means the world, and one with an unknown name nothing that we could say.
fn remote_from(entry: &Value) -> Vec<String> {
    let Some(names) = entry.get("locationRestrictions").and_then(Value::as_array) else { return Vec::new() };
    if names.is_empty() {
        return vec!["world".to_owned()];
    }
    let code = |name: &Value| name.as_str().and_then(places::country_code).map(str::to_owned);
    names.iter().map(code).collect::<Option<Vec<_>>>().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::level::{Employment, Level};
    use crate::domain::pay::Period;

    const BOARD: &str = r#"{"updatedAt": 1777900000, "offset": 0, "limit": 20, "totalCount": 45, "jobs": [
        {"guid": "https://himalayas.app/companies/acme/jobs/baker-1", "applicationLink": "https://himalayas.app/companies/acme/jobs/baker-1",
         "title": "Baker", "companyName": "Acme", "companySlug": "acme", "employmentType": "Full Time", "minSalary": 53300, "maxSalary": 119850,
         "salaryPeriod": "annual", "currency": "USD", "seniority": ["Senior"], "locationRestrictions": ["Germany", "United States"],
         "timezoneRestrictions": [1, -5.5], "categories": ["Bread-Engineering"], "parentCategories": ["Food"], "description": "<p>Bake</p>",
         "pubDate": 1777901400, "expiryDate": 1783085400},
        {"guid": "https://himalayas.app/companies/red-mill/jobs/miller-2", "applicationLink": "https://himalayas.app/companies/red-mill/jobs/miller-2",
         "title": "Miller", "companyName": "name", "companySlug": "red-mill", "companyLogo": "thumbnail_url", "employmentType": "Contractor",
         "minSalary": null, "maxSalary": null, "salaryPeriod": "annual", "currency": null, "seniority": ["Senior", "Manager"], "locationRestrictions": []}
    ]}"#;

    fn read(body: &str) -> Result<Page, ReadError> {
        Himalayas.read("all", None, &Himalayas.first("all").unwrap(), body.as_bytes())
    }

    #[test]
    fn every_field_of_a_posting_is_read() {
        let page = read(BOARD).unwrap();
        assert!(!page.whole && page.skipped.is_empty());
        let job = &page.postings[0];
        assert_eq!((job.level, job.employment), (Some(Level::Senior), Some(Employment::FullTime)));
        assert_eq!(job.remote_from, ["DE", "US"]);
        let pay = job.pay.as_ref().unwrap();
        assert_eq!((pay.min, pay.max, pay.period), (Some(53_300.0), Some(119_850.0), Some(Period::Year)));
        assert_eq!(job.tags, ["Bread Engineering"]);
        assert_eq!(job.posted_at.map(|at| at.0), Some(1_777_901_400_000));
        let other = &page.postings[1];
        assert_eq!((other.company.as_str(), other.level), ("red mill", None));
        assert_eq!(
            (other.remote_from.as_slice(), other.pay.as_ref()),
            (["world".to_owned()].as_slice(), None)
        );
    }

    #[test]
    fn pages_follow_until_the_total_or_the_cap() {
        let second = read(BOARD).unwrap().next.unwrap();
        assert_eq!(second.url, format!("{BASE}?limit=20&offset=20"));
        let third = Himalayas.read("all", None, &second, BOARD.as_bytes()).unwrap().next.unwrap();
        assert_eq!(Himalayas.read("all", None, &third, BOARD.as_bytes()).unwrap().next, None);
        assert_eq!(read(r#"{"totalCount": 45, "jobs": []}"#).unwrap().next, None);
        let endless = BOARD.replace("45", "100000");
        let last = page("all", PAGES - 1);
        assert_eq!(Himalayas.read("all", None, &last, endless.as_bytes()).unwrap().next, None);

        let search = Himalayas.first("rust & go").unwrap();
        assert_eq!(search.url, format!("{BASE}/search?q=rust+%26+go&sort=recent&page=1"));
        let next = Himalayas.read("rust & go", None, &search, BOARD.as_bytes()).unwrap().next.unwrap();
        assert!(next.url.ends_with("&page=2"), "{}", next.url);
    }

    #[test]
    fn an_answer_that_is_no_list_is_an_error() {
        for body in ["", "<html>", "[]", r#"{"error":"rate limited"}"#] {
            assert!(read(body).is_err(), "{body}");
        }
        let board = serde_json::from_str(BOARD).unwrap();
        crate::feeds::mangled::survives(&Himalayas, "all", &board, "/jobs", crate::feeds::mangled::whole);
    }
}
