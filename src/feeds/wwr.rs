//! We Work Remotely: the newest hundred remote jobs as RSS. No feed of it ships with Crier: its terms forbid using its
//! data for a job search service, so whoever lists `wwr:…` has to have asked.

use super::rss::{Item, items, posting};
use super::sheet::Sheet;
use super::{Ask, Kind, Page, ReadError, json, places};
use crate::domain::level::WorkMode;
use crate::domain::posting::Posting;
use crate::domain::time::{DAY, HOUR};

const NAME: &str = "wwr";

/// `wwr:all`, or `wwr:CATEGORY` such as `wwr:remote-devops-sysadmin-jobs`.
#[derive(Debug)]
pub(super) struct WeWorkRemotely;

impl Kind for WeWorkRemotely {
    fn name(&self) -> &'static str {
        NAME
    }

    fn first(&self, board: &str) -> Result<Ask, ReadError> {
        let slug = !board.is_empty() && board.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        let url = match board {
            "all" => "https://weworkremotely.com/remote-jobs.rss".to_owned(),
            slugged if slug => format!("https://weworkremotely.com/categories/{slugged}.rss"),
            _ => {
                let cause = "write wwr:all or a category such as wwr:remote-devops-sysadmin-jobs".to_owned();
                return Err(ReadError::Board { kind: NAME, board: board.to_owned(), cause });
            }
        };
        Ok(Ask { url, json: None })
    }

    fn read(&self, _board: &str, _company: Option<&str>, _ask: &Ask, body: &[u8]) -> Result<Page, ReadError> {
        let mut sheet = Sheet::default();
        for item in items(NAME, body)? {
            sheet.take(Ok(read_item(&item)));
        }
        Ok(Page { whole: false, ..sheet.finish(NAME)? })
    }

    /// Its listings run for thirty days.
    fn shelf_life(&self) -> Option<i64> {
        Some(30 * DAY)
    }

    /// The feed's own `ttl`.
    fn least_interval(&self) -> i64 {
        HOUR
    }
}

fn read_item(item: &Item) -> Posting {
    let mut read = posting(item);
    if let Some((company, role)) = read.title.split_once(": ") {
        (read.company, read.title) = (company.trim().to_owned(), role.trim().to_owned());
    }
    let region = item.own("region");
    read.work_mode = Some(WorkMode::Remote);
    read.remote_from = region.as_deref().map(places::areas).unwrap_or_default();
    // Countries stand behind a flag.
    let country = item.own("country");
    let country =
        country.as_deref().map(|text| text.trim_start_matches(|c: char| !c.is_alphanumeric()).to_owned());
    read.locations = Vec::new();
    for place in [region, item.own("state"), country].into_iter().flatten() {
        json::push_once(&mut read.locations, place);
    }
    read.department = read.tags.pop();
    let skills = item.own("skills").unwrap_or_default();
    read.tags =
        skills.split(',').map(|tag| tag.trim().trim_start_matches("and ")).filter_map(json::clean).collect();
    read
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::level::Employment;

    const FEED: &str = r#"<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss"><channel>
        <title>We Work Remotely</title><ttl>60</ttl>
        <item><media:content url="https://a.example/logo.gif" type="image/png"/><title>Acme: Baker: Nights</title><region>USA Only</region>
        <country>🇺🇸 United States of America</country><state></state><skills>Bread, Flour, and Ovens</skills><category>Food</category><type>Full-Time</type>
        <description>&lt;p&gt;Bake&lt;/p&gt;</description><pubDate>Mon, 04 May 2026 13:30:00 +0000</pubDate>
        <guid>https://weworkremotely.com/remote-jobs/acme-baker</guid><link>https://weworkremotely.com/remote-jobs/acme-baker</link></item>
        </channel></rss>"#;

    #[test]
    fn company_and_role_share_the_title() {
        let ask = WeWorkRemotely.first("all").unwrap();
        let page = WeWorkRemotely.read("all", None, &ask, FEED.as_bytes()).unwrap();
        let job = &page.postings[0];
        assert_eq!((job.company.as_str(), job.title.as_str()), ("Acme", "Baker: Nights"));
        assert_eq!(job.remote_from, ["US"]);
        assert_eq!(job.locations, ["USA Only", "United States of America"]);
        assert_eq!((job.employment, job.department.as_deref()), (Some(Employment::FullTime), Some("Food")));
        assert_eq!(job.tags, ["Bread", "Flour", "Ovens"]);
        assert_eq!(job.url, "https://weworkremotely.com/remote-jobs/acme-baker");
        assert!(!page.whole);
    }

    #[test]
    fn a_category_is_a_slug() {
        let devops = WeWorkRemotely.first("remote-devops-sysadmin-jobs").unwrap();
        assert_eq!(devops.url, "https://weworkremotely.com/categories/remote-devops-sysadmin-jobs.rss");
        assert!(WeWorkRemotely.first("../login").is_err() && WeWorkRemotely.first("").is_err());
    }
}
