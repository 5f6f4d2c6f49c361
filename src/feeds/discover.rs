//! From any careers page to a board that can be read: by its address, else by what the page itself points to.

use std::collections::BTreeMap;

use url::Url;

use super::client::{Client, FetchError, Fetched, Validators};
use super::{Page, recognise, resolve};
use crate::domain::ids::FeedKey;
use crate::domain::time::Millis;

/// A board that was found and read.
#[derive(Debug)]
pub struct Discovered {
    /// `kind:board`.
    pub key: FeedKey,
    /// What is on it now.
    pub page: Page,
}

/// Boards behind one page that are tried.
const CANDIDATES: usize = 4;

/// Addresses in a page that are looked at.
const ADDRESSES: usize = 5_000;

/// Finds the board behind an address (or a feed's key) and reads it.
///
/// # Errors
/// A sentence that tells what was tried and what came of it.
pub async fn discover(client: &Client, given: &str, now: Millis) -> Result<Discovered, String> {
    let key = recognise(given)?;
    let web = [("jsonld:", true), ("rss:", false)];
    let Some((address, page)) =
        web.iter().find_map(|(kind, page)| Some((key.as_str().strip_prefix(kind)?.to_owned(), *page)))
    else {
        return look(client, key, None, now).await;
    };
    let bytes = client.page(&address, now).await.map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&bytes);
    let mut tried = Vec::new();
    for candidate in candidates(&text, &address, page) {
        match look(client, candidate, None, now).await {
            Ok(found) => return Ok(found),
            Err(problem) => tried.push(problem),
        }
    }
    for map in sitemaps(client, &address, now).await {
        match look(client, FeedKey(format!("jsonld:{map}")), None, now).await {
            Ok(mut found) => {
                complete_first(client, &mut found, now).await;
                if !found.page.postings.is_empty() {
                    return Ok(found);
                }
                tried.push(format!("{map}: no page that it names holds a job posting"));
            }
            Err(problem) => tried.push(problem),
        }
    }
    let lead = format!("{address} is no board that Crier knows, and no way to one was found in it");
    Err(match tried.as_slice() {
        [] => format!(
            "{lead}: no link to a known board, no feed, no job postings for machines (JSON-LD), no sitemap with such"
        ),
        _ => format!("{lead}. Tried: {}", tried.join("; ")),
    })
}

/// Reads a board as it is now; `company` is its name, where the board does not say it.
///
/// # Errors
/// Its key and why it could not be read.
pub async fn look(
    client: &Client,
    key: FeedKey,
    company: Option<&str>,
    now: Millis,
) -> Result<Discovered, String> {
    let (kind, board) = resolve(&key)?;
    match client.read(kind, &board, company, &Validators::default(), now).await {
        Ok(Fetched::Read { page, .. }) => Ok(Discovered { key, page }),
        Ok(Fetched::Unchanged) => Err(format!("{key}: it says \"not modified\" to a first question")),
        Err(FetchError::Status { status: 404, host, .. }) => {
            Err(format!("{key}: {host} knows no such board (404)"))
        }
        Err(error) => Err(format!("{key}: {error}")),
    }
}

/// The sitemaps of a site: those that its robots.txt names, else the usual one.
async fn sitemaps(client: &Client, address: &str, now: Millis) -> Vec<String> {
    let Some(base) = Url::parse(address).ok() else { return Vec::new() };
    let at = |path: &str| base.join(path).map(String::from).unwrap_or_default();
    let robots = client.page(&at("/robots.txt"), now).await.unwrap_or_default();
    let robots = String::from_utf8_lossy(&robots);
    let named = robots.lines().filter_map(|line| {
        let (name, value) = line.split_once(':')?;
        let url = base.join(value.trim()).ok()?;
        (name.trim().eq_ignore_ascii_case("sitemap") && url.host_str() == base.host_str()).then(|| url.into())
    });
    let named: Vec<String> = named.take(2).collect();
    if named.is_empty() { vec![at("/sitemap.xml")] } else { named }
}

/// Reads the first pages that a sitemap names, so that there is something to show. When none of them holds a posting,
/// nothing is left.
async fn complete_first(client: &Client, found: &mut Discovered, now: Millis) {
    let Ok((kind, board)) = resolve(&found.key) else { return };
    let rest = found.page.postings.split_off(found.page.postings.len().min(3));
    let mut first = Vec::new();
    for mut posting in std::mem::take(&mut found.page.postings) {
        if client.complete(kind, &board, &mut posting, now).await.is_ok() && !posting.closed {
            first.push(posting);
        }
    }
    if !first.is_empty() {
        first.extend(rest);
    }
    found.page.postings = first;
}

/// The boards that a page may stand for, best first: boards that it links or embeds, the postings in it, feeds that it
/// names.
fn candidates(text: &str, address: &str, page: bool) -> Vec<FeedKey> {
    let start = text.trim_start().get(..300.min(text.trim_start().len())).unwrap_or_default().to_lowercase();
    if ["<rss", "<feed", "<rdf:rdf"].iter().any(|mark| start.contains(mark))
        || start.contains("jsonfeed.org/version")
    {
        return vec![FeedKey(format!("rss:{address}"))];
    }
    let mut seen: BTreeMap<FeedKey, usize> = BTreeMap::new();
    for found in addresses(text).take(ADDRESSES) {
        if let Some(key) = board_of(&found) {
            *seen.entry(key).or_default() += 1;
        }
    }
    // A page that links many boards is about jobs, not a company's: the one it names most often comes first.
    let mut boards: Vec<(usize, FeedKey)> = seen.into_iter().map(|(key, many)| (many, key)).collect();
    boards.sort_by(|(a, one), (b, other)| b.cmp(a).then_with(|| one.cmp(other)));
    let mut all: Vec<FeedKey> = boards.into_iter().take(CANDIDATES).map(|(_, key)| key).collect();
    if page && text.contains("application/ld+json") && text.contains("JobPosting") {
        all.push(FeedKey(format!("jsonld:{address}")));
    }
    all.extend(feeds_of(text, address).into_iter().take(2));
    all
}

/// The board of a company that an address leads to; aggregators and the web at large are none.
fn board_of(address: &str) -> Option<FeedKey> {
    const NOT_A_COMPANYS: [&str; 13] = [
        "jsonld",
        "rss",
        "jsonl",
        "hn",
        "simplify",
        "remoteok",
        "remotive",
        "himalayas",
        "arbeitnow",
        "jobicy",
        "themuse",
        "wwr",
        "usajobs",
    ];
    let key = recognise(address).ok()?;
    let kind = key.as_str().split(':').next()?;
    (kind != "adzuna" && !NOT_A_COMPANYS.contains(&kind)).then_some(key)
}

/// Everything in a page that looks like an address, as it stands there; each is looked at no further than addresses go.
fn addresses(text: &str) -> impl Iterator<Item = String> {
    text.match_indices("//").take(4 * ADDRESSES).filter_map(|(at, _)| {
        let end = |c: char| c.is_whitespace() || "\"'<>`\\)}|".contains(c);
        let address: String = text[at + 2..].chars().take(500).take_while(|c| !end(*c)).collect();
        address.contains('.').then(|| format!("https://{}", html_escape::decode_html_entities(&address)))
    })
}

/// The feeds that a page names in its head.
fn feeds_of(text: &str, address: &str) -> Vec<FeedKey> {
    let Ok(base) = Url::parse(address) else { return Vec::new() };
    let lower = text.to_ascii_lowercase();
    let mut found = Vec::new();
    for (at, _) in lower.match_indices("<link") {
        let Some(end) = lower[at..].find('>') else { break };
        let (tag, small) = (&text[at..at + end], &lower[at..at + end]);
        let is_feed = ["application/rss+xml", "application/atom+xml", "application/feed+json"]
            .iter()
            .any(|kind| small.contains(kind));
        if is_feed
            && let Some(href) = small.find("href=").map(|href| &tag[href + 5..])
            && let Some(quote) = href.chars().next().filter(|c| matches!(c, '"' | '\''))
            && let Some(value) = href[1..].split(quote).next()
            && let Ok(url) = base.join(&html_escape::decode_html_entities(value))
        {
            found.push(FeedKey(format!("rss:{url}")));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(page: &str) -> Vec<String> {
        candidates(page, "https://acme.example/careers", true).into_iter().map(|key| key.0).collect()
    }

    #[test]
    fn boards_that_a_page_embeds_come_before_postings_and_feeds_in_it() {
        let page = r#"<html><head><link rel="alternate" type="application/rss+xml" href="/jobs.rss?a=1&amp;b=2">
            <script src="https://boards.greenhouse.io/embed/job_board/js?for=acme"></script></head>
            <a href='https://jobs.lever.co/other/1'>x</a><a href="//boards.greenhouse.io/acme/jobs/7">y</a>
            <a href="https://remoteok.com/acme">z</a><a href="https://twitter.com/acme">t</a>
            <script type="application/ld+json">{"@type": "JobPosting"}</script>"#;
        assert_eq!(
            keys(page),
            [
                "greenhouse:acme",
                "lever:other",
                "jsonld:https://acme.example/careers",
                "rss:https://acme.example/jobs.rss?a=1&b=2"
            ]
        );
    }

    #[test]
    fn a_feed_is_known_by_its_content() {
        assert_eq!(
            keys("<?xml version=\"1.0\"?>\n<rss version=\"2.0\">"),
            ["rss:https://acme.example/careers"]
        );
        assert_eq!(
            keys("{\"version\": \"https://jsonfeed.org/version/1.1\"}"),
            ["rss:https://acme.example/careers"]
        );
        assert!(keys("<html>nothing here, http://a.b</html>").is_empty());
    }

    #[test]
    fn hostile_pages_cost_little() {
        assert!(keys(&"//".repeat(100_000)).is_empty());
        assert!(keys(&"<link ".repeat(20_000)).is_empty());
        assert!(keys(&"é//ü.x".repeat(50_000)).is_empty());
    }
}
