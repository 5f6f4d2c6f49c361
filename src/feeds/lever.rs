//! Lever, global and European: pages of a hundred postings, their text in parts.

use serde_json::Value;

use super::pay::{self, Range, Span};
use super::sheet::{NO_OBJECT, Sheet, Skip};
use super::{Ask, Kind, Page, ReadError, address, dates, json, places, vocabulary};
use crate::domain::pay::Period;
use crate::domain::posting::{Body, Posting};

/// Postings a page; some boards weigh 48 MB when they are asked for everything.
const LIMIT: usize = 100;

/// `lever:SITE` and `lever-eu:SITE`.
#[derive(Debug)]
pub(super) struct Lever {
    name: &'static str,
    base: &'static str,
}

/// The global instance.
pub(super) const GLOBAL: Lever = Lever { name: "lever", base: "https://api.lever.co/v0/postings" };

/// The European instance.
pub(super) const EUROPE: Lever = Lever { name: "lever-eu", base: "https://api.eu.lever.co/v0/postings" };

impl Lever {
    fn page(&self, board: &str, skip: usize) -> Result<Ask, ReadError> {
        let rest = if skip == 0 { String::new() } else { format!("&skip={skip}") };
        let url = address::board(self.name, self.base, board, &format!("?mode=json&limit={LIMIT}{rest}"))?;
        Ok(Ask { url, json: None })
    }
}

impl Kind for Lever {
    fn name(&self) -> &'static str {
        self.name
    }

    fn first(&self, board: &str) -> Result<Ask, ReadError> {
        self.page(board, 0)
    }

    fn read(&self, board: &str, company: Option<&str>, ask: &Ask, body: &[u8]) -> Result<Page, ReadError> {
        let answer = json::parse(self.name, body)?;
        let entries = json::array(self.name, &answer)?;
        let mut sheet = Sheet::default();
        for entry in entries {
            sheet.take(read_posting(entry, company));
        }
        let mut page = sheet.finish(self.name)?;
        if entries.len() >= LIMIT {
            page.next = Some(self.page(board, skipped(ask) + entries.len())?);
        }
        Ok(page)
    }
}

/// How many postings the pages before `ask` held.
fn skipped(ask: &Ask) -> usize {
    ask.url.rsplit_once("&skip=").and_then(|(_, skip)| skip.parse().ok()).unwrap_or(0)
}

fn read_posting(entry: &Value, company: Option<&str>) -> Result<Posting, Skip> {
    if !entry.is_object() {
        return Err(NO_OBJECT);
    }
    let null = Value::Null;
    let categories = entry.get("categories").unwrap_or(&null);
    let mut locations = Vec::new();
    for place in json::line(categories, "location").into_iter().chain(json::lines(categories, "allLocations"))
    {
        json::push_once(&mut locations, place);
    }
    let commitment = json::line(categories, "commitment");
    let employment = commitment.as_deref().and_then(vocabulary::employment);
    let mut posting = Posting {
        key: json::identity(entry, "id").unwrap_or_default(),
        title: json::line(entry, "text").unwrap_or_default(),
        company: company.unwrap_or_default().to_owned(),
        url: json::text(entry, "hostedUrl").map(address::link).unwrap_or_default(),
        locations,
        places: places::place(None, None, json::text(entry, "country")).into_iter().collect(),
        work_mode: json::text(entry, "workplaceType").and_then(vocabulary::work_mode),
        employment,
        body: body(entry),
        // Words such as "Permanent" are no employment of ours, but people look for them.
        tags: commitment.filter(|_| employment.is_none()).into_iter().collect(),
        department: vocabulary::department(
            json::line(categories, "department"),
            json::line(categories, "team"),
        ),
        posted_at: dates::date(entry, "createdAt"),
        ..Posting::default()
    };
    read_pay(entry, &mut posting);
    Ok(posting)
}

/// A span that we cannot hold (once, `bi-month`: twice a month or every second) leaves pay as words only.
fn read_pay(entry: &Value, posting: &mut Posting) {
    posting.pay_text = json::line(entry, "salaryDescriptionPlain")
        .or_else(|| json::text(entry, "salaryDescription").and_then(json::without_tags));
    let Some(range) = entry.get("salaryRange").filter(|range| range.is_object()) else { return };
    let (min, max) = (json::number(range, "min"), json::number(range, "max"));
    let currency = json::text(range, "currency").and_then(pay::currency);
    let interval = json::text(range, "interval").unwrap_or_default();
    let half_month = Span { many: 0.5, period: Period::Month };
    let span = match interval {
        "per-year-salary" => Some(Span::one(Period::Year)),
        "per-month-salary" => Some(Span::one(Period::Month)),
        "per-week-salary" => Some(Span::one(Period::Week)),
        "per-day-wage" => Some(Span::one(Period::Day)),
        "per-hour-wage" => Some(Span::one(Period::Hour)),
        "semi-month-salary" => Some(half_month),
        "bi-week-salary" => Some(Span { many: 2.0, period: Period::Week }),
        _ => None,
    };
    if span.is_some() || interval.is_empty() {
        posting.pay = pay::join([Range { min, max, currency, span }]);
    } else if posting.pay_text.is_none() && (min.is_some() || max.is_some()) {
        let amounts: Vec<String> =
            [min, max].into_iter().flatten().map(|amount| amount.to_string()).collect();
        let currency = currency.map(|code| format!("{code} ")).unwrap_or_default();
        posting.pay_text = Some(format!("{currency}{} ({interval})", amounts.join(" to ")));
    }
}

/// The parts of the advertisement in order: text, lists with their headings, closing words.
fn body(entry: &Value) -> Body {
    let lists: Vec<&Value> = json::objects(entry, "lists").collect();
    let html =
        |keys: &[&str]| keys.iter().filter_map(|key| json::text(entry, key)).collect::<Vec<_>>().join("\n");
    let first_html = [html(&["description"]), html(&["opening", "descriptionBody"])];
    let first_plain = [html(&["descriptionPlain"]), html(&["openingPlain", "descriptionBodyPlain"])];
    let take = |texts: [String; 2]| texts.into_iter().find(|text| !text.is_empty());
    let (first, closing) = (take(first_html), html(&["additional"]));
    if first.is_none() && lists.is_empty() && closing.is_empty() {
        let parts = [take(first_plain).unwrap_or_default(), html(&["additionalPlain"])];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        return Body::Text(parts.join("\n\n"));
    }
    let mut text = first.unwrap_or_else(|| take(first_plain).as_deref().map(as_html).unwrap_or_default());
    for list in lists {
        if let Some(heading) = json::line(list, "text") {
            text.push_str("\n<h3>");
            text.push_str(&html_escape::encode_text(&heading));
            text.push_str("</h3>");
        }
        if let Some(content) = json::text(list, "content") {
            text.push_str("\n<ul>");
            text.push_str(content);
            text.push_str("</ul>");
        }
    }
    let closing = if closing.is_empty() { as_html(&html(&["additionalPlain"])) } else { closing };
    if !closing.is_empty() {
        text.push('\n');
        text.push_str(&closing);
    }
    Body::Html(text)
}

fn as_html(plain: &str) -> String {
    html_escape::encode_text(plain).replace('\n', "<br>")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::level::{Employment, WorkMode};
    use crate::domain::place::Place;
    use crate::domain::time::Millis;

    fn read(body: &str) -> Result<Page, ReadError> {
        let ask = GLOBAL.first("acme").unwrap();
        GLOBAL.read("acme", Some("Acme"), &ask, body.as_bytes())
    }

    const BOARD: &str = r#"[
        {"id": "5d1c", "text": "Data Engineer ", "country": "GB", "workplaceType": "on-site",
         "createdAt": 1777901400000, "hostedUrl": "https://jobs.lever.co/acme/5d1c",
         "categories": {"location": "London", "allLocations": ["London", "Leeds"], "commitment": "Full Time Employee",
                        "team": "Lake", "department": "Data"},
         "description": "<p>Move rows</p>", "descriptionPlain": "Move rows", "opening": "<p>Move</p>",
         "lists": [{"text": "You & us", "content": "<li>SQL</li>"}], "additional": "<p>Bye</p>",
         "salaryRange": {"min": 60000, "max": 70000, "currency": "GBP", "interval": "per-year-salary"}},
        {"id": "77aa", "text": "Night Guard", "country": null, "workplaceType": "unspecified", "createdAt": 1777901400000,
         "hostedUrl": "https://jobs.lever.co/acme/77aa", "categories": {"commitment": "Permanent", "team": "Guards"},
         "descriptionPlain": "Guard & wait", "additionalPlain": "Bye",
         "salaryRange": {"min": 500, "max": 600, "currency": "USD", "interval": "one-time"},
         "salaryDescription": null},
        {"id": "88bb", "text": "Baker", "hostedUrl": "https://jobs.lever.co/acme/88bb", "descriptionPlain": "a < b\nc",
         "lists": [{"content": "<li>Flour</li>"}], "salaryDescription": "<div>15&nbsp;EUR</div><p>an hour</p>",
         "salaryRange": {"min": 1500, "currency": "EUR", "interval": "semi-month-salary"}},
        {"id": "99cc", "text": "", "hostedUrl": "https://jobs.lever.co/acme/99cc"}
    ]"#;

    #[test]
    fn every_field_of_a_posting_is_read() {
        let page = read(BOARD).unwrap();
        let job = &page.postings[0];
        assert_eq!((job.title.as_str(), job.company.as_str()), ("Data Engineer", "Acme"));
        assert_eq!(job.locations, ["London", "Leeds"]);
        assert_eq!(job.places, [Place::country("GB")]);
        assert_eq!((job.work_mode, job.employment), (Some(WorkMode::Onsite), Some(Employment::FullTime)));
        assert_eq!(job.department.as_deref(), Some("Data / Lake"));
        assert_eq!(job.posted_at, Some(Millis(1_777_901_400_000)));
        let pay = job.pay.as_ref().unwrap();
        assert_eq!((pay.min, pay.max, pay.period), (Some(60_000.0), Some(70_000.0), Some(Period::Year)));
        assert_eq!(
            job.body,
            Body::Html("<p>Move rows</p>\n<h3>You &amp; us</h3>\n<ul><li>SQL</li></ul>\n<p>Bye</p>".into())
        );
        assert_eq!(page.skipped, [("without a title".to_owned(), 1)]);
        assert!(page.next.is_none() && page.whole);
    }

    #[test]
    fn texts_that_are_only_plain_stay_plain_or_become_html_beside_lists() {
        let page = read(BOARD).unwrap();
        assert_eq!(page.postings[1].body, Body::Text("Guard & wait\n\nBye".into()));
        assert_eq!(page.postings[2].body, Body::Html("a &lt; b<br>c\n<ul><li>Flour</li></ul>".into()));
    }

    #[test]
    fn pay_for_odd_spans_is_converted_or_kept_as_words() {
        let page = read(BOARD).unwrap();
        let guard = &page.postings[1];
        assert_eq!(
            (guard.pay.as_ref(), guard.pay_text.as_deref()),
            (None, Some("USD 500 to 600 (one-time)"))
        );
        assert_eq!(guard.tags, ["Permanent"]);
        let baker = &page.postings[2];
        assert_eq!(baker.pay.as_ref().unwrap().min, Some(3000.0));
        assert_eq!(baker.pay_text.as_deref(), Some("15 EUR an hour"));
    }

    #[test]
    fn a_full_page_asks_for_the_next_and_a_short_one_ends() {
        let row = r#"{"id": "a", "text": "T", "hostedUrl": "https://jobs.lever.co/acme/a"}"#;
        let full = format!("[{}]", vec![row; LIMIT].join(","));
        let second = read(&full).unwrap().next.unwrap();
        assert_eq!(second.url, "https://api.lever.co/v0/postings/acme?mode=json&limit=100&skip=100");
        let third = GLOBAL.read("acme", None, &second, full.as_bytes()).unwrap().next.unwrap();
        assert!(third.url.ends_with("&skip=200"));
        assert!(GLOBAL.read("acme", None, &third, b"[]").unwrap().next.is_none());
    }

    #[test]
    fn the_european_instance_is_another_host() {
        assert_eq!(
            EUROPE.first("acme").unwrap().url,
            "https://api.eu.lever.co/v0/postings/acme?mode=json&limit=100"
        );
    }

    #[test]
    fn an_answer_that_is_no_board_is_an_error() {
        let missing = read(r#"{"ok":false,"error":"Document not found"}"#).unwrap_err().to_string();
        assert!(missing.contains("Document not found"), "{missing}");
        for body in ["", "<!doctype html>", "[{", "\"\"", "[[]]"] {
            assert!(read(body).is_err(), "{body}");
        }
        assert!(read("[]").unwrap().postings.is_empty());
    }

    #[test]
    fn no_value_in_the_wrong_place_costs_more_than_its_entry() {
        let board = serde_json::from_str(BOARD).unwrap();
        crate::feeds::mangled::survives(&GLOBAL, "acme", &board, "", crate::feeds::mangled::whole);
    }
}
