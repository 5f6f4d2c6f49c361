//! RSS, Atom and JSON Feed from anywhere, with the fields that job boards add to items.

use feed_rs::model::{Entry, Text};
use roxmltree::{Document, Node};

use super::sheet::{Sheet, Skip};
use super::{Ask, Kind, Page, ReadError, address, dates, json, vocabulary};
use crate::domain::posting::Posting;
use crate::domain::time::{DAY, Millis};

const NAME: &str = "rss";

/// `rss:https://…`; the company is the feed's configured name unless its items say it.
#[derive(Debug)]
pub(super) struct Rss;

impl Kind for Rss {
    fn name(&self) -> &'static str {
        NAME
    }

    fn first(&self, board: &str) -> Result<Ask, ReadError> {
        let url = address::link(board);
        if url.is_empty() {
            let cause = "it must be the http or https address of a feed".to_owned();
            return Err(ReadError::Board { kind: NAME, board: board.to_owned(), cause });
        }
        Ok(Ask { url, json: None })
    }

    fn read(&self, _board: &str, company: Option<&str>, _ask: &Ask, body: &[u8]) -> Result<Page, ReadError> {
        let mut sheet = Sheet::default();
        for item in items(NAME, body)? {
            let own = item.own("company");
            let mut posting = posting(&item);
            posting.company = own.or_else(|| company.map(str::to_owned)).unwrap_or_default();
            sheet.take(if posting.company.is_empty() {
                Err(Skip::Broken("without a company; give the feed one in its configuration"))
            } else {
                Ok(posting)
            });
        }
        Ok(Page { whole: false, ..sheet.finish(NAME)? })
    }

    fn shelf_life(&self) -> Option<i64> {
        Some(30 * DAY)
    }
}

/// An entry and, where the feed is well-formed XML, its element with the fields that no feed format knows.
pub(super) struct Item {
    pub(super) entry: Entry,
    own: Vec<(String, String)>,
}

impl Item {
    /// The text of the item's own field of this name, whatever its namespace; `job_type` is `jobType` is `jobtype`.
    pub(super) fn own(&self, name: &str) -> Option<String> {
        self.own.iter().find(|(known, _)| known == name).map(|(_, text)| text.clone())
    }
}

/// The items of a feed of any format.
///
/// # Errors
/// When the answer is none.
pub(super) fn items(kind: &'static str, body: &[u8]) -> Result<Vec<Item>, ReadError> {
    // Some feeds begin with blanks before their declaration, which no XML may.
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body).trim_ascii_start();
    let parser = feed_rs::parser::Builder::new().timestamp_parser(moment).build();
    let feed = parser
        .parse(body)
        .map_err(|error| json::unexpected(kind, format!("it is no RSS, Atom or JSON Feed: {error}")))?;
    let text = String::from_utf8_lossy(body);
    let document = Document::parse(&text).ok();
    let nodes: Vec<Node<'_, '_>> = document
        .iter()
        .flat_map(Document::descendants)
        .filter(|node| matches!(node.tag_name().name(), "item" | "entry"))
        .collect();
    // Only when both saw the same items do their places agree.
    let paired = nodes.len() == feed.entries.len();
    let own = |at: usize| {
        if paired { nodes.get(at).map(|node| fields(*node)).unwrap_or_default() } else { Vec::new() }
    };
    Ok(feed.entries.into_iter().enumerate().map(|(at, entry)| Item { entry, own: own(at) }).collect())
}

fn fields(item: Node<'_, '_>) -> Vec<(String, String)> {
    let children = item.children().filter(Node::is_element);
    children
        .filter_map(|child| {
            let name = child.tag_name().name().replace(['_', '-'], "").to_ascii_lowercase();
            Some((name, json::clean(child.text()?)?))
        })
        .collect()
}

/// What the format itself and the usual fields of job boards say; no company.
pub(super) fn posting(item: &Item) -> Posting {
    let entry = &item.entry;
    let place: Vec<String> =
        ["city", "location", "state", "country"].iter().filter_map(|name| item.own(name)).collect();
    let body = entry.content.as_ref().and_then(|content| content.body.as_deref());
    Posting {
        key: entry.id.clone(),
        title: entry.title.as_ref().and_then(plain).unwrap_or_default(),
        url: link(entry),
        locations: Some(place.join(", ")).filter(|place| !place.is_empty()).into_iter().collect(),
        employment: ["type", "jobtype", "employmenttype"]
            .iter()
            .find_map(|name| item.own(name).as_deref().and_then(vocabulary::employment)),
        pay_text: item.own("salary"),
        body: json::body(
            body.or(entry.summary.as_ref().map(|text| text.content.as_str())).unwrap_or_default(),
        ),
        tags: entry.categories.iter().filter_map(|category| json::clean(&category.term)).collect(),
        department: item.own("department"),
        posted_at: entry.published.or(entry.updated).map(|at| Millis(at.timestamp_millis())),
        updated_at: entry.updated.map(|at| Millis(at.timestamp_millis())),
        ..Posting::default()
    }
}

fn link(entry: &Entry) -> String {
    let page = |link: &&feed_rs::model::Link| link.rel.as_deref().is_none_or(|rel| rel == "alternate");
    let own = entry.links.iter().find(page).map(|link| address::link(&link.href));
    // An identity that is an address is the page, by RSS's own rule.
    own.filter(|link| !link.is_empty()).unwrap_or_else(|| address::link(&entry.id))
}

fn plain(text: &Text) -> Option<String> {
    json::without_tags(&text.content)
}

/// Dates in every form that boards use, and those that feeds have by rule.
fn moment(text: &str) -> Option<chrono::DateTime<chrono::Utc>> {
    dates::parse(text).and_then(|at| chrono::DateTime::from_timestamp_millis(at.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::level::Employment;
    use crate::domain::posting::Body;

    const RSS: &str = r#"
        <?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:job_listing="https://acme.example">
        <channel><title>Jobs</title><link>https://acme.example</link>
        <item><title>Baker &amp;amp; Miller</title><link>https://acme.example/jobs/1</link><guid isPermaLink="false">job-1</guid>
        <description>Bake</description><content:encoded><![CDATA[<p>Bake <b>bread</b></p>]]></content:encoded><category>Food</category>
        <pubDate>Mon, 04 May 2026 13:30:00 +0000</pubDate><job_listing:location>Berlin</job_listing:location>
        <job_listing:job_type>Full Time</job_listing:job_type><job_listing:company>Acme</job_listing:company></item>
        <item><title>Cook</title><guid>https://acme.example/jobs/2</guid><pubDate>2026-05-04 13:30:00.19</pubDate></item>
        </channel></rss>"#;

    fn read(body: &str, company: Option<&str>) -> Result<Page, ReadError> {
        let board = "https://acme.example/jobs.rss";
        Rss.read(board, company, &Rss.first(board).unwrap(), body.as_bytes())
    }

    #[test]
    fn an_item_of_rss_is_a_posting_with_the_boards_own_fields() {
        let page = read(RSS, Some("Bakers")).unwrap();
        assert!(!page.whole && page.skipped.is_empty());
        let job = &page.postings[0];
        assert_eq!((job.key.as_str(), job.url.as_str()), ("job-1", "https://acme.example/jobs/1"));
        assert_eq!((job.title.as_str(), job.company.as_str()), ("Baker & Miller", "Acme"));
        assert_eq!(
            (job.employment, job.locations.as_slice()),
            (Some(Employment::FullTime), ["Berlin".to_owned()].as_slice())
        );
        assert_eq!(job.body, Body::Html("<p>Bake <b>bread</b></p>".into()));
        assert_eq!(job.posted_at, Some(Millis(1_777_901_400_000)));
        let other = &page.postings[1];
        assert_eq!((other.company.as_str(), other.url.as_str()), ("Bakers", "https://acme.example/jobs/2"));
        assert!(other.posted_at.is_some());
        // A company nobody named is told, not invented.
        assert_eq!(read(RSS, None).unwrap().skipped.len(), 1);
    }

    #[test]
    fn atom_and_json_feed_are_read_alike() {
        let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Jobs</title><id>x</id><updated>2026-05-04T13:30:00Z</updated>
            <entry><id>urn:1</id><title type="html">Baker</title><link rel="edit" href="https://acme.example/edit/1"/>
            <link href="https://acme.example/jobs/1"/><published>2026-05-04T13:30:00Z</published><summary>Bake</summary></entry></feed>"#;
        let json = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Jobs", "items": [
            {"id": "1", "url": "https://acme.example/jobs/1", "title": "Baker", "content_html": "<p>Bake</p>", "date_published": "2026-05-04T13:30:00Z"}]}"#;
        for body in [atom, json] {
            let page = read(body, Some("Acme")).unwrap();
            let job = &page.postings[0];
            assert_eq!((job.title.as_str(), job.url.as_str()), ("Baker", "https://acme.example/jobs/1"));
            assert_eq!(job.posted_at, Some(Millis(1_777_901_400_000)));
        }
    }

    #[test]
    fn what_is_no_feed_is_an_error_and_entities_do_not_grow() {
        assert!(Rss.first("acme").is_err());
        for body in ["", "<html><body>Sign in</body></html>", "[]", "{}", "plain words", "<rss><channel>"] {
            let read = read(body, Some("Acme"));
            assert!(read.as_ref().is_err() || read.is_ok_and(|page| page.postings.is_empty()), "{body}");
        }
        let bomb = format!(
            "<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY a \"{}\">]><rss version=\"2.0\"><channel><item><title>&a;</title><link>https://a.example/1</link></item></channel></rss>",
            "ha".repeat(1000)
        );
        let title =
            read(&bomb, Some("Acme")).map(|page| page.postings.first().map_or(0, |job| job.title.len()));
        assert!(title.unwrap_or(0) < 100);
    }
}
