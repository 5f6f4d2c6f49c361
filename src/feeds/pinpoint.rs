//! Pinpoint: a company's whole board in one answer, its text in four parts, pay that may have to stay hidden.

use serde_json::Value;

use super::pay::{self, Range, Span};
use super::sheet::{NO_OBJECT, Sheet, Skip};
use super::{Ask, Kind, Page, ReadError, address, json, vocabulary};
use crate::domain::posting::Posting;

const NAME: &str = "pinpoint";

/// `pinpoint:COMPANY`.
#[derive(Debug)]
pub(super) struct Pinpoint;

impl Kind for Pinpoint {
    fn name(&self) -> &'static str {
        NAME
    }

    fn first(&self, board: &str) -> Result<Ask, ReadError> {
        Ok(Ask { url: address::host(NAME, board, "pinpointhq.com", "/postings.json")?, json: None })
    }

    fn read(&self, _board: &str, company: Option<&str>, _ask: &Ask, body: &[u8]) -> Result<Page, ReadError> {
        let answer = json::parse(NAME, body)?;
        let mut sheet = Sheet::default();
        for entry in json::list(NAME, &answer, "data")? {
            sheet.take(read_posting(entry, company));
        }
        sheet.finish(NAME)
    }
}

fn read_posting(entry: &Value, company: Option<&str>) -> Result<Posting, Skip> {
    if !entry.is_object() {
        return Err(NO_OBJECT);
    }
    let null = Value::Null;
    let place = entry.get("location").unwrap_or(&null);
    let department = |key: &str| entry.get("job")?.get(key).and_then(|part| json::line(part, "name"));
    let mut posting = Posting {
        key: json::identity(entry, "id").unwrap_or_default(),
        title: json::line(entry, "title").unwrap_or_default(),
        company: company.unwrap_or_default().to_owned(),
        url: json::text(entry, "url").map(address::link).unwrap_or_default(),
        locations: json::line(place, "name").into_iter().collect(),
        work_mode: json::text(entry, "workplace_type").and_then(vocabulary::work_mode),
        employment: json::text(entry, "employment_type").and_then(vocabulary::employment),
        body: json::body(&body(entry)),
        department: vocabulary::department(department("division"), department("department")),
        ..Posting::default()
    };
    let parts = [json::line(place, "city"), json::line(place, "province")];
    let words: Vec<String> = parts.into_iter().flatten().collect();
    if !words.is_empty() {
        json::push_once(&mut posting.locations, words.join(", "));
    }
    if json::flag(entry, "compensation_visible") != Some(false) {
        posting.pay_text = json::line(entry, "compensation");
        posting.pay = pay::join([Range {
            min: json::number(entry, "compensation_minimum"),
            max: json::number(entry, "compensation_maximum"),
            currency: json::text(entry, "compensation_currency").and_then(pay::currency),
            span: json::text(entry, "compensation_frequency").and_then(pay::period).map(Span::one),
        }]);
    }
    Ok(posting)
}

/// The four parts in order, with their headings.
fn body(entry: &Value) -> String {
    let mut html = String::new();
    for part in ["description", "key_responsibilities", "skills_knowledge_expertise", "benefits"] {
        let Some(text) = json::text(entry, part) else { continue };
        if let Some(heading) = json::line(entry, &format!("{part}_header")) {
            html.push_str(&format!("<h3>{}</h3>\n", html_escape::encode_text(&heading)));
        }
        html.push_str(text);
        html.push('\n');
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::level::{Employment, WorkMode};
    use crate::domain::pay::Period;
    use crate::domain::posting::Body;

    const BOARD: &str = r#"{"data": [
        {"id": "515", "title": "Fleet Manager", "url": "https://acme.pinpointhq.com/en/postings/515a",
         "description": "<div><!--block-->Lead</div>", "key_responsibilities": "<div>Oversee</div>",
         "key_responsibilities_header": "Your tasks", "skills_knowledge_expertise": "", "benefits": "",
         "employment_type": "full_time", "workplace_type": "onsite", "compensation": "$80,000 - $100,000 / year",
         "compensation_minimum": 80000.0, "compensation_maximum": 100000.0, "compensation_currency": "USD",
         "compensation_frequency": "year", "compensation_visible": true,
         "job": {"department": {"name": "Shop"}, "division": null}, "location": {"name": "Main yard", "city": "Bowie", "province": "Maryland"}},
        {"id": "516", "title": "Painter", "url": "https://acme.pinpointhq.com/en/postings/516a", "workplace_type": "remote",
         "employment_type": "contract_to_hire", "compensation": "secret", "compensation_minimum": 1, "compensation_visible": false,
         "location": {"name": "", "city": ""}}
    ]}"#;

    fn read(body: &str) -> Result<Page, ReadError> {
        Pinpoint.read("acme", Some("Acme"), &Pinpoint.first("acme").unwrap(), body.as_bytes())
    }

    #[test]
    fn every_field_of_a_posting_is_read_and_hidden_pay_stays_hidden() {
        let page = read(BOARD).unwrap();
        let (manager, painter) = (&page.postings[0], &page.postings[1]);
        assert_eq!(manager.locations, ["Main yard", "Bowie, Maryland"]);
        assert_eq!(
            (manager.work_mode, manager.employment),
            (Some(WorkMode::Onsite), Some(Employment::FullTime))
        );
        assert_eq!(
            manager.pay.as_ref().map(|pay| (pay.min, pay.period)),
            Some((Some(80_000.0), Some(Period::Year)))
        );
        assert_eq!(
            manager.body,
            Body::Html("<div><!--block-->Lead</div>\n<h3>Your tasks</h3>\n<div>Oversee</div>\n".into())
        );
        assert_eq!(manager.department.as_deref(), Some("Shop"));
        assert_eq!((painter.pay.as_ref(), painter.pay_text.as_ref()), (None, None));
        assert_eq!(
            (painter.work_mode, painter.employment),
            (Some(WorkMode::Remote), Some(Employment::Contract))
        );
        assert!(painter.locations.is_empty());
    }

    #[test]
    fn an_answer_that_is_no_board_is_an_error() {
        for body in ["", "<html>", "[]", "{}"] {
            assert!(read(body).is_err(), "{body}");
        }
        let board = serde_json::from_str(BOARD).unwrap();
        crate::feeds::mangled::survives(&Pinpoint, "acme", &board, "/data", crate::feeds::mangled::whole);
    }
}
