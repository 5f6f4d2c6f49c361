//! `crier ingest`: polls feeds now, or loads a JSON Lines file; a progress bar on a terminal, a table at the end.

use std::collections::BTreeSet;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::{Failure, Result};
use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::ids::FeedKey;
use crate::domain::time::MINUTE;
use crate::ingest::{IngestError, Report};
use crate::scheduler::settings;
use crate::store::FeedSettings;

/// Options of `crier ingest`.
#[derive(Debug, Args)]
pub(super) struct IngestArgs {
    /// Poll once and end; this is what it does anyway
    #[arg(long)]
    once: bool,
    /// Only this feed, such as greenhouse:singlestore
    #[arg(long, value_name = "NAME", conflicts_with = "file")]
    feed: Option<String>,
    /// A JSON Lines file to load instead
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
}

pub(super) async fn run(config: Config, args: IngestArgs) -> Result<ExitCode> {
    let app = App::open(config, Clock::system()).await?;
    let now = app.clock.now();
    let chosen = match (&args.file, &args.feed) {
        (Some(file), _) => {
            let path = file.canonicalize().map_err(|error| {
                Failure(format!("{} can't be read: {error}. Nothing was loaded", file.display()))
            })?;
            vec![settings(&FeedKey(format!("jsonl:file:{}", path.display())), None, None, 60 * MINUTE)]
        }
        (None, Some(name)) => vec![one(&app, name)?],
        (None, None) => app.feeds(),
    };
    let ingest = app.ingest();
    let known = app.store.feeds().await?.into_iter();
    let own: BTreeSet<FeedKey> =
        known.filter(|row| row.on && !row.public).map(|row| row.settings.key).collect();
    let bar = progress(chosen.len());
    let mut rows = Vec::new();
    for feed in &chosen {
        bar.set_message(feed.key.to_string());
        // What servers added stays theirs: setting it here would make it everybody's.
        if !own.contains(&feed.key) {
            app.store.set_feed(feed, now).await?;
        }
        let lease = 15 * MINUTE;
        let claimed = app.store.claim_feed_named(&feed.key, &app.worker, app.clock.now(), lease).await?;
        let outcome = match claimed {
            None => Err("another process is polling it right now".to_owned()),
            Some(row) => match ingest.poll(&row).await {
                Ok(report) => Ok(report),
                Err(IngestError::Feed { cause, .. }) => Err(cause),
                Err(error @ IngestError::Store(_)) => return Err(Failure(error.to_string())),
            },
        };
        bar.inc(1);
        if !std::io::stderr().is_terminal() {
            eprintln!("{}: {}", feed.key, told(&outcome));
        }
        rows.push((feed.key.to_string(), outcome));
    }
    bar.finish_and_clear();
    say!("{}", table(&rows).trim_end());
    let read = rows.iter().any(|(_, outcome)| outcome.is_ok());
    Ok(if read || rows.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The configured feed of this name: its key, what is behind the key's colon, or an address of its board. One that is
/// not configured can be read all the same, when its kind is known.
fn one(app: &App, name: &str) -> Result<FeedSettings> {
    let feeds = app.feeds();
    let behind =
        |feed: &&FeedSettings| feed.key.as_str().split_once(':').is_some_and(|(_, board)| board == name);
    if let Some(feed) = feeds.iter().find(behind) {
        return Ok(feed.clone());
    }
    if !name.contains(':') {
        return Err(Failure(format!(
            "no feed is called \"{name}\"; the configured ones are {}",
            feeds.iter().map(|feed| feed.key.to_string()).collect::<Vec<_>>().join(", ")
        )));
    }
    let key = crate::feeds::recognise(name).map_err(Failure)?;
    if let Some(feed) = feeds.iter().find(|feed| feed.key == key) {
        return Ok(feed.clone());
    }
    crate::feeds::resolve(&key).map_err(Failure)?;
    Ok(settings(&key, None, None, 15 * MINUTE))
}

fn progress(feeds: usize) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(feeds as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos} of {len} feeds  {msg}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(std::time::Duration::from_millis(200));
    bar
}

fn told(outcome: &std::result::Result<Report, String>) -> String {
    match outcome {
        Ok(report) if report.unchanged => "unchanged".to_owned(),
        Ok(report) => format!(
            "{} listed, {} new, {} changed, {} closed, {} notices",
            report.listed, report.new, report.changed, report.closed, report.notices
        ),
        Err(cause) => format!("failed: {cause}"),
    }
}

/// One line a feed, aligned; what was passed over stands below its feed with the reason.
fn table(rows: &[(String, std::result::Result<Report, String>)]) -> String {
    let wide = rows.iter().map(|(key, _)| key.chars().count()).max().unwrap_or(4).max(4);
    let mut out = format!(
        "{:wide$}  {:>7} {:>6} {:>8} {:>7} {:>8}\n",
        "feed", "listed", "new", "changed", "closed", "notices"
    );
    for (key, outcome) in rows {
        match outcome {
            Ok(r) if r.unchanged => out.push_str(&format!("{key:wide$}  unchanged\n")),
            Ok(r) => {
                out.push_str(&format!(
                    "{key:wide$}  {:>7} {:>6} {:>8} {:>7} {:>8}\n",
                    r.listed, r.new, r.changed, r.closed, r.notices
                ));
                for (reason, count) in &r.skipped {
                    out.push_str(&format!("{:wide$}  passed over {count}: {reason}\n", ""));
                }
            }
            Err(cause) => out.push_str(&format!("{key:wide$}  failed: {cause}\n")),
        }
    }
    out
}
