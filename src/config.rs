//! Settings: the compiled-in defaults, a file over them, the environment over both; every problem told at once.

mod feeds;
mod layers;
mod secrets;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

pub use feeds::FeedEntry;
pub use secrets::{BOARD_KEYS, Secrets};

use crate::domain::pay::Rates;

/// The defaults, as documented for people.
pub const DEFAULTS: &str = include_str!("../config/crier.toml");

/// Everything that can be set, checked.
#[derive(Debug, Clone, Deserialize)]
#[expect(missing_docs, reason = "each field is the key of the same name, documented in config/crier.toml")]
pub struct Settings {
    pub data_dir: PathBuf,
    #[serde(deserialize_with = "zone")]
    pub time_zone: chrono_tz::Tz,
    pub log: Log,
    pub discord: Discord,
    pub web: Web,
    pub feeds: Feeds,
    pub delivery: Delivery,
    pub skills: Skills,
}

/// `[log]`
#[derive(Debug, Clone, Deserialize)]
#[expect(missing_docs, reason = "documented in config/crier.toml")]
pub struct Log {
    pub filter: String,
    pub format: LogFormat,
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// `[discord]`
#[derive(Debug, Clone, Deserialize)]
#[expect(missing_docs, reason = "documented in config/crier.toml")]
pub struct Discord {
    pub api_url: url::Url,
    pub application_id: u64,
    pub public_key: String,
    pub shards_total: u32,
    pub shard_first: u32,
    pub shards_here: u32,
    pub ready_timeout_seconds: u32,
}

/// `[web]`
#[derive(Debug, Clone, Deserialize)]
#[expect(missing_docs, reason = "documented in config/crier.toml")]
pub struct Web {
    pub listen: String,
}

/// `[feeds]`
#[derive(Debug, Clone, Deserialize)]
#[expect(missing_docs, reason = "documented in config/crier.toml")]
pub struct Feeds {
    pub file: String,
    pub user_agent: String,
    pub timeout_seconds: u32,
    pub tries: u32,
    pub backoff_milliseconds: u32,
    pub interval_seconds: u32,
    pub parallel: u32,
    pub per_server: u32,
}

/// `[delivery]`
#[derive(Debug, Clone, Deserialize)]
#[expect(missing_docs, reason = "documented in config/crier.toml")]
pub struct Delivery {
    pub lease_seconds: u32,
    pub openings_per_message: u32,
    pub requests_per_second: u32,
    pub fresh_days: u32,
}

/// `[skills]`
#[derive(Debug, Clone, Deserialize)]
#[expect(missing_docs, reason = "documented in config/crier.toml")]
pub struct Skills {
    pub own_dir: String,
}

/// One thing that is wrong in the configuration: where, what, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {problem}")]
pub struct Problem {
    /// File and key, or the variable's name.
    pub place: String,
    /// What is wrong and what to do.
    pub problem: String,
}

impl Problem {
    pub(crate) fn new(place: impl Into<String>, problem: impl Into<String>) -> Self {
        Self { place: place.into(), problem: problem.into() }
    }
}

/// All that configuration says.
#[derive(Debug, Clone)]
pub struct Config {
    /// The settings.
    pub settings: Settings,
    /// The feeds.
    pub feeds: Vec<FeedEntry>,
    /// Reference rates for comparing pay.
    pub rates: Rates,
    /// Token and database address.
    pub secrets: Secrets,
    /// Hosts of the system's proxies (`HTTPS_PROXY` and its like), which requests go through.
    pub proxies: Vec<String>,
}

/// The environment, as a value.
pub type Environment = BTreeMap<String, String>;

/// Reads the process's environment; the only place that does.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is the one place that may read the environment")]
pub fn environment() -> Environment {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect()
}

/// Reads the whole configuration. `file` is `--config` (else `CRIER_CONFIG` names it), `data_dir` is `--data-dir`.
///
/// # Errors
/// Every problem that was found, not only the first.
pub fn load(
    file: Option<&Path>,
    data_dir: Option<&Path>,
    environment: &Environment,
) -> Result<Config, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut table = layers::defaults();
    let file = file.map(Path::to_path_buf).or_else(|| environment.get("CRIER_CONFIG").map(PathBuf::from));
    if let Some(file) = &file {
        layers::add_file(&mut table, file, &mut problems);
    }
    layers::add_environment(&mut table, environment, &mut problems);
    if let Some(dir) = data_dir {
        table.insert("data_dir".to_owned(), toml::Value::String(dir.display().to_string()));
    }
    let secrets = Secrets::read(environment, &mut problems);
    let settings = check(table, &mut problems);
    let feeds =
        feeds::load(settings.as_ref().map(|s| s.feeds.file.as_str()).unwrap_or_default(), &mut problems);
    let rates: Rates = toml::from_str(include_str!("../config/rates.toml"))
        .expect("the rates compiled in are read by a test");
    match settings {
        Some(settings) if problems.is_empty() => {
            Ok(Config { settings, feeds, rates, secrets, proxies: proxies(environment) })
        }
        _ => Err(problems),
    }
}

/// The hosts that the environment names as proxies.
fn proxies(environment: &Environment) -> Vec<String> {
    ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"]
        .into_iter()
        .flat_map(|name| [environment.get(name), environment.get(&name.to_lowercase())])
        .flatten()
        .filter_map(|value| {
            let url = url::Url::parse(value).ok().filter(url::Url::has_host);
            let url = url.or_else(|| url::Url::parse(&format!("http://{value}")).ok())?;
            url.host_str().map(str::to_owned)
        })
        .collect()
}

/// Values whose kind is right (that was checked before) but whose content may not be.
fn check(table: toml::Table, problems: &mut Vec<Problem>) -> Option<Settings> {
    let before = problems.len();
    let text = |path: &[&str]| {
        layers::get(&table, path).and_then(toml::Value::as_str).unwrap_or_default().to_owned()
    };
    let number =
        |path: &[&str]| layers::get(&table, path).and_then(toml::Value::as_integer).unwrap_or_default();
    let mut bad = |path: &str, problem: String| problems.push(Problem::new(path, problem));

    let zone = text(&["time_zone"]);
    if zone.parse::<chrono_tz::Tz>().is_err() {
        bad("time_zone", format!("\"{zone}\" is no time zone; write an IANA name such as \"Europe/Berlin\""));
    }
    let format = text(&["log", "format"]);
    if !["text", "json"].contains(&format.as_str()) {
        bad("log.format", format!("\"{format}\" is no format; write \"text\" or \"json\""));
    }
    let api = text(&["discord", "api_url"]);
    if !url::Url::parse(&api).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host()) {
        bad("discord.api_url", format!("\"{api}\" is no http or https address"));
    }
    let key = text(&["discord", "public_key"]);
    if !(key.is_empty() || key.len() == 64 && key.bytes().all(|b| b.is_ascii_hexdigit())) {
        bad(
            "discord.public_key",
            "must be the 64 hex digits that the developer portal shows as \"Public Key\"".to_owned(),
        );
    }
    let listen = text(&["web", "listen"]);
    if !listen.is_empty() && listen.parse::<std::net::SocketAddr>().is_err() {
        bad(
            "web.listen",
            format!(
                "\"{listen}\" is no address; write IP and port such as \"127.0.0.1:8080\", or \"\" for none"
            ),
        );
    }
    for (path, least, most) in [
        (["discord", "application_id"], 0, i64::MAX),
        (["discord", "shards_total"], 0, 100_000),
        (["discord", "shard_first"], 0, 100_000),
        (["discord", "shards_here"], 0, 100_000),
        (["discord", "ready_timeout_seconds"], 5, 3_600),
        (["feeds", "timeout_seconds"], 1, 600),
        (["feeds", "tries"], 1, 10),
        (["feeds", "backoff_milliseconds"], 1, 60_000),
        (["feeds", "interval_seconds"], 1, 7 * 24 * 3_600),
        (["feeds", "parallel"], 1, 256),
        (["feeds", "per_server"], 0, 25),
        (["delivery", "lease_seconds"], 10, 3_600),
        (["delivery", "openings_per_message"], 1, 10),
        (["delivery", "requests_per_second"], 1, 50),
        (["delivery", "fresh_days"], 1, 3_650),
    ] {
        let value = number(&path);
        if !(least..=most).contains(&value) {
            bad(&path.join("."), format!("{value} is out of range; it may be {least} to {most}"));
        }
    }
    if problems.len() > before {
        return None;
    }
    match table.try_into() {
        Ok(settings) => Some(settings),
        Err(error) => {
            problems.push(Problem::new("configuration", error.to_string()));
            None
        }
    }
}

fn zone<'de, D: serde::Deserializer<'de>>(input: D) -> Result<chrono_tz::Tz, D::Error> {
    String::deserialize(input)?.parse().map_err(serde::de::Error::custom)
}

#[cfg(test)]
mod tests;
