//! `crier feeds`: the health of every feed, boards added and removed for everybody, and whether one can be read.

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;

use chrono::DateTime;
use clap::Subcommand;
use serde_json::json;

use super::{Failure, Result};
use crate::app;
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::ids::{FeedKey, IdMaker, UserId};
use crate::domain::time::{MINUTE, Millis, SECOND};
use crate::feeds::{self, Page};
use crate::scheduler::settings;
use crate::store::{FeedRow, OwnFeed, Store};

#[derive(Debug, Subcommand)]
pub(super) enum Feeds {
    /// The health of every feed, by the last polls
    List {
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Add a board for everybody: it is recognised, read once, and polled from then on by the bot
    Add {
        /// A careers page or kind:board, such as https://jobs.lever.co/acme or lever:acme
        #[arg(value_name = "ADDRESS")]
        board: String,
        /// The company's name, for boards that do not tell it
        #[arg(long)]
        company: Option<String>,
    },
    /// Poll a board no longer that was added this way; what is known of it stays
    Remove {
        /// kind:board, or the address that it was added by
        #[arg(value_name = "BOARD")]
        board: String,
    },
    /// Read a board now and tell what is on it, or every configured feed; nothing is stored
    Check {
        /// A careers page or kind:board, such as https://jobs.lever.co/acme or lever:acme
        #[arg(value_name = "ADDRESS")]
        board: Option<String>,
    },
}

pub(super) async fn run(config: Config, command: Feeds) -> Result<ExitCode> {
    match command {
        Feeds::List { json } => list(&config, json).await,
        Feeds::Add { board, company } => add(&config, &board, company).await,
        Feeds::Remove { board } => remove(&config, &board).await,
        Feeds::Check { board: Some(given) } => check(&config, &given).await,
        Feeds::Check { board: None } => check_all(&config).await,
    }
}

async fn list(config: &Config, as_json: bool) -> Result<ExitCode> {
    let store = Store::open(&app::location(config), true).await?;
    store.migrate().await?;
    let mut known: BTreeMap<FeedKey, FeedRow> =
        store.feeds().await?.into_iter().map(|row| (row.settings.key.clone(), row)).collect();
    let mut rows: Vec<(FeedKey, Option<FeedRow>)> =
        config.feeds.iter().map(|feed| (feed.key.clone(), known.remove(&feed.key))).collect();
    let added: BTreeSet<FeedKey> =
        store.own_feeds(None).await?.into_iter().map(|row| row.settings.key).collect();
    // What was polled once and is configured no more still holds its openings.
    rows.extend(known.into_iter().map(|(key, row)| {
        let on = row.on && (added.contains(&key) || !row.public);
        (key, Some(FeedRow { on, ..row }))
    }));
    if as_json {
        for (key, row) in &rows {
            let row = row.as_ref();
            say!(
                "{}",
                json!({
                    "feed": key, "state": state(row), "failures": row.map_or(0, |row| row.failures),
                    "error": row.and_then(|row| row.error.clone()), "last_good": row.and_then(|row| row.good_at).and_then(iso),
                    "next": row.filter(|row| row.on).and_then(|row| iso(row.due_at)), "postings": row.map_or(0, |row| row.held),
                    "public": row.is_none_or(|row| row.public), "delay_seconds": row.and_then(|row| row.delay).map(|ms| ms / 1_000),
                })
            );
        }
    } else {
        say!("{}", table(&rows).trim_end());
    }
    Ok(ExitCode::SUCCESS)
}

/// One line a feed, aligned; below those in trouble stands the last failure.
fn table(rows: &[(FeedKey, Option<FeedRow>)]) -> String {
    let wide = rows.iter().map(|(key, _)| key.as_str().chars().count()).max().unwrap_or(4).max(4);
    let mut out = format!(
        "{:wide$}  {:<12} {:>8} {:>8}  {:<17} {}\n",
        "feed", "state", "postings", "delay", "last good (UTC)", "next poll"
    );
    for (key, row) in rows {
        let row = row.as_ref();
        let line = format!(
            "{:wide$}  {:<12} {:>8} {:>8}  {:<17} {}",
            key.as_str(),
            state(row),
            row.map_or(0, |row| row.held),
            row.and_then(|row| row.delay).map(|ms| format!("{} min", ms / MINUTE)).unwrap_or_default(),
            row.and_then(|row| row.good_at).and_then(minute).unwrap_or_else(|| "never".to_owned()),
            row.filter(|row| row.on).and_then(|row| minute(row.due_at)).unwrap_or_default(),
        );
        out.push_str(line.trim_end());
        out.push('\n');
        if let Some(row) = row.filter(|row| row.failures > 0) {
            let words = row.error.as_deref().unwrap_or("no reason was recorded");
            out.push_str(&format!("{:wide$}  failed {} in a row: {words}\n", "", row.failures));
        }
        if row.is_some_and(|row| row.on && !row.public) {
            out.push_str(&format!("{:wide$}  added by servers, and seen by them only\n", ""));
        }
    }
    out
}

fn state(row: Option<&FeedRow>) -> &'static str {
    match row {
        None => "not polled",
        Some(row) if !row.on => "off",
        Some(row) if row.failures > 0 => "failing",
        Some(row) if row.good_at.is_none() => "not polled",
        Some(_) => "well",
    }
}

async fn add(config: &Config, given: &str, company: Option<String>) -> Result<ExitCode> {
    let now = Clock::system().now();
    let found = feeds::discover(&app::client(config)?, given, now)
        .await
        .map_err(|problem| Failure(format!("{problem}. Nothing was added")))?;
    let key = found.key.clone();
    if config.feeds.iter().any(|feed| feed.key == key) {
        say!("{key} is configured already; nothing was added");
        return Ok(ExitCode::SUCCESS);
    }
    say!("{given} is {key}: {}", told(&found.page));
    samples(&found.page);
    let nameless = found.page.postings.iter().any(|posting| posting.company.is_empty());
    if nameless && company.is_none() {
        return Err(Failure(
            "the board does not tell the company's name: give it with --company. Nothing was added"
                .to_owned(),
        ));
    }
    let store = Store::open(&app::location(config), true).await?;
    store.migrate().await?;
    let interval = i64::from(config.settings.feeds.interval_seconds) * SECOND;
    let settings = settings(&key, company.as_deref(), None, interval);
    let id = IdMaker::new(rand::random()).next(now);
    let offered =
        OwnFeed { id, guild: None, feed: key.clone(), company, added_by: UserId(0), added_at: None };
    let offered = store.offer_feed(&offered, now).await?;
    store.accept_feed(offered.id, None, &settings, u32::MAX, now).await?;
    say!("Added for everybody; a running bot polls it within seconds. What it lists now is not posted.");
    Ok(ExitCode::SUCCESS)
}

async fn remove(config: &Config, given: &str) -> Result<ExitCode> {
    let key = feeds::recognise(given).unwrap_or_else(|_| FeedKey::from(given));
    let store = Store::open(&app::location(config), true).await?;
    store.migrate().await?;
    match store.remove_feed(None, &key).await? {
        Some(_) => {
            say!("Removed {key}. What is known of its openings stays.");
            Ok(ExitCode::SUCCESS)
        }
        None if config.feeds.iter().any(|feed| feed.key == key) => Err(Failure(format!(
            "{key} stands in the list of feeds; take it out of the file that feeds.file names. Nothing was removed"
        ))),
        None => Err(Failure(format!(
            "{key} was not added by `crier feeds add`; `crier feeds list` shows all feeds. Nothing was removed"
        ))),
    }
}

/// The first postings of a board, a line each.
fn samples(page: &Page) {
    for posting in page.postings.iter().take(5) {
        let parts = [posting.title.as_str(), &posting.company, &posting.locations.join("; ")];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        say!("  {}", parts.join(" · "));
    }
}

async fn check(config: &Config, given: &str) -> Result<ExitCode> {
    let now = Clock::system().now();
    let client = app::client(config)?;
    let found = feeds::discover(&client, given, now).await.map_err(Failure)?;
    if found.key.as_str() != given.trim() {
        say!("{given} is {}", found.key);
    }
    say!("{}", told(&found.page));
    samples(&found.page);
    if !config.feeds.iter().any(|feed| feed.key == found.key) {
        say!("`crier feeds add {}` polls it for everybody from then on", found.key);
    }
    Ok(ExitCode::SUCCESS)
}

async fn check_all(config: &Config) -> Result<ExitCode> {
    let (client, now) = (app::client(config)?, Clock::system().now());
    let mut failed = 0;
    for feed in &config.feeds {
        match feeds::look(&client, feed.key.clone(), feed.company.as_deref(), now).await {
            Ok(found) => say!("{}: {}", feed.key, told(&found.page)),
            Err(problem) => {
                failed += 1;
                say!("can't be read: {problem}");
            }
        }
    }
    say!("{} of {} feeds can be read", config.feeds.len() - failed, config.feeds.len());
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What was read, in a line.
fn told(page: &Page) -> String {
    let mut words = match page.postings.len() {
        1 => "1 posting".to_owned(),
        many => format!("{many} postings"),
    };
    for (reason, many) in &page.skipped {
        words.push_str(&format!(", {many} passed over ({reason})"));
    }
    words
}

fn iso(at: Millis) -> Option<String> {
    DateTime::from_timestamp_millis(at.0).map(|at| at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true))
}

fn minute(at: Millis) -> Option<String> {
    DateTime::from_timestamp_millis(at.0).map(|at| at.format("%Y-%m-%d %H:%M").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::FeedSettings;

    #[test]
    fn the_health_of_every_feed_stands_in_a_line_of_its_own() {
        let row = |key: &str, failures: u32, good_at: Option<i64>| FeedRow {
            settings: FeedSettings {
                key: key.into(),
                company: None,
                interval: MINUTE,
                announce_first: false,
            },
            on: true,
            due_at: Millis(1_777_901_460_000),
            etag: None,
            last_modified: None,
            baseline_at: good_at.map(Millis),
            good_at: good_at.map(Millis),
            failures,
            error: (failures > 0).then(|| "jobs.example answered 503".to_owned()),
            readings: 1,
            held: 12,
            public: true,
            delay: None,
        };
        let rows = [
            ("lever:acme".into(), Some(row("lever:acme", 0, Some(1_777_901_400_000)))),
            ("ashby:two".into(), Some(row("ashby:two", 3, None))),
            ("greenhouse:gone".into(), Some(FeedRow { on: false, ..row("greenhouse:gone", 0, Some(0)) })),
            ("breezy:new".into(), None),
        ];
        insta::assert_snapshot!(table(&rows), @r"
        feed             state        postings    delay  last good (UTC)   next poll
        lever:acme       well               12           2026-05-04 13:30  2026-05-04 13:31
        ashby:two        failing            12           never             2026-05-04 13:31
                         failed 3 in a row: jobs.example answered 503
        greenhouse:gone  off                12           1970-01-01 00:00
        breezy:new       not polled          0           never
        ");
    }
}
