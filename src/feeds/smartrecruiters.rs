//! SmartRecruiters: a company's board a hundred a page, the text of each posting by itself.

use serde_json::Value;

use super::sheet::{NO_OBJECT, Sheet, Skip};
use super::{Ask, Kind, Page, ReadError, address, dates, json, pay, places, vocabulary};
use crate::domain::level::{Employment, Level, WorkMode};
use crate::domain::posting::Posting;

const NAME: &str = "smartrecruiters";
const BASE: &str = "https://api.smartrecruiters.com/v1/companies";
const LIMIT: usize = 100;

/// `smartrecruiters:COMPANY`.
#[derive(Debug)]
pub(super) struct SmartRecruiters;

impl Kind for SmartRecruiters {
    fn name(&self) -> &'static str {
        NAME
    }

    fn first(&self, board: &str) -> Result<Ask, ReadError> {
        page(board, 0)
    }

    fn read(&self, board: &str, company: Option<&str>, ask: &Ask, body: &[u8]) -> Result<Page, ReadError> {
        let answer = json::parse(NAME, body)?;
        let entries = json::list(NAME, &answer, "content")?;
        let mut sheet = Sheet::default();
        for entry in entries {
            sheet.take(read_posting(entry, board, company));
        }
        let offset = address::parameter(&ask.url, "offset").unwrap_or(0) as usize + entries.len();
        let total = json::number(&answer, "totalFound").unwrap_or(0.0);
        #[expect(clippy::cast_precision_loss, reason = "boards are far smaller")]
        let more = !entries.is_empty() && (offset as f64) < total;
        let next = if more { Some(page(board, offset)?) } else { None };
        // A company that it does not know answers like one without jobs, so an empty board closes nothing.
        Ok(Page { next, whole: total > 0.0, ..sheet.finish(NAME)? })
    }

    fn detail(&self, board: &str, posting: &Posting) -> Option<Ask> {
        let url = address::board(NAME, BASE, board, &format!("/postings/{}", posting.key)).ok()?;
        posting
            .key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            .then_some(Ask { url, json: None })
    }

    fn complete(&self, posting: &mut Posting, body: &[u8]) -> Result<(), ReadError> {
        let answer = json::parse(NAME, body)?;
        if !answer.is_object() || json::identity(&answer, "id").is_none_or(|id| id != posting.key) {
            return Err(json::unexpected(NAME, "it is not the posting that was asked for".to_owned()));
        }
        let sections = answer.get("jobAd").and_then(|ad| ad.get("sections"));
        let mut html = String::new();
        for name in ["jobDescription", "qualifications", "additionalInformation", "companyDescription"] {
            let Some(section) = sections.and_then(|sections| sections.get(name)) else { continue };
            let Some(text) = json::text(section, "text") else { continue };
            if let Some(title) = json::line(section, "title") {
                html.push_str(&format!("<h3>{}</h3>\n", html_escape::encode_text(&title)));
            }
            html.push_str(text.trim());
            html.push('\n');
        }
        posting.body = json::body(&html);
        let page = json::text(&answer, "postingUrl").map(address::link).unwrap_or_default();
        if !page.is_empty() {
            posting.url = page;
        }
        let stated = answer.get("compensation");
        posting.pay = stated.and_then(|stated| pay::of(stated, ["min", "max", "currency", "period"]));
        posting.closed = json::flag(&answer, "active") == Some(false);
        Ok(())
    }
}

fn page(board: &str, offset: usize) -> Result<Ask, ReadError> {
    let url = address::board(NAME, BASE, board, &format!("/postings?limit={LIMIT}&offset={offset}"))?;
    Ok(Ask { url, json: None })
}

fn read_posting(entry: &Value, board: &str, company: Option<&str>) -> Result<Posting, Skip> {
    if !entry.is_object() {
        return Err(NO_OBJECT);
    }
    if json::text(entry, "visibility").is_some_and(|seen| !seen.eq_ignore_ascii_case("public")) {
        return Err(Skip::Passed("not public"));
    }
    let null = Value::Null;
    let part = |name: &str| entry.get(name).unwrap_or(&null);
    let (location, own) = (part("location"), json::line(part("company"), "name"));
    let key = json::identity(entry, "id").unwrap_or_default();
    let is = |name: &str| json::flag(location, name) == Some(true);
    // Two commas stand where there is no region.
    let shown = json::line(location, "fullLocation").map(|text| {
        text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    });
    Ok(Posting {
        group: json::line(entry, "refNumber"),
        title: json::line(entry, "name").unwrap_or_default(),
        company: company.or(own.as_deref()).unwrap_or(board).to_owned(),
        url: address::board(NAME, "https://jobs.smartrecruiters.com", board, &format!("/{key}"))
            .map(|url| address::link(&url))
            .unwrap_or_default(),
        key,
        locations: shown.into_iter().collect(),
        places: places::from_object(location, ["city", "region", "country"]).into_iter().collect(),
        work_mode: if is("remote") {
            Some(WorkMode::Remote)
        } else {
            is("hybrid").then_some(WorkMode::Hybrid)
        },
        // Labels come in the company's language; ids are the same everywhere.
        employment: json::text(part("typeOfEmployment"), "id").and_then(employment),
        level: json::text(part("experienceLevel"), "id").and_then(level),
        department: json::line(part("department"), "label"),
        tags: json::line(part("function"), "label").into_iter().collect(),
        language: json::text(part("language"), "code").and_then(vocabulary::language),
        posted_at: dates::date(entry, "releasedDate"),
        ..Posting::default()
    })
}

fn employment(id: &str) -> Option<Employment> {
    match id {
        "permanent" => Some(Employment::FullTime),
        other => vocabulary::employment(other),
    }
}

fn level(id: &str) -> Option<Level> {
    Some(match id {
        "internship" => Level::Intern,
        "entry_level" => Level::Entry,
        "director" | "executive" => Level::Executive,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::pay::Period;

    const LIST: &str = r#"{"offset": 0, "limit": 100, "totalFound": 3, "content": [
        {"id": "744000000000000001", "uuid": "0a", "name": "Baker", "refNumber": "REF1A", "company": {"identifier": "Acme1", "name": "Acme"},
         "releasedDate": "2026-05-04T13:30:00.000Z", "location": {"city": "Berlin", "region": "", "country": "de", "remote": false, "hybrid": true, "fullLocation": "Berlin, , Germany"},
         "department": {"id": "1", "label": "Ovens"}, "function": {"id": "food", "label": "Food"}, "typeOfEmployment": {"id": "part-time", "label": "Pół etatu"},
         "experienceLevel": {"id": "entry_level", "label": "x"}, "visibility": "PUBLIC", "language": {"code": "en", "label": "English"}},
        {"id": "744000000000000002", "name": "Miller", "company": {"name": "Acme"}, "location": {"country": "us", "remote": true}, "typeOfEmployment": {}, "experienceLevel": {"id": "mid_senior_level"}}]}"#;
    const DETAIL: &str = r#"{"id": "744000000000000001", "active": true, "postingUrl": "https://jobs.smartrecruiters.com/Acme1/744000000000000001-baker",
        "jobAd": {"sections": {"jobDescription": {"title": "Job", "text": ""}, "qualifications": {"title": "You", "text": "<p>Rust</p>"}}},
        "compensation": {"min": 20, "max": 25, "currency": "EUR", "period": "HOURLY"}}"#;

    fn read(ask: &Ask, body: &str) -> Result<Page, ReadError> {
        SmartRecruiters.read("Acme1", None, ask, body.as_bytes())
    }

    #[test]
    fn a_row_of_the_list_is_completed_by_its_own_page() {
        let ask = SmartRecruiters.first("Acme1").unwrap();
        let page = read(&ask, LIST).unwrap();
        let mut job = page.postings[0].clone();
        assert_eq!((job.company.as_str(), job.locations.join(";")), ("Acme", "Berlin, Germany".into()));
        assert_eq!(job.places[0].to_string(), "Berlin, DE");
        assert_eq!(
            (job.work_mode, job.employment, job.level),
            (Some(WorkMode::Hybrid), Some(Employment::PartTime), Some(Level::Entry))
        );
        assert_eq!(job.posted_at.map(|at| at.0), Some(1_777_901_400_000));
        assert_eq!((page.postings[1].work_mode, page.postings[1].level), (Some(WorkMode::Remote), None));
        let detail = SmartRecruiters.detail("Acme1", &job).unwrap();
        assert_eq!(detail.url, format!("{BASE}/Acme1/postings/744000000000000001"));
        SmartRecruiters.complete(&mut job, DETAIL.as_bytes()).unwrap();
        assert_eq!(job.body, crate::domain::posting::Body::Html("<h3>You</h3>\n<p>Rust</p>\n".into()));
        assert_eq!(job.pay.as_ref().map(|pay| (pay.min, pay.period)), Some((Some(20.0), Some(Period::Hour))));
        assert!(job.url.ends_with("-baker") && !job.closed);
        let another = DETAIL.replace("0001\"", "0009\"");
        assert!(SmartRecruiters.complete(&mut job, another.as_bytes()).is_err());
    }

    #[test]
    fn pages_follow_and_an_empty_answer_closes_nothing() {
        let first = SmartRecruiters.first("Acme1").unwrap();
        let second = read(&first, LIST).unwrap().next.unwrap();
        assert!(second.url.ends_with("limit=100&offset=2"), "{}", second.url);
        assert_eq!(read(&second, LIST).unwrap().next, None);
        let empty = read(&first, r#"{"offset": 0, "limit": 100, "totalFound": 0, "content": []}"#).unwrap();
        assert!(!empty.whole && empty.next.is_none());
    }

    #[test]
    fn an_answer_that_is_no_list_is_an_error() {
        assert!(SmartRecruiters.first("a/b").is_err());
        let ask = SmartRecruiters.first("Acme1").unwrap();
        for body in ["", "<html>", "[]", r#"{"message":"Not found"}"#] {
            assert!(read(&ask, body).is_err(), "{body}");
        }
        let list = serde_json::from_str(LIST).unwrap();
        crate::feeds::mangled::survives(
            &SmartRecruiters,
            "Acme1",
            &list,
            "/content",
            crate::feeds::mangled::whole,
        );
    }
}
