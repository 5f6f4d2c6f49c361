//! Scenes: what the configuration says to what people write.

use super::*;

fn told(file: Option<&str>, variables: &[(&str, &str)]) -> Vec<String> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("own.toml");
    if let Some(text) = file {
        std::fs::write(&path, text).unwrap();
    }
    let environment = variables.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    match load(file.map(|_| path.as_path()), None, &environment) {
        Ok(_) => Vec::new(),
        Err(problems) => problems
            .iter()
            .map(|p| p.to_string().replace(&format!("{}/", dir.path().display()), ""))
            .collect(),
    }
}

#[test]
fn the_defaults_stand_on_their_own() {
    let config = load(None, None, &Environment::new()).unwrap();
    assert_eq!(config.settings.delivery.openings_per_message, 10);
    assert!(config.feeds.len() >= 10 && config.rates.usd["EUR"] > 0.5);
}

#[test]
fn every_problem_is_told_at_once_with_the_nearest_known_name() {
    let file = "time_zone = \"Berlin\"\n[delivery]\nlease_second = 5\nopenings_per_message = \"ten\"\n[discord]\ntoken = \"x\"\n";
    let problems = told(
        Some(file),
        &[("CRIER_FEEDS_TRIES", "many"), ("CRIER_DELIVRY_LEASE_SECONDS", "1"), ("DATABASE_URL", "mysql://x")],
    );
    insta::assert_snapshot!(problems.join("\n"), @r#"
    own.toml: delivery.lease_second: is no setting; did you mean "delivery.lease_seconds"?
    own.toml: delivery.openings_per_message: must be a whole number, not a text in quotes
    own.toml: discord.token: is no setting (secrets come from the environment: DISCORD_TOKEN, DATABASE_URL)
    CRIER_DELIVRY_LEASE_SECONDS: is no setting; did you mean CRIER_DELIVERY_LEASE_SECONDS?
    CRIER_FEEDS_TRIES: must be a whole number, not "many"
    DATABASE_URL: must start with postgres:// (or sqlite: and a path)
    time_zone: "Berlin" is no time zone; write an IANA name such as "Europe/Berlin"
    "#);
}

#[test]
fn the_environment_overrides_the_file_and_the_file_the_defaults() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("own.toml");
    std::fs::write(&path, "[delivery]\nlease_seconds = 90\nrequests_per_second = 10\n").unwrap();
    let environment = Environment::from([("CRIER_DELIVERY_LEASE_SECONDS".to_owned(), "120".to_owned())]);
    let config = load(Some(&path), Some(Path::new("/elsewhere")), &environment).unwrap();
    assert_eq!(config.settings.delivery.lease_seconds, 120);
    assert_eq!(config.settings.delivery.requests_per_second, 10);
    assert_eq!(config.settings.data_dir, Path::new("/elsewhere"));
}

#[test]
fn secrets_are_read_from_files_and_never_shown() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("token");
    std::fs::write(&path, "Bot abc.def.ghi\n").unwrap();
    let environment = Environment::from([("DISCORD_TOKEN_FILE".to_owned(), path.display().to_string())]);
    let config = load(None, None, &environment).unwrap();
    assert!(config.secrets.discord_token.is_some());
    assert!(!format!("{config:?}").contains("abc.def"));
    assert_eq!(
        told(None, &[("DISCORD_TOKEN", "a b")]),
        [
            "DISCORD_TOKEN: is no bot token: it has spaces or unusual characters; copy it anew from the developer portal"
        ]
    );
}
