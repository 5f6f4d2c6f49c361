//! Remote OK: the hundred newest remote jobs in one list, whose first element is a notice about terms.

use serde_json::Value;

use super::pay::{self, Range, Span};
use super::sheet::{NO_OBJECT, Sheet, Skip};
use super::{Ask, Kind, Page, ReadError, address, dates, json};
use crate::domain::level::WorkMode;
use crate::domain::pay::Period;
use crate::domain::posting::Posting;
use crate::domain::time::DAY;

const NAME: &str = "remoteok";

/// `remoteok:all`.
#[derive(Debug)]
pub(super) struct RemoteOk;

impl Kind for RemoteOk {
    fn name(&self) -> &'static str {
        NAME
    }

    fn first(&self, board: &str) -> Result<Ask, ReadError> {
        address::all(NAME, board)?;
        Ok(Ask { url: "https://remoteok.com/api".into(), json: None })
    }

    fn read(&self, _board: &str, _company: Option<&str>, _ask: &Ask, body: &[u8]) -> Result<Page, ReadError> {
        let answer = json::parse(NAME, body)?;
        let mut sheet = Sheet::default();
        for entry in json::array(NAME, &answer)?.iter().filter(|entry| entry.get("legal").is_none()) {
            sheet.take(read_posting(entry));
        }
        Ok(Page { whole: false, ..sheet.finish(NAME)? })
    }

    fn shelf_life(&self) -> Option<i64> {
        Some(30 * DAY)
    }
}

fn read_posting(entry: &Value) -> Result<Posting, Skip> {
    if !entry.is_object() {
        return Err(NO_OBJECT);
    }
    // Mended first: half of a broken letter is a control character, which cleaning would drop.
    let plain = |key: &str| {
        let text = mended(json::text(entry, key).unwrap_or_default());
        json::clean(&html_escape::decode_html_entities(&text)).unwrap_or_default()
    };
    let amount = |key: &str| json::number(entry, key);
    Ok(Posting {
        key: json::identity(entry, "id").unwrap_or_default(),
        title: plain("position"),
        company: plain("company"),
        // Its terms: people are led to its own page, spelled as it spells it.
        url: json::text(entry, "url").map(address::link).unwrap_or_default(),
        locations: place(&plain("location")).into_iter().collect(),
        // Every job on it is remote; the place says where the company or the person should be.
        work_mode: Some(WorkMode::Remote),
        pay: pay::join([Range {
            min: amount("salary_min"),
            max: amount("salary_max"),
            currency: Some("USD".into()),
            span: Some(Span::one(Period::Year)),
        }]),
        body: json::body(&mended(without_marker(json::text(entry, "description").unwrap_or_default()))),
        tags: json::lines(entry, "tags"),
        posted_at: dates::date(entry, "date").or_else(|| dates::date(entry, "epoch")),
        ..Posting::default()
    })
}

/// The place without empty and repeated parts: `Austin, Austin, Texas, ` is `Austin, Texas`.
fn place(text: &str) -> Option<String> {
    let mut parts: Vec<&str> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    parts.dedup();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// The text up to the board's own word for telling robots.
fn without_marker(text: &str) -> &str {
    text.split_once("Please mention the word").map_or(text, |(text, _)| text)
}

/// Undoes UTF-8 that was read as Latin-1 and encoded again: each run of such characters that is UTF-8 becomes it.
fn mended(text: &str) -> String {
    let is_byte = |c: char| ('\u{80}'..='\u{ff}').contains(&c);
    let mut mended = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_byte) {
        let (before, run) = rest.split_at(start);
        let (run, after) = run.split_at(run.find(|c| !is_byte(c)).unwrap_or(run.len()));
        let bytes: Vec<u8> = run.chars().filter_map(|c| u8::try_from(u32::from(c)).ok()).collect();
        mended.push_str(before);
        mended.push_str(std::str::from_utf8(&bytes).unwrap_or(run));
        rest = after;
    }
    mended.push_str(rest);
    mended
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::posting::Body;

    const BOARD: &str = r#"[
        {"last_updated": 1777900000, "legal": "Link back to us."},
        {"id": "7001", "epoch": 1777901400, "date": "2026-05-04T13:30:00+00:00", "company": "Oven &amp; Sons", "position": "Baker \u00e2\u0080\u0094 nights",
         "tags": ["bread", "part time"], "description": "<p>Caf\u00e9 work.</p><br/>Please mention the word **FLOUR** when applying",
         "location": "Austin, Austin, Texas, ", "salary_min": 60000, "salary_max": 90000, "url": "https://remoteOK.com/remote-jobs/7001"},
        {"id": "7002", "epoch": 1777901401, "company": "Acme", "position": "Miller", "location": "", "salary_min": 0, "salary_max": 0,
         "url": "https://remoteOK.com/remote-jobs/7002"}
    ]"#;

    fn read(body: &str) -> Result<Page, ReadError> {
        RemoteOk.read("all", None, &RemoteOk.first("all").unwrap(), body.as_bytes())
    }

    #[test]
    fn every_field_of_a_posting_is_read() {
        let page = read(BOARD).unwrap();
        assert!(!page.whole && page.skipped.is_empty() && page.postings.len() == 2);
        let job = &page.postings[0];
        assert_eq!((job.title.as_str(), job.company.as_str()), ("Baker — nights", "Oven & Sons"));
        assert_eq!(job.url, "https://remoteok.com/remote-jobs/7001");
        assert_eq!(job.locations, ["Austin, Texas"]);
        assert_eq!(job.work_mode, Some(WorkMode::Remote));
        assert_eq!(job.body, Body::Html("<p>Café work.</p><br/>".into()));
        let pay = job.pay.as_ref().unwrap();
        assert_eq!((pay.min, pay.max, pay.period), (Some(60_000.0), Some(90_000.0), Some(Period::Year)));
        assert_eq!(job.posted_at.map(|at| at.0), Some(1_777_901_400_000));
        let other = &page.postings[1];
        assert_eq!((other.pay.as_ref(), other.locations.len()), (None, 0));
        assert_eq!(other.posted_at.map(|at| at.0), Some(1_777_901_401_000));
    }

    #[test]
    fn a_letter_that_stands_for_itself_stays() {
        assert_eq!(mended("Zürich, Ã©tage, plain"), "Zürich, étage, plain");
    }

    #[test]
    fn an_answer_that_is_no_list_is_an_error() {
        assert!(RemoteOk.first("rust").is_err());
        for body in ["", "<html>", "{}", r#"{"error":"no"}"#] {
            assert!(read(body).is_err(), "{body}");
        }
        assert!(read("[]").unwrap().postings.is_empty());
        let board: Value = serde_json::from_str(BOARD).unwrap();
        let jobs = Value::Array(board.as_array().unwrap()[1..].to_vec());
        crate::feeds::mangled::survives(&RemoteOk, "all", &jobs, "/", crate::feeds::mangled::whole);
    }
}
