//! The Muse: jobs of many companies, newest first, twenty a page, without pay or employment.

use serde_json::Value;

use super::sheet::{NO_OBJECT, Sheet, Skip};
use super::{Ask, Kind, Page, ReadError, address, dates, json, vocabulary};
use crate::domain::level::{Employment, WorkMode};
use crate::domain::posting::Posting;
use crate::domain::time::{DAY, HOUR};

const NAME: &str = "themuse";
const BASE: &str = "https://www.themuse.com/api/public/jobs";

/// Two feeds with this many pages an hour stay within the 500 requests that it allows without a key. It gives no
/// page after the 99th.
const PAGES: u32 = 99;

/// `themuse:all`, or `themuse:CATEGORY` such as `themuse:Software Engineering`.
#[derive(Debug)]
pub(super) struct TheMuse;

impl Kind for TheMuse {
    fn name(&self) -> &'static str {
        NAME
    }

    fn first(&self, board: &str) -> Result<Ask, ReadError> {
        Ok(page(board, 1))
    }

    fn read(&self, board: &str, _company: Option<&str>, ask: &Ask, body: &[u8]) -> Result<Page, ReadError> {
        let answer = json::parse(NAME, body)?;
        let entries = json::list(NAME, &answer, "results")?;
        let mut sheet = Sheet::default();
        for entry in entries {
            sheet.take(read_posting(entry));
        }
        let number = address::parameter(&ask.url, "page").unwrap_or(1);
        let last = json::number(&answer, "page_count").map_or(1.0, |count| count.min(f64::from(PAGES)));
        let more = !entries.is_empty() && f64::from(number) < last;
        Ok(Page { whole: false, next: more.then(|| page(board, number + 1)), ..sheet.finish(NAME)? })
    }

    fn shelf_life(&self) -> Option<i64> {
        Some(60 * DAY)
    }

    fn least_interval(&self) -> i64 {
        HOUR
    }
}

fn page(board: &str, number: u32) -> Ask {
    let number = number.to_string();
    let mut parameters = vec![("page", number.as_str()), ("descending", "true")];
    if board != "all" {
        parameters.push(("category", board));
    }
    Ask { url: address::query(BASE, &parameters), json: None }
}

fn read_posting(entry: &Value) -> Result<Posting, Skip> {
    if !entry.is_object() {
        return Err(NO_OBJECT);
    }
    let named = |key: &str| json::objects(entry, key).filter_map(|part| json::plain(part, "name")).collect();
    let (places, levels, categories): (Vec<String>, Vec<String>, Vec<String>) =
        (named("locations"), named("levels"), named("categories"));
    let remote = places.iter().any(|place| place == "Flexible / Remote");
    let inner = |object: &str, key: &str| json::plain(entry.get(object)?, key);
    Ok(Posting {
        key: json::identity(entry, "id").unwrap_or_default(),
        title: json::plain(entry, "name").unwrap_or_default(),
        company: inner("company", "name").unwrap_or_default(),
        url: entry
            .get("refs")
            .and_then(|refs| json::text(refs, "landing_page"))
            .map(address::link)
            .unwrap_or_default(),
        locations: places
            .into_iter()
            .map(|place| if place == "Flexible / Remote" { "Remote".to_owned() } else { place })
            .collect(),
        work_mode: remote.then_some(WorkMode::Remote),
        employment: levels.iter().any(|level| level == "Internship").then_some(Employment::Internship),
        // Several levels are a range, of which no one is the job's.
        level: if let [one] = levels.as_slice() { vocabulary::level(one) } else { None },
        body: json::body(json::text(entry, "contents").unwrap_or_default()),
        tags: named("tags"),
        department: categories.into_iter().next(),
        posted_at: dates::date(entry, "publication_date"),
        ..Posting::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::level::Level;

    const BOARD: &str = r#"{"page": 1, "page_count": 2, "items_per_page": 20, "total": 22, "results": [
        {"id": 61, "name": "Baker", "contents": "<p>Bake</p>", "type": "external", "publication_date": "2026-05-04T13:30:00Z", "short_name": "baker",
         "locations": [{"name": "Tokyo, Japan"}, {"name": "Flexible / Remote"}], "categories": [{"name": "Food"}], "levels": [{"name": "Senior Level", "short_name": "senior"}],
         "tags": [{"name": "Fortune 1000", "short_name": "f"}], "refs": {"landing_page": "https://www.themuse.com/jobs/acme/baker"},
         "company": {"id": 6, "short_name": "acme", "name": "Acme"}},
        {"id": 62, "name": "Miller", "contents": "", "locations": [{"name": "Austin, TX"}], "levels": [{"name": "Internship"}],
         "refs": {"landing_page": "https://www.themuse.com/jobs/acme/miller"}, "company": {"name": "Acme"}}
    ]}"#;

    fn read(body: &str) -> Result<Page, ReadError> {
        TheMuse.read("all", None, &TheMuse.first("all").unwrap(), body.as_bytes())
    }

    #[test]
    fn every_field_of_a_posting_is_read() {
        let page = read(BOARD).unwrap();
        assert!(!page.whole && page.skipped.is_empty());
        let job = &page.postings[0];
        assert_eq!((job.key.as_str(), job.company.as_str()), ("61", "Acme"));
        assert_eq!((job.work_mode, job.level), (Some(WorkMode::Remote), Some(Level::Senior)));
        assert_eq!(job.locations, ["Tokyo, Japan", "Remote"]);
        assert_eq!((job.department.as_deref(), job.tags.len()), (Some("Food"), 1));
        assert_eq!(job.posted_at.map(|at| at.0), Some(1_777_901_400_000));
        let other = &page.postings[1];
        assert_eq!((other.work_mode, other.employment), (None, Some(Employment::Internship)));
    }

    #[test]
    fn pages_follow_up_to_the_last_that_it_gives() {
        assert_eq!(read(BOARD).unwrap().next.unwrap().url, format!("{BASE}?page=2&descending=true"));
        let asked = |number| {
            let many = BOARD.replace("\"page_count\": 2", "\"page_count\": 24958");
            TheMuse.read("Food", None, &page("Food", number), many.as_bytes()).unwrap().next
        };
        assert_eq!(asked(98).unwrap().url, format!("{BASE}?page=99&descending=true&category=Food"));
        assert_eq!(asked(99), None);
    }

    #[test]
    fn an_answer_that_is_no_list_is_an_error() {
        for body in ["", "<html>", "[]", r#"{"error":"bad page"}"#] {
            assert!(read(body).is_err(), "{body}");
        }
        let board = serde_json::from_str(BOARD).unwrap();
        crate::feeds::mangled::survives(&TheMuse, "all", &board, "/results", crate::feeds::mangled::whole);
    }
}
