//! Sitemaps: which pages of a site look like job postings, and the further sitemaps that an index names.

use roxmltree::Document;
use url::Url;

use super::{dates, json};
use crate::domain::posting::Posting;

/// Pages of one sitemap that are taken.
const PAGES: usize = 2_000;

/// Sitemaps of an index that are read.
const INNER: usize = 20;

/// Parts of an address that job pages have.
const MARKS: [&str; 13] = [
    "job",
    "jobs",
    "career",
    "careers",
    "position",
    "positions",
    "vacancy",
    "vacancies",
    "opening",
    "openings",
    "stellen",
    "karriere",
    "emplois",
];

/// What a sitemap names.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Sitemap {
    /// The pages that look like postings, with nothing known but their address and when they last changed.
    pub(super) pages: Vec<Posting>,
    /// Pages left out because there are too many.
    pub(super) beyond: u32,
    /// Further sitemaps of the same site, those of jobs if they are told apart.
    pub(super) inner: Vec<String>,
}

/// Reads a sitemap that lies at `address`; `None` when it is none.
pub(super) fn read(body: &[u8], address: &str) -> Option<Sitemap> {
    let text = std::str::from_utf8(body).ok()?.trim_start_matches('\u{feff}').trim_start();
    let start = text.get(..text.len().min(2_000)).unwrap_or(text);
    if !start.starts_with('<') || !["<urlset", "<sitemapindex"].iter().any(|root| start.contains(root)) {
        return None;
    }
    let base = Url::parse(address).ok()?;
    let document = Document::parse(text).ok()?;
    let mut found = Sitemap::default();
    for entry in document.root_element().children().filter(roxmltree::Node::is_element) {
        let child = |name: &str| {
            entry.children().find(|node| node.tag_name().name() == name)?.text().and_then(json::clean)
        };
        // A site speaks for itself only.
        let Some(url) = child("loc")
            .and_then(|loc| base.join(&loc).ok())
            .filter(|url| matches!(url.scheme(), "http" | "https") && url.host_str() == base.host_str())
        else {
            continue;
        };
        match entry.tag_name().name() {
            "sitemap" => found.inner.push(url.into()),
            "url" if is_posting(&url) && found.pages.len() >= PAGES => found.beyond += 1,
            "url" if is_posting(&url) => found.pages.push(Posting {
                key: url.to_string(),
                title: title(&url),
                updated_at: child("lastmod").and_then(|at| dates::parse(&at)),
                url: url.into(),
                ..Posting::default()
            }),
            _ => {}
        }
    }
    if found.inner.iter().any(|inner| names_jobs(inner)) {
        found.inner.retain(|inner| names_jobs(inner));
    }
    found.inner.truncate(INNER);
    Some(found)
}

/// A page below a part that names jobs.
fn is_posting(url: &Url) -> bool {
    let parts: Vec<&str> = url.path().split('/').filter(|part| !part.is_empty()).collect();
    let at = parts.iter().position(|part| names_jobs(part));
    at.is_some_and(|at| at + 1 < parts.len())
        || parts.last().is_some_and(|last| names_jobs(last) && last.len() > 20)
}

fn names_jobs(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let mut words = lower.split(|c: char| !c.is_ascii_alphanumeric());
    words.any(|word| MARKS.contains(&word))
}

/// What stands for the title until the page is read: the words of its address.
fn title(url: &Url) -> String {
    let last = url.path().trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let words = last.trim_end_matches(".html").replace(['-', '_', '+'], " ");
    json::clean(&words).unwrap_or_else(|| url.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_below_jobs_are_postings_and_others_are_not() {
        let map = r#"<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
            <url><loc>https://acme.example/careers</loc></url>
            <url><loc> https://acme.example/careers/night-baker-7 </loc><lastmod>2026-05-04</lastmod></url>
            <url><loc>/en/jobs/8</loc></url>
            <url><loc>https://acme.example/blog/steve-jobsworth</loc></url>
            <url><loc>https://other.example/jobs/9</loc></url><url><loc>javascript:alert(1)</loc></url><url/></urlset>"#;
        let found = read(map.as_bytes(), "https://acme.example/sitemap.xml").unwrap();
        let pages: Vec<_> = found.pages.iter().map(|page| (page.url.as_str(), page.title.as_str())).collect();
        assert_eq!(
            pages,
            [
                ("https://acme.example/careers/night-baker-7", "night baker 7"),
                ("https://acme.example/en/jobs/8", "8")
            ]
        );
        assert_eq!(found.pages[0].updated_at.map(|at| at.0), Some(1_777_852_800_000));
    }

    #[test]
    fn an_index_leads_to_its_sitemaps_of_jobs() {
        let index = r"<sitemapindex><sitemap><loc>https://acme.example/pages.xml</loc></sitemap>
            <sitemap><loc>https://acme.example/sitemap-jobs-1.xml</loc></sitemap></sitemapindex>";
        let found = read(index.as_bytes(), "https://acme.example/sitemap.xml").unwrap();
        assert_eq!(found.inner, ["https://acme.example/sitemap-jobs-1.xml"]);
    }

    #[test]
    fn what_is_no_sitemap_is_none() {
        for body in
            ["", "<html></html>", "{}", "<urlset", "<!DOCTYPE x [<!ENTITY a \"b\">]><urlset>&a;</urlset>"]
        {
            assert_eq!(read(body.as_bytes(), "https://acme.example/x"), None, "{body}");
        }
    }
}
