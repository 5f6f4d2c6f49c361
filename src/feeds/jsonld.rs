//! schema.org JobPostings within web pages (JSON-LD), in every shape that pages give them: one page, or those of a sitemap.

use serde_json::Value;

use super::pay::{self, Range, Span};
use super::sheet::{Sheet, Skip};
use super::sitemap::{self, Sitemap};
use super::{Ask, Kind, Page, ReadError, address, dates, json, places, vocabulary};
use crate::domain::level::WorkMode;
use crate::domain::pay::Pay;
use crate::domain::place::Place;
use crate::domain::posting::{Body, Posting};

const NAME: &str = "jsonld";

/// `jsonld:https://…`: one page with one or several postings, or a sitemap whose job pages hold one each.
#[derive(Debug)]
pub(super) struct JsonLd;

impl Kind for JsonLd {
    fn name(&self) -> &'static str {
        NAME
    }

    fn first(&self, board: &str) -> Result<Ask, ReadError> {
        let url = address::link(board);
        if url.is_empty() {
            let cause = "it must be the http or https address of a page".to_owned();
            return Err(ReadError::Board { kind: NAME, board: board.to_owned(), cause });
        }
        Ok(Ask { url, json: None })
    }

    fn read(&self, _board: &str, company: Option<&str>, ask: &Ask, body: &[u8]) -> Result<Page, ReadError> {
        if let Some(map) = sitemap::read(body, &ask.url) {
            return read_sitemap(map, company, &ask.url);
        }
        let page = String::from_utf8_lossy(body);
        let blocks = blocks(&page);
        if blocks.is_empty() {
            let cause = "the page holds no JSON-LD (a script of the type application/ld+json)".to_owned();
            return Err(json::unexpected(NAME, cause));
        }
        let mut sheet = Sheet::default();
        for block in blocks {
            match lenient(&block) {
                Some(value) => {
                    let mut found = Vec::new();
                    postings(&value, 0, &mut found);
                    for job in found {
                        sheet.take(read_posting(job, company, &ask.url));
                    }
                }
                None => sheet.take(Err(Skip::Broken("a block that is no JSON"))),
            }
        }
        sheet.finish(NAME)
    }

    /// Of a sitemap's pages nothing is known but the address.
    fn detail(&self, _board: &str, posting: &Posting) -> Option<Ask> {
        let bare = posting.key == posting.url && posting.body == Body::default();
        bare.then(|| Ask { url: posting.url.clone(), json: None })
    }

    /// A page that holds no posting (any more) is one that closed.
    fn complete(&self, posting: &mut Posting, body: &[u8]) -> Result<(), ReadError> {
        let page = String::from_utf8_lossy(body);
        let values: Vec<Value> = blocks(&page).iter().filter_map(|block| lenient(block)).collect();
        let mut found = Vec::new();
        values.iter().for_each(|value| postings(value, 0, &mut found));
        let company = Some(posting.company.as_str()).filter(|name| !name.is_empty());
        match found.first().map(|job| read_posting(job, company, &posting.url)) {
            Some(Ok(read)) if !read.title.is_empty() => {
                let (key, updated_at) = (posting.key.clone(), posting.updated_at);
                *posting = Posting { key, updated_at, ..read };
            }
            _ => posting.closed = true,
        }
        Ok(())
    }
}

/// The job pages of a sitemap. Those of an index are read one after the other; which are left stands behind the `#` of
/// the address, which is not sent.
fn read_sitemap(map: Sitemap, company: Option<&str>, address: &str) -> Result<Page, ReadError> {
    let mut sheet = Sheet::default();
    sheet.count("pages of a sitemap beyond the first 2,000", map.beyond);
    for mut posting in map.pages {
        posting.company = company.unwrap_or_default().to_owned();
        sheet.take(Ok(posting));
    }
    let mut left: Vec<String> = match address.split_once('#') {
        // An index within an index is not followed: somebody may have tied a knot.
        Some((_, left)) => left.split(' ').filter(|one| !one.is_empty()).map(str::to_owned).collect(),
        None => map.inner,
    };
    let next = (!left.is_empty()).then(|| left.remove(0));
    let next = next.map(|next| Ask { url: format!("{next}#{}", left.join(" ")), json: None });
    let whole = map.beyond == 0;
    Ok(Page { next, whole, ..sheet.finish(NAME)? })
}

/// The texts of all `<script type="application/ld+json">`.
fn blocks(page: &str) -> Vec<String> {
    let lower = page.to_ascii_lowercase();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = lower[at..].find("<script").map(|start| at + start) {
        let Some(open) = lower[start..].find('>').map(|end| start + end + 1) else { break };
        let Some(end) = lower[open..].find("</script").map(|end| open + end) else { break };
        if lower[start..open].contains("application/ld+json") {
            found.push(page[open..end].to_owned());
        }
        at = end;
    }
    found
}

/// JSON as pages write it: within comments or CDATA, with raw line breaks in strings and commas before the end.
fn lenient(text: &str) -> Option<Value> {
    let mut text = text.trim();
    for (open, close) in
        [("<!--", "-->"), ("//<![CDATA[", "//]]>"), ("/*<![CDATA[*/", "/*]]>*/"), ("<![CDATA[", "]]>")]
    {
        text = text.strip_prefix(open).unwrap_or(text).trim();
        text = text.strip_suffix(close).unwrap_or(text).trim();
    }
    if let Ok(value) = serde_json::from_str(text) {
        return Some(value);
    }
    let mut mended = String::with_capacity(text.len());
    let (mut within, mut escaped) = (false, false);
    for c in text.chars() {
        if within {
            mended.push(if c.is_control() { ' ' } else { c });
            (within, escaped) = (c != '"' || escaped, c == '\\' && !escaped);
            continue;
        }
        if matches!(c, '}' | ']') {
            // A comma before the end of a list is everybody's slip.
            let kept = mended.trim_end().trim_end_matches(',').len();
            mended.truncate(kept);
        }
        within = c == '"';
        mended.push(c);
    }
    serde_json::from_str(&mended).ok()
}

/// Every JobPosting below `value`: alone, in lists, in `@graph`.
fn postings<'a>(value: &'a Value, depth: u8, found: &mut Vec<&'a Value>) {
    if depth > 8 {
        return;
    }
    match value {
        Value::Array(list) => list.iter().for_each(|value| postings(value, depth + 1, found)),
        Value::Object(fields) => {
            if json::lines(value, "@type")
                .iter()
                .any(|kind| kind.rsplit(['/', ':']).next() == Some("JobPosting"))
            {
                found.push(value);
            } else {
                for key in ["@graph", "itemListElement", "item", "mainEntity"] {
                    if let Some(inner) = fields.get(key) {
                        postings(inner, depth + 1, found);
                    }
                }
            }
        }
        _ => {}
    }
}

fn read_posting(job: &Value, company: Option<&str>, page: &str) -> Result<Posting, Skip> {
    let title = json::line(job, "title")
        .or_else(|| json::line(job, "name"))
        .map(|title| html_escape::decode_html_entities(&title).into_owned());
    let own = name_of(job.get("hiringOrganization"));
    let url = json::text(job, "url").map(address::link).filter(|url| !url.is_empty());
    let identifier = match job.get("identifier") {
        Some(object @ Value::Object(_)) => json::identity(object, "value"),
        _ => json::identity(job, "identifier"),
    };
    let url = url.unwrap_or_else(|| page.to_owned());
    let mut posting = Posting {
        key: identifier.unwrap_or_else(|| url.clone()),
        title: title.unwrap_or_default(),
        company: company.map(str::to_owned).or(own).unwrap_or_default(),
        url,
        employment: json::lines(job, "employmentType").iter().find_map(|word| vocabulary::employment(word)),
        pay: pay(job),
        body: body(job),
        tags: json::lines(job, "skills"),
        posted_at: dates::date(job, "datePosted"),
        ..Posting::default()
    };
    let remote =
        json::lines(job, "jobLocationType").iter().any(|kind| kind.eq_ignore_ascii_case("TELECOMMUTE"));
    posting.work_mode = remote.then_some(WorkMode::Remote);
    for place in several(job.get("jobLocation")) {
        read_place(place, &mut posting);
    }
    for from in several(job.get("applicantLocationRequirements")) {
        let name = from.as_str().map(str::to_owned).or_else(|| json::line(from, "name")).unwrap_or_default();
        for area in places::areas(&name) {
            json::push_once(&mut posting.remote_from, area);
        }
    }
    Ok(posting)
}

/// The text, and what stands in fields of its own behind it.
fn body(job: &Value) -> Body {
    let text = |key: &str| match json::body(json::text(job, key).unwrap_or_default()) {
        Body::Html(text) | Body::Text(text) => text,
    };
    let mut html = text("description");
    for (key, heading) in [("responsibilities", "Responsibilities"), ("qualifications", "Qualifications")] {
        let more = text(key);
        if !more.is_empty() && !html.contains(&more) {
            html.push_str(&format!("\n<h3>{heading}</h3>\n{more}"));
        }
    }
    json::body(&html)
}

fn read_place(place: &Value, posting: &mut Posting) {
    let address = place.get("address").unwrap_or(place);
    if let Some(words) = address.as_str().and_then(json::clean) {
        return json::push_once(&mut posting.locations, words);
    }
    let country = name_of(address.get("addressCountry"));
    let (city, region) = (json::line(address, "addressLocality"), json::line(address, "addressRegion"));
    let words: Vec<&str> =
        [&city, &region, &country].into_iter().filter_map(|part| part.as_deref()).collect();
    if !words.is_empty() {
        json::push_once(&mut posting.locations, words.join(", "));
    }
    let found: Option<Place> = places::place(city.as_deref(), region.as_deref(), country.as_deref());
    if let Some(found) = found.filter(|found| !posting.places.contains(found)) {
        posting.places.push(found);
    }
}

/// A thing's name, or the text that stands for it.
fn name_of(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => json::clean(text),
        object => json::line(object, "name"),
    }
}

fn several(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    match value {
        Some(Value::Array(list)) => list.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    }
    .iter()
}

/// `baseSalary` in the forms that pages use: a MonetaryAmount with a value or with its ends, a number, a text.
pub(super) fn pay(job: &Value) -> Option<Pay> {
    let salary = job.get("baseSalary")?;
    let value = salary.get("value").filter(|value| value.is_object()).unwrap_or(salary);
    let amount = |key: &str| number(value.get(key)?);
    let alone = || number(salary).or_else(|| number(value.get("value")?));
    let currency = json::text(salary, "currency")
        .or_else(|| json::text(value, "currency"))
        .or_else(|| json::text(job, "salaryCurrency"));
    let unit = json::text(value, "unitText").or_else(|| json::text(salary, "unitText"));
    let (mut min, mut max) = (amount("minValue"), amount("maxValue"));
    if min.is_none() && max.is_none() {
        min = alone();
        max = min;
    }
    pay::join([Range {
        min,
        max,
        currency: currency.and_then(pay::currency),
        span: unit.and_then(|unit| pay::period(unit).or_else(|| pay::period_in(unit))).map(Span::one),
    }])
}

/// A number, also one with commas between thousands.
fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().replace(',', "").parse().ok(),
        _ => None,
    }
    .filter(|number| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::level::Employment;
    use crate::domain::pay::Period;

    fn read(page: &str) -> Result<Page, ReadError> {
        let ask = JsonLd.first("https://acme.example/jobs/1").unwrap();
        JsonLd.read("https://acme.example/jobs/1", None, &ask, page.as_bytes())
    }

    fn script(json: &str) -> String {
        format!("<html><script>var x = 1;</script><SCRIPT type='application/ld+json'>{json}</SCRIPT></html>")
    }

    const JOB: &str = r#"{"@context": "https://schema.org/", "@type": "JobPosting", "title": "Baker", "identifier": {"value": 77},
        "description": "&lt;p&gt;Bake &amp;amp; sell&lt;/p&gt;", "datePosted": "2026-05-04", "employmentType": ["FULL_TIME", "OTHER"],
        "hiringOrganization": {"name": "Acme"}, "jobLocationType": "TELECOMMUTE",
        "jobLocation": [{"address": {"addressLocality": "Austin", "addressRegion": "TX", "addressCountry": {"name": "USA"}}}, {}],
        "applicantLocationRequirements": {"@type": "Country", "name": "USA"},
        "baseSalary": {"currency": "USD", "value": {"minValue": "80,000", "maxValue": 100000, "unitText": "per year"}}}"#;

    #[test]
    fn every_field_of_a_posting_is_read() {
        let page = read(&script(JOB)).unwrap();
        let job = &page.postings[0];
        assert_eq!((job.key.as_str(), job.title.as_str(), job.company.as_str()), ("77", "Baker", "Acme"));
        assert_eq!(job.url, "https://acme.example/jobs/1");
        assert_eq!(job.body, Body::Html("<p>Bake &amp; sell</p>".into()));
        assert_eq!((job.work_mode, job.employment), (Some(WorkMode::Remote), Some(Employment::FullTime)));
        assert_eq!(
            (job.places[0].to_string(), job.remote_from.as_slice()),
            ("Austin, TX, US".to_owned(), &["US".to_owned()][..])
        );
        let pay = job.pay.as_ref().unwrap();
        assert_eq!((pay.min, pay.max, pay.period), (Some(80_000.0), Some(100_000.0), Some(Period::Year)));
    }

    #[test]
    fn every_shape_of_a_block_is_found() {
        for shape in [
            format!("[{JOB}]"),
            format!(r#"{{"@graph": [{{"@type": "WebPage"}}, {JOB}]}}"#),
            format!(
                r#"{{"@type": "ItemList", "itemListElement": [{{"@type": "ListItem", "item": {JOB}}}]}}"#
            ),
            format!("<!-- {JOB} -->"),
            format!("//<![CDATA[\n{JOB}\n//]]>"),
            JOB.replace("\"Baker\"", "\"Ba\nker\"").replace("ba\nker", "Baker"),
            JOB.replace("{\"name\": \"Acme\"}", "\"Acme\"").replace("\"per year\"", "\"per year\","),
            JOB.replace("\"JobPosting\"", "[\"JobPosting\", \"Thing\"]"),
        ] {
            let page = read(&script(&shape)).unwrap_or_else(|error| panic!("{shape}: {error}"));
            assert_eq!(page.postings.len(), 1, "{shape}");
        }
        let two = format!("{}{}", script(JOB), script(&JOB.replace("77", "78")));
        assert_eq!(read(&two).unwrap().postings.len(), 2);
    }

    #[test]
    fn salaries_in_other_forms_are_read() {
        let with = |salary: &str| {
            let job = format!(r#"{{"baseSalary": {salary}, "salaryCurrency": "EUR"}}"#);
            pay(&serde_json::from_str(&job).unwrap()).map(|pay| (pay.min, pay.max, pay.currency, pay.period))
        };
        let eur = Some("EUR".to_owned());
        assert_eq!(with("52000"), Some((Some(52_000.0), Some(52_000.0), eur.clone(), None)));
        assert_eq!(with("\"52,000\""), Some((Some(52_000.0), Some(52_000.0), eur.clone(), None)));
        assert_eq!(
            with(r#"{"minValue": 20, "unitText": "hour"}"#),
            Some((Some(20.0), None, eur.clone(), Some(Period::Hour)))
        );
        assert_eq!(
            with(r#"{"value": {"value": 300, "unitText": "DAY"}}"#),
            Some((Some(300.0), Some(300.0), eur, Some(Period::Day)))
        );
        assert_eq!(with("\"competitive\""), None);
    }

    #[test]
    fn a_page_without_postings_is_told_apart() {
        assert!(read("<html>nothing</html>").is_err());
        assert!(read(&script("{\"@type\": \"WebPage\"}")).unwrap().postings.is_empty());
        assert!(read(&script("{ broken")).is_err());
        assert!(JsonLd.first("file:///etc/passwd").is_err() && JsonLd.first("acme").is_err());
        let board = serde_json::from_str(&format!("[{JOB}, {}]", JOB.replace("77", "78"))).unwrap();
        let write = |value: &Value| script(&value.to_string()).into_bytes();
        crate::feeds::mangled::survives(&JsonLd, "https://acme.example/jobs/1", &board, "", write);
    }
}
