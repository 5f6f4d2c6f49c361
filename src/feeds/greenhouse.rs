//! Greenhouse: the whole board in one answer, its texts escaped once more than HTML needs.

use serde_json::Value;

use super::pay::{self, Range, Span};
use super::sheet::{NO_OBJECT, Sheet, Skip};
use super::{Ask, Kind, Page, ReadError, address, dates, json, vocabulary};
use crate::domain::pay::Pay;
use crate::domain::posting::{Body, Posting};

const NAME: &str = "greenhouse";

/// `greenhouse:TOKEN`.
#[derive(Debug)]
pub(super) struct Greenhouse;

impl Kind for Greenhouse {
    fn name(&self) -> &'static str {
        NAME
    }

    fn first(&self, board: &str) -> Result<Ask, ReadError> {
        let base = "https://boards-api.greenhouse.io/v1/boards";
        let url = address::board(NAME, base, board, "/jobs?content=true&pay_transparency=true")?;
        Ok(Ask { url, json: None })
    }

    fn read(&self, _board: &str, company: Option<&str>, _ask: &Ask, body: &[u8]) -> Result<Page, ReadError> {
        let answer = json::parse(NAME, body)?;
        let jobs = json::list(NAME, &answer, "jobs")?;
        let mut sheet = Sheet::default();
        for job in jobs {
            sheet.take(read_job(job, company));
        }
        // The board counts its posts; an answer with fewer is not the whole board, so absence means nothing.
        let counted = answer.pointer("/meta/total").and_then(Value::as_u64).unwrap_or(0);
        let missing = counted.saturating_sub(jobs.len() as u64);
        sheet
            .count("counted by the board, but not in its answer", u32::try_from(missing).unwrap_or(u32::MAX));
        let page = sheet.finish(NAME)?;
        Ok(Page { whole: missing == 0, ..page })
    }
}

fn read_job(job: &Value, company: Option<&str>) -> Result<Posting, Skip> {
    if !job.is_object() {
        return Err(NO_OBJECT);
    }
    if job.get("internal_job_id").is_some_and(Value::is_null) {
        return Err(Skip::Passed("a talent pool, no vacancy"));
    }
    let shown = job.get("location").and_then(|location| json::line(location, "name"));
    let mut posting = Posting {
        key: json::identity(job, "id").unwrap_or_default(),
        group: json::identity(job, "internal_job_id"),
        title: json::line(job, "title").unwrap_or_default(),
        company: json::line(job, "company_name").or_else(|| company.map(str::to_owned)).unwrap_or_default(),
        url: json::text(job, "absolute_url").map(address::link).unwrap_or_default(),
        locations: locations(shown.as_deref(), job),
        work_mode: shown
            .as_deref()
            .filter(|text| vocabulary::is_only_work_mode(text))
            .and_then(vocabulary::work_mode),
        pay: pay(job),
        body: content(job),
        department: names(job, "departments"),
        language: json::text(job, "language").and_then(vocabulary::language),
        posted_at: dates::date(job, "first_published"),
        updated_at: dates::date(job, "updated_at"),
        ..Posting::default()
    };
    read_metadata(job, &mut posting);
    Ok(posting)
}

/// The place shown, cut where it lists several. When it only names a work mode, the offices say where.
fn locations(shown: Option<&str>, job: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for part in shown.unwrap_or_default().split([';', '|']).filter_map(json::clean) {
        json::push_once(&mut found, part);
    }
    if shown.is_none_or(vocabulary::is_only_work_mode) {
        for office in json::objects(job, "offices") {
            if let Some(place) = json::line(office, "location").or_else(|| json::line(office, "name")) {
                json::push_once(&mut found, place);
            }
        }
    }
    found
}

/// The text, unescaped once: after that it is ordinary HTML. One that shows tags as they are was never escaped.
fn content(job: &Value) -> Body {
    match json::text(job, "content") {
        None => Body::default(),
        Some(html) if html.contains('<') => Body::Html(html.to_owned()),
        Some(text) => Body::Html(html_escape::decode_html_entities(text).into_owned()),
    }
}

fn names(job: &Value, key: &str) -> Option<String> {
    let mut names = Vec::new();
    for entry in json::objects(job, key) {
        if let Some(name) = json::line(entry, "name") {
            json::push_once(&mut names, name);
        }
    }
    (!names.is_empty()).then(|| names.join(", "))
}

/// Amounts are in cents, and no field says what they are for: the words beside them do, else their size.
fn pay(job: &Value) -> Option<Pay> {
    pay::join(json::objects(job, "pay_input_ranges").map(|range| {
        let units = |key| json::number(range, key).map(|cents| cents / 100.0);
        let (min, max) = (units("min_cents"), units("max_cents"));
        let currency = json::text(range, "currency_type").and_then(pay::currency);
        let said = ["title", "blurb"].iter().find_map(|key| pay::period_in(json::text(range, key)?));
        let by_size = || pay::period_by_size(max.or(min)?, currency.as_deref()?);
        Range { min, max, span: said.or_else(by_size).map(Span::one), currency }
    }))
}

/// Custom fields that companies name alike everywhere.
fn read_metadata(job: &Value, posting: &mut Posting) {
    for field in json::objects(job, "metadata") {
        let Some(name) = json::line(field, "name").map(|name| name.to_lowercase()) else { continue };
        for value in json::lines(field, "value") {
            match name.as_str() {
                "workplace type" | "work type" | "location type" | "work model" | "workplace model"
                | "working model" | "work arrangement" | "remote status" => {
                    posting.work_mode = posting.work_mode.or_else(|| vocabulary::work_mode(&value));
                }
                "time type" | "employment type" | "job type" | "employment status" | "contract type"
                | "worker type" => {
                    posting.employment = posting.employment.or_else(|| vocabulary::employment(&value));
                }
                "job level" | "level" | "seniority" | "seniority level" | "experience level" => {
                    posting.level = posting.level.or_else(|| vocabulary::level(&value));
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::level::{Employment, Level, WorkMode};
    use crate::domain::pay::Period;
    use crate::domain::time::Millis;

    fn read(body: &str) -> Result<Page, ReadError> {
        let ask = Greenhouse.first("acme").unwrap();
        Greenhouse.read("acme", Some("Acme (configured)"), &ask, body.as_bytes())
    }

    const BOARD: &str = r#"{"jobs": [
        {"id": 9007199254740993, "internal_job_id": 71, "title": " Storage Engineer ", "company_name": "Acme ",
         "absolute_url": "https://jobs.acme.example/storage?gh_jid=9007199254740993",
         "location": {"name": "Berlin, Germany; London, UK"}, "language": "en",
         "first_published": "2026-05-04T09:30:00-04:00", "updated_at": "2026-06-01T00:00:00-04:00",
         "metadata": [{"id": 1, "name": "Workplace Type", "value": "Hybrid", "value_type": "single_select"},
                      {"id": 2, "name": "Time Type", "value": "Full time"},
                      {"id": 3, "name": "Job Level", "value": null},
                      {"id": 4, "name": "Seniority", "value": ["Senior"]}],
         "departments": [{"id": 1, "name": "Infrastructure"}, {"id": 2, "name": null}],
         "offices": [{"id": 1, "name": "Berlin", "location": null}],
         "pay_input_ranges": [
            {"min_cents": 9000000, "max_cents": 12000000, "currency_type": "EUR", "title": "Annual base pay"},
            {"min_cents": 8500000, "max_cents": 11000000, "currency_type": "EUR", "title": "Annual base pay"}],
         "content": "&lt;p&gt;Keep &amp;amp; serve bytes&lt;/p&gt;", "unknown": {"deep": [1]}},
        {"id": 2, "internal_job_id": 72, "title": "Support Engineer", "absolute_url": "https://jobs.acme.example/2",
         "location": {"name": "Hybrid"}, "metadata": null, "offices": [{"name": "HQ", "location": "Oslo, Norway"}],
         "pay_input_ranges": [{"min_cents": 3050, "max_cents": 4100, "currency_type": "USD", "title": "Pay"}]},
        {"id": 3, "internal_job_id": null, "title": "Don't see your role?", "absolute_url": "https://jobs.acme.example/3"},
        {"id": 4, "internal_job_id": 74, "title": null, "absolute_url": "https://jobs.acme.example/4"},
        {"id": 5, "internal_job_id": 75, "title": "Cook", "absolute_url": "javascript:alert(1)"},
        "what"
    ], "meta": {"total": 6}}"#;

    #[test]
    fn every_field_of_a_job_is_read() {
        let page = read(BOARD).unwrap();
        let job = &page.postings[0];
        assert_eq!((job.key.as_str(), job.group.as_deref()), ("9007199254740993", Some("71")));
        assert_eq!((job.title.as_str(), job.company.as_str()), ("Storage Engineer", "Acme"));
        assert_eq!(job.locations, ["Berlin, Germany", "London, UK"]);
        assert_eq!(job.work_mode, Some(WorkMode::Hybrid));
        assert_eq!((job.employment, job.level), (Some(Employment::FullTime), Some(Level::Senior)));
        assert_eq!(job.body, Body::Html("<p>Keep &amp; serve bytes</p>".into()));
        assert_eq!(job.department.as_deref(), Some("Infrastructure"));
        assert_eq!(job.posted_at, Some(Millis(1_777_901_400_000)));
        assert!(job.updated_at > job.posted_at);
        let pay = job.pay.as_ref().unwrap();
        assert_eq!((pay.min, pay.max, pay.period), (Some(85_000.0), Some(120_000.0), Some(Period::Year)));
        assert!(page.whole && page.next.is_none());
    }

    #[test]
    fn a_text_is_unescaped_once_and_not_when_it_shows_tags() {
        let text = |text: &str| content(&serde_json::json!({ "content": text }));
        assert_eq!(
            text("&lt;p&gt;a &amp;lt; b&amp;nbsp;c&lt;/p&gt;"),
            Body::Html("<p>a &lt; b&nbsp;c</p>".into())
        );
        assert_eq!(text("<p>a &lt; b</p>"), Body::Html("<p>a &lt; b</p>".into()));
    }

    #[test]
    fn a_place_that_is_only_a_work_mode_is_filled_from_the_offices() {
        let page = read(BOARD).unwrap();
        let job = &page.postings[1];
        assert_eq!(job.company, "Acme (configured)");
        assert_eq!(job.locations, ["Hybrid", "Oslo, Norway"]);
        assert_eq!(job.work_mode, Some(WorkMode::Hybrid));
        assert_eq!(job.pay.as_ref().unwrap().period, Some(Period::Hour));
    }

    #[test]
    fn what_is_no_vacancy_or_lacks_something_is_counted() {
        let skipped = read(BOARD).unwrap().skipped;
        let reasons: Vec<(&str, u32)> =
            skipped.iter().map(|(reason, many)| (reason.as_str(), *many)).collect();
        assert_eq!(
            reasons,
            [
                ("a talent pool, no vacancy", 1),
                ("no object", 1),
                ("without a title", 1),
                ("without an http or https address", 1)
            ]
        );
    }

    #[test]
    fn an_answer_shorter_than_the_board_counts_closes_nothing() {
        let page = read(r#"{"jobs": [], "meta": {"total": 3}}"#).unwrap();
        assert!(!page.whole);
        assert_eq!(page.skipped, [("counted by the board, but not in its answer".to_owned(), 3)]);
        assert!(read(r#"{"jobs": [], "meta": {"total": 0}}"#).unwrap().whole);
    }

    #[test]
    fn an_answer_that_is_no_board_is_an_error() {
        for body in
            ["", "<html>", "[]", "{}", r#"{"jobs": null}"#, r#"{"jobs": [{"id": 1}"#, r#"{"jobs": [{}]}"#]
        {
            assert!(read(body).is_err(), "{body}");
        }
        assert!(Greenhouse.first("a/../b").is_err());
    }

    #[test]
    fn no_value_in_the_wrong_place_costs_more_than_its_entry() {
        let board = serde_json::from_str(BOARD).unwrap();
        crate::feeds::mangled::survives(&Greenhouse, "acme", &board, "/jobs", crate::feeds::mangled::whole);
    }
}
