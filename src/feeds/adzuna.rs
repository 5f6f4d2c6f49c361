//! Adzuna: a search engine's newest advertisements of one country, with an account of the operator's own.

use serde_json::Value;

use super::sheet::{NO_OBJECT, Sheet, Skip};
use super::{Ask, Credential, Kind, Page, ReadError, Sent, address, dates, json, pay, vocabulary};
use crate::domain::pay::Period;
use crate::domain::posting::{Body, Posting};
use crate::domain::time::{DAY, HOUR};

const NAME: &str = "adzuna";
const BASE: &str = "https://api.adzuna.com/v1/api/jobs";

/// Most that it gives a page.
const LIMIT: &str = "50";

/// Pages of one reading; with four readings a day, four feeds keep within the 83 requests a day that an account has.
const PAGES: u32 = 5;

/// The countries that it searches, with the currency in which each states pay, and the name behind a place.
const COUNTRIES: [(&str, &str, &str); 19] = [
    ("at", "EUR", "Austria"),
    ("au", "AUD", "Australia"),
    ("be", "EUR", "Belgium"),
    ("br", "BRL", "Brazil"),
    ("ca", "CAD", "Canada"),
    ("ch", "CHF", "Switzerland"),
    ("de", "EUR", "Germany"),
    ("es", "EUR", "Spain"),
    ("fr", "EUR", "France"),
    ("gb", "GBP", "United Kingdom"),
    ("in", "INR", "India"),
    ("it", "EUR", "Italy"),
    ("mx", "MXN", "Mexico"),
    ("nl", "EUR", "Netherlands"),
    ("nz", "NZD", "New Zealand"),
    ("pl", "PLN", "Poland"),
    ("sg", "SGD", "Singapore"),
    ("us", "USD", "United States"),
    ("za", "ZAR", "South Africa"),
];

/// `adzuna:COUNTRY`, or `adzuna:COUNTRY/WORDS` for what its search finds for them. It wants "Jobs by Adzuna" with its
/// link and logo where its advertisements are published, so no such feed ships.
#[derive(Debug)]
pub(super) struct Adzuna;

impl Kind for Adzuna {
    fn name(&self) -> &'static str {
        NAME
    }

    fn first(&self, board: &str) -> Result<Ask, ReadError> {
        page(board, 1)
    }

    fn read(&self, board: &str, _company: Option<&str>, ask: &Ask, body: &[u8]) -> Result<Page, ReadError> {
        let answer = json::parse(NAME, body)?;
        let entries = json::list(NAME, &answer, "results")?;
        let (_, currency, country) = country_of(board)?;
        let mut sheet = Sheet::default();
        for entry in entries {
            sheet.take(read_posting(entry, currency, country));
        }
        let number = number(ask);
        let seen = f64::from(number) * 50.0;
        let more = !entries.is_empty() && json::number(&answer, "count").is_none_or(|all| seen < all);
        let next = (more && number < PAGES).then(|| page(board, number + 1)).transpose()?;
        Ok(Page { whole: false, next, ..sheet.finish(NAME)? })
    }

    fn credentials(&self) -> &'static [Credential] {
        &[
            Credential { variable: "ADZUNA_APP_ID", sent: Sent::Parameter("app_id") },
            Credential { variable: "ADZUNA_APP_KEY", sent: Sent::Parameter("app_key") },
        ]
    }

    /// As long as it asks back for.
    fn shelf_life(&self) -> Option<i64> {
        Some(30 * DAY)
    }

    fn least_interval(&self) -> i64 {
        6 * HOUR
    }

    /// Its limit is 25 a minute.
    fn pause(&self) -> i64 {
        2_500
    }
}

fn country_of(board: &str) -> Result<(&'static str, &'static str, &'static str), ReadError> {
    let code = board.split_once('/').map_or(board, |(code, _)| code).to_ascii_lowercase();
    COUNTRIES.into_iter().find(|(known, ..)| *known == code).ok_or_else(|| ReadError::Board {
        kind: NAME,
        board: board.to_owned(),
        cause: format!(
            "write adzuna:COUNTRY or adzuna:COUNTRY/WORDS; the countries are {}",
            COUNTRIES.map(|(code, ..)| code).join(" ")
        ),
    })
}

fn page(board: &str, number: u32) -> Result<Ask, ReadError> {
    let (country, ..) = country_of(board)?;
    let mut parameters = vec![
        ("results_per_page", LIMIT),
        ("sort_by", "date"),
        ("max_days_old", "30"),
        ("content-type", "application/json"),
    ];
    if let Some((_, words)) = board.split_once('/').filter(|(_, words)| !words.trim().is_empty()) {
        parameters.push(("what", words.trim()));
    }
    Ok(Ask { url: address::query(&format!("{BASE}/{country}/search/{number}"), &parameters), json: None })
}

fn number(ask: &Ask) -> u32 {
    let path = ask.url.split('?').next().unwrap_or_default();
    path.rsplit('/').next().and_then(|number| number.parse().ok()).unwrap_or(1)
}

fn read_posting(entry: &Value, currency: &str, country: &str) -> Result<Posting, Skip> {
    if !entry.is_object() {
        return Err(NO_OBJECT);
    }
    let within = |outer: &str, key: &str| entry.get(outer).and_then(|value| json::plain(value, key));
    let plain = |key: &str| json::text(entry, key).and_then(json::without_tags);
    let words = |key: &str| json::text(entry, key).and_then(vocabulary::employment);
    Ok(Posting {
        key: json::identity(entry, "id").unwrap_or_default(),
        title: plain("title").unwrap_or_default(),
        company: within("company", "display_name").unwrap_or_default(),
        url: json::text(entry, "redirect_url").map(address::link).unwrap_or_default(),
        // The country itself is shown by a short name ("US", "UK"); a place within it without one.
        locations: match within("location", "display_name")
            .filter(|place| place.len() > 2 && place != country)
        {
            Some(place) => vec![format!("{place}, {country}")],
            None => vec![country.to_owned()],
        },
        employment: words("contract_type").or_else(|| words("contract_time")),
        pay: (!is_guess(entry)).then(|| stated(entry, currency)).flatten(),
        body: Body::Text(plain("description").unwrap_or_default()),
        department: within("category", "label"),
        posted_at: dates::date(entry, "created"),
        ..Posting::default()
    })
}

/// Whether the pay is Adzuna's own estimate; the mark is a text, or a number in its documentation.
fn is_guess(entry: &Value) -> bool {
    json::number(entry, "salary_is_predicted").is_some_and(|mark| mark != 0.0)
}

fn stated(entry: &Value, currency: &str) -> Option<crate::domain::pay::Pay> {
    pay::join([pay::Range {
        min: json::number(entry, "salary_min"),
        max: json::number(entry, "salary_max"),
        currency: Some(currency.to_owned()),
        span: Some(pay::Span::one(Period::Year)),
    }])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::level::Employment;

    const ANSWER: &str = r#"{"__CLASS__": "Adzuna::API::Response::JobSearchResults", "count": 70, "mean": 51234.5, "results": [
        {"__CLASS__": "Adzuna::API::Response::Job", "id": "501", "adref": "x", "title": "<strong>Night</strong> Baker &amp; Co",
         "description": "Bake <strong>bread</strong> at night…", "created": "2026-05-04T13:30:00Z",
         "redirect_url": "https://www.adzuna.de/land/ad/501?se=abc&v=1", "company": {"__CLASS__": "C", "display_name": "Acme"},
         "location": {"display_name": "Mitte, Berlin", "area": ["Deutschland", "Berlin", "Mitte"]},
         "category": {"label": "Hotel-Jobs", "tag": "hospitality-catering-jobs"}, "salary_min": 40000, "salary_max": 50000.0,
         "salary_is_predicted": "0", "contract_time": "part_time", "latitude": 52.5, "longitude": 13.4},
        {"id": "502", "title": "Miller", "company": {}, "redirect_url": "https://www.adzuna.de/details/502", "location": {"display_name": "DE"},
         "salary_min": 40000, "salary_is_predicted": 1, "contract_type": "contract", "contract_time": "full_time"}]}"#;

    fn read(body: &str) -> Result<Page, ReadError> {
        Adzuna.read("de/night baker", Some("Somebody"), &page("de/night baker", 1).unwrap(), body.as_bytes())
    }

    #[test]
    fn every_field_of_a_posting_is_read_and_estimates_are_not() {
        let page = read(ANSWER).unwrap();
        assert!(!page.whole && page.skipped.is_empty());
        let job = &page.postings[0];
        assert_eq!((job.title.as_str(), job.company.as_str()), ("Night Baker & Co", "Acme"));
        assert_eq!(job.locations, ["Mitte, Berlin, Germany"]);
        assert_eq!(job.body, Body::Text("Bake bread at night…".to_owned()));
        assert_eq!(
            (job.employment, job.department.as_deref()),
            (Some(Employment::PartTime), Some("Hotel-Jobs"))
        );
        let pay = job.pay.as_ref().unwrap();
        assert_eq!(
            (pay.min, pay.max, pay.currency.as_deref()),
            (Some(40_000.0), Some(50_000.0), Some("EUR"))
        );
        assert_eq!(job.url, "https://www.adzuna.de/land/ad/501?se=abc&v=1");
        let other = &page.postings[1];
        assert_eq!(
            (other.pay.as_ref(), other.locations.as_slice()),
            (None, ["Germany".to_owned()].as_slice())
        );
        assert_eq!(other.employment, Some(Employment::Contract));
    }

    #[test]
    fn pages_follow_up_to_the_count_and_no_key_stands_in_an_address() {
        let next = read(ANSWER).unwrap().next.unwrap();
        assert_eq!(
            next.url,
            format!(
                "{BASE}/de/search/2?results_per_page=50&sort_by=date&max_days_old=30&content-type=application%2Fjson&what=night+baker"
            )
        );
        let last = Adzuna.read("de", None, &next, ANSWER.as_bytes()).unwrap();
        assert!(last.next.is_none());
        assert!(Adzuna.first("xx").unwrap_err().to_string().contains("the countries are at au be"));
    }

    #[test]
    fn a_wrong_answer_is_an_error_and_a_wrong_value_costs_its_entry_at_most() {
        for body in ["", "<html>", "[]", r#"{"exception":"AUTH_FAIL"}"#] {
            assert!(read(body).is_err(), "{body}");
        }
        let answer = serde_json::from_str(ANSWER).unwrap();
        crate::feeds::mangled::survives(&Adzuna, "de", &answer, "/results", crate::feeds::mangled::whole);
    }
}
