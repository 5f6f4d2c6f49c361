//! `crier run`, `sandbox`, `migrate` and `register`.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;

use super::{Failure, Result, asked_to_stop};
use crate::app::{self, App, Role};
use crate::clock::Clock;
use crate::config::{self, Config, FeedEntry};
use crate::discord::register as commands;
use crate::domain::ids::FeedKey;
use crate::sandbox;
use crate::store::Store;
use crate::telemetry;

/// Options of `crier sandbox`.
#[derive(Debug, Args)]
pub(super) struct SandboxArgs {
    /// The port of the page; 0 for any free one
    #[arg(long, default_value_t = 8787)]
    port: u16,
    /// Write each request of the bot to Discord into this file, one JSON line each
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    /// Varies the ids and the order of the drip
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Openings that the drip publishes a minute; 0 for none
    #[arg(long, default_value_t = 4.0, value_parser = speed)]
    speed: f64,
    /// Say nothing but the address
    #[arg(long)]
    quiet: bool,
}

fn speed(text: &str) -> std::result::Result<f64, String> {
    match text.parse::<f64>() {
        Ok(speed) if (0.0..=600.0).contains(&speed) => Ok(speed),
        _ => Err("write a number from 0 to 600: openings a minute".to_owned()),
    }
}

/// Sample openings on the board when the sandbox starts; the rest is the drip.
const AT_START: usize = 84;

pub(super) async fn run(config: Config, role: Role) -> Result {
    let app = App::open(config, Clock::system()).await?;
    let (open, all) = app.store.opening_counts().await?;
    tracing::info!(
        "Crier {} on {}: {open} open openings of {all}, {} skills, {} feeds",
        env!("CARGO_PKG_VERSION"),
        app.store.place(),
        app.catalog.skills().len(),
        app.config.feeds.len()
    );
    app.run(role, asked_to_stop()).await?;
    Ok(())
}

pub(super) async fn migrate(config: &Config) -> Result {
    let store = Store::open(&app::location(config), true).await?;
    store.migrate().await?;
    say!("{} ({}) has the schema of this version", store.place(), store.engine());
    Ok(())
}

pub(super) async fn register(config: Config) -> Result {
    let store = Store::open(&app::location(&config), true).await?;
    store.migrate().await?;
    let rest = app::rest(&config, &Clock::system())?;
    let told = rest.get("applications/@me").await?;
    let id =
        told["id"].as_str().and_then(|id| id.parse().ok()).unwrap_or(config.settings.discord.application_id);
    commands::register(&rest, &store, id, true).await.map_err(|error| Failure(error.to_string()))?;
    say!("registered the slash commands of application {id}");
    Ok(())
}

/// The local Discord, the bot in it, and the drip, until ctrl-c.
pub(super) async fn sandbox(args: SandboxArgs) -> Result {
    let clock = Clock::system();
    let now = clock.clone();
    let running = sandbox::start(sandbox::Options {
        port: args.port,
        record: args.record,
        seed: args.seed,
        now: Arc::new(move || now.now().0),
        openings: include_str!("../../config/sandbox-openings.jsonl").to_owned(),
        published_at_start: AT_START,
    })
    .await
    .map_err(|error| Failure(error.to_string()))?;
    let folder = tempfile::tempdir().map_err(|error| {
        Failure(format!(
            "no folder for the sandbox's data could be made: {error}. Free some space, or set TMPDIR"
        ))
    })?;
    let config = sandbox_config(&running, folder.path(), args.quiet)?;
    telemetry::start(&config.settings.log).map_err(Failure)?;
    let app = App::open(config, clock).await?;
    // What is on the board at the start is there when the page opens.
    app.store.set_feeds(&app.feeds(), app.clock.now()).await?;
    let ingest = app.ingest();
    let now = app.clock.now();
    if let Some(feed) = app.store.claim_feed(&app.worker, now, 60_000).await? {
        ingest.poll(&feed).await.map_err(|error| Failure(error.to_string()))?;
    }

    say!("Crier's sandbox is at {}  (ctrl-c ends it)", running.base_url);
    if !args.quiet {
        say!("Try  /jobs query:distributed systems   /skill explain name:Kafka   /subscribe query:rust");
    }
    let running = Arc::new(running);
    let drip = tokio::spawn(drip(Arc::clone(&running), args.speed));
    let ended = app.run(Role::All, asked_to_stop()).await;
    drip.abort();
    let _ = drip.await;
    if let Some(running) = Arc::into_inner(running) {
        running.stop().await;
    }
    Ok(ended?)
}

/// Publishes the next opening every so often, until there are none left.
async fn drip(running: Arc<sandbox::Running>, a_minute: f64) {
    if a_minute <= 0.0 {
        return;
    }
    let mut beat = tokio::time::interval(Duration::from_secs_f64(60.0 / a_minute));
    beat.tick().await;
    loop {
        beat.tick().await;
        if running.publish_next().is_none() {
            return;
        }
    }
}

/// The shipped configuration, turned to the sandbox: nothing of the environment, nothing of the network.
fn sandbox_config(running: &sandbox::Running, folder: &std::path::Path, quiet: bool) -> Result<Config> {
    let environment = config::Environment::new();
    let mut config = config::load(None, Some(folder), &environment).map_err(|problems| {
        Failure(problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    })?;
    let api = running
        .base_url
        .parse()
        .map_err(|error| Failure(format!("the sandbox's address is none: {error}")))?;
    config.settings.discord.api_url = api;
    config.settings.discord.application_id = running.application_id;
    config.settings.web.listen = String::new();
    config.settings.log.filter = if quiet { "error" } else { "warn" }.to_owned();
    config.secrets.discord_token = Some(running.token.clone().into());
    config.feeds = vec![FeedEntry {
        key: FeedKey(format!("jsonl:{}", running.board_url)),
        company: None,
        interval_seconds: Some(2),
    }];
    Ok(config)
}
