//! Workday: what a company's careers page asks for itself, twenty jobs a page, the text of each by itself.

use serde_json::{Value, json as value};

use super::sheet::{NO_OBJECT, Sheet, Skip};
use super::{Ask, Kind, Page, ReadError, address, dates, json, vocabulary};
use crate::domain::place::Place;
use crate::domain::posting::Posting;
use crate::reading;

const NAME: &str = "workday";

/// More a page is refused.
const LIMIT: u32 = 20;

/// It counts no further, and behind that it starts again at the first page.
const CAP: u32 = 2_000;

/// `workday:TENANT/wdN/SITE`, as in `https://TENANT.wdN.myworkdayjobs.com/SITE`.
#[derive(Debug)]
pub(super) struct Workday;

impl Kind for Workday {
    fn name(&self) -> &'static str {
        NAME
    }

    fn first(&self, board: &str) -> Result<Ask, ReadError> {
        page(&Site::of(board)?, 0, 0)
    }

    fn read(&self, board: &str, company: Option<&str>, ask: &Ask, body: &[u8]) -> Result<Page, ReadError> {
        let site = Site::of(board)?;
        let answer = json::parse(NAME, body)?;
        let entries = json::list(NAME, &answer, "jobPostings")?;
        let mut sheet = Sheet::default();
        for entry in entries {
            sheet.take(read_posting(entry, &site, company));
        }
        // Some tenants tell the total on the first page only, so it travels in the fragment, which no server sees.
        let (offset, told) = asked(ask);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the cap")]
        let now = json::number(&answer, "total").map_or(0, |total| total.clamp(0.0, f64::from(CAP)) as u32);
        let total = told.max(now);
        let after = offset + LIMIT;
        let next = if !entries.is_empty() && after < total { Some(page(&site, after, total)?) } else { None };
        Ok(Page { next, whole: total < CAP, ..sheet.finish(NAME)? })
    }

    fn detail(&self, board: &str, posting: &Posting) -> Option<Ask> {
        let site = Site::of(board).ok()?;
        Some(Ask { url: format!("{}{}", site.api(), posting.key), json: None })
    }

    fn complete(&self, posting: &mut Posting, body: &[u8]) -> Result<(), ReadError> {
        let answer = json::parse(NAME, body)?;
        let Some(info) = answer.get("jobPostingInfo").filter(|info| info.is_object()) else {
            return Err(json::unexpected(NAME, "there is no \"jobPostingInfo\" in it".to_owned()));
        };
        if posting.company.is_empty() {
            let own = answer.get("hiringOrganization").and_then(|company| json::line(company, "name"));
            posting.company = own.unwrap_or_default();
        }
        let mut locations: Vec<String> = json::line(info, "location").into_iter().collect();
        json::lines(info, "additionalLocations")
            .into_iter()
            .for_each(|place| json::push_once(&mut locations, place));
        // A house's own code for a place ("USA.VA.Reston") tells at least its country by the field beside it.
        let country = info
            .get("jobRequisitionLocation")
            .and_then(|place| place.get("country"))
            .and_then(|country| json::text(country, "alpha2Code"));
        if let (Some(country), [place]) = (country, locations.as_slice())
            && reading::place(place).is_none()
        {
            posting.places = vec![Place::country(&country.to_ascii_uppercase())];
        }
        if !locations.is_empty() {
            posting.locations = locations;
        }
        posting.title = json::line(info, "title").unwrap_or_else(|| std::mem::take(&mut posting.title));
        posting.group = json::line(info, "jobReqId").or_else(|| posting.group.take());
        posting.work_mode =
            json::text(info, "remoteType").and_then(vocabulary::work_mode).or(posting.work_mode);
        posting.employment =
            json::text(info, "timeType").and_then(vocabulary::employment).or(posting.employment);
        posting.body = json::body(json::text(info, "jobDescription").unwrap_or_default());
        posting.posted_at = dates::date(info, "startDate");
        posting.closed = json::flag(info, "posted") == Some(false);
        Ok(())
    }
}

/// A board's three parts.
struct Site<'a> {
    tenant: &'a str,
    stack: &'a str,
    name: &'a str,
}

impl<'a> Site<'a> {
    fn of(board: &'a str) -> Result<Self, ReadError> {
        let word = |text: &str, extra: &[u8]| {
            !text.is_empty()
                && text.len() <= 80
                && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || extra.contains(&byte))
        };
        let mut parts = board.split('/');
        match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(tenant), Some(stack), Some(name), None)
                if word(tenant, b"-_") && word(stack, b"") && stack.starts_with("wd") && word(name, b"-_") =>
            {
                Ok(Self { tenant, stack, name })
            }
            _ => Err(ReadError::Board {
                kind: NAME,
                board: board.to_owned(),
                cause: "write tenant/wdN/site, such as \"acme/wd3/Careers\" for https://acme.wd3.myworkdayjobs.com/Careers".into(),
            }),
        }
    }

    fn host(&self) -> String {
        format!("https://{}.{}.myworkdayjobs.com", self.tenant, self.stack)
    }

    fn api(&self) -> String {
        format!("{}/wday/cxs/{}/{}", self.host(), self.tenant, self.name)
    }
}

#[expect(clippy::unnecessary_wraps, reason = "both callers answer with a result")]
fn page(site: &Site<'_>, offset: u32, total: u32) -> Result<Ask, ReadError> {
    let json =
        value!({ "appliedFacets": {}, "limit": LIMIT, "offset": offset, "searchText": "" }).to_string();
    let total = if total > 0 { format!("#{total}") } else { String::new() };
    Ok(Ask { url: format!("{}/jobs{total}", site.api()), json: Some(json) })
}

/// The offset that was asked for, and the total that was told before.
fn asked(ask: &Ask) -> (u32, u32) {
    let body = ask.json.as_deref().and_then(|json| serde_json::from_str::<Value>(json).ok());
    let offset =
        body.and_then(|body| body.get("offset")?.as_u64()).and_then(|offset| u32::try_from(offset).ok());
    let total = ask.url.split_once('#').and_then(|(_, total)| total.parse().ok());
    (offset.unwrap_or(0), total.unwrap_or(0))
}

fn read_posting(entry: &Value, site: &Site<'_>, company: Option<&str>) -> Result<Posting, Skip> {
    if !entry.is_object() {
        return Err(NO_OBJECT);
    }
    let path = json::line(entry, "externalPath").filter(|path| path.starts_with('/')).unwrap_or_default();
    let url = address::link(&format!("{}/{}{path}", site.host(), site.name));
    let place =
        json::line(entry, "locationsText").filter(|place| !place.to_ascii_lowercase().ends_with("locations"));
    Ok(Posting {
        url: if path.is_empty() { String::new() } else { url },
        key: path,
        group: json::lines(entry, "bulletFields").into_iter().next(),
        title: json::line(entry, "title").unwrap_or_default(),
        company: company.unwrap_or_default().to_owned(),
        locations: place.into_iter().collect(),
        work_mode: json::text(entry, "remoteType").and_then(vocabulary::work_mode),
        employment: json::text(entry, "timeType").and_then(vocabulary::employment),
        ..Posting::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::level::{Employment, WorkMode};

    const LIST: &str = r#"{"total": 45, "userAuthenticated": false, "facets": [], "jobPostings": [
        {"title": "Baker", "externalPath": "/job/Berlin/Baker_R-1", "locationsText": "Berlin", "postedOn": "Posted Today", "remoteType": "Hybrid", "bulletFields": ["R-1"]},
        {"title": "Miller", "externalPath": "/job/X/Miller_R-2", "locationsText": "3 Locations", "postedOn": "Posted 30+ Days Ago", "bulletFields": ["R-2"]}]}"#;
    const DETAIL: &str = r#"{"jobPostingInfo": {"id": "0a", "title": "Baker, Nights", "jobDescription": "<p>Bake</p>", "location": "DEU.BE.04",
        "postedOn": "Posted Today", "startDate": "2026-05-04", "timeType": "Full time", "jobReqId": "R-1", "posted": true, "remoteType": "Onsite",
        "jobRequisitionLocation": {"descriptor": "DEU.BE.04", "country": {"descriptor": "Germany", "alpha2Code": "DE"}}},
        "hiringOrganization": {"name": "Acme Ovens GmbH", "url": ""}}"#;

    fn read(ask: &Ask, body: &str) -> Result<Page, ReadError> {
        Workday.read("acme/wd3/Careers", None, ask, body.as_bytes())
    }

    #[test]
    fn a_row_of_the_list_is_completed_by_its_own_page() {
        let ask = Workday.first("acme/wd3/Careers").unwrap();
        assert_eq!(ask.url, "https://acme.wd3.myworkdayjobs.com/wday/cxs/acme/Careers/jobs");
        let page = read(&ask, LIST).unwrap();
        assert_eq!(page.postings[1].locations.len(), 0, "a count is no place");
        let mut job = page.postings[0].clone();
        assert_eq!(job.url, "https://acme.wd3.myworkdayjobs.com/Careers/job/Berlin/Baker_R-1");
        assert_eq!((job.work_mode, job.posted_at), (Some(WorkMode::Hybrid), None));
        let detail = Workday.detail("acme/wd3/Careers", &job).unwrap();
        assert_eq!(
            detail.url,
            "https://acme.wd3.myworkdayjobs.com/wday/cxs/acme/Careers/job/Berlin/Baker_R-1"
        );
        Workday.complete(&mut job, DETAIL.as_bytes()).unwrap();
        assert_eq!((job.title.as_str(), job.company.as_str()), ("Baker, Nights", "Acme Ovens GmbH"));
        assert_eq!((job.work_mode, job.employment), (Some(WorkMode::Onsite), Some(Employment::FullTime)));
        assert_eq!(
            (job.locations.join(";"), job.places.as_slice()),
            ("DEU.BE.04".into(), [Place::country("DE")].as_slice())
        );
        assert_eq!(job.posted_at.map(|at| at.0), Some(1_777_852_800_000));
        assert!(!job.closed && Workday.complete(&mut job, b"{}").is_err());
        Workday
            .complete(&mut job, DETAIL.replace("\"posted\": true", "\"posted\": false").as_bytes())
            .unwrap();
        assert!(job.closed);
    }

    #[test]
    fn pages_follow_up_to_the_total_of_the_first_one() {
        let first = Workday.first("acme/wd3/Careers").unwrap();
        let second = read(&first, LIST).unwrap().next.unwrap();
        assert!(
            second.url.ends_with("/jobs#45") && second.json.as_deref().unwrap().contains("\"offset\":20")
        );
        let silent = LIST.replace("45", "0");
        let third = read(&second, &silent).unwrap().next.unwrap();
        let last = read(&third, &silent).unwrap();
        assert!(last.next.is_none() && last.whole);
        // Where it stops counting, nobody knows what is missing.
        assert!(!read(&first, &LIST.replace("45", "2000")).unwrap().whole);
    }

    #[test]
    fn an_answer_that_is_no_list_is_an_error() {
        for board in ["acme", "acme/wd3", "acme/xx/Careers", "acme/wd3/Careers/more", "a.b/wd3/C", "/wd3/C"] {
            assert!(Workday.first(board).is_err(), "{board}");
        }
        let ask = Workday.first("acme/wd3/Careers").unwrap();
        for body in ["", "<html>", "[]", r#"{"errorCode":"S22","message":"permission denied"}"#] {
            assert!(read(&ask, body).is_err(), "{body}");
        }
        let list = serde_json::from_str(LIST).unwrap();
        let whole = crate::feeds::mangled::whole;
        crate::feeds::mangled::survives(&Workday, "acme/wd3/Careers", &list, "/jobPostings", whole);
    }
}
