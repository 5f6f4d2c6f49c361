//! The list of feeds: `config/feeds.toml`, or the operator's own file of the same form.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::Problem;
use crate::domain::ids::FeedKey;

/// One feed as configured.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeedEntry {
    /// `kind:board`.
    pub key: FeedKey,
    /// The company, for boards that do not say it.
    pub company: Option<String>,
    /// Seconds between polls; the general setting when not given.
    pub interval_seconds: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    feed: Vec<toml::Value>,
}

/// The feeds of `file`, or those compiled in when it is empty; each entry that is wrong is a problem of its own.
pub(super) fn load(file: &str, problems: &mut Vec<Problem>) -> Vec<FeedEntry> {
    let (place, text) = if file.is_empty() {
        ("feeds.toml (compiled in)", include_str!("../../config/feeds.toml").to_owned())
    } else {
        match std::fs::read_to_string(file) {
            Ok(text) => (file, text),
            Err(error) => {
                problems.push(Problem::new(format!("feeds.file: {file}"), format!("can't be read: {error}")));
                return Vec::new();
            }
        }
    };
    let parsed: File = match toml::from_str(&text) {
        Ok(parsed) => parsed,
        Err(error) => {
            problems.push(Problem::new(
                place,
                format!("is no list of [[feed]] tables: {}", error.to_string().trim_end()),
            ));
            return Vec::new();
        }
    };
    let mut seen = BTreeSet::new();
    let mut feeds = Vec::new();
    for (number, value) in parsed.feed.into_iter().enumerate() {
        let place = format!("{place}: feed {}", number + 1);
        match value.try_into::<FeedEntry>() {
            Err(error) => problems.push(Problem::new(place, error.to_string().trim_end().replace('\n', " "))),
            Ok(feed) if !seen.insert(feed.key.clone()) => {
                problems.push(Problem::new(place, format!("{} is listed twice", feed.key)));
            }
            Ok(feed) if feed.interval_seconds.is_some_and(|s| !(1..=7 * 24 * 3600).contains(&s)) => {
                problems.push(Problem::new(place, "interval_seconds is out of range; it may be 1 to 604800"));
            }
            Ok(feed) => feeds.push(feed),
        }
    }
    feeds
}
