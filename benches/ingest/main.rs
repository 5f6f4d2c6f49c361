//! Ingest without a fetch (read, fold, store, match, enqueue) on both engines, with more and more openings in store.
//!
//! `cargo bench --bench ingest -- [SIZE …]`; the sizes are 1, 100000 and 1000000 when none is given. Side by side in the
//! same run: reading alone (no database), and the same rows written with nothing read or matched. Figures are medians
//! over readings of 1,000 new postings of 2,000 characters, with 1,000 subscriptions of
//! which seven want each opening.

#![expect(clippy::disallowed_methods, reason = "a bench measures the machine's time")]

#[path = "../../tests/integration/support/postgres.rs"]
mod postgres;
mod postings;

use std::sync::Arc;
use std::time::Instant;

use crier::app::App;
use crier::clock::Clock;
use crier::config;
use crier::domain::cadence::Cadence;
use crier::domain::filter::Filter;
use crier::domain::ids::{ChannelId, FeedKey, GuildId, OpeningId, SkillId, SubscriptionId, UserId};
use crier::domain::opening::{Facts, Opening};
use crier::domain::subscription::{Subscription, Topic};
use crier::domain::time::{DAY, HOUR, MINUTE, Millis};
use crier::feeds::Page;
use crier::store::{FeedSettings, Location, PostingRow};

const NOW: Millis = Millis(1_764_000_000_000);
/// Postings of one reading, and readings of which the median is taken, below.
const READING: usize = 1_000;
const READINGS: usize = 7;

#[tokio::main]
async fn main() {
    let given: Vec<usize> = std::env::args().filter_map(|arg| arg.parse().ok()).collect();
    let sizes = if given.is_empty() { vec![1, 100_000, 1_000_000] } else { given };
    println!(
        "{:<11} {:>9} {:>12} {:>14} {:>12} {:>10} {:>10}",
        "engine", "in store", "postings/s", "unchanged/s", "rows/s", "index s", "memory MB"
    );
    for size in sizes {
        for engine in ["SQLite", "PostgreSQL"] {
            let folder = tempfile::tempdir().expect("a folder");
            let location = match engine {
                "SQLite" => Some(Location::Sqlite(folder.path().join("crier.db"))),
                _ => postgres::location().await,
            };
            match location {
                Some(location) => measure(engine, location, folder.path(), size).await,
                None => println!("{engine:<11} {size:>9} left out: no PostgreSQL here"),
            }
        }
    }
    reading_alone();
}

async fn measure(engine: &str, location: Location, folder: &std::path::Path, size: usize) {
    use secrecy::ExposeSecret as _;
    let mut environment = config::Environment::new();
    if let Location::Postgres(address) = &location {
        environment.insert("DATABASE_URL".to_owned(), address.expose_secret().to_owned());
    }
    let config = config::load(None, Some(folder), &environment).expect("the defaults are well formed");
    let clock = Clock::set_to(NOW);
    let app = App::open(config, clock.clone()).await.expect("the database opens");
    fill(&app, size).await;
    subscribe(&app).await;
    let ingest = app.ingest();
    let started = Instant::now();
    ingest.refresh_openings().await.expect("the index fills");
    ingest.refresh_subscriptions().await.expect("the subscriptions load");
    let index = started.elapsed().as_secs_f64();

    let key = FeedKey::from("jsonl:bench");
    let settings =
        FeedSettings { key: key.clone(), company: None, interval: 365 * DAY, announce_first: true };
    app.store.set_feed(&settings, clock.now()).await.expect("the feed is made");
    let mut rates = Vec::new();
    let mut seen = Vec::new();
    for reading in 0..READINGS {
        clock.advance(HOUR);
        let fresh = postings::made(reading * READING, READING);
        seen.extend(fresh.iter().cloned());
        rates.push(rate(&app, &key, fresh, false).await);
    }
    // The whole board again, of which nothing changed.
    let all = seen.len();
    let unchanged = rate(&app, &key, seen, true).await / READING as f64 * all as f64;
    println!(
        "{engine:<11} {size:>9} {:>12.0} {unchanged:>14.0} {:>12.0} {index:>10.1} {:>10.0}",
        median(rates),
        rows_alone(&app, size).await,
        memory()
    );
}

/// Postings a second of one reading; `whole` says whether what it lacks is gone.
async fn rate(app: &App, key: &FeedKey, postings: Vec<crier::domain::posting::Posting>, whole: bool) -> f64 {
    let ingest = app.ingest();
    let now = app.clock.now();
    let feed = app.store.claim_feed_named(key, &app.worker, now, MINUTE).await.expect("the database answers");
    let page = Page { postings, whole, ..Page::default() };
    let started = Instant::now();
    let report =
        ingest.take(&feed.expect("nobody else has it"), page).await.expect("the reading is taken in");
    assert!(whole || report.new as usize >= READING * 9 / 10, "{report:?}");
    READING as f64 / started.elapsed().as_secs_f64()
}

/// The rows of as many openings and postings written, in the batches that ingest writes, and nothing else.
async fn rows_alone(app: &App, size: usize) -> f64 {
    let started = Instant::now();
    let from = 100_000_000 + size;
    put(app, from..from + READING, 100).await;
    READING as f64 / started.elapsed().as_secs_f64()
}

async fn fill(app: &App, size: usize) {
    let mut from = 0;
    while from < size {
        let to = (from + 20_000).min(size);
        put(app, from..to, 2_000).await;
        from = to;
    }
}

async fn put(app: &App, numbers: std::ops::Range<usize>, batch: usize) {
    let feed = FeedKey::from("jsonl:filled");
    let numbers: Vec<usize> = numbers.collect();
    for chunk in numbers.chunks(batch) {
        let made: Vec<_> =
            chunk.iter().flat_map(|number| postings::made(1_000_000_000 + number, 1)).collect();
        let id = |number: &usize| OpeningId(1 + *number as i64);
        let openings: Vec<(String, Opening)> = chunk
            .iter()
            .zip(&made)
            .map(|(number, posting)| {
                let skills =
                    [SkillId::from(postings::skill(*number)), SkillId::from(postings::skill(number / 7))];
                let opening = Opening {
                    id: id(number),
                    title: posting.title.clone(),
                    company: posting.company.clone(),
                    url: posting.url.clone(),
                    description: postings::text(posting),
                    facts: Facts { skills: skills.to_vec(), ..Facts::default() },
                    posted_at: NOW.minus(*number as i64 % (90 * DAY)),
                    seen_at: NOW,
                    changed_at: NOW,
                    closed_at: None,
                    feeds: vec![feed.clone()],
                    only: None,
                };
                (format!("filled|{number}"), opening)
            })
            .collect();
        let rows: Vec<PostingRow> = chunk
            .iter()
            .zip(made)
            .map(|(number, posting)| PostingRow {
                key: number.to_string(),
                opening: id(number),
                hash: "filled".to_owned(),
                posting,
                first_seen: NOW,
                last_reading: 1,
                missing_since: None,
                closed_at: None,
                alone: false,
            })
            .collect();
        let mut write = app.store.write().await.expect("a transaction begins");
        write.put_postings(&feed, &rows).await.expect("postings are written");
        write.put_openings(&openings).await.expect("openings are written");
        write.commit().await.expect("the transaction is kept");
    }
}

/// A thousand subscriptions: twenty to a skill, of which an opening names four, the others to a company. An opening
/// gets about seven notices.
async fn subscribe(app: &App) {
    for number in 0..1_000_u64 {
        let filter = match number {
            0..20 => Filter {
                skills_all: [SkillId::from(postings::skill(number as usize))].into(),
                ..Filter::default()
            },
            _ => Filter { companies_only: [format!("Company {number}")].into(), ..Filter::default() },
        };
        let subscription = Subscription {
            id: SubscriptionId(1 + number.cast_signed()),
            guild: Some(GuildId(1 + number % 50)),
            channel: ChannelId(1 + number),
            topic: Topic::Openings { filter },
            label: String::new(),
            cadence: Cadence::Instant,
            role: None,
            cap: None,
            created_by: UserId(1),
            created_at: NOW,
            paused: None,
        };
        app.store.add_subscription(&subscription).await.expect("it is added");
    }
}

/// Reading and tagging with no database, on one thread.
fn reading_alone() {
    let catalog = crier::skills::catalog::Catalog::load(None).expect("the library is well formed");
    let tagger = Arc::new(crier::skills::tagger::Tagger::new(&catalog));
    let rates = (0..READINGS).map(|reading| {
        let postings = postings::made(reading * READING, READING);
        let started = Instant::now();
        let read = postings.iter().map(|posting| crier::reading::read(posting, &tagger).facts.skills.len());
        assert!(read.sum::<usize>() > READING, "postings name skills");
        READING as f64 / started.elapsed().as_secs_f64()
    });
    println!("reading and tagging alone, one thread: {:.0} postings/s", median(rates.collect()));
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// This process's memory in MB, as Linux tells it.
fn memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok()).unwrap_or(f64::NAN) / 1024.0
}
