//! `crier check`: configuration, skills, database and token, every problem told at once.

use std::process::ExitCode;

use super::{Cli, Failure, Result};
use crate::app;
use crate::clock::Clock;
use crate::config;
use crate::feeds;
use crate::skills::catalog::Catalog;
use crate::store::Store;

pub(super) async fn run(cli: &Cli) -> Result<ExitCode> {
    let environment = config::environment();
    let config = match config::load(cli.config.as_deref(), cli.data_dir.as_deref(), &environment) {
        Ok(config) => config,
        Err(problems) => {
            let list: Vec<String> = problems.iter().map(|problem| format!("  {problem}")).collect();
            return Err(Failure(format!("the configuration has problems:\n{}", list.join("\n"))));
        }
    };
    let mut report = Report::default();
    report.good("configuration", "is well formed");

    let wrong: Vec<String> = config
        .feeds
        .iter()
        .filter_map(|feed| match feeds::resolve(&feed.key) {
            Err(problem) => Some(problem),
            Ok((kind, board)) => kind.first(&board).err().map(|error| error.to_string()).or_else(|| {
                let lacking = |key: &&feeds::Credential| !config.secrets.boards.contains_key(key.variable);
                let key = kind.credentials().iter().find(lacking)?;
                Some(format!("{} wants a key of your own: set {}", feed.key, key.variable))
            }),
        })
        .collect();
    match wrong.as_slice() {
        [] => report.good("feeds", &format!("{} configured, all of known kinds", config.feeds.len())),
        problems => problems.iter().for_each(|problem| report.bad("feeds", problem)),
    }

    let own = &config.settings.skills.own_dir;
    let problems = Catalog::lint((!own.is_empty()).then(|| std::path::Path::new(own)));
    match problems.as_slice() {
        [] => report.good("skills", "the library is well formed"),
        problems => problems.iter().for_each(|problem| report.bad("skills", &problem.to_string())),
    }

    match database(&config).await {
        Ok(words) => report.good("database", &words),
        Err(words) => report.bad("database", &words),
    }
    match token(&config).await {
        Ok(words) => report.good("discord", &words),
        Err(words) => report.bad("discord", &words),
    }
    Ok(if report.problems == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn database(config: &config::Config) -> std::result::Result<String, String> {
    let location = app::location(config);
    if let crate::store::Location::Sqlite(path) = &location
        && !path.exists()
    {
        return Ok(format!("{} does not exist yet; `crier run` makes it", path.display()));
    }
    let store = Store::open(&location, false).await.map_err(|error| error.to_string())?;
    store.check_schema().await.map_err(|error| error.to_string())?;
    // A transaction that is given up tells whether it could be written.
    drop(store.write().await.map_err(|error| error.to_string())?);
    Ok(format!("{} ({}) answers and has the schema of this version", store.place(), store.engine()))
}

async fn token(config: &config::Config) -> std::result::Result<String, String> {
    let rest = app::rest(config, &Clock::system()).map_err(|error| error.to_string())?;
    let me = rest.get("users/@me").await.map_err(|error| error.to_string())?;
    let application = rest.get("applications/@me").await.map_err(|error| error.to_string())?;
    let key = application["verify_key"].as_str().unwrap_or_default();
    let configured = &config.settings.discord;
    if !configured.public_key.is_empty() && !key.is_empty() && configured.public_key != key {
        return Err(
            "discord.public_key is not this application's: copy it anew from the developer portal".to_owned()
        );
    }
    let id = application["id"].as_str().unwrap_or_default();
    if configured.application_id != 0 && configured.application_id.to_string() != id {
        return Err(format!(
            "discord.application_id is {}, but the token is of application {id}",
            configured.application_id
        ));
    }
    let gateway = rest.get("gateway/bot").await.map_err(|error| error.to_string())?;
    let remaining = gateway["session_start_limit"]["remaining"].as_u64().unwrap_or(0);
    let name = me["username"].as_str().unwrap_or("?");
    Ok(format!(
        "the token is good: {name}, application {id}; {remaining} gateway connections left today. Invite it with https://discord.com/oauth2/authorize?client_id={id}&scope=bot+applications.commands&permissions={}",
        crate::discord::permissions::INVITE
    ))
}

#[derive(Default)]
struct Report {
    problems: u32,
}

impl Report {
    fn good(&self, what: &str, words: &str) {
        say!("ok       {what}: {words}");
    }

    fn bad(&mut self, what: &str, words: &str) {
        self.problems += 1;
        say!("PROBLEM  {what}: {words}");
    }
}
