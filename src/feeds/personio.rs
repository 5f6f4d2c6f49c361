//! Personio: a company's whole board as one XML document.

use roxmltree::Node;

use super::pay::{self, Range, Span};
use super::sheet::{Sheet, Skip};
use super::{Ask, Kind, Page, ReadError, address, dates, json};
use crate::domain::level::{Employment, Level};
use crate::domain::pay::Pay;
use crate::domain::posting::Posting;

const NAME: &str = "personio";

/// `personio:COMPANY`.
#[derive(Debug)]
pub(super) struct Personio;

impl Kind for Personio {
    fn name(&self) -> &'static str {
        NAME
    }

    fn first(&self, board: &str) -> Result<Ask, ReadError> {
        Ok(Ask { url: address::host(NAME, board, "jobs.personio.de", "/xml?language=en")?, json: None })
    }

    fn read(&self, board: &str, company: Option<&str>, _ask: &Ask, body: &[u8]) -> Result<Page, ReadError> {
        let wrong = |cause: String| ReadError::Unexpected { kind: NAME, cause };
        let text = std::str::from_utf8(body).map_err(|_| wrong("it is no UTF-8".to_owned()))?;
        // Documents with a type definition are refused: entities are the oldest way to make a small one large.
        let document = roxmltree::Document::parse(text.trim_start_matches('\u{feff}').trim_start())
            .map_err(|error| wrong(format!("it is no XML: {error}")))?;
        let root = document.root_element();
        if root.tag_name().name() != "workzag-jobs" {
            return Err(wrong(format!("it is <{}>, not <workzag-jobs>", root.tag_name().name())));
        }
        let mut sheet = Sheet::default();
        for position in root.children().filter(|node| node.has_tag_name("position")) {
            sheet.take(read_posting(position, board, company));
        }
        sheet.finish(NAME)
    }
}

fn read_posting(position: Node<'_, '_>, board: &str, company: Option<&str>) -> Result<Posting, Skip> {
    let line = |name: &str| text(position, name).as_deref().and_then(json::clean);
    let id = line("id").filter(|id| id.bytes().all(|byte| byte.is_ascii_digit())).unwrap_or_default();
    let url = if id.is_empty() {
        String::new()
    } else {
        address::host(NAME, board, "jobs.personio.de", &format!("/job/{id}?language=en")).unwrap_or_default()
    };
    let mut locations: Vec<String> = line("office").into_iter().collect();
    for office in children(position, "additionalOffices", "office") {
        if let Some(office) = office.text().and_then(json::clean) {
            json::push_once(&mut locations, office);
        }
    }
    let schedule = line("schedule");
    let employment = line("employmentType").as_deref().and_then(employment).or(match schedule.as_deref() {
        Some("full-time") => Some(Employment::FullTime),
        Some("part-time") => Some(Employment::PartTime),
        _ => None,
    });
    let own = line("subcompany");
    let tags = line("keywords").unwrap_or_default();
    Ok(Posting {
        key: id,
        title: line("name").unwrap_or_default(),
        company: company.or(own.as_deref()).unwrap_or(board).to_owned(),
        url,
        locations,
        employment,
        level: line("seniority").as_deref().and_then(level),
        pay: position.children().find(|node| node.has_tag_name("salaryInformation")).and_then(pay),
        body: json::body(&body(position)),
        tags: tags.split(',').filter_map(json::clean).collect(),
        department: super::vocabulary::department(line("department"), line("recruitingCategory")),
        posted_at: line("createdAt").as_deref().and_then(dates::parse),
        ..Posting::default()
    })
}

/// All text of a child, CDATA included.
fn text(node: Node<'_, '_>, name: &str) -> Option<String> {
    let child = node.children().find(|child| child.has_tag_name(name))?;
    let text: String = child.descendants().filter(Node::is_text).filter_map(|part| part.text()).collect();
    (!text.trim().is_empty()).then_some(text)
}

fn children<'a, 'input>(
    node: Node<'a, 'input>,
    list: &'static str,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'input>> {
    let lists = node.children().filter(move |child| child.has_tag_name(list));
    lists.flat_map(move |list| list.children().filter(move |child| child.has_tag_name(name)))
}

fn body(position: Node<'_, '_>) -> String {
    let mut html = String::new();
    for part in children(position, "jobDescriptions", "jobDescription") {
        let Some(value) = text(part, "value") else { continue };
        if let Some(heading) = text(part, "name").as_deref().and_then(json::clean) {
            html.push_str(&format!("<h3>{}</h3>\n", html_escape::encode_text(&heading)));
        }
        html.push_str(value.trim());
        html.push('\n');
    }
    html
}

/// `permanent` says nothing about the hours; the schedule does.
fn employment(code: &str) -> Option<Employment> {
    Some(match code {
        "intern" | "trainee" | "working_student" => Employment::Internship,
        "freelance" => Employment::Contract,
        "temporary" => Employment::Temporary,
        _ => return None,
    })
}

/// `experienced` stands for everything between the first years and the board room.
fn level(code: &str) -> Option<Level> {
    Some(match code {
        "student" => Level::Intern,
        "entry-level" => Level::Entry,
        "executive" => Level::Executive,
        _ => return None,
    })
}

fn pay(node: Node<'_, '_>) -> Option<Pay> {
    let amount =
        |name: &str| text(node, name)?.trim().parse::<f64>().ok().filter(|amount| amount.is_finite());
    pay::join([Range {
        min: amount("min"),
        max: amount("max"),
        currency: text(node, "currencyCode").as_deref().and_then(pay::currency),
        span: text(node, "type").as_deref().and_then(pay::period).map(Span::one),
    }])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::posting::Body;

    const BOARD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
        <workzag-jobs>
          <position>
            <id>1834</id><subcompany>Acme SE &amp; Co. KG</subcompany><office>Munich</office>
            <additionalOffices><office>Berlin (Remote)</office><office>Munich</office></additionalOffices>
            <department>Product</department><recruitingCategory>Engineering</recruitingCategory><name>Staff  Engineer</name>
            <jobDescriptions><jobDescription><name>Your role</name><value><![CDATA[<p>Build & run</p>]]></value></jobDescription></jobDescriptions>
            <employmentType>permanent</employmentType><seniority>experienced</seniority><schedule>full-time</schedule>
            <keywords>rust, kafka</keywords><createdAt>2026-05-04T13:30:00+00:00</createdAt>
            <salaryInformation><min>70000</min><max>90000</max><currencyCode>EUR</currencyCode><type>yearly</type></salaryInformation>
          </position>
          <position><id>1835</id><office>Wien</office><name>Praktikum</name><employmentType>intern</employmentType>
            <seniority>student</seniority><schedule>part-time</schedule><jobDescriptions></jobDescriptions></position>
          <position><name>Without an id</name></position>
        </workzag-jobs>"#;

    fn read(body: &str) -> Result<Page, ReadError> {
        Personio.read("acme", None, &Personio.first("acme").unwrap(), body.as_bytes())
    }

    #[test]
    fn every_field_of_a_posting_is_read() {
        let page = read(BOARD).unwrap();
        let job = &page.postings[0];
        assert_eq!((job.title.as_str(), job.company.as_str()), ("Staff Engineer", "Acme SE & Co. KG"));
        assert_eq!(job.url, "https://acme.jobs.personio.de/job/1834?language=en");
        assert_eq!(job.locations, ["Munich", "Berlin (Remote)"]);
        assert_eq!((job.employment, job.level), (Some(Employment::FullTime), None));
        assert_eq!(job.body, Body::Html("<h3>Your role</h3>\n<p>Build & run</p>\n".into()));
        assert_eq!(job.tags, ["rust", "kafka"]);
        assert_eq!(job.department.as_deref(), Some("Product / Engineering"));
        assert_eq!(job.pay.as_ref().and_then(|pay| pay.max), Some(90_000.0));
        assert_eq!(job.posted_at.map(|at| at.0), Some(1_777_901_400_000));
        let intern = &page.postings[1];
        assert_eq!((intern.employment, intern.level), (Some(Employment::Internship), Some(Level::Intern)));
        assert_eq!(page.skipped, [("without an id".to_owned(), 1)]);
    }

    #[test]
    fn an_empty_board_is_healthy_and_everything_else_an_error() {
        assert!(read("<workzag-jobs></workzag-jobs>").unwrap().postings.is_empty());
        let bomb =
            "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><workzag-jobs>&b;</workzag-jobs>";
        for body in ["", "<html></html>", "{}", "<workzag-jobs><position>", bomb] {
            assert!(read(body).is_err(), "{body}");
        }
        let deep = format!("<workzag-jobs>{}", "<a>".repeat(100_000));
        assert!(read(&deep).is_err());
    }
}
